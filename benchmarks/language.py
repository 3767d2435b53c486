"""Small programs of the language, without nets: wlnet against Mathics3, each timed inside its own process.

    python benchmarks/language.py [--mathics /path/to/mathics] [--turns 3]

What is timed is reading and evaluating one input, not the start of the process. Mathics runs programs of many steps with
fewer of them, and its time is multiplied by the quotient (it is proportional to the steps, near enough); the table names
both numbers. Before the race both run the smaller size and must give the same value. The goal is a tenth of the time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import perf_counter

from race import Contender, machine, race, show

from wlnet import Session
from wlnet.syntax import write

#: Seconds that one input may take in Mathics before its process is ended.
LIMIT = 120
FIB = "fib[0] = 0; fib[1] = 1; fib[n_] := fib[n - 1] + fib[n - 2];"


@dataclass(frozen=True)
class Program:
    """A program; `$n` in it stands for the number of steps. fewer: the steps in Mathics."""

    title: str
    code: str
    steps: int
    fewer: int
    before: str = ""

    def text(self, steps: int) -> str:
        return self.code.replace("$n", str(steps))


PROGRAMS = [
    Program("fib[18], two literal rules and one pattern", "fib[18]", 1, 1, FIB),
    Program("Do[s = s + i, {i, n}]", "s = 0; Do[s = s + i, {i, $n}]; s", 100_000, 1000),
    Program("Total[Table[i^2, {i, n}]]", "Total[Table[i^2, {i, $n}]]", 100_000, 1000),
    Program("Nest[#/2 + 1 &, 1., n]", "Round[1000 Nest[#/2 + 1 &, 1., $n]]", 10_000, 500),
    Program("Map[#^2 + 1 &, Range[n]]", "Total[Map[#^2 + 1 &, Range[$n]]]", 100_000, 1000),
    Program("Select[Range[n], OddQ]", "Total[Select[Range[$n], OddQ]]", 100_000, 2000),
    Program("While, n steps", "i = 0; While[i < $n, i++]; i", 10_000, 500),
    Program("Fold with a pure function", "Fold[Mod[3 #1 + #2, 1009] &, 1, Range[$n]]", 10_000, 500),
    Program("StringJoin of n numbers", "StringLength[StringJoin[Table[ToString[i], {i, $n}]]]", 10_000, 200),
    Program("a + b /. rule, n times", "Total[Table[a + i b /. {a -> i, b -> 2}, {i, $n}]]", 10_000, 200),
]

#: What runs in the environment of Mathics: an input a line in, the seconds and the value a line out.
WORKER = """
import json, sys, time
from mathics.core.load_builtin import import_and_load_builtins
import_and_load_builtins()
from mathics.session import MathicsSession
session = MathicsSession()
print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    value = session.evaluate(json.loads(line))
    print(json.dumps([time.perf_counter() - start, str(value)]), flush=True)
"""


class Mathics:
    """Mathics in a process of its environment; started again after an input that took too long."""

    def __init__(self, command: str) -> None:
        self.python = Path(command).with_name("python")
        self.process = self.started()

    def started(self) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            [self.python, "-c", WORKER], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )
        while process.stdout.readline().strip() != "ready":  # type: ignore[union-attr]
            if process.poll() is not None:
                raise SystemExit(f"{self.python} cannot start Mathics")
        return process

    def run(self, text: str) -> tuple[float, str] | None:
        """Gives the seconds and the value of an input, or None if it took too long."""
        timer = Timer(LIMIT, self.process.kill)
        timer.start()
        self.process.stdin.write(json.dumps(text) + "\n")  # type: ignore[union-attr]
        self.process.stdin.flush()  # type: ignore[union-attr]
        line = self.process.stdout.readline()  # type: ignore[union-attr]
        timer.cancel()
        if line:
            seconds, value = json.loads(line)
            return seconds, value
        self.process = self.started()
        return None


Run = Callable[[str], tuple[float, str] | None]


def wlnet() -> Run:
    session = Session()

    def run(text: str) -> tuple[float, str]:
        start = perf_counter()
        term = session.evaluate_term(text)
        return perf_counter() - start, write(term)

    return run


def contender(run: Run, text: str, factor: float = 1) -> Contender:
    def seconds() -> float:
        found = run(text)
        return float("inf") if found is None else found[0] * factor

    return seconds


def compare(program: Program, ours: Run, theirs: Run | None, turns: int) -> None:
    """Prints one race."""
    for run in filter(None, (ours, theirs)):
        run(program.before or "Null")
    contenders = {"wlnet": contender(ours, program.text(program.steps))}
    title = program.title if program.steps == 1 else f"{program.title}, n = {program.steps}"
    if theirs is not None:
        small = program.text(program.fewer)
        first, second = ours(small), theirs(small)
        if second is None:
            print(f"{title}: Mathics was stopped after {LIMIT} s")
        else:
            assert first is not None
            if first[1] != second[1]:
                print(f"{title}: the values DIFFER: {first[1]} and {second[1]}")
            factor = program.steps / program.fewer
            name = "Mathics" if factor == 1 else f"Mathics ({program.fewer} steps, times {factor:g})"
            contenders[name] = contender(theirs, small, factor)
    show(title, race(contenders, turns))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mathics", help="the command mathics of an environment with Mathics3")
    parser.add_argument("--turns", type=int, default=3)
    chosen = parser.parse_args()
    theirs = None
    if chosen.mathics:
        mathics = Mathics(chosen.mathics)
        theirs = mathics.run
    else:
        print("Mathics is left out: --mathics says where it is")
    ours = wlnet()
    print(machine())
    for program in PROGRAMS:
        compare(program, ours, theirs, chosen.turns)


if __name__ == "__main__":
    main()
