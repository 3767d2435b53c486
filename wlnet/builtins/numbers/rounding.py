"""Rounding, remainders and clipping."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numbers import add_numbers, exact, from_parts, is_explicit, is_machine, parts
from wlnet.builtins.numbers.numerical import (
    INDETERMINATE,
    INT64_MAX,
    NUMERICAL,
    align,
    closely,
    finite,
    is_array,
    is_infinite,
    machine_real,
    real,
)
from wlnet.builtins.numbers.signs import is_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import BigReal, Expression, S, Term, elements, is_number, pack
from wlnet.terms import attributes as flags

#: A machine value below this, and not so near to a half of an integer as one part in it, is rounded as it is.
SURE = 1e5
#: With how many digits after the point the others are worked out, and how near to a half of an integer is on it.
SPARE_DIGITS, NEAR = 40, Fraction(1, 10**30)


def declare_rounding(
    name: str, gives: str, example: tuple[str, str], single: Callable[[Any], int], many: Callable[[Any], Any]
) -> None:
    """Declares a way of rounding: name[x] to an integer, name[x, a] to a multiple of a."""

    def function(kernel: Kernel, x: Term, a: Term = None) -> Term | None:
        if a is not None:
            return multiple(kernel, getattr(S, name), x, a)
        if type(x) is np.ndarray:
            return round_packed(x, many)
        if is_real(x):
            return single(x) if type(x) is BigReal or math.isfinite(x) else None
        if is_explicit(x):
            re, im = parts(x)
            return from_parts(single(re), single(im)) if math.isfinite(re) and math.isfinite(im) else None
        return x if is_infinite(x) else rounded_exactly(kernel, x, single)

    function.__doc__ = (
        f"{name}[x] gives {gives}.\n{name}[x, a] gives the same among the multiples of a.\n\n"
        f"Examples:\n>> {example[0]}\n= {example[1]}\n>> {name}[7, 5]\n= {single(Fraction(7, 5)) * 5}\n"
    )
    builtin(name, category="Numbers", attributes=NUMERICAL, packed=True)(function)


def rounded_exactly(kernel: Kernel, x: Term, single: Callable[[Any], int]) -> int | None:
    """Gives an exact quantity such as Pi^2 rounded, with more digits where machine numbers leave doubt."""
    value = machine_real(kernel, x)
    if value is None or not math.isfinite(value):
        return None
    if abs(value) < SURE and abs(2 * value - round(2 * value)) > 1 / SURE:
        return single(value)
    close = closely(kernel, x, math.log10(abs(value) + 1) + SPARE_DIGITS)
    if close is None:
        return single(value)
    doubled = round(2 * close)
    return single(Fraction(doubled, 2) if abs(2 * close - doubled) < NEAR else close)


def round_packed(x: np.ndarray, many: Callable[[Any], Any]) -> Term | None:
    if x.dtype.kind == "i":
        return x
    if x.dtype.kind == "c" or not (np.abs(x) < 2.0**62).all():
        return None
    return pack(many(x).astype(np.int64))


def multiple(kernel: Kernel, head: Term, x: Term, a: Term) -> Term | None:
    """Gives x rounded to a multiple of a."""
    if type(x) is np.ndarray or type(a) is np.ndarray:
        return None
    if is_number(a) and a == 0:
        return INDETERMINATE
    if machine_real(kernel, x) is None or machine_real(kernel, a) is None:
        return None
    ratio = Expression(S.Times, (x, Expression(S.Power, (a, -1))))
    return Expression(S.Times, (a, Expression(head, (ratio,))))


declare_rounding(
    "Round", "the integer nearest to x, the even one of two", ("Round[{0.5, 1.5, 2.6}]", "{0, 2, 3}"), round, np.rint
)
declare_rounding("Floor", "the greatest integer not above x", ("Floor[-2.5]", "-3"), math.floor, np.floor)
declare_rounding("Ceiling", "the least integer not below x", ("Ceiling[-2.5]", "-2"), math.ceil, np.ceil)
declare_rounding("IntegerPart", "the integer part of x, towards 0", ("IntegerPart[-2.5]", "-2"), math.trunc, np.trunc)


@builtin("FractionalPart", category="Numbers", attributes=NUMERICAL, packed=True)
def fractional_part(kernel: Kernel, x: Term) -> Term | None:
    """FractionalPart[x] gives x - IntegerPart[x].

    Examples:
        >> FractionalPart[{2.25, -2.25}]
        = {0.25, -0.25}
        >> FractionalPart[5/2 + 3 I/2]
        = 1/2 + I/2
    """
    if type(x) is np.ndarray:
        return None if x.dtype.kind == "c" else finite(x - np.trunc(x))
    if is_real(x):
        return exact(x - math.trunc(x)) if type(x) is Fraction else x - math.trunc(x) if math.isfinite(x) else None
    if is_infinite(x) or (machine_real(kernel, x) is None and not is_explicit(x)):
        return None
    return Expression(S.Plus, (x, Expression(S.Times, (-1, Expression(S.IntegerPart, (x,))))))


@builtin(
    "Mod", category="Numbers", attributes=NUMERICAL, packed=True,
    messages={"indet": "Indeterminate expression `1` encountered."},
)  # fmt: skip
def mod(kernel: Kernel, m: Term, n: Term, d: Term = None) -> Term | None:
    """Mod[m, n] gives the remainder of m divided by n, with the sign of n.
    Mod[m, n, d] gives the remainder that lies from d up to d + n.

    Examples:
        >> Mod[{-1, 7}, 5]
        = {4, 2}
        >> Mod[5.5, 2]
        = 1.5
        >> {Mod[6, 3, 1], Mod[7.5, 3, 1], Mod[Pi, 3, 1]}
        = {3, 1.5, Pi}
    Possible issues:
        >> Mod[1, 0]
        message: Mod::indet
        = Indeterminate
    """
    if d is not None:
        if all(map(is_real, (m, n, d))):
            rest = mod(kernel, add_numbers(m, -d), n)
            return rest if rest is INDETERMINATE else add_numbers(d, rest)
        if any(machine_real(kernel, z) is None for z in (m, n, d)):
            return None
        return Expression(S.Plus, (d, Expression(S.Mod, (Expression(S.Subtract, (m, d)), n))))
    if type(m) is np.ndarray or type(n) is np.ndarray:
        return remainder_packed(m, n)
    if is_real(m) and is_real(n):
        if n == 0:
            raise Message("indet", Expression(S.Mod, (m, n)), result=INDETERMINATE)
        if is_machine(m) or is_machine(n):
            m, n = real(m), real(n)
            return m % n if math.isfinite(m) else INDETERMINATE
        return exact(Fraction(m) % n) if type(m) is Fraction or type(n) is Fraction else m % n
    if machine_real(kernel, m) is None or not machine_real(kernel, n):
        return None
    return Expression(S.Plus, (m, Expression(S.Times, (-1, n, Expression(S.Quotient, (m, n))))))


def remainder_packed(m: Term, n: Term) -> Term | None:
    items = align((m, n))
    if items is None or any(map(np.iscomplexobj, items)) or np.any(np.equal(items[1], 0)):
        return None
    return finite(np.mod(*items))


@builtin(
    "Quotient", category="Numbers", attributes=NUMERICAL, packed=True,
    messages={"infy": "Infinite expression `1` encountered."},
)  # fmt: skip
def quotient(kernel: Kernel, m: Term, n: Term, d: Term = None) -> Term | None:
    """Quotient[m, n] gives the integer quotient of m and n, Floor[m/n].
    Quotient[m, n, d] gives Floor[(m - d)/n].

    Examples:
        >> {Quotient[{-1, 17}, 5], Quotient[5, 5, 1]}
        = {{-1, 3}, 0}
    Possible issues:
        >> Quotient[1, 0]
        message: Quotient::infy
        printed: ComplexInfinity
    """
    if d is not None:
        if is_real(m) and is_real(d):
            return quotient(kernel, add_numbers(m, -d), n)
        return Expression(S.Quotient, (Expression(S.Subtract, (m, d)), n))
    if type(m) is np.ndarray or type(n) is np.ndarray:
        items = align((m, n))
        if items is None or any(np.asarray(x).dtype.kind != "i" for x in items) or np.any(np.equal(items[1], 0)):
            return None
        return pack(np.floor_divide(*items)) if int(np.min(items[0])) > -INT64_MAX else None
    if is_number(n) and n == 0:
        raise Message("infy", Expression(S.Quotient, (m, n)), result=S.ComplexInfinity)
    if type(m) is int and type(n) is int:
        return m // n
    if machine_real(kernel, m) is None or machine_real(kernel, n) is None:
        return None
    return Expression(S.Floor, (Expression(S.Times, (m, Expression(S.Power, (n, -1)))),))


def pair(term: Term) -> tuple[Term, Term] | None:
    """Gives the two elements of a list of two."""
    found = elements(term) if is_array(term) else ()
    return (found[0], found[1]) if len(found) == 2 else None


@builtin("Clip", category="Numbers", attributes=flags.NUMERIC_FUNCTION)
def clip(kernel: Kernel, x: Term, limits: Term = None, values: Term = None) -> Term | None:
    """Clip[x] gives x held between -1 and 1.
    Clip[x, {min, max}] gives x held between min and max.
    Clip[x, {min, max}, {vmin, vmax}] gives vmin below and vmax above them.

    Examples:
        >> Clip[{-2.5, 0.5, 7.}]
        = {-1., 0.5, 1.}
        >> Clip[{1, 5, 9}, {2, 6}]
        = {2, 5, 6}
        >> Clip[{1, 5, 9}, {2, 6}, {0, 100}]
        = {0, 5, 100}
    """
    low_high = (-1, 1) if limits is None else pair(limits)
    below_above = low_high if values is None else pair(values)
    if low_high is None or below_above is None:
        return None
    if is_array(x):
        if type(x) is np.ndarray and values is None:
            found = clip_packed(x, *low_high)
            if found is not None:
                return found
        extra = () if limits is None else (limits,) if values is None else (limits, values)
        return Expression(S.List, tuple(Expression(S.Clip, (item, *extra)) for item in elements(x)))
    place, low, high = (machine_real(kernel, term) for term in (x, *low_high))
    if place is None or low is None or high is None:
        return None
    chosen = below_above[0] if place < low else below_above[1] if place > high else x
    return real(chosen) if type(x) is float and is_real(chosen) else chosen


def clip_packed(x: np.ndarray, low: Term, high: Term) -> Term | None:
    if x.dtype.kind == "c" or type(low) not in (int, float) or type(high) not in (int, float) or low > high:
        return None
    if x.dtype.kind == "i" and any(type(edge) is float or abs(edge) > INT64_MAX for edge in (low, high)):
        return None
    return pack(np.clip(x, low, high))


@builtin("Chop", category="Numbers")
def chop(kernel: Kernel, x: Term, delta: Term = 1e-10) -> Term | None:
    """Chop[expr] replaces machine numbers close to zero by 0.
    Chop[expr, delta] replaces those smaller than delta.

    Examples:
        >> Chop[{1., 10.^-12}]
        = {1., 0}
        >> Chop[0.01, 0.1]
        = 0
    """
    limit = machine_real(kernel, delta)
    return None if limit is None else chopped(x, limit)


def chopped(term: Term, delta: float) -> Term:
    kind = type(term)
    if kind is float:
        return 0 if abs(term) < delta else term
    if kind is complex:
        re, im = chopped(term.real, delta), chopped(term.imag, delta)
        return from_parts(re, im)
    if kind is np.ndarray:
        if term.dtype.kind == "i" or (term.dtype.kind == "f" and not (np.abs(term) < delta).any()):
            return term
        return Expression(S.List, tuple(chopped(item, delta) for item in elements(term)))
    if kind is Expression:
        return Expression(chopped(term.head, delta), tuple(chopped(item, delta) for item in term.args))
    return term


@builtin("Threshold", category="Numbers")
def threshold(kernel: Kernel, data: Term, delta: Term = 1e-10) -> Term | None:
    """Threshold[data] replaces values close to zero by 0.
    Threshold[data, delta] replaces those of a size up to delta.

    Examples:
        >> Threshold[{0.1, -2., 3.}, 0.5]
        = {0., -2., 3.}
    """
    limit = machine_real(kernel, delta)
    if limit is None:
        return None
    if type(data) is np.ndarray:
        return pack(np.where(np.abs(data) <= limit, 0, data))
    if is_array(data):
        return Expression(S.List, tuple(Expression(S.Threshold, (item, delta)) for item in elements(data)))
    if not is_real(data):
        return None
    return data if abs(data) > limit else 0.0 if type(data) is float else 0
