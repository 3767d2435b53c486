"""Patterns of the form `head[args…]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from wlnet.patterns.matching import NOTHING, UNBOUNDED, Bindings, Every, Matching, Node, Test, single, union
from wlnet.patterns.sequences import arguments_of, ordered, span
from wlnet.terms import Association, S, Symbol, Term, elements, same
from wlnet.terms.attributes import ONE_IDENTITY
from wlnet.terms.expression import Expression

#: Heads of structure, which are never Flat or Orderless, so that no attributes are asked for.
STRUCTURAL = frozenset({S.List, S.Rule, S.RuleDelayed, S.Association, S.Rational, S.Complex})

#: Which types of terms a head may be matched in, where it is not an expression's alone: `Rational[p_, q_]` looks into
#: a number, which `h_[p_, q_]` leaves whole.
KINDS: dict[Term, tuple[type, ...]] = {
    S.List: (Expression, np.ndarray),
    S.Association: (Expression, Association),
    S.Rational: (Expression, Fraction),
    S.Complex: (Expression, complex),
}
ANY_KIND = (Expression, np.ndarray, Association)


def compound(name: Term, head: Node, nodes: Sequence[Node]) -> Node:
    """Gives the pattern for expressions by the nodes of head and arguments; `name` is the head as written."""
    parts = (head, *nodes)
    made = single(
        every=_every_of_name(name, nodes) if head.literal else _every_of_head(head, nodes),
        variables=union(node.variables for node in parts),
        certain=union(node.certain for node in parts),
        sequences=union(node.sequences for node in parts),
        head=name if head.literal and not any(node.optional for node in nodes) else None,
        counts=span(nodes),
    )
    test = _test(name, head, nodes)
    if test is not None:
        asked = frozenset({name}) if type(name) is Symbol and name not in STRUCTURAL and head.literal else NOTHING
        made.test, made.heads = test, asked | union(node.heads for node in parts)
    return made


def _test(name: Term, head: Node, nodes: Sequence[Node]) -> Test | None:
    """Gives the boolean form for heads without attributes, if every part has one."""
    tests = [node.test for node in nodes if node.is_single and node.test is not None]
    count = len(nodes)
    if len(tests) < count or head.test is None:
        return None
    kinds = _kinds(name) if head.literal else ANY_KIND
    if head.literal and type(name) is Symbol and kinds == (Expression,):

        def test_of_symbol(term: Term, bindings: Bindings, matching: Matching) -> bool:
            if type(term) is not Expression or term.head is not name or len(term.args) != count:
                return False
            for test, arg in zip(tests, term.args):  # noqa: B905, SIM110 (strict and `all` cost more)
                if not test(arg, bindings, matching):
                    return False
            return True

        return test_of_symbol
    passes = head.test

    def test_of_any(term: Term, bindings: Bindings, matching: Matching) -> bool:
        parts = _parts(term, count, count) if type(term) in kinds else None
        return (
            parts is not None
            and passes(parts[0], bindings, matching)
            and all(test(arg, bindings, matching) for test, arg in zip(tests, parts[1], strict=True))
        )

    return test_of_any


def _kinds(name: Term) -> tuple[type, ...]:
    """Gives the types of terms in which a head as written may be matched."""
    return KINDS.get(name, (Expression,)) if type(name) is Symbol else (Expression,)


def _parts(term: Term, low: int, high: int) -> tuple[Term, tuple[Term, ...]] | None:
    """Gives head and arguments, of an association its rules, of a number its parts; None for other counts."""
    kind = type(term)
    if kind is Expression:
        return (term.head, term.args) if low <= len(term.args) <= high else None
    count = 2 if kind is Fraction or kind is complex else len(term)
    return PARTS[kind](term) if low <= count <= high else None


PARTS: dict[type, Callable[[Term], tuple[Symbol, tuple[Term, ...]]]] = {
    np.ndarray: lambda array: (S.List, elements(array)),
    Association: lambda association: (S.Association, association.rules()),
    Fraction: lambda number: (S.Rational, (number.numerator, number.denominator)),
    complex: lambda number: (S.Complex, (number.real, number.imag)),
}


def _every_of_name(name: Term, nodes: Sequence[Node]) -> Every:
    choose = arguments_of(nodes, name)
    may_omit = any(node.optional for node in nodes)
    asks = type(name) is Symbol and name not in STRUCTURAL
    # The attributes of other heads are not known yet, and Flat and defaults change the counts.
    low, high = (0, UNBOUNDED) if asks else span(nodes)
    kinds = _kinds(name)

    def every(term: Term, bindings: Bindings, matching: Matching) -> Iterator[None]:
        flags = matching.attributes(name) if asks else 0
        parts = _parts(term, low, high) if type(term) in kinds else None
        if parts is not None and (parts[0] is name or same(parts[0], name)):
            yield from choose(flags)(parts[1], bindings, matching)
        elif may_omit and flags & ONE_IDENTITY:
            yield from choose(flags)((term,), bindings, matching)

    return every


def _every_of_head(head: Node, nodes: Sequence[Node]) -> Every:
    run = ordered(nodes)
    low, high = span(nodes)

    def every(term: Term, bindings: Bindings, matching: Matching) -> Iterator[None]:
        parts = _parts(term, low, high) if type(term) in ANY_KIND else None
        if parts is not None:
            for _ in head.every(parts[0], bindings, matching):
                yield from run(parts[1], bindings, matching)

    return every
