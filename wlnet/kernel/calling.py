"""Running built-ins: counts of arguments, options, and errors of Python's made into messages."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from wlnet.errors import AlreadyTold, NetError, WlnetError
from wlnet.kernel.declare import Builtin
from wlnet.kernel.messages import Message, wrong_count
from wlnet.kernel.speaking import Speaking
from wlnet.terms import FAILED, Expression, S, Symbol, Term

#: Atoms that built-ins may take for something else, such as lists: type → function(kernel, declaration, arguments) that
#: gives what the built-in makes of them, or None where it shall see them as they are.
STAND_INS: dict[type, Callable[..., Term | None]] = {}


class Calling(Speaking):
    """A session that can run what is written in Python."""

    def call(self, declared: Builtin, term: Expression, args: tuple[Term, ...]) -> Term | None:
        """Runs a built-in on arguments: checks their number, splits off options, turns errors into messages."""
        options = None
        given = args
        if declared.options is not None and declared.splits_options:
            split = self._split_options(declared, term, args)
            if split is None:
                return None
            args, options = split
        size = len(args)
        if size < declared.minimum or (declared.maximum is not None and size > declared.maximum):
            if declared.curried is None or size != declared.minimum - 1:
                self.message(declared.name, *wrong_count(declared.name, size, declared.minimum, declared.maximum))
            return None
        try:
            if STAND_INS and not STAND_INS.keys().isdisjoint(map(type, given)):
                kind = next(type(arg) for arg in given if type(arg) in STAND_INS)
                result = STAND_INS[kind](self, declared, given)
                if result is not None:
                    return result
            if options is not None:
                return declared.function(self, *args, options=options)
            return declared.function(self, *args)
        except Exception as error:
            return self._told(error, declared.name)

    def guard(self, function: Callable[..., Term | None], name: str, /, *args: Any) -> Term | None:
        """Runs Python code for the language: whatever it raises becomes a message."""
        try:
            return function(*args)
        except Exception as error:
            return self._told(error, name)

    def _told(self, error: Exception, name: str) -> Term | None:
        """Says what Python code raised in a message, and gives what it stands for."""
        if isinstance(error, Message):
            self.message(error.symbol or name, error.tag, *error.arguments, text=error.text)
            return error.result
        if isinstance(error, AlreadyTold):
            return FAILED
        if isinstance(error, NetError):
            self.message(error.kind or name, error.tag, *error.terms, text=error.message)
        elif isinstance(error, WlnetError):
            self.message(name, "error", text=str(error))
        elif isinstance(error, RecursionError) or os.environ.get("WLNET_DEBUG"):
            raise error
        else:
            self.message(name, "internal", f"{type(error).__name__}: {error}")
        return FAILED

    def _split_options(
        self, declared: Builtin, term: Expression, args: tuple[Term, ...]
    ) -> tuple[tuple[Term, ...], dict[str, Term]] | None:
        """Parts trailing rules from the arguments and fills in the defaults; None after a message."""
        end = len(args)
        known = self.definitions[declared.symbol].options or {}
        while end > declared.minimum and is_option(args[end - 1]):
            if declared.takes_rules and not names_options(args[end - 1], known):
                break
            end -= 1
        options = dict(known)
        for given in reversed(args[end:]):
            for left, right in option_rules(given):
                name = left.name if type(left) is Symbol else left
                if name not in known:
                    shown = ", ".join(sorted(known))
                    self.message(declared.name, "optx", left, Expression(declared.symbol, args[end:]), shown)
                    return None
                options[name] = right
        return args[:end], options


def is_option(term: Term) -> bool:
    """Tells whether a term is a rule or a list of rules, that is, options."""
    if type(term) is not Expression:
        return False
    if term.head is S.Rule or term.head is S.RuleDelayed:
        return len(term.args) == 2 and type(term.args[0]) in (Symbol, str)
    return term.head is S.List and all(is_option(item) for item in term.args)


def names_options(term: Term, known: dict[str, Term]) -> bool:
    """Tells whether options are among the known ones, and more than an empty list."""
    names = [left.name if type(left) is Symbol else left for left, _ in option_rules(term)]
    return bool(names) and all(name in known for name in names)


def option_rules(term: Term) -> list[tuple[Term, Term]]:
    """Gives the (name, value) pairs of a rule or of nested lists of rules."""
    if term.head is S.List:
        return [pair for item in term.args for pair in option_rules(item)]
    return [(term.args[0], term.args[1])]
