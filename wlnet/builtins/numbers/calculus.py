"""Derivatives of formulas and functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from wlnet.builtins.numbers.numerical import as_list, is_array
from wlnet.kernel import Kernel, Message, builtin, operator_form
from wlnet.syntax import parse
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_number, same, to_list

#: The derivative of each function of one argument, as the body of a pure function.
DERIVATIVES = {
    "Sin": "Cos[#]", "Cos": "-Sin[#]", "Tan": "Sec[#]^2", "Cot": "-Csc[#]^2", "Sec": "Sec[#] Tan[#]",
    "Csc": "-Cot[#] Csc[#]", "ArcSin": "1/Sqrt[1 - #^2]", "ArcCos": "-1/Sqrt[1 - #^2]", "ArcTan": "1/(1 + #^2)",
    "ArcCot": "-1/(1 + #^2)", "Sinh": "Cosh[#]", "Cosh": "Sinh[#]", "Tanh": "Sech[#]^2", "Coth": "-Csch[#]^2",
    "Sech": "-Sech[#] Tanh[#]", "Csch": "-Coth[#] Csch[#]", "ArcSinh": "1/Sqrt[1 + #^2]",
    "ArcCosh": "1/(Sqrt[# - 1] Sqrt[# + 1])", "ArcTanh": "1/(1 - #^2)", "ArcCoth": "1/(1 - #^2)", "Exp": "E^#",
    "Log": "1/#", "Sqrt": "1/(2 Sqrt[#])", "CubeRoot": "1/(3 CubeRoot[#]^2)", "Erf": "2/(E^#^2 Sqrt[Pi])",
    "Erfi": "2 E^#^2/Sqrt[Pi]", "Erfc": "-2/(E^#^2 Sqrt[Pi])", "LogisticSigmoid": "LogisticSigmoid[#] (1 - LogisticSigmoid[#])",
    "Ramp": "UnitStep[#]", "Abs": "Sign[#]", "Haversine": "Sin[#]/2", "Gudermannian": "Sech[#]",
    "InverseGudermannian": "Sec[#]", "InverseErf": "Sqrt[Pi] E^InverseErf[#]^2/2", "Sign": "0", "UnitStep": "0",
    "Round": "0", "Floor": "0", "Ceiling": "0", "IntegerPart": "0", "FractionalPart": "1",
}  # fmt: skip

#: Type of an atom that is a function → function(atom, orders): its derivative, or None. Other packages add theirs.
DERIVED: dict[type, Callable[[Any, tuple[int, ...]], Term | None]] = {}

SLOT = Expression(S.Slot, (1,))


@cache
def derivative_of(name: str) -> Term:
    """Gives the body of the derivative of a function in the table."""
    return parse(DERIVATIVES[name])


def put(term: Term, old: Term, new: Term) -> Term:
    """Gives a term with every `old` in it replaced."""
    if same(term, old):
        return new
    if type(term) is Expression:
        return Expression(put(term.head, old, new), tuple(put(arg, old, new) for arg in term.args))
    return term


def holds(term: Term, x: Term) -> bool:
    """Tells whether a term contains x."""
    if same(term, x):
        return True
    if type(term) is Expression:
        return holds(term.head, x) or any(holds(arg, x) for arg in term.args)
    return False


def total(*terms: Term) -> Term:
    return Expression(S.Plus, terms)


def product(*terms: Term) -> Term:
    return Expression(S.Times, terms)


def differentiate(f: Term, x: Term) -> Term:
    """Gives the derivative of a formula with respect to x, not evaluated."""
    if same(f, x):
        return 1
    if not holds(f, x):
        return 0
    if is_array(f):
        return Expression(S.List, tuple(differentiate(item, x) for item in elements(as_list(f))))
    head, args = f.head, f.args
    if head is S.Plus:
        return total(*(differentiate(arg, x) for arg in args))
    if head is S.Times:
        return total(*(product(*args[:i], differentiate(arg, x), *args[i + 1 :]) for i, arg in enumerate(args)))
    if head is S.Power and len(args) == 2:
        return differentiate_power(args[0], args[1], x)
    if len(args) == 1 and type(head) is Symbol and head.name in DERIVATIVES:
        return product(put(derivative_of(head.name), SLOT, args[0]), differentiate(args[0], x))
    slopes = []
    inner, before = orders_of(head, len(args))
    for place, arg in enumerate(args):
        orders = tuple(order + (place == other) for other, order in enumerate(before))
        outer = Expression(Expression(Expression(S.Derivative, orders), (inner,)), args)
        slopes.append(product(outer, differentiate(arg, x)))
    return total(*slopes)


def orders_of(head: Term, count: int) -> tuple[Term, tuple[int, ...]]:
    """Gives the function that a head is a derivative of, and how many times for each of its arguments."""
    times = head.head.args if type(head) is Expression and is_head(head.head, S.Derivative, count) else ()
    if times and len(head.args) == 1 and all(type(order) is int for order in times):
        return head.args[0], times
    return head, (0,) * count


def differentiate_power(base: Term, exponent: Term, x: Term) -> Term:
    terms = []
    if holds(base, x):
        lower = Expression(S.Power, (base, total(exponent, -1)))
        terms.append(product(exponent, lower, differentiate(base, x)))
    if holds(exponent, x):
        power = Expression(S.Power, (base, exponent))
        terms.append(product(power, Expression(S.Log, (base,)), differentiate(exponent, x)))
    return total(*terms)


@builtin("D", category="Calculus", messages={"ivar": "`1` is not a valid variable."})
def derivative(kernel: Kernel, f: Term, *variables: Term) -> Term:
    """D[f, x] gives the derivative of f with respect to x.
    D[f, {x, n}] gives the n-th derivative; D[f, x, y, …] differentiates in turn.
    D[f, {{x, y, …}}] gives the list of the derivatives with respect to each, D[f, {{x, y, …}, n}] the n-th array of them.

    Examples:
        >> D[x^3 + Sin[x], x]
        = 3 x^2 + Cos[x]
        >> D[Tanh[2 x], x]
        = 2 Sech[2 x]^2
        >> D[x^4, {x, 2}]
        = 12 x^2
        >> D[g[x], x]
        = g'[x]
        >> {D[x y, {{x, y}}], D[x^2 y, {{x, y}, 2}], D[{x y, y}, {{x, y}}]}
        = {{y, x}, {{2 y, 2 x}, {2 x, 0}}, {{y, x}, {0, 1}}}
    Possible issues:
        >> D[x, 2]
        message: D::ivar
        = D[x, 2]
    """
    for variable in variables:
        x, times = variable, 1
        if is_array(variable) and len(elements(variable)) in (1, 2):
            x, times = (*elements(variable), 1)[:2]
            if is_array(x) and type(times) is int and 0 <= times <= 100:
                for _ in range(times):
                    f = gradient(kernel, f, elements(x))
                continue
        if is_number(x) or type(x) is str or is_array(x) or type(times) is not int or not 0 <= times <= 100:
            raise Message("ivar", variable)
        for _ in range(times):
            f = kernel.evaluate(differentiate(f, x))
    return f


def gradient(kernel: Kernel, f: Term, names: Sequence[Term]) -> Term:
    """Gives the list of the derivatives of f with respect to each name; of a list, one for each element."""
    if is_array(f):
        return to_list(gradient(kernel, item, names) for item in elements(f))
    return to_list(derivative(kernel, f, name) for name in names)


@operator_form("Derivative")
def derivative_function(kernel: Kernel, head: Term, args: tuple[Term, ...]) -> Term | None:
    """Gives the derivative of a known function as a pure function."""
    if len(args) != 1 or any(type(n) is not int or not 0 <= n <= 100 for n in head.args):
        return None
    f = args[0]
    if type(f) in DERIVED:
        return DERIVED[type(f)](f, head.args)
    if type(f) is Symbol and f.name in DERIVATIVES and len(head.args) == 1 and head.args[0] > 0:
        body: Term = derivative_of(f.name)
        orders: tuple[int, ...] = (head.args[0] - 1,)
    elif is_head(f, S.Function, 1):
        body, orders = f.args[0], head.args
    else:
        return None
    for place, order in enumerate(orders):
        for _ in range(order):
            body = kernel.evaluate(differentiate(body, Expression(S.Slot, (place + 1,))))
    return Expression(S.Function, (body,))


@builtin("Derivative", category="Calculus")
def derivative_head(kernel: Kernel, *orders: Term) -> None:
    """Derivative[n][f], or f', f'', …, is the n-th derivative of the function f.
    Derivative[n1, n2, …][f] is the derivative with respect to each argument so many times.

    Examples:
        >> Sin'[x]
        = Cos[x]
        >> (#^3 &)''[x]
        = 6 x
        >> {Derivative[1][f][x], D[f[x], x, x], D[g[x, y], x, y, y]}
        = {f'[x], f''[x], Derivative[1, 2][g][x, y]}
    """
