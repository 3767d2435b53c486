"""Update schedules: which arrays change in which step."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.training.nets import data, linear_net, normalized, tied, two_layers
from wlnet.errors import NetError
from wlnet.nets import Net, Shared
from wlnet.terms import expression, list_of, rule, symbol
from wlnet.training import Progress, Watcher, train

BLANK = expression(symbol("Blank"))


def changes(net: Net, examples: dict[str, Any], schedule: Any, steps: int) -> list[set[Any]]:
    """Gives the keys of the arrays that each step changed."""
    before = dict(net.store.items())
    found = []

    def look(progress: Progress) -> None:
        now = progress.net().store
        found.append({key for key in now if not np.array_equal(now[key], before[key])})
        before.update(now)

    method = ("SGD", {"Momentum": 0.0})
    watchers = [Watcher(look, unit="Batches")]
    train(net, examples, rounds=steps, method=method, learning_rate=0.1, update_schedule=schedule, watchers=watchers)
    return found


def ready(net: Net, examples: dict[str, Any]) -> Net:
    return train(net, examples, rounds=1).net


W1, B1, W3, B3 = ("1", "Weights"), ("1", "Biases"), ("3", "Weights"), ("3", "Biases")


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (None, [{W1, B1, W3, B3}] * 2),
        ([1, 3], [{W1, B1}, {W3, B3}, {W1, B1}]),
        ([{1: 2}, ("3", "Weights")], [{W1, B1}, {W1, B1}, {W3}, {W1, B1}]),
        ([[("1", "Weights"), ("3", "Biases")]], [{W1, B3}] * 2),
        ([slice(2, 3), 1], [{W3, B3}, {W1, B1}]),
        (["_", -1], [{W1, B1, W3, B3}, {W3, B3}]),
        (list_of(list_of(1, 3), rule(BLANK, 1)), [{W1, B1, W3, B3}] * 2),
        (list_of(rule(expression("Alternatives", 1, list_of(3, "Biases")), 2)), [{W1, B1, B3}] * 3),
        (list_of(expression("Span", 1, 2), 3), [{W1, B1}, {W3, B3}]),
    ],
)
def test_groups_take_turns(schedule: Any, expected: list[set[Any]]) -> None:
    examples = data(5)
    assert changes(ready(two_layers(), examples), examples, schedule, len(expected)) == expected


def test_a_shared_array_has_one_schedule() -> None:
    examples = data(5, outputs=3)
    found = changes(ready(tied(), examples), examples, [1, ("3", "Biases")], 3)
    assert found == [{Shared("W"), B1}, {B3}, {Shared("W"), B1}]


def test_moving_statistics_follow_their_layer() -> None:
    examples = data(5)
    found = changes(ready(normalized(), examples), examples, [1, 2], 2)
    assert not any(key[0] == "2" for key in found[0])
    assert ("2", "MovingMean") in found[1]


def test_a_group_of_everything_changes_nothing() -> None:
    examples = data(5)
    for method in ("ADAM", "RMSProp"):
        plain, scheduled = (
            train(two_layers(), examples, rounds=4, method=method, update_schedule=given).net for given in (None, ["_"])
        )
        for key, array in plain.store.items():
            np.testing.assert_array_equal(array, scheduled.store[key])


def test_each_group_has_steps_of_its_own() -> None:
    """Adam corrects its means by the number of steps of the array: two turns of one each are like two steps."""
    examples = data(5)
    net = ready(linear_net(), examples)
    alone = train(net, examples, rounds=2, multipliers=[(("1", "Biases"), 0)]).net
    turns = train(net, examples, rounds=3, update_schedule=[("1", "Weights"), {("1", "Biases"): 1}]).net
    first = train(net, examples, rounds=1, update_schedule=[("1", "Weights")]).net
    size = [np.abs(made.store[W1] - net.store[W1]).max() for made in (first, alone, turns)]
    assert size[0] == pytest.approx(0.001, rel=0.01)
    assert size[2] == pytest.approx(size[1], rel=0.1)


@pytest.mark.parametrize(
    "wrong", [[], "1", ["nowhere"], [{1: 0}], [9], 3, list_of(rule(1, symbol("x"))), list_of(expression("f", 1))]
)
def test_what_is_no_schedule(wrong: Any) -> None:
    with pytest.raises(NetError):
        train(two_layers(), data(5), rounds=1, update_schedule=wrong)


def test_training_by_turns_makes_the_loss_smaller() -> None:
    losses = train(two_layers(), data(20), rounds=200, learning_rate=0.01, update_schedule=[1, 3]).round_losses
    assert losses[-1] < 0.9 * losses[0]
