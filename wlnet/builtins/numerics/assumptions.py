"""What is assumed about variables: Assuming, $Assumptions, Refine; and facts, as sympy has them, for Simplify and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from wlnet.builtins.evaluation.holding import HOLDING
from wlnet.builtins.numbers.calculus import put
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.builtins.numerics.bridge import FUNCTIONS, Bridge, NoWay, sympy, tried
from wlnet.builtins.numerics.formulas import flat
from wlnet.kernel import Kernel, builtin, constant
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, elements, is_head, is_list, symbol
from wlnet.terms import attributes as flags

#: Domain → what sympy knows of its elements.
DOMAINS: dict[Symbol, dict[str, bool]] = {
    S.Reals: {"real": True}, S.Integers: {"integer": True}, S.Rationals: {"rational": True},
    S.Complexes: {"complex": True}, S.Primes: {"prime": True}, S.Algebraics: {"algebraic": True},
    S.PositiveReals: {"positive": True}, S.NonNegativeReals: {"nonnegative": True}, S.NegativeReals: {"negative": True},
    S.NonPositiveReals: {"nonpositive": True}, S.PositiveIntegers: {"integer": True, "positive": True},
    S.NonNegativeIntegers: {"integer": True, "nonnegative": True}, S.NegativeIntegers: {"integer": True, "negative": True},
    S.NonPositiveIntegers: {"integer": True, "nonpositive": True},
}  # fmt: skip
#: Comparison → whether the first side is the greater one, and whether they cannot be equal.
ORDERS: dict[Symbol, tuple[bool, bool]] = {
    S.Greater: (True, True), S.GreaterEqual: (True, False), S.Less: (False, True), S.LessEqual: (False, False),
}  # fmt: skip
#: Comparison → the signs of the difference for which it holds.
HOLDS_FOR: dict[Symbol, frozenset[int]] = {
    S.Greater: frozenset({1}), S.GreaterEqual: frozenset({0, 1}), S.Less: frozenset({-1}), S.LessEqual: frozenset({-1, 0}),
    S.Equal: frozenset({0}), S.Unequal: frozenset({-1, 1}),
}  # fmt: skip
#: What is in these is left as it is.
HELD = HOLDING | {S.Function}
#: Their sides are formulas of their own.
LOGICAL = {S.Equal, S.Unequal, S.And, S.Or, S.Not, *ORDERS}
#: So many inequalities are combined with each other.
MOST_COMBINED = 10
SIGNS = ((-1, "is_negative"), (0, "is_zero"), (1, "is_positive"))


def minus(left: Term, right: Term) -> Term:
    return Expression(S.Plus, (left, Expression(S.Times, (-1, right))))


def comparisons(term: Term) -> Iterator[tuple[Term, Term, Term]]:
    """Yields (left, head, right) for each sign of a comparison such as a < b <= c; nothing for any other term."""
    if is_head(term, S.Inequality):
        yield from zip(term.args[::2], term.args[1::2], term.args[2::2], strict=False)
    elif type(term) is Expression and type(term.head) is Symbol and term.head in HOLDS_FOR:
        yield from ((left, term.head, right) for left, right in zip(term.args, term.args[1:], strict=False))


def domain_of(term: Term) -> dict[str, bool] | None:
    """Gives what sympy knows of the elements of the domain in x ∈ domain, None for any other term."""
    domain = term.args[1] if is_head(term, S.Element, 2) else None
    return DOMAINS.get(domain) if type(domain) is Symbol else None


class Facts:
    """What assumptions say: flags of sympy's for variables, differences that are positive, values of variables."""

    def __init__(self, kernel: Kernel, assumptions: Term) -> None:
        self.kernel = kernel
        self.flags: dict[Term, dict[str, bool]] = {}
        self.positive: list[tuple[Term, bool]] = []
        self.values: list[tuple[Term, Term]] = []
        given = [each for each in flat(assumptions) if each is not TRUE]
        self.are_none = not given
        # Twice, since what is greater than something positive is positive, too.
        for each in (*given, *given):
            self._add(each)
        # With a < b and b < c, the sum of the differences says a < c.
        pairs = combinations(self.positive[: len(self.positive) // 2][:MOST_COMBINED], 2)
        self.positive += [(Expression(S.Plus, (one, other)), a or b) for (one, a), (other, b) in pairs]

    def _add(self, given: Term) -> None:
        domain = domain_of(given)
        if domain is not None:
            inside = given.args[0]
            for name in elements(inside) if is_list(inside) or is_head(inside, S.Alternatives) else (inside,):
                self._flag(name, domain)
        for left, head, right in comparisons(given):
            if type(head) is Symbol and head in ORDERS:
                first_is_greater, strict = ORDERS[head]
                self._add_order(*((left, right) if first_is_greater else (right, left)), strict)
            elif head is S.Unequal and machine_real(self.kernel, right) == 0:
                self._flag(left, {"zero": False})
            elif head is S.Equal and is_unknown(left):
                self.values.append((left, right))

    def _add_order(self, greater: Term, less: Term, strict: bool) -> None:
        difference = self.kernel.evaluate(minus(greater, less))
        self.positive.append((difference, strict))
        above, below = machine_real(self.kernel, greater), machine_real(self.kernel, less)
        known = self.flags.get(less, {})
        if below is None and (known.get("positive") or known.get("nonnegative")):
            below, strict = 0.0, strict or "positive" in known
        self._bound(greater, below, strict, "positive", "nonnegative")
        self._bound(less, None if above is None else -above, strict, "negative", "nonpositive")

    def _bound(self, name: Term, bound: float | None, strict: bool, inside: str, with_zero: str) -> None:
        """Notes that a variable lies farther than a bound on one side of zero, or than an unknown one (None)."""
        known = {} if bound is None or bound < 0 else {inside if strict or bound > 0 else with_zero: True}
        self._flag(name, {"real": True} | known)

    def _flag(self, name: Term, known: Mapping[str, bool]) -> None:
        if is_unknown(name):
            self.flags.setdefault(name, {}).update(known)

    def bridge(self, real: bool = False) -> Bridge:
        return Bridge(self.kernel, real, self.flags)

    def with_values(self, term: Term) -> Term:
        for name, value in self.values:
            term = put(term, name, value)
        return term

    def signs(self, bridge: Bridge, difference: Any) -> set[int] | None:
        """Gives the signs that an expression of sympy may have, None where it may be no real number."""
        for known, strict in self.positive:
            there = bridge.there(known)
            for sign in (1, -1):
                more = sympy().expand(sign * difference - there)
                if more.is_number and more.is_nonnegative:
                    return {sign} if strict or more.is_positive else {0, sign}
        if difference.is_zero:
            return {0}
        if not difference.is_extended_real:
            return None
        return {sign for sign, name in SIGNS if getattr(difference, name) is not False}

    def decided(self, term: Term) -> Term:
        """Gives a term with every comparison and Element in it that is known to hold or not as True or False."""
        if type(term) is not Expression:
            return term
        made = Expression(self.decided(term.head), tuple(map(self.decided, term.args)))
        found = [self._decide(*each) for each in comparisons(made)]
        if found and all(found):
            return TRUE
        if False in found:
            return FALSE
        domain = domain_of(made)
        return made if domain is None else self._decide_element(made, domain)

    def _decide(self, left: Term, head: Term, right: Term) -> bool | None:
        bridge = self.bridge()
        try:
            signs = self.signs(bridge, bridge.there(minus(left, right)))
        except NoWay:
            return None
        holds = HOLDS_FOR.get(head) if type(head) is Symbol else None
        if signs is None or holds is None:
            return None
        return True if signs <= holds else False if not signs & holds else None

    def _decide_element(self, term: Expression, domain: Mapping[str, bool]) -> Term:
        try:
            there = self.bridge().there(term.args[0])
        except NoWay:
            return term
        known = [getattr(there, f"is_{name}") for name in domain]
        return TRUE if all(known) else FALSE if False in known else term


def is_unknown(term: Term) -> bool:
    """Tells whether a term is a variable to sympy: a symbol, or a function of which it knows nothing."""
    if type(term) is Symbol:
        return True
    return type(term) is Expression and not (type(term.head) is Symbol and term.head.name in FUNCTIONS)


def facts_of(kernel: Kernel, given: Term) -> Facts:
    """Gives what the value of an option Assumptions, or a second argument, says together with $Assumptions."""
    general = kernel.evaluate(symbol("$Assumptions"))
    return Facts(kernel, general if given is S.Automatic else Expression(S.And, (given, general)))


def in_formulas(term: Term, work: Any) -> Term:
    """Gives a term with its largest formulas replaced by what work gives of them; parts of other terms come first."""
    head = term.head if type(term) is Expression else None
    if head is None or (type(head) is Symbol and head in HELD):
        return work(term) if type(term) is Symbol else term
    if is_unknown(term) or head in LOGICAL:
        return Expression(term.head, tuple(in_formulas(arg, work) for arg in term.args))
    return work(within(term, work))


def within(term: Term, work: Any) -> Term:
    """Gives a formula with work done in the arguments of the functions that are variables to sympy."""
    if type(term) is not Expression:
        return term
    if is_unknown(term):
        return in_formulas(term, work)
    return Expression(term.head, tuple(within(arg, work) for arg in term.args))


@constant("$Assumptions", category="Algebra", value=TRUE)
def assumptions() -> None:
    """$Assumptions is what Simplify, Refine, Integrate and the like assume; Assuming sets it for a while.

    Examples:
        >> {$Assumptions, Assuming[x > 0, $Assumptions]}
        = {True, x > 0}
        >> Block[{$Assumptions = x > 0}, Refine[Sqrt[x^2]]]
        = x
    Source: https://reference.wolfram.com/language/ref/$Assumptions.html
    """


@builtin("Assuming", category="Algebra", attributes=flags.HOLD_REST)
def assuming(kernel: Kernel, given: Term, body: Term) -> Term:
    """Assuming[assumptions, expr] gives the value of expr while the assumptions hold beside those of $Assumptions.

    Examples:
        >> Assuming[x > 0, {Refine[Sqrt[x^2]], Simplify[Abs[x]/x]}]
        = {x, 1}
        >> Assuming[x > 0, Assuming[y < 0, Refine[Abs[x y]]]]
        = -x*y
    Source: https://reference.wolfram.com/language/ref/Assuming.html
    """
    name = symbol("$Assumptions")
    both = Expression(S.And, (*flat(given), name))
    return Expression(S.Block, (Expression(S.List, (Expression(S.Set, (name, both)),)), body))


@builtin("Refine", category="Algebra", options={"Assumptions": S.Automatic}, takes_rules=True)
def refine(kernel: Kernel, expr: Term, given: Term = TRUE, *, options: dict[str, Term]) -> Term | None:
    """Refine[expr, assumptions] gives what expr is where the assumptions hold.
    Refine[expr] assumes what $Assumptions says.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Assumptions are comparisons such as x > 0 or
    0 < a < b, elements of domains such as x ∈ Reals or {m, n} ∈ Integers, and lists of these, or joined by &&.

    Examples:
        >> Refine[{Sqrt[x^2], Abs[x], Log[y^3]}, x < 0 && y > 0]
        = {-x, -x, 3*Log[y]}
        >> {Refine[Sin[n Pi], n ∈ Integers], Refine[x > 1, x > 2], Refine[a < c, a < b < c], Refine[Floor[n + 1/2], n ∈ Integers]}
        = {0, True, True, n}
        >> Refine[f[Sqrt[a^2]] + If[a > 0, 1, 2], a > 0]
        = 1 + f[a]
    Options: "Assumptions":
        >> Refine[Re[z], Assumptions -> z ∈ Reals]
        = z
    Source: https://reference.wolfram.com/language/ref/Refine.html
    """
    facts = facts_of(
        kernel, Expression(S.And, (given, TRUE if options["Assumptions"] is S.Automatic else options["Assumptions"]))
    )

    def refined(part: Term) -> Term:
        def work(bridge: Bridge) -> Term:
            return bridge.back(sympy().expand_log(sympy().refine(bridge.there(part))))

        found = tried(kernel, work, facts=facts.flags)
        return part if found is None else found

    known = kernel.evaluate(facts.decided(facts.with_values(expr)))
    return in_formulas(known, refined)
