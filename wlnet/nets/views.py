"""Views: how a layer sees a shared array, transposed or reshaped or both.

A view is None (as it is), "Transpose" (the first two levels change places), dimensions to reshape to, or a tuple of steps,
one after the other: ("Transpose", levels) and ("Reshape", dimensions), levels as in the language (level k goes to level
levels[k], counted from 1; None: the first two change places).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from wlnet.compute.numpy_ops import numpy_ops
from wlnet.nets.dimensions import Shape, show

Step: TypeAlias = tuple[str, tuple[int, ...] | None]


def steps(view: Any) -> tuple[Step, ...]:
    """Gives a view as steps."""
    if view is None:
        return ()
    if view == "Transpose":
        return (("Transpose", None),)
    return view if view and isinstance(view[0], tuple) else (("Reshape", view),)


def view_of(found: tuple[Step, ...]) -> Any:
    """Gives the view of these steps, in its shortest form."""
    if not found:
        return None
    (kind, numbers), single = found[0], len(found) == 1
    if single and kind == "Reshape":
        return numbers
    return "Transpose" if single and numbers is None else found


def step_patterns(step: Step) -> tuple[str, str]:
    """Gives the dimensions before and after a step in the dimension notation."""
    kind, numbers = step
    if numbers is None:
        return "a b ...s", "b a ...s"
    if kind == "Reshape":
        return "...s", " ".join(map(str, numbers))
    names = [f"d{level}" for level in numbers]
    return " ".join(names), " ".join(f"d{level}" for level in range(1, len(numbers) + 1))


def seen(ops: Any, array: Any, view: Any) -> Any:
    """Gives a shared array as a layer sees it."""
    for kind, numbers in steps(view):
        if kind == "Reshape":
            array = ops.reshape(array, shape=numbers)
        else:
            levels = numbers or (2, 1, *range(3, array.ndim + 1))
            array = ops.transpose(array, axes=tuple(levels.index(i) for i in range(1, array.ndim + 1)))
    return array


def unseen(array: np.ndarray, shape: tuple[int, ...], view: Any) -> np.ndarray:
    """Gives the shared array of these dimensions that a layer sees as this array."""
    places = seen(numpy_ops, np.arange(array.size).reshape(shape), view)
    made = np.empty(array.size, array.dtype)
    made[places] = array
    return made.reshape(shape)


def stored(shape: Shape, view: Any) -> Shape:
    """Gives the dimensions of a shared array that a layer sees in this shape; None where they do not follow."""
    for kind, numbers in reversed(steps(view)):
        if kind == "Reshape" or shape is None:
            return None
        levels = numbers or (2, 1, *range(3, len(shape) + 1))
        shape = tuple(shape[level - 1] for level in levels)
    return shape


def view_text(view: Any) -> str:
    """Gives a view in words, after the name of the array."""
    texts = {"Reshape": " as ", "Transpose": " transposed by "}
    return "".join(" transposed" if numbers is None else texts[kind] + show(numbers) for kind, numbers in steps(view))
