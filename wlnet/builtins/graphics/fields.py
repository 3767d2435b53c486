"""Plots of heights over a plane: as densities and contours, and arrays as cells of color."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.graphics.function_plots import count_in, evaluated
from wlnet.builtins.graphics.options import pair
from wlnet.builtins.graphics.plotting import Options, bar_legend, colored, directives, picture, plot, themed
from wlnet.builtins.graphics.sampling import iterator, reals, standing_for
from wlnet.builtins.graphics.schemes import USUAL
from wlnet.builtins.graphics.values import Unfit, array, is_symbol, number, unfit
from wlnet.drawings.contours import contour
from wlnet.drawings.plot import round_numbers
from wlnet.kernel import Kernel
from wlnet.terms import (
    NONE,
    TRUE,
    NumericArray,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    list_of,
    pack,
)
from wlnet.terms import attributes as flags

FIELD = ("PlotLegends", "PlotPoints", "ColorFunction", "ColorFunctionScaling")
CONTOUR = ("Contours", "ContourStyle", "ContourShading")
#: Places in each direction, and cells of color in each direction at least.
PLACES, CELLS = 50, 240
COUNT = 10
FRAMED: dict[str, Term] = {"Frame": TRUE, "AspectRatio": 1, "PlotRangePadding": NONE}

#: Heights (rows from below, columns), and what their corners stand for: (left, right), (below, above).
Field = tuple[np.ndarray, tuple[float, float], tuple[float, float]]


def function_field(kernel: Kernel, body: Term, across: Term, up: Term, options: Options) -> Field:
    """Gives the values of a function over a rectangle."""
    (x, left, right), (y, below, above) = iterator(kernel, across), iterator(kernel, up)
    count = count_in(options, "PlotPoints", PLACES, 2, 400)
    rows = []
    with standing_for(kernel, x, y):
        for height in np.linspace(below, above, count).tolist():
            kernel.set_own(y, height)
            row = []
            for place in np.linspace(left, right, count).tolist():
                kernel.set_own(x, place)
                found = reals(kernel, kernel.evaluate(body))
                row.append(found[0] if len(found) == 1 else np.nan)
            rows.append(row)
    return checked(np.array(rows, float)), (left, right), (below, above)


def checked(heights: np.ndarray) -> np.ndarray:
    if not np.isfinite(heights).any():
        raise Unfit("there is nothing to plot: real heights are expected")
    return np.where(np.isfinite(heights), heights, np.nan)


def data_field(data: Term, options: Options) -> Field:
    """Gives the heights of a matrix (the first row below), or of points {x, y, z} anywhere."""
    found = array(pack(data.array) if type(data) is NumericArray else data)
    if found is None or found.ndim != 2 or min(found.shape) < 2:
        raise unfit("a matrix of numbers, or a list of points {x, y, z}", data)
    if found.shape[1] == 3 and len(found) > 3:
        return scattered(found)
    given = options["DataRange"]
    rows, columns = found.shape
    if is_symbol(given, "Automatic", "All"):
        return checked(found), (1.0, float(columns)), (1.0, float(rows))
    if not is_list(given) or len(elements(given)) != 2:
        raise unfit("DataRange: {{xmin, xmax}, {ymin, ymax}} or {min, max} for both", given)
    across, up = elements(given) if all(map(is_list, elements(given))) else (given, given)
    return checked(found), pair(across), pair(up)


def scattered(points: np.ndarray) -> Field:
    """Gives the heights between points (x, y, z), by triangles."""
    from scipy.interpolate import griddata
    from scipy.spatial import QhullError

    (left, below), (right, above) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    grid = np.meshgrid(np.linspace(left, right, 80), np.linspace(below, above, 80))
    try:
        heights = griddata(points[:, :2], points[:, 2], tuple(grid))
    except (QhullError, ValueError):
        raise Unfit("the points {x, y, z} must not lie on one line") from None
    return checked(heights), (float(left), float(right)), (float(below), float(above))


def finer(heights: np.ndarray) -> np.ndarray:
    """Gives heights with more places in between."""
    for axis in (0, 1):
        count = heights.shape[axis]
        if count < CELLS:
            places = np.linspace(0, count - 1, CELLS)
            lower = np.minimum(places.astype(int), count - 2)
            share = (places - lower).reshape([-1 if n == axis else 1 for n in (0, 1)])
            heights = heights.take(lower, axis) * (1 - share) + heights.take(lower + 1, axis) * share
    return heights


def raster(colors: np.ndarray, known: np.ndarray, field: Field) -> Term:
    """Gives cells of color; those that are not known are transparent."""
    colors = np.where(known[..., None], colors, 0.0)
    (left, right), (below, above) = field[1:]
    corners = list_of(list_of(left, below), list_of(right, above))
    return expression("Raster", pack(np.round(colors, 4)), corners)


def density(kernel: Kernel, name: str, field: Field, options: Options) -> Term:
    options = themed(name, options)
    heights = finer(field[0])
    low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
    colors = colored(kernel, options, heights, low, high, USUAL)
    scheme = USUAL if options["ColorFunction"] is S.Automatic else options["ColorFunction"]
    return picture([raster(colors, np.isfinite(heights), field)], options, bar_legend(options, scheme, low, high))


def levels(options: Options, low: float, high: float) -> list[float]:
    """Gives the heights of the contours."""
    given = options["Contours"]
    if is_list(given):
        return sorted(number(item) for item in elements(given))
    count = count_in(options, "Contours", COUNT, 1, 200)
    if given is S.Automatic:
        found = round_numbers(low, high, count) if high > low else []
    else:
        found = np.linspace(low, high, count + 2)[1:-1].tolist()
    return [level for level in found if low < level < high]


def contours(kernel: Kernel, name: str, field: Field, options: Options, at: list[float] | None = None) -> Term:
    """Gives contours with the space between them shaded; `at`: contours of these heights, nothing shaded."""
    options = themed(name, options)
    heights = field[0]
    low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
    found = levels(options, low, high) if at is None else at
    made: list[Term] = []
    scheme = USUAL if options["ColorFunction"] is S.Automatic else options["ColorFunction"]
    shaded = at is None and not is_symbol(options["ContourShading"], "None", "False")
    if shaded:
        fine = finer(heights)
        bounds = np.array([low, *found, high])
        middles = (bounds[:-1] + bounds[1:]) / 2
        shades = middles[np.clip(np.searchsorted(bounds[1:-1], fine, side="right"), 0, len(middles) - 1)]
        made.append(raster(colored(kernel, options, shades, low, high, USUAL), np.isfinite(fine), field))
    if not is_symbol(options["ContourStyle"], "None"):
        made += contour_lines(field, found, options, shaded)
    if options["PlotRange"] is S.Automatic:
        options = options | {"PlotRange": list_of(list_of(*field[1]), list_of(*field[2]))}
    return picture(made, options, bar_legend(options, scheme, low, high) if shaded else None)


def contour_lines(field: Field, found: list[float], options: Options, shaded: bool) -> list[Term]:
    heights, across, up = field
    size = np.array(heights.shape[::-1]) - 1
    corner, extent = np.array([across[0], up[0]]), np.array([across[1] - across[0], up[1] - up[0]])
    styles = directives(
        options, max(len(found), 1), "ContourStyle", (expression("AbsoluteThickness", 1 if shaded else 2),)
    )
    made = []
    for level, style in zip(found, styles, strict=False):
        lines = [corner + line / size * extent for line in contour(heights, level)]
        if lines:
            inked = [expression("GrayLevel", 0.2, 0.5), *style[1:]] if shaded else style
            made.append(list_of(*inked, expression("Line", list_of(*map(pack, lines)))))
    return made


@plot("DensityPlot", "DensityPlot[x y, {x, 0, 1}, {y, 0, 1}]", FIELD, attributes=flags.HOLD_ALL, **FRAMED)
def density_plot(kernel: Kernel, body: Term, across: Term, up: Term, *, options: Options) -> Term | None:
    """DensityPlot[f, {x, min, max}, {y, min, max}] shows the values of f over a rectangle by colors.

    Examples:
        >> Length[Cases[DensityPlot[x + y, {x, 0, 1}, {y, 0, 1}], _Raster, Infinity]]
        = 1
    """
    options = evaluated(kernel, options)
    return density(kernel, "DensityPlot", function_field(kernel, body, across, up, options), options)


@plot("ContourPlot", "ContourPlot[x y, {x, 0, 1}, {y, 0, 1}]", FIELD + CONTOUR, attributes=flags.HOLD_ALL, **FRAMED)
def contour_plot(kernel: Kernel, body: Term, across: Term, up: Term, *, options: Options) -> Term | None:
    """ContourPlot[f, {x, min, max}, {y, min, max}] shows where f has the same value, by lines and shades.
    ContourPlot[f == g, {x, min, max}, {y, min, max}] shows the line where f and g are equal.

    Examples:
        >> plot = ContourPlot[x^2 + y^2 == 1, {x, -2, 2}, {y, -2, 2}];
        >> Max[Abs[Map[Norm, Join @@ First[Cases[plot, Line[p_] :> p, Infinity]]] - 1]] < 0.01
        = True
        >> Length[Cases[ContourPlot[x + y, {x, 0, 1}, {y, 0, 1}, Contours -> {0.5, 1.5}], _Line, Infinity]]
        = 2
    """
    options = evaluated(kernel, options)
    if is_head(body, S.Equal, 2):
        difference = expression("Subtract", *body.args)
        return contours(kernel, "ContourPlot", function_field(kernel, difference, across, up, options), options, [0.0])
    return contours(kernel, "ContourPlot", function_field(kernel, body, across, up, options), options)


LIST_FIELD = ("PlotLegends", "ColorFunction", "ColorFunctionScaling", "DataRange")


@plot("ListDensityPlot", "ListDensityPlot[{{1, 2}, {3, 4}}]", LIST_FIELD, **FRAMED)
def list_density_plot(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """ListDensityPlot[{{z11, z12, …}, …}] shows heights by colors, the first row below.
    ListDensityPlot[{{x1, y1, z1}, …}] shows heights at any points.

    Examples:
        >> Length[Cases[ListDensityPlot[{{1, 2}, {3, 4}}], _Raster, Infinity]]
        = 1
        >> ListDensityPlot[{1, 2}];
        message: ListDensityPlot::unfit
    """
    return density(kernel, "ListDensityPlot", data_field(data, options), options)


@plot("ListContourPlot", "ListContourPlot[{{1, 2}, {3, 4}}]", LIST_FIELD + CONTOUR, **FRAMED)
def list_contour_plot(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """ListContourPlot[{{z11, z12, …}, …}] shows where heights are the same, the first row below.
    ListContourPlot[{{x1, y1, z1}, …}] takes heights at any points.

    Examples:
        >> First[Cases[ListContourPlot[{{0, 0}, {4, 4}}, Contours -> {1}], Line[p_] :> p, Infinity]]
        = {{{2., 1.25}, {1., 1.25}}}
    """
    return contours(kernel, "ListContourPlot", data_field(data, options), options)
