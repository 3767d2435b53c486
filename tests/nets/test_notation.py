"""The dimension notation and unification: what is written once is solved in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wlnet.nets import VARYING
from wlnet.nets.dimensions import Disagreement, Shape, describe, flat, is_known, show, size, unify
from wlnet.nets.notation import Bindings, bind, express, parse_pattern, parse_ports

DIMENSIONS = some.one_of(some.integers(1, 4), some.none(), some.just(VARYING))
SHAPES = some.one_of(some.none(), some.lists(DIMENSIONS, max_size=3).map(tuple))


def unified(a: Shape, b: Shape) -> Any:
    try:
        return unify(a, b)
    except Disagreement:
        return "disagreement"


@given(SHAPES, SHAPES)
def test_unification_does_not_depend_on_the_order(a: Shape, b: Shape) -> None:
    assert unified(a, b) == unified(b, a)


@given(SHAPES, SHAPES)
def test_unification_knows_all_that_either_side_knows(a: Shape, b: Shape) -> None:
    made = unified(a, b)
    if made != "disagreement":
        assert unified(made, a) == made
        assert unified(made, b) == made
    assert unified(a, a) == a


@given(SHAPES, SHAPES, SHAPES)
def test_unification_may_be_done_in_any_grouping(a: Shape, b: Shape, c: Shape) -> None:
    def both(left: Any, right: Any) -> Any:
        return "disagreement" if "disagreement" in (left, right) else unified(left, right)

    assert both(both(a, b), c) == both(a, both(b, c))


@pytest.mark.parametrize(
    ("a", "b", "made"),
    [
        (None, (2, 3), (2, 3)),
        ((None, 3), (2, None), (2, 3)),
        ((VARYING, 3), (5, 3), (5, 3)),
        ((VARYING,), (None,), (VARYING,)),
        ((), (), ()),
    ],
)
def test_two_shapes_are_put_together(a: Shape, b: Shape, made: Shape) -> None:
    assert unify(a, b) == made


@pytest.mark.parametrize(("a", "b"), [((2,), (3,)), ((2,), (2, 1)), ((), (1,)), ((None, 2), (5, 3))])
def test_shapes_that_differ_disagree(a: Shape, b: Shape) -> None:
    with pytest.raises(Disagreement):
        unify(a, b)


@pytest.mark.parametrize(
    ("pattern", "shape", "bindings"),
    [
        ("c ...x", (3, 28, 28), {"c": 3, "...x": (28, 28)}),
        ("...x c", (28, 27, 3), {"c": 3, "...x": (28, 27)}),
        ("...s", (), {"...s": ()}),
        ("t k", (VARYING, 3), {"t": VARYING, "k": 3}),
        ("2 n", (2, 5), {"n": 5}),
        ("(...s)", (12,), {"product s": 12}),
        ("*", (1, 2), {}),
    ],
)
def test_a_shape_says_what_names_stand_for(pattern: str, shape: Shape, bindings: Bindings) -> None:
    known: Bindings = {}
    bind(parse_pattern(pattern), shape, known)
    assert known == bindings
    if pattern != "*":
        assert express(parse_pattern(pattern), known) == shape


@pytest.mark.parametrize(
    ("pattern", "shape", "known"),
    [
        ("a", (2, 3), {}),
        ("a b", (2,), {}),
        ("a a", (2, 3), {}),
        ("3", (4,), {}),
        ("(...s)", (12,), {"...s": (5, 2)}),
        ("(...s)", (12,), {"...s": (5, None)}),
        ("...s", (2, 2), {"...s": (2,)}),
    ],
)
def test_a_shape_that_does_not_fit_disagrees(pattern: str, shape: Shape, known: Bindings) -> None:
    with pytest.raises(Disagreement):
        bind(parse_pattern(pattern), shape, dict(known))


def test_a_product_gives_its_only_unknown_factor() -> None:
    known: Bindings = {"...s": (3, None)}
    bind(parse_pattern("(...s)"), (12,), known)
    assert known["...s"] == (3, 4)


def test_a_product_of_known_dimensions_is_expressed() -> None:
    pattern = parse_pattern("(...o) (...s)")
    assert express(pattern, {"...o": (2, 3), "...s": (4,)}) == (6, 4)
    assert express(pattern, {"...o": (2, VARYING), "...s": None}) == (VARYING, None)


def test_ports_are_parted_into_inputs_and_outputs() -> None:
    inputs, outputs = parse_ports("Input: c ...x, Target: ...s -> Loss:")
    assert list(inputs) == ["Input", "Target"]
    assert list(outputs) == ["Loss"]
    assert express(outputs["Loss"], {}) == ()
    assert parse_ports("-> Output: ...o")[0] == {}


@pytest.mark.parametrize(
    ("shape", "shown", "described", "count", "known"),
    [
        ((3, 28, 28), "{3, 28, 28}", "3-tensor (size: 3×28×28)", 2352, True),
        ((VARYING, 3), '{"Varying", 3}', "matrix (size: n×3)", VARYING, True),
        ((None, 2), "{_, 2}", "matrix (size: ?×2)", None, False),
        ((), "{}", "real", 1, True),
        (None, "{…}", "array", None, False),
    ],
)
def test_shapes_are_written_for_people(shape: Shape, shown: str, described: str, count: Any, known: bool) -> None:
    assert (show(shape), describe(shape), flat(shape), is_known(shape)) == (shown, described, count, known)
    assert size(shape) == (count if isinstance(count, int) else None)
