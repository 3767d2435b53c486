"""Numbers of any precision: against mpmath, through text and back, and honest about what is known."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import BigReal, Expression, Term, same

SESSION = Session()


def value(code: str) -> Term:
    return SESSION.evaluate_term(code)


def to_mpmath(term: Term) -> mpmath.mpf | mpmath.mpc:
    if type(term) is BigReal:
        return mpmath.mp.make_mpf(term.raw)
    if type(term) is Expression:
        return mpmath.mpc(*map(to_mpmath, term.args))
    return mpmath.mpf(term)


FUNCTIONS = {
    "Sin": "sin", "Cos": "cos", "Tan": "tan", "Cot": "cot", "Sec": "sec", "Csc": "csc", "ArcSin": "asin",
    "ArcCos": "acos", "ArcTan": "atan", "ArcCot": "acot", "ArcSec": "asec", "ArcCsc": "acsc", "Sinh": "sinh",
    "Cosh": "cosh", "Tanh": "tanh", "Coth": "coth", "Sech": "sech", "Csch": "csch", "ArcSinh": "asinh",
    "ArcCosh": "acosh", "ArcTanh": "atanh", "ArcCoth": "acoth", "ArcSech": "asech", "ArcCsch": "acsch", "Log": "log",
    "Exp": "exp", "Sqrt": "sqrt", "Gamma": "gamma", "LogGamma": "loggamma", "Erf": "erf", "Erfc": "erfc",
    "InverseErf": "erfinv", "Sinc": "sinc", "Log2": lambda x: mpmath.log(x, 2), "CubeRoot": mpmath.cbrt,
    "LogisticSigmoid": lambda x: 1 / (1 + mpmath.exp(-x)), "Haversine": lambda x: mpmath.sin(x / 2) ** 2,
    "InverseHaversine": lambda x: 2 * mpmath.asin(mpmath.sqrt(x)), "InverseErfc": lambda x: mpmath.erfinv(1 - x),
    "Gudermannian": lambda x: mpmath.asin(mpmath.tanh(x)), "InverseGudermannian": lambda x: mpmath.asinh(mpmath.tan(x)),
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("argument", ["1/3", "3/7"])
def test_functions(name: str, argument: str) -> None:
    function = FUNCTIONS[name]
    with mpmath.workdps(80):
        x = mpmath.mpf(argument.split("/")[0]) / int(argument.split("/")[1])
        wanted = (getattr(mpmath, function) if isinstance(function, str) else function)(x)
        found = to_mpmath(value(f"N[{name}[{argument}], 50]"))
        assert abs(found - wanted) < abs(wanted) * mpmath.mpf(10) ** -49


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("Precision[1`20 + 1`30]", "20.30102999566398"),
        ("Precision[1`20*3`30]", "20."),
        ("Accuracy[1`20 - 1`30]", "20."),
        ("Precision[N[Pi, 30] - 22/7] < 28", "True"),
        ("1`20 + 1.", "2."),
        ("N[Pi, 30] - N[Pi, 30] == 0", "True"),
        ("Abs[N[10^30 + Pi, 40] - 10^30 - Pi] < 10^-8", "True"),
        ("MatchQ[1`20, _Real]", "True"),
        ("Precision[SetPrecision[1.5, 40]]", "40."),
        ("Precision[N[E^(I/7), 20]] > 19", "True"),
        ("Round[N[Pi 10^30, 50]]", "3141592653589793238462643383280"),
        ("0 1`20", "0"),
        ("Table[i, {i, 1`10, 2}] == {1, 2}", "True"),
    ],
)  # fmt: skip
def test_what_is_known(code: str, text: str) -> None:
    assert write(value(code)) == text


@settings(deadline=None)
@given(st.integers(), st.integers(-40, 40), st.floats(0.5, 60))
def test_read_back(mantissa: int, exponent: int, digits: float) -> None:
    number = value(f"SetPrecision[{mantissa}*10^({exponent}), {digits!r}]")
    assert same(value(write(number)), number)
    with mpmath.workdps(100):
        exact = mpmath.mpf(mantissa) * mpmath.mpf(10) ** exponent
        assert abs(to_mpmath(number) - exact) <= abs(exact) * mpmath.mpf(10) ** -max(digits, 1)
