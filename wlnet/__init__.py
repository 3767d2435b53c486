"""wlnet: neural nets written in the Wolfram Language.

    >>> from wlnet import Session
    >>> Session().evaluate("Total[{1, 2, 3}]")
    6

Nothing is imported before it is asked for. The packages, from the ground up: `errors`, `declarations`, `terms`,
`compute`, `syntax`, `patterns`, `nets`, `kernel`, `layers`, `coders`, `plans`, `training`, `builtins`, `session`,
`frontends`; docs/architecture.md says more.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wlnet.nets import Net
    from wlnet.plans import apply
    from wlnet.session import Session
    from wlnet.training import train

__version__ = "0.1.0"
__all__ = ["Net", "Session", "__version__", "apply", "train"]

#: Name → the module that it is imported from when first used.
LAZY = {"Net": "wlnet.nets", "Session": "wlnet.session", "apply": "wlnet.plans", "train": "wlnet.training"}

# In a checkout that is not installed, `wlnet.grammar` and `wlnet.repl` lie beside this folder and not in it.
_here = os.path.dirname(os.path.abspath(__file__))
_checkout = os.path.dirname(_here)
if not os.path.isdir(os.path.join(_here, "grammar")) and os.path.isdir(os.path.join(_checkout, "grammar")):
    __path__.append(_checkout)


def __getattr__(name: str) -> object:
    if name in LAZY:
        return getattr(importlib.import_module(LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
