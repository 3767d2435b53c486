"""Small programs of the language, without nets: wlnet, Mathics3, Woxi and Mathilda in one race.

    python benchmarks/language.py [--mathics /path/to/mathics] [--woxi /path/to/woxi] [--mathilda /path/to/mathilda]
                                  [--turns 3] [--programs TITLE ...]

What is timed is reading and evaluating one input, without the start of the process, which has a row of its own: wlnet and
Mathics each run in one process and are timed there; Woxi and Mathilda run a file in a process for each turn, and time the
input themselves, by AbsoluteTiming (reading it is not in their times). The time to read a file of code or of data is that of
a process that does nothing else, less that of one with nothing to read; benchmarks/corpus.py reads folders of real files.
Mathics runs programs of many steps with fewer of them, and its time is multiplied by the quotient (it is proportional to the
steps, near enough); the table names both numbers. Values that are not those of wlnet are shown.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from time import perf_counter

from race import Contender, machine, race, show, timed

from wlnet import Session
from wlnet.frontends.command import COLLECT_AFTER
from wlnet.syntax import write

#: Seconds that one input may take before its process is ended.
LIMIT = 30
TIMING = re.compile(r"\{([0-9.e+*^-]+), (.*)\}")
FIB = "fib[0] = 0; fib[1] = 1; fib[n_] := fib[n - 1] + fib[n - 2];"
COLLATZ = "collatz[n_] := If[n == 1, 0, 1 + If[EvenQ[n], collatz[Quotient[n, 2]], collatz[3 n + 1]]];"
SIEVE = """
sieve[n_] := Module[{p = Table[1, {n}], i, j}, p[[1]] = 0;
  Do[If[p[[i]] == 1, Do[p[[j]] = 0, {j, i^2, n, i}]], {i, 2, Floor[Sqrt[n]]}]; Total[p]];
"""
MLP = """
x = Table[Sin[1. i j], {i, 32}, {j, 16}]; y = Table[Cos[1. i j], {i, 32}, {j, 4}];
w1 = Table[Sin[2. i + j], {i, 16}, {j, 32}]; w2 = Table[Cos[2. i + j], {i, 32}, {j, 4}];
"""
TRAINING = """
Do[h = Tanh[x . w1]; d = h . w2 - y; g = Transpose[x] . ((d . Transpose[w2]) (1 - h^2));
  w2 = w2 - 0.001 Transpose[h] . d; w1 = w1 - 0.001 g, {$n}]; Round[Total[Flatten[w1]]]
"""
TEXTS = 'texts = Table["w" <> ToString[Mod[7919 i, 10007]], {i, 50000}];'
REPLACING = """
StringLength[StringReplace[StringJoin[Table["a1", {$n}]], d : DigitCharacter :> "<" <> d <> ">"]]
"""
KMEANS = """
p = Table[{Mod[1. i i, 101.], Mod[3. i, 97.]}, {i, $n}]; c = p[[1 ;; 5]];
Do[a = Map[First[Ordering[Map[Function[m, Total[(m - #)^2]], c], 1]] &, p]; c = Table[Mean[Pick[p, a, k]], {k, 5}], {3}];
Length[c]
"""
#: A text of n words of 5000 different ones, as a program finds it.
PROSE = 'prose = StringRiffle[Table["w" <> ToString[Mod[i^2, 10007]] <> If[Mod[i, 9] == 0, ",", ""], {i, 100000}]];'
WORDS = PROSE + "words = StringSplit[prose];"
TABLE = """
file = FileNameJoin[{$TemporaryDirectory, "wlnet-race.csv"}];
Export[file, Prepend[Table[{i, 1.5 i, "w" <> ToString[i]}, {i, 100000}], {"number", "half", "word"}]];
"""
RECORDS = 'rows = Table[<|"id" -> i, "age" -> Mod[7 i, 90], "name" -> "n" <> ToString[i]|>, {i, 10000}];'
JSON = (
    RECORDS + 'file = FileNameJoin[{$TemporaryDirectory, "wlnet-race.json"}];'
    'Export[file, Table[<|"id" -> i, "place" -> {i, 0.25 i, -i}, "word" -> "w" <> ToString[i]|>, {i, 80000}]];'
)
DERIVATIVE = """
d[c_, x_] := 0 /; FreeQ[c, x]; d[x_, x_] := 1; d[a_ + b_, x_] := d[a, x] + d[b, x];
d[a_ b_, x_] := d[a, x] b + a d[b, x]; d[a_^n_Integer, x_] := n a^(n - 1) d[a, x]; d[f_[a_], x_] := Derivative[1][f][a] d[a, x];
"""
MEMORY = "memo[0] = 0; memo[1] = 1; memo[n_] := memo[n] = Mod[memo[n - 1] + memo[n - 2], 10007];"
NEWTON = "Total[Table[FixedPoint[(# + k/#)/2. &, 1., 30], {k, $n}]] > 1"


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
    Program("Nest[# + 1 &, 0, n]", "Nest[# + 1 &, 0, $n]", 100_000, 500),
    Program("Map[#^2 + 1 &, Range[n]]", "Total[Map[#^2 + 1 &, Range[$n]]]", 100_000, 1000),
    Program("Select[Range[n], OddQ]", "Total[Select[Range[$n], OddQ]]", 100_000, 2000),
    Program("While, n steps", "i = 0; While[i < $n, i++]; i", 10_000, 500),
    Program("Fold with a pure function", "Fold[Mod[3 #1 + #2, 1009] &, 1, Range[$n]]", 10_000, 500),
    Program("a fold of n, rewritten by //.", "Fold[g, 0, Range[$n]] //. g[a_Integer, b_Integer] :> a + b", 300, 100),
    Program("n look-ups in n keys", "a = Association[Table[i -> i^2, {i, $n}]]; Total[Table[a[i], {i, $n}]]", 10_000, 500),
    Program("Collatz, a function that calls itself", "Total[Table[collatz[i], {i, $n}]]", 1000, 30, COLLATZ),
    Program("sieve, parts of a list set", "sieve[$n]", 20_000, 300, SIEVE),
    Program("100 x 100 Dot, n times", "Do[c = m . m, {$n}]; Round[Total[Flatten[c]]]", 10, 1, "m = Table[N[Mod[i j, 17]], {i, 100}, {j, 100}];"),
    Program("MLP of plain Dot, n steps", TRAINING.strip(), 10, 1, MLP),
    Program("StringJoin of n numbers", "StringLength[StringJoin[Table[ToString[i], {i, $n}]]]", 10_000, 200),
    Program("Sort of n texts", "Sort[Table[ToString[Mod[7919 i, 100003]], {i, $n}]][[7]] == \"1005\"", 20_000, 200),
    Program("AppendTo, n lists", "l = {}; Do[AppendTo[l, {i, \"a\"}], {i, $n}]; Length[l]", 10_000, 200),
    Program("Parts of a list of n symbols set", "l = Table[x, {$n}]; Do[l[[i]] = y[i], {i, $n}]; Length[l]", 10_000, 200),
    Program("ToUpperCase of n texts", "Length[ToUpperCase[texts]]", 50_000, 50_000, TEXTS),
    Program("GroupBy of n texts", "Length[GroupBy[texts, StringLength]]", 50_000, 50_000, TEXTS),
    Program("SortBy of n numbers", "SortBy[Range[$n], Mod[#, 13] &][[7]]", 50_000, 200),
    Program("Counts of n numbers", "Length[Counts[Mod[Range[$n]^2, 1009]]]", 100_000, 1000),
    Program("MapIndexed of n numbers", "Total[MapIndexed[#1 First[#2] &, Range[$n]]]", 50_000, 200),
    Program("StringSplit at spaces, n words", "Length[StringSplit[StringRiffle[texts, \" \"]]]", 50_000, 50_000, TEXTS),
    Program("StringReplace with a rule of a pattern", REPLACING, 20_000, 200),
    Program("RandomChoice, n times", "s = 0; Do[s += Abs[RandomChoice[{-1, 1}]], {$n}]; s", 20_000, 200),
    Program("Reap and Sow, n times", "Length[Reap[Do[Sow[i], {i, $n}]][[2, 1]]]", 50_000, 500),
    Program("k-means of n points", KMEANS, 200, 5),
    Program("Counting n values in an association", "c = <||>; Do[k = Mod[i^2, 101]; c[k] = Lookup[c, k, 0] + 1, {i, $n}]; Length[c]", 10_000, 200),
    Program("Counts of n words", "Length[Counts[words]]", 100_000, 1000, WORDS),
    Program("Words counted by GroupBy", "Length[GroupBy[words, Identity, Length]]", 100_000, 1000, WORDS),
    Program("Counts merged by Merge", "Length[Merge[Map[Counts, Partition[words, 1000]], Total]]", 100_000, 1000, WORDS),
    Program("Words counted one by one", "c = <||>; Do[c[w] = Lookup[c, w, 0] + 1, {w, words}]; Length[c]", 100_000, 1000, WORDS),
    Program(
        "Tokens of a text", "Length[StringSplit[ToLowerCase[prose], (WhitespaceCharacter | PunctuationCharacter) ..]]",
        100_000, 1000, PROSE,
    ),
    Program("Tokens by StringCases", "Length[StringCases[prose, WordCharacter ..]]", 100_000, 1000, PROSE),
    Program("Tokens replaced by places", "Total[Lookup[AssociationThread[Union[words], Range[Length[Union[words]]]], words]]", 100_000, 1000, WORDS),
    Program("Words replaced by 10^4 rules", "Total[words /. Thread[Union[words] -> Range[Length[Union[words]]]]]", 100_000, 100, WORDS),
    Program("A CSV file of 10^5 rows", "Length[Import[file]]", 100_000, 1000, TABLE),
    Program("A JSON file of 5 MB", 'Length[Import[file, "RawJSON"]]', 1, 1, JSON),
    Program("Rules for NetTrain, n vectors", "Length[Table[{Sin[1. i], Cos[1. i], 0.5} -> Mod[i, 10], {i, $n}]]", 20_000, 200),
    Program("A data set by MapThread and Rule", "Length[MapThread[Rule, {Range[$n], Reverse[Range[$n]]}]]", 50_000, 200),
    Program("Query of a Dataset of 10^4 rows", 'Length[Normal[Dataset[rows][Select[#age > 30 &], {"id", "age"}]]]', 1, 1, RECORDS),
    Program("Dataset grouped, totals of a column", 'Total[Normal[Dataset[rows][GroupBy["age"], Total, "id"]]]', 1, 1, RECORDS),
    Program("Select and Map of 10^4 records", "Total[Map[#id &, Select[rows, #age > 30 &]]]", 1, 1, RECORDS),
    Program("Differentiation by rules", "LeafCount[Nest[d[#, x] &, (x^2 + 1)^3 Sin[x] Exp[2 x], $n]]", 3, 1, DERIVATIVE),
    Program("Recursion that remembers", "memo[$n]", 150, 100, MEMORY),
    Program("Recursion that remembers, many calls", "Do[memo[i], {i, $n}]; memo[$n]", 5000, 500, MEMORY),
    Program("NestWhile, n steps", "NestWhile[# + 3 &, 0, # < 3 $n &]", 20_000, 500),
    Program("FixedPoint, n of them", NEWTON, 2000, 50),
    Program("a + b /. rule, n times", "Total[Table[a + i b /. {a -> i, b -> 2}, {i, $n}]]", 10_000, 200),
]  # fmt: skip

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

Run = Callable[[str, str], tuple[float, str] | None]
"""(what comes before, an input) → seconds and the value of the input, or None if it took too long."""


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

    def run(self, before: str, text: str) -> tuple[float, str] | None:
        return None if self.answer(before or "Null") is None else self.answer(text)

    def answer(self, text: str) -> tuple[float, str] | None:
        timer = Timer(LIMIT, self.process.kill)
        timer.start()
        self.process.stdin.write(json.dumps(" ".join(text.split())) + "\n")  # type: ignore[union-attr]
        self.process.stdin.flush()  # type: ignore[union-attr]
        line = self.process.stdout.readline()  # type: ignore[union-attr]
        timer.cancel()
        if line:
            seconds, value = json.loads(line)
            return seconds, value
        self.process = self.started()
        return None


def wlnet() -> Run:
    gc.set_threshold(COLLECT_AFTER)

    def run(before: str, text: str) -> tuple[float, str]:
        session = Session()
        session.evaluate_term(before or "Null")
        start = perf_counter()
        term = session.evaluate_term(text)
        return perf_counter() - start, write(term)

    return run


def outside(command: list[str], folder: Path) -> Run:
    """Gives what runs an input in a process of its own that times it itself."""
    file = folder / "program.wl"

    def run(before: str, text: str) -> tuple[float, str] | None:
        file.write_text(f"{before}\nPrint[AbsoluteTiming[{text}]];\n")
        options = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": LIMIT}
        try:
            shown = subprocess.run([*command, str(file)], check=False, **options).stdout
        except subprocess.TimeoutExpired:
            return None
        found = TIMING.search(shown)
        if found is None:
            return float("nan"), shown.strip() or "nothing"
        return float(found[1].replace("*^", "e")), found[2]

    return run


def contender(run: Run, before: str, text: str, factor: float = 1) -> Contender:
    def seconds() -> float:
        found = run(before, text)
        return float("inf") if found is None else found[0] * factor

    return seconds


def compare(program: Program, peers: dict[str, Run], turns: int) -> None:
    """Prints one race; who takes longer than the limit, or gives another value, is named before it."""
    contenders = {}
    title = program.title if program.steps == 1 else f"{program.title}, n = {program.steps}"
    values = {steps: peers["wlnet"](program.before, program.text(steps)) for steps in (program.steps, program.fewer)}
    for name, run in peers.items():
        steps = program.fewer if name == "Mathics" else program.steps
        found, wanted = run(program.before, program.text(steps)), values[steps]
        if found is None:
            print(f"{title}: {name} was stopped after {LIMIT} s")
            continue
        if wanted is not None and found[1] != wanted[1]:
            print(f"{title}: the value of {name} DIFFERS: {found[1][:60]} instead of {wanted[1][:60]}")
            continue
        factor = program.steps / steps
        label = name if factor == 1 else f"{name} ({steps} steps, times {factor:g})"
        contenders[label] = contender(run, program.before, program.text(steps), factor)
    show(title, race(contenders, turns))


def code_of_size(size: int) -> str:
    """Gives code of about so many characters that does nothing."""
    line = 'f[x_Integer, y_: 2] := Module[{a = x^2 + y, b = {1, 2.5, "text"}}, If[a > b[[1]], g[a] /. u -> v, -a // h]]'
    return "Hold[" + ",\n".join([line] * (size // len(line))) + "];\n"


def data_of_size(size: int) -> str:
    """Gives a table of so many characters as a program writes one: texts, numbers and rules."""
    row = '<|"name" -> "w{0}", "place" -> {{{0}, {0}.25, -{0}/7}}, "is large" -> True|>'
    rows = [row.format(number) for number in range(1, size // 70)]
    return "data = {" + ",\n".join(rows) + "};\n"


def whole_process(command: list[str]) -> Contender:
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return timed(lambda: subprocess.run(command, check=False, **options))


def processes(commands: dict[str, list[str]], folder: Path, turns: int) -> None:
    """Prints the races of whole processes: with one line to evaluate, and with files of code to read."""
    size = 200_000
    files = {
        "one line": "1 + 1\n",
        f"{size // 1000} kB of code, the start included": code_of_size(size),
        f"{size // 1000} kB of generated data, the start included": data_of_size(size),
    }
    for title, text in files.items():
        file = folder / "file.wl"
        file.write_text(text)
        contenders = {name: whole_process([*command, str(file)]) for name, command in commands.items()}
        show(f"a process with {title}", race(contenders, turns))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for peer in ("mathics", "woxi", "mathilda"):
        parser.add_argument(f"--{peer}", help=f"the command {peer}")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--programs", nargs="*", default=[""], help="parts of the titles of those that race")
    chosen = parser.parse_args()
    print(machine())
    with TemporaryDirectory() as name:
        folder = Path(name)
        peers, commands = {"wlnet": wlnet()}, {"wlnet": [sys.executable, "-m", "wlnet"]}
        if chosen.mathics:
            peers["Mathics"] = Mathics(chosen.mathics).run
            commands["Mathics"] = [chosen.mathics, "--quiet", "-f"]
        if chosen.woxi:
            commands["Woxi"] = [chosen.woxi, "run"]
            peers["Woxi"] = outside(commands["Woxi"], folder)
        if chosen.mathilda:
            commands["Mathilda"] = [chosen.mathilda]
            peers["Mathilda"] = outside(commands["Mathilda"], folder)
        if len(peers) < 4:
            print("Peers whose command is not given are left out")
        if "" in chosen.programs:
            processes(commands, folder, chosen.turns)
        for program in PROGRAMS:
            if any(part in program.title for part in chosen.programs):
                compare(program, peers, chosen.turns)


if __name__ == "__main__":
    main()
