"""The six nets in JAX: functions of wlnet's arrays under their own names, compiled as a whole with Adam."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from six_nets import BETA1, BETA2, EPSILON, NETS, RATE, VARIANCE_EPSILON, gates

Arrays = dict[str, Any]


def linear(arrays: Arrays, place: str, x: Any) -> Any:
    return x @ arrays[f"{place}/Weights"].T + arrays[f"{place}/Biases"]


def chain_of_linear(places: tuple[str, ...], arrays: Arrays, x: Any) -> Any:
    for place in places[:-1]:
        x = jax.nn.relu(linear(arrays, place, x))
    return linear(arrays, places[-1], x)


def convolution(x: Any, weights: Any, padding: str) -> Any:
    """Gives the convolution of x (n, *s, c) with weights (*k, c, o)."""
    return lax.conv_general_dilated(x, weights, (1, 1), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))


def lenet(arrays: Arrays, x: Any) -> Any:
    for place in ("1", "4"):
        x = jax.nn.relu(convolution(x, arrays[f"{place}/Weights"], "VALID") + arrays[f"{place}/Biases"])
        x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return chain_of_linear(("8", "10"), arrays, x.reshape(len(x), -1))


def lstm(arrays: Arrays, x: Any) -> Any:
    def step(state: tuple[Any, Any], into: Any) -> tuple[tuple[Any, Any], None]:
        h, c = state
        i, o, f, m = jnp.split(into + h @ arrays["StateWeights"].T, 4, -1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(m)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    inputs = x.swapaxes(0, 1) @ arrays["InputWeights"].T + arrays["Biases"]
    nothing = jnp.zeros((len(x), 64), x.dtype)
    (h, _), _ = lax.scan(step, (nothing, nothing), inputs)
    return linear(arrays, "3", h)


def normalized(arrays: Arrays, place: str, x: Any, axes: tuple[int, ...]) -> Any:
    mean, variance = jnp.mean(x, axes, keepdims=True), jnp.var(x, axes, keepdims=True)
    y = (x - mean) * lax.rsqrt(variance + VARIANCE_EPSILON)
    return y * arrays[f"{place}/Scaling"] + arrays[f"{place}/Biases"]


def attention(arrays: Arrays, place: str, x: Any) -> Any:
    b, t, _ = x.shape
    query, key, value = (
        linear(arrays, f"{place}/{part}/Net", x).reshape(b, t, 4, 32) for part in ("query", "key", "value")
    )
    scores = jnp.einsum("bqhn,bkhn->bhqk", query, key) / 32**0.5
    shares = jax.nn.softmax(jnp.where(jnp.tril(jnp.ones((t, t), bool)), scores, -jnp.inf))
    return linear(arrays, f"{place}/join/Net", jnp.einsum("bhqk,bkhn->bqhn", shares, value).reshape(b, t, 128))


def transformer(arrays: Arrays, x: Any) -> Any:
    y = arrays["Embedding"][x] + arrays["positions/Weights"]
    for i in range(1, 5):
        place = f"blocks/{i}"
        y = y + attention(arrays, f"{place}/attention", normalized(arrays, f"{place}/norm1", y, (-1,)))
        wide = linear(arrays, f"{place}/feed/Net/1", normalized(arrays, f"{place}/norm2", y, (-1,)))
        y = y + linear(arrays, f"{place}/feed/Net/3", jax.nn.gelu(wide, approximate=False))
    return normalized(arrays, "norm", y, (-1,)) @ arrays["Embedding"].T


def residual(arrays: Arrays, x: Any, norm: Callable[..., Any] = partial(normalized, axes=(0, 1, 2))) -> Any:
    for i in range(1, 7):
        place = f"{i}/1"
        y = norm(arrays, f"{place}/2", convolution(x, arrays[f"{place}/1/Weights"], "SAME"))
        y = norm(arrays, f"{place}/5", convolution(jax.nn.relu(y), arrays[f"{place}/4/Weights"], "SAME"))
        x = jax.nn.relu(y + x)
    return linear(arrays, "8", jnp.mean(x, (1, 2)))


def tested(arrays: Arrays, place: str, x: Any) -> Any:
    """Gives a batch normalization by its moving statistics."""
    scale = arrays[f"{place}/Scaling"] * lax.rsqrt(arrays[f"{place}/MovingVariance"] + VARIANCE_EPSILON)
    return (x - arrays[f"{place}/MovingMean"]) * scale + arrays[f"{place}/Biases"]


#: Name → function (arrays, inputs) → numbers before the softmax; in training, and outside where that differs.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "2-3-2": partial(chain_of_linear, ("1", "3")),
    "784-500-500-10": partial(chain_of_linear, ("1", "3", "5")),
    "LeNet": lenet,
    "LSTM": lstm,
    "transformer": transformer,
    "residual": residual,
}
OUTSIDE: dict[str, Callable[..., Any]] = {"residual": partial(residual, norm=tested)}


def prepared(name: str, folder: str) -> tuple[Arrays, np.ndarray, np.ndarray]:
    """Gives the arrays, inputs and targets (classes from 0) as JAX is fastest with: images with the channels last."""
    with np.load(f"{folder}/{name}.npz") as stored:
        arrays = dict(stored)
    x, t = NETS[name].data()
    if name == "LSTM":
        made = gates(arrays, ("Input", "Output", "Forget", "Memory"))
        kept = {key: value for key, value in arrays.items() if key.startswith("3/")}
        arrays = {**kept, **dict(zip(("InputWeights", "StateWeights", "Biases"), made, strict=True))}
    if name == "LeNet":
        arrays["8/Weights"] = arrays["8/Weights"].reshape(500, 50, 4, 4).transpose(0, 2, 3, 1).reshape(500, 800)
    arrays = {key: value.transpose(2, 3, 1, 0) if value.ndim == 4 else value for key, value in arrays.items()}
    if x.ndim == 4:
        x = np.ascontiguousarray(x.transpose(0, 2, 3, 1))
    return {key: jnp.asarray(value) for key, value in arrays.items()}, (x if x.dtype.kind == "f" else x - 1), t - 1


def trainer(name: str, folder: str) -> Callable[[], float]:
    """Gives the work of one step of training, on one batch after the other."""
    arrays, x, t = prepared(name, folder)
    function, tree = FUNCTIONS[name], jax.tree_util.tree_map

    def loss_of(arrays: Arrays, x: Any, t: Any) -> Any:
        logs = jax.nn.log_softmax(function(arrays, x))
        return -jnp.mean(jnp.take_along_axis(logs, t[..., None], -1))

    @partial(jax.jit, donate_argnums=(0, 1, 2))
    def update(arrays: Arrays, first: Arrays, second: Arrays, count: Any, x: Any, t: Any) -> Any:
        loss, slopes = jax.value_and_grad(loss_of)(arrays, x, t)
        first = tree(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, slopes)
        second = tree(lambda m, g: BETA2 * m + (1 - BETA2) * g * g, second, slopes)
        low, high = 1 - BETA1**count, 1 - BETA2**count
        arrays = tree(lambda w, m, v: w - RATE * m / low / (jnp.sqrt(v / high) + EPSILON), arrays, first, second)
        return loss, arrays, first, second

    state = (arrays, tree(jnp.zeros_like, arrays), tree(jnp.zeros_like, arrays))
    batches = [(jnp.asarray(x[chosen]), jnp.asarray(t[chosen])) for chosen in NETS[name].batches()]
    steps = 0

    def step() -> float:
        nonlocal state, steps
        batch = batches[steps % len(batches)]
        steps += 1
        loss, *made = update(*state, np.float32(steps), *batch)
        state = tuple(made)
        return float(loss)

    return step


def runner(name: str, folder: str) -> Callable[[], np.ndarray]:
    """Gives the work of applying the net to one example, as an array."""
    arrays, x, _ = prepared(name, folder)
    function = OUTSIDE.get(name, FUNCTIONS[name])
    compiled = jax.jit(lambda arrays, x: jax.nn.softmax(function(arrays, x)))
    one = jnp.asarray(x[:1])
    return lambda: np.asarray(compiled(arrays, one))
