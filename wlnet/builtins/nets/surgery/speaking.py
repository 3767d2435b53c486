"""Who speaks in the messages of surgery."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wlnet.builtins.nets.constructors.layers import telling_of_values
from wlnet.errors import NetError
from wlnet.kernel import Kernel

#: Who speaks in errors of the containers that surgery makes, in place of whom its own functions speak.
MAKERS = frozenset(("NetChain", "NetGraph", "NetReplacePart"))


@contextmanager
def surgery(kernel: Kernel, name: str) -> Iterator[None]:
    """Makes errors of the nets that are made messages of the function of this name."""
    with telling_of_values(kernel):
        try:
            yield
        except NetError as error:
            if error.kind in MAKERS:
                error.kind = name
            raise
