"""Coders of single numbers that a net holds as vectors of length one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.coders.declare import decoder, encoder
from wlnet.coders.families.classes import nothing
from wlnet.nets.dimensions import Port
from wlnet.terms import Term, is_number


def is_single(settings: Mapping[str, Any], term: Term) -> bool:
    return is_number(term) and not isinstance(term, complex)


@encoder("Scalar", construct=nothing, port=lambda _: Port((1,)), accepts=is_single)
def encode_scalar(settings: Mapping[str, Any], term: Term) -> np.ndarray:
    """NetEncoder["Scalar"] turns a number into a vector of length one.

    Details: A port specified as "Scalar" is a number where the layers take one, and has this encoder where they take a
    vector of length one.

    Examples:
        >> NetEncoder["Scalar"][2.5]
        = {2.5}
        >> NetEncoder["Scalar"][{1., 2.}]
        = {{1.}, {2.}}
    Possible issues:
        >> NetEncoder["Scalar"]["two"]
        = $Failed
        message: NetEncoder::data
    Source: public programs
    """
    return np.asarray([term], np.float32)


@decoder("Scalar", construct=nothing, port=lambda _: Port((1,)), properties=("Decision",))
def decode_scalar(settings: Mapping[str, Any], array: np.ndarray, property: Any) -> Term:
    """NetDecoder["Scalar"] gives the number in a vector of length one.

    Examples:
        >> NetDecoder["Scalar"][{2.5}]
        = 2.5
        >> NetInitialize[NetChain[{3, Tanh, LinearLayer[1, "Weights" -> {{0, 0, 0}}]}, "Input" -> 2, "Output" -> "Scalar"]][{1., 2.}]
        = 0.
    Possible issues:
        >> NetDecoder["Scalar"][{2.5}, "Smell"]
        = $Failed
        message: NetDecoder::prop
    Source: public programs
    """
    return float(array[0])
