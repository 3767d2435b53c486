"""Patterns made of other patterns: names, filters, alternatives, and tests repeated over a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from wlnet.patterns.atomic import named_test
from wlnet.patterns.matching import (
    NOTHING,
    UNBOUNDED,
    Bindings,
    Matching,
    Node,
    Run,
    Test,
    as_sequence,
    bind,
    every_of_run,
    single,
    union,
)
from wlnet.patterns.options import is_rule
from wlnet.patterns.sequences import any_term, commutative, ordered, run_of_each, span
from wlnet.terms import Association, S, Symbol, Term, is_head

Passes: TypeAlias = Callable[[tuple[Term, ...], Bindings, Matching], bool]


def elementwise(each: Test, low: int, high: int) -> Node:
    """Gives the pattern for a run in which every term passes a test."""
    run = run_of_each(each, None)
    return Node(run=run, every=every_of_run(run), each=each, test=each, low=low, high=high)


def name_node(name: Symbol, inner: Node) -> Node:
    """Gives the pattern `name : inner`."""
    variables, certain = inner.variables | {name}, inner.certain | {name}
    if inner.each is not None and inner.name is None:
        run = run_of_each(inner.each, name)
        return replace(
            inner,
            name=name,
            run=run,
            every=every_of_run(run),
            test=named_test(name, inner.each),
            variables=variables,
            certain=certain,
            sequences=variables,
        )
    test = named_test(name, inner.test) if inner.is_single and inner.test is not None else None
    if test is not None and not inner.heads:
        return single(
            test=test,
            variables=variables,
            certain=certain,
            sequences=inner.sequences,
            head=inner.head,
            counts=inner.counts,
        )

    def run_named(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        value = as_sequence(terms)
        for _ in inner.run(terms, bindings, matching):
            yield from bind(name, value, bindings)

    return replace(
        inner,
        run=run_named,
        every=every_of_run(run_named),
        each=None,
        test=test,
        literal=False,
        variables=variables,
        certain=certain,
        sequences=inner.sequences if inner.is_single else inner.sequences | {name},
    )


def filtered(inner: Node, passes: Passes) -> Node:
    """Gives `inner` in those of its ways that pass."""

    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        for _ in inner.run(terms, bindings, matching):
            if passes(terms, bindings, matching):
                yield

    made = replace(inner, run=run, every=every_of_run(run), each=None, literal=False)
    old = inner.test
    if old is not None:
        made.test = lambda term, bindings, matching: (
            old(term, bindings, matching) and passes((term,), bindings, matching)
        )
    return made


def alternatives(nodes: Sequence[Node]) -> Node:
    """Gives the pattern that any of the nodes matches, tried from the left."""

    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        for node in nodes:
            if node.low <= len(terms) <= node.high:
                yield from node.run(terms, bindings, matching)

    variables = union(node.variables for node in nodes)
    tests = [node.test for node in nodes if node.test is not None]
    heads = [node.head for node in nodes]
    made = single(
        every=every_of_run(run),
        variables=variables,
        certain=frozenset.intersection(*(node.certain for node in nodes)) if nodes else NOTHING,
        sequences=union(node.sequences for node in nodes),
        head=heads[0] if heads and all(head is heads[0] for head in heads) else None,
    )
    if not variables and len(tests) == len(nodes):
        made.test = lambda term, bindings, matching: any(test(term, bindings, matching) for test in tests)
        made.heads = union(node.heads for node in nodes)
    low, high = min((node.low for node in nodes), default=1), max((node.high for node in nodes), default=1)
    return replace(made, run=run, low=low, high=high)


def optional(inner: Node, name: Symbol | None, default: Callable[[Matching], Term | None]) -> Node:
    """Gives the pattern for what `inner` matches, or for no term: then `name` is bound to the default, if any."""

    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        if terms:
            yield from inner.run(terms, bindings, matching)
            return
        value = default(matching)
        if value is not None and name is None:
            yield
        elif value is not None and name is not None:
            yield from bind(name, value, bindings)

    certain = NOTHING if name is None else frozenset({name})
    return replace(
        inner, run=run, every=every_of_run(run), each=None, literal=False, low=0, certain=certain, optional=True
    )


def in_order(nodes: Sequence[Node]) -> Node:
    """Gives the pattern for a run that the nodes match from left to right.

    How long a run is tried first is what the first of the nodes that may be longer or shorter prefers.
    """
    made = _of_nodes(nodes, ordered(nodes))
    made.longest = next((node.longest for node in nodes if node.low < node.high), False)
    return made


def in_any_order(nodes: Sequence[Node]) -> Node:
    """Gives the pattern for a run that the nodes match in some order."""
    return _of_nodes(nodes, commutative(nodes))


def _of_nodes(nodes: Sequence[Node], run: Run) -> Node:
    low, high = span(nodes)
    return Node(
        run=run,
        every=every_of_run(run),
        low=low,
        high=high,
        variables=union(node.variables for node in nodes),
        certain=union(node.certain for node in nodes),
        sequences=union(node.sequences for node in nodes),
    )


def key_values(nodes: Sequence[Node]) -> Node:
    """Gives the pattern for associations and lists of rules that have, among others, rules that the nodes match."""
    run = commutative([*nodes, elementwise(any_term, 0, UNBOUNDED)])

    def every(term: Term, bindings: Bindings, matching: Matching) -> Iterator[None]:
        if type(term) is Association:
            return run(term.rules(), bindings, matching)
        if is_head(term, S.List) and all(map(is_rule, term.args)):
            return run(term.args, bindings, matching)
        return iter(())

    return single(
        every=every,
        variables=union(node.variables for node in nodes),
        certain=union(node.certain for node in nodes),
        sequences=union(node.sequences for node in nodes),
    )
