"""The formats of files that hold nets. They are known from the start; what reads them is loaded at the first use."""

from __future__ import annotations

from typing import Any

from wlnet.builtins.files.data_formats import Format, Options, add_format
from wlnet.errors import FormatError, NetError
from wlnet.kernel import Kernel
from wlnet.terms import Term


def read_wlnet(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.builtins.nets.formats.wlnet import element_of

    kernel.load_rest()
    try:
        return element_of(kernel, data, source, wanted)
    except FormatError as error:
        raise ValueError(str(error).removeprefix(f"{source}: ")) from None


def write_wlnet(kernel: Kernel, term: Term) -> bytes:
    from wlnet.builtins.nets.formats.wlnet import file_of
    from wlnet.nets import Net

    net: Any = term
    if not isinstance(net, Net):
        raise TypeError("a net is expected")
    return file_of(net)


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
    from wlnet.builtins.nets.formats.onnx import files_of
    from wlnet.nets import Net

    net: Any = term
    if not isinstance(net, Net):
        raise TypeError("a net is expected")
    try:
        return files_of(net, name, options)
    except NetError as error:
        raise ValueError(str(error)) from None


ONNX_OPTIONS = ("Arrays", "Description", "ExternalArrays", "GraphName", "ModelVersion", "OperatorSetVersion")

add_format(Format("ONNX", (".onnx",), read_onnx, is_binary=True, write_files=write_onnx, options=ONNX_OPTIONS))
add_format(Format("WLNet", (".wlnet",), read_wlnet, write_wlnet))
