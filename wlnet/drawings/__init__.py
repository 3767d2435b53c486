"""Drawings: layered graphs, plots of curves, tables with shades, scenes of any marks; each as a page and as text.

Knows neither nets nor the language; imports nothing of the project. Read `drawing`, `layout`, `graph_page`, `boxes` for
graphs, `plot`, `plot_page`, `braille` for plots, `table`, `table_page`, and `shapes`, which knows them all. The pictures of
the language are `marks` in a `scene`, which `scene_text` shows in a terminal and `pages` puts on a page, in pixels. Every
page is written by `page_svg` as SVG, and by `rendering` as PNG and PDF by Matplotlib. `contours` finds lines of one height.
"""

from wlnet.drawings.drawing import Arrow, Drawing, Link, Node
from wlnet.drawings.plot import Curve, Plot
from wlnet.drawings.shapes import Shape, page_of, text_of
from wlnet.drawings.table import Table

__all__ = ["Arrow", "Curve", "Drawing", "Link", "Node", "Plot", "Shape", "Table", "page_of", "text_of"]
