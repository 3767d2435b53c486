"""Functions through given points: what Interpolation and NDSolve give; declares nothing.

On a grid of any number of dimensions, each direction has weights of its own: of the polynomial through the nearest
points ("Local"), or of a spline ("Spline"). Where slopes are known, in one dimension, pieces of polynomials take these up
("Hermite").
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from math import factorial
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import array_of
from wlnet.terms import S, Term, elements, expression, list_of, pack, register, same, to_list

#: Indices of points (query, point) and their weights.
Weights = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Interpolant:
    """Values (grid…, parts of a value…) on a grid, and the derivative that is meant in each direction.

    slopes: for "Hermite", the value and its derivatives at each point, (point, derivative).
    """

    grids: tuple[np.ndarray, ...]
    values: np.ndarray
    orders: tuple[int, ...]
    method: str = "Local"
    derivatives: tuple[int, ...] = ()
    slopes: np.ndarray | None = field(default=None)

    @property
    def dimension(self) -> int:
        return len(self.grids)

    @cached_property
    def domain(self) -> Term:
        return pack(np.array([[grid[0], grid[-1]] for grid in self.grids]))

    def derivative(self, orders: tuple[int, ...]) -> Interpolant:
        """Gives the derivative, so many times in each direction."""
        before = self.derivatives or (0,) * self.dimension
        return replace(self, derivatives=tuple(a + b for a, b in zip(before, orders, strict=True)))

    def contains(self, places: np.ndarray) -> np.ndarray:
        """Tells which places (query, direction) lie in the domain, but for rounding."""
        room = [1e-12 * max(abs(grid[0]), abs(grid[-1])) for grid in self.grids]
        inside = [
            (places[:, n] >= grid[0] - room[n]) & (places[:, n] <= grid[-1] + room[n])
            for n, grid in enumerate(self.grids)
        ]
        return np.all(inside, axis=0)

    def __call__(self, places: np.ndarray) -> np.ndarray:
        """Gives the values (query, parts of a value…) at places (query, direction)."""
        derivatives = self.derivatives or (0,) * self.dimension
        if self.slopes is not None:
            return self.pieces(places[:, 0], derivatives[0])
        find = spline_weights if self.method == "Spline" else local_weights
        found = [
            find(grid, order, places[:, n], derivatives[n])
            for n, (grid, order) in enumerate(zip(self.grids, self.orders, strict=True))
        ]
        indices = tuple(
            index.reshape(len(places), *(index.shape[1] if other == n else 1 for other in range(self.dimension)))
            for n, (index, _) in enumerate(found)
        )
        values = self.values[indices]
        for _, weights in found:
            values = np.einsum("mp...,mp->m...", values, weights)
        return values

    @cached_property
    def pieces(self) -> Any:
        from scipy.interpolate import BPoly, PPoly

        assert self.slopes is not None
        return PPoly.from_bernstein_basis(BPoly.from_derivatives(self.grids[0], self.slopes))


def local_weights(grid: np.ndarray, order: int, places: np.ndarray, derivative: int) -> Weights:
    """Gives the weights of the polynomials through the order + 1 points around each place."""
    last = len(grid) - 1
    if order == 0:  # the value of the point to the right
        index = np.clip(np.searchsorted(grid, places, "left"), min(1, last), last)[:, None]
        return index, np.full(index.shape, 0.0 if derivative else 1.0)
    step = np.clip(np.searchsorted(grid, places, "right") - 1, 0, last - 1)
    first = np.clip(step - (order - 1) // 2, 0, last - order)
    index = first[:, None] + np.arange(order + 1)
    size = grid[first + order] - grid[first]
    nodes = (grid[index] - places[:, None]) / size[:, None]
    powers = nodes[:, None, :] ** np.arange(order + 1)[:, None]
    wanted = np.zeros((len(places), order + 1, 1))
    if derivative <= order:
        wanted[:, derivative, 0] = factorial(derivative) / size**derivative
    return index, np.linalg.solve(powers, wanted)[:, :, 0]


def spline_weights(grid: np.ndarray, order: int, places: np.ndarray, derivative: int) -> Weights:
    """Gives the weights of all points for the spline through them."""
    from scipy.interpolate import make_interp_spline

    spline = make_interp_spline(grid, np.eye(len(grid)), k=order)
    weights = spline(places, nu=derivative) if derivative <= order else np.zeros((len(places), len(grid)))
    return np.broadcast_to(np.arange(len(grid)), weights.shape), weights


def full_form(made: Interpolant) -> Term:
    """Gives the call that makes an interpolant again."""
    return expression(
        "InterpolatingFunction",
        made.domain,
        list_of(*(pack(grid) for grid in made.grids)),
        pack(made.values if made.slopes is None else made.slopes),
        to_list(made.orders),
        made.method,
        to_list(made.derivatives or (0,) * made.dimension),
    )


def from_terms(grids: Term, values: Term, orders: Term, method: Term, derivatives: Term) -> Interpolant | None:
    """Gives the interpolant that the arguments of its full form describe, or None."""
    lists, data = [machine_numbers(grid) for grid in elements(grids)], machine_numbers(values)
    degrees, times = elements(orders), elements(derivatives)
    if data is None or type(method) is not str or method not in ("Local", "Spline", "Hermite"):
        return None
    if not len(lists) == len(degrees) == len(times) > 0:
        return None
    chosen = tuple(grid for grid in lists if grid is not None and is_grid(grid))
    sizes = tuple(map(len, chosen))
    if data.shape[: len(lists)] != sizes or any(type(n) is not int or n < 0 for n in (*degrees, *times)):
        return None
    if method == "Hermite":
        is_fit = data.ndim == 2 and len(sizes) == 1
        return Interpolant(chosen, data[:, 0], degrees, method, times, data) if is_fit else None
    if any(order >= size for order, size in zip(degrees, sizes, strict=True)):
        return None
    return Interpolant(chosen, data, degrees, method, times)


def is_grid(grid: np.ndarray) -> bool:
    """Tells whether places go up, at least two of them."""
    return grid.ndim == 1 and len(grid) > 1 and grid.dtype.kind != "c" and bool((np.diff(grid) > 0).all())


def machine_numbers(term: Term) -> np.ndarray | None:
    """Gives the floats, or complex numbers, of a rectangular list of explicit numbers, or None."""
    found = array_of(term)
    if found is None:
        return None
    try:
        return found.astype(np.complex128 if found.dtype.kind == "c" else np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def shown(made: Interpolant) -> str:
    ends = ", ".join(f"{{{low:.6g}, {high:.6g}}}" for low, high in np.asarray(made.domain).tolist())
    return f"InterpolatingFunction[{{{ends}}}, <>]"


register(
    Interpolant, S.InterpolatingFunction, full_form=full_form, text=shown,
    equal=lambda a, b: same(full_form(a), full_form(b)),
    hash=lambda made: hash((made.values.tobytes(), made.derivatives, made.orders)),
)  # fmt: skip
