"""Nets with shared arrays trained for several steps, and the same in PyTorch: the arrays agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pytest

from wlnet.nets import Net, Shared
from wlnet.session import Session

torch: Any = pytest.importorskip("torch", reason="PyTorch, which the training is compared with, is not installed")

RANDOM = np.random.default_rng(7)
RATE, STEPS, EXAMPLES = 0.02, 8, 5


def numbers(*shape: int) -> Any:
    return np.round(RANDOM.normal(size=shape), 3)


def written(values: np.ndarray) -> str:
    return str(values.tolist()).replace("[", "{").replace("]", "}")


class Case(NamedTuple):
    """A net, its data and options in the language; the loss in PyTorch of name → array and the data; and what the rate of
    some arrays is multiplied by.
    """

    net: str
    data: Mapping[str, np.ndarray]
    loss: Callable[..., Any]
    options: str = ""
    multipliers: Mapping[str, float] = {}


def siamese(a: Any, pairs: Any, different: Any) -> Any:
    embedded = [torch.tanh(x @ a["Net/1/Weights"].T + a["Net/1/Biases"]) @ a["Net/3/Weights"].T + a["Net/3/Biases"]
                for x in (pairs[:, 0], pairs[:, 1])]  # fmt: skip
    distance = (embedded[0] - embedded[1]).norm(dim=1)
    return torch.where(different > 0, torch.relu(0.5 - distance), distance)


def language_model(a: Any, words: Any, following: Any) -> Any:
    x = a["E"][words.long() - 1]
    state, losses = torch.zeros(len(words), 4, dtype=x.dtype), []
    for step in range(words.shape[1]):
        state = torch.tanh(x[:, step] @ a["2/InputWeights"].T + state @ a["2/StateWeights"].T + a["2/Biases"])
        losses.append(
            torch.nn.functional.cross_entropy(state @ a["E"].T, following[:, step].long() - 1, reduction="none")
        )
    return torch.stack(losses, 1).mean(1)


def two_rates(a: Any, x: Any, y: Any) -> Any:
    hidden = torch.tanh(x @ a["W"].T + a["1/Biases"])
    return (hidden @ a["W"].T + a["3/Biases"] - y).square().mean(1)


def adversaries(a: Any, latent: Any, sample: Any) -> Any:
    def says(x: Any) -> Any:
        hidden = torch.tanh(x @ a["d/1/Weights"].T + a["d/1/Biases"])
        return torch.sigmoid(hidden @ a["d/3/Weights"].T + a["d/3/Biases"])[:, 0]

    fake = latent @ a["gen/Weights"].T + a["gen/Biases"]
    return -torch.log(says(sample)) - torch.log(1 - says(fake))


def autoencoder(a: Any, x: Any, y: Any) -> Any:
    return (torch.tanh(x @ a["T"].T + a["1/Biases"]) @ a["T"] + a["3/Biases"] - y).square().mean(1)


POINTS = numbers(EXAMPLES, 3)
WORDS = RANDOM.integers(1, 7, (EXAMPLES, 5))
CASES = {
    "siamese": Case(
        'NetPairEmbeddingOperator[NetChain[{4, Tanh, 2}], "Input" -> 3]',
        {"Input": numbers(EXAMPLES, 2, 3), "Output": np.array([1.0, 0.0, 1.0, 0.0, 1.0])},
        siamese,
    ),
    "tied language model": Case(
        'NetChain[{EmbeddingLayer[4, 6, "Weights" -> NetArray["E"]], BasicRecurrentLayer[4], '
        'NetMapOperator[LinearLayer[6, "Weights" -> NetArray["E"], "Biases" -> None]], SoftmaxLayer[]}, "Input" -> 5]',
        {"Input": WORDS[:, :], "Output": np.roll(WORDS, -1, 1)},
        language_model,
    ),
    "two rates": Case(
        'NetChain[{LinearLayer[3, "Weights" -> NetArray["W"], LearningRateMultipliers -> 0.5], Tanh, '
        'LinearLayer[3, "Weights" -> NetArray["W"], LearningRateMultipliers -> 2]}, "Input" -> 3]',
        {"Input": POINTS, "Output": numbers(EXAMPLES, 3)},
        two_rates,
        multipliers={"W": 0.5, "1/Biases": 0.5, "3/Biases": 2.0},
    ),
    "copies of a discriminator": Case(
        'd = NetInsertSharedArrays[NetChain[{4, Tanh, 1, LogisticSigmoid}, "Input" -> 3], "d/"]; '
        'NetGraph[<|"gen" -> LinearLayer[3, "Input" -> 2], "real" -> d, "fake" -> d|>, {NetPort["Sample"] -> "real" -> '
        'NetPort["Real"], NetPort["Latent"] -> "gen" -> "fake" -> NetPort["Fake"]}]',
        {"Latent": numbers(EXAMPLES, 2), "Sample": numbers(EXAMPLES, 3)},
        adversaries,
        'LossFunction -> {"Real" -> ElementwiseLayer[-Log[#] &], "Fake" -> ElementwiseLayer[-Log[1 - #] &]}, '
        'LearningRateMultipliers -> {"gen" -> -1, _ -> 1}, ',
        {"gen/Weights": -1.0, "gen/Biases": -1.0},
    ),
    "tied autoencoder": Case(
        'NetChain[{LinearLayer[2, "Weights" -> NetArray["T"]], Tanh, '
        'LinearLayer[3, "Weights" -> NetArray[<|"Name" -> "T", "View" -> Transpose|>]]}, "Input" -> 3]',
        {"Input": POINTS, "Output": POINTS},
        autoencoder,
    ),
}  # fmt: skip


def named(net: Net) -> dict[str, np.ndarray]:
    return {key.name if isinstance(key, Shared) else "/".join(key): array for key, array in net.store.items()}


def trained_by_torch(before: Net, case: Case) -> dict[str, Any]:
    arrays = {name: torch.tensor(np.asarray(v, np.float64), requires_grad=True) for name, v in named(before).items()}
    rates = {name: case.multipliers.get(name, 1.0) for name in arrays}
    groups = [{"params": [array], "lr": RATE * abs(rates[name])} for name, array in arrays.items()]
    optimizer = torch.optim.Adam(groups, eps=1e-5)
    data = [torch.tensor(np.asarray(values, np.float64)) for values in case.data.values()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        case.loss(arrays, *data).mean().backward()
        for name, array in arrays.items():
            array.grad *= np.sign(rates[name])  # it takes no negative rate
        optimizer.step()
    return {name: array.detach().numpy() for name, array in arrays.items()}


@pytest.mark.parametrize("name", CASES)
def test_shared_arrays_train_as_in_pytorch(name: str) -> None:
    case, session = CASES[name], Session()
    columns = ", ".join(f'"{port}" -> {written(values)}' for port, values in case.data.items())
    *first, last = case.net.split("; ")
    before = session.evaluate_term(f"{'; '.join([*first, ''])}before = NetInitialize[{last}, RandomSeeding -> 3]")
    after = session.evaluate_term(
        f"NetTrain[before, <|{columns}|>, {case.options}LearningRate -> {RATE}, MaxTrainingRounds -> {STEPS}, "
        f'BatchSize -> {EXAMPLES}, WorkingPrecision -> "Real64"]'
    )
    assert isinstance(before, Net), session.messages
    assert isinstance(after, Net), session.messages
    found, wanted = named(after), trained_by_torch(before, case)
    assert found.keys() == wanted.keys()
    start = named(before)
    assert sum(not np.allclose(array, start[key], atol=1e-3) for key, array in found.items()) > len(found) / 2
    for key, array in found.items():
        np.testing.assert_allclose(array, wanted[key], rtol=1e-5, atol=1e-6, err_msg=key)
    told = [str(message) for message in session.messages]
    assert any("shmult" in message and '"W"' in message for message in told) == (name == "two rates")
