"""The elements of sound files, as Import names them."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.sound.audio import PROPERTIES
from wlnet.terms import Audio, Term, list_of, pack

#: Element of Import → function(sound).
ELEMENTS: dict[str, Callable[[Audio], Term]] = {
    "Audio": lambda audio: audio,
    "AudioChannels": PROPERTIES["AudioChannels"],
    "Data": lambda audio: pack(audio.reals()),
    "Duration": PROPERTIES["Duration"],
    "Elements": lambda audio: list_of(*ELEMENTS),
    "Length": PROPERTIES["AudioLength"],
    "SampleRate": lambda audio: audio.rate,
}


def element_of(audio: Audio, wanted: tuple[Term, ...]) -> Term:
    """Gives an element of a sound file (the sound without any); raises LookupError for no element."""
    element = wanted[0] if wanted else "Audio"
    give = ELEMENTS.get(element) if type(element) is str else None
    if give is None:
        raise LookupError(f"there is no element {element}; there are {', '.join(ELEMENTS)}")
    return give(audio)
