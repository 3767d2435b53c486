"""Tables of characters: which code each character of a text has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from wlnet.errors import NetError
from wlnet.terms import S, Symbol, Term, elements, is_head, is_list

#: What stands where a text has a character without one code of its own.
UNKNOWN = "\ufffd"
ASCII = [chr(code) for code in range(128)]

#: Symbol → whether a character belongs to its group.
GROUPS: dict[Symbol, Callable[[str], bool]] = {
    S.LetterCharacter: str.isalpha,
    S.DigitCharacter: lambda character: character in "0123456789",
    S.WordCharacter: str.isalnum,
    S.PunctuationCharacter: lambda character: character.isascii() and character.isprintable()
    and not character.isalnum() and character != " ",
    S.WhitespaceCharacter: str.isspace,
}  # fmt: skip
PRINTABLE = ["\t", "\n", *(chr(code) for code in range(32, 127))]


@dataclass(slots=True)
class CharacterTable:
    """Character → code, counted from 1: single characters first, then groups in their order, then any other."""

    ignore_case: bool
    head: str
    single: dict[str, int] = field(default_factory=dict)
    groups: list[tuple[Callable[[str], bool], int]] = field(default_factory=list)
    other: int | None = None
    start: int | None = None
    end: int | None = None
    codes: int = 0
    shown: dict[int, str] = field(default_factory=dict)

    def codes_of(self, text: str) -> Iterator[int | None]:
        """Yields the code of each character, None where it has none."""
        if self.start is not None:
            yield self.start
        for character in self.folded(text):
            yield self.code_of(character)
        if self.end is not None:
            yield self.end

    def code_of(self, character: str) -> int | None:
        found = self.single.get(character)
        if found is None:
            found = next((code for belongs, code in self.groups if belongs(character)), self.other)
        return found

    def folded(self, text: str) -> str:
        return text.lower() if self.ignore_case else text

    def text_of(self, codes: Sequence[int]) -> str:
        """Gives the text that codes stand for, without what marks its ends."""
        return "".join(self.shown.get(code, UNKNOWN) for code in codes if code not in (self.start, self.end))

    # Building

    def add(self, item: Term) -> None:
        """Adds an item of a specification; raises NetError."""
        if is_head(item, S.Rule, 2):
            self.assign(item.args[0], item.args[1])
        elif is_list(item):
            for part in elements(item):
                self.add(part)
        elif item in MARKS:
            self.mark(item, self.codes + 1)
        elif is_head(item, S.Blank, 0):
            self.other = self.take(self.codes + 1)
        else:
            for character in self.characters(item):
                if character not in self.single:
                    self.give(character, self.codes + 1)

    def assign(self, left: Term, right: Term) -> None:
        """Gives all characters of an item one code, a certain or the next one; or one code of a span n;;m each."""
        if is_head(right, S.Span, 2):
            first, last = right.args
            characters = self.characters(left)
            if type(first) is not int or type(last) is not int or len(characters) != last - first + 1 or first < 1:
                raise NetError("the span of codes `1` has not as many codes as there are characters in `2`",
                               tag="args", kind=self.head, terms=(right, left))  # fmt: skip
            for code, character in enumerate(characters, first):
                self.give(character, code)
            return
        code = self.codes + 1 if right is S.Automatic else right
        if type(code) is not int or code < 1:
            raise NetError("the code of characters must be a positive integer, a span or Automatic, not `1`",
                           tag="args", kind=self.head, terms=(right,))  # fmt: skip
        for part in elements(left) if is_list(left) else (left,):
            self.assign_one(part, code)

    def assign_one(self, item: Term, code: int) -> None:
        belongs = GROUPS.get(item) if type(item) is Symbol else None
        if item in MARKS:
            self.mark(item, code)
        elif is_head(item, S.Blank, 0):
            self.other = self.take(code)
        elif belongs is not None:
            self.groups.append((belongs, self.take(code)))
        else:
            for character in self.characters(item):
                self.give(character, code)

    def mark(self, item: Term, code: int) -> None:
        setattr(self, MARKS[item], self.take(code))

    def give(self, character: str, code: int) -> None:
        self.single[character] = self.take(code)
        self.shown.setdefault(code, character)

    def take(self, code: int) -> int:
        self.codes = max(self.codes, code)
        return code

    def characters(self, item: Term) -> list[str]:
        """Gives the characters of a text, of a span n;;m of character codes, or of a group (those of ASCII)."""
        if type(item) is str:
            return list(self.folded(item))
        if item is S.Automatic:
            return list(dict.fromkeys(map(self.folded, PRINTABLE)))
        if type(item) is Symbol and item in GROUPS:
            return list(dict.fromkeys(self.folded(character) for character in ASCII if GROUPS[item](character)))
        if is_head(item, S.Span, 2) and all(type(code) is int and 0 <= code < 0x110000 for code in item.args):
            return [self.folded(chr(code)) for code in range(item.args[0], item.args[1] + 1)]
        raise NetError(
            "`1` names no characters; a table is made of strings, spans of character codes, Automatic, LetterCharacter "
            "and the like, StartOfString, EndOfString, _, and rules from these to a code",
            tag="args", kind=self.head, terms=(item,),
        )  # fmt: skip


#: Symbol → the field of a table with its code.
MARKS = {S.StartOfString: "start", S.EndOfString: "end"}


def character_table(term: Term, ignore_case: bool, head: str) -> CharacterTable:
    """Gives the table of a specification; raises NetError, as `head`."""
    table = CharacterTable(ignore_case, head)
    table.add(term)
    if not table.codes:
        raise NetError("the table of characters is empty", tag="args", kind=head)
    return table
