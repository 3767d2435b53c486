"""Files of MXNet: what is exported comes back, what MXNet itself writes is read, whatever happens to a file is a message."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.laws.layer_nets import BATCH, SAMPLES, Sample
from wlnet.builtins.nets.formats.mxnet.elements import files_of
from wlnet.builtins.nets.formats.mxnet.reading import net_of
from wlnet.errors import NetError
from wlnet.interchange.mxnet_arrays import read_arrays
from wlnet.interchange.mxnet_symbol import read_symbol
from wlnet.nets import Net, Shared
from wlnet.plans import evaluate
from wlnet.session import Session


def back_again(session: Session, net: Net) -> Net:
    symbol, arrays = files_of(net)
    found = {name.partition(":")[2]: array for name, array in read_arrays(arrays, "a.params").items()}
    return net_of(session.kernel, read_symbol(symbol, "a.json"), found)[0]


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_what_is_exported_computes_the_same_when_it_comes_back(sample: Sample, session: Session) -> None:
    try:
        net = back_again(session, sample.net)
    except NetError as error:
        assert "has no counterpart in MXNet" in str(error) or "gives nothing" in str(error)
        return
    inputs = sample.inputs()
    there, here = evaluate(net, inputs, BATCH)[0], evaluate(sample.net, inputs, BATCH)[0]
    assert list(there) == list(here)
    for name, value in here.items():
        np.testing.assert_allclose(there[name], value, rtol=1e-5, atol=1e-6)
