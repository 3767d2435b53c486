"""What each kind of pattern matches and binds."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.patterns.language import (
    FL,
    MATCHING,
    OL,
    A,
    B,
    C,
    D,
    F,
    G,
    P,
    X,
    Y,
    Z,
    blank,
    e,
    lst,
    many,
    named,
    seq,
    some,
)
from wlnet.patterns import is_match, match_all
from wlnet.terms import Association, NumericArray, S, Term, pack, rule, same, symbol


def first(pattern: Term, term: Term) -> dict[str, Term] | None:
    found = next(match_all(pattern, term, MATCHING), None)
    return None if found is None else {name.name: value for name, value in found.items()}


ASSOCIATION = Association([("a", 1), ("b", 2)])
MATCHES = [
    (blank(S.Integer), 1, True),
    (blank(S.Integer), 1.0, False),
    (blank(S.Real), 1.0, True),
    (blank(S.Rational), Fraction(1, 2), True),
    (blank(S.Complex), 1j, True),
    (blank(S.String), "a", True),
    (blank(S.Symbol), A, True),
    (blank(S.Symbol), e(F), False),
    (blank(S.List), pack([1, 2]), True),
    (blank(S.Association), ASSOCIATION, True),
    pytest.param(blank(S.NumericArray), NumericArray(np.zeros(2)), True, id="a NumericArray"),
    (blank(e(F, 1)), e(e(F, 1), 2), True),
    (1, 1.0, False),
    (lst(1, 2), pack([1, 2]), True),
    (lst(blank(), blank()), pack([1, 2]), True),
    (lst(blank(), blank()), pack([1, 2, 3]), False),
    (lst(some(S.Real)), pack([1.0, 2.0]), True),
    (lst(some(S.Integer)), pack([1.0, 2.0]), False),
    (lst(e("Repeated", lst(some(S.Integer)))), pack([[1, 2], [3, 4]]), True),
    (lst(e("Repeated", blank(), lst(2))), pack([1, 2]), True),
    (lst(e("Repeated", blank(), lst(2))), pack([1, 2, 3]), False),
    (lst(e("Repeated", blank(), 2)), pack([1, 2, 3]), False),
    (lst(e("Repeated", named(X))), lst(A, A, A), True),
    (lst(e("Repeated", named(X))), lst(A, A, B), False),
    (lst(e("Repeated", named(X))), lst(), False),
    (lst(e("RepeatedNull", named(X))), lst(), True),
    (lst(e("Repeated", e("PatternSequence", A, blank()))), lst(A, 1, A, 2), True),
    (lst(e("Repeated", e("PatternSequence", A, blank()))), lst(A, 1, A), False),
    (e("Except", 1), 2, True),
    (e("Except", 1), 1, False),
    (e("Except", 1, blank(S.Integer)), A, False),
    (e("Verbatim", blank()), blank(), True),
    (e("Verbatim", blank()), A, False),
    (e("HoldPattern", e(F, blank())), e(F, 1), True),
    (e(F, e("HoldPattern", A), e("Verbatim", blank())), e(F, A, blank()), True),
    (e(e("HoldPattern", F), blank()), e(F, 1), True),
    (lst(e("PatternSequence", 1, 2)), pack([1, 2]), True),
    (e("PatternTest", blank(), S.EvenQ), 2, True),
    (e("PatternTest", blank(), S.EvenQ), 3, False),
    (lst(e("PatternTest", some(), S.EvenQ)), lst(2, 4), True),
    (lst(e("PatternTest", some(), S.EvenQ)), lst(2, 3), False),
    (e("Alternatives", 1, 2), 2, True),
    (e("Alternatives"), 1, False),
    (lst(some()), lst(), False),
    (lst(many()), lst(), True),
    (some(), 1, True),
    (Association([("a", blank(S.Integer)), ("b", blank())]), ASSOCIATION, True),
    (Association([("a", blank())]), ASSOCIATION, False),
    (e("KeyValuePattern", lst(rule("b", blank()))), ASSOCIATION, True),
    (e("KeyValuePattern", rule("c", blank())), ASSOCIATION, False),
    (e("KeyValuePattern", rule("b", 2)), lst(rule("a", 1), rule("b", 2)), True),
    (e("KeyValuePattern", rule("b", 2)), lst(1, rule("b", 2)), False),
    (e(F, e("OptionsPattern")), e(F, rule("a", 1), lst(rule("b", 2))), True),
    (e(F, e("OptionsPattern")), e(F, 1), False),
    (e(blank(), A), e(F, A), True),
    (e(blank(), A), e(F, B), False),
    (e(OL, B, blank()), e(OL, A, B), True),
    (e(OL, e("PatternSequence", B, A)), e(OL, A, B), True),
    (e(OL, blank(S.Integer), blank(S.Integer)), e(OL, 1, A), False),
]


@pytest.mark.parametrize(("pattern", "term", "expected"), MATCHES, ids=repr)
def test_matches(pattern: Term, term: Term, expected: bool) -> None:
    assert is_match(pattern, term, MATCHING) is expected


GREATER = e("Condition", lst(many(), named(X), many()), e("Greater", X, 2))
PLUS = e("Plus", A, B, C)
BOUND = [
    (lst(named(X, some()), named(Y, some())), lst(1, 2, 3), {"x": 1, "y": seq(2, 3)}),
    (lst(e("Longest", named(X, some())), named(Y, some())), lst(1, 2, 3), {"x": seq(1, 2), "y": 3}),
    (lst(named(X, some()), named(Y), named(X, some())), lst(1, 2, 3, 1, 2), {"x": seq(1, 2), "y": 3}),
    (lst(named(X, many()), named(X, many())), lst(1, 2, 1, 2), {"x": seq(1, 2)}),
    (lst(named(X), named(X)), lst(1, 1.0), None),
    (GREATER, lst(1, 2, 3, 4), {"x": 3}),
    (GREATER, pack([1, 2]), None),
    (lst(e("Alternatives", named(X), lst(named(X), blank())), named(X)), lst(lst(A, B), A), {"x": A}),
    (e(F, named(X), e("Optional", named(Y), 5)), e(F, 1), {"x": 1, "y": 5}),
    (e(F, named(X), e("Optional", named(Y), 5)), e(F, 1, 2), {"x": 1, "y": 2}),
    (e(F, named(X), e("Optional", e("PatternTest", named(Y), S.IntegerQ), 5)), e(F, 1), {"x": 1, "y": 5}),
    (e(F, e("Optional", named(X, blank(S.Integer)), 0), e("Optional", named(Y), 1)), e(F, A), {"x": 0, "y": A}),
    (e("Plus", named(X), named(Y)), PLUS, {"x": A, "y": e("Plus", B, C)}),
    (e("Plus", B, named(Y)), PLUS, {"y": e("Plus", A, C)}),
    (e("Plus", named(X), e("Optional", named(Y))), A, {"x": A, "y": 0}),
    (e("Times", e("Optional", named(X)), A), A, {"x": 1}),
    (e("Times", e("Optional", named(X)), A), e("Times", 3, A), {"x": 3}),
    (e("Power", A, e("Optional", named(X))), A, {"x": 1}),
    (
        e("Times", e("Optional", named(X)), e("Power", named(Y, blank(S.Symbol)), e("Optional", named(Z)))),
        e("Times", 3, e("Power", A, 2)),
        {"x": 3, "y": A, "z": 2},
    ),
    (e(P, named(X), named(Y)), e(P, 1, 2, 3), {"x": 1, "y": e(P, 2, 3)}),
    (e(FL, named(X), named(Y)), e(FL, 1, 2), {"x": e(FL, 1), "y": e(FL, 2)}),
    (e(FL, named(X, blank(S.Integer)), named(Y, blank(S.Integer))), e(FL, 1, 2), {"x": 1, "y": 2}),
    (e(OL, named(X, some()), named(Y, blank(S.Integer))), e(OL, 1, A, B), {"x": seq(A, B), "y": 1}),
    (e(named(X), named(Y)), e(e(F, 1), 2), {"x": e(F, 1), "y": 2}),
    (named(X, e(F, named(Y))), e(F, 1), {"x": e(F, 1), "y": 1}),
    (e("KeyValuePattern", lst(rule("b", named(X)))), ASSOCIATION, {"x": 2}),
    (
        e(F, named(X, e("OptionsPattern"))),
        e(F, rule(A, 1), lst(rule(B, 2))),
        {"x": seq(rule(A, 1), lst(rule(B, 2))), "OptionsPattern": lst(rule(A, 1), rule(B, 2))},
    ),
    (
        lst(e("Longest", e("Repeated", e("Alternatives", e(F, named(X)), e(G, named(Y))))), many(), named(Y)),
        lst(e(F, 1), e(G, 2), 3),
        {"x": 1, "y": 3},
    ),
    (lst(named(X, e("Repeated", blank(S.Integer))), named(Y, many())), lst(1, 2, A), {"x": 1, "y": seq(2, A)}),
]


@pytest.mark.parametrize(("pattern", "term", "expected"), BOUND, ids=repr)
def test_binds(pattern: Term, term: Term, expected: dict[str, Term] | None) -> None:
    found = first(pattern, term)
    if expected is None or found is None:
        assert found is expected
    else:
        assert found.keys() == expected.keys()
        assert all(same(found[name], expected[name]) for name in expected), found


def test_all_ways_to_split_a_sum() -> None:
    ways = list(match_all(e("Plus", named(X), named(Y)), e("Plus", A, B, C, D), MATCHING))
    assert len(ways) == 2**4 - 2


def test_long_lists() -> None:
    numbers = pack(range(10_000))
    assert len(first(lst(named(X, some()), named(Y, some())), numbers)["y"].args) == 9999
    assert is_match(lst(many(), 9_999, many()), numbers, MATCHING)
    assert not is_match(lst(many(), named(X, blank(S.Real)), many()), numbers, MATCHING)
    assert not is_match(lst(many(), named(X), named(X), many()), numbers, MATCHING)
    assert is_match(lst(e("Repeated", named(X))), lst(*[A] * 10_000), MATCHING)


def test_a_condition_may_use_a_name_bound_outside_of_it() -> None:
    pattern = e(G, named(X), e("Condition", named(Y), e("Greater", Y, X)))
    assert is_match(pattern, e(G, 1, 2), MATCHING)
    assert not is_match(pattern, e(G, 2, 1), MATCHING)


def test_a_narrow_pattern_in_a_long_sum_searches_no_subsets() -> None:
    terms = [e(F, number) for number in range(30)]
    assert not is_match(e("Plus", named(X, blank(S.Integer)), named(Y)), e("Plus", *terms), MATCHING)


def test_a_sum_without_a_term_for_each_pattern_is_given_up_before_all_ways_are_searched() -> None:
    terms = [e(F, number) for number in range(12)]
    pattern = e("Plus", named(X), named(Y), named(Z), e("PatternTest", named(A), symbol("IntegerQ")))
    assert not is_match(pattern, e("Plus", *terms), MATCHING)
    run = [e("Pattern", name, e("BlankSequence")) for name in (X, Y, Z)]
    assert not is_match(e(OL, *run, e("BlankSequence", S.Integer)), e(OL, *terms), MATCHING)


def test_so_it_is_found_where_only_some_terms_together_will_do() -> None:
    terms = [e(F, number) for number in range(6)]
    pattern = e("Plus", named(X), named(Y), e("Pattern", A, e("Plus", named(B), named(C))))
    assert is_match(pattern, e("Plus", *terms, 1), MATCHING)
