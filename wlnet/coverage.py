"""What there is of the framework, what differs, and what is missing: found by asking the declarations."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

from wlnet import builtins
from wlnet.builtins.evaluation.help import declared
from wlnet.declarations import Declaration

DONE, DIFFERS, MISSING = "done", "differs", "missing"


class Entry(NamedTuple):
    """A name of the framework, its state, and how it differs where it does."""

    name: str
    state: str
    note: str = ""


class Group(NamedTuple):
    """Names that belong together."""

    title: str
    entries: tuple[Entry, ...]

    def names(self, state: str) -> list[str]:
        return [entry.name for entry in self.entries if entry.state == state]

    @property
    def present(self) -> int:
        """How many are there, be it with a difference."""
        return len(self.entries) - len(self.names(MISSING))


Known = Mapping[str, Declaration | str | None]
"""Name → its declaration, or how it differs in words, or None where the registry says neither."""


def plain(names: Collection[str]) -> Known:
    return dict.fromkeys(names)


def symbols() -> Known:
    return declared()


def encoders() -> Known:
    from wlnet.nets.coders import ENCODERS

    return ENCODERS


def decoders() -> Known:
    from wlnet.nets.coders import DECODERS

    return DECODERS


def imports() -> Known:
    from wlnet.builtins.files.data_formats import FORMATS

    return {name: row.differs for name, row in FORMATS.items() if row.read is not None}


def exports() -> Known:
    from wlnet.builtins.files.data_formats import FORMATS

    return {name: row.differs for name, row in FORMATS.items() if row.is_written}


def net_properties() -> Known:
    from wlnet.builtins.nets.information.information import PROPERTIES

    return plain(PROPERTIES)


def training_properties() -> Known:
    from wlnet.builtins.nets.training.results import known_properties

    return plain(known_properties())


def progress() -> Known:
    from wlnet.builtins.nets.training.progress_keys import FILES, PROGRESS

    return plain([*PROGRESS, FILES])


def measurements() -> Known:
    from wlnet.training.measurements import MEASUREMENTS

    return plain(MEASUREMENTS)


def optimizers() -> Known:
    from wlnet.training.optimizers import OPTIMIZERS

    return plain(OPTIMIZERS)


def initializers() -> Known:
    from wlnet.nets.initialize import METHODS

    return plain(METHODS)


#: `among` in framework.toml → what gives the names that are declared there.
READERS: Mapping[str, Callable[[], Known]] = {
    "symbols": symbols,
    "encoders": encoders,
    "decoders": decoders,
    "imports": imports,
    "exports": exports,
    "net properties": net_properties,
    "training properties": training_properties,
    "progress": progress,
    "measurements": measurements,
    "optimizers": optimizers,
    "initializers": initializers,
}


def coverage() -> list[Group]:
    """Gives every group of the framework with the state of its names."""
    builtins.load()
    builtins.load_rest()
    listed = tomllib.loads(files("wlnet").joinpath("framework.toml").read_text(encoding="utf-8"))
    return [group_of(row["title"], row["names"], READERS[row.get("among", "symbols")]()) for row in listed["group"]]


def group_of(title: str, names: Iterable[str], known: Known) -> Group:
    return Group(title, tuple(entry_of(name, known) for name in names))


def entry_of(name: str, known: Known) -> Entry:
    if name not in known:
        return Entry(name, MISSING)
    said = known[name]
    note = said.help.differs if isinstance(said, Declaration) else said or ""
    return Entry(name, DIFFERS if note else DONE, note)


def page(groups: list[Group], *, markdown: bool = False) -> str:
    """Gives the page that `wlnet --coverage` prints."""
    lines = markdown_lines(groups) if markdown else text_lines(groups)
    return "\n".join(lines) + "\n"


def totals(groups: list[Group]) -> str:
    there, everything = sum(group.present for group in groups), sum(len(group.entries) for group in groups)
    differing = sum(len(group.names(DIFFERS)) for group in groups)
    return f"{there} of {everything} names are there, {differing} of them with a difference that is told below"


def text_lines(groups: list[Group]) -> Iterator[str]:
    yield f"{totals(groups)}."
    for group in groups:
        yield ""
        yield f"{group.title}: {group.present} of {len(group.entries)}"
        for state in (DONE, MISSING):
            if group.names(state):
                yield from wrapped(f"  {state:<8} ", ", ".join(group.names(state)))
        for entry in group.entries:
            if entry.state == DIFFERS:
                yield from wrapped(f"  {DIFFERS:<8} ", f"{entry.name}: {entry.note}")


def wrapped(begin: str, text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent=begin, subsequent_indent=" " * len(begin), break_on_hyphens=False)


def markdown_lines(groups: list[Group]) -> Iterator[str]:
    yield "# Coverage of the framework"
    yield ""
    yield f"{totals(groups)}. `wlnet --coverage --markdown` makes this page out of the declarations."
    for group in groups:
        yield ""
        yield f"## {group.title}: {group.present} of {len(group.entries)}"
        yield ""
        for state in (DONE, MISSING):
            if group.names(state):
                yield f"- {state}: " + ", ".join(f"`{name}`" for name in group.names(state))
        for entry in group.entries:
            if entry.state == DIFFERS:
                yield f"- {DIFFERS}: `{entry.name}`: {entry.note}"
