"""Programs and texts in files: Get, Put, ReadString, ReadList."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.evaluation.contexts import close, enter, has_built_ins, is_context, left_open
from wlnet.builtins.files.data_formats import FORMATS, number_in, text_of
from wlnet.builtins.files.files import CLOSED, UNWRITTEN, path_of, read_bytes, write_bytes
from wlnet.builtins.files.finding import being_read, found_file
from wlnet.builtins.files.importing import CONTENT, read_as
from wlnet.builtins.files.loading import header, load_package
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.syntax import parse_program, write
from wlnet.terms import FAILED, NULL, S, Symbol, Term, elements, expression, is_list, to_list

SYNTAX = "`1`"


@builtin(
    "Get",
    category="Files",
    options={"CharacterEncoding": "UTF8", "Path": S.Automatic},
    messages={"noopen": CLOSED, "syntax": SYNTAX, "content": CONTENT, "encoding": "`1` is no encoding of characters."},
)
def get(kernel: Kernel, name: Term, *, options: dict[str, Term]) -> Term | None:
    """Get["file"] or <<file evaluates all expressions of a file, and gives the value of the last.
    Get["context`"] reads the file of a package: A/B.wl or A/B.m for A`B`, looked for as by Needs.
    Get["folder"] reads the init.wl or Kernel/init.wl in a folder.

    Details: A file is looked for in the current directory, then in the folders of $Path; of a package of several files
    (Package), all are read. The current context is the one before again afterward, also where the file leaves a Begin open.

    Examples:
        >> Get["no such file"]
        = $Failed
        message: Get::noopen
        >> Export[FileNameJoin[{folder = CreateDirectory[], "five.wl"}], "5", "Text"]; Get["five.wl", Path -> folder]
        = 5
    Options: "CharacterEncoding":
        >> Export[file = FileNameJoin[{CreateDirectory[], "x.wl"}], "\\"é\\"", "Text"];
        >> Get[file, CharacterEncoding -> "UTF-8"]
        = "é"
    Options: "Path":
        >> Export[FileNameJoin[{folder = CreateDirectory[], "six.wl"}], "6", "Text"];
        >> Get["six.wl", Path -> {"no such folder", folder}]
        = 6
    Possible issues:
        >> file = FileNameJoin[{CreateDirectory[], "x.wl"}]; Export[file, "f[", "Text"]; Get[file]
        = $Failed
        message: Get::syntax
        >> Get[file, CharacterEncoding -> "Klingon"]
        = $Failed
        message: Get::encoding
        >> file = FileNameJoin[{CreateDirectory[], "x.mx"}]; Export[file, "(*This is a dump of another system*)", "Text"]; Get[file]
        = $Failed
        message: Get::content
    """
    if is_context(name) and has_built_ins(str(name)):
        return kernel.evaluate(expression("Needs", name))
    if not is_context(name) and path_of(name) is None:
        return None
    encoding, folders = options["CharacterEncoding"], options["Path"]
    if not is_encoding(encoding):
        raise Message("encoding", encoding, result=FAILED)
    along = None if folders is S.Automatic else elements(folders) if is_list(folders) else (folders,)
    path = found_file(kernel, name, along)
    if path is None:
        raise Message("noopen", name, result=FAILED)
    opened = read_bytes(path, "Get")
    if opened is None:
        return None
    if path.endswith(".mx"):
        return read_as(kernel, FORMATS["MX"], opened[1], path, (), {})
    return read_program(kernel, path, text_of(opened[1], encoding))


def is_encoding(name: Term) -> bool:
    """Tells whether Python knows an encoding of characters by this name."""
    try:
        return type(name) is str and type("".encode(name)) is bytes
    except (LookupError, ValueError):
        return False


def read_program(kernel: Kernel, path: str, text: str) -> Term:
    """Evaluates the program in a file, or loads the package that it is a part of, and gives the last value."""
    context, opened = kernel.context, len(left_open(kernel))
    result: Term = NULL
    with being_read(kernel, path):
        try:
            for number, statement in enumerate(parse_program(text, kernel.resolve, path)):
                package = header(statement.term) if number == 0 else None
                if package is not None:
                    return load_package(kernel, package, path)
                result = kernel.evaluate(statement.term)
        except ParseError as error:
            raise Message("syntax", error.report(), result=FAILED) from None
        finally:
            for which, *_ in reversed(left_open(kernel)[opened:]):
                close(kernel, which)
            enter(kernel, context, kernel.context_path)
    return result


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
    write_bytes(given[-1], "".join(write(term) + "\n" for term in given[:-1]).encode())
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
            stream.writelines(write(term) + "\n" for term in given[:-1])
    except OSError as error:
        raise Message("nowrite", given[-1], error.strerror or "", result=FAILED) from None
    return NULL


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
