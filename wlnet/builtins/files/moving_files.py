"""Files and directories copied, renamed, made, deleted and dated; other programs run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from wlnet.builtins.dates.moments import date_object
from wlnet.builtins.files.files import path_of
from wlnet.kernel import Kernel, Message, Printed, builtin
from wlnet.terms import FAILED, FALSE, NONE, NULL, TRUE, S, Term, is_head
from wlnet.terms import attributes as flags

#: Option of what copies and renames: whether what is there already is replaced.
OVERWRITING: dict[str, Term] = {"OverwriteTarget": FALSE}


def fault(action: str) -> dict[str, str]:
    """Gives the message of what cannot be done with a file or directory."""
    return {"fail": f"`1` cannot be {action}: `2`."}


def done(action: Callable[[Path, Path], object], source: Term, target: Term, overwrite: Term = FALSE) -> Term | None:
    """Does something with two files and gives the name of the second; raises the message where it fails."""
    first, second = path_of(source), path_of(target)
    if first is None or second is None:
        return None
    try:
        if second.exists() and overwrite is not TRUE:
            raise Message("fail", target, "it exists already", result=FAILED)
        action(first, second)
    except (OSError, shutil.Error) as error:
        raise Message("fail", source, getattr(error, "strerror", None) or str(error), result=FAILED) from None
    return str(second.absolute())


@builtin("CopyFile", category="Files", options=OVERWRITING, messages=fault("copied"))
def copy_file(kernel: Kernel, source: Term, target: Term, *, options: dict[str, Term]) -> Term | None:
    """CopyFile["file1", "file2"] copies a file and gives the full name of the copy; it overwrites nothing unless it is told to.

    Examples:
        >> SetDirectory[CreateDirectory[]]; Export["a.txt", "x", "Text"]; CopyFile["a.txt", "b.txt"];
        >> text = ReadString["b.txt"]; ResetDirectory[]; text
        = "x"
    Options: "OverwriteTarget":
        >> SetDirectory[CreateDirectory[]]; Export["a.txt", "x", "Text"]; Export["b.txt", "y", "Text"];
        >> CopyFile["a.txt", "b.txt", OverwriteTarget -> True]; text = ReadString["b.txt"]; ResetDirectory[]; text
        = "x"
    Possible issues:
        >> CopyFile["no such file", "x"]
        = $Failed
        message: CopyFile::fail
    """
    return done(shutil.copy2, source, target, options["OverwriteTarget"])


@builtin("RenameFile", category="Files", options=OVERWRITING, messages=fault("moved"))
def rename_file(kernel: Kernel, source: Term, target: Term, *, options: dict[str, Term]) -> Term | None:
    """RenameFile["file1", "file2"] gives a file another name, and gives that in full; it overwrites nothing unless it is told to.

    Examples:
        >> SetDirectory[CreateDirectory[]]; Export["a.txt", "x", "Text"]; RenameFile["a.txt", "b.txt"];
        >> found = FileNames[]; ResetDirectory[]; found
        = {"b.txt"}
    Options: "OverwriteTarget":
        >> SetDirectory[CreateDirectory[]]; Export["a.txt", "x", "Text"]; Export["b.txt", "y", "Text"];
        >> RenameFile["a.txt", "b.txt", OverwriteTarget -> True]; text = ReadString["b.txt"]; ResetDirectory[]; text
        = "x"
    Possible issues:
        >> RenameFile["no such file", "x"]
        = $Failed
        message: RenameFile::fail
    """
    return done(Path.replace, source, target, options["OverwriteTarget"])


@builtin("CopyDirectory", category="Files", messages=fault("copied"))
def copy_directory(kernel: Kernel, source: Term, target: Term) -> Term | None:
    """CopyDirectory["dir1", "dir2"] copies a directory with all that is in it, and gives the full name of the copy.

    Examples:
        >> SetDirectory[CreateDirectory[]]; CreateDirectory["a"]; Export["a/x.txt", "x", "Text"]; CopyDirectory["a", "b"];
        >> files = FileNames["*", "b"]; ResetDirectory[]; FileNameTake[First[files]]
        = "x.txt"
    Possible issues:
        >> CopyDirectory["no such directory", "x"]
        = $Failed
        message: CopyDirectory::fail
    """
    return done(shutil.copytree, source, target)


@builtin("RenameDirectory", category="Files", messages=fault("moved"))
def rename_directory(kernel: Kernel, source: Term, target: Term) -> Term | None:
    """RenameDirectory["dir1", "dir2"] gives a directory another name, and gives that in full.

    Examples:
        >> SetDirectory[CreateDirectory[]]; CreateDirectory["a"]; RenameDirectory["a", "b"];
        >> found = FileNames[]; ResetDirectory[]; found
        = {"b"}
    Possible issues:
        >> RenameDirectory["no such directory", "x"]
        = $Failed
        message: RenameDirectory::fail
    """
    return done(Path.rename, source, target)


@builtin("DeleteDirectory", category="Files", options={"DeleteContents": FALSE}, messages=fault("deleted"))
def delete_directory(kernel: Kernel, name: Term, *, options: dict[str, Term]) -> Term | None:
    """DeleteDirectory["dir"] deletes an empty directory.

    Examples:
        >> DirectoryQ[dir = CreateDirectory[]]; DeleteDirectory[dir]; DirectoryQ[dir]
        = False
    Options: "DeleteContents":
        >> dir = CreateDirectory[]; Export[FileNameJoin[{dir, "x"}], "x", "Text"]; DeleteDirectory[dir, DeleteContents -> True]
        = Null
    Possible issues:
        >> DeleteDirectory["no such directory"]
        = $Failed
        message: DeleteDirectory::fail
    """
    path = path_of(name)
    if path is None:
        return None
    try:
        if options["DeleteContents"] is TRUE:
            shutil.rmtree(path)
        else:
            path.rmdir()
    except OSError as error:
        raise Message("fail", name, error.strerror or "", result=FAILED) from None
    return NULL


@builtin("CreateFile", category="Files", messages=fault("made"))
def create_file(kernel: Kernel, name: Term = None) -> Term | None:
    """CreateFile["file"] makes an empty file and gives its full name; CreateFile[] makes one for the time being.

    Examples:
        >> FileByteCount[CreateFile[]]
        = 0
    Possible issues:
        >> CreateFile["/dev/null/x"]
        = $Failed
        message: CreateFile::fail
    """
    if name is None:
        handle, made = tempfile.mkstemp()
        os.close(handle)
        return made
    path = path_of(name)
    if path is None:
        return None
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        raise Message("fail", name, error.strerror or "", result=FAILED) from None
    return str(path.absolute())


@builtin("FileDate", category="Files", messages=fault("dated"))
def file_date(kernel: Kernel, name: Term) -> Term | None:
    """FileDate["file"] gives the date when a file was last changed.

    Examples:
        >> Head[FileDate[CreateFile[]]]
        = DateObject
    Possible issues:
        >> FileDate["no such file"]
        = $Failed
        message: FileDate::fail
    """
    path = path_of(name)
    if path is None:
        return None
    try:
        return date_object(datetime.fromtimestamp(path.stat().st_mtime))
    except OSError as error:
        raise Message("fail", name, error.strerror or "", result=FAILED) from None


@builtin("FileType", category="Files")
def file_type(kernel: Kernel, name: Term) -> Term | None:
    """FileType["file"] gives File, Directory, or None where there is nothing of that name.

    Examples:
        >> {FileType[CreateFile[]], FileType[Directory[]], FileType["no such file"]}
        = {File, Directory, None}
    """
    path = path_of(name)
    if path is None:
        return None
    return S.Directory if path.is_dir() else S.File if path.exists() else NONE


@builtin("FilePrint", category="Files", messages=fault("printed"))
def file_print(kernel: Kernel, name: Term) -> Term | None:
    """FilePrint["file"] prints the text of a file.

    Examples:
        >> file = CreateFile[]; Export[file, "a", "Text"]; FilePrint[file]
        = Null
    Possible issues:
        >> FilePrint["no such file"]
        = $Failed
        message: FilePrint::fail
    """
    path = path_of(name)
    if path is None:
        return None
    try:
        kernel.emit(Printed(path.read_text(encoding="utf-8", errors="replace").removesuffix("\n")))
    except OSError as error:
        raise Message("fail", name, error.strerror or "", result=FAILED) from None
    return NULL


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
