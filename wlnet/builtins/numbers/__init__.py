"""Numbers and elementary functions: arithmetic, comparison, rounding, integers, derivatives, random numbers.

Every module here is found by walking the package.
"""
