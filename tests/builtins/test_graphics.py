"""Graphics as a user of the language meets them: what is drawn lies where the numbers say, in every format."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest

from wlnet.session import Session

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def session() -> Session:
    return Session()


def drawn(session: Session, code: str) -> ElementTree.Element:
    """Gives the SVG of a graphic, parsed."""
    text = session.evaluate(f'ExportString[{code}, "SVG"]')
    assert isinstance(text, str), session.messages
    return ElementTree.fromstring(text)


def texts(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def circles(picture: ElementTree.Element) -> np.ndarray:
    return np.array([(float(e.get("cx", 0)), float(e.get("cy", 0))) for e in picture.iter(f"{SVG}circle")])


def test_points_lie_in_proportion_to_their_numbers(session: Session) -> None:
    found = circles(drawn(session, "ListPlot[{{0, 0}, {1, 3}, {4, 12}}]"))
    steps = found - found[0]
    assert steps[2] == pytest.approx(4 * steps[1], abs=0.1)
    assert steps[1][0] > 0 > steps[1][1], "upwards on a page is less"


def test_a_logarithmic_axis_makes_powers_equidistant(session: Session) -> None:
    found = circles(drawn(session, "ListLogPlot[{1, 10, 100}]"))
    assert found[1, 1] - found[0, 1] == pytest.approx(found[2, 1] - found[1, 1], abs=0.1)


def test_texts_around_a_plot_are_there(session: Session) -> None:
    options = 'PlotLabel -> "a < b", Frame -> True, FrameLabel -> {"across", "up"}, PlotLegends -> {"first"}'
    found = texts(drawn(session, f"ListLinePlot[{{1, 5, 2}}, {options}]"))
    assert {"a < b", "across", "up", "first"} <= set(found)


def test_a_pole_and_a_jump_break_the_line_and_a_steep_piece_does_not(session: Session) -> None:
    pieces = "Cases[{}, Line[p_] :> If[ArrayQ[p, 2], 1, Length[p]], Infinity]"
    assert session.evaluate(pieces.format("Plot[Tan[x], {x, 0, 6}]")) == [3]
    assert session.evaluate(pieces.format("Plot[Sign[x], {x, -1, 1.1}]")) == [2]
    assert session.evaluate(pieces.format("Plot[ArcTan[1000 x], {x, -1, 1}]")) == [1]
    assert session.evaluate(pieces.format("Plot[Log[x], {x, -1, 1}]")) == [1]


def test_a_curve_is_taken_more_closely_where_it_bends(session: Session) -> None:
    points = "First[Cases[Plot[Abs[x - 0.3], {x, 0, 1}], Line[p_] :> p, Infinity]]"
    found = np.array(session.evaluate(f"Normal[{points}]"))
    steps = np.diff(found[:, 0])
    assert steps.min() < steps.max() / 10
    assert abs(found[steps.argmin(), 0] - 0.3) < 0.03


def test_what_a_plot_samples_leaves_the_variable_alone(session: Session) -> None:
    session.evaluate("x = 5; Plot[x^2, {x, 0, 1}]")
    assert session.evaluate("x") == 5
    assert session.messages == []


def test_show_unites_and_its_options_win(session: Session) -> None:
    session.evaluate('p = ListPlot[{1, 2}, PlotLabel -> "old", AxesLabel -> {"n", "v"}]')
    found = texts(drawn(session, 'Show[p, Graphics[Text["inside", {1.5, 1.5}]], PlotLabel -> "new"]'))
    assert {"new", "n", "v", "inside"} <= set(found)
    assert "old" not in found


def test_inside_scaled_coordinates_are_shares_of_the_picture(session: Session) -> None:
    graphics = "Graphics[{Line[{{0, 0}, {10, 10}}], Point[{5, 5}], Point[Scaled[{0.5, 0.5}]]}]"
    first, last = circles(drawn(session, graphics))
    assert first == pytest.approx(last, abs=0.1)


def test_pictures_inside_a_list_are_short_and_alone_are_drawn(session: Session) -> None:
    shown = session.display(session.evaluate_term("ListPlot[{1, 2, 3}]"))
    assert len(shown.splitlines()) > 10
    assert "┤" in shown
    assert session.display(session.evaluate_term("{ListPlot[{1, 2}], 7}")) == "{-Graphics-, 7}"


def test_dark_cells_are_dark_in_the_terminal(session: Session) -> None:
    lines = session.display(session.evaluate_term("ArrayPlot[{{0, 1}, {1, 0}}, Frame -> False]")).splitlines()
    assert lines[0].endswith("⣿")
    assert lines[0].startswith("⠀")
    assert lines[-1].startswith("⣿")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('Graphics[Disk[], AspectRatio -> "x"]', "a real number is expected"),
        ("ListPlot[{1, 2}, PlotStyle -> Reddish]", "PlotStyle: a directive"),
        ("ListPlot[{1, 2}, Colour -> Red]", "Unknown option Colour"),
        ("Plot[x, {x, 1, 0}]", "min < max"),
        ("Plot[f[x], {x, 0, 1}]", "there is nothing to plot"),
        ('DensityPlot[x y, {x, 0, 1}, {y, 0, 1}, ColorFunction -> "Plaid"]', "there is no color scheme"),
        ('Export["x.svg", Graphics[{Red, Disk[], Squircle[]}]]', "a primitive such as Line"),
    ],
)
def test_what_is_unfit_is_told(session: Session, code: str, said: str) -> None:
    session.evaluate_term(code)
    assert len(session.messages) == 1
    assert said in session.messages[0]


def test_pictures_are_written_to_files(session: Session, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for kind, begins in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("jpg", b"\xff\xd8")):
        file = tmp_path / f"plot.{kind}"
        assert (
            session.evaluate(f'Export["{file}", GraphicsRow[{{ListPlot[{{1, 2}}], PieChart[{{1, 2}}]}}]] === "{file}"')
            is True
        )
        assert file.read_bytes().startswith(begins)


def test_pixels_lie_where_the_primitives_say(session: Session) -> None:
    pytest.importorskip("matplotlib")
    code = "Graphics[{Red, Rectangle[{0, 0}, {1, 1}], Raster[{{0, 1}}, {{0, 1}, {1, 2}}]}, PlotRangePadding -> None]"
    pixels = np.array(session.evaluate(f"ImageData[Rasterize[{code}, ImageSize -> 100]]"))
    rows = len(pixels)
    assert pixels[3 * rows // 4, 50] == pytest.approx([1, 0, 0], abs=0.01)
    assert pixels[rows // 4, 30] == pytest.approx([0, 0, 0], abs=0.01)
    assert pixels[rows // 4, 70] == pytest.approx([1, 1, 1], abs=0.01)


def test_a_missing_package_is_named(session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("matplotlib", "matplotlib.backends.backend_agg"):
        monkeypatch.setitem(sys.modules, name, None)
    assert session.evaluate(f'Export["{tmp_path}/plot.png", ListPlot[{{1, 2}}]] === $Failed') is True
    assert "pip install matplotlib" in session.messages[0]
    session.evaluate("Rasterize[ListPlot[{1, 2}]]")
    assert "pip install matplotlib" in session.messages[0]


def test_contours_are_where_the_heights_are(session: Session) -> None:
    code = "Cases[ContourPlot[x^2 + 2 y^2, {x, -2, 2}, {y, -2, 2}, Contours -> {1, 2}], Line[p_] :> p, Infinity]"
    for level, lines in zip((1, 2), session.evaluate(code), strict=True):
        points = np.concatenate([np.array(line) for line in lines])
        assert points[:, 0] ** 2 + 2 * points[:, 1] ** 2 == pytest.approx(np.full(len(points), level), abs=0.02)


def test_the_bins_of_a_histogram_hold_what_histogram_list_says(session: Session) -> None:
    session.evaluate("data = {0.5, 1, 1.5, 2, 2, 7.25}")
    heights = session.evaluate("Cases[Histogram[data, {1}], Rectangle[{x_, _}, {_, h_}] :> {x, h}, Infinity]")
    bounds, counts = session.evaluate("HistogramList[data, {1}]")
    assert [list(pair) for pair in heights] == [[b, c] for b, c in zip(bounds, counts, strict=False) if c]


def test_legends_of_several_pictures_stand_below_one_another(session: Session) -> None:
    session.evaluate('p = ListPlot[{1, 2}, PlotLegends -> {"first"}]; q = ListPlot[{2, 1}, PlotLegends -> {"second"}]')
    heights = {e.text: float(e.get("y", 0)) for e in drawn(session, "Show[p, q]").iter(f"{SVG}text")}
    assert heights["second"] > heights["first"] + 10


def test_a_reversed_axis_runs_the_other_way(session: Session) -> None:
    found = circles(drawn(session, 'ListPlot[{1, 2, 4}, ScalingFunctions -> {None, "Reverse"}]'))
    assert (np.diff(found[:, 1]) > 0).all()


def test_what_is_nearer_hides_what_is_farther(session: Session) -> None:
    pytest.importorskip("matplotlib")
    near, far = "{Red, Cuboid[{0, -3, 0}, {1, -2, 1}]}", "{Blue, Cuboid[{0, 2, 0}, {1, 3, 1}]}"
    for both in (f"{{{near}, {far}}}", f"{{{far}, {near}}}"):
        code = f"Graphics3D[{both}, ViewPoint -> {{0, -5, 0}}, Boxed -> False]"
        pixels = np.array(session.evaluate(f"ImageData[Rasterize[{code}, ImageSize -> 80]]"))
        middle = pixels[len(pixels) // 2, 40]
        assert middle[0] > 0.3
        assert middle[2] < 0.05


def test_plots_become_a_film(session: Session, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    file = tmp_path / "film.gif"
    session.evaluate(
        f'Export["{file}", {{ListPlot[{{1, 2}}], Graphics[Disk[], ImageSize -> 200], Image[{{{{0, 1}}}}]}}]'
    )
    assert session.evaluate(f'Import["{file}", "ImageCount"]') == 3
    sizes = session.evaluate(f'Union[ImageDimensions /@ Import["{file}", "ImageList"]]')
    assert len(sizes) == 1
