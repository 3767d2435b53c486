"""$Output and $Messages: where what is printed goes, and where messages go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wlnet.builtins.evaluation.variables import STEERING
from wlnet.builtins.files.streams import Stream
from wlnet.builtins.files.writing_streams import put
from wlnet.kernel import Kernel, MessageEvent, Printed, constant
from wlnet.terms import Expression, S, Term, elements, is_head, is_list, list_of, symbol

#: What a program prints goes here unless it says something else.
STANDARD = list_of(Expression(S.OutputStream, ("stdout", 1)))


def outlet(kernel: Kernel, stream: Term) -> Callable[[Any], None]:
    """Gives what hears events for a stream: a file that is written, or the session itself."""
    if isinstance(stream, Stream):
        return lambda event: None if stream.file.closed or stream.reads else put(stream, stream, line_of(event))
    return kernel.voice


def line_of(event: Printed | MessageEvent) -> str:
    return (event.text if isinstance(event, Printed) else str(event)) + "\n"


def steer(kind: type) -> Callable[[Kernel, Term], None]:
    """Gives what lets events of a type go where the value of a variable says."""

    def changed(kernel: Kernel, value: Term) -> None:
        streams = elements(value) if is_list(value) else (value,)
        if all(is_head(stream, S.OutputStream) or isinstance(stream, Stream) for stream in streams):
            kernel.outlets[kind] = [outlet(kernel, stream) for stream in streams]

    return changed


STEERING[symbol("$Output")] = steer(Printed)
STEERING[symbol("$Messages")] = steer(MessageEvent)


@constant("$Output", category="Files", value=STANDARD)
def output() -> None:
    """$Output is the list of the streams to which Print and the like write; {} lets nothing be printed.

    Examples:
        >> Block[{$Output = {}}, Print["not seen"]; 1 + 1]
        = 2
        >> file = FileNameJoin[{CreateDirectory[], "log"}]; stream = OpenWrite[file]; Block[{$Output = {stream}}, Print[x, 1]];
        >> Close[stream]; ReadString[file]
        = "x1\\n"
    Source: https://reference.wolfram.com/language/ref/$Output.html
    """


@constant("$Messages", category="Files", value=STANDARD)
def messages() -> None:
    """$Messages is the list of the streams to which messages are written; {} lets none be seen.

    Examples:
        >> Block[{$Messages = {}}, 1/0]
        = ComplexInfinity
        >> file = FileNameJoin[{CreateDirectory[], "log"}]; stream = OpenWrite[file]; Block[{$Messages = {stream}}, 1/0];
        >> Close[stream]; StringContainsQ[ReadString[file], "Power::infy"]
        = True
    Source: https://reference.wolfram.com/language/ref/$Messages.html
    """
