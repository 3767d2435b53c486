"""The long short-term memory, a whole sequence as one operation; read `sequences` first."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.operation import operation
from wlnet.compute.sequences import Optional, arranged, fill_columns, over_steps, recurrent_samples, restored
from wlnet.compute.workspace import Workspace


def compose_lstm(
    anp: Any,
    x: Any,
    h: Any,
    c: Any,
    wi: Any,
    ws: Any,
    b: Any,
    state_mask: Optional = None,
    update_mask: Optional = None,
) -> Any:
    outputs = []
    for t in range(x.shape[1]):
        kept = h if state_mask is None else h * state_mask
        z = anp.dot(x[:, t], wi.T) + anp.dot(kept, ws.T) + b
        i, o, f, m = (z[:, g * h.shape[1] : (g + 1) * h.shape[1]] for g in range(4))
        m = anp.tanh(m) if update_mask is None else anp.tanh(m) * update_mask
        c = c / (1 + anp.exp(-f)) + m / (1 + anp.exp(-i))
        h = anp.tanh(c) / (1 + anp.exp(-o))
        outputs.append(h)
    return anp.stack(outputs, 1), h, c


LSTM_ORDER = (1, 0, 2, 3)
"""Inside, gates come in the order output, input, forget, memory: those of the cell's gradient side by side."""
LSTM_SCALE = (0.5, 0.5, 0.5, 1.0)
"""σ(z) = ½ tanh(z / 2) + ½: with the inner half in the weights, one tanh gives all gates."""


@operation(compose=compose_lstm, sample=recurrent_samples(4, 2), is_sequential=True)
def lstm(
    work: Workspace,
    x: np.ndarray,
    h0: np.ndarray,
    c0: np.ndarray,
    wi: np.ndarray,
    ws: np.ndarray,
    b: np.ndarray,
    state_mask: Optional = None,
    update_mask: Optional = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gives (outputs (b, t, n), last state (b, n), last cell (b, n)) of a long short-term memory: x (b, t, k), h0 and
    c0 (b, n), wi (4 n, k), ws (4 n, n), b (4 n) with the gates in the order input, output, forget, memory.

    state_mask (b, n) multiplies the state before its product, update_mask (b, n) the memory gate; both without
    gradient. Hochreiter and Schmidhuber 1997, with the forget gate of Gers and others 2000.
    """
    (examples, t, k), n, kind = x.shape, ws.shape[1], x.dtype
    columns = fill_columns(work, x, h0, state_mask)
    weights = arranged(work, "weights", (wi, b[:, None], ws), LSTM_ORDER, LSTM_SCALE)
    gates = work("gates", (t, 4, n, examples), kind)
    cells = work("cells", (t + 1, n, examples), kind)
    squashed = work("squashed", (t, n, examples), kind)
    states = columns[1:, k + 1 :] if state_mask is None else work("states", (t, n, examples), kind)
    memory = gates[:, 3] if update_mask is None else work("memory", (t, n, examples), kind)
    update = work("update", (n, examples), kind)
    np.copyto(cells[0], c0.T)
    for step in range(t):
        g, cell = gates[step], cells[step + 1]
        np.dot(weights, columns[step], out=g.reshape(4 * n, examples))
        np.tanh(g, g)
        soft = g[:3]
        np.multiply(soft, 0.5, soft)
        np.add(soft, 0.5, soft)
        if update_mask is not None:
            np.multiply(g[3], update_mask.T, memory[step])
        np.multiply(g[1], memory[step], update)
        np.multiply(g[2], cells[step], cell)
        np.add(cell, update, cell)
        np.tanh(cell, squashed[step])
        np.multiply(g[0], squashed[step], states[step])
        if state_mask is not None:
            np.multiply(states[step], state_mask.T, columns[step + 1, k + 1 :])
    work.saved = columns, weights, gates, cells, squashed, memory
    return states.transpose(2, 0, 1), states[-1].T, cells[-1].T


@lstm.gradient
def lstm_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: tuple[Any, Any, Any],
    y: Any,
    x: np.ndarray,
    h0: np.ndarray,
    c0: np.ndarray,
    wi: np.ndarray,
    ws: np.ndarray,
    b: np.ndarray,
    state_mask: Optional = None,
    update_mask: Optional = None,
) -> tuple[Any, ...]:
    columns, weights, gates, cells, squashed, memory = work.saved
    t, _, n, examples = gates.shape
    k = x.shape[2]
    slopes, through = lstm_slopes(work, gates, cells, squashed, memory, update_mask)
    dh, dc, part = (work(name, (n, examples), x.dtype) for name in ("dh", "dc", "part"))
    for into, given in zip((dh, dc), gradient[1:], strict=True):
        np.copyto(into, 0.0 if given is None else given.T)
    outputs = None if gradient[0] is None else gradient[0].transpose(1, 2, 0)
    back = np.ascontiguousarray(weights[:, k + 1 :].T)
    for step in range(t - 1, -1, -1):
        d = slopes[step]
        if outputs is not None:
            np.add(dh, outputs[step], dh)
        np.multiply(d[0], dh, d[0])
        np.add(dc, np.multiply(through[step], dh, part), dc)
        np.multiply(d[1:], dc, d[1:])
        np.multiply(dc, gates[step, 2], dc)
        np.dot(back, d.reshape(4 * n, examples), out=dh)
        if state_mask is not None:
            np.multiply(dh, state_mask.T, dh)
    slopes = slopes.reshape(t, 4 * n, examples)
    gx = None
    if needs[0]:
        gx = np.matmul(weights[:, :k].T, slopes, work("gx", (t, k, examples), x.dtype)).transpose(2, 0, 1)
    gw: tuple[Any, ...] = (None, None, None)
    if any(needs[3:6]):
        flat = np.dot(over_steps(work, "flat slopes", slopes), over_steps(work, "flat columns", columns[:t]).T)
        gwi, gb, gws = restored(flat, (k, 1, n), LSTM_ORDER, LSTM_SCALE)
        gw = gwi, gws, gb[:, 0]
    return gx, dh.T, dc.T, *gw, None, None


def lstm_slopes(
    work: Workspace, gates: np.ndarray, cells: np.ndarray, squashed: np.ndarray, memory: np.ndarray, mask: Optional
) -> tuple[np.ndarray, np.ndarray]:
    """Gives, for all steps at once, the slopes that do not depend on later steps: (t, 4, n, b), of what each gate's
    product adds to the state (the output gate) or to the cell, and (t, n, b), of the state by the cell.
    """
    slopes, through = work("slopes", gates.shape, gates.dtype), work("through", squashed.shape, gates.dtype)
    soft = slopes[:, :3]
    # The product is halved in the weights, so the slope of a sigmoid gate y by it is 2 y (1 - y).
    np.multiply(np.subtract(1.0, gates[:, :3], soft), gates[:, :3], soft)
    np.multiply(soft, 2.0, soft)
    for gate, factor in ((0, squashed), (1, memory), (2, cells[:-1])):
        np.multiply(slopes[:, gate], factor, slopes[:, gate])
    last = slopes[:, 3]
    np.multiply(np.subtract(1.0, np.square(gates[:, 3], last), last), gates[:, 1], last)
    if mask is not None:
        np.multiply(last, mask.T, last)
    np.multiply(np.subtract(1.0, np.square(squashed, through), through), gates[:, 0], through)
    return slopes, through
