"""Loading packages of several files. `packages` declares what their files say about themselves."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from wlnet.builtins.evaluation.contexts import add_package, enter, is_context
from wlnet.builtins.files.data_formats import text_of
from wlnet.builtins.files.finding import SOURCES, being_read
from wlnet.errors import ParseError
from wlnet.kernel import Kernel
from wlnet.syntax import parse_program
from wlnet.terms import FAILED, NONE, NULL, Expression, S, Symbol, Term, elements, is_head, is_list, sort_key, symbol

#: Statement of a package's file → where in its context the names lie that it makes.
MAKES = {
    "PackageExport": "", "PackageExported": "", "PackageScope": "PackageScope`", "PackageScoped": "PackageScope`",
}  # fmt: skip
#: Context in which names are read while no more than those statements are looked for.
UNREAD = "System`Private`Unread`"
READ = frozenset({*MAKES, "Package", "None", "Null"})
#: Key of a session's state with the names that the package's file being read has imported one by one.
IMPORTED = "imported names"


@dataclass(slots=True)
class Source:
    """A file of a package: its own context, and the names that it makes for others."""

    path: str
    context: str
    text: str
    names: list[str] = field(default_factory=list)


def plain(statement: Term) -> Term:
    """Gives a statement without the semicolon at its end."""
    return statement.args[0] if is_head(statement, S.CompoundExpression, 2) and statement.args[1] is NULL else statement


class Header(NamedTuple):
    """What the first statement of a file says: the context of its package, and whether that is this file alone."""

    context: str
    alone: bool


def header(statement: Term) -> Header | None:
    """Reads `Package["context`"]` or `PackageInitialize["context`", None]`; None for any other statement."""
    statement = plain(statement)
    alone = is_head(statement, S.PackageInitialize, 2) and statement.args[1] is NONE
    if not (alone or is_head(statement, S.Package, 1)) or not is_context(statement.args[0]):
        return None
    return Header(str(statement.args[0]), alone)


def names_in(given: Term) -> list[str]:
    """Gives the names in a symbol, a text or a list of them."""
    items = elements(given) if is_list(given) else (given,)
    return [item.name if type(item) is Symbol else item for item in items if type(item) in (Symbol, str)]


def unread(name: str) -> Symbol:
    """Gives what stands for a name while nobody knows yet what it means."""
    return symbol(name if name in READ else UNREAD + name)


def text_in(path: str) -> str:
    """Gives the text of a file; raises OSError."""
    return text_of(Path(path).read_bytes())


def begins_package(path: str, context: str) -> bool:
    """Tells whether a file begins with `Package["context`"]`; raises OSError or ParseError."""
    first = next(parse_program(text_in(path), unread, path), None)
    return first is not None and header(first.term) == Header(context, alone=False)


def source_of(context: str, folder: str, path: str) -> Source:
    """Reads a file of a package as far as it says what it makes for others; raises OSError or ParseError."""
    stem = os.path.splitext(os.path.relpath(path, folder))[0]
    own = "".join(re.sub(r"[^\w$]|_", "$", part) + "`" for part in stem.split(os.sep))
    source = Source(path, f"{context}{own}PackagePrivate`", text_in(path))
    for statement in parse_program(source.text, unread, path):
        term = plain(statement.term)
        inner = MAKES.get(term.head.name) if type(term) is Expression and type(term.head) is Symbol else None
        if inner is not None and len(term.args) == 1:
            source.names += [context + inner + name for name in names_in(term.args[0])]
    return source


def files_in(folder: str) -> list[str]:
    """Gives the program files in a folder and in those inside it, in order."""
    found = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    chosen = [path for path in found if path.endswith(SOURCES) and not os.path.basename(path).startswith("PacletInfo.")]
    return sorted(chosen, key=sort_key)


def load_files(kernel: Kernel, context: str, folder: str, paths: list[str]) -> Term:
    """Loads the files of a package, which see one another's names; gives Null, or $Failed after a message."""
    sources, failed = [], False
    for path in paths:
        try:
            sources.append(source_of(context, folder, path))
        except ParseError as error:
            kernel.message("Get", "syntax", error.report())
            failed = True
        except OSError:
            kernel.message("Get", "noopen", path)
            failed = True
    for name in (name for source in sources for name in source.names):
        kernel.definitions[symbol(name)]  # a symbol that is known belongs to its context
    before = kernel.context, kernel.context_path
    outside = kernel.state.get(IMPORTED)
    try:
        for source in sources:
            enter(kernel, source.context, [context, context + "PackageScope`", "System`"])
            load_source(kernel, source)
    finally:
        kernel.state[IMPORTED] = outside
        enter(kernel, *before)
    add_package(kernel, context)
    return FAILED if failed else NULL


def load_source(kernel: Kernel, source: Source) -> None:
    """Evaluates what is in a file of a package."""
    imported: dict[str, Symbol] = {}
    kernel.state[IMPORTED] = imported
    with being_read(kernel, source.path):
        for statement in parse_program(
            source.text, lambda name: imported.get(name) or kernel.resolve(name), source.path
        ):
            kernel.evaluate(statement.term)


def load_package(kernel: Kernel, found: Header, first: str) -> Term:
    """Loads the package to which a file with this header belongs."""
    first = os.path.abspath(first)
    folder = os.path.dirname(first)
    paths = [first]
    for path in () if found.alone else files_in(folder):
        # What does not say that it belongs to the package is no business of it.
        with suppress(OSError, ParseError):
            if path != first and begins_package(path, found.context):
                paths.append(path)
    return load_files(kernel, found.context, folder, paths)
