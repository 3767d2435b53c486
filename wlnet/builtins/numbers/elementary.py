"""Elementwise functions of one number: how a row of a table becomes a built-in; exponentials and logarithms.

A row says how to compute a function over machine numbers and what it is at exact points; the same NumPy code runs over
single numbers and packed lists, so that both give the same digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from wlnet.builtins.numbers.arithmetic import split_coefficient
from wlnet.builtins.numbers.big import big_value, is_big
from wlnet.builtins.numbers.numbers import checked, exact, is_explicit
from wlnet.builtins.numbers.numerical import (
    COMPLEX_INFINITY,
    INDETERMINATE,
    INFINITY,
    MINUS_INFINITY,
    NUMERICAL,
    align,
    finite,
    is_complex,
    is_infinite,
    machine,
    machine_real,
    real,
)
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Symbol, Term, is_head, is_number
from wlnet.terms.same import key

#: Beyond this argument an infinite value is an overflow, below it a pole.
POLE_RANGE = 100.0

NUMPY_TYPES: dict[type, Callable[[Any], Any]] = {float: np.float64, complex: np.complex128}

#: The arguments of the infinities of `Row.limits`.
SIDES: tuple[tuple[int, ...], ...] = ((-1,), (1,), ())
IMAGINARY = Expression(S.Complex, (0, 1))

Exact = Callable[[Term], Term | None]


class Row(NamedTuple):
    """An elementwise function.

    gives: completes the usage line `Name[x] gives …`; example: input and value.
    compute: the function on a number or array of numbers, real or complex.
    inside: tells where it is real on the real numbers (None: everywhere); exact: its value at exact points.
    parity: -1 odd, 1 even, 0 neither; limits: its values at -Infinity, Infinity and perhaps ComplexInfinity.
    pole: its value at a pole; turned: c and the function g where its value at I y is c g(y).
    below: the complex value on a branch cut x > 1 is the one from below.
    real_only: there is no code for complex numbers.
    big: the function on big reals, as `big.big_value` takes it; by default mpmath's of the same name.
    """

    name: str
    gives: str
    example: tuple[str, str]
    compute: Callable[[Any], Any]
    inside: Callable[[Any], Any] | None = None
    exact: Exact | None = None
    parity: int = 0
    limits: tuple[Term, ...] | None = None
    pole: Term = COMPLEX_INFINITY
    below: bool = False
    real_only: bool = False
    big: str | Callable[..., Any] = ""
    turned: tuple[Term, str] | None = None


def at(*pairs: tuple[Term, Term]) -> Exact:
    """Makes the `exact` of a row from (argument, value) pairs."""
    table = {key(x): value for x, value in pairs}

    def look_up(x: Term) -> Term | None:
        return table.get(key(x))

    return look_up


def of_pi(numerator: int, denominator: int = 1) -> Term:
    """Gives a rational multiple of Pi."""
    factor = exact(Fraction(numerator, denominator))
    return S.Pi if factor == 1 else Expression(S.Times, (factor, S.Pi))


def row_value(kernel: Kernel, row: Row, x: Term) -> Term | None:
    """Gives the value of a row's function, or None where it stays unevaluated."""
    kind = type(x)
    if kind is np.ndarray:
        return packed_value(row, x)
    if kind is float or kind is complex:
        return single_value(kernel, row, x)
    if is_big(x):
        return big_value(row.big or row.name.lower().replace("arc", "a"), x)
    if is_infinite(x) and row.limits is not None and x.args in SIDES[: len(row.limits)]:
        return row.limits[SIDES.index(x.args)]
    if x is INDETERMINATE:
        return INDETERMINATE
    found = row.exact(x) if row.exact is not None else None
    if found is not None:
        return found
    if type(x) is Expression and len(x.args) == 1 and x.head is symbol_of_inverse(row):
        return x.args[0]
    if is_complex(x) and any(type(part) is float for part in x.args):
        value = machine(kernel, x)
        return None if value is None else single_value(kernel, row, value)
    return turned(row, x) or (mirrored(row, x) if row.parity else None)


def packed_value(row: Row, x: np.ndarray) -> Term | None:
    if x.dtype.kind == "i" or (x.dtype.kind == "c" and row.real_only):
        return None
    if x.dtype.kind == "f" and row.inside is not None and not np.all(row.inside(x)):
        return None
    with np.errstate(all="ignore"):
        return finite(row.compute(x))


def single_value(kernel: Kernel, row: Row, x: float | complex) -> Term | None:
    if type(x) is float and row.inside is not None and not row.inside(x):
        x = complex(x, -0.0 if row.below and x > 1 else 0.0)
    if type(x) is complex and row.real_only:
        return None
    with np.errstate(all="ignore"):
        value = row.compute(NUMPY_TYPES[type(x)](x)).item()
    if type(value) is float and math.isinf(value) and abs(x) < POLE_RANGE:
        if row.pole is not INFINITY:
            return row.pole
        return INFINITY if value > 0 else MINUS_INFINITY
    return checked(kernel, value)


def turned(row: Row, x: Term) -> Term | None:
    """Gives a function of a multiple of I by the function that it is there."""
    coefficient, rest = (x, 1) if is_complex(x) else split_coefficient(x)
    if row.turned is None or not is_complex(coefficient) or coefficient.args[0] != 0:
        return None
    factor, name = row.turned
    return Expression(
        S.Times, (factor, Expression(getattr(S, name), (Expression(S.Times, (coefficient.args[1], rest)),)))
    )


def mirrored(row: Row, x: Term) -> Term | None:
    """Takes a minus sign out of the argument of an odd or even function; of a sum, where its first term has one."""
    is_sum = is_head(x, S.Plus) and len(x.args) > 1
    coefficient, rest = split_coefficient(x.args[0] if is_sum else x)
    if is_number(x):
        coefficient, rest = x, 1
    elif is_sum and is_number(x.args[0]):
        coefficient = x.args[0]
    if type(coefficient) not in (int, Fraction) or coefficient >= 0:
        return None
    if is_sum:
        positive: Term = Expression(S.Plus, tuple(Expression(S.Times, (-1, term)) for term in x.args))
    else:
        positive = -x if is_number(x) else Expression(S.Times, (-coefficient, rest))
    value = Expression(symbol_of(row), (positive,))
    return value if row.parity > 0 else Expression(S.Times, (-1, value))


def symbol_of(row: Row) -> Symbol:
    return getattr(S, row.name)


def symbol_of_inverse(row: Row) -> Symbol:
    return getattr(S, f"Arc{row.name}")


def declare(row: Row, category: str = "Elementary functions") -> None:
    """Declares the built-in of a row."""

    def function(kernel: Kernel, x: Term) -> Term | None:
        return row_value(kernel, row, x)

    given, value = row.example
    function.__doc__ = f"{row.name}[x] gives {row.gives}.\n\nExamples:\n>> {given}\n= {value}\n"
    function.__name__ = row.name
    builtin(row.name, category=category, attributes=NUMERICAL, packed=True)(function)


# Exponentials and logarithms


@builtin("Exp", category="Elementary functions", attributes=NUMERICAL, packed=True)
def exp(kernel: Kernel, x: Term) -> Term | None:
    """Exp[x] gives the exponential of x, the power E^x.

    Examples:
        >> Exp[0]
        = 1
        >> Exp[{0., 1.}]
        = {1., 2.718281828}
        >> Exp[x]
        = E^x
    """
    if type(x) is np.ndarray:
        if x.dtype.kind == "i":
            return None
        with np.errstate(all="ignore"):
            return finite(np.exp(x))
    if type(x) is float and x < 700.0:
        return np.exp(x).item()
    return Expression(S.Power, (S.E, x))


def log_exact(x: Term) -> Term | None:
    if x is S.E:
        return 1
    if is_head(x, S.Power, 2) and x.args[0] is S.E and type(x.args[1]) in (int, Fraction):
        return x.args[1]
    if is_complex(x) and type(x.args[0]) is int and x.args[0] == 0 and type(x.args[1]) in (int, Fraction):
        quarter = Expression(S.Times, (Expression(S.Complex, (0, Fraction(1 if x.args[1] > 0 else -1, 2))), S.Pi))
        return Expression(S.Plus, (quarter, Expression(S.Log, (abs(x.args[1]),))))
    if type(x) in (int, Fraction) and x < 0:
        angle = Expression(S.Times, (Expression(S.Complex, (0, 1)), S.Pi))
        return Expression(S.Plus, (angle, Expression(S.Log, (-x,))))
    if type(x) is Fraction and x > 0 and x.numerator == 1:
        return Expression(S.Times, (-1, Expression(S.Log, (x.denominator,))))
    return {0: MINUS_INFINITY, 1: 0}.get(x) if type(x) is int else None


LOG = Row("Log", "", ("", ""), np.log, lambda x: x >= 0, log_exact, limits=(INFINITY, INFINITY), pole=INDETERMINATE)


@builtin("Log", category="Elementary functions", attributes=NUMERICAL, packed=True)
def log(kernel: Kernel, x: Term, y: Term = None) -> Term | None:
    """Log[x] gives the natural logarithm of x.
    Log[b, x] gives the logarithm of x to the base b.

    Examples:
        >> Log[10.]
        = 2.302585093
        >> Log[E^3]
        = 3
        >> Log[2, 8]
        = 3
        >> {Log[0], Log[0.]}
        = {-Infinity, Indeterminate}
    """
    return row_value(kernel, LOG, x) if y is None else log_to_base(kernel, x, y)


def log_to_base(kernel: Kernel, base: Term, x: Term) -> Term | None:
    """Gives a logarithm to a base: exact where it is a whole number."""
    if type(base) is np.ndarray or type(x) is np.ndarray:
        items = align((base, x))
        if items is None or not any(getattr(item, "dtype", None) == np.float64 for item in items):
            return None
        if any(np.any(np.less_equal(item, 0)) for item in items):
            return None
        with np.errstate(all="ignore"):
            return finite(np.log(items[1]) / np.log(items[0]))
    if type(base) in (int, Fraction) and type(x) in (int, Fraction) and base > 0 and base != 1 and x > 0:
        exponent = rational_logarithm(base, x)
        if exponent is not None:
            return exponent
    if type(base) in (int, Fraction) and base == 1:
        return COMPLEX_INFINITY
    if is_number(x) and is_number(base) and type(x) is float and x > 0 and type(base) is int and base in FAST_LOGS:
        return checked(kernel, FAST_LOGS[base](x))
    return Expression(S.Times, (Expression(S.Log, (x,)), Expression(S.Power, (Expression(S.Log, (base,)), -1))))


def rational_logarithm(base: int | Fraction, x: int | Fraction) -> int | Fraction | None:
    """Gives the logarithm of a positive rational number where it is one with a denominator up to 64."""
    ratio = (math.log(x.numerator) - math.log(x.denominator)) / (math.log(base.numerator) - math.log(base.denominator))
    found = Fraction(ratio).limit_denominator(64)
    if abs(found - Fraction(ratio)) > 1e-9 * max(1.0, abs(ratio)):
        return None
    return exact(found) if Fraction(base) ** found.numerator == Fraction(x) ** found.denominator else None


FAST_LOGS = {2: math.log2, 10: math.log10}


@builtin("Log2", category="Elementary functions", attributes=NUMERICAL, packed=True)
def log2(kernel: Kernel, x: Term) -> Term | None:
    """Log2[x] gives the logarithm of x to the base 2.

    Examples:
        >> Log2[{8., 2.}]
        = {3., 1.}
    """
    return log_to_base(kernel, 2, x)


@builtin("Log10", category="Elementary functions", attributes=NUMERICAL, packed=True)
def log10(kernel: Kernel, x: Term) -> Term | None:
    """Log10[x] gives the logarithm of x to the base 10.

    Examples:
        >> Log10[1000]
        = 3
    """
    return log_to_base(kernel, 10, x)


def logistic(x: Any) -> Any:
    """Gives 1/(1 + e^-x) without overflow."""
    if np.iscomplexobj(x):
        return 1 / (1 + np.exp(-x))
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


declare(
    Row(
        "LogisticSigmoid", "the logistic function 1/(1 + E^-x)", ("LogisticSigmoid[{0., 1.}]", "{0.5, 0.7310585786}"),
        logistic, exact=at((0, Fraction(1, 2))), limits=(0, 1), big=lambda work, x: 1 / (1 + work.exp(-x)),
    )
)  # fmt: skip


@builtin("ArcTan", category="Elementary functions", attributes=NUMERICAL, packed=True)
def arc_tan(kernel: Kernel, x: Term, y: Term = None) -> Term | None:
    """ArcTan[x] gives the angle whose tangent is x.
    ArcTan[x, y] gives the angle of the point {x, y}.

    Examples:
        >> ArcTan[1.]
        = 0.7853981634
        >> ArcTan[-1., 1.]
        = 2.35619449
        >> {ArcTan[Infinity], ArcTan[I/2]}
        = {Pi/2, I ArcTanh[1/2]}
    """
    if y is None:
        return row_value(kernel, ARC_TAN, x)
    if type(x) is np.ndarray or type(y) is np.ndarray:
        items = align((x, y))
        if items is None or all(not np.issubdtype(np.asarray(item).dtype, np.floating) for item in items):
            return None
        if any(np.iscomplexobj(item) for item in items):
            return None
        return finite(np.arctan2(items[1], items[0]))
    return angle(kernel, x, y)


def angle(kernel: Kernel, x: Term, y: Term) -> Term | None:
    """Gives the angle of a point, exact on the axes and diagonals."""
    if not (is_explicit(x) and is_explicit(y)):
        return angle_of_quotient(kernel, x, y)
    if any(is_complex(z) or type(z) is complex for z in (x, y)):
        return None
    if is_big(x) or is_big(y):
        return big_value("atan2", y, x) if float not in (type(x), type(y)) else np.arctan2(real(y), real(x)).item()
    if type(x) is float or type(y) is float:
        return np.arctan2(real(y), real(x)).item()
    if x == 0 and y == 0:
        return INDETERMINATE
    if x == 0 or y == 0 or abs(x) == abs(y):
        return of_pi(round(math.atan2(y, x) / math.pi * 4), 4) if y or x < 0 else 0
    return None


def angle_of_quotient(kernel: Kernel, x: Term, y: Term) -> Term | None:
    """Gives the angle of a point of exact quantities where it is a known part of Pi."""
    re, im = machine_real(kernel, x), machine_real(kernel, y)
    if re is None or im is None:
        return None
    if re == 0:
        return None if im == 0 else of_pi(1 if im > 0 else -1, 2)
    found = kernel.evaluate(Expression(S.ArcTan, (Expression(S.Divide, (y, x)),)))
    if type(found) is float:
        return math.atan2(im, re)
    if not (type(found) is int or found is S.Pi or (is_head(found, S.Times, 2) and found.args[1] is S.Pi)):
        return None
    half_turn = 0 if re > 0 else 1 if im >= 0 else -1
    return Expression(S.Plus, (found, Expression(S.Times, (half_turn, S.Pi))))


THIRD_POWER = Expression(S.Power, (3, Fraction(1, 2)))
ARC_TANGENTS = at(
    (0, 0), (1, of_pi(1, 4)), (THIRD_POWER, of_pi(1, 3)), (Expression(S.Power, (3, Fraction(-1, 2))), of_pi(1, 6)),
    (Expression(S.Plus, (2, THIRD_POWER)), of_pi(5, 12)),
    (Expression(S.Plus, (2, Expression(S.Times, (-1, THIRD_POWER)))), of_pi(1, 12)),
)  # fmt: skip
ARC_TAN = Row(
    "ArcTan",
    "",
    ("", ""),
    np.arctan,
    None,
    ARC_TANGENTS,
    -1,
    (of_pi(-1, 2), of_pi(1, 2), INDETERMINATE),
    turned=(IMAGINARY, "ArcTanh"),
)
