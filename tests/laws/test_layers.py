"""What holds for every kind of net, on the nets of its own examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from autograd.test_util import check_grads

from tests.laws.layer_nets import BATCH, SAMPLES, Sample, samples_that_vary
from wlnet.compute.tape import TapeOps, anp
from wlnet.compute.tape import gradients as tape_gradients
from wlnet.nets import KINDS, VARYING, Net, initialize, insert_shared_arrays
from wlnet.plans import evaluate, execute, gradients, trace
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import Association, Expression, elements, list_of, pack, same
from wlnet.training import train

pytestmark = pytest.mark.filterwarnings("ignore:Output seems independent of input")

every_net = pytest.mark.parametrize("sample", SAMPLES, ids=str)
both_modes = pytest.mark.parametrize("training", [False, True], ids=["test", "train"])
both_types = pytest.mark.parametrize("dtype", [np.float32, np.float64])

#: The seed of what is random in "Train" mode.
SEED = 11


def steady(samples: list[Sample]) -> list[Sample]:
    """Gives the samples that give the same each time in "Test" mode."""
    return [sample for sample in samples if sample.kind != "RandomArrayLayer"]


def test_every_kind_has_a_net_to_check() -> None:
    missing = KINDS.keys() - {sample.kind for sample in SAMPLES} - {"PlaceholderLayer"}  # which computes nothing
    assert not missing, f"give an example with an Input that fits to {', '.join(sorted(missing))}"


@every_net
@both_modes
@both_types
def test_outputs_have_the_inferred_dimensions_and_the_type(sample: Sample, training: bool, dtype: Any) -> None:
    outputs, _ = evaluate(sample.net, sample.inputs(dtype=dtype), BATCH, training=training, seed=SEED, dtype=dtype)
    assert outputs.keys() == sample.net.structure.outputs.keys()
    for name, port in sample.net.structure.outputs.items():
        count, *shape = outputs[name].shape
        assert count == BATCH
        assert shape == [n if d is VARYING else d for n, d in zip(shape, port.shape, strict=True)]
        assert outputs[name].dtype == dtype


@every_net
@both_modes
@both_types
def test_no_step_changes_the_type(sample: Sample, training: bool, dtype: Any) -> None:
    """Neither forward, constants included, nor backward."""
    inputs = sample.inputs(dtype=dtype)
    arrays = {key: array.astype(dtype) for key, array in sample.net.store.items()}
    random = np.random.default_rng(SEED)
    plan = trace(sample.net, arrays, inputs, BATCH, training=training, random=random, dtype=dtype)
    for step in plan.steps:
        for slot in (*step.inputs, *step.outputs):
            value = plan.values[slot]
            assert value is None or value.dtype.kind != "f" or value.dtype == dtype, f"{step.operation.name}"
    made = gradients(sample.net, inputs, BATCH, [*real_inputs(sample), *arrays], training=training, dtype=dtype)
    assert {array.dtype for array in made.values()} <= {np.dtype(dtype)}
    for key, array in made.items():
        assert array.shape == (inputs[key] if key in inputs else arrays[key]).shape


@pytest.mark.parametrize("sample", steady(SAMPLES), ids=str)
def test_a_batch_of_two_is_two_singles(sample: Sample) -> None:
    inputs = sample.inputs(dtype=np.float64)
    together, _ = evaluate(sample.net, inputs, BATCH, dtype=np.float64)
    for index in range(BATCH):
        alone, _ = evaluate(sample.net, {name: x[index : index + 1] for name, x in inputs.items()}, 1, dtype=np.float64)
        for name, array in together.items():
            np.testing.assert_allclose(array[index], alone[name][0], rtol=1e-12, atol=1e-14)


def real_inputs(sample: Sample) -> list[str]:
    return [name for name, port in sample.net.structure.inputs.items() if port.element == "Real"]


def as_function(sample: Sample, training: bool) -> tuple[Callable[..., Any], list[Any], list[np.ndarray]]:
    """Gives the sum of a net's weighted outputs as a function of its real inputs and arrays, by the tape."""
    inputs = sample.inputs(dtype=np.float64)
    store = {key: array.astype(np.float64) for key, array in sample.net.store.items()}
    names = [*real_inputs(sample), *store]

    def function(*values: Any) -> Any:
        given = dict(zip(names, values, strict=True))
        made = execute(
            sample.net.structure, {key: given[key] for key in store},
            {name: given.get(name, inputs[name]) for name in inputs}, TapeOps(), BATCH,
            training=training, random=np.random.default_rng(SEED), dtype=np.float64,
        )  # fmt: skip
        return sum(anp.sum(array * weights(name, array.shape)) for name, array in made.items())

    return function, names, [inputs[name] if name in inputs else store[name] for name in names]


def weights(name: str, shape: tuple[int, ...]) -> np.ndarray:
    """Gives what the outputs are weighted by: no gradient cancels out, and the sum stays small beside its differences."""
    return np.random.default_rng(len(name)).normal(size=shape)


@every_net
@both_modes
def test_gradients_are_those_of_finite_differences(sample: Sample, training: bool) -> None:
    if training and sample.net.kind.name == "NetGANOperator":
        pytest.skip("the gradient that comes to its generator is turned round in training")
    function, _, values = as_function(sample, training)
    if values:
        check_grads(function, modes=["rev"], order=1)(*values)


@every_net
@both_modes
def test_a_replay_agrees_with_the_tape(sample: Sample, training: bool) -> None:
    """Also on other data than those it was traced with."""
    function, names, values = as_function(sample, training)
    random = np.random.default_rng(SEED)
    arrays = {key: array.astype(np.float64) for key, array in sample.net.store.items()}
    inputs = sample.inputs(5, dtype=np.float64)
    plan = trace(sample.net, arrays, inputs, BATCH, training=training, random=random, dtype=np.float64)
    random.bit_generator.state = np.random.default_rng(SEED).bit_generator.state
    outputs = plan.forward(sample.inputs(dtype=np.float64))
    total = sum(np.sum(array * weights(name, array.shape)) for name, array in outputs.items())
    expected, wanted = tape_gradients(function, values) if values else (function(), [])
    np.testing.assert_allclose(total, expected, rtol=1e-10)
    plan.differentiate(outputs, names)
    found = plan.backward({name: weights(name, array.shape) for name, array in outputs.items()})
    for name, gradient in zip(names, wanted, strict=True):
        np.testing.assert_allclose(found[name], gradient, rtol=1e-9, atol=1e-12, err_msg=str(name))


@every_net
@both_modes
def test_a_plan_may_be_replayed_again_and_again(sample: Sample, training: bool) -> None:
    """Memory used again never shows: the third replay gives what a first one would."""
    arrays = {key: array.copy() for key, array in sample.net.store.items()}
    random = np.random.default_rng(SEED)
    plan = trace(sample.net, arrays, sample.inputs(1), BATCH, training=training, random=random)
    seeds = {name: np.ones_like(array) for name, array in plan.forward(sample.inputs(2)).items()}
    plan.differentiate(seeds, [*real_inputs(sample), *plan.arrays])
    replays = []
    for seed in (3, 2, 3):
        random.bit_generator.state = np.random.default_rng(SEED).bit_generator.state
        outputs = plan.forward(sample.inputs(seed))
        replays.append({name: array.copy() for name, array in {**outputs, **plan.updated()}.items()})
        replays[-1].update((("gradient", name), np.copy(array)) for name, array in plan.backward(seeds).items())
    for name, array in replays[0].items():
        np.testing.assert_array_equal(array, replays[2][name], err_msg=str(name))


@every_net
def test_the_same_seed_gives_the_same_arrays(sample: Sample) -> None:
    first, again, other = (initialize(sample.net, seed=seed, everything=True) for seed in (1, 1, 2))
    for key, array in first.store.items():
        np.testing.assert_array_equal(array, again.store[key])
        path, name = first.owner(key)[:-1], first.owner(key)[-1]
        structure = first.structure.at(path)
        is_random = structure.kind.array_slots(structure.settings)[name].initialize == "Method"
        slot = structure.slots[name]
        if is_random and slot.method is None and slot.trainable is not False and array.size:
            assert not np.array_equal(array, other.store[key]), f"{key} does not depend on the seed"


@every_net
@both_modes
def test_inputs_and_arrays_stay_as_they_are(sample: Sample, training: bool) -> None:
    """They are read-only, so that a change would be an exception; nothing may make them writable either."""
    inputs = sample.inputs()
    kept = {**inputs, **sample.net.store}
    before = {name: array.copy() for name, array in kept.items()}
    evaluate(sample.net, inputs, BATCH, training=training, seed=SEED)
    gradients(sample.net, inputs, BATCH, [*real_inputs(sample), *sample.net.store], training=training)
    for name, array in kept.items():
        assert not array.flags.writeable
        np.testing.assert_array_equal(array, before[name])


@every_net
@pytest.mark.parametrize("part", ["raw", "net"])
def test_the_input_form_makes_the_same_net(sample: Sample, part: str) -> None:
    session = Session()
    net = getattr(sample, part)
    again = session.evaluate_term(write(net, "InputForm"))
    assert not session.messages
    assert isinstance(again, Net)
    assert same(net, again)
    assert not difference(net, again)
    if part == "net":
        outputs, expected = (evaluate(made, sample.inputs(), BATCH, seed=SEED)[0] for made in (again, net))
        for name, array in expected.items():
            np.testing.assert_array_equal(outputs[name], array)


def difference(a: Net, b: Net) -> str:
    """Tells in what two nets differ, other than in how they were specified; "" if in nothing."""
    if a.keys != b.keys:
        return f"arrays: {a.keys}, {b.keys}"
    for key in {*a.store, *b.store}:
        if not np.array_equal(a.store.get(key), b.store.get(key)):
            return f"values of {key}"
    for (path, left), (other, right) in zip(a.structure.walk(), b.structure.walk(), strict=True):
        if path != other or left.kind is not right.kind:
            return f"layers: {path} {left.kind.name}, {other} {right.kind.name}"
        for part in ("inputs", "outputs", "slots", "edges", "named", "multiplier"):
            if repr(getattr(left, part)) != repr(getattr(right, part)):
                return f"{part} at {path}: {getattr(left, part)}, {getattr(right, part)}"
    return ""


@every_net
def test_sharing_all_arrays_keeps_the_outputs(sample: Sample) -> None:
    shared = insert_shared_arrays(sample.net, "prefix/")
    outputs, expected = (evaluate(net, sample.inputs(), BATCH, seed=SEED)[0] for net in (shared, sample.net))
    for name, array in expected.items():
        np.testing.assert_array_equal(outputs[name], array)
    assert {id(array) for array in shared.store.values()} == {id(array) for array in sample.net.store.values()}


@every_net
def test_training_never_changes_the_net(sample: Sample) -> None:
    net = sample.net
    targets, _ = evaluate(net, sample.inputs(1), BATCH)
    losses = any(inner.kind.loss for _, inner in net.structure.walk())
    data = {**sample.inputs(), **({} if losses else {name: np.abs(array) for name, array in targets.items()})}
    before = {key: array.copy() for key, array in net.store.items()}
    structure, known = net.structure, dict(net.store)
    trained = train(net, data, rounds=2, learning_rate=0.1).net
    assert net.structure is structure
    assert trained.keys == net.keys
    for key, array in known.items():
        assert net.store[key] is array
        np.testing.assert_array_equal(array, before[key])


@pytest.mark.parametrize("sample", steady(samples_that_vary()), ids=str)
def test_sequences_of_several_lengths_are_evaluated_each_by_itself(sample: Sample) -> None:
    session = Session()
    rows, singles = [], []
    kinds = {inner.kind.name for _, inner in sample.net.structure.walk()}
    for length in (2, 5, 2, 1, 4, 3):
        batch = sample.inputs(length, length=length)
        row = Association((name, pack(array[0].astype(np.float64))) for name, array in batch.items())
        session.messages.clear()
        single = session.run_term(Expression(sample.net, (row,))).term
        assert {message.partition(":")[0] for message in session.messages} <= kinds, session.messages
        assert all(message.partition("::")[2].startswith("dims:") for message in session.messages), session.messages
        if not session.messages:
            rows.append(row)
            singles.append(single)
    assert rows, "a net that takes varying lengths takes one of them at least"
    session.messages.clear()
    together = session.run_term(Expression(sample.net, (list_of(*rows),))).term
    assert not session.messages
    for index, single in enumerate(singles):
        for left, right in zip(parts(together, index), parts(single, None), strict=True):
            np.testing.assert_allclose(np.asarray(left), np.asarray(right), rtol=1e-5)


def parts(value: Any, index: int | None) -> list[Any]:
    """Gives the outputs of one example, of an association by port or of the value of the only output."""
    outputs = list(value.values()) if type(value) is Association else [value]
    return outputs if index is None else [elements(output)[index] for output in outputs]
