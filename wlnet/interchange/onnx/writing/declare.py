"""The table of the rules that say operations in ONNX.

A rule is a function of the graph, the values of the inputs, `out` (the dimensions of what it gives) and the
operation's settings. An operation without a rule is said by its composition (`Operation.compose`), where that is one of
elements.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

from wlnet.interchange.onnx.writing.graph import REAL, Graph, Value
from wlnet.interchange.onnx.writing.numbers import Numbers
from wlnet.interchange.onnx.writing.sizes import Unsayable

Rule = Callable[..., Any]

RULES: dict[str, Rule] = {}
#: Operation → the inputs that its rule takes as whole numbers.
TAKES_WHOLE: dict[str, tuple[int, ...]] = {}


def says(*operations: str, whole: tuple[int, ...] = ()) -> Callable[[Rule], Rule]:
    """Declares the rule of operations (a decorator)."""

    def declare(rule: Rule) -> Rule:
        for operation in operations:
            RULES[operation] = rule
            TAKES_WHOLE[operation] = whole
        return rule

    return declare


#: Operation → why it cannot be said.
NEVER = {
    "connectionist_loss": "it has no operator for the sum over all paths",
    "crop": "it draws random numbers",
    "gradient_of": "it has no derivatives",
    "random_mask": "it draws random numbers",
    "random_numbers": "it draws random numbers, whose distribution may be any",
    "run_function": "its function is evaluated by the language",
}


def composed(operation: Any) -> Rule:
    """Gives the rule of an operation that is said by its composition."""

    def rule(g: Graph, *inputs: Value, out: Any, **settings: Any) -> Any:
        if operation.name in NEVER:
            raise Unsayable(NEVER[operation.name])
        try:
            return g.value(operation.compose(Numbers(g), *inputs, **settings), REAL)
        except (TypeError, AttributeError):  # the composition does something that is not done to each element
            raise Unsayable(f"it has no operator for {operation.name.replace('_', ' ')}") from None

    return rule


def load_rules() -> None:
    """Imports every module that declares rules."""
    package = importlib.import_module("wlnet.interchange.onnx.writing.rules")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)


def rule_of(operation: Any) -> Rule:
    """Gives the rule of an operation."""
    found = RULES.get(operation.name)
    return composed(operation) if found is None else found
