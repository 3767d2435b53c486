"""ByteArrays read and written by format, and the formats that are numbers of one kind."""

from __future__ import annotations

from functools import partial

import numpy as np

from wlnet.builtins.files.data_formats import Format, Options, add_format
from wlnet.builtins.files.importing import (
    CONTENT,
    READING,
    UNFIT,
    UNKNOWN,
    WRITING_SOME,
    chosen_format,
    read_as,
    written_as,
)
from wlnet.builtins.strings.bytes import KINDS, byte_array, bytes_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Term, numeric, pack

FORMATS_NAMED = "WXF, PNG, CSV and the like"


@builtin("ImportByteArray", category="Files", options=READING, messages={"fmt": UNKNOWN, "content": CONTENT})
def import_byte_array(kernel: Kernel, data: Term, spec: Term, *, options: Options) -> Term | None:
    """ImportByteArray[bytes, "format"] reads a ByteArray as a file of this format.
    ImportByteArray[bytes, {"format", "element"}] gives one element of it.

    Examples:
        >> ImportByteArray[StringToByteArray["1,2\\n3,4"], "CSV"]
        = {{1, 2}, {3, 4}}
    Options: "ArrayPath":
        >> ImportByteArray[ExportByteArray[ElementwiseLayer[Tanh], "MXNet"], {"MXNet", "Net"}, "ArrayPath" -> None][{0.}]
        = {0.}
    Options: "CharacterEncoding":
        >> ImportByteArray[ByteArray[{228}], "Text", CharacterEncoding -> "ISO8859-1"]
        = "ä"
    Options: "HeaderLines":
        >> ImportByteArray[StringToByteArray["x\\n1"], "CSV", "HeaderLines" -> 1]
        = {{1}}
    Options: "Numeric":
        >> ImportByteArray[StringToByteArray["1"], "CSV", "Numeric" -> False]
        = {{"1"}}
    Options: "SkipLines":
        >> ImportByteArray[StringToByteArray["x\\n1"], "CSV", "SkipLines" -> 1]
        = {{1}}
    Possible issues:
        >> ImportByteArray[ByteArray[{1}], "No such format"]
        = $Failed
        message: ImportByteArray::fmt
        >> ImportByteArray[ByteArray[{1}], "PNG"]
        = $Failed
        message: ImportByteArray::content
    """
    found = bytes_of(data)
    if found is None:
        return None
    chosen, wanted = chosen_format(None, spec)
    if chosen is None or chosen.read is None:
        raise Message("fmt", spec, FORMATS_NAMED, result=FAILED)
    return read_as(kernel, chosen, found, "the ByteArray", wanted, options)


@builtin("ExportByteArray", category="Files", messages={"fmt": UNKNOWN, "unfit": UNFIT})
def export_byte_array(kernel: Kernel, term: Term, spec: Term) -> Term:
    """ExportByteArray[expr, "format"] gives the bytes that Export writes.

    Examples:
        >> ImportByteArray[ExportByteArray[Image[{{0, 255}}, "Byte"], "PNG"], {"PNG", "Data"}]
        = {{0, 255}}
    Possible issues:
        >> ExportByteArray[1, "No such format"]
        = $Failed
        message: ExportByteArray::fmt
        >> ExportByteArray[f[1], "JSON"]
        = $Failed
        message: ExportByteArray::unfit
    """
    chosen, _ = chosen_format(None, spec)
    return byte_array(written_as(kernel, chosen, spec, term, "", WRITING_SOME)[""])


def _read_numbers(
    kind: str, kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options
) -> Term:
    size = np.dtype(kind).itemsize
    return pack(np.frombuffer(data[: len(data) // size * size], kind))


def _write_numbers(kind: str, kernel: Kernel, term: Term) -> bytes:
    array = numeric(term)
    if array is None:
        raise TypeError("a list of numbers is expected")
    made = array.astype(kind)
    if made.dtype.kind in "iu" and not np.array_equal(made, array):
        raise TypeError("a number does not fit")
    return made.tobytes()


for _name, _kind in KINDS.items():
    if _name != "Character8":
        add_format(Format(_name, (), partial(_read_numbers, _kind), partial(_write_numbers, _kind), is_binary=True))
