"""What is known of the paclets that PacletDirectoryLoad has found: PacletFind, PacletObject, PacletInformation."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

from wlnet.builtins.files.files import NOT_FOUND, path_of
from wlnet.builtins.files.paclets import information, known_folders, paclet_directory_load
from wlnet.kernel import Kernel, Message, builtin, operator_form
from wlnet.terms import FAILED, Association, Expression, S, Term, elements, is_head, to_list, truth

UNKNOWN = "No paclet of the name `1` is known; PacletDirectoryLoad makes those in a folder known."
#: How versions are compared: as lists of numbers.
NUMBER = re.compile(r"\d+")


def paclet_in(folder: Path) -> Expression | None:
    """Gives the PacletObject of the paclet in a folder, None where there is none."""
    said = information(folder)
    if said is None:
        return None
    facts = said | {"Location": str(folder.absolute())}
    return Expression(S.PacletObject, (Association([(name, value) for name, value in facts.items()]),))


def paclets(kernel: Kernel) -> list[Expression]:
    """Gives the paclets that are known, the newest versions first."""
    found = [paclet_in(Path(str(folder))) for folder in elements(known_folders(kernel))]
    return sorted((each for each in found if each is not None), key=version_of, reverse=True)


def version_of(paclet: Expression) -> list[int]:
    return numbers_of(paclet.args[0].get("Version", "0"))


def numbers_of(version: Term) -> list[int]:
    return [int(each) for each in NUMBER.findall(version)] if type(version) is str else []


def is_paclet(term: Term) -> bool:
    return is_head(term, S.PacletObject, 1) and type(term.args[0]) is Association


@builtin("PacletFind", category="Files")
def paclet_find(kernel: Kernel, name: Term = S.All) -> Term | None:
    """PacletFind["name"] gives the list of the paclets of a name, newest first, as PacletObject; a * stands for any characters.
    PacletFind[] gives all that are known.

    Details: PacletDirectoryLoad makes the paclets in a folder known.

    Examples:
        >> {PacletFind["No*Such*Paclet"], PacletFind[]}
        = {{}, {}}
        >> name = FileNameJoin[{folder = CreateDirectory[], "PacletInfo.wl"}];
        >> Put[PacletObject[<|"Name" -> "Tools", "Version" -> "1.2", "Extensions" -> {{"Kernel"}}|>], name]; PacletDirectoryLoad[folder];
        >> Map[#["Version"] &, PacletFind["To*"]]
        = {"1.2"}
    Source: https://reference.wolfram.com/language/ref/PacletFind.html
    """
    wanted = "*" if name is S.All else name
    if type(wanted) is not str:
        return None
    return to_list([each for each in paclets(kernel) if fnmatchcase(str(each.args[0].get("Name")), wanted)])


@builtin("PacletObject", category="Files", messages={"unknown": UNKNOWN})
def paclet_object(kernel: Kernel, given: Term) -> Term | None:
    """PacletObject["name"] gives the newest paclet of a name, PacletObject[File["folder"]] the one in a folder.
    PacletObject[<|…|>]["key"] gives what a paclet says under a key, such as "Name", "Version" or "Location".

    Examples:
        >> PacletObject[<|"Name" -> "Tools", "Version" -> "1.0"|>]["Version"]
        = "1.0"
    Possible issues:
        >> FailureQ[PacletObject["No Such Paclet"]]
        = True
        message: PacletObject::unknown
    Source: https://reference.wolfram.com/language/ref/PacletObject.html
    """
    if type(given) is Association:
        return None
    path = path_of(given) if is_head(given, S.File) else None
    if type(given) is not str and path is None:
        return None
    named = (
        [each for each in paclets(kernel) if each.args[0].get("Name") == given] if path is None else [paclet_in(path)]
    )
    if not named or named[0] is None:
        raise Message("unknown", given, result=FAILED)
    return named[0]


@operator_form("PacletObject")
def paclet_says(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    """Gives what a paclet says under a key."""
    return Expression(head.args[0], args) if is_paclet(head) and len(args) == 1 else None


@builtin("PacletObjectQ", category="Files")
def paclet_object_q(kernel: Kernel, term: Term) -> Term:
    """PacletObjectQ[x] tells whether x is a PacletObject that says what a paclet is.

    Examples:
        >> {PacletObjectQ[PacletObject[<|"Name" -> "Tools"|>]], PacletObjectQ["Tools"]}
        = {True, False}
    Source: https://reference.wolfram.com/language/ref/PacletObjectQ.html
    """
    return truth(is_paclet(term))


@builtin("PacletInformation", category="Files")
def paclet_information(kernel: Kernel, given: Term) -> Term | None:
    """PacletInformation["name"] gives what the newest paclet of a name says of itself, as a list of rules; {} for an unknown one.
    PacletInformation[paclet] does so for a PacletObject.

    Examples:
        >> Lookup[PacletInformation[PacletObject[<|"Name" -> "Tools", "Version" -> "1.0"|>]], "Version"]
        = "1.0"
        >> PacletInformation["No Such Paclet"]
        = {}
    Source: https://reference.wolfram.com/language/ref/PacletInformation.html
    """
    if type(given) is str:
        named = [each for each in paclets(kernel) if each.args[0].get("Name") == given]
        return to_list(named[0].args[0].rules()) if named else to_list([])
    return to_list(given.args[0].rules()) if is_paclet(given) else None


@builtin("PacletNewerQ", category="Files")
def paclet_newer_q(kernel: Kernel, first: Term, second: Term) -> Term | None:
    """PacletNewerQ[paclet1, paclet2] tells whether the version of a paclet is newer; versions may be given as texts.

    Examples:
        >> {PacletNewerQ["1.10", "1.9"], PacletNewerQ[PacletObject[<|"Version" -> "1.0"|>], "1.0"]}
        = {True, False}
    Source: https://reference.wolfram.com/language/ref/PacletNewerQ.html
    """
    versions = [version_of(each) if is_paclet(each) else numbers_of(each) for each in (first, second)]
    return truth(versions[0] > versions[1]) if all(versions) else None


@builtin("PacletDirectoryAdd", category="Files", messages={"nofile": NOT_FOUND})
def paclet_directory_add(kernel: Kernel, given: Term) -> Term | None:
    """PacletDirectoryAdd["folder"] does what PacletDirectoryLoad["folder"] does, which is newer.

    Examples:
        >> PacletDirectoryAdd[folder = CreateDirectory[]]
        = {}
    Possible issues:
        >> PacletDirectoryAdd["no such folder"]
        = $Failed
        message: PacletDirectoryAdd::nofile
    Source: https://reference.wolfram.com/language/ref/PacletDirectoryAdd.html
    """
    return paclet_directory_load(kernel, given)
