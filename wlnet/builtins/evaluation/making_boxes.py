"""How expressions become boxes: a table of heads, and the layouts of operators for the rest; declares nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from wlnet.builtins.evaluation.arranging import places
from wlnet.builtins.evaluation.forms import WRAPPERS
from wlnet.syntax import write
from wlnet.syntax.arithmetic import fraction_sides, opposite, shown_layouts
from wlnet.syntax.layouts import PLUS_POWER, POWER_POWER, TIMES_POWER, Piece, derivative_layout
from wlnet.syntax.numbers import write_integer, write_real
from wlnet.syntax.operators import ATOM_POWER, CALL_POWER
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_list, list_of, symbol, to_list

#: Gives the boxes of a part, by the definitions of the program.
Inner: TypeAlias = Callable[[Term], Term]
#: Gives the boxes of an expression with these arguments, or None where they have another shape.
Shape: TypeAlias = Callable[[tuple[Term, ...], Inner], Term | None]

#: Operator as it is typed → the sign that stands for it in boxes.
TYPESET = {
    "->": "\uf522", ":>": "\uf51f", "==": "\uf431", "!=": "≠", "<=": "≤", ">=": "≥", "[[": "〚", "]]": "〛",
    "Infinity": "∞",
}  # fmt: skip
SYMBOLS = {S.Pi: "π", S.E: "\uf74d", S.I: "\uf74e", S.Degree: "°"}
BRACKETS = {"}": "{", "]": "[", "〛": "〚", "|>": "<|", ")": "("}
#: Functions that mathematicians write with small letters.
NAMED = frozenset({
    S.Sin, S.Cos, S.Tan, S.Cot, S.Sec, S.Csc, S.Sinh, S.Cosh, S.Tanh, S.Coth, S.Log, S.Exp, S.Max, S.Min, S.Arg, S.Det,
})  # fmt: skip


def box(kind: str, *parts: Term) -> Expression:
    return Expression(symbol(kind), parts)


def row(parts: Sequence[Term]) -> Term:
    """Gives the boxes of parts side by side; one alone stays as it is."""
    return parts[0] if len(parts) == 1 else box("RowBox", list_of(*parts))


def boxes_of(term: Term, form: Term, inner: Inner) -> Term:
    """Gives the boxes of a term in a form, those of its parts by `inner`."""
    kind = type(term)
    if kind is Symbol:
        return SYMBOLS.get(term) or repr(term)
    if kind in (int, float, Fraction):
        return row(["-", inner(-term)]) if term < 0 else _number(term, inner)
    if kind is complex:
        return inner(Expression(S.Plus, (term.real, Expression(S.Times, (term.imag, S.I)))))
    if kind is Association:
        return _bracketed("<|", term.rules(), "|>", inner)
    if is_list(term):
        return _bracketed("{", elements(term), "}", inner)
    return _expression(term, form, inner) if kind is Expression else write(term, "InputForm")


def _number(number: int | float | Fraction, inner: Inner) -> Term:
    if isinstance(number, Fraction):
        return box("FractionBox", inner(number.numerator), inner(number.denominator))
    if isinstance(number, int):
        return write_integer(number)
    mantissa, mark, exponent = write_real(number).partition("*^")
    return f"{mantissa.removesuffix('`')}`{mark}{exponent}"


def _expression(term: Expression, form: Term, inner: Inner) -> Term:
    head = term.head
    if type(head) is Symbol:
        shape = SHAPES.get(head)
        found = None if shape is None else shape(term.args, inner)
        if found is None and head in WRAPPERS and shape is None:
            found = WRAPPERS[head](term.args)
        if found is not None:
            return found
    laid = _laid(term)
    if laid is not None:
        return _laid_row(laid[1], inner)
    if form is S.TraditionalForm:
        name = head.name.lower() if type(head) is Symbol and head in NAMED else _operand(head, CALL_POWER, inner)
        return row([name, "(", *_separated(term.args, inner), ")"])
    return row([_operand(head, CALL_POWER, inner), "[", *_separated(term.args, inner), "]"])


def _laid(term: Term) -> tuple[int, list[Piece]] | None:
    """Gives the power and pieces of what is written with operators or brackets."""
    if type(term) is not Expression:
        return None
    if type(term.head) is Expression:
        return derivative_layout(term)
    layout = shown_layouts().get(term.head)
    return None if layout is None else layout(term)


def _operand(term: Term, least: int, inner: Inner) -> Term:
    """Gives the boxes of an operand, in parentheses where it binds less tightly than what is around it."""
    laid = _laid(term)
    negative = type(term) in (int, float) and term < 0
    power = laid[0] if laid is not None else PLUS_POWER if negative else ATOM_POWER
    if type(term) is Fraction:
        power = TIMES_POWER
    return inner(term) if power >= least else row(["(", inner(term), ")"])


def _separated(terms: Sequence[Term], inner: Inner) -> list[Term]:
    """Gives the boxes of arguments with commas between, as one row; none where there are no arguments."""
    parts = [part for term in terms for part in (",", inner(term))][1:]
    return [row(parts)] if parts else []


def _bracketed(opening: str, terms: Sequence[Term], closing: str, inner: Inner) -> Term:
    return row([opening, *_separated(terms, inner), closing])


def _laid_row(pieces: list[Piece], inner: Inner) -> Term:
    parts: list[Term] = []
    for piece in pieces:
        if isinstance(piece, str):
            sign = piece.strip()
            parts.append(TYPESET.get(sign, sign))
        else:
            parts.append(_operand(piece[0], piece[1], inner))
    opening = BRACKETS.get(parts[-1]) if type(parts[-1]) is str else None
    if opening in parts:
        start = parts.index(opening) + 1
        parts[start:-1] = [row(parts[start:-1])] if parts[start:-1] else []
    return row(parts)


# Arithmetic --------------------------------------------------------------------------------------------------------


def _sum(args: tuple[Term, ...], inner: Inner) -> Term | None:
    if len(args) < 2:
        return None
    parts = [_operand(args[0], PLUS_POWER + 1, inner)]
    if opposite(args[0]) is not None:
        parts = [inner(args[0])]
    for arg in args[1:]:
        positive = opposite(arg)
        parts += [
            "+" if positive is None else "-",
            _operand(arg if positive is None else positive, PLUS_POWER + 1, inner),
        ]
    return row(parts)


def _product(args: tuple[Term, ...], inner: Inner) -> Term | None:
    if len(args) < 2:
        return None
    positive = opposite(Expression(S.Times, args))
    if positive is not None:
        return row(["-", _operand(positive, TIMES_POWER, inner)])
    above, below = fraction_sides(args)
    if not below:
        return _factors(above, inner)
    return box("FractionBox", _factors(above, inner), _factors(below, inner))


def _factors(factors: Sequence[Term], inner: Inner) -> Term:
    if len(factors) < 2:
        return inner(factors[0]) if factors else "1"
    return row([part for factor in factors for part in (" ", _operand(factor, TIMES_POWER + 1, inner))][1:])


def _power(args: tuple[Term, ...], inner: Inner) -> Term | None:
    if len(args) != 2:
        return None
    base, exponent = args
    if type(exponent) in (int, Fraction) and exponent < 0:
        under = base if exponent == -1 else Expression(S.Power, (base, -exponent))
        return box("FractionBox", "1", inner(under))
    if type(exponent) is Fraction and exponent.numerator == 1:
        root = exponent.denominator
        return box("SqrtBox", inner(base)) if root == 2 else box("RadicalBox", inner(base), inner(root))
    return box("SuperscriptBox", _operand(base, POWER_POWER + 1, inner), inner(exponent))


def _complex(args: tuple[Term, ...], inner: Inner) -> Term | None:
    if len(args) != 2:
        return None
    real, imaginary = args
    unit: Term = S.I if type(imaginary) is int and imaginary == 1 else Expression(S.Times, (imaginary, S.I))
    return inner(unit if type(real) is int and real == 0 else Expression(S.Plus, (real, unit)))


# What is arranged and decorated ------------------------------------------------------------------------------------


def _around(kind: str) -> Shape:
    """Gives the shape of a wrapper: the boxes of its first argument, and the rest of its arguments as they are."""
    return lambda args, inner: box(kind, inner(args[0]), *args[1:]) if args else None


def _scripts(kind: str, count: int) -> Shape:
    return lambda args, inner: box(kind, *map(inner, args)) if len(args) == count else None


def _mark(kind: str, sign: str) -> Shape:
    return lambda args, inner: box(kind, inner(args[0]), sign) if len(args) == 1 else None


def _subscript(args: tuple[Term, ...], inner: Inner) -> Term | None:
    return box("SubscriptBox", inner(args[0]), *_separated(args[1:], inner)) if len(args) > 1 else None


def _in_form(form: Symbol) -> Shape:
    return lambda args, inner: box("FormBox", box("MakeBoxes", args[0], form), form) if len(args) == 1 else None


def _held(head: Symbol) -> Shape:
    return lambda args, inner: box("TagBox", inner(args[0]), head) if len(args) == 1 else None


def _row_of(args: tuple[Term, ...], inner: Inner) -> Term | None:
    given = places(args)
    if not given or not is_list(given[0]):
        return None
    between = given[1:2]
    parts = [part for item in elements(given[0]) for part in (*map(inner, between), inner(item))][len(between) :]
    return box("RowBox", to_list(parts))


def _grid(args: tuple[Term, ...], inner: Inner) -> Expression | None:
    if not args or not is_list(args[0]):
        return None
    rows = [elements(line) if is_list(line) else (line,) for line in elements(args[0])]
    return box("GridBox", list_of(*(list_of(*map(inner, cells)) for cells in rows)), *args[1:])


def _column(args: tuple[Term, ...], inner: Inner) -> Term | None:
    if not args or not is_list(args[0]):
        return None
    return box("GridBox", list_of(*(list_of(inner(item)) for item in elements(args[0]))))


def _matrix(args: tuple[Term, ...], inner: Inner) -> Term | None:
    grid = _grid(args[:1], inner)
    return None if grid is None else row(["(", grid, ")"])


def _interpretation(args: tuple[Term, ...], inner: Inner) -> Term | None:
    return box("InterpretationBox", inner(args[0]), *args[1:]) if len(args) > 1 else None


def _as_given(args: tuple[Term, ...], inner: Inner) -> Term | None:
    return args[0] if len(args) == 1 else None


def _read_in(form: str) -> Shape:
    return lambda args, inner: box("StyleBox", write(args[0], form)) if len(args) == 1 else None


SHAPES: dict[Symbol, Shape] = {
    S.Plus: _sum, S.Times: _product, S.Power: _power, S.Complex: _complex,
    S.Sqrt: _scripts("SqrtBox", 1), S.Subscript: _subscript,
    S.Superscript: _scripts("SuperscriptBox", 2), S.Subsuperscript: _scripts("SubsuperscriptBox", 3),
    S.Overscript: _scripts("OverscriptBox", 2), S.Underscript: _scripts("UnderscriptBox", 2),
    S.Underoverscript: _scripts("UnderoverscriptBox", 3), S.OverBar: _mark("OverscriptBox", "_"),
    S.OverHat: _mark("OverscriptBox", "^"), S.OverTilde: _mark("OverscriptBox", "~"), S.OverDot: _mark("OverscriptBox", "."),
    S.OverVector: _mark("OverscriptBox", "→"), S.SuperDagger: _mark("SuperscriptBox", "†"),
    S.SuperStar: _mark("SuperscriptBox", "*"), S.SuperPlus: _mark("SuperscriptBox", "+"),
    S.SuperMinus: _mark("SuperscriptBox", "-"),
    S.Style: _around("StyleBox"), S.Framed: _around("FrameBox"), S.Tooltip: _around("TooltipBox"),
    S.Button: _around("ButtonBox"), S.Pane: _around("PaneBox"), S.Panel: _around("PanelBox"), S.Item: _around("ItemBox"),
    S.Interpretation: _interpretation, S.HoldForm: _held(S.HoldForm), S.StandardForm: _in_form(S.StandardForm),
    S.TraditionalForm: _in_form(S.TraditionalForm), S.InputForm: _read_in("InputForm"), S.FullForm: _read_in("FullForm"),
    S.Row: _row_of, S.Grid: _grid, S.Column: _column, S.TableForm: _grid, S.MatrixForm: _matrix,
    S.RawBoxes: _as_given, S.DisplayForm: _as_given,
}  # fmt: skip
