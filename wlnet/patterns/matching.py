"""What a compiled pattern is made of, and what it asks of the evaluator."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from wlnet.terms import S, Symbol, Term, atom_type, same
from wlnet.terms.attributes import FLAT, ORDERLESS
from wlnet.terms.expression import Expression

Bindings: TypeAlias = dict[Symbol, Term]
Test: TypeAlias = Callable[[Term, Bindings, "Matching"], bool]
Every: TypeAlias = Callable[[Term, Bindings, "Matching"], Iterator[None]]
Run: TypeAlias = Callable[[tuple[Term, ...], Bindings, "Matching"], Iterator[None]]

UNBOUNDED = sys.maxsize
NOTHING: frozenset[Symbol] = frozenset()
EMPTY = Expression(S.Sequence, ())


class Matching(Protocol):
    """What matching needs from the evaluator."""

    def is_true(self, term: Term) -> bool:
        """Tells whether a term evaluates to True."""

    def evaluate(self, term: Term) -> Term:
        """Gives the value of a term."""

    def attributes(self, head: Symbol) -> int:
        """Gives the flags (`wlnet.terms.attributes`) of a symbol."""

    def default(self, head: Symbol, position: int, count: int) -> Term | None:
        """Gives `Default[head, position, count]` (positions from 1), or None where there is none."""


@dataclass(slots=True, kw_only=True)
class Node:
    """A compiled pattern.

    every: yields once for each way in which one term matches. While it is suspended the bindings hold that
        way; when it is resumed it takes its bindings back; when it is dropped they stay.
    run: the same for a run of consecutive arguments.
    test: the boolean form, where there is at most one way and no symbol of `heads` is Flat or Orderless. What
        it binds before it fails stays bound.
    each: of a sequence pattern without variables but `name`: decides term by term (see `sequences.any_term`).
    low, high: how many arguments it takes.
    variables: every name that it may bind, `certain`: those that it binds in every way, `sequences`: those
        that may stand for several terms or none.
    head: the only head that a term may have to match, None: any.
    counts: how many arguments a term that matches may have, unless its head is Flat.
    literal: matches one term only, so in an Orderless head it can be sought first.
    needs: what any term must pass to match, whatever is bound, where that is worth a look before a long search;
        candidates: the terms that it may take out of these arguments.
    longest: tries long runs before short ones; optional: tries to be there before it takes its default.
    """

    every: Every
    run: Run
    test: Test | None = None
    each: Test | None = None
    name: Symbol | None = None
    low: int = 1
    high: int = 1
    variables: frozenset[Symbol] = NOTHING
    certain: frozenset[Symbol] = NOTHING
    sequences: frozenset[Symbol] = NOTHING
    heads: frozenset[Symbol] = NOTHING
    head: Term = None
    counts: tuple[int, int] = (0, UNBOUNDED)
    literal: bool = False
    needs: Test | None = None
    candidates: Callable[[tuple[Term, ...]], Iterable[Term]] = iter
    longest: bool = False
    optional: bool = False

    @property
    def is_single(self) -> bool:
        return self.low == 1 == self.high


def single(
    *,
    test: Test | None = None,
    every: Every | None = None,
    variables: frozenset[Symbol] = NOTHING,
    certain: frozenset[Symbol] | None = None,
    sequences: frozenset[Symbol] = NOTHING,
    heads: frozenset[Symbol] = NOTHING,
    head: Term = None,
    counts: tuple[int, int] = (0, UNBOUNDED),
    literal: bool = False,
) -> Node:
    """Makes the node of a pattern for one term; at least one of `test` and `every` is given."""
    if every is None:
        assert test is not None
        every = _every_of_test(test, variables)
    elif test is None and not variables:
        test, heads = _test_of_every(every), NOTHING
    return Node(
        every=every,
        run=_run_of_every(every),
        test=test,
        variables=variables,
        certain=variables if certain is None else certain,
        sequences=sequences,
        heads=heads,
        head=head,
        counts=counts,
        literal=literal,
    )


def every_of_run(run: Run) -> Every:
    """Gives the matcher of one term of a pattern for runs."""

    def every(term: Term, bindings: Bindings, matching: Matching) -> Iterator[None]:
        return run((term,), bindings, matching)

    return every


def _run_of_every(every: Every) -> Run:
    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        return every(terms[0], bindings, matching) if len(terms) == 1 else iter(())

    return run


def _test_of_every(every: Every) -> Test:
    def test(term: Term, bindings: Bindings, matching: Matching) -> bool:
        return any(True for _ in every(term, bindings, matching))

    return test


def _every_of_test(test: Test, variables: frozenset[Symbol]) -> Every:
    def every(term: Term, bindings: Bindings, matching: Matching) -> Iterator[None]:
        fresh = [name for name in variables if name not in bindings]
        if test(term, bindings, matching):
            yield
        for name in fresh:
            bindings.pop(name, None)

    return every


def settled(node: Node) -> Test:
    """Gives a boolean form that holds whatever the attributes are: whether there is any way to match."""
    return node.test if node.test is not None and not node.heads else _test_of_every(node.every)


def quick_test(node: Node, matching: Matching) -> Test | None:
    """Gives the boolean form where it holds under the attributes of this moment."""
    if node.test is not None:
        for head in node.heads:
            if matching.attributes(head) & (FLAT | ORDERLESS):
                return None
    return node.test


def matches(node: Node, term: Term, bindings: Bindings, matching: Matching) -> bool:
    """Finds the first way in which a term matches."""
    test = quick_test(node, matching)
    if test is not None:
        return test(term, bindings, matching)
    return any(True for _ in node.every(term, bindings, matching))


def bind(name: Symbol, value: Term, bindings: Bindings) -> Iterator[None]:
    """Yields with `name` bound to the value, if it was not bound to another."""
    found = bindings.get(name)
    if found is None:
        bindings[name] = value
        yield
        del bindings[name]
    elif found is value or same(found, value):
        yield


def as_sequence(terms: tuple[Term, ...]) -> Term:
    """Gives what a name that stands for these terms is bound to."""
    return terms[0] if len(terms) == 1 else Expression(S.Sequence, terms)


def head_of(term: Term) -> Term:
    """Gives `Head[term]`."""
    kind = type(term)
    if kind is Expression:
        return term.head
    return S.List if kind is np.ndarray else atom_type(term).head(term)


def union(sets: Iterable[frozenset[Symbol]]) -> frozenset[Symbol]:
    return NOTHING.union(*sets)
