"""The way from terms to sympy's expressions and back, by one table of heads; declares nothing.

sympy is an extra (pip install wlnet[algebra]) and is imported when a function first needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import COMPLEX_INFINITY, INDETERMINATE, INFINITY, MINUS_INFINITY, is_complex
from wlnet.kernel import ControlFlow, Kernel, Message
from wlnet.terms import FALSE, TRUE, BigReal, Expression, S, Symbol, Term, is_head, list_of, symbol

MISSING = "This needs the Python package sympy, which is missing: pip install wlnet[algebra]"
#: Head of the language → name in sympy, where arguments are the same.
FUNCTIONS = {
    "Plus": "Add", "Times": "Mul", "Power": "Pow", "Log": "log", "Sin": "sin", "Cos": "cos", "Tan": "tan", "Cot": "cot",
    "Sec": "sec", "Csc": "csc", "ArcSin": "asin", "ArcCos": "acos", "ArcCot": "acot", "ArcSec": "asec", "ArcCsc": "acsc",
    "Sinh": "sinh", "Cosh": "cosh", "Tanh": "tanh", "Coth": "coth", "Sech": "sech", "Csch": "csch", "ArcSinh": "asinh",
    "ArcCosh": "acosh", "ArcTanh": "atanh", "ArcCoth": "acoth", "Abs": "Abs", "Sign": "sign", "Re": "re", "Im": "im",
    "Conjugate": "conjugate", "Arg": "arg", "Floor": "floor", "Ceiling": "ceiling", "Factorial": "factorial",
    "Gamma": "gamma", "Beta": "beta", "Erf": "erf", "Erfc": "erfc", "Erfi": "erfi", "Zeta": "zeta", "Max": "Max",
    "Min": "Min", "BesselJ": "besselj", "BesselY": "bessely", "BesselI": "besseli", "BesselK": "besselk",
    "AiryAi": "airyai", "AiryBi": "airybi", "SinIntegral": "Si", "CosIntegral": "Ci", "PolyLog": "polylog",
    "ProductLog": "LambertW", "HeavisideTheta": "Heaviside", "Binomial": "binomial", "Equal": "Eq", "Unequal": "Ne",
    "Less": "Lt", "LessEqual": "Le", "Greater": "Gt", "GreaterEqual": "Ge", "And": "And", "Or": "Or", "Not": "Not",
    "FresnelS": "fresnels", "FresnelC": "fresnelc", "ExpIntegralEi": "Ei", "LogIntegral": "li", "EllipticK": "elliptic_k",
}  # fmt: skip
CONSTANTS = {
    S.Pi: "pi", S.E: "E", S.EulerGamma: "EulerGamma", S.GoldenRatio: "GoldenRatio", S.Catalan: "Catalan", TRUE: "true",
    FALSE: "false",
}  # fmt: skip
#: What sympy writes in another way.
FORMS: dict[str, Callable[..., Term]] = {
    "exp": lambda x: Expression(S.Power, (S.E, x)),
    "ExprCondPair": lambda value, test: list_of(value, test),
    "Piecewise": lambda *cases: Expression(S.Piecewise, (list_of(*cases),)),
    "LambertW": lambda x, *k: Expression(S.ProductLog, (*k, x)),
    "atan": lambda x: Expression(S.ArcTan, (x,)),
    "atan2": lambda y, x: Expression(S.ArcTan, (x, y)),
    "StrictLessThan": lambda a, b: Expression(S.Less, (a, b)),
    "LessThan": lambda a, b: Expression(S.LessEqual, (a, b)),
    "StrictGreaterThan": lambda a, b: Expression(S.Greater, (a, b)),
    "GreaterThan": lambda a, b: Expression(S.GreaterEqual, (a, b)),
    "Equality": lambda a, b: Expression(S.Equal, (a, b)),
    "Unequality": lambda a, b: Expression(S.Unequal, (a, b)),
}
#: What is no function of its arguments in sympy: name there → its term, head of the language → its expression there.
WHOLE: dict[str, Callable[[Bridge, Any], Term]] = {}
THERE: dict[Symbol, Callable[..., Any]] = {}


class NoWay(Exception):
    """A term or expression has no counterpart on the other side."""


@cache
def sympy() -> Any:
    """Gives the package; raises Message where it is missing."""
    try:
        import sympy
    except ImportError:
        raise Message("pkg", text=MISSING) from None
    return sympy


@cache
def heads() -> dict[str, Symbol]:
    """Gives the head of the language for each name in sympy."""
    return {there: symbol(here) for here, there in FUNCTIONS.items() if there not in FORMS}


class Bridge:
    """Terms to expressions and back; symbols and what is no formula go as symbols of sympy's, and come back as they were.

    facts: for such a term, the assumptions of sympy's about its symbol.
    """

    def __init__(
        self, kernel: Kernel, real: bool = False, facts: Mapping[Term, Mapping[str, bool]] | None = None
    ) -> None:
        self.kernel, self.real, self.facts = kernel, real, facts or {}
        self.known: dict[Term, Any] = {}
        self.terms: dict[Any, Term] = {}

    def there(self, term: Term) -> Any:
        """Gives the expression of a term; raises NoWay."""
        library, kind = sympy(), type(term)
        if kind is int:
            return library.Integer(term)
        if kind is Fraction:
            return library.Rational(term.numerator, term.denominator)
        if kind is float and np.isfinite(term):
            return library.Float(term)
        if kind is BigReal:
            return library.Float._new(term.raw, int(term.digits * 3.33) + 4)
        if kind is complex:
            return library.Float(term.real) + library.I * library.Float(term.imag)
        if kind is Symbol:
            return getattr(library, CONSTANTS[term]) if term in CONSTANTS else self.atom(term)
        if kind is not Expression:
            raise NoWay
        return self.compound(term)

    def compound(self, term: Expression) -> Any:
        library = sympy()
        if is_complex(term):
            return self.there(term.args[0]) + library.I * self.there(term.args[1])
        if term.head is S.DirectedInfinity:
            return library.zoo if not term.args else self.there(term.args[0]) * library.oo
        if is_head(term, S.ArcTan, 2):
            return library.atan2(self.there(term.args[1]), self.there(term.args[0]))
        if is_head(term, S.ArcTan, 1):
            return library.atan(self.there(term.args[0]))
        if type(term.head) is Symbol and term.head in THERE:
            return THERE[term.head](self.kernel, *term.args)
        name = FUNCTIONS.get(term.head.name) if type(term.head) is Symbol else None
        if name is None:
            return self.atom(term)
        args = [self.there(arg) for arg in term.args]
        return getattr(library, name)(*args)

    def atom(self, term: Term) -> Any:
        """Gives the symbol that stands for a term: the same for the same term."""
        if term not in self.known:
            name = f"{term.name if type(term) is Symbol else 'part'}_{len(self.known)}"
            known = {"real": True} if self.real else {}
            made = sympy().Symbol(name, **known | dict(self.facts.get(term, {})))
            self.known[term], self.terms[made] = made, term
        return self.known[term]

    def back(self, found: Any) -> Term:
        """Gives the value of the term of an expression; raises NoWay."""
        return self.kernel.evaluate(self.term(found))

    def term(self, found: Any) -> Term:
        library = sympy()
        if found.is_Symbol:
            if found not in self.terms:
                raise NoWay
            return self.terms[found]
        if found.is_Integer:
            return int(found)
        if found.is_Rational:
            return Fraction(int(found.p), int(found.q))
        if found.is_Float:
            return float(found) if found._prec <= 53 else BigReal(found._mpf_, found._prec / 3.33)
        special = {library.I: Expression(S.Complex, (0, 1)), library.oo: INFINITY, -library.oo: MINUS_INFINITY,
                   library.zoo: COMPLEX_INFINITY, library.nan: INDETERMINATE}  # fmt: skip
        special |= {getattr(library, there): here for here, there in CONSTANTS.items()}
        if found in special:
            return special[found]
        name = type(found).__name__
        if name in WHOLE:
            return WHOLE[name](self, found)
        args = tuple(self.term(arg) for arg in found.args)
        if name in FORMS:
            return FORMS[name](*args)
        if name not in heads():
            raise NoWay
        return Expression(heads()[name], args)


def tried(
    kernel: Kernel,
    work: Callable[[Bridge], Term],
    real: bool = False,
    facts: Mapping[Term, Mapping[str, bool]] | None = None,
) -> Term | None:
    """Gives what work with sympy gives, None where it finds nothing; raises Message."""
    sympy()
    try:
        return work(Bridge(kernel, real, facts))
    except (Message, ControlFlow, RecursionError):
        raise
    except Exception:
        # sympy raises exceptions of any kind where it knows no way.
        return None
