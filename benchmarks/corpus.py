"""How many programs of a folder are read, what keeps the others from it, and how fast (by the processor's time).

    python benchmarks/corpus.py FOLDER ... [--failures]

Counts every .wl, .wls, .wlt, .mt, .m and .nb file below the folders, and sorts the failures by what their errors say;
--failures shows each with its place. Files ending in .m that are of another language (MATLAB, Objective-C, Mercury) are
left out by what they begin with; whether another failure is a program's own fault, only a look at it can tell.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from wlnet.errors import ParseError
from wlnet.syntax import check

ENDINGS = {".wl", ".wls", ".wlt", ".mt", ".m", ".nb"}
FOREIGN = re.compile(r"\s*(?:%|function\b|classdef\b|#import\b|#include\b|//|/\*|@interface\b|:- module\b)")


def programs(folder: Path) -> Iterator[tuple[Path, str]]:
    """Gives the programs below a folder with their texts."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in ENDINGS and file.is_file():
            text = decoded(file.read_bytes())
            if file.suffix != ".m" or FOREIGN.match(text) is None:
                yield file, text


def decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def kind(error: ParseError) -> str:
    """Gives what an error says without what it says it of."""
    return re.sub(r"`[^`]+`|line \d+|column \d+", "…", error.message)


def measure(folder: Path) -> tuple[int, dict[str, list[ParseError]]]:
    """Prints the line of a folder; gives the number of its files and the failures by kind."""
    failures: dict[str, list[ParseError]] = defaultdict(list)
    files = size = 0
    seconds = 0.0
    for file, text in programs(folder):
        begun = time.process_time()
        errors = check(text, str(file))
        seconds += time.process_time() - begun
        files += 1
        size += len(text)
        for error in errors:
            failures[kind(error)].append(error)
    failed = sum(map(len, failures.values()))
    speed = size / 1e6 / seconds if seconds else 0.0
    print(f"{folder}: {files - failed} of {files} files, {size / 1e6:.2f} MB, {speed:.2f} MB/s")
    return files, failures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", metavar="FOLDER", nargs="+", type=Path)
    parser.add_argument("--failures", action="store_true", help="show each failure with its place")
    chosen = parser.parse_args()
    check("")
    files = 0
    all_failures: dict[str, list[ParseError]] = defaultdict(list)
    for folder in chosen.folders:
        count, failures = measure(folder)
        files += count
        for message, errors in failures.items():
            all_failures[message] += errors
    failed = sum(map(len, all_failures.values()))
    if files:
        print(f"\n{files - failed} of {files} files: {100 * (files - failed) / files:.2f} %")
    for message, errors in sorted(all_failures.items(), key=lambda item: -len(item[1])):
        print(f"{len(errors):5}  {message}")
        for error in errors if chosen.failures else ():
            print(f"{error}\n{error.excerpt()}")


if __name__ == "__main__":
    main()
