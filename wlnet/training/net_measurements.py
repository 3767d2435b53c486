"""Measuring a net on data, without training it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.net import Net
from wlnet.plans.evaluate import evaluate, require_arrays
from wlnet.training.data import Data
from wlnet.training.losses import attach_losses, class_limits
from wlnet.training.meter import Meter
from wlnet.training.net_train import check_ports, precision_of
from wlnet.training.requests import read_requests

#: Examples that are evaluated at once.
USUAL_SIZE = 256


def measure(
    net: Net,
    data: Mapping[str, Any],
    measurements: Any,
    *,
    loss: Any = None,
    batch_size: int | None = None,
    training: bool = False,
    precision: str = "Real32",
) -> dict[Hashable, Any]:
    """Gives key → value of measurements of a net on data; both as `train` takes them.

    training: whether layers act as in training. Raises NetError where the net is not initialized or has no loss that
    the measurement can be taken at.
    """
    try:
        require_arrays(net)
        dtype = precision_of(precision)
        examples = Data(data, dtype)
        whole = attach_losses(net, loss, examples.shapes)
        check_ports(whole, examples)
        examples.require_integers(class_limits(whole))
        require_arrays(whole.net)
        meter = Meter(read_requests(measurements), whole)
        meter.values = whole.net.store
    except NetError as error:
        raise of_measurements(error) from None
    for indices in examples.batches(batch_size or USUAL_SIZE):
        for group in examples.groups(indices):
            inputs = examples.take(group.indices)
            outputs, values = evaluate(
                whole.net, inputs, len(group.indices), training=training, dtype=dtype, places=meter.places
            )
            with np.errstate(all="ignore"):
                meter.add({**outputs, **values}, inputs)
    return meter.results()


def of_measurements(error: NetError) -> NetError:
    """Gives an error that speaks for NetMeasurements where training would have spoken."""
    if error.kind == "NetTrain":
        error.kind = "NetMeasurements"
    return error
