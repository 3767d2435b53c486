"""The programs of examples/sharing, rebuilt in PyTorch with the same arrays: equal outputs, equal gradients.

A shared array is one `Parameter` there too, used by several functions; its gradient is what PyTorch sums up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wlnet.nets import Net
from wlnet.nets.arrays import Shared
from wlnet.session import Session

torch = pytest.importorskip("torch", reason="PyTorch is not installed; pip install wlnet[torch]")
from torch.nn import functional as F  # noqa: E402

FOLDER = Path(__file__).parents[2] / "examples" / "sharing"

Tensors = dict[str, Any]


@dataclass(frozen=True)
class Rebuilt:
    """A net of a program, a batch of data for it in the language, and the same net in PyTorch.

    function: (inputs by port, parameters by name) → outputs by port.
    """

    program: str
    net: str
    data: str
    function: Callable[[Tensors, Tensors], Tensors]

    def __str__(self) -> str:
        return f"{self.program}-{self.net}"


def one_after_the_other(*functions: Callable[[Any, Tensors], Any]) -> Callable[[Tensors, Tensors], Tensors]:
    """Gives the function of a chain."""

    def chain(inputs: Tensors, p: Tensors) -> Tensors:
        value = inputs["Input"]
        for function in functions:
            value = function(value, p)
        return {"Output": value}

    return chain


def ramp(x: Any, p: Tensors) -> Any:
    return F.relu(x)


def dense(weights: str, biases: str | None = None) -> Callable[[Any, Tensors], Any]:
    return lambda x, p: F.linear(x, p[weights], None if biases is None else p[biases])


def convolution(weights: str) -> Callable[[Any, Tensors], Any]:
    return lambda x, p: F.conv2d(x, p[weights], padding="same")


PAIR = '<|"x" -> {x, y}, "y" -> {2 x - y, y}|>'
CHAIN = '<|"Input" -> {x, 1 - x}|>'

CASES = (
    Rebuilt("dense", "net", PAIR, lambda d, p: {"u": F.linear(d["x"], p["W"]), "v": F.linear(d["y"], p["W"])}),
    Rebuilt("dense", "tied", CHAIN, one_after_the_other(dense("W"), lambda x, p: F.linear(x, p["W"].T))),
    Rebuilt(
        "convolution", "net", PAIR,
        lambda d, p: {"u": convolution("Kernel")(d["x"], p), "v": convolution("Kernel")(d["y"], p)},
    ),
    Rebuilt(
        "convolution", "deep", CHAIN,
        one_after_the_other(convolution("1/Weights"), ramp, convolution("Wide"), ramp, convolution("Wide")),
    ),
    Rebuilt(
        "dense_and_convolution", "net", '<|"vector" -> {x, 1 - x}, "pixel" -> ArrayReshape[{x, x^2}, {2, 10, 1, 1}]|>',
        lambda d, p: {"u": F.linear(d["vector"], p["W"]), "v": F.conv2d(d["pixel"], p["W"].reshape(5, 10, 1, 1))},
    ),
    Rebuilt(
        "none_by_default", "net", '<|"Input" -> {Range[10]/10, Range[5, -4, -1]/5}|>',
        one_after_the_other(dense("1/Weights", "1/Biases"), ramp, dense("3/Weights", "3/Biases")),
    ),
    Rebuilt(
        "by_reference", "net", '<|"Input" -> x[[;; 2]]|>',
        one_after_the_other(dense("W"), ramp, dense("3/Weights", "3/Biases")),
    ),
    Rebuilt(
        "by_reference", "trained", '<|"x" -> x[[;; 2]], "y" -> x[[3 ;; 4]]|>',
        lambda d, p: {
            "u": F.linear(d["x"], p["W"], p["one/Biases"]), "v": F.linear(d["y"], p["W"], p["two/Biases"]),
        },
    ),
    Rebuilt(
        "one_layer_twice", "net", CHAIN,
        one_after_the_other(
            dense("layer/Weights", "layer/Biases"), ramp, dense("layer/Weights", "layer/Biases"), ramp,
            dense("5/Weights", "5/Biases"),
        ),
    ),
)  # fmt: skip


@cache
def session_after(program: str) -> Session:
    """Gives the session in which a program has run."""
    session = Session()
    for _ in session.run((FOLDER / f"{program}.wl").read_text(encoding="utf-8")):
        pass
    return session


def parameters(net: Net) -> Tensors:
    """Gives a parameter for each array of a net, one for all uses of a shared one."""
    return {
        key.name if isinstance(key, Shared) else "/".join(key): torch.nn.Parameter(torch.tensor(np.array(array)))
        for key, array in net.arrays.items()
    }


def tensors(data: dict[str, Any]) -> Tensors:
    return {port: torch.tensor(np.asarray(value, np.float32)) for port, value in data.items()}


def specification(net: Net, name: str) -> str:
    """Gives how the language names an array: NetArray["W"], or its position."""
    if Shared(name) in net.arrays:
        return f'NetArray["{name}"]'
    return "{" + ", ".join(part if part.isdigit() else f'"{part}"' for part in name.split("/")) + "}"


def assert_close(mine: Any, theirs: Any) -> None:
    """Asserts that two arrays agree as Real32 arrays do whose sums were taken in different orders."""
    expected = theirs.detach().numpy()
    np.testing.assert_allclose(np.asarray(mine), expected, rtol=1e-4, atol=1e-5 * np.abs(expected).max() + 1e-7)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_outputs_and_gradients_are_those_of_pytorch(case: Rebuilt) -> None:
    session = session_after(case.program)
    net = session.evaluate(case.net)
    p = parameters(net)
    theirs = case.function(tensors(session.evaluate(case.data)), p)
    mine = session.evaluate(f"{case.net}[{case.data}, All]")
    assert mine.keys() == theirs.keys()
    for port in theirs:
        assert_close(mine[port], theirs[port])
    sum(output.sum() for output in theirs.values()).backward()
    for name in p:
        gradient = session.evaluate(f"{case.net}[{case.data}, NetPortGradient[{specification(net, name)}]]")
        assert gradient.dtype == np.float32
        assert_close(gradient, p[name].grad)


def test_every_program_is_rebuilt() -> None:
    assert {case.program for case in CASES} == {file.stem for file in FOLDER.glob("*.wl")}


@pytest.mark.parametrize(
    ("method", "optimizer"),
    [('{"SGD", "Momentum" -> None}', "SGD"), ('{"ADAM", "Epsilon" -> 10^-8}', "Adam")],
    ids=["SGD", "ADAM"],
)
def test_a_shared_array_trains_as_one_parameter_of_pytorch(method: str, optimizer: str) -> None:
    session = session_after("by_reference")
    p = parameters(session.evaluate("pair"))
    steps, rate = 20, 0.05
    mine = session.evaluate(
        f"NetTrain[pair, data, Method -> {method}, LearningRate -> {rate}, BatchSize -> 50, MaxTrainingRounds -> {steps}]"
    )
    d = tensors(session.evaluate("data"))
    optimize = getattr(torch.optim, optimizer)(p.values(), lr=rate)
    for _ in range(steps):
        optimize.zero_grad()
        u = F.linear(d["x"], p["W"], p["one/Biases"])
        v = F.linear(d["y"], p["W"], p["two/Biases"])
        (F.mse_loss(u, d["u"]) + F.mse_loss(v, d["v"])).backward()
        optimize.step()
    trained = parameters(mine)
    assert np.abs(p["W"].detach().numpy() - session.evaluate('Normal[NetExtract[pair, NetArray["W"]]]')).max() > 0.001
    for name in p:
        np.testing.assert_allclose(trained[name].detach(), p[name].detach(), rtol=1e-3, atol=1e-4)
