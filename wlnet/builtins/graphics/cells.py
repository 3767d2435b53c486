"""Arrays as cells of color."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.graphics.plotting import Options, bar_legend, colored, picture, plot, themed
from wlnet.builtins.graphics.values import color, is_symbol, items, real_of, unfit
from wlnet.drawings.plot import round_numbers
from wlnet.kernel import Kernel
from wlnet.terms import (
    NONE,
    TRUE,
    Expression,
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

ARRAY = ("PlotLegends", "ColorFunction", "ColorFunctionScaling", "ColorRules", "Mesh")
CELLED: dict[str, Term] = {"Frame": TRUE, "PlotRangePadding": NONE}
#: Largest negative value, zero, largest positive value.
DIVERGING = list_of(
    *(
        expression("RGBColor", *rgb)
        for rgb in ((0.2, 0.4, 0.75), (0.72, 0.82, 0.93), (1.0, 1.0, 1.0), (0.98, 0.8, 0.55), (0.82, 0.35, 0.1))
    )
)
WHITE_TO_BLACK = list_of(expression("GrayLevel", 1), expression("GrayLevel", 0))


def cells_of(data: Term) -> list[tuple[Term, ...]]:
    """Gives the rows of a matrix of any terms; raises Unfit."""
    data = pack(data.array) if type(data) is NumericArray else data
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


def cell_colors(
    kernel: Kernel, rows: list[tuple[Term, ...]], options: Options, usual: Term, even: bool
) -> tuple[np.ndarray, float, float]:
    """Gives the color of each cell, and the least and the greatest number. even: 0 lies in the middle of the colors."""
    values = np.array(
        [[found if (found := real_of(item)) is not None else np.nan for item in row] for row in rows], float
    )
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
        chosen = next(
            (shade for left, shade in rules if matches(kernel, item, left)), None if own is None else np.array(own)
        )
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
