"""Simplify and FullSimplify: the shortest of the forms that a number of transformations find."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from wlnet.builtins.evaluation.constraining import has_timer, limit_of, within_time
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.builtins.numerics.assumptions import Facts, facts_of, in_formulas
from wlnet.builtins.numerics.bridge import Bridge, sympy, tried
from wlnet.builtins.numerics.formulas import parts_of
from wlnet.builtins.numerics.settings import unfit
from wlnet.kernel import Kernel, builtin
from wlnet.syntax import parse
from wlnet.terms import FALSE, TRUE, BigReal, Expression, S, Term

#: Formulas with more leaves are left to the transformations whose time grows slowly.
LARGE = 300
OPTIONS: dict[str, Term] = {
    "Assumptions": S.Automatic, "ComplexityFunction": S.Automatic, "TimeConstraint": 10,
    "TransformationFunctions": S.Automatic, "Trig": TRUE,
}  # fmt: skip
#: Transformations of sympy's: for every formula, for those that are not large, and for FullSimplify.
QUICK = ("factor_terms", "together", "cancel", "powsimp", "factor")
USUAL = ("simplify",)
THOROUGH = (
    "expand_log",
    "logcombine",
    "gammasimp",
    "expand_func",
    "hyperexpand",
    "radsimp",
    "sqrtdenest",
    "by_powers_of_e",
)
TRIGONOMETRIC = frozenset({"simplify", "by_powers_of_e"})


@cache
def identities() -> Term:
    """Gives rules that shorten a formula wherever they apply; they need no sympy."""
    return parse(
        "{Sin[x_]^2 + Cos[x_]^2 + rest_. :> 1 + rest, a_. Sin[x_]^2 + a_. Cos[x_]^2 + rest_. :> a + rest, E^Log[x_] :> x}"
    )


class Search:
    """The search for a shorter form of formulas, as facts and options say."""

    def __init__(self, kernel: Kernel, facts: Facts, options: dict[str, Term], full: bool) -> None:
        self.kernel, self.facts, self.full = kernel, facts, full
        self.trig = options["Trig"] is not FALSE
        self.measure = S.LeafCount if options["ComplexityFunction"] is S.Automatic else options["ComplexityFunction"]
        given = options["TransformationFunctions"]
        self.functions = [each for each in parts_of(given) if each is not S.Automatic]
        self.usual = any(each is S.Automatic for each in parts_of(given))
        seconds = parts_of(options["TimeConstraint"])[0]
        self.seconds = limit_of(seconds) if has_timer() else None

    def shortest(self, part: Term) -> Term:
        """Gives the shortest form of a formula that is found; the formula itself where none is shorter."""
        best, length = part, self.length(part)
        if length <= 2:
            return part
        for _ in range(2):
            before = best
            for found in self.forms(before, length):
                if found is not None and (size := self.length(found)) < length:
                    best, length = found, size
            if best is before:
                break
        return best

    def length(self, term: Term) -> float:
        found = machine_real(self.kernel, self.kernel.evaluate(Expression(self.measure, (term,))))
        if found is None:
            raise unfit("ComplexityFunction", "a function that gives a number", self.measure)
        return found

    def forms(self, part: Term, length: float) -> Iterator[Term | None]:
        for function in self.functions:
            yield self.in_time(partial(self.kernel.evaluate, Expression(function, (part,))))
        if not self.usual:
            return
        if importlib.util.find_spec("sympy") is None and self.facts.are_none:
            for form in (part, Expression(S.Expand, (part,))):
                yield self.in_time(partial(self.by_rules, form))
            return
        yield self.in_time(partial(self.kernel.evaluate, Expression(S.Expand, (part,))))
        for name in self.names(part, length):
            yield self.in_time(partial(self.by_sympy, name, part))

    def by_rules(self, part: Term) -> Term:
        return self.kernel.evaluate(Expression(S.ReplaceRepeated, (part, identities())) if self.trig else part)

    def names(self, part: Term, length: float) -> tuple[str, ...]:
        """Gives the transformations that are tried; of inexact numbers, only those that keep them."""
        if is_inexact(part):
            return QUICK[:1]
        names = QUICK if length > LARGE else (*QUICK, *USUAL, *(THOROUGH if self.full else ()))
        return tuple(name for name in names if self.trig or name not in TRIGONOMETRIC)

    def by_sympy(self, name: str, part: Term) -> Term | None:
        def work(bridge: Bridge) -> Term:
            return bridge.back(transformed(name, bridge.there(part)))

        return tried(self.kernel, work, facts=self.facts.flags)

    def in_time(self, work: Callable[[], Term | None]) -> Term | None:
        """Gives what work gives, None where it takes longer than a transformation may."""
        return work() if self.seconds is None else within_time(self.kernel, work, self.seconds)


def transformed(name: str, found: Any) -> Any:
    """Gives an expression of sympy after a transformation."""
    if name == "by_powers_of_e":
        return sympy().simplify(found.rewrite(sympy().exp))
    return getattr(sympy(), name)(found)


def is_inexact(term: Term) -> bool:
    """Tells whether there are numbers with a point in a term."""
    if type(term) is Expression:
        return any(map(is_inexact, (term.head, *term.args)))
    return type(term) in (float, complex, BigReal)


def simplified(kernel: Kernel, expr: Term, given: Term, options: dict[str, Term], full: bool) -> Term:
    said = TRUE if options["Assumptions"] is S.Automatic else options["Assumptions"]
    facts = facts_of(kernel, Expression(S.And, (given, said)))
    known = expr if facts.are_none else kernel.evaluate(facts.decided(facts.with_values(expr)))
    return kernel.evaluate(in_formulas(known, Search(kernel, facts, options, full).shortest))


@builtin("Simplify", category="Algebra", options=OPTIONS)
def simplify(kernel: Kernel, expr: Term, given: Term = TRUE, *, options: dict[str, Term]) -> Term:
    """Simplify[expr] gives the shortest form of expr that multiplying out, factoring, putting together and the like find.
    Simplify[expr, assumptions] finds one that is right where the assumptions hold, such as x > 0 && n ∈ Integers.

    Details: Most transformations are those of the Python package sympy (pip install wlnet[algebra]); without it, little more
    than multiplying out is done, and assumptions cannot be made. The shortest form is the one with the fewest leaves.

    Examples:
        >> {Simplify[(x + 1)^2 - x^2 - 2 x], Simplify[Sin[x]^2 + Cos[x]^2], Simplify[a + a]}
        = {1, 1, 2*a}
        >> {Simplify[(x^2 - 1)/(x - 1)], Simplify[2 Tan[x]/(1 + Tan[x]^2)], Simplify[a x + b x + a y + b y]}
        = {1 + x, Sin[2*x], (a + b)*(x + y)}
        >> {Simplify[Sqrt[x^2], x > 0], Simplify[x > 1, x > 2], Simplify[Sin[n Pi], n ∈ Integers]}
        = {x, True, 0}
    Options: "Assumptions":
        >> Simplify[Abs[x] + x, Assumptions -> x < 0]
        = 0
    Options: "ComplexityFunction":
        >> Simplify[4 Log[10], ComplexityFunction -> (-LeafCount[#] &)]
        = 4*Log[10]
    Options: "TimeConstraint": seconds for each transformation; those that take longer are not used
        >> Simplify[(x^2 - 1)/(x - 1), TimeConstraint -> 5]
        = 1 + x
    Options: "TransformationFunctions": with Automatic among them, the usual ones, too
        >> Simplify[f[a] + f[b], TransformationFunctions -> {Automatic, ReplaceAll[f[x_] :> x]}]
        = a + b
    Options: "Trig":
        >> Simplify[Sin[x]^2 + Cos[x]^2, Trig -> False]
        = Cos[x]^2 + Sin[x]^2
    Source: https://reference.wolfram.com/language/ref/Simplify.html
    """
    return simplified(kernel, expr, given, options, full=False)


@builtin("FullSimplify", category="Algebra", options=OPTIONS)
def full_simplify(kernel: Kernel, expr: Term, given: Term = TRUE, *, options: dict[str, Term]) -> Term:
    """FullSimplify[expr] gives the shortest form of expr that more transformations find than those of Simplify.
    FullSimplify[expr, assumptions] finds one that is right where the assumptions hold.

    Details: Beside those of Simplify, transformations of logarithms, gamma and hypergeometric functions and of roots of roots
    are tried.

    Examples:
        >> FullSimplify[{(x - 1) (x + 1) - x^2, Gamma[n + 1]/Gamma[n], Sqrt[3 + 2 Sqrt[2]]}]
        = {-1, n, 1 + Sqrt[2]}
        >> FullSimplify[Log[x] + Log[y], x > 0 && y > 0]
        = Log[x*y]
    Options: "Assumptions":
        >> FullSimplify[Sqrt[x^2], Assumptions -> x > 0]
        = x
    Options: "ComplexityFunction":
        >> FullSimplify[x + x, ComplexityFunction -> LeafCount]
        = 2*x
    Options: "TimeConstraint":
        >> FullSimplify[a + a, TimeConstraint -> 5]
        = 2*a
    Options: "TransformationFunctions":
        >> FullSimplify[f[a] + a, TransformationFunctions -> ReplaceAll[f[x_] :> -x]]
        = 0
    Options: "Trig":
        >> FullSimplify[Sin[x]^2 + Cos[x]^2 + a - a, Trig -> False]
        = Cos[x]^2 + Sin[x]^2
    Source: https://reference.wolfram.com/language/ref/FullSimplify.html
    """
    return simplified(kernel, expr, given, options, full=True)
