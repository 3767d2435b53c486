"""The basic and the gated recurrent layer, a whole sequence as one operation; read `sequences` first."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.operation import operation
from wlnet.compute.sequences import Optional, arranged, fill_columns, over_steps, recurrent_samples, restored
from wlnet.compute.workspace import Workspace


def compose_basic(
    anp: Any, x: Any, h: Any, wi: Any, ws: Any, b: Any, state_mask: Optional = None, update_mask: Optional = None
) -> Any:
    outputs = []
    for t in range(x.shape[1]):
        kept = h if state_mask is None else h * state_mask
        h = anp.tanh(anp.dot(x[:, t], wi.T) + anp.dot(kept, ws.T) + b)
        h = h if update_mask is None else h * update_mask
        outputs.append(h)
    return anp.stack(outputs, 1), h


@operation(compose=compose_basic, sample=recurrent_samples(1, 1), is_sequential=True)
def basic_recurrent(
    work: Workspace,
    x: np.ndarray,
    h0: np.ndarray,
    wi: np.ndarray,
    ws: np.ndarray,
    b: np.ndarray,
    state_mask: Optional = None,
    update_mask: Optional = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Gives (outputs (b, t, n), last state (b, n)) of h = tanh(wi.x + ws.h + b): x (b, t, k), h0 (b, n), wi (n, k),
    ws (n, n), b (n).

    state_mask (b, n) multiplies the state before its product, update_mask (b, n) the new state; both without gradient.
    """
    t, n, k = x.shape[1], ws.shape[1], x.shape[2]
    columns = fill_columns(work, x, h0, state_mask)
    weights = arranged(work, "weights", (wi, b[:, None], ws), (0,), (1.0,))
    squashed = work("squashed", (t, n, len(x)), x.dtype)
    states = squashed if update_mask is None else work("states", squashed.shape, x.dtype)
    for step in range(t):
        np.tanh(np.dot(weights, columns[step], out=squashed[step]), squashed[step])
        if update_mask is not None:
            np.multiply(squashed[step], update_mask.T, states[step])
        if state_mask is None:
            np.copyto(columns[step + 1, k + 1 :], states[step])
        else:
            np.multiply(states[step], state_mask.T, columns[step + 1, k + 1 :])
    work.saved = columns, weights, squashed
    return states.transpose(2, 0, 1), states[-1].T


@basic_recurrent.gradient
def basic_recurrent_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: tuple[Any, Any],
    y: Any,
    x: np.ndarray,
    h0: np.ndarray,
    wi: np.ndarray,
    ws: np.ndarray,
    b: np.ndarray,
    state_mask: Optional = None,
    update_mask: Optional = None,
) -> tuple[Any, ...]:
    columns, weights, squashed = work.saved
    t, n, examples = squashed.shape
    k = x.shape[2]
    slopes = np.square(squashed, work("slopes", squashed.shape, x.dtype))
    np.subtract(1.0, slopes, slopes)
    if update_mask is not None:
        np.multiply(slopes, update_mask.T, slopes)
    dh = work("dh", (n, examples), x.dtype)
    np.copyto(dh, 0.0 if gradient[1] is None else gradient[1].T)
    outputs = None if gradient[0] is None else gradient[0].transpose(1, 2, 0)
    back = np.ascontiguousarray(weights[:, k + 1 :].T)
    for step in range(t - 1, -1, -1):
        if outputs is not None:
            np.add(dh, outputs[step], dh)
        np.dot(back, np.multiply(slopes[step], dh, slopes[step]), out=dh)
        if state_mask is not None:
            np.multiply(dh, state_mask.T, dh)
    gx = np.matmul(wi.T, slopes, work("gx", (t, k, examples), x.dtype)).transpose(2, 0, 1) if needs[0] else None
    flat = np.dot(over_steps(work, "flat slopes", slopes), over_steps(work, "flat columns", columns[:t]).T)
    gwi, gb, gws = restored(flat, (k, 1, n), (0,), (1.0,))
    return gx, dh.T, gwi, gws, gb[:, 0], None, None


def compose_gated(
    anp: Any, x: Any, h: Any, wi: Any, ws: Any, b: Any, state_mask: Optional = None, update_mask: Optional = None
) -> Any:
    outputs = []
    n = h.shape[1]
    for t in range(x.shape[1]):
        z = anp.dot(x[:, t], wi.T) + b
        s = anp.dot(h if state_mask is None else h * state_mask, ws.T)
        i, r = (1 / (1 + anp.exp(-z[:, part] - s[:, part])) for part in (slice(n), slice(n, 2 * n)))
        m = anp.tanh(z[:, 2 * n :] + r * s[:, 2 * n :])
        m = m if update_mask is None else m * update_mask
        h = (1 - i) * m + i * h
        outputs.append(h)
    return anp.stack(outputs, 1), h


INPUT_ORDER, INPUT_SCALE = (2, 0, 1), (1.0, 0.5, 0.5)
STATE_ORDER, STATE_SCALE = (0, 1, 2), (0.5, 0.5, 1.0)
"""Inside, four blocks: memory, input, reset, memory of the state's product. The first three are what the input's
weights give, the last three what the state's give.
The halves make a sigmoid of a tanh, as in `long_short_term_memory`."""


@operation(compose=compose_gated, sample=recurrent_samples(3, 1), is_sequential=True)
def gru(
    work: Workspace,
    x: np.ndarray,
    h0: np.ndarray,
    wi: np.ndarray,
    ws: np.ndarray,
    b: np.ndarray,
    state_mask: Optional = None,
    update_mask: Optional = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Gives (outputs (b, t, n), last state (b, n)) of a gated recurrent layer: x (b, t, k), h0 (b, n), wi (3 n, k),
    ws (3 n, n), b (3 n) with the gates in the order input, reset, memory: m = tanh(wm.x + r (ws.h) + b),
    h' = (1 - i) m + i h.

    state_mask (b, n) multiplies the state before its product, update_mask (b, n) the memory gate; both without
    gradient. Chung and others 2014.
    """
    (examples, t, k), n, kind = x.shape, ws.shape[1], x.dtype
    columns = fill_columns(work, x, h0, state_mask)
    input_weights = arranged(work, "input weights", (wi, b[:, None]), INPUT_ORDER, INPUT_SCALE)
    state_weights = arranged(work, "state weights", (ws,), STATE_ORDER, STATE_SCALE)
    gates = work("gates", (t, 3, n, examples), kind)
    np.matmul(input_weights, columns[:t, : k + 1], gates.reshape(t, 3 * n, examples))
    products = work("products", (t, 3, n, examples), kind)
    states = work("states", (t + 1, n, examples), kind)
    memory = gates[:, 0] if update_mask is None else work("memory", (t, n, examples), kind)
    part = work("part", (n, examples), kind)
    np.copyto(states[0], h0.T)
    for step in range(t):
        m, soft, product, state = gates[step, 0], gates[step, 1:], products[step], states[step + 1]
        np.dot(state_weights, columns[step, k + 1 :], out=product.reshape(3 * n, examples))
        np.tanh(np.add(soft, product[:2], soft), soft)
        np.add(np.multiply(soft, 0.5, soft), 0.5, soft)
        np.tanh(np.add(m, np.multiply(soft[1], product[2], part), m), m)
        if update_mask is not None:
            m = np.multiply(m, update_mask.T, memory[step])
        np.multiply(np.subtract(states[step], m, state), soft[0], state)
        np.add(state, m, state)
        if state_mask is None:
            np.copyto(columns[step + 1, k + 1 :], state)
        else:
            np.multiply(state, state_mask.T, columns[step + 1, k + 1 :])
    work.saved = columns, input_weights, state_weights, gates, products, states, memory
    return states[1:].transpose(2, 0, 1), states[-1].T


@gru.gradient
def gru_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: tuple[Any, Any],
    y: Any,
    x: np.ndarray,
    h0: np.ndarray,
    wi: np.ndarray,
    ws: np.ndarray,
    b: np.ndarray,
    state_mask: Optional = None,
    update_mask: Optional = None,
) -> tuple[Any, ...]:
    columns, input_weights, state_weights, gates, _, _, _ = work.saved
    t, _, n, examples = gates.shape
    k = x.shape[2]
    slopes = gru_slopes(work, update_mask)
    dh, part = work("dh", (n, examples), x.dtype), work("part", (n, examples), x.dtype)
    np.copyto(dh, 0.0 if gradient[1] is None else gradient[1].T)
    outputs = None if gradient[0] is None else gradient[0].transpose(1, 2, 0)
    back = state_weights.T
    for step in range(t - 1, -1, -1):
        d = slopes[step]
        if outputs is not None:
            np.add(dh, outputs[step], dh)
        np.multiply(d[:2], dh, d[:2])
        np.multiply(d[2:], d[0], d[2:])
        np.multiply(dh, gates[step, 1], dh)
        np.dot(back, d[1:].reshape(3 * n, examples), out=part)
        if state_mask is not None:
            np.multiply(part, state_mask.T, part)
        np.add(dh, part, dh)
    slopes = slopes.reshape(t, 4 * n, examples)
    gx = None
    if needs[0]:
        gx = np.matmul(input_weights[:, :k].T, slopes[:, : 3 * n], work("gx", (t, k, examples), x.dtype))
        gx = gx.transpose(2, 0, 1)
    flat, met = over_steps(work, "flat slopes", slopes), over_steps(work, "flat columns", columns[:t])
    gwi, gb = restored(np.dot(flat[: 3 * n], met[: k + 1].T), (k, 1), INPUT_ORDER, INPUT_SCALE)
    (gws,) = restored(np.dot(flat[n:], met[k + 1 :].T), (n,), STATE_ORDER, STATE_SCALE)
    return gx, dh.T, gwi, gws, gb[:, 0], None, None


def gru_slopes(work: Workspace, mask: Optional) -> np.ndarray:
    """Gives, for all steps at once, the slopes that do not depend on later steps: (t, 4, n, b), the memory and input
    gates' by the state, the reset gate's and the state's product's by the memory gate.
    """
    _, _, _, gates, products, states, memory = work.saved
    t, _, n, examples = gates.shape
    slopes = work("slopes", (t, 4, n, examples), gates.dtype)
    m, i, r, product = (slopes[:, block] for block in range(4))
    np.multiply(np.subtract(1.0, np.square(gates[:, 0], m), m), np.subtract(1.0, gates[:, 1]), m)
    if mask is not None:
        np.multiply(m, mask.T, m)
    # The product is halved in the weights, so the slope of a sigmoid gate y by it is 2 y (1 - y).
    soft = slopes[:, 1:3]
    np.multiply(np.subtract(2.0, np.multiply(gates[:, 1:], 2.0, soft), soft), gates[:, 1:], soft)
    np.multiply(i, np.subtract(states[:-1], memory), i)
    np.multiply(r, products[:, 2], r)
    np.copyto(product, gates[:, 2])
    return slopes
