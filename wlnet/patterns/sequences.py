"""Matching of several patterns against a run of arguments: in order, in any order, and under a Flat head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, combinations

from wlnet.patterns.matching import (
    UNBOUNDED,
    Bindings,
    Matching,
    Node,
    Run,
    Test,
    as_sequence,
    bind,
    every_of_run,
)
from wlnet.terms import S, Symbol, Term, is_head, same
from wlnet.terms.attributes import FLAT, ONE_IDENTITY, ORDERLESS
from wlnet.terms.expression import Expression

#: From this many arguments on, it pays to see whether each pattern has a candidate before all ways are searched.
LONG = 7


def any_term(term: Term, bindings: Bindings, matching: Matching) -> bool:
    """The `each` of `__` and `___`, which the loops below know and never call."""
    return True


def span(nodes: Iterable[Node]) -> tuple[int, int]:
    """Gives how many arguments the nodes take together, at least and at most."""
    low = high = 0
    for node in nodes:
        low += node.low
        high = min(high + node.high, UNBOUNDED)
    return low, high


def ordered(nodes: Sequence[Node]) -> Run:
    """Gives the matcher of a run by these nodes from left to right."""
    if not nodes:
        return _empty_run
    last = len(nodes) - 1
    low_after, high_after = _spans_after(nodes)

    def go(index: int, args: tuple[Term, ...], at: int, bindings: Bindings, matching: Matching) -> Iterator[None]:
        node = nodes[index]
        rest = len(args) - at
        least, most = max(node.low, rest - high_after[index]), min(node.high, rest - low_after[index])
        if least > most:
            return
        if node.each is not None:
            ways = _taken(node, args, at, least, most, bindings, matching)
        else:
            ways = _tried(node, args, at, least, most, bindings, matching)
        for count in ways:
            if index == last:
                yield
            else:
                yield from go(index + 1, args, at + count, bindings, matching)

    def run(args: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        return go(0, args, 0, bindings, matching)

    return run


def _empty_run(args: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
    if not args:
        yield


def _spans_after(nodes: Sequence[Node]) -> tuple[list[int], list[int]]:
    lows = list(accumulate((node.low for node in reversed(nodes[1:])), initial=0))
    highs = list(accumulate((node.high for node in reversed(nodes[1:])), lambda a, b: min(a + b, UNBOUNDED), initial=0))
    return lows[::-1], highs[::-1]


def _counts(node: Node, least: int, most: int) -> Iterable[int]:
    if node.longest:
        return range(most, least - 1, -1)
    if node.optional and least == 0:
        return (*range(1, most + 1), 0)
    return range(least, most + 1)


def _tried(
    node: Node, args: tuple[Term, ...], at: int, least: int, most: int, bindings: Bindings, matching: Matching
) -> Iterator[int]:
    for count in _counts(node, least, most):
        for _ in node.run(args[at : at + count], bindings, matching):
            yield count


def _taken(
    node: Node, args: tuple[Term, ...], at: int, least: int, most: int, bindings: Bindings, matching: Matching
) -> Iterator[int]:
    """Yields the lengths that an elementwise node can take from `at` on, each with its name bound."""
    assert node.each is not None
    name = node.name
    found = bindings.get(name) if name is not None else None
    if found is not None:
        # The length is known: looking for it among all of them would cost a factor of the list's length.
        length = len(found.args) if is_head(found, S.Sequence) else 1
        least, most = max(least, length), min(most, length)
    counts: Iterable[int] = _extents(node.each, args, at, least, most, bindings, matching)
    if node.longest:
        counts = reversed(list(counts))
    if name is None:
        yield from counts
        return
    for count in counts:
        for _ in bind(name, as_sequence(args[at : at + count]), bindings):
            yield count


def _extents(
    each: Test, args: tuple[Term, ...], at: int, least: int, most: int, bindings: Bindings, matching: Matching
) -> Iterator[int]:
    if each is any_term:
        yield from range(least, most + 1)
        return
    for count in range(most + 1):
        if count >= least:
            yield count
        if count < most and not each(args[at + count], bindings, matching):
            return


def run_of_each(each: Test, name: Symbol | None) -> Run:
    """Gives the matcher of a run in which every term passes `each`."""

    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        if each is not any_term and not all(each(term, bindings, matching) for term in terms):
            return
        if name is None:
            yield
        else:
            yield from bind(name, as_sequence(terms), bindings)

    return run


def commutative(nodes: Sequence[Node]) -> Run:
    """Gives the matcher of arguments by these nodes in any order.

    Literals are sought first, sequences of any length last: the last node takes what is left, so that the
    usual patterns search no subsets.
    """
    nodes = sorted(nodes, key=lambda node: 0 if node.literal else 2 if node.high == UNBOUNDED else 1)
    if not nodes:
        return _empty_run
    last = len(nodes) - 1
    low_after, high_after = _spans_after(nodes)

    def go(index: int, args: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        node = nodes[index]
        least = max(node.low, len(args) - high_after[index])
        most = min(node.high, len(args) - low_after[index])
        for chosen in _choices(node, args, least, most, bindings, matching):
            for _ in node.run(tuple(args[place] for place in chosen), bindings, matching):
                if index == last:
                    yield
                else:
                    taken = set(chosen)
                    left = tuple(arg for place, arg in enumerate(args) if place not in taken)
                    yield from go(index + 1, left, bindings, matching)
                if node.literal:
                    return

    demanding = [node for node in nodes if _need(node) is not None] if _is_long_search(nodes) else []

    def run(args: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        if len(args) >= LONG and not all(_has_candidate(node, args, matching) for node in demanding):
            return iter(())
        return go(0, args, bindings, matching)

    return run


def _is_long_search(nodes: Sequence[Node]) -> bool:
    """Tells whether several nodes may share the arguments out among them: in as many ways as there are subsets."""
    return sum(node.high == UNBOUNDED for node in nodes) > 1


def _need(node: Node) -> Test | None:
    """Gives what one of the arguments, or under a Flat head some of them together, must pass; None: nothing known."""
    if node.each is not None:
        return node.each if node.each is not any_term and node.low > 0 else None
    return node.needs if node.low > 0 else None


def _has_candidate(node: Node, args: tuple[Term, ...], matching: Matching) -> bool:
    need = _need(node)
    return need is None or any(need(term, {}, matching) for term in node.candidates(args))


def _choices(
    node: Node, args: tuple[Term, ...], least: int, most: int, bindings: Bindings, matching: Matching
) -> Iterator[Sequence[int]]:
    """Yields the places of the arguments to try for a node; equal arguments side by side are tried once."""
    places: Sequence[int] = range(len(args))
    each = node.each
    if each is not None and each is not any_term:
        places = [place for place in places if each(args[place], bindings, matching)]
    found = bindings.get(node.name) if node.name is not None else None
    if found is not None and each is not None:
        wanted = found.args if is_head(found, S.Sequence) else (found,)
        chosen = _places_of(wanted, args, places) if least <= len(wanted) <= most else None
        if chosen is not None:
            yield chosen
        return
    for count in _counts(node, least, most):
        if count == 1:
            for index, place in enumerate(places):
                if index == 0 or not same(args[place], args[places[index - 1]]):
                    yield (place,)
        else:
            yield from combinations(places, count)


def _places_of(wanted: tuple[Term, ...], args: tuple[Term, ...], places: Sequence[int]) -> list[int] | None:
    """Gives a place for each of the wanted terms, no place twice; None where one is missing."""
    left, chosen = list(places), []
    for term in wanted:
        place = next((place for place in left if same(args[place], term)), None)
        if place is None:
            return None
        left.remove(place)
        chosen.append(place)
    return chosen


def flat(nodes: Sequence[Node], head: Symbol) -> list[Node]:
    """Gives the nodes as they act under a Flat head, where a single pattern may take several arguments."""
    return [_flat_node(node, head) for node in nodes]


def _flat_node(node: Node, head: Symbol) -> Node:
    if node.literal or node.each is not None or not (node.is_single or node.optional):
        return node
    if node.head is not None and node.head is not head:
        return node
    inner, absent = node.every, node.run

    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        if not terms:
            yield from absent(terms, bindings, matching)
        elif len(terms) > 1:
            yield from inner(Expression(head, terms), bindings, matching)
        else:
            if not matching.attributes(head) & ONE_IDENTITY:
                yield from inner(Expression(head, terms), bindings, matching)
            yield from inner(terms[0], bindings, matching)

    def candidates(terms: tuple[Term, ...]) -> Iterator[Term]:
        yield from terms
        for count in range(1, len(terms) + 1):
            yield from (Expression(head, chosen) for chosen in combinations(terms, count))

    return replace(node, run=run, every=every_of_run(run), high=UNBOUNDED, candidates=candidates)


def arguments_of(nodes: Sequence[Node], head: Symbol) -> Callable[[int], Run]:
    """Gives a function from attribute flags to the matcher of the arguments, made when first asked for."""
    made: dict[int, Run] = {}

    def choose(flags: int) -> Run:
        flags &= FLAT | ORDERLESS
        found = made.get(flags)
        if found is None:
            acting = flat(nodes, head) if flags & FLAT else nodes
            found = made[flags] = commutative(acting) if flags & ORDERLESS else ordered(acting)
        return found

    return choose
