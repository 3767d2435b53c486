"""Densities, probabilities and quantiles of distributions, through SciPy, and their means and variances as formulas."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from wlnet.builtins.numbers.distributions import given_numbers, numbers_of
from wlnet.builtins.numbers.numerical import (
    INDETERMINATE,
    INFINITY,
    MINUS_INFINITY,
    is_array,
    machine_array,
    machine_real,
)
from wlnet.kernel import Kernel, Message, builtin
from wlnet.syntax import parse_program
from wlnet.terms import Expression, S, Symbol, Term, pack, symbol, to_list

#: Distribution → its name in SciPy; how SciPy's numbers (shapes, then loc and scale) are made of the distribution's; the
#: mean and the variance as text in which #1, #2 are the distribution's numbers.
FORMULAS: dict[Symbol, tuple[str, Callable[..., dict[str, float]], str, str]] = {
    S.NormalDistribution: ("norm", lambda m, s: {"loc": m, "scale": s}, "#1", "#2^2"),
    S.UniformDistribution: ("uniform", lambda a, b: {"loc": a, "scale": b - a}, "(#1 + #2)/2", "(#2 - #1)^2/12"),
    S.ExponentialDistribution: ("expon", lambda rate: {"scale": 1 / rate}, "1/#1", "1/#1^2"),
    S.LogNormalDistribution: (
        "lognorm", lambda m, s: {"s": s, "scale": np.exp(m)},
        "E^(#1 + #2^2/2)", "(E^#2^2 - 1) E^(2 #1 + #2^2)",
    ),
    S.LaplaceDistribution: ("laplace", lambda m, b: {"loc": m, "scale": b}, "#1", "2 #2^2"),
    S.CauchyDistribution: ("cauchy", lambda a, b: {"loc": a, "scale": b}, "Indeterminate", "Indeterminate"),
    S.LogisticDistribution: ("logistic", lambda m, b: {"loc": m, "scale": b}, "#1", "Pi^2 #2^2/3"),
    S.GammaDistribution: ("gamma", lambda a, b: {"a": a, "scale": b}, "#1 #2", "#1 #2^2"),
    S.BetaDistribution: (
        "beta", lambda a, b: {"a": a, "b": b},
        "#1/(#1 + #2)", "#1 #2/((#1 + #2)^2 (1 + #1 + #2))",
    ),
    S.ChiSquareDistribution: ("chi2", lambda n: {"df": n}, "#1", "2 #1"),
    S.StudentTDistribution: (
        "t", lambda n: {"df": n},
        "If[#1 > 1, 0, Indeterminate]", "If[#1 > 2, #1/(#1 - 2), Indeterminate]",
    ),
    S.FRatioDistribution: (
        "f", lambda n, m: {"dfn": n, "dfd": m}, "If[#2 > 2, #2/(#2 - 2), Indeterminate]",
        "If[#2 > 4, 2 #2^2 (#1 + #2 - 2)/(#1 (#2 - 4) (#2 - 2)^2), Indeterminate]",
    ),
    S.GumbelDistribution: ("gumbel_l", lambda a, b: {"loc": a, "scale": b}, "#1 - EulerGamma #2", "Pi^2 #2^2/6"),
    S.WeibullDistribution: (
        "weibull_min", lambda a, b: {"c": a, "scale": b},
        "#2 Gamma[1 + 1/#1]", "#2^2 (Gamma[1 + 2/#1] - Gamma[1 + 1/#1]^2)",
    ),
    S.ParetoDistribution: (
        "pareto", lambda k, a: {"b": a, "scale": k}, "If[#2 > 1, #1 #2/(#2 - 1), Indeterminate]",
        "If[#2 > 2, #1^2 #2/((#2 - 2) (#2 - 1)^2), Indeterminate]",
    ),
    S.RayleighDistribution: ("rayleigh", lambda s: {"scale": s}, "Sqrt[Pi/2] #1", "(2 - Pi/2) #1^2"),
    S.PoissonDistribution: ("poisson", lambda m: {"mu": m}, "#1", "#1"),
    S.BernoulliDistribution: ("bernoulli", lambda p: {"p": p}, "#1", "#1 (1 - #1)"),
    S.BinomialDistribution: ("binom", lambda n, p: {"n": n, "p": p}, "#1 #2", "#1 #2 (1 - #2)"),
    S.GeometricDistribution: ("geom", lambda p: {"p": p, "loc": -1}, "1/#1 - 1", "(1 - #1)/#1^2"),
    S.NegativeBinomialDistribution: (
        "nbinom", lambda n, p: {"n": n, "p": p}, "#1 (1 - #2)/#2", "#1 (1 - #2)/#2^2",
    ),
    S.DiscreteUniformDistribution: (
        "randint", lambda a, b: {"low": a, "high": b + 1}, "(#1 + #2)/2", "((#2 - #1 + 1)^2 - 1)/12",
    ),
}  # fmt: skip

MOMENTS = {S.Mean: "{mean}", S.Variance: "{variance}", S.StandardDeviation: "Sqrt[{variance}]"}
DISTRIBUTION = "`1` is not a distribution with numeric parameters in their range."


def moment(distribution: Term, which: Symbol) -> Term | None:
    """Gives the mean, variance or standard deviation of a distribution, exactly; None for no distribution."""
    numbers = given_numbers(distribution)
    return None if numbers is None else Expression(formula(distribution.head, which), numbers)


@cache
def formula(distribution: Symbol, which: Symbol) -> Term:
    """Gives the pure function of a distribution's numbers that gives its mean, variance or standard deviation."""
    *_, mean, variance = FORMULAS[distribution]
    text = MOMENTS[which].format(mean=mean, variance=variance)
    (statement,) = parse_program(f"({text}) &", symbol, distribution.name)
    return statement.term


def frozen(kernel: Kernel, distribution: Term) -> Any:
    """Gives SciPy's form of a distribution, None where its numbers are symbols; a message for anything else."""
    given = given_numbers(distribution)
    numbers = numbers_of(kernel, distribution)
    if numbers is None:
        if given is not None and any(machine_real(kernel, number) is None for number in given):
            return None
        raise Message("unsdst", distribution)
    import scipy.stats

    name, arguments, *_ = FORMULAS[distribution.head]
    return getattr(scipy.stats, name)(**arguments(*numbers))


def values_at(kernel: Kernel, x: Term, function: Callable[[Any], Any]) -> Term | None:
    """Gives the values of a function at a real number or at each of a list of them; None for anything else."""
    places = machine_array(kernel, x) if is_array(x) else machine_real(kernel, x)
    if places is None or np.iscomplexobj(places):
        return None
    with np.errstate(all="ignore"):
        return exact_ends(np.asarray(function(places)))


def exact_ends(values: np.ndarray) -> Term:
    """Gives values as a term: Infinity, and Indeterminate where there is none, are no machine numbers."""
    if np.isfinite(values).all():
        return pack(values)
    if values.ndim:
        return to_list(map(exact_ends, values))
    return INDETERMINATE if np.isnan(values) else INFINITY if values > 0 else MINUS_INFINITY


def declare(name: str, gives: str, given: str, example: str, methods: tuple[str, ...]) -> None:
    """Declares a function of a distribution and a number: the first of the methods that SciPy's form has."""

    def function(kernel: Kernel, distribution: Term, x: Term) -> Term | None:
        made = frozen(kernel, distribution)
        if made is None:
            return None
        return values_at(kernel, x, next(getattr(made, each) for each in methods if hasattr(made.dist, each)))

    function.__doc__ = (
        f"{name}[dist, x] gives {gives}, for a number or a list of numbers.\n\n"
        f"Details: The value is a machine number, also for exact arguments.\n\n"
        f"Examples:\n>> {name}[NormalDistribution[0, 1], {given}]\n= {example}\n"
        f"Possible issues:\n>> {name}[5, 0.5]\nmessage: {name}::unsdst\n= {name}[5, 0.5]\n"
    )
    builtin(name, category="Distributions", messages={"unsdst": DISTRIBUTION})(function)


declare(
    "PDF",
    "the density (the probability, of whole numbers) at x",
    "{0, 1}",
    "{0.3989422804, 0.2419707245}",
    ("pmf", "pdf"),
)
declare("CDF", "the probability of a value up to x", "1.", "0.8413447461", ("cdf",))
declare("SurvivalFunction", "the probability of a value above x", "1.", "0.1586552539", ("sf",))
declare("InverseCDF", "the value that is not exceeded with probability x", "0.975", "1.959963985", ("ppf",))
