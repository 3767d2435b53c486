"""Primitives, directives and legends, which stand for themselves inside graphics, and sizes and colors by name."""

from __future__ import annotations

from wlnet.kernel import constant
from wlnet.terms import S, Term, expression, list_of

#: Primitive → what it is, and a picture of it.
PRIMITIVES = {
    "Point": ("Point[{x, y}] is a point in graphics; Point[{p1, p2, …}] several.", "Point[{{0, 0}, {1, 1}}]"),
    "Line": ("Line[{p1, p2, …}] is a line through points in graphics; Line[{line1, …}] several.", "Line[{{0, 0}, {1, 1}}]"),
    "Arrow": ("Arrow[{p1, p2, …}] is a line through points with a head at its end.", "Arrow[{{0, 0}, {1, 1}}]"),
    "Polygon": ("Polygon[{p1, p2, …}] is the surface between points.", "Polygon[{{0, 0}, {1, 1}, {1, 0}}]"),
    "Triangle": ("Triangle[{p1, p2, p3}] is a triangle.", "Triangle[{{0, 0}, {1, 1}, {1, 0}}]"),
    "Rectangle": (
        "Rectangle[{xmin, ymin}, {xmax, ymax}] is a rectangle; Rectangle[{x, y}] is a unit square.",
        "Rectangle[{0, 0}, {2, 1}]",
    ),
    "Disk": (
        "Disk[{x, y}, r] is a filled circle; Disk[{x, y}, {a, b}, {angle1, angle2}] a sector of an ellipse.",
        "Disk[{0, 0}, 1, {0, Pi}]",
    ),
    "Circle": ("Circle[{x, y}, r] is a circle; radii and angles are as in Disk.", "Circle[{0, 0}, 2]"),
    "RegularPolygon": ("RegularPolygon[{x, y}, r, n] is a polygon of n equal sides; the center and r may be left out.", "RegularPolygon[5]"),
    "Annulus": ("Annulus[{x, y}, {r1, r2}, {angle1, angle2}] is the ring between two circles, or a part of it.", "Annulus[{0, 0}, {1, 2}]"),
    "BezierCurve": (
        "BezierCurve[{p1, p2, p3, p4, …}] is a curve with control points, three more for each further piece.",
        "BezierCurve[{{0, 0}, {1, 1}, {2, -1}, {3, 0}}]",
    ),
    "GraphicsComplex": (
        "GraphicsComplex[{p1, p2, …}, primitives] are primitives whose points are given by their numbers in a list.",
        "GraphicsComplex[{{0, 0}, {1, 1}, {1, 0}}, {Line[{1, 2, 3}]}]",
    ),
    "Inset": (
        "Inset[graphic, {x, y}, anchor, size] is a graphic or an image inside another, or any expression as text.",
        "{Line[{{0, 0}, {1, 1}}], Inset[Graphics[Disk[]], {0.5, 0.5}]}",
    ),
    "Raster": (
        "Raster[array] is an array of cells of gray levels or colors, the first row below; Raster[array, {p1, p2}] fills a rectangle.",
        "{Line[{{0, 0}, {1, 1}}], Raster[{{0, 1}, {1, 0}}]}",
    ),
    "GraphicsGroup": ("GraphicsGroup[primitives] are primitives together.", "GraphicsGroup[{Line[{{0, 0}, {1, 1}}]}]"),
    "Tooltip": ("Tooltip[primitive, text] is a primitive with a text, which pictures do not show.", 'Tooltip[Disk[], "disk"]'),
}  # fmt: skip

#: Directive → what it is, an example, and what then is in the SVG.
DIRECTIVES = {
    "Opacity": ("Opacity[a] makes what follows in graphics transparent, from 0 to 1.", "Opacity[0.5]", "opacity"),
    "Thickness": ("Thickness[r] is the width of lines as a share of the picture's, or Tiny to Large.", "Thickness[0.01]", '"4"'),
    "AbsoluteThickness": ("AbsoluteThickness[d] is the width of lines in pixels.", "AbsoluteThickness[3]", '"3"'),
    "PointSize": ("PointSize[d] is the size of points as a share of the picture's width, or Tiny to Large.", "PointSize[0.1]", '"20"'),
    "AbsolutePointSize": ("AbsolutePointSize[d] is the size of points in pixels.", "AbsolutePointSize[12]", '"6"'),
    "Dashing": ("Dashing[{r1, r2, …}] makes dashes and gaps of these lengths.", "Dashing[{0.1, 0.05}]", "dasharray"),
    "EdgeForm": ("EdgeForm[directives] draws the edges of surfaces.", "EdgeForm[Red]", "ff0000"),
    "FaceForm": ("FaceForm[directives] is how surfaces are filled; FaceForm[None] not at all.", "FaceForm[Blue]", "0000ff"),
    "Directive": ("Directive[d1, d2, …] is several directives as one.", "Directive[Red, Dashed]", "ff0000"),
    "Arrowheads": ("Arrowheads[s] is the size of the heads of arrows, as a share of the width or Small to Large.", "Arrowheads[Large]", "path"),
}  # fmt: skip

#: Name → what it stands for in graphics.
NAMED: dict[str, Term] = {
    "Dashed": expression("Dashing", list_of(S.Small, S.Small)),
    "Dotted": expression("Dashing", list_of(0, S.Small)),
    "DotDashed": expression("Dashing", list_of(0, S.Small, S.Small, S.Small)),
    "Thick": expression("Thickness", S.Large),
    "Thin": expression("Thickness", S.Tiny),
    "LightBlue": expression("RGBColor", 0.87, 0.94, 1),
    "LightRed": expression("RGBColor", 1, 0.85, 0.85),
    "LightGreen": expression("RGBColor", 0.88, 1, 0.88),
    "LightYellow": expression("RGBColor", 1, 1, 0.85),
    "LightOrange": expression("RGBColor", 1, 0.9, 0.8),
    "LightPurple": expression("RGBColor", 0.94, 0.88, 0.94),
    "LightBrown": expression("RGBColor", 0.94, 0.91, 0.88),
    "LightPink": expression("RGBColor", 1, 0.92, 0.92),
    "LightCyan": expression("RGBColor", 0.9, 1, 1),
    "LightMagenta": expression("RGBColor", 1, 0.9, 1),
    "Transparent": expression("GrayLevel", 0, 0),
}
#: Names that say where or how large something is, or what a text looks like.
PLAIN = {
    "Tiny": "a very small size", "Small": "a small size", "Medium": "a medium size", "Large": "a large size",
    "Above": "the place above", "Below": "the place below", "Before": "the place before", "After": "the place after",
    "Full": "a range or size that takes all", "Axis": "the axis, as in Filling -> Axis", "Bold": "bold text",
    "Italic": "slanted text", "FontSize": "an option of Style: the size of text", "FontColor": "an option of Style: the color of text",
    "FontWeight": "an option of Style: Bold or Plain", "Plain": "text without style",
}  # fmt: skip
LEGENDS = {
    "LineLegend": "samples of lines", "PointLegend": "samples of points", "SwatchLegend": "samples of colors",
}  # fmt: skip


def declare(name: str, docstring: str, value: Term | None = None) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = docstring
    constant(name, category="Graphics", value=value)(stands_for_itself)


def drawn(primitives: str, found: str) -> str:
    """Gives an example: the picture of primitives has something in its SVG."""
    inside = found.replace('"', '\\"')
    return f'Examples:\n    >> StringContainsQ[ExportString[Graphics[{primitives}], "SVG"], "{inside}"]\n    = True\n'


for _name, (_usage, _sample) in PRIMITIVES.items():
    declare(_name, f"{_usage}\n\n{drawn(_sample, 'circle' if _name == 'Point' else 'path')}")
for _name, (_usage, _sample, _found) in DIRECTIVES.items():
    _with = f"{{{_sample}, Point[{{0, 0}}], Line[{{{{0, 0}}, {{1, 1}}}}], Disk[]}}"
    declare(_name, f"{_usage}\n\n{drawn(_with, _found)}")
for _name, _value in NAMED.items():
    _what = "directive" if _value.head in (S.Dashing, S.Thickness) else "color"
    declare(_name, f"{_name} is a {_what}.\n\nExamples:\n    >> Head[{_name}]\n    = {_value.head.name}\n", _value)
for _name, _what in PLAIN.items():
    declare(_name, f"{_name} stands for {_what}.\n\nExamples:\n    >> {_name}\n    = {_name}\n")
for _name, _what in LEGENDS.items():
    declare(
        _name,
        f"{_name}[{{d1, …}}, {{text1, …}}] is a legend for Legended, with {_what} in the style of the directives.\n\nExamples:\n"
        f'    >> StringContainsQ[ExportString[Legended[Graphics[Disk[]], {_name}[{{Red}}, {{"name"}}]], "SVG"], "name"]\n    = True\n',
    )


@constant("BarLegend", category="Graphics")
def bar_legend() -> None:
    """BarLegend[{scheme, {min, max}}] is a legend for Legended: a bar of the colors of a scheme from min to max.

    Examples:
        >> StringContainsQ[ExportString[Legended[Graphics[Disk[]], BarLegend[{"Rainbow", {0, 7}}]], "SVG"], ">6<"]
        = True
    """


@constant("Placed", category="Graphics")
def placed() -> None:
    """Placed[legend, side] puts a legend Left, Right, Above or Below.

    Examples:
        >> plot = ListPlot[{1, 2}, PlotLegends -> Placed[{"name"}, Below]];
        >> StringContainsQ[ExportString[plot, "SVG"], "name"]
        = True
    """


@constant("Legended", category="Graphics")
def legended() -> None:
    """Legended[graphic, legend] is a graphic with a legend, such as LineLegend[{Red}, {"name"}] or a text.

    Examples:
        >> StringContainsQ[ExportString[Legended[Graphics[Disk[]], "name"], "SVG"], "name"]
        = True
        >> Head[ListPlot[{1, 2}, PlotLegends -> {"a"}]]
        = Legended
    """


@constant("Labeled", category="Graphics")
def labeled() -> None:
    """Labeled[x, label] shows x with a label below; Labeled[x, label, side] at the Top, Bottom, Left or Right.
    Labeled[x, {label1, …}, {side1, …}] shows several labels.

    Examples:
        >> ToString[{Labeled[1, "one", Left], Labeled[1, {"one", "1."}, {Right, Left}]}]
        = "{one 1, 1. 1 one}"
        >> ToString[Labeled[1, "one"]]
        = "1\\none"
        >> StringContainsQ[ExportString[Labeled[Graphics[Disk[]], "a disk", Top], "SVG"], "a disk"]
        = True
    """


@constant("GraphicsGrid", category="Graphics")
def graphics_grid() -> None:
    """GraphicsGrid[{{g11, g12, …}, …}] is graphics in rows and columns; ImageSize is the width of all.

    Examples:
        >> StringCount[ExportString[GraphicsGrid[{{Graphics[Disk[]], Graphics[Disk[]]}}, ImageSize -> 300], "SVG"], "<clipPath"]
        = 2
    """


@constant("ListAnimate", category="Interaction")
def list_animate() -> None:
    """ListAnimate[{g1, g2, …}] stands for pictures shown one after the other; Export["file.gif", …] writes them as a film.

    Examples:
        >> file = FileNameJoin[{$TemporaryDirectory, "wlnet-film.gif"}];
        >> Export[file, ListAnimate[{Image[{{0, 1}}], Image[{{1, 0}}]}]]; Import[file, "ImageCount"]
        = 2
    """
