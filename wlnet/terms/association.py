"""Associations: ordered, immutable maps of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wlnet.terms.atoms import register
from wlnet.terms.expression import Expression, Term, rule
from wlnet.terms.same import key, same, term_hash
from wlnet.terms.symbols import S


class Association:
    """`<|key -> value, …|>`: immutable; a later pair with a key that is already there replaces its value in place."""

    __slots__ = ("entries", "stamp")

    def __init__(self, pairs: Iterable[tuple[Term, Term]] = ()) -> None:
        entries: dict[object, tuple[Term, Term]] = {}
        for name, value in pairs:
            entries[key(name)] = (name, value)
        self.entries = entries
        self.stamp = 0

    @classmethod
    def from_entries(cls, entries: dict[object, tuple[Term, Term]]) -> Association:
        """Makes one from entries already keyed by `same.key`; the dict is taken over, not copied."""
        made = cls.__new__(cls)
        made.entries = entries
        made.stamp = 0
        return made

    def get(self, name: Term, default: Term = None) -> Term:
        """Gives the value at a key, or `default`."""
        found = self.entries.get(key(name))
        return default if found is None else found[1]

    def __contains__(self, name: Term) -> bool:
        return key(name) in self.entries

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.keys())

    def keys(self) -> tuple[Term, ...]:
        return tuple(name for name, _ in self.entries.values())

    def values(self) -> tuple[Term, ...]:
        return tuple(value for _, value in self.entries.values())

    def items(self) -> Iterator[tuple[Term, Term]]:
        return iter(self.entries.values())

    def rules(self) -> tuple[Expression, ...]:
        return tuple(rule(name, value) for name, value in self.entries.values())

    def with_items(self, pairs: Iterable[tuple[Term, Term]]) -> Association:
        """Gives a new association with these pairs added or replaced."""
        entries = dict(self.entries)
        for name, value in pairs:
            entries[key(name)] = (name, value)
        return Association.from_entries(entries)

    def add(self, pairs: Iterable[tuple[Term, Term]]) -> None:
        """Adds or replaces pairs in place: only for who knows that nothing else holds this association."""
        for name, value in pairs:
            self.entries[key(name)] = (name, value)
        self.stamp = 0

    def without(self, names: Iterable[Term]) -> Association:
        """Gives a new association without these keys."""
        entries = dict(self.entries)
        for name in names:
            entries.pop(key(name), None)
        return Association.from_entries(entries)

    def map_values(self, values: Iterable[Term]) -> Association:
        """Gives a new association with the same keys and these values, in order."""
        made = {}
        for (hashed, (name, _)), value in zip(self.entries.items(), values, strict=True):
            made[hashed] = (name, value)
        return Association.from_entries(made)

    def __repr__(self) -> str:
        return "<|" + ", ".join(f"{k!r} -> {v!r}" for k, v in self.items()) + "|>"


def _equal(a: Association, b: Association) -> bool:
    if len(a) != len(b):
        return False
    return all(same(k1, k2) and same(v1, v2) for (k1, v1), (k2, v2) in zip(a.items(), b.items(), strict=True))


register(
    Association,
    S.Association,
    full_form=lambda a: Expression(S.Association, a.rules()),
    equal=_equal,
    hash=lambda a: hash(("assoc", *(hash((term_hash(k), term_hash(v))) for k, v in a.items()))),
)
