"""Operations that gradients are made of where they are themselves to be differentiated."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

import numpy as np

from wlnet.compute.operation import OPERATIONS, Samples, operation
from wlnet.compute.workspace import Workspace


def place_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(3,)),), {"shape": (3, 4), "index": (slice(None), 1)}
    yield (generator.normal(size=(3, 2, 2)),), {"shape": (3, 4, 2), "index": (slice(None), slice(3, 0, -2))}


def compose_place(anp: Any, x: Any, *, shape: tuple[int, ...], index: Any) -> Any:
    numbers = np.full(shape, x.size)
    numbers[index] = np.arange(x.size).reshape(x.shape)
    return anp.concatenate((anp.ravel(x), np.zeros(1)))[numbers]


@operation(compose=compose_place, sample=place_samples)
def place(work: Workspace, x: np.ndarray, *, shape: tuple[int, ...], index: Any) -> np.ndarray:
    """Gives zeros with x at a static index of integers (from 0), slices and None: x (...s); gives `shape`."""
    y = work.once("y", lambda: np.zeros(shape, x.dtype))
    y[index] = x
    return y


@place.gradient
def place_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, x: Any, *, shape: Any, index: Any
) -> tuple[Any, ...]:
    return (gradient[index],)


def gradient_samples(generator: np.random.Generator) -> Samples:
    x, g = generator.uniform(0.5, 2, (2, 3)), generator.normal(size=(2, 3))
    yield (g, x), {"of": "arctan", "count": None, "wanted": (True,), "settings": {}}
    yield (g, x), {"of": "log_softmax", "count": None, "wanted": (True,), "settings": {"axis": -1}}
    yield (g, x, x + 1), {"of": "power", "count": None, "wanted": (True, True), "settings": {}}
    image, kernel, g = (
        generator.normal(size=(2, 2, 4)),
        generator.normal(size=(3, 2, 2)),
        generator.normal(size=(2, 3, 3)),
    )
    settings = {"stride": (1,), "padding": ((0, 0),), "dilation": (1,), "groups": 1}
    for wanted in ((True, False, False), (False, True, False)):
        yield (
            (g, image, kernel, np.ones(3)),
            {"of": "convolution", "count": None, "wanted": wanted, "settings": settings},
        )


def compose_gradient(
    anp: Any, *arrays: Any, of: str, count: int | None, wanted: tuple[bool, ...], settings: dict[str, Any]
) -> Any:
    gradient, inputs = divided(arrays, count)
    places = [i for i, want in enumerate(wanted) if want]
    tape = importlib.import_module("wlnet.compute.tape")
    given = tape.through_composition(OPERATIONS[of], places, inputs, settings, gradient)
    return given if len(given) > 1 else given[0]


def divided(arrays: tuple[Any, ...], count: int | None) -> tuple[Any, tuple[Any, ...]]:
    """Gives the gradient of an operation's output, a tuple where it has `count` outputs, and its inputs."""
    return (arrays[0], arrays[1:]) if count is None else (arrays[:count], arrays[count:])


@operation(compose=compose_gradient, sample=gradient_samples)
def gradient_of(
    work: Workspace,
    *arrays: Any,
    of: str,
    count: int | None,
    wanted: tuple[bool, ...],
    settings: dict[str, Any],
) -> Any:
    """Gives the gradients of the operation `of` in those of its inputs that are wanted: arrays are the gradient of its
    output (of each of `count` outputs; None for zeros), then its inputs. Its own gradient is that of the compositions.
    """
    gradient, inputs = divided(arrays, count)
    inner = work.once("inner", Workspace)
    found = OPERATIONS[of]
    assert found.backward is not None
    output = found.forward(inner, *inputs, **settings)
    if count is not None:
        gradient = tuple(np.zeros_like(y) if g is None else g for g, y in zip(gradient, output, strict=True))
    given = found.backward(inner, wanted, gradient, output, *inputs, **settings)
    made = tuple(
        np.zeros_like(x) if part is None else part for part, x, want in zip(given, inputs, wanted, strict=True) if want
    )
    return made if len(made) > 1 else made[0]


#: Operations that are linear in their first input and in their second, but for a third that is added.
BILINEAR = frozenset(("convolution", "deconvolution"))


@gradient_of.gradient
def gradient_of_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: Any, y: Any, *arrays: Any, **settings: Any
) -> tuple[Any, ...]:
    if settings["of"] in BILINEAR and sum(settings["wanted"][:2]) == sum(settings["wanted"]) == 1:
        return bilinear_gradient(work, needs, gradient, *arrays, **settings)
    places = [i for i, need in enumerate(needs) if need]
    tape = importlib.import_module("wlnet.compute.tape")
    with warnings.catch_warnings():
        # A slope may be the same everywhere.
        warnings.filterwarnings("ignore", "Output seems independent of input")
        found = tape.through_composition(gradient_of, places, arrays, settings, gradient)
    given: list[Any] = [None] * len(arrays)
    for place, part in zip(places, found, strict=True):
        given[place] = np.asarray(part, arrays[place].dtype)
    return tuple(given)


def bilinear_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    g: np.ndarray,
    *inputs: Any,
    of: str,
    count: None,
    wanted: tuple[bool, ...],
    settings: dict[str, Any],
) -> tuple[Any, ...]:
    """Gives the gradients of <g, f(x, w)>'s gradient in x (or w), by f itself: with `gradient` in place of x (or w), f is
    the gradient in g, and its own gradient that in w (or x). A tenth of the time of the composition.
    """
    changed, other = (0, 1) if wanted[0] else (1, 0)
    taken = [*inputs[:2], *(None for _ in inputs[2:])]
    taken[changed] = gradient
    inner, found = work.once("bilinear", Workspace), OPERATIONS[of]
    assert found.backward is not None
    product = found.forward(inner, *taken, **settings)
    given: list[Any] = [None] * (1 + len(inputs))
    if needs[0]:
        given[0] = product
    if needs[1 + other]:
        wants = tuple(i == other for i in range(len(inputs)))
        given[1 + other] = found.backward(inner, wants, g, product, *taken, **settings)[other]
    return tuple(given)
