"""The namespace that runs operations at once on NumPy arrays (inference)."""

from __future__ import annotations

from typing import Any

from wlnet.compute.operation import load_operations


class NumpyOps:
    """`ops.linear(x, w, b)` runs the operation; attributes are bound at their first use."""

    def __getattr__(self, name: str) -> Any:
        found = load_operations().get(name)
        if found is None:
            raise AttributeError(f"no operation is called {name}")
        setattr(self, name, found)
        return found


numpy_ops = NumpyOps()
