"""Coders of texts by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.declare import decoder, encoder
from wlnet.coders.sequences import codes_port, likeliest, sequence_array, sequence_port, sequence_settings
from wlnet.coders.settings import boolean
from wlnet.errors import DataError, NetError
from wlnet.terms import TRUE, S, Term, elements, is_head, is_list

Settings = Mapping[str, Any]

#: What a text is split into where nothing else is said: runs of word characters, and runs of other marks.
WORDS = re.compile(r"\w+|[^\w\s]+")
#: What a decoder gives for any other token.
UNKNOWN = "_"


def token_list(arguments: Sequence[Term], head: str) -> tuple[str, ...]:
    """Gives the tokens of the first argument; raises NetError."""
    items = elements(arguments[0]) if arguments and is_list(arguments[0]) else ()
    if not items or any(type(item) is not str for item in items) or len(set(items)) < len(items):
        raise NetError(
            f'{head}[{{"Tokens", {{"word1", "word2", …}}}}] needs a list of different words: wlnet ships no list of the '
            "words of a language", tag="args", kind=head,
        )  # fmt: skip
    return tuple(items)


def token_encoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    tokens = token_list(arguments, "NetEncoder")
    ignore = boolean({"IgnoreCase": TRUE, **options}, "IgnoreCase", "NetEncoder")
    places: dict[str, int] = {}
    for code, token in enumerate(tokens, 1):
        places.setdefault(token.lower() if ignore else token, code)
    form = arguments[1] if len(arguments) > 1 else S.Automatic
    unknown = len(tokens) + 1
    return {
        "places": places,
        "ignore": ignore,
        "split": options.get("SplitPattern", S.Automatic),
        **sequence_settings("Tokens", form, options, codes=unknown, padding=unknown),
    }


def text_of(term: Term) -> str | None:
    """Gives the text that a term is, or that is in a TextElement (spaces between its parts); None for anything else."""
    if is_head(term, S.TextElement) and term.args:
        content = term.args[0]
        parts = [text_of(part) for part in (elements(content) if is_list(content) else (content,))]
        return None if None in parts else " ".join(part or "" for part in parts)
    return term if type(term) is str else None


def words_of(settings: Settings, text: str) -> Sequence[str]:
    """Gives the tokens that a text consists of, known ones and others; raises DataError."""
    if settings["split"] is S.Automatic:
        return WORDS.findall(text)
    found = settings["apply"](S.StringSplit, (text, settings["split"]))
    if not is_list(found) or any(type(item) is not str for item in elements(found)):
        raise DataError(
            'the "SplitPattern" `1` splits no texts', tag="split", kind="NetEncoder", terms=(settings["split"],)
        )
    return elements(found)


@encoder(
    "Tokens",
    construct=token_encoder,
    port=sequence_port,
    accepts=lambda settings, term: text_of(term) is not None,
    arguments=("Tokens", "Form"),
    options={"IgnoreCase": TRUE, "SplitPattern": S.Automatic, "TargetLength": S.All},
)
def encode_tokens(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder[{"Tokens", {"word1", "word2", …}}] turns a text into the numbers of its words in the list.
    NetEncoder[{"Tokens", words, "UnitVector"}] gives a vector with a 1 at its place for each word.

    Details: A word that is not in the list has the number after the last one. Texts are split at the boundaries of words
    and white space is dropped, so that marks such as "," are tokens too; another "SplitPattern" is what separates the
    tokens, as in StringSplit. Of a TextElement the text in it is taken.

    Examples:
        >> NetEncoder[{"Tokens", {"the", "cat", "sat"}}]["The cat sat on the mat"]
        = {1, 2, 3, 4, 1, 4}
        >> NetEncoder[{"Tokens", {"yes", ","}, "UnitVector"}]["yes, no"]
        = {{1., 0., 0.}, {0., 1., 0.}, {0., 0., 1.}}
        >> NetEncoder[{"Tokens", {"the", "cat"}}][TextElement[{TextElement["The"], "cat"}, <|"GrammaticalUnit" -> "Phrase"|>]]
        = {1, 2}
    Options: "IgnoreCase":
        >> NetEncoder[{"Tokens", {"the"}, "IgnoreCase" -> False}]["The the"]
        = {2, 1}
    Options: "SplitPattern":
        >> NetEncoder[{"Tokens", {"a b", "c"}, "SplitPattern" -> ";"}]["c;a b"]
        = {2, 1}
    Options: "TargetLength":
        >> NetEncoder[{"Tokens", {"a", "b"}, "TargetLength" -> 3}][{"b", "a b a b"}]
        = {{2, 3, 3}, {1, 2, 1}}
    Possible issues:
        >> NetEncoder["Tokens"]
        = $Failed
        message: NetEncoder::args
    Source: https://reference.wolfram.com/language/ref/netencoder/Tokens.html
    """
    unknown = settings["codes"]
    text = text_of(term) or ""
    words = words_of(settings, text.lower() if settings["ignore"] else text)
    return sequence_array(settings, [settings["places"].get(word, unknown) for word in words])


@decoder(
    "Tokens",
    construct=lambda arguments, options: {"tokens": token_list(arguments, "NetDecoder")},
    port=codes_port(lambda settings: len(settings["tokens"]) + 1),
    properties=("Decision",),
    arguments=("Tokens",),
)
def decode_tokens(settings: Settings, array: np.ndarray, property: Any) -> Term:
    """NetDecoder[{"Tokens", {"word1", "word2", …}}] turns a sequence of vectors of probabilities into a text.

    Details: The last element of each vector is the probability of any other word, for which _ is given. The words are
    joined by spaces.

    Examples:
        >> NetDecoder[{"Tokens", {"the", "cat"}}][{{0.9, 0.1, 0.}, {0., 0.2, 0.8}, {0.3, 0.4, 0.3}}]
        = "the _ cat"
        >> NetDecoder[NetEncoder[{"Tokens", {"the", "cat"}}]][{{0, 1, 0}}]
        = "cat"
    Possible issues:
        >> NetDecoder[{"Tokens", {"a", "a"}}]
        = $Failed
        message: NetDecoder::args
    Source: https://reference.wolfram.com/language/ref/netdecoder/Tokens.html
    """
    words = (*settings["tokens"], UNKNOWN)
    return " ".join(words[code - 1] for code in likeliest(array))
