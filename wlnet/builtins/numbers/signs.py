"""Sign, size and parts of numbers: Abs, Sign, Ramp, UnitStep, Re, Im, …"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.arithmetic import split_coefficient
from wlnet.builtins.numbers.elementary import angle
from wlnet.builtins.numbers.numbers import checked, is_explicit, parts
from wlnet.builtins.numbers.numerical import INFINITY, NUMERICAL, closely, is_infinite, is_numeric, machine_real
from wlnet.kernel import Kernel, builtin
from wlnet.terms import BigReal, Expression, S, Term, list_of, pack


def is_real(term: Term) -> bool:
    """Tells whether a term is an explicit real number."""
    kind = type(term)
    return kind is int or kind is float or kind is Fraction or kind is BigReal


#: Machine values of exact quantities below this may be rounding errors.
SMALL = 1e-10


def declare_step(
    name: str, gives: str, example: tuple[str, str], single: Callable[[Any], Any], many: Callable[[Any], Any]
) -> None:
    """Declares a function of the real numbers whose values are integers."""

    def function(kernel: Kernel, x: Term, *rest: Term) -> Term | None:
        if rest:
            return Expression(S.Times, tuple(Expression(getattr(S, name), (item,)) for item in (x, *rest)))
        if type(x) is np.ndarray:
            return None if x.dtype.kind == "c" else pack(many(x).astype(np.int64))
        value = x if is_real(x) else machine_real(kernel, x)
        return None if value is None or value != value else single(value)

    function.__doc__ = f"{name}[x] gives {gives}.\n{name}[x, y, …] gives the product of those of the numbers.\n\n"
    function.__doc__ += f"Examples:\n>> {example[0]}\n= {example[1]}\n"
    builtin(name, category="Numbers", attributes=NUMERICAL, packed=True)(function)


declare_step(
    "UnitStep", "0 for negative x and 1 otherwise", ("{UnitStep[{-1., 0., 2.}], UnitStep[1, -2]}", "{{0, 1, 1}, 0}"),
    lambda x: int(x >= 0), lambda x: x >= 0,
)  # fmt: skip


@builtin("Unitize", category="Numbers", attributes=NUMERICAL, packed=True)
def unitize(kernel: Kernel, x: Term, dx: Term = None) -> Term | None:
    """Unitize[x] gives 0 where x is zero and 1 elsewhere.
    Unitize[x, dx] gives 0 where Abs[x] < dx.

    Examples:
        >> Unitize[{-1.5, 0., 2.}]
        = {1, 0, 1}
        >> Unitize[{-1.5, 0.1, 2.}, 0.5]
        = {1, 0, 1}
    """
    if not (dx is None or (is_real(dx) and dx > 0)):
        return None
    if type(x) is np.ndarray:
        return pack((x != 0 if dx is None else np.abs(x) >= dx).astype(np.int64))
    if is_explicit(x):
        size = abs(complex(*parts(x))) if not is_real(x) else abs(x)
        return int(size != 0 if dx is None else size >= dx)
    return None if machine_real(kernel, x) is None else 1


@builtin("Sign", category="Numbers", attributes=NUMERICAL, packed=True)
def sign(kernel: Kernel, x: Term) -> Term | None:
    """Sign[x] gives -1, 0 or 1 as x is negative, zero or positive, and x/Abs[x] for complex x.

    Examples:
        >> Sign[{-2.5, 0, Pi}]
        = {-1, 0, 1}
    """
    if type(x) is np.ndarray:
        return None if x.dtype.kind == "c" else pack(np.sign(x).astype(np.int64)) if not np.isnan(x).any() else None
    if type(x) is complex:
        return x / abs(x) if x else 0
    if is_explicit(x) and not is_real(x):
        return Expression(S.Times, (x, Expression(S.Power, (Expression(S.Abs, (x,)), -1))))
    value = x if is_real(x) else machine_real(kernel, x)
    if value is None or value != value:
        return None
    if not is_real(x) and abs(value) < SMALL:
        value = next((close for digits in (40, 200) if (close := closely(kernel, x, digits))), 0)
    return (value > 0) - (value < 0)


@builtin("Abs", category="Numbers", attributes=NUMERICAL, packed=True)
def absolute(kernel: Kernel, x: Term) -> Term | None:
    """Abs[x] gives the absolute value of x.

    Examples:
        >> Abs[{-2, 3}]
        = {2, 3}
        >> Abs[-1.5]
        = 1.5
        >> Abs[3 + 4 I]
        = 5
    """
    if type(x) is np.ndarray:
        return None if x.dtype.kind == "i" and int(x.min()) == -(2**63) else pack(np.abs(x))
    if is_real(x):
        return abs(x)
    if type(x) is complex:
        return checked(kernel, math.hypot(x.real, x.imag))
    if is_explicit(x):
        re, im = parts(x)
        return Expression(S.Power, (Expression(S.Plus, (re * re, im * im)), Fraction(1, 2)))
    if is_infinite(x):
        return INFINITY
    value = machine_real(kernel, x)
    if value is not None:
        return x if value >= 0 else Expression(S.Times, (-1, x))
    coefficient, rest = split_coefficient(x)
    if rest is not x:
        return Expression(S.Times, (Expression(S.Abs, (coefficient,)), Expression(S.Abs, (rest,))))
    return None


@builtin("Ramp", category="Numbers", attributes=NUMERICAL, packed=True)
def ramp(kernel: Kernel, x: Term) -> Term | None:
    """Ramp[x] gives x where it is positive and 0 elsewhere.

    Examples:
        >> Ramp[{-1.5, 0., 2.}]
        = {0., 0., 2.}
        >> Ramp[-3]
        = 0
    """
    if type(x) is np.ndarray:
        return None if x.dtype.kind == "c" else pack(np.maximum(x, 0))
    if type(x) is float:
        return x if x > 0 or x != x else 0.0
    value = x if is_real(x) else machine_real(kernel, x)
    return None if value is None else x if value >= 0 else 0


# Parts of complex numbers


def declare_part(
    name: str, gives: str, example: tuple[str, str], single: Callable[[Any, Any], Any], many: Callable[[Any], Any]
) -> None:
    """Declares a function of the real and imaginary parts of a number."""

    def function(kernel: Kernel, z: Term) -> Term | None:
        if type(z) is np.ndarray:
            return pack(many(z))
        if is_explicit(z):
            return single(*parts(z))
        return single(z, 0) if machine_real(kernel, z) is not None and is_numeric(kernel, z) else None

    function.__doc__ = f"{name}[z] gives {gives}.\n\nExamples:\n>> {example[0]}\n= {example[1]}\n"
    builtin(name, category="Numbers", attributes=NUMERICAL, packed=True)(function)


def conjugated(re: Term, im: Term) -> Term:
    if type(im) is int and im == 0:
        return re
    return complex(re, -im) if type(im) is float else Expression(S.Complex, (re, -im))


def imaginary(z: np.ndarray) -> np.ndarray:
    return z.imag if z.dtype.kind == "c" else np.zeros(z.shape, dtype=np.int64)


declare_part("Re", "the real part of z", ("Re[2 + 3 I]", "2"), lambda re, im: re, lambda z: z.real)
declare_part("Im", "the imaginary part of z", ("Im[2 + 3 I]", "3"), lambda re, im: im, imaginary)
declare_part(
    "Conjugate", "the complex conjugate of z", ("Conjugate[{1., 2.}]", "{1., 2.}"), conjugated, np.conjugate
)  # fmt: skip


@builtin("ReIm", category="Numbers", attributes=NUMERICAL)
def re_im(kernel: Kernel, z: Term) -> Term | None:
    """ReIm[z] gives the list of the real and imaginary parts of z.

    Examples:
        >> ReIm[3 - 2 I]
        = {3, -2}
    """
    return list_of(*parts(z)) if is_explicit(z) else None


@builtin("Arg", category="Numbers", attributes=NUMERICAL, packed=True)
def argument(kernel: Kernel, z: Term) -> Term | None:
    """Arg[z] gives the angle of the complex number z.

    Examples:
        >> Arg[-1]
        = Pi
        >> Arg[1. + 1. I]
        = 0.7853981634
    """
    if type(z) is np.ndarray:
        return pack(np.angle(z)) if z.dtype.kind == "c" else None
    if type(z) is complex:
        return cmath.phase(z)
    if is_explicit(z):
        re, im = parts(z)
        if im == 0:
            return S.Pi if re < 0 else 0
        return angle(kernel, re, im) or Expression(S.ArcTan, (re, im))
    value = machine_real(kernel, z)
    return None if value is None else S.Pi if value < 0 else 0
