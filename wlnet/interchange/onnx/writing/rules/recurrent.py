"""Recurrent layers. ONNX has the sequence before the batch; its gates are in the same order."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.interchange.onnx.writing.declare import Rule, says
from wlnet.interchange.onnx.writing.graph import REAL, Graph, Value


def recurrent(operator: str, states: int, **settings: Any) -> Rule:
    """Gives the rule of a recurrent layer: x, states, input weights, state weights and biases, without dropout."""

    def rule(g: Graph, x: Value, *given: Any, out: Any) -> tuple[Value, ...]:
        first, (wi, ws, b) = given[:states], given[states : states + 3]
        size = ws.dims[1]
        both = g.node("Concat", b, g.constant(np.zeros(b.dims)), axis=0)
        arrays = [g.unsqueeze(item, 0) for item in (wi, ws, both)]
        begun = [item for item in first if item is not None and item.fill != 0]
        starts = [g.unsqueeze(item, 0) for item in first if item is not None] if begun else []
        steps = g.transpose(x, (1, 0, 2))
        made = g.node_of(operator, (steps, *arrays, None, *starts), 1 + states, REAL, {"hidden_size": size, **settings})
        sequence = g.transpose(g.squeeze(made[0], 1), (1, 0, 2))
        return (sequence, *(g.squeeze(item, 0) for item in made[1:]))

    return rule


says("basic_recurrent")(recurrent("RNN", 1))
says("gru")(recurrent("GRU", 1, linear_before_reset=1))
says("lstm")(recurrent("LSTM", 2))
