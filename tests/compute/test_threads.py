"""Operations that several threads share out give what one gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wlnet.compute import OPERATIONS, Workspace
from wlnet.compute import threads as module
from wlnet.compute.operation import load_operations

load_operations()


def results(name: str, inputs: tuple[Any, ...], settings: dict[str, Any]) -> list[np.ndarray]:
    """Gives what an operation gives for inputs, and its gradients."""
    found, work = OPERATIONS[name], Workspace()
    y = found.forward(work, *inputs, **settings)
    assert found.backward is not None
    gradients = found.backward(work, tuple(x is not None for x in inputs), np.cos(y), y, *inputs, **settings)
    return [y.copy(), *(part.copy() for part in gradients if part is not None)]


@pytest.mark.parametrize("name", ["convolution", "gelu", "linear", "matmul", "sigmoid"])
def test_threads_share_out_an_operation(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    sample = OPERATIONS[name].sample
    for inputs, settings in sample(np.random.default_rng(1)):
        expected = results(name, inputs, settings)
        with monkeypatch.context() as patched:
            patched.setattr(module, "ENOUGH", 0)
            patched.setattr(module.state, "count", 3)
            found = results(name, inputs, settings)
        for a, b in zip(found, expected, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


def test_what_a_thread_raises_is_raised_and_the_number_of_threads_put_back() -> None:
    def fail(part: int) -> None:
        if part == 2:
            raise ValueError("the second part")

    before = module.threads()
    with pytest.raises(ValueError, match="second"):
        module.in_threads(fail, [1, 2, 3])
    assert module.threads() == before


def test_threads_ignore_what_is_ignored_where_they_begin(recwarn: pytest.WarningsRecorder) -> None:
    with np.errstate(all="ignore"):
        module.in_threads(lambda part: np.log(np.zeros(3)), [1, 2])
    assert not recwarn.list
