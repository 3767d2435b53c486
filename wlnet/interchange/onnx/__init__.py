"""The format ONNX, in both directions: `writing` makes a file of a net, `reading` a net of a file.

Out: a net is run twice, on inputs of two sizes, so that each operation is known with the dimensions that stay and those
that are open; a rule says it in nodes. In: a rule says which layer does what a node does; the layers are made and
connected, and an array that several use is a shared one.

The package `onnx` is imported by what reads or writes a file, when it does.
"""
