"""The formats of pictures. They are known from the start; what draws is loaded at the first use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wlnet.builtins.files.data_formats import FORMATS, Format, Write, add_format
from wlnet.kernel import Kernel
from wlnet.terms import Term

RENDERERS = {"PDF": "svg2pdf", "PNG": "svg2png"}
SCALE = 2


def svg_text(term: Term) -> str:
    """Gives the SVG text of a picture; raises TypeError for anything else."""
    from wlnet.builtins.nets.information.pictures import Picture
    from wlnet.drawings import svg_of

    if not isinstance(term, Picture):
        raise TypeError('a picture is expected, such as Information[net, "SummaryGraphic"]')
    return svg_of(term.drawing)


def write_svg(kernel: Kernel, term: Term) -> bytes:
    return svg_text(term).encode()


def write_rendered(name: str, otherwise: Write | None, kernel: Kernel, term: Term) -> bytes:
    """Writes a picture in a format that needs a package from outside; what is no picture goes to `otherwise`."""
    from wlnet.builtins.nets.information.pictures import Picture

    if otherwise is not None and not isinstance(term, Picture):
        return otherwise(kernel, term)
    text = svg_text(term)
    try:
        import cairosvg
    except (ImportError, OSError):
        raise ValueError(
            f"a picture as {name} needs the package cairosvg (pip install cairosvg); SVG needs nothing"
        ) from None
    render: Callable[..., bytes] = getattr(cairosvg, RENDERERS[name])
    return render(bytestring=text.encode(), scale=SCALE)


add_format(Format("SVG", (".svg",), None, write_svg))
for _name in RENDERERS:
    _known = FORMATS.get(_name, Format(_name, (f".{_name.lower()}",), is_binary=True))
    add_format(_known._replace(write=partial(write_rendered, _name, _known.write)))
