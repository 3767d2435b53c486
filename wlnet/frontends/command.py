"""The command `wlnet`: a session in the terminal, scripts, and code from the command line."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence

from wlnet import __version__

DESCRIPTION = "Neural nets written in the Wolfram Language."
EXAMPLES = """\
examples:
  wlnet                               a session; leave it with Ctrl-D
  wlnet train.wl data.csv             a script; $ScriptCommandLine is {"train.wl", "data.csv"}
  wlnet -c 'Range[3]^2'               the value of each expression, one per line
  wlnet -p program.wl                 the same for a file
  wlnet -p lesson.nb                  the input cells of a notebook
  echo 'Print[6 * 7]' | wlnet         a script from a pipe
  wlnet test *.wlt                    the tests in files: how many passed, and what the others gave
  wlnet --check *.wl                  the place of the first syntax error in each file
  wlnet --check --symbols train.wl    which symbols of the language it uses that wlnet does not have
  wlnet --coverage                    what there is of the framework, and what differs or is missing

pictures are shown in the terminal where it can, else in characters, and written to a temporary file where the output is no
terminal; the environment variable WLNET_PICTURES (kitty, iterm, sixel, braille, files) chooses

exit status: 0; n after Exit[n]; 1 after a syntax error or a failed test, for a file that cannot be read, or where
--symbols finds any; 2 for wrong usage; 130 after Ctrl-C
"""

INTERRUPTED = 130
#: The stack, in bytes, that the system keeps free for the main thread, and the Python frames that fit it.
STACK = 100 * 2**20
FRAMES = 150_000
#: New objects after which Python looks for garbage in cycles. Terms hold none, and what a program loads at the start, or
#: a list of terms that grows, would be looked through again and again for nothing.
COLLECT_AFTER = 50_000


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command with these arguments (default: the process's own) and gives its exit status."""
    try:
        prepare_output()
        allow_deep_recursion()
        gc.set_threshold(COLLECT_AFTER)
        return start(parser().parse_args(argv))
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0


def start(chosen: argparse.Namespace) -> int:
    """Does what the arguments ask for; what they do not need is not imported."""
    from wlnet.frontends.events import ReaderGone
    from wlnet.frontends.running import run

    try:
        return run(chosen)
    except (BrokenPipeError, ReaderGone):
        # Python must not complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="wlnet",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        usage="wlnet [FILE [ARG ...]] | -c CODE [ARG ...] | -p FILE [ARG ...] | test FILE ... | "
        "--check [--symbols] FILE ... | --coverage [--markdown]",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    mode = made.add_mutually_exclusive_group()
    mode.add_argument("-c", "--code", metavar="CODE", help="evaluate CODE and print the value of each expression")
    mode.add_argument("-p", "--print", metavar="FILE", help="run FILE and print the value of each expression")
    mode.add_argument("--check", action="store_true", help="only parse each FILE and report the first syntax error")
    mode.add_argument("--coverage", action="store_true", help="print what there is of the framework for neural nets")
    made.add_argument("--symbols", action="store_true", help="with --check, list what each FILE uses that is not here")
    made.add_argument("--markdown", action="store_true", help="print the page of --coverage in Markdown")
    made.add_argument("--version", action="version", version=f"wlnet {__version__}")
    made.add_argument("rest", metavar="FILE [ARG ...]", nargs=argparse.REMAINDER, help="a script and its arguments")
    return made


def prepare_output() -> None:
    """Lets every line of output go out as it is written, whatever its letters."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")


def allow_deep_recursion() -> None:
    """Makes room for programs that raise $RecursionLimit: on Linux, the main thread's stack grows as far as it may."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_STACK)
        if most == resource.RLIM_INFINITY or most >= STACK:
            resource.setrlimit(resource.RLIMIT_STACK, (STACK, most))
            sys.setrecursionlimit(FRAMES)
