"""Vocabularies of subword tokens in files: models of SentencePiece, and lists of tokens as text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from wlnet.errors import NetError
from wlnet.terms import FALSE, NONE, TRUE, Expression, S, Term, list_of, rule
from wlnet.terms.paths import path_of

#: Name of a token in a file → what stands for it in a list of tokens.
SPECIAL: dict[str, Term] = {
    "<unk>": Expression(S.Blank, ()), "[UNK]": Expression(S.Blank, ()),
    "<s>": S.StartOfString, "[CLS]": S.StartOfString,
    "</s>": S.EndOfString, "[SEP]": S.EndOfString,
}  # fmt: skip
UNKNOWN_TYPE, BPE = 2, 2
SPACE = "\u2581"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of a file, and the options that it asks for."""

    tokens: tuple[Term, ...]
    options: dict[str, Term]


def read_vocabulary(path: str) -> Vocabulary:
    """Gives what a `.model` file of SentencePiece, or a text file with a token in each line, holds; raises NetError."""
    place = path_of(path)
    if place is None:
        raise NetError("the vocabulary is File[…] without the name of a file", tag="file", kind="NetEncoder")
    try:
        data = place.read_bytes()
    except OSError as error:
        raise NetError(f"the file {path} cannot be read ({error.strerror})", tag="file", kind="NetEncoder") from None
    try:
        return model_vocabulary(data) if path.endswith(".model") else text_vocabulary(data.decode())
    except (struct.error, ValueError, IndexError):
        raise NetError(
            f"the file {path} is neither a model of SentencePiece (.model) nor a list of tokens",
            tag="file", kind="NetEncoder",
        ) from None  # fmt: skip


def text_vocabulary(text: str) -> Vocabulary:
    """Gives the tokens of lines `token` or `token<tab>score`; ▁ or, with ## elsewhere, no ## means a word's start."""
    names = [line.partition("\t")[0] for line in text.splitlines() if line]
    continues = any(name.startswith("##") for name in names)

    def token(name: str) -> Term:
        if continues and not (name.startswith("[") and name.endswith("]")):
            return name[2:] if name.startswith("##") else " " + name
        return name.replace(SPACE, " ")

    method: dict[str, Term] = {"Method": "WordPiece"} if continues else {}
    return Vocabulary(tuple(SPECIAL.get(name) or token(name) for name in names), method)


def model_vocabulary(data: bytes) -> Vocabulary:
    """Gives the tokens of a model of SentencePiece, and its way with white space and Unicode."""
    tokens: list[Term] = []
    prefix, combine, normalization, kind = True, True, "", 1
    for number, value in fields(data):
        if number == 1 and isinstance(value, bytes):
            piece = dict(fields(value))
            name = text_of(piece[1])
            special = SPECIAL["<unk>"] if piece.get(3) == UNKNOWN_TYPE else SPECIAL.get(name)
            tokens.append(name.replace(SPACE, " ") if special is None else special)
        elif number == 2 and isinstance(value, bytes):
            kind = int(dict(fields(value)).get(3, 1))
        elif number == 3 and isinstance(value, bytes):
            normalizer = dict(fields(value))
            normalization = text_of(normalizer.get(1, b""))
            prefix, combine = bool(normalizer.get(3, 1)), bool(normalizer.get(4, 1))
    if not tokens:
        raise ValueError
    if kind != BPE:
        raise NetError(
            "the model was not made by byte pair encoding (it is one of single tokens); train it with "
            "--model_type=bpe", tag="file", kind="NetEncoder",
        )  # fmt: skip
    options: dict[str, Term] = {
        "Method": list_of(
            "BPE",
            rule("CombineWhitespace", TRUE if combine else FALSE),
            rule("WhitespacePadding", "Left" if prefix else NONE),
        )
    }
    if "nfkc" in normalization:
        options["UnicodeNormalization"] = "NFKC"
    return Vocabulary(tuple(tokens), options)


def text_of(value: bytes | int) -> str:
    if not isinstance(value, bytes):
        raise ValueError
    return value.decode()


def fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """Yields the numbers and values of the fields of a message in the format of protocol buffers."""
    at = 0
    while at < len(data):
        tag, at = whole_number(data, at)
        number, kind = tag >> 3, tag & 7
        value: bytes | int
        if kind == 0:
            value, at = whole_number(data, at)
        else:
            size, at = whole_number(data, at) if kind == 2 else (FIXED_SIZES[kind], at)
            value, at = data[at : at + size], at + size
            if at > len(data):
                raise ValueError
        yield number, value


#: Type of a field → its bytes.
FIXED_SIZES = {1: 8, 5: 4, 3: 0, 4: 0}


def whole_number(data: bytes, at: int) -> tuple[int, int]:
    """Gives a number in groups of seven bits, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
