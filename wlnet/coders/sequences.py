"""Texts as sequences of codes: the settings, ports and arrays that all coders of texts have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.settings import count, word
from wlnet.errors import NetError
from wlnet.nets.dimensions import VARYING, Port
from wlnet.terms import S, Term

Settings = Mapping[str, Any]

FORMS = ("Index", "UnitVector")


def sequence_settings(
    name: str, form: Term, options: Mapping[str, Term], *, codes: int, padding: int
) -> dict[str, Any]:
    """Gives the settings of an encoder of sequences of codes from 1 to `codes`; raises NetError.

    padding: the code that fills up a sequence that is shorter than "TargetLength".
    """
    chosen = "Index" if form is S.Automatic else word(form)
    if chosen not in FORMS:
        raise NetError(
            f'the form of NetEncoder["{name}"] is "Index" or "UnitVector", not `1`',
            tag="args", kind="NetEncoder", terms=(form,),
        )  # fmt: skip
    length = count(options, "TargetLength", "NetEncoder", VARYING)
    return {"codes": codes, "padding": padding, "vectors": chosen == "UnitVector", "length": length}


def sequence_port(settings: Settings) -> Port:
    """Gives the port of the sequences that an encoder makes: n codes, or n unit vectors."""
    if settings["vectors"]:
        return Port((settings["length"], settings["codes"]))
    return Port((settings["length"],), "Integer", settings["codes"])


def sequence_array(settings: Settings, codes: Sequence[int]) -> np.ndarray:
    """Gives the codes as an array, cut or filled up to "TargetLength"; as unit vectors where these are wanted."""
    length = settings["length"]
    if length is not VARYING:
        codes = [*codes[:length], *[settings["padding"]] * (length - len(codes))]
    found = np.asarray(codes, np.int64)
    return np.eye(settings["codes"], dtype=np.float32)[found - 1] if settings["vectors"] else found.astype(np.float32)


def is_text(settings: Settings, term: Term) -> bool:
    return type(term) is str


def likeliest(array: np.ndarray) -> list[int]:
    """Gives the code of the largest number in each vector of a sequence."""
    return [int(code) + 1 for code in array.argmax(axis=-1)]


def codes_port(codes: Callable[[Settings], int]) -> Callable[[Settings], Port]:
    """Gives the function from settings to the port of a decoder of sequences of probabilities of codes."""
    return lambda settings: Port((VARYING, codes(settings)))
