"""NetGANOperator against PyTorch: the discriminator makes the losses small, the generator the loss of fakes large."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.nets import Net
from wlnet.plans import gradients
from wlnet.session import Session

GAN = """gan = NetInitialize[NetGANOperator[{
    NetChain[{3, Tanh, 2}, "Input" -> 2], NetChain[{4, Tanh, LinearLayer[{}]FINAL}, "Input" -> 2]}LOSS]]"""
RANDOM = np.random.default_rng(4)
SAMPLES, LATENTS = RANDOM.normal(size=(5, 2)).astype(np.float32), RANDOM.normal(size=(5, 2)).astype(np.float32)


def gan(final: str = ", LogisticSigmoid", loss: str = "") -> Net:
    net = Session().evaluate_term(GAN.replace("FINAL", final).replace("LOSS", loss))
    assert isinstance(net, Net)
    return net


@pytest.mark.parametrize(
    ("final", "loss"), [(", LogisticSigmoid", ""), ("", ""), (", LogisticSigmoid", ', "Wasserstein"')]
)
def test_gradients_are_pytorchs(final: str, loss: str) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch, which the gradients are compared with, is not installed")
    net = gan(final, loss)
    arrays = {"/".join(key): torch.tensor(np.array(value), requires_grad=True) for key, value in net.store.items()}

    def run(name: str, x):  # type: ignore[no-untyped-def]
        first, last = ([arrays[f"{name}/{layer}/{array}"] for array in ("Weights", "Biases")] for layer in ("1", "3"))
        last = [last[0].reshape(-1, first[0].shape[0]), last[1].reshape(-1)]
        return torch.tanh(x @ first[0].T + first[1]) @ last[0].T + last[1]

    def losses(fake):  # type: ignore[no-untyped-def]
        real, fake = run("Discriminator", torch.tensor(SAMPLES)), run("Discriminator", fake)
        if final:
            real, fake = torch.sigmoid(real), torch.sigmoid(fake)
        if final and not loss:
            return -torch.log(real).sum(), -torch.log(1 - fake).sum()
        return -real.sum(), fake.sum()

    fakes = run("Generator", torch.tensor(LATENTS))
    sum(losses(fakes.detach())).backward()
    wanted = {name: array.grad.clone() for name, array in arrays.items() if name.startswith("Discriminator")}
    (-losses(fakes)[1]).backward()
    wanted |= {name: array.grad for name, array in arrays.items() if name.startswith("Generator")}
    seeds = {"LossReal": np.ones(1), "LossFake": np.ones(1)}
    inputs = {"Sample": SAMPLES, "Latent": LATENTS}
    found = gradients(net, inputs, len(SAMPLES), list(net.store), seeds=seeds, training=True)
    assert len(found) == len(wanted) == 8
    for key, gradient in found.items():
        np.testing.assert_allclose(gradient, wanted["/".join(key)].numpy(), rtol=1e-4, atol=1e-5, err_msg=str(key))


def trained(options: str) -> tuple[Net, Net]:
    session = Session()
    before = session.evaluate_term(GAN.replace("FINAL", ", LogisticSigmoid").replace("LOSS", ""))
    data = '<|"Sample" -> {{1., 2.}, {2., 1.}}, "Latent" -> {{0., 1.}, {1., 0.}}|>'
    after = session.evaluate_term(f'NetTrain[gan, {data}, Method -> "SGD", {options}]')
    assert isinstance(before, Net)
    assert isinstance(after, Net), session.messages
    return before, after


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ("MaxTrainingRounds -> 1", {"Generator", "Discriminator"}),
        ('MaxTrainingRounds -> 1, TrainingUpdateSchedule -> {"Discriminator", "Generator"}', {"Discriminator"}),
        ('MaxTrainingRounds -> 1, TrainingUpdateSchedule -> {"Generator", "Discriminator"}', {"Generator"}),
        ('MaxTrainingRounds -> 3, TrainingUpdateSchedule -> {"Generator" -> 3, "Discriminator"}', {"Generator"}),
        ('MaxTrainingRounds -> 2, LearningRateMultipliers -> {"Generator" -> 0, _ -> 1}', {"Discriminator"}),
    ],
)
def test_who_is_trained(options: str, changed: set[str]) -> None:
    before, after = trained(options)
    moved = {key[0] for key in before.store if not np.array_equal(before.store[key], after.store[key])}
    assert moved == changed


def test_a_generator_learns_where_samples_are() -> None:
    """Samples lie around 3, what is generated begins around 0."""
    session = Session()
    made = session.evaluate(
        """SeedRandom[1];
        gan = NetGANOperator[{NetChain[{1}, "Input" -> 1], NetChain[{8, Tanh, LinearLayer[{}], LogisticSigmoid}]}];
        batch = Function[<|"Sample" -> RandomVariate[NormalDistribution[3, 0.5], {#BatchSize, 1}],
            "Latent" -> RandomVariate[NormalDistribution[], {#BatchSize, 1}]|>];
        gan = NetTrain[gan, {batch, "RoundLength" -> 640}, BatchSize -> 64, MaxTrainingRounds -> 100,
            LearningRate -> 0.01, TrainingUpdateSchedule -> {"Discriminator", "Generator"}];
        Mean[Flatten[NetExtract[gan, "Generator"][{{-1.}, {0.}, {1.}}]]]"""
    )
    assert not session.messages
    assert abs(made - 3) < 1.5
