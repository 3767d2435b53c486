"""Coders of texts by their characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.characters import character_table
from wlnet.coders.declare import decoder, encoder
from wlnet.coders.sequences import codes_port, is_text, likeliest, sequence_array, sequence_port, sequence_settings
from wlnet.coders.settings import boolean
from wlnet.errors import DataError
from wlnet.terms import FALSE, S, Term

Settings = Mapping[str, Any]


def character_encoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    given = (*arguments, S.Automatic, S.Automatic)
    table = character_table(given[0], boolean(options, "IgnoreCase", "NetEncoder"), "NetEncoder")
    padding = table.codes if table.end is None else table.end
    return {
        "table": table,
        **sequence_settings("Characters", given[1], options, codes=table.codes, padding=padding),
    }


@encoder(
    "Characters",
    construct=character_encoder,
    port=sequence_port,
    accepts=is_text,
    arguments=("Encoding", "Form"),
    options={"IgnoreCase": FALSE, "TargetLength": S.All},
)
def encode_characters(settings: Settings, term: str) -> np.ndarray:
    """NetEncoder["Characters"] turns a text into the codes of its characters: tab, newline and printable ASCII from 1.
    NetEncoder[{"Characters", table}] takes the codes from a table.
    NetEncoder[{"Characters", table, "UnitVector"}] gives a vector with a 1 at its place for each code.

    Details: A table is a list of items, each with the next free codes: a string gives each of its characters one, and so
    do a span n;;m of character codes, Automatic (the usual table), and LetterCharacter, DigitCharacter, WordCharacter,
    PunctuationCharacter and WhitespaceCharacter for their characters in ASCII. A rule item -> Automatic gives one code
    to all its characters, item -> n the code n, item -> n;;m the codes n to m. StartOfString and EndOfString are put
    around each text, and _ stands for any other character.

    Examples:
        >> NetEncoder["Characters"]["ab !"]
        = {68, 69, 3, 4}
        >> NetEncoder[{"Characters", {"abc", DigitCharacter -> Automatic, _}}]["cab2!"]
        = {3, 1, 2, 4, 5}
        >> NetEncoder[{"Characters", {"ab", StartOfString, EndOfString}}][{"a", "bb"}]
        = {{3, 1, 4}, {3, 2, 2, 4}}
        >> NetEncoder[{"Characters", {"xy" -> 3, 97 ;; 98, "uv" -> 1 ;; 2}}]["yabuv"]
        = {3, 4, 5, 1, 2}
        >> NetEncoder[{"Characters", "ab", "UnitVector"}]["ba"]
        = {{0., 1.}, {1., 0.}}
    Options: "IgnoreCase":
        >> NetEncoder[{"Characters", "abc", "IgnoreCase" -> True}]["aBC"]
        = {1, 2, 3}
    Options: "TargetLength":
        >> NetEncoder[{"Characters", {"abc", EndOfString}, "TargetLength" -> 5}][{"ab", "abcabc"}]
        = {{1, 2, 4, 4, 4}, {1, 2, 3, 1, 2}}
    Possible issues:
        >> NetEncoder[{"Characters", "abc"}]["xyz"]
        = $Failed
        message: NetEncoder::char
        >> NetEncoder[{"Characters", {7}}]
        = $Failed
        message: NetEncoder::args
    Source: https://reference.wolfram.com/language/ref/netencoder/Characters.html
    """
    codes = list(settings["table"].codes_of(term))
    if None in codes:
        missing = next(c for c in term if settings["table"].code_of(settings["table"].folded(c)) is None)
        raise DataError(
            "the character `1` has no code; add it, or _ for any other character, to the table of the encoder",
            tag="char", kind="NetEncoder", terms=(missing,),
        )  # fmt: skip
    return sequence_array(settings, codes)


def character_decoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    ignore_case = boolean(options, "IgnoreCase", "NetDecoder")
    return {"table": character_table(arguments[0] if arguments else S.Automatic, ignore_case, "NetDecoder")}


@decoder(
    "Characters",
    construct=character_decoder,
    port=codes_port(lambda settings: settings["table"].codes),
    properties=("Decision",),
    arguments=("Encoding",),
    options={"IgnoreCase": FALSE},
)
def decode_characters(settings: Settings, array: np.ndarray, property: Any) -> Term:
    """NetDecoder["Characters"] turns a sequence of vectors of probabilities into the text of the likeliest characters.
    NetDecoder[{"Characters", table}] takes the codes from a table, as the encoder does.

    Details: Of a code that many characters have, the first one is given, and \ufffd where there is no first one, as for _.
    The codes of StartOfString and EndOfString give nothing.

    Examples:
        >> NetDecoder[{"Characters", {"ab", EndOfString}}][{{0.1, 0.9, 0.}, {0.8, 0.1, 0.1}, {0., 0., 1.}}]
        = "ba"
        >> NetDecoder[NetEncoder[{"Characters", "xyz"}]][{{0, 0, 1}}]
        = "z"
        >> NetDecoder["Characters"][UnitVector[97, 68 + #] & /@ {7, 4}]
        = "he"
    Options: "IgnoreCase":
        >> NetDecoder[{"Characters", "aAB", "IgnoreCase" -> True}][{{0, 1}}]
        = "b"
    Possible issues:
        >> NetDecoder[{"Characters", {}}]
        = $Failed
        message: NetDecoder::args
    Source: https://reference.wolfram.com/language/ref/netdecoder/Characters.html
    """
    return settings["table"].text_of(likeliest(array))


def utf8_encoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    form = arguments[0] if arguments else S.Automatic
    return sequence_settings("UTF8", form, options, codes=BYTES, padding=BYTES)


#: How many different bytes a text in UTF-8 may have, by its rules of 1993: 0 to 247. The last one occurs in no text.
BYTES = 248


@encoder(
    "UTF8",
    construct=utf8_encoder,
    port=sequence_port,
    accepts=is_text,
    arguments=("Form",),
    options={"TargetLength": S.All},
)
def encode_utf8(settings: Settings, term: str) -> np.ndarray:
    """NetEncoder["UTF8"] turns a text into the bytes of its UTF-8, counted from 1.
    NetEncoder[{"UTF8", "UnitVector"}] gives a vector of length 248 with a 1 at its place for each byte.

    Examples:
        >> NetEncoder["UTF8"]["aé"]
        = {98, 196, 170}
        >> Dimensions[NetEncoder[{"UTF8", "UnitVector"}]["aé"]]
        = {3, 248}
    Options: "TargetLength":
        >> NetEncoder[{"UTF8", "TargetLength" -> 3}]["a"]
        = {98, 248, 248}
    Possible issues:
        >> NetEncoder[{"UTF8", "Smell"}]
        = $Failed
        message: NetEncoder::args
    Source: https://reference.wolfram.com/language/ref/netencoder/UTF8.html
    """
    return sequence_array(settings, [byte + 1 for byte in term.encode("utf-8", "replace")])
