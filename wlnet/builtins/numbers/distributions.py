"""Probability distributions: how each is sampled; symbols with no other rules."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import is_array, machine_real
from wlnet.kernel import Kernel, constant
from wlnet.terms import Expression, S, Symbol, Term, elements

Sample = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution: `sample(generator, size, *numbers)`, numbers left out, and what the numbers must satisfy."""

    sample: Sample
    defaults: tuple[float, ...]
    valid: Callable[..., bool]
    count: int


TABLE: dict[Symbol, Distribution] = {}


def finite(*numbers: float) -> bool:
    return all(map(math.isfinite, numbers))


def positive(*numbers: float) -> bool:
    return finite(*numbers) and all(x > 0 for x in numbers)


def share(*numbers: float) -> bool:
    return all(0 <= x <= 1 for x in numbers)


def whole(n: float) -> bool:
    return 0 <= n < 2**62 and n == int(n)


# name, arguments, usage, number of arguments, defaults, condition, sample
ROWS: tuple[tuple[str, str, str, int, tuple[float, ...], Callable[..., bool], Sample], ...] = (
    ("NormalDistribution", "mu, sigma", "a normal distribution", 2, (0.0, 1.0),
        lambda m, s: finite(m) and positive(s), lambda g, size, m, s: g.normal(m, s, size)),
    ("UniformDistribution", "{min, max}", "a uniform distribution", 2, (0.0, 1.0),
        lambda a, b: finite(a, b, b - a) and a <= b, lambda g, size, a, b: g.uniform(a, b, size)),
    ("ExponentialDistribution", "lambda", "an exponential distribution", 1, (1.0,), positive,
        lambda g, size, rate: g.exponential(1 / rate, size)),
    ("LogNormalDistribution", "mu, sigma", "a lognormal distribution", 2, (), lambda m, s: finite(m) and positive(s),
        lambda g, size, m, s: g.lognormal(m, s, size)),
    ("LaplaceDistribution", "mu, beta", "a Laplace distribution", 2, (0.0, 1.0), lambda m, s: finite(m) and positive(s),
        lambda g, size, m, s: g.laplace(m, s, size)),
    ("CauchyDistribution", "a, b", "a Cauchy distribution", 2, (0.0, 1.0), lambda m, s: finite(m) and positive(s),
        lambda g, size, m, s: m + s * g.standard_cauchy(size)),
    ("LogisticDistribution", "mu, beta", "a logistic distribution", 2, (0.0, 1.0),
        lambda m, s: finite(m) and positive(s), lambda g, size, m, s: g.logistic(m, s, size)),
    ("GammaDistribution", "alpha, beta", "a gamma distribution", 2, (), positive,
        lambda g, size, a, b: g.gamma(a, b, size)),
    ("BetaDistribution", "alpha, beta", "a beta distribution", 2, (), positive,
        lambda g, size, a, b: g.beta(a, b, size)),
    ("ChiSquareDistribution", "nu", "a chi-square distribution", 1, (), positive,
        lambda g, size, n: g.chisquare(n, size)),
    ("StudentTDistribution", "nu", "a Student t distribution", 1, (), positive,
        lambda g, size, n: g.standard_t(n, size)),
    ("GumbelDistribution", "alpha, beta", "a Gumbel distribution of minima", 2, (0.0, 1.0),
        lambda m, s: finite(m) and positive(s), lambda g, size, m, s: -g.gumbel(-m, s, size)),
    ("WeibullDistribution", "alpha, beta", "a Weibull distribution", 2, (), positive,
        lambda g, size, a, b: b * g.weibull(a, size)),
    ("PoissonDistribution", "mu", "a Poisson distribution", 1, (), lambda m: 0 <= m < 1e18,
        lambda g, size, m: g.poisson(m, size)),
    ("BernoulliDistribution", "p", "a Bernoulli distribution", 1, (), share,
        lambda g, size, p: (g.random(size) < p) * 1),
    ("BinomialDistribution", "n, p", "a binomial distribution", 2, (), lambda n, p: whole(n) and share(p),
        lambda g, size, n, p: g.binomial(int(n), p, size)),
    ("GeometricDistribution", "p", "a geometric distribution", 1, (), lambda p: 1e-12 < p <= 1,
        lambda g, size, p: g.geometric(p, size) - 1),
    ("NegativeBinomialDistribution", "n, p", "a negative binomial distribution, of the failures before n successes", 2, (),
        lambda n, p: 0 < n < 2**62 and 1e-12 < p <= 1, lambda g, size, n, p: g.negative_binomial(n, p, size)),
    ("FRatioDistribution", "n, m", "a distribution of F ratios", 2, (), positive, lambda g, size, n, m: g.f(n, m, size)),
    ("ParetoDistribution", "k, alpha", "a Pareto distribution of values from k on", 2, (), positive,
        lambda g, size, k, a: k * (1 + g.pareto(a, size))),
    ("RayleighDistribution", "sigma", "a Rayleigh distribution", 1, (), positive,
        lambda g, size, s: g.rayleigh(s, size)),
    ("DiscreteUniformDistribution", "{min, max}", "a discrete uniform distribution", 2, (),
        lambda a, b: finite(a, b) and max(abs(a), abs(b)) < 2**62 and a == int(a) and b == int(b) and a <= b,
        lambda g, size, a, b: g.integers(int(a), int(b), size, endpoint=True)),
)  # fmt: skip

EXAMPLES = {"{min, max}": "{2, 4}", "p": "1/2", "n, p": "5, 1/2"}


def declare(
    name: str,
    arguments: str,
    usage: str,
    count: int,
    defaults: tuple[float, ...],
    valid: Callable[..., bool],
    sample: Sample,
) -> None:
    def function() -> None: ...

    given = EXAMPLES.get(arguments, "3, 2" if count == 2 else "3")
    function.__doc__ = (
        f"{name}[{arguments}] stands for {usage}.\n\nExamples:\n>> NumberQ[RandomVariate[{name}[{given}]]]\n= True\n"
    )
    constant(name, category="Distributions")(function)
    TABLE[getattr(S, name)] = Distribution(sample, defaults, valid, count)


for _row in ROWS:
    declare(*_row)


def sampler(kernel: Kernel, term: Term) -> Callable[[np.random.Generator, tuple[int, ...]], Any] | None:
    """Gives the function that samples from the distribution a term stands for, or None."""
    numbers = numbers_of(kernel, term)
    if numbers is None:
        return None
    found = TABLE[term.head]
    return lambda generator, size: found.sample(generator, size, *numbers)


def given_numbers(term: Term) -> tuple[Term, ...] | None:
    """Gives the numbers of a distribution as terms, those left out too; None for no distribution."""
    if type(term) is not Expression or type(term.head) is not Symbol or term.head not in TABLE:
        return None
    found = TABLE[term.head]
    args = term.args
    if len(args) == 1 and is_array(args[0]):
        args = elements(args[0])
    args = args or tuple(int(number) for number in found.defaults)
    return args if len(args) == found.count else None


def numbers_of(kernel: Kernel, term: Term) -> list[float] | None:
    """Gives the machine values of a distribution's numbers; None where they are none, or not in their range."""
    args = given_numbers(term)
    numbers = [machine_real(kernel, arg) for arg in args] if args is not None else [None]
    if any(number is None for number in numbers) or not TABLE[term.head].valid(*numbers):
        return None
    return [number for number in numbers if number is not None]
