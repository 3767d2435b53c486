"""wlnet: neural nets written in the Wolfram Language.

    >>> from wlnet import Session
    >>> Session().evaluate("Total[{1, 2, 3}]")
    6

Nothing is imported before it is asked for. The packages, from the ground up: `errors`, `declarations`, `terms`,
`syntax`, `patterns`, `kernel`, `builtins`, `session`, `frontends`; docs/architecture.md says more.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wlnet.session import Session

__version__ = "0.1.0"
__all__ = ["Session", "__version__"]

# In a checkout that is not installed, `wlnet.grammar` and `wlnet.repl` lie beside this folder and not in it.
_here = os.path.dirname(os.path.abspath(__file__))
_checkout = os.path.dirname(_here)
if not os.path.isdir(os.path.join(_here, "grammar")) and os.path.isdir(os.path.join(_checkout, "grammar")):
    __path__.append(_checkout)


def __getattr__(name: str) -> object:
    if name == "Session":
        from wlnet.session import Session

        return Session
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
