"""Associations: ordered, immutable maps of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wlnet.terms.atoms import register
from wlnet.terms.expression import Expression, Term, rule
from wlnet.terms.same import key, same, term_hash
from wlnet.terms.symbols import S

DELAYED = S.RuleDelayed
#: The keys of delayed values where there are none.
NONE_DELAYED: frozenset[object] = frozenset()


class Association:
    """`<|key -> value, …|>`: immutable; a later pair with a key that is already there replaces its value in place.

    delayed: the keys (as `same.key` has them) of `key :> value`, the value of which is evaluated when it is asked for.
    stamp: as that of an expression.
    """

    __slots__ = ("delayed", "entries", "stamp")

    def __init__(self, pairs: Iterable[tuple[Term, Term]] = ()) -> None:
        entries: dict[object, tuple[Term, Term]] = {}
        for name, value in pairs:
            entries[key(name)] = (name, value)
        self.entries = entries
        self.delayed = NONE_DELAYED
        self.stamp = 0

    @classmethod
    def from_entries(
        cls, entries: dict[object, tuple[Term, Term]], delayed: frozenset[object] = NONE_DELAYED
    ) -> Association:
        """Makes one from entries already keyed by `same.key`; the dict is taken over. `delayed` may name other keys, too."""
        made = cls.__new__(cls)
        made.entries = entries
        made.delayed = delayed.intersection(entries) if delayed else delayed
        made.stamp = 0
        return made

    @classmethod
    def from_rules(cls, rules: Iterable[Expression]) -> Association:
        """Makes one from rules, the values of delayed ones being delayed."""
        entries: dict[object, tuple[Term, Term]] = {}
        delayed: set[object] = set()
        for each in rules:
            name, value = each.args
            hashed = key(name)
            entries[hashed] = (name, value)
            if each.head is DELAYED:
                delayed.add(hashed)
            elif delayed:
                delayed.discard(hashed)
        return cls.from_entries(entries, frozenset(delayed))

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
        if not self.delayed:
            return tuple(rule(name, value) for name, value in self.entries.values())
        heads = (DELAYED if hashed in self.delayed else S.Rule for hashed in self.entries)
        return tuple(map(Expression, heads, self.entries.values()))

    def with_items(self, pairs: Iterable[tuple[Term, Term]]) -> Association:
        """Gives a new association with these pairs added or replaced."""
        return self.joined(Association(pairs))

    def joined(self, other: Association) -> Association:
        """Gives a new association with the pairs of another added or replaced."""
        made = Association.from_entries(dict(self.entries), self.delayed)
        made.add(other)
        return made

    def add(self, other: Association) -> None:
        """Adds or replaces pairs in place: only for who knows that nothing else holds this association."""
        self.entries.update(other.entries)
        if self.delayed or other.delayed:
            self.delayed = self.delayed.difference(other.entries) | other.delayed
        self.stamp = 0

    def without(self, names: Iterable[Term]) -> Association:
        """Gives a new association without these keys."""
        entries = dict(self.entries)
        for name in names:
            entries.pop(key(name), None)
        return Association.from_entries(entries, self.delayed)

    def with_values(self, values: Iterable[Term]) -> Association:
        """Gives a new association with the same keys and these values, in order, delayed ones again delayed."""
        made = self.map_values(values)
        made.delayed = self.delayed
        return made

    def map_values(self, values: Iterable[Term]) -> Association:
        """Gives a new association with the same keys and these values, in order."""
        made = {}
        for (hashed, (name, _)), value in zip(self.entries.items(), values, strict=True):
            made[hashed] = (name, value)
        return Association.from_entries(made)

    def __repr__(self) -> str:
        return "<|" + ", ".join(f"{k!r} -> {v!r}" for k, v in self.items()) + "|>"


def _equal(a: Association, b: Association) -> bool:
    if len(a) != len(b) or a.delayed != b.delayed:
        return False
    return all(same(k1, k2) and same(v1, v2) for (k1, v1), (k2, v2) in zip(a.items(), b.items(), strict=True))


register(
    Association,
    S.Association,
    full_form=lambda a: Expression(S.Association, a.rules()),
    equal=_equal,
    hash=lambda a: hash(("assoc", *(hash((term_hash(k), term_hash(v))) for k, v in a.items()))),
)
