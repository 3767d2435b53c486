"""What is known of a distribution: its facts in the `.wl` files, and its form in SciPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import is_array, machine_array, machine_real
from wlnet.builtins.probability.made import Function, Made, Mixture, Ordered, Points, Searched, Truncated
from wlnet.kernel import BUILTINS, Kernel, Message
from wlnet.kernel.written import PRIVATE
from wlnet.terms import FALSE, Expression, S, Symbol, Term, elements, is_list, symbol

UNKNOWN = "`1` is not a distribution with parameters in their range."
#: Tags of the messages about distributions.
MESSAGES = {"unsdst": UNKNOWN}
CONTINUOUS, DISCRETE, MULTIVARIATE = "Continuous", "Discrete", "Multivariate"


def fact(kernel: Kernel, name: str, *arguments: Term) -> Term | None:
    """Gives what a private function of the distributions says; None where it says nothing."""
    call = Expression(symbol(PRIVATE + name), arguments)
    found = kernel.evaluate(call)
    return None if type(found) is Expression and found.head is call.head else found


def is_distribution(kernel: Kernel, term: Term) -> bool:
    """Tells whether a term is a distribution none of whose parameters is out of range; they may be symbols."""
    if type(term) is not Expression or type(term.head) is not Symbol:
        return False
    declared = BUILTINS.get(term.head)
    if declared is None or declared.category != "Distributions":
        return False
    found = fact(kernel, "valid", term)
    return found is not None and found is not FALSE


def checked(kernel: Kernel, term: Term) -> Term:
    """Gives a distribution; a message for anything else."""
    if not is_distribution(kernel, term):
        raise Message("unsdst", term)
    return term


def kind_of(kernel: Kernel, distribution: Term) -> str:
    found = fact(kernel, "kind", distribution)
    return found if type(found) is str else CONTINUOUS


def parameter(kernel: Kernel, term: Term) -> Any:
    """Gives the machine value of a parameter, a number or an array; None for symbols and what is not finite."""
    if is_array(term):
        array = machine_array(kernel, term)
        return array if array is not None and array.dtype.kind == "f" and np.isfinite(array).all() else None
    value = machine_real(kernel, term)
    return None if value is None or not np.isfinite(value) else value if value != int(value) else int(value)


def named_call(kernel: Kernel, given: Term) -> tuple[str, list[Any]] | None:
    """Gives a name and machine values from a fact `{"name", …}`; None where a parameter is a symbol."""
    if not is_list(given):
        return None
    name, *rest = elements(given)
    values = [parameter(kernel, item) for item in rest]
    return None if type(name) is not str or any(value is None for value in values) else (name, values)


def numeric_form(kernel: Kernel, distribution: Term) -> Any:
    """Gives what computes the values of a distribution with numeric parameters: SciPy's form of it, or one made of what
    is known; None where a parameter is a symbol."""
    found = named_call(kernel, fact(kernel, "scipy", distribution))
    if found is None:
        return made_form(kernel, distribution)
    import scipy.stats

    name, values = found
    try:
        return getattr(scipy.stats, name)(*values)
    except (ValueError, np.linalg.LinAlgError):
        raise Message("unsdst", distribution) from None


def made_form(kernel: Kernel, distribution: Term) -> Searched | None:
    """Gives a form made of those of other distributions, or of the facts; None where they are no numbers."""
    make = OF_OTHERS.get(distribution.head)
    return form_of_facts(kernel, distribution) if make is None else make(kernel, *distribution.args)


def mixture(kernel: Kernel, weights: Term, distributions: Term) -> Mixture | None:
    forms = [numeric_form(kernel, each) for each in elements(distributions)]
    shares = machine_array(kernel, weights)
    return None if shares is None or any(form is None for form in forms) else Mixture(shares, forms)


def truncated(kernel: Kernel, ends: Term, distribution: Term) -> Truncated | None:
    low, high = (machine_real(kernel, end) for end in elements(ends))
    form = numeric_form(kernel, distribution)
    return None if low is None or high is None or form is None else Truncated(form, low, high)


def ordered(kernel: Kernel, given: Term, k: int) -> Ordered | None:
    distribution, n = elements(given)
    form = numeric_form(kernel, distribution)
    return None if form is None else Ordered(form, n, k)


def points(kernel: Kernel, given: Term) -> Points | None:
    weights, places = (machine_array(kernel, item) for item in given.args)
    return None if weights is None or places is None else Points(weights, places)


OF_OTHERS: dict[Symbol, Callable[..., Searched | None]] = {
    S.MixtureDistribution: mixture,
    S.TruncatedDistribution: truncated,
    S.OrderDistribution: ordered,
    S.EmpiricalDistribution: points,
}


def form_of_facts(kernel: Kernel, distribution: Term) -> Made | None:
    """Gives a form that evaluates the facts; None where they are no numbers or there are none."""
    kind = kind_of(kernel, distribution)
    ends = fact(kernel, "domain", distribution)
    if kind not in (CONTINUOUS, DISCRETE) or ends is None or not is_list(ends):
        return None
    low, high = (machine_real(kernel, end) for end in elements(ends))
    if low is None or high is None:
        return None

    def function(name: str) -> Function | None:
        def at(x: float) -> float | None:
            found = fact(kernel, name, distribution, x)
            return None if found is None else machine_real(kernel, found)

        return at if at(0.5) is not None else None

    density = function("density")
    if density is None:
        return None
    return Made(density, function("cumulative"), function("inverse"), low, high, kind == DISCRETE)
