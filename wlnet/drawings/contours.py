"""Contours: the lines on which a table of heights has a value (marching squares)."""

from __future__ import annotations

import numpy as np

#: Case (which of the corners lower left, lower right, upper right, upper left are above) → pairs of sides that lines join.
#: Sides: 0 below, 1 right, 2 above, 3 left.
SIDES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 2), (0, 1)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 3), (1, 2)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip

Edge = tuple[int, int, int]


def contour(heights: np.ndarray, level: float) -> list[np.ndarray]:
    """Gives the lines, arrays (n, 2) of (column, row), on which heights (rows, columns) have a value."""
    above = heights > level
    case = above[:-1, :-1] * 1 + above[:-1, 1:] * 2 + above[1:, 1:] * 4 + above[1:, :-1] * 8
    known = np.isfinite(heights)
    whole = known[:-1, :-1] & known[:-1, 1:] & known[1:, 1:] & known[1:, :-1]
    neighbors: dict[Edge, list[Edge]] = {}
    for row, column in np.argwhere(whole & (case > 0) & (case < 15)).tolist():
        # Of an edge: its direction, and the corner that it starts from.
        edges = ((0, row, column), (1, row, column + 1), (0, row + 1, column), (1, row, column))
        for first, last in SIDES[int(case[row, column])]:
            neighbors.setdefault(edges[first], []).append(edges[last])
            neighbors.setdefault(edges[last], []).append(edges[first])
    return [np.array([crossing(heights, level, edge) for edge in chain]) for chain in chains(neighbors)]


def chains(neighbors: dict[Edge, list[Edge]]) -> list[list[Edge]]:
    """Gives the edges in the order of the lines through them, open lines from an end, closed ones back to the start."""
    left = dict(neighbors)
    found = []
    for start in sorted(neighbors, key=lambda edge: len(neighbors[edge])):
        if start not in left:
            continue
        chain = [start]
        while (following := next((edge for edge in left.pop(chain[-1]) if edge in left), None)) is not None:
            chain.append(following)
        if len(chain) > 2 and start in neighbors[chain[-1]]:
            chain.append(start)
        found.append(chain)
    return found


def crossing(heights: np.ndarray, level: float, edge: Edge) -> tuple[float, float]:
    """Gives where a line crosses an edge."""
    upright, row, column = edge
    first, last = heights[row, column], heights[row + upright, column + 1 - upright]
    share = float((level - first) / (last - first))
    return (column, row + share) if upright else (column + share, row)
