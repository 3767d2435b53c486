"""Other programs: where and how they are run, RunProcess, $SystemShell."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from typing import Any

from wlnet.builtins.files.files import path_of
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import FAILED, Association, S, Term, elements, is_head, is_list

FAULT = {"fail": "`1` cannot be run: `2`.", "option": "The value `1` of the option `2` should be `3`."}
#: Where a program runs, and variables of its environment.
SURROUNDINGS: dict[str, Term] = {"ProcessDirectory": S.Inherited, "ProcessEnvironment": S.Inherited}


def command_of(term: Term) -> list[str] | None:
    """Gives the words of a command: of a list of texts, or of a text as a shell cuts it."""
    if is_list(term):
        words = list(elements(term))
        return [str(word) for word in words] if all(type(word) in (str, int) for word in words) else None
    try:
        return shlex.split(term) if type(term) is str else None
    except ValueError:
        return None


def surroundings(options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives where a program runs and the variables of its environment, as subprocess takes them; raises Message."""
    folder, variables = options["ProcessDirectory"], options["ProcessEnvironment"]
    made: dict[str, Any] = {}
    if folder is not S.Inherited:
        made["cwd"] = path_of(folder)
        if made["cwd"] is None:
            raise Message("option", folder, "ProcessDirectory", "the name of a folder", result=FAILED)
    if variables is not S.Inherited:
        alone = elements(variables) if is_list(variables) else (variables,)
        given = variables.rules() if type(variables) is Association else alone
        pairs = [each.args for each in given if is_head(each, S.Rule, 2)]
        if not pairs or not all(type(name) is str and type(value) is str for name, value in pairs):
            raise Message("option", variables, "ProcessEnvironment", '<|"name" -> "text", …|>', result=FAILED)
        made["env"] = dict(os.environ) | dict(pairs)
    return made


@builtin("RunProcess", category="Files", options=SURROUNDINGS, messages=FAULT)
def run_process(
    kernel: Kernel, command: Term, wanted: Term = None, text: Term = "", *, options: dict[str, Term]
) -> Term | None:
    """RunProcess[{"program", "argument", …}] runs a program and gives "ExitCode", "StandardOutput" and "StandardError".
    RunProcess[command, "key"] gives one of them; RunProcess[command, All, "text"] hands it a text to read.

    Examples:
        >> RunProcess[{"echo", "hello"}, "StandardOutput"]
        = "hello\\n"
        >> RunProcess[{"cat"}, All, "abc"]["StandardOutput"]
        = "abc"
        >> RunProcess["false", "ExitCode"]
        = 1
    Options: "ProcessDirectory":
        >> folder = CreateDirectory[]; StringTrim[RunProcess["pwd", "StandardOutput", ProcessDirectory -> folder]] === folder
        = True
    Options: "ProcessEnvironment":
        >> RunProcess[{"sh", "-c", "echo $COLOR"}, "StandardOutput", ProcessEnvironment -> <|"COLOR" -> "red"|>]
        = "red\\n"
    Possible issues:
        >> RunProcess["no-such-program"]
        = $Failed
        message: RunProcess::fail
        >> RunProcess["pwd", ProcessDirectory -> 5]
        = $Failed
        message: RunProcess::option
    """
    words = command_of(command)
    if not words or type(text) is not str:
        return None
    around = surroundings(options)
    try:
        ended = subprocess.run(words, input=text, capture_output=True, text=True, check=False, **around)
    except (OSError, ValueError) as error:
        raise Message("fail", command, getattr(error, "strerror", None) or str(error), result=FAILED) from None
    facts = Association(
        [("ExitCode", ended.returncode), ("StandardOutput", ended.stdout), ("StandardError", ended.stderr)]
    )
    return facts if wanted is None or wanted is S.All else facts.get(wanted)


@constant("$SystemShell", category="Files", value="cmd.exe" if os.name == "nt" else "/bin/sh")
def system_shell() -> None:
    """$SystemShell is the program that runs commands of the system.

    Examples:
        >> RunProcess[{$SystemShell, "-c", "echo $((1 + 2))"}, "StandardOutput"]
        = "3\\n"
    Source: https://reference.wolfram.com/language/ref/$SystemShell.html
    """
