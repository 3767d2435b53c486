"""From a term to text, in the forms of the language.

Without recursion: what is still to be written lies on a stack, so that a term may be nested as deep as it likes.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from wlnet.syntax.arithmetic import exact_layouts, printed_layouts, shown_layouts
from wlnet.syntax.characters import write_string
from wlnet.syntax.layouts import (
    MINUS_POWER,
    PLUS_POWER,
    TIMES_POWER,
    Laid,
    Layout,
    association_layout,
    derivative_layout,
    separated,
)
from wlnet.syntax.numbers import show_big, show_real, write_big, write_integer, write_real
from wlnet.syntax.operators import ATOM_POWER, CALL_POWER
from wlnet.terms import Association, BigReal, Expression, NumericArray, S, Symbol, Term, atom_type

#: Numeric arrays with more elements are shown by their dimensions.
SHOWN_ELEMENTS = 16


class Style(NamedTuple):
    """What sets one form apart from the others."""

    string: Callable[[str], str]
    real: Callable[[float], str]
    #: Gives the layouts of heads written with operators and brackets; None: everything is head[arguments].
    layouts: Callable[[], dict[Symbol, Layout]] | None = shown_layouts
    #: Whether atoms are shown for reading, instead of written so that they can be read in.
    shown: bool = False


STYLES = {
    "Exact": Style(write_string, write_real, exact_layouts),
    "InputForm": Style(write_string, write_real),
    "FullForm": Style(write_string, write_real, layouts=None),
    "OutputForm": Style(str, show_real, printed_layouts, shown=True),
}


def write(term: Term, form: str = "Exact", *, width: int | None = None) -> str:
    """Gives the text of a term in the form "Exact", "FullForm", "InputForm" or "OutputForm".

    What the first two give is read back as the same term (atoms that have no literal as the expression that makes
    them), what InputForm gives as one of the same value, with quotients and roots. Lines are broken at `width` columns
    between operands, if one is given.
    """
    style = STYLES[form]
    texts: list[str] = []
    stack: list[Any] = [(term, 0)]
    while stack:
        piece = stack.pop()
        if type(piece) is str:
            texts.append(piece)
            continue
        power, pieces = _lay_out(piece[0], style)
        if power < piece[1]:
            stack.append(")")
            texts.append("(")
        if len(pieces) == 1 and type(pieces[0]) is str:
            texts.append(pieces[0])
        else:
            stack.extend(reversed(pieces))
    return "".join(texts) if width is None else _fold(texts, width)


def _lay_out(term: Term, style: Style) -> tuple[int, list[Any]]:
    kind = type(term)
    if kind is Expression:
        laid: Laid = None
        head = term.head
        if style.layouts is not None:
            if type(head) is Symbol:
                layout = style.layouts().get(head)
                laid = None if layout is None else layout(term)
            elif type(head) is Expression:
                laid = derivative_layout(term)
        if laid is None:
            return CALL_POWER, [(head, CALL_POWER), "[", *separated(term.args, ", "), "]"]
        return laid
    write_atom = ATOMS.get(kind)
    return write_atom(term, style) if write_atom is not None else _registered(term, style)


# Atoms -------------------------------------------------------------------------------------------------------------


def _symbol(term: Symbol, style: Style) -> tuple[int, list[Any]]:
    return ATOM_POWER, [repr(term)]


def _string(term: str, style: Style) -> tuple[int, list[Any]]:
    return ATOM_POWER, [style.string(term)]


def _integer(term: int, style: Style) -> tuple[int, list[Any]]:
    return (ATOM_POWER if term >= 0 else MINUS_POWER), [write_integer(term)]


def _real(term: float, style: Style) -> tuple[int, list[Any]]:
    text = style.real(term)
    return (MINUS_POWER if text.startswith("-") else ATOM_POWER), [text]


def _big_real(term: BigReal, style: Style) -> tuple[int, list[Any]]:
    return (MINUS_POWER if term < 0 else ATOM_POWER), [show_big(term) if style.shown else write_big(term)]


def _rational(term: Fraction, style: Style) -> tuple[int, list[Any]]:
    top, bottom = write_integer(term.numerator), write_integer(term.denominator)
    if style.layouts is None:
        return CALL_POWER, [f"Rational[{top}, {bottom}]"]
    return TIMES_POWER, [f"{top}/{bottom}"]


def _complex(term: complex, style: Style) -> tuple[int, list[Any]]:
    real, imaginary = style.real(term.real), style.real(term.imag)
    if style.layouts is None:
        return CALL_POWER, [f"Complex[{real}, {imaginary}]"]
    sign, size = ("-", imaginary[1:]) if imaginary.startswith("-") else ("+", imaginary)
    return PLUS_POWER, [f"{real} {sign} {size}{' ' if style.shown else '*'}I"]


def _packed(term: np.ndarray, style: Style) -> tuple[int, list[Any]]:
    return ATOM_POWER, _array(term, style)


def _array(array: np.ndarray, style: Style) -> list[str]:
    """Gives the texts of an array of numbers as nested lists."""

    def complex_text(item: complex) -> str:
        return _complex(item, style)[1][0]

    number: Callable[[Any], str] = complex_text
    if array.dtype.kind in "iu":
        number = str
    elif array.dtype.kind == "f":
        number = style.real
        if array.dtype.itemsize < 8:
            # The shortest decimal that gives the narrow real back, not that of the same value as a wide one.
            array = array.astype(str).astype(np.float64)
    opening, closing = ("{", "}") if style.layouts is not None else ("List[", "]")
    values = array.tolist()
    if not isinstance(values, list):
        return [number(values)]
    return _rows(values, number, opening, closing)


def _rows(items: list[Any], number: Callable[[Any], str], opening: str, closing: str) -> list[str]:
    # As deep as an array has dimensions, so recursion is safe.
    if not items:
        return [opening, closing]
    texts: list[str] = [opening]
    if isinstance(items[0], list):
        for row in items:
            texts += _rows(row, number, opening, closing)
            texts.append(", ")
    else:
        for item in items:
            texts += (number(item), ", ")
    texts[-1] = closing
    return texts


def _association(term: Association, style: Style) -> tuple[int, list[Any]]:
    expression = Expression(S.Association, term.rules())
    laid = association_layout(expression) if style.layouts is not None else None
    return laid or (CALL_POWER, [(S.Association, 0), "[", *separated(expression.args, ", "), "]"])


def _numeric_array(term: NumericArray, style: Style) -> tuple[int, list[Any]]:
    array, name = term.array, term.type_name
    if style.shown and array.size > SHOWN_ELEMENTS:
        return CALL_POWER, [f"NumericArray[<{', '.join(map(str, array.shape))}>, {name}]"]
    return CALL_POWER, ["NumericArray[", *_array(array, style), f", {write_string(name)}]"]


ATOMS: dict[type, Callable[[Any, Style], tuple[int, list[Any]]]] = {
    Symbol: _symbol, str: _string, int: _integer, float: _real, BigReal: _big_real, Fraction: _rational, complex: _complex,
    np.ndarray: _packed, Association: _association, NumericArray: _numeric_array,
}  # fmt: skip


def _registered(term: Term, style: Style) -> tuple[int, list[Any]]:
    """Lays out an atom of a registered type by what its row says."""
    row = atom_type(term)
    if row.text is not None and (style.shown or row.full_form is None):
        return ATOM_POWER, [row.text(term)]
    if row.full_form is not None:
        return _lay_out(row.full_form(term), style)
    return CALL_POWER, [f"{row.head(term).name}[<>]"]


def _fold(texts: list[str], width: int) -> str:
    """Joins texts to lines of at most `width` columns where spaces between them allow it."""
    lines, line, word = [], "", ""
    for text in [*texts, ""]:
        word += text
        if text and not text.endswith(" "):
            continue
        if line.strip() and len(line) + len(word.rstrip()) - line.rfind("\n") - 1 > width:
            lines.append(line.rstrip())
            line = "  "
        line += word
        word = ""
    return "\n".join([*lines, line])
