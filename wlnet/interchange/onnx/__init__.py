"""The format ONNX, in both directions.

Out: `recording` runs a net twice, on inputs of two sizes, so that each operation is known with the dimensions that stay
and those that are open; `rules` says each operation in nodes of ONNX, which `graph` collects; `writing` makes the file.
In: `reading` checks a file and takes it apart; `layers` says each node as a layer, which `nets` connects.

The package `onnx` is imported by what reads or writes a file, when it does.
"""
