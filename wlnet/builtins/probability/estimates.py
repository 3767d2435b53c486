"""Parameters of distributions from data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import as_list, machine_array, machine_real
from wlnet.builtins.probability.facts import fact, is_distribution, numeric_form
from wlnet.builtins.probability.made import density_of
from wlnet.kernel import BUILTINS, Kernel, Message, builtin
from wlnet.patterns import substitute
from wlnet.patterns.renaming import symbols_of
from wlnet.terms import Expression, S, Symbol, Term, elements, is_list, list_of, rule, same

ESTIMATOR = 'The estimator `1` is not "MaximumLikelihood" or "MethodOfMoments".'
DATA = "`1` is not a list of numbers, or of vectors, to which `2` could be fitted."
MESSAGES = {"data": DATA, "estimator": ESTIMATOR}
OPTIONS: dict[str, Term] = {"ParameterEstimator": "MaximumLikelihood"}
#: The search for the greatest likelihood begins with the best of the products of so many starting values.
MOST_STARTS, STEPS = 2000, 4000


@builtin("FindDistributionParameters", category="Statistics", options=OPTIONS, messages=MESSAGES)
def find_distribution_parameters(
    kernel: Kernel, data: Term, distribution: Term, *, options: Mapping[str, Term]
) -> Term | None:
    """FindDistributionParameters[data, dist] gives rules for the symbols in dist that make the data most likely.

    Details: By a formula where there is one, else by the simplex method of Nelder and Mead. With ParameterEstimator ->
    "MethodOfMoments" the first moments are those of the data.

    Examples:
        >> FindDistributionParameters[{1, 2, 6}, ExponentialDistribution[l]]
        = {l -> 1/3}
        >> FindDistributionParameters[{1., 2., 6.}, NormalDistribution[m, 1]]
        = {m -> 3.}
    Options: "ParameterEstimator":
        >> FindDistributionParameters[{1., 2., 6.}, GammaDistribution[a, b], ParameterEstimator -> "MethodOfMoments"]
        = {a -> 1.928571, b -> 1.555556}
    Possible issues:
        >> FindDistributionParameters[{x}, NormalDistribution[m, s]]
        message: FindDistributionParameters::data
        = FindDistributionParameters[{x}, NormalDistribution[m, s]]
        >> FindDistributionParameters[{1, 2}, NormalDistribution[m, s], ParameterEstimator -> "Best"]
        message: FindDistributionParameters::estimator
        = FindDistributionParameters[{1, 2}, NormalDistribution[m, s], ParameterEstimator -> "Best"]
    """
    found = parameters(kernel, data, distribution, options["ParameterEstimator"])
    return list_of(*(rule(name, value) for name, value in found.items()))


@builtin("EstimatedDistribution", category="Statistics", options=OPTIONS, messages=MESSAGES)
def estimated_distribution(
    kernel: Kernel, data: Term, distribution: Term, *, options: Mapping[str, Term]
) -> Term | None:
    """EstimatedDistribution[data, dist] gives the distribution with the symbols in dist that make the data most likely.

    Examples:
        >> {EstimatedDistribution[{1, 2, 6}, PoissonDistribution[m]], EstimatedDistribution[{1, 5, 3}, UniformDistribution[{a, b}]]}
        = {PoissonDistribution[3], UniformDistribution[{1, 5}]}
        >> EstimatedDistribution[{1., 2., 6.}, WeibullDistribution[a, b]]
        = WeibullDistribution[1.456941, 3.335433]
    Options: "ParameterEstimator":
        >> EstimatedDistribution[{1., 3.}, NormalDistribution[m, s], ParameterEstimator -> "MethodOfMoments"]
        = NormalDistribution[2., 1.]
    Possible issues:
        >> EstimatedDistribution["a", NormalDistribution[m, s]]
        message: EstimatedDistribution::data
        = EstimatedDistribution["a", NormalDistribution[m, s]]
        >> EstimatedDistribution[{1}, NormalDistribution[m, s], ParameterEstimator -> 2]
        message: EstimatedDistribution::estimator
        = EstimatedDistribution[{1}, NormalDistribution[m, s], ParameterEstimator -> 2]
    """
    return substitute(distribution, parameters(kernel, data, distribution, options["ParameterEstimator"]))


def parameters(kernel: Kernel, data: Term, distribution: Term, estimator: Term) -> dict[Symbol, Term]:
    """Gives the values of the symbols in a distribution; a message where none fit."""
    if type(estimator) is not str or estimator not in ("MaximumLikelihood", "MethodOfMoments"):
        raise Message("estimator", estimator)
    data = as_list(data)
    values = machine_array(kernel, data)
    names = sorted({name for name in symbols_of(distribution) if name not in BUILTINS}, key=lambda name: name.name)
    if values is None or values.dtype.kind != "f" or not values.size or not is_distribution(kernel, distribution):
        raise Message("data", data, distribution)
    exact = by_formula(kernel, data, distribution) if estimator == "MaximumLikelihood" else None
    if exact is not None:
        return exact
    search = Search(kernel, distribution, names, values)
    found = search.best(search.surprise if estimator == "MaximumLikelihood" else search.distance) if names else []
    if found is None:
        raise Message("data", data, distribution)
    return dict(zip(names, found, strict=True))


def by_formula(kernel: Kernel, data: Term, distribution: Term) -> dict[Symbol, Term] | None:
    """Gives the parameters by the fact `fit`; None where it says nothing or a parameter that it gives is fixed."""
    found = fact(kernel, "fit", distribution, data)
    if found is None or not is_list(found):
        return None
    given = distribution.args
    given = elements(given[0]) if len(given) == 1 and is_list(given[0]) else given
    known: dict[Symbol, Term] = {}
    for parameter, value in zip(given, elements(found), strict=True):
        if type(parameter) is Symbol:
            known[parameter] = value
        elif not same(parameter, value):
            return None
    return known if is_distribution(kernel, substitute(distribution, known)) else None


class Search:
    """The search for the numbers of a distribution that fit data."""

    def __init__(self, kernel: Kernel, distribution: Term, names: list[Symbol], data: np.ndarray) -> None:
        self.kernel, self.distribution, self.names, self.data = kernel, distribution, names, data

    def with_values(self, values: Any) -> Term | None:
        known = dict(zip(self.names, np.asarray(values, np.float64).tolist(), strict=True))
        made = substitute(self.distribution, known)
        return made if is_distribution(self.kernel, made) else None

    def surprise(self, values: Any) -> float:
        """Gives the mean negative logarithm of the likelihood, infinite out of range."""
        made = self.with_values(values)
        form = None if made is None else numeric_form(self.kernel, made)
        if form is None:
            return math.inf
        with np.errstate(all="ignore"):
            logarithms = np.log(np.asarray(density_of(form)(self.data), np.float64))
        return -float(np.mean(logarithms)) if np.isfinite(logarithms).all() else math.inf

    def distance(self, values: Any) -> float:
        """Gives how far the mean and the variance are from those of the data, infinite out of range."""
        made = self.with_values(values)
        heads = (S.Mean, S.Variance)[: len(self.names)]
        found = (
            [machine_real(self.kernel, self.kernel.evaluate(Expression(head, (made,)))) for head in heads]
            if made
            else [None]
        )
        wanted = (self.data.mean(), self.data.var())
        if any(value is None or not math.isfinite(value) for value in found):
            return math.inf
        return sum((value - want) ** 2 for value, want in zip(found, wanted, strict=False) if value is not None)

    def best(self, function: Any) -> list[float] | None:
        """Gives the values with the least of a function; None where it is infinite at all starting values."""
        from scipy.optimize import minimize

        mean, deviation = float(self.data.mean()), float(self.data.std()) or 1.0
        several = [mean, deviation, 1.0, 0.5, 3.0, abs(1 / mean) if mean else 2.0, deviation**2]
        starts = list(product(several, repeat=len(self.names)))[:MOST_STARTS]
        start = min(starts, key=function)
        if not math.isfinite(function(start)):
            return None
        for _ in range(2):
            start = minimize(
                function, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": STEPS}
            ).x
        return [float(value) for value in start]
