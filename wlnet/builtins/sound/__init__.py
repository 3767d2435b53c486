"""Sounds in the language: Audio objects, their parts, making and changing them, windows.

The modules are loaded together with those of the nets, when a program first uses a name that the rest of the language
does not have. Read `audio`, `editing`, `generators`, `windows`.
"""
