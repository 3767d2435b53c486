"""Built-ins written in the language itself: `.wl` files beside the modules of their subject.

The file begins with a comment that names the category; then come blocks, each a comment and the code below it:

    (* Category: Lists *)

    (* Squares[n] gives the first n square numbers.

       Examples:
           >> Squares[3]
           = {1, 4, 9}
    *)
    Squares[n_Integer] := Range[n]^2

The comment is a docstring as in wlnet/declarations.py. The code may hold definitions of the name and of names of its
own, `name /: …`, `Options[name] = …`, `SetAttributes[name, …]` and messages. At the start files are cut into blocks, no more;
a block is parsed when a session first meets its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wlnet.kernel.declare import BUILTINS, INITIAL_VALUES, Builtin
from wlnet.patterns import substitute, unwrap
from wlnet.syntax import parse_program
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list, symbol
from wlnet.terms import attributes as flags

CATEGORY = re.compile(r"\(\* Category: (.*?)(?:\n.*?)?\s*\*\)", re.DOTALL)
BLOCK = re.compile(r"^\(\* ((\$?[A-Z]\w*)\[.*?)\*\)$\s*(.*?)(?=^\(\* \$?[A-Z]\w*\[|\Z)", re.DOTALL | re.MULTILINE)
#: Names in small letters belong to these files alone.
PRIVATE = "System`Private`"
ASSIGNMENTS = {S.Set: False, S.SetDelayed: True}
#: Head of a pattern for an argument → how many arguments it stands for, at least and at most.
COUNTS: dict[Symbol, tuple[int, int | None]] = {
    S.BlankSequence: (1, None), S.BlankNullSequence: (0, None), S.Repeated: (1, None), S.RepeatedNull: (0, None),
    S.OptionsPattern: (0, None), S.Optional: (0, 1), S.PatternSequence: (0, None),
    S.OrderlessPatternSequence: (0, None),
}  # fmt: skip


@dataclass(slots=True)
class Written(Builtin):
    """A built-in written in the language; `read` gives the definitions in its code, which a session installs.

    rules: (owner, "down", "sub" or "up", left side, right side, whether delayed) of each definition.
    """

    code: str = ""
    place: str = ""
    rules: list[tuple[Symbol, str, Term, Term, bool]] | None = None

    def read(self) -> list[tuple[Symbol, str, Term, Term, bool]]:
        """Gives the definitions; at the first time reads the code and fills in attributes, options and messages."""
        if self.rules is None:
            rules: list[tuple[Symbol, str, Term, Term, bool]] = []
            self.rules = rules
            for statement in parse_program(self.code, resolve, self.place):
                self._read_statement(statement.term, rules)
            self.minimum, self.maximum = counts([
                call for _, kind, left, *_ in rules if kind != "up" for call in calls_of(self.symbol, left)
            ])  # fmt: skip
        return self.rules

    def _read_statement(self, term: Term, rules: list[tuple[Symbol, str, Term, Term, bool]]) -> None:
        if is_head(term, S.SetAttributes, 2):
            for name in items(term.args[1]):
                self.attributes |= flags.FLAGS[name.name]
        elif is_head(term, S.Set, 2) and is_head(term.args[0], S.Options, 1):
            self.options = {rule.args[0]: rule.args[1] for rule in items(term.args[1])}
            self.splits_options = False
        elif is_head(term, S.Set, 2) and is_head(term.args[0], S.MessageName):
            self.messages[term.args[0].args[1]] = term.args[1]
        elif is_head(term, S.TagSetDelayed, 3):
            owner, left, right = term.args
            rules.append((owner, "up", substitute(left, INITIAL_VALUES), right, True))
        else:
            left, right = term.args
            call = call_of(left)
            kind = "down" if call is unwrap(left) else "sub"
            rules.append((call.head, kind, substitute(left, INITIAL_VALUES), right, ASSIGNMENTS[term.head]))


def resolve(name: str) -> Symbol:
    """Gives the symbol of a name: one of these files' own where it begins with a small letter."""
    return symbol((PRIVATE if name[0].islower() else "System`") + name)


def call_of(left: Term) -> Expression:
    """Gives the innermost call on a left side: f[x] of f[x][y]."""
    core = unwrap(left)
    while type(core.head) is Expression:
        core = core.head
    return core


def calls_of(name: Symbol, left: Term) -> Iterator[Expression]:
    """Yields the calls of a symbol on a left side: the innermost one, or those among its arguments."""
    call = call_of(left)
    for term in (call, *call.args):
        term = unwrap(term)
        if type(term) is Expression and term.head is name:
            yield term


def items(term: Term) -> tuple[Term, ...]:
    return elements(term) if is_list(term) else (term,)


def counts(calls: list[Expression]) -> tuple[int, int | None]:
    """Gives the least and the greatest number of arguments that these patterns of calls match (None: any)."""
    ranges = [[count_of(arg) for arg in call.args] for call in calls]
    most = [None if any(high is None for _, high in each) else sum(high or 0 for _, high in each) for each in ranges]
    least = min((sum(low for low, _ in each) for each in ranges), default=0)
    return least, None if None in most else max((high for high in most if high is not None), default=None)


def count_of(pattern: Term) -> tuple[int, int | None]:
    """Gives how many arguments a pattern stands for, at least and at most."""
    while is_head(pattern, S.Pattern, 2) or is_head(pattern, S.Condition, 2) or is_head(pattern, S.PatternTest, 2):
        pattern = pattern.args[1 if pattern.head is S.Pattern else 0]
    head = pattern.head if type(pattern) is Expression else None
    return COUNTS.get(head, (1, 1)) if type(head) is Symbol else (1, 1)


def add_written(file: Path) -> None:
    """Declares the built-ins in a file; raises ValueError where it holds anything else."""
    text = file.read_text(encoding="utf-8")
    category = CATEGORY.match(text)
    if category is None:
        raise ValueError(f"{file}: the first line must be (* Category: … *)")
    for found in BLOCK.finditer(text):
        docstring, name, code = found.groups()
        if symbol("System`" + name) in BUILTINS:
            raise ValueError(f"{name} is declared twice: {BUILTINS[symbol('System`' + name)].module} and {file}")
        function = documented(docstring, file)
        BUILTINS[symbol("System`" + name)] = Written(
            name, category[1], function, attributes=flags.PROTECTED, code=code, place=file.name
        )


def documented(docstring: str, file: Path) -> Callable[..., None]:
    """Gives the function of a built-in whose rules have all been tried: it stays as it is."""

    def stays(*args: Any, **options: Any) -> None:
        pass

    stays.__doc__, stays.__module__ = docstring, f"{file.parent.name}/{file.name}"
    return stays
