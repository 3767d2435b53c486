"""Files and directories by name, and the environment of the process."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import FAILED, NULL, TRUE, Term, elements, is_list, symbol, truth
from wlnet.terms.paths import path_of as path_of

NOT_FOUND = "There is no file or directory `1`."
NO_DIRECTORY = "Cannot set the current directory to `1`."
NOT_MADE = "The directory `1` cannot be made: `2`."
NOT_DELETED = "`1` cannot be deleted: `2`."
CLOSED = "Cannot open `1`."
UNWRITTEN = "Cannot write `1`: `2`."
INPUT_FILE = symbol("$InputFileName")


def write_file(path: Path, data: bytes) -> None:
    """Writes a whole file at once: whoever reads it meanwhile sees the old content or the new, never a part."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:64]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    """Gives the process's mask of file modes, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_bytes(term: Term, name: str) -> tuple[Path, bytes] | None:
    """Gives the path and the content of a file; raises `noopen` with $Failed where it cannot be read."""
    path = path_of(term)
    if path is None:
        return None
    try:
        return path, path.read_bytes()
    except OSError:
        raise Message("noopen", term, result=FAILED) from None


def write_bytes(term: Term, data: bytes) -> None:
    """Writes a file; raises `nowrite` with $Failed where that fails."""
    path = path_of(term)
    try:
        if path is not None:
            write_file(path, data)
    except OSError as error:
        raise Message("nowrite", term, error.strerror or "", result=FAILED) from None


@constant("File", category="Files")
def file() -> None:
    """File["name"] stands for a file wherever its name is expected.

    Examples:
        >> FileExistsQ[File["no such file"]]
        = False
    """


@builtin("FileExistsQ", category="Files")
def file_exists_q(kernel: Kernel, name: Term) -> Term | None:
    """FileExistsQ["name"] tells whether there is a file or directory of this name.

    Examples:
        >> FileExistsQ["no such file"]
        = False
    """
    path = path_of(name)
    return None if path is None else truth(os.path.exists(path))


@builtin("DirectoryQ", category="Files")
def directory_q(kernel: Kernel, name: Term) -> Term | None:
    """DirectoryQ["name"] tells whether there is a directory of this name.

    Examples:
        >> DirectoryQ[Directory[]]
        = True
    """
    path = path_of(name)
    return None if path is None else truth(os.path.isdir(path))


@builtin("FileByteCount", category="Files", messages={"nofile": NOT_FOUND})
def file_byte_count(kernel: Kernel, name: Term) -> Term | None:
    """FileByteCount["name"] gives the size of a file in bytes.

    Examples:
        >> FileByteCount["no such file"]
        = $Failed
        message: FileByteCount::nofile
    """
    path = path_of(name)
    if path is None:
        return None
    if not os.path.isfile(path):
        raise Message("nofile", name, result=FAILED)
    return os.path.getsize(path)


@builtin("Directory", category="Files")
def directory(kernel: Kernel) -> Term:
    """Directory[] gives the current directory.

    Examples:
        >> StringQ[Directory[]]
        = True
    """
    return str(Path.cwd())


@builtin("SetDirectory", category="Files", messages={"cdir": NO_DIRECTORY})
def set_directory(kernel: Kernel, name: Term = "~") -> Term | None:
    """SetDirectory["dir"] makes dir the current directory, and gives its full name.

    Examples:
        >> SetDirectory[Directory[]] === Directory[]
        = True
    Possible issues:
        >> SetDirectory["no such directory"]
        = $Failed
        message: SetDirectory::cdir
    """
    path = path_of(name)
    if path is None:
        return None
    before = os.getcwd()
    try:
        os.chdir(path)
    except OSError:
        raise Message("cdir", name, result=FAILED) from None
    kernel.state.setdefault("directories", []).append(before)
    return os.getcwd()


@builtin("ResetDirectory", category="Files", messages={"dtop": "There is no earlier directory to go back to."})
def reset_directory(kernel: Kernel) -> Term:
    """ResetDirectory[] goes back to the directory before the last SetDirectory.

    Examples:
        >> ResetDirectory[]
        = $Failed
        message: ResetDirectory::dtop
    """
    before = kernel.state.get("directories")
    if not before:
        raise Message("dtop", result=FAILED)
    os.chdir(before.pop())
    return os.getcwd()


@builtin(
    "CreateDirectory", category="Files", options={"CreateIntermediateDirectories": TRUE}, messages={"fail": NOT_MADE}
)
def create_directory(kernel: Kernel, name: Term = None, *, options: dict[str, Term]) -> Term | None:
    """CreateDirectory["dir"] makes a directory, and those above it, and gives its full name.
    CreateDirectory[] makes a temporary one.

    Options: "CreateIntermediateDirectories":
        >> CreateDirectory[FileNameJoin[{CreateDirectory[], "a", "b"}], CreateIntermediateDirectories -> False]
        = $Failed
        message: CreateDirectory::fail
    Examples:
        >> CreateDirectory["/dev/null/x"]
        = $Failed
        message: CreateDirectory::fail
    """
    if name is None:
        return tempfile.mkdtemp()
    path = path_of(name)
    if path is None:
        return None
    try:
        path.mkdir(parents=options["CreateIntermediateDirectories"] is TRUE, exist_ok=True)
    except OSError as error:
        raise Message("fail", name, error.strerror or "", result=FAILED) from None
    return os.path.abspath(path)


@builtin("DeleteFile", category="Files", messages={"fail": NOT_DELETED})
def delete_file(kernel: Kernel, names: Term) -> Term | None:
    """DeleteFile["name"] deletes a file; DeleteFile[{name, …}] several.

    Examples:
        >> DeleteFile["no such file"]
        = $Failed
        message: DeleteFile::fail
    """
    paths = [path_of(name) for name in (elements(names) if is_list(names) else (names,))]
    if any(path is None for path in paths):
        return None
    for path in paths:
        try:
            os.remove(path or "")
        except OSError as error:
            raise Message("fail", str(path), error.strerror or "", result=FAILED) from None
    return NULL


@builtin("Environment", category="Files")
def environment(kernel: Kernel, name: Term) -> Term | None:
    """Environment["VARIABLE"] gives the value of a variable of the operating system, or $Failed.

    Examples:
        >> Environment["NO SUCH VARIABLE"]
        = $Failed
    """
    return os.environ.get(name, FAILED) if type(name) is str else None


@constant("$HomeDirectory", category="Files", value=os.path.expanduser("~"))
def home_directory() -> None:
    """$HomeDirectory is the user's own directory.

    Examples:
        >> StringQ[$HomeDirectory]
        = True
    """


@constant("$TemporaryDirectory", category="Files", value=tempfile.gettempdir())
def temporary_directory() -> None:
    """$TemporaryDirectory is the directory for temporary files.

    Examples:
        >> DirectoryQ[$TemporaryDirectory]
        = True
    """


@constant("$InputFileName", category="Files", value="")
def input_file_name() -> None:
    """$InputFileName is the full name of the file that is being read, or "".

    Examples:
        >> StringQ[$InputFileName]
        = True
    """


@builtin("NotebookDirectory", category="Files")
def notebook_directory(kernel: Kernel) -> Term:
    """NotebookDirectory[] gives the directory of the file that is being read, or else the current directory.

    Examples:
        >> StringQ[NotebookDirectory[]]
        = True
    """
    name = kernel.own.get(INPUT_FILE)
    found = os.path.dirname(name) if type(name) is str and name else os.getcwd()
    return found if found.endswith(os.sep) else found + os.sep
