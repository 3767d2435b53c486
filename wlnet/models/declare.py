"""The declaration of built-in nets: the text of a program, and a docstring."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wlnet.declarations import Declaration
from wlnet.terms import Term


@dataclass(slots=True)
class Model(Declaration):
    """A built-in net.

    label: the name that NetModel takes; the declaration's own name is `NetModel["label"]`. code: an expression in the
    language that makes the net, where the parameter "Classes" is the variable `classes`. options: parameter → default.
    """

    label: str = ""
    code: str = ""
    options: dict[str, Term] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        """Parameter → the variable that stands for it in the code."""
        return {name: name[0].lower() + name[1:] for name in self.options}


MODELS: dict[str, Model] = {}


def model(
    label: str, *, category: str, code: str, parameters: Mapping[str, Term] | None = None
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declares a built-in net on an empty function that carries its docstring (a decorator)."""

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        if label in MODELS:
            raise ValueError(f"{label} is declared twice: {MODELS[label].module} and {function.__module__}")
        MODELS[label] = Model(
            f'NetModel["{label}"]', category, function, label=label, code=code, options=dict(parameters or {})
        )
        return function

    return declare


def load_models() -> dict[str, Model]:
    """Imports every family, and gives name → declaration."""
    package = importlib.import_module("wlnet.models")
    for module in pkgutil.iter_modules(package.__path__, "wlnet.models."):
        importlib.import_module(module.name)
    return MODELS
