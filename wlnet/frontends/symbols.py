"""What programs use of the language that is not here: the names of its documented symbols, less what is declared."""

from __future__ import annotations

import re
from functools import cache

from wlnet import builtins
from wlnet.kernel import BUILTINS, Kernel
from wlnet.syntax import default_resolve, parse_program
from wlnet.syntax.names import language_names
from wlnet.terms import Expression, S, Symbol, Term, symbol

#: Heads of expressions that define their first element (of the tagged ones, the second).
DEFINING = {
    S.Set: 0, S.SetDelayed: 0, S.UpSet: 0, S.UpSetDelayed: 0, S.TagSet: 1, S.TagSetDelayed: 1,
}  # fmt: skip


def is_absent(name: str) -> bool:
    """Tells whether a name without a context is the language's, and nothing here declares it, as a symbol or an option."""
    return name in language_names() and symbol("System`" + name) not in BUILTINS and name not in option_names()


@cache
def option_names() -> frozenset[str]:
    """Gives the names of all options of the built-ins that are loaded."""
    return frozenset(name for found in BUILTINS.values() for name in found.options or ())


def absent_names(text: str, source: str) -> list[tuple[int, int, str]]:
    """Gives the absent names that a program uses and does not define, each with its first line and column.

    Raises ParseError.
    """
    builtins.load()
    builtins.load_rest()
    found: dict[str, int] = {}
    read: set[str] = set()
    defined: set[str] = set()

    def resolve(name: str) -> Symbol:
        read.add(name)
        return default_resolve(name)

    for statement in parse_program(text, resolve, source):
        defined |= names_defined(statement.term)
        for name in read - found.keys():
            pattern = re.compile(rf"(?<![\w$`]){re.escape(name)}(?![\w$`])")
            place = pattern.search(text, statement.start)
            found[name] = statement.start if place is None else place.start()
        read.clear()
    absent = [(offset, name) for name, offset in found.items() if name not in defined and is_absent(name)]
    return [
        (text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset), name) for offset, name in sorted(absent)
    ]


def names_defined(term: Term) -> set[str]:
    """Gives the names that assignments anywhere in a term define."""
    names: set[str] = set()
    waiting = [term]
    while waiting:
        item = waiting.pop()
        if type(item) is Expression:
            place = DEFINING.get(item.head) if type(item.head) is Symbol else None
            if place is not None and len(item.args) > place:
                names |= head_name(item.args[place])
            waiting += (item.head, *item.args)
    return names


def head_name(term: Term) -> set[str]:
    """Gives the name of the symbol that a definition of a term is for."""
    while type(term) is Expression:
        term = term.args[0] if term.head in (S.Condition, S.HoldPattern, S.PatternTest) and term.args else term.head
    return {term.name} if type(term) is Symbol else set()


def left_unevaluated(kernel: Kernel) -> list[str]:
    """Gives the absent names that a session has read and that nothing in it has given a value or rules."""
    read = [
        name.name
        for name, definition in kernel.definitions.items()
        if definition.builtin is None and name not in kernel.own and not (name.name[0].islower() or "$" in name.name)
        if definition.down is None and definition.up is None and definition.sub is None
    ]
    # The list of names is read only where some name may be on it.
    return sorted({name for name in read if is_absent(name)}) if read else []
