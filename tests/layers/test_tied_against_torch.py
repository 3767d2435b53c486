"""An autoencoder whose decoder sees the encoder's weights transposed, against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.nets import Shared
from wlnet.plans import gradients
from wlnet.session import Session
from wlnet.training import train

torch = pytest.importorskip("torch", reason="PyTorch is the reference of these tests")

AUTOENCODER = """NetInitialize[NetChain[{LinearLayer[3, "Weights" -> NetArray["W"]], Tanh,
  LinearLayer[5, "Weights" -> NetArray[<|"Name" -> "W", "View" -> Transpose|>]]}, "Input" -> 5]]"""


def test_gradient_and_training_of_a_tied_autoencoder() -> None:
    net = Session().evaluate_term(AUTOENCODER)
    x = np.random.default_rng(0).normal(size=(8, 5)).astype(np.float32)
    weights, *biases = (torch.tensor(np.array(net.store[key]), requires_grad=True) for key in net.positions)

    def output(given: torch.Tensor) -> torch.Tensor:
        hidden = torch.tanh(torch.nn.functional.linear(given, weights, biases[0]))
        return torch.nn.functional.linear(hidden, weights.T, biases[1])

    output(torch.tensor(x)).sum().backward()
    found = gradients(net, {"Input": x}, 8, [Shared("W")])[Shared("W")]
    np.testing.assert_allclose(found, weights.grad.numpy(), rtol=1e-4, atol=1e-5)

    method = torch.optim.SGD([weights, *biases], lr=0.05)
    for _ in range(5):
        method.zero_grad()
        torch.nn.functional.mse_loss(output(torch.tensor(x)), torch.tensor(x)).backward()
        method.step()
    trained = train(
        net, {"Input": x, "Output": x}, rounds=5, batch_size=8, method=("SGD", {"Momentum": 0.0}), learning_rate=0.05
    ).net
    np.testing.assert_allclose(trained.store[Shared("W")], weights.detach().numpy(), rtol=1e-4, atol=1e-6)
