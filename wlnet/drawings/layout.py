"""Places for the nodes of a layered graph, in the four steps of Sugiyama, Tagawa and Toda (1981).

Ranks by the longest path, few crossings by sweeps of barycenters, straight lines by least squares. Positions are along
the rank (`across`) and from rank to rank (`down`); whoever draws sideways exchanges the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple, TypeAlias

Name: TypeAlias = str | tuple[str, str, int]
"""A node's name, or (source, target, rank) of the bend where an arrow passes a rank."""

SWEEPS = 8
#: How much more a bend keeps to its neighbors than a node, so that long arrows are straight.
BEND_WEIGHT = 8.0


class Place(NamedTuple):
    """The middle of a node along the rank, its upper edge, and its sizes."""

    across: float
    down: float
    width: float
    height: float


class Layout(NamedTuple):
    """places: node → place. paths: (source, target) → points from the lower edge of one to the upper edge of the other.
    width, height: of all nodes together. ranks: the names in each rank, bends included, in order.
    """

    places: dict[str, Place]
    paths: dict[tuple[str, str], list[tuple[float, float]]]
    width: float
    height: float
    ranks: list[list[Name]]


def lay_out(
    sizes: Mapping[str, tuple[float, float]],
    arrows: Sequence[tuple[str, str]],
    *,
    between: float,
    below: float,
    bend: float = 1.0,
) -> Layout:
    """Gives a place for each node; sizes: node → (width, height); between, below: gaps in a rank and from rank to rank.

    bend: the width that an arrow takes where it passes a rank.
    """
    pairs = list(dict.fromkeys((source, target) for source, target in arrows))
    rank = ranks_of(list(sizes), pairs)
    order, edges = with_bends(rank, pairs)
    order = sorted_ranks(order, edges)
    wide = {name: sizes[name][0] if isinstance(name, str) else bend for row in order for name in row}
    across = positions(order, edges, wide, between)
    tall = [max((sizes[name][1] for name in row if isinstance(name, str)), default=0.0) for row in order]
    top = [sum(tall[:i]) + below * i for i in range(len(order))]
    places = {
        name: Place(across[name], top[i], *sizes[name])
        for i, row in enumerate(order) for name in row if isinstance(name, str)
    }  # fmt: skip
    paths = {}
    for source, target in pairs:
        start, end = places[source], places[target]
        points = [(start.across, start.down + start.height)]
        for i in range(rank[source] + 1, rank[target]):
            x = across[source, target, i]
            points += [(x, top[i]), (x, top[i] + tall[i])]
        paths[source, target] = [*points, (end.across, end.down)]
    width = max((place.across + place.width / 2 for place in places.values()), default=0.0)
    width = max([width, *(x for points in paths.values() for x, _ in points)])
    return Layout(places, paths, width, top[-1] + tall[-1] if order else 0.0, order)


def ranks_of(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Gives the rank of each node: below all that point at it; one that nothing points at, just above its first target."""
    sources: dict[str, list[str]] = {name: [] for name in names}
    targets: dict[str, list[str]] = {name: [] for name in names}
    for source, target in pairs:
        sources[target].append(source)
        targets[source].append(target)
    waiting = {name: len(sources[name]) for name in names}
    ready = [name for name in names if not waiting[name]]
    rank: dict[str, int] = {}
    for name in ready:
        rank[name] = 1 + max((rank[source] for source in sources[name]), default=-1)
        for target in targets[name]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for name in names:
        if not sources[name] and targets[name]:
            rank[name] = min(rank[target] for target in targets[name]) - 1
    return rank


def with_bends(
    rank: Mapping[str, int], pairs: Sequence[tuple[str, str]]
) -> tuple[list[list[Name]], list[tuple[Name, Name]]]:
    """Gives the names in each rank and the edges from rank to rank, with a bend in every rank that an arrow passes."""
    order: list[list[Name]] = [[] for _ in range(1 + max(rank.values(), default=-1))]
    for name, i in rank.items():
        order[i].append(name)
    edges: list[tuple[Name, Name]] = []
    for source, target in pairs:
        last: Name = source
        for i in range(rank[source] + 1, rank[target]):
            bend = (source, target, i)
            order[i].append(bend)
            edges.append((last, bend))
            last = bend
        edges.append((last, target))
    return order, edges


Neighbors: TypeAlias = dict[Name, list[Name]]


def neighbors(order: Sequence[Sequence[Name]], edges: Sequence[tuple[Name, Name]]) -> tuple[Neighbors, Neighbors]:
    """Gives for each name those above and those below it."""
    above: Neighbors = {name: [] for row in order for name in row}
    below: Neighbors = {name: [] for row in order for name in row}
    for upper, lower in edges:
        above[lower].append(upper)
        below[upper].append(lower)
    return above, below


def sorted_ranks(order: list[list[Name]], edges: Sequence[tuple[Name, Name]]) -> list[list[Name]]:
    """Gives each rank in an order with few crossings."""
    above, below = neighbors(order, edges)
    best, fewest = order, crossings(order, below)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        order = [list(row) for row in order]
        side = above if down else below
        rows = range(1, len(order)) if down else range(len(order) - 2, -1, -1)
        for i in rows:
            at = {name: place for place, name in enumerate(order[i - 1 if down else i + 1])}
            here = {name: place for place, name in enumerate(order[i])}
            order[i].sort(key=lambda name: mean([at[n] for n in side[name]], here[name]))
        count = crossings(order, below)
        if count < fewest:
            best, fewest = order, count
    return best


def mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default


def crossings(order: Sequence[Sequence[Name]], below: Neighbors) -> int:
    """Counts the pairs of edges that cross."""
    count = 0
    for upper, lower in pairwise(order):
        at = {name: place for place, name in enumerate(lower)}
        ends: list[int] = []
        for name in upper:
            mine = sorted(at[target] for target in below[name])
            count += sum(end > target for target in mine for end in ends)
            ends += mine
    return count


def positions(
    order: Sequence[Sequence[Name]], edges: Sequence[tuple[Name, Name]], wide: Mapping[Name, float], between: float
) -> dict[Name, float]:
    """Gives the middle of each name along its rank, near the middles of its neighbors, the leftmost edge at 0."""
    above, below = neighbors(order, edges)
    near = {name: above[name] + below[name] for row in order for name in row}
    across: dict[Name, float] = {}
    gaps: dict[tuple[Name, Name], float] = {}
    for row in order:
        gaps.update(((a, b), (wide[a] + wide[b]) / 2 + between) for a, b in pairwise(row))
        offsets = [0.0, *accumulate(gaps[pair] for pair in pairwise(row))]
        across.update((name, x - offsets[-1] / 2) for name, x in zip(row, offsets, strict=False))
    for sweep in range(4 * SWEEPS):
        side = near if sweep >= SWEEPS else below if sweep % 2 else above
        for row in order[::-1] if sweep % 2 else order:
            wanted = [mean([across[n] for n in side[name]], across[name]) for name in row]
            offsets = [0.0, *accumulate(gaps[pair] for pair in pairwise(row))]
            weights = [1.0 if isinstance(name, str) else BEND_WEIGHT for name in row]
            found = increasing([w - o for w, o in zip(wanted, offsets, strict=False)], weights)
            across.update((name, f + o) for name, f, o in zip(row, found, offsets, strict=False))
    straighten(order, above, below, gaps, across)
    left = min((across[name] - wide[name] / 2 for name in across), default=0.0)
    return {name: x - left for name, x in across.items()}


def straighten(
    order: Sequence[Sequence[Name]],
    above: Neighbors,
    below: Neighbors,
    gaps: Mapping[tuple[Name, Name], float],
    across: dict[Name, float],
) -> None:
    """Puts what follows one another without a fork on one line, where what stands beside it leaves the room."""
    left = {b: (a, gap) for (a, b), gap in gaps.items()}
    right = {a: (b, gap) for (a, b), gap in gaps.items()}
    runs = list(runs_of(order, above, below))
    for _ in range(SWEEPS):
        for run in runs:
            low = max((across[left[name][0]] + left[name][1] for name in run if name in left), default=-inf)
            high = min((across[right[name][0]] - right[name][1] for name in run if name in right), default=inf)
            around = [across[name] for name in (*above[run[0]], *below[run[-1]])]
            wanted = mean(around, mean([across[name] for name in run], 0.0))
            if low <= high:
                across.update(dict.fromkeys(run, min(max(wanted, low), high)))


def runs_of(order: Sequence[Sequence[Name]], above: Neighbors, below: Neighbors) -> Iterator[list[Name]]:
    """Gives the names in lists that follow one another: each the only one below the one before, and that its only one."""
    for row in order:
        for name in row:
            if len(above[name]) == 1 and len(below[above[name][0]]) == 1:
                continue
            run = [name]
            while len(below[run[-1]]) == 1 and len(above[below[run[-1]][0]]) == 1:
                run.append(below[run[-1]][0])
            yield run


def increasing(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Gives the numbers nearest to the values, in weighted squares, that never decrease (pooling adjacent violators)."""
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        block = (value, weight, 1)
        while blocks and blocks[-1][0] >= block[0]:
            other = blocks.pop()
            total = other[1] + block[1]
            block = ((other[0] * other[1] + block[0] * block[1]) / total, total, other[2] + block[2])
        blocks.append(block)
    return [value for value, _, count in blocks for _ in range(count)]
