"""Sound files: from their bytes to Audio and back. WAV needs SciPy only, all else the package soundfile."""

from __future__ import annotations

import importlib
import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from wlnet.errors import FormatError
from wlnet.terms import Audio

#: Format of the language → the name that soundfile has for it, and the encodings of samples by our types of them.
#: The first encoding serves the types without their own.
WRITTEN: dict[str, tuple[str, dict[str, str]]] = {
    "AIFF": ("AIFF", {"Real32": "FLOAT", "Real64": "DOUBLE", "SignedInteger8": "PCM_S8", "SignedInteger16": "PCM_16",
                      "SignedInteger32": "PCM_32"}),
    "AU": ("AU", {"Real32": "FLOAT", "Real64": "DOUBLE", "SignedInteger8": "PCM_S8", "SignedInteger16": "PCM_16",
                  "SignedInteger32": "PCM_32"}),
    "FLAC": ("FLAC", {"Real32": "PCM_24", "SignedInteger8": "PCM_S8", "SignedInteger16": "PCM_16"}),
    "MP3": ("MP3", {"Real32": "MPEG_LAYER_III"}),
    "OGG": ("OGG", {"Real32": "VORBIS"}),
}  # fmt: skip
#: Encoding of samples in a file → the type of NumPy that holds them; all others are read as float32.
READ_AS = {"PCM_S8": "int16", "PCM_U8": "int16", "PCM_16": "int16", "PCM_24": "int32", "PCM_32": "int32",
           "DOUBLE": "float64"}  # fmt: skip


def soundfile(name: str) -> Any:
    """Gives the package that knows the formats; raises FormatError where it is not installed."""
    try:
        return importlib.import_module("soundfile")
    except (ImportError, OSError):
        raise FormatError(f"{name}: this format needs the package soundfile: pip install wlnet[sound]") from None


def read_file(path: Path) -> Audio:
    """Gives the sound of a file; raises FormatError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror or 'cannot be read'}") from None
    return read_sound(data, str(path))


def read_sound(data: bytes, name: str) -> Audio:
    """Gives the sound in the content of a file of any format; raises FormatError."""
    if data[:4] in (b"RIFF", b"RIFX", b"RF64") and data[8:12] == b"WAVE":
        return read_wav(data, name)
    return read_other(data, name)


def read_wav(data: bytes, name: str) -> Audio:
    from scipy.io import wavfile

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rate, samples = wavfile.read(io.BytesIO(data))
    except Exception:  # a broken file makes it raise whatever comes; a compressed one it does not know
        return read_other(data, name)
    if samples.dtype == np.uint8:
        samples = (samples.astype(np.int16) - 128).astype(np.int8)
    return sound_of(samples, rate, name)


def read_other(data: bytes, name: str) -> Audio:
    library = soundfile(name)
    try:
        with library.SoundFile(io.BytesIO(data)) as file:
            samples = file.read(dtype=READ_AS.get(file.subtype, "float32"))
            return sound_of(samples, file.samplerate, name)
    except FormatError:
        raise
    except Exception as error:
        reason = str(error).rpartition(": ")[2] or "it cannot be read"
        raise FormatError(f"{name}: this is not a sound file, or it is broken ({reason})") from None


def sound_of(samples: np.ndarray, rate: float, name: str) -> Audio:
    """Gives the sound of samples (n,) or (n, channels); raises FormatError where there are none."""
    if not samples.size or rate <= 0:
        raise FormatError(f"{name}: the file holds no samples")
    if samples.dtype == np.int64:
        samples = (samples >> 32).astype(np.int32)
    return Audio(samples[None] if samples.ndim == 1 else samples.T, rate)


def sound_bytes(audio: Audio, format: str) -> bytes:
    """Gives the content of a file of this format; raises FormatError.

    WAV, AIFF and AU keep every sample as it is; FLAC keeps integers of 8 and 16 bits and has 24 for all else; OGG and
    MP3 keep what can be heard.
    """
    if audio.rate != int(audio.rate):
        raise FormatError(f"a file has a whole number of samples per second, not {audio.rate:g}; see AudioResample")
    stream = io.BytesIO()
    if format == "WAV":
        write_wav(stream, audio)
        return stream.getvalue()
    library = soundfile(format)
    name, encodings = WRITTEN[format]
    encoding = encodings.get(audio.type_name, next(iter(encodings.values())))
    values = audio.samples if READ_AS.get(encoding) == audio.samples.dtype.name else audio.reals()
    try:
        library.write(stream, values.T, int(audio.rate), format=name, subtype=encoding)
    except Exception as error:
        reason = str(error).rpartition(": ")[2] or "it cannot be written"
        raise FormatError(f"{format} cannot hold this sound ({reason})") from None
    return stream.getvalue()


def write_wav(stream: io.BytesIO, audio: Audio) -> None:
    from scipy.io import wavfile

    samples = audio.samples
    if samples.dtype == np.int8:
        samples = (samples.astype(np.int16) + 128).astype(np.uint8)
    wavfile.write(stream, int(audio.rate), samples.T)
