"""BSplineCurve: smooth curves along control points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wlnet.builtins.graphics.primitives import PRIMITIVES, STEPS, WITH_OPTIONS, Frame, points
from wlnet.builtins.graphics.styles import Style
from wlnet.builtins.graphics.values import array, name_of, unfit
from wlnet.drawings.marks import Mark, Path
from wlnet.kernel import constant
from wlnet.terms import TRUE, S, Term, is_head, symbol

#: Option → what it says, and a value that is not the usual one.
OPTIONS = {
    "SplineClosed": ("whether the curve ends where it begins", "True"),
    "SplineDegree": ("the degree of the polynomials that a curve is made of", "1"),
    "SplineWeights": ("how strongly each point draws the curve", "{1, 5, 1, 1}"),
}


def spline(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    given = {name_of(arg.args[0]): arg.args[1] for arg in args if is_head(arg, S.Rule, 2)}
    unknown = set(given) - set(OPTIONS)
    if unknown:
        raise unfit(f"one of the options {', '.join(OPTIONS)} of BSplineCurve", symbol(unknown.pop()))
    corners = points(frame, args[0])
    weights = np.ones(len(corners))
    if "SplineWeights" in given and given["SplineWeights"] is not S.Automatic:
        found = array(given["SplineWeights"])
        if found is None or found.shape != weights.shape or not (found > 0).all():
            raise unfit("SplineWeights: a positive number for each point", given["SplineWeights"])
        weights = found
    degree = given.get("SplineDegree", S.Automatic)
    degree = 3 if degree is S.Automatic else degree
    if type(degree) is not int or not 1 <= degree <= 100:
        raise unfit("SplineDegree: a number from 1 on", degree)
    curve = spline_points(corners, weights, min(degree, len(corners) - 1), given.get("SplineClosed") is TRUE)
    yield Path((curve,), style.ink, style.width, style.dashes)


def spline_points(corners: np.ndarray, weights: np.ndarray, degree: int, closed: bool) -> np.ndarray:
    """Gives points (n, 2) of the curve with control points (m, 2) and weights (m,); from end to end where it is not closed."""
    from scipy.interpolate import BSpline

    if degree < 1:
        return corners
    if closed:
        corners, weights = np.concatenate([corners, corners[:degree]]), np.concatenate([weights, weights[:degree]])
    inner = len(corners) - degree
    ends = np.arange(1, degree + 1)
    knots = np.concatenate(
        [-ends[::-1] if closed else 0 * ends, np.arange(inner + 1), inner + (ends if closed else 0 * ends)]
    )
    weighted = np.column_stack([corners * weights[:, None], weights])
    found = BSpline(knots.astype(float), weighted, degree)(np.linspace(0, inner, STEPS))
    return found[:, :2] / found[:, 2:]


PRIMITIVES[symbol("BSplineCurve")] = spline
WITH_OPTIONS.add(symbol("BSplineCurve"))


def declare(name: str, says: str, other: str) -> None:
    def is_an_option() -> None:
        pass

    curve = "BSplineCurve[{{0, 0}, {1, 1}, {2, 0}, {3, 2}}"
    is_an_option.__doc__ = f"""{name} is an option of BSplineCurve: {says}.

    Examples:
        >> ExportString[Graphics[{curve}, {name} -> {other}]], "SVG"] === ExportString[Graphics[{curve}]], "SVG"]
        = False
    """
    constant(name, category="Options of graphics")(is_an_option)


@constant("BSplineCurve", category="Graphics")
def bspline_curve() -> None:
    """BSplineCurve[{p1, p2, …}] is a smooth curve from the first of some points to the last, drawn to those between.

    Details: The options SplineClosed, SplineDegree and SplineWeights say how.

    Examples:
        >> StringContainsQ[ExportString[Graphics[BSplineCurve[{{0, 0}, {1, 1}, {2, 0}, {3, 2}}]], "SVG"], "<path"]
        = True
    Source: https://reference.wolfram.com/language/ref/BSplineCurve.html
    """


for _name, (_says, _other) in OPTIONS.items():
    declare(_name, _says, _other)
