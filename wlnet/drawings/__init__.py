"""Drawings: layered graphs, plots of curves, tables with shades; each as SVG and as text.

Knows neither nets nor the language; imports nothing of the project. Read `drawing`, `layout`, `svg`, `boxes` for graphs,
`plot`, `plot_svg`, `braille` for plots, `table`, and `shapes`, which knows them all.
"""

from wlnet.drawings.drawing import Arrow, Drawing, Link, Node
from wlnet.drawings.plot import Curve, Plot
from wlnet.drawings.shapes import Shape, svg_of, text_of
from wlnet.drawings.table import Table

__all__ = ["Arrow", "Curve", "Drawing", "Link", "Node", "Plot", "Shape", "Table", "svg_of", "text_of"]
