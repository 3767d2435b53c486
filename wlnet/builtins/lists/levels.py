"""Level specifications, and walks over the parts of a term at given levels."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from wlnet.builtins.lists.choosing import items, rebuild
from wlnet.terms import Association, Expression, S, Term, elements, is_head, is_list

INFINITE = 1 << 60
Place = tuple[Term, ...]
Found = tuple[Place, Term]


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels from `first` to `last`; a negative one counts from the leaves (-1: those without parts, as `{}`)."""

    first: int
    last: int

    def holds(self, level: int, depth: int) -> bool:
        """Tells whether a part at `level` with `depth` levels, itself included, lies on these levels."""
        low = level >= self.first if self.first >= 0 else -depth >= self.first
        return low and (level <= self.last if self.last >= 0 else -depth <= self.last)

    def below(self, level: int) -> bool:
        """Tells whether parts of a term at `level` can lie on these levels."""
        return self.last < 0 or level < self.last


def levels_of(spec: Term) -> Levels | None:
    """Gives the levels of a specification `n`, `{n}`, `{m, n}`, `Infinity` or `All`; None for anything else."""
    if is_list(spec):
        bounds = [_bound(item) for item in elements(spec)]
        if None in bounds or len(bounds) not in (1, 2):
            return None
        first, last = bounds[0], bounds[-1]
        return Levels(first or 0, last or 0)
    if spec is S.All:
        return Levels(0, INFINITE)
    bound = _bound(spec)
    return None if bound is None else Levels(1, bound)


def _bound(term: Term) -> int | None:
    if type(term) is int:
        return term
    is_infinite = term is S.Infinity or (is_head(term, S.DirectedInfinity, 1) and term.args[0] == 1)
    return INFINITE if is_infinite else None


def steps(term: Term) -> Iterator[Term]:
    """Gives the part specification of each element: 1, 2, … or, in an association, Key[key]."""
    if type(term) is Association:
        return (Expression(S.Key, (name,)) for name, _ in term.items())
    return iter(range(1, len(items(term)) + 1))


def walk(term: Term, levels: Levels, *, heads: bool = False) -> Iterator[Found]:
    """Yields (position, part) for the parts at these levels, parts before what they are parts of."""
    yield from _walk(term, levels, heads, (), 0)


def _walk(term: Term, levels: Levels, heads: bool, place: Place, level: int) -> Generator[Found, None, int]:
    depth = 1
    if levels.below(level) or levels.first < 0:
        if heads and type(term) is Expression:
            yield from _walk(term.head, levels, heads, (*place, 0), level + 1)
        parts = items(term)
        for step, part in zip(steps(term), parts, strict=True) if parts else ():
            depth = max(depth, 1 + (yield from _walk(part, levels, heads, (*place, step), level + 1)))
    if levels.holds(level, depth):
        yield place, term
    return depth


def map_levels(function: Callable[[Term, Place], Term], term: Term, levels: Levels, *, heads: bool = False) -> Term:
    """Gives the term with `function(part, position)` in place of each part at these levels, from the leaves up."""
    return _mapped(function, term, levels, heads, (), 0)[0]


def _mapped(
    function: Callable[[Term, Place], Term], term: Term, levels: Levels, heads: bool, place: Place, level: int
) -> tuple[Term, int]:
    depth, made = 1, term
    if levels.below(level) or levels.first < 0:
        parts = items(term)
        rows = [
            _mapped(function, part, levels, heads, (*place, step), level + 1)
            for step, part in (zip(steps(term), parts, strict=True) if parts else ())
        ]
        depth = 1 + max((row[1] for row in rows), default=0)
        if any(row[0] is not part for row, part in zip(rows, parts, strict=True)):
            made = rebuild(term, [row[0] for row in rows])
            if type(made) is Association:
                # As an expression: the new values may be yet to be evaluated, and nothing looks inside an atom.
                made = Expression(S.Association, made.rules())
        if heads and type(term) is Expression:
            made = _with_head(function, made, levels, place, level)
    return (function(made, place) if levels.holds(level, depth) else made), depth


def _with_head(
    function: Callable[[Term, Place], Term], term: Expression, levels: Levels, place: Place, level: int
) -> Expression:
    head = _mapped(function, term.head, levels, True, (*place, 0), level + 1)[0]
    return term if head is term.head else Expression(head, term.args)
