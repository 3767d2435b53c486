"""Constants of a file: what its nodes make of them."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.errors import first_line
from wlnet.interchange.onnx.reading.files import LARGEST, NodeFacts, OnnxFile
from wlnet.interchange.onnx.reading.flows import Hidden, Stored, Unreadable

#: Operators that leave numbers that are all the same as they are.
SAME = ("Cast", "Concat", "Gather", "Identity", "Reshape", "Slice", "Squeeze", "Transpose", "Unsqueeze")


def filling(facts: NodeFacts, given: Sequence[Any]) -> Hidden:
    """Gives what is known of numbers of which there are as many as the input asks for."""
    if facts.operator == "ConstantOfShape":
        value = facts.attributes.get("value")
        return Hidden(0.0 if value is None else float(np.ravel(value)[0]))
    if facts.operator == "Expand" and type(given[0]) is Stored and given[0].value.size:
        numbers = np.unique(given[0].value)
        return Hidden(float(numbers[0]) if len(numbers) == 1 else None, given[0])
    same = facts.operator in SAME
    fills = {item.fill for item in given if type(item) is Hidden}
    whole = same and facts.operator not in ("Concat", "Gather", "Slice")
    length = given[0].length if whole and type(given[0]) is Hidden else None
    return Hidden(fills.pop() if same and len(fills) == 1 else None, length=length)


#: Operators that make large arrays of small ones: only what is known to stay small is worked out.
GROWING = ("ConstantOfShape", "Expand", "OneHot", "Pad", "Range", "Resize", "Tile")
#: Operators that only change how an array is seen.
VIEWS = ("Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose")


def folded(file: OnnxFile, facts: NodeFacts, given: Sequence[Any]) -> Any:
    """Gives what a node makes of constants."""
    values: list[Any] = [None if item is None else item.value for item in given]
    shape = file.shapes.get(facts.outputs[0])
    if facts.operator in GROWING and (shape is None or not all(isinstance(size, int) for size in shape)):
        raise Unreadable
    shape = shape or ()
    count = np.prod([size for size in shape if isinstance(size, int)], dtype=float)
    if count > LARGEST and facts.operator not in VIEWS:
        raise Unreadable
    first: Any = given[0] if given else None
    made = evaluated(file, facts, values)
    if facts.operator == "Transpose":
        axes = [int(axis) for axis in facts.attributes.get("perm", range(values[0].ndim)[::-1])]
        return first.through(made[0], ("Transpose", tuple(axes.index(i) + 1 for i in range(len(axes)))))
    if facts.operator == "Identity":
        return first
    if facts.operator in VIEWS and made[0].ndim:
        pieces = Stored(made[0], pieces=first.pieces)
        return pieces if first.pieces else first.through(made[0], ("Reshape", made[0].shape))
    if facts.operator == "Concat" and facts.attributes.get("axis") == 0:
        return Stored(made[0], pieces=tuple(piece for item in given for piece in item.pieces or (item,)))
    return tuple(Stored(np.asarray(value)) for value in made)


#: Attribute of a constant → the type of its numbers.
CONSTANTS = {"value_float": np.float32, "value_floats": np.float32, "value_int": np.int64, "value_ints": np.int64}


def constant(facts: NodeFacts) -> np.ndarray:
    for name, dtype in CONSTANTS.items():
        if name in facts.attributes:
            return np.asarray(facts.attributes[name], dtype)
    value = facts.attributes.get("value")
    if not isinstance(value, np.ndarray):
        raise Unreadable
    return value


def evaluated(file: OnnxFile, facts: NodeFacts, values: Sequence[np.ndarray | None]) -> list[Any]:
    """Gives what ONNX's own evaluator in Python makes of a node."""
    onnx = importlib.import_module("onnx")
    reference = importlib.import_module("onnx.reference")
    helper = onnx.helper
    sides = {name: value for name, value in zip(facts.inputs, values, strict=True) if name and value is not None}
    entries = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
        for name, value in sides.items()
    ]
    graph = helper.make_graph(
        [facts.proto], "node", entries, [helper.make_empty_tensor_value_info(n) for n in facts.outputs]
    )
    model = helper.make_model(graph, opset_imports=file.model.opset_import, ir_version=file.model.ir_version)
    try:
        return list(reference.ReferenceEvaluator(model).run(None, sides))
    except Exception as error:  # each operator fails in its own way
        raise Unreadable(first_line(error)) from None
