"""Charts of how data are distributed: histograms, boxes with whiskers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.graphics.charts import SAMPLES, chart_labels, data_sets, numbers, rectangle, shaded, spacing
from wlnet.builtins.graphics.plotting import BOTH, GOLDEN, Options, directives, legend_of, picture, plot, themed
from wlnet.builtins.graphics.values import label, unfit
from wlnet.kernel import Kernel
from wlnet.terms import NONE, TRUE, S, Term, elements, expression, is_list, list_of, pack

#: What the heights of a histogram are → function(counts, widths of the bins).
HEIGHTS: Mapping[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "Count": lambda counts, widths: counts,
    "Probability": lambda counts, widths: counts / counts.sum(),
    "PDF": lambda counts, widths: counts / counts.sum() / widths,
    "CumulativeCount": lambda counts, widths: np.cumsum(counts),
    "CDF": lambda counts, widths: np.cumsum(counts) / counts.sum(),
}
#: At most so many bins are drawn.
BINS = 10000


def bins_of(kernel: Kernel, values: np.ndarray, spec: Term) -> np.ndarray:
    """Gives the bounds of the bins, as HistogramList finds them."""
    found = kernel.evaluate(expression("HistogramList", pack(values), spec))
    bounds = numbers(elements(found)[0]) if is_list(found) and len(elements(found)) == 2 else np.zeros(0)
    if not 2 <= len(bounds) <= BINS or (np.diff(bounds) <= 0).any():
        raise unfit("a number of bins, {width}, {min, max, width} or {{b1, b2, …}}", spec)
    return bounds


@plot(
    "Histogram", "Histogram[{1, 2, 2, 4}]", (*SAMPLES, "ChartLabels"), Axes=BOTH, AspectRatio=GOLDEN,
)  # fmt: skip
def histogram(
    kernel: Kernel, data: Term, bins: Term = S.Automatic, height: Term = "Count", *, options: Options
) -> Term | None:
    """Histogram[{x1, x2, …}] shows how many numbers lie in each of some bins.
    Histogram[data, bins, "height"] takes bins as HistogramList, and "Count", "Probability", "PDF", "CDF" or "CumulativeCount".
    Histogram[{data1, data2, …}] shows several data sets over the same bins.

    Details: What is no number is left out.

    Examples:
        >> Cases[Histogram[{1, 2, 2, 3}, {1, 4, 1}], _Rectangle, Infinity]
        = {Rectangle[{1., 0.}, {2., 1.}], Rectangle[{2., 0.}, {3., 2.}], Rectangle[{3., 0.}, {4., 1.}]}
        >> Cases[Histogram[{1, 2, 2, 3}, {1, 5, 2}, "PDF"], Rectangle[_, {_, h_}] :> h, Infinity]
        = {0.375, 0.125}
        >> Histogram[{"a"}];
        message: Histogram::unfit
    """
    options = themed("Histogram", options)
    sets, names, _ = data_sets(data)
    values = [numbers(each) for each in sets]
    together = np.concatenate(values)
    if not len(together):
        raise unfit("a list of numbers, or several such lists", data)
    if type(height) is not str or height not in HEIGHTS:
        raise unfit(f"one of {', '.join(HEIGHTS)}", height)
    bounds = bins_of(kernel, together, bins)
    styles = directives(options, len(values), "ChartStyle")
    made = []
    for each, style in zip(values, styles, strict=True):
        # A bin holds its lower bound and not its upper one, unlike the last one of NumPy's.
        counts = np.histogram(each[each < bounds[-1]], bounds)[0].astype(float)
        if not counts.any():
            continue
        tall = HEIGHTS[height](counts, np.diff(bounds))
        bars = [rectangle(a, 0, b, h) for a, b, h in zip(bounds, bounds[1:], tall, strict=False) if h > 0]
        made.append(shaded(style, bars, 0.85 if len(values) == 1 else 0.5))
    labels = chart_labels(options, names, len(values))
    if options["AxesOrigin"] is S.Automatic:
        options = options | {"AxesOrigin": list_of(float(bounds[0]), 0)}
    if labels and options["ChartLegends"] is NONE:
        options = options | {"ChartLegends": list_of(*labels)}
    return picture(made, options, legend_of(options, S.SwatchLegend, styles, labels, "ChartLegends"))


#: A point further from the box than this many heights of the box stands alone, where outliers are asked for.
FAR = 1.5


@plot(
    "BoxWhiskerChart",
    "BoxWhiskerChart[{1, 2, 2, 4}]",
    (*SAMPLES, "ChartLabels", "BarSpacing"),
    Frame=TRUE,
    AspectRatio=GOLDEN,
)
def box_whisker_chart(kernel: Kernel, data: Term, kind: Term = NONE, *, options: Options) -> Term | None:
    """BoxWhiskerChart[{x1, x2, …}] shows least and greatest number, quartiles and median as a box with whiskers.
    BoxWhiskerChart[{data1, data2, …}] shows several data sets; BoxWhiskerChart[data, "Outliers"] shows outliers as points.

    Details: The quartiles are those of Quartiles. Outliers lie more than 1.5 heights of the box outside it.

    Examples:
        >> Cases[BoxWhiskerChart[{1, 3, 4, 2, 5, 6}], Rectangle[{_, a_}, {_, b_}] :> {a, b}, Infinity]
        = {{2., 5.}}
        >> Cases[BoxWhiskerChart[{1, 2, 3, 2, 1, 20}, "Outliers"], Point[p_] :> p[[1, 2]], Infinity]
        = {20.}
        >> BoxWhiskerChart["a"];
        message: BoxWhiskerChart::unfit
    """
    options = themed("BoxWhiskerChart", options)
    if kind is not NONE and not (type(kind) is str and kind == "Outliers"):
        raise unfit('"Outliers"', kind)
    sets, names, _ = data_sets(data)
    values = [numbers(each) for each in sets]
    if not all(map(len, values)):
        raise unfit("a list of numbers, or several such lists", data)
    styles = directives(options, len(values), "ChartStyle")
    room = spacing(options)[1]
    made = []
    for n, (each, style) in enumerate(zip(values, styles, strict=True)):
        made += box(1 + n * (1 + room), each, style, kind is not NONE)
    middles = [1.5 + n * (1 + room) for n in range(len(values))]
    labels = chart_labels(options, names, len(values))
    if options["FrameTicks"] is S.Automatic:
        ticks = (
            list_of(*(list_of(middle, label(text)) for middle, text in zip(middles, labels, strict=False)))
            if labels
            else NONE
        )
        options = options | {"FrameTicks": list_of(ticks, S.Automatic)}
    return picture(made, options, legend_of(options, S.SwatchLegend, styles, labels, "ChartLegends"))


def box(left: float, values: np.ndarray, style: list[Term], with_outliers: bool) -> list[Term]:
    """Gives the primitives of one box."""
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75], method="hazen").tolist()
    room = FAR * (high - low) if with_outliers else np.inf
    near = values[(values >= low - room) & (values <= high + room)]
    outside = values[(values < low - room) | (values > high + room)]
    x = left + 0.5
    ends = float(near.min()), float(near.max())
    lines = [
        ((x, ends[0]), (x, low)), ((x, high), (x, ends[1])),
        ((left + 0.25, ends[0]), (left + 0.75, ends[0])), ((left + 0.25, ends[1]), (left + 0.75, ends[1])),
    ]  # fmt: skip
    made = [
        list_of(expression("GrayLevel", 0.3), expression("Line", pack(np.array(lines)))),
        shaded(style, [rectangle(left, low, left + 1, high)]),
        list_of(
            expression("GrayLevel", 1),
            expression("AbsoluteThickness", 3),
            expression("Line", pack(np.array([(left, middle), (left + 1, middle)]))),
        ),
    ]
    if len(outside):
        points = np.stack([np.full(len(outside), x), outside], axis=1)
        made.append(list_of(style[0], expression("AbsolutePointSize", 5), expression("Point", pack(points))))
    return made
