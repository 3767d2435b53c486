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
    from wlnet.builtins.nets.formats.wlnet import Content, file_of

    content: Any = term
    if not isinstance(content, Content):
        raise TypeError("a net, an encoder or decoder, or a NetStateObject is expected")
    return file_of(content)


def read_onnx(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.builtins.nets.formats.external import external

    kernel.load_rest()
    if wanted not in ((), ("NetExternalObject",)):
        raise LookupError("the only element is NetExternalObject")
    try:
        return external(data, source)
    except NetError as error:
        raise ValueError(str(error).removeprefix(f"{source} ")) from None


add_format(Format("ONNX", (".onnx",), read_onnx))
add_format(Format("WLNet", (".wlnet",), read_wlnet, write_wlnet))
