"""NetExternalObject: a net in a file of another maker, run by that maker's program."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.files.files import path_of
from wlnet.builtins.nets.information.information import INFORMATION
from wlnet.errors import DataError, NetError
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


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


@builtin(KIND, category="Containers")
def net_external_object(kernel: Kernel, file: Term) -> Term | None:
    """NetExternalObject[File["net.onnx"]] is a net in a file of ONNX, run by onnxruntime.
    NetExternalObject[…][data] applies it; <|"port" -> data, …|> are the data of several inputs.

    Details: The dimensions are those in the file, which often count examples first: data without that dimension are one
    example. Import["net.onnx", "NetExternalObject"] gives the object too; Import["net.onnx"] makes a net of layers, which can
    be trained and changed. Information gives "Format", "Backend", "InputPortNames", "OutputPortNames", "InputPorts",
    "OutputPorts" and "RawData". It needs pip install wlnet[onnx].

    Possible issues:
        >> NetExternalObject[File["nowhere.onnx"]]
        = $Failed
        message: NetExternalObject::file
        >> NetExternalObject[5]
        = $Failed
        message: NetExternalObject::file
    Differs: Files of ONNX only, not of MXNet or GGUF.
    Source: https://reference.wolfram.com/language/ref/NetExternalObject.html
    """
    path = path_of(file)
    if path is None:
        raise NetError('the file of a net is expected, as in File["net.onnx"], not `1`', tag="file", terms=(file,))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NetError(f"{path} cannot be read: {error.strerror or error}", tag="file") from None
    return external(data, str(Path(path).absolute()))


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
    "RawData": lambda net: pack(np.frombuffer(net.data, np.uint8).astype(np.int64)),
}


def information(kernel: Kernel, net: External, wanted: Term | None) -> Term:
    """Gives a property of an external net, or all but its content."""
    if wanted is None:
        return Association((name, reader(net)) for name, reader in PROPERTIES.items() if name != "RawData")
    reader = PROPERTIES.get(wanted) if type(wanted) is str else None
    if reader is None:
        shown = ", ".join(f'"{name}"' for name in PROPERTIES)
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
