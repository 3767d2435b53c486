"""Files read and written as bytes and numbers of one kind: BinaryRead, BinaryReadList, BinaryWrite, and places in streams."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import cycle

import numpy as np

from wlnet.builtins.files.files import CLOSED, UNWRITTEN
from wlnet.builtins.files.streams import END, NOT_OPEN, Stream, opened, reading, streams_of, writing
from wlnet.builtins.files.writing_streams import put
from wlnet.builtins.numbers.numerical import INFINITY, is_infinity
from wlnet.builtins.strings.bytes import KINDS, bytes_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Term, elements, is_list, to_list

#: Kind of object that BinaryRead knows → its type in NumPy.
TYPES = {**KINDS, "Complex64": "<c8", "Complex128": "<c16"}
KIND = "`1` is not a kind of numbers: `2`."
TEXT = "`1` is open for texts; BinaryFormat -> True opens a file for bytes."
ORDER: dict[str, Term] = {"ByteOrdering": -1}
ORDERING = "ByteOrdering is -1 (the lowest byte first) or 1, not `1`."
UNFIT = "`1` is no `2`."
TERMINATED = "TerminatedString"
MESSAGES = {
    "noopen": CLOSED, "stream": NOT_OPEN, "kind": KIND, "text": TEXT, "order": ORDERING,
}  # fmt: skip


def kinds_in(spec: Term) -> tuple[str, ...]:
    """Gives the kinds that a specification names: "Real32" or {"Byte", "Real32"}; raises `kind`."""
    names = elements(spec) if is_list(spec) else (spec,)
    for name in names:
        if type(name) is not str or (name not in TYPES and name != TERMINATED):
            raise Message("kind", name, ", ".join((*TYPES, TERMINATED)), result=FAILED)
    return tuple(map(str, names))


def is_big(order: Term) -> bool:
    """Tells whether the highest byte comes first; raises `order`."""
    if type(order) is not int or order not in (-1, 1):
        raise Message("order", order, result=FAILED)
    return order == 1


def numbers_type(kind: str, big: bool) -> np.dtype:
    found = np.dtype(TYPES[kind])
    return found.newbyteorder(">") if big else found


def of_bytes(stream: Stream | None) -> Stream | None:
    """Gives a stream that holds bytes; raises `text` for one that holds texts."""
    if stream is not None and not stream.binary:
        raise Message("text", stream, result=FAILED)
    return stream


def objects(stream: Stream, kind: str, big: bool, wanted: int) -> list[Term]:
    """Gives the next objects of a kind, at most so many (all for -1); raises `kind` for a text that is no bytes."""
    if kind == TERMINATED:
        found: list[Term] = []
        while wanted and (text := terminated(stream)) is not None:
            found.append(text)
            wanted -= 1
        return found
    dtype = numbers_type(kind, big)
    try:
        data = stream.file.read(dtype.itemsize * wanted if wanted >= 0 else -1).encode("latin-1")
    except UnicodeEncodeError:
        raise Message("text", stream, result=FAILED) from None
    if kind == "Character8":
        return list(data.decode("latin-1"))
    return list(np.frombuffer(data[: len(data) // dtype.itemsize * dtype.itemsize], dtype).tolist())


def terminated(stream: Stream) -> str | None:
    """Gives the text up to the next zero byte; None at the end."""
    text = ""
    while (character := stream.file.read(1)) not in ("", "\0"):
        text += character
    return text if text or character else None


def record(stream: Stream, kinds: tuple[str, ...], big: bool) -> list[Term]:
    """Gives an object of each kind, EndOfFile where the stream ends."""
    return [(objects(stream, kind, big, 1) or [END])[0] for kind in kinds]


@builtin("BinaryRead", category="Files", options=ORDER, messages=MESSAGES)
def binary_read(kernel: Kernel, source: Term, kind: Term = "Byte", *, options: dict[str, Term]) -> Term | None:
    """BinaryRead[stream] gives the next byte of a stream, or EndOfFile.
    BinaryRead[stream, "kind"] gives a number of a kind, such as "Integer32", "UnsignedInteger16", "Real32" or "Complex64",
    a "Character8" or a "TerminatedString", which ends before a zero byte.
    BinaryRead[stream, {"kind1", "kind2", …}] gives a list.

    Details: A file's name stands for a stream that stays open until Close.

    Examples:
        >> file = CreateFile[]; BinaryWrite[file, {1, 2, 3}]; Close[file];
        >> s = OpenRead[file, BinaryFormat -> True]; {BinaryRead[s], BinaryRead[s, {"Byte", "Byte", "Byte"}]}
        = {1, {2, 3, EndOfFile}}
    Options: "ByteOrdering":
        >> BinaryRead[StringToStream["ab"], "UnsignedInteger16", ByteOrdering -> 1]
        = 24930
    Possible issues:
        >> BinaryRead["no such file"]
        = $Failed
        message: BinaryRead::noopen
        >> s = StringToStream["a"]; BinaryRead[s, "Real7"]
        = $Failed
        message: BinaryRead::kind
        >> BinaryRead[s, "Byte", ByteOrdering -> 5]
        = $Failed
        message: BinaryRead::order
        >> Close[s]; BinaryRead[s]; 1
        = 1
        message: BinaryRead::stream
        >> s = OpenRead[CreateFile[]]; BinaryRead[s]
        = $Failed
        message: BinaryRead::text
    """
    kinds, big = kinds_in(kind), is_big(options["ByteOrdering"])
    stream = of_bytes(reading(kernel, source, binary=True))
    if stream is None:
        return None
    found = record(stream, kinds, big)
    return to_list(found) if is_list(kind) else found[0]


def count_of(wanted: Term) -> int | None:
    """Gives how many objects are wanted, -1 for all; None for anything else."""
    if is_infinity(wanted):
        return -1
    return wanted if type(wanted) is int and wanted >= 0 else None


@builtin("BinaryReadList", category="Files", options=ORDER, messages=MESSAGES)
def binary_read_list(
    kernel: Kernel, source: Term, kind: Term = "Byte", wanted: Term = INFINITY, *, options: dict[str, Term]
) -> Term | None:
    """BinaryReadList["file"] gives the list of the bytes of a file, or of what is left of a stream.
    BinaryReadList["file", "kind"] gives objects of a kind, as BinaryRead does; BinaryReadList["file", {"kind1", …}] lists of them.
    BinaryReadList["file", "kind", n] gives the first n.

    Examples:
        >> file = CreateFile[]; Export[file, "abcd", "Text"]; {BinaryReadList[file], BinaryReadList[file, "UnsignedInteger16"]}
        = {{97, 98, 99, 100}, {25185, 25699}}
        >> BinaryReadList[file, {"Byte", "Character8"}]
        = {{97, "b"}, {99, "d"}}
        >> s = OpenRead[file, BinaryFormat -> True]; {BinaryReadList[s, "Byte", 3], BinaryReadList[s]}
        = {{97, 98, 99}, {100}}
    Options: "ByteOrdering":
        >> BinaryReadList[StringToStream["abcd"], "UnsignedInteger16", ByteOrdering -> 1]
        = {24930, 25444}
    Possible issues:
        >> BinaryReadList["no such file"]
        = $Failed
        message: BinaryReadList::noopen
        >> BinaryReadList[CreateFile[], "Real7"]
        = $Failed
        message: BinaryReadList::kind
        >> BinaryReadList[CreateFile[], "Byte", ByteOrdering -> 5]
        = $Failed
        message: BinaryReadList::order
        >> s = OpenRead[CreateFile[]]; Close[s]; BinaryReadList[s]; 1
        = 1
        message: BinaryReadList::stream
        >> s = OpenRead[CreateFile[]]; BinaryReadList[s]
        = $Failed
        message: BinaryReadList::text
    """
    count = count_of(wanted)
    kinds, big = kinds_in(kind), is_big(options["ByteOrdering"])
    if count is None:
        return None
    # A file that is named is read from its beginning, whatever streams are open.
    stream = reading(kernel, source) if isinstance(source, Stream) else opened(kernel, source, "r", binary=True)
    if of_bytes(stream) is None or stream is None:
        return None
    try:
        return to_list(
            list(records(stream, kinds, big, count)) if is_list(kind) else objects(stream, kinds[0], big, count)
        )
    finally:
        if stream is not source:
            stream.file.close()
            streams_of(kernel).remove(stream)


def records(stream: Stream, kinds: tuple[str, ...], big: bool, count: int) -> Iterator[Term]:
    while kinds and count and (found := record(stream, kinds, big))[0] is not END:
        yield to_list(found)
        count -= 1


@builtin(
    "BinaryWrite",
    category="Files",
    options=ORDER,
    messages={"nowrite": UNWRITTEN, "stream": NOT_OPEN, "kind": KIND, "order": ORDERING, "unfit": UNFIT, "text": TEXT},
)
def binary_write(
    kernel: Kernel, target: Term, data: Term, kind: Term = "Byte", *, options: dict[str, Term]
) -> Term | None:
    """BinaryWrite[stream, b] writes a byte to a stream; BinaryWrite[stream, {b1, b2, …}] several, as does a ByteArray.
    BinaryWrite[stream, "text"] writes the characters of a text as bytes.
    BinaryWrite[stream, data, "kind"] writes numbers of a kind, as BinaryRead reads them; {"kind1", …} are used in turn.

    Details: A file's name opens it, and it stays open until Close.

    Examples:
        >> file = CreateFile[]; BinaryWrite[file, {1, 256}, "UnsignedInteger16"]; BinaryWrite[file, "ab"]; Close[file];
        >> BinaryReadList[file]
        = {1, 0, 0, 1, 97, 98}
        >> BinaryWrite[file, {7, 0.5}, {"Byte", "Real32"}]; Close[file]; BinaryReadList[file, {"Byte", "Real32"}]
        = {{7, 0.5}}
    Options: "ByteOrdering":
        >> file = CreateFile[]; BinaryWrite[file, 1, "Integer32", ByteOrdering -> 1]; Close[file]; BinaryReadList[file]
        = {0, 0, 0, 1}
    Possible issues:
        >> BinaryWrite["/dev/null/x", 1]
        = $Failed
        message: BinaryWrite::nowrite
        >> BinaryWrite[StringToStream["a"], 1]; 1
        = 1
        message: BinaryWrite::stream
        >> file = CreateFile[]; BinaryWrite[file, 1, "Real7"]
        = $Failed
        message: BinaryWrite::kind
        >> BinaryWrite[file, 256]
        = $Failed
        message: BinaryWrite::unfit
        >> BinaryWrite[file, 1, "Byte", ByteOrdering -> 5]
        = $Failed
        message: BinaryWrite::order
        >> s = OpenWrite[CreateFile[]]; BinaryWrite[s, 1]
        = $Failed
        message: BinaryWrite::text
    """
    kinds, big = kinds_in(kind), is_big(options["ByteOrdering"])
    content = bytes_of(data)
    if content is None:
        items = elements(data) if is_list(data) else (data,)
        content = b"".join(written(item, each, big) for item, each in zip(items, cycle(kinds), strict=False))
    stream = of_bytes(writing(kernel, target, binary=True))
    if stream is None:
        return None
    put(stream, target, content.decode("latin-1"))
    return target


def written(item: Term, kind: str, big: bool) -> bytes:
    """Gives the bytes of a text or of a number of a kind; raises `unfit`."""
    try:
        if type(item) is str:
            return item.encode("latin-1") + (b"\0" if kind == TERMINATED else b"")
        if kind != TERMINATED and type(item) in (int, float, complex):
            wanted = numbers_type(kind, big)
            made = np.asarray(item).astype(wanted)
            if wanted.kind in "fc" or made.item() == item:
                return made.tobytes()
    except (UnicodeEncodeError, OverflowError, TypeError):
        pass
    raise Message("unfit", item, kind, result=FAILED)


@builtin("StreamPosition", category="Files", messages={"stream": NOT_OPEN})
def stream_position(kernel: Kernel, stream: Term) -> Term | None:
    """StreamPosition[stream] gives the number of bytes before the place where a stream is read or written next.

    Examples:
        >> s = StringToStream["one two"]; Read[s, Word]; StreamPosition[s]
        = 4
    Possible issues:
        >> s = StringToStream["a"]; Close[s]; StreamPosition[s]; 1
        = 1
        message: StreamPosition::stream
    """
    if not isinstance(stream, Stream):
        return None
    if stream not in streams_of(kernel):
        raise Message("stream", stream)
    return stream.file.tell()


@builtin(
    "SetStreamPosition",
    category="Files",
    messages={"stream": NOT_OPEN, "range": "The stream has `2` bytes, and no place `1`."},
)
def set_stream_position(kernel: Kernel, stream: Term, place: Term) -> Term | None:
    """SetStreamPosition[stream, n] goes on after the first n bytes of a stream; Infinity stands for its end.

    Examples:
        >> s = StringToStream["one two"]; SetStreamPosition[s, 4]; Read[s, Word]
        = "two"
        >> SetStreamPosition[s, Infinity]
        = 7
    Possible issues:
        >> s = StringToStream["a"]; SetStreamPosition[s, 100]
        = $Failed
        message: SetStreamPosition::range
        >> Close[s]; SetStreamPosition[s, 0]; 1
        = 1
        message: SetStreamPosition::stream
    """
    count = count_of(place)
    if not isinstance(stream, Stream) or count is None:
        return None
    if stream not in streams_of(kernel):
        raise Message("stream", stream)
    before = stream.file.tell()
    size = stream.file.seek(0, os.SEEK_END)
    if count > size:
        stream.file.seek(before)
        raise Message("range", place, size, result=FAILED)
    return size if count < 0 else stream.file.seek(count)
