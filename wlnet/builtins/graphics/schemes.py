"""Color schemes: names of colors by number, and ways from one color to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.graphics.values import Unfit, color, items, unfit
from wlnet.drawings.marks import Color, hex_color
from wlnet.drawings.plot_page import COLORS
from wlnet.terms import S, Term, is_head, is_list

#: Numbers from 0 to 1, in an array, as colors (…, 4).
Scheme = Callable[[np.ndarray], np.ndarray]


#: Colors that curves take in turn.
CYCLE: tuple[Color, ...] = COLORS

#: Name of a scheme → the colors it goes through, at equal distances.
GRADIENTS: Mapping[str, tuple[str, ...]] = {
    "GrayTones": ("#000000", "#ffffff"),
    "Rainbow": ("#5a1f9c", "#3f62c9", "#4f9ac4", "#76b48a", "#a9be5c", "#dbac3e", "#e77a30", "#d82a20"),
    "TemperatureMap": ("#2e3fa3", "#5c8fd6", "#a8d3ec", "#f7f3d4", "#f3b96a", "#df6a3c", "#b31e22"),
    "ThermometerColors": ("#2a3a8f", "#6b9ad2", "#d8e6ec", "#e8b79a", "#93262b"),
    "SunsetColors": ("#000000", "#3d2a80", "#a8336e", "#ef6a45", "#fdbd4e", "#ffffff"),
    "SolarColors": ("#701a05", "#c33d09", "#ee7d10", "#fdbb2b", "#fdf08a"),
    "BlueGreenYellow": ("#1d0a59", "#23557f", "#2f9a83", "#9fce6a", "#f7f06a"),
    "DeepSeaColors": ("#1c0b3c", "#27368f", "#3a7ccd", "#7fc6e8", "#e2f7fb"),
    "AvocadoColors": ("#000000", "#174a1c", "#4a8f24", "#a5c83a", "#fdf58c"),
    "CoolTones": ("#2f5f8f", "#5d93b5", "#9cc1c9", "#dbe6de"),
    "WarmTones": ("#6f2f1f", "#b3602f", "#dda14f", "#f5dfa5"),
    "LakeColors": ("#3f2a6b", "#5f7fb8", "#93bfd0", "#f0edd8"),
    "DarkRainbow": ("#3c5690", "#42806d", "#7a9a3f", "#c7a33a", "#bf5f30", "#8f2230"),
    "Pastel": ("#c38ad6", "#8fb0e4", "#9fd9bd", "#efe29a", "#f2a58a"),
    "Viridis": ("#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0da39", "#fde725"),
}
#: The scheme of densities and contours where nothing is said.
USUAL = "Viridis"


def gradient(colors: list[Color]) -> Scheme:
    """Gives the scheme that goes through colors at equal distances."""
    stops, table = np.linspace(0, 1, len(colors)), np.array(colors, float)

    def at(values: np.ndarray) -> np.ndarray:
        shares = np.clip(np.nan_to_num(values), 0, 1)
        return np.stack([np.interp(shares, stops, table[:, n]) for n in range(4)], axis=-1)

    return at


def scheme(term: Term) -> Scheme:
    """Gives the scheme of a name, of ColorData["name"] or of a list of colors; raises Unfit."""
    if is_head(term, S.ColorData, 1):
        term = term.args[0]
    if term is S.Automatic:
        term = USUAL
    if term is S.GrayLevel:
        term = "GrayTones"
    if type(term) is str:
        if term not in GRADIENTS:
            raise Unfit(f'there is no color scheme "{term}"; schemes: {", ".join(GRADIENTS)}')
        return gradient(list(map(hex_color, GRADIENTS[term])))
    if term is S.Hue:
        return lambda values: hues(np.nan_to_num(values))
    if is_list(term) and len(items(term)) > 1:
        found = [color(item) for item in items(term)]
        if None not in found:
            return gradient([item for item in found if item is not None])
    raise unfit('a color scheme such as "Rainbow" or {Blue, Red}', term)


def hues(values: np.ndarray) -> np.ndarray:
    """Gives the colors of hues, fully saturated and bright."""
    turned = (6 * values[..., None] + np.array([0.0, 4.0, 2.0])) % 6
    colors = np.clip(np.abs(turned - 3) - 1, 0, 1)
    return np.concatenate([colors, np.ones((*values.shape, 1))], axis=-1)


def is_scheme(term: Term) -> bool:
    """Tells whether a term names a scheme or lists its colors; a function is none."""
    return type(term) is str or term is S.Automatic or is_head(term, S.ColorData) or is_list(term) or term is S.Hue
