"""Matching agrees with the naive matcher on generated patterns and terms."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.patterns.language import MATCHING, OL, A, B, F, P, X, Y, Z, blank, e, lst, many, named, some
from tests.patterns.reference import ways
from wlnet.patterns import (
    NO_MATCH,
    CompiledRule,
    RuleTable,
    compile_pattern,
    is_match,
    match_all,
    replace_all,
    substitute,
)
from wlnet.patterns.matching import head_of
from wlnet.terms import S, Term, same
from wlnet.terms.expression import Expression

ATOMS = st.sampled_from([A, B, 1, 2])


def terms_of(heads: list[Term], most: int = 4) -> st.SearchStrategy[Term]:
    return st.recursive(
        ATOMS,
        lambda inner: st.builds(
            lambda head, args: Expression(head, tuple(args)), st.sampled_from(heads), st.lists(inner, max_size=most)
        ),
        max_leaves=7,
    )


NAMES = st.sampled_from([X, Y, Z])
RUNS = [some(), many(), some(S.Integer), many(S.Symbol)]


@st.composite
def cases(draw: st.DrawFn, heads: list[Term], runs: bool = True) -> tuple[Term, Term]:
    """A term, and a pattern made from it by putting blanks in places, so that most of them match in some way."""
    term = draw(terms_of(heads).filter(lambda term: type(term) is Expression and len(term.args) > 1))
    return generalized(draw, term, runs, top=True), term


def generalized(draw: st.DrawFn, term: Term, runs: bool, top: bool = False) -> Term:
    kind = "inside" if top else draw(st.sampled_from(["same", "inside", "blank", "head", "either", "other"]))
    if kind == "inside" and type(term) is Expression:
        return Expression(term.head, tuple(generalized_args(draw, term.args, runs)))
    made = {
        "blank": blank(),
        "head": blank(head_of(term)),
        "either": e("Alternatives", named(draw(NAMES)), draw(st.sampled_from([term, A, blank(S.Integer)]))),
        "other": draw(st.sampled_from([A, 1, blank(F)])),
    }.get(kind, term)
    return named(draw(NAMES), made) if draw(st.booleans()) else made


def generalized_args(draw: st.DrawFn, args: tuple[Term, ...], runs: bool) -> list[Term]:
    made = []
    while args:
        count = draw(st.integers(0, len(args))) if runs and draw(st.booleans()) else None
        if count is None:
            made.append(generalized(draw, args[0], runs))
            args = args[1:]
            continue
        kind = draw(st.sampled_from(["run", "named", "inside"]))
        if kind == "inside":
            made.append(e("PatternSequence", *generalized_args(draw, args[:count], False)))
        else:
            run = draw(st.sampled_from(RUNS))
            made.append(named(draw(NAMES), run) if kind == "named" else run)
        args = args[count:]
        if len(made) > 4:
            break
    return made


def listed(found: object) -> list[list[tuple[str, str]]]:
    return [sorted((name.name, repr(value)) for name, value in bindings.items()) for bindings in found]


@settings(max_examples=600, deadline=None)
@given(cases([S.List, F]))
def test_all_ways_in_the_order_of_the_naive_matcher(case: tuple[Term, Term]) -> None:
    pattern, term = case
    expected = listed(ways(pattern, (term,), {}))
    found = listed(match_all(pattern, term, MATCHING))
    # A pattern without variables says only whether it matches.
    assert list(map(list, dict.fromkeys(map(tuple, found)))) == list(map(list, dict.fromkeys(map(tuple, expected))))
    assert is_match(pattern, term, MATCHING) == bool(expected)


@settings(max_examples=400, deadline=None)
@given(cases([OL, F]))
@example((e(OL, blank(F), e("PatternSequence", e(OL), blank())), e(OL, A, e(OL), e(F))))
def test_any_order_under_an_orderless_head(case: tuple[Term, Term]) -> None:
    pattern, term = case
    expected = listed(ways(pattern, (term,), {}))
    found = listed(match_all(pattern, term, MATCHING))
    assert all(way in expected for way in found)
    assert bool(found) == bool(expected) == is_match(pattern, term, MATCHING)


@settings(max_examples=400, deadline=None)
@given(cases([P, F], runs=False))
def test_runs_under_a_flat_head(case: tuple[Term, Term]) -> None:
    pattern, term = case
    expected = listed(ways(pattern, (term,), {}))
    found = listed(match_all(pattern, term, MATCHING))
    assert sorted(set(map(tuple, found))) == sorted(set(map(tuple, expected)))


@settings(max_examples=300, deadline=None)
@given(cases([S.List, F]))
def test_a_rule_puts_the_first_bindings_into_its_right_side(case: tuple[Term, Term]) -> None:
    pattern, term = case
    found = CompiledRule(pattern, e("Hold", X, e("g", Y, Z), Y), True).apply(term, MATCHING)
    bindings = next(ways(pattern, (term,), {}), None)
    if bindings is None:
        assert found is NO_MATCH
    else:
        unbound = {name: e("Sequence") for name in compile_pattern(pattern).names}
        assert same(found, substitute(e("Hold", X, e("g", Y, Z), Y), unbound | bindings))


@settings(max_examples=200, deadline=None)
@given(terms_of([S.List, F]))
def test_a_term_matches_itself_and_is_its_own_literal_rule(term: Term) -> None:
    table = RuleTable()
    table.add(term, A, False)
    assert is_match(term, term, MATCHING)
    assert table.lookup(term, MATCHING) is A
    assert table.remove(term)
    assert len(table) == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(terms_of([S.List, F]), max_size=4))
def test_replacing_nothing_gives_the_same_object(items: list[Term]) -> None:
    term = lst(*items)
    assert replace_all(term, [CompiledRule(e("absent", blank()), A, False)], MATCHING) is term
