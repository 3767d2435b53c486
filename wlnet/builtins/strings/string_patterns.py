"""String patterns, compiled to Python's regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from wlnet.builtins.strings.string_bodies import Body
from wlnet.kernel import Kernel, Message
from wlnet.patterns.matching import UNBOUNDED
from wlnet.patterns.repeated import repetitions
from wlnet.terms import TRUE, Expression, S, Symbol, Term, is_head, is_list
from wlnet.terms.packed import elements

INVALID = "`1` is not a string pattern."
EXPRESSION = "The regular expression `1` is not valid: `2`."

#: Symbol → the regular expression that it stands for.
CLASSES = {
    S.DigitCharacter: r"[0-9]",
    S.LetterCharacter: r"[^\W\d_]",
    S.WordCharacter: r"[^\W_]",
    S.HexadecimalCharacter: r"[0-9a-fA-F]",
    S.PunctuationCharacter: r"""[!-/:-@\[-`{-~]""",
    S.WhitespaceCharacter: r"\s",
    S.Whitespace: r"\s+",
    S.NumberString: r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)",
    S.StartOfString: r"\A",
    S.EndOfString: r"\Z",
    S.StartOfLine: r"^",
    S.EndOfLine: r"$",
    S.WordBoundary: r"\b",
}
BLANKS = {S.Blank: "", S.BlankSequence: "+", S.BlankNullSequence: "*"}


@dataclass(slots=True)
class StringPattern:
    """A compiled string pattern: a regular expression, its names, and conditions on what the names stand for."""

    regex: re.Pattern[str]
    names: dict[Symbol, str]
    conditions: tuple[Body, ...]

    def named(self, found: re.Match[str]) -> list[str]:
        """Gives the texts that the names stand for in a match."""
        return [found[group] or "" for group in self.names.values()]

    def holds(self, found: re.Match[str]) -> bool:
        """Tells whether all conditions of the pattern hold for a match."""
        if not self.conditions:
            return True
        texts = self.named(found)
        return all(condition.value(*texts) is TRUE for condition in self.conditions)

    def search(self, text: str, start: int) -> re.Match[str] | None:
        """Gives the first match at or after a place."""
        found = self.regex.search(text, start)
        while found is not None and not self.holds(found):
            if found.start() >= len(text):
                return None
            found = self.regex.search(text, found.start() + 1)
        return found

    def fits(self, text: str) -> bool:
        """Tells whether the whole text matches."""
        found = self.regex.fullmatch(text)
        return found is not None and self.holds(found)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Gives where the matches begin and end."""
        if not self.conditions:
            found = [match.span() for match in self.regex.finditer(text)]
            if all(start < end for start, end in found):
                return found
        return [match.span() for match in self.matches(text)]

    def texts(self, text: str) -> list[str]:
        """Gives the texts of the matches."""
        if not self.conditions and not self.regex.groups:
            found: list[str] = self.regex.findall(text)
            if "" not in found:
                return found
        return [text[start:end] for start, end in self.spans(text)]

    def matches(self, text: str, overlaps: bool = False) -> Iterator[re.Match[str]]:
        """Yields the matches from left to right; with `overlaps` one for each place where there is one."""
        at = 0
        if not self.conditions and not overlaps:
            for each in self.regex.finditer(text):
                yield each
                at = each.end()
                if at == each.start():
                    # After an empty match, `finditer` looks for a longer one at the same place.
                    at += 1
                    break
            else:
                return
        while at <= len(text):
            found = self.search(text, at)
            if found is None:
                return
            yield found
            at = found.start() + 1 if overlaps or found.end() == found.start() else found.end()


@dataclass(slots=True)
class _Compiler:
    """One compilation. `text` is the string to be matched: the tests of a pattern are tried on its characters.

    asks: whether it had such tests, so that the result is good for this text alone.
    """

    kernel: Kernel
    text: str
    names: dict[Symbol, str] = field(default_factory=dict)
    conditions: list[Term] = field(default_factory=list)
    lazy: str = ""
    asks: bool = False

    def build(self, pattern: Term) -> str:
        """Gives the regular expression of a pattern; raises `strpat` where it is none."""
        if type(pattern) is str:
            return re.escape(pattern)
        if type(pattern) is Symbol and pattern in CLASSES:
            return CLASSES[pattern]
        if is_list(pattern):
            return self.any_of(elements(pattern))
        if type(pattern) is Expression and type(pattern.head) is Symbol:
            builder = BUILDERS.get(pattern.head)
            if builder is not None:
                return builder(self, pattern)
        raise Message("strpat", pattern, text=INVALID)

    def any_of(self, patterns: tuple[Term, ...]) -> str:
        return "(?:" + "|".join(map(self.build, patterns)) + ")"

    def sequence(self, pattern: Expression) -> str:
        return "".join(map(self.build, pattern.args))

    def date(self, pattern: Expression) -> str:
        given = elements(pattern.args[0]) if pattern.args and is_list(pattern.args[0]) else ()
        if not given or len(pattern.args) > 2 or not all(type(item) is str for item in given):
            raise Message("strpat", pattern, text=INVALID)
        between = self.build(pattern.args[1]) if len(pattern.args) == 2 else DATE_SEPARATORS
        parts, was_element = [], False
        for item in given:
            element = DATE_ELEMENTS.get(item)
            parts.append((between if was_element and element else "") + (element or re.escape(item)))
            was_element = element is not None
        return "(?:" + "".join(parts) + ")"

    def alternatives(self, pattern: Expression) -> str:
        return self.any_of(pattern.args)

    def blank(self, pattern: Expression) -> str:
        sign = BLANKS[pattern.head]
        return "." + sign + (self.lazy if sign else "")

    def named(self, pattern: Expression) -> str:
        name, inner = self._pair(pattern)
        if type(name) is not Symbol:
            raise Message("strpat", pattern, text=INVALID)
        known = self.names.get(name)
        if known is not None:
            return f"(?P={known})"
        body = self.build(inner)
        self.names[name] = group = f"name{len(self.names)}"
        return f"(?P<{group}>{body})"

    def repeated(self, pattern: Expression) -> str:
        sign = "+" if pattern.head is S.Repeated else "*"
        if len(pattern.args) == 2:
            given = repetitions(pattern.args[1], int(pattern.head is S.Repeated))
            if given is None or given[0] > given[1]:
                raise Message("strpat", pattern, text=INVALID)
            least, most = given
            sign = f"{{{least},{most if most < UNBOUNDED else ''}}}"
        return f"(?:{self.build(pattern.args[0])}){sign}{self.lazy}"

    def shortest(self, pattern: Expression) -> str:
        before, self.lazy = self.lazy, "?" if pattern.head is S.Shortest else ""
        try:
            return self.build(pattern.args[0])
        finally:
            self.lazy = before

    def excepted(self, pattern: Expression) -> str:
        inner = self.build(pattern.args[0])
        return f"(?!{inner}){self.build(pattern.args[1]) if len(pattern.args) == 2 else '.'}"

    def tested(self, pattern: Expression) -> str:
        inner, test = self._pair(pattern)
        if is_head(inner, S.Pattern, 2):
            return self.build(Expression(S.Pattern, (inner.args[0], Expression(S.PatternTest, (inner.args[1], test)))))
        if type(inner) is not Expression or inner.head not in BLANKS:
            raise Message("strpat", pattern, text=INVALID)
        self.asks = True
        passing = [c for c in sorted(set(self.text)) if self.kernel.evaluate(Expression(test, (c,))) is TRUE]
        chars = "".join(map(re.escape, passing))
        sign = BLANKS[inner.head]
        return (f"[{chars}]" if chars else r"[^\s\S]") + sign + (self.lazy if sign else "")

    def conditioned(self, pattern: Expression) -> str:
        inner, condition = self._pair(pattern)
        self.conditions.append(condition)
        return self.build(inner)

    def regular(self, pattern: Expression) -> str:
        if len(pattern.args) != 1 or type(pattern.args[0]) is not str:
            raise Message("strpat", pattern, text=INVALID)
        return f"(?:{pattern.args[0]})"

    def inner(self, pattern: Expression) -> str:
        return self.build(pattern.args[0]) if pattern.args else ""

    def _pair(self, pattern: Expression) -> tuple[Term, Term]:
        if len(pattern.args) != 2:
            raise Message("strpat", pattern, text=INVALID)
        return pattern.args[0], pattern.args[1]


#: Head of a pattern → what builds its regular expression.
#: What may stand between the elements of a date where nothing else is said.
DATE_SEPARATORS = "[-/:., ]"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DATE_ELEMENTS = {
    "Year": "[0-9]{4}", "YearShort": "[0-9]{2}", "Month": "(?:1[0-2]|0?[1-9])", "Day": "(?:3[01]|[12][0-9]|0?[1-9])",
    "MonthShort": "(?:1[0-2]|[1-9])", "DayShort": "(?:3[01]|[12][0-9]|[1-9])",
    "MonthName": f"(?:{'|'.join(_MONTHS)})", "MonthNameShort": f"(?:{'|'.join(name[:3] for name in _MONTHS)})",
    "DayName": f"(?:{'|'.join(_DAYS)})", "DayNameShort": f"(?:{'|'.join(name[:3] for name in _DAYS)})",
    "Hour": "(?:2[0-3]|[01]?[0-9])", "Hour24": "(?:2[0-3]|[01]?[0-9])", "Hour12": "(?:1[0-2]|0?[1-9])",
    "Minute": "[0-5]?[0-9]", "Second": "[0-5]?[0-9]", "AMPM": "(?:AM|PM)", "AMPMLowerCase": "(?:am|pm)",
    "SecondExact": "[0-5]?[0-9](?:\\.[0-9]+)?", "Millisecond": "[0-9]{3}",
}  # fmt: skip
BUILDERS: dict[Symbol, Callable[[_Compiler, Expression], str]] = {
    S.StringExpression: _Compiler.sequence,
    S.PatternSequence: _Compiler.sequence,
    S.Alternatives: _Compiler.alternatives,
    S.Blank: _Compiler.blank,
    S.BlankSequence: _Compiler.blank,
    S.BlankNullSequence: _Compiler.blank,
    S.Pattern: _Compiler.named,
    S.Repeated: _Compiler.repeated,
    S.RepeatedNull: _Compiler.repeated,
    S.Shortest: _Compiler.shortest,
    S.Longest: _Compiler.shortest,
    S.Except: _Compiler.excepted,
    S.PatternTest: _Compiler.tested,
    S.Condition: _Compiler.conditioned,
    S.RegularExpression: _Compiler.regular,
    S.DatePattern: _Compiler.date,
    S.HoldPattern: _Compiler.inner,
    S.Verbatim: _Compiler.inner,
}
NEEDS_ARGUMENT = frozenset({S.Repeated, S.RepeatedNull, S.Shortest, S.Longest, S.Except})


KEPT = 512
# (a text, or the identity of another pattern; whether case is ignored) → the pattern and what it was compiled to.
_compiled: dict[tuple[str | int, bool], tuple[Term, StringPattern]] = {}


def compile_string_pattern(kernel: Kernel, pattern: Term, text: str, *, ignore_case: bool = False) -> StringPattern:
    """Gives a string pattern compiled for matching this text; raises `strpat` or `regex` where it is none."""
    place = (pattern if type(pattern) is str else id(pattern), ignore_case)
    known = _compiled.get(place)
    if known is not None:
        return known[1]
    compiler, made = _compile(kernel, pattern, text, ignore_case)
    if not made.conditions and not compiler.asks:
        if len(_compiled) >= KEPT:
            _compiled.clear()
        _compiled[place] = (pattern, made)
    return made


def _compile(kernel: Kernel, pattern: Term, text: str, ignore_case: bool) -> tuple[_Compiler, StringPattern]:
    compiler = _Compiler(kernel, text)
    flags = re.DOTALL | re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    _check(pattern)
    source = compiler.build(pattern)
    try:
        regex = re.compile(source, flags)
    except (re.error, OverflowError) as error:
        raise Message("regex", source, str(error), text=EXPRESSION) from None
    names = tuple(compiler.names)
    conditions = tuple(Body(kernel, term, names) for term in compiler.conditions)
    return compiler, StringPattern(regex, compiler.names, conditions)


def _check(pattern: Term) -> None:
    """Raises `strpat` where a part of the pattern lacks its argument."""
    if type(pattern) is Expression:
        if pattern.head in NEEDS_ARGUMENT and not pattern.args:
            raise Message("strpat", pattern, text=INVALID)
        for part in pattern.args:
            _check(part)
