"""Drawings: layered graphs, plots of curves, tables with shades, scenes of any marks; each as SVG and as text.

Knows neither nets nor the language; imports nothing of the project. Read `drawing`, `layout`, `svg`, `boxes` for graphs,
`plot`, `plot_svg`, `braille` for plots, `table`, and `shapes`, which knows them all. Apart from these stand the pictures
of the language: `marks` lie in a `scene`, which `scene_text` shows in a terminal and `pages` puts on a page, in pixels;
`page_svg` writes it as SVG, and `rendering` as PNG and PDF by Matplotlib. `contours` finds lines of one height.
"""

from wlnet.drawings.drawing import Arrow, Drawing, Link, Node
from wlnet.drawings.plot import Curve, Plot
from wlnet.drawings.shapes import Shape, svg_of, text_of
from wlnet.drawings.table import Table

__all__ = ["Arrow", "Curve", "Drawing", "Link", "Node", "Plot", "Shape", "Table", "svg_of", "text_of"]
