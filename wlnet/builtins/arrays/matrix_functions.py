"""Functions of matrices, such as powers, the exponential and the logarithm."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.arrays.decompositions import numerically
from wlnet.builtins.arrays.eigenvalues import exact_system
from wlnet.builtins.arrays.matrices import SQUARE, Kind, kind_of, machine_matrix, square_of
from wlnet.builtins.numbers.big import of_context, of_value
from wlnet.builtins.numbers.numbers import is_explicit
from wlnet.builtins.numbers.numerical import machine, to_term
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import substitute
from wlnet.terms import Expression, S, Term, elements, is_head, list_of, pack, symbol
from wlnet.terms.same import key

MESSAGES = {"matsq": SQUARE, "noval": "The function has no value at the matrix `1`."}
#: A matrix whose eigenvectors have a greater condition number is left to the method for triangular ones.
DEPENDENT = 1e8
#: Imaginary parts below this, beside the largest element, are rounding of real ones.
ROUNDING = 1e-12
#: Powers with greater exponents are not worked out.
EXPONENT_LIMIT = 1 << 20
VARIABLE = symbol("System`Private`variable")


@builtin("MatrixPower", category="Linear algebra", messages=MESSAGES)
def matrix_power(kernel: Kernel, matrix: Term, n: Term, vector: Term = None) -> Term | None:
    """MatrixPower[m, n] gives the n-th power of a square matrix.
    MatrixPower[m, n, v] gives its product with a vector.

    Examples:
        >> MatrixPower[{{1, 1}, {1, 0}}, 10]
        = {{89, 55}, {55, 34}}
        >> {MatrixPower[{{5, 4}, {4, 5}}, 1/2], MatrixPower[{{4., 1.}, {0., 9.}}, 0.5], MatrixPower[{{1, 1}, {0, 1}}, n]}
        = {{{2, 1}, {1, 2}}, {{2., 0.2}, {0., 3.}}, {{1, n}, {0, 1}}}
        >> MatrixPower[{{1, 1}, {1, 0}}, 10, {1, 1}]
        = {144, 89}
    Possible issues:
        >> MatrixPower[{{1, 2}}, 2]
        message: MatrixPower::matsq
        = MatrixPower[{{1, 2}}, 2]
        >> MatrixPower[{{0., 1.}, {0., 0.}}, -1/2]
        message: MatrixPower::noval
        = MatrixPower[{{0., 1.}, {0., 0.}}, -1/2]
    """
    array = square_of(matrix)
    if array is None:
        return None
    if type(n) is not int:
        power = Expression(S.Power, (VARIABLE, n))
        value = function_of(kernel, power, array, matrix, *power_functions(kernel, n))
    else:
        value = whole_power(kernel, matrix, array, n)
    return value if vector is None or value is None else Expression(S.Dot, (value, vector))


def whole_power(kernel: Kernel, matrix: Term, array: np.ndarray, n: int) -> Term | None:
    """Gives an integer power of a matrix, by squaring."""
    if abs(n) > EXPONENT_LIMIT:
        return None
    base: Term = to_term(array) if n >= 0 else Expression(S.Inverse, (matrix,))
    value: Term = pack(np.eye(len(array), dtype=np.int64))
    count = abs(n)
    while count:
        if count & 1:
            value = kernel.evaluate(Expression(S.Dot, (value, base)))
        base = kernel.evaluate(Expression(S.Dot, (base, base)))
        count >>= 1
    return value


def power_functions(kernel: Kernel, n: Term) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Gives what takes powers of a matrix of machine numbers and of one of mpmath."""

    def for_machine(numbers: np.ndarray) -> np.ndarray:
        import scipy.linalg

        exponent = machine(kernel, n)
        if type(exponent) is not float:
            raise np.linalg.LinAlgError
        return scipy.linalg.fractional_matrix_power(numbers, exponent)

    def for_many(work: Any, m: Any) -> Any:
        if not is_explicit(n):
            return None
        exponent = work.convert(of_context(work, n, work.prec))
        return by_eigenvectors(work, m, lambda x: work.power(x, exponent)) or work.powm(m, exponent)

    return for_machine, for_many


def by_eigenvectors(work: Any, m: Any, f: Callable[[Any], Any]) -> Any:
    """Gives a function of a matrix of mpmath by its eigenvectors, or None where these are nearly dependent.

    What squares and roots give instead may be on the wrong side of the cut of a root or a logarithm.
    """
    values, vectors = work.eig(m)
    columns = work.matrix([[vectors[i, j] / work.norm(vectors[:, j]) for j in range(m.rows)] for i in range(m.rows)])
    if abs(work.det(columns)) ** 2 < 1 / DEPENDENT:
        return None
    return work.chop(columns * work.diag([f(x) for x in work.chop(values)]) * columns**-1)


@builtin("MatrixExp", category="Linear algebra", messages=MESSAGES)
def matrix_exp(kernel: Kernel, matrix: Term, vector: Term = None) -> Term | None:
    """MatrixExp[m] gives the exponential of a square matrix, 1 + m + m . m/2 + ….
    MatrixExp[m, v] gives its product with a vector.

    Examples:
        >> {MatrixExp[{{0., 1.}, {0., 0.}}], MatrixExp[{{0, x}, {0, 0}}], MatrixExp[{{0, 1}, {0, 0}}, {a, b}]}
        = {{{1., 1.}, {0., 1.}}, {{1, x}, {0, 1}}, {a + b, b}}
        >> MatrixExp[{{1, 0}, {0, 2}}]
        = {{E, 0}, {0, E^2}}
    Possible issues:
        >> MatrixExp[{{1, 2}}]
        message: MatrixExp::matsq
        = MatrixExp[{{1, 2}}]
        >> MatrixExp[{{1000.}}]
        message: MatrixExp::noval
        = MatrixExp[{{1000.}}]
    """
    array = square_of(matrix)
    if array is None:
        return None
    value = function_of(kernel, Expression(S.Exp, (VARIABLE,)), array, matrix, expm, lambda work, m: work.expm(m))
    return value if vector is None or value is None else Expression(S.Dot, (value, vector))


def expm(numbers: np.ndarray) -> np.ndarray:
    import scipy.linalg

    return scipy.linalg.expm(numbers)


@builtin("MatrixLog", category="Linear algebra", messages=MESSAGES)
def matrix_log(kernel: Kernel, matrix: Term) -> Term | None:
    """MatrixLog[m] gives the matrix whose exponential is m, by the principal logarithm.

    Examples:
        >> {MatrixLog[{{1, x}, {0, 1}}], MatrixLog[{{1., 2.}, {0., 1.}}]}
        = {{{0, x}, {0, 0}}, {{0., 2.}, {0., 0.}}}
    Possible issues:
        >> MatrixLog[{{1, 2}}]
        message: MatrixLog::matsq
        = MatrixLog[{{1, 2}}]
        >> MatrixLog[{{1, 1}, {1, 1}}]
        message: MatrixLog::noval
        = MatrixLog[{{1, 1}, {1, 1}}]
    """
    array = square_of(matrix)
    if array is None:
        return None
    return function_of(kernel, Expression(S.Log, (VARIABLE,)), array, matrix, logm, log_many)


def logm(numbers: np.ndarray) -> np.ndarray:
    import scipy.linalg

    if np.linalg.matrix_rank(numbers) < len(numbers):
        raise np.linalg.LinAlgError
    return scipy.linalg.logm(numbers)


def log_many(work: Any, m: Any) -> Any:
    return by_eigenvectors(work, m, work.log) or work.logm(m)


@builtin("MatrixFunction", category="Linear algebra", messages=MESSAGES)
def matrix_function(kernel: Kernel, f: Term, matrix: Term) -> Term | None:
    """MatrixFunction[f, m] gives the function of a square matrix that f, of numbers, extends to.

    Examples:
        >> {MatrixFunction[Sin, {{0, 1}, {0, 0}}], MatrixFunction[#^2 &, {{1, 2}, {3, 4}}], MatrixFunction[Sqrt, {{4., 0.}, {0., 9.}}]}
        = {{{0, 1}, {0, 0}}, {{7, 10}, {15, 22}}, {{2., 0.}, {0., 3.}}}
    Possible issues:
        >> MatrixFunction[Sin, {{1, 2}}]
        message: MatrixFunction::matsq
        = MatrixFunction[Sin, {{1, 2}}]
        >> MatrixFunction[Log, {{1, 1}, {1, 1}}]
        message: MatrixFunction::noval
        = MatrixFunction[Log, {{1, 1}, {1, 1}}]
    Source: N. J. Higham, Functions of Matrices, 2008.
    """
    array = square_of(matrix)
    if array is None:
        return None

    def for_machine(numbers: np.ndarray) -> np.ndarray:
        return machine_function(lambda x: complex(value_at(kernel, Expression(f, (x,)))), numbers)

    def for_many(work: Any, m: Any) -> Any:
        def at(x: Any) -> Any:
            value = kernel.evaluate(Expression(f, (of_value(work, x, work.dps),)))
            if not is_explicit(value):
                raise ValueError(f"{value} is no number")
            return work.convert(of_context(work, value, work.prec))

        return by_eigenvectors(work, m, at)

    return function_of(kernel, Expression(f, (VARIABLE,)), array, matrix, for_machine, for_many)


def value_at(kernel: Kernel, term: Term) -> complex:
    """Gives the machine value of a term; LinAlgError where it has none."""
    value = kernel.evaluate(term)
    if type(value) not in (int, float, complex):
        value = kernel.evaluate(Expression(S.N, (value,)))
    if type(value) not in (int, float, complex):
        raise np.linalg.LinAlgError
    return complex(value)


def machine_function(f: Callable[[complex], complex], numbers: np.ndarray) -> np.ndarray:
    """Gives a function of a matrix by its eigenvectors, or by its triangular form where these are nearly dependent."""
    import scipy.linalg

    values, vectors = np.linalg.eig(numbers)
    if np.linalg.cond(vectors) < DEPENDENT:
        return vectors @ np.diag([f(x) for x in values.tolist()]) @ np.linalg.inv(vectors)
    return scipy.linalg.funm(numbers, np.vectorize(f, otypes=[complex]), disp=False)[0]


def function_of(
    kernel: Kernel, term: Term, array: np.ndarray, matrix: Term,
    for_machine: Callable[[np.ndarray], np.ndarray], for_many: Callable[[Any, Any], Any],
) -> Term | None:  # fmt: skip
    """Gives a function of a matrix: exact where its eigenvalues are, else numerically; a message where it has no value.

    term: the function of VARIABLE.
    """
    if kind_of(kernel, array) is Kind.EXACT:
        found = interpolated(kernel, term, array)
        if found is not None:
            entries = [x for row in elements(found) for x in elements(row)]
            if any(is_head(x, S.DirectedInfinity) or x is S.Indeterminate for x in entries):
                raise Message("noval", matrix)
            return found
    numbers = machine_matrix(kernel, array)
    if numbers is None:
        return None

    def compute(numbers: np.ndarray) -> Term:
        return pack(without_rounding(for_machine(numbers), numbers))

    with np.errstate(all="ignore"):
        found = numerically(kernel, array, compute, for_many)
    if found is None or (type(found) is np.ndarray and not np.isfinite(found).all()):
        raise Message("noval", matrix)
    return found


def without_rounding(found: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Gives a function of a real matrix without imaginary parts that are mere rounding."""
    real = np.iscomplexobj(found) and not np.iscomplexobj(numbers)
    return found.real if real and np.abs(found.imag).max() <= ROUNDING * np.abs(found).max() else found


def interpolated(kernel: Kernel, term: Term, array: np.ndarray) -> Term | None:
    """Gives a function of a matrix as the polynomial that agrees with it on the eigenvalues (Newton's form).

    None where the eigenvalues are not known exactly, or a derivative that a repeated one asks for is not.
    """
    system = exact_system(kernel, array)
    if system is None:
        return None
    groups: dict[Any, list[Term]] = {}
    for value in system[0]:
        groups.setdefault(key(value), []).append(value)
    values = [value for group in groups.values() for value in group]
    differences = divided(kernel, term, values)
    matrix = to_term(array)
    identity = pack(np.eye(len(array), dtype=np.int64))
    product, terms = identity, []
    for value, difference in zip(values, differences, strict=True):
        terms.append(Expression(S.Times, (difference, product)))
        step = Expression(S.Subtract, (matrix, Expression(S.Times, (value, identity))))
        product = kernel.evaluate(Expression(S.Dot, (product, step)))
    return kernel.evaluate(Expression(S.Expand, (Expression(S.Plus, tuple(terms)),)))


def divided(kernel: Kernel, term: Term, values: list[Term]) -> list[Term]:
    """Gives the divided differences of a function at values, equal ones side by side, where derivatives take their place."""
    found: list[Term] = []
    column = [kernel.evaluate(substitute(term, {VARIABLE: value})) for value in values]
    order = 0
    while column:
        found.append(column[0])
        order += 1
        following: list[Term] = []
        for i in range(len(column) - 1):
            low, high = values[i], values[i + order]
            if key(low) == key(high):
                derivative = kernel.evaluate(Expression(S.D, (term, list_of(VARIABLE, order))))
                quotient = Expression(S.Divide, (substitute(derivative, {VARIABLE: low}), math.factorial(order)))
            else:
                rise, run = (Expression(S.Subtract, pair) for pair in ((column[i + 1], column[i]), (high, low)))
                quotient = Expression(S.Divide, (rise, run))
            following.append(kernel.evaluate(quotient))
        column = following
    return found
