"""The bridge: every built-in symbol, by subject. The only place where the language and the nets meet.

May import everything below `session`. Every module of this package is found by walking it; nothing lists them.
"""

from __future__ import annotations

import importlib
import pkgutil


def load() -> None:
    """Imports every module of the package, so that all declarations are in the registry."""
    for module in pkgutil.iter_modules(__path__, __name__ + "."):
        importlib.import_module(module.name)
