"""Streams: files and texts that are read and written piece by piece, opened and closed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import count
from typing import IO

from wlnet.builtins.files.files import CLOSED, UNWRITTEN, path_of
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import FAILED, FALSE, TRUE, S, Term, register, symbol, to_list

NOT_OPEN = "`1` is not an open stream."
END = symbol("EndOfFile")
#: The option of what opens a file: whether bytes are read or written, rather than texts.
BINARY: dict[str, Term] = {"BinaryFormat": FALSE}
numbers = count(1)


@dataclass(slots=True, eq=False)
class Stream:
    """An open file, or a text that is read like one; `reads` tells its direction.

    binary: each character of the file stands for a byte.
    """

    name: str
    number: int
    file: IO[str]
    reads: bool
    binary: bool = False

    def __repr__(self) -> str:
        return f'{"Input" if self.reads else "Output"}Stream["{self.name}", {self.number}]'


register(Stream, lambda stream: S.InputStream if stream.reads else S.OutputStream, text=repr)


def streams_of(kernel: Kernel) -> list[Stream]:
    """Gives the open streams of a session, the oldest first."""
    return kernel.state.setdefault("streams", [])


def opened(kernel: Kernel, name: Term, mode: str, binary: bool = False) -> Stream | None:
    """Opens a file; None for what is no name of one; raises the message where it cannot be opened."""
    path = path_of(name)
    if path is None:
        return None
    try:
        newline = "" if binary else None if mode == "r" else "\n"
        file = path.open(mode, encoding="latin-1" if binary else "utf-8", newline=newline)
    except OSError as error:
        tag = "noopen" if mode == "r" else "nowrite"
        raise Message(tag, name, error.strerror or "", result=FAILED) from None
    made = Stream(str(path), next(numbers), file, mode == "r", binary)
    streams_of(kernel).append(made)
    return made


def named(term: Term) -> str | None:
    path = path_of(term)
    return None if path is None else str(path)


def reading(kernel: Kernel, source: Term, binary: bool = False) -> Stream | None:
    """Gives the open stream to read from: itself, that of a file of this name, or a new one."""
    if isinstance(source, Stream):
        if source not in streams_of(kernel) or not source.reads:
            raise Message("stream", source)
        return source
    known = [each for each in streams_of(kernel) if each.reads and each.name == named(source)]
    return known[-1] if known else opened(kernel, source, "r", binary)


def writing(kernel: Kernel, target: Term, binary: bool = False) -> Stream | None:
    """Gives the open stream to write to: itself, that of a file of this name, or a new one."""
    if isinstance(target, Stream):
        if target not in streams_of(kernel) or target.reads:
            raise Message("stream", target)
        return target
    known = [each for each in streams_of(kernel) if not each.reads and each.name == named(target)]
    return known[-1] if known else opened(kernel, target, "w", binary)


@builtin("OpenRead", category="Files", options=BINARY, messages={"noopen": CLOSED})
def open_read(kernel: Kernel, name: Term, *, options: dict[str, Term]) -> Term | None:
    """OpenRead["file"] opens a file to be read piece by piece, with Read or ReadLine.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; Export[file, "a b\\nc", "Text"]; stream = OpenRead[file];
        >> {ReadLine[stream], ReadLine[stream], ReadLine[stream], FileNameTake[Close[stream]]}
        = {"a b", "c", EndOfFile, "x"}
    Options: "BinaryFormat":
        >> file = CreateFile[]; Export[file, "a b", "Text"];
        >> s = OpenRead[file, BinaryFormat -> True]; {BinaryRead[s], BinaryRead[s, "Character8"], StreamPosition[s]}
        = {97, " ", 2}
    Possible issues:
        >> OpenRead["no such file"]
        = $Failed
        message: OpenRead::noopen
    """
    return opened(kernel, name, "r", options["BinaryFormat"] is TRUE)


@builtin("OpenWrite", category="Files", options=BINARY, messages={"nowrite": UNWRITTEN})
def open_write(kernel: Kernel, name: Term, *, options: dict[str, Term]) -> Term | None:
    """OpenWrite["file"] opens a file to be written piece by piece, with WriteString or Write; it is emptied first.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; stream = OpenWrite[file]; WriteString[stream, "a", 1]; Close[stream];
        >> ReadString[file]
        = "a1"
    Options: "BinaryFormat":
        >> file = CreateFile[]; s = OpenWrite[file, BinaryFormat -> True]; BinaryWrite[s, {0, 255}]; Close[s]; BinaryReadList[file]
        = {0, 255}
    Possible issues:
        >> OpenWrite["/dev/null/x"]
        = $Failed
        message: OpenWrite::nowrite
    """
    return opened(kernel, name, "w", options["BinaryFormat"] is TRUE)


@builtin("OpenAppend", category="Files", options=BINARY, messages={"nowrite": UNWRITTEN})
def open_append(kernel: Kernel, name: Term, *, options: dict[str, Term]) -> Term | None:
    """OpenAppend["file"] opens a file so that what is written comes after what is there.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; Export[file, "a", "Text"];
        >> WriteLine[s = OpenAppend[file], "b"]; Close[s]; ReadString[file]
        = "ab\\n"
    Options: "BinaryFormat":
        >> file = CreateFile[]; s = OpenAppend[file, BinaryFormat -> True]; BinaryWrite[s, {0, 200}]; Close[s]; BinaryReadList[file]
        = {0, 200}
    Possible issues:
        >> OpenAppend["/dev/null/x"]
        = $Failed
        message: OpenAppend::nowrite
    """
    return opened(kernel, name, "a", options["BinaryFormat"] is TRUE)


@builtin("StringToStream", category="Files")
def string_to_stream(kernel: Kernel, text: Term) -> Term | None:
    """StringToStream["text"] gives a stream from which a text is read.

    Examples:
        >> s = StringToStream["1 x"]; {Read[s, Number], Read[s, Word], Read[s, Word]}
        = {1, "x", EndOfFile}
    """
    if type(text) is not str:
        return None
    made = Stream("String", next(numbers), io.StringIO(text), True, binary=True)
    streams_of(kernel).append(made)
    return made


@builtin("Close", category="Files", messages={"stream": NOT_OPEN})
def close(kernel: Kernel, stream: Term) -> Term:
    """Close[stream] closes a stream, or all those of a file with this name, and gives the name.

    Examples:
        >> Close[StringToStream["abc"]]
        = "String"
    Possible issues:
        >> Close["nothing open"]
        = Close["nothing open"]
        message: Close::stream
    """
    found = [each for each in streams_of(kernel) if each is stream or each.name == named(stream)]
    if not found:
        raise Message("stream", stream)
    for each in found:
        each.file.close()
        streams_of(kernel).remove(each)
    return found[0].name


@builtin("Streams", category="Files")
def streams(kernel: Kernel, name: Term = None) -> Term:
    """Streams[] gives the list of the open streams; Streams["file"] those of one file.

    Examples:
        >> s = StringToStream["abc"]; {Length[Streams[]], Close[s], Streams[]}
        = {1, "String", {}}
    """
    return to_list([each for each in streams_of(kernel) if name is None or each.name == name])


@constant("InputStream", category="Files")
def input_stream() -> None:
    """InputStream["name", n] is a stream that is read, as OpenRead and StringToStream give it.

    Examples:
        >> Head[StringToStream["a"]]
        = InputStream
    """


@constant("OutputStream", category="Files")
def output_stream() -> None:
    """OutputStream["name", n] is a stream that is written, as OpenWrite and OpenAppend give it.

    Examples:
        >> s = OpenWrite[FileNameJoin[{CreateDirectory[], "x"}]]; Head[s]
        = OutputStream
    """


@constant("EndOfFile", category="Files")
def end_of_file() -> None:
    """EndOfFile is what Read gives at the end of a stream.

    Examples:
        >> Read[StringToStream[""], Word]
        = EndOfFile
    """
