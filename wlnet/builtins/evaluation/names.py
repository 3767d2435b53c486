"""Symbols and text: Symbol, SymbolName, Context, Names, and whether something has a value."""

from __future__ import annotations

from wlnet.builtins.evaluation.clearing import matching_symbols
from wlnet.builtins.evaluation.variables import is_name
from wlnet.kernel import BUILTINS, Kernel, builtin
from wlnet.terms import Expression, Symbol, Term, same, to_list, truth
from wlnet.terms import attributes as flags

MINIMAL = "`1` is not the name of a symbol."


@builtin("Symbol", category="Symbols", messages={"symname": MINIMAL})
def symbol_(kernel: Kernel, name: Term) -> Term | None:
    """Symbol["name"] gives the symbol with this name.

    Examples:
        >> Symbol["abc"]
        = abc
        >> Head[abc]
        = Symbol
    Possible issues:
        >> Symbol["1a"]
        = Symbol["1a"]
        message: Symbol::symname
    """
    if not is_name(name):
        kernel.message("Symbol", "symname", name)
        return None
    return kernel.resolve(name)


@builtin("SymbolName", category="Symbols", messages={"sym": "`1` is not a symbol."})
def symbol_name(kernel: Kernel, name: Term) -> Term | None:
    """SymbolName[x] gives the name of the symbol x as a string, without its context.

    Examples:
        >> SymbolName[abc]
        = "abc"
    Possible issues:
        >> SymbolName[5]
        = SymbolName[5]
        message: SymbolName::sym
    """
    if type(name) is Symbol:
        return name.name
    kernel.message("SymbolName", "sym", name)
    return None


@builtin("Context", category="Symbols", attributes=flags.HOLD_FIRST)
def context(kernel: Kernel, name: Term = None) -> Term | None:
    """Context[x] gives the context of a symbol.
    Context[] gives the current context.

    Examples:
        >> Context[Plus]
        = "System`"
        >> Context[]
        = "Global`"
    """
    if name is None:
        return kernel.context
    if is_name(name):
        name = kernel.resolve(name)
    return name.context if type(name) is Symbol else None


@builtin("Names", category="Symbols")
def names(kernel: Kernel, pattern: Term = "*") -> Term | None:
    """Names["pattern"] gives the list of the names of symbols that match a pattern, in which * stands for any letters.
    Names["context`*"] gives the names in a context.

    Details: @ stands for letters that are not capital. Names stand without their context where they are seen without it.

    Examples:
        >> Names["Fixed*"]
        = {"FixedPoint", "FixedPointList"}
        >> abcd1 = 1; Names["abcd*"]
        = {"abcd1"}
        >> {A`one, A`Two, A`B`three}; {Names["A`*"], Names["A`@"], Names["A`*`*"]}
        = {{"A`one", "A`Two"}, {"A`one"}, {"A`B`three"}}
    """
    if type(pattern) is not str:
        return None
    kernel.load_rest()
    seen = {kernel.context, *kernel.context_path}
    found = {
        name.name if name.context in seen else name.full_name for name in matching_symbols(kernel, pattern, BUILTINS)
    }
    return to_list(sorted(found, key=str.lower))


@builtin("NameQ", category="Symbols")
def name_q(kernel: Kernel, name: Term) -> Term:
    """NameQ["name"] tells whether there is a symbol with this name.

    Examples:
        >> {NameQ["Plus"], NameQ["noSuchName"]}
        = {True, False}
    """
    if type(name) is not str:
        return truth(False)
    kernel.load_rest()
    is_builtin = any(name in (known.name, known.full_name) for known in BUILTINS)
    return truth(is_builtin or bool(matching_symbols(kernel, name)))


@builtin("ValueQ", category="Symbols", attributes=flags.HOLD_FIRST)
def value_q(kernel: Kernel, term: Term) -> Term:
    """ValueQ[x] tells whether x has a value.

    Examples:
        >> x = 1; {ValueQ[x], ValueQ[y]}
        = {True, False}
        >> f[1] = 2; {ValueQ[f[1]], ValueQ[f[2]]}
        = {True, False}
    """
    if type(term) is Symbol:
        return truth(term in kernel.own)
    return truth(type(term) is Expression and not same(kernel.evaluate(term), term))
