"""Graphs of vertices and edges: made, taken apart, measured, drawn.

A graph is an atom (`value`). What only counts and rearranges is written in the language (`.wl`); paths, components and
centralities are those of the package networkx (`networks`), which is loaded at the first use. `layouts` gives vertices
their places, `drawing` makes a graphic of them.
"""
