"""Coders of texts by pieces of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.declare import decoder, encoder
from wlnet.coders.sequences import codes_port, likeliest, sequence_array, sequence_port, sequence_settings
from wlnet.coders.settings import boolean, choice, unfit, word
from wlnet.coders.subwords import basic_words, byte_pairs, parts_before_spaces, without_repeats, word_pieces
from wlnet.coders.vocabularies import read_vocabulary
from wlnet.errors import DataError, NetError
from wlnet.terms import FALSE, NONE, S, Term, elements, is_head, is_list, to_list

Settings = Mapping[str, Any]

#: What a decoder gives for any other token.
UNKNOWN = "\ufffd"
OPTIONS: dict[str, Term] = {
    "IgnoreCase": FALSE, "IncludeTerminalTokens": FALSE, "InputType": "String", "Method": "BPE",
    "OutputProperties": "VocabularyIndex", "TargetLength": S.All, "TextPreprocessing": NONE,
    "UnicodeNormalization": NONE, "Vocabulary": NONE,
}  # fmt: skip


def from_file(arguments: Sequence[Term], options: Mapping[str, Term]) -> tuple[Sequence[Term], Mapping[str, Term]]:
    """Puts the tokens of a file in its place, and the options that it asks for where they are not given."""
    if not arguments or not is_head(arguments[0], S.File, 1) or type(arguments[0].args[0]) is not str:
        return arguments, options
    found = read_vocabulary(arguments[0].args[0])
    return (to_list(found.tokens), *arguments[1:]), {**found.options, **options}


def vocabulary(arguments: Sequence[Term], head: str) -> dict[str, Any]:
    """Gives the codes of tokens, and those with a meaning of their own; raises NetError."""
    items = elements(arguments[0]) if arguments and is_list(arguments[0]) else ()
    codes = {item: code for code, item in enumerate(items, 1) if type(item) is str}
    names = {code: MARKS.get(item, "other" if is_head(item, S.Blank, 0) else "") for code, item in enumerate(items, 1)
             if type(item) is not str}  # fmt: skip
    marks = {name: code for code, name in names.items()}
    if not codes or "other" not in marks or "" in marks or len(codes) + len(marks) < len(items):
        raise NetError(
            f'{head}[{{"SubwordTokens", {{"token1", …, _}}}}] needs a file or a list of different tokens: strings, '
            "StartOfString, EndOfString, and _ for any other", tag="args", kind=head,
        )  # fmt: skip
    return {"tokens": codes, "count": len(items), "start": None, "end": None, **marks}


MARKS = {S.StartOfString: "start", S.EndOfString: "end"}


def method_of(options: Mapping[str, Term], head: str) -> dict[str, Any]:
    """Gives the settings of the option Method; raises NetError."""
    term = options.get("Method", "BPE")
    parts = elements(term) if is_list(term) else (term,)
    name = word(parts[0]) if parts else None
    inner = {word(item.args[0]): item.args[1] for item in parts[1:] if is_head(item, S.Rule, 2)}
    known = METHODS.get(name or "")
    if known is None or len(inner) < len(parts) - 1 or any(option not in known for option in inner):
        raise unfit(
            head, "Method", '"BPE", {"BPE", "CombineWhitespace" -> …, "WhitespacePadding" -> …} or "WordPiece"', term
        )
    given = {key or "": value for key, value in inner.items()}
    return {
        "method": name,
        "combine": boolean(given, "CombineWhitespace", head),
        "padding side": choice(given, "WhitespacePadding", head, "None", "Left", "Right"),
    }


#: Method → its options.
METHODS = {"BPE": ("CombineWhitespace", "WhitespacePadding"), "WordPiece": ()}


def subword_encoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    known = vocabulary(arguments, "NetEncoder")
    ignore = boolean(options, "IgnoreCase", "NetEncoder")
    terminal = boolean(options, "IncludeTerminalTokens", "NetEncoder")
    if terminal and (known["start"] is None or known["end"] is None):
        raise NetError(
            '"IncludeTerminalTokens" -> True needs StartOfString and EndOfString among the tokens',
            tag="option", kind="NetEncoder",
        )  # fmt: skip
    choice(options, "OutputProperties", "NetEncoder", "VocabularyIndex")
    tokens: dict[str, int] = {}
    for token, code in known["tokens"].items():
        tokens.setdefault(token.lower() if ignore else token, code)
    padding = known["count"] if known["end"] is None else known["end"]
    form = arguments[1] if len(arguments) > 1 else S.Automatic
    return {
        **known,
        "tokens": tokens,
        "longest": max(map(len, tokens)),
        "divisible": not any(" " in token[1:] for token in tokens),
        "done": {},
        "ignore": ignore,
        "terminal": terminal,
        "pieces": choice(options, "InputType", "NetEncoder", "String", "TokensList") == "TokensList",
        "normalization": choice(options, "UnicodeNormalization", "NetEncoder", "None", "NFC", "NFD", "NFKC", "NFKD"),
        "preprocessing": options.get("TextPreprocessing", NONE),
        "allowed": allowed_tokens(options.get("Vocabulary", NONE)),
        **method_of(options, "NetEncoder"),
        **sequence_settings("SubwordTokens", form, options, codes=known["count"], padding=padding),
    }


def allowed_tokens(term: Term) -> frozenset[str] | None:
    if term is NONE:
        return None
    if is_list(term) and all(type(item) is str for item in elements(term)):
        return frozenset(elements(term))
    raise unfit("NetEncoder", "Vocabulary", "a list of tokens or None", term)


def prepared(settings: Settings, text: str) -> str:
    """Gives a text after its preprocessing; raises DataError."""
    steps = settings["preprocessing"]
    found: Term = text
    for step in () if steps is NONE else elements(steps) if is_list(steps) else (steps,):
        found = settings["apply"](step, (found,))
    if type(found) is not str:
        raise DataError(
            'the functions in "TextPreprocessing" must give a text, but they gave `1`',
            tag="function", kind="NetEncoder", terms=(found,),
        )  # fmt: skip
    if settings["normalization"] != "None":
        found = unicodedata.normalize(settings["normalization"], found)
    if settings["ignore"]:
        found = found.lower()
    if settings["combine"]:
        found = re.sub(r"\s+", " ", found).strip()
    side = settings["padding side"]
    return " " + found if found and side == "Left" else found + " " if found and side == "Right" else found


def text_codes(settings: Settings, text: str) -> list[int]:
    """Gives the codes of a text without those of its ends."""
    prepared_text = prepared(settings, text)
    if settings["method"] == "WordPiece":
        parts, cut = basic_words(prepared_text), word_codes
    else:
        parts, cut = parts_before_spaces(prepared_text) if settings["divisible"] else [prepared_text], pair_codes
    done = settings["done"]
    if len(done) > REMEMBERED:
        done.clear()
    codes: list[int] = []
    for part in parts:
        if part not in done:
            done[part] = cut(settings, part)
        codes.extend(done[part])
    return without_repeats(codes, settings["other"]) if settings["method"] == "BPE" else codes


#: The codes of so many words are remembered.
REMEMBERED = 100_000


def pair_codes(settings: Settings, text: str) -> list[int]:
    tokens, other = settings["tokens"], settings["other"]
    return [tokens.get(piece, other) for piece in byte_pairs(text, tokens, settings["allowed"])]


def word_codes(settings: Settings, text: str) -> list[int]:
    pieces = word_pieces(text, settings["tokens"], settings["longest"])
    allowed = settings["allowed"]
    if pieces is None or (allowed is not None and any(piece not in allowed for piece in pieces)):
        return [settings["other"]]
    return [settings["tokens"][piece] for piece in pieces]


def is_for_subwords(settings: Settings, term: Term) -> bool:
    if settings["pieces"]:
        return is_list(term) and all(type(item) is str for item in elements(term))
    return type(term) is str


@encoder(
    "SubwordTokens",
    construct=subword_encoder,
    port=sequence_port,
    accepts=is_for_subwords,
    arguments=("Tokens", "Form"),
    options=OPTIONS,
    resolve=from_file,
)
def encode_subwords(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder[{"SubwordTokens", {"token1", "token2", …, _}}] turns a text into the numbers of the tokens that it is
    cut into.
    NetEncoder[{"SubwordTokens", File["name.model"]}] takes the tokens from a model of SentencePiece made by byte pair
    encoding, or from a text file with a token in each line.

    Details: Among the tokens are _ for what no other token fits, and maybe StartOfString and EndOfString. A space at the
    beginning of a token marks the beginning of a word. Method -> "BPE" joins neighboring characters and tokens as long as
    there are tokens for them, those that come first in the list first; "WordPiece" takes the longest token from left to
    right of each word. Neighboring characters without tokens are one _, as in SentencePiece. "BPESubwordTokens" is another
    name of "SubwordTokens". A file is read when the encoder is made, and its tokens are kept in the encoder.

    Examples:
        >> NetEncoder[{"SubwordTokens", {_, "a", "b", "ab", "aba", " "}}]["aba ab?"]
        = {5, 6, 4, 1}
        >> NetEncoder[{"SubwordTokens", {_, "a", "b", "ab"}, "UnitVector"}]["ab"]
        = {{0., 0., 0., 1.}}
        >> NetEncoder[{"BPESubwordTokens", {_, "a", "b", "ab"}}][{"ab", "ba"}]
        = {{4}, {3, 2}}
    Options: "IgnoreCase":
        >> NetEncoder[{"SubwordTokens", {_, "a", "b", "ab"}, "IgnoreCase" -> True}]["AB"]
        = {4}
    Options: "IncludeTerminalTokens":
        >> NetEncoder[{"SubwordTokens", {_, StartOfString, EndOfString, "a"}, "IncludeTerminalTokens" -> True}]["a"]
        = {2, 4, 3}
    Options: "InputType":
        >> NetEncoder[{"SubwordTokens", {_, "a", "b", "ab"}, "InputType" -> "TokensList"}][{"a", "b"}]
        = {2, 3}
    Options: "Method":
        >> NetEncoder[{"SubwordTokens", {_, " un", " affe", "affe", "able"}, Method -> "WordPiece"}]["unaffeable"]
        = {2, 4, 5}
        >> method = {"BPE", "CombineWhitespace" -> True, "WhitespacePadding" -> "Left"};
        >> NetEncoder[{"SubwordTokens", {_, "a", " ", " a"}, Method -> method}]["a   a"]
        = {4, 4}
    Options: "OutputProperties":
        >> NetEncoder[{"SubwordTokens", {_, "a"}, "OutputProperties" -> "VocabularyIndex"}]["a"]
        = {2}
    Options: "TargetLength":
        >> NetEncoder[{"SubwordTokens", {_, "a", EndOfString}, "TargetLength" -> 3}]["a"]
        = {2, 3, 3}
    Options: "TextPreprocessing":
        >> NetEncoder[{"SubwordTokens", {_, "a", "b"}, "TextPreprocessing" -> StringReverse}]["ab"]
        = {3, 2}
    Options: "UnicodeNormalization":
        >> NetEncoder[{"SubwordTokens", {_, "1", "2"}, "UnicodeNormalization" -> "NFKC"}]["①②"]
        = {2, 3}
    Options: "Vocabulary":
        >> NetEncoder[{"SubwordTokens", {_, "a", "b", "ab"}, "Vocabulary" -> {"a", "b"}}]["ab"]
        = {2, 3}
    Possible issues:
        >> NetEncoder[{"SubwordTokens", {"a", "b"}}]
        = $Failed
        message: NetEncoder::args
        >> NetEncoder[{"SubwordTokens", {_, "a"}, Method -> "Unigram"}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"SubwordTokens", File["no such file.model"]}]
        = $Failed
        message: NetEncoder::file
    Source: https://reference.wolfram.com/language/ref/netencoder/SubwordTokens.html
    """
    texts = elements(term) if settings["pieces"] else (term,)
    codes = [code for text in texts for code in text_codes(settings, text)]
    if settings["terminal"]:
        codes = [settings["start"], *codes, settings["end"]]
    return sequence_array(settings, codes)


def subword_decoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    known, method = vocabulary(arguments, "NetDecoder"), method_of(options, "NetDecoder")
    if method["method"] != "BPE":
        raise unfit("NetDecoder", "Method", '"BPE" in a decoder', options["Method"])
    return {**known, **method, "shown": {code: token for token, code in known["tokens"].items()}}


@decoder(
    "SubwordTokens",
    construct=subword_decoder,
    port=codes_port(lambda settings: settings["count"]),
    properties=("Decision",),
    arguments=("Tokens",),
    options={"Method": "BPE"},
    resolve=from_file,
)
def decode_subwords(settings: Settings, array: np.ndarray, property: Any) -> Term:
    """NetDecoder[{"SubwordTokens", {"token1", "token2", …, _}}] turns a sequence of vectors of probabilities into a text.

    Details: It is mostly made of an encoder. For _ the text has \ufffd; StartOfString and EndOfString give nothing, and a
    space that the Method of the encoder adds is taken off.

    Examples:
        >> NetDecoder[{"SubwordTokens", {_, "a", "b", " ab"}}][{{0., 0.2, 0.8, 0.}, {0., 0., 0., 1.}}]
        = "b ab"
        >> NetDecoder[NetEncoder[{"SubwordTokens", {_, "net", " "}}]][{{0, 1, 0}, {0, 0, 1}, {0, 1, 0}}]
        = "net net"
    Options: "Method":
        >> NetDecoder[{"SubwordTokens", {_, " a"}, Method -> {"BPE", "WhitespacePadding" -> "Left"}}][{{0, 1}, {0, 1}}]
        = "a a"
    Possible issues:
        >> NetDecoder[{"SubwordTokens", {_, " a"}, Method -> "WordPiece"}]
        = $Failed
        message: NetDecoder::option
    Source: https://reference.wolfram.com/language/ref/netdecoder/SubwordTokens.html
    """
    ends = (settings["start"], settings["end"])
    text = "".join(settings["shown"].get(code, UNKNOWN) for code in likeliest(array) if code not in ends)
    side = settings["padding side"]
    return text.removeprefix(" ") if side == "Left" else text.removesuffix(" ") if side == "Right" else text
