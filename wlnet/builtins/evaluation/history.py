"""What a session remembers of its inputs: `In`, `Out` (`%`), `$Line`, and how a session is left."""

from __future__ import annotations

from dataclasses import dataclass, field

from wlnet.kernel import Kernel, builtin, constant
from wlnet.kernel.control import Exit
from wlnet.terms import Term, list_of, symbol

LINE = symbol("$Line")
HISTORY_LENGTH = symbol("$HistoryLength")


@dataclass(slots=True)
class History:
    """Inputs as they were read, outputs as they came and the labels of the messages meanwhile, by line number."""

    inputs: dict[int, Term] = field(default_factory=dict)
    outputs: dict[int, Term] = field(default_factory=dict)
    messages: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def forget(self, before: int) -> None:
        """Drops the outputs of all lines before this one."""
        for line in [line for line in self.outputs if line < before]:
            del self.outputs[line]
            self.inputs.pop(line, None)
            self.messages.pop(line, None)


def history_of(kernel: Kernel) -> History:
    """Gives the history of the kernel's session."""
    found: History = kernel.state.setdefault("history", History())
    return found


def recalled(kernel: Kernel, table: dict[int, Term], line: Term) -> Term | None:
    """Gives what a table has at a line number; negative numbers count back from the current line."""
    if type(line) is not int:
        return None
    if line < 0:
        line += current_line(kernel)
    return table.get(line)


def current_line(kernel: Kernel) -> int:
    """Gives the number of the current line."""
    line = kernel.own.get(LINE, 1)
    return line if type(line) is int else 1


@builtin("Out", category="Session")
def out(kernel: Kernel, line: Term = -1) -> Term | None:
    """Out[n], or %n, is the value of the n-th input; Out[], or %, is the last one, and Out[-2], or %%, the one before.

    Examples:
        >> 6 * 7
        = 42
        >> % + 1
        = 43
        >> {%1, Out[-2]}
        = {42, 42}
    """
    return recalled(kernel, history_of(kernel).outputs, line)


@builtin("In", category="Session")
def in_(kernel: Kernel, line: Term = -1) -> Term | None:
    """In[n] evaluates the n-th input again; In[] evaluates the last one.

    Examples:
        >> x = 1;
        >> x = x + 1
        = 2
        >> In[2]
        = 3
    """
    return recalled(kernel, history_of(kernel).inputs, line)


@constant("$Line", category="Session", value=1)
def line() -> None:
    """$Line is the number of the current input.

    Examples:
        >> $Line
        = 1
        >> $Line
        = 2
    """


@constant("$HistoryLength", category="Session", value=100)
def history_length() -> None:
    """$HistoryLength is the number of earlier values that `%` and Out can give; older ones are forgotten.

    Examples:
        >> $HistoryLength = 1; 5
        = 5
        >> 6
        = 6
        >> {%1, %2}
        = {Out[1], 6}
    """


@constant("$ScriptCommandLine", category="Session", value=list_of())
def script_command_line() -> None:
    """$ScriptCommandLine is the list of a script's name and the arguments it was called with; {} outside a script.

    Examples:
        >> $ScriptCommandLine
        = {}
    """


def leave(status: Term) -> Term | None:
    if type(status) is not int:
        return None
    raise Exit(status & 0xFF)


@builtin("Exit", category="Session")
def exit_(kernel: Kernel, status: Term = 0) -> Term | None:
    """Exit[] ends the session; Exit[n] ends it with the exit status n.

    Examples:
        >> Hold[Exit[3]]
        = Hold[Exit[3]]
    """
    return leave(status)


@builtin("Quit", category="Session")
def quit_(kernel: Kernel, status: Term = 0) -> Term | None:
    """Quit[] ends the session, as Exit[] does; Quit[n] ends it with the exit status n.

    Examples:
        >> Hold[Quit[]]
        = Hold[Quit[]]
    """
    return leave(status)
