"""Where files lie that programs name: along $Path, beside the program that is read, or in a paclet."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from wlnet.builtins.evaluation.contexts import is_context
from wlnet.builtins.files.files import INPUT_FILE, path_of
from wlnet.kernel import Kernel, builtin, constant
from wlnet.terms import FAILED, Expression, S, Term, elements, is_list, symbol

SEARCH_PATH = symbol("$Path")
#: What loads a folder as a whole, in order.
LOADERS = ("Kernel/init.wl", "Kernel/init.m", "init.wl", "init.m")
SOURCES = (".wl", ".m")
#: Key of a session's state with the folders of packages that PacletDirectoryLoad has found.
PACLETS = "paclets"


class Root(NamedTuple):
    """A folder with the files of a context, as a paclet declares it."""

    context: str
    folder: str
    paclet: str


def roots(kernel: Kernel) -> list[Root]:
    """Gives the folders of packages that are known, those of the paclet loaded last first."""
    return kernel.state.setdefault(PACLETS, [])


@contextmanager
def being_read(kernel: Kernel, path: str) -> Iterator[None]:
    """Makes a file the value of $InputFileName for a while."""
    before = kernel.own.get(INPUT_FILE, "")
    kernel.set_own(INPUT_FILE, os.path.abspath(path))
    try:
        yield
    finally:
        kernel.set_own(INPUT_FILE, before)


def folder_being_read(kernel: Kernel) -> str:
    """Gives the folder of the file that is read, the current one where none is."""
    reading = kernel.own.get(INPUT_FILE)
    return os.path.dirname(reading) if type(reading) is str else ""


def search_folders(kernel: Kernel) -> list[str]:
    """Gives the folders of $Path."""
    listed = kernel.own.get(SEARCH_PATH)
    return [folder for folder in elements(listed) if type(folder) is str] if is_list(listed) else []


def found_file(kernel: Kernel, name: Term, along: Sequence[Term] | None = None) -> str | None:
    """Gives the path of the file that a name, a File or a context stands for, None where there is none.

    It is looked for in the folders of `along`, else in the current one and those of $Path.
    """
    if is_context(name):
        candidates = package_files(kernel, str(name))
    else:
        path = path_of(name)
        if path is None:
            return None
        listed = ("", *search_folders(kernel)) if along is None else along
        folders = [""] if path.is_absolute() else [str(each) for each in listed if type(each) is str]
        named = [os.path.join(folder, path) for folder in folders]
        candidates = iter([place for one in named for place in (one, *(os.path.join(one, file) for file in LOADERS))])
    return next(filter(os.path.isfile, candidates), None)


def package_files(kernel: Kernel, context: str) -> Iterator[str]:
    """Gives the files that may hold a package, in the order in which they are looked for."""
    stem = context.rstrip("`").replace("`", os.sep)
    for folder in (folder_being_read(kernel), "", *search_folders(kernel)):
        place = os.path.join(folder, stem)
        yield from (place + ending for ending in SOURCES)
        yield from (os.path.join(place, file) for file in LOADERS)
    for root in roots(kernel):
        if context == root.context:
            yield from (os.path.join(root.folder, file) for file in LOADERS)
            inside = os.path.basename(stem)
        elif context.startswith(root.context):
            inside = context[len(root.context) :].rstrip("`").replace("`", os.sep)
        else:
            continue
        place = os.path.join(root.folder, inside)
        yield from (place + ending for ending in SOURCES)
        yield from (os.path.join(place, file) for file in LOADERS)


@constant("$Path", category="Files", value=Expression(S.List, ()))
def search_path() -> None:
    """$Path is the list of the folders in which Get and Needs look for files and packages.

    Examples:
        >> $Path
        = {}
    """


@builtin("FindFile", category="Files")
def find_file(kernel: Kernel, name: Term) -> Term | None:
    """FindFile["name"] gives the full name of the file that Get["name"] would read, $Failed where there is none.
    FindFile["context`"] gives that of a package.

    Examples:
        >> Export[FileNameJoin[{folder = CreateDirectory[], "Tools.wl"}], "1", "Text"]; AppendTo[$Path, folder];
        >> FileNameTake[FindFile["Tools`"]]
        = "Tools.wl"
        >> FindFile["no such file"]
        = $Failed
    """
    if not is_context(name) and path_of(name) is None:
        return None
    found = found_file(kernel, name)
    return FAILED if found is None else os.path.abspath(found)
