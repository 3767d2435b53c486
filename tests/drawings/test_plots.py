"""Plots and tables: curves are where their numbers say, ticks are round, nothing is lost for odd numbers."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.drawings import Curve, Plot, Table, page_of, text_of
from wlnet.drawings.braille import curve, thinned
from wlnet.drawings.page_svg import page_svg
from wlnet.drawings.plot import Axis
from wlnet.drawings.shapes import Shape

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)


def svg_of(shape: Shape) -> str:
    return page_svg(page_of(shape))


def test_a_falling_curve_falls() -> None:
    lines = curve([8.0, 4.0, 2.0, 1.0], 4, 6, Axis([1.0, 8.0], logarithmic=True))
    first = [next(row for row, line in enumerate(lines) if line[column] != "⠀") for column in range(4)]
    assert first == sorted(first)
    assert (first[0], first[-1]) == (0, 3), "it enters the last column where it left the one before"
    assert lines[-1][-1] != "⠀"


def test_thinning_keeps_the_mean() -> None:
    values = [float(n % 7) for n in range(700)]
    assert sum(thinned(values, 70)) / 70 == pytest.approx(3.0)
    assert thinned([1.0, 2.0], 4) == [1.0, 1.0, 2.0, 2.0]


@settings(max_examples=60)
@given(st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=5), max_size=3), st.sampled_from([None, True, False]))
def test_any_numbers_can_be_drawn(curves: list, logarithmic: bool | None) -> None:
    plot = Plot(
        "x", "<&>", tuple(Curve(f"<{n}>", tuple(points)) for n, points in enumerate(curves)), "a", "b", logarithmic
    )
    svg = svg_of(plot)
    ElementTree.fromstring(svg)
    assert "nan" not in svg
    assert "inf" not in svg
    assert (text_of(plot) or "").startswith("<&>")


@settings(max_examples=60)
@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.integers(2, 9))
def test_ticks_are_round_and_inside(low: float, width: float, count: int) -> None:
    axis = Axis([low, low + width])
    found = axis.ticks(count)
    assert len(found) <= count + 1
    assert all(-1e-6 <= axis.place(value) <= 1 + 1e-6 for value in found)


def test_wide_values_are_logarithmic() -> None:
    axis = Axis([0.001, 3.0], logarithmic=None)
    assert axis.logarithmic
    assert axis.ticks(6) == pytest.approx([0.001, 0.01, 0.1, 1.0][: len(axis.ticks(6))]) or len(axis.ticks(6)) <= 6
    assert axis.place(math.sqrt(0.003)) == pytest.approx(0.5)
    assert math.isnan(axis.place(0.0))
    assert not Axis([0.0, 3.0], logarithmic=None).logarithmic


def test_a_curve_is_where_its_points_are() -> None:
    plot = Plot("x", "c", (Curve("up", ((0.0, 0.0), (1.0, 2.0), (math.nan, 1.0), (3.0, 1.0))),))
    root = ElementTree.fromstring(svg_of(plot))
    paths = [part.get("d") for part in root.iter("{http://www.w3.org/2000/svg}path")]
    steps = [np.diff([[float(n) for n in point.split(",")] for point in path[1:].split()], axis=0) for path in paths]
    assert any(np.allclose(step, [[440 / 3, -260]], atol=0.02) for step in steps)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 1


def test_tables() -> None:
    table = Table("t", "numbers", ("a", "long"), ("x", "y"), ((10.0, 0.0), (3.0, 4.0)), "is", "taken for")
    ElementTree.fromstring(svg_of(table))
    lines = (text_of(table) or "").splitlines()
    assert [line.split() for line in lines[-2:]] == [["a", "│", "10", "0"], ["long", "│", "3", "4"]]
    many = tuple(str(n) for n in range(40))
    large = Table("t", "numbers", many, many, tuple((0.0,) * 40 for _ in many))
    assert text_of(large) is None
    ElementTree.fromstring(svg_of(large))
