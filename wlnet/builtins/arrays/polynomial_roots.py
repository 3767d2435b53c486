"""Roots of polynomials over the fractions, where square roots suffice to say them; declares nothing."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from wlnet.builtins.arrays.elimination import Surd

Root: TypeAlias = Fraction | Surd


def roots_of(factors: list[Fraction]) -> list[Root] | None:
    """Gives all roots of a polynomial with first coefficient 1, the highest power first; None where one is no square root.

    What numerical roots, rounded, divide exactly is found; the rest must be of degree 2 at most.
    """
    scale = math.lcm(*(x.denominator for x in factors))
    # The roots times the scale are those of a polynomial of integers, so that rational ones among them are integers.
    rest = [int(x * scale**power) for power, x in enumerate(factors)]
    found: list[Root] = []
    while len(rest) > 3:
        factor = integer_factor(rest)
        if factor is None:
            return None
        rest = quotient(rest, factor) or []
        found += small_roots(factor, scale)
    return found + small_roots(rest, scale)


def integer_factor(factors: list[int]) -> list[int] | None:
    """Gives a factor of degree 1 or 2 with integer coefficients, or None."""
    try:
        near = np.roots(np.array(factors, dtype=np.float64))
    except (OverflowError, np.linalg.LinAlgError):
        return None
    if not np.isfinite(near).all() or np.abs(near).max() > 2.0**52:
        return None
    lines = ([1, -round(root.real)] for root in near)
    pairs = itertools.combinations(near, 2)
    squares = ([1, -round((a + b).real), round((a * b).real)] for a, b in pairs)
    return next((made for made in itertools.chain(lines, squares) if quotient(factors, made) is not None), None)


def quotient(factors: list[int], by: list[int]) -> list[int] | None:
    """Gives a polynomial divided by another whose first coefficient is 1, or None where a remainder is left."""
    rest = list(factors)
    count = len(factors) - len(by) + 1
    for place in range(count):
        for offset, factor in enumerate(by[1:], 1):
            rest[place + offset] -= rest[place] * factor
    return None if any(rest[count:]) else rest[:count]


def small_roots(factors: list[int], scale: int) -> list[Root]:
    """Gives the roots, divided by a scale, of a polynomial of degree up to 2 with first coefficient 1."""
    if len(factors) == 2:
        return [Fraction(-factors[1], scale)]
    if len(factors) < 2:
        return []
    _, b, c = factors
    inside = b * b - 4 * c
    square, free = square_part(abs(inside))
    middle, width = Fraction(-b, 2 * scale), Fraction(square, 2 * scale)
    if inside >= 0 and free == 1:
        return [middle + width, middle - width]
    signed = free if inside > 0 else -free
    return [Surd(middle, width, signed), Surd(middle, -width, signed)]


def square_part(n: int) -> tuple[int, int]:
    """Gives r and s with n == r^2 s, where no square of a small number divides s."""
    square, divisor = 1, 2
    while divisor * divisor <= n and divisor < 1 << 12:
        if n % (divisor * divisor):
            divisor += 1
        else:
            n //= divisor * divisor
            square *= divisor
    whole = math.isqrt(n)
    return (square * whole, 1) if whole * whole == n else (square, n)
