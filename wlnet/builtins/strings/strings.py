"""Strings put together and taken apart by position."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wlnet.builtins.lists.choosing import integers
from wlnet.builtins.lists.parts import place, span_slice
from wlnet.builtins.lists.taking import DROP, SEQUENCE, TAKE, stretch
from wlnet.kernel import Kernel, Message, builtin
from wlnet.syntax import write
from wlnet.terms import INERT, Expression, S, Term, elements, is_head, is_list, list_of, to_list
from wlnet.terms import attributes as flags

STRINGS = "String or list of strings expected at position `1` in `2`."
STRING = "String expected at position `1` in `2`."
WRONG = "Cannot insert at position `1` in `2`."
LONGEST = 10**8
ONLY_TEXTS = frozenset({str})


def over_strings(term: Term, function: Callable[[str], Term], name: str, *args: Term) -> Term:
    """Gives the function's value of a string, or the list of those of the strings of a list; else `name::strse`."""
    if type(term) is str:
        return function(term)
    if is_head(term, S.List) and all(type(item) is str for item in term.args):
        return to_list(map(function, term.args))
    raise Message("strse", 1, Expression(getattr(S, name), (term, *args)), text=STRINGS)


def list_of_texts(texts: Iterable[str]) -> Expression:
    """Gives the list of texts, marked as finished for ever."""
    made = Expression(S.List, tuple(texts))
    made.stamp = INERT
    return made


def to_text(term: Term) -> str:
    """Gives `ToString[term]`."""
    return term if type(term) is str else write(term, "OutputForm")


@builtin("StringJoin", category="Strings", attributes=flags.FLAT | flags.ONE_IDENTITY, messages={"string": STRING})
def string_join(kernel: Kernel, *terms: Term) -> Term:
    """StringJoin[s1, s2, …] or s1 <> s2 <> … joins strings, and the strings of lists.

    Examples:
        >> "ab" <> "c"
        = "abc"
        >> StringJoin[{"a", {"b", "c"}}]
        = "abc"
    Possible issues:
        >> "a" <> 1
        = "a" <> 1
        message: StringJoin::string
    """
    pieces: list[str] = []
    stack = [iter(terms)]
    while stack:
        for item in stack[-1]:
            if type(item) is str:
                pieces.append(item)
            elif is_list(item):
                stack.append(iter(elements(item)))
                break
            else:
                position = next((i for i, term in enumerate(terms, 1) if term is item), 1)
                raise Message("string", position, Expression(S.StringJoin, terms))
        else:
            stack.pop()
    return "".join(pieces)


@builtin(
    "StringLength", category="Strings", attributes=flags.LISTABLE, messages={"string": STRING}, of_text=len
)  # fmt: skip
def string_length(kernel: Kernel, text: Term) -> Term:
    """StringLength[s] gives the number of characters of a string.

    Examples:
        >> StringLength["tiger"]
        = 5
    Possible issues:
        >> StringLength[x]
        = StringLength[x]
        message: StringLength::string
    """
    if type(text) is not str:
        raise Message("string", 1, Expression(S.StringLength, (text,)))
    return len(text)


def _pieces(text: str, spec: Term, name: str, cut: Callable[[str, slice], str]) -> Term:
    if is_head(spec, S.List) and spec.args and all(is_list(item) for item in spec.args):
        return list_of(*(cut(text, stretch(item, text, len(text), name)) for item in spec.args))
    return cut(text, stretch(spec, text, len(text), name))


@builtin("StringTake", category="Strings", messages={"take": TAKE, "seqs": SEQUENCE}, curried="first")
def string_take(kernel: Kernel, text: Term, spec: Term) -> Term:
    """StringTake[s, n] gives the first n characters; the last if n is negative.
    StringTake[s, {m, n}] gives characters m through n, StringTake[s, {n}] the n-th.
    StringTake[s, UpTo[n]] gives n characters, or as many as there are.
    StringTake[{s1, s2, …}, spec] does so with each string.

    Examples:
        >> StringTake["abcde", 2]
        = "ab"
        >> StringTake["abcde", -2]
        = "de"
        >> StringTake["abcde", {2, 4}]
        = "bcd"
    Possible issues:
        >> StringTake["ab", 3]
        = StringTake["ab", 3]
        message: StringTake::take
        >> StringTake["ab", x]
        = StringTake["ab", x]
        message: StringTake::seqs
    """
    return over_strings(
        text, lambda each: _pieces(each, spec, "StringTake", lambda s, part: s[part]), "StringTake", spec
    )


@builtin("StringDrop", category="Strings", messages={"drop": DROP, "seqs": SEQUENCE}, curried="first")
def string_drop(kernel: Kernel, text: Term, spec: Term) -> Term:
    """StringDrop[s, n] gives the string without its first n characters; without its last if n is negative.
    StringDrop[s, {m, n}] leaves out characters m through n.

    Examples:
        >> StringDrop["abcde", 2]
        = "cde"
        >> StringDrop["abcde", {2, 3}]
        = "ade"
    Possible issues:
        >> StringDrop["ab", 3]
        = StringDrop["ab", 3]
        message: StringDrop::drop
        >> StringDrop["ab", x]
        = StringDrop["ab", x]
        message: StringDrop::seqs
    """

    def without(given: str, part: slice) -> str:
        left_out = set(range(*part.indices(len(given))))
        return "".join(c for i, c in enumerate(given) if i not in left_out)

    return over_strings(text, lambda each: _pieces(each, spec, "StringDrop", without), "StringDrop", spec)


@builtin("StringPart", category="Strings")
def string_part(kernel: Kernel, text: Term, spec: Term) -> Term | None:
    """StringPart[s, n] gives the n-th character; from the end if n is negative.
    StringPart[s, {i, j, …}] or StringPart[s, i;;j] gives a list of characters.

    Examples:
        >> StringPart["abc", -1]
        = "c"
        >> StringPart["abc", {1, 3}]
        = {"a", "c"}
    """
    return over_strings(text, lambda each: _characters_at(list(each), spec, each), "StringPart", spec)


def _characters_at(chars: list[str], spec: Term, text: str) -> Term:
    index: list[int] | None = None
    given = integers(spec)
    if type(spec) is int:
        return chars[place(spec, len(chars), text)]
    if given is not None:
        index = [place(each, len(chars), text) for each in given]
    elif is_head(spec, S.Span):
        index = list(range(*span_slice(spec, len(chars), text).indices(len(chars))))
    if index is None:
        raise Message("seqs", spec, text=SEQUENCE)
    return list_of(*(chars[i] for i in index))


@builtin("StringInsert", category="Strings", messages={"ins": WRONG})
def string_insert(kernel: Kernel, text: Term, new: Term, where: Term) -> Term | None:
    """StringInsert[s, new, n] inserts new so that it begins at character n; from the end if n is negative.
    StringInsert[s, new, {n1, n2, …}] inserts at several places.

    Examples:
        >> StringInsert["abc", "X", 2]
        = "aXbc"
        >> StringInsert["abc", "X", -1]
        = "abcX"
    Possible issues:
        >> StringInsert["abc", "X", 9]
        = StringInsert["abc", "X", 9]
        message: StringInsert::ins
    """
    places = [where] if type(where) is int else integers(where)
    if type(new) is not str or places is None:
        return None
    return over_strings(text, lambda each: _inserted(each, new, places), "StringInsert", new, where)


def _inserted(text: str, new: str, places: list[int]) -> str:
    count = len(text)
    for wanted in places:
        if not (1 <= wanted <= count + 1 or -count - 1 <= wanted <= -1):
            raise Message("ins", wanted, text)
    for at in sorted((n - 1 if n > 0 else count + 1 + n for n in places), reverse=True):
        text = text[:at] + new + text[at:]
    return text


@builtin("StringReverse", category="Strings", attributes=flags.LISTABLE, of_text=lambda text: text[::-1])
def string_reverse(kernel: Kernel, text: Term) -> Term:
    """StringReverse[s] gives the characters in reverse order.

    Examples:
        >> StringReverse["abc"]
        = "cba"
    """
    return over_strings(text, lambda each: each[::-1], "StringReverse")


@builtin("StringRepeat", category="Strings")
def string_repeat(kernel: Kernel, text: Term, count: Term, longest: Term = None) -> Term | None:
    """StringRepeat[s, n] gives the string n times over.
    StringRepeat[s, n, max] gives at most max characters.

    Examples:
        >> StringRepeat["ab", 3]
        = "ababab"
        >> StringRepeat["ab", 3, 5]
        = "ababa"
    """
    if type(count) is not int or count < 0 or not (longest is None or (type(longest) is int and longest >= 0)):
        return None
    if type(text) is str and len(text) * count > LONGEST:
        return None
    return over_strings(text, lambda each: (each * count)[:longest], "StringRepeat", count)


def _padded(text: Term, width: Term, fill: Term, name: str, left: bool) -> Term | None:
    if type(fill) is not str or not fill:
        return None
    if width is None and is_list(text) and all(type(item) is str for item in elements(text)):
        width = max(map(len, elements(text)), default=0)
    if type(width) is not int or not 0 <= width <= LONGEST:
        return None

    def pad(each: str) -> str:
        if len(each) >= width:
            return each[len(each) - width :] if left else each[:width]
        # The text lies on repetitions of the padding, which begin or end where it does.
        laid = fill * (width // len(fill) + 1)
        return laid[len(laid) - width : len(laid) - len(each)] + each if left else each + laid[len(each) : width]

    return over_strings(text, pad, name, width, fill)


@builtin("StringPadLeft", category="Strings")
def string_pad_left(kernel: Kernel, text: Term, width: Term = None, fill: Term = " ") -> Term | None:
    """StringPadLeft[s, n] gives n characters, with spaces on the left; of a longer string the last n.
    StringPadLeft[s, n, fill] pads with fill; StringPadLeft[{s1, …}] pads to the longest.

    Examples:
        >> StringPadLeft["7", 3, "0"]
        = "007"
        >> StringPadLeft["abc", 8, "xy"]
        = "xyxyxabc"
    """
    return _padded(text, width, fill, "StringPadLeft", True)


@builtin("StringPadRight", category="Strings")
def string_pad_right(kernel: Kernel, text: Term, width: Term = None, fill: Term = " ") -> Term | None:
    """StringPadRight[s, n] gives n characters, with spaces on the right; of a longer string the first n.
    StringPadRight[s, n, fill] pads with fill; StringPadRight[{s1, …}] pads to the longest.

    Examples:
        >> StringPadRight["ab", 4, "."]
        = "ab.."
        >> StringPadRight["abc", 5, "xy"]
        = "abcyx"
    """
    return _padded(text, width, fill, "StringPadRight", False)


@builtin("StringRiffle", category="Strings")
def string_riffle(kernel: Kernel, term: Term, *separators: Term) -> Term | None:
    """StringRiffle[{a, b, …}] joins elements, as text, with spaces between them.
    StringRiffle[list, sep] puts sep between them; StringRiffle[list, {left, sep, right}] also left and right around.
    StringRiffle[{{…}, …}, sep1, sep2] joins rows by sep1 and their elements by sep2.

    Examples:
        >> StringRiffle[{"a", "b", 3}]
        = "a b 3"
        >> StringRiffle[{1, 2}, ", "]
        = "1, 2"
        >> StringRiffle[{1, 2}, {"(", ";", ")"}]
        = "(1;2)"
        >> StringRiffle[{{1, 2}, {3, 4}}, "\\n", "\\t"]
        = "1\\t2\\n3\\t4"
    """
    if not is_list(term):
        return None
    around = [_around(separator) for separator in separators]
    if any(each is None for each in around):
        return None
    if not around:
        is_nested = any(is_list(item) for item in elements(term))
        around = [("", "\n", ""), ("", " ", "")] if is_nested else [("", " ", "")]
    return _riffled(term, [each for each in around if each is not None])


def _around(separator: Term) -> tuple[str, str, str] | None:
    if type(separator) is str:
        return "", separator, ""
    if is_head(separator, S.List, 3) and all(type(item) is str for item in separator.args):
        return separator.args[0], separator.args[1], separator.args[2]
    return None


def _riffled(term: Term, around: list[tuple[str, str, str]]) -> str:
    if not around or not is_list(term):
        return to_text(term)
    left, between, right = around[0]
    if len(around) == 1:
        return left + between.join(map(to_text, elements(term))) + right
    return left + between.join(_riffled(item, around[1:]) for item in elements(term)) + right
