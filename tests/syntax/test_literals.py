"""List literals of numbers, which are packed without passing the parser, mean what they mean otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.syntax import parse
from wlnet.terms import Expression, S, Term, is_list, same

INTEGERS = [str(n * (-1) ** n) for n in range(120)]
REALS = ["1.", ".5", "-2.25", "1.5*^-3", "3.*^10", " 7.0 "] * 20


def token_by_token(text: str) -> Term:
    """Reads lists without the fast path, which knows braces only."""
    return parse(text.replace("{", "List[").replace("}", "]"))


def literal(items: list[str]) -> str:
    return "{" + ",".join(items) + "}"


@pytest.mark.parametrize(("items", "kind"), [(INTEGERS, np.int64), (REALS, np.float64)])
def test_long_lists_of_one_kind_are_packed(items: list[str], kind: type) -> None:
    term = parse(literal(items))
    assert type(term) is np.ndarray
    assert term.dtype == kind
    assert not term.flags.writeable
    assert same(token_by_token(literal(items)), term)


def test_mixed_lists_keep_integers_and_reals_apart() -> None:
    term = parse(literal([*INTEGERS, "2."]))
    assert type(term) is Expression
    assert [type(item) for item in term.args] == [int] * len(INTEGERS) + [float]


def test_nested_lists_are_packed_if_rectangular() -> None:
    rows = literal([literal(INTEGERS[:12]), literal(INTEGERS[12:24])])
    assert parse(literal([rows, rows, rows])).shape == (3, 2, 12)


@pytest.mark.parametrize(
    "text",
    [
        literal([literal(INTEGERS), literal(INTEGERS[:-1])]),
        literal([literal(INTEGERS), literal(REALS)]),
        literal([*INTEGERS, literal(INTEGERS)]),
        literal([*INTEGERS, "99999999999999999999"]),
        literal([*INTEGERS, "x"]),
        literal([*INTEGERS, "2 3"]),
    ],
)
def test_what_is_not_rectangular_or_not_a_machine_number_is_no_packed_list(text: str) -> None:
    term = parse(text)
    assert type(term) is Expression
    assert term.head is S.List


def test_a_literal_inside_an_expression_ends_where_it_ends() -> None:
    term = parse(f"f[{literal(INTEGERS)}[[2]], {literal(REALS)} + 1]")
    assert term.args[0].head is S.Part
    assert term.args[1].head is S.Plus


numbers = st.one_of(st.integers(-(10**20), 10**20).map(str), st.floats(-1e6, 1e6).map(lambda x: f"{x:.8f}"))
nested = st.recursive(
    st.lists(numbers, min_size=1, max_size=12).map(literal),
    lambda inner: st.lists(inner, min_size=1, max_size=4).map(literal),
    max_leaves=12,
)


@given(text=nested)
@settings(deadline=None)
def test_literals_mean_what_they_mean_token_by_token(text: str) -> None:
    term = parse(text)
    assert is_list(term)
    assert same(term, token_by_token(text))
