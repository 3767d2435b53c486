"""Layers over sequences."""

from __future__ import annotations

from typing import Any

from wlnet.layers.declare import Call, layer


@layer(
    "SequenceLastLayer",
    category="Sequence layers",
    ports="Input: t ...s -> Output: ...s",
)
def sequence_last_layer(call: Call, x: Any) -> Any:
    """SequenceLastLayer[] gives the last element of a sequence.

    Examples:
        >> SequenceLastLayer[][{{1., 2.}, {3., 4.}}]
        = {3., 4.}
        >> NetExtract[SequenceLastLayer["Input" -> {"Varying", 3}], "Output"]
        = 3
    Options: "Input":
        >> NetExtract[SequenceLastLayer["Input" -> {5, 2, 3}], "Output"]
        = {2, 3}
    Options: "Output":
        >> NetExtract[SequenceLastLayer["Output" -> {2, 3}], "Output"]
        = {2, 3}
    Possible issues:
        >> SequenceLastLayer["Input" -> "Real"]
        = $Failed
        message: SequenceLastLayer::dims
    Source: https://reference.wolfram.com/language/ref/SequenceLastLayer.html
    """
    return call.ops.part(x, index=(slice(None), -1))
