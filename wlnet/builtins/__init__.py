"""The bridge: every built-in symbol, by subject. The only place where the language and the nets meet.

May import everything below `session`. Every module of this package is found by walking it; nothing lists them. Those of
`nets` are loaded when a program first uses a name that the others do not declare.
"""

from __future__ import annotations

import importlib
import pkgutil


def load() -> None:
    """Imports the modules of the language without nets, so that their declarations are in the registry."""
    load_package(__name__)


def load_nets() -> None:
    """Imports the modules of the nets too."""
    load_package(__name__ + ".nets")


def load_package(name: str) -> None:
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(package.__path__, name + "."):
        if not module.ispkg:
            importlib.import_module(module.name)
