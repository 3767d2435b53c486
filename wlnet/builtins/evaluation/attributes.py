"""Attributes of symbols: asking for them, setting them, protecting symbols."""

from __future__ import annotations

from collections.abc import Iterable

from wlnet.builtins.evaluation.assigning import Assignment, assigns
from wlnet.builtins.evaluation.clearing import named_symbols
from wlnet.builtins.evaluation.variables import is_name
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import NULL, Expression, S, Symbol, Term, elements, is_list, list_of, symbol, to_list
from wlnet.terms import attributes as flags

ATTNF = "`1` is not a known attribute."
LOCKED = "Symbol `1` is locked."
SYMBOL = "Argument `1` at position `2` is expected to be a symbol."


def flags_of(given: Term) -> int:
    """Gives the flags of an attribute or a list of them; raises `attnf`."""
    found = 0
    for item in elements(given) if is_list(given) else (given,):
        name = item.name if type(item) is Symbol else None
        if name not in flags.FLAGS:
            raise Message("attnf", item, text=ATTNF)
        found |= flags.FLAGS[name]
    return found


def change_flags(kernel: Kernel, names: Iterable[Symbol], add: int = 0, remove: int = 0) -> list[Symbol]:
    """Changes the attributes of symbols; gives those that changed. Raises `locked`."""
    changed = []
    for name in names:
        definition = kernel.definitions[name]
        new = (definition.attributes | add) & ~remove
        if new == definition.attributes:
            continue
        if definition.attributes & flags.LOCKED:
            raise Message("locked", name, text=LOCKED)
        definition.attributes = new
        kernel.changed(name)
        changed.append(name)
    return changed


@builtin("Attributes", category="Attributes", attributes=flags.HOLD_ALL, messages={"notsym": SYMBOL})
def attributes(kernel: Kernel, name: Term) -> Term:
    """Attributes[f] gives the list of the attributes of f.
    Attributes[f] = {…} sets them.

    Examples:
        >> Attributes[Plus]
        = {Flat, Listable, NumericFunction, OneIdentity, Orderless, Protected}
        >> Attributes[g] = {HoldFirst}; Attributes[g]
        = {HoldFirst}
    Possible issues:
        >> Attributes[5]
        = Attributes[5]
        message: Attributes::notsym
    """
    if type(name) is not Symbol:
        name = kernel.evaluate(name)
    if is_name(name):
        name = kernel.resolve(name)
    if is_list(name) and elements(name):
        return list_of(*(Expression(S.Attributes, (item,)) for item in elements(name)))
    if type(name) is not Symbol:
        raise Message("notsym", name, 1)
    return list_of(*map(symbol, flags.flag_names(kernel.definitions[name].attributes)))


@assigns(S.Attributes)
def assign_attributes(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `Attributes[f] = {…}`."""
    for name in named_symbols(making.kernel, left.args):
        change_flags(making.kernel, [name], add=flags_of(right), remove=~flags_of(right))


@builtin(
    "SetAttributes",
    category="Attributes",
    attributes=flags.HOLD_FIRST,
    messages={"attnf": ATTNF, "locked": LOCKED},
)
def set_attributes(kernel: Kernel, names: Term, given: Term) -> Term:
    """SetAttributes[f, attribute] adds an attribute to those of f.
    SetAttributes[{f, …}, {attribute, …}] adds several to those of several symbols.

    Examples:
        >> SetAttributes[f, Listable]; f[{1, 2}]
        = {f[1], f[2]}
        >> SetAttributes[g, {Flat, Orderless}]; g[b, g[c, a]]
        = g[a, b, c]
    Possible issues:
        >> SetAttributes[f, Heavy]
        = SetAttributes[f, Heavy]
        message: SetAttributes::attnf
        >> SetAttributes[k, Locked]; SetAttributes[k, Flat]
        = SetAttributes[k, Flat]
        message: SetAttributes::locked
    """
    change_flags(kernel, named_symbols(kernel, (names,)), add=flags_of(given))
    return NULL


@builtin(
    "ClearAttributes",
    category="Attributes",
    attributes=flags.HOLD_FIRST,
    messages={"attnf": ATTNF, "locked": LOCKED},
)
def clear_attributes(kernel: Kernel, names: Term, given: Term) -> Term:
    """ClearAttributes[f, attribute] takes an attribute away from f; lists take several from several.

    Examples:
        >> SetAttributes[f, {Flat, HoldAll}]; ClearAttributes[f, Flat]; Attributes[f]
        = {HoldAll}
    Possible issues:
        >> ClearAttributes[f, Heavy]
        = ClearAttributes[f, Heavy]
        message: ClearAttributes::attnf
        >> SetAttributes[k, Locked]; ClearAttributes[k, Locked]
        = ClearAttributes[k, Locked]
        message: ClearAttributes::locked
    """
    change_flags(kernel, named_symbols(kernel, (names,)), remove=flags_of(given))
    return NULL


@builtin("Protect", category="Attributes", attributes=flags.HOLD_ALL)
def protect(kernel: Kernel, *names: Term) -> Term:
    """Protect[x, …] keeps symbols from being changed; it gives the names of those that were not protected before.

    Examples:
        >> Protect[f]
        = {"f"}
        >> f = 1
        = 1
        message: Set::wrsym
        >> Unprotect[f]; f = 1
        = 1
    """
    changed = change_flags(kernel, named_symbols(kernel, names), add=flags.PROTECTED)
    return to_list(name.name for name in changed)


@builtin("Unprotect", category="Attributes", attributes=flags.HOLD_ALL)
def unprotect(kernel: Kernel, *names: Term) -> Term:
    """Unprotect[x, …] lets symbols be changed again; it gives the names of those that were protected.

    Examples:
        >> Unprotect[Sin]; Sin[me] = 7; Sin[me]
        = 7
    """
    changed = change_flags(kernel, named_symbols(kernel, names), remove=flags.PROTECTED)
    return to_list(name.name for name in changed)
