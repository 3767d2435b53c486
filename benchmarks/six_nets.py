"""Six nets in the language, with the data that `train.py` and `infer.py` give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Arrays = dict[str, np.ndarray]

#: How many different batches there are; steps take them in turn.
BATCHES = 8


@dataclass(frozen=True)
class SixNet:
    """One net: its code, the size of a batch, and its data.

    inputs(generator, examples) gives the examples, with numbers of classes counted from 1; classes: how many the
    targets have; length: how many targets an example has (None: one that is no list).
    """

    name: str
    code: str
    batch: int
    inputs: Callable[[np.random.Generator, int], np.ndarray]
    classes: int
    length: int | None = None

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """Gives the inputs and the targets (classes from 1) of all batches."""
        generator = np.random.default_rng(1)
        examples = BATCHES * self.batch
        shape = (examples,) if self.length is None else (examples, self.length)
        return self.inputs(generator, examples), generator.integers(1, self.classes + 1, shape)

    def batches(self) -> list[slice]:
        """Gives where each batch is in the data."""
        return [slice(start, start + self.batch) for start in range(0, BATCHES * self.batch, self.batch)]


def normal(*shape: int) -> Callable[[np.random.Generator, int], np.ndarray]:
    return lambda generator, examples: generator.normal(size=(examples, *shape)).astype(np.float32)


RESIDUAL = """
With[{convolution = ConvolutionLayer[16, 3, PaddingSize -> 1, "Biases" -> None], norm = BatchNormalizationLayer[]},
  With[{block = NetGraph[{NetChain[{convolution, norm, Ramp, convolution, norm}], TotalLayer[], Ramp},
      {NetPort["Input"] -> 1, {1, NetPort["Input"]} -> 2 -> 3}]},
    NetChain[Join[Table[block, 6], {AggregationLayer[Mean], 10, SoftmaxLayer[]}], "Input" -> {16, 16, 16}]]]
"""

NETS = {
    net.name: net
    for net in (
        SixNet("2-3-2", 'NetChain[{3, Ramp, 2, SoftmaxLayer[]}, "Input" -> 2]', 3, normal(2), 2),
        SixNet(
            "784-500-500-10",
            'NetChain[{500, Ramp, 500, Ramp, 10, SoftmaxLayer[]}, "Input" -> 784]',
            128,
            normal(784),
            10,
        ),
        SixNet(
            "LeNet",
            """NetChain[{ConvolutionLayer[20, 5], Ramp, PoolingLayer[2, 2], ConvolutionLayer[50, 5], Ramp,
            PoolingLayer[2, 2], FlattenLayer[], 500, Ramp, 10, SoftmaxLayer[]}, "Input" -> {1, 28, 28}]""",
            64,
            normal(1, 28, 28),
            10,
        ),
        SixNet(
            "LSTM",
            'NetChain[{LongShortTermMemoryLayer[64], SequenceLastLayer[], 10, SoftmaxLayer[]}, "Input" -> {50, 32}]',
            32,
            normal(50, 32),
            10,
        ),
        SixNet(
            "transformer",
            'NetModel[{"GPT", "Layers" -> 4, "Heads" -> 4, "Width" -> 128, "Vocabulary" -> 256, "Context" -> 64}]',
            16,
            lambda generator, examples: generator.integers(1, 257, (examples, 64)),
            256,
            length=64,
        ),
        SixNet("residual", RESIDUAL, 32, normal(16, 16, 16), 10),
    )
}

#: What all use: Adam as the language has it, with these numbers.
RATE, BETA1, BETA2, EPSILON = 1e-4, 0.9, 0.999, 1e-5
#: What is added to a variance by BatchNormalizationLayer and NormalizationLayer.
VARIANCE_EPSILON = 0.001


def gates(arrays: Arrays, order: tuple[str, ...]) -> list[np.ndarray]:
    """Gives the input weights, state weights and biases of the LSTM, with its gates in this order."""
    parts = ("InputWeights", "StateWeights", "Biases")
    return [np.concatenate([arrays[f"1/{gate}Gate{part}"] for gate in order]) for part in parts]


#: Nets of images, for which PyTorch has another layout of memory.
CONVOLUTIONAL = ("LeNet", "residual")
