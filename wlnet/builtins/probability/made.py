"""Forms, in the manner of SciPy's, of distributions that have none there."""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

Function = Callable[[float], float | None]
HALVINGS, LARGEST, PLACES, MOST_PLACES = 100, 1e300, 9, 10**5
TINY = 1e-12


class Searched:
    """What follows for every distribution with a `cdf`: the other side of it, and quantiles by halving."""

    low: float
    high: float
    discrete: bool

    def cdf(self, x: Any) -> np.ndarray:
        raise NotImplementedError

    def sf(self, x: Any) -> np.ndarray:
        return 1 - self.cdf(x)

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def ppf(self, q: Any) -> np.ndarray:
        """Gives the smallest numbers whose cumulative probabilities are q or more; NaN outside 0 to 1."""
        shares = np.asarray(q, np.float64)
        low = self._moved(lambda x: self.cdf(x) > shares, max(self.low, -1.0), -1.0, shares)
        high = self._moved(lambda x: self.cdf(x) < shares, min(self.high, 1.0), 1.0, shares)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            below = self.cdf(middle) < shares - TINY * self.discrete
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found = np.round(high, PLACES) if self.discrete else high
        found = np.where(shares <= 0, self.low, np.where(shares >= 1, self.high, found))
        return np.where((shares >= 0) & (shares <= 1), found, np.nan)

    def _moved(self, is_short: Callable[[Any], np.ndarray], start: float, way: float, shares: np.ndarray) -> np.ndarray:
        """Gives ends moved further out, twice as far each time, until none is short."""
        ends = np.full(shares.shape, start)
        while (
            abs(way) < LARGEST and (short := is_short(ends) & (ends > self.low if way < 0 else ends < self.high)).any()
        ):
            way *= 2
            ends = np.where(short, np.clip(way, self.low, self.high), ends)
        return ends


@dataclass(frozen=True)
class Density:
    """A density, as SciPy's generators of random numbers take it."""

    function: Function

    def pdf(self, x: float) -> float:
        return float(self.function(x) or 0.0)


@dataclass(frozen=True)
class Made(Searched):
    """A distribution of numbers from `low` to `high`: what is not given is integrated, or searched for."""

    density: Function
    cumulative: Function | None
    inverse: Function | None
    low: float
    high: float
    discrete: bool

    def pdf(self, x: Any) -> np.ndarray:
        return each(self.density, x)

    def cdf(self, x: Any) -> np.ndarray:
        if self.cumulative is not None:
            return each(self.cumulative, x)
        return self._summed(x) if self.discrete else self._integrated(np.asarray(x, np.float64))

    def ppf(self, q: Any) -> np.ndarray:
        if self.inverse is not None:
            return each(self.inverse, q)
        if self.cumulative is not None:
            return super().ppf(q)
        return self._place(np.asarray(q)) if self.discrete else self._interpolated(q)

    def _integrated(self, x: np.ndarray) -> np.ndarray:
        """Gives integrals of the density, each number's from the one before it in size."""
        found, last, total = np.empty(x.size), self.low, 0.0
        for place in np.argsort(x.ravel()):
            end = min(max(float(x.ravel()[place]), self.low), self.high)
            total += integral(self.density, last, end) if end > last else 0.0
            found[place], last = total, max(end, last)
        return found.reshape(x.shape)

    @cached_property
    def _table(self) -> tuple[np.ndarray, np.ndarray]:
        """All places of a discrete distribution up to where nothing is left, and their cumulative probabilities."""
        places: list[int] = []
        shares: list[float] = []
        place, total = math.ceil(self.low), 0.0
        while place <= self.high and total < 1 - TINY and len(places) < MOST_PLACES:
            places.append(place)
            shares.append(float(self.density(place) or 0.0))
            total += shares[-1]
            place += 1
        return np.array(places, np.float64), np.cumsum(shares)

    def _summed(self, x: Any) -> np.ndarray:
        places, sums = self._table
        return np.concatenate([[0.0], sums])[np.searchsorted(places, x, side="right")]

    def _place(self, q: np.ndarray) -> np.ndarray:
        places, sums = self._table
        return places[np.minimum(np.searchsorted(sums + TINY, q), len(places) - 1)]

    def _interpolated(self, q: Any) -> np.ndarray:
        """Gives quantiles by the polynomials that SciPy lays through those of a density; by halving where it cannot."""
        from scipy.stats.sampling import NumericalInversePolynomial, UNURANError

        try:
            inverse = NumericalInversePolynomial(Density(self.density), domain=(self.low, self.high), u_resolution=1e-9)
        except UNURANError:
            return super().ppf(q)
        return np.asarray(inverse.ppf(q))


class Mixture(Searched):
    """A mixture of forms with weights."""

    def __init__(self, weights: np.ndarray, forms: list[Any]) -> None:
        self.weights, self.forms = weights / weights.sum(), forms
        ends = np.array([form.support() for form in forms], np.float64)
        self.low, self.high = float(ends[:, 0].min()), float(ends[:, 1].max())
        self.discrete = is_discrete(forms[0])

    def pdf(self, x: Any) -> np.ndarray:
        return self._mean([density_of(form)(x) for form in self.forms])

    def cdf(self, x: Any) -> np.ndarray:
        return self._mean([form.cdf(x) for form in self.forms])

    def _mean(self, values: list[Any]) -> np.ndarray:
        return np.tensordot(self.weights, np.asarray(values, np.float64), axes=1)


class Truncated(Searched):
    """What a form has from `low` to `high`; of whole numbers, above `low`."""

    def __init__(self, form: Any, low: float, high: float) -> None:
        self.form, self.least, self.discrete = form, low, is_discrete(form)
        ends = form.support()
        self.low, self.high = max(low, float(ends[0])), min(high, float(ends[1]))
        self.below, self.share = float(form.cdf(low)), float(form.cdf(high) - form.cdf(low))

    def pdf(self, x: Any) -> np.ndarray:
        x = np.asarray(x)
        inside = (x > self.least if self.discrete else x >= self.least) & (x <= self.high)
        return np.where(inside, density_of(self.form)(x), 0.0) / self.share

    def cdf(self, x: Any) -> np.ndarray:
        return np.clip((self.form.cdf(x) - self.below) / self.share, 0.0, 1.0)

    def ppf(self, q: Any) -> np.ndarray:
        return np.asarray(self.form.ppf(self.below + np.asarray(q) * self.share))


class Ordered(Searched):
    """The k-th smallest of n values of a form."""

    discrete = False

    def __init__(self, form: Any, n: int, k: int) -> None:
        from scipy.stats import beta

        self.form, self.shares = form, beta(k, n - k + 1)
        self.low, self.high = (float(end) for end in form.support())

    def pdf(self, x: Any) -> np.ndarray:
        return np.asarray(self.shares.pdf(self.form.cdf(x)) * self.form.pdf(x))

    def cdf(self, x: Any) -> np.ndarray:
        return np.asarray(self.shares.cdf(self.form.cdf(x)))

    def ppf(self, q: Any) -> np.ndarray:
        return np.asarray(self.form.ppf(self.shares.ppf(q)))


class Points(Searched):
    """Single numbers with weights."""

    discrete = True

    def __init__(self, weights: np.ndarray, places: np.ndarray) -> None:
        self.places, where = np.unique(places, return_inverse=True)
        self.shares = np.bincount(where, weights) / weights.sum()
        self.low, self.high = float(self.places[0]), float(self.places[-1])

    def pdf(self, x: Any) -> np.ndarray:
        place = np.minimum(np.searchsorted(self.places, x), len(self.places) - 1)
        return np.where(self.places[place] == x, self.shares[place], 0.0)

    def cdf(self, x: Any) -> np.ndarray:
        return np.concatenate([[0.0], np.cumsum(self.shares)])[np.searchsorted(self.places, x, side="right")]

    def ppf(self, q: Any) -> np.ndarray:
        q = np.asarray(q, np.float64)
        place = np.minimum(np.searchsorted(np.cumsum(self.shares), q - TINY), len(self.places) - 1)
        return np.where((q >= 0) & (q <= 1), self.places[place], np.nan)


def is_discrete(form: Any) -> bool:
    return form.discrete if isinstance(form, Searched) else hasattr(form.dist, "pmf")


def density_of(form: Any) -> Callable[[Any], Any]:
    """Gives the function of a form's density, of the probabilities where it is discrete."""
    return form.pdf if isinstance(form, Searched) or not hasattr(form.dist, "pmf") else form.pmf


def each(function: Function, x: Any) -> np.ndarray:
    """Gives the values of a function at each number of an array; NaN where it has none."""
    array = np.asarray(x, np.float64)
    values = [function(item) for item in array.ravel().tolist()]
    return np.array([math.nan if value is None else value for value in values], np.float64).reshape(array.shape)


def integral(function: Function, low: float, high: float, points: tuple[float, ...] = ()) -> float:
    """Gives the integral of a real function, in pieces between the points."""
    from scipy.integrate import quad

    bounds = [low, *sorted(point for point in set(points) if low < point < high), high]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pieces = [quad(lambda x: function(x) or 0.0, a, b, limit=200)[0] for a, b in itertools.pairwise(bounds)]
    return float(sum(pieces))
