"""The six nets in Keras 3, on one of its backends, with the arrays that wlnet begins with."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import Any

import numpy as np
from six_nets import BETA1, BETA2, EPSILON, NETS, RATE, VARIANCE_EPSILON, Arrays, gates


def load(backend: str) -> Any:
    """Gives Keras on a backend, which a process chooses once."""
    os.environ["KERAS_BACKEND"] = backend
    if backend == "torch":
        importlib.import_module("torch").set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    return importlib.import_module("keras")


def chain(
    keras: Any, shape: tuple[int, ...], layers: list[Any], weights: list[np.ndarray], dtype: str = "float32"
) -> Any:
    net = keras.Sequential([keras.Input(shape, dtype=dtype), *layers])
    net.set_weights(weights)
    return net


def dense(keras: Any, *sizes: int) -> list[Any]:
    layers = keras.layers
    return [*(layers.Dense(size, activation="relu") for size in sizes[:-1]), layers.Dense(sizes[-1])]


def turned(arrays: Arrays) -> list[np.ndarray]:
    """Gives arrays in order, the weights as Keras has them: what comes out last."""
    return [np.moveaxis(value, (0, 1), (-1, -2)) if value.ndim > 1 else value for value in arrays.values()]


def lenet(keras: Any, arrays: Arrays) -> Any:
    layers = keras.layers
    convolutions = [
        part for size in (20, 50) for part in (layers.Conv2D(size, 5, activation="relu"), layers.MaxPooling2D(2))
    ]
    weights = arrays["8/Weights"].reshape(500, 50, 4, 4).transpose(0, 2, 3, 1).reshape(500, 800)
    made = turned({**arrays, "8/Weights": weights})
    return chain(keras, (28, 28, 1), [*convolutions, layers.Flatten(), *dense(keras, 500, 10)], made)


def lstm(keras: Any, arrays: Arrays) -> Any:
    into, state, biases = gates(arrays, ("Input", "Forget", "Memory", "Output"))
    weights = [into.T, state.T, biases, arrays["3/Weights"].T, arrays["3/Biases"]]
    return chain(keras, (50, 32), [keras.layers.LSTM(64), keras.layers.Dense(10)], weights)


def transformer(keras: Any, arrays: Arrays) -> Any:
    layers, weights = keras.layers, []

    class Transposed(layers.Layer):
        """What the embedding makes of vectors, the other way round."""

        def call(self, x: Any) -> Any:
            return keras.ops.matmul(x, keras.ops.transpose(embedding.embeddings))

    class Positions(layers.Layer):
        """A vector for each place, added."""

        def build(self, shape: Any) -> None:
            self.vectors = self.add_weight((64, 128))

        def call(self, x: Any) -> Any:
            return x + self.vectors

    def norm(place: str, x: Any) -> Any:
        weights.extend([arrays[f"{place}/Scaling"], arrays[f"{place}/Biases"]])
        return layers.LayerNormalization(epsilon=VARIANCE_EPSILON)(x)

    def linear(place: str, size: int, activation: Any, x: Any) -> Any:
        weights.extend([arrays[f"{place}/Weights"].T, arrays[f"{place}/Biases"]])
        return layers.Dense(size, activation=activation)(x)

    def attention(place: str, x: Any) -> Any:
        for part in ("query", "key", "value"):
            project, biases = (arrays[f"{place}/{part}/Net/{name}"] for name in ("Weights", "Biases"))
            weights.extend([project.T.reshape(128, 4, 32), biases.reshape(4, 32)])
        join = arrays[f"{place}/join/Net/Weights"]
        weights.extend([join.T.reshape(4, 32, 128), arrays[f"{place}/join/Net/Biases"]])
        return layers.MultiHeadAttention(4, 32)(x, x, use_causal_mask=True)

    tokens, embedding = keras.Input((64,), dtype="int32"), layers.Embedding(256, 128)
    weights += [arrays["Embedding"], arrays["positions/Weights"]]
    y = Positions()(embedding(tokens))
    for i in range(1, 5):
        y = y + attention(f"blocks/{i}/attention", norm(f"blocks/{i}/norm1", y))
        wide = linear(f"blocks/{i}/feed/Net/1", 512, keras.activations.gelu, norm(f"blocks/{i}/norm2", y))
        y = y + linear(f"blocks/{i}/feed/Net/3", 128, None, wide)
    net = keras.Model(tokens, Transposed()(norm("norm", y)))
    net.set_weights(weights)
    return net


def residual(keras: Any, arrays: Arrays) -> Any:
    layers, weights = keras.layers, []

    def part(place: str, at: int, x: Any) -> Any:
        weights.append(arrays[f"{place}/{at}/Weights"].transpose(2, 3, 1, 0))
        weights.extend(
            arrays[f"{place}/{at + 1}/{name}"] for name in ("Scaling", "Biases", "MovingMean", "MovingVariance")
        )
        x = layers.Conv2D(16, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization(epsilon=VARIANCE_EPSILON, momentum=0.9)(x)

    image = y = keras.Input((16, 16, 16))
    for i in range(1, 7):
        y = layers.ReLU()(part(f"{i}/1", 4, layers.ReLU()(part(f"{i}/1", 1, y))) + y)
    net = keras.Model(image, layers.Dense(10)(layers.GlobalAveragePooling2D()(y)))
    net.set_weights([*weights, arrays["8/Weights"].T, arrays["8/Biases"]])
    return net


MAKERS: dict[str, Callable[[Any, Arrays], Any]] = {
    "2-3-2": lambda keras, arrays: chain(keras, (2,), dense(keras, 3, 2), turned(arrays)),
    "784-500-500-10": lambda keras, arrays: chain(keras, (784,), dense(keras, 500, 500, 10), turned(arrays)),
    "LeNet": lenet,
    "LSTM": lstm,
    "transformer": transformer,
    "residual": residual,
}


def adam(keras: Any) -> Any:
    """Gives Adam as the others have it: Keras adds epsilon before it corrects the second mean, the paper after that."""

    class Adam(keras.optimizers.Adam):
        def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
            ops = keras.ops
            count = ops.cast(self.iterations + 1, variable.dtype)
            self.epsilon = EPSILON * ops.sqrt(1 - ops.power(ops.cast(BETA2, variable.dtype), count))
            super().update_step(gradient, variable, learning_rate)

    return Adam(RATE, BETA1, BETA2)


def prepared(name: str, folder: str, backend: str) -> tuple[Any, Any, np.ndarray, np.ndarray]:
    """Gives Keras, the net, the inputs and the targets (classes from 0)."""
    keras = load(backend)
    with np.load(f"{folder}/{name}.npz") as stored:
        net = MAKERS[name](keras, dict(stored))
    x, t = NETS[name].data()
    if x.ndim == 4:
        x = np.ascontiguousarray(x.transpose(0, 2, 3, 1))
    return keras, net, (x if x.dtype.kind == "f" else x - 1), t - 1


def trainer(name: str, folder: str, backend: str) -> Callable[[], float]:
    """Gives the work of one step of training, on one batch after the other."""
    keras, net, x, t = prepared(name, folder, backend)
    net.compile(adam(keras), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    batches = [(x[chosen], t[chosen]) for chosen in NETS[name].batches()]
    steps = 0

    def step() -> float:
        nonlocal steps
        batch = batches[steps % len(batches)]
        steps += 1
        # Without the reset, the mean over all steps so far would be given.
        net.reset_metrics()
        return float(net.train_on_batch(*batch))

    return step


def runner(name: str, folder: str, backend: str) -> Callable[[], np.ndarray]:
    """Gives the work of applying the net to one example, as an array."""
    keras, net, x, _ = prepared(name, folder, backend)
    whole = keras.Sequential([net, keras.layers.Softmax()])
    return lambda: whole.predict_on_batch(x[:1])
