"""Data that a function makes, batch by batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.training.nets import chained, data, layer, linear_net, reader, sequences
from wlnet.errors import NetError
from wlnet.training import Generator, train


def test_each_batch_is_asked_for_once() -> None:
    asked = []

    def make(size: int, number: int, absolute: int) -> dict[str, Any]:
        asked.append((size, number, absolute))
        return data(size, seed=absolute)

    result = train(linear_net(), Generator(make, 10), batch_size=5, rounds=3)
    assert asked == [(5, 1, 1), (5, 1, 2), (5, 2, 3), (5, 2, 4), (5, 3, 5), (5, 3, 6)]
    assert (result.total_batches, result.examples_processed, result.training_examples) == (6, 30, 10)


def test_batches_that_stay_are_like_data() -> None:
    plain = train(linear_net(), data(6), rounds=4)
    made = train(linear_net(), Generator(lambda size, number, absolute: data(6), 6), batch_size=6, rounds=4)
    np.testing.assert_allclose(plain.round_losses, made.round_losses, rtol=1e-5)


def test_sequences_of_other_lengths() -> None:
    def make(size: int, number: int, absolute: int) -> dict[str, Any]:
        return sequences([1 + absolute % 3] * size, seed=absolute)

    assert train(reader(), Generator(make, 6), batch_size=2, rounds=2).total_batches == 6


def test_validation_data() -> None:
    result = train(linear_net(), Generator(lambda *_: data(4), 4), batch_size=4, rounds=2, validation=data(3, seed=2))
    assert len(result.validation_losses) == 2
    with pytest.raises(NetError, match="held out"):
        train(linear_net(), Generator(lambda *_: data(4), 4), batch_size=4, rounds=2, validation=0.5)


def without(examples: dict[str, Any], port: str) -> dict[str, Any]:
    return {name: values for name, values in examples.items() if name != port}


@pytest.mark.parametrize(
    "second",
    [
        lambda: data(3),
        lambda: data(4, inputs=2),
        lambda: without(data(4), "Output"),
        lambda: {**data(4), "Input": np.full((4, 3), np.nan)},
        lambda: sequences([2, 3, 2, 3]),
    ],
)
def test_a_later_batch_that_does_not_fit(second: Any) -> None:
    def make(size: int, number: int, absolute: int) -> dict[str, Any]:
        return data(4) if absolute == 1 else second()

    result = train(linear_net(), Generator(make, 8), batch_size=4, rounds=2)
    assert result.reason_stopped == "Data"
    assert result.total_batches == 1
    assert "batch" in result.warning


def test_a_later_batch_with_classes_that_are_none() -> None:
    net = chained(layer("LinearLayer", 2), layer("SoftmaxLayer"))

    def make(size: int, number: int, absolute: int) -> dict[str, Any]:
        return {"Input": data(size)["Input"], "Output": np.full(size, 1 if absolute == 1 else 3)}

    assert "1 to 2" in train(net, Generator(make, 8), batch_size=4, rounds=2).warning
