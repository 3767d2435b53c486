"""Graphs of vertices and edges: made, taken apart, measured, drawn.

A graph is an atom (`value`), made and taken apart by `graph`. What only counts and rearranges is written in the language
(`.wl`). `matrices` are arrays of its edges; `networks` makes it one of the package networkx, loaded at the first use, which
finds `connectedness`, `trees`, `paths` and most `centralities`. `layouts` gives vertices their places, `drawing` makes a
graphic of them, `shown` says what a terminal and a page get.
"""
