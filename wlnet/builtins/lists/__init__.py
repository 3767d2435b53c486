"""Lists, associations and functions over them.

Every module here is found by walking the package.
"""
