"""Training as a user meets it: what ends it, what it tells, what it gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.training.nets import CASES, chained, classifier, data, layer, linear_net, two_layers
from wlnet.compute.threads import libraries, limited
from wlnet.data.datasets import dataset
from wlnet.errors import NetError
from wlnet.nets import Net
from wlnet.plans import evaluate
from wlnet.training import Progress, StoppingCriterion, Watcher, train
from wlnet.training.course import Patience


def iris(part: str) -> dict[str, Any]:
    inputs, labels = getattr(dataset("FisherIris"), part)()
    names = sorted(set(labels))
    return {"Input": inputs, "Output": np.array([names.index(label) + 1 for label in labels])}


def mean_loss(net: Net, given: dict[str, Any]) -> float:
    """The mean cross entropy of a net, from what it gives."""
    outputs, _ = evaluate(net, {"Input": given["Input"]}, len(given["Input"]))
    found = outputs["Output"][np.arange(len(given["Output"])), given["Output"] - 1]
    return float(-np.log(found).mean())


def test_iris() -> None:
    result = train(classifier(), iris("training"), rounds=150, learning_rate=0.01, validation=iris("test"))
    outputs, _ = evaluate(result.net, {"Input": iris("test")["Input"]}, 30)
    assert np.mean(outputs["Output"].argmax(1) + 1 == iris("test")["Output"]) > 0.9
    assert result.round_losses[-1] < 0.3 * result.round_losses[0]


def test_with_a_validation_set_the_best_round_is_given() -> None:
    result = train(classifier(), iris("training"), rounds=30, learning_rate=0.3, validation=iris("test"))
    assert len(result.validation_losses) == 30
    assert result.best_round == int(np.argmin(result.validation_losses)) + 1
    assert result.validation_loss == pytest.approx(mean_loss(result.net, iris("test")), rel=1e-4)


def test_a_fraction_is_held_out() -> None:
    result = train(linear_net(), data(10), rounds=2, validation=0.3)
    assert (result.training_examples, result.validation_examples, result.examples_processed) == (7, 3, 14)


@pytest.mark.parametrize("fraction", [0.0, 1.0, -1, 0.01, "half"])
def test_a_fraction_that_leaves_nothing(fraction: Any) -> None:
    with pytest.raises(NetError, match="ValidationSet"):
        train(linear_net(), data(10), rounds=1, validation=fraction)


def test_the_record_of_a_training() -> None:
    result = train(two_layers(), data(10), rounds=3, batch_size=4, learning_rate=0.02, multipliers={1: 2})
    assert result.reason_stopped == "MaxTrainingRounds"
    assert (result.total_rounds, result.total_batches, result.batches_per_round) == (3, 9, 3)
    assert (result.batch_size, result.examples_processed) == (4, 30)
    assert (result.initial_learning_rate, result.final_learning_rate) == (0.02, 0.02)
    assert result.optimization_method == "ADAM"
    assert result.multipliers["1", "Weights"] == 2
    sizes = np.array([4, 4, 2])
    by_round = np.reshape(result.batch_losses, (3, 3)) @ sizes / 10
    np.testing.assert_allclose(by_round, result.round_losses)
    assert result.warning == ""


def test_batch_sizes() -> None:
    assert train(linear_net(), data(10), rounds=1).batch_size == 10
    assert train(linear_net(), data(100), rounds=1).batch_size == 64
    make, examples = CASES["reader"]
    assert train(make(), {k: [*v] * 4 for k, v in examples().items()}, rounds=1).batch_size == 16


def test_a_time_goal_ends_the_training() -> None:
    result = train(linear_net(), data(4), time_goal=0.05)
    assert result.reason_stopped == "TimeGoal"
    assert result.total_batches > 0
    assert train(linear_net(), data(4), rounds=1, time_goal=60.0).reason_stopped == "MaxTrainingRounds"


def test_the_number_of_rounds_follows_from_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wlnet.training.planning.USUAL_TIME", 0.02)
    result = train(linear_net(), data(4))
    assert 1 <= result.total_rounds < 10_000
    monkeypatch.setattr("wlnet.training.planning.USUAL_TIME", 0.0)
    assert train(linear_net(), data(4)).total_rounds == 1


def test_an_interrupt_gives_the_net_so_far() -> None:
    def interrupt(progress: Progress) -> None:
        if progress.absolute_batch == 3:
            raise KeyboardInterrupt

    watchers = [Watcher(interrupt, unit="Batches")]
    stopped = train(linear_net(), data(6), rounds=100, batch_size=2, watchers=watchers)
    finished = train(linear_net(), data(6), rounds=1, batch_size=2)
    assert stopped.reason_stopped == "Interrupted"
    assert stopped.total_batches == 3
    for key, array in finished.net.store.items():
        np.testing.assert_array_equal(stopped.net.store[key], array)


def test_being_asked_to_stop() -> None:
    result = train(linear_net(), data(6), rounds=100, watchers=[Watcher(lambda _: "Enough", unit="Batches")])
    assert (result.reason_stopped, result.total_batches) == ("Enough", 1)
    result = train(linear_net(), data(6), rounds=100, watchers=[Watcher(lambda _: "Enough", 3)])
    assert (result.reason_stopped, result.total_rounds) == ("Enough", 3)


def test_progress() -> None:
    heard: list[Progress] = []
    nets: list[Net] = []

    def listen(progress: Progress) -> None:
        heard.append(progress)
        nets.append(progress.net())

    watchers = [Watcher(listen, unit="Batches", at_end=True)]
    result = train(two_layers(), data(6), rounds=2, batch_size=2, watchers=watchers)
    assert [(p.round, p.batch) for p in heard] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]
    assert [p.absolute_batch for p in heard] == [1, 2, 3, 4, 5, 6]
    assert all((p.rounds, p.batches) == (2, 3) for p in heard)
    assert all(p.examples_per_second > 0 and p.elapsed > 0 for p in heard)
    assert (heard[-1].remaining, heard[-1].fraction) == (0, 1)
    assert heard[-1].loss == pytest.approx(result.round_losses[-1])
    key = ("1", "Weights")
    assert not np.array_equal(nets[0].store[key], nets[-1].store[key])
    np.testing.assert_array_equal(nets[-1].store[key], result.net.store[key])
    with pytest.raises(ValueError, match="read-only"):
        nets[0].store[key][...] = 0


@pytest.mark.parametrize(
    ("watcher", "expected"),
    [
        ({}, [2, 4, 6, 8, 10]),
        ({"every": 2}, [4, 8]),
        ({"every": 2, "at_end": True}, [4, 8, 10]),
        ({"every": 3, "unit": "Batches"}, [3, 6, 9]),
        ({"every": 3, "unit": "Batches", "at_end": True}, [3, 6, 9, 10]),
        ({"every": 60, "unit": "Seconds"}, []),
        ({"every": 1, "unit": "Hours", "at_end": True}, [10]),
        ({"minimum": 60.0}, [2]),
        ({"minimum": 60.0, "at_end": True}, [2, 10]),
    ],
)
def test_when_watchers_are_told(watcher: Any, expected: list[int]) -> None:
    heard: list[int] = []
    watchers = [Watcher(lambda progress: heard.append(progress.absolute_batch), **watcher)]
    train(linear_net(), data(6), rounds=5, batch_size=3, watchers=watchers)
    assert heard == expected


@pytest.mark.parametrize("wrong", [{"every": 0}, {"unit": "Moons"}, {"minimum": -1}])
def test_intervals_that_do_not_fit(wrong: Any) -> None:
    with pytest.raises(NetError):
        Watcher(print, **wrong)


def test_numbers_that_are_not_finite_stop_the_training() -> None:
    method = ("SGD", {"Momentum": 0.0})
    result = train(two_layers(), data(6), rounds=1000, method=method, learning_rate=1e6)
    assert result.reason_stopped == "NotFinite"
    assert "layer" in result.warning
    assert "round" in result.warning
    assert all(np.isfinite(array).all() for array in result.net.store.values())
    assert all(np.isfinite(result.batch_losses))


def test_the_first_layer_that_is_not_finite_is_named() -> None:
    net = chained(layer("LinearLayer", 2), layer("LinearLayer", 2)).with_arrays(
        {("1", "Weights"): np.full((2, 3), 1e30), ("2", "Weights"): np.full((2, 2), 1e30)}
    )
    given = {"Input": np.ones((2, 3)), "Output": np.zeros((2, 2))}
    assert "layer {2} (LinearLayer)" in train(net, given, rounds=1).warning


def test_stopping_when_the_loss_no_longer_falls() -> None:
    result = train(linear_net(), data(6), rounds=500, multipliers=0, stopping=StoppingCriterion(patience=3))
    assert result.reason_stopped == "Criterion"
    assert result.total_rounds < 20


@pytest.mark.parametrize(
    ("criterion", "losses", "end"),
    [
        (StoppingCriterion(), [3, 2, 2], 3),
        (StoppingCriterion(patience=2), [3, 2, 2, 2, 2], 5),
        (StoppingCriterion(patience=2), [3, 2, 2, 2, 1, 1, 1, 1], 8),
        (StoppingCriterion(absolute_change=0.5), [3, 2.8], 2),
        (StoppingCriterion(relative_change=0.5), [3, 2], 2),
        (StoppingCriterion(sign=-1), [1, 2, 2], 3),
        (StoppingCriterion(initial_patience=4), [1, 1, 1, 1, 1], 5),
        (StoppingCriterion(), [1, float("nan")], 2),
    ],
)
def test_when_patience_ends(criterion: StoppingCriterion, losses: list[float], end: int) -> None:
    patience = Patience(criterion)
    assert next(number for number, loss in enumerate(losses, 1) if patience.is_over(loss)) == end


@pytest.mark.parametrize(
    "wrong",
    [
        {"rounds": 0},
        {"rounds": 1.5},
        {"batch_size": 0},
        {"time_goal": 0},
        {"precision": "Real16"},
        {"goal": "Speed"},
        {"measurements": "Beauty"},
        {"measurements": "Accuracy"},
        {"update_schedule": []},
    ],
)
def test_options_that_do_not_fit(wrong: Any) -> None:
    with pytest.raises(NetError):
        train(linear_net(), data(4), **{"rounds": 1, **wrong})


def test_small_nets_are_trained_on_one_thread() -> None:
    def threads() -> set[int]:
        return {library.get_num_threads() for library in libraries()}

    seen: list[set[int]] = []
    with limited(2):
        before = threads()
        train(linear_net(), data(6), rounds=1, watchers=[Watcher(lambda _: seen.append(threads()))])
        assert threads() == before
    assert seen == [{1}]


def test_training_goes_on_from_the_arrays_of_the_net() -> None:
    method = ("SGD", {"Momentum": 0.0})
    given = data(5)
    whole = train(two_layers(), given, rounds=4, method=method)
    half = train(two_layers(), given, rounds=2, method=method)
    rest = train(half.net, given, rounds=2, method=method)
    np.testing.assert_allclose((*half.round_losses, *rest.round_losses), whole.round_losses, rtol=1e-4)


def test_a_layer_alone() -> None:
    net = train(layer("LinearLayer", 2), data(5), rounds=2).net
    assert net.kind.name == "LinearLayer"
    assert net.structure.inputs["Input"].shape == (3,)
    assert set(net.store) == {("Weights",), ("Biases",)}


def test_sizes_that_only_the_targets_say() -> None:
    net = train(chained(layer("LinearLayer")), data(5), rounds=1).net
    assert net.structure.outputs["Output"].shape == (2,)


def test_random_layers_follow_the_seed() -> None:
    make = lambda: chained(  # noqa: E731
        layer("LongShortTermMemoryLayer", 4, Dropout=0.5), layer("SequenceLastLayer"), layer("LinearLayer", 2)
    )
    given = {"Input": np.ones((5, 3, 2)), "Output": data(5)["Output"]}
    losses = [train(make(), given, rounds=3, seed=seed).round_losses for seed in (1, 1, "one")]
    assert losses[0] == losses[1]
    assert losses[0] != losses[2]
    fixed = train(make(), given, rounds=3, multipliers=0).round_losses
    assert len(set(fixed)) > 1


def test_an_array_that_the_loss_does_not_use_stays() -> None:
    make, examples = CASES["branches"]
    given = examples()
    net = train(make(), given, rounds=1).net
    only = {name: given[name] for name in ("Input", "Output1")}
    trained = train(net, only, rounds=2, loss=("Output1", layer("MeanSquaredLossLayer"))).net
    assert np.array_equal(net.store["c", "Weights"], trained.store["c", "Weights"])
    assert not np.array_equal(net.store["b", "Weights"], trained.store["b", "Weights"])


def test_moving_statistics_are_those_of_the_batches() -> None:
    given = data(6)
    net = chained(layer("BatchNormalizationLayer", Momentum=0.9), layer("LinearLayer", 2))
    trained = train(net, given, rounds=1, multipliers=[((1, "Scaling"), 0)]).net
    np.testing.assert_allclose(trained.store["1", "MovingMean"], 0.1 * given["Input"].mean(0), rtol=1e-4, atol=1e-7)
