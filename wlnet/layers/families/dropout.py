"""Dropout."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument, choice, fraction, option, text
from wlnet.terms import S, Term, elements, is_list

PORTS = ("Output", "BinaryMask")


def output_ports(term: Term) -> tuple[str, ...]:
    """Takes "Output", "BinaryMask", a list of those, or Automatic."""
    names = tuple(map(text, elements(term))) if is_list(term) else (text(term),)
    if term is S.Automatic:
        return PORTS[:1]
    if names and len(set(names)) == len(names) and all(name in PORTS for name in names):
        return names  # type: ignore[return-value]
    raise Unfit('"Output", "BinaryMask" or a list of both')


def dropout_ports(settings: Mapping[str, Any]) -> str:
    return "Input: ...s -> " + ", ".join(f"{name}: ...s" for name in settings["OutputPorts"])


@layer(
    "DropoutLayer",
    category="Training optimization layers",
    arguments=(argument("p", fraction, 0.5, title="Probability"),),
    options={
        "Method": option("Method", choice("Dropout", "AlphaDropout"), "Dropout", "Dropout"),
        "OutputPorts": option("OutputPorts", output_ports, PORTS[:1], "Output"),
    },
    ports=dropout_ports,
)
def dropout_layer(call: Call, x: Any) -> Any:
    """DropoutLayer[] sets each element of its input to zero with probability 0.5 in training.
    DropoutLayer[p] does so with probability p.

    Details: The elements that stay are divided by 1 - p. Outside of training the layer changes nothing. With
    Method -> "AlphaDropout", which belongs to the activation "SELU", dropped elements become -1.7580993 instead, and
    what comes out is scaled and shifted so that a mean of 0 and a variance of 1 stay.

    Examples:
        >> DropoutLayer[][{1., 2., 3.}]
        = {1., 2., 3.}
        >> Union[DropoutLayer[0.5][ConstantArray[1., 100], NetEvaluationMode -> "Train"]]
        = {0., 2.}
        >> NetExtract[DropoutLayer[0.3], "Probability"]
        = 0.3
    Options: Method:
        >> Length[Union[DropoutLayer[0.5, Method -> "AlphaDropout"][ConstantArray[1., 100], NetEvaluationMode -> "Train"]]]
        = 2
        >> DropoutLayer[1, Method -> "AlphaDropout"][{1., 2.}, NetEvaluationMode -> "Train"]
        = {0., 0.}
    Options: "OutputPorts":
        >> DropoutLayer["OutputPorts" -> {"Output", "BinaryMask"}][{5., 6.}]
        = <|"Output" -> {5., 6.}, "BinaryMask" -> {1., 1.}|>
        >> Union[DropoutLayer["OutputPorts" -> "BinaryMask"][Range[100.], NetEvaluationMode -> "Train"]]
        = {0., 1.}
    Options: "Input":
        >> NetExtract[DropoutLayer["Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Output":
        >> NetExtract[DropoutLayer["Output" -> {2, 3}], "Input"]
        = {2, 3}
    Possible issues:
        >> DropoutLayer[2]
        = $Failed
        message: DropoutLayer::args
    Source: https://reference.wolfram.com/language/ref/DropoutLayer.html, N. Srivastava and others 2014,
        G. Klambauer and others 2017
    """
    keep = 1.0 - call["p"]
    if call.training and keep < 1:
        kept = call.ops.random_mask(np.empty(0, x.dtype), shape=x.shape, keep=keep, generator=call.random)
        made = {"Output": METHODS[call["Method"]](call, x, kept, keep)}
        made["BinaryMask"] = call.ops.unitize(kept)
    else:
        made = {"Output": x, "BinaryMask": call.ops.broadcast(np.ones((), x.dtype), shape=x.shape)}
    return tuple(made[name] for name in call["OutputPorts"])


def plain_dropout(call: Call, x: Any, kept: Any, keep: float) -> Any:
    return call.ops.multiply(x, kept)


DROPPED = -1.0507009873554805 * 1.6732632423543772
"""What "SELU" tends to for large negative numbers."""


def alpha_dropout(call: Call, x: Any, kept: Any, keep: float) -> Any:
    """Gives scale (x where kept, else DROPPED) + shift; `kept` holds 0 and 1/keep."""
    scale = 1 / math.sqrt(keep * (1 + (1 - keep) * DROPPED**2)) if keep else 0.0
    shift = -scale * (1 - keep) * DROPPED
    factor = call.ops.multiply(kept, np.asarray(scale * keep, x.dtype))
    lost = call.ops.multiply(factor, np.asarray(DROPPED, x.dtype))
    filling = call.ops.subtract(np.asarray(scale * DROPPED + shift, x.dtype), lost)
    return call.ops.add(call.ops.multiply(x, factor), filling)


METHODS = {"Dropout": plain_dropout, "AlphaDropout": alpha_dropout}
