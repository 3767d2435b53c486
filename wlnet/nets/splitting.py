"""Parts of chains and graphs taken out, and layers left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from wlnet.errors import DimensionError, NetError
from wlnet.nets.assembly import Assembly, put_together, take_apart
from wlnet.nets.containers import check_port, distinct
from wlnet.nets.dimensions import Disagreement, show, unify
from wlnet.nets.joining import chained, require_chain
from wlnet.nets.net import Net
from wlnet.nets.structure import Edge, End

Place = End
"""Where a part begins or ends: a layer (port ""), an output or input of a layer, or a port of the net (child None)."""


def take(net: Net, start: Sequence[Place] | None = None, end: Sequence[Place] | None = None) -> Net:
    """Gives the part of a chain or graph on the way from some places (None: the inputs) to others (None: the outputs).

    Layers that depend on no input are taken along. What the part needs from outside becomes an input: one for each
    output that is cut off. Coders stay on the ports that stay. Raises NetError.
    """
    parts = take_apart(net)
    outputs = [edge for place in end for edge in ends_at(parts, place)] if end is not None else parts.outputs
    goals = [edge.source.child for edge in outputs if edge.source.child is not None]
    kept = reached(goals, backward(parts))
    if start is not None:
        first, inputs = begins_at(parts, start)
        kept &= reached(first, forward(parts))
        parts = replace(parts, edges=tuple(e for e in parts.edges if e.source.child is not None or e in inputs))
        kept |= constants(take_apart(net)) & reached(kept, backward(parts))
        missing = [name for name in goals if name not in kept]
        if missing or not kept:
            raise NetError(f"no way leads from the start to layer {', '.join(missing or goals)}", tag="path")
    return put_together(restricted(take_apart(net), kept, list(dict.fromkeys(outputs))))
