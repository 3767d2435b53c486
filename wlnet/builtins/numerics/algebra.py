"""Integrals, limits, series and factors of formulas, through sympy."""

from __future__ import annotations

from typing import Any

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.numbers.calculus import holds
from wlnet.builtins.numerics.assumptions import facts_of
from wlnet.builtins.numerics.bridge import Bridge, NoWay, sympy, tried
from wlnet.builtins.numerics.formulas import parts_of
from wlnet.builtins.numerics.settings import unfit
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import (
    Expression,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    same,
    symbol,
    to_list,
)

ASSUMPTIONS: dict[str, Term] = {"Assumptions": S.Automatic}


def without(kind: str, found: Any) -> Any:
    """Gives an expression of sympy; raises NoWay where it holds what could not be worked out."""
    if found.has(getattr(sympy(), kind)):
        raise NoWay
    return found


@builtin(
    "Integrate",
    category="Calculus",
    options=ASSUMPTIONS,
    messages={"ilim": "`1` is not a variable or a range {x, min, max}."},
)
def integrate(kernel: Kernel, f: Term, *ranges: Term, options: dict[str, Term]) -> Term | None:
    """Integrate[f, x] gives the integral of a formula of x, without a constant.
    Integrate[f, {x, min, max}] gives the integral from min to max.
    Integrate[f, {x, …}, {y, …}, …] integrates over several variables, the last one innermost.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Variables count as real, and parameters as such
    that the integral converges. What has no known integral stays as it is.

    Examples:
        >> Integrate[x^2 + Sin[2 x], x]
        = x^3/3 - Cos[2 x]/2
        >> {Integrate[1/(1 + x^2), {x, 0, 1}], Integrate[Exp[-x^2], {x, -Infinity, Infinity}]}
        = {Pi/4, Sqrt[Pi]}
        >> Integrate[x y, {x, 0, 1}, {y, 0, x}]
        = 1/8
        >> Integrate[h[x], x]
        = Integrate[h[x], x]
    Options: "Assumptions":
        >> Integrate[Abs[a] x, {x, 0, 1}, Assumptions -> a > 0]
        = a/2
    Possible issues:
        >> Integrate[x, 3]
        message: Integrate::ilim
        = Integrate[x, 3]
    """
    if not ranges:
        return None
    facts = facts_of(kernel, options["Assumptions"])
    for spec in ranges:
        parts = elements(spec) if is_list(spec) else (spec,)
        if len(parts) not in (1, 3) or type(parts[0]) is not Symbol:
            raise Message("ilim", spec)

    def work(bridge: Bridge) -> Term:
        found = bridge.there(f)
        for spec in reversed(ranges):
            parts = [bridge.there(part) for part in parts_of(spec)]
            if opaque(bridge, found, parts[0]):
                raise NoWay
            found = without(
                "Integral", sympy().integrate(found, tuple(parts) if len(parts) > 1 else parts[0], conds="none")
            )
        return bridge.back(found)

    return tried(kernel, work, real=True, facts=facts.flags)


def opaque(bridge: Bridge, found: Any, x: Any) -> bool:
    """Tells whether a part that sympy knows nothing of depends on a variable."""
    name = bridge.terms.get(x)
    return any(part != x and holds(bridge.terms[part], name) for part in found.free_symbols if part in bridge.terms)


#: Directions of a limit, and sympy's name of them.
DIRECTIONS: tuple[tuple[tuple[Term, ...], str], ...] = (
    (("FromAbove", -1), "+"),
    (("FromBelow", 1), "-"),
    (("TwoSided", S.Automatic, S.Reals), "+-"),
)


@builtin(
    "Limit",
    category="Calculus",
    options={"Direction": S.Automatic} | ASSUMPTIONS,
    messages={"spec": "`1` is not of the form x -> place."},
)
def limit(kernel: Kernel, f: Term, place: Term, *, options: dict[str, Term]) -> Term | None:
    """Limit[f, x -> a] gives the limit of a formula where x goes to a.

    Details: The Python package sympy does it (pip install wlnet[algebra]). A limit that differs from both sides is
    Indeterminate.

    Examples:
        >> {Limit[Sin[x]/x, x -> 0], Limit[(1 + 1/n)^n, n -> Infinity], Limit[(x^2 - 1)/(x - 1), x -> 1]}
        = {1, E, 2}
        >> Limit[Abs[x]/x, x -> 0]
        = Indeterminate
    Options: "Assumptions":
        >> Limit[x^a, x -> 0, Assumptions -> a > 0, Direction -> "FromAbove"]
        = 0
    Options: "Direction":
        >> {Limit[1/x, x -> 0, Direction -> "FromAbove"], Limit[1/x, x -> 0, Direction -> "FromBelow"]}
        = {Infinity, -Infinity}
    Possible issues:
        >> Limit[x, 3]
        message: Limit::spec
        = Limit[x, 3]
    """
    if not is_head(place, S.Rule, 2) or type(place.args[0]) is not Symbol:
        raise Message("spec", place)
    given = options["Direction"]
    side = next((sign for words, sign in DIRECTIONS if any(same(given, word) for word in words)), None)
    if side is None:
        raise unfit("Direction", '"FromAbove", "FromBelow" or "TwoSided"', given)
    facts = facts_of(kernel, options["Assumptions"])

    def work(bridge: Bridge) -> Term:
        x, end, found = bridge.there(place.args[0]), bridge.there(place.args[1]), bridge.there(f)
        if opaque(bridge, found, x):
            raise NoWay
        if side != "+-" or end.is_infinite:
            return bridge.back(without("Limit", sympy().limit(found, x, end, "+" if side == "+-" else side)))
        above, below = (sympy().limit(found, x, end, each) for each in "+-")
        return bridge.back(without("Limit", above)) if above == below else S.Indeterminate

    return tried(kernel, work, real=True, facts=facts.flags)


@builtin(
    "Series",
    category="Calculus",
    options=ASSUMPTIONS,
    messages={"serlim": "`1` is not of the form {x, x0, n} with a number n ≥ 0 up to 100."},
)
def series(kernel: Kernel, f: Term, spec: Term, *, options: dict[str, Term]) -> Term | None:
    """Series[f, {x, x0, n}] gives the power series of a formula around x0, up to the power n, as SeriesData.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Normal gives the sum of powers.

    Examples:
        >> Normal[Series[Exp[x], {x, 0, 3}]]
        = 1 + x + x^2/2 + x^3/6
        >> Series[1/Sin[x], {x, 0, 3}]
        = SeriesData[x, 0, {1, 0, 1/6, 0, 7/360}, -1, 4, 1]
        >> Normal[Series[Log[x], {x, 1, 2}]]
        = -1 - (-1 + x)^2/2 + x
    Options: "Assumptions":
        >> Normal[Series[Sqrt[a^2 + x], {x, 0, 1}, Assumptions -> a > 0]]
        = a + x/(2*a)
    Possible issues:
        >> Series[x, x]
        message: Series::serlim
        = Series[x, x]
    """
    parts = elements(spec) if is_list(spec) else ()
    if len(parts) != 3 or type(parts[0]) is not Symbol or type(parts[2]) is not int or not 0 <= parts[2] <= 100:
        raise Message("serlim", spec)
    last: int = parts[2]
    facts = facts_of(kernel, options["Assumptions"])

    def work(bridge: Bridge) -> Term:
        x, start, found = bridge.there(parts[0]), bridge.there(parts[1]), bridge.there(f)
        if opaque(bridge, found, x):
            raise NoWay
        moved = found.subs(x, x + start)
        least = 0 if moved.is_zero else lowest_power(moved, x)
        found = sympy().series(moved, x, 0, max(last + 1, least + 1)).removeO()
        powers = sympy().Poly(sympy().expand(found * x**-least), x).all_coeffs()[::-1][: last + 1 - least]
        return Expression(S.SeriesData, (parts[0], parts[1], to_list(map(bridge.back, powers)), least, last + 1, 1))

    return tried(kernel, work, facts=facts.flags)


def lowest_power(found: Any, x: Any) -> int:
    """Gives the power of the first term of a series; raises NoWay where it is no integer."""
    power = found.leadterm(x)[1]
    if not power.is_Integer:
        raise NoWay
    return int(power)


def sum_of_powers(kernel: Kernel, data: Term) -> Term | None:
    """Gives the sum of the powers of a series."""
    if len(data.args) != 6 or not is_list(data.args[2]) or any(type(n) is not int for n in data.args[3:]):
        return None
    x, start, coefficients, least, _, root = data.args
    if root < 1:
        return None
    base = Expression(S.Plus, (x, Expression(S.Times, (-1, start))))
    powers = [
        Expression(S.Power, (base, Expression(S.Times, (least + n, Expression(S.Power, (root, -1))))))
        for n in range(len(elements(coefficients)))
    ]
    pairs = zip(elements(coefficients), powers, strict=True)
    return Expression(S.Plus, tuple(Expression(S.Times, pair) for pair in pairs))


NORMALIZERS[S.SeriesData] = sum_of_powers


def declare(name: str, there: str, says: str, example: str, value: str) -> None:
    """Declares a function of one formula that sympy has under another name."""
    head = symbol(name)

    def function(kernel: Kernel, expr: Term) -> Term | None:
        if type(expr) is Expression and expr.head in (S.List, S.Equal, S.Rule, S.And, S.Or):
            return Expression(expr.head, tuple(Expression(head, (part,)) for part in expr.args))
        return tried(kernel, lambda bridge: bridge.back(getattr(sympy(), there)(bridge.there(expr))))

    function.__doc__ = (
        f"{name}[expr] gives {says}.\n\n"
        "Details: The Python package sympy does it (pip install wlnet[algebra]).\n\n"
        f"Examples:\n    >> {example}\n    = {value}\n"
    )
    builtin(name, category="Algebra")(function)


declare(
    "Factor", "factor", "a polynomial as a product of factors",
    "{Factor[x^2 - 1], Factor[x^3 + 3 x^2 + 3 x + 1]}", "{(-1 + x) (1 + x), (1 + x)^3}",
)  # fmt: skip
declare("Together", "together", "a sum of fractions as one fraction", "Numerator[Together[1/x + 1/y]]", "x + y")
declare("Apart", "apart", "a fraction as a sum of simple ones", "Apart[1/(x^2 + x)]", "x^-1 - (1 + x)^-1")
declare("Cancel", "cancel", "a fraction without common factors", "Cancel[(x^2 - 1)/(x - 1)]", "1 + x")
