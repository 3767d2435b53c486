"""NetExternalObject: a net in a file of another maker, run by that maker's program, as those of ONNX are."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.files.files import path_of
from wlnet.builtins.nets.information.information import INFORMATION
from wlnet.errors import DataError, NetError, first_line
from wlnet.kernel import Kernel, applies, builtin
from wlnet.terms import Association, S, Term, expression, numeric, pack, register, to_list

KIND = "NetExternalObject"


@dataclass(slots=True, eq=False)
class External:
    """A net of ONNX: the file it came from, its content, and the session of onnxruntime that runs it."""

    source: str
    data: bytes
    session: Any


def external(data: bytes, source: str) -> External:
    """Gives the net in the content of an ONNX file; raises NetError."""
    try:
        runtime = importlib.import_module("onnxruntime")
    except ImportError:
        raise NetError(
            f"{source} needs the package onnxruntime: pip install wlnet[onnx]", tag="pkg", kind=KIND
        ) from None
    try:
        session = runtime.InferenceSession(data, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has a class of errors for each of its faults
        raise NetError(
            f"{source} is no net of ONNX that runs here: {first_line(error)}", tag="file", kind=KIND
        ) from None
    return External(source, data, session)


#: Extension of the files of a format other than ONNX → function(kernel, content, name of the file) that gives the object.
MAKERS: dict[str, Callable[[Kernel, bytes, str], Term]] = {}


@builtin(KIND, category="Containers")
def net_external_object(kernel: Kernel, file: Term) -> Term | None:
    """NetExternalObject[File["net.onnx"]] is a net in a file of ONNX, run by onnxruntime.
    NetExternalObject[File["net.json"]] is a net of MXNet, with the arrays in the .params file beside it.
    NetExternalObject[File["model.gguf"]] is a language model, which goes on with a text.
    NetExternalObject[…][data] applies it; <|"port" -> data, …|> are the data of several inputs.

    Details: The dimensions of a net of ONNX are those in the file, which often count examples first: data without that
    dimension are one example. It needs pip install wlnet[onnx]; Import["net.onnx"] makes a net of layers instead. A net of
    MXNet is made a net of layers, which runs; arrays that have no values are inputs, too. A language model is run by llama.cpp
    (pip install llama-cpp-python), which takes the likeliest token each time; a text and its continuation have at most 4096
    tokens. Import gives the objects, too, as the element "NetExternalObject". Information gives "Format", "Backend",
    "InputPortNames", "OutputPortNames", "InputPorts", "OutputPorts" and "RawData", of a language model "ContextWindowSize" and
    "TrainingContextWindowSize".

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x.json"}]; Export[file, ElementwiseLayer[Ramp], "MXNet"];
        >> NetExternalObject[File[file]][{-1., 2.}]
        = {0., 2.}
        >> Information[NetExternalObject[File[file]], "Backend"]
        = "wlnet"

    Possible issues:
        >> NetExternalObject[File["nowhere.onnx"]]
        = $Failed
        message: NetExternalObject::file
        >> NetExternalObject[5]
        = $Failed
        message: NetExternalObject::file
    Differs: Nets of MXNet run as nets of layers, not by MXNet, and language models without llama.cpp give their facts and
    arrays only.
    Source: https://reference.wolfram.com/language/ref/NetExternalObject.html
    """
    path = path_of(file)
    if path is None:
        raise NetError('the file of a net is expected, as in File["net.onnx"], not `1`', tag="file", terms=(file,))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NetError(f"{path} cannot be read: {error.strerror or error}", tag="file") from None
    make = MAKERS.get(path.suffix.lower(), lambda kernel, data, source: external(data, source))
    return make(kernel, data, str(path.absolute()))


@applies(External)
def apply_external(kernel: Kernel, net: External, arguments: tuple[Term, ...]) -> Term | None:
    """Gives what the net makes of data: the output, or an association of all outputs."""
    if len(arguments) != 1:
        return None
    inputs = net.session.get_inputs()
    given = arguments[0]
    if type(given) is not Association:
        if len(inputs) != 1:
            raise DataError(f"an association with data for {names(inputs)} is expected", tag="noport", kind=KIND)
        given = Association([(inputs[0].name, given)])
    missing = [port.name for port in inputs if port.name not in given]
    if missing:
        raise DataError(
            f'no data came for the input "{missing[0]}"; the inputs are {names(inputs)}', tag="noport", kind=KIND
        )
    arrays = {port.name: array_for(port, given.get(port.name)) for port in inputs}
    single = all(
        array.ndim < len(port.shape) for port, array in zip(inputs, arrays.values(), strict=True) if port.shape
    )
    try:
        made = net.session.run(None, {name: array[None] if single else array for name, array in arrays.items()})
    except Exception as error:  # as above
        raise DataError(f"the net does not take these data: {first_line(error)}", tag="data", kind=KIND) from None
    results = [term_of(array[0] if single and np.ndim(array) else array) for array in made]
    outputs = [port.name for port in net.session.get_outputs()]
    return results[0] if len(results) == 1 else Association(zip(outputs, results, strict=True))


def array_for(port: Any, term: Term) -> np.ndarray:
    """Gives data in the type that an input takes; raises DataError."""
    array = numeric(term)
    if array is None:
        raise DataError(
            f'the input "{port.name}" takes an array of numbers, not `1`', tag="data", kind=KIND, terms=(term,)
        )
    return np.asarray(array, TYPES.get(port.type, np.float32))


def term_of(value: Any) -> Term:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise DataError("the net gives something that is no array of numbers", tag="data", kind=KIND)
    return pack(array.astype(np.float64 if array.dtype.kind == "f" else np.int64))


#: Type of a port of ONNX → type of its arrays.
TYPES = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
    "tensor(uint8)": np.uint8,
}


def names(ports: Any) -> str:
    return ", ".join(f'"{port.name}"' for port in ports) or "none"


def shapes(ports: Any) -> Association:
    """Gives name → dimensions; those that are open are Automatic."""
    return Association(
        (port.name, to_list(size if type(size) is int else S.Automatic for size in port.shape)) for port in ports
    )


#: Property → function(net).
PROPERTIES: dict[str, Callable[[External], Term]] = {
    "Backend": lambda net: "ONNXRuntime",
    "Format": lambda net: "ONNX",
    "InputPortNames": lambda net: to_list(port.name for port in net.session.get_inputs()),
    "InputPorts": lambda net: shapes(net.session.get_inputs()),
    "OutputPortNames": lambda net: to_list(port.name for port in net.session.get_outputs()),
    "OutputPorts": lambda net: shapes(net.session.get_outputs()),
    "Properties": lambda net: to_list(PROPERTIES),
    "RawData": lambda net: raw_data(net.data),
}


def raw_data(data: bytes) -> Term:
    """Gives the bytes of a file."""
    return pack(np.frombuffer(data, np.uint8).astype(np.int64))


def information(kernel: Kernel, net: External, wanted: Term | None) -> Term:
    """Gives a property of an external net, or all but its content."""
    return property_among(PROPERTIES, net, wanted)


def property_among(properties: Mapping[str, Callable[[Any], Term]], net: Any, wanted: Term | None) -> Term:
    """Gives one of these properties of a net, or all but its content; raises NetError for none of them."""
    if wanted is None:
        return Association((name, reader(net)) for name, reader in properties.items() if name != "RawData")
    reader = properties.get(wanted) if type(wanted) is str else None
    if reader is None:
        shown = ", ".join(f'"{name}"' for name in properties)
        raise NetError(
            f"`1` is no property of an external net; there are {shown}", tag="prop", kind=KIND, terms=(wanted,)
        )
    return reader(net)


def object_text(net: External) -> str:
    """Gives the printed form: the file, and what goes in and comes out."""
    session = net.session
    rows = [f"{KIND}  ONNX, {net.source}"]
    for side, ports in (("in", session.get_inputs()), ("out", session.get_outputs())):
        rows += [f"  {side:>3}  {port.name}  {{{', '.join(map(str, port.shape))}}}" for port in ports]
    return "\n".join(rows)


INFORMATION[External] = information
WHOLE[External] = object_text
register(
    External,
    S.NetExternalObject,
    full_form=lambda net: expression(KIND, expression("File", net.source)),
    text=lambda net: f"{KIND}[{Path(net.source).name}]",
)
