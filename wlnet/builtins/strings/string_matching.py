"""Strings searched: StringReplace, StringCases, StringSplit, StringPosition and the tests of strings."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Callable

from wlnet.builtins.strings.string_bodies import Body
from wlnet.builtins.strings.string_patterns import INVALID, StringPattern, compile_string_pattern
from wlnet.builtins.strings.strings import over_strings
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
        self.has_groups = has_groups(self.right)
        self.body = Body(kernel, self.right, tuple(self.pattern.names))

    def result(self, found: re.Match[str]) -> Term:
        """Gives what a match turns into; the matched text itself where the rule is a bare pattern."""
        if self.right is None:
            return found.group()
        if not self.has_groups:
            return self.right if type(self.right) is str else self.body.value(self.pattern.bindings(found))
        right = _with_groups(self.right, found)
        return right if type(right) is str else self.kernel.evaluate(substitute(right, self.pattern.bindings(found)))


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


def pieces(rules: list[StringRule], text: str, limit: int = UNLIMITED) -> list[tuple[str, Term | None]]:
    """Gives the text cut at the matches: what stands before each and what the match turns into.

    Among matches that begin at one place the first rule wins; the last piece has None for a match.
    """
    cut: list[tuple[str, Term | None]] = []
    at = searched = 0
    if len(rules) == 1:
        for match in itertools.islice(rules[0].pattern.matches(text), limit):
            cut.append((text[at : match.start()], rules[0].result(match)))
            at = match.end()
        cut.append((text[at:], None))
        return cut
    while len(cut) < limit and searched <= len(text):
        best: tuple[re.Match[str], StringRule] | None = None
        for rule in rules:
            found = rule.pattern.search(text, searched)
            if found is not None and (best is None or found.start() < best[0].start()):
                best = found, rule
        if best is None:
            break
        found, rule = best
        cut.append((text[at : found.start()], rule.result(found)))
        at = found.end()
        searched = at + (found.end() == found.start())
    cut.append((text[at:], None))
    return cut


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
        parts: list[Term] = []
        for before, new in pieces(string_rules(kernel, rules, each, ignores_case(options)), each, count):
            parts += [before] if new is None else [before, new]
        if all(type(part) is str for part in parts):
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
        else:
            found = [new for _, new in pieces(rules, each, count) if new is not None]
        return list_of(*found[:count])

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
        return sum(1 for _ in compiled.matches(each, options["Overlaps"] is TRUE))

    return over_strings(text, counted, "StringCount", pattern)
