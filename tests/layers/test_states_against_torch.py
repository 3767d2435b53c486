"""States of recurrent layers against PyTorch's: given at the beginning, and read at the end."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.nets import initialize
from wlnet.nets.exposing import expose_all
from wlnet.plans import evaluate
from wlnet.session import Session

torch = pytest.importorskip("torch", reason="PyTorch is the reference of these tests")
BATCH, LENGTH, INPUT, SIZE = 3, 4, 2, 5

#: Layer → PyTorch's, its states, and its gates in PyTorch's order.
LAYERS = {
    "BasicRecurrentLayer": (torch.nn.RNN, ("State",), ("",)),
    "LongShortTermMemoryLayer": (
        torch.nn.LSTM, ("State", "CellState"), ("InputGate", "ForgetGate", "MemoryGate", "OutputGate")
    ),
    "GatedRecurrentLayer": (torch.nn.GRU, ("State",), ("ResetGate", "InputGate", "MemoryGate")),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYERS)
def test_a_sequence_goes_on_from_given_states(name: str) -> None:
    make, ports, gates = LAYERS[name]
    net = initialize(Session().evaluate_term(f'{name}[{SIZE}, "Input" -> {{"Varying", {INPUT}}}]'))
    generator = np.random.default_rng(1)
    wide, into, out = expose_all(net, [((), port) for port in ports], [((), port) for port in ports])
    x = generator.normal(size=(BATCH, LENGTH, INPUT)).astype(np.float32)
    begun = {port: generator.normal(size=(BATCH, SIZE)).astype(np.float32) for port in into}
    given, _ = evaluate(wide, {"Input": x, **begun}, BATCH)

    reference = make(INPUT, SIZE, batch_first=True)
    arrays = net.to_arrays()
    with torch.no_grad():
        for parameter, kind in ((reference.weight_ih_l0, "InputWeights"), (reference.weight_hh_l0, "StateWeights")):
            parameter.copy_(torch.tensor(np.concatenate([arrays[gate + kind] for gate in gates])))
        reference.bias_ih_l0.copy_(torch.tensor(np.concatenate([arrays[gate + "Biases"] for gate in gates])))
        reference.bias_hh_l0.zero_()
        first = tuple(torch.tensor(begun[port][None]) for port in into)
        y, last = reference(torch.tensor(x), first if len(first) > 1 else first[0])
    np.testing.assert_allclose(given["Output"], y.numpy(), rtol=1e-4, atol=1e-5)
    for port, state in zip(out, last if len(out) > 1 else (last,), strict=True):
        np.testing.assert_allclose(given[port], state.numpy()[0], rtol=1e-4, atol=1e-5)
