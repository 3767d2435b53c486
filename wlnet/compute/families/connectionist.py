"""The loss of sequences whose labels are not aligned (connectionist temporal classification, A. Graves and others 2006).

A path gives each step a label or the blank, the last class; without repetitions and blanks it must be the target. All
sums over paths are taken in the logarithm, over the target with blanks around its labels: (b, 2 l + 1) classes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.families.losses import smallest
from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace
from wlnet.errors import DimensionError

NEVER = -1e30
"""The logarithm of the probability of what cannot be; finite, so that differences of two of them are numbers."""


def connectionist_samples(generator: np.random.Generator) -> Samples:
    for targets, steps, classes in (([[1, 2], [2, 2]], 5, 3), ([[1, 3, 1]], 4, 4), ([[1], [2]], 1, 3)):
        p = generator.uniform(0.1, 0.9, (len(targets), steps, classes))
        yield (p, np.array(targets)), {}


def with_blanks(targets: np.ndarray, blank: int) -> tuple[np.ndarray, np.ndarray]:
    """Gives the classes (b, 2 l + 1), from 0, with blanks, and where a path may come from two places before."""
    classes = np.full((len(targets), 2 * targets.shape[1] + 1), blank)
    classes[:, 1::2] = targets.astype(int) - 1
    skips = np.zeros(classes.shape, bool)
    skips[:, 3::2] = classes[:, 3::2] != classes[:, 1:-2:2]
    return classes, skips


def require_paths(targets: np.ndarray, steps: int) -> None:
    """Raises DimensionError for the first target (b, l) that no path of so many steps gives: equal labels need a blank between."""
    needed = targets.shape[1] + np.count_nonzero(targets[:, 1:] == targets[:, :-1], axis=1)
    if needed.size and needed.max() > steps:
        worst = int(np.argmax(needed > steps))
        labels = ", ".join(map(str, targets[worst].astype(int).tolist()))
        raise DimensionError(
            f"the target {{{labels}}} needs a sequence of {needed[worst]} steps, one for each label and one between equal "
            f"ones, but one of {steps} came; leave the example out, or give it more steps"
        )


def met(p: Any, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gives the index of the probabilities (b, t, 2 l + 1) of the classes in p (b, t, c)."""
    return np.arange(len(p))[:, None, None], np.arange(p.shape[1])[:, None], classes[:, None, :]


def arrive(anp: Any, before: Any, skips: np.ndarray) -> Any:
    """Gives the logarithms of the sums over the places a path may come from: staying, one step, and two steps on."""
    padded = anp.concatenate((np.full((len(before), 2), NEVER, before.dtype), before), axis=1)
    one = anp.logaddexp(before, padded[:, 1:-1])
    return anp.logaddexp(one, anp.where(skips, padded[:, :-2], NEVER))


def walk(logs: np.ndarray, skips: np.ndarray, out: np.ndarray) -> None:
    """Writes the logarithms of the sums over all paths to each place, step by step, into out (t, b, 2 l + 1), whose first
    step is there: logs (t, b, 2 l + 1) those of the probabilities of the steps.
    """
    padded = np.full((out.shape[1], out.shape[2] + 2), NEVER, out.dtype)
    barred = np.where(skips, 0.0, NEVER).astype(out.dtype)
    ways = np.empty((3, *out.shape[1:]), out.dtype)
    staying, one, two = padded[:, 2:], padded[:, 1:-1], padded[:, :-2]
    for before, now, log in zip(out, out[1:], logs[1:], strict=False):
        np.copyto(staying, before)
        np.copyto(ways[0], before)
        np.copyto(ways[1], one)
        np.add(two, barred, ways[2])
        largest = np.maximum.reduce(ways, 0)
        np.exp(np.subtract(ways, largest, ways), ways)
        np.log(np.add.reduce(ways, 0, out=now), now)
        np.add(now, np.add(largest, log, largest), now)


def compose_connectionist(anp: Any, p: Any, t: Any) -> Any:
    classes, skips = with_blanks(np.asarray(t), p.shape[2] - 1)
    logs = anp.log(p)[met(p, classes)]
    places = np.arange(classes.shape[1])
    state = anp.where(places < 2, logs[:, 0], NEVER)
    for step in range(1, p.shape[1]):
        state = arrive(anp, state, skips) + logs[:, step]
    return -anp.logaddexp(state[:, -1], state[:, -2])


@operation(compose=compose_connectionist, sample=connectionist_samples, is_sequential=True)
def connectionist_loss(work: Workspace, p: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives -log of the sum of the probabilities of all paths that give the target: p (b, t, c), the last class being
    the blank, t (b, l) classes from 1 to c - 1; gives (b,). Raises DimensionError where no path is long enough.
    """
    classes, skips = with_blanks(t, p.shape[2] - 1)
    require_paths(t, p.shape[1])
    logs = np.ascontiguousarray(np.log(np.maximum(p, smallest(p)))[met(p, classes)].swapaxes(0, 1))
    forward = work("forward", logs.shape, p.dtype)
    forward[0] = np.where(np.arange(classes.shape[1]) < 2, logs[0], NEVER)
    walk(logs, skips, forward)
    total = np.logaddexp(forward[-1, :, -1], forward[-1, :, -2])
    work.saved = classes, skips, logs, total
    return -total


@connectionist_loss.gradient
def connectionist_loss_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, p: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    classes, skips, logs, total = work.saved
    # Seen from the end, a path that skips into a place skips out of the one two before.
    turned = np.zeros_like(skips)
    turned[:, 2:] = skips[:, :1:-1]
    reversed_logs = np.ascontiguousarray(logs[::-1, :, ::-1])
    coming = work("backward", logs.shape, p.dtype)
    coming[0] = np.where(np.arange(classes.shape[1]) < 2, reversed_logs[0], NEVER)
    walk(reversed_logs, turned, coming)
    backward = coming[::-1, :, ::-1]
    forward = work("forward", logs.shape, p.dtype)
    # Both ways count the probability of the step itself.
    shares = np.exp(forward + backward - logs - total[:, None]).swapaxes(0, 1)
    gp = np.zeros_like(p)
    np.subtract.at(gp, met(p, classes), shares / np.maximum(p, smallest(p))[met(p, classes)])
    gp *= gradient[:, None, None]
    return gp, None
