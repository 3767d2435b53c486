"""The formats of sound files. They are known from the start; what reads them is loaded at the first use."""

from __future__ import annotations

from typing import Any

from wlnet.builtins.files.data_formats import Format, Options, Write, add_format
from wlnet.errors import FormatError
from wlnet.kernel import Kernel
from wlnet.terms import Audio, Term


def read_sound_file(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.builtins.sound.elements import element_of
    from wlnet.sounds.files import read_sound

    kernel.load_rest()
    try:
        return element_of(read_sound(data, source), wanted)
    except FormatError as error:
        raise ValueError(str(error).removeprefix(f"{source}: ")) from None


def write_sound(name: str) -> Write:
    def write(kernel: Kernel, term: Term) -> bytes:
        from wlnet.sounds.files import sound_bytes

        sound: Any = term
        if type(sound) is not Audio:
            raise TypeError("an Audio object is expected")
        try:
            return sound_bytes(sound, name)
        except FormatError as error:
            raise ValueError(str(error).removeprefix(f"{name}: ")) from None

    return write


for _name, _extensions in {
    "WAV": (".wav", ".wave"), "FLAC": (".flac",), "OGG": (".ogg", ".oga"), "MP3": (".mp3",),
    "AIFF": (".aiff", ".aif"), "AU": (".au", ".snd"),
}.items():  # fmt: skip
    add_format(Format(_name, _extensions, read_sound_file, write_sound(_name)))
