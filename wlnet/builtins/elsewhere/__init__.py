"""What belongs to notebooks, to the cloud and to servers: names that stand for themselves, and functions that say what is missing.

Every module here is found by walking the package.
"""
