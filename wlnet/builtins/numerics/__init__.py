"""Numerical mathematics: roots, integrals, minima, fits, interpolation, differential equations, Fourier transforms.

SciPy and mpmath do the work, and are imported when a function first needs them. Read `formulas` (held expressions as
functions of numbers), `settings` (options that many share) and `starts` first; `interpolants` and `fitted` are the objects
that Interpolation, NDSolve and the fits give; `bridge` leads to sympy, for the exact results of `equations` and `algebra`.
"""
