"""Plots of data: points, lines through them, logarithmic axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from wlnet.builtins.graphics.options import FALSE, pair
from wlnet.builtins.graphics.plotting import (
    BOTH,
    GOLDEN,
    Function,
    Options,
    colored,
    directives,
    dots,
    legend_of,
    line,
    markers,
    picture,
    plot,
    points_of,
    rows_of,
    some,
    themed,
)
from wlnet.builtins.graphics.styles import Style, styled
from wlnet.builtins.graphics.values import color_term, is_symbol, items, real_of, unfit
from wlnet.kernel import Kernel
from wlnet.terms import NONE, TRUE, S, Term, expression, is_head, is_list, list_of, pack

OWN = (
    "PlotStyle", "PlotLegends", "Joined", "Filling", "FillingStyle", "Mesh", "InterpolationOrder", "PlotMarkers", "DataRange",
    "ColorFunction", "ColorFunctionScaling",
)  # fmt: skip
#: How opaque what is filled is.
SHADE = 0.25
SMOOTH = 16


def is_joined(options: Options, n: int) -> bool:
    given = options["Joined"]
    return items(given)[n % len(items(given))] is TRUE if items(given) else False


def interpolated(points: np.ndarray, order: Term) -> np.ndarray:
    """Gives the points of a line of this order: steps, straight, or a spline."""
    if is_symbol(order, "None", "Automatic"):
        return points
    if type(order) is not int or not 0 <= order <= 5:
        raise unfit("InterpolationOrder: None or a number from 0 to 5", order)
    if order == 1 or len(points) < 3:
        return points
    if order == 0:
        return np.concatenate([np.repeat(points, 2, axis=0)[1:, :1], np.repeat(points, 2, axis=0)[:-1, 1:]], axis=1)
    known = points[np.isfinite(points).all(axis=1)]
    known = known[np.unique(known[:, 0], return_index=True)[1]]
    if len(known) <= order:
        return points
    from scipy.interpolate import make_interp_spline

    across = np.unique(np.concatenate([np.linspace(a, b, SMOOTH) for a, b in pairwise(known)])[:, 0])
    return np.stack([across, make_interp_spline(known[:, 0], known[:, 1], k=order)(across)], axis=1)


def fillings(options: Options, count: int) -> Mapping[int, Term]:
    """Gives number of a curve → what it is filled up to."""
    given = options["Filling"]
    if is_symbol(given, "None"):
        return {}
    rules = [item for item in items(given) if is_head(item, S.Rule, 2)]
    if rules:
        return {item.args[0] - 1: item.args[1] for item in rules if type(item.args[0]) is int}
    return dict.fromkeys(range(count), given)


def base_of(target: Term, points: np.ndarray, curves: Sequence[np.ndarray]) -> np.ndarray:
    """Gives the heights that a curve is filled up to; raises Unfit."""
    heights = np.concatenate([curve[:, 1] for curve in curves])
    heights = heights[np.isfinite(heights)]
    if is_head(target, S.List, 1) or (is_list(target) and len(items(target)) == 1):
        other = items(target)[0]
        if type(other) is int and 1 <= other <= len(curves):
            curve = curves[other - 1]
            return np.interp(points[:, 0], curve[:, 0], curve[:, 1])
    level = {"Axis": 0.0, "Bottom": heights.min(), "Top": heights.max()}.get(
        getattr(target, "name", ""), real_of(target)
    )
    if level is None:
        raise unfit("Filling: Axis, Bottom, Top, a number, or rules such as 1 -> {2}", target)
    return np.full(len(points), level)


def filling(
    style: list[Term], target: Term, n: int, curves: Sequence[np.ndarray], options: Options, joined: bool
) -> Term:
    """Gives the surface between a curve and what it is filled up to, or a stem below each point."""
    points = curves[n][np.isfinite(curves[n]).all(axis=1)]
    base = np.stack([points[:, 0], base_of(target, points, curves)], axis=1)
    given = options["FillingStyle"]
    extra = [] if is_symbol(given, "Automatic", "None") else [given]
    styled(Style(), tuple(extra), 400.0)
    if not joined:
        stems = np.stack([base, points], axis=1)
        return list_of(*style, expression("Opacity", 0.4), *extra, expression("Line", pack(stems)))
    shade = [] if extra else [expression("Opacity", SHADE)]
    return list_of(*style, *shade, *extra, expression("Polygon", pack(np.concatenate([points, base[::-1]]))))


def color_pieces(kernel: Kernel, points: np.ndarray, options: Options, joined: bool) -> list[Term]:
    """Gives a curve in pieces, or points, each in the color of its height."""
    known = points[np.isfinite(points).all(axis=1)]
    colors = colored(kernel, options, known[:, 1], float(known[:, 1].min()), float(known[:, 1].max()), S.Automatic)
    found: list[Term] = []
    for n, shade in enumerate(colors.tolist()):
        part = expression("Line", pack(known[n : n + 2])) if joined else expression("Point", pack(known[n : n + 1]))
        if not joined or n + 1 < len(known):
            found += [color_term(tuple(shade)), part]
    return found


def curve(
    kernel: Kernel, n: int, curves: Sequence[np.ndarray], style: list[Term], mark: list[Term], options: Options
) -> list[Term]:
    """Gives the primitives of one data set."""
    points, joined = curves[n], is_joined(options, n)
    drawn = interpolated(points, options["InterpolationOrder"]) if joined else points
    if not is_symbol(options["ColorFunction"], "Automatic", "None") and np.isfinite(points).all(axis=1).any():
        return [list_of(*style, *color_pieces(kernel, drawn, options, joined))]
    made = line(drawn) if joined else None
    found = [] if made is None else [list_of(*style, made)]
    has_points = not joined or mark or is_symbol(options["Mesh"], "All", "Full", "True")
    dotted = dots(points) if has_points else None
    if dotted is not None:
        found.append(list_of(*style, *mark, dotted))
    return found


def list_picture(kernel: Kernel, name: str, data: Term, options: Options) -> Term:
    """Gives the plot of data sets."""
    options = themed(name, options)
    given = options["DataRange"]
    span = None if is_symbol(given, "Automatic", "All") else pair(given)
    sets, names = rows_of(data)
    curves = [points_of(each, span) for each in sets]
    some(curves)
    count = len(curves)
    most = max(map(len, curves))
    size = expression("AbsolutePointSize", 5 if most < 100 else 3.5 if most < 500 else 2.5)
    styles = directives(options, count, base=(size, expression("AbsoluteThickness", 2)))
    marks = markers(options, count)
    made = [
        filling(styles[n], target, n, curves, options, is_joined(options, n))
        for n, target in fillings(options, count).items()
        if 0 <= n < count and len(curves[n])
    ]
    for n in range(count):
        made += curve(kernel, n, curves, styles[n], marks[n], options)
    kind = S.LineLegend if is_joined(options, 0) else S.PointLegend
    if names is not None and options["PlotLegends"] is NONE:
        options = options | {"PlotLegends": S.Automatic}
    shown = [[*style, *mark] for style, mark in zip(styles, marks, strict=True)]
    return picture(made, options, legend_of(options, kind, shown, names or list(range(1, count + 1))))


def declare_list_plot(name: str, usage: str, scales: tuple[Term, Term] | None, joined: Term, example: str) -> Function:
    """Declares a plot of data: whether points are joined, and the scales of its axes."""

    def plotted(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
        return list_picture(kernel, name, data, options)

    plotted.__doc__ = usage + example
    defaults: dict[str, Term] = {"Axes": BOTH, "AspectRatio": GOLDEN, "Joined": joined}
    if scales is not None:
        defaults["ScalingFunctions"] = list_of(*scales)
    return plot(name, f"{name}[{{1, 3, 2}}]", OWN, **defaults)(plotted)


FORMS = """{0}[{{y1, y2, …}}] plots {1} (1, y1), (2, y2), …{2}.
    {0}[{{{{x1, y1}}, …}}] plots {1} with given x; {0}[{{data1, data2, …}}] several data sets, an association with a legend.

    Details: What is no number leaves a gap.

    Examples:
"""
POINTS_EXAMPLE = """        >> First[Cases[ListPlot[{{1, 2}, {3, 5}}], Point[p_] :> p, Infinity]]
        = {{1., 2.}, {3., 5.}}
        >> Length[Cases[ListPlot[<|"a" -> {1, 2, 3}, "b" -> {2, 4, 6}|>], _Point, Infinity]]
        = 2
        >> ListPlot["no data"];
        message: ListPlot::unfit
"""
LINE_EXAMPLE = """        >> First[Cases[ListLinePlot[{1, 4, 9}], Line[p_] :> p, Infinity]]
        = {{1., 1.}, {2., 4.}, {3., 9.}}
        >> StringContainsQ[ExportString[ListLinePlot[{{1, 2, 4}, {4, 2, 1}}, PlotLegends -> {"up", "down"}], "SVG"], "down"]
        = True
"""


def log_example(name: str) -> str:
    return f'        >> StringContainsQ[ExportString[{name}[{{{{1, 1}}, {{1000, 1000}}}}], "SVG"], ">100<"]\n        = True\n'


declare_list_plot("ListPlot", FORMS.format("ListPlot", "the points", ""), None, FALSE, POINTS_EXAMPLE)
declare_list_plot(
    "ListLinePlot", FORMS.format("ListLinePlot", "lines through the points", ""), None, TRUE, LINE_EXAMPLE
)
for _name, _scales, _said in (
    ("ListLogPlot", (NONE, "Log"), ", the y axis being logarithmic"),
    ("ListLogLinearPlot", ("Log", NONE), ", the x axis being logarithmic"),
    ("ListLogLogPlot", ("Log", "Log"), ", both axes being logarithmic"),
):
    _shown = log_example(_name)
    declare_list_plot(_name, FORMS.format(_name, "the points", _said), _scales, FALSE, _shown)
