"""Charts: bars and sectors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from wlnet.builtins.graphics.plotting import (
    BOTH,
    GOLDEN,
    Options,
    directives,
    legend_of,
    picture,
    plot,
    themed,
)
from wlnet.builtins.graphics.values import is_symbol, items, label, number, real_of, unfit
from wlnet.kernel import Kernel
from wlnet.terms import (
    NONE,
    Association,
    NumericArray,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    list_of,
    pack,
    to_list,
)

EDGE = expression("EdgeForm", expression("Directive", expression("GrayLevel", 1), expression("AbsoluteThickness", 1)))
SAMPLES = ("ChartStyle", "ChartLegends")


def data_sets(term: Term) -> tuple[list[Term], list[Term] | None, bool]:
    """Gives the data sets in an argument, the names that an association gives them, and whether there was one without a list."""
    if type(term) is NumericArray:
        term = pack(term.array)
    if type(term) is Association:
        values, names = list(term.values()), list(term.keys())
        if values and all(is_list(value) or type(value) is Association for value in values):
            return values, names, False
        return [to_list(values)], names, True
    if not is_list(term) or not len(elements(term)):
        raise unfit("a list of numbers, or several such lists", term)
    if all(is_list(item) or type(item) in (Association, NumericArray) for item in elements(term)):
        return list(elements(term)), None, False
    return [term], None, True


def numbers(term: Term) -> np.ndarray:
    """Gives the finite numbers in a data set; what is none is left out."""
    term = pack(term.array) if type(term) is NumericArray else term
    found = np.array([real for item in items(term) if (real := real_of(item)) is not None], float)
    return found[np.isfinite(found)]


def shaded(style: Sequence[Term], primitives: Sequence[Term], opaque: float = 0.85) -> Term:
    return list_of(style[0], expression("Opacity", opaque), EDGE, *style[1:], *primitives)


def rectangle(left: float, low: float, right: float, high: float) -> Term:
    return expression("Rectangle", list_of(float(left), float(low)), list_of(float(right), float(high)))


def chart_labels(options: Options, names: Sequence[Term] | None, count: int) -> list[Term]:
    """Gives the labels that ChartLabels gives, or the keys of an association; "" where one is missing."""
    given = options["ChartLabels"]
    if is_head(given, S.Placed) and given.args:
        given = given.args[0]
    if given is NONE or given is S.Automatic:
        return list(names or ())
    return (list(items(given)) + [""] * count)[: max(count, len(items(given)))]


def spacing(options: Options) -> tuple[float, float]:
    """Gives the room between bars and between groups of them."""
    given = options["BarSpacing"]
    if given is S.Automatic:
        return 0.0, 0.5
    inner, outer = (
        number(item) for item in (elements(given) if is_list(given) and len(items(given)) == 2 else (given, given))
    )
    return max(inner, -0.9), max(outer, 0.0)


LAYOUTS = ("Grouped", "Stacked", "Percentile")


def bars_of(
    groups: list[np.ndarray], layout: str, room: tuple[float, float]
) -> tuple[list[tuple[int, list[float]]], list[float]]:
    """Gives (number in its group, [left, low, right, high]) of each bar, and the middle of each group."""
    found, middles, x = [], [], 1.0
    for group in groups:
        start, up, down = x, 0.0, 0.0
        total = np.abs(group).sum() or 1.0
        for n, value in enumerate((group / total if layout == "Percentile" else group).tolist()):
            if layout == "Grouped":
                found.append((n, [x, 0.0, x + 1, value]))
                x += 1 + (room[0] if n + 1 < len(group) else 0.0)
                continue
            base = up if value >= 0 else down
            found.append((n, [x, base, x + 1, base + value]))
            up, down = (up + value, down) if value >= 0 else (up, down + value)
        x = max(x, start + 1)
        middles.append((start + x) / 2)
        x += room[1]
    return found, middles


@plot(
    "BarChart", "BarChart[{1, 3, 2}]", (*SAMPLES, "ChartLabels", "ChartLayout", "BarSpacing", "BarOrigin"), Axes=BOTH,
    AspectRatio=GOLDEN,
)  # fmt: skip
def bar_chart(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """BarChart[{y1, y2, …}] shows numbers as bars; an association gives them their labels.
    BarChart[{{y11, y12, …}, {y21, …}, …}] shows groups of bars, or stacks of them with ChartLayout -> "Stacked".

    Examples:
        >> Cases[BarChart[{1, 3}], Rectangle[_, {_, h_}] :> h, Infinity]
        = {1., 3.}
        >> StringContainsQ[ExportString[BarChart[<|"cats" -> 2, "dogs" -> 3|>], "SVG"], "dogs"]
        = True
        >> Cases[BarChart[{{1, 2}, {3, 4}}, ChartLayout -> "Stacked"], Rectangle[{_, y_}, _] :> y, Infinity]
        = {0., 1., 0., 3.}
        >> BarChart[{"a"}];
        message: BarChart::unfit
    """
    options = themed("BarChart", options)
    sets, names, single = data_sets(data)
    groups = [numbers(list_of(*each.values()) if type(each) is Association else each) for each in sets]
    inner = list(sets[0].keys()) if type(sets[0]) is Association else []
    if single:
        groups = [groups[0][n : n + 1] for n in range(len(groups[0]))]
    if not any(map(len, groups)):
        raise unfit("a list of numbers, or several such lists", data)
    layout = "Grouped" if options["ChartLayout"] is S.Automatic else options["ChartLayout"]
    if type(layout) is not str or layout not in LAYOUTS:
        raise unfit(f"ChartLayout: one of {', '.join(LAYOUTS)}", layout)
    bars, middles = bars_of(groups, layout, spacing(options))
    count = max(map(len, groups))
    varied = (single and not is_symbol(options["ChartStyle"], "Automatic", "None")) or (
        single and options["ChartLegends"] is not NONE
    )
    styles = directives(options, len(groups) if varied else count, "ChartStyle")
    lying = options["BarOrigin"] is S.Left
    if not lying and options["BarOrigin"] is not S.Bottom:
        raise unfit("BarOrigin: Bottom or Left", options["BarOrigin"])
    made = []
    for place, (n, (left, low, right, high)) in enumerate(bars):
        corners = (low, left, high, right) if lying else (left, low, right, high)
        made.append(shaded(styles[place if varied else n], [rectangle(*corners)]))
    labels = chart_labels(options, names, len(groups))
    ticks = (
        list_of(*(list_of(middle, label(text)) for middle, text in zip(middles, labels, strict=False)))
        if labels
        else NONE
    )
    if options["Ticks"] is S.Automatic:
        options = options | {"Ticks": list_of(S.Automatic, ticks) if lying else list_of(ticks, S.Automatic)}
    return picture(made, options, legend_of(options, S.SwatchLegend, styles, inner or labels, "ChartLegends"))


@plot("PieChart", "PieChart[{1, 3, 2}]", (*SAMPLES, "ChartLabels"))
def pie_chart(kernel: Kernel, data: Term, *, options: Options) -> Term | None:
    """PieChart[{y1, y2, …}] shows numbers as sectors of a circle; an association gives them their labels.

    Details: The first sector begins at the left, and the others follow clockwise.

    Examples:
        >> Cases[PieChart[{1, 1}], Disk[_, _, {a_, b_}] :> b - a, Infinity]
        = {3.141593, 3.141593}
        >> StringContainsQ[ExportString[PieChart[{1, 2}, ChartLabels -> {"one", "two"}], "SVG"], "two"]
        = True
        >> PieChart[{-1, 2}];
        message: PieChart::unfit
    """
    options = themed("PieChart", options)
    sets, names, single = data_sets(data)
    values = numbers(sets[0])
    if not single or not len(values) or (values < 0).any() or not 0 < values.sum() < np.inf:
        raise unfit("a list of positive numbers, or an association of them", data)
    bounds = np.pi - 2 * np.pi * np.concatenate([[0.0], np.cumsum(values)]) / values.sum()
    styles = directives(options, len(values), "ChartStyle")
    labels = chart_labels(options, names, len(values))
    made, said = [], []
    for n, (end, start) in enumerate(pairwise(bounds)):
        sector = expression("Disk", list_of(0, 0), 1, list_of(float(start), float(end)))
        made.append(shaded(styles[n], [sector]))
        if n < len(labels):
            middle = (start + end) / 2
            place = list_of(float(0.62 * np.cos(middle)), float(0.62 * np.sin(middle)))
            said.append(expression("Text", labels[n], place))
    made.append(list_of(expression("GrayLevel", 0), *said))
    return picture(made, options, legend_of(options, S.SwatchLegend, styles, labels, "ChartLegends"))
