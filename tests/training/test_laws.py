"""Laws of training, over nets of every shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from autograd import grad

from tests.training.nets import CASES, chained, data, layer, normalized, reader, sequences, tied
from wlnet.compute import threads
from wlnet.compute.tape import TapeOps, anp
from wlnet.nets import Net, Shared
from wlnet.plans import execute, shares
from wlnet.training import Data, train
from wlnet.training.method import read_method
from wlnet.training.net_train import prepared
from wlnet.training.slabs import Treatment
from wlnet.training.state import TrainingState

EVERY = pytest.mark.parametrize(("make", "examples"), CASES.values(), ids=list(CASES))


def arrays_of(net: Net) -> dict[Any, np.ndarray]:
    return {key: net.store[key] for key in net.positions}


def state_of(net: Net, given: dict[str, Any], dtype: Any = np.float64, method: Any = ("SGD", {"Momentum": 0})) -> Any:
    """A state with plain steps of size 1: what an array loses is its gradient."""
    examples = Data(given, dtype)
    training = prepared(net, None, [examples], 1)
    treatments = dict.fromkeys(training.net.positions, Treatment())
    return TrainingState(training, read_method(method, 1.0), treatments, 1, dtype), examples


@EVERY
def test_a_step_follows_the_gradient_of_the_tape(make: Any, examples: Any) -> None:
    state, batch = state_of(make(), examples())
    training = state.training.net
    before = {key: array.copy() for key, array in state.arrays.items()}

    def loss(trained: dict[Any, Any]) -> Any:
        total = 0.0
        for group in batch.groups(np.arange(batch.count)):
            inputs = batch.take(group.indices)
            arrays, count = {**before, **trained}, len(group.indices)
            made = execute(training.structure, arrays, inputs, TapeOps(), count, training=True)
            total = total + sum(anp.sum(made[name]) for name in state.training.losses) / batch.count
        return total

    wanted = {key: before[key] for key in state.trained}
    expected = grad(loss)(wanted)
    found = state.step(batch, np.arange(batch.count))
    assert found == pytest.approx(float(loss(wanted)))
    for key, gradient in expected.items():
        np.testing.assert_allclose(before[key] - state.arrays[key], gradient, rtol=1e-7, atol=1e-10)


@EVERY
def test_the_same_seed_gives_the_same_net(make: Any, examples: Any) -> None:
    nets = [train(make(), examples(), rounds=4, batch_size=3, seed=5).net for _ in range(2)]
    for key, array in arrays_of(nets[0]).items():
        assert array.tobytes() == nets[1].store[key].tobytes()
    other = train(make(), examples(), rounds=4, batch_size=3, seed=6).net
    assert any(array.tobytes() != other.store[key].tobytes() for key, array in arrays_of(nets[0]).items())


@EVERY
def test_the_net_given_stays_as_it_is(make: Any, examples: Any) -> None:
    given = examples()
    first = train(make(), given, rounds=1).net
    before = {key: array.copy() for key, array in arrays_of(first).items()}
    second = train(first, given, rounds=3).net
    for key, array in before.items():
        np.testing.assert_array_equal(first.store[key], array)
        assert not second.store[key].flags.writeable
        assert second.store[key].dtype == np.float32
    assert any(not np.array_equal(second.store[key], array) for key, array in before.items())
    assert list(second.keys) == list(first.keys)
    assert second.kind is first.kind


@EVERY
def test_training_makes_the_loss_smaller(make: Any, examples: Any) -> None:
    losses = train(make(), examples(), rounds=60, learning_rate=0.01).round_losses
    assert losses[-1] < 0.9 * losses[0]


@EVERY
def test_a_net_in_double_precision_stays_so(make: Any, examples: Any) -> None:
    net = train(make(), examples(), rounds=1, precision="Real64").net
    assert {array.dtype for array in arrays_of(net).values()} == {np.dtype(np.float64)}


@pytest.mark.filterwarnings("ignore::wlnet.training.SharedMultipliersWarning")
@EVERY
@pytest.mark.parametrize("freeze", [0, None])
def test_frozen_arrays_do_not_change(make: Any, examples: Any, freeze: Any) -> None:
    net = train(make(), examples(), rounds=1).net
    kept = next(iter(net.keys))[:1]
    trained = train(net, examples(), rounds=3, multipliers=[(kept, freeze)]).net
    for key, positions in net.positions.items():
        changed = not np.array_equal(net.store[key], trained.store[key])
        assert changed == (positions[0][:1] != kept)


def test_nothing_changes_when_all_is_frozen() -> None:
    make, examples = CASES["normalized"]
    net = train(make(), examples(), rounds=1).net
    trained = train(net, examples(), rounds=3, multipliers=0)
    for key in net.positions:
        np.testing.assert_array_equal(net.store[key], trained.net.store[key])
    assert trained.round_losses[0] == pytest.approx(trained.round_losses[2], rel=1e-5)


@EVERY
def test_a_batch_is_the_mean_of_its_examples(make: Any, examples: Any) -> None:
    net = make()
    if any(key[-1] == "MovingMean" for key in net.keys):
        pytest.skip("batch normalization depends on the whole batch")
    given = examples()
    state, batch = state_of(net, given)
    start = {key: array.copy() for key, array in state.arrays.items()}
    loss = state.step(batch, np.arange(batch.count))
    singles = {key: np.zeros_like(array) for key, array in start.items()}
    losses = []
    for index in range(batch.count):
        one, same = state_of(net, given)
        losses.append(one.step(same, np.array([index])))
        for key, array in one.arrays.items():
            singles[key] += (start[key] - array) / batch.count
    assert loss == pytest.approx(np.mean(losses))
    for key, array in state.arrays.items():
        np.testing.assert_allclose(start[key] - array, singles[key], rtol=1e-7, atol=1e-10)


def test_a_shared_array_stays_one_array() -> None:
    trained = train(tied(), data(6, outputs=3), rounds=5).net
    assert trained.positions[Shared("W")] == (("1", "Weights"), ("3", "Weights"))
    assert trained.child(("1",)).store[Shared("W")] is trained.child(("3",)).store[Shared("W")]


def test_sequences_of_one_length_train_like_an_array() -> None:
    ragged = sequences([4, 4, 4, 4])
    stacked = {**ragged, "Input": np.stack(ragged["Input"])}
    first, second = (train(reader(), given, rounds=3).net for given in (ragged, stacked))
    for key, array in arrays_of(first).items():
        np.testing.assert_array_equal(array, second.store[key])


def test_every_example_is_visited_once_a_round() -> None:
    examples = Data(data(10))
    generator = np.random.default_rng(1)
    rounds = [list(examples.batches(4, generator)) for _ in range(2)]
    for batches in rounds:
        assert [len(batch) for batch in batches] == [4, 4, 2]
        assert sorted(np.concatenate(batches)) == list(range(10))
    assert not np.array_equal(np.concatenate(rounds[0]), np.concatenate(rounds[1]))


@EVERY
@pytest.mark.parametrize("count", [2, 3])
def test_threads_that_share_a_batch_give_what_one_gives(
    make: Any, examples: Any, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "NUMBERS", 0)
    monkeypatch.setattr(shares, "EACH", 0)
    found = []
    for number in (1, count):
        monkeypatch.setattr(threads.state, "count", number)
        state, batch = state_of(make(), examples())
        losses = [state.step(batch, np.arange(batch.count)) for _ in range(2)]
        found.append((losses, state.arrays))
        # Batch normalization needs the whole batch, and sequences of few lengths come in groups of their own.
        assert bool(state.is_shared) is (number > 1 and make not in (normalized, reader))
    assert found[0][0] == pytest.approx(found[1][0])
    for key, array in found[0][1].items():
        np.testing.assert_allclose(array, found[1][1][key], rtol=1e-7, atol=1e-10)


@pytest.mark.parametrize(("size", "expected"), [(4, False), (20_000, True)])
def test_threads_share_a_batch_where_its_steps_are_large(
    size: int, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads.state, "count", 2)
    net = chained(*[layer("ElementwiseLayer", "ReLU") for _ in range(4)], layer("LinearLayer", 1))
    state, batch = state_of(net, data(8, inputs=size, outputs=1))
    state.step(batch, np.arange(8))
    assert state.is_shared is expected
