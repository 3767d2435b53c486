"""Numbers and arrays: packed and unpacked lists agree, exact arithmetic is exact, nothing overflows silently."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.builtins.numbers import numerical
from wlnet.builtins.numbers.calculus import DERIVATIVES
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import Expression, NumericArray, S, Symbol, Term, elements, list_of, pack, same, symbol
from wlnet.terms import attributes as flags

SESSION = Session()
KERNEL = SESSION.kernel

#: What an ElementwiseLayer accepts by name.
ELEMENTWISE = [
    "Ramp", "LogisticSigmoid", "Tan", "Tanh", "ArcTan", "ArcTanh", "Sin", "Sinh", "ArcSin", "ArcSinh", "Cos",
    "Cosh", "ArcCos", "ArcCosh", "Cot", "Coth", "ArcCot", "ArcCoth", "Csc", "Csch", "ArcCsc", "ArcCsch", "Sec",
    "Sech", "ArcSec", "ArcSech", "Haversine", "InverseHaversine", "Gudermannian", "InverseGudermannian", "Log",
    "Exp", "Sqrt", "CubeRoot", "Abs", "Gamma", "LogGamma", "Erf", "InverseErf", "Erfc", "InverseErfc", "Round",
    "Floor", "Ceiling", "Sign", "FractionalPart", "IntegerPart", "Unitize", "KroneckerDelta",
]  # fmt: skip
#: Those written as powers, as the language does.
WRITTEN_AS_POWERS = {"Exp": "E^x", "Sqrt": "Sqrt[x]"}

UNARY = [*ELEMENTWISE, "UnitStep", "Sinc", "Factorial", "Minus", "Re", "Im", "Conjugate", "Arg", "Log2", "Log10"]
UNARY += ["Positive", "Negative", "NonNegative", "NonPositive", "EvenQ", "OddQ"]
BINARY = [
    "Plus",
    "Times",
    "Power",
    "Subtract",
    "Divide",
    "Mod",
    "Quotient",
    "ArcTan",
    "Log",
    "Binomial",
    "Round",
    "Max",
]

small = st.integers(-20, 20)
whole = st.one_of(small, st.integers(-(2**63), 2**63 - 1))
reals = st.floats(-50, 50, allow_nan=False, allow_subnormal=False)
rational = st.fractions(max_denominator=10**6)


def value(head: str, *args: Term) -> Term:
    KERNEL.issued.clear()
    return KERNEL.evaluate(Expression(symbol(head), args))


def one_by_one(head: str, *columns: list[Term]) -> list[Term]:
    return [value(head, *row) for row in zip(*columns, strict=True)]


def close(a: Term, b: Term) -> bool:
    """Tells whether two terms are the same up to the last digits of their machine numbers."""
    if type(a) is not type(b):
        return False
    if type(a) is float or type(a) is complex:
        return abs(a - b) <= 1e-12 * max(abs(a), abs(b), 1e-300) or same(a, b)
    if type(a) is Expression:
        return len(a.args) == len(b.args) and all(map(close, (a.head, *a.args), (b.head, *b.args)))
    return same(a, b)


# Laws


@pytest.mark.parametrize("head", UNARY)
@given(numbers=st.one_of(st.lists(reals, min_size=1, max_size=8), st.lists(small, min_size=1, max_size=8)))
@settings(max_examples=25, deadline=None)
def test_a_packed_list_gives_what_its_elements_give(head: str, numbers: list[Term]) -> None:
    packed, unpacked = value(head, pack(np.array(numbers))), value(head, list_of(*numbers))
    assert same(packed, unpacked)
    assert all(map(close, elements(packed), one_by_one(head, numbers)))


@pytest.mark.parametrize("head", BINARY)
@given(pairs=st.lists(st.tuples(reals, reals), min_size=1, max_size=6), other=st.one_of(reals, small, rational))
@settings(max_examples=25, deadline=None)
def test_two_packed_lists_give_what_their_elements_give(
    head: str, pairs: list[tuple[float, float]], other: Term
) -> None:
    first, second = (list(column) for column in zip(*pairs, strict=True))
    if head == "Max":
        assert same(value(head, pack(first), pack(second)), value(head, list_of(*first), list_of(*second)))
        return
    for right in (second, [reduced(other)] * len(first)):
        packed = value(head, pack(np.array(first)), pack(np.array(second)) if right is second else right[0])
        assert all(map(close, elements(packed), one_by_one(head, first, right)))


@pytest.mark.parametrize("head", ["Plus", "Times", "Subtract", "Power", "Mod", "Quotient", "GCD", "LCM", "BitXor"])
@given(pairs=st.lists(st.tuples(whole, whole), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_integers_never_overflow(head: str, pairs: list[tuple[int, int]]) -> None:
    if head == "Power":
        pairs = [(x, y % 9) for x, y in pairs]
    first, second = (list(column) for column in zip(*pairs, strict=True))
    packed = value(head, pack(np.array(first, dtype=np.int64)), pack(np.array(second, dtype=np.int64)))
    assert all(map(same, elements(packed), one_by_one(head, first, second)))


@given(numbers=st.lists(whole, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_totals_are_exact(numbers: list[int]) -> None:
    packed = pack(np.array(numbers, dtype=np.int64))
    assert value("Total", packed) == sum(numbers)
    assert value("Dot", packed, packed) == sum(x * x for x in numbers)
    assert value("Mean", packed) == Fraction(sum(numbers), len(numbers))
    assert list(elements(value("Accumulate", packed))) == [sum(numbers[: i + 1]) for i in range(len(numbers))]


def reduced(number: Term) -> Term:
    """Gives a fraction as an integer where it is one, as terms want it."""
    return number.numerator if type(number) is Fraction and number.denominator == 1 else number


@given(a=rational, b=rational, n=st.integers(-6, 6))
@settings(max_examples=100, deadline=None)
def test_exact_arithmetic_agrees_with_fractions(a: Fraction, b: Fraction, n: int) -> None:
    x, y = reduced(a), reduced(b)
    assert same(value("Plus", x, y), reduced(a + b))
    assert same(value("Times", x, y), reduced(a * b))
    assert same(value("Subtract", x, y), reduced(a - b))
    if b:
        assert same(value("Divide", x, y), reduced(a / b))
        assert same(value("Mod", x, y), reduced(a % b))
    if a:
        assert same(value("Power", x, n), reduced(a**n))
    assert value("Floor", x) == math.floor(a)
    assert value("Round", x) == round(a)
    assert (value("Less", x, y) is symbol("True")) == (a < b)
    assert (value("Equal", x, y) is symbol("True")) == (a == b)


MATH = {
    "Sin": math.sin, "Cos": math.cos, "Tan": math.tan, "Sinh": math.sinh, "Cosh": math.cosh, "Tanh": math.tanh,
    "ArcTan": math.atan, "ArcSinh": math.asinh, "Exp": math.exp, "Erf": math.erf, "Erfc": math.erfc, "Abs": math.fabs,
}  # fmt: skip


@pytest.mark.parametrize("head", MATH)
@given(x=st.floats(-20, 20))
@settings(max_examples=30, deadline=None)
def test_machine_functions_agree_with_math(head: str, x: float) -> None:
    assert math.isclose(value(head, x), MATH[head](x), rel_tol=1e-13, abs_tol=1e-300)


@pytest.mark.parametrize(
    ("function", "inverse"),
    [
        ("Sin", "ArcSin"), ("Tan", "ArcTan"), ("Sinh", "ArcSinh"), ("Tanh", "ArcTanh"), ("Sech", "ArcSech"),
        ("Csc", "ArcCsc"), ("Cot", "ArcCot"), ("Coth", "ArcCoth"), ("Csch", "ArcCsch"), ("Erf", "InverseErf"),
        ("Erfc", "InverseErfc"), ("Gudermannian", "InverseGudermannian"), ("Haversine", "InverseHaversine"),
    ],
)  # fmt: skip
@given(x=st.floats(0.05, 1.5))
@settings(max_examples=20, deadline=None)
def test_inverses_undo(function: str, inverse: str, x: float) -> None:
    assert math.isclose(value(inverse, value(function, x)), x, rel_tol=1e-9)


@given(turns=st.integers(-30, 30))
@settings(max_examples=40, deadline=None)
def test_exact_angles_agree_with_their_decimals(turns: int) -> None:
    angle = value("Times", reduced(Fraction(turns, 12)), S.Pi)
    for head in ("Sin", "Cos", "Tan", "Sec"):
        exact = value("N", value(head, angle))
        if type(exact) is float:
            assert math.isclose(exact, value(head, math.pi * turns / 12), rel_tol=1e-9, abs_tol=1e-9)


@given(base=st.integers(1, 2000), top=st.integers(-7, 7), bottom=st.integers(2, 5))
@settings(max_examples=80, deadline=None)
def test_exact_roots_agree_with_their_decimals(base: int, top: int, bottom: int) -> None:
    exact = value("Power", base, reduced(Fraction(top, bottom)))
    assert math.isclose(value("N", exact), base ** (top / bottom), rel_tol=1e-12)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise_functions_wait_for_a_number(name: str) -> None:
    result = SESSION.evaluate_term(f"{name}[x]")
    assert write(result) == WRITTEN_AS_POWERS.get(name, f"{name}[x]")
    attributes = KERNEL.attributes(symbol(name))
    assert attributes & flags.LISTABLE
    assert attributes & flags.NUMERIC_FUNCTION


@pytest.mark.parametrize("name", ["Total", "Mean", "Max", "Min", "Dimensions", "Norm", "Sin", "Round", "Accumulate"])
def test_a_numeric_array_is_taken_as_its_list(name: str) -> None:
    array = np.array([0.5, -1.0, 2.0], dtype=np.float32)
    assert same(value(name, NumericArray(array)), value(name, pack(array)))


def test_an_association_is_threaded_key_by_key() -> None:
    assert same(SESSION.evaluate_term("<|a -> 1, b -> 2.|> + 1"), SESSION.evaluate_term("<|a -> 2, b -> 3.|>"))
    assert same(SESSION.evaluate_term("<|a -> 1|> <|a -> 3|>"), SESSION.evaluate_term("<|a -> 3|>"))


@pytest.mark.parametrize("name", sorted(DERIVATIVES))
def test_derivatives_are_the_slopes(name: str) -> None:
    slope = SESSION.evaluate_term(f"D[{name}[x], x]")
    formula = Expression(S.Function, (symbol("Global`x"), slope))
    for x in (0.31, 0.72, 1.43, 2.57):
        step = 1e-5
        low, high = value(name, x - step), value(name, x + step)
        found = KERNEL.evaluate(Expression(formula, (x,)))
        if type(low) is type(high) is float or type(low) is int:
            wanted = (high - low) / (2 * step)
            assert math.isclose(value("N", found), wanted, rel_tol=1e-6, abs_tol=1e-6), x


# Linear algebra and statistics against NumPy

matrices = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=n, max_size=n)
)


@given(rows=matrices)
@settings(max_examples=40, deadline=None)
def test_exact_matrices(rows: list[list[int]]) -> None:
    matrix = pack(np.array(rows))
    det = value("Det", matrix)
    assert math.isclose(det, np.linalg.det(np.array(rows, dtype=float)), rel_tol=1e-6, abs_tol=1e-6)
    if det:
        product = value("Dot", matrix, value("Inverse", matrix))
        assert same(product, pack(np.eye(len(rows), dtype=np.int64)))
    assert same(value("Transpose", value("Transpose", matrix)), matrix)


@given(numbers=st.lists(st.integers(-50, 50), min_size=2, max_size=12))
@settings(max_examples=40, deadline=None)
def test_exact_statistics_agree_with_numpy(numbers: list[int]) -> None:
    exact, data = pack(np.array(numbers)), np.array(numbers, dtype=float)
    expected = {
        "Mean": data.mean(), "Variance": data.var(ddof=1), "StandardDeviation": data.std(ddof=1),
        "Median": np.median(data), "RootMeanSquare": np.sqrt((data**2).mean()), "Norm": np.linalg.norm(data),
    }  # fmt: skip
    for name, wanted in expected.items():
        assert math.isclose(value("N", value(name, exact)), wanted, rel_tol=1e-9, abs_tol=1e-12), name
        assert math.isclose(value(name, pack(data)), wanted, rel_tol=1e-9, abs_tol=1e-12), name


@pytest.mark.parametrize("permutation", [(1, 2, 3), (2, 3, 1), (3, 1, 2), (2, 1, 3), (3, 2, 1)])
def test_transpose_moves_level_i_to_its_place(permutation: tuple[int, int, int]) -> None:
    array = np.arange(24).reshape(2, 3, 4)
    result = value("Transpose", pack(array), list_of(*permutation))
    for index in np.ndindex(array.shape):
        moved = [0, 0, 0]
        for level, place in enumerate(permutation):
            moved[place - 1] = index[level]
        assert result[tuple(moved)] == array[index]


# Random numbers


@pytest.mark.parametrize(
    "text",
    [
        "RandomReal[{-1, 1}, {2, 3}]", "RandomInteger[10^30, 3]", "RandomChoice[{1, 2} -> {a, b}, 9]",
        "RandomSample[Range[30]]", "RandomVariate[GammaDistribution[2, 3], 4]",
    ],
)  # fmt: skip
def test_the_same_seed_gives_the_same(text: str) -> None:
    first, again = (SESSION.evaluate_term(f"SeedRandom[3]; {text}") for _ in range(2))
    other = SESSION.evaluate_term(f"SeedRandom[4]; {text}")
    assert same(first, again)
    assert not same(first, other)


@pytest.mark.parametrize(
    ("distribution", "mean", "variance"),
    [
        ("NormalDistribution[1, 2]", 1, 4), ("UniformDistribution[{2, 8}]", 5, 3),
        ("ExponentialDistribution[2]", 0.5, 0.25),
        ("PoissonDistribution[3]", 3, 3), ("BernoulliDistribution[0.3]", 0.3, 0.21),
        ("BinomialDistribution[10, 0.3]", 3, 2.1), ("GammaDistribution[2, 3]", 6, 18),
        ("BetaDistribution[2, 2]", 0.5, 0.05), ("GeometricDistribution[0.5]", 1, 2),
        ("DiscreteUniformDistribution[{1, 6}]", 3.5, 35 / 12), ("GumbelDistribution[0, 1]", -0.5772, math.pi**2 / 6),
        ("LaplaceDistribution[0, 1]", 0, 2), ("WeibullDistribution[1, 2]", 2, 4),
    ],
)  # fmt: skip
def test_samples_have_the_moments_of_their_distribution(distribution: str, mean: float, variance: float) -> None:
    sample = SESSION.evaluate_term(f"SeedRandom[1]; RandomVariate[{distribution}, 40000]")
    assert abs(sample.mean() - mean) < 5 * math.sqrt(variance / 40000)
    assert math.isclose(sample.var(), variance, rel_tol=0.1)


# Examples that are one function's business no more than another's


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x - x", "0"),
        ("2 x + 3 x", "5 x"),
        ("x^2 x^3/x", "x^4"),
        ("-(a + b)", "-a - b"),
        ("2/Sqrt[2]", "Sqrt[2]"),
        ("Sqrt[12]", "2 Sqrt[3]"),
        ("(1 + I)^2 - 2 I", "0"),
        ("1.5 + Pi > 4.64", "True"),
        ("{1, 2} + {{1, 2}, {3, 4}}", "{{2, 3}, {5, 6}}"),
        ("2^63 + {2^62, 1}", "{13835058055282163712, 9223372036854775809}"),
        ("{2^62, 2^62} + {2^62, 2^62}", "{9223372036854775808, 9223372036854775808}"),
        ("Sin[{1, Pi/6, 0.}]", "{Sin[1], 1/2, 0.}"),
        ("1/Infinity", "0"),
        ("Max[1, x, 3]", "Max[3, x]"),
        ("Total[{{a, b}, {c, d}}, 2]", "a + b + c + d"),
        ("PadRight[{{1}, {2, 3, 4}}, {3, 2}]", "{{1, 0}, {2, 3}, {0, 0}}"),
        ("Round[{-0.5, 0.5, 1.5, 2.5}]", "{0, 0, 2, 2}"),
        ("N[{1/4, x^2, f[1]}]", "{0.25, x^2, f[1.]}"),
        ("1 == 1. == 1", "True"),
        ("1 < 2 < x", "1 < 2 < x"),
        ('"a" == 1', "False"),
        ("E^Log[x]", "x"),
        ("10^-2", "1/100"),
    ],
)
def test_values(text: str, wanted: str) -> None:
    assert same(SESSION.evaluate_term(text), SESSION.evaluate_term(wanted))
    assert not SESSION.messages


@pytest.mark.parametrize(
    ("text", "message", "wanted"),
    [
        ("1/0", "Power::infy", "ComplexInfinity"),
        ("1/{1, 0}", "Power::infy", "{1, ComplexInfinity}"),
        ("1./{1., 0.}", "Power::infy", "{1., ComplexInfinity}"),
        ("0^0", "Power::indet", "Indeterminate"),
        ("Infinity - Infinity", "Infinity::indet", "Indeterminate"),
        ("0 Infinity", "Infinity::indet", "Indeterminate"),
        ("{1, 2} + {1, 2, 3}", "Thread::tdlen", "{1, 2} + {1, 2, 3}"),
        ("10.^300 10.^300", "General::ovfl", "Overflow[]"),
        ("{10.^300, 1.} 10.^300", "General::ovfl", "{Overflow[], 10.^300}"),
    ],
)
def test_messages(text: str, message: str, wanted: str) -> None:
    result = SESSION.evaluate_term(text)
    assert [line.partition(": ")[0] for line in SESSION.messages] == [message]
    assert same(result, SESSION.evaluate_term(wanted))


def test_every_constant_has_its_value() -> None:
    for name, wanted in (
        ("Pi", math.pi),
        ("E", math.e),
        ("Degree", math.radians(1)),
        ("GoldenRatio", (1 + 5**0.5) / 2),
    ):
        found = SESSION.evaluate_term(f"N[{name}]")
        assert type(SESSION.evaluate_term(name)) is Symbol
        assert math.isclose(found, wanted, rel_tol=1e-15)


def test_nested_remainders_of_what_has_none_do_not_double_the_work_at_each_level(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts, approximate = [0], numerical.approximate

    def counted(*args: Any) -> Term:
        counts[-1] += 1
        return approximate(*args)

    monkeypatch.setattr(numerical, "approximate", counted)
    for depth in (6, 12):
        counts.append(0)
        SESSION.evaluate(f"Nest[Mod[# + I Sqrt[2], 2] &, Sqrt[2], {depth}]")
    assert 0 < counts[-1] < 16 * counts[-2]  # doubled at each level, it would be 64 times as much
