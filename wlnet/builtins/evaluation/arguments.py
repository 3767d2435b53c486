"""What a program's own functions say about their arguments: CheckArguments, ArgumentCountQ; and Once."""

from __future__ import annotations

from typing import Any

from wlnet.kernel import Kernel, builtin
from wlnet.kernel.messages import wrong_count
from wlnet.terms import FALSE, Expression, S, Symbol, Term, elements, is_head, is_list, truth
from wlnet.terms import attributes as flags
from wlnet.terms.same import key


def counts_of(term: Term) -> tuple[int, int | None] | None:
    """Gives the least and the greatest number that n or {least, greatest} allows, None for Infinity; None for no such."""
    given = elements(term) if is_list(term) else (term, term)
    if len(given) != 2 or type(given[0]) is not int:
        return None
    least, most = given
    if is_head(most, S.DirectedInfinity):
        return least, None
    return (least, most) if type(most) is int else None


def is_count_right(kernel: Kernel, name: Symbol, count: int, least: int, most: int | None) -> bool:
    """Tells whether a function got a right number of arguments, and says so in its message where not."""
    if least <= count and (most is None or count <= most):
        return True
    kernel.message(repr(name), *wrong_count(name, count, least, most))
    return False


@builtin("CheckArguments", category="Functions", attributes=flags.HOLD_FIRST)
def check_arguments(kernel: Kernel, call: Term, counts: Term) -> Term | None:
    """CheckArguments[f[args], n] tells whether a call has n arguments that are no options of f, and says so in a message of f
    where not. CheckArguments[f[args], {least, greatest}] tells whether there are as many.

    Examples:
        >> g[args___] := Null /; CheckArguments[g[args], 2]; {CheckArguments[g[1, 2], 2], g[1]}
        = {True, g[1]}
        message: g::argr
        >> Options[h] = {"Size" -> 1}; CheckArguments[h[1, "Size" -> 2], {1, 2}]
        = True
    Possible issues:
        >> Options[h] = {"Size" -> 1}; CheckArguments[h[1, "Color" -> 2], {1, 2}]
        = False
        message: h::optx
    Source: https://reference.wolfram.com/language/ref/CheckArguments.html
    """
    allowed = counts_of(counts)
    if type(call) is not Expression or type(call.head) is not Symbol or allowed is None:
        return None
    args = [kernel.evaluate(arg) for arg in call.args]
    known = kernel.definitions[call.head].options or {}
    count = len(args)
    while known and count and type(args[count - 1]) is Expression and args[count - 1].head in (S.Rule, S.RuleDelayed):
        count -= 1
    for rule in args[count:]:
        name = rule.args[0]
        if (name.name if type(name) is Symbol else name) not in known:
            kernel.message(repr(call.head), "optx", name, call)
            return FALSE
    return truth(is_count_right(kernel, call.head, count, *allowed))


@builtin("ArgumentCountQ", category="Functions")
def argument_count_q(kernel: Kernel, name: Term, count: Term, least: Term, most: Term) -> Term | None:
    """ArgumentCountQ[f, n, least, greatest] tells whether n arguments are as many as f takes, and says so in a message of f
    where not.

    Examples:
        >> {ArgumentCountQ[f, 2, 1, 3], ArgumentCountQ[f, 0, 1, 1]}
        = {True, False}
        message: f::argx
        >> all_g := "never" /; ArgumentCountQ[g, Length[Unevaluated[all]], 1, 1]; g[1, 2]
        = g[1, 2]
        message: g::argx
    Source: https://reference.wolfram.com/language/ref/ArgumentCountQ.html
    """
    allowed = counts_of(Expression(S.List, (least, most)))
    if type(name) is not Symbol or type(count) is not int or allowed is None:
        return None
    return truth(is_count_right(kernel, name, count, *allowed))


@builtin("Once", category="Functions", attributes=flags.HOLD_ALL)
def once(kernel: Kernel, term: Term, place: Term = "KernelSession") -> Term | None:
    """Once[expr] evaluates expr the first time, and gives the same value whenever it comes again in the session.

    Details: A second argument says where values are kept; they are kept in the session, "KernelSession", alone.

    Examples:
        >> n = 0; {Once[n = n + 1], Once[n = n + 1], n}
        = {1, 1, 1}
        >> Table[Once[RandomReal[]], 2] // DuplicateFreeQ
        = False
    Source: https://reference.wolfram.com/language/ref/Once.html
    """
    where = kernel.evaluate(place)
    if type(where) is not str or where != "KernelSession":
        return None
    known: dict[Any, Term] = kernel.state.setdefault("once", {})
    name = key(term)
    if name not in known:
        known[name] = kernel.evaluate(term)
    return known[name]
