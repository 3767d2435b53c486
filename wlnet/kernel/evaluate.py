"""Standard evaluation: one loop, one dispatch on the type of the term.

A term that is finished carries a stamp: the version of the definitions under which it was found so; `firm` where only
the symbols in it decide, which have no value (`y[1]`, `a + b`); INERT where no definition can ever change it (a list of
numbers). While its stamp holds it is not looked at again. What a rule or built-in gives goes round the same loop, so
that a tail call costs no depth.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import Any

import numpy as np

from wlnet.kernel.applying import by_compound_head, by_down_values, by_up_values
from wlnet.kernel.calling import Calling
from wlnet.kernel.control import ReturnValue, Terminated
from wlnet.kernel.declare import BUILTINS, PAIRS
from wlnet.kernel.definitions import INERT_HEADS, Definition
from wlnet.kernel.stamps import HELD, joint_stamp, owner_of, stamp_of
from wlnet.kernel.structure import (
    NOTHING,
    SEQUENCE,
    SPLICE,
    STRUCTURAL,
    pure_attributes,
    restructure,
    splice,
    without_unevaluated,
)
from wlnet.patterns import NO_MATCH
from wlnet.patterns.specificity import SCOPES
from wlnet.terms import INERT, TRUE, Association, Expression, S, Symbol, Term, symbol, to_list
from wlnet.terms import attributes as flags

#: A list is packed at the end of its evaluation when it has at least this many machine numbers.
PACK_FROM = 16
#: From this depth on, every so many levels, it is made sure that so many frames of Python are left: enough for what is
#: above to clean up after itself when the depth is too great, whatever lies between two looks.
DEEP, LOOK_EVERY, FRAMES_LEFT = 512, 16, 600

MACHINE_NUMBERS = frozenset({int, float})
HOLDING = flags.HOLD_ALL | flags.HOLD_ALL_COMPLETE
INERT_SYMBOLS = frozenset(map(symbol, INERT_HEADS))
DEFAULTS: dict[Symbol, Term] = {S.Plus: 0, S.Times: 1, S.Power: 1}

#: Types of what may be evaluated further.
COMPOUND = frozenset({Expression, Symbol, Association})

# Looking these up as attributes of S would cost a tenth of all time.
LIST, EVALUATE, UNEVALUATED = S.List, S.Evaluate, S.Unevaluated


class Kernel(Calling):
    """The evaluator of one session: its state, its voice, its built-ins and the evaluation loop."""

    def __init__(self, emit: Callable[[Any], None] | None = None) -> None:
        super().__init__(emit)
        self.depth = 0
        self.recursion_limit = 1024
        self.iteration_limit = 4096

    @property
    def recursion_limit(self) -> int:
        """How deeply evaluations may lie in one another."""
        return self._recursion_limit

    @recursion_limit.setter
    def recursion_limit(self, limit: int) -> None:
        self._recursion_limit = limit
        self._deep = min(limit, DEEP)

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

    def evaluate_to_end(self, term: Term) -> Term:
        """Gives the value of a term; TerminatedEvaluation["RecursionLimit"], after a message, where it lies too deep."""
        try:
            return self.evaluate(term)
        except Terminated as stopped:
            return stopped.value
        except RecursionError:
            return self._too_deep("The expression is nested too deeply to be evaluated.").value

    def evaluate(self, term: Term) -> Term:
        """Gives the value of a term under the session's definitions."""
        kind = type(term)
        if kind is Expression or kind is Association:
            stamp = term.stamp
            if stamp == INERT or stamp == self.version or stamp == self.firm:
                return term
        elif kind is not Symbol or term not in self.own:
            return term
        if self.depth >= self._deep:
            self._look_down()
        self.depth += 1
        own, definitions = self.own, self.definitions
        function = scope = head = None
        # One function although it is long: another call for each evaluation would cost a tenth of all time.
        try:
            for _ in repeat(None, self.iteration_limit):
                kind = type(term)
                if kind is not Expression:
                    if kind is Symbol and term in own:
                        term = own[term]
                        continue
                    return self._association(term) if kind is Association else term
                version = self.version
                stamp = term.stamp
                if stamp == INERT or stamp == version or stamp == self.firm:  # noqa: SIM109 (a tuple would be made each time)
                    return term
                head = term.head
                if type(head) is not Symbol or head in own:
                    head = self.evaluate(head)
                    if type(head) is Expression and head.head is SEQUENCE and len(head.args) == 1:
                        head = head.args[0]
                if type(head) is Symbol:
                    definition = definitions[head]
                    attributes = definition.attributes
                else:
                    definition, attributes = None, pure_attributes(head)
                if attributes & HOLDING:
                    args, standing = self._held_arguments(term.args, attributes), HELD
                else:
                    args, standing = self._arguments(term.args, attributes, head)
                if args is not term.args or head is not term.head:
                    term = Expression(head, args)
                result = self._transform(term, definition, attributes)
                if result is None:
                    return self._finished(term, standing, version, definition)
                if definition is None or definition.down is not None:
                    function = head
                elif head in SCOPES:
                    scope = head
                if type(result) is not Expression and type(result) is not Symbol:
                    return result
                term = result
            text = f"Iteration limit of {self.iteration_limit} exceeded."
            self.message("$IterationLimit", "itlim", text=text)
            return Expression(S.Hold, (term,))
        except ReturnValue as returned:
            if not leaves(returned, function, scope, head):
                raise
            return returned.value
        finally:
            self.depth -= 1

    def _look_down(self) -> None:
        """Ends the evaluation where it lies too deep for the user's limit, or for Python's."""
        if self.depth >= self._recursion_limit:
            raise self._too_deep(f"Recursion depth of {self._recursion_limit} exceeded.")
        if self.depth % LOOK_EVERY == 0 and not has_room(FRAMES_LEFT):
            raise self._too_deep(f"Recursion depth of {self.depth} exceeded, which is all that Python has room for.")

    def _too_deep(self, text: str) -> Terminated:
        self.message("$RecursionLimit", "reclim", text=text)
        return Terminated(Expression(S.TerminatedEvaluation, ("RecursionLimit",)))

    def _finished(self, term: Expression, standing: int, version: int, definition: Definition | None) -> Term:
        """Stamps a term that nothing applies to as finished; a list of enough numbers is packed.

        standing: the stamp that its arguments allow.
        """
        head = term.head
        if standing == INERT and type(head) is Symbol and head in INERT_SYMBOLS:
            term.stamp = INERT
            if (head is LIST and len(term.args) >= PACK_FROM) or is_matrix_of_packed(head, term.args):
                return to_list(term.args)
        elif (
            standing != version == self.version
            and definition is not None
            and definition.is_plain
            and definition.down is None
            and (
                (standing != HELD and not self.definitions.has_up_values)
                or self._has_no_up_values(term, standing, definition)
            )
        ):
            self.relied.add(head)
            term.stamp = self.firm
        else:
            term.stamp = version
        return term

    def _has_no_up_values(self, term: Expression, standing: int, definition: Definition) -> bool:
        """Tells whether no symbol in the arguments has up values for the term's head, and relies on that.

        Not of arguments held in part.
        """
        attributes = definition.attributes
        if standing == HELD and not (attributes & flags.HOLD_ALL_COMPLETE or attributes & HOLDING == flags.HOLD_ALL):
            return False
        owners = {owner for owner in map(owner_of, term.args) if type(owner) is Symbol}
        self.relied |= owners
        tables = (self.definitions[owner].up for owner in owners)
        return not any(table is not None and table.may_apply(term.head) for table in tables)

    def _arguments(self, args: tuple[Term, ...], attributes: int, head: Term) -> tuple[tuple[Term, ...], int]:
        """Gives the evaluated arguments (the very same tuple if nothing changed), and the stamp that they allow."""
        own, relied = self.own, self.relied
        version, firm = self.version, self.firm
        changed = spliced = False
        is_inert = is_firm = True
        values = []
        for arg in args:
            value = arg
            kind = type(arg)
            if kind is Symbol and arg in own:
                value = own[arg]
                kind = type(value)
                changed = True
            if kind is Expression or kind is Association:
                stamp = value.stamp
                if stamp != INERT:
                    if stamp != self.firm and (stamp != version or version != self.version):
                        value = self.evaluate(value)
                        kind = type(value)
                    changed = changed or value is not arg
                    if kind is Expression:
                        spliced = spliced or value.head is SEQUENCE or value.head is SPLICE
                    if (kind is Expression or kind is Association) and value.stamp != INERT:
                        is_inert = False
                        is_firm = is_firm and value.stamp == firm
            elif kind is Symbol and value is not arg:
                value = self.evaluate(value)
            if type(value) is Symbol:
                is_inert = is_inert and value in BUILTINS and value.name[0] != "$"
                spliced = spliced or (value is NOTHING and head is LIST)
                relied.add(value)
            values.append(value)
        standing = INERT if is_inert else firm if is_firm else version
        if spliced and not attributes & flags.SEQUENCE_HOLD:
            return splice(values, head), standing
        return (tuple(values) if changed else args), standing

    def _association(self, term: Association) -> Association:
        """Gives an association with its values evaluated, but for the delayed ones (the very same if nothing changed)."""
        version = self.version
        if term.stamp in (INERT, version, self.firm):
            return term
        old, delayed = term.values(), term.delayed
        if COMPOUND.isdisjoint(map(type, old)):
            term.stamp = INERT
            return term
        new = [
            value if hashed in delayed else self.evaluate(value)
            for hashed, value in zip(term.entries, old, strict=True)
        ]
        if any(one is not other for one, other in zip(old, new, strict=True)):
            term = term.with_values(new)
        stamp = joint_stamp(
            self, {stamp_of(self, value) for hashed, (_, value) in term.entries.items() if hashed not in delayed}
        )
        term.stamp = stamp if stamp and version == self.version else version
        return term

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
            return splice(list(args) if values is None else values, None)
        return args if values is None else tuple(values)

    def _transform(self, term: Expression, definition: Definition | None, attributes: int) -> Term | None:
        """Gives what a term with evaluated arguments turns into, or None where nothing applies."""
        head, args = term.head, term.args
        if definition is None:
            if not attributes & flags.HOLD_ALL_COMPLETE:
                for arg in args:
                    if type(arg) is Expression and arg.head is UNEVALUATED:
                        term = Expression(head, without_unevaluated(args))
                        break
            return by_compound_head(self, term)
        if len(args) == 2 and type(args[0]) in MACHINE_NUMBERS and type(args[1]) in MACHINE_NUMBERS:
            shortcut = PAIRS.get(head)
            if shortcut is not None and definition.down is None:
                result = shortcut(*args)
                if result is not None:
                    return result
        if attributes & STRUCTURAL:
            result = restructure(self, term, definition)
            if result is not None:
                return result
        if not attributes & flags.HOLD_ALL_COMPLETE:
            for arg in args:
                if type(arg) is Expression and arg.head is UNEVALUATED:
                    args = without_unevaluated(args)
                    term = Expression(head, args)
                    break
            if self.definitions.has_up_values:
                result = by_up_values(self, term)
                if result is not None:
                    return result
        if definition.down is not None:
            result = by_down_values(self, definition.down, term)
            if result is not NO_MATCH:
                return result
        declared = definition.builtin
        if declared is not None and not declared.symbol_only:
            return self.call(declared, term, args)
        return None


def has_room(frames: int) -> bool:
    """Tells whether Python's stack has room for so many more frames."""
    try:
        return frames == 0 or has_room(frames - 1)
    except RecursionError:
        return False


def leaves(returned: ReturnValue, function: Term, scope: Term, head: Term) -> bool:
    """Tells whether a Return leaves an evaluation that went through a user's function, a Module or the like, or `head`."""
    if returned.head is None:
        return function is not None
    return returned.head is function or returned.head is scope or returned.head is head


def is_matrix_of_packed(head: Term, args: tuple[Term, ...]) -> bool:
    return head is LIST and len(args) > 1 and type(args[0]) is np.ndarray
