"""Drawings: nothing lies over anything else, arrows point onwards, files are well-formed."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.drawings import Arrow, Drawing, Link, Node, page_of, text_of
from wlnet.drawings.graph_page import lanes_of
from wlnet.drawings.layout import increasing, lay_out
from wlnet.drawings.marks import Path, text_width
from wlnet.drawings.page_svg import page_svg


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, tuple[float, float]], list[tuple[str, str]]]:
    """Gives sizes of nodes, and arrows from earlier to later ones."""
    count = draw(st.integers(1, 12))
    names = [f"n{i}" for i in range(count)]
    sizes = {name: (float(draw(st.integers(10, 90))), float(draw(st.integers(10, 40)))) for name in names}
    pairs = [pair for pair in combinations(names, 2) if draw(st.integers(0, 3)) == 0]
    return sizes, pairs


@given(graphs())
@settings(max_examples=60)
def test_no_boxes_overlap_and_arrows_point_down(graph: tuple) -> None:
    sizes, pairs = graph
    layout = lay_out(sizes, pairs, between=5, below=9)
    assert layout.places.keys() == sizes.keys()
    for a, b in combinations(layout.places.values(), 2):
        beside = abs(a.across - b.across) >= (a.width + b.width) / 2 + 5 - 1e-6
        below = a.down + a.height + 9 <= b.down + 1e-6 or b.down + b.height + 9 <= a.down + 1e-6
        assert beside or below
    for source, target in pairs:
        points = layout.paths[source, target]
        heights = [y for _, y in points]
        assert heights == sorted(heights)
        assert points[0] == (layout.places[source].across, layout.places[source].down + layout.places[source].height)
        assert points[-1] == (layout.places[target].across, layout.places[target].down)
    assert all(place.across - place.width / 2 + 1e-6 >= 0 for place in layout.places.values())
    assert all(place.across + place.width / 2 <= layout.width + 1e-6 for place in layout.places.values())


def test_a_chain_is_one_straight_line() -> None:
    names = [f"n{i}" for i in range(9)]
    sizes = {name: (20.0 + 7 * i, 10.0) for i, name in enumerate(names)}
    layout = lay_out(sizes, list(pairwise(names)), between=5, below=5)
    assert len({place.across for place in layout.places.values()}) == 1


def test_few_arrows_cross() -> None:
    sizes = dict.fromkeys("abcdef", (10.0, 10.0))
    layout = lay_out(sizes, [("a", "f"), ("b", "e"), ("c", "d")], between=5, below=5)
    upper = sorted("abc", key=lambda name: layout.places[name].across)
    lower = sorted("def", key=lambda name: layout.places[name].across)
    assert [dict(zip("abc", "fed", strict=True))[name] for name in upper] == lower


@given(st.lists(st.integers(-9, 9).map(float), min_size=1, max_size=8))
def test_the_nearest_increasing_numbers(values: list[float]) -> None:
    found = increasing(values, [1.0] * len(values))
    assert found == sorted(found)
    assert sum(found) == pytest.approx(sum(values))
    assert values != sorted(values) or found == pytest.approx(values)


DRAWING = Drawing(
    "net",
    "A <caption> & more",
    (
        Node("in", "Input", "3", is_end=True),
        Node("a", "a", "3", "Layer[<x>]", "blue"),
        Node("b", 'b "q"', "2", "", "red"),
    ),
    (Arrow("in", "a"), Arrow("a", "b"), Arrow("in", "b")),
    (Link((("a", "Weights = W"), ("b", "Weights = W transposed"))),),
)


@pytest.mark.parametrize("sideways", [False, True])
def test_a_file_is_well_formed_and_says_everything(sideways: bool) -> None:
    drawing = Drawing(DRAWING.subject, DRAWING.caption, DRAWING.nodes, DRAWING.arrows, DRAWING.links, sideways)
    page = page_of(drawing)
    root = ElementTree.fromstring(page_svg(page))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for said in ("A <caption> & more", "Input", "Layer[<x>]", 'b "q"', "Weights = W", "Weights = W transposed"):
        assert said in texts
    boxes = [mark.parts[0] for mark in page.marks if isinstance(mark, Path) and mark.fill and mark.stroke]
    assert len(boxes) == 3
    assert all(box[:, 0].min() >= 0 and box[:, 0].max() < page.width for box in boxes)
    assert np.ptp(boxes[2][:, 0]) > text_width("Weights = W transposed", 11)


def test_a_drawing_in_text() -> None:
    assert text_of(DRAWING) == SHOWN


SHOWN = """A <caption> & more

        ┌───────────┐
        │ Input  3  │
        └─────┬─────┘
              ├─────┐
              ▼     │
┌───────────────┐   │
│ a  3          │   │
│ Layer[<x>]    │   │
│ Weights = W   │   │
└───────┬───────┘   │
        ▼           ▼
  ┌─────────────────────────┐
  │ b "q"  2                │
  │ Weights = W transposed  │
  └─────────────────────────┘"""


def test_a_large_drawing_is_not_drawn_in_text() -> None:
    nodes = tuple(Node(f"n{i}", f"n{i}") for i in range(100))
    assert text_of(Drawing("net", "many", nodes)) is None


def test_links_side_by_side_have_lanes_of_their_own() -> None:
    level = [(9.0, 5.0), (30.0, 5.0)]
    first, over, below = [(9.0, 0.0), (9.0, 50.0)], [(9.0, 40.0), (9.0, 90.0)], [(9.0, 80.0), (9.0, 120.0)]
    assert lanes_of([level, first, over, below]) == {1: 0, 2: 1, 3: 0}
