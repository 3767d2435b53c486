"""The formats of files that hold nets. They are known from the start; what reads them is loaded at the first use."""

from __future__ import annotations

from typing import Any

from wlnet.builtins.files.array_files import arrays_in
from wlnet.builtins.files.data_formats import Format, Options, add_format
from wlnet.errors import FormatError, NetError
from wlnet.kernel import Kernel
from wlnet.terms import Association, NumericArray, Term, to_list


def read_wlnet(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.builtins.nets.formats.wlnet import element_of

    kernel.load_rest()
    try:
        return element_of(kernel, data, source, wanted)
    except FormatError as error:
        raise ValueError(str(error).removeprefix(f"{source}: ")) from None


def write_wlnet(kernel: Kernel, term: Term) -> bytes:
    from wlnet.builtins.nets.formats.wlnet import Content, file_of

    content: Any = term
    if not isinstance(content, Content):
        raise TypeError("a net, an encoder or decoder, or a NetStateObject is expected")
    return file_of(content)


def read_onnx(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.builtins.nets.formats.onnx import element_of

    kernel.load_rest()
    try:
        return element_of(kernel, data, source, wanted, options)
    except FormatError as error:
        raise ValueError(str(error).removeprefix(f"{source}: ")) from None
    except NetError as error:
        raise ValueError(str(error).removeprefix(f"{source} ")) from None


def write_onnx(kernel: Kernel, term: Term, name: str, options: Options) -> dict[str, bytes]:
    net = a_net(term)
    from wlnet.builtins.nets.formats.onnx import files_of

    try:
        return files_of(net, name, options)
    except NetError as error:
        raise ValueError(str(error)) from None


def read_mxnet(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.builtins.nets.formats.mxnet.elements import element_of

    kernel.load_rest()
    try:
        return element_of(kernel, data, source, wanted, options["ArrayPath"])
    except (FormatError, NetError) as error:
        raise ValueError(str(error).removeprefix(f"{source}: ")) from None


def write_mxnet(kernel: Kernel, term: Term, name: str, options: Options) -> dict[str, bytes]:
    net = a_net(term)
    from wlnet.builtins.nets.formats.mxnet.elements import files_of

    try:
        graph, arrays = files_of(net)
    except NetError as error:
        raise ValueError(str(error)) from None
    return {f"{name.rpartition('.')[0] or name}-0000.params": arrays, name: graph}


def a_net(term: Term) -> Any:
    """Gives a term that is a net; raises TypeError for any other."""
    from wlnet.nets import Net

    if not isinstance(term, Net):
        raise TypeError("a net is expected")
    return term


def read_gguf(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.builtins.nets.formats.gguf import element_of

    kernel.load_rest()
    try:
        return element_of(data, source, wanted)
    except FormatError as error:
        raise ValueError(str(error).removeprefix(f"{source}: ")) from None


def read_safetensors(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.interchange import safetensors_file

    try:
        arrays = safetensors_file.read_safetensors(data, source)
    except FormatError as error:
        raise ValueError(str(error).removeprefix(f"{source}: ")) from None
    if wanted not in ((), ("ArrayAssociation",), ("ArrayList",), ("ArrayNames",)):
        raise LookupError("the elements are ArrayAssociation, ArrayList, ArrayNames")
    terms = {name: NumericArray(array) for name, array in arrays.items()}
    if wanted == ("ArrayNames",):
        return to_list(terms)
    return to_list(terms.values()) if wanted == ("ArrayList",) else Association(terms.items())


def write_safetensors(kernel: Kernel, term: Term) -> bytes:
    from wlnet.interchange.safetensors_file import safetensors_bytes
    from wlnet.nets import Net

    return safetensors_bytes(term.to_arrays() if isinstance(term, Net) else arrays_in(term, "Array"))


UNPUBLISHED = "the format has no published description; use .wlnet, or .onnx for other programs"


def read_wmlf(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    raise ValueError(UNPUBLISHED)


def write_wmlf(kernel: Kernel, term: Term) -> bytes:
    raise ValueError(UNPUBLISHED)


GGUF = (
    "The object makes texts longer, by llama.cpp where llama-cpp-python is installed; its facts and arrays are elements of "
    "Import, too."
)
WMLF = f"Reading and writing give a message only: {UNPUBLISHED}."
MXNET = (
    "The net is made of layers here, and runs as one; an operator that no layer does becomes a PlaceholderLayer. "
    "NodeGraph is a picture. Encoders and decoders are not kept."
)
ONNX_OPTIONS = ("Arrays", "Description", "ExternalArrays", "GraphName", "ModelVersion", "OperatorSetVersion")
ONNX = (
    "Files say what a net computes, operation by operation. Encoders and decoders are not kept. An operator that no layer "
    "does becomes a PlaceholderLayer."
)
SAFETENSORS = (
    'The arrays of a net under names such as "1/Weights", or those of an association; for programs in Python. '
    'NetReplacePart[net, KeyValueMap[StringSplit[#1, "/"] -> #2 &, arrays]] puts them into a net.'
)
add_format(Format("MXNet", (), read_mxnet, write_files=write_mxnet, differs=MXNET))
add_format(Format("MXNetArrays", (".params",), read_mxnet, is_binary=True))
add_format(
    Format(
        "SafeTensors",
        (".safetensors",),
        read_safetensors,
        write_safetensors,
        is_binary=True,
        differs=SAFETENSORS,
    )
)
add_format(Format("GGUF", (".gguf",), read_gguf, is_binary=True, differs=GGUF))
add_format(Format("WMLF", (".wmlf",), read_wmlf, write_wmlf, is_binary=True, differs=WMLF))
add_format(
    Format("ONNX", (".onnx",), read_onnx, is_binary=True, write_files=write_onnx, options=ONNX_OPTIONS, differs=ONNX)
)
add_format(Format("WLNet", (".wlnet",), read_wlnet, write_wlnet))
