"""Operators that compare: what two members of a pair become, and real samples with generated ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.operators import Apply
from wlnet.layers.settings import argument, choice, option
from wlnet.nets.dimensions import show
from wlnet.terms import S


def norm(ops: Any, v: Any) -> tuple[Any, Any]:
    """Gives the squares of norms, and the norms, of vectors v (b, n): (b,) each; the gradient in a vector of zeros is zero."""
    squared = ops.sum(ops.square(v), axes=(1,))
    return squared, ops.sqrt(ops.maximum(squared, np.asarray(np.finfo(np.float32).tiny, squared.dtype)))


@layer(
    "NetPairEmbeddingOperator",
    category="Operators",
    options={
        "DistanceFunction": option(
            "DistanceFunction", choice("EuclideanDistance", "CosineDistance"), "EuclideanDistance", S.EuclideanDistance
        )
    },
    ports="Input: 2 ...s -> Output:",
    inner={"Net": "Input: ...s -> Output: ...o"},
)
def net_pair_embedding_operator(call: Call, apply: Apply, x: Any) -> Any:
    """NetPairEmbeddingOperator[net] applies a net to both members of a pair and gives the distance of the results.

    Details: The option "Input" gives the shape of each member of a pair, or an encoder for each; the port itself takes the
    pair, as in {2, n}. An encoder of the net inside becomes one for pairs. NetTrain takes rules {a, b} -> True
    for pairs that are to be far from each other and {a, b} -> False for those that are to be near, by a
    ContrastiveLossLayer. The gradient of the distance of a member from itself is zero.

    Examples:
        >> NetPairEmbeddingOperator[ElementwiseLayer[# &]][{{0., 0.}, {3., 4.}}]
        = 5.
        >> NetPairEmbeddingOperator[ElementwiseLayer[# &]][{{1., 2.}, {1., 2.}}, NetPortGradient["Input"]]
        = {{0., 0.}, {0., 0.}}
        >> op = NetPairEmbeddingOperator[LinearLayer[1, "Input" -> 1]];
        >> pairs = {{{0.}, {0.1}} -> False, {{0.}, {1.}} -> True, {{1.}, {0.9}} -> False};
        >> op = NetTrain[op, pairs, MaxTrainingRounds -> 300]; op[{{0.}, {1.}}] > 0.4 > op[{{0.}, {0.1}}]
        = True
    Options: DistanceFunction:
        >> NetPairEmbeddingOperator[ElementwiseLayer[# &], DistanceFunction -> CosineDistance][{{1., 0.}, {0., 2.}}]
        = 1.
    Options: "Input":
        >> op = NetPairEmbeddingOperator[LinearLayer[2], "Input" -> 3]; NetExtract[op, {{"Net", "Input"}, {"Input"}}]
        = {3, {2, 3}}
        >> NetPairEmbeddingOperator[ElementwiseLayer[# &], "Input" -> NetEncoder["Boolean"]][{True, False}]
        = 1.
    Options: "Output":
        >> NetExtract[NetPairEmbeddingOperator[LinearLayer[2], "Output" -> "Real"], "Output"]
        = "Real"
    Options: LearningRateMultipliers:
        >> Values[Information[NetPairEmbeddingOperator[LinearLayer[2], LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]]
        = {0, 0}
    Source: https://reference.wolfram.com/language/ref/NetPairEmbeddingOperator.html
    """
    ops, batch = call.ops, call.batch
    rows = ops.reshape(x, shape=(2 * batch, *x.shape[2:]))
    (y,) = apply("Net", rows, batch=2 * batch)
    pairs = ops.reshape(y, shape=(batch, 2, -1))
    a, b = ops.part(pairs, index=(slice(None), 0)), ops.part(pairs, index=(slice(None), 1))
    if call["DistanceFunction"] == "EuclideanDistance":
        squared, distance = norm(ops, ops.subtract(a, b))
        return ops.multiply(distance, ops.sign(squared))
    norms = [norm(ops, v)[1] for v in (a, b)]
    cosine = ops.divide(ops.sum(ops.multiply(a, b), axes=(1,)), ops.multiply(*norms))
    return ops.subtract(np.asarray(1, cosine.dtype), cosine)


def solve_adversaries(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    verdict = known.get("...d")
    if verdict is not None and verdict not in ((), (1,)):
        raise DimensionError(f"the discriminator must give one number, but it gives {show(verdict)}")


def verdict_losses(call: Call, real: Any, fake: Any) -> tuple[Any, Any]:
    """Gives the losses of a discriminator for what it says of samples and of fakes: (b,) or (b, 1); each gives (b,)."""
    ops = call.ops
    if call["loss"] == "JensenShannon":
        ones, zeros = np.ones(real.shape, real.dtype), np.zeros(fake.shape, fake.dtype)
        return ops.cross_entropy_binary(real, ones), ops.cross_entropy_binary(fake, zeros)
    return ops.negative(ops.reshape(real, shape=(call.batch,))), ops.reshape(fake, shape=(call.batch,))


@layer(
    "NetGANOperator",
    category="Operators",
    arguments=(argument("loss", choice("JensenShannon", "Wasserstein", "Automatic"), "Automatic", title="Loss"),),
    ports="Sample: ...s, Latent: ...l -> LossReal:, LossFake:, GeneratedFake: ...s",
    inner={"Generator": "Input: ...l -> Output: ...s", "Discriminator": "Input: ...s -> Output: ...d"},
    solve=solve_adversaries,
    loss=("LossReal", "LossFake"),
)
def net_gan_operator(call: Call, apply: Apply, sample: Any, latent: Any) -> Any:
    """NetGANOperator[{generator, discriminator}] is the net that trains a generator against a discriminator.
    NetGANOperator[{generator, discriminator}, "JensenShannon"] has the losses -Log[d] of samples and -Log[1 - d] of fakes.
    NetGANOperator[{generator, discriminator}, "Wasserstein"] has the losses -d of samples and d of fakes.

    Details: The generator makes a fake of each "Latent"; the discriminator gives one number d for a sample or a fake. The
    loss is "JensenShannon" where the discriminator ends with LogisticSigmoid, else "Wasserstein". NetTrain makes the sum
    of "LossReal" and "LossFake" small for the discriminator; the gradient that comes back from it is reversed in training,
    so that the generator makes "LossFake" large. TrainingUpdateSchedule -> {"Discriminator", "Generator"} lets them take
    turns; LearningRateMultipliers and suboptions of Method such as "WeightClipping" take "Generator" and "Discriminator" as
    names of parts. NetExtract[net, "Generator"] gives the generator.

    Examples:
        >> gan = NetGANOperator[{LinearLayer[2, "Input" -> 3], NetChain[{LinearLayer[{}], LogisticSigmoid}]}];
        >> Information[gan, "OutputPortNames"]
        = {"LossReal", "LossFake", "GeneratedFake"}
        >> NetExtract[gan, "Sample"]
        = 2
        >> NetGANOperator[{ElementwiseLayer[2 # &], SummationLayer[]}][<|"Sample" -> {1., 2.}, "Latent" -> {5., 6.}|>]
        = <|"LossReal" -> -3., "LossFake" -> 22., "GeneratedFake" -> {10., 12.}|>
        >> trained = NetTrain[gan, <|"Sample" -> {{1., 1.}, {1., 2.}}, "Latent" -> {{1., 0., 0.}, {0., 1., 0.}}|>,
        MaxTrainingRounds -> 4, TrainingUpdateSchedule -> {"Discriminator", "Generator"}]; Head[NetExtract[trained, "Generator"]]
        = LinearLayer
        >> NetGANOperator[{Ramp, NetChain[{SummationLayer[], LogisticSigmoid}]}, "Wasserstein"][<|"Sample" -> {0., 0.},
        "Latent" -> {0., 0.}|>, "LossReal"]
        = -0.5
        >> NetGANOperator[{Ramp, NetChain[{SummationLayer[], LogisticSigmoid}]}][<|"Sample" -> {0., 0.}, "Latent" -> {0., 0.}|>,
        "LossFake"]
        = 0.6931472
    Options: "Sample":
        >> NetExtract[NetGANOperator[{LinearLayer[], LinearLayer[{}]}, "Sample" -> 2], "GeneratedFake"]
        = 2
    Options: "Latent":
        >> NetExtract[NetGANOperator[{LinearLayer[2], LinearLayer[{}]}, "Latent" -> 5], {"Generator", "Input"}]
        = 5
    Options: "GeneratedFake":
        >> NetExtract[NetGANOperator[{LinearLayer[], LinearLayer[{}]}, "GeneratedFake" -> 2], {"Discriminator", "Input"}]
        = 2
    Options: "LossReal":
        >> NetExtract[NetGANOperator[{LinearLayer[2], LinearLayer[{}]}, "LossReal" -> "Real"], "LossReal"]
        = "Real"
    Options: "LossFake":
        >> NetExtract[NetGANOperator[{LinearLayer[2], LinearLayer[{}]}, "LossFake" -> "Real"], "LossFake"]
        = "Real"
    Options: LearningRateMultipliers:
        >> frozen = NetGANOperator[{LinearLayer[2], LinearLayer[{}]}, LearningRateMultipliers -> 0];
        >> Values[Information[frozen, "ArraysLearningRateMultipliers"]]
        = {0, 0, 0, 0}
    Possible issues:
        >> NetGANOperator[{LinearLayer[2], LinearLayer[3]}]
        = $Failed
        message: NetGANOperator::dims
        >> NetGANOperator[LinearLayer[2]]
        = $Failed
        message: NetGANOperator::args
    Source: https://reference.wolfram.com/language/ref/NetGANOperator.html, I. Goodfellow and others 2014, M. Arjovsky and
    others 2017
    """
    (fake,) = apply("Generator", latent)
    seen = call.ops.reverse_gradient(fake) if call.training else fake
    verdicts = [apply("Discriminator", x)[0] for x in (sample, seen)]
    return (*verdict_losses(call, *verdicts), fake)
