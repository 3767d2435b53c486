"""The table of the options of graphics and plots: what each does, its default, and how its value is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from wlnet.builtins.graphics.styles import Style, styled
from wlnet.builtins.graphics.values import Unfit, color, is_symbol, label, number, pair, real_of, unfit
from wlnet.drawings.scene import SCALES, Ticks, tick_text
from wlnet.kernel import constant
from wlnet.kernel.declare import BUILTINS
from wlnet.terms import FALSE, NONE, TRUE, Expression, S, Term, elements, is_head, is_list, symbol

#: Widths of pictures by name, in pixels.
WIDTHS = {"Tiny": 130.0, "Small": 220.0, "Medium": 400.0, "Large": 640.0, "Full": 640.0}
WIDTH = 400.0
AUTOMATIC = S.Automatic
EMPTY = Expression(S.List, ())


def as_it_is(term: Term) -> Term:
    return term


def aspect(term: Term) -> float | None:
    """Gives height over width, None for Automatic."""
    if is_symbol(term, "Automatic", "Full"):
        return None
    found = number(term)
    if not 1e-3 <= found <= 1e3:
        raise unfit("a positive ratio of height to width", term)
    return found


def truth_of(term: Term) -> bool:
    if not is_symbol(term, "True", "False", "None", "Automatic"):
        raise unfit("True or False", term)
    return term is TRUE


def both(read: Callable[[Term], Any]) -> Callable[[Term], tuple[Any, Any]]:
    """Gives a reader of one value for both directions, or of a list of two."""

    def read_both(term: Term) -> tuple[Any, Any]:
        if not is_list(term):
            return read(term), read(term)
        if len(elements(term)) != 2:
            raise unfit("a value or a pair of values", term)
        first, second = elements(term)
        return read(first), read(second)

    return read_both


def frame(term: Term) -> bool:
    """Tells whether there is a frame; sides that are given one by one count together."""
    return any(map(frame, elements(term))) if is_list(term) else truth_of(term)


def axes_labels(term: Term) -> tuple[str, ...]:
    if is_list(term):
        return tuple(map(label, elements(term)))[:2]
    return ("", label(term))


def frame_labels(term: Term) -> tuple[str, ...]:
    """Gives the labels below, left, above, right."""
    if not is_list(term):
        return (label(term),)
    given = elements(term)
    if len(given) == 2 and all(map(is_list, given)):
        (left, right), (below, above) = (tuple(map(label, elements(side)))[:2] for side in given)
        return below, left, above, right
    return tuple(map(label, given))[:4]


def ticks_in(term: Term) -> Ticks:
    """Gives the ticks of one direction: None for the usual ones, () for none."""
    if is_symbol(term, "Automatic", "True", "All"):
        return None
    if is_symbol(term, "None", "False"):
        return ()
    if not is_list(term):
        raise unfit("Automatic, None or a list of numbers", term)
    found = []
    for item in elements(term):
        named = is_list(item) and len(elements(item)) >= 2
        value = number(elements(item)[0] if named else item)
        text = label(elements(item)[1]) if named else tick_text(value) if type(item) in (int, float) else label(item)
        found.append((value, text))
    return tuple(found)


def frame_ticks(term: Term) -> tuple[Ticks, Ticks]:
    """Gives the ticks below and at the left, of {across, up} or {{left, right}, {below, above}}."""
    if is_list(term) and len(elements(term)) == 2:
        first, second = elements(term)
        if all(
            is_list(side) and len(elements(side)) == 2 and not any(map(is_tick, elements(side)))
            for side in (first, second)
        ):
            return ticks_in(elements(second)[0]), ticks_in(elements(first)[0])
    return both(ticks_in)(term)


def is_tick(term: Term) -> bool:
    """Tells whether a term is a number, or a number with a text."""
    if is_list(term) and len(elements(term)) == 2:
        place, text = elements(term)
        return real_of(place) is not None and real_of(text) is None
    return real_of(term) is not None


def size(term: Term) -> tuple[float, float | None]:
    """Gives width and height in pixels; None for a height that follows."""
    if is_list(term):
        across, up = elements(term)[:2] if len(elements(term)) >= 2 else (AUTOMATIC, AUTOMATIC)
        return size(across)[0], None if up is AUTOMATIC else size(up)[0]
    if is_symbol(term, "Automatic", "All"):
        return WIDTH, None
    found = WIDTHS.get(getattr(term, "name", ""))
    found = number(term) if found is None else found
    if not 20 <= found <= 8000:
        raise unfit("a width from 20 to 8000 pixels", term)
    return found, None


Span = tuple[float | None, float | None]


def span(term: Term) -> Span:
    """Gives the ends of a range, None for those that the data decide."""
    if is_symbol(term, "All", "Automatic", "Full"):
        return None, None
    if not is_list(term):
        most = number(term)
        if not 0 < most < float("inf"):
            raise unfit("a range {min, max}, All or Automatic", term)
        return -most, most
    if len(elements(term)) != 2:
        raise unfit("a range {min, max}, All or Automatic", term)
    low, high = (None if is_symbol(end, "All", "Automatic") else number(end) for end in elements(term))
    if low is not None and high is not None and (not low < high or high - low == float("inf")):
        raise unfit("a range {min, max} with min < max", term)
    return low, high


def plot_range(term: Term) -> tuple[Span, Span]:
    """Gives the ranges across and upwards."""
    if is_list(term) and len(elements(term)) == 2:
        first, second = elements(term)
        if is_list(first) or is_list(second) or is_symbol(second, "Automatic", "Full") or first is S.Full:
            return span(first), span(second)
    if is_list(term) or real_of(term) is not None:
        return (None, None), span(term)
    return span(term), span(term)


def padding_in(term: Term) -> float | None:
    """Gives the share of a range that is left free at each end, None for Automatic."""
    if is_symbol(term, "Automatic"):
        return None
    if is_symbol(term, "None", "False"):
        return 0.0
    share = number(term.args[0]) if is_head(term, S.Scaled, 1) else None
    if share is None or not 0 <= share <= 10:
        raise unfit("Scaled[s] with a share s of the range, None or Automatic", term)
    return share


def scale_in(term: Term) -> str:
    name = "" if is_symbol(term, "None", "Identity", "Automatic") else term
    if type(name) is not str or name not in SCALES:
        raise unfit(f"None or one of {', '.join(filter(None, SCALES))}", term)
    return name


def scales(term: Term) -> tuple[str, str]:
    return both(scale_in)(term) if is_list(term) else ("", scale_in(term))


def style(term: Term) -> Style:
    return styled(Style(), (term,), WIDTH)


def background(term: Term) -> Any:
    found = (0.0, 0.0, 0.0, 0.0) if is_symbol(term, "Transparent") else color(term)
    if found is None and not is_symbol(term, "None", "Automatic"):
        raise unfit("a color", term)
    return found


class Option(NamedTuple):
    """says: what it is, after "an option of …: ". read: function(value) that raises Unfit. sample: a value for it."""

    says: str
    sample: str
    read: Callable[[Term], Any] = as_it_is
    default: Term = AUTOMATIC


#: The options of Graphics, and of every plot.
GENERAL: Mapping[str, Option] = {
    "AspectRatio": Option("the height over the width", "1/2", aspect),
    "Axes": Option("whether there are axes, or {across, up}", "True", both(truth_of), FALSE),
    "AxesLabel": Option("the label of the upright axis, or {across, up}", '{"x", "y"}', axes_labels, NONE),
    "AxesOrigin": Option("the point where the axes cross", "{0, 0}", lambda x: None if x is AUTOMATIC else pair(x)),
    "AxesStyle": Option("directives for axes and ticks", "Blue", style, EMPTY),
    "Background": Option("the color behind everything", "LightYellow", background, NONE),
    "BaseStyle": Option("directives for all primitives", "Thick", style, EMPTY),
    "Epilog": Option("primitives drawn last", "Point[{1, 1}]"),
    "Frame": Option("whether there is a frame instead of the axes", "True", frame, FALSE),
    "FrameLabel": Option("the labels {below, left, above, right} of the frame", '{"x", "y"}', frame_labels, NONE),
    "FrameStyle": Option("directives for the frame and its ticks", "Gray", style, EMPTY),
    "FrameTicks": Option("the ticks of the frame, as in Ticks", "{{1, 2}, None}", frame_ticks),
    "GridLines": Option("lines behind: Automatic, or {across, up} with numbers", "Automatic", both(ticks_in), NONE),
    "GridLinesStyle": Option("directives for the grid lines", "Pink", style, EMPTY),
    "ImageSize": Option("the width in pixels, {width, height}, or Tiny to Large", "200", size),
    "LabelStyle": Option("directives for labels: a color, a size", "{Red, 14}", style, EMPTY),
    "PlotLabel": Option("the title", '"title"', label, NONE),
    "PlotRange": Option("what is in sight: All, {ymin, ymax} or {{xmin, xmax}, {ymin, ymax}}", "{0, 4}", plot_range),
    "PlotRangePadding": Option("the share Scaled[s] left free at each end, or None", "Scaled[0.1]", both(padding_in)),
    "Prolog": Option("primitives drawn first", "{Pink, Disk[{1, 1}]}"),
    "ScalingFunctions": Option(f"scales of the axes: {', '.join(filter(None, SCALES))}", '{None, "Sqrt"}', scales, NONE),
    "Ticks": Option("the ticks: None, or {across, up} with numbers or {number, text}", "{{1, 2}, None}", both(ticks_in)),
}  # fmt: skip

#: The options that only plots have; each plot takes those that mean something to it.
PLOTS: Mapping[str, Option] = {
    "BarOrigin": Option("the side where bars begin: Bottom or Left", "Left", default=S.Bottom),
    "BarSpacing": Option("the room between bars, in widths of a bar, or {between bars, between groups}", "0.5"),
    "ChartLabels": Option("the names of bars or sectors", '{"a", "b", "c"}', default=NONE),
    "ChartLayout": Option('"Grouped", "Stacked" or "Percentile" for several data sets', '"Stacked"'),
    "ChartLegends": Option("the texts of a legend", '{"a", "b", "c"}', default=NONE),
    "ChartStyle": Option("a directive for each bar or sector, or a color scheme", "{Red, Blue}"),
    "ColorFunction": Option("a color scheme, or a function that gives a color", '"Rainbow"'),
    "ColorFunctionScaling": Option("whether values are scaled to 0 … 1 for the colors", "False", truth_of, TRUE),
    "ColorRules": Option("rules value -> color", "{1 -> Red}"),
    "Contours": Option("how many contours, or a list of their values", "3"),
    "ContourShading": Option("whether the space between contours is shaded", "None"),
    "ContourStyle": Option("directives for the contours, or None", "Red"),
    "DataRange": Option("what the first and last place stand for", "{0, 1}"),
    "Exclusions": Option("whether jumps break a curve; None for not", "None"),
    "Filling": Option("what the space is filled up to: Axis, Bottom, Top, a number, or {1 -> {2}}", "Axis", default=NONE),
    "FillingStyle": Option("directives for what is filled", "LightBlue"),
    "InterpolationOrder": Option("0 for steps, 1 for straight lines, 2 or 3 for a smooth curve", "0", default=NONE),
    "Joined": Option("whether points are joined, or a list for each data set", "True"),
    "MaxRecursion": Option("how often a piece is halved where the curve bends", "2"),
    "Mesh": Option("points or lines on the picture: None, All or a number", "All", default=NONE),
    "PlotLegends": Option('the texts of a legend, Automatic or "Expressions"', '{"a"}', default=NONE),
    "PlotMarkers": Option("the shapes of points: Automatic, a text, or a list of them", '"■"', default=NONE),
    "PlotPoints": Option("how many points are taken at first", "20"),
    "PlotStyle": Option("a directive, or a list with one for each curve", "{Red, Dashed}"),
    "PlotTheme": Option('a set of options by name, such as "Detailed" or "Scientific"', '"Detailed"'),
    "VectorPoints": Option("how many places in each direction have a vector", "5"),
}  # fmt: skip

OPTIONS: Mapping[str, Option] = {**GENERAL, **PLOTS}


def read_general(given: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the values of the options of Graphics, defaults for those not given; raises Unfit, which names the option."""
    found = {}
    for name, option in GENERAL.items():
        term = given.get(name, option.default)
        try:
            found[name] = option.read(term)
        except (ValueError, TypeError) as error:
            raise Unfit(f"{name}: {error}") from None
    return found


def declare(name: str, option: Option) -> None:
    def is_an_option() -> None:
        pass

    owner = "graphics" if name in GENERAL else "plots"
    is_an_option.__doc__ = (
        f"{name} is an option of {owner}: {option.says}.\n\nExamples:\n"
        f"    >> {name} -> {option.sample} // Head\n    = Rule\n"
    )
    constant(name, category="Options of graphics")(is_an_option)


for _name, _option in OPTIONS.items():
    if symbol(_name) not in BUILTINS:
        declare(_name, _option)
