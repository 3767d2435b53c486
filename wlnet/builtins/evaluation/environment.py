"""What programs ask about the system that they run on."""

from __future__ import annotations

import os
import platform

from wlnet.kernel import constant
from wlnet.terms import FALSE, NULL

OPERATING_SYSTEMS = {"Darwin": "MacOSX", "Windows": "Windows"}
SYSTEMS = {"Darwin": "MacOSX", "Windows": "Windows", "Linux": "Linux"}
PROCESSORS = {"x86_64": "x86-64", "AMD64": "x86-64", "arm64": "ARM64", "aarch64": "ARM64"}
SYSTEM_ID = "-".join((SYSTEMS.get(platform.system(), "Unix"), PROCESSORS.get(platform.machine(), platform.machine())))


@constant("$ReleaseNumber", category="Symbols", value=0)
def release_number() -> None:
    """$ReleaseNumber is the number of the release within the version $VersionNumber.

    Examples:
        >> $ReleaseNumber
        = 0
    """


@constant("$SystemID", category="Symbols", value=SYSTEM_ID)
def system_id() -> None:
    """$SystemID names the operating system and the processor, as in "Linux-x86-64" or "MacOSX-ARM64".

    Examples:
        >> StringContainsQ[$SystemID, "-"]
        = True
    """


@constant("$OperatingSystem", category="Symbols", value=OPERATING_SYSTEMS.get(platform.system(), "Unix"))
def operating_system() -> None:
    """$OperatingSystem is the kind of the operating system: "Unix", "MacOSX" or "Windows".

    Examples:
        >> MemberQ[{"Unix", "MacOSX", "Windows"}, $OperatingSystem]
        = True
    """


@constant("$ProcessorCount", category="Symbols", value=os.cpu_count() or 1)
def processor_count() -> None:
    """$ProcessorCount is the number of processors of the computer.

    Examples:
        >> $ProcessorCount >= 1
        = True
    """


@constant("$ProcessID", category="Symbols", value=os.getpid())
def process_id() -> None:
    """$ProcessID is the number of the process that evaluates.

    Examples:
        >> IntegerQ[$ProcessID]
        = True
    """


@constant("$MachineName", category="Symbols", value=platform.node())
def machine_name() -> None:
    """$MachineName is the name of the computer.

    Examples:
        >> StringQ[$MachineName]
        = True
    """


@constant("$Notebooks", category="Symbols", value=FALSE)
def notebooks() -> None:
    """$Notebooks tells whether a notebook of the Wolfram system shows what is evaluated: it never does.

    Examples:
        >> $Notebooks
        = False
    """


@constant("$FrontEnd", category="Symbols", value=NULL)
def front_end() -> None:
    """$FrontEnd is the front end of the Wolfram system, Null where there is none.

    Examples:
        >> $FrontEnd
        = Null
    """


@constant("$CloudEvaluation", category="Symbols", value=FALSE)
def cloud_evaluation() -> None:
    """$CloudEvaluation tells whether the program runs in the cloud.

    Examples:
        >> $CloudEvaluation
        = False
    """
