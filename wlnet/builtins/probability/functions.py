"""Densities, probabilities, quantiles and random values of distributions.

Exact and symbolic arguments go through the formulas, machine numbers and arrays of them through SciPy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import (
    INDETERMINATE,
    INFINITY,
    MINUS_INFINITY,
    all_exact,
    is_array,
    machine_array,
    machine_real,
)
from wlnet.builtins.numbers.random import DIMENSIONS, shape_of
from wlnet.builtins.probability.facts import (
    DISCRETE,
    MESSAGES,
    MULTIVARIATE,
    checked,
    fact,
    kind_of,
    named_call,
    numeric_form,
)
from wlnet.kernel import Kernel, Message, builtin, operator_form
from wlnet.terms import Expression, S, Term, elements, is_list, list_of, pack, symbol, to_list
from wlnet.terms.same import key

Formula = Callable[[Kernel, Term, Term], Term | None]
FORMAL_X = "\uf817"
FORMAL = symbol(FORMAL_X)
#: An exact cumulative probability adds up so many exact ones at most.
TERMS = 1000


def has_machine_numbers(term: Term) -> bool:
    return type(term) is float or (is_array(term) and not all_exact(term))


def numeric_value(kernel: Kernel, distribution: Term, x: Term, methods: tuple[str, ...], kind: str) -> Term | None:
    """Gives the values that a numeric form has at a number or an array of them; None where there is none."""
    places = machine_array(kernel, x) if is_array(x) else machine_real(kernel, x)
    if places is None or np.iscomplexobj(places):
        return None
    form = numeric_form(kernel, distribution)
    method = next((found for each in methods if (found := method_of(form, each)) is not None), None)
    if method is None or (kind == MULTIVARIATE and is_array(x) is False):
        return None
    try:
        with np.errstate(all="ignore"):
            return exact_ends(np.asarray(method(places), np.float64))
    except ValueError:
        return None


def method_of(form: Any, name: str) -> Any:
    """Gives a method of a numeric form; a frozen discrete form of SciPy has `pmf`, and no `pdf` to speak of."""
    return getattr(form, name, None) if hasattr(getattr(form, "dist", form), name) else None


def exact_ends(values: np.ndarray) -> Term:
    """Gives values as a term: Infinity, and Indeterminate where there is none, are no machine numbers."""
    if np.isfinite(values).all():
        return pack(values)
    if values.ndim:
        return to_list(map(exact_ends, values))
    return INDETERMINATE if np.isnan(values) else INFINITY if values > 0 else MINUS_INFINITY


def density(kernel: Kernel, distribution: Term, x: Term) -> Term | None:
    """Gives the formula of the density at x; of a distribution of whole numbers, 0 at any other number."""
    if kind_of(kernel, distribution) == DISCRETE and fact(kernel, "scipy", distribution) is not None:
        value = machine_real(kernel, x)
        if value is not None and value != np.floor(value):
            return 0
    return fact(kernel, "density", distribution, x)


def cumulative(kernel: Kernel, distribution: Term, x: Term) -> Term | None:
    """Gives the formula of the probability up to x, of few whole numbers the sum of their probabilities."""
    found = fact(kernel, "cumulative", distribution, x)
    if found is not None or kind_of(kernel, distribution) != DISCRETE:
        return found
    ends = fact(kernel, "domain", distribution)
    low, high = (machine_real(kernel, end) for end in (elements(ends)[0], x)) if ends is not None else (None, None)
    if low is None or high is None or not high - low < TERMS:
        return None
    places = range(int(low), int(np.floor(high)) + 1)
    return Expression(S.Plus, tuple(Expression(S.PDF, (distribution, place)) for place in places))


def survival(kernel: Kernel, distribution: Term, x: Term) -> Term | None:
    found = cumulative(kernel, distribution, x)
    return None if found is None else Expression(S.Subtract, (1, found))


def quantile_formula(kernel: Kernel, distribution: Term, q: Term) -> Term | None:
    value = machine_real(kernel, q)
    return None if value is not None and not 0 <= value <= 1 else fact(kernel, "inverse", distribution, q)


def value_at(kernel: Kernel, distribution: Term, x: Term, formula: Formula, methods: tuple[str, ...]) -> Term | None:
    """Gives a function of a distribution at x: numerically for machine numbers, by its formula for others."""
    kind = kind_of(kernel, checked(kernel, distribution))
    if has_machine_numbers(x) or (kind != MULTIVARIATE and has_machine_numbers(pack_of(distribution))):
        found = numeric_value(kernel, distribution, x, methods, kind) if kind != "Categorical" else None
        if found is not None:
            return found
    if is_list(x) and (kind != MULTIVARIATE or is_list(elements(x)[0])):
        return to_list(value_at(kernel, distribution, item, formula, methods) for item in elements(x))
    found = formula(kernel, distribution, x)
    return found if found is not None else numeric_value(kernel, distribution, x, methods, kind)


def pack_of(distribution: Term) -> Term:
    """Gives the list of a distribution's parameters."""
    return list_of(*distribution.args)


def declare(name: str, gives: str, examples: str, formula: Formula, methods: tuple[str, ...]) -> None:
    """Declares a function of a distribution and a number, and the pure function that it gives without the number."""

    def function(kernel: Kernel, distribution: Term, x: Term = None) -> Term | None:
        if x is not None:
            return value_at(kernel, distribution, x, formula, methods)
        found = formula(kernel, checked(kernel, distribution), FORMAL)
        return None if found is None else Expression(S.Function, (list_of(FORMAL), found, S.Listable))

    function.__doc__ = (
        f"{name}[dist, x] gives {gives}, for a number or a list of numbers.\n"
        f"{name}[dist] gives the pure function of it.\n\n"
        f"Details: Exact and symbolic arguments give formulas; machine numbers, and what has no formula, machine numbers.\n\n"
        f"Examples:\n{examples}Possible issues:\n>> {name}[5, 0.5]\nmessage: {name}::unsdst\n= {name}[5, 0.5]\n"
    )
    builtin(name, category="Distributions", messages=MESSAGES)(function)

    @operator_form(name)
    def applied(kernel: Kernel, head: Term, args: tuple[Term, ...]) -> Term | None:
        return Expression(head.head, (*head.args, *args)) if len(head.args) == len(args) == 1 else None


declare(
    "PDF", "the density (the probability, of whole numbers) at x",
    ">> PDF[NormalDistribution[0, 1], {0, 1.}]\n= {0.3989422804, 0.2419707245}\n"
    ">> {PDF[NormalDistribution[0, 1], 0], PDF[BinomialDistribution[2, 1/2], {1, 1/2, 3}], PDF[NormalDistribution[]][0]}\n"
    "= {1/Sqrt[2*Pi], {1/2, 0, 0}, 1/Sqrt[2*Pi]}\n",
    density, ("pmf", "pdf"),
)  # fmt: skip
declare(
    "CDF", "the probability of a value up to x",
    ">> {CDF[NormalDistribution[0, 1], 1.], CDF[BinomialDistribution[4, 1/2], 2]}\n= {0.8413447461, 11/16}\n"
    ">> CDF[ExponentialDistribution[l], x]\n= Piecewise[{{1 - E^(-l x), x >= 0}}, 0]\n",
    cumulative, ("cdf",),
)  # fmt: skip
declare(
    "SurvivalFunction", "the probability of a value above x",
    ">> {SurvivalFunction[NormalDistribution[0, 1], 1.], SurvivalFunction[UniformDistribution[], 1/4]}\n= {0.1586552539, 3/4}\n",
    survival, ("sf",),
)  # fmt: skip
declare(
    "InverseCDF", "the value that is not exceeded with probability x",
    ">> {InverseCDF[NormalDistribution[0, 1], 0.975], InverseCDF[ExponentialDistribution[l], 1/2]}\n= {1.959963985, l^(-1)*Log[2]}\n",
    quantile_formula, ("ppf",),
)  # fmt: skip


@builtin("RandomVariate", category="Random numbers", messages={"array": DIMENSIONS, **MESSAGES})
def random_variate(kernel: Kernel, distribution: Term, size: Term = None) -> Term:
    """RandomVariate[dist] gives a random number (or vector) from a distribution.
    RandomVariate[dist, n] gives n of them, RandomVariate[dist, {n1, n2, …}] an array.

    Examples:
        >> Dimensions[RandomVariate[NormalDistribution[0, 1], {2, 3}]]
        = {2, 3}
        >> MemberQ[{0, 1}, RandomVariate[BernoulliDistribution[0.5]]]
        = True
        >> SeedRandom[1]; a = RandomVariate[GammaDistribution[2, 3], 4]; SeedRandom[1]; a == RandomVariate[GammaDistribution[2, 3], 4]
        = True
    Possible issues:
        >> RandomVariate[NormalDistribution[0, -1]]
        message: RandomVariate::unsdst
        = RandomVariate[NormalDistribution[0, -1]]
        >> RandomVariate[NormalDistribution[0, 1], -1]
        message: RandomVariate::array
        = RandomVariate[NormalDistribution[0, 1], -1]
    """
    shape = shape_of(size)
    try:
        place = (key(distribution), shape)
        call = CALLS.get(place)
        if call is not None:
            return called(kernel, call, shape)
        checked(kernel, distribution)
        given = fact(kernel, "draws", distribution, list_of(*shape))
        call = named_call(kernel, given) if is_list(given) and type(elements(given)[0]) is str else None
        if call is None and given is not None and symbolic(given):
            raise Message("unsdst", distribution)
        if call is not None:
            made = called(kernel, call, shape)
            if len(CALLS) >= MOST_CALLS:
                CALLS.clear()
            CALLS[place] = call
            return made
        return given if given is not None else drawn(kernel, distribution, shape)
    except (ValueError, TypeError):
        raise Message("unsdst", distribution) from None


#: (distribution, dimensions) → the method of a generator, and its parameters, that gives random values of it.
CALLS: dict[Any, tuple[str, list[Any]]] = {}
MOST_CALLS = 256


def called(kernel: Kernel, call: tuple[str, list[Any]], shape: tuple[int, ...]) -> Term:
    return pack(np.asarray(getattr(kernel.random, call[0])(*call[1], size=shape)))


def symbolic(given: Term) -> bool:
    """Tells whether a fact names a method of a generator, whose parameters then are no numbers."""
    return is_list(given) and type(elements(given)[0]) is str and hasattr(np.random.Generator, elements(given)[0])


def drawn(kernel: Kernel, distribution: Term, shape: tuple[int, ...]) -> Term:
    """Gives random values by the numeric form: SciPy's own way, or the quantiles of uniform numbers."""
    form = numeric_form(kernel, distribution)
    if form is None:
        raise Message("unsdst", distribution)
    if hasattr(form, "rvs"):
        vectors = kind_of(kernel, distribution) == MULTIVARIATE
        values = np.asarray(form.rvs(size=shape or 1, random_state=kernel.random))
        return pack(values.reshape(shape + (values.shape[-1:] if vectors else ())))
    return pack(form.ppf(kernel.random.random(shape)))
