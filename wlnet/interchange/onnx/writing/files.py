"""Files of ONNX: what a net does, as a model with its arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet import __version__
from wlnet.errors import NetError
from wlnet.interchange.onnx.writing.steps import graph_of
from wlnet.nets.net import Net
from wlnet.plans.evaluate import require_arrays

#: The versions of the set of operators that the rules are written for.
OPSETS = range(17, 24)
OPSET = 17
#: The version of the format itself that came with each of them.
FORMATS = {17: 8, 18: 8, 19: 9, 20: 9, 21: 10, 22: 10, 23: 11}
#: Arrays of this many bytes in total do not fit into one file.
LARGEST = 2_000_000_000


@dataclass(frozen=True)
class Sayings:
    """What a file says besides the net: the options of Export."""

    description: str = ""
    graph_name: str = "net"
    version: int = 0
    opset: int = OPSET
    external: bool | None = None


def onnx_files(net: Net, name: str, said: Sayings) -> dict[str, bytes]:
    """Gives name → content of the file of a net, after the file of its arrays where they are outside; raises NetError."""
    net = net.complete
    require_arrays(net)
    require_dimensions(net)
    graph, inputs, outputs = graph_of(net, said.opset)
    onnx = graph.onnx
    outside = name + ".data"
    external = said.external
    if external is None:
        external = sum(array.nbytes for array in graph.arrays.values()) > LARGEST
    content = bytearray()
    tensors = []
    for label, array in graph.arrays.items():
        if not external or array.ndim == 0 or array.dtype != np.float32:
            tensors.append(onnx.numpy_helper.from_array(array, label))
            continue
        tensors.append(outside_tensor(onnx, label, array, outside, len(content)))
        content += np.ascontiguousarray(array, "<f4").tobytes()
    made = onnx.helper.make_graph(graph.nodes, said.graph_name, inputs, outputs, tensors)
    model = onnx.helper.make_model(
        made,
        opset_imports=[onnx.helper.make_opsetid("", said.opset)],
        ir_version=FORMATS[said.opset],
        producer_name="wlnet",
        producer_version=__version__,
        model_version=said.version,
        doc_string=said.description,
    )
    files = {outside: bytes(content)} if external else {}
    return {**files, name: model.SerializeToString(deterministic=True)}


def outside_tensor(onnx: Any, label: str, array: np.ndarray, file: str, offset: int) -> Any:
    """Gives the entry of an array whose numbers are in another file."""
    tensor = onnx.TensorProto(
        name=label, data_type=onnx.TensorProto.FLOAT, dims=array.shape, data_location=onnx.TensorProto.EXTERNAL
    )
    for key, value in (("location", file), ("offset", offset), ("length", array.nbytes)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def require_dimensions(net: Net) -> None:
    """Raises NetError for inputs of which not all dimensions are known."""
    unknown = net.unknown_ports()
    if unknown:
        shown = ", ".join(f'"{name}"' for name in unknown)
        raise NetError(
            f'the dimensions of the inputs {shown} are not known; specify them, as in "Input" -> {{"Varying", 3}}',
            tag="dims",
            kind=net.kind.name,
        )
