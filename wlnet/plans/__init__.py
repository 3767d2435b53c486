"""Running nets: at once, under the tape, or as a plan, traced once and replayed.

May import `nets`, `layers`, `compute`. Read `execute`, `tracing`, `plan`, `padded_run`, `padding`, `data`, `evaluate`.
"""

from wlnet.plans.evaluate import apply, evaluate, gradients
from wlnet.plans.execute import execute
from wlnet.plans.plan import Plan
from wlnet.plans.tracing import trace

__all__ = ["Plan", "apply", "evaluate", "execute", "gradients", "trace"]
