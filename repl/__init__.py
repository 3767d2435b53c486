"""The terminal: the only package that imports prompt_toolkit.

May import everything; only the command imports it, and only when it needs a terminal. Read `terminal`.
"""
