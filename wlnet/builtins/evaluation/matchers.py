"""Patterns and rules given as arguments, as Python objects ready to use."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.lists.choosing import rules_of
from wlnet.kernel import Kernel
from wlnet.patterns import CompiledRule, compile_pattern
from wlnet.terms import Association, S, Term, is_head

KEPT = 512
Rules = tuple[CompiledRule, ...]
# Keyed by identity: the rules in a loop are the same object each time, and hashing them would cost more than this.
_compiled: dict[int, tuple[Term, Rules]] = {}


def matcher(kernel: Kernel, pattern: Term) -> Callable[[Term], bool]:
    """Gives the test whether a term matches a pattern."""
    test = compile_pattern(pattern)
    return lambda term: test(term, {}, kernel)


def rules_from(term: Term) -> Rules | None:
    """Gives the rules of a rule, an association, a Dispatch or (nested) lists of them; None for anything else."""
    found = _compiled.get(id(term))
    if found is not None and found[0] is term:
        return found[1]
    made = _rules(term)
    if made is not None:
        if len(_compiled) >= KEPT:
            _compiled.clear()
        _compiled[id(term)] = (term, made)
    return made


def _rules(term: Term) -> Rules | None:
    if is_head(term, S.Dispatch, 1):
        return rules_from(term.args[0])
    if type(term) is not Association and rules_of(term) is None:
        return None
    made: list[CompiledRule] = []
    left = [term]
    while left:
        item = left.pop()
        if type(item) is Association:
            left.extend(reversed(item.rules()))
        elif item.head is S.List:
            left.extend(reversed(item.args))
        else:
            made.append(CompiledRule(item.args[0], item.args[1], item.head is S.RuleDelayed))
    return tuple(made)
