"""Replacement inside terms; nothing here recurses, so that depth costs memory only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from wlnet.patterns.matching import Matching
from wlnet.patterns.rules import NO_MATCH, CompiledRule
from wlnet.terms import Association, S, Symbol, Term, elements, same, to_list
from wlnet.terms.expression import Expression

NUMBER_HEADS = {"i": S.Integer, "f": S.Real, "c": S.Complex}


def replace(term: Term, rules: Sequence[CompiledRule], matching: Matching) -> Term:
    """Gives what the first rule that applies makes of the whole term, or NO_MATCH."""
    for rule in rules:
        found = rule.apply(term, matching)
        if found is not NO_MATCH:
            return found
    return NO_MATCH


def replace_all(term: Term, rules: Sequence[CompiledRule], matching: Matching) -> Term:
    """Gives the term with the first rule that applies used on each part, from the outside inward.

    What was replaced is not entered again. A term in which nothing matches is given back itself.
    """
    table = literal_table(rules)
    if table is not None:
        return _rewrite(
            term, lambda part: table.get(part, NO_MATCH) if type(part) in LITERAL else NO_MATCH, _heads(rules)
        )
    return _rewrite(term, lambda part: replace(part, rules, matching), _heads(rules))


#: Types of terms that are keys of a dict as they are, and match nothing but themselves.
LITERAL = frozenset({str, int, Symbol})


def literal_table(rules: Sequence[CompiledRule]) -> dict[Term, Term] | None:
    """Gives what texts, integers and symbols are replaced by, where all rules are for such; else None."""
    table: dict[Term, Term] = {}
    for rule in rules:
        if type(rule.left) not in LITERAL or rule.condition is not None or rule.decides_inside:
            return None
        table.setdefault(rule.left, rule.body)
    return table


def replace_repeated(
    term: Term,
    rules: Sequence[CompiledRule],
    matching: Matching,
    limit: int = 65536,
    evaluate: Callable[[Term], Term] | None = None,
) -> tuple[Term, bool]:
    """Applies `replace_all` until nothing changes; gives the term and whether it came to rest within the limit.

    Each result passes through `evaluate` before it is compared with the one before.
    """
    for _ in range(limit):
        found = replace_all(term, rules, matching)
        if found is term:
            return term, True
        if evaluate is not None:
            found = evaluate(found)
        if same(found, term):
            return term, True
        term = found
    return term, False


def _heads(rules: Sequence[CompiledRule]) -> frozenset[Symbol] | None:
    """Gives the heads that a term must have one of for any rule to match; None: any may match."""
    heads = [rule.node.head for rule in rules]
    return frozenset(heads) if all(type(head) is Symbol for head in heads) else None


@dataclass(slots=True)
class _Frame:
    """A term whose parts are being rewritten; `parts[:done]` are."""

    term: Term
    parts: list[Term]
    done: int = 0
    changed: bool = False


def _rewrite(term: Term, change: Callable[[Term], Term], heads: frozenset[Symbol] | None) -> Term:
    frames = [_Frame(None, [term])]
    while True:
        frame = frames[-1]
        if frame.done < len(frame.parts):
            part = frame.parts[frame.done]
            found = change(part)
            if found is NO_MATCH:
                inner = _parts(part, heads)
                if inner:
                    frames.append(_Frame(part, inner))
                    continue
            else:
                frame.parts[frame.done] = found
                frame.changed = True
            frame.done += 1
            continue
        frames.pop()
        if not frames:
            return frame.parts[0]
        above = frames[-1]
        if frame.changed:
            above.parts[above.done] = _rebuilt(frame)
            above.changed = True
        above.done += 1


def _parts(term: Term, heads: frozenset[Symbol] | None) -> list[Term]:
    """Gives the parts of a term to look into; none of a packed list whose numbers and rows cannot match."""
    kind = type(term)
    if kind is Expression:
        return [term.head, *term.args]
    if kind is Association:
        return list(term.values())
    if kind is np.ndarray:
        inside = {NUMBER_HEADS[term.dtype.kind], S.Symbol} | ({S.List} if term.ndim > 1 else set())
        if heads is None or heads & inside:
            return [S.List, *elements(term)]
    return []


def _rebuilt(frame: _Frame) -> Term:
    kind = type(frame.term)
    if kind is Association:
        # As an expression: the new values are yet to be evaluated, and nothing looks inside an atom.
        return Expression(S.Association, frame.term.with_values(frame.parts).rules())
    head, *args = frame.parts
    if kind is np.ndarray and head is S.List:
        return to_list(args)
    return Expression(head, tuple(args))
