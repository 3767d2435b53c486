"""Strings searched: StringReplace, StringCases, StringSplit, StringPosition and the tests of strings."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

from wlnet.builtins.strings.string_bodies import Body
from wlnet.builtins.strings.string_patterns import INVALID, StringPattern, compile_string_pattern
from wlnet.builtins.strings.strings import ONLY_TEXTS, list_of_texts, over_strings
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import substitute
from wlnet.terms import FALSE, TRUE, Expression, S, Term, elements, is_head, is_list, list_of, to_list, truth

CASE = {"IgnoreCase": FALSE}
OVERLAPS = {"IgnoreCase": FALSE, "Overlaps": TRUE}
UNLIMITED = sys.maxsize
META = re.compile(r"\\(.)|([*@])", re.DOTALL)


def ignores_case(options: dict[str, Term]) -> bool:
    """Tells whether the option IgnoreCase is True."""
    return options["IgnoreCase"] is TRUE


def count_of(limit: Term) -> int:
    """Gives the limit that an argument such as 3 or Infinity stands for; raises `strpat` for anything else."""
    if type(limit) is int and limit >= 0:
        return min(limit, UNLIMITED)
    if limit is S.Infinity or limit is S.All or is_head(limit, S.DirectedInfinity):
        return UNLIMITED
    raise Message("strpat", limit, text="A nonnegative integer or Infinity is expected instead of `1`.")


class StringRule:
    """A rule of strings: a pattern, and what a match turns into."""

    def __init__(self, kernel: Kernel, given: Term, text: str, ignore_case: bool, *, bare: bool = False) -> None:
        self.kernel = kernel
        is_rule = is_head(given, S.Rule, 2) or is_head(given, S.RuleDelayed, 2)
        if not is_rule and not bare:
            raise Message("strpat", given, text=INVALID)
        left: Term
        self.right: Term
        left, self.right = given.args if is_rule else (given, None)
        if is_head(self.right, S.Condition, 2):
            left = Expression(S.Condition, (left, self.right.args[1]))
            self.right = self.right.args[0]
        self.pattern: StringPattern = compile_string_pattern(kernel, left, text, ignore_case=ignore_case)
        has_names = has_groups(self.right)
        #: Whether the result is the matched text itself (of a bare pattern), or always the same text.
        self.is_constant = self.right is None or (type(self.right) is str and not has_names)
        #: Gives what a match turns into.
        self.result = self._with_groups if has_names else self._how()

    def _how(self) -> Callable[[re.Match[str]], Term]:
        right, named = self.right, self.pattern.named
        if right is None:
            return itemgetter(0)
        if self.is_constant:
            return lambda found: right
        body = Body(self.kernel, right, tuple(self.pattern.names))
        return lambda found: body.value(*named(found))

    def _with_groups(self, found: re.Match[str]) -> Term:
        right = _with_groups(self.right, found)
        if type(right) is str:
            return right
        bindings = dict(zip(self.pattern.names, self.pattern.named(found), strict=True))
        return self.kernel.evaluate(substitute(right, bindings))


def has_groups(term: Term) -> bool:
    """Tells whether a text in a term may name the groups of a regular expression."""
    if type(term) is Expression:
        return has_groups(term.head) or any(map(has_groups, term.args))
    return type(term) is str and "$" in term


def _with_groups(term: Term, found: re.Match[str]) -> Term:
    """Gives a term with the groups of a regular expression in place of $1, $2, … in its texts, and the whole match for $0."""

    def group(place: re.Match[str]) -> str:
        number = int(place.group(1))
        return (found.group(number) or "") if number <= found.re.groups else place.group()

    if type(term) is Expression:
        return Expression(_with_groups(term.head, found), tuple(_with_groups(arg, found) for arg in term.args))
    return re.sub(r"\$([0-9])", group, term) if type(term) is str and "$" in term else term


def string_rules(kernel: Kernel, given: Term, text: str, ignore_case: bool, *, bare: bool = False) -> list[StringRule]:
    """Compiles a rule or a list of rules for one text; with `bare` patterns alone also."""
    each = elements(given) if is_list(given) else (given,)
    return [StringRule(kernel, rule, text, ignore_case, bare=bare) for rule in each]


def pieces(rules: list[StringRule], text: str, limit: int = UNLIMITED) -> tuple[list[str], list[Term]]:
    """Gives a text cut at the matches: what stands between them, and what they turn into (one less)."""
    values: list[Term]
    if len(rules) != 1:
        found = list(itertools.islice(by_any(rules, text), limit))
        spans, values = [span for span, _ in found], [value for _, value in found]
    elif limit == UNLIMITED and rules[0].is_constant:
        spans, right = rules[0].pattern.spans(text), rules[0].right
        values = [text[start:end] for start, end in spans] if right is None else [right] * len(spans)
    else:
        spans, values, result = [], [], rules[0].result
        for match in itertools.islice(rules[0].pattern.matches(text), limit):
            spans.append(match.span())
            values.append(result(match))
    ends = [0, *(end for _, end in spans)]
    return [text[end:start] for end, (start, _) in zip(ends, (*spans, (len(text), 0)), strict=True)], values


def by_any(rules: list[StringRule], text: str) -> Iterator[tuple[tuple[int, int], Term]]:
    """Yields where some rule matches, and what it makes of that; the first of those that match at one place wins."""
    coming = [rule.pattern.search(text, 0) for rule in rules]
    at = 0
    while at <= len(text):
        for place, rule in enumerate(rules):
            # A match that still lies ahead is what a search from here would find.
            match = coming[place]
            if match is not None and match.start() < at:
                coming[place] = rule.pattern.search(text, at)
        ahead = [(match.start(), place) for place, match in enumerate(coming) if match is not None]
        if not ahead:
            return
        _, first = min(ahead)
        found: Any = coming[first]
        yield found.span(), rules[first].result(found)
        at = found.end() + (found.end() == found.start())


@builtin("StringReplace", category="Strings", options=CASE, curried="first")
def string_replace(
    kernel: Kernel, text: Term, rules: Term, limit: Term = S.Infinity, *, options: dict[str, Term]
) -> Term:
    """StringReplace[s, patt -> new] replaces every match of a string pattern.
    StringReplace[s, {rule1, …}] tries the rules in order at each place; StringReplace[s, rules, n] replaces n times.
    StringReplace[{s1, …}, rules] does so with each string.

    Examples:
        >> StringReplace["abcab", "ab" -> "X"]
        = "XcX"
        >> StringReplace["a1b22", d : DigitCharacter .. :> "<" <> d <> ">"]
        = "a<1>b<22>"
        >> StringReplace["a1", RegularExpression["([a-z])([0-9])"] :> StringRepeat["$1", 3]]
        = "aaa"
        >> StringReplace["John Smith", RegularExpression["(\\\\w+) (\\\\w+)"] -> "$2 $1"]
        = "Smith John"
    Options: "IgnoreCase":
        >> StringReplace["Aa", "a" -> "x", IgnoreCase -> True]
        = "xx"
    """
    count = count_of(limit)

    def replaced(each: str) -> Term:
        between, values = pieces(string_rules(kernel, rules, each, ignores_case(options)), each, count)
        parts: list[Term] = [""] * (2 * len(values) + 1)
        parts[::2], parts[1::2] = between, values
        if ONLY_TEXTS.issuperset(map(type, values)):
            return "".join(parts)
        return Expression(S.StringExpression, tuple(part for part in parts if part != ""))

    return over_strings(text, replaced, "StringReplace", rules)


@builtin("StringCases", category="Strings", options={**CASE, "Overlaps": FALSE}, curried="first")
def string_cases(
    kernel: Kernel, text: Term, patterns: Term, limit: Term = S.Infinity, *, options: dict[str, Term]
) -> Term:
    """StringCases[s, patt] gives the list of the parts of a string that match a pattern.
    StringCases[s, patt -> new] gives what they turn into; StringCases[s, patt, n] at most n of them.

    Examples:
        >> StringCases["a1b22", DigitCharacter ..]
        = {"1", "22"}
        >> StringCases["k=v; x=y", a_ ~~ "=" ~~ b_ :> {a, b}]
        = {{"k", "v"}, {"x", "y"}}
    Options: "IgnoreCase":
        >> StringCases["Aab", "a", IgnoreCase -> True]
        = {"A", "a"}
    Options: "Overlaps":
        >> StringCases["aaa", "aa", Overlaps -> True]
        = {"aa", "aa"}
    """
    count = count_of(limit)

    def cases(each: str) -> Term:
        rules = string_rules(kernel, patterns, each, ignores_case(options), bare=True)
        if options["Overlaps"] is TRUE:
            found = [rule.result(match) for rule in rules for match in rule.pattern.matches(each, True)]
        elif len(rules) == 1 and rules[0].right is None and count == UNLIMITED:
            return list_of_texts(rules[0].pattern.texts(each))
        else:
            found = pieces(rules, each, count)[1]
        found = found[:count]
        return list_of_texts(found) if ONLY_TEXTS.issuperset(map(type, found)) else list_of(*found)

    return over_strings(text, cases, "StringCases", patterns)


def _searching(
    kernel: Kernel, text: Term, pattern: Term, options: dict[str, Term], name: str, test: Callable[..., bool]
) -> Term:
    def tested(each: str) -> Term:
        compiled = compile_string_pattern(kernel, pattern, each, ignore_case=ignores_case(options))
        return truth(test(compiled, each))

    return over_strings(text, tested, name, pattern)


@builtin("StringContainsQ", category="Strings", options=CASE, curried="first")
def string_contains_q(kernel: Kernel, text: Term, pattern: Term, *, options: dict[str, Term]) -> Term:
    """StringContainsQ[s, patt] tells whether some part of a string matches a pattern.

    Examples:
        >> StringContainsQ["layer/Weights", "/"]
        = True
        >> StringContainsQ["x"][{"ax", "b"}]
        = {True, False}
    Options: "IgnoreCase":
        >> StringContainsQ["ABC", "b", IgnoreCase -> True]
        = True
    """
    return _searching(
        kernel, text, pattern, options, "StringContainsQ", lambda found, each: found.search(each, 0) is not None
    )


@builtin("StringFreeQ", category="Strings", options=CASE, curried="first")
def string_free_q(kernel: Kernel, text: Term, pattern: Term, *, options: dict[str, Term]) -> Term:
    """StringFreeQ[s, patt] tells whether no part of a string matches a pattern.

    Examples:
        >> StringFreeQ["abc", DigitCharacter]
        = True
    Options: "IgnoreCase":
        >> StringFreeQ["ABC", "b", IgnoreCase -> True]
        = False
    """
    return _searching(kernel, text, pattern, options, "StringFreeQ", lambda found, each: found.search(each, 0) is None)


@builtin("StringMatchQ", category="Strings", options=CASE, curried="first")
def string_match_q(kernel: Kernel, text: Term, pattern: Term, *, options: dict[str, Term]) -> Term:
    """StringMatchQ[s, patt] tells whether the whole string matches a pattern.

    Details: In a pattern that is a string, * stands for any characters and @ for one or more that are not upper case.

    Examples:
        >> StringMatchQ["abc", "a" ~~ __]
        = True
        >> StringMatchQ["layer1", "layer*"]
        = True
        >> StringMatchQ["abc", "ab"]
        = False
        >> StringMatchQ[{"b", "aab"}, Repeated["a", {1, Infinity}] ~~ "b"]
        = {False, True}
    Options: "IgnoreCase":
        >> StringMatchQ["ABC", "abc", IgnoreCase -> True]
        = True
    """
    wanted = from_wildcards(pattern) if type(pattern) is str else pattern
    return _searching(kernel, text, wanted, options, "StringMatchQ", lambda found, each: found.fits(each))


def from_wildcards(text: str) -> Term:
    """Gives the pattern of a string in which * and @ are wildcards (not after a backslash)."""

    def meaning(found: re.Match[str]) -> str:
        if found.group(1) is not None:
            return re.escape(found.group(1))
        return ".*" if found.group(2) == "*" else "[^A-Z]+"

    source, at = "", 0
    for found in META.finditer(text):
        source += re.escape(text[at : found.start()]) + meaning(found)
        at = found.end()
    return Expression(S.RegularExpression, (source + re.escape(text[at:]),))


@builtin("StringStartsQ", category="Strings", options=CASE, curried="first")
def string_starts_q(kernel: Kernel, text: Term, pattern: Term, *, options: dict[str, Term]) -> Term:
    """StringStartsQ[s, patt] tells whether a string begins with a match of a pattern.

    Examples:
        >> StringStartsQ["abc", "ab"]
        = True
    Options: "IgnoreCase":
        >> StringStartsQ["ABC", "ab", IgnoreCase -> True]
        = True
    """
    wanted = Expression(S.StringExpression, (S.StartOfString, pattern))
    return _searching(
        kernel, text, wanted, options, "StringStartsQ", lambda found, each: found.search(each, 0) is not None
    )


@builtin("StringEndsQ", category="Strings", options=CASE, curried="first")
def string_ends_q(kernel: Kernel, text: Term, pattern: Term, *, options: dict[str, Term]) -> Term:
    """StringEndsQ[s, patt] tells whether a string ends with a match of a pattern.

    Examples:
        >> StringEndsQ["net.wlnet", ".wlnet"]
        = True
    Options: "IgnoreCase":
        >> StringEndsQ["ABC", "c", IgnoreCase -> True]
        = True
    """
    wanted = Expression(S.StringExpression, (pattern, S.EndOfString))
    return _searching(
        kernel, text, wanted, options, "StringEndsQ", lambda found, each: found.search(each, 0) is not None
    )


@builtin("StringPosition", category="Strings", options=OVERLAPS, curried="first")
def string_position(
    kernel: Kernel, text: Term, pattern: Term, limit: Term = S.Infinity, *, options: dict[str, Term]
) -> Term:
    """StringPosition[s, patt] gives the first and last places {i, j} of each match of a pattern.
    StringPosition[s, patt, n] gives at most n of them.

    Examples:
        >> StringPosition["abab", "ab"]
        = {{1, 2}, {3, 4}}
    Options: "IgnoreCase":
        >> StringPosition["aA", "A", IgnoreCase -> True]
        = {{1, 1}, {2, 2}}
    Options: "Overlaps":
        >> StringPosition["aaa", "aa", Overlaps -> False]
        = {{1, 2}}
    """
    count = count_of(limit)
    overlaps = options["Overlaps"] is not FALSE

    def places(each: str) -> Term:
        compiled = compile_string_pattern(kernel, pattern, each, ignore_case=ignores_case(options))
        found = [to_list((match.start() + 1, match.end())) for match in compiled.matches(each, overlaps)]
        return to_list(found[:count])

    return over_strings(text, places, "StringPosition", pattern)


@builtin("StringCount", category="Strings", options={**CASE, "Overlaps": FALSE}, curried="first")
def string_count(kernel: Kernel, text: Term, pattern: Term, *, options: dict[str, Term]) -> Term:
    """StringCount[s, patt] gives how often a pattern matches in a string.

    Examples:
        >> StringCount["abcab", "ab"]
        = 2
    Options: "IgnoreCase":
        >> StringCount["aA", "a", IgnoreCase -> True]
        = 2
    Options: "Overlaps":
        >> StringCount["aaa", "aa", Overlaps -> True]
        = 2
    """

    def counted(each: str) -> Term:
        compiled = compile_string_pattern(kernel, pattern, each, ignore_case=ignores_case(options))
        is_plain = options["Overlaps"] is not TRUE
        return len(compiled.spans(each)) if is_plain else sum(1 for _ in compiled.matches(each, True))

    return over_strings(text, counted, "StringCount", pattern)
