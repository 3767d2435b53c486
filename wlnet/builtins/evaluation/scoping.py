"""Local names: Module, Block, With."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from wlnet.builtins.evaluation.variables import assign_value, unset_value
from wlnet.kernel import Definition, Kernel, Message, builtin
from wlnet.patterns.renaming import local_name, replace_names
from wlnet.terms import Expression, S, Symbol, Term, is_head, symbol
from wlnet.terms import attributes as flags
from wlnet.terms.symbols import forget

LVLIST = "Local variable specification `1` is not a list."
LVSYM = "Local variable specification `1` contains `2`, which is not a symbol or an assignment to a symbol."
LVWS = "Variable `1` in local variable specification `2` requires a value."
SPECIFICATION = {"lvlist": LVLIST, "lvsym": LVSYM}
SWEEP_FROM = 256


def local_names(given: Term) -> list[tuple[Symbol, Term]]:
    """Gives the (name, entry) pairs of a list of locals `{x, y = value, …}`; raises `lvlist` or `lvsym`."""
    if not is_head(given, S.List):
        raise Message("lvlist", given)
    found = []
    for item in given.args:
        name = local_name(item)
        if name is None:
            raise Message("lvsym", given, item)
        found.append((name, item))
    return found


def initial_value(kernel: Kernel, entry: Term) -> Term | None:
    """Gives the value that an entry `x = value` or `x := value` starts with, None for `x`."""
    if type(entry) is Symbol:
        return None
    return kernel.evaluate(entry.args[1]) if entry.head is S.Set else entry.args[1]


@builtin("Module", category="Scoping", attributes=flags.HOLD_ALL, messages=SPECIFICATION)
def module(kernel: Kernel, names: Term, body: Term) -> Term:
    """Module[{x, y = value, …}, body] evaluates body with x, y, … as new symbols of their own.

    Examples:
        >> x = 1;
        >> Module[{x = 5, y}, y = x + 1; {x, y}]
        = {5, 6}
        >> x
        = 1
    Possible issues:
        >> Module[x, x]
        = Module[x, x]
        message: Module::lvlist
        >> Module[{2}, x]
        = Module[{2}, x]
        message: Module::lvsym
    """
    fresh = {}
    for name, entry in local_names(names):
        value = initial_value(kernel, entry)
        made = fresh[name] = new_local(kernel, name)
        if value is not None:
            kernel.own[made] = value  # which nothing that is finished can depend on: the symbol is new
    return replace_names(body, fresh)


def new_local(kernel: Kernel, name: Symbol) -> Symbol:
    """Gives a new symbol for a local name; it is forgotten some time after nothing refers to it any more."""
    made = kernel.unique(name.name.rstrip("$") or "$", name.context if name.context != "System`" else kernel.context)
    live: list[Symbol] = kernel.state.setdefault("locals", [])
    live.append(made)
    if len(live) >= kernel.state.get("locals swept at", SWEEP_FROM):
        _sweep(kernel, live)
    return made


def _sweep(kernel: Kernel, live: list[Symbol]) -> None:
    """Forgets the locals that nothing refers to, so that a long run does not keep the values of every call."""
    kernel.loosen()  # which forgets the symbols relied on
    # What an idle symbol counts differs between Pythons: one that only the list and the table of names hold tells.
    live.append(symbol("System`Module`idle"))
    counts = [sys.getrefcount(name) for name in live]
    idle = counts.pop()
    live.pop()
    kept = []
    for name, count in zip(live, counts, strict=True):
        if count > idle + (name in kernel.own) + (name in kernel.definitions):
            kept.append(name)
            continue
        kernel.own.pop(name, None)
        kernel.definitions.pop(name, None)
        forget(name)
    live[:] = kept
    kernel.state["locals swept at"] = max(SWEEP_FROM, 2 * len(kept))


@builtin("With", category="Scoping", attributes=flags.HOLD_ALL, messages={**SPECIFICATION, "lvws": LVWS})
def with_(kernel: Kernel, names: Term, *bodies: Term) -> Term | None:
    """With[{x = value, …}, body] puts values in place of x, … in body before it is evaluated.
    With[{x = a}, {y = b}, …, body] does so one list after the other.

    Examples:
        >> With[{x = 2}, Hold[x + 1]]
        = Hold[2 + 1]
        >> With[{x = y}, Function[y, x + y]][1]
        = 1 + y
        >> With[{x = 1}, {y = x + 1}, {x, y}]
        = {1, 2}
    Possible issues:
        >> With[{x}, x]
        = With[{x}, x]
        message: With::lvws
        >> With[x, x]
        = With[x, x]
        message: With::lvlist
        >> With[{3}, x]
        = With[{3}, x]
        message: With::lvsym
    """
    if not bodies:
        return None
    values = {}
    for name, entry in local_names(names):
        value = initial_value(kernel, entry)
        if value is None:
            raise Message("lvws", entry, names)
        values[name] = value
    rest = bodies[0] if len(bodies) == 1 else Expression(S.With, bodies)
    return replace_names(rest, values)


@builtin("Block", category="Scoping", attributes=flags.HOLD_ALL, messages=SPECIFICATION)
def block(kernel: Kernel, names: Term, body: Term) -> Term:
    """Block[{x, y = value, …}, body] evaluates body with other values of x, y, …, which then get their old ones back.

    Examples:
        >> x = 1; f[] := x;
        >> Block[{x = 2}, f[]]
        = 2
        >> {x, f[]}
        = {1, 1}
    Possible issues:
        >> Block[x, x]
        = Block[x, x]
        message: Block::lvlist
        >> Block[{2}, x]
        = Block[{2}, x]
        message: Block::lvsym
    """
    entries = [(name, initial_value(kernel, entry)) for name, entry in local_names(names)]
    with restored(kernel, [name for name, _ in entries]):
        for name, value in entries:
            clear_for_now(kernel, name)
            if value is not None:
                assign_value(kernel, name, value)
        return kernel.evaluate(body)


@contextmanager
def restored(kernel: Kernel, names: list[Symbol]) -> Iterator[None]:
    """Gives symbols back their values and definitions at the end, however the block is left."""
    own = kernel.own
    values = [(name, own.get(name)) for name in names]
    definitions = [(name, kernel.definitions.get(name)) for name in names]
    try:
        yield
    finally:
        for name, value in values:
            if value is None:
                unset_value(kernel, name)
            else:
                assign_value(kernel, name, value)
        for name, definition in definitions:
            if definition is not None:
                kernel.definitions[name] = definition
            else:
                kernel.definitions.pop(name, None)
            kernel.changed(name)


def clear_for_now(kernel: Kernel, name: Symbol) -> None:
    """Takes away a symbol's value and rules; its attributes stay."""
    kernel.own.pop(name, None)
    known = kernel.definitions[name]
    bare = Definition()
    bare.attributes = known.attributes
    kernel.definitions[name] = bare
    kernel.changed(name)


@builtin("Unique", category="Scoping")
def unique(kernel: Kernel, name: Term = "$") -> Term | None:
    """Unique[] gives a symbol that is new.
    Unique[x] gives one whose name begins with that of x; Unique["x"] one whose name begins with the text.

    Examples:
        >> Unique[x] === Unique[x]
        = False
        >> StringQ[SymbolName[Unique["a"]]]
        = True
    """
    if type(name) is Symbol:
        return kernel.unique(name.name, kernel.context)
    if type(name) is not str or not (name + "a").replace("$", "a").isidentifier():
        return None
    kernel._unique += 1
    return symbol(f"{kernel.context}{name}{kernel._unique}")
