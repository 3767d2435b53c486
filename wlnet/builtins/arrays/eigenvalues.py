"""Eigenvalues and eigenvectors: exact ones where square roots suffice, of machine numbers, and of many digits."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.arrays.elimination import Quantity, Rows, Surd, entry_term, null_space, rows_of
from wlnet.builtins.arrays.matrices import (
    SQUARE,
    Kind,
    chosen_part,
    in_many_digits,
    kind_of,
    machine_matrix,
    square_of,
)
from wlnet.builtins.arrays.polynomial_roots import Root, roots_of
from wlnet.builtins.numbers.numerical import machine, to_term
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, pack, to_list
from wlnet.terms.same import key

TOO_MANY = "There are no `1` among `2` eigenvalues."
MESSAGES = {"matsq": SQUARE, "takeeigen": TOO_MANY}
#: Eigenvalues of matrices of fractions are looked for exactly up to this size.
EXACT_SIZE = 16
#: Beyond this relative difference from its conjugate transpose a matrix is not taken for a Hermitian one.
HERMITIAN = 1e-13


def characteristic(rows: Rows) -> list[Any]:
    """Gives the coefficients of the determinant of x - m, from the highest power down (Faddeev and Le Verrier)."""
    size = len(rows)
    zero = rows[0][0] - rows[0][0]
    found: list[Any] = [zero + 1]
    product = [[zero] * size for _ in rows]
    for k in range(1, size + 1):
        inner = [[x + found[-1] if i == j else x for j, x in enumerate(row)] for i, row in enumerate(product)]
        columns = list(zip(*inner, strict=True))
        product = [[sum_of(x * y for x, y in zip(row, column, strict=True)) for column in columns] for row in rows]
        found.append(-sum_of(product[i][i] for i in range(size)) / k)
    return found


def sum_of(items: Any) -> Any:
    first, *rest = items
    for item in rest:
        first = first + item
    return first


@builtin("CharacteristicPolynomial", category="Linear algebra", messages={"matsq": SQUARE})
def characteristic_polynomial(kernel: Kernel, matrix: Term, x: Term) -> Term | None:
    """CharacteristicPolynomial[m, x] gives the determinant of m - x IdentityMatrix[n], as a polynomial in x.

    Examples:
        >> CharacteristicPolynomial[{{1, 2}, {3, 4}}, x]
        = -2 - 5 x + x^2
        >> CharacteristicPolynomial[{{a, b}, {c, d}}, x]
        = -b c + a d - a x - d x + x^2
    Possible issues:
        >> CharacteristicPolynomial[{{1, 2}}, x]
        message: CharacteristicPolynomial::matsq
        = CharacteristicPolynomial[{{1, 2}}, x]
    """
    array = square_of(matrix)
    if array is None:
        return None
    kind = kind_of(kernel, array)
    if kind is Kind.BIG:
        found = in_many_digits(kernel, lambda work, m: characteristic(m.tolist()), array)
        factors = elements(found)
    elif kind is Kind.MACHINE:
        numbers = machine_matrix(kernel, array)
        if numbers is None:
            return None
        factors = tuple(np.poly(numbers).tolist())
    else:
        factors = tuple(map(entry_term, characteristic(rows_of(kernel, array))))
    sign = (-1) ** len(array)
    powers = (Expression(S.Power, (x, len(array) - i)) for i in range(len(array)))
    terms = tuple(Expression(S.Times, pair) for pair in zip(factors, (*powers, 1), strict=True))
    return Expression(S.Expand, (Expression(S.Times, (sign, Expression(S.Plus, terms))),))


# The three ways to eigenvalues and eigenvectors

#: The eigenvalues, and a function that gives the vectors.
System = tuple[list[Term], Callable[[], list[Term]]]


def exact_system(kernel: Kernel, array: np.ndarray) -> System | None:
    """Gives the eigenvalues of a matrix without inexact numbers in square roots, or None where these do not suffice."""
    rows = rows_of(kernel, array)
    size = len(rows)
    lower = not any(rows[i][j] for i in range(size) for j in range(i + 1, size))
    if lower or not any(rows[j][i] for i in range(size) for j in range(i + 1, size)):
        roots: list[Any] | None = [rows[i][i] for i in range(size)]
    elif type(rows[0][0]) is Fraction and size <= EXACT_SIZE:
        roots = roots_of(characteristic(rows))
    elif size == 2:
        roots = quadratic_roots(kernel, characteristic(rows))
    else:
        roots = None
    if roots is None:
        return None
    pairs = [(kernel.evaluate(entry_term(root)), root) for root in roots]
    values = [machine(kernel, value) for value, _ in pairs]
    if all(value is not None for value in values):
        order = sorted(range(size), key=lambda i: sort_key(values[i]))
        pairs = [pairs[i] for i in order]
    return [value for value, _ in pairs], lambda: exact_vectors(kernel, rows, pairs)


def sort_key(value: Any) -> tuple[float, float, float]:
    """Gives what eigenvalues are sorted by: falling magnitude, then rising real part, then falling imaginary part."""
    near = complex(value)
    return (-round(abs(near), 10), round(near.real, 10), -near.imag)


def quadratic_roots(kernel: Kernel, factors: list[Any]) -> list[Quantity]:
    _, b, c = (Quantity(kernel, entry_term(x)) for x in factors)
    inside = kernel.evaluate(Expression(S.Expand, ((b * b - c * 4).term,)))
    root = Quantity(kernel, kernel.evaluate(Expression(S.Sqrt, (inside,))))
    return [(-b - root) / 2, (-b + root) / 2]


def exact_vectors(kernel: Kernel, rows: Rows, pairs: list[tuple[Term, Root]]) -> list[Term]:
    """Gives an eigenvector for each eigenvalue, with zero vectors where there are too few."""
    found: dict[Any, list[Term]] = {}
    for value, root in pairs:
        if key(value) not in found:
            basis = null_space(shifted(kernel, rows, root))
            found[key(value)] = [kernel.evaluate(to_list(map(entry_term, vector))) for vector in basis]
    zero = to_list([0] * len(rows))
    return [found[key(value)].pop(0) if found[key(value)] else zero for value, _ in pairs]


def shifted(kernel: Kernel, rows: Rows, root: Any) -> Rows:
    """Gives a matrix minus a multiple of the identity, in the numbers that hold both."""
    if type(root) is Surd and type(rows[0][0]) is Fraction:
        rows = [[Surd(x, Fraction(0), root.d) for x in row] for row in rows]
    elif type(root) is Quantity and type(rows[0][0]) is not Quantity:
        rows = [[Quantity(kernel, entry_term(x)) for x in row] for row in rows]
    return [[x - root if i == j else x for j, x in enumerate(row)] for i, row in enumerate(rows)]


def machine_system(matrix: np.ndarray, other: np.ndarray | None = None) -> System:
    """Gives eigenvalues by falling magnitude, and eigenvectors of length 1; of two matrices generalized ones."""
    if other is not None:
        import scipy.linalg

        values, vectors = scipy.linalg.eig(matrix, other)
        values, vectors = real_where_possible(values, vectors / np.linalg.norm(vectors, axis=0))
    elif np.abs(matrix - matrix.conj().T).max() <= HERMITIAN * np.abs(matrix).max():
        values, vectors = np.linalg.eigh(matrix)
    else:
        values, vectors = real_where_possible(*np.linalg.eig(matrix))
    order = np.argsort(-np.abs(values), kind="stable")
    rows = vectors.T[order]
    return list(values[order].tolist()), lambda: list(map(pack, rows))


def real_where_possible(values: np.ndarray, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gives real eigenvalues and their vectors as real arrays: not every version of NumPy and SciPy does."""
    return (values, vectors) if values.imag.any() else (values.real, vectors.real)


def big_system(kernel: Kernel, array: np.ndarray) -> System | None:
    """Gives the eigenvalues and eigenvectors of length 1 to many digits."""

    def compute(work: Any, m: Any) -> tuple[list[Any], list[list[Any]]]:
        size = m.rows
        hermitian = all(m[i, j] == work.conj(m[j, i]) for i in range(size) for j in range(i + 1))
        values, vectors = work.eighe(m) if hermitian else work.eig(m)
        order = sorted(range(size), key=lambda i: -abs(values[i]))
        columns = [vectors[:, i] for i in order]
        return [values[i] for i in order], [list(column / work.norm(column)) for column in columns]

    found = in_many_digits(kernel, compute, array)
    if found is None:
        return None
    values, vectors = map(elements, elements(found))
    return list(values), lambda: list(vectors)


def system_of(kernel: Kernel, given: Term, spec: Term) -> System | None:
    """Gives the eigenvalues that a specification chooses, and their vectors, of a matrix or a pair of matrices."""
    pair = [to_term(m) for m in elements(given)] if is_pair(given) else None
    array = square_of(pair[0] if pair else given)
    if array is None:
        return None
    other = square_of(pair[1]) if pair else None
    if other is not None and other.shape != array.shape:
        return None
    found = one_system(kernel, array, other)
    if found is None:
        return None
    values, vectors = found
    if spec is S.All:
        return found
    part = chosen_part(spec, len(values))
    if part is None:
        raise Message("takeeigen", spec, len(values))
    return values[part], lambda: vectors()[part]


def is_pair(given: Term) -> bool:
    """Tells whether a term is a list of two matrices."""
    items = elements(given)
    return len(items) == 2 and all(elements(m) and all(map(is_row, elements(m))) for m in items)


def is_row(term: Term) -> bool:
    return type(term) is np.ndarray or (type(term) is Expression and term.head is S.List)


def one_system(kernel: Kernel, array: np.ndarray, other: np.ndarray | None) -> System | None:
    kind = kind_of(kernel, array) if other is None else kind_of(kernel, array, other)
    if kind is not Kind.MACHINE:
        if other is not None:
            quotient = kernel.evaluate(Expression(S.Dot, (Expression(S.Inverse, (to_term(other),)), to_term(array))))
            inner = square_of(quotient)
            if inner is None:
                return None
            array = inner
        found = big_system(kernel, array) if kind is Kind.BIG else exact_system(kernel, array)
        if found is not None or kind is Kind.BIG:
            return found
        other = None
    first = machine_matrix(kernel, array)
    second = None if other is None else machine_matrix(kernel, other)
    if first is None or (other is not None and second is None):
        return None
    try:
        return machine_system(first, second)
    except np.linalg.LinAlgError:
        return None


@builtin("Eigenvalues", category="Linear algebra", messages=MESSAGES)
def eigenvalues(kernel: Kernel, matrix: Term, count: Term = S.All) -> Term | None:
    """Eigenvalues[m] gives the eigenvalues of a matrix, the largest ones first.
    Eigenvalues[m, k] gives the first k, Eigenvalues[m, -k] the last k, Eigenvalues[m, UpTo[k]] as many as there are.
    Eigenvalues[{m, a}] gives the generalized ones, with m . v == x a . v.

    Details: Of exact matrices they are exact where square roots suffice; elsewhere, machine numbers.

    Examples:
        >> {Eigenvalues[{{2., 0.}, {0., 3.}}], Eigenvalues[{{2, 1}, {1, 2}}], Eigenvalues[{{0, 1}, {-1, 0}}]}
        = {{3., 2.}, {3, 1}, {I, -I}}
        >> {Eigenvalues[{{1, 2}, {3, 4}}], Eigenvalues[{{a, b}, {0, d}}]}
        = {{5/2 + Sqrt[33]/2, 5/2 - Sqrt[33]/2}, {a, d}}
        >> {Eigenvalues[{{1., 2.}, {3., 4.}}, 1], Eigenvalues[{{{2., 0.}, {0., 3.}}, {{1., 0.}, {0., 2.}}}]}
        = {{5.37228}, {2., 1.5}}
    Possible issues:
        >> Eigenvalues[{{1, 2}}]
        message: Eigenvalues::matsq
        = Eigenvalues[{{1, 2}}]
        >> Eigenvalues[{{1}}, 2]
        message: Eigenvalues::takeeigen
        = Eigenvalues[{{1}}, 2]
    Differs: Roots of polynomials that square roots cannot say are given as machine numbers.
    """
    found = system_of(kernel, matrix, count)
    return None if found is None else to_list(found[0])


@builtin("Eigenvectors", category="Linear algebra", messages=MESSAGES)
def eigenvectors(kernel: Kernel, matrix: Term, count: Term = S.All) -> Term | None:
    """Eigenvectors[m] gives the eigenvectors of a matrix, in the order of the eigenvalues.
    Eigenvectors[m, k] gives those of the first k eigenvalues, and so on as in Eigenvalues.

    Details: Inexact ones have length 1. Where an exact matrix has too few, zero vectors stand for them.

    Examples:
        >> Abs[Eigenvectors[{{2., 0.}, {0., 3.}}]]
        = {{0., 1.}, {1., 0.}}
        >> {Eigenvectors[{{2, 1}, {1, 2}}], Eigenvectors[{{1, 1}, {0, 1}}]}
        = {{{1, 1}, {-1, 1}}, {{1, 0}, {0, 0}}}
    Possible issues:
        >> Eigenvectors[{{1, 2}}]
        message: Eigenvectors::matsq
        = Eigenvectors[{{1, 2}}]
        >> Eigenvectors[{{1}}, 2]
        message: Eigenvectors::takeeigen
        = Eigenvectors[{{1}}, 2]
    """
    found = system_of(kernel, matrix, count)
    return None if found is None else to_list(found[1]())


@builtin("Eigensystem", category="Linear algebra", messages=MESSAGES)
def eigensystem(kernel: Kernel, matrix: Term, count: Term = S.All) -> Term | None:
    """Eigensystem[m] gives the list {values, vectors} of the eigenvalues and eigenvectors of a matrix.
    Eigensystem[m, k] gives those of the first k eigenvalues, and so on as in Eigenvalues.

    Examples:
        >> {First[Eigensystem[{{2., 0.}, {0., 3.}}]], Eigensystem[{{1, 2}, {4, 3}}]}
        = {{3., 2.}, {{5, -1}, {{1, 2}, {-1, 1}}}}
    Possible issues:
        >> Eigensystem[{{1, 2}}]
        message: Eigensystem::matsq
        = Eigensystem[{{1, 2}}]
        >> Eigensystem[{{1}}, 2]
        message: Eigensystem::takeeigen
        = Eigensystem[{{1}}, 2]
    """
    found = system_of(kernel, matrix, count)
    return None if found is None else list_of(to_list(found[0]), to_list(found[1]()))
