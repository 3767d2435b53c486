"""Colors made of others."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.graphics.schemes import CYCLE, GRADIENTS, gradient, scheme
from wlnet.builtins.graphics.values import color, color_term, number, real_of, unfit
from wlnet.drawings.marks import BLACK, WHITE, Color
from wlnet.kernel import Kernel, Message, builtin, operator_form
from wlnet.terms import FAILED, S, Term, elements, is_list, list_of, to_list, truth

THIRD = 1 / 3


def colors_in(term: Term) -> list[Color]:
    """Gives the colors of a list; raises a message."""
    found = [color(item) for item in elements(term)] if is_list(term) else []
    if not found or None in found:
        raise unfit("a list of colors", term)
    return [item for item in found if item is not None]


def mixed(first: Color, second: Color, share: float) -> Color:
    """Gives a color on the way from one to another."""
    return tuple(float((1 - share) * a + share * b) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def towards(end: Color, term: Term, share: Term) -> Term:
    """Gives a color, or each of a list, nearer to another."""
    if is_list(term):
        return to_list(towards(end, item, share) for item in elements(term))
    found = color(term)
    if found is None:
        raise unfit("a color", term)
    return color_term((*mixed(found, end, min(max(number(share), 0.0), 1.0))[:3], found[3]))


@builtin("Lighter", category="Colors")
def lighter(kernel: Kernel, term: Term, share: Term = THIRD) -> Term | None:
    """Lighter[color] gives a lighter color; Lighter[color, f] one that is the fraction f nearer to white.

    Examples:
        >> {Lighter[Red, 0.5], Lighter[Black]}
        = {RGBColor[1., 0.5, 0.5], RGBColor[0.333333, 0.333333, 0.333333]}
        >> Lighter[1];
        message: Lighter::unfit
    """
    return towards(WHITE, term, share)


@builtin("Darker", category="Colors")
def darker(kernel: Kernel, term: Term, share: Term = THIRD) -> Term | None:
    """Darker[color] gives a darker color; Darker[color, f] one that is the fraction f nearer to black.

    Examples:
        >> Darker[Red, 0.5]
        = RGBColor[0.5, 0., 0.]
    """
    return towards(BLACK, term, share)


@builtin("Blend", category="Colors")
def blend(kernel: Kernel, colors: Term, share: Term = S.Automatic) -> Term | None:
    """Blend[{color1, color2, …}, x] gives the color at x, from 0 to 1, on the way through colors.
    Blend[{color1, …}] mixes colors in equal parts; Blend[{color1, …}, {w1, …}] with weights. Blend["scheme", x] takes a scheme.

    Examples:
        >> {Blend[{Red, Blue}, 0.25], Blend[{Red, Blue}]}
        = {RGBColor[0.75, 0., 0.25], RGBColor[0.5, 0., 0.5]}
        >> Blend[{Black, White}, {1, 3}]
        = RGBColor[0.75, 0.75, 0.75]
        >> Blend[{1, 2}];
        message: Blend::unfit
    """
    if type(colors) is str and share is not S.Automatic:
        return color_term(tuple(scheme(colors)(np.array(number(share))).tolist()))
    found = colors_in(colors)
    if share is S.Automatic:
        return color_term(tuple(np.mean(found, axis=0).tolist()))
    if is_list(share):
        weights = np.array([number(item) for item in elements(share)])
        if len(weights) != len(found) or not weights.sum():
            raise unfit("a weight for each color", share)
        return color_term(tuple((weights @ np.array(found) / weights.sum()).tolist()))
    if real_of(share) is None:
        return None
    return color_term(tuple(gradient(found)(np.array(number(share))).tolist()))


@builtin(
    "ColorData",
    category="Colors",
    messages={"scheme": "`1` is no color scheme. Schemes: `2`; ColorData[97] has the colors that curves take in turn."},
)
def color_data(kernel: Kernel, name: Term, place: Term = None) -> Term | None:
    """ColorData["scheme"] stands for a color scheme; ColorData["scheme"][x] is its color at x from 0 to 1.
    ColorData[n, k] is the k-th of the colors that curves take in turn. ColorData["Gradients"] gives the names of all schemes.

    Details: The schemes are made for wlnet; their colors resemble those that have these names elsewhere.

    Examples:
        >> ColorData["GrayTones"][0.25]
        = RGBColor[0.25, 0.25, 0.25]
        >> ColorData[97, 1] === ColorData[97][1]
        = True
        >> MemberQ[ColorData["Gradients"], "Rainbow"]
        = True
    Possible issues:
        >> ColorData["no such scheme"]
        = $Failed
        message: ColorData::scheme
    """
    if type(name) is str and name == "Gradients":
        return list_of(*GRADIENTS)
    if type(name) is not int and (type(name) is not str or name not in GRADIENTS):
        raise Message("scheme", name, ", ".join(GRADIENTS), result=FAILED)
    return None if place is None else color_at(name, place)


def color_at(name: Term, place: Term) -> Term | None:
    """Gives a color of a scheme, None where the place is no number."""
    if type(name) is int:
        return color_term(CYCLE[(place - 1) % len(CYCLE)]) if type(place) is int else None
    found = real_of(place)
    return None if found is None else color_term(tuple(scheme(name)(np.array(found)).tolist()))


@operator_form("ColorData")
def color_data_of(kernel: Kernel, head: Term, args: tuple[Term, ...]) -> Term | None:
    return color_at(head.args[0], args[0]) if len(head.args) == len(args) == 1 else None


@builtin("ColorQ", category="Colors")
def color_q(kernel: Kernel, term: Term) -> Term:
    """ColorQ[x] tells whether x is a color.

    Examples:
        >> {ColorQ[Red], ColorQ[GrayLevel[0.5]], ColorQ[1]}
        = {True, True, False}
    """
    return truth(color(term) is not None)
