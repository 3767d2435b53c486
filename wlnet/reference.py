"""What the declarations say: all of them, their help, and the test cases in their examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wlnet import builtins
from wlnet.builtins.evaluation.help import declared, help_text
from wlnet.declarations import Declaration, Example

KNOWN_FAILURES = "Known failures"


@dataclass(frozen=True, slots=True)
class Case:
    """The examples under one heading of one declaration: they run one after the other in one session."""

    declaration: Declaration
    heading: str
    examples: tuple[Example, ...]

    @property
    def must_fail(self) -> bool:
        """Tells whether the examples show what does not work yet, so that each must fail."""
        return self.heading == KNOWN_FAILURES

    def __str__(self) -> str:
        return f"{self.declaration.title}, {self.heading}"


def all_declarations() -> list[Declaration]:
    """Gives every declaration of the language, sorted by title.

    Whoever has a registry of declarations adds it to `wlnet.builtins.evaluation.help.REGISTRIES`.
    """
    builtins.load()
    builtins.load_rest()
    return sorted(declared().values(), key=lambda declaration: declaration.title.lower())


def cases() -> Iterator[Case]:
    """Yields the test cases of all declarations."""
    for declaration in all_declarations():
        for heading, examples in declaration.help.examples.items():
            yield Case(declaration, heading, examples)


__all__ = ["Case", "all_declarations", "cases", "help_text"]
