"""Strings, string patterns and templates.

Every module here is found by walking the package.
"""
