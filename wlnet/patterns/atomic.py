"""Patterns for one term: literals and blanks."""

from __future__ import annotations

from fractions import Fraction

from wlnet.patterns.matching import Bindings, Matching, Node, Test, head_of, single
from wlnet.patterns.sequences import any_term
from wlnet.terms import BigReal, S, Symbol, Term, same
from wlnet.terms.expression import Expression

#: The heads that atoms of one Python type have, which are decided without a look into the table of atoms.
NATIVE: dict[Symbol, type] = {
    S.Integer: int,
    S.String: str,
    S.Symbol: Symbol,
    S.Rational: Fraction,
    S.Complex: complex,
}


def literal(term: Term) -> Node:
    """Gives the pattern that only this term matches."""
    kind = type(term)
    if kind is Symbol:

        def test(other: Term, bindings: Bindings, matching: Matching) -> bool:
            return other is term

    elif kind is int or kind is str:

        def test(other: Term, bindings: Bindings, matching: Matching) -> bool:
            return type(other) is kind and other == term

    else:

        def test(other: Term, bindings: Bindings, matching: Matching) -> bool:
            return same(other, term)

    return single(test=test, head=head_of(term), literal=True)


def head_test(head: Term) -> Test:
    """Gives the test for terms with this head."""
    native = NATIVE.get(head) if type(head) is Symbol else None
    if head is S.Real:

        def test(term: Term, bindings: Bindings, matching: Matching) -> bool:
            return type(term) is float or type(term) is BigReal or (type(term) is Expression and term.head is head)

    elif native is not None:

        def test(term: Term, bindings: Bindings, matching: Matching) -> bool:
            return type(term) is native or (type(term) is Expression and term.head is head)

    elif type(head) is Symbol:

        def test(term: Term, bindings: Bindings, matching: Matching) -> bool:
            return (term.head if type(term) is Expression else head_of(term)) is head

    else:

        def test(term: Term, bindings: Bindings, matching: Matching) -> bool:
            return same(head_of(term), head)

    return test


def blank(args: tuple[Term, ...]) -> Node:
    """Gives `_` or `_head`."""
    return single(test=head_test(args[0]), head=args[0]) if args else single(test=any_term)


def named_test(name: Symbol, inner: Test) -> Test:
    """Gives the test that `inner` passes, and that binds `name` to the term."""
    if inner is any_term:

        def test(term: Term, bindings: Bindings, matching: Matching) -> bool:
            found = bindings.get(name)
            if found is None:
                bindings[name] = term
                return True
            return found is term or same(found, term)

    else:

        def test(term: Term, bindings: Bindings, matching: Matching) -> bool:
            if not inner(term, bindings, matching):
                return False
            found = bindings.get(name)
            if found is None:
                bindings[name] = term
                return True
            return found is term or same(found, term)

    return test
