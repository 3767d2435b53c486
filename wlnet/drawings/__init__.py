"""Drawings of layered graphs: boxes, arrows, and links between boxes that have something in common.

Knows neither nets nor the language; imports nothing of the project. Read `drawing`, `layout`, `svg`, `boxes`.
"""

from wlnet.drawings.boxes import text_of
from wlnet.drawings.drawing import Arrow, Drawing, Link, Node
from wlnet.drawings.svg import svg_of

__all__ = ["Arrow", "Drawing", "Link", "Node", "svg_of", "text_of"]
