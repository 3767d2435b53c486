"""Array operations, each with its gradient beside it, and the namespaces that run them.

May import NumPy, SciPy (lazily, inside a function) and, in `tape` alone, autograd. Read `operation`, `workspace`, then
any family (`linear`, `elementwise`, …), then the namespaces `numpy_ops`, `tape`, `tracing`.

Layer functions call operations by name through a namespace: `ops.linear(x, weights, biases)`. The same call runs at
once on NumPy arrays, under autograd's tape, or while being recorded for a plan.

Operations do not silence NumPy's warnings (a logarithm of 0, an overflow): that is done once around a whole plan.
"""

from wlnet.compute.operation import OPERATIONS, Operation, load_operations, operation
from wlnet.compute.workspace import Workspace

__all__ = ["OPERATIONS", "Operation", "Workspace", "load_operations", "operation"]
