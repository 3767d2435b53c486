"""The decoder of sequences of labels that are not aligned with their input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.applying import property_parts
from wlnet.coders.declare import decoder
from wlnet.coders.settings import count
from wlnet.errors import DataError, NetError
from wlnet.nets.dimensions import VARYING, Port
from wlnet.terms import Term, elements, is_list, list_of, rule, to_list

Settings = Mapping[str, Any]
Prefix = tuple[int, ...]


def beam_search(logs: np.ndarray, size: int) -> list[tuple[Prefix, float]]:
    """Gives labelings with the logarithms of their probabilities, the likeliest first: the sum over all paths to each.

    logs: (steps, labels + 1) logarithms of probabilities, blank last. After each step the `size` likeliest beginnings
    go on, each with the probability of its paths that end in a blank and of those that end in its last label. With
    enough room the probabilities are exact. Source: Hannun, Maas, Jurafsky, Ng: First-pass large vocabulary continuous
    speech recognition using bi-directional recurrent DNNs (2014).
    """
    blank = logs.shape[1] - 1
    beams: dict[Prefix, tuple[float, float]] = {(): (0.0, -np.inf)}
    for row in logs.tolist():
        found: dict[Prefix, tuple[float, float]] = {}
        labels = [label for label in range(blank) if row[label] > -np.inf]
        for prefix, (in_blank, in_label) in beams.items():
            either = log_sum(in_blank, in_label)
            last = prefix[-1] if prefix else None
            old = found.get(prefix, NOWHERE)
            stay = in_label + row[last] if last is not None else -np.inf
            found[prefix] = log_sum(old[0], either + row[blank]), log_sum(old[1], stay)
            for label in labels:
                longer = (*prefix, label)
                before = in_blank if label == last else either
                old = found.get(longer, NOWHERE)
                found[longer] = old[0], log_sum(old[1], before + row[label])
        best = sorted(found.items(), key=lambda item: -log_sum(*item[1]))
        beams = dict(best[:size])
    totals = [(prefix, log_sum(*ends)) for prefix, ends in beams.items()]
    return [(prefix, total) for prefix, total in totals if total > -np.inf]


NOWHERE = (-np.inf, -np.inf)


def log_sum(a: float, b: float) -> float:
    """Gives the logarithm of the sum of two numbers that are given by their logarithms."""
    if a < b:
        a, b = b, a
    return a if b == -np.inf else a + float(np.log1p(np.exp(b - a)))


def ctc_decoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    labels = elements(arguments[0]) if arguments and is_list(arguments[0]) else ()
    if not labels:
        raise NetError(
            'NetDecoder[{"CTCBeamSearch", {c1, c2, …}}] needs the list of labels', tag="args", kind="NetDecoder"
        )
    return {"labels": labels, "size": count(options, "BeamSize", "NetDecoder", 100)}


@decoder(
    "CTCBeamSearch",
    construct=ctc_decoder,
    port=lambda settings: Port((VARYING, len(settings["labels"]) + 1)),
    properties=("Decoding", "Decodings", "NegativeLogLikelihoods", "TopDecodings", "TopNegativeLogLikelihoods"),
    arguments=("Labels",),
    options={"BeamSize": 100},
    counterpart=lambda settings: (
        "Class", (to_list(settings["labels"]),), {"Dimensions": list_of("Varying")},
    ),
)  # fmt: skip
def decode_ctc(settings: Settings, array: np.ndarray, property: Any) -> Term:
    """NetDecoder[{"CTCBeamSearch", {c1, c2, …}}] turns a sequence of vectors of probabilities into the likeliest sequence
    of labels, as nets give them that were trained with CTCLossLayer.

    Details: The last element of each vector is the probability of the blank. Equal neighbors are one label unless a blank
    is between them; the probability of a labeling is the sum over all paths to it. Properties are "Decoding",
    "Decodings", all that were found, the likeliest first, "TopDecodings" -> n, "NegativeLogLikelihoods" and
    "TopNegativeLogLikelihoods" -> n, which are rules labels -> -Log[probability].

    Examples:
        >> decoder = NetDecoder[{"CTCBeamSearch", {"a", "b"}}];
        >> decoder[{{0.9, 0., 0.1}, {0.1, 0., 0.9}, {0.8, 0.1, 0.1}, {0.1, 0.8, 0.1}}]
        = {"a", "a", "b"}
        >> decoder[{{0.4, 0., 0.6}, {0.4, 0., 0.6}}, "TopNegativeLogLikelihoods" -> 2]
        = {{"a"} -> 0.446287, {} -> 1.02165}
        >> decoder[{{0.4, 0., 0.6}, {0.4, 0., 0.6}}, "Decodings"]
        = {{"a"}, {}}
    Options: "BeamSize":
        >> NetDecoder[{"CTCBeamSearch", {"a", "b"}, "BeamSize" -> 1}][{{0.4, 0., 0.6}, {0.4, 0., 0.6}}]
        = {}
    Possible issues:
        >> NetDecoder["CTCBeamSearch"]
        = $Failed
        message: NetDecoder::args
        >> NetDecoder[{"CTCBeamSearch", {"a"}, "BeamSize" -> 0}]
        = $Failed
        message: NetDecoder::option
    Source: https://reference.wolfram.com/language/ref/netdecoder/CTCBeamSearch.html
    """
    with np.errstate(divide="ignore"):
        found = beam_search(np.log(np.maximum(array.astype(np.float64), 0)), settings["size"])
    name, wanted = property_parts(property)
    decodings = [(to_list([settings["labels"][label] for label in prefix]), -total) for prefix, total in found]
    if not decodings:
        raise DataError("no sequence of labels has a probability above 0 here", tag="prob", kind="NetDecoder")
    if name == "Decoding":
        return decodings[0][0]
    if wanted is not None and (type(wanted) is not int or wanted < 1):
        raise DataError("`1` is not a positive number of decodings", tag="prop", kind="NetDecoder", terms=(wanted,))
    if name.startswith("Top"):
        decodings = decodings[: wanted or 1]
    if name.endswith("Decodings"):
        return to_list([labels for labels, _ in decodings])
    return to_list([rule(labels, loss) for labels, loss in decodings])
