"""Whatever the arguments, a built-in gives a term: never a Python error, never a Python object, never no end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from types import FrameType

import numpy as np
import pytest

from wlnet import builtins
from wlnet.kernel import BUILTINS, Builtin
from wlnet.kernel.written import Written
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import (
    NULL,
    TRUE,
    Association,
    Expression,
    Image,
    NumericArray,
    S,
    Symbol,
    Term,
    list_of,
    pack,
    rule,
    symbol,
)
from wlnet.terms.atoms import TABLE
from wlnet.terms.packed import PACKED_TYPES

CALLS = 60
#: A call that takes longer than this is taken for one that never ends; one that may go on for ever is stopped sooner.
SECONDS, SECONDS_OF_ENDLESS = 3.0, 0.05

EXCLUDED = {
    "Exit": "ends the session",
    "Quit": "ends the session",
    "Pause": "waits, as it is asked to",
    "RepeatedTiming": "takes the time that it is asked to take",
    "Input": "waits for the user",
    "InputString": "waits for the user",
    "Get": "reads files",
    "TestReport": "reads files",
    "Needs": "reads files",
    "Import": "reads files",
    "NotebookImport": "reads files",
    "ReadList": "reads files",
    "ReadString": "reads files",
    "URLDownload": "reads from the network",
    "URLExecute": "reads from the network",
    "URLRead": "reads from the network",
    "OpenWrite": "writes files",
    "CopyFile": "writes files",
    "CreateArchive": "writes files",
    "ExtractArchive": "writes files",
    "RenameFile": "writes files",
    "CopyDirectory": "writes files",
    "RenameDirectory": "writes files",
    "CreateFile": "writes files",
    "SetEnvironment": "changes the environment",
    "OpenAppend": "writes files",
    "Write": "writes files",
    "WriteLine": "writes files",
    "WriteString": "writes files",
    "BinaryWrite": "writes files",
    "Put": "writes files",
    "PutAppend": "writes files",
    "Save": "writes files",
    "DumpSave": "writes files",
    "Export": "writes files",
    "CreateDirectory": "writes files",
    "DeleteFile": "deletes files",
    "DeleteDirectory": "deletes files",
    "SetDirectory": "changes the directory of the whole process",
    "EllipticPi": "takes a second for each value that is not real, as mpmath does it",
    "Run": "runs commands of the system",
    "RunProcess": "runs commands of the system",
    "StartProcess": "runs commands of the system",
}
#: Those that go on for ever when the program says so; they must only give in to Ctrl-C.
ENDLESS = {"Do", "ParallelDo", "While", "For", "NestWhile", "NestWhileList", "FixedPoint", "FixedPointList"}

builtins.load()
builtins.load_rest()
for written in BUILTINS.values():
    if isinstance(written, Written):
        written.read()
CHOSEN = [declared for declared in BUILTINS.values() if not declared.symbol_only and declared.name not in EXCLUDED]


def atoms() -> list[Term]:
    x, n = symbol("Global`x"), symbol("Global`n")
    blank = Expression(S.Blank, ())
    function = Expression(S.Function, (Expression(S.Plus, (Expression(S.Slot, (1,)), 1)),))
    return [
        0, 1, -1, 2, 3, 7, -5, 2**31, 2**63, 10**30, 0.0, 1.0, -2.5, 1e308, 5e-324, float("inf"), float("nan"),
        Fraction(1, 3), Fraction(-7, 2), 1j, complex(2.5, -1.0), "", "a", "abc", "x y", "[(", "é\n",
        x, n, TRUE, symbol("False"), NULL, S.All, S.Automatic, symbol("None"), S.Infinity, S.Pi,
        S.List, S.Plus, S.Integer, symbol("$Failed"),
        list_of(), list_of(1), list_of(1, 2, 3), list_of(x, "a", 2.0), list_of(list_of(1, 2), list_of(3)),
        list_of(list_of(), list_of()), list_of(rule(x, 1), rule("a", 2)), list_of(x, 3), list_of(n, 1, 3),
        pack(np.arange(4)), pack(np.arange(6.0).reshape(2, 3)), pack(np.array([1.5, -2.0])), pack(np.array([1j, 2.0])),
        pack(np.array([2**62, 2**62])), pack(np.zeros((1, 1, 1))), pack(np.array([np.nan, np.inf])),
        Association(), Association([("a", 1), (x, 2.0)]), Association([(1, list_of(1, 2))]),
        NumericArray(np.ones((2, 2), np.float32)), NumericArray(np.array([250, 3], np.uint8)),
        Image(np.ones((3, 2, 3), np.uint8), "RGB"), Image(np.zeros((1, 2, 2, 1), np.float32)),
        rule(x, 1), rule("a", 1), Expression(S.RuleDelayed, (Expression(S.Pattern, (x, blank)), x)),
        blank, Expression(S.Pattern, (x, blank)), Expression(S.BlankNullSequence, (S.Integer,)),
        Expression(S.Span, (1, 2)), Expression(S.UpTo, (2,)), Expression(S.Optional, (x, 1)),
        function, Expression(S.Function, (x, x)), Expression(x, (1, 2)), Expression(x, ()), Expression(function, (3,)),
        Expression(S.Sequence, (1, 2)), Expression(S.Hold, (x,)), Expression(S.Except, (x,)),
        Expression(S.DirectedInfinity, (1,)), Expression(S.Missing, ("x",)), Expression(S.String, ("a",)),
    ]  # fmt: skip


ATOMS = atoms()


def random_term(random: Random, depth: int) -> Term:
    """Gives one of the atoms, or a list, a call or a rule of random terms."""
    if depth == 0 or random.random() < 0.75:
        return random.choice(ATOMS)
    parts = tuple(random_term(random, depth - 1) for _ in range(random.randint(0, 3)))
    head = random.choice([S.List, S.List, S.Rule, symbol("Global`f"), S.Plus, S.Times])
    return Expression(head, parts)


def calls(declared: Builtin) -> Iterator[Expression]:
    """Yields calls of a built-in with random arguments, the same in every run."""
    random = Random(declared.name)
    most = declared.maximum if declared.maximum is not None else declared.minimum + 2
    for _ in range(CALLS):
        count = random.randint(declared.minimum, min(most, declared.minimum + 3))
        if random.random() < 0.1:
            count = random.randint(0, most + 1)
        args = [random_term(random, 2) for _ in range(count)]
        if declared.options and random.random() < 0.4:
            args.append(rule(random.choice(list(declared.options)), random_term(random, 1)))
        yield Expression(declared.symbol, tuple(args))


def stray(term: Term) -> object | None:
    """Gives a Python object inside a term that is no term, or None."""
    kind = type(term)
    if kind is Expression:
        parts = (term.head, *term.args)
    elif kind is Association:
        parts = (*term.keys(), *term.values())
    elif kind is np.ndarray:
        fine = term.dtype in PACKED_TYPES and term.ndim > 0 and term.size > 0 and not term.flags.writeable
        return None if fine else f"a packed list of type {term.dtype}, shape {term.shape}, flags {term.flags}"
    else:
        return None if kind is Symbol or kind in TABLE else repr(term)
    return next((found for part in parts if (found := stray(part)) is not None), None)


@pytest.fixture
def clock() -> Iterator[None]:
    """Presses Ctrl-C, so to speak, when one evaluation takes too long."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("declared", CHOSEN, ids=lambda declared: declared.name)
def test_any_arguments_give_a_term(declared: Builtin, clock: None) -> None:
    seconds = SECONDS_OF_ENDLESS if declared.name in ENDLESS else SECONDS
    for call in calls(declared):
        session = Session()
        shown = f"{declared.module}: {write(call, 'InputForm')}"
        # Pressed again each second: Python drops an exception that a signal raises inside a callback of its own.
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
            result = session.run_term(call)
            signal.setitimer(signal.ITIMER_REAL, 0)
        except KeyboardInterrupt:  # pressed when the evaluation was over
            signal.setitimer(signal.ITIMER_REAL, 0)
            continue
        faults = [text for text in session.messages if text.partition(": ")[0].endswith("::internal")]
        assert not faults, f"{shown}\n{faults[0]}\nRun it with WLNET_DEBUG=1 to see where."
        assert not result.interrupted or declared.name in ENDLESS, f"{shown}\ntakes too long"
        assert stray(result.term) is None, f"{shown}\ngives what is no term: {stray(result.term)}"
        session.display(result.term)


def test_the_table_of_exceptions_names_built_ins_only() -> None:
    known = {declared.name for declared in BUILTINS.values()}
    assert known >= ENDLESS, f"not built-ins: {ENDLESS - known}"
