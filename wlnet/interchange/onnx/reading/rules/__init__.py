"""How operators of ONNX become layers: one rule each."""
