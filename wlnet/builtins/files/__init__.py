"""Files, formats, and the data sets that ship.

Every module here is found by walking the package.
"""
