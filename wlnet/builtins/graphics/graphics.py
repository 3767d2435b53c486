"""Graphics itself: made, shown as text, shown together, turned into images."""

from __future__ import annotations

from wlnet.builtins.evaluation.forms import WHOLE_HEADS, WRAPPERS, output_text
from wlnet.builtins.evaluation.tables import beside, table_text
from wlnet.builtins.graphics.options import GENERAL, read_general
from wlnet.builtins.graphics.scenes import cell, labels_of, options_of, scene_of
from wlnet.builtins.graphics.values import Unfit, items, number, unfit
from wlnet.drawings.scene_text import scene_text
from wlnet.kernel import Kernel, Message, builtin
from wlnet.syntax import write
from wlnet.terms import FAILED, Expression, Image, S, Term, elements, is_head, is_list, list_of, rule, symbol

#: Pixels of an image to one of a picture, where nothing else is said.
SCALE = 2.0
INSTALL = "A picture becomes pixels by the package matplotlib, which is not installed (pip install matplotlib)."


def option_examples() -> str:
    """Gives an example for each option: what is drawn with it differs from what is drawn without."""
    plain = "Graphics[{Point[{2, 3}]}, Axes -> True]"
    needs = {"FrameLabel": "Frame -> True, ", "FrameTicks": "Frame -> True, ", "FrameStyle": "Frame -> True, ",
             "GridLinesStyle": "GridLines -> Automatic, ", "Axes": ""}  # fmt: skip
    lines = []
    for name, option in GENERAL.items():
        without = f"Graphics[{{Point[{{2, 3}}], Line[{{{{0, 1}}, {{3, 2}}}}]}}, {needs.get(name, 'Axes -> True, ')}ImageSize -> 300]"
        given = without[:-1] + f", {name} -> {option.sample}]"
        if name == "ImageSize":
            without, given = plain, plain[:-1] + ", ImageSize -> 200]"
        if name == "AxesOrigin":
            given = given.replace("{0, 0}]", "{1, 2}]")
        lines.append(
            f'Options: "{name}":\n    >> ExportString[{given}, "SVG"] === ExportString[{without}, "SVG"]\n    = False\n'
        )
    return "".join(lines)


def graphics(kernel: Kernel, primitives: Term, *, options: dict[str, Term]) -> Term | None:
    """Graphics[primitives, options] is a picture of points, lines, surfaces, texts and directives for them.

    Details: It shows itself as text in the terminal. Export["file.svg", picture] writes it; with the package matplotlib there
    are .png and .pdf as well. Pictures such as Information[net, "SummaryGraphic"] have this head too. Inside a list of
    primitives, a directive such as Red or Dashed holds for those that follow it.

    Examples:
        >> Head[Graphics[{Red, Disk[], Black, Line[{{0, 0}, {1, 1}}]}]]
        = Graphics
        >> StringTake[ExportString[Graphics[Disk[]], "SVG"], 4]
        = "<svg"
        >> Head[Information[NetChain[{2, Ramp}], "SummaryGraphic"]]
        = Graphics
    Possible issues:
        >> Graphics[Disk[], PlotRange -> "wide"]; 1
        = 1
        message: Graphics::unfit
        >> ExportString[Graphics[Disc[]], "SVG"]
        = $Failed
        message: ExportString::unfit
    """
    read_general(options)
    return None


graphics.__doc__ = f"{graphics.__doc__}\n{option_examples()}"
builtin("Graphics", category="Graphics", options={name: option.default for name, option in GENERAL.items()})(graphics)


def picture_text(term: Term) -> str:
    """Gives a picture in lines of text; what cannot be drawn is told."""
    if is_head(term, S.Legended) and not is_head(term.args[0] if term.args else None, S.Graphics):
        return legended_text(term.args) or write(term, "OutputForm")
    try:
        return scene_text(scene_of(term))
    except Unfit as error:
        return f"{short_text(())} (cannot be drawn: {error})"


def short_text(args: tuple[Term, ...]) -> str:
    return "-Graphics-"


def grid_text(args: tuple[Term, ...]) -> str | None:
    if not args or not is_list(args[0]):
        return None
    return table_text([[output_text(item) for item in items(row)] for row in elements(args[0])])


def legended_text(args: tuple[Term, ...]) -> str | None:
    if len(args) != 2:
        return None
    return short_text(args) if is_head(args[0], S.Graphics) else output_text(args[0])


def labeled_text(args: tuple[Term, ...]) -> str | None:
    """Gives a thing with its label, or each of a list of labels, on the side where it belongs."""
    if len(args) < 2:
        return None
    text = output_text(args[0])
    for term, side in labels_of(args):
        label = output_text(term)
        if side is S.Left or side is S.Right:
            text = beside([label, " ", text] if side is S.Left else [text, " ", label])
        else:
            text = f"{label}\n{text}" if side is S.Top else f"{text}\n{label}"
    return text


WRAPPERS[S.Graphics] = short_text
WRAPPERS[S.Legended] = legended_text
WRAPPERS[S.GraphicsGrid] = grid_text
WRAPPERS[S.Labeled] = labeled_text
WHOLE_HEADS[S.Graphics] = WHOLE_HEADS[S.Legended] = picture_text


@builtin("Show", category="Graphics", options={name: option.default for name, option in GENERAL.items()})
def show(kernel: Kernel, *graphics: Term, options: dict[str, Term]) -> Term | None:
    """Show[g1, g2, …] is several graphics in one, with the options of the first.
    Show[g, options] is a graphic with other options.

    Examples:
        >> Cases[Show[ListPlot[{1, 2}], Graphics[Disk[]]], _Disk, Infinity]
        = {Disk[]}
        >> StringContainsQ[ExportString[Show[ListPlot[{1, 2}], PlotLabel -> "title"], "SVG"], "title"]
        = True
        >> Length[Cases[Show[Graphics3D[Cuboid[]], Graphics3D[Sphere[]]], _Cuboid | _Sphere, Infinity]]
        = 2
    Possible issues:
        >> Show[1];
        message: Show::unfit
    """
    found = [item for given in graphics for item in items(given)]
    if not found:
        return None
    if len(found) == 1 and type(found[0]) is not Expression and getattr(found[0], "drawing", None) is not None:
        return found[0]
    given = {name: value for name, value in options.items() if value is not GENERAL[name].default}
    if all(is_head(item, S.Graphics3D) and item.args for item in found):
        primitives = list_of(*(item.args[0] for item in found))
        return Expression(
            S.Graphics3D, (primitives, *(rule(symbol(name), given[name]) for name in given), *found[0].args[1:])
        )
    legends: list[Term] = []
    inner: list[Expression] = []
    for item in found:
        while is_head(item, S.Legended, 2):
            legends.append(item.args[1])
            item = item.args[0]
        if not is_head(item, S.Graphics) or not item.args:
            raise unfit("a graphic", item)
        inner.append(item)
    kept = options_of(inner[0].args[1:]) | given
    primitives = list_of(*(item.args[0] for item in inner))
    made: Term = Expression(S.Graphics, (primitives, list_of(*(rule(symbol(name), kept[name]) for name in kept))))
    return Expression(S.Legended, (made, list_of(*legends))) if legends else made


SHOW_OPTIONS = ", ".join(f"{name} -> {option.sample}" for name, option in GENERAL.items())
show.__doc__ = f"{show.__doc__}\nOptions: those of Graphics:\n    >> Head[Show[Graphics[Disk[]], {SHOW_OPTIONS}]]\n    = Graphics\n"


@builtin(
    "Rasterize",
    category="Graphics",
    options={"ImageSize": S.Automatic, "ImageResolution": S.Automatic},
)
def rasterize(kernel: Kernel, term: Term, *, options: dict[str, Term]) -> Term:
    """Rasterize[graphic] gives the image of a graphic, or of any expression as text.

    Details: The image has twice as many pixels as the picture says; ImageSize is its width in pixels.

    Examples:
        >> Head[Rasterize[Graphics[Disk[]]]]
        = Image
    Options: "ImageSize":
        >> First[ImageDimensions[Rasterize[Graphics[Disk[]], ImageSize -> 100]]]
        = 100
    Options: "ImageResolution":
        >> First[ImageDimensions[Rasterize[Graphics[Disk[], ImageSize -> 100], ImageResolution -> 96]]]
        = 100
    Possible issues:
        >> Rasterize[Graphics[nothing]];
        message: Rasterize::unfit
    """
    from wlnet.drawings.rendering import DENSITY, pixels_of

    page = cell(term)
    scale = SCALE
    if options["ImageResolution"] is not S.Automatic:
        scale = number(options["ImageResolution"]) / DENSITY
    if options["ImageSize"] is not S.Automatic:
        scale = GENERAL["ImageSize"].read(options["ImageSize"])[0] / page.width
    if not 0.01 <= scale <= 20 or max(page.width, page.height) * scale > 10000:
        raise unfit("a size of at most 10000 pixels", rule(S.ImageSize, options["ImageSize"]))
    try:
        return Image(pixels_of(page, scale)[..., :3], "RGB")
    except ImportError:
        raise Message("package", result=FAILED, text=INSTALL) from None
