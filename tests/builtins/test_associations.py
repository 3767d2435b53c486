"""Associations: laws against Python's dict, functions of lists on their values, and regressions."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.session import Session
from wlnet.terms import Association, Term, elements, expression, list_of, rule, same

PAIRS = st.lists(st.tuples(st.text("abc", min_size=1, max_size=2), st.integers(-9, 9)), max_size=8)


@cache
def shared() -> Session:
    return Session()


def call(name: str, *args: Term) -> Term:
    return shared().kernel.evaluate(expression(name, *args))


def as_dict(term: Term) -> dict:
    assert type(term) is Association
    return dict(term.items())


@given(PAIRS)
@settings(deadline=None)
def test_an_association_is_a_dict(pairs: list) -> None:
    made = call("Association", *(rule(*pair) for pair in pairs))
    assert list(as_dict(made).items()) == list(dict(pairs).items())
    assert list(elements(call("Keys", made))) == list(dict(pairs))
    assert list(elements(call("Values", made))) == list(dict(pairs).values())
    assert same(call("Association", list_of(*made.rules())), made)
    assert same(call("AssociationThread", call("Keys", made), call("Values", made)), made)


@given(PAIRS, PAIRS)
@settings(deadline=None)
def test_join_and_merge(left: list, right: list) -> None:
    a, b = Association(left), Association(right)
    assert as_dict(call("Join", a, b)) == {**dict(left), **dict(right)}
    merged = as_dict(call("Merge", list_of(a, b), expression("Function", expression("Length", expression("Slot", 1)))))
    assert merged.keys() == dict(left).keys() | dict(right).keys()


@given(PAIRS, st.lists(st.text("abc", min_size=1, max_size=2), max_size=4))
@settings(deadline=None)
def test_keys_taken_and_dropped_make_the_whole(pairs: list, names: list) -> None:
    made = Association(pairs)
    taken, dropped = call("KeyTake", made, list_of(*names)), call("KeyDrop", made, list_of(*names))
    assert as_dict(taken) == {name: dict(pairs)[name] for name in names if name in dict(pairs)}
    assert same(call("KeySort", call("Join", taken, dropped)), call("KeySort", made))


@given(PAIRS)
@settings(deadline=None)
def test_functions_of_lists_act_on_values(pairs: list) -> None:
    made = Association(pairs)
    values = list(as_dict(made).values())
    for name in ("Sort", "Reverse", "DeleteDuplicates", "RotateLeft"):
        assert same(call("Values", call(name, made)), call(name, list_of(*values))), name
    assert all(as_dict(call("Sort", made))[key] == value for key, value in as_dict(made).items())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('Map[#^2 &, <|"a" -> 3|>]', '<|"a" -> 9|>'),
        ('Select[<|"a" -> 1, "b" -> 4|>, EvenQ]', '<|"b" -> 4|>'),
        ('Take[<|"a" -> 1, "b" -> 4|>, -1]', '<|"b" -> 4|>'),
        ('Rest[<|"a" -> 1, "b" -> 4|>]', '<|"b" -> 4|>'),
        ('First[<|"a" -> 1|>]', "1"),
        ('MapIndexed[f, <|"a" -> 1|>]', '<|"a" -> f[1, {Key["a"]}]|>'),
        ('Append[<|"a" -> 1, "b" -> 2|>, "a" -> 3]', '<|"b" -> 2, "a" -> 3|>'),
        ('Prepend[<|"a" -> 1, "b" -> 2|>, "b" -> 3]', '<|"b" -> 3, "a" -> 1|>'),
        ('SortBy[<|"a" -> -3, "b" -> 2|>, Abs]', '<|"b" -> 2, "a" -> -3|>'),
        ('Delete[<|"a" -> 1, "b" -> 2|>, 1]', '<|"b" -> 2|>'),
        ('<|"a" -> 1|>["b"]', 'Missing["KeyAbsent", "b"]'),
        ('Lookup[<|"a" -> 1|>, {"a", "c"}, 0]', "{1, 0}"),
        ("Lookup[<||>, k, 1 + 1]", "2"),
        ('<|"a" :> 1 + 1|>["a"]', "2"),
        ("<|Nothing, {a -> 1}, If[True, b -> 2]|>", "<|a -> 1, b -> 2|>"),
        ("<|1 -> a, 1. -> b|>[1.]", "b"),
        ("KeyValueMap[List, <|a -> 1|>]", "{{a, 1}}"),
        ("AssociationMap[f, {a, b}]", "<|a -> f[a], b -> f[b]|>"),
        ("Merge[{<|a -> 1|>, <|a -> 2|>}, Total]", "<|a -> 3|>"),
        ("GroupBy[{<|k -> 1|>, <|k -> 2|>}, Key[k]]", "<|1 -> {<|k -> 1|>}, 2 -> {<|k -> 2|>}|>"),
        ("Counts[{a, b, a}]", "<|a -> 2, b -> 1|>"),
        ('KeyMap[ToUpperCase, <|"a" -> 1|>]', '<|"A" -> 1|>'),
        ("f @@ <|a -> 1, b -> 2|>", "f[1, 2]"),
        ("Keys[{a -> 1, {b -> 2}}]", "{a, {b}}"),
        ('<|"a" -> y + 1|> /. y -> 2', '<|"a" -> 3|>'),
        ('Replace[<|"a" -> 1|>, n_Integer :> n + 1, {1}]', '<|"a" -> 2|>'),
        ("Position[<|a -> 1|>, 1]", "{{Key[a]}}"),
        ('(<|"x" -> #|> &)[1 + 2]', '<|"x" -> 3|>'),
    ],
)
def test_values(text: str, wanted: str) -> None:
    session = Session()
    assert same(session.evaluate_term(text), session.evaluate_term(wanted)), text


def test_the_default_of_lookup_is_evaluated_only_when_needed() -> None:
    session = Session()
    session.evaluate_term('count = 0; Lookup[<|"a" -> 1|>, "a", count = 1]')
    assert session.evaluate_term("count") == 0


def test_appending_leaves_the_original_alone() -> None:
    session = Session()
    found = session.evaluate_term('a = <|"x" -> 1|>; b = Append[a, "y" -> 2]; {Length[a], Length[b]}')
    assert list(elements(found)) == [1, 2]


@pytest.mark.parametrize(
    "query",
    [
        'All, "a"', 'All, "b"', 'All, {"a", "b"}', 'All, {"a", Key["b"]}, f', 'All, Key["a"], f', "All, All, f", 'All, "a", "z"',
        'GroupBy["a"], Total, "b"', 'Select[#a > 1 &], {"a"}',
    ],
)  # fmt: skip
def test_a_query_of_columns_is_one_of_rows(query: str) -> None:
    """Row by row, what stands behind All is a query of its own."""
    rows = '{<|"a" -> 1, "b" -> x|>, <|"a" -> 2, "c" -> <|"z" -> 3|>|>, <|"b" -> 7, "a" -> <|"z" -> 4|>|>}'
    whole = f"Query[{query}][{rows}]"
    single = (
        f"Map[Query[{query.partition(', ')[2]}], {rows}]"
        if query.startswith("All")
        else whole.replace("|>}", "|>, Nothing}")
    )
    assert Session().evaluate(f"{whole} === {single}") is True
