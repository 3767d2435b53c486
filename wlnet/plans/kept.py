"""Plans that a net keeps: what was applied twice to data of some dimensions will be applied again.

The first time a net just runs, the second time it is traced, and from then on the plan is replayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from wlnet.compute.threads import limited, taken_over
from wlnet.errors import WlnetError
from wlnet.nets.net import Net
from wlnet.nets.structure import Path
from wlnet.plans.plan import Plan
from wlnet.plans.threads import is_large
from wlnet.plans.tracing import trace

#: A plan that holds more bytes besides its inputs and the arrays of the net is not kept; of a net, no more than so many plans.
MOST_BYTES = 1 << 24
MOST_PLANS = 4

Places = tuple[tuple[Path, str], ...]


class Kept(NamedTuple):
    """A plan, and whether its products are worth several threads."""

    plan: Plan
    large: bool

    def run(self, inputs: Mapping[str, np.ndarray]) -> dict[Any, np.ndarray]:
        """Gives what the plan gives, in memory of its own."""
        with np.errstate(all="ignore"), taken_over() if self.large else limited(1):
            found = self.plan.forward(inputs)
        return {name: value.copy() for name, value in found.items()}


def replay(
    net: Net, inputs: Mapping[str, np.ndarray], batch: int, dtype: Any, places: Places
) -> dict[Any, np.ndarray] | None:
    """Gives port → output, and place → value, by a plan; None where the net has none (yet) for such inputs.

    `net.plans`: what the inputs are like → a plan; None after the first time; False where none is to be kept.
    """
    signature = (batch, dtype, places, *((name, value.shape) for name, value in inputs.items()))
    plans = net.plans
    if signature not in plans:
        plans[signature] = None
        if len(plans) > MOST_PLANS:
            del plans[next(iter(plans))]
        return None
    # Taken out while it runs: its memory is not for two threads at a time.
    kept = plans.pop(signature, False)
    if kept is False:
        plans[signature] = False
        return None
    try:
        if kept is not None:
            made = kept.run(inputs)
        else:
            kept = prepared(net, inputs, batch, dtype, places)
            if any("generator" in step.settings for step in kept.plan.steps):
                # Random numbers begin anew each time, with the seed of that time.
                plans[signature] = False
                return None
            made = kept.run(inputs)
            copies = any(array.dtype != dtype for array in net.store.values())
            if copies or kept.plan.nbytes > MOST_BYTES:
                kept = False
    except (WlnetError, ValueError, IndexError):
        # A run without a plan says which layer cannot take the data.
        return None
    plans[signature] = kept
    return made


def prepared(net: Net, inputs: Mapping[str, np.ndarray], batch: int, dtype: Any, places: Places) -> Kept:
    """Gives the plan of a net for such inputs."""
    arrays = {key: np.asarray(value, dtype) for key, value in net.store.items()}
    with np.errstate(all="ignore"):
        plan = trace(net, arrays, inputs, batch, places=places, dtype=dtype, fused=False)
    return Kept(plan, is_large(net.structure, batch))
