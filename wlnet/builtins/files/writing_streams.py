"""What is written to streams: WriteString, WriteLine, Write."""

from __future__ import annotations

from wlnet.builtins.evaluation.formatting import followed, formatted
from wlnet.builtins.evaluation.forms import display
from wlnet.builtins.files.files import UNWRITTEN
from wlnet.builtins.files.streams import NOT_OPEN, Stream, writing
from wlnet.kernel import Kernel, Message, Printed, builtin
from wlnet.syntax import write
from wlnet.terms import FAILED, NULL, S, Term

WRITING = {"nowrite": UNWRITTEN, "stream": NOT_OPEN}


def written(kernel: Kernel, target: Term, text: str) -> Term | None:
    """Writes a text to a stream, to "stdout" or "stderr", or to a file that is opened and stays open."""
    if isinstance(target, str) and target in ("stdout", "stderr"):
        kernel.emit(Printed(text.removesuffix("\n")))
        return NULL
    stream = writing(kernel, target)
    return None if stream is None else put(stream, target, text)


def put(stream: Stream, target: Term, text: str) -> Term:
    """Writes a text to an open stream; raises `nowrite`."""
    try:
        stream.file.write(text)
        stream.file.flush()
    except (OSError, UnicodeEncodeError) as error:
        raise Message("nowrite", target, getattr(error, "strerror", None) or str(error), result=FAILED) from None
    return NULL


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
