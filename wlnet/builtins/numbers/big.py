"""Functions of big reals, through mpmath; declares nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from wlnet.builtins.numbers.numbers import parts
from wlnet.builtins.numbers.numerical import COMPLEX_INFINITY, INDETERMINATE, INFINITY, MINUS_INFINITY, is_complex, real
from wlnet.terms import BigReal, Expression, S, Term
from wlnet.terms.big_real import GUARD_BITS, bits_of, raw_of, size

#: Numbers beyond 2 to this power are not handed to functions: their values would take forever, or no memory holds them.
RANGE_BITS = 4096
#: Digits of a machine number, and some to be rounded.
MACHINE_DIGITS = 17.0
LOCAL = threading.local()


def context() -> Any:
    """Gives the thread's own context of mpmath, whose precision nobody else changes."""
    if not hasattr(LOCAL, "context"):
        from mpmath.ctx_mp import MPContext

        LOCAL.context = MPContext()
    return LOCAL.context


def is_big(term: Term) -> bool:
    """Tells whether a term is a big real, or a complex number with one in it."""
    return type(term) is BigReal or (is_complex(term) and any(type(part) is BigReal for part in term.args))


def digits_known(term: Term) -> float:
    """Gives the number of digits known of a big real or complex number."""
    if type(term) is BigReal:
        return term.digits
    known = [part for part in parts(term) if type(part) is BigReal]
    sizes = [size(part.raw) for part in known if part] or [0.0]
    return min(part.accuracy for part in known) + max(sizes)


def big_value(function: str | Callable[..., Any], *numbers: Term) -> Term | None:
    """Gives a function (a name in mpmath, or a function of the context and numbers) of numbers, at least one of them big.

    Known to as many digits as the least known argument. None where mpmath finds no value.
    """
    return value_to(function, numbers, max(min(digits_known(x) for x in numbers if is_big(x)), 1.0))


def machine_value(function: str | Callable[..., Any], *numbers: Term) -> Term | None:
    """Gives a function of explicit numbers as a machine number, or None where mpmath finds no value."""
    value: Term = value_to(function, numbers, MACHINE_DIGITS)
    if type(value) is BigReal:
        return real(value)
    return complex(*map(real, value.args)) if is_complex(value) else value


def value_to(function: str | Callable[..., Any], numbers: tuple[Term, ...], digits: float) -> Term | None:
    """Gives a function of explicit numbers, worked out to so many digits; None where mpmath finds no value."""
    work = context()
    bits = bits_of(digits) + GUARD_BITS
    with work.workprec(bits):
        given = [of_context(work, x, bits) for x in numbers]
        if any(abs(work.mag(x)) > RANGE_BITS for x in given if x):
            return None
        try:
            value = getattr(work, function)(*given) if isinstance(function, str) else function(work, *given)
        except (ValueError, TypeError, AttributeError, ArithmeticError, NotImplementedError, work.NoConvergence):
            # What mpmath raises for arguments that it does not foresee.
            return None
        return of_value(work, value, digits)


def of_context(work: Any, number: Term, bits: int) -> Any:
    """Gives an explicit number as one of mpmath."""
    if type(number) is complex:
        return work.mpc(number)
    re, im = parts(number)
    if type(im) is int and im == 0:
        return int(re) if type(re) is int else work.make_mpf(raw_of(re, bits))
    return work.make_mpc((raw_of(re, bits), raw_of(im, bits)))


def of_value(work: Any, value: Any, digits: float) -> Term:
    """Gives a number of mpmath as a term, known to so many digits."""
    if work.isnan(value):
        return INDETERMINATE
    if work.isinf(value):
        complex_one = hasattr(value, "_mpc_")
        return COMPLEX_INFINITY if complex_one else INFINITY if value > 0 else MINUS_INFINITY
    if hasattr(value, "_mpc_"):
        re, im = value._mpc_
        accuracy = digits - max((size(raw) for raw in (re, im) if raw[1]), default=0.0)
        return Expression(S.Complex, (known_after(re, accuracy), known_after(im, accuracy)))
    raw = work.convert(value)._mpf_
    return BigReal(raw, digits)


def known_after(raw: Any, accuracy: float) -> Term:
    """Gives a part of a complex number, known to so many digits after the point; an exact zero is one."""
    return BigReal.made(raw, accuracy + size(raw)) if raw[1] else 0
