"""Vectors, matrices and arrays: linear algebra, statistics, distances, numeric arrays.

Every module here is found by walking the package.
"""
