"""The rules of one symbol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from wlnet.patterns.compile import BUILDERS, is_literal, unwrap
from wlnet.patterns.matching import Matching
from wlnet.patterns.renaming import symbols_of
from wlnet.patterns.rules import NO_MATCH, CompiledRule
from wlnet.patterns.specificity import identity, is_more_specific, right_condition
from wlnet.terms import S, Symbol, Term, is_head
from wlnet.terms.attributes import FLAT
from wlnet.terms.expression import Expression
from wlnet.terms.same import key

#: What gives the value of a term with these arguments, or NO_MATCH; the first argument is the evaluator.
Quick: TypeAlias = Callable[[Any, tuple[Term, ...]], Term]
#: The keys under which `_by_count` keeps what has no count of arguments: the rules for an atom and a Flat head.
ATOM, ANY = -1, -2


class RuleTable:
    """Rules in the order in which they are tried: literal left sides, by hashing, then the more specific first.

    Rules of which none is more specific stand in the order of their definition. changes: how often they changed; calls:
    how often they were asked since then, or some other time from which `quick`, what does the same faster, was missed.
    """

    __slots__ = ("_by_count", "_heads", "_literals", "_patterns", "calls", "changes", "quick")

    def __init__(self) -> None:
        self.calls = self.changes = 0
        self.quick: Quick | None = None
        self._literals: dict[Any, tuple[Term, Term, bool]] = {}
        self._patterns: list[tuple[Expression, CompiledRule]] = []
        self._by_count: dict[int, tuple[CompiledRule, ...]] = {}
        self._heads: frozenset[Symbol | None] | None = None

    def add(self, left: Term, right: Term, delayed: bool) -> None:
        """Adds a rule in the place of one with the same left side, up to the names of its variables."""
        self._changed()
        if is_literal(left) and right_condition(right) is None:
            self._literals[_literal_key(left)] = (left, right, delayed)
            self._by_count.pop(ANY, None)
            return
        self._by_count.clear()
        rule, known = CompiledRule(left, right, delayed), identity(left, right)
        place = len(self._patterns)
        for index, (other, old) in enumerate(self._patterns):
            if other == known:
                self._patterns[index] = (known, rule)
                return
            if place > index:
                if is_more_specific(left, right, old.left, old.right):
                    place = index
            elif is_more_specific(old.left, old.right, left, right):
                # Behind a rule that the new one precedes may stand one that precedes it, where those two have no order.
                place = index + 1
        self._patterns.insert(place, (known, rule))

    def remove(self, left: Term) -> bool:
        """Removes the rules with this left side, whatever the conditions on their right sides."""
        self._changed()
        if is_literal(left) and self._literals.pop(_literal_key(left), None) is not None:
            self._by_count.clear()
            return True
        wanted = identity(left, None).args[0]
        kept = [item for item in self._patterns if item[0].args[0] != wanted]
        found = len(kept) < len(self._patterns)
        if found:
            self._patterns = kept
            self._by_count.clear()
        return found

    def lookup(self, term: Term, matching: Matching) -> Term:
        """Gives the right side of the first rule that applies, its variables replaced, or NO_MATCH."""
        if self._literals:
            literal = self._literals.get(_literal_key(term))
            if literal is not None:
                return literal[1]
            if not self._patterns and not _is_flat(term, matching):
                return NO_MATCH
        for rule in self._candidates(term, matching):
            found = rule.apply(term, matching)
            if found is not NO_MATCH:
                return found
        return NO_MATCH

    def rules(self) -> list[tuple[Term, Term]]:
        """Gives the left and right sides in the order in which they are tried."""
        literals = [(left, right) for left, right, _ in self._literals.values()]
        return literals + [(rule.left, rule.right) for _, rule in self._patterns]

    def may_apply(self, head: Symbol) -> bool:
        """Tells whether an expression with this head may match a rule, as far as the heads of the left sides tell."""
        if self._heads is None:
            self._heads = frozenset(_head_of(left) for left, _ in self.rules())
        return head in self._heads or None in self._heads

    def _changed(self) -> None:
        self._heads = None
        self.changes += 1
        self.calls, self.quick = 0, None

    def copy(self) -> RuleTable:
        """Gives a table with the same rules, of which either may change alone."""
        made = RuleTable()
        made._literals = dict(self._literals)
        made._patterns = list(self._patterns)
        return made

    def __len__(self) -> int:
        return len(self._literals) + len(self._patterns)

    def _candidates(self, term: Term, matching: Matching) -> tuple[CompiledRule, ...]:
        count = len(term.args) if type(term) is Expression else ATOM
        if count != ATOM and _is_flat(term, matching):
            count = ANY
        found = self._by_count.get(count)
        if found is None:
            rules = (rule for _, rule in self._patterns)
            if count == ANY:
                made = [CompiledRule(*literal) for literal in self._literals.values()]
                found = (*made, *rules)
            else:
                found = tuple(rule for rule in rules if count == ATOM or _takes(rule, count))
            self._by_count[count] = found
        return found


def _head_of(left: Term) -> Symbol | None:
    """Gives the head of all that a left side matches, None where there may be others."""
    core = unwrap(left)
    if type(core) is not Expression or any(S.Optional in symbols_of(arg) for arg in core.args):
        return None
    head = core.head.args[0] if is_head(core.head, S.Verbatim, 1) else core.head
    return head if type(head) is Symbol and (head is not core.head or head not in BUILDERS) else None


def _takes(rule: CompiledRule, count: int) -> bool:
    low, high = rule.node.counts
    return low <= count <= high


def _is_flat(term: Term, matching: Matching) -> bool:
    return type(term) is Expression and type(term.head) is Symbol and bool(matching.attributes(term.head) & FLAT)


def _literal_key(term: Term) -> Any:
    return term if type(term) is Expression else key(term)
