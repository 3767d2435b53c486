"""Files of ONNX, taken apart: nodes, arrays and ports, with the dimensions that follow from them.

A file may come from anywhere: what it says is checked, and its arrays outside are looked for beside it alone.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from wlnet.errors import FormatError, first_line

Shape = tuple[int | str | None, ...]
"""Dimensions as in the file: a number, a name, or None."""

#: The largest constant that is worked out while reading, in elements.
LARGEST = 1 << 24


@dataclass(frozen=True)
class PortFacts:
    """An input of a file: its name, whether it takes whole numbers, and its dimensions (None: not said)."""

    name: str
    is_whole: bool
    shape: Shape | None


@dataclass(frozen=True)
class NodeFacts:
    """A node: `operator` has its domain in front where it is not ONNX's own; an input left out is "". proto: as in the file."""

    operator: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any]
    proto: Any = None


@dataclass
class OnnxFile:
    """What a file holds. shapes: name of a value → dimensions; whole: the values of whole numbers."""

    name: str
    model: Any
    opset: int
    nodes: list[NodeFacts]
    arrays: dict[str, np.ndarray]
    inputs: list[PortFacts]
    outputs: list[str]
    shapes: dict[str, Shape] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)


def read_onnx(data: bytes, source: str, array_files: Iterable[Path] = ()) -> OnnxFile:
    """Gives what the content of a file holds; raises FormatError where it is none, or damaged."""
    onnx = importlib.import_module("onnx")
    try:
        model = onnx.load_model_from_string(data)
    except Exception:  # what protobuf raises has a different class in each of its versions
        raise FormatError(f"{source}: this is not a file of ONNX, or it is cut short") from None
    graph = model.graph
    opset = max((item.version for item in model.opset_import if item.domain in ("", "ai.onnx")), default=0)
    if not model.ir_version or not graph.output or not opset:
        raise FormatError(f"{source}: this is not a file of ONNX: it says no version, operators or outputs")
    if graph.sparse_initializer:
        raise FormatError(f"{source}: it has sparse arrays, which no layer has")
    given = dict(tensors_in(array_files))
    arrays = {}
    for tensor in graph.initializer:
        arrays[tensor.name] = array_of(onnx, given.pop(tensor.name, tensor), source)
    taken = {item.name for item in graph.input}
    for name in [name for name in given if name in taken]:
        arrays[name] = array_of(onnx, given.pop(name), source)
    if given:
        raise FormatError(f'{source}: the net has no array "{next(iter(given))}", which "Arrays" gives it')
    inputs = [port_facts(onnx, item) for item in graph.input if item.name not in arrays]
    nodes = [node_facts(onnx, node, source) for node in graph.node]
    file = OnnxFile(source, model, opset, nodes, arrays, inputs, [item.name for item in graph.output])
    find_shapes(onnx, file)
    check_flow(file)
    return file


def tensors_in(files: Iterable[Path]) -> Iterable[tuple[str, Any]]:
    """Gives name → array of files that hold one each."""
    onnx = importlib.import_module("onnx")
    for path in files:
        tensor = onnx.TensorProto()
        try:
            tensor.ParseFromString(path.read_bytes())
        except OSError as error:
            raise FormatError(f"{path}: {error.strerror or error}") from None
        except Exception:  # as above
            raise FormatError(f"{path}: this is not the file of an array") from None
        yield tensor.name, tensor


def array_of(onnx: Any, tensor: Any, source: str) -> np.ndarray:
    """Gives an array of the file, or of the file beside it that it names; raises FormatError."""
    try:
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            return outside(onnx, tensor, source)
        return np.array(onnx.numpy_helper.to_array(tensor))
    except FormatError:
        raise
    except Exception as error:  # an array that contradicts itself fails in many ways
        raise FormatError(f'{source}: the array "{tensor.name}" is damaged: {first_line(error)}') from None


def outside(onnx: Any, tensor: Any, source: str) -> np.ndarray:
    said = {item.key: item.value for item in tensor.external_data}
    location = said.get("location", "")
    folder = Path(source).resolve().parent
    path = (folder / location).resolve()
    if not location or not path.is_relative_to(folder):
        raise FormatError(f'{source}: the array "{tensor.name}" is said to be outside of the folder, in "{location}"')
    dtype = np.dtype(onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)).newbyteorder("<")
    shape = tuple(tensor.dims)
    if min(shape, default=0) < 0:
        raise FormatError(f'{source}: the array "{tensor.name}" has negative dimensions')
    try:
        with path.open("rb") as stream:
            stream.seek(int(said.get("offset", "0")))
            array = np.fromfile(stream, dtype, int(np.prod(shape)))
    except OSError as error:
        raise FormatError(f'{source}: the array "{tensor.name}" cannot be read: {error.strerror or error}') from None
    return array.reshape(shape).astype(dtype.newbyteorder("="))


def shape_of(item: Any) -> Shape | None:
    kind = item.type.tensor_type
    if not item.type.HasField("tensor_type") or not kind.HasField("shape"):
        return None
    return tuple(size.dim_value if size.HasField("dim_value") else size.dim_param or None for size in kind.shape.dim)


def is_whole(onnx: Any, item: Any) -> bool:
    proto = onnx.TensorProto
    return item.type.tensor_type.elem_type in (
        proto.INT64,
        proto.INT32,
        proto.INT16,
        proto.INT8,
        proto.UINT8,
        proto.BOOL,
    )


def port_facts(onnx: Any, item: Any) -> PortFacts:
    return PortFacts(item.name, is_whole(onnx, item), shape_of(item))


def node_facts(onnx: Any, node: Any, source: str) -> NodeFacts:
    attributes = {}
    for item in node.attribute:
        try:
            value = onnx.helper.get_attribute_value(item)
            attributes[item.name] = np.array(onnx.numpy_helper.to_array(value)) if item.HasField("t") else value
        except Exception as error:  # as above
            raise FormatError(
                f'{source}: a setting of the node "{node.name}" is damaged: {first_line(error)}'
            ) from None
    operator = node.op_type if node.domain in ("", "ai.onnx") else f"{node.domain}.{node.op_type}"
    return NodeFacts(operator, node.name, tuple(node.input), tuple(node.output), attributes, node)


def find_shapes(onnx: Any, file: OnnxFile) -> None:
    """Finds the dimensions that follow; large arrays are only told their dimensions, which is quick."""
    light = onnx.ModelProto()
    light.CopyFrom(onnx.ModelProto(ir_version=file.model.ir_version, opset_import=file.model.opset_import))
    graph = file.model.graph
    light.graph.name = "net"
    light.graph.node.extend(graph.node)
    light.graph.output.extend(graph.output)
    light.graph.input.extend(item for item in graph.input if item.name not in file.arrays)
    for name, array in file.arrays.items():
        if array.size <= 64:
            light.graph.initializer.append(onnx.numpy_helper.from_array(array, name))
        else:
            kind = onnx.helper.np_dtype_to_tensor_dtype(array.dtype)
            light.graph.input.append(onnx.helper.make_tensor_value_info(name, kind, array.shape))
    try:
        inferred = onnx.shape_inference.infer_shapes(light, data_prop=True)
    except Exception as error:  # as above
        raise FormatError(f"{file.name}: its operators do not fit together: {first_line(error)}") from None
    for item in (*inferred.graph.value_info, *inferred.graph.input, *inferred.graph.output):
        shape = shape_of(item)
        if shape is not None:
            file.shapes[item.name] = shape
        if is_whole(onnx, item):
            file.whole.add(item.name)


def check_flow(file: OnnxFile) -> None:
    """Raises FormatError where a node takes what nothing before it gives."""
    known = {"", *file.arrays, *(item.name for item in file.inputs)}
    for node in file.nodes:
        for name in node.inputs:
            if name not in known:
                raise FormatError(f'{file.name}: the node "{node.name}" takes "{name}", which nothing before it gives')
        known.update(node.outputs)
    for name in file.outputs:
        if name not in known:
            raise FormatError(f'{file.name}: nothing gives the output "{name}"')
