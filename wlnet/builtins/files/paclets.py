"""Paclets: folders with a PacletInfo file that says where the files of their packages lie."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from wlnet.builtins.evaluation.contexts import is_context
from wlnet.builtins.files.data_formats import text_of
from wlnet.builtins.files.files import NOT_FOUND, path_of
from wlnet.builtins.files.finding import Root, roots
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin
from wlnet.syntax import parse
from wlnet.terms import FAILED, Association, Expression, S, Symbol, Term, elements, is_head, is_list, symbol, to_list

INFORMATION_FILES = ("PacletInfo.wl", "PacletInfo.m")


def fields(term: Term) -> dict[str, Term]:
    """Gives what rules or associations say, by name: of <|"a" -> 1|>, a -> 1 or {"a" -> 1}."""
    if type(term) is Association:
        pairs: Iterable[tuple[Term, Term]] = term.items()
    elif is_head(term, S.Rule, 2):
        pairs = [(term.args[0], term.args[1])]
    else:
        items = elements(term) if is_list(term) else term.args if type(term) is Expression else ()
        return {name: value for item in items for name, value in fields(item).items()}
    return {name.name if type(name) is Symbol else str(name): value for name, value in pairs}


def information(folder: Path) -> dict[str, Term] | None:
    """Gives what the PacletInfo file in a folder says, None where there is none that can be read."""
    for name in INFORMATION_FILES:
        try:
            return fields(parse(text_of((folder / name).read_bytes()), symbol))
        except (OSError, ParseError):
            continue
    return None


def roots_of(folder: Path, said: dict[str, Term]) -> list[Root]:
    """Gives the folders of the packages of a paclet."""
    found = []
    for extension in elements(said.get("Extensions", Expression(S.List, ()))):
        parts = elements(extension) if is_list(extension) else ()
        if not parts or parts[0] != "Kernel":
            continue
        settings = {name: value for part in parts[1:] for name, value in fields(part).items()}
        contexts = settings.get("Context", said.get("PrimaryContext", f"{said.get('Name')}`"))
        for each in elements(contexts) if is_list(contexts) else (contexts,):
            context = elements(each)[0] if is_list(each) and elements(each) else each
            if is_context(context):
                found.append(Root(str(context), str(folder / str(settings.get("Root", "."))), str(folder)))
    return found


@builtin("PacletDirectoryLoad", category="Files", messages={"nofile": NOT_FOUND})
def paclet_directory_load(kernel: Kernel, given: Term) -> Term | None:
    """PacletDirectoryLoad["folder"] lets Needs and Get find the packages of the paclet in a folder, or of those in its folders.
    PacletDirectoryLoad[{"folder1", …}] does so for several; the folders that are known are given.

    Details: The PacletInfo.wl or PacletInfo.m of a paclet says which contexts it has and where their files lie.

    Examples:
        >> folder = CreateDirectory[]; put[name_, text_] := Export[FileNameJoin[{folder, name}], text, "Text"];
        >> kernel = "{\\"Kernel\\", \\"Root\\" -> \\"Kernel\\", \\"Context\\" -> \\"My`Tools`\\"}";
        >> put["PacletInfo.wl", "PacletObject[<|\\"Name\\" -> \\"Tools\\", \\"Extensions\\" -> {" <> kernel <> "}|>]"];
        >> CreateDirectory[FileNameJoin[{folder, "Kernel"}]];
        >> put["Kernel/Tools.wl", "BeginPackage[\\"My`Tools`\\"]\\ntwice[x_] := 2 x\\nEndPackage[]"];
        >> PacletDirectoryLoad[folder] === {folder}
        = True
        >> Needs["My`Tools`"];
        >> twice[4]
        = 8
    Possible issues:
        >> PacletDirectoryLoad["no such folder"]
        = $Failed
        message: PacletDirectoryLoad::nofile
    """
    for name in elements(given) if is_list(given) else (given,):
        folder = path_of(name)
        if folder is None:
            return None
        if not folder.is_dir():
            raise Message("nofile", name, result=FAILED)
        folder = folder.absolute()
        inside = [folder] if information(folder) is not None else sorted(filter(Path.is_dir, folder.iterdir()))
        for place in inside:
            said = information(place)
            if said is not None:
                known = roots(kernel)
                known[:] = [*roots_of(place, said), *(root for root in known if root.paclet != str(place))]
    return known_folders(kernel)


@builtin("PacletDirectoryUnload", category="Files")
def paclet_directory_unload(kernel: Kernel, given: Term) -> Term | None:
    """PacletDirectoryUnload["folder"] lets Needs and Get no longer find the packages of the paclets in a folder.
    PacletDirectoryUnload[{"folder1", …}] does so for several; the folders that are still known are given.

    Examples:
        >> folder = CreateDirectory[]; name = FileNameJoin[{folder, "PacletInfo.wl"}];
        >> Export[name, "PacletObject[<|\\"Name\\" -> \\"Tools\\", \\"Extensions\\" -> {{\\"Kernel\\"}}|>]", "Text"];
        >> PacletDirectoryLoad[folder]; PacletDirectoryUnload[folder]
        = {}
    """
    names = elements(given) if is_list(given) else (given,)
    paths = [path_of(name) for name in names]
    folders = [os.path.abspath(path) for path in paths if path is not None]
    if len(folders) < len(names):
        return None
    known = roots(kernel)
    known[:] = [root for root in known if root.paclet not in folders and os.path.dirname(root.paclet) not in folders]
    return known_folders(kernel)


def known_folders(kernel: Kernel) -> Term:
    return to_list(list(dict.fromkeys(root.paclet for root in roots(kernel))))
