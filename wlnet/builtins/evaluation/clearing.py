"""Taking definitions away: Unset, TagUnset, Clear, ClearAll, Remove."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wlnet.builtins.evaluation.assigning import evaluated_left, part_path, place_of
from wlnet.builtins.evaluation.variables import is_protected, unset_value
from wlnet.builtins.lists.parts import REMOVED, change_part
from wlnet.kernel import Definition, Kernel, Message, builtin
from wlnet.patterns import RuleTable, unwrap
from wlnet.terms import FAILED, NULL, Expression, S, Symbol, Term, elements, is_head, is_list
from wlnet.terms import attributes as flags

WRITE = "Symbol `1` is Protected."
NOREP = "Assignment on `1` for `2` not found."
NOSYM = "`1` is not a symbol or a string."


@builtin("Unset", category="Assignment", attributes=flags.HOLD_ALL, messages={"norep": NOREP, "write": WRITE})
def unset(kernel: Kernel, left: Term) -> Term:
    """Unset[x] or x =. takes the value of x away.
    Unset[f[x_]] takes away the definition for exactly this left side.

    Examples:
        >> x = 5; x =.; x
        = x
        >> f[1] = a; f[x_] := b; f[1] =.; f[1]
        = b
        >> s = <|"u" -> 1, "v" -> 2|>; s["u"] =.; s
        = <|"v" -> 2|>
    Possible issues:
        >> undefined[1] =.
        = $Failed
        message: Unset::norep
        >> Pi =.
        = $Failed
        message: Unset::write
    """
    return _unset(kernel, left, None)


@builtin("TagUnset", category="Assignment", attributes=flags.HOLD_ALL, messages={"norep": NOREP, "write": WRITE})
def tag_unset(kernel: Kernel, tag: Term, left: Term) -> Term | None:
    """TagUnset[g, f[g[x_]]] or g /: f[g[x_]] =. takes away a definition that belongs to g.

    Examples:
        >> g /: f[g[x_]] := 1; g /: f[g[x_]] =.; f[g[2]]
        = f[g[2]]
    Possible issues:
        >> g /: k[g] =.
        = $Failed
        message: TagUnset::norep
        >> Pi /: Pi =.
        = $Failed
        message: TagUnset::write
    """
    return _unset(kernel, left, tag) if type(tag) is Symbol else None


def _unset(kernel: Kernel, left: Term, tag: Symbol | None) -> Term:
    if is_list(left):
        for item in elements(left):
            _unset(kernel, item, tag)
        return NULL
    if type(left) is Symbol:
        if is_protected(kernel, left):
            raise Message("write", left, result=FAILED)
        unset_value(kernel, left)
        return NULL
    path = part_path(kernel, left) if tag is None and not is_head(left, S.Part) else None
    if path is not None:
        name, specs = path
        kernel.set_own(name, change_part(kernel.own[name], specs, lambda old: REMOVED))
        return NULL
    left = evaluated_left(kernel, left)
    core = unwrap(left)
    if type(core) is not Expression:
        raise Message("norep", core, left, result=FAILED)
    kind, owner = place_of(core, tag)
    if is_protected(kernel, owner):
        raise Message("write", owner, result=FAILED)
    table: RuleTable | None = getattr(kernel.definitions[owner], kind)
    if table is None or not table.remove(left):
        raise Message("norep", owner, left, result=FAILED)
    kernel.changed(owner)
    return NULL


def named_symbols(kernel: Kernel, given: Iterable[Term]) -> list[Symbol]:
    """Gives the symbols that symbols, lists of them and string patterns such as "a*" stand for; raises `ssym`."""
    found: list[Symbol] = []
    for item in given:
        if is_list(item):
            found += named_symbols(kernel, elements(item))
        elif type(item) is Symbol:
            found.append(item)
        elif is_head(item, S.Evaluate, 1):
            found += named_symbols(kernel, (kernel.evaluate(item.args[0]),))
        elif type(item) is str:
            found += matching_symbols(kernel, item)
        else:
            raise Message("ssym", item, text=NOSYM)
    return found


def matching_symbols(kernel: Kernel, pattern: str, others: Iterable[Symbol] = ()) -> list[Symbol]:
    """Gives the symbols with a definition, and of some others, whose name matches a string pattern.

    In the pattern, * stands for any letters, and @ for small ones.
    A pattern with a context is for the names in that context alone; * in the context stands for those inside it, too.
    """
    names = dict.fromkeys((*kernel.definitions, *kernel.own, *others))
    where, tick, what = pattern.rpartition("`")
    fits = name_pattern(what, "[^`]*").fullmatch
    if tick:
        lies = name_pattern(where + tick, ".*").fullmatch
        return [name for name in names if lies(name.context) and fits(name.name)]
    path = {kernel.context, *kernel.context_path}
    return [name for name in names if name.context in path and fits(name.name)]


def name_pattern(pattern: str, anything: str) -> re.Pattern[str]:
    """Gives the regular expression of a pattern for names, in which * stands for anything."""
    return re.compile(re.escape(pattern).replace(r"\*", anything).replace("@", "[^A-Z`]+"))


def unprotected(kernel: Kernel, name: Symbol) -> bool:
    """Tells whether a symbol may be cleared; says so in a message where it may not."""
    if is_protected(kernel, name):
        kernel.message("Clear", "wrsym", name, text=WRITE)
        return False
    return True


CLEAR_MESSAGES = {"wrsym": WRITE, "ssym": NOSYM}


@builtin("Clear", category="Assignment", attributes=flags.HOLD_ALL, messages=CLEAR_MESSAGES)
def clear(kernel: Kernel, *names: Term) -> Term:
    """Clear[x, y, …] takes away the values and definitions of symbols; attributes, options and messages stay.
    Clear["pattern"] does so for all symbols with matching names.

    Examples:
        >> x = 1; f[n_] := n; Clear[x, f]; {x, f[1]}
        = {x, f[1]}
        >> aa1 = 5; Clear["aa*"]; aa1
        = aa1
    Possible issues:
        >> Clear[Pi]
        message: Clear::wrsym
        >> Clear[5]
        = Clear[5]
        message: Clear::ssym
    """
    for name in named_symbols(kernel, names):
        if unprotected(kernel, name):
            definition = kernel.definitions[name]
            definition.down = definition.up = definition.sub = None
            definition.numerical = definition.formats = None
            unset_value(kernel, name)
    return NULL


def _forget(kernel: Kernel, names: tuple[Term, ...]) -> Term:
    for name in named_symbols(kernel, names):
        if unprotected(kernel, name):
            kernel.definitions[name] = Definition()
            unset_value(kernel, name)
    return NULL


@builtin("ClearAll", category="Assignment", attributes=flags.HOLD_ALL, messages=CLEAR_MESSAGES)
def clear_all(kernel: Kernel, *names: Term) -> Term:
    """ClearAll[x, y, …] takes away everything known of symbols: values, definitions, attributes, options, messages.

    Examples:
        >> SetAttributes[f, HoldAll]; ClearAll[f]; Attributes[f]
        = {}
    Possible issues:
        >> ClearAll[Pi]
        message: Clear::wrsym
        >> ClearAll[5]
        = ClearAll[5]
        message: ClearAll::ssym
    """
    return _forget(kernel, names)


@builtin("Remove", category="Assignment", attributes=flags.HOLD_ALL, messages=CLEAR_MESSAGES)
def remove(kernel: Kernel, *names: Term) -> Term:
    """Remove[x, y, …] takes away everything known of symbols, and their names from the list of names.

    Examples:
        >> x = 3; Remove[x]; ValueQ[x]
        = False
    Possible issues:
        >> Remove[Pi]
        message: Clear::wrsym
        >> Remove[5]
        = Remove[5]
        message: Remove::ssym
    """
    wanted = [name for name in named_symbols(kernel, names) if unprotected(kernel, name)]
    for name in wanted:
        kernel.definitions.pop(name, None)
        unset_value(kernel, name)
    return NULL
