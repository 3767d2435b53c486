"""Standard evaluation: one loop, one dispatch on the type of the term.

A term that is finished carries the version of the definitions under which it was found so, or INERT where no definition
can ever change it (a list of numbers, say); it is then never looked at again. What a rule or built-in gives goes round
the same loop, so that a tail call costs no depth.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count, repeat
from typing import Any

import numpy as np

from wlnet.errors import NetError, WlnetError
from wlnet.kernel.control import ReturnValue
from wlnet.kernel.declare import BUILTINS, INITIAL_VALUES, OPERATOR_FORMS, PAIRS, Builtin
from wlnet.kernel.definitions import Definition, Definitions
from wlnet.kernel.messages import GENERAL_MESSAGES, Message, MessageEvent, fill, message_label
from wlnet.patterns import NO_MATCH, RuleTable, right_condition
from wlnet.terms import (
    FAILED,
    TRUE,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    is_number,
    sort_key,
    symbol,
    to_list,
)
from wlnet.terms import attributes as flags
from wlnet.terms.symbols import is_interned

INERT = -1
#: A list is packed at the end of its evaluation when it has at least this many machine numbers.
PACK_FROM = 16
#: How often one message is printed in one calculation.
MESSAGE_LIMIT = 3

_versions = count(1)

#: Type of a head that is an atom → function(kernel, head, args): what `head[args…]` gives, or None.
APPLIERS: dict[type, Callable[[Any, Any, tuple[Term, ...]], Term | None]] = {}

MACHINE_NUMBERS = frozenset({int, float})
STRUCTURAL = flags.FLAT | flags.ORDERLESS | flags.LISTABLE
HOLDING = flags.HOLD_ALL | flags.HOLD_ALL_COMPLETE


def applies(kind: type) -> Callable[[Callable[..., Term | None]], Callable[..., Term | None]]:
    """Declares what an atom of this type does as a head (a decorator on function(kernel, head, args))."""

    def declare(function: Callable[..., Term | None]) -> Callable[..., Term | None]:
        APPLIERS[kind] = function
        return function

    return declare


class Kernel:
    """The evaluator of one session: its definitions and its evaluation loop.

    `emit` receives every event (`Printed`, `MessageEvent`, …). `own` holds the values of symbols. `load_more` loads
    further declarations when a name that may be one of them is first read.
    """

    def __init__(self, emit: Callable[[Any], None] | None = None) -> None:
        self.emit = emit or (lambda event: None)
        self.definitions = Definitions()
        self.own: dict[Symbol, Term] = dict(INITIAL_VALUES)
        self.version = next(_versions)
        self.has_up_values = False
        self.depth = 0
        self.recursion_limit = 1024
        self.iteration_limit = 4096
        self.context = "Global`"
        self.context_path = ["Global`", "System`"]
        self.quiet = 0
        self.silenced: set[str] = set()
        self.issued: list[str] = []
        self.line = 1
        self.random_seed: int | None = None
        self._random: np.random.Generator | None = None
        self._unique = 0
        self.state: dict[str, Any] = {}
        self.load_more: Callable[[], None] | None = None

    # Names

    def resolve(self, name: str) -> Symbol:
        """Gives the symbol that a name stands for in the current context."""
        if "`" in name:
            return symbol(self.context + name[1:] if name[0] == "`" else name)
        for context in (self.context, *self.context_path):
            if is_interned(context + name):
                found = symbol(context + name)
                built_in = context == "System`" and (found in BUILTINS or self.load_more is None)
                if built_in or (context != "System`" and found in self.definitions):
                    return found
        if self.load_more is not None and not name[0].islower():
            self.load_rest()
            return self.resolve(name)
        made = symbol(self.context + name)
        self.definitions[made]  # a name, once read, belongs to its context
        return made

    def load_rest(self) -> None:
        """Loads the declarations that are left out at the start, and forgets what was known of their symbols before."""
        load, self.load_more = self.load_more, None
        if load is not None:
            load()
        for name, definition in list(self.definitions.items()):
            if definition.builtin is None and name in BUILTINS:
                definition.adopt(BUILTINS[name])

    def unique(self, name: str, context: str = "Global`") -> Symbol:
        """Gives a symbol that no program has used yet, such as name$7."""
        self._unique += 1
        return symbol(f"{context}{name}${self._unique}")

    # Random numbers

    @property
    def random(self) -> np.random.Generator:
        """The session's random generator; `SeedRandom` replaces it."""
        if self._random is None:
            self._random = np.random.default_rng(self.random_seed)
        return self._random

    def seed(self, value: int | None) -> None:
        """Restarts the session's random generator from a seed (None: from the system's entropy)."""
        self.random_seed = value
        self._random = np.random.default_rng(value)

    # Definitions

    def changed(self) -> None:
        """Says that some definition changed: nothing that was finished counts as finished."""
        self.version = next(_versions)

    def set_own(self, name: Symbol, value: Term) -> None:
        """Gives a symbol a value."""
        self.own[name] = value
        self.version = next(_versions)

    def attributes(self, head: Symbol) -> int:
        """Gives the attribute flags of a symbol."""
        return self.definitions[head].attributes

    def is_true(self, term: Term) -> bool:
        """Tells whether a term evaluates to True."""
        return self.evaluate(term) is TRUE

    def default(self, head: Symbol, position: int, count: int) -> Term | None:
        """Gives the value for an omitted argument `x_.` of `head`, or None where the head has none."""
        table = self.definitions[head].defaults
        if table is None:
            return DEFAULTS.get(head)
        for args in ((head, position, count), (head, position), (head,)):
            found = table.lookup(Expression(S.Default, args), self)
            if found is not NO_MATCH:
                return found
        return DEFAULTS.get(head)

    # Messages

    def message(self, name: str, tag: str, *arguments: Term, text: str | None = None) -> None:
        """Issues the message `name::tag`, its template filled with the arguments."""
        label = message_label(name, tag)
        if label in self.silenced or f"General::{tag}" in self.silenced:
            return
        self.issued.append(label)
        if self.quiet:
            return
        times = self.issued.count(label)
        if times > MESSAGE_LIMIT:
            if times == MESSAGE_LIMIT + 1:
                self.emit(MessageEvent("General::stop", fill(GENERAL_MESSAGES["stop"], (label,))))
            return
        self.emit(MessageEvent(label, fill(text if text is not None else self.template(name, tag), arguments)))

    def template(self, name: str, tag: str) -> str:
        """Gives the text of a message with its places still open."""
        for owner in (symbol(name), S.General):
            found = self.definitions[owner].messages.get(tag)
            if found is not None:
                return found
        found = GENERAL_MESSAGES.get(tag)
        places = ", ".join(f"`{i}`" for i in range(1, 4))
        return found if found is not None else f"-- Message text not found -- ({places})"

    # Evaluation

    def evaluate(self, term: Term) -> Term:
        """Gives the value of a term under the session's definitions."""
        kind = type(term)
        if kind is Expression:
            stamp = term.stamp
            if stamp == INERT or stamp == self.version:
                return term
        elif kind is not Symbol or term not in self.own:
            return term
        if self.depth >= self.recursion_limit:
            return self._overflow("$RecursionLimit", "reclim", self.recursion_limit, term)
        self.depth += 1
        own, definitions = self.own, self.definitions
        function = scope = None
        # One function although it is long: another call for each evaluation would cost a tenth of all time.
        try:
            for _ in repeat(None, self.iteration_limit):
                kind = type(term)
                if kind is not Expression:
                    if kind is Symbol and term in own:
                        term = own[term]
                        continue
                    return term
                version = self.version
                stamp = term.stamp
                if stamp == INERT or stamp == version:  # noqa: SIM109 (a tuple would be made each time)
                    return term
                head = term.head
                if type(head) is not Symbol or head in own:
                    head = self.evaluate(head)
                if type(head) is Symbol:
                    definition = definitions[head]
                    attributes = definition.attributes
                else:
                    definition = None
                    attributes = pure_attributes(head)
                if attributes & HOLDING:
                    args, inert = self._held_arguments(term.args, attributes), False
                else:
                    args, inert = self._arguments(term.args, attributes, head)
                if args is not term.args or head is not term.head:
                    term = Expression(head, args)
                result = self._transform(term, head, args, definition, attributes)
                if result is None:
                    return self._finished(term, inert, version)
                if definition is None or definition.down is not None:
                    function = head
                elif head in SCOPES:
                    scope = head
                if type(result) is not Expression and type(result) is not Symbol:
                    return result
                term = result
            return self._overflow("$IterationLimit", "itlim", self.iteration_limit, term)
        except ReturnValue as returned:
            if not leaves(returned, function, scope):
                raise
            return returned.value
        finally:
            self.depth -= 1

    def _finished(self, term: Expression, inert: bool, version: int) -> Term:
        """Marks a term that nothing applies to as finished; a list of enough numbers is packed."""
        head = term.head
        if inert and type(head) is Symbol and head in INERT_HEADS:
            term.stamp = INERT
            if (head is S.List and len(term.args) >= PACK_FROM) or is_matrix_of_packed(head, term.args):
                return to_list(term.args)
        else:
            term.stamp = version
        return term

    def _arguments(self, args: tuple[Term, ...], attributes: int, head: Term) -> tuple[tuple[Term, ...], bool]:
        """Gives the evaluated arguments (the very same tuple if nothing changed), and whether all are inert."""
        own = self.own
        version = self.version
        changed = spliced = False
        inert = True
        values = []
        for arg in args:
            value = arg
            kind = type(arg)
            if kind is Symbol and arg in own:
                value = own[arg]
                kind = type(value)
                changed = True
            if kind is Expression:
                stamp = value.stamp
                if stamp != INERT:
                    if stamp != version or version != self.version:
                        value = self.evaluate(value)
                    changed = changed or value is not arg
                    if type(value) is Expression:
                        inert = inert and value.stamp == INERT
                        spliced = spliced or value.head is SEQUENCE or value.head is SPLICE
            elif kind is Symbol and value is not arg:
                value = self.evaluate(value)
            if type(value) is Symbol:
                inert = inert and value.context == "System`" and value.name[0] != "$"
                spliced = spliced or value is NOTHING
            values.append(value)
        if spliced and not attributes & flags.SEQUENCE_HOLD:
            flat = splice(values, head)
            if flat is not None:
                return flat, inert
        return (tuple(values) if changed else args), inert

    def _held_arguments(self, args: tuple[Term, ...], attributes: int) -> tuple[Term, ...]:
        """Gives the arguments of a function that holds some of them."""
        if attributes & flags.HOLD_ALL_COMPLETE:
            return args
        values: list[Term] | None = None
        spliced = False
        held = attributes & flags.HOLD_FIRST
        for index, arg in enumerate(args):
            value = arg
            if type(arg) is Expression:
                if not held:
                    value = self.evaluate(arg)
                elif arg.head is EVALUATE:
                    value = self.evaluate(arg.args[0] if len(arg.args) == 1 else arg)
            elif not held:
                value = self.evaluate(arg)
            held = attributes & flags.HOLD_REST
            spliced = spliced or (type(value) is Expression and value.head is SEQUENCE)
            if value is not arg:
                values = list(args) if values is None else values
                values[index] = value
        if spliced and not attributes & flags.SEQUENCE_HOLD:
            return splice(list(args) if values is None else values, None) or ()
        return args if values is None else tuple(values)

    def _transform(
        self, term: Expression, head: Term, args: tuple[Term, ...], definition: Definition | None, attributes: int
    ) -> Term | None:
        """Gives what a term with evaluated arguments turns into, or None where nothing applies."""
        if definition is None:
            return self._apply_compound(term, head, args)
        if len(args) == 2 and type(args[0]) in MACHINE_NUMBERS and type(args[1]) in MACHINE_NUMBERS:
            shortcut = PAIRS.get(head)
            if shortcut is not None and definition.down is None:
                result = shortcut(*args)
                if result is not None:
                    return result
        if attributes & STRUCTURAL:
            result = self._restructure(term, head, args, definition, attributes)
            if result is not None:
                return result
        if self.has_up_values and not attributes & flags.HOLD_ALL_COMPLETE:
            result = self._apply_up_values(term, args)
            if result is not None:
                return result
        for arg in args:
            if type(arg) is Expression and arg.head is UNEVALUATED and not attributes & flags.HOLD_ALL_COMPLETE:
                args = tuple(arg.args[0] if is_head(arg, UNEVALUATED, 1) else arg for arg in args)
                term = Expression(head, args)
                break
        if definition.down is not None:
            result = self._applied(definition.down, term)
            if result is not NO_MATCH:
                return result
        declared = definition.builtin
        if declared is not None and not declared.symbol_only:
            return self.call(declared, term, args)
        return None

    def _applied(self, table: RuleTable, term: Expression) -> Term:
        """Gives what the first rule that applies makes of a term, or NO_MATCH."""
        result = table.lookup(term, self)
        if type(result) is not Expression or type(result.head) is not Symbol or result.head not in SCOPES:
            return result
        if right_condition(result) is None:
            return result
        for result in table.results(term, self):
            if right_condition(result) is None:
                return result
            value = self.evaluate(decided_inside(result))
            if value is not REJECTED:
                return value
        return NO_MATCH

    def _restructure(
        self, term: Expression, head: Symbol, args: tuple[Term, ...], definition: Definition, attributes: int
    ) -> Term | None:
        """Flattens, threads and sorts as the attributes say; None where the term is already in order."""
        if attributes & flags.FLAT and any(type(arg) is Expression and arg.head is head for arg in args):
            flat: list[Term] = []
            for arg in args:
                if type(arg) is Expression and arg.head is head:
                    flat.extend(arg.args)
                else:
                    flat.append(arg)
            return Expression(head, tuple(flat))
        if attributes & flags.LISTABLE:
            for arg in args:
                kind = type(arg)
                if kind is np.ndarray or (kind is Expression and arg.head is S.List):
                    return self._thread(term, head, args, definition)
                if kind in THREADED:
                    return THREADED[kind](self, head, args)
        if attributes & flags.ORDERLESS and len(args) > 1 and not all(map(is_number, args)):
            ordered = tuple(sorted(args, key=sort_key))
            if any(a is not b for a, b in zip(args, ordered, strict=True)):
                return Expression(head, ordered)
        return None

    def _thread(self, term: Expression, head: Symbol, args: tuple[Term, ...], definition: Definition) -> Term | None:
        """Threads a Listable head over its list arguments."""
        declared = definition.builtin
        if declared is not None and declared.packed and definition.down is None:
            arrays = tuple(as_packed(arg) for arg in args)
            if all(type(arg) is np.ndarray or is_number(arg) for arg in arrays):
                result = self.call(declared, term, arrays)
                if result is not None:
                    return result
        length = -1
        for arg in args:
            if is_list(arg):
                size = len(arg) if type(arg) is np.ndarray else len(arg.args)
                if length not in (-1, size):
                    self.message("Thread", "tdlen", term, text="Objects of unequal length in `1` cannot be combined.")
                    return None
                length = size
        columns = [elements(arg) if is_list(arg) else (arg,) * length for arg in args]
        return Expression(S.List, tuple(Expression(head, row) for row in zip(*columns, strict=True)))

    def _apply_up_values(self, term: Expression, args: tuple[Term, ...]) -> Term | None:
        for arg in args:
            owner = arg.head if type(arg) is Expression else arg
            while type(owner) is Expression:
                owner = owner.head
            if type(owner) is Symbol:
                table = self.definitions[owner].up
                if table is not None:
                    result = self._applied(table, term)
                    if result is not NO_MATCH:
                        return result
        return None

    def _apply_compound(self, term: Expression, head: Term, args: tuple[Term, ...]) -> Term | None:
        """Gives the value of `head[args…]` where the head is not a symbol."""
        if type(head) is not Expression:
            applier = APPLIERS.get(type(head))
            return None if applier is None else self.guard(applier, type(head).__name__, self, head, args)
        inner: Term = head.head
        if type(inner) is Symbol:
            form = OPERATOR_FORMS.get(inner)
            if form is not None:
                result = self.guard(form, inner.name, self, head, args)
                if result is not None:
                    return result
            declared = self.definitions[inner].builtin
            if declared is not None and declared.curried is not None and len(args) == 1:
                joined = args + head.args if declared.curried == "first" else head.args + args
                return Expression(inner, joined)
        while type(inner) is Expression:
            inner = inner.head
        if type(inner) is Symbol:
            table = self.definitions[inner].sub
            if table is not None:
                result = self._applied(table, term)
                if result is not NO_MATCH:
                    return result
        return None

    # Built-ins

    def call(self, declared: Builtin, term: Expression, args: tuple[Term, ...]) -> Term | None:
        """Runs a built-in on arguments: checks their number, splits off options, turns errors into messages."""
        if declared.options is not None and declared.splits_options:
            split = self.split_options(declared, term, args)
            if split is None:
                return None
            args, options = split
        size = len(args)
        if size < declared.minimum or (declared.maximum is not None and size > declared.maximum):
            if declared.curried is None or size != declared.minimum - 1:
                self._wrong_count(declared, size)
            return None
        try:
            if declared.options is not None and declared.splits_options:
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
        if isinstance(error, NetError):
            self.message(error.kind or name, error.tag, *error.terms, text=error.message)
        elif isinstance(error, WlnetError):
            self.message(name, "error", text=str(error))
        elif isinstance(error, RecursionError) or os.environ.get("WLNET_DEBUG"):
            raise error
        else:
            self.message(name, "internal", f"{type(error).__name__}: {error}")
        return FAILED

    def split_options(
        self, declared: Builtin, term: Expression, args: tuple[Term, ...]
    ) -> tuple[tuple[Term, ...], dict[str, Term]] | None:
        """Parts trailing rules from the arguments and fills in the defaults; None after a message."""
        end = len(args)
        while end > declared.minimum and is_option(args[end - 1]):
            end -= 1
        known = self.definitions[declared.symbol].options or {}
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

    def _wrong_count(self, declared: Builtin, size: int) -> None:
        least, most = declared.minimum, declared.maximum
        if most is None:
            self.message(declared.name, "argm", declared.name, size, least)
        elif least == most:
            if least == 1:
                self.message(declared.name, "argx", declared.name, size)
            elif size == 1:
                self.message(declared.name, "argr", declared.name, least)
            else:
                self.message(declared.name, "argrx", declared.name, size, least)
        elif most == least + 1:
            self.message(declared.name, "argt", declared.name, size, least, most)
        else:
            self.message(declared.name, "argb", declared.name, size, least, most)

    def _overflow(self, limit: str, tag: str, size: int, term: Term) -> Term:
        what = "Recursion depth" if tag == "reclim" else "Iteration limit"
        self.message(limit, tag, text=f"{what} of {size} exceeded.")
        return Expression(S.Hold, (term,))


def pure_attributes(head: Term) -> int:
    """Gives the attribute flags of a compound head: those in `Function[parameters, body, attributes]`."""
    if type(head) is not Expression or head.head is not FUNCTION or len(head.args) < 3:
        return 0
    found = 0
    given = head.args[2]
    for item in given.args if is_head(given, S.List) else (given,):
        found |= flags.FLAGS.get(item.name, 0) if type(item) is Symbol else 0
    return found


def decided_inside(right: Expression) -> Expression:
    """Gives a right side `Module[…, body /; test]` with a decision in place of the condition: body, or REJECTED."""
    *names, body = right.args
    if is_head(body, S.Condition, 2):
        body = Expression(S.If, (Expression(S.TrueQ, body.args[1:]), body.args[0], REJECTED))
    else:
        body = decided_inside(body)
    return Expression(right.head, (*names, body))


def leaves(returned: ReturnValue, function: Term, scope: Term) -> bool:
    """Tells whether a Return leaves an evaluation that went through a user's function, or a Module or the like."""
    if returned.head is None:
        return function is not None
    return returned.head is function or returned.head is scope


def splice(values: list[Term], head: Term) -> tuple[Term, ...] | None:
    """Splices Sequence, Splice and (in lists and associations) Nothing; None where nothing was to do."""
    flat: list[Term] = []
    found = False
    for value in values:
        if type(value) is Expression and value.head is SEQUENCE:
            flat.extend(value.args)
            found = True
        elif value is NOTHING and head is S.List:
            found = True
        elif type(value) is Expression and value.head is SPLICE and head is S.List and len(value.args) == 1:
            flat.extend(elements(value.args[0]))
            found = True
        else:
            flat.append(value)
    return tuple(flat) if found else None


def as_packed(term: Term) -> Term:
    """Gives a list of machine numbers packed, and anything else as it is."""
    if type(term) is Expression and term.head is S.List:
        items = tuple(as_packed(item) for item in term.args)
        return to_list(items)
    return term


def is_matrix_of_packed(head: Term, args: tuple[Term, ...]) -> bool:
    return head is S.List and len(args) > 1 and type(args[0]) is np.ndarray


def is_option(term: Term) -> bool:
    """Tells whether a term is a rule or a list of rules, that is, options."""
    if type(term) is not Expression:
        return False
    if term.head is S.Rule or term.head is S.RuleDelayed:
        return len(term.args) == 2 and type(term.args[0]) in (Symbol, str)
    return term.head is S.List and all(is_option(item) for item in term.args)


def option_rules(term: Term) -> list[tuple[Term, Term]]:
    """Gives the (name, value) pairs of a rule or of nested lists of rules."""
    if term.head is S.List:
        return [pair for item in term.args for pair in option_rules(item)]
    return [(term.args[0], term.args[1])]


#: Atoms over whose elements Listable heads thread: type → function(kernel, head, args).
THREADED: dict[type, Callable[[Kernel, Symbol, tuple[Term, ...]], Term | None]] = {}

DEFAULTS: dict[Symbol, Term] = {S.Plus: 0, S.Times: 1, S.Power: 1}

SCOPES = frozenset({S.Module, S.Block, S.With})
REJECTED = symbol("System`Private`rejected")
FUNCTION = S.Function
SEQUENCE = S.Sequence
SPLICE = S.Splice
NOTHING = S.Nothing
EVALUATE = S.Evaluate
UNEVALUATED = S.Unevaluated
INERT_HEADS = frozenset({S.List, S.Rule, S.Missing, S.DirectedInfinity})

__all__ = ["APPLIERS", "INERT", "THREADED", "Kernel", "applies", "as_packed", "is_option", "option_rules"]
