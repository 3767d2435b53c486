"""The text of terms with their wrappers of form carried out: Row, Grid, InputForm, NumberForm and the like.

`display` is what a front end prints after Out[n]=.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wlnet.builtins.evaluation.formatting import formatted
from wlnet.kernel import Kernel
from wlnet.patterns.renaming import symbols_of
from wlnet.syntax import write
from wlnet.syntax.numbers import show_real, write_integer
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head, is_list, register


@dataclass(frozen=True, slots=True)
class Shown:
    """A finished text that stands for a term while what is around it is written."""

    text: str


register(Shown, S.String, text=lambda shown: shown.text)

#: Head of a wrapper → function(args) that gives its text, or None where the arguments have another shape.
WRAPPERS: dict[Symbol, Callable[[tuple[Term, ...]], str | None]] = {}
#: Type of an atom → function that gives its text where it stands alone; inside other terms it has its shorter text.
WHOLE: dict[type, Callable[[Term], str]] = {}
#: Head of an expression → function that gives its text where it stands alone, such as a picture's.
WHOLE_HEADS: dict[Symbol, Callable[[Term], str]] = {}
#: Type of a number → what `write` gives for it.
NUMBERS: dict[type, Callable[[Any], str]] = {int: write_integer, float: show_real}
#: Wrappers that show their first argument as it is.
TRANSPARENT = frozenset({S.HoldForm, S.OutputForm, S.StandardForm, S.TraditionalForm, S.Style, S.Text, S.Defer})


def wraps(name: str) -> Callable[[Callable[..., str | None]], Callable[..., str | None]]:
    """Declares the text of a wrapper (a decorator)."""

    def declare(function: Callable[..., str | None]) -> Callable[..., str | None]:
        WRAPPERS[getattr(S, name)] = function
        return function

    return declare


def display(kernel: Kernel, term: Term) -> str:
    """Gives the text that is shown for a value: OutputForm, with wrappers such as Grid or InputForm carried out."""
    return output_text(formatted(kernel, term))


def output_text(term: Term) -> str:
    """Gives the OutputForm of a term."""
    write_number = NUMBERS.get(type(term))
    if write_number is not None:
        return write_number(term)
    whole = WHOLE.get(type(term))
    if whole is None and type(term) is Expression and type(term.head) is Symbol:
        whole = WHOLE_HEADS.get(term.head)
    if whole is not None:
        return whole(term)
    return write(laid_out(term), "OutputForm")


def laid_out(term: Term) -> Term:
    """Gives the term with every wrapper in it replaced by its text."""
    # Most terms have none, and may then be nested deeper than the walk below could go.
    if not any(name in WRAPPERS or name in TRANSPARENT for name in symbols_of(term)):
        return term
    return _laid_out(term)


def _laid_out(term: Term) -> Term:
    if type(term) is Association:
        return term.map_values(map(_laid_out, term.values()))
    if type(term) is not Expression:
        return term
    if type(term.head) is Symbol:
        if term.head in TRANSPARENT and term.args:
            return _laid_out(term.args[0])
        wrapper = WRAPPERS.get(term.head)
        text = wrapper(term.args) if wrapper is not None else None
        if text is not None:
            return Shown(text)
    return Expression(_laid_out(term.head), tuple(map(_laid_out, term.args)))


@wraps("InputForm")
def input_form(args: tuple[Term, ...]) -> str | None:
    return write(args[0], "InputForm") if args else None


@wraps("FullForm")
def full_form(args: tuple[Term, ...]) -> str | None:
    return write(args[0], "FullForm") if args else None


PLACE = re.compile(r"`(\d*)`")


@wraps("StringForm")
def string_form(args: tuple[Term, ...]) -> str | None:
    if not args or type(args[0]) is not str:
        return None
    counter = iter(range(1, len(args) + 1))

    def fill(found: re.Match[str]) -> str:
        number = int(found[1]) if found[1] else next(counter, 0)
        return output_text(args[number]) if 0 < number < len(args) else found[0]

    return PLACE.sub(fill, args[0])


LINE_LENGTH = 78


@wraps("Short")
def short(args: tuple[Term, ...]) -> str | None:
    if not args:
        return None
    lines = args[1] if len(args) > 1 and type(args[1]) in (int, float) else 1
    room = LINE_LENGTH * max(1, int(min(lines, 1000)))
    return _shortened(args[0], room)


def _shortened(term: Term, room: int) -> str:
    """Gives the text of a term with elements left out of the middle where it is longer than the room."""
    is_sum = is_head(term, S.Plus)
    if not is_list(term) and not is_sum:
        text = output_text(term)
        return text if len(text) <= room else text[: room - 4] + " ..."
    items = term.args if is_sum else elements(term)
    shown, length = 0, 0
    while shown < len(items):
        length += len(_shortened(items[shown // 2 if shown % 2 == 0 else -1 - shown // 2], room)) + 2
        if length > room - 10:
            break
        shown += 1
    if shown == len(items):
        return output_text(term)
    front, back = (shown + 1) // 2, shown // 2
    if is_sum:
        skeleton = Shown(f"<<{len(items) - front - back}>>")
        return output_text(Expression(S.Plus, (*items[:front], skeleton, *items[len(items) - back :])))
    texts = [_shortened(item, room) for item in items[:front]]
    texts.append(f"<<{len(items) - front - back}>>")
    texts += [_shortened(item, room) for item in items[len(items) - back :]]
    return "{" + ", ".join(texts) + "}"
