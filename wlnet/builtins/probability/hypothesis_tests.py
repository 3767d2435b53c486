"""Tests of hypotheses: the probability of data at least as far from what is supposed, through SciPy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import as_list, is_array, machine_array, machine_real
from wlnet.builtins.probability.facts import MULTIVARIATE, is_distribution, kind_of, numeric_form
from wlnet.builtins.probability.functions import exact_ends
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Association, Term, elements, list_of

#: The value of AlternativeHypothesis → SciPy's.
ALTERNATIVES = {"Unequal": "two-sided", "Automatic": "two-sided", "Less": "less", "Greater": "greater"}
PROPERTIES = ("PValue", "TestStatistic")
MESSAGES = {
    "rctnln": "`1` is not a list of at least `2` real numbers, or what else the test needs: see its usage.",
    "prop": "`1` is not a property; the properties are `2`.",
    "althyp": "The value `1` of AlternativeHypothesis is not one of `2`.",
}
FEWEST = 3
Test = Callable[[Kernel, Term, tuple[Term, ...], str], Any]


def sample(kernel: Kernel, data: Term) -> np.ndarray:
    """Gives a list of real numbers; a message for anything else."""
    found = machine_array(kernel, as_list(data)) if is_array(as_list(data)) else None
    if (
        found is None
        or found.ndim != 1
        or found.size < FEWEST
        or found.dtype.kind != "f"
        or not np.isfinite(found).all()
    ):
        raise Message("rctnln", data, FEWEST)
    return found


def samples(kernel: Kernel, data: Term) -> tuple[np.ndarray, np.ndarray] | None:
    """Gives two samples; None for a single one."""
    items = elements(as_list(data)) if is_array(as_list(data)) else ()
    if len(items) != 2 or not all(is_array(item) for item in items):
        return None
    return sample(kernel, items[0]), sample(kernel, items[1])


def supposed(kernel: Kernel, arguments: tuple[Term, ...], place: int, default: float) -> float:
    """Gives a number that is supposed; a message for anything else."""
    value = machine_real(kernel, arguments[place]) if len(arguments) > place else default
    if value is None or not math.isfinite(value):
        raise Message("rctnln", arguments[place], FEWEST)
    return value


def t_test(kernel: Kernel, data: Term, arguments: tuple[Term, ...], alternative: str) -> Any:
    import scipy.stats as stats

    shift, pair = supposed(kernel, arguments, 0, 0.0), samples(kernel, data)
    if pair is None:
        return stats.ttest_1samp(sample(kernel, data), shift, alternative=alternative)
    return stats.ttest_ind(pair[0] - shift, pair[1], equal_var=False, alternative=alternative)


def z_test(kernel: Kernel, data: Term, arguments: tuple[Term, ...], alternative: str) -> Any:
    import scipy.stats as stats

    values = sample(kernel, data)
    variance = supposed(kernel, arguments, 0, float(values.var(ddof=1)))
    if variance <= 0:
        raise Message("rctnln", arguments[0] if arguments else data, FEWEST)
    z = (values.mean() - supposed(kernel, arguments, 1, 0.0)) / math.sqrt(variance / len(values))
    below = float(stats.norm.cdf(z))
    return z, {"two-sided": 2 * min(below, 1 - below), "less": below, "greater": 1 - below}[alternative]


def mann_whitney(kernel: Kernel, data: Term, arguments: tuple[Term, ...], alternative: str) -> Any:
    import scipy.stats as stats

    pair = samples(kernel, data)
    if pair is None:
        raise Message("rctnln", data, FEWEST)
    return stats.mannwhitneyu(pair[0] - supposed(kernel, arguments, 0, 0.0), pair[1], alternative=alternative)


def shapiro_wilk(kernel: Kernel, data: Term, arguments: tuple[Term, ...], alternative: str) -> Any:
    import scipy.stats as stats

    return stats.shapiro(sample(kernel, data))


def cumulative(kernel: Kernel, values: np.ndarray, arguments: tuple[Term, ...]) -> Callable[[Any], Any]:
    """Gives the cumulative distribution that is supposed: a normal one with the moments of the data if none is given."""
    import scipy.stats as stats

    if not arguments:
        return stats.norm(values.mean(), values.std(ddof=1) or 1.0).cdf
    known = is_distribution(kernel, arguments[0]) and kind_of(kernel, arguments[0]) != MULTIVARIATE
    form = numeric_form(kernel, arguments[0]) if known else None
    if form is None:
        raise Message("rctnln", arguments[0], FEWEST)
    return form.cdf


def kolmogorov_smirnov(kernel: Kernel, data: Term, arguments: tuple[Term, ...], alternative: str) -> Any:
    import scipy.stats as stats

    values = sample(kernel, data)
    if arguments and is_array(as_list(arguments[0])):
        return stats.ks_2samp(values, sample(kernel, arguments[0]), alternative=alternative)
    return stats.kstest(values, cumulative(kernel, values, arguments), alternative=alternative)


def cramer_von_mises(kernel: Kernel, data: Term, arguments: tuple[Term, ...], alternative: str) -> Any:
    import scipy.stats as stats

    values = sample(kernel, data)
    found = stats.cramervonmises(values, cumulative(kernel, values, arguments))
    return found.statistic, found.pvalue


def pearson_chi_square(kernel: Kernel, data: Term, arguments: tuple[Term, ...], alternative: str) -> Any:
    """Compares the counts in bins of equal probability, ⌈2 n^(2/5)⌉ of them."""
    import scipy.stats as stats

    values = sample(kernel, data)
    shares = np.asarray(cumulative(kernel, values, arguments)(values), np.float64)
    bins = math.ceil(2 * len(values) ** 0.4)
    counts = np.bincount(np.clip((shares * bins).astype(int), 0, bins - 1), minlength=bins)
    statistic = float(((counts - len(values) / bins) ** 2).sum() / (len(values) / bins))
    estimated = 0 if arguments else 2
    return statistic, stats.chi2(max(bins - 1 - estimated, 1)).sf(statistic)


DATA = "{1.2, 0.3, 2.1, 0.8, 1.5}"
OTHER = "{2.2, 1.9, 3.1, 2.8, 1.6}"
FIT = "data come from a distribution (a normal one with their mean and deviation, if none is given)"
# name, arguments, what is tested, further arguments at most, test, example, p-value
TABLE: tuple[tuple[str, str, str, int, Test, str, str], ...] = (
    ("TTest", "data, mu", "the mean of data is mu (0), with {data1, data2} that of the difference of means, by Welch's t",
        1, t_test, f"{DATA}, 1", "0.587531"),
    ("ZTest", "data, variance, mu", "the mean of data with a known variance is mu (0)", 2, z_test, f"{DATA}, 1, 1", "0.687322"),
    ("MannWhitneyTest", "{data1, data2}, mu", "the medians of two samples differ by mu (0)", 1, mann_whitney,
        f"{{{DATA}, {OTHER}}}", "0.0317460"),
    ("ShapiroWilkTest", "data", "data come from a normal distribution", 0, shapiro_wilk, DATA, "0.998670"),
    ("KolmogorovSmirnovTest", "data, dist", f"{FIT}; with a list instead of dist, that both come from the same", 1,
        kolmogorov_smirnov, f"{DATA}, NormalDistribution[1, 1]", "0.868589"),
    ("DistributionFitTest", "data, dist", f"{FIT}, by Cramér and von Mises", 1, cramer_von_mises,
        f"{DATA}, NormalDistribution[1, 1]", "0.842722"),
    ("PearsonChiSquareTest", "data, dist", f"{FIT}, by counts in bins of equal probability", 1, pearson_chi_square,
        f"{DATA}, UniformDistribution[{{0, 3}}]", "0.531948"),
)  # fmt: skip


def declare(name: str, arguments: str, tested: str, most: int, test: Test, example: str, p: str) -> None:
    """Declares a test: the p-value, or a property in the last argument."""

    def function(kernel: Kernel, data: Term, *rest: Term, options: Mapping[str, Term]) -> Term | None:
        prop = rest[-1] if rest and asks(rest[-1]) else "PValue"
        given = rest[:-1] if rest and asks(rest[-1]) else rest
        alternative = options["AlternativeHypothesis"]
        key = alternative if type(alternative) is str else getattr(alternative, "name", "")
        if key not in ALTERNATIVES:
            raise Message("althyp", alternative, ", ".join(ALTERNATIVES))
        if len(given) > most:
            raise Message("prop", given[-1], ", ".join((*PROPERTIES, "All")))
        with np.errstate(all="ignore"):
            statistic, value = test(kernel, data, given, ALTERNATIVES[key])
        return property_of(prop, {"PValue": float(value), "TestStatistic": float(statistic)})

    function.__doc__ = (
        f'{name}[{arguments}] gives the p-value of the hypothesis that {tested}.\n{name}[{arguments}, "property"] gives a property.'
        '\n\nDetails: The properties are "PValue", "TestStatistic" and All, or a list of them.\n\n'
        f"Examples:\n>> {name}[{example}]\n= {p}\n"
        f'>> Keys[{name}[{example}, All]]\n= {{"PValue", "TestStatistic"}}\n'
        f'Options: "AlternativeHypothesis":\n>> 0 <= {name}[{example}, AlternativeHypothesis -> "Less"] <= 1\n= True\n'
        f"Possible issues:\n>> {name}[x]\nmessage: {name}::rctnln\n= {name}[x]\n"
        f'>> {name}[{example}, "Size"]\nmessage: {name}::prop\n= {name}[{example}, "Size"]\n'
        f">> {name}[{example}, AlternativeHypothesis -> 2]\nmessage: {name}::althyp\n= {name}[{example}, AlternativeHypothesis -> 2]\n"
    )
    builtin(name, category="Statistics", messages=MESSAGES, options={"AlternativeHypothesis": "Unequal"})(function)


def asks(term: Term) -> bool:
    """Tells whether an argument asks for properties."""
    items = elements(as_list(term)) if is_array(term) else (term,)
    return len(items) > 0 and all(type(item) is str or getattr(item, "name", "") == "All" for item in items)


def property_of(name: Term, values: dict[str, float]) -> Term:
    if is_array(name):
        return list_of(*(property_of(item, values) for item in elements(name)))
    if type(name) is not str:
        return Association([(key, exact_ends(np.asarray(value))) for key, value in values.items()])
    if name not in values:
        raise Message("prop", name, ", ".join((*PROPERTIES, "All")))
    return exact_ends(np.asarray(values[name]))


for _row in TABLE:
    declare(*_row)
