"""The formats of pictures. They are known from the start; what draws is loaded at the first use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from wlnet.builtins.files.data_formats import FORMATS, Format, Write, add_format
from wlnet.builtins.files.image_files import FORMATS as IMAGES
from wlnet.kernel import Kernel
from wlnet.terms import Expression, Image, Term

if TYPE_CHECKING:
    from wlnet.drawings.pages import Page

RENDERERS = {"PDF": "svg2pdf", "PNG": "svg2png"}
SCALE = 2


def page_of(kernel: Kernel, term: Term) -> Page | None:
    """Gives the page of a graphic or of a grid of them, None for anything else; raises ValueError where it is unfit."""
    if type(term) is not Expression:
        return None
    kernel.resolve("Graphics")  # which loads that part of the language
    from wlnet.builtins.graphics.scenes import page_of

    return page_of(term)


def drawing_svg(term: Term) -> str | None:
    """Gives the SVG text of a picture of a net, a training or the like; None for anything else."""
    from wlnet.builtins.nets.information.pictures import Picture
    from wlnet.drawings import svg_of

    return svg_of(term.drawing) if isinstance(term, Picture) else None


def svg_text(kernel: Kernel, term: Term) -> str:
    """Gives the SVG text of a picture; raises TypeError for anything else."""
    from wlnet.drawings.page_svg import page_svg

    page = page_of(kernel, term)
    text = drawing_svg(term) if page is None else page_svg(page)
    if text is None:
        raise TypeError('a picture is expected, such as ListPlot[{1, 2}] or Information[net, "SummaryGraphic"]')
    return text


def write_svg(kernel: Kernel, term: Term) -> bytes:
    return svg_text(kernel, term).encode()


def write_rendered(name: str, otherwise: Write | None, kernel: Kernel, term: Term) -> bytes:
    """Writes a picture in a format that needs a package from outside; what is no picture goes to `otherwise`."""
    page = page_of(kernel, term)
    if page is not None:
        from wlnet.drawings.rendering import rendered

        try:
            return rendered(page, name.lower(), SCALE)
        except ImportError:
            return converted(name, "matplotlib", svg_text(kernel, term))
    if otherwise is not None and drawing_svg(term) is None:
        return otherwise(kernel, term)
    return converted(name, "cairosvg", svg_text(kernel, term))


def converted(name: str, needed: str, text: str) -> bytes:
    """Gives an SVG text in another format by cairosvg; where that is not there, says which package is needed."""
    try:
        import cairosvg
    except (ImportError, OSError):
        raise ValueError(
            f"a picture as {name} needs the package {needed} (pip install {needed}); SVG needs nothing"
        ) from None
    render: Callable[..., bytes] = getattr(cairosvg, RENDERERS[name])
    return render(bytestring=text.encode(), scale=SCALE)


def write_pixels(otherwise: Write, kernel: Kernel, term: Term) -> bytes:
    """Writes a graphic in a format of images, by way of its pixels; what is none goes to `otherwise`."""
    page = page_of(kernel, term)
    if page is None:
        return otherwise(kernel, term)
    from wlnet.drawings.rendering import pixels_of

    try:
        return otherwise(kernel, Image(pixels_of(page, SCALE)[..., :3], "RGB"))
    except ImportError:
        raise ValueError("a picture as an image needs the package matplotlib (pip install matplotlib)") from None


add_format(Format("SVG", (".svg",), None, write_svg))
for _name in RENDERERS:
    _known = FORMATS.get(_name, Format(_name, (f".{_name.lower()}",), is_binary=True))
    add_format(_known._replace(write=partial(write_rendered, _name, _known.write)))
for _name in IMAGES:
    _write = FORMATS[_name].write
    if _name not in RENDERERS and _write is not None:
        add_format(FORMATS[_name]._replace(write=partial(write_pixels, _write)))
