"""The functions of NumPy, as nodes of a graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wlnet.interchange.onnx.writing.graph import REAL, TRUTH, Graph, Value
from wlnet.interchange.onnx.writing.sizes import Unsayable


def elementwise(operator: str, kind: str | None = None) -> Callable[[Graph], Callable[..., Value]]:
    """Gives the function of a graph that applies an operator to one or two values or numbers."""

    def bound(graph: Graph) -> Callable[..., Value]:
        def apply(*given: Any) -> Value:
            if len(given) == 2:
                return graph.binary(operator, *given, kind)
            return graph.node(operator, graph.value(given[0], REAL), kind=kind)

        return apply

    return bound


#: Function of NumPy → the operator that does the same to each element, and the kind of what it gives.
ELEMENTWISE = {
    "abs": ("Abs",), "add": ("Add",), "arccos": ("Acos",), "arccosh": ("Acosh",), "arcsin": ("Asin",),
    "arcsinh": ("Asinh",), "arctan": ("Atan",), "arctanh": ("Atanh",), "ceil": ("Ceil",), "cos": ("Cos",),
    "cosh": ("Cosh",), "divide": ("Div",), "equal": ("Equal", TRUTH), "erf": ("Erf",), "exp": ("Exp",),
    "floor": ("Floor",), "greater": ("Greater", TRUTH), "greater_equal": ("GreaterOrEqual", TRUTH),
    "less": ("Less", TRUTH), "less_equal": ("LessOrEqual", TRUTH), "log": ("Log",), "maximum": ("Max",),
    "minimum": ("Min",), "multiply": ("Mul",), "negative": ("Neg",), "power": ("Pow",), "reciprocal": ("Reciprocal",),
    "rint": ("Round",), "sign": ("Sign",), "sin": ("Sin",), "sinh": ("Sinh",), "sqrt": ("Sqrt",), "subtract": ("Sub",),
    "tan": ("Tan",), "tanh": ("Tanh",),
}  # fmt: skip


class Numbers:
    """The functions of NumPy that operations are composed of, on values of a graph: `anp` of `Operation.compose`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.special = self

    def __getattr__(self, name: str) -> Any:
        if name not in ELEMENTWISE:
            raise Unsayable(f"it has no operator for {name.replace('_', ' ')}")
        return elementwise(*ELEMENTWISE[name])(self.graph)

    def where(self, condition: Value, a: Any, b: Any) -> Value:
        return self.graph.where(condition, a, b)

    def trunc(self, x: Value) -> Value:
        return self.sign(x) * self.floor(self.abs(x))

    def square(self, x: Value) -> Value:
        return x * x

    def cbrt(self, x: Value) -> Value:
        return self.sign(x) * self.abs(x) ** (1 / 3)

    def mod(self, a: Value, b: Value) -> Value:
        return a - b * self.floor(a / b)

    def erfc(self, x: Value) -> Value:
        return 1 - self.erf(x)

    def not_equal(self, a: Value, b: Any) -> Value:
        return self.logical_not(self.equal(a, b))

    def logical_not(self, a: Value) -> Value:
        return self.graph.node("Not", self.graph.truth(a))

    def logical_and(self, a: Value, b: Value) -> Value:
        return self.graph.node("And", self.graph.truth(a), self.graph.truth(b))

    def logical_or(self, a: Value, b: Value) -> Value:
        return self.graph.node("Or", self.graph.truth(a), self.graph.truth(b))
