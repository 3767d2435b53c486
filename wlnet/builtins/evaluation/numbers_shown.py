"""Numbers shown in a form of one's choice: NumberForm, PaddedForm, ScientificForm and their like."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from wlnet.builtins.evaluation.formatting import asking
from wlnet.builtins.evaluation.forms import Shown, output_text, wraps
from wlnet.builtins.evaluation.numerals import Shape, real_text, threshold, whole_text
from wlnet.builtins.lists.choosing import items
from wlnet.syntax.numbers import big_text, write_integer
from wlnet.terms import NULL, TRUE, BigReal, Expression, S, Symbol, Term, elements, is_head, is_list, is_number

Setting = Callable[[Shape, Term], Shape | None]
#: More digits than these are not made up for anybody.
MOST_DIGITS = 2000


def each_number(term: Term, text: Callable[[Term], str]) -> Term:
    """Gives the term with every number in it replaced by its text."""
    if is_number(term):
        return Shown(text(term))
    parts = items(term)
    if not parts or (type(term) is Expression and is_head(term, S.Rational)):
        return term
    made = tuple(each_number(part, text) for part in parts)
    if type(term) is Expression:
        return Expression(term.head, made)
    return term.map_values(made) if hasattr(term, "map_values") else Expression(S.List, made)


def number_text(number: Term, shape: Shape, given: bool) -> str:
    """Gives a number in a shape; `given`: the number of digits was asked for, else a BigReal shows all it has."""
    if type(number) is int:
        return whole_text(write_integer(abs(number)), number < 0, shape)
    if type(number) is float and math.isfinite(number):
        return real_text(Decimal(repr(number)), shape)
    if type(number) is BigReal and number:
        known = max(round(number.digits), 1)
        text = big_text(number, known).replace("*^", "e").rstrip(".")
        return real_text(Decimal(text), shape if given else replace(shape, digits=known))
    if type(number) is complex:
        real, imaginary = (number_text(part, shape, given) for part in (number.real, abs(number.imag)))
        return f"{real} {'-' if number.imag < 0 else '+'} {imaginary}*I"
    return output_text(number)


# What the options say ----------------------------------------------------------------------------------------------


def _count(term: Term) -> int | None:
    return term if type(term) is int and 0 < term <= MOST_DIGITS else None


def _pair(term: Term) -> tuple[Term, Term]:
    given = elements(term) if is_list(term) else (term, term)
    return (given[0], given[1]) if len(given) == 2 else (None, None)


def _texts(term: Term) -> tuple[str, str] | None:
    first, second = _pair(term)
    return (first, second) if type(first) is str and type(second) is str else None


def _setting(field: str, read: Callable[[Term], Any]) -> Setting:
    """Makes what sets a field of a shape to what is read from an option; None where it has no meaning."""

    def set_field(shape: Shape, term: Term) -> Shape | None:
        value = read(term)
        return None if value is None else replace(shape, **{field: value})

    return set_field


def _text(term: Term) -> str | None:
    return term if type(term) is str else None


def _blocks(term: Term) -> tuple[int | None, int | None]:
    first, second = _pair(term)
    return _count(first), _count(second)


def _signs(term: Term) -> tuple[Any, Any] | None:
    first, second = ((side, "") if type(side) is str else _texts(side) for side in _pair(term))
    return None if first is None or second is None else (first, second)


def _exponent_function(shape: Shape, term: Term) -> Shape | None:
    def exponent(power: int) -> int | None:
        found = _called(term, power)
        return found if type(found) is int else None if found is NULL else power

    return replace(shape, exponent=exponent)


def _exponent_step(shape: Shape, term: Term) -> Shape | None:
    step, before = _count(term), shape.exponent
    if step is None:
        return None

    def exponent(power: int) -> int | None:
        shown = before(power)
        return None if shown is None else shown // step * step

    return replace(shape, exponent=exponent)


def _number_format(shape: Shape, term: Term) -> Shape | None:
    return replace(shape, form=lambda mantissa, base, exponent: output_text(_called(term, mantissa, base, exponent)))


def _called(function: Term, *args: Term) -> Term:
    kernel, call = asking(), Expression(function, args)
    return call if kernel is None else kernel.evaluate(call)


def _scientific_threshold(shape: Shape, term: Term) -> Shape | None:
    first, second = _pair(term)
    return replace(shape, exponent=threshold(first, second)) if type(first) is type(second) is int else None


SETTINGS: Mapping[Symbol, Setting] = {
    S.DefaultPrintPrecision: lambda shape, term: replace(shape, digits=_count(term) or 6),
    S.DigitBlock: _setting("blocks", _blocks),
    S.ExponentFunction: _exponent_function,
    S.ExponentStep: _exponent_step,
    S.NumberFormat: _number_format,
    S.NumberMultiplier: _setting("multiplier", _text),
    S.NumberPadding: _setting("padding", _texts),
    S.NumberPoint: _setting("point", _text),
    S.NumberSeparator: _setting("separators", _texts),
    S.NumberSigns: _setting("signs", _signs),
    S.ScientificNotationThreshold: _scientific_threshold,
    S.SignPadding: lambda shape, term: replace(shape, signs_first=term is TRUE),
}


def shape_of(args: tuple[Term, ...], shape: Shape) -> tuple[Shape, bool] | None:
    """Gives the shape that `x, n or {n, f}, options` ask for, and whether they tell the number of digits.

    None where something among them has no meaning.
    """
    rest = list(args[1:])
    given = rest.pop(0) if rest and not is_head(rest[0], S.Rule, 2) else S.Automatic
    asked = given is not S.Automatic
    if asked:
        counts = elements(given) if is_list(given) else (given,)
        digits, places = (*counts, None)[:2] if 1 <= len(counts) <= 2 else (None, None)
        good = type(digits) is int and 0 <= digits <= MOST_DIGITS and (places is None or type(places) is int)
        if not good or (places is not None and not 0 <= places <= MOST_DIGITS):
            return None
        shape = replace(shape, digits=digits, places=places)
    for option in rest:
        name = option.args[0] if is_head(option, S.Rule, 2) else None
        if type(name) is not Symbol or name not in SETTINGS:
            return None
        if option.args[1] is not S.Automatic:
            read = SETTINGS[name](shape, option.args[1])
            if read is None:
                return None
            shape = read
    return shape, asked


def every(power: int) -> int | None:
    return power


def never(power: int) -> int | None:
    return None


def thousands(power: int) -> int | None:
    return power // 3 * 3


FORMS: Mapping[str, Shape] = {
    "NumberForm": Shape(),
    "PaddedForm": Shape(padding=(" ", "0")),
    "ScientificForm": Shape(exponent=every),
    "EngineeringForm": Shape(exponent=thousands),
    "DecimalForm": Shape(exponent=never),
    "AccountingForm": Shape(exponent=never, signs=(("(", ")"), ("", ""))),
}


def _form(usual: Shape, args: tuple[Term, ...]) -> str | None:
    found = shape_of(args, usual) if args else None
    return None if found is None else output_text(each_number(args[0], lambda number: number_text(number, *found)))


for _name, _shape in FORMS.items():
    wraps(_name)(partial(_form, _shape))


@wraps("PercentForm")
def percent_form(args: tuple[Term, ...]) -> str | None:
    found = shape_of(args, Shape(exponent=never)) if args else None
    if found is None:
        return None

    def percent(number: Any) -> str:
        if type(number) is float and math.isfinite(number):
            return real_text(Decimal(repr(number)).scaleb(2), found[0]) + "%"
        if type(number) in (complex, float):
            return output_text(number)
        value = number * 100
        if type(value) is Fraction:
            value = value.numerator if value.denominator == 1 else float(value)
        return number_text(value, *found) + "%"

    return output_text(each_number(args[0], percent))


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: A machine number shows about six digits, in whatever base.
SHOWN = 10**6


@wraps("BaseForm")
def base_form(args: tuple[Term, ...]) -> str | None:
    base = args[1] if len(args) == 2 else None
    if type(base) is not int or not 2 <= base <= 36:
        return None
    return output_text(each_number(args[0], lambda number: based_text(number, base)))


def based_text(number: Term, base: int) -> str:
    """Gives an integer or a machine number as it is typed in a base; any other number as it is shown."""
    if type(number) is int:
        return f"{'-' if number < 0 else ''}{base}^^{in_base(abs(number), base)}"
    if type(number) is not float or not math.isfinite(number) or not 1e-5 <= abs(number) < 1e6:
        return output_text(number)
    count = math.ceil(math.log(SHOWN, base))
    places = max(count - 1 - math.floor(math.log(abs(number), base) + 1e-12), 1)
    digits = in_base(round(Fraction(abs(number)) * base**places), base).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{base}^^{digits[:-places]}.{digits[-places:].rstrip('0')}"


def in_base(number: int, base: int) -> str:
    """Gives the digits of an integer that is not negative in a base up to 36."""
    digits = []
    while True:
        number, digit = divmod(number, base)
        digits.append(DIGITS[digit])
        if not number:
            return "".join(reversed(digits))
