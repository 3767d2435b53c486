"""Numbers, points and colors in graphics; what is none raises Unfit."""

from __future__ import annotations

from functools import cache

import numpy as np

from wlnet.builtins.evaluation.forms import output_text
from wlnet.builtins.numbers.numerical import machine_array, machine_real
from wlnet.drawings.marks import Color
from wlnet.images.spaces import color_of, converted
from wlnet.kernel import Kernel, Message
from wlnet.syntax import write
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head, is_list, is_number
from wlnet.terms.image import SPACES
from wlnet.terms.numeric import numeric


class Unfit(Message, ValueError):
    """Says that something in a graphic is not what is expected there: to the language as a message `unfit`."""

    def __init__(self, text: str) -> None:
        super().__init__("unfit", text, text="`1`.")
        self.said = text

    def __str__(self) -> str:
        return self.said


def unfit(expected: str, term: Term) -> Unfit:
    shown = write(term, "InputForm")
    return Unfit(f"{expected} is expected instead of {shown if len(shown) < 80 else shown[:70] + ' …'}")


@cache
def calculator() -> Kernel:
    """Gives a kernel that calculates numbers such as 2 Pi or Sqrt[2], which stand exactly in graphics."""
    return Kernel()


def real_of(term: Term) -> float | None:
    """Gives the machine number of a real numeric term, or None."""
    if type(term) is int or type(term) is float:
        try:
            return float(term)
        except OverflowError:
            return None
    return machine_real(calculator(), term)


def number(term: Term) -> float:
    found = real_of(term)
    if found is None or found != found:
        raise unfit("a real number", term)
    return found


def array(term: Term) -> np.ndarray | None:
    """Gives the real array of a rectangular list of numeric terms; None for anything else."""
    found = numeric(term)
    if found is None and is_list(term):
        found = machine_array(calculator(), term)
    if found is None or found.dtype.kind == "c" or not found.ndim:
        return None
    return found.astype(float)


def pair(term: Term) -> tuple[float, float]:
    if not is_list(term) or len(elements(term)) != 2:
        raise unfit("a pair of numbers", term)
    x, y = elements(term)
    return number(x), number(y)


def items(term: Term) -> tuple[Term, ...]:
    """Gives the elements of a list or the values of an association, and a single thing as the only one."""
    if type(term) is Association:
        return tuple(term.values())
    return elements(term) if is_list(term) else (term,)


def name_of(term: Term) -> str:
    """Gives the name of a symbol, or a text itself; "" for anything else."""
    found = term.name if type(term) is Symbol else term
    return found if type(found) is str else ""


def label(term: Term) -> str:
    """Gives the text of a label; None and False mean none."""
    return "" if is_symbol(term, "None", "False") else output_text(term)


def is_symbol(term: Term, *names: str) -> bool:
    """Tells whether a term is one of the symbols of these names."""
    return getattr(term, "name", None) in names and getattr(term, "context", None) == "System`"


def color(term: Term) -> Color | None:
    """Gives a color with its opacity, or None for anything else; a bare number is none."""
    if is_number(term):
        return None
    if is_head(term, S.Opacity, 2):
        inner = color(term.args[1])
        return None if inner is None else (*inner[:3], number(term.args[0]))
    if type(term) is not Expression:
        return None
    plain = Expression(term.head, tuple(x if (x := real_of(item)) is not None else item for item in term.args))
    try:
        found = color_of(plain)
    except OverflowError:
        return None
    if found is None:
        return None
    space, values = found
    opacity = float(plain.args[-1]) if len(plain.args) > max(SPACES[space], 1) else 1.0
    red, green, blue = np.clip(converted(np.array([values]), space, "RGB")[0], 0, 1).tolist()
    return red, green, blue, min(max(opacity, 0.0), 1.0)


def color_term(values: Color) -> Term:
    """Gives the expression of a color."""
    shown = values[:3] if values[3] == 1 else values
    return Expression(S.RGBColor, tuple(float(part) for part in shown))
