"""Other programs, and the environment that they see: RunProcess, Run, SetEnvironment."""

from __future__ import annotations

import os
import shlex
import subprocess

from wlnet.builtins.files.files import FAULT
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, NULL, Association, S, Term, elements, is_head, is_list
from wlnet.terms import attributes as flags


def command_of(term: Term) -> list[str] | None:
    """Gives the words of a command: of a list of texts, or of a text as a shell cuts it."""
    if is_list(term):
        words = list(elements(term))
        return [str(word) for word in words] if all(type(word) in (str, int) for word in words) else None
    try:
        return shlex.split(term) if type(term) is str else None
    except ValueError:
        return None


@builtin("RunProcess", category="Files", messages=FAULT)
def run_process(kernel: Kernel, command: Term, wanted: Term = None, text: Term = "") -> Term | None:
    """RunProcess[{"program", "argument", …}] runs a program and gives "ExitCode", "StandardOutput" and "StandardError".
    RunProcess[command, "key"] gives one of them; RunProcess[command, All, "text"] hands it a text to read.

    Examples:
        >> RunProcess[{"echo", "hello"}, "StandardOutput"]
        = "hello\\n"
        >> RunProcess[{"cat"}, All, "abc"]["StandardOutput"]
        = "abc"
        >> RunProcess["false", "ExitCode"]
        = 1
    Possible issues:
        >> RunProcess["no-such-program"]
        = $Failed
        message: RunProcess::fail
    """
    words = command_of(command)
    if not words or type(text) is not str:
        return None
    try:
        ended = subprocess.run(words, input=text, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Message("fail", command, error.strerror or "", result=FAILED) from None
    facts = Association(
        [("ExitCode", ended.returncode), ("StandardOutput", ended.stdout), ("StandardError", ended.stderr)]
    )
    return facts if wanted is None or wanted is S.All else facts.get(wanted)


@builtin("Run", category="Files")
def run(kernel: Kernel, *words: Term) -> Term | None:
    """Run["command", …] runs a command of the system's shell and gives its exit status.

    Examples:
        >> Run["exit 3"]
        = 3
    """
    if not words or not all(type(word) in (str, int) for word in words):
        return None
    return subprocess.run(" ".join(map(str, words)), shell=True, check=False).returncode


@builtin("SetEnvironment", category="Files", attributes=flags.LISTABLE)
def set_environment(kernel: Kernel, given: Term) -> Term | None:
    """SetEnvironment["name" -> "text"] sets a variable of the environment, for programs run from here on; None takes it away.

    Examples:
        >> SetEnvironment["WLNET_EXAMPLE" -> "on"]; Environment["WLNET_EXAMPLE"]
        = "on"
    """
    if not is_head(given, S.Rule, 2) or type(given.args[0]) is not str:
        return None
    name, value = given.args
    if not name or "=" in name or "\0" in name + str(value):
        return None
    if type(value) is str:
        os.environ[name] = value
    else:
        os.environ.pop(name, None)
    return NULL
