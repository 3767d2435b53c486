"""Explicit numbers: their parts, sums and products."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from wlnet.builtins.numbers.numerical import (
    INDETERMINATE,
    MAX_REAL,
    is_complex,
    real,
)
from wlnet.kernel import Kernel
from wlnet.terms import BigReal, Expression, S, Term, is_number


def exact(number: Fraction) -> int | Fraction:
    """Gives a fraction as an integer where it is one."""
    return number.numerator if number.denominator == 1 else number


def parts(number: Term) -> tuple[Any, Any]:
    """Gives the real and imaginary parts of an explicit number (exact 0 for a real one)."""
    if type(number) is complex:
        return number.real, number.imag
    return number.args if type(number) is Expression else (number, 0)


def from_parts(re: Any, im: Any) -> Term:
    """Gives the number with these parts: real where the imaginary part is an exact 0."""
    if type(im) is int and im == 0:
        return re
    if type(re) is float or type(im) is float:
        return complex(real(re), real(im))
    return Expression(S.Complex, (re, im))


def is_explicit(term: Term) -> bool:
    """Tells whether a term is an explicit number, complex ones with exact parts included."""
    return is_number(term) or (is_complex(term) and all(map(is_number, term.args)))


def is_inexact(term: Term) -> bool:
    """Tells whether a term is a machine number or a big one."""
    kind = type(term)
    if kind is float or kind is complex or kind is BigReal:
        return True
    return kind is Expression and is_complex(term) and any(type(part) is BigReal for part in term.args)


def is_machine(term: Term) -> bool:
    return type(term) is float or type(term) is complex


def digits_beside(number: Term) -> float | None:
    """Gives the number of digits to which exact terms beside an inexact number are taken; None: machine numbers."""
    return None if is_machine(number) else max(part.digits for part in parts(number) if type(part) is BigReal)


def checked(kernel: Kernel, number: Term) -> Term:
    """Gives a number of machine range as it is; beyond it Overflow[] with a message, and Indeterminate for none."""
    if type(number) is Fraction:
        return exact(number)
    if type(number) is float or type(number) is complex:
        if number != number:
            return INDETERMINATE
        if abs(number) > MAX_REAL:
            kernel.message("General", "ovfl", text="Overflow occurred in computation.")
            return Expression(S.Overflow, ())
    return number


def add_numbers(a: Term, b: Term) -> Term:
    """Gives the sum of two explicit numbers."""
    if is_number(a) and is_number(b):
        return add_simple(a, b)
    (re_a, im_a), (re_b, im_b) = parts(a), parts(b)
    return from_parts(add_simple(re_a, re_b), add_simple(im_a, im_b))


def add_simple(a: Any, b: Any) -> Any:
    if is_machine(a):
        b = b if is_machine(b) else real(b)
    elif is_machine(b):
        a = real(a)
    total = a + b
    return exact(total) if type(total) is Fraction else total


def multiply_numbers(a: Term, b: Term) -> Term:
    """Gives the product of two explicit numbers."""
    if is_number(a) and is_number(b):
        return multiply_simple(a, b)
    (re_a, im_a), (re_b, im_b) = parts(a), parts(b)
    re = add_simple(multiply_simple(re_a, re_b), -multiply_simple(im_a, im_b))
    return from_parts(re, add_simple(multiply_simple(re_a, im_b), multiply_simple(im_a, re_b)))


def multiply_simple(a: Any, b: Any) -> Any:
    if is_machine(a):
        b = b if is_machine(b) else real(b)
    elif is_machine(b):
        a = real(a)
    product = a * b
    return exact(product) if type(product) is Fraction else product
