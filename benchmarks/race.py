"""Contenders that take turns, and the table of their times.

A contender is a function that does its work once and gives the seconds it took. On a machine that does other things
too, single times mean little: the contenders alternate, so that all meet the same disturbances, and what counts is the
ratio of the minima. A median far above its minimum, or two ratios far apart, say that the machine was busy.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

Contender = Callable[[], float]
Times = dict[str, list[float]]

#: Seconds → the unit they are shown in, largest first.
UNITS = {1.0: "s", 1e-3: "ms", 1e-6: "µs"}


def timed(work: Callable[[], Any]) -> Contender:
    """Gives the contender that does this work."""

    def contender() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return contender


def race(contenders: dict[str, Contender], turns: int = 7) -> Times:
    """Gives the times of each contender; one turn before the first does not count."""
    times: Times = {name: [] for name in contenders}
    for turn in range(turns + 1):
        for name, contender in contenders.items():
            seconds = contender()
            if turn:
                times[name].append(seconds)
    return times


def show(title: str, times: Times, subject: str = "wlnet") -> None:
    """Prints the minimum and median of each contender, and how many times as long as the subject it takes by both."""
    low, middle = ({name: f(found) for name, found in times.items()} for f in (min, median))
    print(title)
    for name in times:
        figures = span(low[name], middle[name])
        ratios = f"{low[name] / low[subject]:.3g} / {middle[name] / middle[subject]:.3g} times {subject}"
        print(f"    {name:40} {figures}    {ratios if name != subject else ''}".rstrip())


def span(low: float, middle: float) -> str:
    """Gives a minimum and a median, in seconds, as a text with the unit of the first."""
    unit, sign = next((pair for pair in UNITS.items() if pair[0] <= low), (1e-6, "µs"))
    return f"{low / unit:8.3g} / {middle / unit:8.3g} {sign:2}"


def machine(*packages: str) -> str:
    """Gives a line about where and with what a table was made."""
    found = [f"{name} {installed(name)}" for name in ("wlnet", "numpy", *packages)]
    return ", ".join([processor(), f"{os.cpu_count()} cores", f"Python {platform.python_version()}", *found])


def installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def processor() -> str:
    """Gives the processor's name as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
