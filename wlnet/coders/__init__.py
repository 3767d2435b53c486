"""Encoders and decoders: what turns terms into arrays at an input, and arrays into terms at an output.

May import `nets` and `terms`. Read `declare`, then any family; every module of `families` is found by walking it.
"""

from __future__ import annotations

import importlib
import pkgutil

from wlnet.coders.declare import make_decoder, make_encoder


def load_coders() -> None:
    """Imports every family, so that all kinds are in ENCODERS and DECODERS."""
    package = importlib.import_module("wlnet.coders.families")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)


__all__ = ["load_coders", "make_decoder", "make_encoder"]
