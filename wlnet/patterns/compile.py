"""Compilation of patterns: one builder for each head that means something in a pattern."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from wlnet.patterns.atomic import blank, head_test, literal
from wlnet.patterns.combined import (
    alternatives,
    elementwise,
    filtered,
    in_any_order,
    in_order,
    key_values,
    name_node,
    optional,
)
from wlnet.patterns.compound import compound
from wlnet.patterns.matching import (
    UNBOUNDED,
    Bindings,
    Matching,
    Node,
    matches,
    settled,
    single,
)
from wlnet.patterns.options import options_pattern
from wlnet.patterns.repeated import repeated, repetitions
from wlnet.patterns.sequences import any_term
from wlnet.patterns.substitution import template
from wlnet.terms import Association, S, Symbol, Term, elements, is_head
from wlnet.terms.expression import Expression


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern stands: `Optional[p]` takes `Default[head, position, count]`.

    names: all names of the whole pattern; owner: whose options OptionValue gives.
    """

    owner: Term
    names: frozenset[Symbol]
    head: Term = None
    position: int = 1
    count: int = 1


Builder = Callable[[Expression, Place], Node]


class Matcher:
    """A compiled pattern: call it to match a term; `names` are its variables."""

    __slots__ = ("node", "pattern")

    def __init__(self, pattern: Term) -> None:
        self.pattern = pattern
        self.node = compile_node(pattern)

    def __call__(self, term: Term, bindings: Bindings, matching: Matching) -> bool:
        """Tells whether a term matches, and fills the (empty) bindings; without a match they mean nothing."""
        return matches(self.node, term, bindings, matching)

    @property
    def names(self) -> frozenset[Symbol]:
        return self.node.variables - {S.OptionsPattern}


CACHE_SIZE = 1024
_cache: dict[int, Matcher] = {}


def compile_pattern(pattern: Term) -> Matcher:
    """Gives the matcher of a pattern; of one object again and again, usually the one made first."""
    found = _cache.get(id(pattern))
    if found is not None and found.pattern is pattern:
        return found
    if len(_cache) >= CACHE_SIZE:
        _cache.clear()
    # The matcher keeps the pattern alive, so that its id is not given to another.
    found = _cache[id(pattern)] = Matcher(pattern)
    return found


def compile_node(pattern: Term) -> Node:
    names = names_in_order(pattern)
    if names is None:
        return literal(pattern)
    return build(pattern, Place(options_owner(pattern), frozenset(names)))


def is_literal(pattern: Term) -> bool:
    """Tells whether a pattern matches only itself."""
    return names_in_order(pattern) is None


def build(pattern: Term, place: Place) -> Node:
    kind = type(pattern)
    if is_literal(pattern):
        return literal(pattern)
    if kind is Association:
        return _compound(Expression(S.Association, pattern.rules()), place)
    row = BUILDERS.get(pattern.head) if type(pattern.head) is Symbol else None
    if row is not None and len(pattern.args) in row[1]:
        return row[0](pattern, place)
    return _compound(pattern, place)


def _spliced(args: tuple[Term, ...]) -> tuple[Term, ...]:
    """Gives the arguments with those of PatternSequence in its place, which matters under an Orderless head."""
    if not any(is_head(arg, S.PatternSequence) for arg in args):
        return args
    parts = (_spliced(arg.args) if is_head(arg, S.PatternSequence) else (arg,) for arg in args)
    return tuple(part for run in parts for part in run)


def _compound(pattern: Expression, place: Place) -> Node:
    head, args = build(pattern.head, place), _spliced(pattern.args)
    if not is_literal(pattern.head):
        # HoldPattern[f] is one term only, but not the term that it is written as.
        head = replace(head, literal=False)
    nodes = [
        build(arg, replace(place, head=pattern.head, position=position, count=len(args)))
        for position, arg in enumerate(args, 1)
    ]
    return compound(pattern.head, head, nodes)


def names_in_order(pattern: Term) -> tuple[Symbol, ...] | None:
    """Gives the names in a pattern, or None for a literal; without recursion, since literals may be deep."""
    names: dict[Symbol, None] = {}
    is_pattern, left = False, [pattern]
    while left:
        term = left.pop()
        kind = type(term)
        if kind is Association:
            left.extend(reversed(term.values()))
        elif kind is Expression:
            if type(term.head) is Symbol and term.head in BUILDERS:
                is_pattern = True
                if is_head(term, S.Pattern, 2) and type(term.args[0]) is Symbol:
                    names[term.args[0]] = None
            left.extend(reversed(term.args))
            left.append(term.head)
    return tuple(names) if is_pattern else None


WRAPPERS = frozenset({S.HoldPattern, S.Condition, S.PatternTest, S.Longest, S.Shortest})


def unwrap(pattern: Term) -> Term:
    """Gives what a left side is for: without names, conditions, tests and holds around it."""
    while type(pattern) is Expression and pattern.args:
        if pattern.head in WRAPPERS:
            pattern = pattern.args[0]
        elif is_head(pattern, S.Pattern, 2):
            pattern = pattern.args[1]
        else:
            break
    return pattern


def options_owner(pattern: Term) -> Term:
    """Gives whose options `OptionValue[name]` looks up: those of `OptionsPattern[f]`, or of the outermost head."""
    left = [pattern]
    while left:
        term = left.pop()
        if is_head(term, S.OptionsPattern, 1):
            return term.args[0]
        left.extend(elements(term) if type(term) is Expression else ())
    head = unwrap(pattern)
    while type(head) is Expression:
        head = unwrap(head.head)
    return head


def _named(pattern: Expression, place: Place) -> Node:
    name = pattern.args[0]
    inner = build(pattern.args[1], place)
    if type(name) is not Symbol:
        return inner
    return name_node(name, inner)


def _blank(pattern: Expression, place: Place) -> Node:
    return blank(pattern.args)


def _blanks(low: int) -> Builder:
    def builder(pattern: Expression, place: Place) -> Node:
        return elementwise(head_test(pattern.args[0]) if pattern.args else any_term, low, UNBOUNDED)

    return builder


def _alternatives(pattern: Expression, place: Place) -> Node:
    return alternatives([build(arg, place) for arg in pattern.args])


def _pattern_test(pattern: Expression, place: Place) -> Node:
    inner, function = build(pattern.args[0], place), pattern.args[1]

    def passes(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> bool:
        return all(matching.is_true(Expression(function, (term,))) for term in terms)

    each = inner.each
    if each is None:
        needs = inner.needs or (lambda term, bindings, matching: passes((term,), bindings, matching))
        return replace(filtered(inner, passes), needs=needs)

    def both(term: Term, bindings: Bindings, matching: Matching) -> bool:
        return each(term, bindings, matching) and passes((term,), bindings, matching)

    made = elementwise(both, inner.low, inner.high)
    made.longest = inner.longest
    return made if inner.name is None else name_node(inner.name, made)


def _condition(pattern: Expression, place: Place) -> Node:
    inner, condition = build(pattern.args[0], place), pattern.args[1]
    sure = inner.certain - inner.sequences
    fill = template(condition, sure, place.names - sure, place.owner)

    def passes(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> bool:
        return matching.is_true(condition if fill is None else fill(bindings))

    return filtered(inner, passes)


def _except(pattern: Expression, place: Place) -> Node:
    ways = build(pattern.args[0], place).every
    inner = build(pattern.args[1], place) if len(pattern.args) == 2 else single(test=any_term)

    def passes(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> bool:
        return not any(True for term in terms for _ in ways(term, dict(bindings), matching))

    return filtered(inner, passes)


def _optional(pattern: Expression, place: Place) -> Node:
    inner = named = pattern.args[0]
    while is_head(named, S.PatternTest, 2) or is_head(named, S.Condition, 2):
        named = named.args[0]
    name = named.args[0] if is_head(named, S.Pattern, 2) and type(named.args[0]) is Symbol else None
    given = pattern.args[1] if len(pattern.args) == 2 else None

    def default(matching: Matching) -> Term | None:
        if given is None and type(place.head) is Symbol:
            return matching.default(place.head, place.position, place.count)
        return given

    return optional(build(inner, place), name, default)


def _repeated(low: int) -> Builder:
    def builder(pattern: Expression, place: Place) -> Node:
        inner = build(pattern.args[0], place)
        bounds = repetitions(pattern.args[1] if len(pattern.args) == 2 else None, low)
        if bounds is None:
            return literal(pattern)
        if inner.is_single and not inner.variables:
            return elementwise(settled(inner), *bounds)
        return repeated(inner, *bounds)

    return builder


def _sequence(together: Callable[[list[Node]], Node]) -> Builder:
    def builder(pattern: Expression, place: Place) -> Node:
        return together([build(arg, place) for arg in pattern.args])

    return builder


def _inner(pattern: Expression, place: Place) -> Node:
    return build(pattern.args[0], place)


def _preferring(longest: bool) -> Builder:
    def builder(pattern: Expression, place: Place) -> Node:
        return replace(build(pattern.args[0], place), longest=longest)

    return builder


def _key_value_pattern(pattern: Expression, place: Place) -> Node:
    items = elements(pattern.args[0]) if is_head(pattern.args[0], S.List) else (pattern.args[0],)
    return key_values([build(item, place) for item in items])


BUILDERS: dict[Symbol, tuple[Builder, range]] = {
    S.Blank: (_blank, range(2)),
    S.BlankSequence: (_blanks(1), range(2)),
    S.BlankNullSequence: (_blanks(0), range(2)),
    S.Pattern: (_named, range(2, 3)),
    S.Alternatives: (_alternatives, range(UNBOUNDED)),
    S.PatternTest: (_pattern_test, range(2, 3)),
    S.Condition: (_condition, range(2, 3)),
    S.Except: (_except, range(1, 3)),
    S.Optional: (_optional, range(1, 3)),
    S.Repeated: (_repeated(1), range(1, 3)),
    S.RepeatedNull: (_repeated(0), range(1, 3)),
    S.PatternSequence: (_sequence(in_order), range(UNBOUNDED)),
    S.OrderlessPatternSequence: (_sequence(in_any_order), range(UNBOUNDED)),
    S.HoldPattern: (_inner, range(1, 2)),
    S.Verbatim: (lambda pattern, place: literal(pattern.args[0]), range(1, 2)),
    S.Longest: (_preferring(True), range(1, 3)),
    S.Shortest: (_preferring(False), range(1, 3)),
    S.OptionsPattern: (lambda pattern, place: options_pattern(), range(2)),
    S.KeyValuePattern: (_key_value_pattern, range(1, 2)),
}
