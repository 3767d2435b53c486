"""The pages of values: which values are pictures, and what is written to a file or shown in a terminal for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from wlnet.terms import Association, Expression, Image, S, Symbol, Term, elements, is_list

if TYPE_CHECKING:
    from wlnet.drawings.marks import Page

#: Pixels across that a small image is shown with at least, so that it can be seen.
LEAST = 200.0
#: A list or an association of more pictures is a value like others.
MOST = 16


def image_page(image: Image) -> Page | None:
    from wlnet.drawings.marks import Page, Pixels
    from wlnet.images.spaces import colors_in

    colors = colors_in(image, "RGB")
    if colors is None or colors.ndim != 3:
        return None
    height, width = colors.shape[:2]
    scale = max(LEAST / width, 1.0)
    opaque = np.ones((height, width, 4 - colors.shape[2]))
    cells = np.nan_to_num(np.clip(np.concatenate([colors, opaque], axis=2), 0, 1))
    return Page(scale * width, scale * height, (Pixels(cells, (0.0, scale * height), (scale * width, 0.0)),))


#: Type of an atom → function(atom) that gives its page, or None.
PAGES: dict[type, Callable[[Any], Page | None]] = {Image: image_page}
#: Head of an expression → the same; None where the arguments have another form.
PAGE_HEADS: dict[Symbol, Callable[[Any], Page | None]] = {}
#: Heads of expressions that are pictures whatever is in them.
PICTURES: set[Symbol] = set()


def page_of(term: Term) -> Page | None:
    """Gives the page of a picture, or of a grid of anything; None for anything else. Raises ValueError for what is unfit."""
    made = PAGES.get(type(term))
    if made is None and type(term) is Expression and type(term.head) is Symbol:
        made = PAGE_HEADS.get(term.head)
    return None if made is None else made(term)


def is_picture(term: Term) -> bool:
    """Tells whether a value is a picture, or has some in its cells."""
    if type(term) in PAGES:
        return True
    if type(term) is not Expression or type(term.head) is not Symbol:
        return False
    if term.head in PICTURES:
        return True
    return (term.head is S.List or term.head in PAGE_HEADS) and any(map(is_picture, term.args))


def pictures_in(term: Term) -> list[tuple[str, Term]]:
    """Gives a picture, or those of a list or an association of nothing else, each with its key; [] for anything else."""
    if type(term) is Association or is_list(term):
        found = list(term.values() if type(term) is Association else elements(term))
        keys = list(map(str, term.keys())) if type(term) is Association else [""] * len(found)
        if 0 < len(found) <= MOST and all(is_picture(item) and not is_list(item) for item in found):
            return list(zip(keys, found, strict=True))
        return []
    return [("", term)] if is_picture(term) else []
