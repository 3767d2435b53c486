"""TeXForm: formulas as text for TeX."""

from __future__ import annotations

import re
from fractions import Fraction

from wlnet.builtins.evaluation.forms import TRANSPARENT, output_text, wraps
from wlnet.kernel import constant
from wlnet.syntax.arithmetic import below_slash, fraction_sides, opposite
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
    "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
SYMBOLS = {
    S.Pi: r"\pi", S.E: "e", S.I: "i", S.Degree: r"{}^{\circ}", S.EulerGamma: r"\gamma", S.Reals: r"\mathbb{R}",
    S.Integers: r"\mathbb{Z}", S.Rationals: r"\mathbb{Q}", S.Complexes: r"\mathbb{C}",
}  # fmt: skip
#: Functions that TeX has a name for.
NAMED = {
    getattr(S, name): "\\" + name.lower()
    for name in ("Sin", "Cos", "Tan", "Cot", "Sec", "Csc", "Sinh", "Cosh", "Tanh", "Coth", "Log", "Exp", "Max", "Min")
} | {S.ArcSin: r"\sin^{-1}", S.ArcCos: r"\cos^{-1}", S.ArcTan: r"\tan^{-1}", S.Gamma: r"\Gamma", S.Zeta: r"\zeta"}
#: Head → (power, what stands between its operands).
INFIX = {
    S.Rule: (1, r"\to "), S.RuleDelayed: (1, r":\to "), S.Or: (2, r"\lor "), S.And: (3, r"\land "),
    S.Equal: (5, "="), S.Unequal: (5, r"\neq "), S.Less: (5, "<"), S.LessEqual: (5, r"\leq "), S.Greater: (5, ">"),
    S.GreaterEqual: (5, r"\geq "), S.Element: (5, r"\in "), S.Dot: (9, "."), S.Cross: (9, r"\times "),
}  # fmt: skip
AROUND = {
    S.Abs: ("|", "|"),
    S.Norm: (r"\|", r"\|"),
    S.Floor: (r"\lfloor ", r"\rfloor "),
    S.Ceiling: (r"\lceil ", r"\rceil "),
}
SUM_POWER, TIMES_POWER, POWER_POWER, ATOM_POWER = 6, 8, 10, 12
ESCAPED = {"\\": r"\textbackslash{}"}
LIMITS = {S.Sum: r"\sum", S.Product: r"\prod"}


@constant("TeXForm", category="Output")
def tex_form_() -> None:
    r"""TeXForm[x] shows a formula as text for the mathematics of TeX.

    Details: Sums, products, quotients, roots, powers, comparisons, lists, matrices, sums and integrals with their limits, Greek
    letters and the usual functions are written as in print; the terms of a sum stand in the order of the language.

    Examples:
        >> ToString[{a/b + Sqrt[x], E^(-x/2), Sin[2 α]^2}, TeXForm]
        = "\\{\\frac{a}{b}+\\sqrt{x},e^{-\\frac{x}{2}},\\sin (2 \\alpha )^2\\}"
        >> ToString[TeXForm[{{1, 2}, {3, 4}}]]
        = "\\left(\n\\begin{array}{cc}\n 1 & 2 \\\\\n 3 & 4 \\\\\n\\end{array}\n\\right)"
    """


@wraps("TeXForm")
def tex_form(args: tuple[Term, ...]) -> str | None:
    return _within(args[0], 0) if len(args) == 1 else None


def _within(term: Term, least: int) -> str:
    """Gives the text of an operand, in parentheses where it binds less tightly than what is around it."""
    power, text = _tex(term)
    return text if power >= least else rf"\left({text}\right)"


def _tex(term: Term) -> tuple[int, str]:
    if type(term) is Symbol:
        return ATOM_POWER, SYMBOLS.get(term) or _name(repr(term))
    if type(term) is str:
        return ATOM_POWER, rf"\text{{{_escaped(term)}}}"
    if type(term) in (int, float, Fraction) and term < 0:
        return SUM_POWER + 1, "-" + _within(-term, TIMES_POWER)
    if type(term) is Fraction:
        return TIMES_POWER, rf"\frac{{{term.numerator}}}{{{term.denominator}}}"
    if is_list(term):
        return ATOM_POWER, _list(elements(term))
    if type(term) is not Expression:
        number, _, exponent = output_text(term).partition("*^")
        return (TIMES_POWER, rf"{number}\times 10^{{{exponent}}}") if exponent else (ATOM_POWER, number)
    return _expression(term)


def _name(name: str) -> str:
    if name in GREEK:
        return rf"\{GREEK[name]} "
    return name if len(name) == 1 else rf"\text{{{_escaped(name)}}}"


def _escaped(text: str) -> str:
    return re.sub(r"[_%&#${}\\]", lambda found: ESCAPED.get(found[0], "\\" + found[0]), text)


def _expression(term: Expression) -> tuple[int, str]:
    head, args = term.head, term.args
    if type(head) is Symbol and head in TRANSPARENT and args:
        return _tex(args[0])
    if head is S.Plus and len(args) > 1:
        return SUM_POWER, _sum(args)
    if head is S.Times and len(args) > 1:
        return _product(term)
    if head is S.Power and len(args) == 2:
        return _power(*args)
    if head is S.Complex and len(args) == 2:
        return _complex(*args)
    if head is S.DirectedInfinity and args in ((1,), (-1,)):
        return SUM_POWER + 1, r"\infty " if args == (1,) else r"-\infty "
    if type(head) is Symbol and head in INFIX and len(args) > 1:
        power, sign = INFIX[head]
        return power, sign.join(_within(arg, power + 1) for arg in args)
    if type(head) is Symbol and head in AROUND and len(args) == 1:
        opening, closing = AROUND[head]
        return ATOM_POWER, rf"\left{opening}{_within(args[0], 0)}\right{closing}"
    if head is S.Subscript and len(args) > 1:
        return ATOM_POWER, f"{_within(args[0], ATOM_POWER)}_{{{','.join(_within(arg, 0) for arg in args[1:])}}}"
    if type(head) is Symbol and (head in LIMITS or head is S.Integrate) and len(args) == 2:
        return TIMES_POWER, _with_limits(head, *args)
    if type(head) is Expression and is_head(head.head, S.Derivative, 1) and len(head.args) == len(args) == 1:
        return ATOM_POWER, f"{_derivative(head.head.args[0], head.args[0])}({_within(args[0], 0)})"
    name = NAMED[head] + " " if type(head) is Symbol and head in NAMED else _within(head, ATOM_POWER)
    return ATOM_POWER, f"{name}({','.join(_within(arg, 0) for arg in args)})"


def _derivative(order: Term, function: Term) -> str:
    name = _within(function, ATOM_POWER)
    return name + "'" * order if type(order) is int and 0 < order < 4 else f"{name}^{{({_within(order, 0)})}}"


def _list(items: tuple[Term, ...]) -> str:
    widths = {len(elements(item)) if is_list(item) else 0 for item in items}
    if len(widths) != 1 or 0 in widths:
        return rf"\{{{','.join(_within(item, 0) for item in items)}\}}"
    rows = "\n".join(" " + " & ".join(_within(cell, 0) for cell in elements(item)) + r" \\" for item in items)
    return f"\\left(\n\\begin{{array}}{{{'c' * widths.pop()}}}\n{rows}\n\\end{{array}}\n\\right)"


def _sum(terms: tuple[Term, ...]) -> str:
    texts = [_within(terms[0], SUM_POWER + 1)]
    for term in terms[1:]:
        positive = opposite(term)
        texts.append("+" + _within(term, SUM_POWER + 1) if positive is None else "-" + _within(positive, SUM_POWER + 1))
    return "".join(texts)


def _product(term: Expression) -> tuple[int, str]:
    positive = opposite(term)
    if positive is not None:
        return SUM_POWER + 1, "-" + _within(positive, TIMES_POWER)
    above, below = fraction_sides(term.args)
    if not below:
        return TIMES_POWER, " ".join(_within(factor, TIMES_POWER) for factor in above)
    return TIMES_POWER, rf"\frac{{{_factors(above)}}}{{{_factors(below)}}}"


def _factors(factors: list[Term]) -> str:
    if len(factors) == 1:
        return _within(factors[0], 0)
    return " ".join(_within(factor, TIMES_POWER) for factor in factors) or "1"


def _power(base: Term, exponent: Term) -> tuple[int, str]:
    below = below_slash(Expression(S.Power, (base, exponent)))
    if below is not None and (type(exponent) is int or type(exponent) is Fraction):
        return TIMES_POWER, rf"\frac{{1}}{{{_within(below, 0)}}}"
    if type(exponent) is Fraction and exponent.numerator == 1:
        root = "" if exponent.denominator == 2 else f"[{exponent.denominator}]"
        return ATOM_POWER, rf"\sqrt{root}{{{_within(base, 0)}}}"
    text = _within(exponent, 0)
    return POWER_POWER, f"{_within(base, POWER_POWER + 1)}^{text if len(text) == 1 else f'{{{text}}}'}"


def _complex(real: Term, imaginary: Term) -> tuple[int, str]:
    unit: Term = S.I if type(imaginary) is int and imaginary == 1 else Expression(S.Times, (imaginary, S.I))
    return _tex(unit) if type(real) is int and real == 0 else (SUM_POWER, _sum((real, unit)))


def _with_limits(head: Symbol, formula: Term, over: Term) -> str:
    name, *limits = elements(over) if is_list(over) else (over,)
    variable, inner = _within(name, 0), _within(formula, SUM_POWER + 1)
    if head is S.Integrate:
        ends = f"_{{{_within(limits[0], 0)}}}^{{{_within(limits[1], 0)}}}" if len(limits) == 2 else ""
        return rf"\int{ends} {inner} \, d{variable}"
    low, high = ("1", limits[0]) if len(limits) == 1 else (_within(limits[0], 0), limits[1]) if limits else ("", None)
    ends = f"_{{{variable}={low}}}^{{{_within(high, 0)}}}" if limits else f"_{{{variable}}}"
    return f"{LIMITS[head]}{ends} {inner}"
