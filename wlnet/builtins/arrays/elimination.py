"""Elimination over fractions, symbols, and inexact numbers; declares nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numbers import exact, parts
from wlnet.builtins.numbers.numerical import CONSTANTS, is_complex, machine, objects_of, to_term
from wlnet.kernel import Kernel
from wlnet.patterns import substitute
from wlnet.terms import Expression, S, Symbol, Term, is_number

#: Rows of numbers of one kind that has the operators of arithmetic and is false where it is zero.
Rows = list[list[Any]]
#: Exact quantities whose machine value is smaller are zero.
SMALL = 1e-12
#: What takes the place of the variables of a symbolic quantity in the test for zero: no simple ratios.
POINTS = tuple(Fraction(prime, 10007) for prime in (7919, 6563, 5227, 9173, 8087, 4441, 3323, 9679, 2857, 7177))


class Quantity:
    """A term with the operators of arithmetic, for entries that are no fractions."""

    __slots__ = ("kernel", "term")

    def __init__(self, kernel: Kernel, term: Term) -> None:
        self.kernel, self.term = kernel, term

    def _joined(self, head: Symbol, other: Any) -> Quantity:
        return Quantity(self.kernel, self.kernel.evaluate(Expression(head, (self.term, entry_term(other)))))

    def __add__(self, other: Any) -> Quantity:
        return self._joined(S.Plus, other)

    def __sub__(self, other: Any) -> Quantity:
        return self._joined(S.Subtract, other)

    def __mul__(self, other: Any) -> Quantity:
        return self._joined(S.Times, other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Quantity:
        return self._joined(S.Divide, other)

    def __neg__(self) -> Quantity:
        return self * -1

    def __bool__(self) -> bool:
        return not is_zero(self.kernel, self.term)


class Surd:
    """A number a + b Sqrt[d] with fractions a and b: of d = -1 a complex number."""

    __slots__ = ("a", "b", "d")

    def __init__(self, a: Fraction, b: Fraction, d: int) -> None:
        self.a, self.b, self.d = a, b, d

    def __add__(self, other: Any) -> Surd:
        return (
            Surd(self.a + other.a, self.b + other.b, self.d)
            if type(other) is Surd
            else Surd(self.a + other, self.b, self.d)
        )

    def __sub__(self, other: Any) -> Surd:
        return self + -other

    def __mul__(self, other: Any) -> Surd:
        if type(other) is not Surd:
            return Surd(self.a * other, self.b * other, self.d)
        return Surd(self.a * other.a + self.d * self.b * other.b, self.a * other.b + self.b * other.a, self.d)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Surd:
        if type(other) is not Surd:
            return Surd(self.a / other, self.b / other, self.d)
        norm = other.a**2 - self.d * other.b**2
        return self * Surd(other.a / norm, -other.b / norm, self.d)

    def __neg__(self) -> Surd:
        return self * -1

    def __bool__(self) -> bool:
        return bool(self.a or self.b)

    @property
    def term(self) -> Term:
        if not self.b:
            return exact(self.a)
        if self.d == -1:
            return Expression(S.Complex, (exact(self.a), exact(self.b)))
        root = Expression(S.Power, (self.d, Fraction(1, 2)))
        return Expression(S.Plus, (exact(self.a), Expression(S.Times, (exact(self.b), root))))


def is_zero(kernel: Kernel, term: Term) -> bool:
    """Tells whether a quantity is zero, as far as its value at one point of its variables tells."""
    if is_number(term):
        return bool(term == 0)
    names = {name: None for name in symbols_in(term) if name not in CONSTANTS}
    if names:
        places = dict(zip(names, POINTS * (1 + len(names) // len(POINTS)), strict=False))
        term = kernel.evaluate(substitute(term, places))
    value = machine(kernel, term)
    return value is not None and abs(value) < SMALL


def symbols_in(term: Term) -> Iterator[Symbol]:
    """Gives the symbols in a term that are no heads."""
    if type(term) is Symbol:
        yield term
    elif type(term) is Expression:
        for item in term.args:
            yield from symbols_in(item)


def rows_of(kernel: Kernel, array: np.ndarray) -> Rows:
    """Gives the entries of a matrix as fractions or complex fractions where all are such, else as quantities."""
    rows = objects_of(array).tolist()
    entries = [x for row in rows for x in row]
    if all(map(is_rational, entries)):
        return [[Fraction(x) for x in row] for row in rows]
    if all(is_rational(x) or (is_complex(x) and all(map(is_rational, x.args))) for x in entries):
        return [[Surd(*map(Fraction, parts(x)), -1) for x in row] for row in rows]  # type: ignore[call-arg, arg-type]
    return [[Quantity(kernel, x) for x in row] for row in rows]


def is_rational(term: Term) -> bool:
    return type(term) is int or type(term) is Fraction


def entry_term(entry: Any) -> Term:
    """Gives an entry as a term."""
    if type(entry) is Quantity or type(entry) is Surd:
        return entry.term
    return exact(entry) if type(entry) is Fraction else entry


def rows_term(rows: Rows) -> Term:
    """Gives rows as the term of a matrix."""
    made = np.empty((len(rows), len(rows[0]) if rows else 0), dtype=object)
    for i, row in enumerate(rows):
        made[i] = [entry_term(x) for x in row]
    return to_term(made)


def reduce_rows(rows: Rows, width: int, tolerance: float | None = None) -> tuple[list[int], Any]:
    """Brings rows to reduced echelon form in place, by the first `width` columns.

    Gives the columns of the pivots and the product of the pivots with the sign of the exchanges: the determinant of a
    regular matrix. With a tolerance, for inexact numbers, the largest pivot is taken, and none below the tolerance.
    """
    pivots: list[int] = []
    product: Any = 1
    for column in range(width):
        top = len(pivots)
        at = pivot_row(rows, top, column, tolerance)
        if at is None:
            continue
        if at != top:
            rows[at], rows[top] = rows[top], rows[at]
            product = -product
        lead = rows[top][column]
        product = lead * product
        rows[top] = [x / lead for x in rows[top]]
        for i, row in enumerate(rows):
            factor = row[column]
            if i != top and factor:
                rows[i] = [x - factor * y for x, y in zip(row, rows[top], strict=True)]
        pivots.append(column)
    return pivots, product


def pivot_row(rows: Rows, top: int, column: int, tolerance: float | None) -> int | None:
    """Gives the row from `top` on whose entry in a column is to be the next pivot, or None."""
    if tolerance is None:
        return next((i for i in range(top, len(rows)) if rows[i][column]), None)
    at = max(range(top, len(rows)), key=lambda i: abs(rows[i][column]), default=None)
    return None if at is None or abs(rows[at][column]) <= tolerance else at


def null_space(rows: Rows, tolerance: float | None = None) -> Rows:
    """Gives a basis of the vectors that rows bring to zero; those of fractions without denominators."""
    width = len(rows[0])
    pivots, _ = reduce_rows(rows, width, tolerance)
    zero = rows[0][0] - rows[0][0]
    found: Rows = []
    for free in reversed([column for column in range(width) if column not in pivots]):
        vector = [zero] * width
        vector[free] = zero + 1
        for row, pivot in zip(rows, pivots, strict=False):
            vector[pivot] = -row[free]
        found.append(whole(vector))
    return found


def whole(vector: list[Any]) -> list[Any]:
    """Gives a vector of fractions multiplied by their common denominator; others as they are."""
    if type(vector[0]) is not Fraction:
        return vector
    scale = int(np.lcm.reduce([x.denominator for x in vector], dtype=object))
    return [x * scale for x in vector]
