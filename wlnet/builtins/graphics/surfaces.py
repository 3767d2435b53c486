"""Plots in space: surfaces of functions and of data, points, curves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.builtins.graphics.fields import data_field, function_field
from wlnet.builtins.graphics.function_plots import count_in, evaluated
from wlnet.builtins.graphics.options import GENERAL, PLOTS, Option
from wlnet.builtins.graphics.plotting import Function, Options, colored, directives, some
from wlnet.builtins.graphics.sampling import iterator, standing_for, values_of
from wlnet.builtins.graphics.schemes import USUAL
from wlnet.builtins.graphics.space import DEFAULTS, OWN, SAMPLES
from wlnet.builtins.graphics.values import Unfit, array, color_term, is_symbol, unfit
from wlnet.drawings.marks import finite_parts
from wlnet.kernel import Kernel, builtin
from wlnet.terms import TRUE, Term, elements, expression, is_list, list_of, pack, rule, symbol
from wlnet.terms import attributes as flags

SURFACE = ("ColorFunction", "ColorFunctionScaling", "Mesh", "PlotStyle")
#: Places in each direction, and of a curve.
PLACES, ALONG = 30, 200
BOXED: dict[str, Term] = {"Axes": TRUE, "BoxRatios": list_of(1, 1, 0.5)}


def plot(
    name: str, sample: str, own: tuple[str, ...], attributes: int = 0, **defaults: Term
) -> Callable[[Function], Function]:
    """Declares a plot with the options of Graphics3D and some of its own."""
    rows: dict[str, Option] = {**GENERAL, **PLOTS, **OWN}
    known = {**DEFAULTS, **{each: rows[each].default for each in own}, **defaults}

    def declare(function: Function) -> Function:
        shown = ", ".join(f"{each} -> {SAMPLES.get(each, rows[each].sample)}" for each in known)
        function.__doc__ = (
            f"{function.__doc__}\nOptions: those of Graphics3D and {', '.join(own)}:\n"
            f"    >> Head[{sample[:-1]}, {shown}]]\n    = Graphics3D\n"
        )
        return builtin(name, category="Plots", options=known, attributes=attributes)(function)

    return declare


def picture(primitives: list[Term], options: Options) -> Term:
    kept = (rule(symbol(name), options[name]) for name in DEFAULTS if options[name] is not DEFAULTS[name])
    return expression("Graphics3D", list_of(*primitives), *kept)


def surface(kernel: Kernel, heights: np.ndarray, across: np.ndarray, up: np.ndarray, options: Options) -> list[Term]:
    """Gives the cells of a surface over places across (columns) and up (rows), each in the color of its height."""
    grid = np.stack([*np.meshgrid(across, up), heights], axis=2)
    cells = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2).reshape(-1, 4, 3)
    cells = cells[np.isfinite(cells).all(axis=(1, 2))]
    if not len(cells):
        raise Unfit("there is nothing to plot: real heights are expected")
    low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
    style = options["PlotStyle"]
    has_mesh = not is_symbol(options["Mesh"], "None", "False")
    edge = expression(
        "EdgeForm", expression("Directive", expression("GrayLevel", 0.2, 0.35), expression("AbsoluteThickness", 0.5))
    )
    made: list[Term] = [edge] if has_mesh else []
    if not is_symbol(style, "Automatic", "None"):
        return [*made, *directives(options, 1)[0], expression("Polygon", pack(cells))]
    shades = colored(kernel, options, cells[:, :, 2].mean(axis=1), low, high, USUAL)
    for cell, shade in zip(cells, shades.tolist(), strict=True):
        made += [color_term(tuple(shade)), expression("Polygon", pack(cell))]
    return made


@plot("Plot3D", "Plot3D[x y, {x, 0, 1}, {y, 0, 1}]", (*SURFACE, "PlotPoints"), flags.HOLD_ALL, **BOXED, Mesh=TRUE)
def plot_3d(kernel: Kernel, body: Term, across: Term, up: Term, *, options: Options) -> Term | None:
    """Plot3D[f, {x, min, max}, {y, min, max}] plots the values of f as a surface.
    Plot3D[{f1, f2, …}, {x, min, max}, {y, min, max}] plots several.

    Examples:
        >> p = Plot3D[x + y, {x, 0, 1}, {y, 0, 2}]; Max[Cases[p, Polygon[c_] :> Max[c[[All, 3]]], Infinity]]
        = 3.
        >> Plot3D[x, {x, 0, 1}, {y, a, 1}];
        message: Plot3D::unfit
    """
    options = evaluated(kernel, options)
    options = options | {"PlotPoints": count_in(options, "PlotPoints", PLACES, 2, 100)}
    made: list[Term] = []
    for each in elements(body) if is_list(body) else (body,):
        heights, (left, right), (below, above) = function_field(kernel, each, across, up, options)
        rows, columns = heights.shape
        made += surface(kernel, heights, np.linspace(left, right, columns), np.linspace(below, above, rows), options)
    return picture(made, options)


@plot("ListPlot3D", "ListPlot3D[{{1, 2}, {3, 4}}]", (*SURFACE, "DataRange"), **BOXED, Mesh=TRUE)
def list_plot_3d(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """ListPlot3D[{{z11, z12, …}, …}] plots heights as a surface, the first row in front.
    ListPlot3D[{{x1, y1, z1}, …}] takes heights at any points.

    Examples:
        >> Length[Cases[ListPlot3D[{{1, 2, 3}, {2, 4, 6}}], _Polygon, Infinity]]
        = 2
        >> ListPlot3D[{1, 2}];
        message: ListPlot3D::unfit
    """
    heights, (left, right), (below, above) = data_field(data, options)
    if array(data) is not None and heights.shape != array(data).shape:  # type: ignore[union-attr]
        heights = heights[::3, ::3]
    rows, columns = heights.shape
    places = np.linspace(left, right, columns), np.linspace(below, above, rows)
    return picture(surface(kernel, heights, *places, options), options)


@plot(
    "ListPointPlot3D",
    "ListPointPlot3D[{{1, 2, 3}, {3, 4, 5}}]",
    ("PlotStyle",),
    Axes=TRUE,
    BoxRatios=list_of(1, 1, 0.7),
)
def list_point_plot_3d(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """ListPointPlot3D[{{x1, y1, z1}, …}] plots points in space.
    ListPointPlot3D[{data1, data2, …}] plots several data sets in different colors.

    Examples:
        >> Cases[ListPointPlot3D[{{1, 2, 3}, {4, 5, 6}}], Point[p_] :> p, Infinity]
        = {{{1., 2., 3.}, {4., 5., 6.}}}
        >> ListPointPlot3D[{1, 2}];
        message: ListPointPlot3D::unfit
    """
    found = array(data)
    sets = (
        [found]
        if found is not None and found.ndim == 2
        else [array(each) for each in elements(data)]
        if is_list(data)
        else []
    )
    known = [each for each in sets if each is not None and each.ndim == 2 and each.shape[1] == 3]
    if not known or len(known) < len(sets):
        raise unfit("a list of points {x, y, z}, or several such lists", data)
    some(known)
    size = expression("AbsolutePointSize", 5 if max(map(len, known)) < 500 else 3)
    styles = directives(options, len(known), base=(size,))
    parts = [each[np.isfinite(each).all(axis=1)] for each in known]
    made = [list_of(*style, expression("Point", pack(each))) for style, each in zip(styles, parts, strict=True)]
    return picture(made, options)


@plot(
    "ParametricPlot3D",
    "ParametricPlot3D[{t, t^2, 1}, {t, 0, 1}]",
    ("PlotStyle", "PlotPoints"),
    flags.HOLD_ALL,
    Axes=TRUE,
)
def parametric_plot_3d(kernel: Kernel, body: Term, spec: Term, *, options: Options) -> Term | None:
    """ParametricPlot3D[{fx, fy, fz}, {t, min, max}] plots the curve of the points {fx, fy, fz}.

    Examples:
        >> Last[First[Cases[ParametricPlot3D[{t, 2 t, 1}, {t, 0, 1}], Line[p_] :> p, Infinity]]]
        = {1., 2., 1.}
        >> ParametricPlot3D[{t, t}, {t, 0, 1}];
        message: ParametricPlot3D::unfit
    """
    options = evaluated(kernel, options)
    name, low, high = iterator(kernel, spec)
    with standing_for(kernel, name):
        at = values_of(kernel, name, body)
        rows = [at(place) for place in np.linspace(low, high, count_in(options, "PlotPoints", ALONG, 2, 5000)).tolist()]
    if any(len(row) % 3 or len(row) != len(rows[0]) for row in rows):
        raise unfit("a point {fx, fy, fz} or a list of them", body)
    curves = [np.array(rows)[:, n : n + 3] for n in range(0, len(rows[0]), 3)]
    some(curves)
    styles = directives(options, len(curves), base=(expression("AbsoluteThickness", 2),))
    made = [
        list_of(*style, *(expression("Line", pack(part)) for part in finite_parts(curve)))
        for style, curve in zip(styles, curves, strict=True)
    ]
    return picture(made, options)
