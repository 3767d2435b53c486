"""How pictures are shown: in the terminal itself where it can, else in characters, and in files where there is none.

The environment variable WLNET_PICTURES says how, one of WAYS; without it, the terminal's own variables tell.
"""

from __future__ import annotations

import base64
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wlnet.builtins.evaluation.pages import page_of, pictures_in
from wlnet.kernel import Message
from wlnet.terms import Image, Term

if TYPE_CHECKING:
    from wlnet.drawings.marks import Page

SETTING = "WLNET_PICTURES"
#: Variable of the environment → text at the beginning of its value → what the terminal that sets it understands.
TERMINALS: Mapping[str, Mapping[str, str]] = {
    "KITTY_WINDOW_ID": {"": "kitty"},
    "KONSOLE_VERSION": {"22": "kitty", "23": "kitty", "24": "kitty", "25": "kitty", "26": "kitty"},
    "TERM_PROGRAM": {"iTerm": "iterm", "WezTerm": "iterm", "mintty": "iterm", "rio": "iterm", "ghostty": "kitty"},
    "TERM": {"xterm-kitty": "kitty", "xterm-ghostty": "kitty", "foot": "sixel", "mlterm": "sixel", "yaft": "sixel"},
}
#: Variables that are set where the terminal that is seen is not the one that is asked: over a network, and in another.
BETWEEN = ("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY")
#: The size of a character in pixels of a page, and the pixels to one of the page where the terminal does not tell.
CELL, DENSITY = 9.0, 2.0
#: Characters of one piece of what kitty reads.
PIECE = 4096
COLORS = 255


def way() -> str:
    """Gives how pictures are shown, one of WAYS; nothing but characters and names of files where no terminal reads."""
    chosen = os.environ.get(SETTING, "").lower()
    if not sys.stdout.isatty():
        return chosen if chosen in ("braille", "files") else "files"
    if chosen in WAYS:
        return chosen
    if any(os.environ.get(name) for name in BETWEEN):
        return "braille"
    for name, known in TERMINALS.items():
        value = os.environ.get(name)
        for begins, found in known.items():
            if value and value.startswith(begins):
                return found
    return "braille"


def text_with_pictures(term: Term, display: Callable[[Term], str]) -> str:
    """Gives what is written for a value: its text, or its pictures in the way of the terminal."""
    found = pictures_in(term)
    if not found:
        return display(term)
    chosen = way()
    show = WAYS[chosen]
    if show is not None and chosen != "files":
        return parts_text(found, [shown_as(show, item) or display(item) for _, item in found])
    shown = [display(item) for _, item in found]
    text = parts_text(found, shown) if any("\n" in each for each in shown) else display(term)
    # Images are data: a program that prints a thousand of them would leave as many files.
    files = [shown_as(show, item) for _, item in found if type(item) is not Image] if show is not None else []
    return "\n".join([text, *filter(None, files)])


def parts_text(found: list[tuple[str, Term]], shown: list[str]) -> str:
    return "\n".join(f"{key}:\n{text}" if key else text for (key, _), text in zip(found, shown, strict=True))


def shown_as(show: Callable[[Page], str], term: Term) -> str | None:
    """Gives a picture as a terminal reads it; None for what cannot be drawn, or not without a package."""
    try:
        page = page_of(term)
        return None if page is None else show(page)
    except (ImportError, ValueError, Message):
        return None


# The protocols


def columns_and_scale(page: Page) -> tuple[int, float]:
    """Gives how many characters wide a page is shown, and the pixels to one of the page."""
    columns, cell = terminal_size()
    wide = max(min(round(page.width / CELL), columns - 1), 1)
    return wide, DENSITY if cell is None else wide * cell / page.width


def terminal_size() -> tuple[int, float | None]:
    """Gives the columns of the terminal, and the width of one in pixels where it tells that."""
    try:
        import fcntl
        import struct
        import termios

        answer = fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, bytes(8))
    except (ImportError, OSError, ValueError):
        return 80, None
    _, columns, width, _ = struct.unpack("HHHH", answer)
    return columns or 80, width / columns if width and columns else None


def png_of(page: Page, scale: float) -> str:
    from wlnet.drawings.rendering import rendered

    return base64.b64encode(rendered(page, "png", scale)).decode()


def kitty(page: Page) -> str:
    """Gives a page in the graphics protocol of kitty: a PNG in pieces."""
    columns, scale = columns_and_scale(page)
    data = png_of(page, scale)
    pieces = [data[n : n + PIECE] for n in range(0, len(data), PIECE)]
    heads = [f"a=T,f=100,q=2,c={columns},", *[""] * (len(pieces) - 1)]
    return "".join(
        f"\x1b_G{head}m={int(n < len(pieces) - 1)};{piece}\x1b\\"
        for n, (head, piece) in enumerate(zip(heads, pieces, strict=True))
    )


def iterm(page: Page) -> str:
    """Gives a page as an inline image of iTerm2."""
    columns, scale = columns_and_scale(page)
    return f"\x1b]1337;File=inline=1;width={columns};preserveAspectRatio=1:{png_of(page, scale)}\x07"


def sixel(page: Page) -> str:
    """Gives a page as sixels: strips of six rows, of each color what is to be set in a column as bits."""
    from wlnet.drawings.rendering import pixels_of

    _, scale = columns_and_scale(page)
    places, colors = few_colors(pixels_of(page, scale)[..., :3])
    height, width = places.shape
    parts = [f'\x1bPq"1;1;{width};{height}']
    parts += [f"#{n};2;{r};{g};{b}" for n, (r, g, b) in enumerate(np.rint(colors / 2.55).astype(int).tolist())]
    bits = 1 << np.arange(6)[:, None]
    for top in range(0, height, 6):
        strip = places[top : top + 6]
        for color in np.unique(strip).tolist():
            parts.append(f"#{color}{in_runs(((strip == color) * bits[: len(strip)]).sum(axis=0))}$")
        parts.append("-")
    return "".join([*parts, "\x1b\\"])


def few_colors(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gives for each pixel the number of its color, and the colors, few enough for a terminal."""
    from PIL import Image

    image = Image.fromarray(pixels).quantize(COLORS, dither=Image.Dither.NONE)
    return np.asarray(image), np.array(image.getpalette()).reshape(-1, 3)


def in_runs(columns: np.ndarray) -> str:
    """Gives the characters of six-bit numbers, equal ones as a count and one of them."""
    starts = np.flatnonzero(np.concatenate([[True], columns[1:] != columns[:-1]]))
    lengths = np.diff(np.concatenate([starts, [len(columns)]]))
    return "".join(
        f"!{length}{chr(63 + bits)}" if length > 3 else chr(63 + bits) * length
        for bits, length in zip(columns[starts].tolist(), lengths.tolist(), strict=True)
    )


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="wlnet-"))


def in_file(page: Page) -> str:
    """Writes a page into the system's folder for temporary files, as PNG where Matplotlib is there, and gives the name."""
    from wlnet.drawings.page_svg import page_svg
    from wlnet.drawings.rendering import rendered

    has_package = importlib.util.find_spec("matplotlib") is not None
    number = len(list(folder().iterdir())) + 1
    file = folder() / f"picture-{number}.{'png' if has_package else 'svg'}"
    file.write_bytes(rendered(page, "png") if has_package else page_svg(page).encode())
    return str(file)


#: Way → function(page) that gives what is written; None for the picture in characters, as display gives it.
WAYS: dict[str, Any] = {"kitty": kitty, "iterm": iterm, "sixel": sixel, "braille": None, "files": in_file}
