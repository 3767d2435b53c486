"""Directives: how the primitives after them are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from wlnet.builtins.graphics.values import color, items, name_of, number, real_of, unfit
from wlnet.drawings.marks import BLACK, Color
from wlnet.terms import Expression, S, Symbol, Term, is_head, is_list

#: Sizes by name, in pixels: of lines, dots and dashes.
SIZES: Mapping[str, Mapping[str, float]] = {
    "thickness": {"Tiny": 0.5, "Small": 1.0, "Medium": 2.0, "Large": 3.5},
    "point": {"Tiny": 2.5, "Small": 4.0, "Medium": 7.0, "Large": 11.0},
    "dash": {"Tiny": 2.0, "Small": 5.0, "Medium": 8.0, "Large": 13.0},
    "font": {"Tiny": 7.0, "Small": 9.0, "Medium": 12.0, "Large": 18.0},
    "head": {"Tiny": 6.0, "Small": 8.0, "Medium": 12.0, "Large": 18.0},
}
#: No line, dot or letter is larger than this, in pixels.
LARGEST = 1000.0
#: A dash of no length is a dot.
DOT = 1.5


class Style(NamedTuple):
    """How things are drawn. Lengths in pixels. edge: of surfaces, None for none; face: None for that of `color`."""

    color: Color = BLACK
    opacity: float | None = None
    width: float = 1.0
    size: float = 4.0
    dashes: tuple[float, ...] = ()
    edge: Style | None = None
    face: Style | None = None
    has_face: bool = True
    font: float = 11.0
    bold: bool = False
    head: float = 12.0
    shape: str = "●"

    @property
    def ink(self) -> Color:
        """The color, as opaque as the style says."""
        return self.color if self.opacity is None else (*self.color[:3], self.opacity)


def length(term: Term, kind: str, page: float) -> float:
    """Gives a size by name, or a share of the page, in pixels."""
    named = SIZES[kind].get(getattr(term, "name", ""))
    found = named if named is not None else number(term) * page
    if not 0 <= found <= LARGEST:
        raise unfit(f"a size from 0 to {LARGEST:g} pixels, or Tiny to Large,", term)
    return found


def dashes(term: Term, page: float) -> tuple[float, ...]:
    found = [max(length(item, "dash", page), DOT) for item in items(term)]
    return tuple(found * 2 if len(found) == 1 else found)


def edges(style: Style, args: tuple[Term, ...], page: float) -> Style:
    if len(args) == 1 and getattr(args[0], "name", "") in ("None", "False"):
        return style._replace(edge=None)
    return style._replace(edge=styled(style.edge or Style(), args, page))


def faces(style: Style, args: tuple[Term, ...], page: float) -> Style:
    if not args or getattr(args[0], "name", "") in ("None", "False"):
        return style._replace(has_face=False)
    return style._replace(has_face=True, face=styled(style.face or style, args[:1], page))


def opacity(style: Style, args: tuple[Term, ...], page: float) -> Style:
    if len(args) == 2:
        style = styled(style, args[1:], page)
    return style._replace(opacity=min(max(number(args[0]), 0.0), 1.0))


#: Head of a directive → function(style, args, width of the page) that gives the style from there on.
DIRECTIVES: Mapping[Symbol, Callable[[Style, tuple[Term, ...], float], Style]] = {
    S.Opacity: opacity,
    S.Thickness: lambda style, args, page: style._replace(width=length(args[0], "thickness", page)),
    S.AbsoluteThickness: lambda style, args, page: style._replace(width=length(args[0], "thickness", 1.0)),
    S.PointSize: lambda style, args, page: style._replace(size=length(args[0], "point", page)),
    S.AbsolutePointSize: lambda style, args, page: style._replace(size=length(args[0], "point", 1.0)),
    S.Dashing: lambda style, args, page: style._replace(dashes=dashes(args[0], page)),
    S.EdgeForm: edges,
    S.FaceForm: faces,
    S.Arrowheads: lambda style, args, page: style._replace(head=length((items(args[0]) or args)[-1], "head", page)),
    S.Directive: lambda style, args, page: styled(style, args, page),
}
#: Option inside Style → function(style, value).
FONT_OPTIONS: Mapping[str, Callable[[Style, Term], Style]] = {
    "FontSize": lambda style, value: style._replace(font=length(value, "font", 1.0)),
    "FontColor": lambda style, value: style._replace(color=color(value) or style.color),
    "PlotMarkers": lambda style, value: style._replace(shape=value if type(value) is str else style.shape),
    "FontWeight": lambda style, value: style._replace(bold=name_of(value) == "Bold"),
}


def directed(style: Style, term: Term, page: float) -> Style | None:
    """Gives the style after a directive, None for what is none."""
    found = color(term)
    if found is not None:
        return style._replace(color=found, opacity=style.opacity if found[3] == 1 else None)
    if type(term) is not Expression:
        return style._replace(bold=True) if term is S.Bold else None
    change = DIRECTIVES.get(term.head) if type(term.head) is Symbol else None
    if change is not None and (term.args or term.head in (S.FaceForm, S.EdgeForm, S.Directive)):
        return change(style, term.args, page)
    if is_head(term, S.Rule, 2):
        option = FONT_OPTIONS.get(name_of(term.args[0]))
        return option(style, term.args[1]) if option is not None else None
    return None


def styled(style: Style, terms: tuple[Term, ...], page: float) -> Style:
    """Gives the style after directives, lists of them too; raises Unfit."""
    for term in terms:
        if is_list(term):
            style = styled(style, items(term), page)
            continue
        if getattr(term, "name", "") in ("Automatic", "None") or term is S.Italic:
            continue
        size: Any = real_of(term)
        found = style._replace(font=length(term, "font", 1.0)) if size is not None else directed(style, term, page)
        if found is None:
            raise unfit("a directive such as Red, Opacity[0.5], Thick or Dashed", term)
        style = found
    return style
