"""The bridge: every built-in symbol, by subject. The only place where the language and the nets meet.

May import everything below `session`. Every module, and every `.wl` file of built-ins written in the language itself
(wlnet/kernel/written.py), is found by walking the folders; nothing lists them. Read `evaluation`, `numbers`, `arrays`,
`lists`, `strings`, `dates`, `files`, then `sparse`, `probability`, `images`, `sound`, `nets`, `learning`, `numerics`, `graphics`,
`graphs` and `elsewhere`, which are loaded one after the other, in this order, until a name is found that the others do not declare.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from wlnet.kernel.written import add_written


def load() -> None:
    """Imports the modules that every program needs, so that their declarations are in the registry."""
    for package in pkgutil.iter_modules(__path__, __name__ + "."):
        if package.ispkg and package.name not in LATER:
            load_package(package.name)


def later() -> list[Callable[[], None]]:
    """Gives what loads the rest, part by part: a program does not wait for what its names do not need."""
    return [partial(load_package, name) for name in LATER]


def load_rest() -> None:
    """Imports all that is left to the first use of its names, after what every program needs."""
    load()
    for load_part in later():
        load_part()


@cache
def load_package(name: str) -> None:
    """Imports a package and what lies in it, except packages that are parts of their own."""
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(package.__path__, name + "."):
        if module.name in LATER:
            continue
        if module.ispkg:
            load_package(module.name)
        else:
            importlib.import_module(module.name)
    for file in sorted(Path(package.__path__[0]).glob("*.wl")):
        add_written(file)


#: In this order. What a part adds to the functions of other parts must be of use only to values that it makes itself.
LATER = tuple(
    f"{__name__}.{part}"
    for part in (
        *("sparse", "probability", "images", "sound", "nets", "learning", "numerics", "nets.training", "nets.formats"),
        *("graphics", "graphs", "elsewhere"),
    )
)
