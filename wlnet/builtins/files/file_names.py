"""Names of files taken apart and put together, and the files of a directory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from wlnet.builtins.files.files import path_of
from wlnet.builtins.strings.string_matching import from_wildcards
from wlnet.builtins.strings.string_patterns import compile_string_pattern
from wlnet.kernel import Kernel, builtin, constant
from wlnet.terms import Expression, S, Term, elements, is_head, is_list, list_of


@builtin("FileNameJoin", category="Files")
def file_name_join(kernel: Kernel, parts: Term) -> Term | None:
    """FileNameJoin[{"dir", "dir", …, "name"}] joins names of directories and of a file.

    Examples:
        >> FileNameJoin[{"data", "digits", "train.csv"}]
        = "data/digits/train.csv"
    """
    names = [path_of(part) for part in elements(parts)] if is_list(parts) else []
    if not names or any(name is None for name in names):
        return None
    return os.path.join(*(str(name) for name in names))


@builtin("FileNameTake", category="Files")
def file_name_take(kernel: Kernel, name: Term, count: Term = -1) -> Term | None:
    """FileNameTake["path"] gives the last part of a path; FileNameTake["path", n] the first n, the last if n < 0.

    Examples:
        >> FileNameTake["a/b/c.txt"]
        = "c.txt"
        >> FileNameTake["a/b/c.txt", 2]
        = "a/b"
    """
    path = path_of(name)
    if path is None or type(count) is not int:
        return None
    parts = path.parts[:count] if count >= 0 else path.parts[count:]
    return str(Path(*parts)) if parts else ""


@builtin("FileBaseName", category="Files")
def file_base_name(kernel: Kernel, name: Term) -> Term | None:
    """FileBaseName["path"] gives the name of a file without directory and extension.

    Examples:
        >> FileBaseName["a/net.tar.gz"]
        = "net.tar"
    """
    path = path_of(name)
    return None if path is None else path.stem


@builtin("FileExtension", category="Files")
def file_extension(kernel: Kernel, name: Term) -> Term | None:
    """FileExtension["path"] gives the extension of a file, without its dot.

    Examples:
        >> FileExtension["a/net.wlnet"]
        = "wlnet"
    """
    path = path_of(name)
    return None if path is None else path.suffix[1:]


@builtin("DirectoryName", category="Files")
def directory_name(kernel: Kernel, name: Term, count: Term = 1) -> Term | None:
    """DirectoryName["path"] gives the directory of a file, with a slash at its end.
    DirectoryName["path", n] goes up n times.

    Examples:
        >> DirectoryName["a/b/c.txt"]
        = "a/b/"
        >> DirectoryName["c.txt"]
        = ""
    """
    path = path_of(name)
    if path is None or type(count) is not int or count < 1:
        return None
    for _ in range(min(count, len(path.parts))):
        path = path.parent
    text = str(path)
    return "" if text == "." else text if text.endswith(os.sep) else text + os.sep


@builtin("ExpandFileName", category="Files")
def expand_file_name(kernel: Kernel, name: Term) -> Term | None:
    """ExpandFileName["name"] gives the absolute path of a file, whether it exists or not.

    Examples:
        >> FileNameTake[ExpandFileName["x.txt"]]
        = "x.txt"
    """
    path = path_of(name)
    return None if path is None else os.path.abspath(path)


@builtin("FileNames", category="Files")
def file_names(kernel: Kernel, pattern: Term = "*", where: Term = None, depth: Term = 1) -> Term | None:
    """FileNames[] gives the sorted names of the files in the current directory.
    FileNames["*.csv"] gives those that match a pattern, FileNames[patt, "dir"] those in a directory.
    FileNames[patt, dir, n] looks in n levels of directories; Infinity in all.

    Examples:
        >> FileNames["no such file*"]
        = {}
    """
    directories = elements(where) if is_list(where) else (where,)
    roots = [None if each is None else path_of(each) for each in directories]
    if where is not None and None in roots:
        return None
    if type(depth) is not int and not is_head(depth, S.DirectedInfinity) and depth is not S.Infinity:
        return None
    limit = depth if type(depth) is int else 64
    patterns = elements(pattern) if is_list(pattern) else (pattern,)
    wanted = [from_wildcards(each) if type(each) is str else each for each in patterns]
    test = Expression(S.Alternatives, tuple(wanted))
    found = (
        name
        for root in roots
        for path, name in _files(root, limit)
        if compile_string_pattern(kernel, test, path).fits(path)
    )
    return list_of(*sorted(found))


def _files(root: Path | None, depth: int) -> Iterator[tuple[str, str]]:
    """Yields the name and the path of everything in a directory, to a depth."""
    try:
        entries = sorted(os.scandir(root or "."), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = entry.name if root is None else os.path.join(root, entry.name)
        yield entry.name, path
        if depth > 1 and entry.is_dir(follow_symlinks=False):
            yield from _files(Path(path), depth - 1)


@constant("$PathnameSeparator", category="Files", value=os.sep)
def pathname_separator() -> None:
    """$PathnameSeparator is the character between the parts of a file's name.

    Examples:
        >> FileNameJoin[{"a", "b"}] === "a" <> $PathnameSeparator <> "b"
        = True
    """
