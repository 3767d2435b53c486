"""The bridge: every built-in symbol, by subject. The only place where the language and the nets meet.

May import everything below `session`. Every module, and every `.wl` file of built-ins written in the language itself
(wlnet/kernel/written.py), is found by walking the folders; nothing lists them. Read `evaluation`, `numbers`, `arrays`,
`lists`, `strings`, `dates`, `files`, then `images`, `graphics`, `sound` and `nets`, whose modules are loaded when a program
first uses a name that the others do not declare.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from wlnet.kernel.written import add_written


def load() -> None:
    """Imports the modules that every program needs, so that their declarations are in the registry."""
    for package in pkgutil.iter_modules(__path__, __name__ + "."):
        if package.ispkg and package.name not in LATER:
            load_package(package.name)


def load_nets() -> None:
    """Imports the modules of images, sound and nets too."""
    for name in LATER:
        load_package(name)


@cache
def load_package(name: str) -> None:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
    for file in sorted(Path(package.__path__[0]).glob("**/*.wl")):
        add_written(file)


LATER = (__name__ + ".graphics", __name__ + ".images", __name__ + ".sound", __name__ + ".nets")
