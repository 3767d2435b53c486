"""Descriptive statistics of lists; of a matrix, column by column."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import (
    all_exact,
    as_list,
    dimensions,
    finite,
    is_array,
    machine_array,
    packed,
)
from wlnet.kernel import BUILTINS, Kernel, Message, builtin
from wlnet.terms import Expression, S, Symbol, Term, elements

HALF = Fraction(1, 2)
SHORT = "The argument `1` should have at least `2` elements."


def real_rows(data: Term) -> np.ndarray | None:
    """Gives a packed list of machine reals that are all finite, or None."""
    found = packed(data)
    return found if found is not None and found.dtype == np.float64 and np.isfinite(found).all() else None


def length(data: Term) -> int:
    return dimensions(data, 1)[0] if is_array(as_list(data)) else -1


def required(data: Term, least: int) -> Term | None:
    """Gives the data as a list of at least so many elements; None for no list, a message for a short one."""
    data = as_list(data)
    count = length(data)
    if count < 0:
        return None
    if count < least:
        raise Message("shlen", data, least)
    return data


def of_distribution(kernel: Kernel, name: str, data: Term, *rest: Term) -> Term | None:
    """Gives a statistic of a distribution; None for anything else."""
    declared = BUILTINS.get(data.head) if type(data) is Expression and type(data.head) is Symbol else None
    if declared is None or declared.category != "Distributions":
        return None
    from wlnet.builtins.probability.statistics import statistic

    return statistic(kernel, name, data, *rest)


def centered(data: Term) -> Term:
    """Gives the term that subtracts the mean from each element."""
    mean = Expression(S.Mean, (data,))
    if len(dimensions(data)) < 2:
        return Expression(S.Subtract, (data, mean))
    rows = elements(data)
    return Expression(S.List, tuple(Expression(S.Subtract, (row, mean)) for row in rows))


@builtin("Mean", category="Statistics", messages={"shlen": SHORT})
def mean(kernel: Kernel, data: Term) -> Term | None:
    """Mean[list] gives the arithmetic mean.
    Mean[dist] gives the mean of a distribution.

    Examples:
        >> Mean[{1., 2., 6.}]
        = 3.
        >> Mean[{{1, 2}, {3, 4}}]
        = {2, 3}
        >> Mean[GammaDistribution[a, b]]
        = a b
    Possible issues:
        >> Mean[{}]
        message: Mean::shlen
        = Mean[{}]
    """
    rows = required(data, 1)
    if rows is None:
        return of_distribution(kernel, "mean", data)
    numbers = real_rows(rows)
    if numbers is not None:
        found = finite(np.asarray(numbers.mean(axis=0)))
        if found is not None:
            return found
    return Expression(S.Times, (Expression(S.Total, (rows,)), Fraction(1, length(rows)) if length(rows) > 1 else 1))


@builtin("Variance", category="Statistics", messages={"shlen": SHORT})
def variance(kernel: Kernel, data: Term) -> Term | None:
    """Variance[list] gives the unbiased estimate of the variance.
    Variance[dist] gives the variance of a distribution.

    Examples:
        >> Variance[{1., 2., 6.}]
        = 7.
        >> Variance[{1, 3}]
        = 2
    Possible issues:
        >> Variance[{1}]
        message: Variance::shlen
        = Variance[{1}]
    """
    rows = required(data, 2)
    if rows is None:
        return of_distribution(kernel, "variance", data)
    numbers = real_rows(rows)
    if numbers is not None:
        found = finite(np.asarray(numbers.var(axis=0, ddof=1)))
        if found is not None:
            return found
    squares = Expression(S.Total, (Expression(S.Power, (Expression(S.Abs, (centered(rows),)), 2)),))
    return Expression(S.Times, (squares, Fraction(1, length(rows) - 1) if length(rows) > 2 else 1))


@builtin("StandardDeviation", category="Statistics", messages={"shlen": SHORT})
def standard_deviation(kernel: Kernel, data: Term) -> Term | None:
    """StandardDeviation[list] gives the square root of the variance.
    StandardDeviation[dist] gives that of a distribution.

    Examples:
        >> StandardDeviation[{1., 3., 5.}]
        = 2.
    Possible issues:
        >> StandardDeviation[{1}]
        message: StandardDeviation::shlen
        = StandardDeviation[{1}]
    """
    rows = required(data, 2)
    if rows is None:
        variance = of_distribution(kernel, "variance", data)
        return None if variance is None else Expression(S.Sqrt, (variance,))
    return Expression(S.Sqrt, (Expression(S.Variance, (rows,)),))


@builtin("RootMeanSquare", category="Statistics", messages={"shlen": SHORT})
def root_mean_square(kernel: Kernel, data: Term) -> Term | None:
    """RootMeanSquare[list] gives the square root of the mean of the squares.

    Examples:
        >> RootMeanSquare[{1., 7.}]
        = 5.
    Possible issues:
        >> RootMeanSquare[{}]
        message: RootMeanSquare::shlen
        = RootMeanSquare[{}]
    """
    rows = required(data, 1)
    return None if rows is None else Expression(S.Sqrt, (Expression(S.Mean, (Expression(S.Power, (rows, 2)),)),))


@builtin("GeometricMean", category="Statistics", messages={"shlen": SHORT})
def geometric_mean(kernel: Kernel, data: Term) -> Term | None:
    """GeometricMean[list] gives the geometric mean.

    Examples:
        >> GeometricMean[{2., 8.}]
        = 4.
    Possible issues:
        >> GeometricMean[{}]
        message: GeometricMean::shlen
        = GeometricMean[{}]
    """
    rows = required(data, 1)
    if rows is None:
        return None
    product = Expression(S.Apply, (S.Times, rows))
    return Expression(S.Power, (product, Expression(S.Power, (length(rows), -1))))


@builtin("Standardize", category="Statistics", messages={"shlen": SHORT})
def standardize(kernel: Kernel, data: Term, center: Term = S.Mean, scale: Term = S.StandardDeviation) -> Term | None:
    """Standardize[list] gives the list shifted and scaled to mean 0 and variance 1.
    Standardize[list, f] takes the center f[list], Standardize[list, f, g] also divides by g[list]. Of a matrix, its columns.

    Examples:
        >> Standardize[{1., 3., 5.}]
        = {-1., 0., 1.}
        >> {Standardize[{1, 2, 6}, Median, Max], Standardize[{{1, 0}, {3, 4}}, Mean, 1 &]}
        = {{-1/6, 0, 2/3}, {{-1, -2}, {1, 2}}}
    Possible issues:
        >> Standardize[{1}]
        message: Standardize::shlen
        = Standardize[{1}]
    """
    rows = required(data, 2)
    if rows is None:
        return None
    middle, spread = (kernel.evaluate(Expression(function, (rows,))) for function in (center, scale))
    if len(dimensions(rows)) < 2:
        return Expression(S.Divide, (Expression(S.Subtract, (rows, middle)), spread))
    moved = (Expression(S.Subtract, (row, middle)) for row in elements(rows))
    return Expression(S.List, tuple(Expression(S.Divide, (row, spread)) for row in moved))


# Pairs of lists


def declare_joint(name: str, gives: str, example: tuple[str, str], compute: Callable[[Any], Any], scaled: bool) -> None:
    """Declares Covariance or Correlation: of two lists a number, of a matrix the matrix of its columns."""

    def function(kernel: Kernel, x: Term, y: Term = None) -> Term | None:
        a = required(x, 2)
        if a is None and y is None:
            return of_distribution(kernel, name.lower(), x)
        b = a if y is None else required(y, 2)
        if a is None or b is None or len(dimensions(a)) != (2 if y is None else 1) or length(a) != length(b):
            return None
        if y is not None and all_exact(a) and all_exact(b):
            return exact_joint(a, b, scaled)
        first, second = machine_array(kernel, a), machine_array(kernel, b)
        if first is None or second is None or first.ndim > 2 or second.ndim != first.ndim:
            return None
        if "c" in (first.dtype.kind, second.dtype.kind):
            return None
        with np.errstate(all="ignore"):
            if y is None:
                return finite(np.atleast_2d(compute(first.T)))
            return finite(np.asarray(compute(np.stack([first, second]))[0, 1]))

    function.__doc__ = (
        f"{name}[v, w] gives {gives} of two lists.\n{name}[m] gives the matrix of those of the columns of m.\n\n"
        f"Examples:\n>> {example[0]}\n= {example[1]}\nPossible issues:\n"
        f">> {name}[{{1}}, {{2}}]\nmessage: {name}::shlen\n= {name}[{{1}}, {{2}}]\n"
    )
    builtin(name, category="Statistics", messages={"shlen": SHORT})(function)


def exact_joint(a: Term, b: Term, scaled: bool) -> Term:
    products = Expression(S.Total, (Expression(S.Times, (centered(a), centered(b))),))
    if not scaled:
        return Expression(S.Divide, (products, length(a) - 1))
    squares = [Expression(S.Total, (Expression(S.Power, (centered(item), 2)),)) for item in (a, b)]
    return Expression(S.Divide, (products, Expression(S.Sqrt, (Expression(S.Times, tuple(squares)),))))


declare_joint("Covariance", "the covariance", ("Covariance[{1, 2, 3}, {2, 4, 6}]", "2"), np.cov, False)
declare_joint("Correlation", "the correlation", ("Correlation[{1., 2., 3.}, {3., 2., 1.}]", "-1."), np.corrcoef, True)
