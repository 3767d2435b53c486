"""Rules ready to be applied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from wlnet.patterns.compile import compile_pattern, options_owner, unwrap
from wlnet.patterns.matching import EMPTY, Bindings, Matching, Node, matches, quick_test
from wlnet.patterns.renaming import with_inner_names_changed
from wlnet.patterns.specificity import right_condition
from wlnet.patterns.substitution import template
from wlnet.terms import S, Symbol, Term, expression, is_head, symbol
from wlnet.terms.attributes import FLAT, ORDERLESS
from wlnet.terms.expression import Expression

#: What a rule gives for a term that it does not match.
NO_MATCH: Term = object()

#: What an evaluation gives whose condition does not hold: see `decided_inside`.
REJECTED = symbol("System`Private`rejected")
BEFORE, AFTER = symbol("wlnet`patterns`before"), symbol("wlnet`patterns`after")


class CompiledRule:
    """`left -> right` or `left :> right`; a condition outermost on the right decides on each way to match.

    So does one at the end of Module, Block or With, where it shares the local names: the right side is evaluated for it.
    """

    def __init__(self, left: Term, right: Term, delayed: bool) -> None:
        self.left = left
        self.right = right
        self.delayed = delayed
        self.node = node = compile_pattern(left).node
        names = node.variables - {S.OptionsPattern}
        sure = node.certain - node.sequences
        owner = options_owner(left) if S.OptionsPattern in node.variables else None
        self.missing = tuple(names - node.certain)
        # Once for each rule, so that its application costs no more than without.
        right = with_inner_names_changed(right, names) if names else right
        body, condition = right.args if is_head(right, S.Condition, 2) else (right, None)
        self.decides_inside = not is_head(body, S.Condition) and right_condition(body) is not None
        if self.decides_inside:
            body = decided_inside(body)
        self.body, self.condition = body, condition
        self.fill = template(body, sure, names - sure, owner) if node.variables else None
        self.fill_condition = template(condition, sure, names - sure, owner) if node.variables else None

    def apply(self, term: Term, matching: Matching) -> Term:
        """Gives the right side for the first way to match whose condition holds, or NO_MATCH."""
        test = quick_test(self.node, matching)
        if test is None:
            return next(self.results(term, matching), NO_MATCH)
        bindings: Bindings = {}
        if test(term, bindings, matching):
            return self._result(bindings, matching)
        if self.node.literal and type(term) is Expression and len(term.args) > 1:
            return next(self._parts(term, matching), NO_MATCH)
        return NO_MATCH

    def results(self, term: Term, matching: Matching) -> Iterator[Term]:
        """Yields the right side for every way to match, under a Flat head also for part of the arguments."""
        bindings: Bindings = {}
        for _ in self.node.every(term, bindings, matching):
            found = self._result(dict(bindings), matching)
            if found is not NO_MATCH:
                yield found
        yield from self._parts(term, matching)

    def _result(self, bindings: Bindings, matching: Matching) -> Term:
        for name in self.missing:
            bindings.setdefault(name, EMPTY)
        if self.condition is not None:
            fill = self.fill_condition
            if not matching.is_true(self.condition if fill is None else fill(bindings)):
                return NO_MATCH
        body = self.body if self.fill is None else self.fill(bindings)
        if not self.decides_inside:
            return body
        value = matching.evaluate(body)
        return NO_MATCH if value is REJECTED else value

    def _parts(self, term: Term, matching: Matching) -> Iterator[Term]:
        """Yields what a Flat head gives when the left side stands for some of its arguments."""
        inner = unwrap(self.left)
        if type(inner) is not Expression or type(inner.head) is not Symbol or not is_head(term, inner.head):
            return
        flags = matching.attributes(inner.head)
        if flags & FLAT:
            wider = self._wider_orderless if flags & ORDERLESS else self._wider
            if wider is not None:
                bindings: Bindings = {}
                for _ in wider.every(term, bindings, matching):
                    before, after = (_terms(bindings.get(name, EMPTY)) for name in (BEFORE, AFTER))
                    # Without others beside them the arguments are the whole, which was tried before.
                    found = self._result(dict(bindings), matching) if before or after else NO_MATCH
                    if found is not NO_MATCH:
                        yield Expression(inner.head, (*before, found, *after))

    @cached_property
    def _wider(self) -> Node | None:
        return self._widened((BEFORE,), (AFTER,))

    @cached_property
    def _wider_orderless(self) -> Node | None:
        return self._widened((), (AFTER,))

    def _widened(self, before: tuple[Symbol, ...], after: tuple[Symbol, ...]) -> Node | None:
        inner = unwrap(self.left)
        around = [tuple(expression("Pattern", name, expression("BlankNullSequence")) for name in names)
                  for names in (before, after)]  # fmt: skip
        left = _replace_inner(self.left, Expression(inner.head, (*around[0], *inner.args, *around[1])))
        return None if left is None else compile_pattern(left).node


def _terms(bound: Term) -> tuple[Term, ...]:
    """Gives the terms that a name stands for."""
    return bound.args if is_head(bound, S.Sequence) else (bound,)


def decided_inside(right: Expression) -> Expression:
    """Gives a right side `Module[…, body /; test]` with a decision in place of the condition: body, or REJECTED."""
    *before, body = right.args
    if is_head(body, S.Condition, 2):
        body = expression("If", Expression(S.TrueQ, body.args[1:]), body.args[0], REJECTED)
    else:
        body = decided_inside(body)
    return Expression(right.head, (*before, body))


def _replace_inner(left: Term, inner: Expression) -> Term | None:
    """Gives a left side with what `unwrap` finds replaced; None where a name stands for the whole."""
    wrappers = []
    core = unwrap(left)
    while left is not core:
        if is_head(left, S.Pattern, 2):
            return None
        wrappers.append(left)
        left = left.args[0]
    made = inner
    for wrapper in reversed(wrappers):
        made = Expression(wrapper.head, (made, *wrapper.args[1:]))
    return made


def match_all(pattern: Term, term: Term, matching: Matching) -> Iterator[Bindings]:
    """Yields the bindings of every way in which a term matches."""
    bindings: Bindings = {}
    for _ in compile_pattern(pattern).node.every(term, bindings, matching):
        yield dict(bindings)


def is_match(pattern: Term, term: Term, matching: Matching) -> bool:
    """Tells whether a term matches a pattern."""
    return matches(compile_pattern(pattern).node, term, {}, matching)
