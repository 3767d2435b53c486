"""What grows in place seems to be made anew: no other name ever sees the change, and n steps cost n."""

from __future__ import annotations

import pickle
import re
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms.growing import ROOM_FROM, SOLE, Row, longer
from wlnet.terms.packed import Room

NAMES = "abc"
names = st.sampled_from(NAMES)
numbers = st.integers(0, 40)


def listed(step: tuple[str, str, int], values: dict[str, list[str]], item: str) -> str:
    """Does a step to Python's lists, and gives it as a program. `item` is what elements are, with %s for a number."""
    name, other, number = step
    new = item % number
    match number % 8:
        case 0:
            values[name] = list(values[other])
            return f"{name} = {other}"
        case 1:
            values[name] = [*values[other], new]
            return f"{name} = Append[{other}, {new}]"
        case 2:
            values[name][1] = new
            return f"{name}[[2]] = {new}"
        case 3:
            values[name] = [*values[other][1:], new, item % 5]
            return f"{name} = Append[Append[Rest[{other}], {new}], {item % 5}]"
        case 4:
            values[name] = ['"x"', *values[other]]
            return f'{name} = {other}; PrependTo[{name}, "x"]'
        case 5:
            values[name] = [new, *values[name]]
            return f"PrependTo[{name}, {new}]"
        case 6:
            values[name] = [*values[other], new]
            values[other][-1] = item % 3
            return f"{name} = {other}; AppendTo[{name}, {new}]; {other}[[-1]] = {item % 3}"
    values[name] = [*values[name], new]
    return f"AppendTo[{name}, {new}]"


def associated(step: tuple[str, str, int], values: dict[str, dict[int, Any]]) -> str:
    """Does a step to Python's dicts, and gives it as a program."""
    name, other, number = step
    match number % 4:
        case 0:
            values[name] = dict(values[other])
            return f"{name} = {other}"
        case 1:
            values[name] = {**values[name], number: 1}
            return f"{name}[{number}] = 1"
        case 2:
            values[name] = {**values[name], number: 2}
            values[other] = dict(values[name])
            return f"{other} = AssociateTo[{name}, {number} -> 2]"
    values[name] = {**values[name], number // 8: 3}
    return f"f[x_] := ({name}[{number // 8}] = 3; x); f[{name}]"


steps = st.lists(st.tuples(names, names, numbers), max_size=12)


@pytest.mark.parametrize("item", ["%s", "y[%s]", '"%s"', "{y, %s}"])
@given(given_steps=steps)
def test_lists(item: str, given_steps: list[tuple[str, str, int]]) -> None:
    session = Session()
    start = [item % number for number in range(ROOM_FROM)]
    values = {name: list(start) for name in NAMES}
    session.evaluate_term(f"a = {{{', '.join(start)}}}; b = Append[Most[a], Last[a]]; c = a")
    for step in given_steps:
        session.evaluate_term(listed(step, values, item))
        assert write(session.evaluate_term("{a, b, c}")) == write(session.evaluate_term(shown(values)))


def shown(values: dict[str, list[Any]]) -> str:
    return "{" + ", ".join("{" + ", ".join(map(str, values[name])) + "}" for name in NAMES) + "}"


@given(steps)
def test_associations(given_steps: list[tuple[str, str, int]]) -> None:
    session = Session()
    values: dict[str, dict[int, Any]] = {name: {} for name in NAMES}
    session.evaluate_term("a = <||>; b = <||>; c = a")
    for step in given_steps:
        session.evaluate_term(associated(step, values))
        assert session.evaluate("{a, b, c}") == [values[name] for name in NAMES]


def test_an_association_may_hold_itself_as_it_was() -> None:
    assert Session().evaluate("a = <|1 -> 2|>; a[3] = a; AssociateTo[a, 4 -> a]; a") == {
        1: 2, 3: {1: 2}, 4: {1: 2, 3: {1: 2}},
    }  # fmt: skip


@pytest.mark.parametrize("number", ["i", "1. i", "I i + 1."])
def test_a_list_of_numbers_has_room_to_grow(number: str) -> None:
    session = Session()
    session.evaluate_term(f"t = {{}}; Do[AppendTo[t, {number}], {{i, 1000}}]")
    assert len(session.evaluate_term("t")) == 1000
    grown = session.evaluate_term("AppendTo[t, t[[1]]]")
    assert type(grown.base) is Room
    assert session.evaluate_term("AppendTo[t, t[[1]]]").base is grown.base


@given(st.lists(st.integers(0, 3), max_size=6), st.integers(0, 2), st.lists(st.integers(0, 3), max_size=3), st.data())
def test_a_row_is_a_tuple(items: list[int], more: int, others: list[int], data: st.DataObject) -> None:
    plain, other = tuple(items), tuple(others)
    row = Row(items + [9] * more, len(items))
    part = slice(
        *(data.draw(st.none() | st.integers(-4, 4)) for _ in range(2)), data.draw(st.sampled_from([None, 1, 2, -1]))
    )
    for does in (
        list, tuple, len, bool, hash, repr, sum, sorted, set, lambda t: t[part], lambda t: t + other, lambda t: other + t,
        lambda t: t * 2, lambda t: 2 * t, lambda t: t == other, lambda t: other == t, lambda t: t != other, lambda t: t < other,
        lambda t: other <= t, lambda t: t == (*t,), lambda t: 2 in t, lambda t: t.count(2), lambda t: [*t, 1], lambda t: max(*t, 5, 6),
        lambda t: list(reversed(t)), lambda t: list(zip(t, t, strict=True)), lambda t: np.array(t).tolist(), lambda t: t + Row([1, 2], 1),
        lambda t: pickle.loads(pickle.dumps(t)), lambda t: dict.fromkeys(t), lambda t: [t[place] for place in range(-len(t), len(t))],
    ):  # fmt: skip
        assert does(row) == does(plain)
    with pytest.raises(IndexError):
        row[len(items)]


def test_rows_share_their_items() -> None:
    row = longer(tuple(range(ROOM_FROM)), "a")
    first, second = longer(row, "b"), longer(row, "c")
    assert (row[-1], first[-1], second[-1]) == ("a", "b", "c")
    assert first.items is row.items is not second.items


def test_what_one_thing_holds_is_told_from_what_two_hold() -> None:
    table = {"name": object()}
    held = table["name"]
    assert sys.getrefcount(held) == SOLE
    another = held
    assert sys.getrefcount(held) > SOLE
    assert another is held


#: Programs that change what `kept`, a list of finished terms, rests on.
CHANGES = (
    "a = 1", "b = a", "a =.", "Clear[f]", "f[x_] := x + 1", "f[1] = 2", "g[x_] := 0 /; n > 1", "n = 2", "n = 0",
    "SetAttributes[g, Orderless]", "SetAttributes[f, Listable]", "ClearAttributes[g, Orderless]",
    "a /: g[a, ___] := up", "f /: g[f[_], ___] := up2", "a /: {a, _} := list", "Block[{a = 3}, kept2 = kept]",
    "Block[{f}, kept2 = kept; kept]", "Module[{a = 4}, AppendTo[kept, h[a]]]",
    "Module[{l}, AppendTo[kept, h[l]]; l = 2]", "AppendTo[kept, <|1 -> f[a], 2 :> a|>]", "map[b] = g[a]",
    "AssociateTo[map, {3 :> a, 4 -> b}]", "AppendTo[kept, f[a, b]]", "AppendTo[kept, g[b, a]]", "kept[[2]] = g[a]",
    "kept[[1]] = a + b", "PrependTo[kept, {a, b}]", "AppendTo[kept, Hold[a, f[1]]]",
    "f /: Hold[___, f[1], ___] := up3", "AppendTo[kept, a -> f[b]]", "h[c_][d_] := d", "AppendTo[kept, h[1][a]]",
    "AppendTo[kept, y[y = 5; 1]]", "Clear[y]", "AppendTo[kept, y[b, b = 7]]", "Do[a = i, {i, 2}]",
    "Unprotect[Plus]; Plus[b, 1] = q; Protect[Plus]", "kept = Join[kept, {f[1], g[2, 1]}]", "kept = Rest[kept]",
    "kept = Reverse[kept]", "a /: {___, a, ___} := up4", "AppendTo[kept, Nothing]", "AppendTo[kept, Unevaluated[a]]",
    "Clear[h]", "a := b", "AppendTo[kept, Sin[b] a]",
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(st.sampled_from(CHANGES), min_size=3, max_size=12))
def test_what_is_finished_rests_on_its_symbols(changes: list[str]) -> None:
    sessions = Session(), Session()
    for program in ("kept = {a, g[2, 1], f[1]}; map = <||>", *changes):
        for session in sessions:
            sessions[1].kernel.changed()  # nothing counts as finished there
            session.evaluate_term(program)
        sessions[1].kernel.changed()
        found, expected = (write(session.evaluate_term("{kept, kept2, map}")) for session in sessions)
        assert re.sub(r"\$\d+", "$", found) == re.sub(r"\$\d+", "$", expected)
