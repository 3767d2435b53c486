"""The layers, one declaration each, in family files.

May import `nets`, `compute`, `terms`. Read `declare`, `settings`, `specifications`, `construct`, `windows`, then any family. Every
module of `families` is found by walking it; nothing lists the layers.
"""

from __future__ import annotations

import importlib
import pkgutil

from wlnet.layers.construct import construct
from wlnet.layers.declare import Call, layer
from wlnet.nets.kinds import KINDS, Kind


def load_layers() -> dict[str, Kind]:
    """Imports every family, and gives the table of kinds."""
    package = importlib.import_module("wlnet.layers.families")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    return KINDS


__all__ = ["Call", "construct", "layer", "load_layers"]
