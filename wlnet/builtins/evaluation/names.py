"""Symbols and text: Symbol, SymbolName, Context, Names, and whether something has a value."""

from __future__ import annotations

from wlnet.builtins.evaluation.clearing import matching_symbols
from wlnet.builtins.evaluation.variables import is_name
from wlnet.builtins.strings.string_patterns import compile_string_pattern
from wlnet.kernel import BUILTINS, Kernel, builtin
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list, same, to_list, truth
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
    Names["context`*"] gives the names in a context, Names["`*"] those in the current one.
    Names[pattern] and Names[{pattern1, pattern2, …}] take string patterns, too.

    Details: @ stands for letters that are not capital. Names stand without their context where they are seen without it.
    A string pattern is held against these names, and against those with their contexts.

    Examples:
        >> Names["Fixed*"]
        = {"FixedPoint", "FixedPointList"}
        >> abcd1 = 1; Names["abcd*"]
        = {"abcd1"}
        >> {A`one, A`Two, A`B`three}; {Names["A`*"], Names["A`@"], Names["A`*`*"]}
        = {{"A`one", "A`Two"}, {"A`one"}, {"A`B`three"}}
        >> Names["A`" ~~ Except["`"] ..]
        = {"A`one", "A`Two"}
        >> Begin["A`"]; names = Names["`*"]; End[]; names
        = {"one", "Two"}
    """
    kernel.load_rest()
    seen = {kernel.context, *kernel.context_path}
    patterns = elements(pattern) if is_list(pattern) else (pattern,)
    symbols = {name for each in patterns for name in symbols_like(kernel, each)}
    found = {name.name if name.context in seen else name.full_name for name in symbols}
    return to_list(sorted(found, key=str.lower))


def symbols_like(kernel: Kernel, pattern: Term) -> list[Symbol]:
    """Gives the symbols whose name matches a text with * and @, or any other string pattern; raises `strpat`."""
    if type(pattern) is str:
        return matching_symbols(kernel, pattern, BUILTINS)
    if is_head(pattern, S.StringExpression) and type(first := pattern.args[0]) is str and first.startswith("`"):
        pattern = Expression(S.StringExpression, (kernel.context + first[1:], *pattern.args[1:]))
    fits = compile_string_pattern(kernel, pattern, "").fits
    path = {kernel.context, *kernel.context_path}
    known = matching_symbols(kernel, "*`*", BUILTINS)
    return [name for name in known if fits(name.full_name) or (name.context in path and fits(name.name))]


@builtin("NameQ", category="Symbols")
def name_q(kernel: Kernel, name: Term) -> Term:
    """NameQ["name"] tells whether there is a symbol with this name.

    Examples:
        >> {NameQ["Plus"], NameQ["noSuchName"]}
        = {True, False}
    """
    if type(name) is not str:
        return truth(False)
    if any(name in (known.name, known.full_name) for known in BUILTINS):
        return truth(True)
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
