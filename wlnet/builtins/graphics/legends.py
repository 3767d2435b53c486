"""Legends: what stands beside a graphic."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.graphics.schemes import scheme
from wlnet.builtins.graphics.styles import Style, styled
from wlnet.builtins.graphics.values import items, label, pair, unfit
from wlnet.drawings.marks import SHAPES, Dots, Mark, Path
from wlnet.drawings.pages import rectangle
from wlnet.drawings.scene import Legend
from wlnet.terms import Expression, S, Symbol, Term, is_head, is_list

SIDES = {
    "Right": "Right", "After": "Right", "Left": "Left", "Before": "Left", "Top": "Top", "Above": "Top",
    "Bottom": "Bottom", "Below": "Bottom",
}  # fmt: skip


def line_sample(style: Style) -> Mark:
    return Path((np.array([(0.0, 0.0), (1.0, 0.0)]),), style.ink, style.width, style.dashes)


def point_sample(style: Style) -> Mark:
    return Dots(np.array([(0.5, 0.0)]), style.ink, max(style.size, 5.0), style.shape if style.shape in SHAPES else "●")


def swatch_sample(style: Style) -> Mark:
    return Path((rectangle((0.2, -0.65), (0.8, 0.65)),), None, fill=(style.face or style).ink)


#: Kind of a legend → function(style) that gives the sample of an entry, between (0, -1) and (1, 1).
SAMPLES: Mapping[Symbol, Callable[[Style], Mark]] = {
    S.LineLegend: line_sample,
    S.PointLegend: point_sample,
    S.SwatchLegend: swatch_sample,
}


def legends_in(term: Term, side: str = "Right") -> tuple[Legend, ...]:
    """Gives the legends of the second argument of Legended; raises Unfit."""
    if is_head(term, S.Placed, 2):
        name = getattr(term.args[1], "name", "")
        if name not in SIDES:
            raise unfit(f"one of {', '.join(SIDES)}", term.args[1])
        return legends_in(term.args[0], SIDES[name])
    if is_list(term):
        return tuple(legend for item in items(term) for legend in legends_in(item, side))
    head = term.head if type(term) is Expression else None
    if head is S.BarLegend and term.args and is_list(term.args[0]) and len(items(term.args[0])) == 2:
        colors, ends = items(term.args[0])
        return (Legend(bar=(scheme(colors)(np.linspace(0, 1, 100)), *pair(ends)), side=side),)
    if type(head) is Symbol and head in SAMPLES and len(term.args) > 1:
        styles = [styled(Style(width=2.0), (item,), 400.0) for item in items(term.args[0])]
        entries = tuple(
            (SAMPLES[head](style), label(text)) for style, text in zip(styles, items(term.args[1]), strict=False)
        )
        return (Legend(entries, side=side),)
    return (Legend(title=label(term), side=side),)
