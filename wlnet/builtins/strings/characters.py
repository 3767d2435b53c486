"""Characters: their codes, their case, their kinds; digits of integers; distance and hash of strings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

import numpy as np

from wlnet.builtins.lists.choosing import integers
from wlnet.builtins.strings.strings import list_of_texts, over_strings
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, FALSE, TRUE, Term, elements, is_list, list_of, to_list, truth
from wlnet.terms import attributes as flags
from wlnet.terms.same import key

CODE = "A list of character codes (integers from 0 to 1114111) is expected instead of `1`."
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LAST_CODE = 0x10FFFF


@builtin("Characters", category="Strings", attributes=flags.LISTABLE, of_text=list_of_texts)
def characters(kernel: Kernel, text: Term) -> Term:
    """Characters[s] gives the list of the characters of a string.

    Examples:
        >> Characters["abc"]
        = {"a", "b", "c"}
    """
    return over_strings(text, list_of_texts, "Characters")


@builtin("ToUpperCase", category="Strings", attributes=flags.LISTABLE, of_text=str.upper)
def to_upper_case(kernel: Kernel, text: Term) -> Term:
    """ToUpperCase[s] gives the string with all letters in upper case.

    Examples:
        >> ToUpperCase["abC"]
        = "ABC"
    """
    return over_strings(text, str.upper, "ToUpperCase")


@builtin("ToLowerCase", category="Strings", attributes=flags.LISTABLE, of_text=str.lower)
def to_lower_case(kernel: Kernel, text: Term) -> Term:
    """ToLowerCase[s] gives the string with all letters in lower case.

    Examples:
        >> ToLowerCase["ABc"]
        = "abc"
    """
    return over_strings(text, str.lower, "ToLowerCase")


@builtin("Capitalize", category="Strings")
def capitalize(kernel: Kernel, text: Term, what: Term = "FirstWord") -> Term | None:
    """Capitalize[s] gives the string with its first letter in upper case.
    Capitalize[s, "AllWords"] does so with every word.

    Examples:
        >> Capitalize["ab cd"]
        = "Ab cd"
        >> Capitalize["ab cd", "AllWords"]
        = "Ab Cd"
    """
    if type(what) is not str or what not in ("FirstWord", "AllWords"):
        return None
    if what == "FirstWord":
        return over_strings(text, lambda each: each[:1].upper() + each[1:], "Capitalize")
    return over_strings(text, _all_capitalized, "Capitalize", what)


def _all_capitalized(text: str) -> str:
    words = ("".join(run) for _, run in groupby(text, str.isspace))
    return "".join(word[:1].upper() + word[1:] for word in words)


@builtin("ToCharacterCode", category="Strings", messages={"encoding": "`1` cannot be written in the encoding `2`."})
def to_character_code(kernel: Kernel, text: Term, encoding: Term = None) -> Term:
    """ToCharacterCode[s] gives the list of the codes of the characters of a string.
    ToCharacterCode[s, "encoding"] gives the bytes of a string in an encoding such as "UTF8" or "ISO8859-1".

    Examples:
        >> ToCharacterCode["aB"]
        = {97, 66}
        >> ToCharacterCode["ä", "UTF8"]
        = {195, 164}
    Possible issues:
        >> ToCharacterCode["ä", "ASCII"]
        = $Failed
        message: ToCharacterCode::encoding
    """
    if type(encoding) is str and encoding != "Unicode":
        try:
            return over_strings(text, lambda each: to_list(each.encode(encoding)), "ToCharacterCode")
        except (LookupError, ValueError):
            raise Message("encoding", text, encoding, result=FAILED) from None
    return over_strings(text, lambda each: to_list(map(ord, each)), "ToCharacterCode")


@builtin("FromCharacterCode", category="Strings", messages={"code": CODE})
def from_character_code(kernel: Kernel, codes: Term) -> Term:
    """FromCharacterCode[n] gives the character with a code.
    FromCharacterCode[{n1, n2, …}] gives the string of several; lists of lists give lists of strings.

    Examples:
        >> FromCharacterCode[97]
        = "a"
        >> FromCharacterCode[{72, 105}]
        = "Hi"
    Possible issues:
        >> FromCharacterCode[-1]
        = FromCharacterCode[-1]
        message: FromCharacterCode::code
    """
    given = [codes] if type(codes) is int else integers(codes)
    if given is not None:
        if any(not 0 <= code <= LAST_CODE for code in given):
            raise Message("code", codes)
        return "".join(map(chr, given))
    if is_list(codes) and all(map(is_list, elements(codes))):
        return list_of(*(from_character_code(kernel, row) for row in elements(codes)))
    raise Message("code", codes)


@builtin("CharacterRange", category="Strings")
def character_range(kernel: Kernel, first: Term, last: Term) -> Term | None:
    """CharacterRange["a", "z"] gives the list of the characters from a to z.
    CharacterRange[m, n] gives those with codes m to n.

    Examples:
        >> CharacterRange["a", "d"]
        = {"a", "b", "c", "d"}
    """
    ends = [ord(end) if type(end) is str and len(end) == 1 else end for end in (first, last)]
    if not all(type(end) is int and 0 <= end <= LAST_CODE for end in ends):
        return None
    return list_of(*map(chr, range(ends[0], ends[1] + 1)))


def _kind(text: Term, name: str, test: Callable[[str], bool]) -> Term:
    """Tells whether all characters of a string pass a test."""
    return over_strings(text, lambda each: truth(all(map(test, each))), name)


@builtin("LetterQ", category="Strings", attributes=flags.LISTABLE)
def letter_q(kernel: Kernel, text: Term) -> Term:
    """LetterQ[s] tells whether all characters of a string are letters.

    Examples:
        >> LetterQ["abc"]
        = True
        >> LetterQ["a1"]
        = False
        >> LetterQ[x]
        = LetterQ[x]
        message: LetterQ::strse
    """
    return _kind(text, "LetterQ", str.isalpha)


@builtin("DigitQ", category="Strings", attributes=flags.LISTABLE)
def digit_q(kernel: Kernel, text: Term) -> Term:
    """DigitQ[s] tells whether all characters of a string are digits 0 through 9.

    Examples:
        >> DigitQ["123"]
        = True
    """
    return _kind(text, "DigitQ", lambda c: c in DIGITS[:10])


@builtin("UpperCaseQ", category="Strings", attributes=flags.LISTABLE)
def upper_case_q(kernel: Kernel, text: Term) -> Term:
    """UpperCaseQ[s] tells whether all characters of a string are upper case letters.

    Examples:
        >> UpperCaseQ["AbC"]
        = False
    """
    return _kind(text, "UpperCaseQ", str.isupper)


@builtin("LowerCaseQ", category="Strings", attributes=flags.LISTABLE)
def lower_case_q(kernel: Kernel, text: Term) -> Term:
    """LowerCaseQ[s] tells whether all characters of a string are lower case letters.

    Examples:
        >> LowerCaseQ["abc"]
        = True
    """
    return _kind(text, "LowerCaseQ", str.islower)


@builtin("IntegerString", category="Strings", attributes=flags.LISTABLE)
def integer_string(kernel: Kernel, number: Term, base: Term = 10, length: Term = None) -> Term | None:
    """IntegerString[n] gives the decimal digits of an integer, without its sign.
    IntegerString[n, b] gives its digits in base b; IntegerString[n, b, len] exactly len of them.

    Examples:
        >> IntegerString[255, 16]
        = "ff"
        >> IntegerString[5, 2, 8]
        = "00000101"
    """
    if type(number) is not int or type(base) is not int or not 2 <= base <= 36:
        return None
    if not (length is None or (type(length) is int and 0 <= length <= 10**6)):
        return None
    value, found = abs(number), ""
    while value:
        value, digit = divmod(value, base)
        found = DIGITS[digit] + found
    found = found or "0"
    if length is None:
        return found
    padded = found.rjust(length, "0")
    return padded[len(padded) - length :]


@builtin("EditDistance", category="Strings", options={"IgnoreCase": FALSE})
def edit_distance(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """EditDistance[s, t] gives how many characters have to be inserted, deleted or exchanged to make t of s.
    EditDistance[list1, list2] does the same with elements of lists.

    Examples:
        >> EditDistance["kitten", "sitting"]
        = 3
    Options: "IgnoreCase":
        >> EditDistance["ABC", "abd", IgnoreCase -> True]
        = 1
    """
    if type(a) is str and type(b) is str:
        if options["IgnoreCase"] is TRUE:
            a, b = a.lower(), b.lower()
        return _distance(list(a), list(b))
    if is_list(a) and is_list(b):
        return _distance(list(map(key, elements(a))), list(map(key, elements(b))))
    return None


def _distance(a: list[Any], b: list[Any]) -> int:
    """Gives the Levenshtein distance, one row of the table at a time."""
    codes = {item: code for code, item in enumerate(dict.fromkeys((*a, *b)))}
    right = np.array([codes[item] for item in b], dtype=np.int64)
    places = np.arange(len(b) + 1)
    row = places.copy()
    for count, item in enumerate(a, 1):
        changed = np.minimum(row[1:] + 1, row[:-1] + (right != codes[item]))
        # An insertion costs one a place: the running minimum of cost minus place finds the best chain of them.
        row = np.minimum.accumulate(np.concatenate(([count], changed)) - places) + places
    return int(row[-1])
