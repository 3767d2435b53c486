"""What grows in place seems to be made anew: no other name ever sees the change, and n steps cost n."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms.packed import Room

NAMES = "abc"
names = st.sampled_from(NAMES)
numbers = st.integers(0, 40)


def listed(step: tuple[str, str, int], values: dict[str, list[Any]]) -> str:
    """Does a step to Python's lists, and gives it as a program."""
    name, other, number = step
    match number % 7:
        case 0:
            values[name] = list(values[other])
            return f"{name} = {other}"
        case 1:
            values[name] = [*values[other], number]
            return f"{name} = Append[{other}, {number}]"
        case 2:
            values[name][1] = -number
            return f"{name}[[2]] = {-number}"
        case 3:
            values[name] = [*values[other][1:], number, 5]
            return f"{name} = Append[Append[Rest[{other}], {number}], 5]"
        case 4:
            values[name] = ['"x"', *values[other]]
            return f'{name} = {other}; PrependTo[{name}, "x"]'
        case 5:
            values[name] = [number, *values[name]]
            return f"PrependTo[{name}, {number}]"
    values[name] = [*values[name], number]
    return f"AppendTo[{name}, {number}]"


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


@given(steps)
def test_lists(given_steps: list[tuple[str, str, int]]) -> None:
    session = Session()
    values: dict[str, list[Any]] = {name: list(range(1, 21)) for name in NAMES}
    session.evaluate_term("a = Range[20]; b = Range[20]; c = a")
    for step in given_steps:
        session.evaluate_term(listed(step, values))
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
