"""CForm and FortranForm: formulas as text for programs in C and Fortran."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from wlnet.builtins.evaluation.forms import TRANSPARENT, wraps
from wlnet.kernel import constant
from wlnet.syntax import write
from wlnet.syntax.arithmetic import below_slash, opposite
from wlnet.terms import Expression, S, Symbol, Term, is_number

SUM_POWER, TIMES_POWER, POWER_POWER, ATOM_POWER = 6, 8, 10, 12


class Language(NamedTuple):
    """What sets the text of one language apart."""

    #: Head → (power, operator).
    operators: dict[Symbol, tuple[int, str]]
    #: Gives the text of a power of two texts: what is raised, and to what.
    power: Callable[[str, str], str]


ORDER = {
    S.Less: (5, " < "),
    S.LessEqual: (5, " <= "),
    S.Greater: (5, " > "),
    S.GreaterEqual: (5, " >= "),
    S.Equal: (5, " == "),
}
C = Language(ORDER | {S.Unequal: (5, " != "), S.And: (3, " && "), S.Or: (2, " || ")}, "Power({},{})".format)
FORTRAN = Language(ORDER | {S.Unequal: (5, " /= "), S.And: (3, ".and."), S.Or: (2, ".or.")}, "{}**{}".format)


def _text(term: Term, language: Language, least: int = 0) -> str:
    """Gives the text of an operand, in parentheses where it binds less tightly than what is around it."""
    power, text = _laid_out(term, language)
    return text if power >= least else f"({text})"


def _laid_out(term: Term, language: Language) -> tuple[int, str]:
    if type(term) is Fraction:
        term = float(term)
    if is_number(term):
        text = write(term, "InputForm").replace("*^", "e")
        return (SUM_POWER + 1 if text.startswith("-") else ATOM_POWER), text
    if type(term) is not Expression:
        return ATOM_POWER, write(term, "InputForm")
    head, args = term.head, term.args
    if type(head) is Symbol and head in TRANSPARENT and args:
        return _laid_out(args[0], language)
    if head is S.Plus and len(args) > 1:
        return SUM_POWER, _sum(args, language)
    if head is S.Times and len(args) > 1:
        return _product(term, language)
    if head is S.Power and len(args) == 2:
        return _power(term, language)
    if type(head) is Symbol and head in language.operators and len(args) > 1:
        power, sign = language.operators[head]
        return power, sign.join(_text(arg, language, power + 1) for arg in args)
    return ATOM_POWER, f"{_text(head, language, ATOM_POWER)}({','.join(_text(arg, language) for arg in args)})"


def _sum(terms: tuple[Term, ...], language: Language) -> str:
    text = _text(terms[0], language, SUM_POWER)
    for term in terms[1:]:
        positive = opposite(term)
        sign, shown = (" + ", term) if positive is None else (" - ", positive)
        text += sign + _text(shown, language, SUM_POWER + 1)
    return text


def _product(term: Expression, language: Language) -> tuple[int, str]:
    positive = opposite(term)
    if positive is not None:
        return SUM_POWER + 1, "-" + _text(positive, language, TIMES_POWER)
    above: list[Term] = []
    below: list[Term] = []
    for factor in term.args:
        if type(factor) is Fraction:
            above += [factor.numerator] if factor.numerator != 1 else []
            # A quotient of integers would be rounded.
            below.append(float(factor.denominator))
        else:
            under = below_slash(factor)
            (above if under is None else below).append(factor if under is None else under)
    numerator = "*".join(_text(factor, language, TIMES_POWER) for factor in above) or "1"
    if not below:
        return TIMES_POWER, numerator
    denominator = "*".join(_text(factor, language, TIMES_POWER + 1) for factor in below)
    numerator, denominator = (
        f"({text})" if len(parts) > 1 else text for text, parts in ((numerator, above), (denominator, below))
    )
    return TIMES_POWER, f"{numerator}/{denominator}"


def _power(term: Expression, language: Language) -> tuple[int, str]:
    base, exponent = term.args
    if type(exponent) is int and exponent == -1:
        return TIMES_POWER, f"1/{_text(base, language, TIMES_POWER + 1)}"
    if type(exponent) is Fraction and abs(exponent) == Fraction(1, 2):
        root = f"Sqrt({_text(base, language)})"
        return (ATOM_POWER, root) if exponent > 0 else (TIMES_POWER, f"1/{root}")
    least = 0 if language is C else POWER_POWER + 1
    return POWER_POWER, language.power(_text(base, language, least), _text(exponent, language, least))


@constant("CForm", category="Output")
def c_form() -> None:
    """CForm[x] shows a formula as text for a program in C.

    Details: Functions have their names, such as Power, Sqrt and Sin, which macros of the program are to stand for.

    Examples:
        >> ToString[{x^2 + a/b, x/2, Sqrt[x] Sin[y], a < b && c}, CForm]
        = "List(a/b + Power(x,2),x/2.,Sqrt(x)*Sin(y),a < b && c)"
    """


@constant("FortranForm", category="Output")
def fortran_form() -> None:
    """FortranForm[x] shows a formula as text for a program in Fortran.

    Examples:
        >> ToString[FortranForm[x^2 - 1/(a + b)^3]]
        = "-(a + b)**(-3) + x**2"
    """


@wraps("CForm")
def c_text(args: tuple[Term, ...]) -> str | None:
    return _text(args[0], C) if len(args) == 1 else None


@wraps("FortranForm")
def fortran_text(args: tuple[Term, ...]) -> str | None:
    return _text(args[0], FORTRAN) if len(args) == 1 else None
