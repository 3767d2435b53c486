"""Contenders in processes of their own that take turns: each has its libraries, threads and memory for itself.

A contender is a module with functions `trainer` and `runner`, which make the work of a task from the arrays and data of
a folder. `Child` holds it; only one of them works at a time.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from race import Times

CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Task:
    """What a contender is asked to make: `function` of its module, called with (net, folder, *settings)."""

    module: str
    function: str
    net: str
    folder: str
    settings: tuple[Any, ...] = ()


def use_threads(count: int) -> None:
    """Gives all processes begun from now on so many threads, and as many processors."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(count)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


class Child:
    """A process that holds one contender."""

    def __init__(self, task: Task) -> None:
        self.connection, theirs = CONTEXT.Pipe()
        self.process = CONTEXT.Process(target=serve, args=(theirs, task), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, *request: Any) -> Any:
        """Gives the answer of a method of `Server`; raises ImportError where a package is missing there."""
        self.connection.send(request)
        answer = self.connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        self.connection.close()
        self.process.join()


class Server:
    """What a child can be asked for."""

    def __init__(self, task: Task) -> None:
        self.task = task

    def begin(self) -> None:
        """Imports and builds, which nobody times."""
        task = self.task
        self.work = getattr(importlib.import_module(task.module), task.function)(task.net, task.folder, *task.settings)

    def results(self, count: int) -> tuple[float, list[Any]]:
        """Gives the seconds of the first piece of work, and the results of the first `count` pieces."""
        start = perf_counter()
        first = self.work()
        seconds = perf_counter() - start
        return seconds, [first, *(self.work() for _ in range(count - 1))]

    def turn(self, seconds: float) -> list[float]:
        """Works for so long; gives the seconds of each piece, without the first ones, which fill the caches."""
        times, begin = [], perf_counter()
        for _ in range(2):
            self.work()
        while True:
            start = perf_counter()
            self.work()
            times.append(perf_counter() - start)
            if perf_counter() - begin > seconds:
                return times

    def memory(self) -> int:
        """Gives the most memory that the process has had so far, in bytes (0 where the system does not tell)."""
        try:
            lines = Path("/proc/self/status").read_text().splitlines()
        except OSError:
            return 0
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def serve(connection: Connection, task: Task) -> None:
    """Answers one request after the other, until there are no more."""
    server = Server(task)
    gc.freeze()
    while True:
        try:
            name, *arguments = connection.recv()
        except EOFError:
            return
        try:
            connection.send(getattr(server, name)(*arguments))
        except Exception as error:
            connection.send(error if isinstance(error, ImportError) else RuntimeError(f"{task}: {error!r}"))


def begin_all(tasks: dict[str, Task]) -> dict[str, Child]:
    """Gives the contenders that can take part; says which cannot, for lack of a package."""
    children = {}
    for name, task in tasks.items():
        child = Child(task)
        try:
            child.ask("begin")
        except ImportError as error:
            print(f"    {name} is left out: {error}")
            child.end()
        else:
            children[name] = child
    return children


def race_children(children: dict[str, Child], turns: int, seconds: float, patience: float) -> Times:
    """Gives the times of each, after turns of so many seconds, each begun when the machine is idle (see `await_quiet`)."""
    times: Times = {name: [] for name in children}
    for _ in range(turns):
        for name, child in children.items():
            await_quiet(patience)
            times[name] += child.ask("turn", seconds)
    return times


def await_quiet(patience: float) -> None:
    """Waits until the processors have been idle for a moment, but no longer than so many seconds."""
    end = perf_counter() + patience
    while perf_counter() < end:
        before = processor_ticks()
        sleep(0.05)
        idle, all_ticks = (after - was for after, was in zip(processor_ticks(), before, strict=True))
        if idle >= 0.9 * all_ticks:
            return


def processor_ticks() -> tuple[int, int]:
    """Gives how long all processors have been idle, and in all, in the units of the system."""
    try:
        ticks = [int(field) for field in Path("/proc/stat").read_text().split(None, 9)[1:9]]
    except OSError:
        return 0, 0
    return ticks[3] + ticks[4], sum(ticks)
