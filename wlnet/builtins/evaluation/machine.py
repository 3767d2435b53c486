"""What is known of the machine and of the process: $SystemID, $ProcessorCount and the like."""

from __future__ import annotations

import os
import platform
import struct
import sys

import wlnet
from wlnet.kernel import constant
from wlnet.terms import FALSE, Expression, S, Term

#: What Python calls a system or a kind of processor → what the language calls it.
SYSTEMS = {"Linux": "Unix", "Darwin": "MacOSX", "Windows": "Windows"}
IDENTIFIERS = {"Linux": "Linux", "Darwin": "MacOSX", "Windows": "Windows"}
PROCESSORS = {"x86_64": "x86-64", "AMD64": "x86-64", "arm64": "ARM64", "aarch64": "ARM64"}
PROCESSOR = PROCESSORS.get(platform.machine(), platform.machine())
USER = os.environ.get("USER") or os.environ.get("USERNAME") or ""


def starting_directory() -> str:
    """Gives the current directory, or nothing where it has been deleted meanwhile."""
    try:
        return os.getcwd()
    except OSError:
        return ""


#: Name → what it is, its value, and a test that it passes.
FACTS: dict[str, tuple[str, Term, str]] = {
    "$OperatingSystem": ("the kind of operating system: Unix, MacOSX or Windows", SYSTEMS.get(platform.system(), "Unix"), "StringQ"),
    "$SystemID": (
        "the kind of system, such as Linux-x86-64",
        f"{IDENTIFIERS.get(platform.system(), platform.system())}-{PROCESSOR}", "StringQ",
    ),
    "$ProcessorType": ("the kind of processor, such as x86-64", PROCESSOR, "StringQ"),
    "$MachineType": ("the kind of machine", "PC" if platform.system() != "Darwin" else "Mac", "StringQ"),
    "$MachineName": ("the name of the computer", platform.node(), "StringQ"),
    "$UserName": ("the user's name on this computer", USER, "StringQ"),
    "$ProcessID": ("the number of the process", os.getpid(), "IntegerQ"),
    "$ProcessorCount": ("the number of processor cores", os.cpu_count() or 1, "Positive"),
    "$SystemWordLength": ("the number of bits of an address", struct.calcsize("P") * 8, "IntegerQ"),
    "$ByteOrdering": ("-1 where the low byte of a number comes first, 1 where it comes last", -1 if sys.byteorder == "little" else 1, "IntegerQ"),
    "$CharacterEncoding": ("the encoding of texts", "UTF-8", "StringQ"),
    "$SystemCharacterEncoding": ("the encoding of texts of the operating system", "UTF-8", "StringQ"),
    "$InitialDirectory": ("the current directory at the start", starting_directory(), "StringQ"),
    "$RootDirectory": ("the folder above all others", os.path.abspath(os.sep), "DirectoryQ"),
    "$Language": ("the language of messages", "English", "StringQ"),
    "$ReleaseNumber": ("the number of the release", 0, "IntegerQ"),
    "$Notebooks": ("whether there is a notebook", FALSE, "BooleanQ"),
    "$UserBaseDirectory": ("the folder of what a user adds to the language", os.path.expanduser(os.path.join("~", ".wlnet")), "StringQ"),
    "$BaseDirectory": ("the folder of what is added to the language for all users", os.path.join(sys.prefix, "share", "wlnet"), "StringQ"),
    "$UserDocumentsDirectory": ("the folder of the user's documents", os.path.expanduser("~"), "StringQ"),
    "$InstallationDirectory": ("the folder that the language is installed in", os.path.dirname(wlnet.__file__), "DirectoryQ"),
    "$KernelCount": ("the number of other kernels that take a part in parallel work", 0, "IntegerQ"),
    "$CloudConnected": ("whether the cloud is connected", FALSE, "BooleanQ"),
    "$CommandLine": ("the list of the words that started the process", Expression(S.List, tuple(sys.argv)), "ListQ"),
    "$LibraryPath": ("the list of the folders of compiled libraries", Expression(S.List, ()), "ListQ"),
    "$Linked": ("whether another program asked for the evaluation", FALSE, "BooleanQ"),
}  # fmt: skip


def declare(name: str, what: str, value: Term, test: str) -> None:
    def stands_for_its_value() -> None:
        pass

    stands_for_its_value.__doc__ = f"{name} is {what}.\n\nExamples:\n    >> {test}[{name}]\n    = True\n"
    constant(name, category="Symbols", value=value)(stands_for_its_value)


for _name, _row in FACTS.items():
    declare(_name, *_row)
