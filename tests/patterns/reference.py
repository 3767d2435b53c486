"""A naive matcher, written from the meaning of patterns: every way to cut the arguments is tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from tests.patterns.language import ATTRIBUTES
from wlnet.patterns.matching import head_of
from wlnet.terms import S, Symbol, Term, is_head, same
from wlnet.terms.attributes import FLAT, ORDERLESS
from wlnet.terms.expression import Expression

Ways = Iterator[dict[Symbol, Term]]


def ways(pattern: Term, terms: tuple[Term, ...], bound: dict[Symbol, Term]) -> Ways:
    """Yields all bindings under which a run of terms matches a pattern, shortest runs first."""
    head = pattern.head if type(pattern) is Expression else None
    if head in (S.Blank, S.BlankSequence, S.BlankNullSequence):
        fits = {S.Blank: len(terms) == 1, S.BlankSequence: len(terms) >= 1, S.BlankNullSequence: True}[head]
        if fits and all(not pattern.args or head_of(term) is pattern.args[0] for term in terms):
            yield bound
    elif head is S.Pattern:
        name, inner = pattern.args
        value = terms[0] if len(terms) == 1 else Expression(S.Sequence, terms)
        for found in ways(inner, terms, bound):
            if name not in found:
                yield {**found, name: value}
            elif same(found[name], value):
                yield found
    elif head is S.Alternatives:
        for choice in pattern.args:
            yield from ways(choice, terms, bound)
    elif head is S.PatternSequence:
        yield from run(pattern.args, terms, bound)
    elif len(terms) == 1:
        yield from one(pattern, terms[0], bound)


def one(pattern: Term, term: Term, bound: dict[Symbol, Term]) -> Ways:
    if type(pattern) is not Expression or type(term) is not Expression:
        if same(pattern, term):
            yield bound
    elif is_head(term, pattern.head):
        flags = ATTRIBUTES.get(pattern.head, 0)
        orders = permutations(term.args) if flags & ORDERLESS else [term.args]
        for args in orders:
            yield from run(pattern.args, args, bound, pattern.head if flags & FLAT else None)


def run(patterns: tuple[Term, ...], terms: tuple[Term, ...], bound: dict[Symbol, Term], flat: Term = None) -> Ways:
    if not patterns:
        if not terms:
            yield bound
        return
    first, *others = patterns
    for count in range(len(terms) + 1):
        taken, rest = terms[:count], terms[count:]
        values = [taken]
        if flat is not None and count > 1 and sequence_free(first):
            values = [(Expression(flat, taken),)]
        for value in values:
            for found in ways(first, value, bound):
                yield from run(tuple(others), rest, found, flat)


def sequence_free(pattern: Term) -> bool:
    inner = pattern.args[1] if is_head(pattern, S.Pattern) else pattern
    return not (is_head(inner, S.BlankSequence) or is_head(inner, S.BlankNullSequence))
