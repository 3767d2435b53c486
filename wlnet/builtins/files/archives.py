"""Archives: the formats ZIP, TAR and GZIP, ExtractArchive and CreateArchive."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wlnet.builtins.files.data_formats import FORMATS, Format, Options, add_format, format_of
from wlnet.builtins.files.files import path_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Term, elements, is_list, to_list

#: What reading a damaged archive, or one with a password, may end in.
DAMAGED: tuple[type[Exception], ...] = (ValueError, OSError, EOFError, KeyError, zlib.error, RuntimeError)


def members_of(data: bytes) -> dict[str, Callable[[], bytes]]:
    """Gives the files in an archive, ZIP or TAR, compressed or not: name → function that gives its content.

    Raises ValueError for other data.
    """
    import tarfile
    import zipfile

    stream = io.BytesIO(data)
    if zipfile.is_zipfile(stream):
        archive = zipfile.ZipFile(stream)
        names = [name for name in archive.namelist() if not name.endswith("/")]
        return {name: lambda name=name: archive.read(name) for name in names}  # type: ignore[misc]
    try:
        packed = tarfile.open(fileobj=io.BytesIO(data))  # noqa: SIM115 - its members are read later
    except tarfile.TarError:
        raise ValueError("this is no archive") from None
    files: list[Any] = [member for member in packed.getmembers() if member.isfile()]
    return {member.name: lambda member=member: packed.extractfile(member).read() for member in files}  # type: ignore


def _read_archive(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    members = members_of(data)
    if not wanted or wanted[0] == "FileNames":
        return to_list(list(members))
    name, *inner = wanted
    if name not in members:
        raise LookupError(f"there is no file {name} in it, but {', '.join(members)}"[:500])
    try:
        return _inner(kernel, members[name](), name, tuple(inner), options)
    except DAMAGED as error:
        raise ValueError(str(error)) from None


def _inner(kernel: Kernel, data: bytes, name: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Reads a file that was in another by the format asked for, or by its extension."""
    given = FORMATS.get(wanted[0]) if wanted and type(wanted[0]) is str else None
    chosen = given or format_of(Path(name).suffix) or FORMATS["Text"]
    if chosen.read is None:
        raise LookupError(f"the format {chosen.name} is not read")
    return chosen.read(kernel, data, name, wanted[1:] if given else wanted, options)


def _read_gzip(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None
    return _inner(kernel, content, Path(source).stem, wanted, options)


add_format(Format("ZIP", (".zip",), _read_archive, is_binary=True))
add_format(Format("TAR", (".tar", ".tgz"), _read_archive, is_binary=True))
add_format(Format("GZIP", (".gz",), _read_gzip, is_binary=True))


@builtin(
    "ExtractArchive",
    category="Files",
    messages={"archive": "The files of the archive `1` cannot be taken out: `2`."},
)
def extract_archive(kernel: Kernel, name: Term, folder: Term = ".") -> Term | None:
    """ExtractArchive["file"] takes the files out of an archive (ZIP, TAR, also compressed), and gives their names.
    ExtractArchive["file", "dir"] puts them into a folder, which is made where there is none.

    Examples:
        >> dir = CreateDirectory[]; Export[FileNameJoin[{dir, "a.txt"}], "hello"];
        >> archive = CreateArchive[FileNameJoin[{dir, "a.txt"}], FileNameJoin[{dir, "b.zip"}]];
        >> {Import[archive], Import[archive, "a.txt"], Import /@ ExtractArchive[archive, FileNameJoin[{dir, "c"}]]}
        = {{"a.txt"}, "hello", {"hello"}}
    Possible issues:
        >> ExtractArchive["no such file"]
        = $Failed
        message: ExtractArchive::archive
        >> file = CreateFile[]; ExtractArchive[file]
        = $Failed
        message: ExtractArchive::archive
    """
    path, target = path_of(name), path_of(folder)
    if path is None or target is None:
        return None
    made = []
    try:
        members = members_of(path.read_bytes())
        base = target.resolve()
        for member in members:
            if not (base / member).resolve().is_relative_to(base):
                raise ValueError(f"{member} would lie outside the folder")
        for member, content in members.items():
            place = base / member
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content())
            made.append(str(place))
    except DAMAGED as error:
        raise Message("archive", name, str(error), result=FAILED) from None
    return to_list(made)


@builtin("CreateArchive", category="Files", messages={"archive": "The archive `1` cannot be made: `2`."})
def create_archive(kernel: Kernel, names: Term, target: Term = None) -> Term | None:
    """CreateArchive["name"] makes a ZIP archive of a file or folder in the current folder, and gives its name.
    CreateArchive[{name, …}, "file"] puts several into a file: TAR where it ends in .tar or .tgz, else ZIP.

    Examples:
        >> dir = CreateDirectory[]; Export[FileNameJoin[{dir, "a.txt"}], "hello"];
        >> Import[CreateArchive[dir, FileNameJoin[{CreateDirectory[], "b.tar"}]], "FileNames"] === {FileNameTake[dir] <> "/a.txt"}
        = True
    Possible issues:
        >> CreateArchive["no such file", FileNameJoin[{CreateDirectory[], "b.zip"}]]
        = $Failed
        message: CreateArchive::archive
    """
    paths = [path_of(each) for each in (elements(names) if is_list(names) else (names,))]
    sources = [path for path in paths if path is not None]
    if not sources or len(sources) < len(paths):
        return None
    file = Path(f"{sources[0].name}.zip") if target is None else path_of(target)
    if file is None:
        return None
    try:
        parts = [(path, f"{path.relative_to(source.parent)}") for source in sources for path in files_in(source)]
        pack_files(file, parts)
    except OSError as error:
        raise Message("archive", str(file), f"{error.strerror or error}", result=FAILED) from None
    return os.path.abspath(file)


def files_in(source: Path) -> list[Path]:
    """Gives a file, or the files in a folder and in those in it; raises OSError where there is none."""
    if source.is_dir():
        return sorted(path for path in source.rglob("*") if path.is_file())
    source.stat()
    return [source]


def pack_files(file: Path, parts: list[tuple[Path, str]]) -> None:
    """Writes an archive of files under their names in it."""
    import tarfile
    import zipfile

    if file.suffix in (".tar", ".tgz"):
        with tarfile.open(file, "w:gz" if file.suffix == ".tgz" else "w") as packed:
            for path, name in parts:
                packed.add(path, name)
        return
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in parts:
            archive.write(path, name)
