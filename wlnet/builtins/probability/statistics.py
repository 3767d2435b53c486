"""Statistics of distributions: by the formulas that their blocks say, else numerically."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.probability.facts import MULTIVARIATE, fact, is_distribution, kind_of
from wlnet.builtins.probability.functions import FORMAL
from wlnet.kernel import Kernel
from wlnet.terms import S, Term, expression

Moment = Callable[[Term, Term], Term]


def mean(distribution: Term, x: Term) -> Term:
    return x


def variance(distribution: Term, x: Term) -> Term:
    return expression("Power", expression("Subtract", x, expression("Mean", distribution)), 2)


def correlation(distribution: Term) -> Term:
    """Gives the term of the correlation matrix: covariances over the products of the deviations."""
    deviations = expression("StandardDeviation", distribution)
    return expression(
        "Divide", expression("Covariance", distribution), expression("Outer", S.Times, deviations, deviations)
    )


#: What is integrated where a distribution says nothing.
NUMERICALLY: dict[str, Moment] = {"mean": mean, "variance": variance}


def statistic(kernel: Kernel, name: str, distribution: Term, *rest: Term) -> Term | None:
    """Gives a statistic of a distribution by name, a fact or a built-in; None where it is not known."""
    if not is_distribution(kernel, distribution):
        return None
    if rest:
        return expression(name, distribution, *rest)
    if name == "correlation":
        return correlation(distribution)
    found = fact(kernel, name, distribution)
    if found is not None or name not in NUMERICALLY or kind_of(kernel, distribution) == MULTIVARIATE:
        return found
    integrand = NUMERICALLY[name](distribution, FORMAL)
    value = kernel.evaluate(expression("NExpectation", integrand, expression("Distributed", FORMAL, distribution)))
    return value if type(value) is float else None
