"""`Repeated` of patterns with names, or of patterns for several terms."""

from __future__ import annotations

from collections.abc import Iterator

from wlnet.patterns.matching import UNBOUNDED, Bindings, Matching, Node, Run, every_of_run, matches
from wlnet.terms import S, Term, elements, is_head, is_list


def repetitions(bounds: Term, low: int) -> tuple[int, int] | None:
    """Gives how often the second argument of `Repeated` allows, at least and at most; None if it is wrong."""
    if bounds is None:
        return low, UNBOUNDED
    items = elements(bounds) if is_list(bounds) else (low, bounds)
    counts = [UNBOUNDED if _is_infinity(item) else item for item in items]
    if not counts or len(counts) > 2 or any(type(count) is not int or count < 0 for count in counts):
        return None
    return counts[0], counts[-1]


def _is_infinity(term: Term) -> bool:
    return term is S.Infinity or (is_head(term, S.DirectedInfinity, 1) and term.args[0] == 1)


def repeated(inner: Node, low: int, high: int) -> Node:
    """Gives the pattern for `inner` again and again, with its names bound to the same each time."""
    run = _run_of_singles(inner) if inner.is_single else None

    def go(terms: tuple[Term, ...], times: int, bindings: Bindings, matching: Matching) -> Iterator[None]:
        if not terms:
            if times >= low:
                yield
            return
        if times == high:
            return
        for count in range(max(1, inner.low), min(inner.high, len(terms)) + 1):
            for _ in inner.run(terms[:count], bindings, matching):
                yield from go(terms[count:], times + 1, bindings, matching)

    def run_of_runs(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        return go(terms, 0, bindings, matching)

    run = run or run_of_runs
    least = 0 if not inner.low else min(inner.low * low, UNBOUNDED)
    return Node(
        run=run,
        every=every_of_run(run),
        low=least,
        high=min(inner.high * high, UNBOUNDED),
        variables=inner.variables,
        certain=inner.certain if least else frozenset(),
        sequences=inner.sequences,
    )


def _run_of_singles(inner: Node) -> Run:
    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        """The first term binds the names, so the others can only agree or not, and need no search."""
        if not terms:
            yield
            return
        for _ in inner.every(terms[0], bindings, matching):
            before = dict(bindings)
            if all(matches(inner, term, bindings, matching) for term in terms[1:]):
                yield
            bindings.clear()
            bindings.update(before)

    return run
