"""NetDerivative against PyTorch's gradients of gradients: outputs, and their gradients in the input and the arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from wlnet.nets import Net
from wlnet.plans import evaluate, gradients
from wlnet.session import Session

torch = pytest.importorskip("torch", reason="PyTorch is the reference of these tests")
F = torch.nn.functional
BATCH = 3


def made(text: str) -> Net:
    """Gives the net of a text, its arrays random."""
    net = Session().evaluate(f"NetInitialize[{text}]")
    generator = np.random.default_rng(1)
    return net.with_arrays({key: generator.normal(size=array.shape) for key, array in net.store.items()})


def compare(text: str, reference: Callable[..., Any]) -> None:
    """Compares with reference(input, arrays by position within the net inside, such as "1/Weights")."""
    net = made(text)
    generator = np.random.default_rng(2)
    ((port, declared),) = net.structure.inputs.items()
    values = {key: array.astype(np.float64) for key, array in net.store.items()}
    values[port] = generator.normal(size=(BATCH, *declared.shape))
    leaves = {key: torch.tensor(value, requires_grad=True) for key, value in values.items()}
    arrays = {"/".join(key[1:]): leaf for key, leaf in leaves.items() if key != port}
    expected = reference(leaves[port], arrays)
    given = {port: values[port]}
    (found,) = evaluate(net, given, BATCH, dtype=np.float64)[0].values()
    np.testing.assert_allclose(found, expected.detach().numpy(), rtol=1e-6, atol=1e-9)
    seed = generator.normal(size=found.shape)
    expected.backward(torch.tensor(seed))
    made_gradients = gradients(net, given, BATCH, leaves, seeds={"Output": seed}, dtype=np.float64)
    for key, leaf in leaves.items():
        wanted = np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.numpy()
        np.testing.assert_allclose(made_gradients[key], wanted, rtol=1e-6, atol=1e-9, err_msg=str(key))


def slope(y: Any, x: Any) -> Any:
    """Gives the gradient of the sum of y, differentiable again."""
    return torch.autograd.grad(y.sum(), x, create_graph=True)[0]


def perceptron(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the layers of 5 and then any number of units of `PERCEPTRON`."""

    def run(x: Any, w: Any) -> Any:
        inner = function(F.linear(x, w["1/Weights"], w["1/Biases"]))
        return inner @ w["3/Weights"].reshape(-1, 5).T + w["3/Biases"]

    return run


#: A function of ElementwiseLayer → PyTorch's name.
FUNCTIONS = {
    "Tanh": "tanh",
    "LogisticSigmoid": "sigmoid",
    "Sin": "sin",
    '"SoftPlus"': "softplus",
    '"GELU"': "gelu",
    '"Swish"': "silu",
}


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_perceptron_of_one_number(function: str, order: int) -> None:
    name = FUNCTIONS[function]
    run = perceptron(getattr(torch, name) if hasattr(torch, name) else getattr(F, name))

    def reference(x: Any, w: Any) -> Any:
        y = run(x[:, None], w)[:, 0]
        for _ in range(order):
            y = slope(y, x)
        return y

    net = f'NetChain[{{5, ElementwiseLayer[{function}], LinearLayer[{{}}]}}, "Input" -> "Real"]'
    compare(f'NetDerivative[{net}, {{"Input", {order}}}]', reference)


def test_jacobian_and_partial_derivatives() -> None:
    run = perceptron(torch.tanh)
    net = 'NetChain[{5, Tanh, 2}, "Input" -> 3]'

    def rows(x: Any, w: Any) -> Any:
        return torch.stack([slope(run(x, w)[:, i], x) for i in range(2)], 1)

    compare(f"NetDerivative[{net}]", rows)
    compare(f'NetDerivative[{net}, {{"Input", {{-1}}}}]', lambda x, w: rows(x, w)[:, :, 2])
    compare(
        f'NetDerivative[{net}, {{"Input", {{3, 1}}}}]',
        lambda x, w: torch.stack([slope(rows(x, w)[:, i, 2], x)[:, 0] for i in range(2)], 1),
    )


def test_matrix_of_second_derivatives() -> None:
    run = perceptron(torch.tanh)

    def reference(x: Any, w: Any) -> Any:
        first = slope(run(x, w), x)
        return torch.stack([slope(first[:, i], x) for i in range(3)], 1)

    compare('NetDerivative[NetChain[{5, Tanh, LinearLayer[{}]}, "Input" -> 3], {"Input", 2}]', reference)


def test_convolution_and_pooling() -> None:
    def reference(x: Any, w: Any) -> Any:
        y = F.avg_pool2d(torch.tanh(F.conv2d(x, w["1/Weights"], w["1/Biases"])), 2)
        return slope(y.reshape(BATCH, -1) ** 2, x)

    net = """NetChain[{ConvolutionLayer[2, 2], Tanh, PoolingLayer[2, 2, "Function" -> Mean], ElementwiseLayer[#^2 &],
      FlattenLayer[], SummationLayer[]}, "Input" -> {1, 5, 5}]"""
    compare(f"NetDerivative[{net}]", reference)


def test_recurrent_layer() -> None:
    gates = ("InputGate", "ForgetGate", "MemoryGate", "OutputGate")

    def reference(x: Any, w: Any) -> Any:
        inputs, states, biases = (
            {gate: w[f"1/{gate}{part}"] for gate in gates} for part in ("InputWeights", "StateWeights", "Biases")
        )
        h = c = torch.zeros(BATCH, 2, dtype=x.dtype)
        total = 0
        for step in range(x.shape[1]):
            z = {gate: x[:, step] @ inputs[gate].T + h @ states[gate].T + biases[gate] for gate in gates}
            c = torch.sigmoid(z["ForgetGate"]) * c + torch.sigmoid(z["InputGate"]) * torch.tanh(z["MemoryGate"])
            h = torch.sigmoid(z["OutputGate"]) * torch.tanh(c)
            total = total + (h**2).sum()
        return slope(total, x)

    net = """NetChain[{LongShortTermMemoryLayer[2], ElementwiseLayer[#^2 &], FlattenLayer[], SummationLayer[]},
      "Input" -> {3, 2}]"""
    compare(f"NetDerivative[{net}]", reference)
