"""Cross entropies, of probabilities and (fused, stable) of the numbers before a softmax or sigmoid.

Each gives one value for each example, the mean over the dimensions between the first and the classes. Probabilities are
raised to the smallest normal number of their type, so that no logarithm is infinite.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.families.elementwise import run_sigmoid
from wlnet.compute.families.losses import compose_mean, example_means, example_shares, pair_samples, smallest
from wlnet.compute.families.softmax import row_sums, shifted
from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace

Needs = tuple[bool, ...]


def class_places(work: Workspace, t: np.ndarray, classes: int) -> np.ndarray:
    """Gives where in the flat array of probabilities that of each target's class is: t (b, ...s) from 1."""
    starts = work.once("starts", lambda: (np.arange(t.size) * classes - 1).reshape(t.shape))
    places = work("places", t.shape, np.intp)
    np.add(t, starts, out=places, casting="unsafe")
    return places.reshape(-1)


def row_shares(gradient: np.ndarray, rows: int) -> np.ndarray:
    """Gives the gradient of each row's loss: gradient (b,); gives (rows,), those of an example side by side."""
    each = rows // len(gradient)
    return gradient if each == 1 else (gradient * (1 / each)).repeat(each)


def pick(anp: Any, values: Any, t: np.ndarray) -> Any:
    """Gives the value of each target's class, as a composition: values (b, ...s, c), t (b, ...s)."""
    unit = np.eye(values.shape[-1])[np.asarray(t).astype(int) - 1]
    return anp.sum(values * unit, axis=-1)


def index_samples(generator: np.random.Generator) -> Samples:
    yield (generator.uniform(0.1, 1, (3, 4)), np.array([1, 4, 2])), {}
    yield (generator.uniform(0.1, 1, (2, 2, 3)), np.array([[1.0, 3.0], [2.0, 2.0]])), {}


@operation(compose=lambda anp, p, t: compose_mean(anp, -anp.log(pick(anp, p, t))), sample=index_samples)
def cross_entropy_index(work: Workspace, p: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives -log of the probability of the target's class: p (b, ...s, c), t (b, ...s) classes; gives (b,)."""
    picked = p.reshape(-1).take(class_places(work, t, p.shape[-1]))
    work.saved = np.maximum(picked, smallest(p), out=picked)
    logs = np.log(picked)
    return example_means(work, np.negative(logs, logs), len(p))


@cross_entropy_index.gradient
def cross_entropy_index_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, p: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    gp = work("gp", p.shape, p.dtype)
    gp.fill(0)
    gp.reshape(-1)[work("places", t.shape, np.intp).reshape(-1)] = -row_shares(gradient, t.size) / work.saved
    return gp, None


def probabilities_samples(generator: np.random.Generator) -> Samples:
    for shape in ((3, 4), (2, 2, 3)):
        yield (generator.uniform(0.1, 1, shape), generator.uniform(0.1, 1, shape)), {}


@operation(compose=lambda anp, p, t: compose_mean(anp, -anp.sum(t * anp.log(p), axis=-1)), sample=probabilities_samples)
def cross_entropy_probabilities(work: Workspace, p: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives -t.log(p) over the last axis: p, t (b, ...s, c); gives (b,)."""
    safe = np.maximum(p, smallest(p), out=work("safe", p.shape, p.dtype))
    logs = np.log(safe, work("logs", p.shape, p.dtype))
    values = np.multiply(logs, t, work("values", p.shape, p.dtype))
    loss = example_means(work, values, len(p))
    return np.multiply(loss, -float(p.shape[-1]), loss)


@cross_entropy_probabilities.gradient
def cross_entropy_probabilities_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, p: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    shares = example_shares(gradient, p.shape) * -float(p.shape[-1])
    gp = np.divide(t, work("safe", p.shape, p.dtype), work("gp", p.shape, p.dtype))
    np.multiply(gp, shares, gp)
    return gp, np.multiply(work("logs", p.shape, p.dtype), shares) if needs[1] else None


@operation(
    compose=lambda anp, p, t: compose_mean(anp, -(t * anp.log(p) + (1 - t) * anp.log(1 - p))),
    sample=pair_samples(0.1, 0.9),
)
def cross_entropy_binary(work: Workspace, p: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives -(t log(p) + (1 - t) log(1 - p)): p, t (b, ...s); gives (b,)."""
    tiny = smallest(p)
    yes = np.log(np.maximum(p, tiny))
    no = np.log(np.maximum(1.0 - p, tiny))
    work.saved = yes, no
    values = np.subtract((t - 1.0) * no, t * yes, work("values", p.shape, p.dtype))
    return example_means(work, values, len(p))


@cross_entropy_binary.gradient
def cross_entropy_binary_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, p: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    tiny, shares = smallest(p), example_shares(gradient, p.shape)
    slope = (1.0 - t) / np.maximum(1.0 - p, tiny) - t / np.maximum(p, tiny)
    yes, no = work.saved
    return slope * shares, (no - yes) * shares if needs[1] else None


def logits_samples(generator: np.random.Generator) -> Samples:
    for (p, t), settings in index_samples(generator):
        yield (generator.normal(size=p.shape), t), settings


def compose_log_sum(anp: Any, z: Any) -> Any:
    peak = anp.max(z, axis=-1)
    return peak + anp.log(anp.sum(anp.exp(z - peak[..., None]), axis=-1))


@operation(
    compose=lambda anp, z, t: compose_mean(anp, compose_log_sum(anp, z) - pick(anp, z, t)), sample=logits_samples
)
def softmax_cross_entropy_index(work: Workspace, z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives -log of the softmax of z at the target's class: z (b, ...s, c), t (b, ...s) classes; gives (b,)."""
    y = shifted(work, z)
    picked = y.reshape(-1).take(class_places(work, t, z.shape[-1]))
    logs = np.log(row_sums(work, np.exp(y, y)).reshape(-1), work("logs", (t.size,), z.dtype))
    return example_means(work, np.subtract(logs, picked, logs), len(z))


@softmax_cross_entropy_index.gradient
def softmax_cross_entropy_index_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, loss: Any, z: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    shares = row_shares(gradient, t.size)
    sums = work("sums", (*z.shape[:-1], 1), z.dtype)
    scale = shares.reshape(sums.shape) / sums
    gz = np.multiply(work("y", z.shape, z.dtype), scale, work("gz", z.shape, z.dtype))
    flat = gz.reshape(-1)
    flat[work("places", t.shape, np.intp).reshape(-1)] -= shares
    return gz, None


@operation(
    compose=lambda anp, z, t: compose_mean(
        anp, anp.sum(t, axis=-1) * compose_log_sum(anp, z) - anp.sum(t * z, axis=-1)
    ),
    sample=probabilities_samples,
)
def softmax_cross_entropy_probabilities(work: Workspace, z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives -t.log(softmax(z)) over the last axis: z, t (b, ...s, c); gives (b,)."""
    y = shifted(work, z)
    logs = work("logs", z.shape, z.dtype)
    sums = row_sums(work, np.exp(y, logs))
    np.subtract(y, np.log(sums), logs)
    loss = example_means(work, np.multiply(logs, t, y), len(z))
    return np.multiply(loss, -float(z.shape[-1]), loss)


@softmax_cross_entropy_probabilities.gradient
def softmax_cross_entropy_probabilities_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, z: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    shares = example_shares(gradient, z.shape[:-1])[..., None]
    logs = work("logs", z.shape, z.dtype)
    gz = np.exp(logs, work("gz", z.shape, z.dtype))
    np.multiply(gz, np.add.reduce(t, -1, keepdims=True), gz)
    np.multiply(np.subtract(gz, t, gz), shares, gz)
    return gz, np.multiply(logs, -shares) if needs[1] else None


@operation(compose=lambda anp, z, t: compose_mean(anp, anp.logaddexp(z, 0.0) - t * z), sample=pair_samples(-2, 2))
def sigmoid_cross_entropy(work: Workspace, z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives the binary cross entropy of the sigmoid of z: z, t (b, ...s); gives (b,)."""
    values = np.absolute(z, work("values", z.shape, z.dtype))
    np.log1p(np.exp(np.negative(values, values), values), values)
    np.add(values, np.maximum(z, 0.0), values)
    return example_means(work, np.subtract(values, z * t, values), len(z))


@sigmoid_cross_entropy.gradient
def sigmoid_cross_entropy_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, z: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    shares = example_shares(gradient, z.shape)
    gz = run_sigmoid(z, work("gz", z.shape, z.dtype))
    np.multiply(np.subtract(gz, t, gz), shares, gz)
    return gz, z * -shares if needs[1] else None
