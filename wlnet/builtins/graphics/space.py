"""Graphics3D: primitives in space as marks, seen from a point, the far ones first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from wlnet.builtins.evaluation.forms import WHOLE_HEADS, WRAPPERS
from wlnet.builtins.evaluation.pages import PAGE_HEADS, PICTURES
from wlnet.builtins.graphics.graphics import short_text
from wlnet.builtins.graphics.options import GENERAL, OPTIONS, Option, span, truth_of
from wlnet.builtins.graphics.primitives import Frame, marks_of
from wlnet.builtins.graphics.scenes import options_of, page_of
from wlnet.builtins.graphics.solids import CORNERS, EDGES, PRIMITIVES, points
from wlnet.builtins.graphics.styles import Style
from wlnet.builtins.graphics.values import Unfit, label, unfit
from wlnet.drawings.marks import BLACK, WHITE, Color, Dots, Mark, Path, Words
from wlnet.drawings.pages import scene_page
from wlnet.drawings.plot import round_numbers
from wlnet.drawings.scene import GRAY, Scene, tick_text
from wlnet.drawings.scene_text import scene_text
from wlnet.kernel import Kernel, builtin, constant
from wlnet.terms import TRUE, S, Term, elements, is_list

LIGHT = np.array([0.3, -0.5, 0.8]) / np.linalg.norm([0.3, -0.5, 0.8])
#: The share of a color that a surface keeps in the shade.
SHADE = 0.45
BOX: Color = (0.6, 0.64, 0.68, 1.0)
OWN: Mapping[str, Option] = {
    "Boxed": Option("whether the edges of the box around everything are drawn", "False", truth_of, TRUE),
    "BoxRatios": Option("the lengths of the edges of the box, Automatic for those of the coordinates", "{1, 1, 0.4}"),
    "ViewPoint": Option("where one looks from, in boxes", "{0, -2, 2}"),
}
#: The options of Graphics that graphics in space have too.
KEPT = ("Axes", "AxesLabel", "Background", "ImageSize", "PlotLabel", "PlotRange")
DEFAULTS: Mapping[str, Term] = {name: {**GENERAL, **OWN}[name].default for name in (*KEPT, *OWN)}
VIEW = (1.3, -2.4, 2.0)


class View(NamedTuple):
    """How the box is seen: its corners, the lengths of its edges, the directions of the eye (across, up, to the eye)."""

    low: np.ndarray
    high: np.ndarray
    ratios: np.ndarray
    axes: np.ndarray
    distance: float

    def inside(self, places: np.ndarray) -> np.ndarray:
        """Gives points in the box as it is drawn, its middle at the origin."""
        return ((places - self.low) / (self.high - self.low) - 0.5) * self.ratios

    def seen(self, places: np.ndarray) -> np.ndarray:
        """Gives points as (across, up, nearness)."""
        found = self.inside(places) @ self.axes.T
        found[:, :2] *= (self.distance / (self.distance - found[:, 2]))[:, None]
        return found


def coordinates(mark: Mark) -> np.ndarray:
    if isinstance(mark, Path):
        return np.concatenate(mark.parts)
    return mark.points if isinstance(mark, Dots) else np.array([mark.place])  # type: ignore[union-attr]


def view_of(marks: list[Mark], options: Mapping[str, Term]) -> View:
    """Gives the view of what is drawn; raises Unfit."""
    every = np.concatenate([np.zeros((0, 3)), *map(coordinates, marks)])
    every = every[np.isfinite(every).all(axis=1)]
    low, high = (every.min(axis=0), every.max(axis=0)) if len(every) else (np.zeros(3), np.ones(3))
    given = options["PlotRange"]
    spans = [given] * 3 if not is_list(given) else list(elements(given))
    if len(spans) == 2 and not any(map(is_list, spans)):
        spans = [S.All, S.All, given]
    for n, (least, most) in enumerate(map(span, spans[:3])):
        low[n], high[n] = (old if new is None else new for old, new in ((low[n], least), (high[n], most)))
    flat = high - low <= 1e-12 * np.maximum(np.abs(high), 1e-280)
    low, high = np.where(flat, low - 0.5, low), np.where(flat, high + 0.5, high)
    lengths = high - low if options["BoxRatios"] is S.Automatic else points(options["BoxRatios"])[0]
    if not (lengths > 0).all():
        raise unfit("BoxRatios: three positive numbers", options["BoxRatios"])
    eye = np.array(VIEW) if options["ViewPoint"] is S.Automatic else points(options["ViewPoint"])[0]
    distance = float(np.linalg.norm(eye))
    if not 0.9 < distance < 1e6:
        raise unfit("ViewPoint: a point outside the box, such as {1.3, -2.4, 2}", options["ViewPoint"])
    toward = eye / distance
    across = np.array([-toward[1], toward[0], 0.0]) if abs(toward[2]) < 0.999 else np.array([1.0, 0, 0])
    across /= np.linalg.norm(across)
    return View(low, high, lengths / lengths.max(), np.stack([across, np.cross(toward, across), toward]), distance)


def lit(color: Color, outline: np.ndarray) -> Color:
    """Gives the color of a surface as bright as it is turned to the light."""
    normal = np.cross(outline[1] - outline[0], outline[-2] - outline[0])
    size = float(np.linalg.norm(normal))
    bright = SHADE + (1 - SHADE) * (abs(float(normal @ LIGHT)) / size if size else 1.0)
    red, green, blue, opacity = color
    return bright * red, bright * green, bright * blue, opacity


def flattened(mark: Mark, view: View) -> Mark:
    """Gives a mark as it is seen."""
    if isinstance(mark, Path):
        fill = None if mark.fill is None else lit(mark.fill, view.inside(mark.parts[0]))
        # Neighbors without an edge would leave a gap as thin as a hair.
        stroke = fill if mark.stroke is None and fill is not None and fill[3] == 1 else mark.stroke
        return mark._replace(parts=tuple(view.seen(part)[:, :2] for part in mark.parts), fill=fill, stroke=stroke)
    if isinstance(mark, Dots):
        return mark._replace(points=view.seen(mark.points)[:, :2])
    x, y, _ = view.seen(coordinates(mark))[0].tolist()
    return mark._replace(place=(x, y))  # type: ignore[call-arg]


def box_edges(view: View, *, front: bool) -> Iterator[Mark]:
    """Yields the edges of the box behind everything, or those before it: the three that meet nearest to the eye."""
    places = view.low + CORNERS * (view.high - view.low)
    near = int(np.argmax(view.seen(places)[:, 2]))
    for a, b in EDGES:
        if (near in (a, b)) == front:
            yield Path((places[[a, b]],), BOX, 0.8)


def axes_marks(view: View, wanted: tuple[bool, ...], labels: tuple[str, ...]) -> Iterator[Mark]:
    """Yields ticks and labels along three edges of the box, each at the rim of what is seen."""
    places = view.low + CORNERS * (view.high - view.low)
    seen = view.seen(places)[:, :2]
    middle = seen.mean(axis=0)
    for axis in range(3):
        if not wanted[axis]:
            continue
        bit = 1 << axis
        rim = [(a, b) for a, b in EDGES if a ^ b == bit]
        # The lowest edge for what lies flat, the leftmost one for what stands.
        a, b = min(rim, key=lambda edge: seen[list(edge)].mean(axis=0)[1 if axis < 2 else 0])
        away = seen[[a, b]].mean(axis=0) - middle
        step = seen[b] - seen[a]
        outward = np.array([-step[1], step[0]]) / max(float(np.hypot(*step)), 1e-300)
        outward = outward if outward @ away > 0 else -outward
        length = float(view.high[axis] - view.low[axis])
        for value in round_numbers(float(view.low[axis]), float(view.high[axis]), 5):
            share = (value - view.low[axis]) / length
            place = view.seen((places[a] + share * (places[b] - places[a]))[None])[0, :2]
            yield Path((np.array([place, place + 0.015 * outward]),), GRAY)
            yield Words(tick_text(value), tuple((place + 0.055 * outward).tolist()), BLACK, 10.0)
        if axis < len(labels) and labels[axis]:
            yield Words(labels[axis], tuple((seen[[a, b]].mean(axis=0) + 0.14 * outward).tolist()), BLACK, 11.0)


def space_scene(term: Term) -> Scene:
    """Gives the scene of Graphics3D[…]; raises Unfit."""
    options = {**DEFAULTS, **options_of(term.args[1:], DEFAULTS, "Graphics3D")}
    width, _ = GENERAL["ImageSize"].read(options["ImageSize"])
    marks = marks_of(term.args[0], Frame(width, page_of, primitives=PRIMITIVES), Style())
    view = view_of(marks, options)
    nearness = [float(np.nanmean(view.seen(coordinates(mark))[:, 2])) for mark in marks]
    sorted_marks = [marks[n] for n in np.argsort(nearness, kind="stable")]
    is_boxed = truth_of(options["Boxed"])
    wanted = options["Axes"]
    sides = tuple(truth_of(item) for item in elements(wanted))[:3] if is_list(wanted) else (truth_of(wanted),) * 3
    texts = options["AxesLabel"]
    labels = tuple(map(label, elements(texts))) if is_list(texts) else ("", "", label(texts))
    around = [*(box_edges(view, front=False) if is_boxed else ()), *sorted_marks]
    around += box_edges(view, front=True) if is_boxed and not is_filled(marks) else ()
    flat = [flattened(mark, view) for mark in around] + list(axes_marks(view, sides, labels))
    corners = view.seen(view.low + CORNERS * (view.high - view.low))[:, :2]
    room = 0.03 + 0.09 * any(sides) + 0.06 * any(labels)
    low, high = corners.min(axis=0) - room, corners.max(axis=0) + room
    return Scene(
        tuple(flat), tuple(low.tolist()), tuple(high.tolist()), None, width, title=label(options["PlotLabel"]),
        background=GENERAL["Background"].read(options["Background"]) or WHITE,
    )  # fmt: skip


def is_filled(marks: list[Mark]) -> bool:
    """Tells whether there are surfaces, which edges of the box before them would cross."""
    return any(isinstance(mark, Path) and mark.fill is not None for mark in marks)


def space_text(term: Term) -> str:
    try:
        return scene_text(space_scene(term))
    except (Unfit, IndexError) as error:
        return f"-Graphics3D- (cannot be drawn: {error})"


PICTURES.add(S.Graphics3D)
PAGE_HEADS[S.Graphics3D] = lambda term: scene_page(space_scene(term)) if term.args else None
WHOLE_HEADS[S.Graphics3D] = lambda term: space_text(term) if term.args else "Graphics3D[]"
WRAPPERS[S.Graphics3D] = lambda args: short_text(args).replace("Graphics", "Graphics3D")


@builtin("Graphics3D", category="Graphics", options=DEFAULTS)
def graphics_3d(kernel: Kernel, primitives: Term, *, options: dict[str, Term]) -> Term | None:
    """Graphics3D[primitives, options] is a picture of points, lines and surfaces in space.

    Details: Primitives are Point, Line, Arrow, Polygon, Text, Cuboid, Sphere, Cylinder and Cone with coordinates {x, y, z};
    directives are those of Graphics. What is nearer hides what is farther, piece by piece.

    Examples:
        >> Head[Graphics3D[{Red, Sphere[{0, 0, 0}, 1], Line[{{0, 0, 0}, {2, 2, 2}}]}]]
        = Graphics3D
        >> StringContainsQ[ExportString[Graphics3D[{Text["here", {0, 0, 0}], Cuboid[]}], "SVG"], "here"]
        = True
    Options: those of its own, and some of Graphics:
        >> StringTake[ExportString[Graphics3D[Cuboid[], OPTIONS], "SVG"], 4]
        = "<svg"
    Possible issues:
        >> ExportString[Graphics3D[Disk[]], "SVG"]
        = $Failed
        message: ExportString::unfit
    """
    return None


SAMPLES = {"AxesLabel": '{"x", "y", "z"}', "PlotRange": "{0, 2}"}
graphics_3d.__doc__ = str(graphics_3d.__doc__).replace(
    "OPTIONS", ", ".join(f"{name} -> {SAMPLES.get(name, {**GENERAL, **OWN}[name].sample)}" for name in DEFAULTS)
)
SOLIDS = {
    "Cuboid": ("Cuboid[{xmin, ymin, zmin}, {xmax, ymax, zmax}] is a box in Graphics3D.", "Cuboid[{0, 0, 0}, {1, 2, 3}]"),
    "Sphere": ("Sphere[{x, y, z}, r] is a sphere in Graphics3D.", "Sphere[{0, 0, 0}, 2]"),
    "Ball": ("Ball[{x, y, z}, r] is a ball in Graphics3D.", "Ball[]"),
    "Cylinder": ("Cylinder[{p1, p2}, r] is a cylinder between two points in Graphics3D.", "Cylinder[{{0, 0, 0}, {0, 0, 2}}, 1]"),
    "Cone": ("Cone[{p1, p2}, r] is a cone with its tip at p2 in Graphics3D.", "Cone[{{0, 0, 0}, {0, 0, 2}}, 1]"),
}  # fmt: skip


def declare(name: str, said: str, doc: str) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = f"{said}\n\nExamples:\n    {doc}\n"
    constant(name, category="Graphics")(stands_for_itself)


for _name, (_said, _sample) in SOLIDS.items():
    declare(_name, _said, f'>> StringContainsQ[ExportString[Graphics3D[{_sample}], "SVG"], "path"]\n    = True')
for _name, _option in OWN.items():
    if _name not in OPTIONS:
        declare(
            _name,
            f"{_name} is an option of Graphics3D: {_option.says}.",
            f">> {_name} -> {_option.sample} // Head\n    = Rule",
        )
