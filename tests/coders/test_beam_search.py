"""The beam search over labelings against a sum over all paths."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest

from wlnet.coders.families.ctc import beam_search


def labelings(array: np.ndarray) -> dict[tuple[int, ...], float]:
    """Gives the probability of every labeling: the sum over all paths that collapse to it."""
    steps, symbols = array.shape
    found: dict[tuple[int, ...], float] = defaultdict(float)
    for path in itertools.product(range(symbols), repeat=steps):
        collapsed = tuple(label for label, _ in itertools.groupby(path) if label != symbols - 1)
        found[collapsed] += float(np.prod(array[np.arange(steps), path]))
    return found


@pytest.mark.parametrize(("steps", "symbols"), [(1, 2), (3, 2), (4, 3), (5, 4), (6, 3)])
def test_with_enough_room_all_probabilities_are_exact(steps: int, symbols: int) -> None:
    array = np.random.default_rng(steps).dirichlet(np.ones(symbols), size=steps)
    found = beam_search(np.log(array), 10_000)
    expected = labelings(array)
    assert {prefix for prefix, _ in found} == set(expected)
    assert [total for _, total in found] == sorted((total for _, total in found), reverse=True)
    for prefix, total in found:
        assert np.exp(total) == pytest.approx(expected[prefix], rel=1e-9)


def test_a_narrow_beam_finds_what_is_clear() -> None:
    array = np.full((8, 4), 0.02)
    for step, label in enumerate([0, 0, 3, 0, 1, 1, 3, 2]):
        array[step, label] = 0.94
    for size in (1, 3, 100):
        assert beam_search(np.log(array), size)[0][0] == (0, 0, 1, 2)


def test_impossible_labels_are_left_out() -> None:
    with np.errstate(divide="ignore"):
        found = beam_search(np.log(np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])), 10)
    assert found == [((0,), pytest.approx(0.0))]
