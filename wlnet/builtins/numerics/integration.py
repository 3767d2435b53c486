"""NIntegrate: integrals of formulas over ranges, boxes and regions between curves."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.builtins.numbers.big import context, of_context, of_value
from wlnet.builtins.numbers.calculus import holds
from wlnet.builtins.numbers.numerical import approximate, is_infinite, machine, machine_real
from wlnet.builtins.numerics.formulas import Formula, variables
from wlnet.builtins.numerics.settings import count, evaluated, method, tolerance, working_digits
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Symbol, Term, elements, is_list, list_of, symbol
from wlnet.terms import attributes as flags

ADAPTIVE = ("Automatic", "GlobalAdaptive", "LocalAdaptive", "GaussKronrodRule")
SAMPLING = ("MonteCarlo", "QuasiMonteCarlo")
#: Relative errors of one integral, and of integrals in one another.
GOAL, GOAL_NESTED = 1e-8, 1e-6
SAMPLES = 50_000
#: Values of the integrand in one integral at most; then there is no more than an estimate.
MOST_VALUES = 400_000


@dataclass
class Range:
    """A variable and the places between which it runs, as functions of the variables before it."""

    name: Symbol
    places: list[Formula]


class Integral:
    """What is integrated, and how well: `converged` is False when a part missed its goal."""

    def __init__(self, kernel: Kernel, body: Term, ranges: Sequence[Range], options: Mapping[str, Term]) -> None:
        self.kernel, self.ranges = kernel, ranges
        self.formula = Formula(kernel, body, [each.name for each in ranges])
        self.precision = tolerance(kernel, options, "PrecisionGoal", GOAL if len(ranges) == 1 else GOAL_NESTED)
        self.accuracy = tolerance(kernel, options, "AccuracyGoal", 0.0)
        self.depth = count(options, "MaxRecursion", 9)
        self.converged, self.values, self.error = True, 0, 0.0

    def value(self, *places: float) -> Any:
        self.values += 1
        found = self.formula.number(*places)
        return found if np.isfinite(found) else 0.0

    def bounds(self, level: int, outer: tuple[Any, ...]) -> list[Any]:
        """Gives the places of a range where the variables before it have these values; raises Message."""
        found = []
        for place in self.ranges[level].places:
            term = place(*outer)
            number = machine_real(self.kernel, term) if is_infinite(term) else machine(self.kernel, term)
            if number is None or number != number:
                raise Message("nlim", self.ranges[level].name, term)
            found.append(number)
        return found

    def over(self, level: int = 0, outer: tuple[Any, ...] = ()) -> Any:
        """Gives the integral over the range of this level and those inside it."""
        places = self.bounds(level, outer)
        is_innermost = level + 1 == len(self.ranges)

        def inner(x: Any) -> Any:
            return self.value(*outer, x) if is_innermost else self.over(level + 1, (*outer, x))

        return sum(self.piece(inner, a, b) for a, b in itertools.pairwise(places) if a != b)

    def piece(self, inner: Callable[[Any], Any], a: Any, b: Any) -> Any:
        """Gives the integral from a to b, along a straight line where they are complex."""
        if isinstance(a, complex) or isinstance(b, complex):
            return (b - a) * self.real_piece(lambda t: inner(a + (b - a) * t), 0.0, 1.0)
        return self.real_piece(inner, a, b)

    def real_piece(self, inner: Callable[[Any], Any], a: float, b: float) -> Any:
        known: dict[float, Any] = {}

        def at(x: float) -> Any:
            if x not in known:
                known[x] = inner(x)
            return known[x]

        real = self.quad(lambda x: at(x).real, a, b)
        if any(isinstance(value, complex) for value in known.values()):
            return complex(real, self.quad(lambda x: at(x).imag, a, b))
        return real

    def quad(self, at: Callable[[float], float], a: float, b: float) -> float:
        from scipy import integrate

        limit = 1 if self.values > MOST_VALUES else min(20 * self.depth, 2000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            precision = max(self.precision, 1e-13) if self.accuracy == 0 else self.precision
            value, error, *rest = integrate.quad(
                at, a, b, epsabs=self.accuracy, epsrel=precision, limit=limit, full_output=1
            )
        if len(rest) > 1 and error > max(1e-6 * abs(value), 1e-12, self.accuracy):
            self.converged, self.error = False, max(self.error, error)
        return value


def ranges_of(kernel: Kernel, specs: Sequence[Term]) -> list[Range]:
    """Gives the ranges {x, a, …, b}; the places may hold the variables before. Raises Message."""
    found: list[Range] = []
    for spec in specs:
        parts = elements(spec) if is_list(spec) else ()
        if len(parts) < 3 or type(parts[0]) is not Symbol:
            raise Message("range", spec)
        names = [each.name for each in found]
        found.append(Range(parts[0], [Formula(kernel, part, names) for part in parts[1:]]))
    return found


def sampled(integral: Integral, kind: str, samples: int) -> Any:
    """Gives the mean over random places of a box, times its volume."""
    from scipy.stats import qmc

    places = [place for each in integral.ranges for place in each.places]
    if any(holds(place.body, name) for place in places for name in place.names):
        raise Message("box", integral.ranges[0].name)
    boxes = [integral.bounds(level, (0.0,) * level) for level in range(len(integral.ranges))]
    low, high = np.array([each[0] for each in boxes]), np.array([each[-1] for each in boxes])
    if np.iscomplexobj(low) or np.iscomplexobj(high) or not np.isfinite([low, high]).all():
        raise Message("box", integral.ranges[0].name)
    random = integral.kernel.random
    if kind == "QuasiMonteCarlo":
        shares = qmc.Halton(len(boxes), seed=0).random(samples)
    else:
        shares = random.random((samples, len(boxes)))
    values = [integral.value(*place) for place in (low + shares * (high - low)).tolist()]
    return np.mean(values).item() * float(np.prod(high - low))


def to_digits(kernel: Kernel, integral: Integral, digits: float) -> Term:
    """Gives an integral over ranges with fixed ends to more digits than machine numbers have."""
    work = context()
    with work.workdps(int(digits) + 10):
        ends = []
        for each in integral.ranges:
            terms = [place() if not place.names else place.body for place in each.places]
            numbers = [kernel.evaluate(approximate(kernel, term, digits + 15)) for term in terms]
            ends.append([end_for(work, number, each.name) for number in numbers])
        value = work.quad(lambda *x: integral.formula.of_mpmath(work, digits + 10, *x), *ends)
        return of_value(work, value, digits)


def end_for(work: Any, number: Term, name: Symbol) -> Any:
    """Gives an end of a range as mpmath takes it; raises Message."""
    if is_infinite(number) and number.args:
        return work.inf * number.args[0]
    try:
        return of_context(work, number, work.prec)
    except (TypeError, AttributeError):
        raise Message("nlim", name, number) from None


@builtin(
    "NIntegrate",
    category="Numerical mathematics",
    attributes=flags.HOLD_ALL,
    options={
        "AccuracyGoal": S.Infinity, "MaxPoints": S.Automatic, "MaxRecursion": S.Automatic, "Method": S.Automatic,
        "PrecisionGoal": S.Automatic, "WorkingPrecision": S.MachinePrecision,
    },
    messages={
        "box": "Random places need a box with finite real ends; the range of `1` has others.",
        "inum": "The value of `1` at `2` is `3`; a number is expected.",
        "ncvb": "The integral did not settle to the requested accuracy: `1` may be wrong by `2`.",
        "nlim": "The range of `1` has the end `2`, which is no number.",
        "range": "`1` is not a range {x, min, max}.",
    },
)  # fmt: skip
def numerical_integral(kernel: Kernel, f: Term, *ranges: Term, options: dict[str, Term]) -> Term | None:
    """NIntegrate[f, {x, min, max}] gives a numerical value of the integral of f.
    NIntegrate[f, {x, min, c1, c2, …, max}] treats the places in between on their own: singularities, jumps.
    NIntegrate[f, {x, min, max}, {y, min, max}, …] integrates over several variables, the last one innermost.

    Details: Ends may be infinite, those of inner ranges may depend on outer variables, and complex places are joined by
    straight lines. Method: "GlobalAdaptive", "GaussKronrodRule" (the same), "MonteCarlo" or "QuasiMonteCarlo"
    with MaxPoints places. Values that are infinite count as zero.

    Examples:
        >> NIntegrate[Sin[Sin[x]], {x, 0, 2}]
        = 1.247056058
        >> NIntegrate[Exp[-x^2], {x, -Infinity, Infinity}]
        = 1.772453851
        >> NIntegrate[x y^2, {x, 0, 1}, {y, 0, x}]
        = 0.0666666667
        >> NIntegrate[1/Sqrt[Abs[x - 1]], {x, 0, 1, 3}]
        = 4.828427125
        >> NIntegrate[{x, x^2}, {x, 0, 3}]
        = {4.5, 9.}
        >> NIntegrate[1/z, {z, 1, I, -1, -I, 1}]
        = 0. + 6.283185307 I
        >> f[t_?NumericQ] := If[t < 1/2, 0, t]; NIntegrate[f[t], {t, 0, 1/2, 1}]
        = 0.375
    Options: "WorkingPrecision":
        >> NIntegrate[Exp[-x^2], {x, 0, Infinity}, WorkingPrecision -> 25]
        printed: 0.8862269254527580136490837
    Options: "Method", "MaxPoints":
        >> Abs[NIntegrate[x y, {x, 0, 1}, {y, 0, 1}, Method -> "QuasiMonteCarlo", MaxPoints -> 2000] - 0.25] < 0.01
        = True
        >> NIntegrate[x, {x, 0, Infinity}, Method -> "MonteCarlo"]
        message: NIntegrate::box
        = NIntegrate[x, {x, 0, Infinity}, Method -> "MonteCarlo"]
    Options: "PrecisionGoal", "AccuracyGoal", "MaxRecursion":
        >> NIntegrate[Sin[x], {x, 0, Pi}, PrecisionGoal -> 4, AccuracyGoal -> 4, MaxRecursion -> 3]
        = 2.
    Possible issues:
        >> NIntegrate[1/x, {x, 0, 1}];
        message: NIntegrate::ncvb
        >> NIntegrate[a x, {x, 0, 1}]
        message: NIntegrate::inum
        = NIntegrate[a x, {x, 0, 1}]
        >> NIntegrate[x, {x, 0, b}]
        message: NIntegrate::nlim
        = NIntegrate[x, {x, 0, b}]
        >> NIntegrate[x, x]
        message: NIntegrate::range
        = NIntegrate[x, x]
    """
    if not ranges:
        raise Message("range", list_of())
    settings = evaluated(kernel, options)
    name, digits = method(settings, (*ADAPTIVE, *SAMPLING)), working_digits(kernel, settings)
    names = [elements(spec)[0] if is_list(spec) and elements(spec) else spec for spec in ranges]
    if any(type(each) is not Symbol for each in names):
        raise Message("range", next(spec for spec, each in zip(ranges, names, strict=True) if type(each) is not Symbol))
    with variables(kernel, names), np.errstate(all="ignore"):
        try:
            integral = Integral(kernel, f, ranges_of(kernel, ranges), settings)
            if is_list(integral.formula.body):
                given = [Expression(S.Rule, (symbol(key), value)) for key, value in settings.items()]
                parts = elements(integral.formula.body)
                return list_of(*(Expression(S.NIntegrate, (part, *ranges, *given)) for part in parts))
            if name in SAMPLING:
                return sampled(integral, name, count(settings, "MaxPoints", SAMPLES))
            value = integral.over()
            if digits is not None:
                return to_digits(kernel, integral, digits)
        except Message as message:
            raise Message("inum", *message.arguments) if message.tag == "nnum" else message from None
    if not integral.converged:
        kernel.message("NIntegrate", "ncvb", value, integral.error)
    return value if isinstance(value, complex) else float(value)
