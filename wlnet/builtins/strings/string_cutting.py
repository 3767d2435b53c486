"""Strings cut by patterns: StringSplit, StringTrim, StringDelete, StringExtract, TextWords."""

from __future__ import annotations

import re

from wlnet.builtins.lists.choosing import integers
from wlnet.builtins.lists.parts import place
from wlnet.builtins.strings.string_matching import (
    CASE,
    UNLIMITED,
    StringRule,
    count_of,
    ignores_case,
    pieces,
    string_rules,
)
from wlnet.builtins.strings.string_patterns import compile_string_pattern
from wlnet.builtins.strings.strings import ONLY_TEXTS, list_of_texts, over_strings
from wlnet.kernel import Kernel, builtin
from wlnet.terms import TRUE, Expression, S, Term, is_head, list_of

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@builtin("StringSplit", category="Strings")
def string_split(kernel: Kernel, text: Term, *given: Term) -> Term:
    """StringSplit[s] cuts a string at whitespace.
    StringSplit[s, patt] cuts at each match of a pattern; empty strings at both ends are left out.
    StringSplit[s, patt -> new] puts new between the pieces.
    StringSplit[s, patt, n] gives at most n pieces, StringSplit[s, patt, All] also empty ones at the ends.

    Examples:
        >> StringSplit["a bc  d"]
        = {"a", "bc", "d"}
        >> StringSplit["a,b,,c", ","]
        = {"a", "b", "", "c"}
        >> StringSplit["a-b", "-" -> "+"]
        = {"a", "+", "b"}
        >> StringSplit["a.b.c", ".", 2]
        = {"a", "b.c"}
    Options: "IgnoreCase":
        >> StringSplit["aXbxc", "x", IgnoreCase -> True]
        = {"a", "b", "c"}
    """
    # A rule is a pattern here, so that the kernel cannot tell which one is an option.
    arguments = [term for term in given if not _is_option(term)]
    ignore_case = any(term.args[1] is TRUE for term in given if _is_option(term))
    patterns, limit = (*arguments, *(S.Whitespace, S.Infinity)[len(arguments) :])[:2]
    most = count_of(limit)
    cuts = most if most == UNLIMITED else max(most - 1, 0)

    def split(each: str) -> Term:
        rules = string_rules(kernel, patterns, each, ignore_case, bare=True)
        found = _cut(rules, each, cuts)
        if limit is not S.All:
            while found and found[0] == "":
                del found[0]
            while found and found[-1] == "":
                del found[-1]
        return list_of_texts(found) if ONLY_TEXTS.issuperset(map(type, found)) else list_of(*found)

    return over_strings(text, split, "StringSplit", patterns)


def _is_option(term: Term) -> bool:
    return is_head(term, S.Rule, 2) and term.args[0] is S.IgnoreCase


def _cut(rules: list[StringRule], text: str, cuts: int) -> list[Term]:
    if cuts == 0:
        return [text]
    between, values = pieces(rules, text, cuts)
    if all(rule.right is None for rule in rules):
        return between
    found: list[Term] = [""] * (2 * len(values) + 1)
    found[::2], found[1::2] = between, values
    return found


@builtin("StringTrim", category="Strings")
def string_trim(kernel: Kernel, text: Term, pattern: Term = None) -> Term:
    """StringTrim[s] gives a string without whitespace at both ends.
    StringTrim[s, patt] takes a match of a pattern off each end.

    Examples:
        >> StringTrim["  ab c "]
        = "ab c"
        >> StringTrim["--ab-", "-" ..]
        = "ab"
    """

    def trimmed(each: str) -> Term:
        if pattern is None:
            return each.strip()
        start = Expression(S.StringExpression, (S.StartOfString, pattern))
        end = Expression(S.StringExpression, (pattern, S.EndOfString))
        found = compile_string_pattern(kernel, start, each).search(each, 0)
        each = each[found.end() :] if found is not None else each
        found = compile_string_pattern(kernel, end, each).search(each, 0)
        return each[: found.start()] if found is not None else each

    return over_strings(text, trimmed, "StringTrim")


@builtin("StringDelete", category="Strings", options=CASE, curried="first")
def string_delete(kernel: Kernel, text: Term, patterns: Term, *, options: dict[str, Term]) -> Term:
    """StringDelete[s, patt] gives a string without the matches of a pattern.

    Examples:
        >> StringDelete["a1b2", DigitCharacter]
        = "ab"
    Options: "IgnoreCase":
        >> StringDelete["aXbx", "x", IgnoreCase -> True]
        = "ab"
    """

    def deleted(each: str) -> Term:
        rules = string_rules(kernel, patterns, each, ignores_case(options), bare=True)
        return "".join(pieces(rules, each)[0])

    return over_strings(text, deleted, "StringDelete", patterns)


@builtin("StringExtract", category="Strings")
def string_extract(kernel: Kernel, text: Term, spec: Term) -> Term | None:
    """StringExtract[s, n] gives the n-th word of a string, words being what whitespace separates.
    StringExtract[s, {i, j, …}] gives several; StringExtract[s, sep -> n] separates by sep.

    Examples:
        >> StringExtract["the quick fox", 2]
        = "quick"
        >> StringExtract["a,b,c", "," -> -1]
        = "c"
    """
    separator, wanted = spec.args if is_head(spec, S.Rule, 2) else (None, spec)
    places = [wanted] if type(wanted) is int else integers(wanted)
    if places is None or not (separator is None or (type(separator) is str and separator)):
        return None

    def extracted(each: str) -> Term:
        words = each.split(separator)
        chosen = [words[place(n, len(words), each)] for n in places]
        return chosen[0] if type(wanted) is int else list_of(*chosen)

    return over_strings(text, extracted, "StringExtract", spec)


@builtin("TextWords", category="Strings")
def text_words(kernel: Kernel, text: Term, count: Term = None) -> Term | None:
    """TextWords[s] gives the words of a text, without punctuation.
    TextWords[s, n] gives the first n words.

    Examples:
        >> TextWords["Yes, it's fine."]
        = {"Yes", "it's", "fine"}
    """
    if not (count is None or (type(count) is int and count >= 0)):
        return None
    return over_strings(text, lambda each: list_of_texts(WORD.findall(each)[:count]), "TextWords")
