"""The symbols of string patterns, and the names of options of string functions."""

from __future__ import annotations

from wlnet.kernel import Kernel, builtin, constant
from wlnet.terms import Expression, S, Term
from wlnet.terms import attributes as flags


@builtin("StringExpression", category="Strings", attributes=flags.FLAT | flags.ONE_IDENTITY)
def string_expression(kernel: Kernel, *terms: Term) -> Term | None:
    """StringExpression[p, q, …] or p ~~ q ~~ … is the string pattern of p followed by q, and so on.

    Examples:
        >> "a" ~~ "b"
        = "ab"
        >> StringMatchQ["x=1", _ ~~ "=" ~~ DigitCharacter]
        = True
    """
    merged: list[Term] = []
    for term in terms:
        if type(term) is str and merged and type(merged[-1]) is str:
            merged[-1] += term
        else:
            merged.append(term)
    if len(merged) == len(terms):
        return None if terms else ""
    return merged[0] if len(merged) == 1 else Expression(S.StringExpression, tuple(merged))


@constant("RegularExpression", category="Strings")
def regular_expression() -> None:
    """RegularExpression["regex"] is the string pattern of a regular expression.

    Details: In what a match turns into, $1, $2, … stand for its groups.

    Examples:
        >> StringCases["a1b22", RegularExpression["[0-9]+"]]
        = {"1", "22"}
    """


@constant("DatePattern", category="Strings")
def date_pattern() -> None:
    """DatePattern[{"Year", "-", "Month", …}] is the string pattern of a date with these elements.
    DatePattern[{"Month", "Day"}, sep] has a pattern between each two elements; else one of - / : . , and a space.

    Examples:
        >> StringCases["from 2024-01-31 to 5/6/2025", DatePattern[{"Year", "Month", "Day"}] | DatePattern[{"Day", "Month", "Year"}, "/"]]
        = {"2024-01-31", "5/6/2025"}
    """


@constant("DigitCharacter", category="Strings")
def digit_character() -> None:
    """DigitCharacter matches a digit 0 through 9 in a string pattern.

    Examples:
        >> StringCases["a1", DigitCharacter]
        = {"1"}
    """


@constant("LetterCharacter", category="Strings")
def letter_character() -> None:
    """LetterCharacter matches a letter in a string pattern.

    Examples:
        >> StringCases["a1", LetterCharacter]
        = {"a"}
    """


@constant("WordCharacter", category="Strings")
def word_character() -> None:
    """WordCharacter matches a letter or digit in a string pattern.

    Examples:
        >> StringCases["a-1", WordCharacter]
        = {"a", "1"}
    """


@constant("HexadecimalCharacter", category="Strings")
def hexadecimal_character() -> None:
    """HexadecimalCharacter matches a digit of base 16 in a string pattern.

    Examples:
        >> StringCases["xF", HexadecimalCharacter]
        = {"F"}
    """


@constant("PunctuationCharacter", category="Strings")
def punctuation_character() -> None:
    """PunctuationCharacter matches a punctuation character in a string pattern.

    Examples:
        >> StringCases["a,b!", PunctuationCharacter]
        = {",", "!"}
    """


@constant("WhitespaceCharacter", category="Strings")
def whitespace_character() -> None:
    """WhitespaceCharacter matches one space, tab or line end in a string pattern.

    Examples:
        >> StringReplace["a b", WhitespaceCharacter -> "_"]
        = "a_b"
    """


@constant("Whitespace", category="Strings")
def whitespace() -> None:
    """Whitespace matches a run of spaces, tabs and line ends in a string pattern.

    Examples:
        >> StringReplace["a   b", Whitespace -> " "]
        = "a b"
    """


@constant("NumberString", category="Strings")
def number_string() -> None:
    """NumberString matches the digits of a number, with a sign and a decimal point, in a string pattern.

    Examples:
        >> StringCases["x=-1.5, y=2", NumberString]
        = {"-1.5", "2"}
    """


@constant("StartOfString", category="Strings")
def start_of_string() -> None:
    """StartOfString matches the beginning of the string in a string pattern.

    Examples:
        >> StringReplace["aa", StartOfString ~~ "a" -> "b"]
        = "ba"
    """


@constant("EndOfString", category="Strings")
def end_of_string() -> None:
    """EndOfString matches the end of the string in a string pattern.

    Examples:
        >> StringReplace["aa", "a" ~~ EndOfString -> "b"]
        = "ab"
    """


@constant("StartOfLine", category="Strings")
def start_of_line() -> None:
    """StartOfLine matches the beginning of a line in a string pattern.

    Examples:
        >> StringReplace["a\\na", StartOfLine -> "> "]
        = "> a\\n> a"
    """


@constant("EndOfLine", category="Strings")
def end_of_line() -> None:
    """EndOfLine matches the end of a line in a string pattern.

    Examples:
        >> StringReplace["a\\na", EndOfLine -> ";"]
        = "a;\\na;"
    """


@constant("WordBoundary", category="Strings")
def word_boundary() -> None:
    """WordBoundary matches the beginning or end of a word in a string pattern.

    Examples:
        >> StringCases["cat concat", WordBoundary ~~ "cat"]
        = {"cat"}
    """


@constant("IgnoreCase", category="Strings")
def ignore_case() -> None:
    """IgnoreCase is an option of string functions: whether upper and lower case letters count as the same.

    Examples:
        >> StringContainsQ["ABC", "b", IgnoreCase -> True]
        = True
    """


@constant("Overlaps", category="Strings")
def overlaps() -> None:
    """Overlaps is an option of string functions: whether matches may share characters.

    Examples:
        >> StringCount["aaa", "aa", Overlaps -> True]
        = 2
    """
