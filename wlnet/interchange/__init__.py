"""Files of nets: one module for each format.

May import `nets`, `layers`, `coders`, `plans`, `terms`, `errors`. What of a format is text of the language is made and read
in `builtins`.
"""
