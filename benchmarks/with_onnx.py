"""The six nets in onnxruntime, from files that PyTorch wrote."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import onnxruntime
from six_nets import NETS


def runner(name: str, folder: str) -> Callable[[], np.ndarray]:
    """Gives the work of applying the net to one example, as an array."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ["OMP_NUM_THREADS"])
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(f"{folder}/{name}.onnx", options, ["CPUExecutionProvider"])
    x = NETS[name].data()[0][:1]
    inputs = {session.get_inputs()[0].name: x if x.dtype.kind == "f" else x - 1}

    def run() -> np.ndarray:
        (z,) = session.run(None, inputs)
        shares = np.exp(z - z.max(-1, keepdims=True))
        return shares / shares.sum(-1, keepdims=True)

    return run
