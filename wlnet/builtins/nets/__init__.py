"""Nets in the language: constructors, application, parts, information, training.

The modules are loaded when a program first uses a name that the rest of the language does not have, so that a program
without nets does not wait for them. Read `layers`, `containers`, `functions`, `arrays`, `apply`, `parts`, `information`,
`data`, `train`, `text`.
"""
