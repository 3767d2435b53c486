"""Plots of heights over a plane: as densities and contours, and arrays as cells of color."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.graphics.function_plots import count_in, evaluated
from wlnet.builtins.graphics.options import FALSE, pair
from wlnet.builtins.graphics.plotting import Options, bar_legend, colored, directives, picture, plot, themed
from wlnet.builtins.graphics.sampling import iterator, reals, standing_for
from wlnet.builtins.graphics.schemes import USUAL
from wlnet.builtins.graphics.values import Unfit, array, color, is_symbol, items, number, real_of, unfit
from wlnet.drawings.contours import contour
from wlnet.drawings.plot import round_numbers
from wlnet.kernel import Kernel
from wlnet.terms import NONE, TRUE, Expression, NumericArray, S, Term, elements, expression, is_head, is_list, list_of, pack, rule
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
        raise unfit("DataRange: {{xmin, xmax}, {ymin, ymax}}", given)
    across, up = (items(part) for part in elements(given))
    return checked(found), pair(list_of(*across)), pair(list_of(*up))


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
    return picture(made, options, bar_legend(options, scheme, low, high) if shaded else None)


def contour_lines(field: Field, found: list[float], options: Options, shaded: bool) -> list[Term]:
    heights, across, up = field
    size = np.array(heights.shape[::-1]) - 1
    corner, extent = np.array([across[0], up[0]]), np.array([across[1] - across[0], up[1] - up[0]])
    styles = directives(options, max(len(found), 1), "ContourStyle", (expression("AbsoluteThickness", 1 if shaded else 2),))
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
        = {{{1., 1.25}, {2., 1.25}}}
    """
    return contours(kernel, "ListContourPlot", data_field(data, options), options)


# Arrays as cells

ARRAY = ("PlotLegends", "ColorFunction", "ColorFunctionScaling", "ColorRules", "Mesh")
CELLED: dict[str, Term] = {"Frame": TRUE, "PlotRangePadding": NONE}
#: Largest negative value, zero, largest positive value.
DIVERGING = list_of(
    *(expression("RGBColor", *rgb) for rgb in ((0.2, 0.4, 0.75), (0.72, 0.82, 0.93), (1.0, 1.0, 1.0), (0.98, 0.8, 0.55), (0.82, 0.35, 0.1)))
)
WHITE_TO_BLACK = list_of(expression("GrayLevel", 1), expression("GrayLevel", 0))


def cells_of(data: Term) -> list[tuple[Term, ...]]:
    """Gives the rows of a matrix of any terms; raises Unfit."""
    data = pack(data.array) if type(data) is NumericArray else data
    if is_head(data, S.SparseArray):
        data = expression("Normal", data)
    rows = [elements(row) for row in elements(data)] if is_list(data) and all(map(is_list, elements(data))) else []
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise unfit("a matrix of numbers or colors", data)
    return rows


def rules_in(options: Options) -> list[tuple[Term, np.ndarray]]:
    given = options["ColorRules"]
    if is_symbol(given, "Automatic", "None"):
        return []
    found = []
    for item in items(given):
        shade = color(item.args[1]) if is_head(item, S.Rule, 2) else None
        if shade is None:
            raise unfit("ColorRules: rules such as 1 -> Red", given)
        found.append((item.args[0], np.array(shade)))
    return found


def cell_colors(kernel: Kernel, rows: list[tuple[Term, ...]], options: Options, usual: Term, even: bool) -> tuple[np.ndarray, float, float]:
    """Gives the color of each cell, and the least and the greatest number. even: 0 lies in the middle of the colors."""
    values = np.array([[found if (found := real_of(item)) is not None else np.nan for item in row] for row in rows], float)
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    if even:
        high = max(abs(low), abs(high)) or 1.0
        low = -high
    elif low == high:
        low, high = (0.0, high) if high > 0 else (low, low + 1)
    colors = colored(kernel, options, values, low, high, usual)
    colors[~np.isfinite(values)] = (0.6, 0.6, 0.6, 1.0)
    rules = rules_in(options)
    for place in np.ndindex(values.shape) if rules or not len(known) or len(known) < values.size else ():
        item = rows[place[0]][place[1]]
        own = color(item)
        chosen = next((shade for left, shade in rules if matches(kernel, item, left)), None if own is None else np.array(own))
        if chosen is not None:
            colors[place] = chosen
    return colors, low, high


def matches(kernel: Kernel, item: Term, pattern: Term) -> bool:
    return kernel.is_true(expression("MatchQ", item, pattern))


def cell_picture(kernel: Kernel, name: str, data: Term, options: Options, usual: Term, numbered: bool) -> Term:
    options = themed(name, options)
    rows = cells_of(data)
    colors, low, high = cell_colors(kernel, rows, options, usual, numbered)
    height, width = colors.shape[:2]
    made: list[Term] = [expression("Raster", pack(colors[::-1]))]
    if not is_symbol(options["Mesh"], "None", "False"):
        across = [list_of(list_of(0, y), list_of(width, y)) for y in range(height + 1)]
        up = [list_of(list_of(x, 0), list_of(x, height)) for x in range(width + 1)]
        made.append(list_of(expression("GrayLevel", 0.6), expression("Line", list_of(*across, *up))))
    changed: Options = {}
    if options["AspectRatio"] is S.Automatic and max(width, height) > 20 * min(width, height):
        changed["AspectRatio"] = 1 if height > width else 1 / 4
    if options["FrameTicks"] is S.Automatic:
        counted = list_of(counts(width), counts(height, height)) if numbered else list_of(NONE, NONE)
        changed["FrameTicks"] = counted
    scheme = usual if options["ColorFunction"] is S.Automatic else options["ColorFunction"]
    return picture(made, options | changed, bar_legend(options, scheme, low, high))


def counts(count: int, top: int | None = None) -> Expression:
    """Gives ticks in the middle of cells, numbered from 1; from the top where that is given."""
    numbers = sorted({1, *(int(n) for n in round_numbers(1, count, 6) if n == int(n)), count}) if count > 1 else [1]
    numbers = [n for n in numbers if n == count or n == 1 or count - n > count / 12]
    return list_of(*(list_of(n - 0.5 if top is None else top - n + 0.5, str(n)) for n in numbers))


@plot("ArrayPlot", "ArrayPlot[{{1, 0}, {0, 1}}]", ARRAY, **CELLED)
def array_plot(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """ArrayPlot[{{a11, a12, …}, …}] shows a matrix as cells, from white for the least number to black for the greatest.

    Details: Elements may be colors. What is neither a number nor a color is gray, where ColorRules say nothing of it.

    Examples:
        >> First[Cases[ArrayPlot[{{1, 0}}], Raster[cells_] :> cells, Infinity]]
        = {{{0., 0., 0., 1.}, {1., 1., 1., 1.}}}
        >> First[Cases[ArrayPlot[{{a, 3}}, ColorRules -> {a -> Red, _Integer -> Blue}], Raster[cells_] :> cells, Infinity]]
        = {{{1., 0., 0., 1.}, {0., 0., 1., 1.}}}
        >> ArrayPlot[{1, 2}];
        message: ArrayPlot::unfit
    """
    return cell_picture(kernel, "ArrayPlot", data, options, WHITE_TO_BLACK, numbered=False)


@plot("MatrixPlot", "MatrixPlot[{{1, 0}, {0, 1}}]", ARRAY, **CELLED)
def matrix_plot(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """MatrixPlot[m] shows a matrix as cells: blue for negative numbers, white for 0, orange for positive ones.

    Examples:
        >> First[Cases[MatrixPlot[{{0, 1}}], Raster[cells_] :> cells, Infinity]]
        = {{{1., 1., 1., 1.}, {0.82, 0.35, 0.1, 1.}}}
    """
    return cell_picture(kernel, "MatrixPlot", data, options, DIVERGING, numbered=True)


