"""Learning rate multipliers: which number an array gets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.training.nets import chained, layer, tied, two_layers
from wlnet.errors import NetError
from wlnet.nets import Net, Shared
from wlnet.nets.multipliers import multipliers_by_key
from wlnet.terms import NONE, S, expression, list_of, rule, symbol
from wlnet.training import SharedMultipliersWarning, array_multipliers

BLANK = expression(symbol("Blank"))


def of(net: Net, given: Any) -> list[float]:
    """Gives the multipliers of the arrays 1/Weights, 1/Biases, 3/Weights, 3/Biases."""
    return list(array_multipliers(net, given).values())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, [1, 1, 1, 1]),
        (S.Automatic, [1, 1, 1, 1]),
        (0.5, [0.5] * 4),
        (-2, [-2] * 4),
        (NONE, [0] * 4),
        ({1: 2}, [2, 2, 1, 1]),
        ({-1: 2}, [1, 1, 2, 2]),
        ({"3": None}, [1, 1, 0, 0]),
        ({("1", "Weights"): 3}, [3, 1, 1, 1]),
        ({(1, "Biases"): 3}, [1, 3, 1, 1]),
        ([(slice(1, 2), 4)], [4, 4, 1, 1]),
        ([(slice(2, -1), 4)], [1, 1, 4, 4]),
        ([([1, ("3", "Biases")], 5)], [5, 5, 1, 5]),
        ([(("_", "Biases"), 0)], [1, 0, 1, 0]),
        ([(1, 1), ("_", None)], [1, 1, 0, 0]),
        ([("_", 2), (1, 3)], [2, 2, 2, 2]),
        (rule(1, 2), [2, 2, 1, 1]),
        (list_of(rule(3, 0), rule(BLANK, 7)), [7, 7, 0, 0]),
        (list_of(rule(list_of(1, "Weights"), 2)), [2, 1, 1, 1]),
        (list_of(rule(expression(S.Span, 2, S.All), NONE)), [1, 1, 0, 0]),
        (list_of(rule(expression(S.Alternatives, 1, "3"), 6)), [6] * 4),
    ],
)
def test_rules(given: Any, expected: list[float]) -> None:
    assert of(two_layers(), given) == expected


def test_multipliers_of_containers_and_layers_multiply() -> None:
    inner = chained(layer("LinearLayer", 2, LearningRateMultipliers=3), layer("LinearLayer", 2), multiplier=rule(1, 5))
    net = chained(inner, layer("LinearLayer", 2), multiplier=rule(list_of(1, 1, "Biases"), 7))
    assert of(net, {1: 11}) == [3 * 5 * 11, 3 * 5 * 7 * 11, 11, 11, 1, 1]


def test_a_shared_array_has_the_multiplier_of_its_first_use() -> None:
    with pytest.warns(SharedMultipliersWarning, match=r'NetArray\["W"\].* 2 at .* 1 at '):
        found = multipliers_by_key(tied(), {1: 2})
    assert found[Shared("W")] == 2
    assert found["3", "Biases"] == 1
    assert of(tied(), [(Shared("W"), 4)]) == [4, 1, 4, 1]
    assert of(tied(), list_of(rule(expression(S.NetArray, "W"), 4))) == [4, 1, 4, 1]


def test_uses_that_agree_do_not_warn(recwarn: Any) -> None:
    multipliers_by_key(tied(), 0.5)
    assert not recwarn.list


@pytest.mark.parametrize(
    "given", [{"7": 2}, {9: 2}, {("1", "Slope"): 1}, "all", {1: "fast"}, {1: S.Automatic}, rule(S.x, 1)]
)
def test_rules_that_do_not_fit(given: Any) -> None:
    with pytest.raises(NetError):
        array_multipliers(two_layers(), given)


def test_a_layer_without_arrays_may_be_named() -> None:
    assert of(two_layers(), {2: 0}) == [1, 1, 1, 1]
    structure = replace(two_layers().structure, multiplier=None)
    assert of(Net(structure), {2: 0}) == [1, 1, 1, 1]
