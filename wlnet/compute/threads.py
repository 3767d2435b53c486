"""One operation on several threads, which NumPy allows since it lets go of Python's lock while it computes.

There are as many threads as the library of matrix products has, whoever set that; it gets one itself meanwhile. Its own
threads share out small products, too, and spin at the end of each one until all are done, which on a busy machine takes
many times as long as the product.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from wlnet.compute.workspace import Workspace

# What only a net at work needs is not imported at the start.
if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

#: Multiplications from which further threads are worth it: about a fifth of a millisecond's work of one.
ENOUGH = 1 << 23
#: Multiplications that the first thread is ahead when the others begin, and when it hears that they are done.
AHEAD = 1 << 21


class Share(NamedTuple):
    """What one thread takes of a batch, and the memory that it works in."""

    work: Workspace
    examples: slice


@cache
def libraries() -> tuple[Any, ...]:
    """Gives the libraries of matrix products, each with its number of threads."""
    from threadpoolctl import ThreadpoolController

    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)


@contextmanager
def limited(count: int) -> Iterator[None]:
    """Gives matrix products so many threads meanwhile."""
    before = [(library, library.get_num_threads()) for library in libraries()]
    for library, _ in before:
        library.set_num_threads(count)
    try:
        yield
    finally:
        for library, number in before:
            library.set_num_threads(number)


class State(threading.local):
    """Of each thread: how many it may use in all (None: as many as matrix products)."""

    count: int | None = None


state = State()


@contextmanager
def taken_over() -> Iterator[None]:
    """Takes the threads of matrix products for whole operations meanwhile: small products get one."""
    before, state.count = state.count, threads()
    try:
        with limited(1):
            yield
    finally:
        state.count = before


@cache
def pool() -> ThreadPoolExecutor:
    """Gives the threads beside the first one."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(os.cpu_count(), "wlnet")


# A process that is split off has none of the threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=pool.cache_clear)


def threads() -> int:
    """Gives how many threads this one may use."""
    if state.count is not None:
        return state.count
    return min((library.get_num_threads() for library in libraries()), default=1)


def is_enough(effort: int) -> bool:
    """Tells whether so many multiplications are worth several threads, where there are several."""
    return effort >= ENOUGH and threads() > 1


def portions(length: int, effort: int) -> list[slice]:
    """Gives what each thread takes of so many, the first one a little more; one takes all where the effort, in
    multiplications, is small.
    """
    if not is_enough(effort):
        return [slice(0, length)]
    count = min(threads(), length)
    first = min(AHEAD / effort, 1) * length
    ends = [0, *(round(first + (length - first) * i / count) for i in range(1, count + 1))]
    return [slice(*pair) for pair in pairwise(ends) if pair[0] < pair[1]]


def shares(work: Workspace, examples: int, effort: int) -> list[Share]:
    """Gives what each thread takes of a batch, with memory of its own."""
    found = portions(examples, effort)
    if len(found) == 1:
        return [Share(work, found[0])]
    names = (f"share {i} of {len(found)}" for i in range(len(found)))
    return [Share(work.once(name, Workspace), part) for name, part in zip(names, found, strict=True)]


def in_threads(function: Callable[[T], object], parts: Sequence[T]) -> None:
    """Runs `function(part)` for all parts at once; this thread takes the first one, and those that no other has begun.

    Each of them may itself use its part of the threads; where there is but one, that runs all parts.
    """
    count = threads()
    if min(len(parts), count) == 1:
        for part in parts:
            function(part)
        return
    errors, each = np.geterr(), max(1, count // len(parts))

    def run(part: T) -> None:
        before, state.count = state.count, each
        try:
            with np.errstate(**errors):
                function(part)
        finally:
            state.count = before

    with limited(1):
        others = [(pool().submit(run, part), part) for part in parts[1:]]
        try:
            run(parts[0])
            # On a busy machine, a thread may wait for a processor longer than its part takes.
            for other, part in others:
                if other.cancel():
                    run(part)
        finally:
            raised = [other.exception() for other, _ in others if not other.cancelled()]
    for error in filter(None, raised):
        raise error


def at_once(function: Callable[[T], object], parts: Sequence[T], effort: int) -> None:
    """Runs `function(part)` for parts of so many multiplications each, at once if those are enough."""
    if is_enough(effort):
        in_threads(function, parts)
    else:
        for part in parts:
            function(part)


def sum_into(parts: Sequence[np.ndarray]) -> np.ndarray:
    """Gives the sum of arrays, in the first one."""
    for part in parts[1:]:
        np.add(parts[0], part, parts[0])
    return parts[0]
