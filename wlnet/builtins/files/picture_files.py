"""The formats of pictures. They are known from the start; what draws is loaded at the first use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wlnet.builtins.evaluation import pages
from wlnet.builtins.files.data_formats import FORMATS, Format, Write, add_format
from wlnet.builtins.files.image_files import FORMATS as IMAGES
from wlnet.kernel import Kernel
from wlnet.terms import Expression, Image, S, Term, elements, is_head, is_list, list_of

if TYPE_CHECKING:
    from wlnet.drawings.marks import Page

RENDERED = ("PDF", "PNG")
#: Pixels of a file to one of the page.
SCALE = 2
INSTALL = "a picture as {name} needs the package matplotlib (pip install matplotlib); SVG needs nothing"


def page_of(kernel: Kernel, term: Term) -> Page | None:
    """Gives the page of a picture or of a grid of them, None for anything else; raises ValueError where it is unfit."""
    if type(term) is Image:
        return None
    if type(term) is Expression:
        kernel.resolve("Graphics")  # which loads that part of the language
    return pages.page_of(term)


def write_svg(kernel: Kernel, term: Term) -> bytes:
    from wlnet.drawings.page_svg import page_svg

    return page_svg(picture_page(kernel, term)).encode()


def picture_page(kernel: Kernel, term: Term) -> Page:
    """Gives the page of a picture; raises TypeError for anything else."""
    page = page_of(kernel, term)
    if page is None:
        raise TypeError('a picture is expected, such as ListPlot[{1, 2}] or Information[net, "SummaryGraphic"]')
    return page


def write_rendered(name: str, otherwise: Write | None, kernel: Kernel, term: Term) -> bytes:
    """Writes a picture in a format that Matplotlib writes; what is no picture goes to `otherwise`."""
    from wlnet.drawings.rendering import rendered

    page = page_of(kernel, term)
    if page is None and otherwise is not None:
        return otherwise(kernel, term)
    try:
        return rendered(picture_page(kernel, term) if page is None else page, name.lower(), SCALE)
    except ImportError:
        raise ValueError(INSTALL.format(name=name)) from None


def write_pixels(name: str, otherwise: Write, kernel: Kernel, term: Term) -> bytes:
    """Writes a picture, or several as a film, by way of pixels; what is none goes to `otherwise`."""
    film = term.args[0] if is_head(term, S.ListAnimate) and term.args else term
    frames = elements(film) if is_list(film) else (film,)
    if all(type(frame) is Image for frame in frames):
        return otherwise(kernel, film)
    found = [pages.page_of(frame) if type(frame) is Image else page_of(kernel, frame) for frame in frames]
    drawn = [page for page in found if page is not None]
    if len(drawn) < len(found):
        return otherwise(kernel, term)
    from wlnet.drawings.rendering import pixels_of

    try:
        pixels = [pixels_of(page, SCALE)[..., :3] for page in drawn]
    except ImportError:
        raise ValueError(INSTALL.format(name=name)) from None
    size = np.max([each.shape[:2] for each in pixels], axis=0)
    images = [Image(np.pad(each, [*zip((0, 0), size - each.shape[:2], strict=True), (0, 0)], constant_values=255), "RGB")
              for each in pixels]  # fmt: skip
    return otherwise(kernel, list_of(*images) if is_list(film) else images[0])


add_format(Format("SVG", (".svg",), None, write_svg))
for _name in RENDERED:
    _known = FORMATS.get(_name, Format(_name, (f".{_name.lower()}",), is_binary=True))
    add_format(_known._replace(write=partial(write_rendered, _name, _known.write)))
for _name in IMAGES:
    _write = FORMATS[_name].write
    if _name not in RENDERED and _write is not None:
        add_format(FORMATS[_name]._replace(write=partial(write_pixels, _name, _write)))
