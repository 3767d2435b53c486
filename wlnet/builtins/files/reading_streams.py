"""What is read from streams, line by line or object by object: ReadLine, Read."""

from __future__ import annotations

import re

from wlnet.builtins.files.data_formats import number_in
from wlnet.builtins.files.files import CLOSED
from wlnet.builtins.files.streams import END, NOT_OPEN, Stream, reading
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.syntax import is_complete, parse
from wlnet.terms import FAILED, S, Symbol, Term, elements, is_list, to_list


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
