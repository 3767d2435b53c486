"""Operations and their gradients against PyTorch's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from wlnet.compute import OPERATIONS, Workspace, load_operations

torch = pytest.importorskip("torch", reason="PyTorch is the reference of these tests")
F = torch.nn.functional

load_operations()
GENERATOR = np.random.default_rng(0)


def compare(
    name: str, inputs: tuple[Any, ...], settings: dict[str, Any], reference: Callable[..., Any], fixed: int = 0
) -> None:
    """Compares outputs and the gradients of all inputs but the last `fixed` ones, in float64 and float32."""
    for kind, tolerance in ((np.float64, 1e-10), (np.float32, 2e-4)):
        arrays = [x.astype(kind) if x is not None and x.dtype.kind == "f" else x for x in inputs]
        count = len(arrays) - fixed
        leaves = [
            None if x is None else torch.tensor(x, requires_grad=i < count and x.dtype.kind == "f")
            for i, x in enumerate(arrays)
        ]
        expected = reference(*leaves)
        gradient = GENERATOR.normal(size=tuple(expected.shape)).astype(kind)
        expected.backward(torch.tensor(gradient))
        work = Workspace()
        y = OPERATIONS[name].forward(work, *arrays, **settings)
        np.testing.assert_allclose(y, expected.detach().numpy(), rtol=tolerance, atol=tolerance)
        needs = tuple(x is not None and x.requires_grad for x in leaves)
        given = OPERATIONS[name].backward(work, needs, gradient, y, *arrays, **settings)
        for need, g, leaf in zip(needs, given, leaves, strict=True):
            if need:
                np.testing.assert_allclose(g, leaf.grad.numpy(), rtol=tolerance, atol=tolerance)


def normal(*shape: int) -> np.ndarray:
    return GENERATOR.normal(size=shape)


@pytest.mark.parametrize(
    ("x", "w", "stride", "padding", "dilation", "groups"),
    [
        ((3, 1, 9, 8), (4, 1, 3, 3), (1, 1), (0, 0), (1, 1), 1),
        ((3, 1, 9, 8), (4, 1, 3, 3), (2, 1), (1, 2), (1, 2), 1),
        ((2, 5, 9, 8), (4, 5, 3, 2), (1, 1), (1, 1), (1, 1), 1),
        ((2, 3, 9, 8), (7, 3, 3, 2), (1, 1), (1, 0), (1, 1), 1),
        ((2, 5, 9, 8), (4, 5, 3, 2), (2, 3), (1, 0), (2, 1), 1),
        ((2, 5, 9, 8), (4, 5, 3, 2), (1, 1), (0, 3), (2, 2), 1),
        ((2, 4, 6, 6), (8, 1, 3, 3), (1, 1), (1, 1), (1, 1), 4),
        ((2, 4, 6, 6), (6, 2, 3, 3), (2, 2), (1, 1), (1, 1), 2),
        ((2, 4, 6, 6), (6, 4, 1, 1), (1, 1), (0, 0), (1, 1), 1),
        ((2, 4, 6, 6), (6, 4, 1, 1), (2, 2), (0, 0), (1, 1), 1),
        ((2, 3, 9), (4, 3, 4), (1,), (2,), (1,), 1),
        ((2, 3, 5, 6, 4), (4, 3, 2, 3, 2), (1, 2, 1), (0, 1, 1), (1, 1, 1), 1),
    ],
)
def test_convolution(
    x: tuple[int, ...],
    w: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    groups: int,
) -> None:
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[len(stride)]
    compare(
        "convolution",
        (normal(*x), normal(*w), normal(w[0])),
        {"stride": stride, "padding": tuple((p, p) for p in padding), "dilation": dilation, "groups": groups},
        lambda x, w, b: function(x, w, b, stride, padding, dilation, groups),
    )


@pytest.mark.parametrize(
    ("x", "kernel", "stride", "padding"),
    [
        ((2, 3, 8, 6), (2, 2), (2, 2), (0, 0)),
        ((2, 3, 8, 7), (3, 2), (2, 1), (1, 1)),
        ((2, 3, 9), (3,), (3,), (0,)),
        ((2, 3, 5, 6, 4), (2, 3, 2), (2, 1, 2), (1, 0, 0)),
        ((2, 3, 5, 6), (5, 6), (1, 1), (0, 0)),
    ],
)
@pytest.mark.parametrize("function", ["Max", "Mean"])
def test_pooling(
    x: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...], padding: tuple[int, ...], function: str
) -> None:
    label = f"{'max' if function == 'Max' else 'avg'}_pool{len(kernel)}d"
    compare(
        "pooling",
        (normal(*x),),
        {"function": function, "kernel": kernel, "stride": stride, "padding": tuple((p, p) for p in padding)},
        lambda x: getattr(F, label)(x, kernel, stride, padding),
    )


def test_pooling_of_equal_elements_is_for_the_first() -> None:
    settings = {"function": "Max", "kernel": (2, 2), "stride": (1, 1), "padding": ((0, 0), (0, 0))}
    compare("pooling", (np.ones((1, 1, 4, 4)),), settings, lambda x: F.max_pool2d(x, (2, 2), (1, 1)))


@pytest.mark.parametrize(("shape", "axis"), [((6, 3), 1), ((4, 3, 5, 6), 1), ((4, 8, 2), 1)])
def test_batch_normalization(shape: tuple[int, ...], axis: int) -> None:
    c = shape[axis]
    x, scaling, biases = normal(*shape), normal(c), normal(c)
    leaves = [torch.tensor(array, requires_grad=True) for array in (x, scaling, biases)]
    expected = F.batch_norm(leaves[0], None, None, leaves[1], leaves[2], training=True, eps=0.001)
    gradient = normal(*shape)
    expected.backward(torch.tensor(gradient))
    work, operation = Workspace(), OPERATIONS["batch_normalization_train"]
    settings = {"epsilon": 0.001, "axis": axis}
    output = operation.forward(work, x, scaling, biases, **settings)
    np.testing.assert_allclose(output[0], expected.detach().numpy(), rtol=1e-10)
    given = operation.backward(work, (True,) * 3, (gradient, None, None), output, x, scaling, biases, **settings)
    for g, leaf in zip(given, leaves, strict=True):
        np.testing.assert_allclose(g, leaf.grad.numpy(), rtol=1e-8, atol=1e-10)
    compare(
        "batch_normalization_test",
        (x, scaling, biases, normal(c), GENERATOR.uniform(0.5, 2, c)),
        settings,
        lambda x, s, b, m, v: F.batch_norm(x, m, v, s, b, training=False, eps=0.001),
        fixed=2,
    )


@pytest.mark.parametrize(("b", "t", "k", "n"), [(3, 4, 2, 5), (1, 1, 1, 1), (4, 6, 5, 3)])
def test_lstm(b: int, t: int, k: int, n: int) -> None:
    x, h0, c0 = normal(b, t, k), normal(b, n), normal(b, n)
    wi, ws, biases = normal(4 * n, k), normal(4 * n, n), normal(4 * n)
    net = torch.nn.LSTM(k, n, batch_first=True).double()
    # PyTorch's gates come as input, forget, memory, output, and with two bias vectors.
    order = np.concatenate([np.arange(g * n, (g + 1) * n) for g in (0, 2, 3, 1)])
    with torch.no_grad():
        for name, array in (
            ("weight_ih_l0", wi[order]),
            ("weight_hh_l0", ws[order]),
            ("bias_ih_l0", biases[order]),
            ("bias_hh_l0", np.zeros(4 * n)),
        ):
            getattr(net, name).copy_(torch.tensor(array))
    tx, th, tc = (torch.tensor(array, requires_grad=True) for array in (x, h0, c0))
    outputs, (h, c) = net(tx, (th[None], tc[None]))
    expected = (outputs, h[0], c[0])
    gradient = tuple(normal(*y.shape) for y in expected)
    torch.autograd.backward(expected, [torch.tensor(g) for g in gradient])
    work, operation = Workspace(), OPERATIONS["lstm"]
    given = operation.forward(work, x, h0, c0, wi, ws, biases)
    for a, e in zip(given, expected, strict=True):
        np.testing.assert_allclose(a, e.detach().numpy(), rtol=1e-10)
    gx, gh, gc, gwi, gws, gb, *_ = operation.backward(work, (True,) * 6, gradient, given, x, h0, c0, wi, ws, biases)
    for a, e in ((gx, tx), (gh, th), (gc, tc)):
        np.testing.assert_allclose(a, e.grad.numpy(), rtol=1e-8, atol=1e-10)
    for a, name in ((gwi, "weight_ih_l0"), (gws, "weight_hh_l0"), (gb, "bias_ih_l0")):
        np.testing.assert_allclose(a[order], getattr(net, name).grad.numpy(), rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize(("name", "kind", "order"), [("basic_recurrent", "RNN", (0,)), ("gru", "GRU", (1, 0, 2))])
def test_recurrent(name: str, kind: str, order: tuple[int, ...]) -> None:
    b, t, k, n = 3, 4, 2, 5
    net = getattr(torch.nn, kind)(k, n, batch_first=True)
    rows = np.concatenate([np.arange(g * n, (g + 1) * n) for g in order])
    size = len(rows)

    def reference(x: Any, h: Any, wi: Any, ws: Any, biases: Any) -> Any:
        arrays = (wi[rows], ws[rows], biases[rows], torch.zeros(size, dtype=x.dtype))
        labels = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
        outputs, _ = torch.func.functional_call(net, dict(zip(labels, arrays, strict=True)), (x, h[None]))
        return outputs

    inputs = (normal(b, t, k), normal(b, n), normal(size, k), normal(size, n), normal(size))
    operation = OPERATIONS[name]
    leaves = [torch.tensor(x, requires_grad=True) for x in inputs]
    expected = reference(*leaves)
    gradient = normal(*expected.shape)
    expected.backward(torch.tensor(gradient))
    work = Workspace()
    output = operation.forward(work, *inputs)
    np.testing.assert_allclose(output[0], expected.detach().numpy(), rtol=1e-10)
    given = operation.backward(work, (True,) * 5, (gradient, None), output, *inputs)
    for g, leaf in zip(given[:5], leaves, strict=True):
        np.testing.assert_allclose(g, leaf.grad.numpy(), rtol=1e-8, atol=1e-10)


def probabilities(*shape: int) -> np.ndarray:
    made = GENERATOR.uniform(0.1, 1, shape)
    return made / made.sum(-1, keepdims=True)


def test_cross_entropies() -> None:
    z, classes, p, t = normal(5, 4), GENERATOR.integers(1, 5, 5), probabilities(5, 4), probabilities(5, 4)
    compare("softmax_cross_entropy_index", (z, classes), {}, lambda z, t: F.cross_entropy(z, t - 1, reduction="none"))
    compare("cross_entropy_index", (p, classes), {}, lambda p, t: F.nll_loss(p.log(), t - 1, reduction="none"))
    compare("softmax_cross_entropy_probabilities", (z, t), {}, lambda z, t: F.cross_entropy(z, t, reduction="none"), 1)
    compare("cross_entropy_probabilities", (p, t), {}, lambda p, t: -(t * p.log()).sum(-1))
    compare(
        "sigmoid_cross_entropy",
        (z, t),
        {},
        lambda z, t: F.binary_cross_entropy_with_logits(z, t, reduction="none").mean(1),
        1,
    )
    compare("cross_entropy_binary", (p, t), {}, lambda p, t: F.binary_cross_entropy(p, t, reduction="none").mean(1), 1)


def test_cross_entropy_of_a_sequence_is_the_mean() -> None:
    z, classes = normal(3, 5, 4), GENERATOR.integers(1, 5, (3, 5)).astype(float)
    for name, given in (("softmax_cross_entropy_index", z), ("cross_entropy_index", probabilities(3, 5, 4))):
        logs = (lambda z: z.log_softmax(-1)) if given is z else torch.log
        compare(
            name,
            (given, classes),
            {},
            lambda z, t, logs=logs: -logs(z).gather(-1, t.long()[..., None] - 1)[..., 0].mean(1),
            1,
        )


FUNCTIONS = {
    "ramp": F.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "gelu": F.gelu,
    "swish": F.silu,
    "softplus": F.softplus,
    "erf": torch.erf,
    "erfc": torch.erfc,
    "log_gamma": lambda x: torch.lgamma(x),
    "sin": torch.sin,
    "arctan": torch.arctan,
    "arcsinh": torch.arcsinh,
    "softmax": lambda x: torch.softmax(x, -1),
    "log_softmax": lambda x: torch.log_softmax(x, -1),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions(name: str) -> None:
    settings = {"axis": -1} if "softmax" in name else {}
    x = GENERATOR.uniform(0.5, 3, (4, 7)) if name == "log_gamma" else normal(4, 7) * 3
    compare(name, (x,), settings, FUNCTIONS[name])


def test_linear_and_products() -> None:
    compare("linear", (normal(5, 3), normal(4, 3), normal(4)), {}, F.linear)
    compare("matmul", (normal(2, 3, 4, 5), normal(3, 5, 2)), {}, torch.matmul)
    compare("dot", (normal(2, 3), normal(3)), {}, torch.matmul)


def test_embedding_gradient_adds_up() -> None:
    rows = GENERATOR.integers(1, 8, (6, 5))
    compare("take", (normal(7, 3), rows), {"first": 1}, lambda w, i: F.embedding(i - 1, w))


def test_reductions() -> None:
    x = normal(3, 4, 5)
    compare("variance", (x,), {"axes": (1, 2), "correction": 1}, lambda x: x.var((1, 2)))
    compare("standard_deviation", (x,), {"axes": (2,)}, lambda x: x.std(2, unbiased=False))
    compare("max", (x,), {"axes": (1, 2)}, lambda x: x.amax((1, 2)))
    holes = np.where(GENERATOR.uniform(size=x.shape) < 0.25, 0.0, x)
    compare("product", (holes,), {"axes": (2,)}, lambda x: x.prod(2))
