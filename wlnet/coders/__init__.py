"""Encoders and decoders: what turns terms into arrays at an input, and arrays into terms at an output.

May import `nets` and `terms`. Read `declare`, any family, then `making` and `applying`; every module of `families` is
found by walking it.
"""

from __future__ import annotations

import importlib
import pkgutil

from wlnet.coders.applying import decoded, encoded, encoded_batch, is_example
from wlnet.coders.making import (
    at_port,
    counterpart,
    make_coder,
    make_decoder,
    make_encoder,
    mapped,
    parameters_of,
    unevaluated,
    with_parameter,
)


def load_coders() -> None:
    """Imports every family, so that all kinds are in ENCODERS and DECODERS."""
    package = importlib.import_module("wlnet.coders.families")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)


__all__ = [
    "at_port", "counterpart", "decoded", "encoded", "encoded_batch", "is_example", "load_coders", "make_coder", "make_decoder",
    "make_encoder", "mapped", "parameters_of", "unevaluated", "with_parameter",
]  # fmt: skip
