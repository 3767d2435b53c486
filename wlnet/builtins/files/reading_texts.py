"""ReadString: the text of a file, or what is left of a stream."""

from __future__ import annotations

from wlnet.builtins.files.data_formats import text_of
from wlnet.builtins.files.files import CLOSED, read_bytes
from wlnet.builtins.files.processes import BUFFER_END, written_so_far
from wlnet.builtins.files.streams import END, NOT_OPEN, Stream, connected, reading
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Term


@builtin("ReadString", category="Files", messages={"noopen": CLOSED, "stream": NOT_OPEN})
def read_string(kernel: Kernel, source: Term, end: Term = None) -> Term | None:
    """ReadString["file"] gives the text of a file.
    ReadString[stream] gives the rest of what a stream or a program holds, EndOfFile where nothing is left.
    ReadString[stream, "end"] reads up to a text; ReadString[process, EndOfBuffer] what is there without waiting for more.

    Examples:
        >> s = StringToStream["a b; c"]; {ReadString[s, ";"], ReadString[s], ReadString[s]}
        = {"a b", " c", EndOfFile}
    Possible issues:
        >> ReadString["no such file"]
        = $Failed
        message: ReadString::noopen
        >> s = StringToStream["a"]; Close[s]; ReadString[s]; 1
        = 1
        message: ReadString::stream
    Source: https://reference.wolfram.com/language/ref/ReadString.html
    """
    if end is None and not isinstance(connected(source, True), Stream):
        found = read_bytes(source, "ReadString")
        return None if found is None else text_of(found[1])
    if not (end is None or end is BUFFER_END or (type(end) is str and end)):
        return None
    stream = reading(kernel, source)
    if stream is None:
        return None
    if end is BUFFER_END:
        return written_so_far(stream)
    return (stream.file.read() if end is None else read_until(stream, str(end))) or END


def read_until(stream: Stream, end: str) -> Term:
    """Gives what a stream holds before a text, which is read as well."""
    text = ""
    while not text.endswith(end) and (character := stream.file.read(1)):
        text += character
    return text if not text.endswith(end) or text == end else text.removesuffix(end)
