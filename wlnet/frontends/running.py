"""What the command does: runs files and texts, checks files, opens the terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wlnet.errors import ParseError
from wlnet.frontends.events import show
from wlnet.frontends.pictures import text_with_pictures
from wlnet.session import Session
from wlnet.syntax import check as syntax_errors
from wlnet.terms import NULL, list_of, symbol

SYNTAX_ERROR = TESTS_FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


def run(chosen: argparse.Namespace) -> int:
    """Does what the arguments ask for."""
    if chosen.check:
        return check(chosen.rest, symbols=chosen.symbols)
    if chosen.symbols:
        print("wlnet: --symbols belongs to --check", file=sys.stderr)
        return WRONG_USAGE
    if chosen.markdown and not chosen.coverage:
        print("wlnet: --markdown belongs to --coverage", file=sys.stderr)
        return WRONG_USAGE
    if chosen.coverage:
        return coverage(markdown=chosen.markdown)
    if chosen.code is not None:
        return run_text(chosen.code, "<code>", ["-c", *chosen.rest], print_values=True)
    if chosen.print is not None:
        return run_file(chosen.print, chosen.rest, print_values=True)
    if chosen.rest[:1] == ["test"]:
        return test(chosen.rest[1:])
    if chosen.rest:
        return run_file(chosen.rest[0], chosen.rest[1:], print_values=False)
    if sys.stdin is not None and sys.stdin.isatty():
        from wlnet.repl.terminal import converse

        return converse()
    text = decoded(sys.stdin.buffer.read(), "<stdin>") if sys.stdin is not None else ""
    return SYNTAX_ERROR if text is None else run_text(text, "<stdin>", ["-"], print_values=False)


def run_file(file: str, args: list[str], *, print_values: bool) -> int:
    text = read(file)
    if text is None:
        return SYNTAX_ERROR
    return run_text(text, file, [file, *args], print_values=print_values, name=str(Path(file).absolute()))


def run_text(text: str, source: str, command_line: list[str], *, print_values: bool, name: str = "") -> int:
    """Runs a program, from the file called `name` if there is one; its values are printed only when asked for."""
    session = scripted_session(command_line)
    session.kernel.set_own(symbol("$InputFileName"), name)
    try:
        for result in session.run(text, source):
            if result.interrupted:
                return INTERRUPTED
            if print_values and result.term is not NULL:
                print(text_with_pictures(result.term, session.display))
    except ParseError as error:
        print(error.report(), file=sys.stderr)
        return SYNTAX_ERROR
    finally:
        tell_of_absent_symbols(session)
    return 0


def tell_of_absent_symbols(session: Session) -> None:
    """Says once which symbols of the language stayed unevaluated because they are not here."""
    from wlnet.frontends.symbols import left_unevaluated

    names = left_unevaluated(session.kernel)
    if names:
        print(f"wlnet: symbols of the language that wlnet does not have: {', '.join(names)}", file=sys.stderr)


def scripted_session(command_line: list[str]) -> Session:
    """Gives a session for a script: it knows the script's arguments, and remembers only its last value."""

    session = Session(show)
    session.kernel.state["terminal"] = sys.stdout.isatty()
    session.kernel.set_own(symbol("$ScriptCommandLine"), list_of(*command_line))
    session.kernel.set_own(symbol("$HistoryLength"), 1)
    return session


def check(files: list[str], *, symbols: bool) -> int:
    """Reports the first syntax error of each file as FILE:LINE:COLUMN: message, or the symbols that are not here."""

    if not files:
        print("wlnet: --check needs a file", file=sys.stderr)
        return WRONG_USAGE
    status = 0
    for file in files:
        text = read(file)
        errors = [] if text is None else syntax_errors(text, file)
        for error in errors:
            print(error.report())
        absent = absent_symbols(text, file) if symbols and text is not None and not errors else []
        for line in absent:
            print(line)
        if text is None or errors or absent:
            status = SYNTAX_ERROR
    return status


def absent_symbols(text: str, file: str) -> list[str]:
    """Gives a line for each symbol of the language that a program uses and wlnet does not have."""
    from wlnet.frontends.symbols import absent_names

    return [
        f"{file}:{line}:{column}: {name} is a symbol of the language that wlnet does not have"
        for line, column, name in absent_names(text, file)
    ]


def test(files: list[str]) -> int:
    """Evaluates the tests in the files, each in a session of its own, and reports what failed."""
    from wlnet.builtins.evaluation.testing import lines_of, report_on_file

    if not files:
        print("wlnet: test needs a file", file=sys.stderr)
        return WRONG_USAGE
    status = 0
    for file in files:
        session = scripted_session([file])
        session.kernel.set_own(symbol("$InputFileName"), str(Path(file).absolute()))
        try:
            report = report_on_file(session.kernel, file)
        except (OSError, UnicodeDecodeError) as error:
            print(f"wlnet: {file}: {getattr(error, 'strerror', None) or 'this is no text in UTF-8'}", file=sys.stderr)
            status = TESTS_FAILED
        except ParseError as error:
            print(error.report(), file=sys.stderr)
            status = TESTS_FAILED
        else:
            print("\n".join(lines_of(report)))
            status = status if report.passed else TESTS_FAILED
    return status


def coverage(*, markdown: bool) -> int:
    """Prints what there is of the framework."""
    from wlnet.coverage import coverage, page

    print(page(coverage(), markdown=markdown), end="")
    return 0


def read(file: str) -> str | None:
    """Gives the program in a file, in a notebook its input cells; None, after saying why, where there is none."""
    try:
        text = decoded(Path(file).read_bytes(), file)
        if text is None or not file.endswith(".nb"):
            return text
        from wlnet.syntax.notebooks import program_of

        return program_of(text)
    except OSError as error:
        print(f"wlnet: {file}: {error.strerror or error}", file=sys.stderr)
    except ValueError as error:
        print(f"wlnet: {file}: {error}", file=sys.stderr)
    return None


def decoded(data: bytes, source: str) -> str | None:
    """Gives the text in a file's bytes; None, after saying why, for other than UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        print(f"wlnet: {source}: not a text file in UTF-8", file=sys.stderr)
        return None
