"""Layers against PyTorch's: outputs, and the gradients of all inputs and arrays."""

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
    session = Session()
    net = session.evaluate_term(f"NetInitialize[{text}]")
    assert isinstance(net, Net), session.messages
    generator = np.random.default_rng(1)
    return net.with_arrays({key: generator.normal(size=array.shape) for key, array in net.store.items()})


def compare(text: str, reference: Callable[..., Any], training: bool = False, **given: np.ndarray) -> None:
    """Compares with reference(inputs by port, arrays by name), inputs that are not given being random."""
    net = made(text)
    generator = np.random.default_rng(2)
    inputs = {
        name: given.get(name, generator.normal(size=(BATCH, *(port.shape or ()))))
        for name, port in net.structure.inputs.items()
    }
    arrays = {key: array.astype(np.float64) for key, array in net.store.items()}
    leaves = {
        key: torch.tensor(value, requires_grad=value.dtype.kind == "f") for key, value in {**inputs, **arrays}.items()
    }
    named = {key[-1]: leaf for key, leaf in leaves.items() if key in arrays}
    expected = reference({name: leaves[name] for name in inputs}, named)
    (name,) = net.structure.outputs
    outputs, _ = evaluate(net, inputs, BATCH, dtype=np.float64, training=training)
    np.testing.assert_allclose(outputs[name], expected.detach().numpy(), rtol=1e-6, atol=1e-8)
    seed = generator.normal(size=outputs[name].shape)
    expected.backward(torch.tensor(seed))
    wanted = [key for key, leaf in leaves.items() if leaf.requires_grad]
    found = gradients(net, inputs, BATCH, wanted, seeds={name: seed}, dtype=np.float64, training=training)
    for key in wanted:
        np.testing.assert_allclose(found[key], leaves[key].grad.numpy(), rtol=1e-6, atol=1e-8, err_msg=str(key))


def test_gated_recurrent_layer() -> None:
    def reference(x: Any, w: Any) -> Any:
        # torch: h' = (1 - z) n + z h with n = tanh(Wx + bx + r (Wh + bh)); its gates come in the order r, z, n.
        gates = ("ResetGate", "InputGate", "MemoryGate")
        weights, states, biases = (
            torch.cat([w[gate + part] for gate in gates]) for part in ("InputWeights", "StateWeights", "Biases")
        )
        return recurrent("gru", x["Input"], weights, states, biases)

    compare('GatedRecurrentLayer[4, "Input" -> {5, 3}]', reference)


def recurrent(name: str, x: Any, weights: Any, states: Any, biases: Any) -> Any:
    start = torch.zeros((1, BATCH, states.shape[1]), dtype=x.dtype)
    run = {"gru": torch.gru, "tanh": torch.rnn_tanh}[name]
    return run(x, start, [weights, states, biases, torch.zeros_like(biases)], True, 1, 0.0, False, False, True)[0]


def test_basic_recurrent_layer() -> None:
    compare(
        'BasicRecurrentLayer[4, "Input" -> {5, 3}]',
        lambda x, w: recurrent("tanh", x["Input"], w["InputWeights"], w["StateWeights"], w["Biases"]),
    )


def test_parametric_ramp_layer() -> None:
    compare('ParametricRampLayer["Input" -> {3, 4}]', lambda x, w: F.prelu(x["Input"], w["Slope"]))


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        (
            'NormalizationLayer["Input" -> {3, 4, 5}]',
            lambda x, w: F.instance_norm(x["Input"], weight=w["Scaling"], bias=w["Biases"], eps=0.001),
        ),
        (
            'NormalizationLayer[-1, "Same", "Epsilon" -> 0.01, "Input" -> {3, 4}]',
            lambda x, w: F.layer_norm(x["Input"], (4,), w["Scaling"], w["Biases"], 0.01),
        ),
        (
            'NormalizationLayer[All, 1, "GroupNumber" -> {2, 1, 1}, "Input" -> {6, 4, 5}]',
            lambda x, w: F.group_norm(x["Input"], 2, w["Scaling"], w["Biases"], 0.001),
        ),
        (
            'NormalizationLayer[-1, "Same", Method -> "RMS", "Biases" -> None, "Input" -> {3, 4}]',
            lambda x, w: F.rms_norm(x["Input"], (4,), w["Scaling"], 0.001),
        ),
        (
            'NormalizationLayer[1, "Unbiased" -> True, "Scaling" -> None, "Biases" -> None, "Input" -> 4]',
            lambda x, w: (x["Input"] - x["Input"].mean(1, True)) / torch.sqrt(x["Input"].var(1, keepdim=True) + 0.001),
        ),
        (
            'LocalResponseNormalizationLayer["Alpha" -> 2, "Beta" -> 0.7, "Bias" -> 3, "Input" -> {7, 2, 3}]',
            lambda x, w: F.local_response_norm(x["Input"], 5, 2.0, 0.7, 3.0),
        ),
    ],
    ids=["instance", "layer", "group", "rms", "unbiased", "response"],
)
def test_normalization(text: str, reference: Any) -> None:
    compare(text, reference)


def attend(x: Any, query: Any, mask: Any = None, causal: bool = False, scale: float = 1.0) -> Any:
    """Gives PyTorch's attention of arrays (b, t, h, n)."""
    turned = (array.transpose(1, 2) for array in (query, x["Key"], x["Value"]))
    y = F.scaled_dot_product_attention(*turned, attn_mask=mask, is_causal=causal, scale=scale)
    return y.transpose(1, 2)


HEADS = '"Key" -> {5, 2, 3}, "Value" -> {5, 2, 4}, "Query" -> {6, 2, 3}, "MultiHead" -> True'
SINGLE = '"Key" -> {5, 3}, "Value" -> {5, 4}, "Query" -> {5, 2}'


def heads(x: Any) -> Any:
    return {name: array.unsqueeze(-2) for name, array in x.items()}


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        (f'AttentionLayer["Dot", {HEADS}]', lambda x, w: attend(x, x["Query"])),
        (
            f'AttentionLayer["Dot", "ScoreRescaling" -> "DimensionSqrt", "Mask" -> "Causal", {HEADS}]',
            lambda x, w: attend(x, x["Query"], causal=True, scale=3**-0.5),
        ),
        (
            f"AttentionLayer[{SINGLE}]",
            lambda x, w: attend(heads(x), x["Query"].unsqueeze(-2) @ w["Weights"].T).squeeze(-2),
        ),
        (
            f'AttentionLayer["Mask" -> ("Causal" -> 2), {SINGLE}]',
            lambda x, w: attend(
                heads(x), x["Query"].unsqueeze(-2) @ w["Weights"].T, torch.ones(5, 5).tril().triu(-1).bool()
            ).squeeze(-2),
        ),
    ],
    ids=["heads", "causal", "bilinear", "window"],
)
def test_attention_layer(text: str, reference: Any) -> None:
    compare(text, reference)


@pytest.mark.parametrize(
    ("options", "size", "settings"),
    [
        ("", "{4, 5}", {}),
        ('"Stride" -> 2, PaddingSize -> 1', "{4, 5}", {"stride": 2, "padding": 1}),
        ('"Stride" -> {2, 3}, "Dilation" -> 2, "ChannelGroups" -> 2', "{4, 5}", {"stride": (2, 3), "dilation": 2, "groups": 2}),
        ('"Stride" -> 3, PaddingSize -> {{0, 0}, {0, 0}}, "Biases" -> None', "{4, 5}", {"stride": 3}),
        ('PaddingSize -> "Same"', "{4, 5}", {"padding": 1}),
        ('"Dimensionality" -> 1, "Stride" -> 2', "{6}", {"stride": 2}),
        ('"Dimensionality" -> 3', "{2, 3, 2}", {}),
    ],
)  # fmt: skip
def test_deconvolution_layer(options: str, size: str, settings: dict[str, Any]) -> None:
    def reference(x: Any, w: Any) -> Any:
        run = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}[x["Input"].ndim - 2]
        return run(x["Input"], w["Weights"], w.get("Biases"), **settings)

    text = f'DeconvolutionLayer[6, 3, {options}{", " if options else ""}"Input" -> {{4, {size[1:]}]'
    compare(text, reference)


@pytest.mark.parametrize("targets", [[[1, 2, 1], [2, 2, 3], [3, 3, 3]], [[2], [1], [3]]])
def test_connectionist_loss(targets: list[list[int]]) -> None:
    """After a softmax: PyTorch gives the gradient in its input, whatever made the logarithms."""

    def reference(x: Any, w: Any) -> Any:
        logs = torch.log_softmax(x["Input"], -1).transpose(0, 1)
        sizes = torch.full((BATCH,), len(logs)), torch.full((BATCH,), len(targets[0]))
        return F.ctc_loss(logs, x["Target"] - 1, *sizes, blank=3, reduction="none")

    text = (
        'NetGraph[{SoftmaxLayer[], CTCLossLayer[]}, {1 -> NetPort[{2, "Input"}]}, '
        f'"Input" -> {{6, 4}}, "Target" -> {{{len(targets[0])}, "Integer"}}]'
    )
    compare(text, reference, Target=np.array(targets))


def test_spatial_transformation_layer() -> None:
    def reference(x: Any, w: Any) -> Any:
        places = F.affine_grid(x["Parameters"].reshape(-1, 2, 3), (BATCH, 2, 5, 4), align_corners=True)
        return F.grid_sample(x["Input"], places, align_corners=True)

    parameters = np.array([1.0, 0, 0, 0, 1, 0]) + np.random.default_rng(4).uniform(-0.6, 0.6, (BATCH, 6))
    compare('SpatialTransformationLayer[{5, 4}, "Input" -> {2, 6, 7}]', reference, Parameters=parameters)
