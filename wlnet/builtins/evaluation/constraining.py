"""Evaluations that may take only so much time or memory, and how much there is."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable

import numpy as np

from wlnet.kernel import ControlFlow, Kernel, Message, builtin
from wlnet.terms import ABORTED, Association, Expression, NumericArray, S, Symbol, Term, is_head, is_number
from wlnet.terms import attributes as flags

#: How often memory is looked at, in seconds.
LOOK_EVERY = 0.01
NO_LIMIT = "A positive number or Infinity is expected instead of `1`."


class LimitReached(ControlFlow):
    """Time or memory is used up; each limited evaluation makes a class of its own, to tell it from those around it."""


def limited(kernel: Kernel, term: Term, wait: Callable[[threading.Event], bool]) -> Term | None:
    """Gives the value of a term; None if `wait`, which runs beside it, gave True before the evaluation was over.

    The limit is noticed between two steps of Python, so that a single long step of NumPy is finished first.
    """
    reached: type[LimitReached] = type("Reached", (LimitReached,), {})
    thread = ctypes.c_ulong(threading.get_ident())
    over, lock = threading.Event(), threading.Lock()
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch() -> None:
        if wait(over):
            with lock:
                if not over.is_set():
                    raise_in(thread, ctypes.py_object(reached))

    depth, quiet = kernel.depth, kernel.quiet
    watcher = threading.Thread(target=watch, daemon=True)
    try:
        try:
            watcher.start()
            return kernel.evaluate(term)
        finally:
            with lock:
                over.set()
                raise_in(thread, None)
    except reached:
        kernel.depth, kernel.quiet = depth, quiet
        return None


def limit_of(term: Term) -> float | None:
    """Gives a positive limit, None for Infinity; raises the message that says what a limit is."""
    if is_head(term, S.DirectedInfinity):
        return None
    if not is_number(term) or type(term) is complex or not 0 < term < threading.TIMEOUT_MAX:
        raise Message("limit", term)
    return float(term)


@builtin("TimeConstrained", category="Time", attributes=flags.HOLD_ALL, messages={"limit": NO_LIMIT})
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
    value = kernel.evaluate(term) if limit is None else limited(kernel, term, lambda over: not over.wait(limit))
    return otherwise if value is None else value


@builtin("MemoryConstrained", category="Time", attributes=flags.HOLD_ALL, messages={"limit": NO_LIMIT})
def memory_constrained(kernel: Kernel, term: Term, size: Term, otherwise: Term = ABORTED) -> Term:
    """MemoryConstrained[expr, b] gives expr, or $Aborted if its evaluation needs more than b bytes beside what is in use.
    MemoryConstrained[expr, b, otherwise] gives otherwise instead.

    Details: The memory of the process is looked at a hundred times a second.

    Examples:
        >> MemoryConstrained[Range[10], 10^7]
        = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
        >> MemoryConstrained[grow = {}; While[True, grow = {grow, Range[10.^5]}], 3 10^7, much]
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

    def wait(over: threading.Event) -> bool:
        while not over.wait(LOOK_EVERY):
            if memory_in_use() > most:
                return True
        return False

    value = limited(kernel, term, wait)
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
