"""Nets in files of ONNX: the options of Export, and the elements of Import."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from wlnet.builtins.files.data_formats import Options
from wlnet.builtins.files.files import path_of
from wlnet.builtins.nets.constructors.layers import make_net
from wlnet.builtins.nets.formats.external import external
from wlnet.builtins.nets.text import net_text
from wlnet.kernel import Kernel
from wlnet.nets import KINDS, Net
from wlnet.terms import FALSE, NONE, TRUE, Association, NumericArray, S, Term, elements, is_list, list_of, pack, to_list


def files_of(net: Net, name: str, options: Options) -> dict[str, bytes]:
    """Gives name → content of the files of a net; raises NetError, ValueError for an option."""
    from wlnet.interchange.onnx.writing.files import OPSET, OPSETS, Sayings, onnx_files

    require_package()
    said = Sayings(
        description=text_option(options, "Description", NONE, ""),
        graph_name=text_option(options, "GraphName", S.Automatic, "net"),
        version=number_option(options, "ModelVersion", range(2**31)),
        opset=number_option(options, "OperatorSetVersion", OPSETS, OPSET),
        external=external_option(options),
    )
    files = onnx_files(net, name, said)
    if len(files) > 1 and not name:
        raise ValueError("its arrays are too large for a string")
    return files


def require_package() -> None:
    try:
        importlib.import_module("onnx")
    except ImportError:
        raise ValueError("it needs the package onnx: pip install wlnet[onnx]") from None


def text_option(options: Options, name: str, nothing: Term, default: str) -> str:
    given = options[name]
    if given is nothing:
        return default
    if type(given) is not str or (name == "GraphName" and not given):
        raise ValueError(f'"{name}" must be a string')
    return given


def number_option(options: Options, name: str, allowed: range, default: int | None = None) -> int:
    given = options[name]
    if given is S.Automatic and default is not None:
        return default
    if type(given) is not int or given not in allowed:
        raise ValueError(f'"{name}" must be an integer from {allowed[0]} to {allowed[-1]}')
    return given


def external_option(options: Options) -> bool | None:
    given = options["ExternalArrays"]
    if given not in (S.Automatic, TRUE, FALSE):
        raise ValueError('"ExternalArrays" must be True, False or Automatic')
    return None if given is S.Automatic else given is TRUE


def array_files(options: Options) -> list[Path]:
    """Gives the files of arrays that "Arrays" names; raises LookupError."""
    given = options.get("Arrays", NONE)
    if given is NONE:
        return []
    paths = [path_of(item) for item in (elements(given) if is_list(given) else (given,))]
    if None in paths:
        raise LookupError('"Arrays" must be None, the name of a file, or a list of names')
    return [path for path in paths if path is not None]


def graph_term(file: Any, make: Any) -> Term:
    """Gives the nodes of the graph as associations."""
    nodes = (
        Association(
            [
                ("Operator", node.operator),
                ("Name", node.name),
                ("Inputs", to_list(node.inputs)),
                ("Outputs", to_list(node.outputs)),
            ]
        )
        for node in file.nodes
    )
    return Association(
        [
            ("Name", file.model.graph.name),
            ("Inputs", to_list(port.name for port in file.inputs)),
            ("Outputs", to_list(file.outputs)),
            ("Nodes", to_list(nodes)),
        ]
    )


#: Element of Import → function(file, what makes layers).
ELEMENTS: dict[str, Callable[[Any, Any], Any]] = {
    "ArrayAssociation": lambda file, make: Association(
        (name, NumericArray(array)) for name, array in file.arrays.items()
    ),
    "ArrayList": lambda file, make: to_list(NumericArray(array) for array in file.arrays.values()),
    "Description": lambda file, make: file.model.doc_string,
    "Elements": lambda file, make: list_of(*ELEMENTS, "NetExternalObject", "RawData"),
    "IRVersion": lambda file, make: file.model.ir_version,
    "ModelDomain": lambda file, make: file.model.domain,
    "ModelVersion": lambda file, make: file.model.model_version,
    "Net": lambda file, make: reading("nets").net_of(file, make),
    "ONNXGraph": graph_term,
    "OperatorSetVersion": lambda file, make: file.opset,
    "ProducerName": lambda file, make: file.model.producer_name,
    "ProducerVersion": lambda file, make: file.model.producer_version,
    "Summary": lambda file, make: net_text(reading("nets").uninitialized_net(file, make)),
    "UninitializedNet": lambda file, make: reading("nets").uninitialized_net(file, make),
}


def element_of(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives an element of a file (the net without any); raises FormatError or NetError, LookupError for no element."""
    element = wanted[0] if wanted else "Net"
    if element == "NetExternalObject":
        return external(data, source)
    if element == "RawData":
        return pack(np.frombuffer(data, np.uint8).astype(np.int64))
    reader = ELEMENTS.get(element) if type(element) is str else None
    if reader is None or len(wanted) > 1:
        raise LookupError(f"the elements are {', '.join((*ELEMENTS, 'NetExternalObject', 'RawData'))}")
    require_package()
    file = reading("files").read_onnx(data, source, array_files(options))
    return reader(file, partial(made, kernel))


def reading(name: str) -> Any:
    """Gives a module of what reads files, which is loaded when one is read."""
    return importlib.import_module(f"wlnet.interchange.onnx.reading.{name}")


def made(kernel: Kernel, kind: str, arguments: tuple[Any, ...]) -> Net:
    """Gives the net that the constructor of a layer makes of these arguments."""
    return make_net(kernel, KINDS[kind], arguments)
