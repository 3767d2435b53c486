"""Files read and written piece by piece: OpenRead, Read, WriteString, Close and the like."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import IO, Any

from wlnet.builtins.evaluation.formatting import followed, formatted
from wlnet.builtins.evaluation.forms import display
from wlnet.builtins.files.data_formats import number_in
from wlnet.builtins.files.files import CLOSED, UNWRITTEN, path_of
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, Printed, builtin, constant
from wlnet.syntax import is_complete, parse, write
from wlnet.terms import FAILED, FALSE, NULL, TRUE, S, Symbol, Term, elements, is_list, register, symbol, to_list

NOT_OPEN = "`1` is not an open stream."
END = symbol("EndOfFile")
#: The option of what opens a file: whether bytes are read or written, rather than texts.
BINARY: dict[str, Term] = {"BinaryFormat": FALSE}
numbers = count(1)
#: Type of an atom that has streams → function(atom, whether to read) that gives the one to read from, or to write to.
CONNECTED: dict[type, Callable[[Any, bool], Stream]] = {}


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


def named(term: Term) -> str | None:
    path = path_of(term)
    return None if path is None else str(path)


@builtin("Streams", category="Files")
def streams(kernel: Kernel, name: Term = None) -> Term:
    """Streams[] gives the list of the open streams; Streams["file"] those of one file.

    Examples:
        >> s = StringToStream["abc"]; {Length[Streams[]], Close[s], Streams[]}
        = {1, "String", {}}
    """
    return to_list([each for each in streams_of(kernel) if name is None or each.name == name])


def connected(term: Term, reads: bool) -> Term:
    """Gives the stream of what has streams, and any other term as it is."""
    find = CONNECTED.get(type(term))
    return term if find is None else find(term, reads)


def reading(kernel: Kernel, source: Term, binary: bool = False) -> Stream | None:
    """Gives the open stream to read from: itself, that of a file of this name, or a new one."""
    source = connected(source, True)
    if isinstance(source, Stream):
        if source not in streams_of(kernel) or not source.reads:
            raise Message("stream", source)
        return source
    known = [each for each in streams_of(kernel) if each.reads and each.name == named(source)]
    return known[-1] if known else opened(kernel, source, "r", binary)


@builtin("ReadLine", category="Files", messages={"noopen": CLOSED, "stream": NOT_OPEN})
def read_line(kernel: Kernel, source: Term) -> Term | None:
    """ReadLine[stream] gives the next line of a stream, or EndOfFile; a file's name stands for a stream that stays open.

    Examples:
        >> s = StringToStream["one\\ntwo"]; {ReadLine[s], ReadLine[s], ReadLine[s]}
        = {"one", "two", EndOfFile}
    Possible issues:
        >> ReadLine["no such file"]
        = $Failed
        message: ReadLine::noopen
        >> s = StringToStream["a"]; Close[s]; ReadLine[s]; 1
        = 1
        message: ReadLine::stream
    """
    stream = reading(kernel, source)
    return None if stream is None else line_of(stream)


def line_of(stream: Stream) -> Term:
    line = stream.file.readline()
    return line.removesuffix("\n") if line else END


def word_of(stream: Stream) -> str:
    """Gives the next word; "" at the end."""
    word = ""
    while (character := stream.file.read(1)) and not (character.isspace() and word):
        word += "" if character.isspace() else character
    return word


def expression_of(kernel: Kernel, stream: Stream) -> Term:
    """Gives the value of the next expression, which ends with a line; raises the message of a fault in it."""
    text = ""
    while line := stream.file.readline():
        text += line
        if text.strip() and is_complete(text):
            break
    if not text.strip():
        return END
    try:
        return kernel.evaluate(parse(text, kernel.resolve, stream.name))
    except ParseError as error:
        raise Message("syntax", str(error), result=FAILED) from None


def object_of(kernel: Kernel, stream: Stream, kind: Term) -> Term:
    """Gives the next object of a kind, EndOfFile at the end; raises `kind` for an unknown one."""
    name = kind.name if type(kind) is Symbol else ""
    if name in ("String", "Record"):
        return line_of(stream)
    if name == "Character":
        return stream.file.read(1) or END
    if name == "Word":
        return word_of(stream) or END
    if name == "Number":
        word = word_of(stream)
        number = number_in(re.sub(r"[eEdD](?=[-+]?\d+$)", "e", word)) if word else END
        return FAILED if type(number) is str else number
    if name == "Expression":
        return expression_of(kernel, stream)
    raise Message("kind", kind, result=FAILED)


@builtin(
    "Read",
    category="Files",
    messages={
        "noopen": CLOSED, "stream": NOT_OPEN, "syntax": "`1`",
        "kind": "`1` is not a kind of object; they are Expression, String, Record, Word, Character and Number.",
    },
)  # fmt: skip
def read(kernel: Kernel, source: Term, kind: Term = S.Expression) -> Term | None:
    """Read[stream] gives the value of the next expression of a stream, or EndOfFile.
    Read[stream, kind] gives the next object of a kind: Expression, String (a line), Word, Character or Number.
    Read[stream, {kind1, kind2, …}] gives a list of objects.

    Examples:
        >> s = StringToStream["3 4.5 x\\n1 + 1\\n"]; {Read[s, {Number, Number}], Read[s, Word], Read[s], Read[s]}
        = {{3, 4.5}, "x", 2, EndOfFile}
    Possible issues:
        >> Read["no such file"]
        = $Failed
        message: Read::noopen
        >> Read[StringToStream["a"], Sound]
        = $Failed
        message: Read::kind
        >> Read[StringToStream["f["]]
        = $Failed
        message: Read::syntax
        >> s = StringToStream["a"]; Close[s]; Read[s]; 1
        = 1
        message: Read::stream
    """
    stream = reading(kernel, source)
    if stream is None:
        return None
    if is_list(kind):
        return to_list([object_of(kernel, stream, each) for each in elements(kind)])
    return object_of(kernel, stream, kind)


def written(kernel: Kernel, target: Term, text: str) -> Term | None:
    """Writes a text to a stream, to "stdout" or "stderr", or to a file that is opened and stays open."""
    if isinstance(target, str) and target in ("stdout", "stderr"):
        kernel.emit(Printed(text.removesuffix("\n")))
        return NULL
    stream = writing(kernel, target)
    return None if stream is None else put(stream, target, text)


def writing(kernel: Kernel, target: Term, binary: bool = False) -> Stream | None:
    """Gives the open stream to write to: itself, that of a file of this name, or a new one."""
    target = connected(target, False)
    if isinstance(target, Stream):
        if target not in streams_of(kernel) or target.reads:
            raise Message("stream", target)
        return target
    known = [each for each in streams_of(kernel) if not each.reads and each.name == named(target)]
    return known[-1] if known else opened(kernel, target, "w", binary)


def put(stream: Stream, target: Term, text: str) -> Term:
    """Writes a text to an open stream; raises `nowrite`."""
    try:
        stream.file.write(text)
        stream.file.flush()
    except (OSError, UnicodeEncodeError) as error:
        raise Message("nowrite", target, getattr(error, "strerror", None) or str(error), result=FAILED) from None
    return NULL


WRITING = {"nowrite": UNWRITTEN, "stream": NOT_OPEN}


@builtin("WriteString", category="Files", messages=WRITING)
def write_string(kernel: Kernel, target: Term, *terms: Term) -> Term | None:
    """WriteString[stream, x, y, …] writes texts, and other values as they are shown, to a stream or a file.

    Details: "stdout" and "stderr" stand for what the session prints. A file's name opens it, and it stays open until Close.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; WriteString[file, "n = ", 3]; Close[file]; ReadString[file]
        = "n = 3"
        >> Format[money[x_]] := Row[{"$", x}]; WriteString[file, money[5]]; Close[file]; ReadString[file]
        = "$5"
    Possible issues:
        >> WriteString["/dev/null/x", "a"]
        = $Failed
        message: WriteString::nowrite
        >> WriteString[StringToStream["a"], "b"]; 1
        = 1
        message: WriteString::stream
    """
    return written(kernel, target, "".join(display(kernel, term) for term in terms))


@builtin("WriteLine", category="Files", messages=WRITING)
def write_line(kernel: Kernel, target: Term, term: Term) -> Term | None:
    """WriteLine[stream, x] writes a line to a stream or a file.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; WriteLine[file, "a"]; WriteLine[file, 2]; Close[file];
        >> ReadString[file]
        = "a\\n2\\n"
    Possible issues:
        >> WriteLine["/dev/null/x", "a"]
        = $Failed
        message: WriteLine::nowrite
        >> WriteLine[StringToStream["a"], "b"]; 1
        = 1
        message: WriteLine::stream
    """
    return written(kernel, target, display(kernel, term) + "\n")


@builtin("Write", category="Files", messages=WRITING)
def write_(kernel: Kernel, target: Term, *terms: Term) -> Term | None:
    """Write[stream, expr1, expr2, …] writes expressions as they are typed, then ends the line; Read reads them.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; Write[file, {a, "b"}]; Close[file]; ReadList[file]
        = {{a, "b"}}
    Possible issues:
        >> Write["/dev/null/x", a]
        = $Failed
        message: Write::nowrite
        >> Write[StringToStream["a"], b]; 1
        = 1
        message: Write::stream
    """
    return written(kernel, target, "".join(typed(kernel, term) for term in terms) + "\n")


def typed(kernel: Kernel, term: Term) -> str:
    """Gives the text of a term as it would be typed, where Format says nothing else for InputForm."""
    return write(formatted(kernel, term, followed(S.InputForm)), "InputForm")


@constant("EndOfFile", category="Files")
def end_of_file() -> None:
    """EndOfFile is what Read gives at the end of a stream.

    Examples:
        >> Read[StringToStream[""], Word]
        = EndOfFile
    """


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


@constant("Expression", category="Files")
def expression_kind() -> None:
    """Expression is the kind of object that Read reads as an expression of the language.

    Examples:
        >> Read[StringToStream["1 + 2"], Expression]
        = 3
    """


@constant("Record", category="Files")
def record_kind() -> None:
    """Record is the kind of object that Read and ReadList read as lines.

    Examples:
        >> Read[StringToStream["a b"], Record]
        = "a b"
    """


@constant("Character", category="Files")
def character_kind() -> None:
    """Character is the kind of object that Read and ReadList read one by one.

    Examples:
        >> Read[StringToStream["ab"], Character]
        = "a"
    """
