"""The grammar made ready: the tables of the bracket parser and the expression of all tokens.

Lark makes them of the grammar. That takes as long as importing NumPy, so they are kept in the user's own cache folder
(as JSON, which cannot run anything), and Lark is imported only where they are not found there.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

from wlnet import __version__
from wlnet.syntax.grammar import grammar_text
from wlnet.syntax.letters import letters
from wlnet.syntax.operators import operator_table

START = "start"
#: What becomes of a part of a rule: a bracket goes, a token or another rule's value stays, a list joins the others.
DROPPED, KEPT, JOINED = range(3)


class Tables(NamedTuple):
    """The grammar made ready.

    token: the expression of all tokens, a group for each. brackets: text → name of its token.
    states: for each state, token or rule → the state that follows, or ~n where rule n ends.
    rules: for each rule, its name and what becomes of its parts.
    """

    token: str
    brackets: dict[str, str]
    first: int
    states: list[dict[str, int]]
    rules: list[tuple[str, list[int]]]


def tables() -> Tables:
    """Gives the tables of the grammar: those kept, or new ones, which are then kept."""
    text = grammar_text("wolfram.lark") + "\nOPERATOR.2: /" + operator_table().regexp().replace("/", r"\/") + "/\n"
    text = text.replace("⟨letters⟩", letters())
    folder = cache_folder()
    file = None if folder is None else folder / f"grammar-{__version__}.json"
    found = None if file is None else kept(file, text)
    if found is None:
        found = made(text)
        if file is not None:
            keep(file, text, found)
    return found


def made(text: str) -> Tables:
    """Makes the tables of a grammar, in which no rule has `?`, `!` or an alias."""
    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        """Tokens are fed to the parser; Lark need not build a lexer of its own."""

        def __init__(self, lexer_conf: Any) -> None:
            pass

        def lex(self, *args: Any) -> Any:
            return iter(())

    lark = Lark(text, parser="lalr", lexer=NoLexer, start=[START, "token"])
    data, memo = lark.memo_serialize([Rule])
    table = data["parser"]["parser"]
    names, numbers = table["tokens"], {key: number for number, key in enumerate(memo)}

    def action(entry: tuple[int, Any]) -> int:
        return ~numbers[entry[1]["@"]] if entry[0] else entry[1]

    brackets, tokens = {}, []
    for terminal in sorted(lark.terminals, key=lambda terminal: -terminal.priority):
        if terminal.pattern.type == "str":
            brackets[terminal.pattern.value] = terminal.name
        else:
            tokens.append(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})")
    states = [table["states"][number] for number in range(len(table["states"]))]
    return Tables(
        "|".join(tokens),
        brackets,
        table["start_states"][START],
        [{names[key]: action(entry) for key, entry in state.items()} for state in states],
        [(rule["origin"]["name"], [role(part) for part in rule["expansion"]]) for rule in memo.values()],
    )


def role(part: dict[str, Any]) -> int:
    """Tells what becomes of a part of a rule, as Lark describes it."""
    if part["__type__"] == "NonTerminal":
        return JOINED if part["name"].startswith("_") else KEPT
    return DROPPED if part["filter_out"] else KEPT


# Keeping them


def cache_folder() -> Path | None:
    """Gives the user's cache folder for wlnet, made if need be; None where no folder is the user's alone to write to."""
    home = os.path.expanduser("~")
    usual = {"win32": os.environ.get("LOCALAPPDATA"), "darwin": os.path.join(home, "Library", "Caches")}
    base = usual.get(sys.platform) or os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    folder = Path(base, "wlnet")
    if not folder.is_absolute():
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.stat()
    except OSError:
        return None
    mine = os.name != "posix" or (facts.st_uid == os.getuid() and not facts.st_mode & 0o022)
    return folder if mine else None


def kept(file: Path, text: str) -> Tables | None:
    """Gives the tables kept in a file, or None where there are none of this very grammar."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        read = Tables(**found["tables"])
        return read._replace(rules=[(name, roles) for name, roles in read.rules]) if found["grammar"] == text else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(file: Path, text: str, found: Tables) -> None:
    """Keeps the tables, the whole file at once; where that is not possible, they are made again next time."""
    unfinished = file.with_suffix(f".{os.getpid()}")
    try:
        unfinished.write_text(json.dumps({"grammar": text, "tables": found._asdict()}), encoding="utf-8")
        unfinished.replace(file)
    except OSError:
        return
