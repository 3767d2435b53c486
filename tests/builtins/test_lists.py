"""Lists: laws over packed and unpacked forms, Part against Python's indexing, sorting, sets, and regressions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.builtins.lists.parts import REMOVED, change_part, part
from wlnet.kernel import Message
from wlnet.session import Session
from wlnet.terms import (
    Association,
    BigReal,
    Expression,
    NumericArray,
    S,
    Term,
    compare,
    elements,
    expression,
    list_of,
    pack,
    same,
    sort_keys,
    symbol,
    to_list,
)

ATOM = st.one_of(
    st.integers(-5, 5),
    st.sampled_from([0.5, -1.5, 2.0]),
    st.text("abC", max_size=2),
    st.sampled_from([symbol("Global`x"), symbol("Global`y")]),
)
INTEGERS = st.lists(st.integers(-9, 9), min_size=1, max_size=20)
MATRIX = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=1, max_size=4)
)


@cache
def shared() -> Session:
    return Session()


def value(text: str) -> Term:
    """Gives the value of a text in a session of its own."""
    session = Session()
    found = session.evaluate_term(text)
    assert not session.messages
    return found


def call(name: str, *args: Term) -> Term:
    """Gives the value of a call in a session that all examples of a law share."""
    return shared().kernel.evaluate(expression(name, *args))


def unpacked(values: object) -> Term:
    """Gives nested Python lists as a list that is packed nowhere."""
    return list_of(*map(unpacked, values)) if isinstance(values, list) else values


def packed(values: object) -> Term:
    return pack(np.array(values))


def plain(term: Term) -> object:
    """Gives a nested list as Python lists."""
    if type(term) is np.ndarray or (type(term) is Expression and term.head is S.List):
        return [plain(item) for item in elements(term)]
    return term


UNARY = (
    "First", "Last", "Rest", "Most", "Reverse", "RotateLeft", "RotateRight", "Sort", "ReverseSort", "Ordering", "Union",
    "DeleteDuplicates", "Tally", "Counts", "Gather", "Split", "PositionIndex", "Flatten", "Commonest", "Depth",
    "LeafCount", "CountDistinct", "DuplicateFreeQ", "Catenate",
)  # fmt: skip


@pytest.mark.parametrize("name", UNARY)
@given(values=st.one_of(INTEGERS, MATRIX))
@settings(max_examples=25, deadline=None)
def test_packed_and_unpacked_lists_give_the_same(name: str, values: list) -> None:
    one, other = call(name, packed(values)), call(name, unpacked(values))
    left, right = ((x.args[0] if type(x) is Expression and x.head is symbol(name) else x) for x in (one, other))
    assert same(left, right)


BINARY = (
    ("Take", 2), ("Take", -1), ("Drop", 1), ("Partition", 2), ("RotateLeft", 3), ("Append", 7), ("Prepend", 7),
    ("TakeLargest", 1), ("TakeSmallest", 1), ("Join", pack(np.array([1, 2]))), ("Complement", pack(np.array([1, 2]))),
    ("Intersection", pack(np.array([1, 2, 3]))), ("Riffle", 0), ("Delete", 1), ("Subsets", 1),
)  # fmt: skip


@pytest.mark.parametrize(("name", "argument"), BINARY, ids=str)
@given(values=INTEGERS.filter(lambda values: len(values) > 1))
@settings(max_examples=25, deadline=None)
def test_packed_and_unpacked_lists_give_the_same_with_an_argument(name: str, argument: Term, values: list) -> None:
    assert same(call(name, packed(values), argument), call(name, unpacked(values), argument))


@st.composite
def indexed(draw: st.DrawFn) -> tuple[list, tuple[Term, ...], tuple]:
    """Gives a matrix, part specifications for it, and the index that means the same to NumPy, axis by axis."""
    values = draw(MATRIX)
    specs: list[Term] = []
    places: list = []
    for size in (len(values), len(values[0])):
        kind = draw(st.sampled_from(["one", "all", "several", "span"]))
        start, stop = sorted((draw(st.integers(1, size)), draw(st.integers(1, size))))
        if kind == "one":
            sign = draw(st.booleans())
            specs.append(start if sign else start - size - 1)
            places.append(start - 1)
        elif kind == "all":
            specs.append(S.All)
            places.append(slice(None))
        elif kind == "several":
            specs.append(list_of(start, -1, stop))
            places.append([start - 1, size - 1, stop - 1])
        else:
            step = draw(st.integers(1, 3))
            specs.append(expression("Span", start, stop, step))
            places.append(slice(start - 1, stop, step))
    return values, tuple(specs), tuple(places)


@given(indexed())
@settings(max_examples=200, deadline=None)
def test_part_is_indexing(case: tuple[list, tuple[Term, ...], tuple]) -> None:
    values, specs, (rows, columns) = case
    wanted = np.array(values)[rows]
    wanted = wanted[..., columns]
    kernel = shared().kernel
    for made in (packed(values), unpacked(values)):
        assert plain(part(kernel, made, specs)) == wanted.tolist()
    assert part(kernel, NumericArray(np.array(values, dtype=np.int64)), specs) is not None


@given(INTEGERS, st.integers(-25, 25))
@settings(deadline=None)
def test_a_place_outside_is_a_message(values: list, place: int) -> None:
    inside = 0 < abs(place) <= len(values)
    for made in (packed(values), unpacked(values)):
        if inside:
            assert part(shared().kernel, made, (place,)) == values[place - 1 if place > 0 else place]
        elif place:
            with pytest.raises(Message, match="partw"):
                part(shared().kernel, made, (place,))


@given(INTEGERS, st.data())
@settings(deadline=None)
def test_changing_a_part_changes_that_part_alone(values: list, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(values)))
    changed = change_part(packed(values), (place,), lambda old: "new")
    wanted = list(values)
    wanted[place - 1] = "new"
    assert plain(changed) == wanted
    del wanted[place - 1]
    assert plain(change_part(packed(values), (place,), lambda old: REMOVED)) == wanted


@given(st.lists(ATOM, max_size=12))
@settings(deadline=None)
def test_sort_is_an_ordered_permutation(values: list) -> None:
    result = elements(call("Sort", list_of(*values)))
    assert Counter(map(repr, result)) == Counter(map(repr, values))
    assert all(compare(a, b) <= 0 for a, b in pairwise(result))
    assert same(call("Reverse", to_list(result)), call("ReverseSort", list_of(*values)))


NUMBER = st.sampled_from(
    [1, 1.0, Fraction(1, 2), 0.5, 2 + 1j, expression("Complex", 2, -1), BigReal.of(Fraction(1, 2), 20), -3, 2]
)
PLAIN = st.recursive(
    ATOM | NUMBER,
    lambda inner: (
        st.builds(
            lambda head, args: expression(head, *args),
            st.sampled_from([S.List, S.Rule, symbol("f")]),
            st.lists(inner, max_size=3),
        )
        | st.lists(st.integers(0, 3), min_size=1, max_size=3).map(pack)
    ),
    max_leaves=6,
)


@given(st.lists(PLAIN, max_size=6), st.booleans())
def test_keys_sort_as_the_canonical_order(values: list, has_sums: bool) -> None:
    values = [*values, expression("Times", 2, symbol("a"))] if has_sums else values
    keys = sort_keys(values)
    for (one, key_one), (two, key_two) in pairwise(zip(values, keys, strict=True)):
        assert (key_one > key_two) - (key_one < key_two) == compare(one, two)


@given(st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=1))
def test_rows_of_numbers_sort_as_lists_do(rows: list) -> None:
    packed, unpacked = (pack(rows), list_of(*(list_of(*row) for row in rows)))
    assert same(call("Sort", packed), call("Sort", unpacked))


@given(st.lists(ATOM, max_size=12))
@settings(deadline=None)
def test_ordering_is_the_order_of_sort(values: list) -> None:
    term = list_of(*values)
    order = call("Ordering", term)
    assert same(part(shared().kernel, term, (order,)), call("Sort", term))


@given(st.lists(ATOM, max_size=10), st.lists(ATOM, max_size=10))
@settings(deadline=None)
def test_sets(left: list, right: list) -> None:
    a, b = list_of(*left), list_of(*right)
    names_a, names_b = set(map(repr, left)), set(map(repr, right))
    assert set(map(repr, elements(call("Union", a, b)))) == names_a | names_b
    assert set(map(repr, elements(call("Intersection", a, b)))) == names_a & names_b
    assert set(map(repr, elements(call("Complement", a, b)))) == names_a - names_b
    distinct = elements(call("DeleteDuplicates", a))
    assert list(map(repr, distinct)) == list(dict.fromkeys(map(repr, left)))


@given(st.lists(ATOM, max_size=10), st.integers(-30, 30))
@settings(deadline=None)
def test_rotations_undo_each_other(values: list, count: int) -> None:
    term = list_of(*values)
    assert same(call("RotateRight", call("RotateLeft", term, count), count), term)


@given(st.lists(ATOM, min_size=1, max_size=12), st.integers(1, 5))
@settings(deadline=None)
def test_partition_with_overhang_loses_nothing(values: list, length: int) -> None:
    term = list_of(*values)
    pieces = call("Partition", term, expression("UpTo", length))
    assert same(call("Catenate", pieces), term)
    assert all(len(elements(piece)) <= length for piece in elements(pieces))


@given(st.lists(ATOM, max_size=12))
@settings(deadline=None)
def test_runs_and_groups_lose_nothing(values: list) -> None:
    term = list_of(*values)
    assert same(call("Catenate", call("Split", term)), term)
    assert same(call("Sort", call("Catenate", call("Gather", term))), call("Sort", term))
    counts = call("Counts", term)
    assert sum(counts.values()) == len(values)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{1, 2, 3}[[;; 0]]", "{}"),
        ("{1, 2, 3}[[4 ;; 3]]", "{}"),
        ("{1, 2, 3}[[;; ;; -1]]", "{3, 2, 1}"),
        ("{1, 2, 3}[[;; UpTo[9]]]", "{1, 2, 3}"),
        ("{a, {b, c}}[[2, {2, 1}]]", "{c, b}"),
        ("f[a, b][[0]]", "f"),
        ("{1, 2}[[0]]", "List"),
        ("{{1, 2}, {3, 4}}[[All, 1]]", "{1, 3}"),
        ('{<|"x" -> 1|>, <|"x" -> 2|>}[[All, "x"]]', "{1, 2}"),
        ('<|"x" -> <|"y" -> {5, 6}|>|>[["x", "y", -1]]', "6"),
        ("<|1 -> a, 2 -> b|>[[{2}]]", "<|2 -> b|>"),
        ("Take[Range[20], {2, 10, 4}]", "{2, 6, 10}"),
        ("Flatten[{1, {2, {3, {4}}}}, 2]", "{1, 2, 3, {4}}"),
        ("Flatten[{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}, 1]", "{{1, 2}, {3, 4}, {5, 6}, {7, 8}}"),
        ("Flatten[{{a, b}, {c, d}}, {{2}, {1}}]", "{{a, c}, {b, d}}"),
        ("Partition[{1, 2, 3, 4, 5}, 3, 2]", "{{1, 2, 3}, {3, 4, 5}}"),
        ("Partition[{1, 2, 3}, 2, 1, {1, 1}]", "{{1, 2}, {2, 3}, {3, 1}}"),
        ("Partition[{1, 2, 3}, 2, 1, {-1, 1}, 0]", "{{0, 1}, {1, 2}, {2, 3}, {3, 0}}"),
        ("Insert[{a, b}, x, {{1}}]", "{x, a, b}"),
        ("Delete[{a, {b, c}}, {{2, 1}, {1}}]", "{{c}}"),
        ("SortBy[{{2, a}, {1, b}, {1, a}}, First]", "{{1, a}, {1, b}, {2, a}}"),
        ("Sort[{x, 2, 1.5, \"b\", \"a\"}]", '{1.5, 2, "a", "b", x}'),
        ("MaximalBy[{<|\"v\" -> 1|>, <|\"v\" -> 3|>}, #v &]", '{<|"v" -> 3|>}'),
        ("MapIndexed[f, {{a}, {b}}]", "{f[{a}, {1}], f[{b}, {2}]}"),
        ("Map[f, Hold[1 + 1]]", "Hold[f[1 + 1]]"),
        ("MapAt[f, {{1, 2}, {3, 4}}, {All, 2}]", "{{1, f[2]}, {3, f[4]}}"),
        ("MapAt[f, {1, 2, 3}, {{1}, {3}}]", "{f[1], 2, f[3]}"),
        ("Apply[f, {{1, 2}, {3}}, {0, 1}]", "f[f[1, 2], f[3]]"),
        ("Fold[f, {}]", "Fold[f, {}]"),
        ("FoldList[f, {}]", "{}"),
        ("AllTrue[{x}, EvenQ]", "False"),
        ("Tuples[{a, b}, {1, 2}]", "{{{a, a}}, {{a, b}}, {{b, a}}, {{b, b}}}"),
        ("GroupBy[{1, 2, 3}, OddQ, Total]", "<|True -> 4, False -> 2|>"),
        ("Pick[{{1, 2}, {3, 4}}, {{True, False}, {False, True}}]", "{{1}, {4}}"),
        ("OperatorApplied[Subtract][1][5]", "4"),
        ("Select[2 < # &][{1, 3}]", "{3}"),
    ],
)  # fmt: skip
def test_values(text: str, wanted: str) -> None:
    session = Session()
    assert same(session.evaluate_term(text), session.kernel.evaluate(session.evaluate_term(wanted))), text


def test_a_large_list_stays_packed() -> None:
    for text in (
        "Reverse[Range[100]]", "Take[Range[100], 50]", "Select[Range[100], EvenQ]", "Join[Range[50], Range[50]]",
        "Partition[Range[100], 10]", "Flatten[Partition[Range[100], 10]]", "Sort[Range[100, 1, -1]]",
        "Append[Range[100], 1]", "Map[# + 1 &, Range[100]]", "Range[100][[2 ;; 50]]", "Union[Range[100], Range[50]]",
    ):  # fmt: skip
        assert type(value(text)) is np.ndarray, text


def test_1_and_1_point_are_different_elements() -> None:
    assert len(elements(value("DeleteDuplicates[{1, 1., 1, True}]"))) == 3
    assert len(elements(value("Union[{1, 1.}]"))) == 2
    assert type(value("Counts[{1, 1.}]")) is Association
    assert len(value("Counts[{1, 1.}]")) == 2
