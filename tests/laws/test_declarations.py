"""Every declaration says what it must: usage, an example, and an example for each option and each message.

What fails here names the symbol and the module to mend; wlnet/declarations.py describes the sections of a docstring.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from wlnet.declarations import Declaration
from wlnet.kernel import BUILTINS
from wlnet.kernel.written import PRIVATE, Written
from wlnet.patterns.renaming import symbols_of
from wlnet.reference import KNOWN_FAILURES, all_declarations

ROOT = Path(__file__).parents[2]
DECLARATIONS = all_declarations()
NAMES = {declaration.title for declaration in DECLARATIONS}

every_declaration = pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda declaration: declaration.title)


@every_declaration
def test_usage_begins_with_the_name(declaration: Declaration) -> None:
    usage = declaration.help.usage
    assert usage, (
        f"{declaration.module}: begin the docstring of {declaration.title} with `{declaration.head}[…] gives …`."
    )
    for line in usage:
        assert line.startswith(declaration.head), (
            f"{declaration.module}: a usage line of {declaration.title} must begin with {declaration.head}: {line}"
        )


@every_declaration
def test_an_example_shows_it(declaration: Declaration) -> None:
    shown = [example.input for heading, group in declaration.help.examples.items() if heading != KNOWN_FAILURES
             for example in group]  # fmt: skip
    assert shown, (
        f"{declaration.module}: give {declaration.title} an `Examples:` section with a `>> input` and a `= value` line."
    )


@every_declaration
def test_every_example_says_what_to_expect(declaration: Declaration) -> None:
    for heading, group in declaration.help.examples.items():
        last = group[-1]
        assert last.value is not None or last.printed is not None or last.messages, (
            f"{declaration.module}: the last input of {heading} of {declaration.title} says nothing of its value: "
            f">> {last.input}"
        )


@every_declaration
def test_every_option_is_shown(declaration: Declaration) -> None:
    options = getattr(declaration, "options", None) or {}
    shown = "\n".join(f"{example.input}\n{example.section}" for example in declaration.help.all_examples())
    headings = " ".join(declaration.help.examples)
    for option in options:
        assert option in shown or option in headings, (
            f'{declaration.module}: add a section `Options: "{option}":` with an example to {declaration.title}.'
        )


@every_declaration
def test_every_message_is_shown(declaration: Declaration) -> None:
    messages = getattr(declaration, "messages", None) or {}
    expected = " ".join(text for example in declaration.help.all_examples() for text in example.messages)
    for tag in messages:
        assert tag in expected.replace("::", " ").replace(":", " ").split(), (
            f"{declaration.module}: add an example with the line `message: {declaration.title}::{tag}` to "
            f"{declaration.title}, or drop the message."
        )


def names_in(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yields the names of System` in a source, with lines: `S.Name`, `symbol("Name")`, `expression("Name", …)`."""
    called = {"S"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            called |= {name.asname for name in node.names if name.name == "S" and name.asname}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            yield node.attr, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            first = node.args[0]
            text = first.value if isinstance(first, ast.Constant) else None
            if node.func.id in {"symbol", "expression"} and isinstance(text, str) and "`" not in text:
                yield text, node.lineno


@pytest.mark.parametrize(
    "file",
    sorted([*(ROOT / "wlnet").rglob("*.py"), *(ROOT / "repl").rglob("*.py")]),
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_every_symbol_that_a_source_uses_is_declared(file: Path) -> None:
    for name, line in names_in(ast.parse(file.read_text(encoding="utf-8"))):
        assert name in NAMES, (
            f"{file.relative_to(ROOT)}:{line} uses {name}, which nothing declares. Declare it in wlnet/builtins by subject: "
            f'with @builtin("{name}", …) on the function that evaluates it, or with @constant("{name}", …) on an empty '
            "function whose docstring says what it stands for."
        )


def options_of(declaration: Declaration) -> Collection[str]:
    return getattr(declaration, "options", None) or ()


@pytest.mark.parametrize("declared", [d for d in DECLARATIONS if isinstance(d, Written)], ids=lambda d: d.title)
def test_what_is_written_in_the_language_uses_what_is_there(declared: Written) -> None:
    used = {name for *_, left, right, _ in declared.read() for name in (*symbols_of(left), *symbols_of(right))}
    known = {name.name for name in BUILTINS} | {option for other in DECLARATIONS for option in options_of(other)}
    unknown = {name.name for name in used if name.context == "System`"} - known
    assert not unknown, f"{declared.place}: {declared.name} uses {unknown}, which wlnet does not have"


def test_a_small_name_is_defined_in_one_place() -> None:
    """Blocks of code in the language share their small names: what two of them define is defined by the one read last.

    What each of them says of its own symbol (`density[NormalDistribution[…], x]`) gets in nobody's way.
    """
    places: dict[str, set[str]] = {}
    for declared in DECLARATIONS:
        if isinstance(declared, Written):
            for owner, _, left, *_ in declared.read():
                if owner.context == PRIVATE and declared.symbol not in symbols_of(left):
                    places.setdefault(owner.name, set()).add(f"{declared.name} in {declared.module}")
    shared = {name: sorted(found) for name, found in places.items() if len(found) > 1}
    assert not shared, f"these definitions overwrite each other: {shared}; rename all but one"
