"""Data sets that ship with the package, and how they are read.

May import `wlnet.errors`, NumPy and the standard library only. `datasets` is the table; each data set has a
folder with its file and a `SOURCE.md` that says where it comes from, its license, and what was changed.
"""
