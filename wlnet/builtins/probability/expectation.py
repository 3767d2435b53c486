"""Expectations by numbers: integrals, sums, and means over evenly spread points."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import is_array, machine_real
from wlnet.builtins.probability.facts import (
    CONTINUOUS,
    DISCRETE,
    MULTIVARIATE,
    fact,
    is_distribution,
    kind_of,
    numeric_form,
)
from wlnet.builtins.probability.made import integral
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.patterns import substitute
from wlnet.terms import S, Term, elements, expression, is_head, is_list, truth

Function = Callable[[tuple[Term, ...]], float | None]
#: Where the integral over a density is cut, since it may be narrow; and where there is next to nothing left.
CUTS = (1e-9, 1e-4, 0.02, 0.25, 0.5, 0.75, 0.98, 1 - 1e-4, 1 - 1e-9)
TAIL = 1e-16
PLACES = 10**6
#: An event is looked for at so many places, each border then by halving.
GRID, HALVINGS = 400, 60
POINTS = 2**14


@constant("Distributed", category="Distributions")
def distributed() -> None:
    r"""Distributed[x, dist], x \[Distributed] dist, says that x is a random variable with a distribution.

    Examples:
        >> Mean[TransformedDistribution[3 x, x \[Distributed] PoissonDistribution[2]]]
        = 6
    """


@constant("Conditioned", category="Distributions")
def conditioned() -> None:
    r"""Conditioned[expr, condition], expr \[Conditioned] condition, says that only the cases with the condition count.

    Examples:
        >> Probability[x == 2 \[Conditioned] x < 4, x \[Distributed] DiscreteUniformDistribution[{1, 6}]]
        = 1/3
    """


@builtin("DistributionParameterQ", category="Statistics")
def distribution_parameter_q(kernel: Kernel, term: Term) -> Term:
    """DistributionParameterQ[dist] gives True for a distribution none of whose parameters is out of range.

    Examples:
        >> {DistributionParameterQ[NormalDistribution[0, 1]], DistributionParameterQ[NormalDistribution[m, -1]]}
        = {True, False}
    """
    return truth(is_distribution(kernel, term))


@builtin(
    "NExpectation", category="Statistics",
    messages={"given": "`1` is not of the form x \\[Distributed] dist with numeric parameters, or a list of such."},
)  # fmt: skip
def n_expectation(kernel: Kernel, expr: Term, given: Term) -> Term | None:
    r"""NExpectation[expr, x \[Distributed] dist] gives the expectation of an expression numerically.
    NExpectation[expr, {x \[Distributed] dist1, …}] and NExpectation[expr, {x, y} \[Distributed] dist] take several variables.

    Details: Of one number it is an integral or a sum, of several numbers the mean over 2^14 evenly spread points, right to
    about 3 digits.

    Examples:
        >> {NExpectation[x^4, x \[Distributed] NormalDistribution[0, 1]], NExpectation[Sqrt[x], x \[Distributed] PoissonDistribution[3]]}
        = {3.000000000000062, 1.630953537509411}
        >> Round[NExpectation[Max[x, y], {x \[Distributed] UniformDistribution[], y \[Distributed] UniformDistribution[]}], 0.01]
        = 0.67
    Possible issues:
        >> NExpectation[x, y]
        message: NExpectation::given
        = NExpectation[x, y]
    """
    if is_head(expr, S.Conditioned, 2):
        part, condition = expr.args
        weight = expression("Boole", condition)
        return expression(
            "Divide", expression("NExpectation", expression("Times", part, weight), given),
            expression("NExpectation", weight, given),
        )  # fmt: skip
    pairs = pairs_of(kernel, given)
    names = [name for name, _ in pairs]

    def function(values: tuple[Term, ...]) -> float | None:
        known = dict(zip(names, values, strict=True))
        return machine_real(kernel, kernel.evaluate(substitute(expr, known)))

    single = len(pairs) == 1 and kind_of(kernel, pairs[0][1]) != MULTIVARIATE
    found = of_one(kernel, function, pairs[0][1], is_event(expr)) if single else over_points(kernel, expr, pairs)
    return None if found is None or not math.isfinite(found) else float(found)


def pairs_of(kernel: Kernel, given: Term) -> list[tuple[Term, Term]]:
    """Gives variables (a list of them for a vector) with their distributions; a message for anything else."""
    items = elements(given) if is_list(given) else (given,)
    if not items or not all(
        is_head(item, S.Distributed, 2) and is_distribution(kernel, item.args[1]) for item in items
    ):
        raise Message("given", given)
    return [(item.args[0], item.args[1]) for item in items]


def is_event(expr: Term) -> bool:
    return is_head(expr, S.Boole, 1)


def of_one(kernel: Kernel, function: Function, distribution: Term, is_jump: bool) -> float | None:
    """Gives the expectation of a function of one random number; None where the parameters are no numbers."""
    form = numeric_form(kernel, distribution)
    kind = kind_of(kernel, distribution)
    if form is None or kind not in (CONTINUOUS, DISCRETE):
        return None
    if kind == DISCRETE:
        return over_places(kernel, function, distribution, form)
    low, high = (float(end) for end in form.support())
    cuts = tuple(float(cut) for cut in form.ppf(np.array(CUTS)) if math.isfinite(cut))
    if is_jump:
        return over_event(function, form, low, high)

    def weighted(x: float) -> float | None:
        value = function((x,))
        return None if value is None else value * float(form.pdf(x))

    if function((cuts[len(cuts) // 2],)) is None:
        return None
    return integral(weighted, low, high, cuts)


def over_event(function: Function, form: Any, low: float, high: float) -> float | None:
    """Gives the probability of the intervals where a function is 1, whose borders are searched for."""
    inner = form.ppf(np.linspace(0, 1, GRID + 1)[1:-1]).tolist()
    middle = inner[len(inner) // 2]
    first = low if math.isfinite(low) else 2 * inner[0] - middle
    grid = [first, *inner, high if math.isfinite(high) else 2 * inner[-1] - middle]
    states = [function((x,)) for x in grid]
    if None in states:
        return None
    total, start = 0.0, (0.0 if states[0] else None)
    for place in range(1, len(grid)):
        if states[place] != states[place - 1]:
            border = float(form.cdf(halved(function, grid[place - 1], grid[place], states[place])))
            total, start = (total, border) if states[place] else (total + border - (start or 0.0), None)
    return total + (1 - start if start is not None else 0.0)


def halved(function: Function, left: float, right: float, at_right: float | None) -> float:
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        left, right = (left, middle) if function((middle,)) == at_right else (middle, right)
    return (left + right) / 2


def over_places(kernel: Kernel, function: Function, distribution: Term, form: Any) -> float | None:
    """Gives the sum over the places of a discrete distribution up to where nothing is left."""
    places = fact(kernel, "places", distribution)
    if places is not None and is_array(places):
        numbers = [machine_real(kernel, place) for place in elements(places)]
    else:
        low = form.support()[0]
        last = float(form.ppf(1 - TAIL))
        if not math.isfinite(last - low) or last - low > PLACES:
            last = low + PLACES
        numbers = list(range(int(low), int(last) + 1))
    density = getattr(form, "pmf", None) or form.pdf
    shares = np.asarray(density(np.array(numbers, np.float64)), np.float64)
    values = [function((place,)) for place in numbers]
    if any(value is None for value in values):
        return None
    return float(np.dot(np.array(values, np.float64), shares))


def over_points(kernel: Kernel, expr: Term, pairs: list[tuple[Term, Term]]) -> float | None:
    """Gives the mean over points: each number at the quantiles of a Sobol sequence, vectors drawn with a fixed seed."""
    from scipy.stats.qmc import Sobol

    spread = Sobol(len(pairs), seed=0).random(POINTS)
    names: list[Term] = []
    columns: list[np.ndarray] = []
    state = kernel.random.bit_generator.state
    for (name, distribution), shares in zip(pairs, spread.T, strict=True):
        if is_list(name):
            drawn = kernel.evaluate(expression("RandomVariate", distribution, POINTS))
            if type(drawn) is not np.ndarray or drawn.ndim != 2 or drawn.shape[1] != len(elements(name)):
                return None
            names.extend(elements(name))
            columns.extend(drawn.T)
        else:
            form = numeric_form(kernel, distribution)
            if form is None:
                return None
            names.append(name)
            columns.append(np.asarray(form.ppf(shares)))
    kernel.random.bit_generator.state = state
    rows = np.stack(columns, axis=1).tolist()
    values = [
        machine_real(kernel, kernel.evaluate(substitute(expr, dict(zip(names, row, strict=True))))) for row in rows
    ]
    return None if any(value is None for value in values) else float(np.mean(np.array(values)))
