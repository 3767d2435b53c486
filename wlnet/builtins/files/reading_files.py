"""Programs and texts in files: Get, Put, ReadString, ReadList."""

from __future__ import annotations

import os
from collections.abc import Callable

from wlnet.builtins.evaluation.contexts import close, enter, has_built_ins, is_context, left_open
from wlnet.builtins.files.data_formats import number_in, text_of
from wlnet.builtins.files.files import CLOSED, INPUT_FILE, UNWRITTEN, path_of, read_bytes, write_bytes
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.syntax import parse_program, write
from wlnet.terms import FAILED, NULL, Expression, S, Symbol, Term, elements, is_list, symbol, to_list

SYNTAX = "`1`"
SEARCH_PATH = symbol("$Path")


@builtin("Get", category="Files", messages={"noopen": CLOSED, "syntax": SYNTAX})
def get(kernel: Kernel, name: Term) -> Term | None:
    """Get["file"] or <<file evaluates all expressions of a file, and gives the value of the last.
    Get["context`"] reads the file of a package: A/B.wl or A/B.m for A`B`, looked for as by Needs.

    Details: The current context is the one before again afterward, also where the file leaves a Begin open.

    Examples:
        >> Get["no such file"]
        = $Failed
        message: Get::noopen
    Possible issues:
        >> file = FileNameJoin[{CreateDirectory[], "x.wl"}]; Export[file, "f[", "Text"]; Get[file]
        = $Failed
        message: Get::syntax
    """
    if is_context(name) and has_built_ins(str(name)):
        return kernel.evaluate(Expression(S.Needs, (name,)))
    found = read_bytes(_package_file(kernel, name) if is_context(name) else name, "Get")
    if found is None:
        return None
    path, data = found
    before = kernel.own.get(INPUT_FILE)
    context, opened = kernel.context, len(left_open(kernel))
    kernel.set_own(INPUT_FILE, os.path.abspath(path))
    result: Term = NULL
    try:
        for statement in parse_program(text_of(data), kernel.resolve, str(path)):
            result = kernel.evaluate(statement.term)
    except ParseError as error:
        raise Message("syntax", error.report(), result=FAILED) from None
    finally:
        kernel.set_own(INPUT_FILE, "" if before is None else before)
        for which, *_ in reversed(left_open(kernel)[opened:]):
            close(kernel, which)
        enter(kernel, context, kernel.context_path)
    return result


def _package_file(kernel: Kernel, name: str) -> str:
    """Gives the file of a package, looked for beside the file being read, in the current directory and along $Path."""
    reading = kernel.own.get(INPUT_FILE)
    beside = os.path.dirname(reading) if type(reading) is str else ""
    stem = name.rstrip("`").replace("`", os.sep)
    listed = kernel.own.get(SEARCH_PATH)
    folders = [folder for folder in elements(listed) if type(folder) is str] if is_list(listed) else []
    for folder in (beside, "", *folders):
        for ending in (".wl", ".m", os.sep + "init.wl", os.sep + "init.m", f"{os.sep}Kernel{os.sep}init.wl"):
            path = os.path.join(folder, stem + ending)
            if os.path.isfile(path):
                return path
    return name


@constant("$Path", category="Files", value=Expression(S.List, ()))
def search_path() -> None:
    """$Path is the list of the folders in which Get and Needs look for packages.

    Examples:
        >> $Path
        = {}
    """


@builtin("Put", category="Files", messages={"nowrite": UNWRITTEN})
def put(kernel: Kernel, *given: Term) -> Term | None:
    """Put[expr, "file"] or expr >> file writes expressions to a file so that Get reads them back.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x.wl"}]; Put[{a, 1/2}, file]; Get[file]
        = {a, 1/2}
    Possible issues:
        >> Put[a, "/dev/null/x"]
        = $Failed
        message: Put::nowrite
    """
    if not given or path_of(given[-1]) is None:
        return None
    write_bytes(given[-1], "".join(write(term, "InputForm") + "\n" for term in given[:-1]).encode())
    return NULL


@builtin("PutAppend", category="Files", messages={"nowrite": UNWRITTEN})
def put_append(kernel: Kernel, *given: Term) -> Term | None:
    """PutAppend[expr, "file"] or expr >>> file writes expressions at the end of a file.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x.wl"}]; Put[a, file]; PutAppend[b, file]; ReadString[file]
        = "a\\nb\\n"
    Possible issues:
        >> PutAppend[a, "/dev/null/x"]
        = $Failed
        message: PutAppend::nowrite
    """
    path = path_of(given[-1]) if given else None
    if path is None:
        return None
    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.writelines(write(term, "InputForm") + "\n" for term in given[:-1])
    except OSError as error:
        raise Message("nowrite", given[-1], error.strerror or "", result=FAILED) from None
    return NULL


@builtin("ReadString", category="Files", messages={"noopen": CLOSED})
def read_string(kernel: Kernel, name: Term) -> Term | None:
    """ReadString["file"] gives the text of a file.

    Examples:
        >> ReadString["no such file"]
        = $Failed
        message: ReadString::noopen
    """
    found = read_bytes(name, "ReadString")
    return None if found is None else text_of(found[1])


#: Kind of object → what cuts a text into them.
OBJECTS: dict[str, Callable[[str], list[Term]]] = {
    "String": lambda text: list(text.splitlines()),
    "Record": lambda text: list(text.splitlines()),
    "Word": lambda text: list(text.split()),
    "Number": lambda text: [number for number in map(number_in, text.split()) if type(number) is not str],
    "Character": lambda text: list(text),
}


@builtin("ReadList", category="Files", messages={"noopen": CLOSED, "syntax": SYNTAX})
def read_list(kernel: Kernel, name: Term, kind: Term = None) -> Term | None:
    """ReadList["file"] gives the list of the values of all expressions of a file.
    ReadList["file", kind] gives the list of all objects of a kind: String (lines), Word, Number, Character.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; Export[file, "1 2.5", "Text"]; ReadList[file, Number]
        = {1, 2.5}
    Possible issues:
        >> ReadList["no such file"]
        = $Failed
        message: ReadList::noopen
        >> file = FileNameJoin[{CreateDirectory[], "x.wl"}]; Export[file, "f[", "Text"]; ReadList[file]
        = $Failed
        message: ReadList::syntax
    """
    if kind is not None and (type(kind) is not Symbol or kind.name not in OBJECTS):
        return None
    found = read_bytes(name, "ReadList")
    if found is None:
        return None
    if kind is not None:
        return to_list(OBJECTS[kind.name](text_of(found[1])))
    try:
        statements = parse_program(text_of(found[1]), kernel.resolve, str(found[0]))
        return to_list([kernel.evaluate(statement.term) for statement in statements])
    except ParseError as error:
        raise Message("syntax", error.report(), result=FAILED) from None


@constant("Number", category="Files")
def number() -> None:
    """Number is the kind of object that ReadList reads as numbers.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; Export[file, "7 8", "Text"]; ReadList[file, Number]
        = {7, 8}
    """


@constant("Word", category="Files")
def word() -> None:
    """Word is the kind of object that ReadList reads as words.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x"}]; Export[file, "a b", "Text"]; ReadList[file, Word]
        = {"a", "b"}
    """
