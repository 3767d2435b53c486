"""The points among which Nearest looks, and how it finds the nearest ones; declares nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from wlnet.builtins.numbers.numerical import (
    array_of,
    dimensions,
    is_array,
    machine_array,
    machine_real,
)
from wlnet.kernel import Kernel, Message
from wlnet.terms import (
    Expression,
    S,
    Term,
    elements,
    list_of,
    register,
    same,
    term_hash,
    to_list,
)

MESSAGES = {
    "data": "`1` is not a list of points, points -> values, or an association of points.",
    "count": "`1` is not a number of points, All, or {number, radius}.",
    "distance": "The distance `1` between `2` and `3` is not a real number; points of another kind need another "
    "DistanceFunction.",
    "property": 'The property `1` is not "Element", "Index", "Distance", "Value", or a list of these.',
}
#: Distance between vectors → the exponent of its norm, with which SciPy's trees search, or the name that its `cdist` knows.
OF_VECTORS: dict[Term, float | str] = {
    S.EuclideanDistance: 2.0, S.SquaredEuclideanDistance: 2.0, S.ManhattanDistance: 1.0, S.ChessboardDistance: np.inf,
    S.CosineDistance: "cosine", S.CorrelationDistance: "correlation",
}  # fmt: skip
#: Up to so many points, or from so many dimensions on, all distances are taken: a tree would not be faster.
FEW, HIGH = 64, 20
#: Points so little further away, for rounding, are looked at before the exact order decides.
ROOM = 1e-9


class Wanted(NamedTuple):
    """How many points are wanted (None: all that are equally near) within which distance."""

    number: float | None
    radius: float = np.inf


@dataclass(frozen=True, eq=False)
class NearestFunction:
    """Points, and what is given for each of them; call: the term that makes it again."""

    call: Expression
    points: tuple[Term, ...]
    values: tuple[Term, ...]
    properties: Term
    distance: Term
    rows: np.ndarray | None = field(repr=False)

    @cached_property
    def rank(self) -> int:
        """How deep a list one point is: 0 for numbers and texts."""
        return len(dimensions(self.points[0])) if self.points and is_array(self.points[0]) else 0

    @cached_property
    def tree(self) -> Any:
        from scipy.spatial import cKDTree

        return cKDTree(self.rows)

    def candidates(self, kernel: Kernel, x: Term, wanted: Wanted) -> tuple[np.ndarray, np.ndarray]:
        """Gives the indices of points among which the nearest are, and their distances."""
        place = vector(kernel, x) if self.rows is not None else None
        if place is None or self.rows is None or place.shape != self.rows.shape[1:]:
            return np.arange(len(self.points)), np.array([self.between(kernel, x, point) for point in self.points])
        kind = OF_VECTORS[self.distance]
        if isinstance(kind, str):
            from scipy.spatial.distance import cdist

            return np.arange(len(self.rows)), cdist(place[None], self.rows, kind)[0]
        chosen = self.near(place, wanted, kind)
        moved = self.rows[chosen] - place
        if self.distance is S.SquaredEuclideanDistance:
            return chosen, (moved**2).sum(axis=1)
        return chosen, np.linalg.norm(moved, kind, axis=1)

    def near(self, place: np.ndarray, wanted: Wanted, exponent: float) -> np.ndarray:
        """Gives the indices, going up, of at least the points wanted."""
        rows = self.rows
        assert rows is not None
        if len(rows) <= FEW or rows.shape[1] >= HIGH or wanted.number == np.inf:
            return np.arange(len(rows))
        count = min(int(wanted.number or 1), len(rows))
        furthest = np.atleast_1d(self.tree.query(place, count, p=exponent)[0])[-1]
        found = self.tree.query_ball_point(place, furthest * (1 + ROOM), p=exponent)
        return np.sort(np.asarray(found, int))

    def between(self, kernel: Kernel, x: Term, point: Term) -> float:
        found = kernel.evaluate(Expression(self.distance, (point, x)))
        value = machine_real(kernel, found)
        if value is None:
            raise Message("distance", found, point, x, text=MESSAGES["distance"])
        return value

    def find(self, kernel: Kernel, x: Term, wanted: Wanted) -> Term:
        """Gives what there is to give for the points nearest to x; raises Message."""
        if not self.points:
            return list_of()
        places, far = self.candidates(kernel, x, wanted)
        order = np.argsort(far, kind="stable")
        order = order[far[order] <= wanted.radius]
        if wanted.number is None:
            order = order[far[order] == far.min()]
        elif wanted.number < len(order):
            order = order[: int(wanted.number)]
        return to_list(self.given(kernel, x, int(place), self.properties) for place in places[order])

    def given(self, kernel: Kernel, x: Term, place: int, wanted: Term) -> Term:
        """Gives the value of a point, or the properties asked for."""
        if type(wanted) is str:
            return PROPERTIES[wanted](self, kernel, x, place)
        return to_list(self.given(kernel, x, place, each) for each in elements(wanted))


PROPERTIES: dict[str, Callable[[NearestFunction, Kernel, Term, int], Term]] = {
    "Element": lambda finder, kernel, x, place: finder.points[place],
    "Index": lambda finder, kernel, x, place: place + 1,
    "Value": lambda finder, kernel, x, place: finder.values[place],
    "Distance": lambda finder, kernel, x, place: kernel.evaluate(
        Expression(finder.distance, (finder.points[place], x))
    ),
}


def vector(kernel: Kernel, x: Term) -> np.ndarray | None:
    """Gives the machine numbers of a number or a vector, or None."""
    found = machine_array(kernel, x if is_array(x) else list_of(x))
    return found if found is not None and found.ndim == 1 and np.isfinite(found).all() else None


def rows_of(kernel: Kernel, points: tuple[Term, ...]) -> np.ndarray | None:
    """Gives points that are numbers, or vectors of one length, as the rows of a matrix; None for others."""
    array = array_of(to_list(points)) if points else None
    if array is None or array.ndim > 2:
        return None
    found = machine_array(kernel, to_list(points))
    if found is None or found.dtype.kind != "f" or not np.isfinite(found).all():
        return None
    return found.reshape(len(found), -1)


register(
    NearestFunction, S.NearestFunction, full_form=lambda finder: finder.call,
    text=lambda finder: f"NearestFunction[{len(finder.points)} points]",
    equal=lambda a, b: same(a.call, b.call), hash=lambda finder: term_hash(finder.call),
)  # fmt: skip
