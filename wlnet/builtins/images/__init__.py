"""Images in the language: made, measured, colored, cut, put together.

Loaded when a program first uses a name that the rest of the language does not have. Read `images`, `colors`, `sizes`,
`arranging`, `values`, `image_symbols`.
"""
