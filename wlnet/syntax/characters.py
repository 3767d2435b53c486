"""Named characters and the escapes of strings."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache

from wlnet.syntax.grammar import grammar_text
from wlnet.syntax.operators import operator_table

#: `\[Name]` and the numeric escapes of a character, which mean it inside and outside strings.
CHARACTER = re.compile(r"\\(?:\[([A-Za-z][A-Za-z0-9]*)\]|:([0-9a-fA-F]{4})|\|([0-9a-fA-F]{6})|\.([0-9a-fA-F]{2}))")
ACCENTS = {
    "Acute": "ACUTE", "Grave": "GRAVE", "DoubleDot": "DIAERESIS", "Hat": "CIRCUMFLEX", "Tilde": "TILDE",
    "Ring": "RING ABOVE", "Cedilla": "CEDILLA", "Hacek": "CARON", "Cup": "BREVE", "Bar": "MACRON",
    "DoubleAcute": "DOUBLE ACUTE", "Slash": "STROKE", "Ogonek": "OGONEK",
}  # fmt: skip
ACCENTED = re.compile(rf"(Capital)?([A-Z])({'|'.join(ACCENTS)})")
STYLED = re.compile(r"(Script|DoubleStruck|Gothic|Formal)(Capital)?([A-Z])")
#: Where the language keeps the letters of a style: 26 in a row, small ones and capital ones.
STYLES = {
    "Script": 0xF6B2, "Gothic": 0xF6CC, "DoubleStruck": 0xF6E6, "Formal": 0xF800,
    "ScriptCapital": 0xF770, "GothicCapital": 0xF78A, "DoubleStruckCapital": 0xF7A4, "FormalCapital": 0xF81A,
}  # fmt: skip
#: How far the formal letters of the Greek alphabet lie behind the ordinary ones.
FORMAL_GREEK = 0xF834 - ord("\u0391")
#: Letters of a style that Unicode had before.
LETTERLIKE = {
    "ScriptE": "\u212f", "ScriptG": "\u210a", "ScriptL": "\u2113", "ScriptO": "\u2134", "ScriptCapitalB": "\u212c",
    "ScriptCapitalE": "\u2130", "ScriptCapitalF": "\u2131", "ScriptCapitalH": "\u210b", "ScriptCapitalI": "\u2110",
    "ScriptCapitalL": "\u2112", "ScriptCapitalM": "\u2133", "ScriptCapitalR": "\u211b", "GothicCapitalC": "\u212d",
    "GothicCapitalH": "\u210c", "GothicCapitalI": "\u2111", "GothicCapitalR": "\u211c", "GothicCapitalZ": "\u2128",
}  # fmt: skip


@cache
def _table() -> dict[str, str]:
    return operator_table().characters | tomllib.loads(grammar_text("characters.toml")) | LETTERLIKE


@cache
def named_character(name: str) -> str | None:
    r"""Gives the character that `\[name]` means, or None for a name that we do not know."""
    found = _table().get(name)
    if found is not None:
        return found
    greek = named_character(name.removeprefix("Formal")) if name.startswith("Formal") else None
    if greek is not None and "\u0391" <= greek <= "\u03c9":
        return chr(ord(greek) + FORMAL_GREEK)
    styled = STYLED.fullmatch(name)
    if styled:
        return chr(STYLES[styled[1] + (styled[2] or "")] + ord(styled[3]) - ord("A"))
    for unicode_name in _unicode_names(name):
        try:
            return unicodedata.lookup(unicode_name)
        except KeyError:
            continue
    return None


def _unicode_names(name: str) -> list[str]:
    case = "CAPITAL" if name.startswith("Capital") else "SMALL"
    # Unicode spells it so.
    letter = name.removeprefix("Capital").upper().replace("LAMBDA", "LAMDA")
    names = [f"GREEK {case} LETTER {letter}"]
    accented = ACCENTED.fullmatch(name)
    if accented:
        names.append(f"LATIN {case} LETTER {accented[2]} WITH {ACCENTS[accented[3]]}")
    return names


def character(match: re.Match[str]) -> str | None:
    """Gives the character of a match of CHARACTER, or None where there is no such character."""
    if match[1]:
        return named_character(match[1])
    code = int(match[2] or match[3] or match[4], 16)
    return chr(code) if code <= 0x10FFFF else None


STRING_ESCAPE = re.compile(CHARACTER.pattern + r"|\\([0-7]{3})|\\(\r?\n|.)", re.DOTALL)
LETTER_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\",
    "<": "", ">": "", "\n": "", "\r\n": "",
}  # fmt: skip


def _unescaped(match: re.Match[str]) -> str:
    if match[5]:
        return chr(int(match[5], 8))
    if match[6]:
        return LETTER_ESCAPES.get(match[6], match[0])
    found = character(match)
    return match[0] if found is None else found


def read_string(text: str) -> str:
    """Gives the string that a literal means; escapes that mean nothing stay as they are."""
    body = text[1:-1]
    return STRING_ESCAPE.sub(_unescaped, body) if "\\" in body else body


WRITTEN = {code: f"\\.{code:02x}" for code in range(32)} | {
    ord("\n"): "\\n", ord("\t"): "\\t", ord("\r"): "\\r", ord('"'): '\\"', ord("\\"): "\\\\",
}  # fmt: skip


def write_string(value: str) -> str:
    """Gives the literal of a string, quotes and escapes included."""
    return f'"{value.translate(WRITTEN)}"'
