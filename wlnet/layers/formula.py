"""Elementwise functions of nets: a term over variables, run on any namespace of operations."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, elements, expression, is_list, symbol


@dataclass(frozen=True, slots=True)
class Formula:
    """An elementwise function: the term that it was given as, its variables, and its value in terms of them."""

    function: Term
    variables: tuple[Symbol, ...]
    body: Term

    def apply(self, ops: Any, kind: str, *inputs: Any) -> Any:
        """Gives the value for arrays as variables, broadcast together; constants take their type."""
        bound: dict[Symbol, Any] = dict(zip(self.variables, inputs, strict=True))
        result = Interpreter(ops, kind, bound, inputs[0].dtype).run(self.body)
        shape = max((x.shape for x in inputs), key=len)
        return result if len(result.shape) == len(shape) else ops.broadcast(result, shape=shape)


class Interpreter:
    """Runs the body of a formula."""

    __slots__ = ("bound", "dtype", "kind", "ops")

    def __init__(self, ops: Any, kind: str, bound: Mapping[Symbol, Any], dtype: Any) -> None:
        self.ops = ops
        self.kind = kind
        self.bound = bound
        self.dtype = dtype

    def constant(self, value: float) -> np.ndarray:
        return np.asarray(value, self.dtype)

    def run(self, term: Term) -> Any:
        kind = type(term)
        if kind is int or kind is float or kind is Fraction:
            return self.constant(float(term))
        if kind is Symbol:
            if term in self.bound:
                return self.bound[term]
            if term in CONSTANTS:
                return self.constant(CONSTANTS[term])
        elif kind is Expression and type(term.head) is str and term.head in ACTIVATIONS and len(term.args) == 1:
            return ACTIVATIONS[term.head](self.ops, self.run(term.args[0]))
        elif kind is Expression and type(term.head) is Symbol:
            if term.head in UNARY and len(term.args) == 1:
                return getattr(self.ops, UNARY[term.head])(self.run(term.args[0]))
            special = SPECIAL.get(term.head)
            if special is not None:
                result = special(self, term.args)
                if result is not None:
                    return result
        raise NetError(
            "`1` cannot be part of an elementwise function; numbers, arithmetic, elementary functions, comparisons, "
            "If, Which, Piecewise, Max, Min, Clip and Mod can",
            tag="function",
            kind=self.kind,
            terms=(self.as_typed(term),),
        )

    def as_typed(self, term: Term) -> Term:
        """Gives a term with slots for the variables, as a user writes it."""
        if type(term) is Symbol and term in self.bound:
            return expression("Slot", list(self.bound).index(term) + 1)
        return Expression(term.head, tuple(map(self.as_typed, term.args))) if type(term) is Expression else term

    def fold(self, operation: str, args: tuple[Term, ...]) -> Any:
        values = [self.run(arg) for arg in args]
        return values[0] if len(values) == 1 else getattr(self.ops, operation)(*values)

    def choose(self, condition: Term, then: Term, otherwise: Term) -> Any:
        return self.ops.where(self.run(condition), self.run(then), self.run(otherwise))


CONSTANTS: dict[Symbol, float] = {
    S.Pi: np.pi,
    S.E: np.e,
    S.Degree: np.pi / 180,
    S.EulerGamma: 0.5772156649015329,
    S.GoldenRatio: (1 + 5**0.5) / 2,
    S.Catalan: 0.915965594177219,
    TRUE: 1.0,
    FALSE: 0.0,
    S.Infinity: np.inf,
}

#: Head → operation of one array.
UNARY: dict[Symbol, str] = {
    symbol(name): operation
    for name, operation in {
        "Ramp": "ramp", "LogisticSigmoid": "sigmoid", "Tanh": "tanh", "Exp": "exp", "Log": "log", "Sqrt": "sqrt",
        "CubeRoot": "cube_root", "Abs": "absolute", "Sign": "sign", "Minus": "negative",
        "Sin": "sin", "Cos": "cos", "Tan": "tan", "Cot": "cot", "Sec": "sec", "Csc": "csc",
        "Sinh": "sinh", "Cosh": "cosh", "Coth": "coth", "Sech": "sech", "Csch": "csch",
        "ArcSin": "arcsin", "ArcCos": "arccos", "ArcTan": "arctan", "ArcCot": "arccot", "ArcSec": "arcsec",
        "ArcCsc": "arccsc", "ArcSinh": "arcsinh", "ArcCosh": "arccosh", "ArcTanh": "arctanh", "ArcCoth": "arccoth",
        "ArcSech": "arcsech", "ArcCsch": "arccsch", "Erf": "erf", "Erfc": "erfc", "InverseErf": "inverse_erf",
        "InverseErfc": "inverse_erfc", "Gamma": "gamma", "LogGamma": "log_gamma", "Haversine": "haversine",
        "InverseHaversine": "inverse_haversine", "Gudermannian": "gudermannian",
        "InverseGudermannian": "inverse_gudermannian", "Round": "round", "Floor": "floor", "Ceiling": "ceiling",
        "IntegerPart": "integer_part", "FractionalPart": "fractional_part", "Unitize": "unitize",
        "KroneckerDelta": "kronecker_delta", "Not": "logical_not",
    }.items()
}  # fmt: skip


def power(run: Interpreter, args: tuple[Term, ...]) -> Any:
    base, exponent = args
    named = POWERS.get(exponent) if type(exponent) in (int, Fraction) else None
    if base is S.E:
        return run.ops.exp(run.run(exponent))
    if named is not None:
        return getattr(run.ops, named)(run.run(base))
    return run.ops.power(run.run(base), run.run(exponent))


POWERS: dict[Any, str] = {2: "square", -1: "reciprocal", Fraction(1, 2): "sqrt", Fraction(1, 3): "cube_root"}


def times(run: Interpreter, args: tuple[Term, ...]) -> Any:
    if args and type(args[0]) is int and args[0] == -1 and len(args) > 1:
        return run.ops.negative(run.fold("multiply", args[1:]))
    return run.fold("multiply", args)


def inequality(run: Interpreter, args: tuple[Term, ...]) -> Any:
    """Inequality[a, op1, b, op2, c, …]: all of its comparisons hold."""
    parts = [run.run(Expression(args[i + 1], (args[i], args[i + 2]))) for i in range(0, len(args) - 2, 2)]
    return parts[0] if len(parts) == 1 else run.ops.multiply(*parts)


def comparison(operation: str) -> Callable[[Interpreter, tuple[Term, ...]], Any]:
    def compare(run: Interpreter, args: tuple[Term, ...]) -> Any:
        values = [run.run(arg) for arg in args]
        pairs = [getattr(run.ops, operation)(a, b) for a, b in itertools.pairwise(values)]
        return pairs[0] if len(pairs) == 1 else run.ops.multiply(*pairs)

    return compare


def sign_test(operation: str) -> Callable[[Interpreter, tuple[Term, ...]], Any]:
    return lambda run, args: getattr(run.ops, operation)(run.run(args[0]), run.constant(0.0))


def conditional(run: Interpreter, args: tuple[Term, ...]) -> Any:
    return run.choose(args[0], args[1], args[2]) if len(args) >= 3 else None


def which(run: Interpreter, args: tuple[Term, ...]) -> Any:
    if len(args) % 2:
        return None
    if len(args) == 2 or args[0] is TRUE:
        return run.run(args[1])
    return run.ops.where(run.run(args[0]), run.run(args[1]), which(run, args[2:]))


def piecewise(run: Interpreter, args: tuple[Term, ...]) -> Any:
    cases = [elements(case) for case in elements(args[0])] if args and is_list(args[0]) else []
    if not cases or any(len(case) != 2 for case in cases):
        return None
    default = args[1] if len(args) > 1 else 0
    return which(run, (*tuple(term for value, test in cases for term in (test, value)), TRUE, default))


def clip(run: Interpreter, args: tuple[Term, ...]) -> Any:
    """Clip[x], Clip[x, {low, high}], Clip[x, {low, high}, {below, above}]; the bounds may depend on variables."""
    if not 1 <= len(args) <= 3 or any(not is_list(pair) or len(elements(pair)) != 2 for pair in args[1:]):
        return None
    ops, x = run.ops, run.run(args[0])
    bounds = elements(args[1]) if len(args) > 1 else (-1, 1)
    if len(args) < 3 and all(type(bound) in NUMBERS for bound in bounds):
        return ops.clip(x, low=float(bounds[0]), high=float(bounds[1]))
    low, high = map(run.run, bounds)
    if len(args) < 3:
        return ops.minimum(ops.maximum(x, low), high)
    below, above = map(run.run, elements(args[2]))
    return ops.where(ops.less(x, low), below, ops.where(ops.greater(x, high), above, x))


def small_as_zero(default: float) -> Callable[[Interpreter, tuple[Term, ...]], Any]:
    """Threshold and Chop: what is at most a number (the default where it is not given) becomes 0."""

    def apply(run: Interpreter, args: tuple[Term, ...]) -> Any:
        if not 1 <= len(args) <= 2 or any(type(level) not in NUMBERS for level in args[1:]):
            return None
        return run.ops.threshold(run.run(args[0]), level=float(args[1]) if len(args) > 1 else default)

    return apply


NUMBERS = frozenset((int, float, Fraction))


def arc_tangent(run: Interpreter, args: tuple[Term, ...]) -> Any:
    return run.ops.arctan2(run.run(args[1]), run.run(args[0])) if len(args) == 2 else None


def error_between(run: Interpreter, args: tuple[Term, ...]) -> Any:
    """Erf[a, b] is Erf[b] - Erf[a]."""
    if len(args) != 2:
        return None
    low, high = (run.ops.erf(run.run(arg)) for arg in args)
    return run.ops.subtract(high, low)


#: Head → function(interpreter, arguments) → array, or None where the form is not known.
SPECIAL: dict[Symbol, Callable[[Interpreter, tuple[Term, ...]], Any]] = {
    S.Plus: lambda run, args: run.fold("add", args),
    S.Times: times,
    S.Power: lambda run, args: power(run, args) if len(args) == 2 else None,
    S.Subtract: lambda run, args: run.fold("subtract", args),
    S.Divide: lambda run, args: run.fold("divide", args),
    S.Max: lambda run, args: run.fold("maximum", args),
    S.Min: lambda run, args: run.fold("minimum", args),
    S.Mod: lambda run, args: run.fold("mod", args) if len(args) == 2 else None,
    S.Surd: lambda run, args: run.fold("surd", args) if len(args) == 2 else None,
    S.ArcTan: arc_tangent,
    S.Clip: clip,
    S.Erf: error_between,
    S.Threshold: small_as_zero(0.0),
    S.Chop: small_as_zero(1e-10),
    S.If: conditional,
    S.Which: which,
    S.Piecewise: piecewise,
    S.And: lambda run, args: run.fold("logical_and", args),
    S.Or: lambda run, args: run.fold("logical_or", args),
    S.Boole: lambda run, args: run.run(args[0]),
    S.Equal: comparison("equal"),
    S.Unequal: comparison("unequal"),
    S.Less: comparison("less"),
    S.LessEqual: comparison("less_equal"),
    S.Greater: comparison("greater"),
    S.GreaterEqual: comparison("greater_equal"),
    S.Inequality: inequality,
    S.Positive: sign_test("greater"),
    S.Negative: sign_test("less"),
    S.NonNegative: sign_test("greater_equal"),
    S.NonPositive: sign_test("less_equal"),
    S.PossibleZeroQ: sign_test("equal"),
}

#: Functions that have a value already for a symbol → what stands for them while a function is evaluated for symbols.
INERT: dict[Symbol, Symbol] = {head: symbol(head.name + "$") for head in (S.Chop, S.PossibleZeroQ)}
SPECIAL.update({inert: SPECIAL[head] for head, inert in INERT.items()})

#: Name of an activation → function(namespace, array). Values as in the reference page of ElementwiseLayer.
ACTIVATIONS: dict[str, Callable[[Any, Any], Any]] = {}


def activation(*names: str) -> Callable[[Callable[[Any, Any], Any]], Callable[[Any, Any], Any]]:
    """Declares an activation under its names (a decorator)."""

    def declare(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        for name in names:
            ACTIVATIONS[name] = function
        return function

    return declare


def like(x: Any, value: float) -> np.ndarray:
    return np.asarray(value, x.dtype)


activation("RectifiedLinearUnit", "ReLU")(lambda ops, x: ops.ramp(x))
activation("Sigmoid", "LogisticSigmoid")(lambda ops, x: ops.sigmoid(x))
activation("SoftPlus")(lambda ops, x: ops.softplus(x))
activation("GaussianErrorLinearUnit", "GELU")(lambda ops, x: ops.gelu(x))
activation("Swish")(lambda ops, x: ops.swish(x))
activation("Mish")(lambda ops, x: ops.multiply(x, ops.tanh(ops.softplus(x))))
activation("HardTanh")(lambda ops, x: ops.clip(x, low=-1.0, high=1.0))
activation("HardSigmoid")(
    lambda ops, x: ops.clip(ops.add(ops.multiply(x, like(x, 0.5)), like(x, 0.5)), low=0.0, high=1.0)
)
activation("SoftSign")(lambda ops, x: ops.divide(x, ops.add(ops.absolute(x), like(x, 1.0))))


activation("ExponentialLinearUnit", "ELU")(lambda ops, x: ops.exponential_unit(x, scale=1.0, slope=1.0))
activation("ScaledExponentialLinearUnit", "SELU")(
    lambda ops, x: ops.exponential_unit(x, scale=1.0507009873554805, slope=1.7580993408473766)
)


@activation("HardSwish")
def hard_swish(ops: Any, x: Any) -> Any:
    gate = ops.clip(ops.add(x, like(x, 3.0)), low=0.0, high=6.0)
    return ops.multiply(ops.multiply(x, gate), like(x, 1 / 6))
