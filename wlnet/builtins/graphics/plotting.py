"""What plots share: their declaration, data, styles, legends, themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle, islice

import numpy as np

from wlnet.builtins.evaluation.forms import output_text
from wlnet.builtins.graphics.options import GENERAL, OPTIONS, PLOTS, read_general
from wlnet.builtins.graphics.schemes import CYCLE, is_scheme, scheme
from wlnet.builtins.graphics.styles import Style, styled
from wlnet.builtins.graphics.values import Unfit, array, color, color_term, is_symbol, items, real_of, unfit
from wlnet.drawings.marks import SHAPES, Color, finite_parts
from wlnet.kernel import Kernel, builtin
from wlnet.kernel.declare import BUILTINS
from wlnet.terms import (
    NONE,
    TRUE,
    Association,
    Expression,
    NumericArray,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    list_of,
    pack,
    rule,
    symbol,
)

GOLDEN = 2 / (1 + 5**0.5)
Options = dict[str, Term]
Function = Callable[..., Term | None]

BOTH = list_of(TRUE, TRUE)
#: Theme → the options that it sets where nothing else is said.
THEMES: Mapping[str, Mapping[str, Term]] = {
    "Default": {},
    "Classic": {"PlotStyle": expression("Directive", expression("RGBColor", 0.25, 0.25, 0.6), S.Thin)},
    "Minimal": {"Ticks": NONE},
    "Scientific": {"Frame": TRUE},
    "Detailed": {"Frame": TRUE, "GridLines": S.Automatic},
    "Business": {"GridLines": list_of(NONE, S.Automatic)},
    "Web": {"GridLines": S.Automatic},
    "Marketing": {"Background": expression("GrayLevel", 0.95), "GridLines": list_of(NONE, S.Automatic)},
    "Monochrome": {
        "PlotStyle": list_of(*(expression("Directive", expression("GrayLevel", g)) for g in (0.0, 0.4, 0.6, 0.75))),
        "ChartStyle": list_of(*(expression("GrayLevel", g) for g in (0.3, 0.5, 0.7, 0.85))),
    },
}


def plot(
    name: str, sample: str, own: Sequence[str] = (), *, attributes: int = 0, **defaults: Term
) -> Callable[[Function], Function]:
    """Declares a plot with all options of Graphics and some of its own; `sample`: a call that shows them in an example."""
    known = {option: row.default for option, row in GENERAL.items()} | {
        each: PLOTS[each].default for each in (*own, "PlotTheme")
    }
    known |= defaults

    def declare(function: Function) -> Function:
        shown = [f"{option} -> {OPTIONS[option].sample}" for option in known]
        function.__doc__ = (
            f"{function.__doc__}\nOptions: those of Graphics and {', '.join(own)}:\n"
            f"    >> MatchQ[{sample[:-1]}, {', '.join(shown)}], _Graphics | _Legended]\n    = True\n"
            f'Possible issues:\n    >> {sample[:-1]}, PlotTheme -> "none such"];\n    message: {name}::unfit\n'
        )
        return builtin(name, category="Plots", options=known, attributes=attributes)(function)

    return declare


def themed(name: str, options: Options) -> Options:
    """Gives options with those that the theme sets where the plot's own default stands."""
    theme = options["PlotTheme"]
    if is_symbol(theme, "Automatic", "None"):
        return options
    if type(theme) is not str or theme not in THEMES:
        raise Unfit(f"PlotTheme: one of {', '.join(THEMES)} is expected instead of {output_text(theme)}")
    usual = BUILTINS[symbol(name)].options or {}
    changed = {
        option: value for option, value in THEMES[theme].items() if option in usual and options[option] is usual[option]
    }
    return options | changed


def picture(primitives: Iterable[Term], options: Options, legend: Term | None = None) -> Term:
    """Gives the graphic of primitives with those of the options that are not what they always are; raises Unfit."""
    given = {name: options[name] for name, row in GENERAL.items() if options[name] is not row.default}
    read_general(given)
    kept = list_of(*(rule(symbol(name), value) for name, value in given.items()))
    made = expression("Graphics", list_of(*primitives), kept)
    return made if legend is None else expression("Legended", made, legend)


def directives(options: Options, count: int, option: str = "PlotStyle", base: Sequence[Term] = ()) -> list[list[Term]]:
    """Gives the directives of each curve: the color that is its turn, `base`, and what the option says."""
    style = options[option]
    colors = list(islice(cycle(map(color_term, CYCLE)), count))
    given: list[Term] = [EMPTY] * count
    if type(style) is str or is_head(style, S.ColorData):
        colors = scheme_colors(style, count)
    elif is_list(style) and len(elements(style)):
        given = list(islice(cycle(elements(style)), count))
    elif not is_symbol(style, "Automatic", "None"):
        given = [style] * count
    found = []
    for shade, directive in zip(colors, given, strict=True):
        made = [shade, *base, *(items(directive) if is_list(directive) else (directive,))]
        try:
            styled(Style(), tuple(made), 400.0)
        except Unfit as error:
            raise Unfit(f"{option}: {error}") from None
        found.append([each for each in made if not is_symbol(each, "Automatic", "None")])
    return found


EMPTY = Expression(S.List, ())


def scheme_colors(term: Term, count: int) -> list[Term]:
    """Gives so many colors of a scheme at equal distances; ColorData[number] is the usual cycle."""
    if is_head(term, S.ColorData, 1) and type(term.args[0]) is int:
        return list(islice(cycle(map(color_term, CYCLE)), count))
    shares = np.linspace(0, 1, max(count, 2))[:count]
    return [color_term(tuple(row)) for row in scheme(term)(shares).tolist()]


def legend_of(
    options: Options, kind: Symbol, styles: Sequence[Sequence[Term]], names: Sequence[Term], option: str = "PlotLegends"
) -> Term | None:
    """Gives the legend that an option asks for, None for none. names: what Automatic means."""
    given, side = options[option], None
    if is_head(given, S.Placed, 2):
        given, side = given.args
    if is_symbol(given, "None"):
        return None
    if given is S.Automatic or (type(given) is str and given in ("Expressions", "AllExpressions")):
        texts = list(names)
    else:
        texts = list(items(given))
    shown = [expression("Directive", *style) for style in styles[: len(texts)]]
    made = expression(kind.name, list_of(*shown), list_of(*texts[: len(shown)]))
    return made if side is None else expression("Placed", made, side)


def bar_legend(options: Options, colors: Term, low: float, high: float) -> Term | None:
    """Gives the color bar that PlotLegends asks for."""
    given, side = options["PlotLegends"], None
    if is_head(given, S.Placed, 2):
        given, side = given.args
    if is_symbol(given, "None") or not is_scheme(colors):
        return None
    made = expression("BarLegend", list_of(colors, list_of(low, high)))
    return made if side is None else expression("Placed", made, side)


def colored(kernel: Kernel, options: Options, values: np.ndarray, low: float, high: float, usual: Term) -> np.ndarray:
    """Gives the colors (…, 4) of values by ColorFunction: a scheme, or a function that is called with each value."""
    term = usual if options["ColorFunction"] is S.Automatic else options["ColorFunction"]
    scaled = (values - low) / (high - low) if high > low else np.zeros_like(values)
    if is_symbol(options["ColorFunctionScaling"], "False"):
        scaled = values
    if is_scheme(term):
        return scheme(term)(scaled)
    distinct, places = np.unique(np.round(np.nan_to_num(scaled), 3), return_inverse=True)
    found = [color_by(kernel, term, value) for value in distinct.tolist()]
    return np.array(found)[places].reshape(*values.shape, 4)


def color_by(kernel: Kernel, function: Term, *values: float) -> Color:
    """Gives the color that a function of the language gives."""
    given = kernel.evaluate(Expression(function, values))
    found = color(given)
    if found is None:
        raise unfit("a color from ColorFunction", given)
    return found


# Data


def rows_of(term: Term) -> tuple[list[Term], list[Term] | None]:
    """Gives the data sets in an argument, one or several, and their names where an association gives them."""
    if type(term) is Association and len(term):
        values = list(term.values())
        if any(map(is_list, values)) and not all(map(is_pair, values)):
            return values, list(term.keys())
        return [term], None
    if type(term) is NumericArray:
        term = pack(term.array)
    if not is_list(term) or not len(elements(term)):
        raise unfit("a list of numbers or of points {x, y}, or several such lists", term)
    parts = elements(term)
    plain = [part for part in parts if is_list(part) or type(part) in (Association, NumericArray)]
    if not plain or all(map(is_pair, plain)):
        return [term], None
    if len(plain) < len(parts):
        raise unfit("a list of numbers or of points {x, y}, or several such lists", term)
    return list(parts), None


def is_pair(term: Term) -> bool:
    """Tells whether a term is a point, two real numbers."""
    if not is_list(term) or len(elements(term)) != 2:
        return False
    return all(not is_list(part) and type(part) is not Association for part in elements(term))


def points_of(term: Term, span: tuple[float, float] | None = None) -> np.ndarray:
    """Gives the points (n, 2) of a data set; what is no number is NaN. span: where the first and the last number lie."""
    if type(term) is Association:
        keys = [real_of(key) for key in term.keys()]  # noqa: SIM118
        if None not in keys:
            return np.array(
                [(key, value_of(item)) for key, item in zip(keys, term.values(), strict=True)], float
            ).reshape(-1, 2)
        term = list_of(*term.values())
    found = array(term)
    if found is not None and found.ndim == 2 and found.shape[1] == 2:
        return found
    if found is not None and found.ndim == 1:
        values = found
    else:
        parts = items(term)
        if parts and all(is_pair(part) for part in parts if is_list(part)) and any(map(is_list, parts)):
            return np.array(
                [tuple(map(value_of, elements(part))) if is_list(part) else (np.nan, np.nan) for part in parts], float
            )
        values = np.array([value_of(part) for part in parts], float)
    ends = (1.0, float(len(values))) if span is None else span
    return np.stack([np.linspace(*ends, len(values)), values], axis=1)


def value_of(term: Term) -> float:
    found = real_of(term)
    return np.nan if found is None else found


def some(points: Sequence[np.ndarray]) -> None:
    """Raises Unfit where there is no number at all."""
    if not any(np.isfinite(each).all(axis=1).any() for each in points):
        raise Unfit("there is nothing to plot: real numbers or points {x, y} are expected")


def line(points: np.ndarray) -> Term | None:
    """Gives the line through points, broken where one is not finite; None without points."""
    parts = finite_parts(points)
    if not parts:
        return None
    return expression("Line", pack(parts[0]) if len(parts) == 1 else list_of(*map(pack, parts)))


def dots(points: np.ndarray) -> Term | None:
    known = points[np.isfinite(points).all(axis=1)]
    return expression("Point", pack(known)) if len(known) else None


def markers(options: Options, count: int) -> list[list[Term]]:
    """Gives for each data set the directives of its markers; [] where there are none."""
    given = options["PlotMarkers"]
    if is_symbol(given, "None"):
        return [[] for _ in range(count)]
    size: list[Term] = [expression("AbsolutePointSize", 8)]
    if is_list(given) and len(elements(given)) == 2 and real_of(elements(given)[1]) is not None:
        given, wanted = elements(given)
        size = [expression("AbsolutePointSize", wanted)]
    shapes = list(SHAPES) if is_symbol(given, "Automatic") else list(items(given))
    if not shapes or any(type(shape) is not str for shape in shapes):
        raise Unfit('PlotMarkers: Automatic, a text such as "■", or a list of texts is expected')
    return [[rule(S.PlotMarkers, shape), *size] for shape in islice(cycle(shapes), count)]
