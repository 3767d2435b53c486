"""Sow and Reap: values collected on the way."""

from __future__ import annotations

from typing import TypeAlias

from wlnet.kernel import Kernel, builtin
from wlnet.patterns import is_match
from wlnet.terms import NONE, Expression, Term, elements, is_list, list_of, to_list
from wlnet.terms import attributes as flags
from wlnet.terms.same import key

#: Where the innermost Reap collects: a stack of lists of (value, tag).
STACK = "reap"
#: Key of a tag → the tag and the values sown with it.
Groups: TypeAlias = dict[object, tuple[Term, list[Term]]]


@builtin("Sow", category="Control")
def sow(kernel: Kernel, value: Term, tag: Term = NONE) -> Term | None:
    """Sow[x] gives x, and hands it to the Reap around it.
    Sow[x, tag] hands it over under a tag.

    Examples:
        >> Reap[Sow[1]; Sow[2]; 3]
        = {3, {{1, 2}}}
        >> Reap[Sow[1, a]; Sow[2, b]; Sow[3, a]]
        = {3, {{1, 3}, {2}}}
    """
    stack = kernel.state.get(STACK)
    if stack:
        tags = elements(tag) if is_list(tag) else (tag,)
        stack[-1].extend((value, each) for each in tags)
    return value


@builtin("Reap", category="Control", attributes=flags.HOLD_FIRST)
def reap(kernel: Kernel, body: Term, pattern: Term = None, function: Term = None) -> Term | None:
    """Reap[expr] gives {value of expr, {sown values, by tag}}.
    Reap[expr, pattern] collects only values whose tags match.
    Reap[expr, {pattern1, …}] gives a list for each of the patterns.
    Reap[expr, pattern, f] gives f[tag, {values}] for each tag.

    Examples:
        >> Reap[Do[Sow[i^2], {i, 3}]]
        = {Null, {{1, 4, 9}}}
        >> Reap[Sow[1, a]; Sow[2, b], b]
        = {2, {{2}}}
        >> Reap[Sow[1, a]; Sow[2, b], _, Rule]
        = {2, {a -> {1}, b -> {2}}}
        >> Reap[Sow[1, a]; Sow[2, b], {b, c}]
        = {2, {{{2}}, {}}}
    """
    stack = kernel.state.setdefault(STACK, [])
    stack.append([])
    try:
        value = kernel.evaluate(body)
    finally:
        sown = stack.pop()
    patterns = elements(pattern) if is_list(pattern) else (pattern,)
    groups: list[Groups] = [{} for _ in patterns]
    for item, tag in sown:
        wanted = groups
        if pattern is not None:
            wanted = [group for each, group in zip(patterns, groups, strict=True) if is_match(each, tag, kernel)]
        for group in wanted:
            group.setdefault(key(tag), (tag, []))[1].append(item)
        if not wanted and stack:
            stack[-1].append((item, tag))
    lists = [_collected(group, function) for group in groups]
    return list_of(value, list_of(*lists) if is_list(pattern) else lists[0])


def _collected(groups: Groups, function: Term) -> Term:
    """Gives the list of the values by tag, or of function[tag, values]."""
    found = ((tag, to_list(items)) for tag, items in groups.values())
    return list_of(*(items if function is None else Expression(function, (tag, items)) for tag, items in found))
