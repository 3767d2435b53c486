"""The definitions of symbols as programs: Definition, FullDefinition, Save."""

from __future__ import annotations

from collections.abc import Iterator

from wlnet.builtins.evaluation.definition_lists import SYMBOL, TABLES, owner_of
from wlnet.builtins.evaluation.forms import Shown
from wlnet.builtins.files.files import UNWRITTEN, path_of, write_bytes
from wlnet.kernel import BUILTINS, Kernel, builtin
from wlnet.patterns.renaming import symbols_of
from wlnet.syntax import write
from wlnet.terms import NULL, Expression, S, Symbol, Term, elements, is_head, is_list, to_list
from wlnet.terms import attributes as flags


def statements(kernel: Kernel, name: Symbol) -> Iterator[Term]:
    """Gives the statements that define a symbol as it is now: attributes, options, messages, value and rules."""
    known = kernel.definitions[name]
    # What keeps definitions from being changed comes after them.
    given = flags.flag_names(known.attributes)
    last = [each for each in given if each in ("Protected", "Locked")]
    if len(given) > len(last):
        yield Expression(S.SetAttributes, (name, to_list([getattr(S, each) for each in given if each not in last])))
    if known.options:
        listed = Expression(S.Options, (name,))
        yield Expression(S.Set, (listed, kernel.evaluate(listed)))
    for tag, text in known.messages.items():
        yield Expression(S.Set, (Expression(S.MessageName, (name, tag)), text))
    if name in kernel.own:
        yield Expression(S.Set, (name, kernel.own[name]))
    for kind in TABLES.values():
        table = getattr(known, kind)
        for left, right in table.rules() if table is not None else ():
            inner = left.args[0] if is_head(left, S.HoldPattern, 1) else left
            if kind == "up":
                yield Expression(S.TagSetDelayed, (name, inner, right))
            else:
                yield Expression(S.SetDelayed, (inner, right))
    if last:
        yield Expression(S.SetAttributes, (name, to_list([getattr(S, each) for each in last])))


def with_those_used(kernel: Kernel, names: list[Symbol]) -> list[Symbol]:
    """Gives the symbols and those that their definitions use, and so on, but no built-in."""
    found = dict.fromkeys(names)
    waiting = list(names)
    while waiting:
        for statement in statements(kernel, waiting.pop()):
            for other in symbols_of(statement):
                if other not in found and other not in BUILTINS and next(statements(kernel, other), None) is not None:
                    found[other] = None
                    waiting.append(other)
    return list(found)


def program(kernel: Kernel, names: list[Symbol]) -> str:
    """Gives the text that defines the symbols, read back by Get."""
    groups = ["\n".join(write(line) for line in statements(kernel, name)) for name in names]
    return "\n\n".join(filter(None, groups))


@builtin("Definition", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def definition(kernel: Kernel, *names: Term) -> Term:
    """Definition[f] shows the definitions of f as a program.

    Examples:
        >> f[x_] := x^2; ToString[Definition[f]]
        = "f[x_] := x^2"
        >> Definition[noDefinition]
        printed: Null
    Possible issues:
        >> Definition[5]
        = Definition[5]
        message: Definition::sym
    """
    text = program(kernel, [owner_of(kernel, name) for name in names])
    return Shown(text) if text else NULL


@builtin(
    "FullDefinition",
    category="Definitions",
    attributes=flags.HOLD_ALL,
    messages={"sym": SYMBOL},
)
def full_definition(kernel: Kernel, *names: Term) -> Term:
    """FullDefinition[f] shows the definitions of f and of everything that it uses.

    Examples:
        >> f[x_] := g[x]; g[x_] := x + 1; ToString[FullDefinition[f]]
        = "f[x_] := g[x]\\n\\ng[x_] := x + 1"
    Possible issues:
        >> FullDefinition[5]
        = FullDefinition[5]
        message: FullDefinition::sym
    """
    text = program(kernel, with_those_used(kernel, [owner_of(kernel, name) for name in names]))
    return Shown(text) if text else NULL


def saved(kernel: Kernel, file: Term, names: Term) -> Term | None:
    wanted = elements(names) if is_list(names) else (names,)
    file = kernel.evaluate(file)
    if path_of(file) is None:
        return None
    symbols = with_those_used(kernel, [owner_of(kernel, name) for name in wanted])
    write_bytes(file, program(kernel, symbols).encode() + b"\n")
    return NULL


SAVE_MESSAGES = {"sym": SYMBOL, "nowrite": UNWRITTEN}


@builtin("Save", category="Definitions", attributes=flags.HOLD_REST, messages=SAVE_MESSAGES)
def save(kernel: Kernel, file: Term, names: Term) -> Term | None:
    """Save["file", f] writes the definitions of f, and of everything that it uses, to a file; Get reads them.
    Save["file", {f, g, …}] writes those of several symbols.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "f.wl"}]; f[x_] := k x; k = 3; Save[file, f];
        >> Clear[f, k]; Get[file]; f[5]
        = 15
    Possible issues:
        >> Save["/dev/null/x", f]
        = $Failed
        message: Save::nowrite
        >> Save["x", 5]
        = Save["x", 5]
        message: Save::sym
    """
    return saved(kernel, file, names)
