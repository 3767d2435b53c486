"""How operations are said in ONNX: one rule each."""
