"""Evaluations that may take only so much time or memory, and how much there is."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.kernel import ControlFlow, Kernel, Message, builtin
from wlnet.terms import ABORTED, Association, Expression, NumericArray, S, Symbol, Term, is_head, is_number
from wlnet.terms import attributes as flags

#: How often time and memory are looked at, in seconds.
LOOK_EVERY = 0.005
NO_LIMIT = "A positive number or Infinity is expected instead of `1`."
NO_TIMER = "Limits need the timer of the system, which only the main thread of a program has, and Windows not at all."
MESSAGES = {"limit": NO_LIMIT}


class LimitReached(ControlFlow):
    """Time or memory is used up; `watch` tells for whom."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.watch = watch


class Watch:
    """One limited evaluation: `is_reached` tells whether its limit is; `over`: nobody asks any more."""

    def __init__(self, is_reached: Callable[[], bool]) -> None:
        self.is_reached = is_reached
        self.over = False


#: The limited evaluations that go on now, the outermost first.
WATCHES: list[Watch] = []


def look(number: int, frame: Any) -> None:
    """Leaves the outermost evaluation whose limit is reached; called by the timer."""
    for watch in WATCHES:
        if not watch.over and watch.is_reached():
            raise LimitReached(watch)


def has_timer() -> bool:
    """Tells whether work can be limited here: not on Windows, and in the main thread alone."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def limited(kernel: Kernel, work: Callable[[], Term], is_reached: Callable[[], bool]) -> Term | None:
    """Gives what work gives; None if `is_reached` gave True before it was done.

    The limit is noticed between two steps of Python, so that a single long step of NumPy is finished first.
    """
    if not has_timer():
        raise Message("timer", text=NO_TIMER)
    watch, around = Watch(is_reached), len(WATCHES)
    depth, quiet, quieted = kernel.depth, kernel.quiet, len(kernel.quieted)
    before = signal.signal(signal.SIGALRM, look)
    timer = signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY, LOOK_EVERY)
    try:
        WATCHES.append(watch)
        value = work()
        watch.over = True
        return value
    except LimitReached as reached:
        if reached.watch is not watch:
            raise
        kernel.depth, kernel.quiet = depth, quiet
        del kernel.quieted[quieted:]
        return None
    finally:
        watch.over = True
        del WATCHES[around:]
        signal.setitimer(signal.ITIMER_REAL, *timer)  # first: an alarm that nothing handles ends the process
        signal.signal(signal.SIGALRM, before)


def within_time(kernel: Kernel, work: Callable[[], Term], seconds: float) -> Term | None:
    """Gives what work gives, None where it takes more than so many seconds."""
    end = time.monotonic() + seconds
    return limited(kernel, work, lambda: time.monotonic() >= end)


def limit_of(term: Term) -> float | None:
    """Gives a positive limit, None for Infinity; raises the message that says what a limit is."""
    if is_head(term, S.DirectedInfinity):
        return None
    if not is_number(term) or type(term) is complex or not 0 < term < threading.TIMEOUT_MAX:
        raise Message("limit", term)
    return float(term)


@builtin("TimeConstrained", category="Time", attributes=flags.HOLD_ALL, messages=MESSAGES)
def time_constrained(kernel: Kernel, term: Term, seconds: Term, otherwise: Term = ABORTED) -> Term:
    """TimeConstrained[expr, t] gives expr, or $Aborted if its evaluation takes more than t seconds.
    TimeConstrained[expr, t, otherwise] gives otherwise instead.

    Examples:
        >> TimeConstrained[While[True], 0.05]
        = $Aborted
        >> {TimeConstrained[1 + 1, 5], TimeConstrained[Pause[2], 0.05, late]}
        = {2, late}
        >> TimeConstrained[{TimeConstrained[While[True], 0.02, inner]}, 5, outer]
        = {inner}
    Possible issues:
        >> TimeConstrained[1 + 1, -1]
        = TimeConstrained[1 + 1, -1]
        message: TimeConstrained::limit
    """
    limit = limit_of(kernel.evaluate(seconds))
    if limit is None:
        return kernel.evaluate(term)
    value = within_time(kernel, lambda: kernel.evaluate(term), limit)
    return otherwise if value is None else value


@builtin("MemoryConstrained", category="Time", attributes=flags.HOLD_ALL, messages=MESSAGES)
def memory_constrained(kernel: Kernel, term: Term, size: Term, otherwise: Term = ABORTED) -> Term:
    """MemoryConstrained[expr, b] gives expr, or $Aborted if its evaluation needs more than b bytes beside what is in use.
    MemoryConstrained[expr, b, otherwise] gives otherwise instead.

    Details: The memory of the process is looked at two hundred times a second.

    Examples:
        >> MemoryConstrained[Range[10], 10^7]
        = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
        >> MemoryConstrained[Table[Range[10.^6] + i, {i, 50}]; 1, 3 10^7, much]
        = much
    Possible issues:
        >> MemoryConstrained[1 + 1, x]
        = MemoryConstrained[1 + 1, x]
        message: MemoryConstrained::limit
    """
    limit = limit_of(kernel.evaluate(size))
    if limit is None:
        return kernel.evaluate(term)
    most = memory_in_use() + limit
    value = limited(kernel, lambda: kernel.evaluate(term), lambda: memory_in_use() > most)
    return otherwise if value is None else value


def memory_in_use() -> int:
    """Gives the bytes of memory that the process has now; where the system does not tell, the most it ever had."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return most_memory()


def most_memory() -> int:
    """Gives the most memory, in bytes, that the process has ever had; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@builtin("MemoryInUse", category="Time")
def memory_in_use_(kernel: Kernel) -> Term:
    """MemoryInUse[] gives the bytes of memory that the session uses now.

    Examples:
        >> MemoryInUse[] > 10^6
        = True
    """
    return memory_in_use()


@builtin("MaxMemoryUsed", category="Time", attributes=flags.HOLD_ALL)
def max_memory_used(kernel: Kernel) -> Term:
    """MaxMemoryUsed[] gives the most bytes of memory that the session has used so far.

    Examples:
        >> MaxMemoryUsed[] > 10^6
        = True
    """
    return most_memory()


@builtin("TimeUsed", category="Time")
def time_used(kernel: Kernel) -> Term:
    """TimeUsed[] gives the seconds of processor time that the session has used.

    Examples:
        >> TimeUsed[] > 0
        = True
    """
    return time.process_time()


@builtin("ByteCount", category="Time")
def byte_count(kernel: Kernel, term: Term) -> Term:
    """ByteCount[expr] gives the bytes of memory that an expression takes.

    Details: A packed array takes the bytes of its numbers and little else; what an expression shares with others, or with
    itself, counts each time.

    Examples:
        >> 800000 <= ByteCount[Range[1., 100000.]] < 801000
        = True
        >> ByteCount[{a, b}] > ByteCount[{a}]
        = True
    """
    total, waiting = 0, [term]
    while waiting:
        piece = waiting.pop()
        if type(piece) is Symbol:
            continue
        total += sys.getsizeof(piece)
        if type(piece) is Expression:
            waiting += [piece.head, *piece.args]
            total += sys.getsizeof(piece.args)
        elif type(piece) is Association:
            waiting += piece.rules()
        elif type(piece) is NumericArray:
            total += piece.array.nbytes
        elif isinstance(piece, np.ndarray) and piece.base is not None:
            total += piece.nbytes
    return total
