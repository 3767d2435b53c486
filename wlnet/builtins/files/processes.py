"""Programs that run beside this one: StartProcess, with streams to and from them."""

from __future__ import annotations

import atexit
import codecs
import os
import select
import subprocess
from dataclasses import dataclass
from typing import IO, Any, cast

from wlnet.builtins.files.programs import FAULT, SURROUNDINGS, command_of, surroundings
from wlnet.builtins.files.streams import CONNECTED, END, Stream, numbers, streams_of
from wlnet.kernel import Kernel, Message, applies, builtin, constant
from wlnet.terms import FAILED, Association, S, Term, register, symbol, to_list, truth

#: Name of a stream of a program → whether it is read from here.
CONNECTIONS = {"StandardInput": False, "StandardOutput": True, "StandardError": True}
BUFFER_END = symbol("EndOfBuffer")


class Pipe:
    """What a program writes, to be read as a text file; `available` gives what is there without waiting for more."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.waiting = ""
        self.over = self.closed = False

    def more(self, wait: bool) -> bool:
        """Takes over what the program has written since, if anything."""
        if self.over or not (wait or select.select([self.file], [], [], 0)[0]):
            return False
        found = os.read(self.file.fileno(), 1 << 16)
        self.over = not found
        self.waiting += self.decode(found, self.over)
        return not self.over

    def taken(self, count: int) -> str:
        text, self.waiting = self.waiting[:count], self.waiting[count:]
        return text

    def readline(self) -> str:
        while "\n" not in self.waiting and self.more(wait=True):
            pass
        return self.taken(self.waiting.find("\n") + 1 or len(self.waiting))

    def read(self, count: int = -1) -> str:
        while (count < 0 or len(self.waiting) < count) and self.more(wait=True):
            pass
        return self.taken(len(self.waiting) if count < 0 else count)

    def available(self) -> str:
        while self.more(wait=False):
            pass
        return self.taken(len(self.waiting))

    def close(self) -> None:
        self.over = self.closed = True
        self.file.close()


@dataclass(eq=False)
class Process:
    """A program that was started, and its streams by their names."""

    words: list[str]
    popen: subprocess.Popen[bytes]
    streams: dict[str, Stream]

    @property
    def code(self) -> int | None:
        """How it ended: its exit code, None while it runs."""
        return self.popen.poll()

    def __repr__(self) -> str:
        return f"ProcessObject[{self.popen.pid}, {self.words[0]}]"


register(Process, symbol("ProcessObject"), text=repr)
CONNECTED[Process] = lambda process, reads: process.streams["StandardOutput" if reads else "StandardInput"]
STARTED: list[Process] = []


@atexit.register
def end_all() -> None:
    """Ends the programs that still run, so that none stays behind."""
    for process in STARTED:
        if process.code is None:
            process.popen.kill()


@builtin("StartProcess", category="Files", options=SURROUNDINGS, messages=FAULT)
def start_process(kernel: Kernel, command: Term, *, options: dict[str, Term]) -> Term | None:
    """StartProcess[{"program", "argument", …}] starts a program and goes on; it gives a ProcessObject.

    Details: WriteString and WriteLine write to what the program reads; ReadLine, ReadString and Read read what it writes.
    The program is ended when the session is.

    Examples:
        >> p = StartProcess["cat"]; WriteLine[p, "hello"]; {ReadLine[p], ProcessStatus[p], Head[p]}
        = {"hello", "Running", ProcessObject}
        >> KillProcess[p]; ProcessStatus[p]
        = "Finished"
    Options: "ProcessDirectory":
        >> folder = CreateDirectory[]; ReadLine[StartProcess["pwd", ProcessDirectory -> folder]] === folder
        = True
    Options: "ProcessEnvironment":
        >> ReadLine[StartProcess[{"sh", "-c", "echo $COLOR"}, ProcessEnvironment -> <|"COLOR" -> "red"|>]]
        = "red"
    Possible issues:
        >> StartProcess["no-such-program"]
        = $Failed
        message: StartProcess::fail
        >> StartProcess["pwd", ProcessEnvironment -> 5]
        = $Failed
        message: StartProcess::option
    Source: https://reference.wolfram.com/language/ref/StartProcess.html
    """
    words = command_of(command)
    if not words:
        return None
    around = surroundings(options)
    pipe = subprocess.PIPE
    try:
        started = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, **around)
    except (OSError, ValueError) as error:
        raise Message("fail", command, getattr(error, "strerror", None) or str(error), result=FAILED) from None
    files = {
        "StandardInput": codecs.getwriter("utf-8")(cast(IO[bytes], started.stdin)),
        "StandardOutput": Pipe(cast(IO[bytes], started.stdout)),
        "StandardError": Pipe(cast(IO[bytes], started.stderr)),
    }
    made = {
        name: Stream(f"{name} of {started.pid}", next(numbers), cast(Any, file), CONNECTIONS[name])
        for name, file in files.items()
    }
    streams_of(kernel).extend(made.values())
    STARTED.append(Process(words, started, made))
    return STARTED[-1]


@applies(Process)
def process_says(kernel: Kernel, process: Process, args: tuple[Term, ...]) -> Term | None:
    """Gives a stream of a program, by its name."""
    return process.streams.get(args[0]) if len(args) == 1 and type(args[0]) is str else None


@constant("ProcessObject", category="Files")
def process_object() -> None:
    """ProcessObject[…] is a program that StartProcess started; ProcessObject[…]["StandardError"] gives one of its streams.

    Examples:
        >> p = StartProcess[{"sh", "-c", "echo wrong >&2"}]; {ReadLine[p["StandardError"]], ReadLine[p]}
        = {"wrong", EndOfFile}
    Source: https://reference.wolfram.com/language/ref/ProcessObject.html
    """


@constant("EndOfBuffer", category="Files")
def end_of_buffer() -> None:
    """EndOfBuffer stands for the end of what a program has written so far: ReadString[process, EndOfBuffer] reads up to it.

    Details: It is given where nothing is there to read yet.

    Examples:
        >> p = StartProcess["cat"]; WriteLine[p, "a"]; Pause[0.2]; {ReadString[p, EndOfBuffer], ReadString[p, EndOfBuffer]}
        = {"a\\n", EndOfBuffer}
    Source: https://reference.wolfram.com/language/ref/EndOfBuffer.html
    """


def written_so_far(stream: Stream) -> Term:
    """Gives the text that is there to be read without waiting, EndOfBuffer for none yet, EndOfFile for none any more."""
    file: Any = stream.file
    text = file.available() if isinstance(file, Pipe) else file.read()
    return text or (BUFFER_END if isinstance(file, Pipe) and not file.over else END)


@builtin("KillProcess", category="Files")
def kill_process(kernel: Kernel, process: Term) -> Term | None:
    """KillProcess[process] ends a program that StartProcess started.

    Examples:
        >> p = StartProcess[{"sleep", "60"}]; {KillProcess[p], ProcessStatus[p]}
        = {Null, "Finished"}
    Source: https://reference.wolfram.com/language/ref/KillProcess.html
    """
    if type(process) is not Process:
        return None
    process.popen.kill()
    process.popen.wait()
    return S.Null


@builtin("ProcessStatus", category="Files")
def process_status(kernel: Kernel, process: Term, status: Term = None) -> Term | None:
    """ProcessStatus[process] gives "Running" or "Finished"; ProcessStatus[process, "status"] tells whether it is that.

    Examples:
        >> p = StartProcess["cat"]; {ProcessStatus[p], ProcessStatus[p, "Finished"]}
        = {"Running", False}
    Source: https://reference.wolfram.com/language/ref/ProcessStatus.html
    """
    if type(process) is not Process:
        return None
    found = "Running" if process.code is None else "Finished"
    return found if status is None else truth(type(status) is str and status == found)


@builtin("ProcessInformation", category="Files")
def process_information(kernel: Kernel, process: Term, wanted: Term = None) -> Term | None:
    """ProcessInformation[process] gives "Program", "PID" and, of a program that has ended, "ExitCode".
    ProcessInformation[process, "key"] gives one of them.

    Examples:
        >> p = StartProcess[{"sh", "-c", "exit 3"}]; ReadString[p]; Pause[0.1]; ProcessInformation[p, "ExitCode"]
        = 3
    Source: https://reference.wolfram.com/language/ref/ProcessInformation.html
    """
    if type(process) is not Process:
        return None
    facts: dict[str, Term] = {"Program": process.words[0], "PID": process.popen.pid}
    facts |= {} if process.code is None else {"ExitCode": process.code}
    if wanted is None:
        return Association(list(facts.items()))
    return facts.get(wanted) if type(wanted) is str else None


@builtin("ProcessConnection", category="Files")
def process_connection(kernel: Kernel, process: Term, name: Term) -> Term | None:
    """ProcessConnection[process, "name"] gives the stream "StandardInput", "StandardOutput" or "StandardError" of a program.

    Examples:
        >> p = StartProcess["cat"]; WriteLine[ProcessConnection[p, "StandardInput"], "a"]; ReadLine[ProcessConnection[p, "StandardOutput"]]
        = "a"
    Source: https://reference.wolfram.com/language/ref/ProcessConnection.html
    """
    return process.streams.get(name) if type(process) is Process and type(name) is str else None


@builtin("Processes", category="Files")
def processes(kernel: Kernel) -> Term:
    """Processes[] gives the list of the programs that StartProcess started and that run still.

    Examples:
        >> p = StartProcess["cat"]; {MemberQ[Processes[], p], KillProcess[p]; MemberQ[Processes[], p]}
        = {True, False}
    Source: https://reference.wolfram.com/language/ref/Processes.html
    """
    return to_list([process for process in STARTED if process.code is None])
