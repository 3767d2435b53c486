"""How pictures are shown: as the terminal reads them, in characters, or in a file whose name is printed."""

from __future__ import annotations

import base64
import io
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from wlnet.drawings.marks import Page, Pixels
from wlnet.drawings.rendering import pixels_of
from wlnet.frontends import pictures
from wlnet.frontends.pictures import BETWEEN, SETTING, TERMINALS, text_with_pictures, way
from wlnet.session import Session

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("matplotlib")

HALVES = np.array([[[1.0, 0, 0, 1], [0, 0, 1, 1]]])
PAGE = Page(40.0, 20.0, (Pixels(HALVES, (0.0, 20.0), (40.0, 0.0)),))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Gives a terminal of which nothing is known."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    for name in (SETTING, *BETWEEN, *TERMINALS):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("TERM", "xterm-kitty", "kitty"), ("TERM_PROGRAM", "iTerm.app", "iterm"), ("TERM", "foot-extra", "sixel"),
     ("TERM_PROGRAM", "ghostty", "kitty"), ("TERM", "xterm-256color", "braille")],
)  # fmt: skip
def test_terminals_are_known_by_their_variables(
    terminal: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    terminal.setenv(name, value)
    assert way() == expected
    terminal.setenv("TMUX", "/tmp/tmux")
    assert way() == "braille"
    terminal.setenv(SETTING, "sixel")
    assert way() == "sixel"


def test_nothing_but_text_goes_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    monkeypatch.setenv(SETTING, "kitty")
    assert way() == "files"


def decoded_png(data: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))


def test_kitty_and_iterm_get_a_png() -> None:
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", pictures.kitty(PAGE))
    assert pieces[0][0].startswith("a=T,f=100")
    assert [head[-1] for head, _ in pieces] == ["1"] * (len(pieces) - 1) + ["0"]
    framed = re.fullmatch(r"\x1b\]1337;File=inline=1;[^:]*:(.*)\x07", pictures.iterm(PAGE))
    assert framed is not None
    for data in ("".join(piece for _, piece in pieces), framed[1]):
        pixels = decoded_png(data)
        assert pixels[pixels.shape[0] // 2, 2].tolist() == [255, 0, 0]
        assert pixels[pixels.shape[0] // 2, -3].tolist() == [0, 0, 255]


def sixels_as_pixels(text: str) -> np.ndarray:
    """Reads sixels as a terminal would."""
    width, height = (int(n) for n in re.match(r'\x1bPq"1;1;(\d+);(\d+)', text).groups())  # type: ignore[union-attr]
    colors = {int(n): [int(part) for part in rgb] for n, *rgb in re.findall(r"#(\d+);2;(\d+);(\d+);(\d+)", text)}
    pixels = np.full((height + 6, width, 3), -1)
    x = y = color = 0
    body = re.sub(r"#\d+;2;\d+;\d+;\d+", "", text[text.index("#") : -2])
    for chosen, count, character in re.findall(r"#(\d+)|(?:!(\d+))?([?-~$-])", body):
        if chosen:
            color = int(chosen)
        elif character in "$-":
            x, y = 0, y + 6 * (character == "-")
        else:
            for _ in range(int(count or 1)):
                for row in range(6):
                    if (ord(character) - 63) >> row & 1:
                        pixels[y + row, x] = colors[color]
                x += 1  # noqa: SIM113
    return pixels[:height]


def test_sixels_are_the_pixels() -> None:
    _, scale = pictures.columns_and_scale(PAGE)
    shown = sixels_as_pixels(pictures.sixel(PAGE))
    assert shown == pytest.approx(pixels_of(PAGE, scale)[..., :3] / 2.55, abs=1)


def test_pictures_of_a_list_are_shown_with_their_keys(terminal: pytest.MonkeyPatch) -> None:
    session = Session()
    terminal.setenv(SETTING, "braille")
    value = session.evaluate_term('<|"up" -> ListPlot[{1, 2}], "down" -> ListPlot[{2, 1}]|>')
    lines = text_with_pictures(value, session.display).splitlines()
    assert lines[0] == "up:"
    assert "down:" in lines[10:]
    terminal.setenv(SETTING, "kitty")
    assert text_with_pictures(value, session.display).count("\x1b_Ga=T") == 2
    assert text_with_pictures(session.evaluate_term("{1, ListPlot[{1}]}"), session.display) == "{1, -Graphics-}"


def test_a_picture_in_a_pipe_is_written_to_a_file_whose_name_is_printed() -> None:
    session = Session()
    *shown, name = text_with_pictures(session.evaluate_term("ListPlot[{1, 2}]"), session.display).splitlines()
    assert len(shown) > 5
    assert Path(name).read_bytes().startswith(b"\x89PNG")
    assert text_with_pictures(session.evaluate_term("Image[{{0, 1}}]"), session.display) == "Image[2×1, Grayscale]"
