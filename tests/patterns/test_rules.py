"""Rules, tables of rules, and replacement."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from tests.patterns.language import FL, MATCHING, A, B, C, D, F, G, X, Y, Z, blank, e, lst, many, named, seq, some
from wlnet.patterns import (
    NO_MATCH,
    CompiledRule,
    RuleTable,
    replace,
    replace_all,
    replace_repeated,
    substitute,
)
from wlnet.terms import Association, S, Term, pack, rule, same


def table(*rules: tuple[Term, Term]) -> RuleTable:
    made = RuleTable()
    for left, right in rules:
        made.add(left, right, True)
    return made


ORDERED = [
    e(F, 1),
    e(F, e("PatternTest", named(X, blank(S.Integer)), S.EvenQ)),
    e(F, named(X, blank(S.Integer))),
    e(F, named(X)),
    e(F, named(X), e("Optional", named(Y), 1)),
    e(F, named(X), named(Y, many())),
    e(F, named(X, many())),
]


@pytest.mark.parametrize("order", [*list(permutations(range(7)))[::271], (6, 5, 4, 3, 2, 1, 0)], ids=str)
def test_the_more_specific_rule_comes_first_whatever_the_order_of_definition(order: tuple[int, ...]) -> None:
    made = table(*((ORDERED[index], index) for index in order))
    assert [right for _, right in made.rules()] == list(range(7))


def test_rules_of_which_none_is_more_specific_keep_the_order_of_definition() -> None:
    first, second = e(F, named(X, blank(S.Integer)), named(Y)), e(F, named(X), named(Y, blank(S.Integer)))
    assert table((first, 1), (second, 2)).lookup(e(F, 0, 0), MATCHING) == 1
    assert table((second, 2), (first, 1)).lookup(e(F, 0, 0), MATCHING) == 2


def test_more_arguments_are_not_more_specific_where_the_others_may_be_options() -> None:
    options = e(F, named(X), e("OptionsPattern"))
    longer = e(F, named(X), named(Y), named(Z), e("OptionsPattern"))
    given = e(F, A, *(e("Rule", name, 0) for name in (A, B)))
    assert table((options, 1), (longer, 2)).lookup(given, MATCHING) == 1
    assert table((longer, 2), (options, 1)).lookup(given, MATCHING) == 2
    assert table((options, 1), (e(F, named(X)), 2)).lookup(e(F, A), MATCHING) == 2


def test_a_rule_stays_behind_a_more_specific_one_that_stands_behind_a_more_general_one() -> None:
    lists = e(F, named(X, blank(S.List)), named(Y, many()))
    power, general = e(F, named(X), e("Power", named(Y), 2)), e(F, named(X), named(Y), e("Optional", named(Z), 1))
    made = table((lists, 0), (power, 1), (general, 2))
    assert made.lookup(e(F, A, e("Power", B, 2)), MATCHING) == 1


def test_fewer_arguments_do_not_outweigh_a_literal_of_the_other_rule() -> None:
    literal = e(F, named(X), A, e("Repeated", blank(), 3))
    shorter = e(F, named(X), named(Y), e("Optional", named(Z), 1), blank())
    assert table((literal, 1), (shorter, 2)).lookup(e(F, B, A, C), MATCHING) == 1
    assert table((shorter, 2), (literal, 1)).lookup(e(F, B, A, C), MATCHING) == 2


def test_a_repeated_name_is_more_specific() -> None:
    made = table((e(F, named(X), named(Y)), "two"), (e(F, named(X), named(X)), "one"))
    assert made.lookup(e(F, A, A), MATCHING) == "one"
    assert made.lookup(e(F, A, B), MATCHING) == "two"


def test_a_definition_replaces_the_one_that_differs_only_in_names() -> None:
    made = table((e(F, named(X)), 1), (e(F, named(Y)), 2), (e(F, 3), 4), (e(F, 3), 5))
    assert len(made) == 2
    assert made.lookup(e(F, 3), MATCHING) == 5
    assert made.lookup(e(F, A), MATCHING) == 2


def test_conditions_on_the_right_tell_definitions_apart() -> None:
    made = RuleTable()
    left = e(F, named(X))
    made.add(left, "any", True)
    made.add(left, e("Condition", "big", e("Greater", X, 10)), True)
    made.add(left, e("Condition", "even", e("EvenQ", X)), True)
    assert [made.lookup(e(F, x), MATCHING) for x in (12, 2, 1)] == ["big", "even", "any"]
    assert made.remove(e(F, named(Y)))
    assert len(made) == 0
    assert not made.remove(left)


def test_integers_and_reals_are_different_arguments() -> None:
    made = table((e(F, 1), "integer"), (e(F, 1.0), "real"))
    assert made.lookup(e(F, 1), MATCHING) == "integer"
    assert made.lookup(e(F, 1.0), MATCHING) == "real"
    assert made.lookup(e(F, 2), MATCHING) is NO_MATCH


def test_removed_rules_are_gone_after_they_were_used() -> None:
    made = table((e(F, named(X)), 1))
    assert made.lookup(e(F, A), MATCHING) == 1
    made.remove(e(F, named(X)))
    assert made.lookup(e(F, A), MATCHING) is NO_MATCH


def test_a_copy_does_not_change_with_its_origin() -> None:
    made = table((e(F, named(X)), 1), (e(F, 2), 2))
    kept = made.copy()
    made.add(e(F, 3), 3, True)
    made.remove(e(F, named(X)))
    assert kept.lookup(e(F, 3), MATCHING) == 1
    assert [right for _, right in kept.rules()] == [2, 1]


def test_rules_for_a_subscripted_head_and_for_atoms() -> None:
    made = table((e(e(F, named(X)), named(Y)), e("Plus", X, Y)), (A, 5))
    assert same(made.lookup(e(e(F, 1), 2), MATCHING), e("Plus", 1, 2))
    assert made.lookup(A, MATCHING) == 5


def test_the_condition_on_the_right_makes_the_search_go_on() -> None:
    left = lst(many(), named(X), many())
    made = CompiledRule(left, e("Condition", X, e("Greater", X, 2)), True)
    assert made.apply(lst(1, 2, 3, 4), MATCHING) == 3
    assert list(made.results(lst(1, 2, 3, 4), MATCHING)) == [3, 4]
    assert made.apply(lst(1), MATCHING) is NO_MATCH


def test_a_flat_head_replaces_part_of_its_arguments() -> None:
    literal = CompiledRule(e("Plus", A, B), D, False)
    assert same(literal.apply(e("Plus", A, B, C), MATCHING), e("Plus", D, C))
    assert literal.apply(e("Plus", A, B), MATCHING) is D
    squares = CompiledRule(e(FL, named(X, blank(S.Integer)), named(X, blank(S.Integer))), e(G, X), True)
    assert same(squares.apply(e(FL, A, 2, 2, B), MATCHING), e(FL, A, e(G, 2), B))
    held = table((e("HoldPattern", e("Plus", A, B)), D), (e("Plus", A, C), G))
    assert same(held.lookup(e("Plus", A, B, C), MATCHING), e("Plus", G, B))


def test_sequences_are_spliced_and_names_without_a_value_vanish() -> None:
    pattern = lst(named(X, some()), named(Y, many()))
    assert same(CompiledRule(pattern, e(F, Y, X, Y), True).apply(lst(1, 2, 3), MATCHING), e(F, 2, 3, 1, 2, 3))
    either = e("Alternatives", e(F, named(X)), e(G, named(Y)))
    assert same(CompiledRule(either, lst(X, Y), True).apply(e(F, 1), MATCHING), lst(1))


def test_options_reach_option_value() -> None:
    made = CompiledRule(e(F, named(X), e("OptionsPattern")), lst(X, e("OptionValue", A)), True)
    options = lst(rule(A, 1))
    expected = lst(0, e("OptionValue", F, options, A))
    assert same(made.apply(e(F, 0, rule(A, 1)), MATCHING), expected)
    other = CompiledRule(e(F, e("OptionsPattern", G)), e("OptionValue", A), True)
    assert same(other.apply(e(F), MATCHING), e("OptionValue", G, lst(), A))


def test_substitution_shares_what_has_no_names() -> None:
    constant = e(F, 1)
    made = substitute(lst(constant, X, Association([(X, X)])), {X: seq(1, 2), Y: 3})
    assert made.args[0] is constant
    assert same(lst(*made.args[:3]), lst(constant, 1, 2))


def rules(*pairs: tuple[Term, Term]) -> list[CompiledRule]:
    return [CompiledRule(left, right, False) for left, right in pairs]


def test_replacement_goes_from_the_outside_inward_and_not_into_what_it_made() -> None:
    made = rules((e(F, named(X)), e(G, X)))
    assert same(replace_all(e(F, e(F, 1)), made, MATCHING), e(G, e(F, 1)))
    assert replace(lst(e(F, 1)), made, MATCHING) is NO_MATCH
    assert same(replace_all(e(F, A), rules((F, G), (A, B)), MATCHING), e(G, B))


def test_replacement_in_packed_lists() -> None:
    matrix = pack([[1, 2], [3, 4]])
    assert replace_all(matrix, rules((A, B), (blank(S.Real), 0)), MATCHING) is matrix
    changed = replace_all(matrix, rules((3, 7)), MATCHING)
    assert isinstance(changed, np.ndarray)
    assert same(changed, lst(lst(1, 2), lst(7, 4)))
    assert same(replace_all(matrix, rules((lst(1, blank()), A)), MATCHING), lst(A, lst(3, 4)))
    assert same(replace_all(matrix, rules((S.List, F)), MATCHING), e(F, e(F, 1, 2), e(F, 3, 4)))


def test_replacement_in_associations_changes_values_only() -> None:
    changed = replace_all(Association([(A, A), ("k", lst(A))]), rules((A, B)), MATCHING)
    # An expression, so that the evaluator looks at the new values.
    assert same(changed, e(S.Association, e(S.Rule, A, B), e(S.Rule, "k", lst(B))))


def test_replacement_in_deep_terms() -> None:
    deep: Term = A
    for _ in range(20_000):
        deep = e(F, deep)
    made = replace_all(deep, rules((A, B)), MATCHING)
    for _ in range(20_000):
        made = made.args[0]
    assert made is B


def test_repeated_replacement() -> None:
    sorting = rules((lst(named(X, many()), B, A, named(Z, many())), lst(X, A, B, Z)))
    found, settled = replace_repeated(lst(B, B, A, A), sorting, MATCHING)
    assert same(found, lst(A, A, B, B))
    assert settled
    assert replace_repeated(A, rules((A, B), (B, A)), MATCHING, limit=10)[1] is False
