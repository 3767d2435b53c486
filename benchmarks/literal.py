"""Reading text: long list literals of numbers, and whole files of ordinary code.

    python benchmarks/literal.py [--numbers 100000] [--turns 5]

A list literal of numbers is recognized in the lexer and becomes one packed array; the general path reads the same text
token by token, as it does any list. The goal is twenty times faster. `json.loads` of the same numbers, made into an
array, is the yardstick from outside. Code is every input of the examples of the language's own symbols.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from race import machine, race, show, timed

from wlnet import builtins
from wlnet.kernel import BUILTINS
from wlnet.syntax import lexing, parse, parse_program
from wlnet.terms import Term

#: Bytes of code, at least.
CODE_SIZE = 200_000


@contextmanager
def token_by_token() -> Iterator[None]:
    """Switches the fast path off."""
    fast = lexing.read_list
    lexing.read_list = lambda text, position: None
    try:
        yield
    finally:
        lexing.read_list = fast


def parse_slowly(text: str) -> Term:
    with token_by_token():
        return parse(text)


def literals(count: int) -> dict[str, str]:
    """Gives literals of so many numbers, by what they are."""
    generator = np.random.default_rng(1)
    integers = generator.integers(-1000, 1000, count).tolist()
    reals = np.round(generator.normal(size=count), 6).tolist()
    plain = [format(real, ".6f") for real in reals]
    rows = ["{" + ", ".join(plain[start : start + 100]) + "}" for start in range(0, count, 100)]
    return {
        "integers": "{" + ", ".join(map(str, integers)) + "}",
        "reals": "{" + ", ".join(plain) + "}",
        "rows of 100 reals": "{" + ",\n".join(rows) + "}",
    }


def compare_literals(count: int, turns: int) -> None:
    for kind, text in literals(count).items():
        fast, slow = parse(text), np.array(to_lists(parse_slowly(text)))
        verdict = "a packed array" if type(fast) is np.ndarray else "NOT PACKED"
        if not np.array_equal(fast, slow):
            verdict += ", VALUES DIFFER"
        as_json = text.replace("{", "[").replace("}", "]")
        contenders = {
            "wlnet": timed(lambda text=text: parse(text)),
            "wlnet, general path": timed(lambda text=text: parse_slowly(text)),
            "json.loads and numpy.array": timed(lambda text=as_json: np.array(json.loads(text))),
        }
        show(f"{count} {kind}, {len(text) / 1e6:.2f} MB: {verdict}", race(contenders, turns))


def to_lists(term: Term) -> Term:
    """Gives nested lists of Python for nested lists of the language."""
    return [to_lists(item) for item in term.args] if hasattr(term, "args") else term


def code() -> str:
    """Gives ordinary code: the examples of all symbols, a line or more each."""
    builtins.load()
    inputs = [example.input for declared in BUILTINS.values() for example in declared.help.all_examples()]
    text = "\n".join(f"{line};" for line in inputs) + "\n"
    return text * (CODE_SIZE // len(text) + 1)


def compare_code(turns: int) -> None:
    text = code()
    count = sum(1 for _ in parse_program(text))
    times = race({"wlnet": timed(lambda: sum(1 for _ in parse_program(text)))}, turns)
    show(f"{len(text) / 1e6:.2f} MB of code, {count} statements", times)
    print(f"    {len(text) / 1e6 / min(times['wlnet']):.2f} MB/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=5)
    chosen = parser.parse_args()
    print(machine())
    compare_literals(chosen.numbers, chosen.turns)
    compare_code(chosen.turns)


if __name__ == "__main__":
    main()
