"""What every declaration shares: a name, a category, and a docstring in sections.

A declaration is a decorator on a function (`@builtin`, `@layer`, `@operation`, …) that puts one `Declaration` into the
registry of its package; nothing else lists it. The docstring is the only source of help, reference pages and example
tests, and is parsed when asked for, never at start:

    Name[x] does this.                 usage lines, each beginning with the name
    Name[x, y] does that.

    Details: free text.

    Examples:
        >> Name[1]                     input
        = 2                            its value, compared as a term (reals within 1e-5 relative)
        message: Name::tag             a message that must appear
        printed: text                  the printed form of the value, where that is the point
    Options: "Option":                 examples that show the option
    Possible issues:                   examples of what goes wrong
    Known failures:                    examples that are run and must fail
    Differs: where it does something else than its namesake in the Wolfram Language, for the page of coverage
    Source: where the facts come from (page, paper and year)

Each further `>>` under one heading runs in the same session as the ones above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Example(NamedTuple):
    """One input of a docstring with everything that is said of it."""

    input: str
    section: str
    value: str | None = None
    printed: str | None = None
    messages: tuple[str, ...] = ()


class Help(NamedTuple):
    """A docstring, parsed: `usage` lines, `details`, `examples` by section heading (a session each), `source`, `differs`."""

    usage: tuple[str, ...]
    details: str
    examples: dict[str, tuple[Example, ...]]
    source: str
    differs: str

    def all_examples(self) -> Iterator[Example]:
        for group in self.examples.values():
            yield from group


SECTION = re.compile(r"^(Details|Examples|Options|Possible issues|Known failures|Differs|Source):\s*(.*)$")


def parse_help(docstring: str, name: str) -> Help:
    """Parses the docstring of the declaration called `name` into its sections."""
    usage: list[str] = []
    texts: dict[str, list[str]] = {"Details": [], "Source": [], "Differs": []}
    examples: dict[str, list[Example]] = {}
    section, heading = "Usage", "Usage"
    fields: dict[str, Any] | None = None

    def finish() -> None:
        nonlocal fields
        if fields is not None:
            fields["messages"] = tuple(fields.get("messages", ()))
            examples.setdefault(heading, []).append(Example(section=section, **fields))
        fields = None

    for raw in docstring.splitlines():
        line = raw.strip()
        found = SECTION.match(line)
        if found:
            finish()
            section, rest = found.group(1), found.group(2).strip()
            heading = f"{section}: {rest.rstrip(':')}" if section == "Options" else section
            if section in texts and rest:
                texts[section].append(rest)
        elif line.startswith(">>"):
            finish()
            fields = {"input": line[2:].strip()}
        elif fields is not None and line.startswith("= "):
            fields["value"] = line[2:].strip()
        elif fields is not None and line.startswith("printed: "):
            fields["printed"] = line[9:].strip()
        elif fields is not None and line.startswith("message: "):
            fields.setdefault("messages", []).append(line[9:].strip())
        elif fields is not None and line:
            key = "value" if "value" in fields else "input"
            fields[key] += "\n" + line
        elif section == "Usage" and line:
            if line.startswith(name) or not usage:
                usage.append(line)
            else:
                usage[-1] += " " + line
        elif section in texts and line:
            texts[section].append(line)
    finish()
    grouped = {key: tuple(group) for key, group in examples.items()}
    details, source, differs = (" ".join(lines) for lines in texts.values())
    return Help(tuple(usage), details, grouped, source, differs)


@dataclass(slots=True)
class Declaration:
    """One declared thing: its name in the language, its category, and the function that carries its docstring."""

    name: str
    category: str
    function: Callable[..., Any]
    _help: Help | None = field(default=None, repr=False)

    @property
    def help(self) -> Help:
        """The parsed docstring (parsed at the first use)."""
        if self._help is None:
            self._help = parse_help(self.function.__doc__ or "", self.head)
        return self._help

    @property
    def title(self) -> str:
        """What it is found under in help, such as `NetChain` or `NetEncoder["Class"]`."""
        return self.name

    @property
    def head(self) -> str:
        """What its usage lines begin with."""
        return self.title.partition("[")[0]

    @property
    def module(self) -> str:
        return self.function.__module__
