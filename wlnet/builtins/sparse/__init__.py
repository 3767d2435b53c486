"""Sparse arrays: made of rules, asked for their parts, computed with.

Loaded when a program first uses a name that the rest of the language does not have. The atom itself is in
wlnet/terms/sparse.py. Read `ways`, which says how functions of other parts take sparse arrays, then `rules`, `making`,
`inspecting`, `parts`, `elementwise`, `shapes`, `products`, `matrix_market`.
"""
