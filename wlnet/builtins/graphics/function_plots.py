"""Plots of functions: their values, logarithmic axes, curves with a parameter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wlnet.builtins.graphics.list_plots import color_pieces, filling, fillings
from wlnet.builtins.graphics.plotting import (
    BOTH,
    GOLDEN,
    Function,
    Options,
    directives,
    legend_of,
    line,
    picture,
    plot,
    some,
    themed,
)
from wlnet.builtins.graphics.sampling import broken, iterator, sampled, standing_for, values_of
from wlnet.builtins.graphics.values import is_symbol, real_of, unfit
from wlnet.kernel import Kernel
from wlnet.terms import NONE, S, Term, elements, expression, is_list, list_of, pack
from wlnet.terms import attributes as flags

OWN = (
    "PlotStyle", "PlotLegends", "Filling", "FillingStyle", "Mesh", "PlotPoints", "MaxRecursion", "Exclusions", "ColorFunction",
    "ColorFunctionScaling",
)  # fmt: skip
POINTS, DEPTH = 50, 6
#: Values this far beyond those that most have are out of sight, as near a pole.
FAR = 4.0


def evaluated(kernel: Kernel, options: Options) -> Options:
    """Gives options that were held with their values."""
    return {name: kernel.evaluate(value) for name, value in options.items()}


def count_in(options: Options, name: str, usual: int, least: int, most: int) -> int:
    """Gives an option that counts something; raises Unfit."""
    given = options[name]
    if given is S.Automatic:
        return usual
    if type(given) is not int or not least <= given <= most:
        raise unfit(f"{name}: a number from {least} to {most}", given)
    return given


def curves_of(kernel: Kernel, body: Term, spec: Term, options: Options, logs: tuple[bool, bool]) -> list[np.ndarray]:
    """Gives the curves of the values of a body, each as points."""
    name, low, high = iterator(kernel, spec)
    points = count_in(options, "PlotPoints", POINTS, 2, 2000)
    depth = count_in(options, "MaxRecursion", DEPTH, 0, 12)
    if logs[0] and low <= 0:
        raise unfit("a range of positive numbers", spec)
    places = np.geomspace(low, high, points) if logs[0] else np.linspace(low, high, points)
    shown = positive_log if logs[1] else lambda values: values
    with standing_for(kernel, name):
        at = values_of(kernel, name, body)
        places, values = sampled(at, places, depth, shown)
        if is_symbol(options["Exclusions"], "None", "False"):
            return [np.stack([places, values[:, n]], axis=1) for n in range(values.shape[1])]
        return broken(at, places, values)


def positive_log(values: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(values > 0, np.log(values), np.nan)


def near(curves: Sequence[np.ndarray]) -> Term | None:
    """Gives the range of heights in sight, None where all values are."""
    values = np.concatenate([curve[:, 1] for curve in curves])
    values = values[np.isfinite(values)]
    if len(values) < 5:
        return None
    low, high = np.quantile(values, [0.1, 0.9])
    room = FAR * (high - low)
    if values.max() <= high + room and values.min() >= low - room:
        return None
    ends = max(values.min(), low - room / 3), min(values.max(), high + room / 3)
    return list_of(*map(float, ends)) if ends[0] < ends[1] else None


def bodies(kernel: Kernel, body: Term) -> list[Term]:
    """Gives the expressions that are plotted, for "Expressions" in a legend."""
    return list(elements(body)) if is_list(body) else [body]


def curve_primitives(
    kernel: Kernel, curves: list[np.ndarray], styles: list[list[Term]], options: Options
) -> list[Term]:
    made = [
        filling(styles[n], target, n, curves, options, True)
        for n, target in fillings(options, len(curves)).items()
        if 0 <= n < len(curves)
    ]
    for style, curve in zip(styles, curves, strict=True):
        known = curve[np.isfinite(curve).all(axis=1)]
        if not is_symbol(options.get("ColorFunction", NONE), "Automatic", "None") and len(known):
            made.append(list_of(*style, *color_pieces(kernel, curve, options, True)))
        elif (drawn := line(curve)) is not None:
            made.append(list_of(*style, drawn))
        marked = mesh_points(options["Mesh"], known)
        if len(marked):
            made.append(list_of(*style, expression("AbsolutePointSize", 4), expression("Point", pack(marked))))
    return made


def mesh_points(mesh: Term, known: np.ndarray) -> np.ndarray:
    """Gives the points that Mesh marks: all that were taken, or so many at equal distances."""
    if is_symbol(mesh, "None", "Automatic", "False"):
        return known[:0]
    if is_symbol(mesh, "All", "Full", "True"):
        return known
    count = real_of(mesh)
    if count is None or not 0 < count <= len(known):
        raise unfit("Mesh: None, All or a number of points", mesh)
    return known[np.linspace(0, len(known) - 1, int(count) + 2).astype(int)[1:-1]]


def function_picture(
    kernel: Kernel, name: str, body: Term, spec: Term, options: Options, logs: tuple[bool, bool]
) -> Term:
    """Gives the plot of one or several functions."""
    options = themed(name, evaluated(kernel, options))
    curves = curves_of(kernel, body, spec, options, logs)
    some(curves)
    styles = directives(options, len(curves), base=(expression("AbsoluteThickness", 2),))
    made = curve_primitives(kernel, curves, styles, options)
    if options["PlotRange"] is S.Automatic and not logs[1] and (seen := near(curves)) is not None:
        options = options | {"PlotRange": seen}
    return picture(made, options, legend_of(options, S.LineLegend, styles, bodies(kernel, body)))


def declare_function_plot(name: str, said: str, logs: tuple[bool, bool], example: str) -> Function:
    """Declares a plot of functions, with the axes that are logarithmic."""

    def plotted(kernel: Kernel, body: Term, spec: Term, *, options: Options) -> Term | None:
        return function_picture(kernel, name, body, spec, options, logs)

    plotted.__doc__ = f"""{name}[f, {{x, min, max}}] plots the values of f for x from min to max{said}.
    {name}[{{f1, f2, …}}, {{x, min, max}}] plots several functions.

    Details: Values are taken more closely where a curve bends; what is not real leaves a gap, and a jump breaks the line.

    Examples:
{example}"""
    defaults: dict[str, Term] = {"Axes": BOTH, "AspectRatio": GOLDEN}
    if any(logs):
        defaults["ScalingFunctions"] = list_of(*("Log" if each else NONE for each in logs))
    return plot(name, f"{name}[x^2, {{x, 1, 2}}]", OWN, attributes=flags.HOLD_ALL, **defaults)(plotted)


PLOT_EXAMPLE = """        >> p = First[Cases[Plot[x^2, {x, -1, 2}], Line[p_] :> p, Infinity]]; {First[p], Last[p]}
        = {{-1., 1.}, {2., 4.}}
        >> Length[Cases[Plot[{Sin[x], Cos[x]}, {x, 0, 2 Pi}], _Line, Infinity]]
        = 2
        >> x = 7; Plot[x, {x, 0, 1}]; x
        = 7
        >> Plot[Sin[x], {x, 0, a}];
        message: Plot::unfit
"""


def log_example(name: str) -> str:
    return f'        >> StringContainsQ[ExportString[{name}[x^3, {{x, 1, 1000}}], "SVG"], ">100<"]\n        = True\n'


declare_function_plot("Plot", "", (False, False), PLOT_EXAMPLE)
for _name, _said, _logs in (
    ("LogPlot", ", the y axis being logarithmic", (False, True)),
    ("LogLinearPlot", ", the x axis being logarithmic", (True, False)),
    ("LogLogPlot", ", both axes being logarithmic", (True, True)),
):
    _shown = log_example(_name)
    if _name == "LogPlot":
        _shown = _shown.replace("1000}", "10}")
    declare_function_plot(_name, _said, _logs, _shown)


def parametric(
    kernel: Kernel,
    name: str,
    body: Term,
    spec: Term,
    options: Options,
    points: Callable[[np.ndarray, np.ndarray], list[np.ndarray]],
) -> Term:
    """Gives the plot of curves, whose points a function makes of the parameters and the values."""
    options = themed(name, evaluated(kernel, options))
    variable, low, high = iterator(kernel, spec)
    places = np.linspace(low, high, count_in(options, "PlotPoints", 100, 2, 5000))
    with standing_for(kernel, variable):
        at = values_of(kernel, variable, body)
        places, values = sampled(at, places, count_in(options, "MaxRecursion", 3, 0, 12), lambda found: found)
    curves = points(places, values)
    some(curves)
    styles = directives(options, len(curves), base=(expression("AbsoluteThickness", 2),))
    made = curve_primitives(kernel, curves, styles, options | {"Filling": NONE})
    return picture(made, options, legend_of(options, S.LineLegend, styles, bodies(kernel, body)))


PARAMETRIC_OWN = (
    "PlotStyle",
    "PlotLegends",
    "Mesh",
    "PlotPoints",
    "MaxRecursion",
    "ColorFunction",
    "ColorFunctionScaling",
)


@plot("ParametricPlot", "ParametricPlot[{t, t^2}, {t, 0, 1}]", PARAMETRIC_OWN, attributes=flags.HOLD_ALL, Axes=BOTH)
def parametric_plot(kernel: Kernel, body: Term, spec: Term, *, options: Options) -> Term | None:
    """ParametricPlot[{fx, fy}, {t, min, max}] plots the curve of the points {fx, fy} for t from min to max.
    ParametricPlot[{{fx, fy}, {gx, gy}, …}, {t, min, max}] plots several curves.

    Examples:
        >> Last[First[Cases[ParametricPlot[{t, 2 t}, {t, 0, 3}], Line[p_] :> p, Infinity]]]
        = {3., 6.}
        >> ParametricPlot[t, {t, 0, 1}];
        message: ParametricPlot::unfit
    """

    def points(places: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
        if values.shape[1] % 2:
            raise unfit("a pair {fx, fy} or a list of pairs", body)
        return [values[:, n : n + 2] for n in range(0, values.shape[1], 2)]

    return parametric(kernel, "ParametricPlot", body, spec, options, points)


@plot("PolarPlot", "PolarPlot[1 + t, {t, 0, 1}]", PARAMETRIC_OWN, attributes=flags.HOLD_ALL, Axes=BOTH)
def polar_plot(kernel: Kernel, body: Term, spec: Term, *, options: Options) -> Term | None:
    """PolarPlot[r, {t, min, max}] plots the curve with the distance r from the origin at the angle t.

    Examples:
        >> First[First[Cases[PolarPlot[2, {t, 0, Pi}], Line[p_] :> p, Infinity]]]
        = {2., 0.}
    """

    def points(places: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
        turned = np.stack([np.cos(places), np.sin(places)], axis=1)
        return [values[:, n : n + 1] * turned for n in range(values.shape[1])]

    return parametric(kernel, "PolarPlot", body, spec, options, points)
