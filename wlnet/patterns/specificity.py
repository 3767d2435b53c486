"""The order of rules: the more specific left side is tried first."""

from __future__ import annotations

from collections.abc import Iterable

from wlnet.patterns.compile import BUILDERS, compile_node, names_in_order
from wlnet.patterns.sequences import span
from wlnet.patterns.substitution import substitute
from wlnet.terms import S, Symbol, Term, is_head, same, symbol
from wlnet.terms.expression import Expression

#: How general a pattern with this head is, without and with an argument that restricts it. Literals are 0 and
#: compound patterns 1.
GENERALITY: dict[Symbol, tuple[int, int]] = {
    S.Alternatives: (2, 2),
    S.KeyValuePattern: (2, 2),
    S.Blank: (5, 3),
    S.Except: (4, 4),
    S.Repeated: (6, 6),
    S.BlankSequence: (8, 7),
    S.PatternSequence: (9, 9),
    S.OrderlessPatternSequence: (9, 9),
    S.RepeatedNull: (9, 9),
    S.OptionsPattern: (10, 10),
    S.BlankNullSequence: (11, 10),
}
TRANSPARENT = frozenset({S.HoldPattern, S.Longest, S.Shortest, S.Optional})
FILTERS = frozenset({S.Condition, S.PatternTest})
SCOPES = frozenset({S.Module, S.Block, S.With})
#: What may lie between one of these and a condition that shares its local names.
INSIDE = SCOPES | {S.CompoundExpression}


def right_condition(right: Term) -> Term:
    """Gives the condition that a right side ends in, also at the end of Module, Block or With; None without one."""
    ends = SCOPES
    while type(right) is Expression and right.head in ends and len(right.args) > 1:
        right, ends = right.args[-1], INSIDE
    return right.args[1] if is_head(right, S.Condition, 2) else None


def identity(left: Term, right: Term) -> Expression:
    """Gives a term that is equal for two rules of which the later replaces the earlier.

    They have the same left side up to the names of its variables, and the same condition on the right.
    """
    names = {name: symbol(f"wlnet`patterns`{index}") for index, name in enumerate(names_in_order(left) or ())}
    condition = right_condition(right)
    kept = () if condition is None else (substitute(condition, names),)
    return Expression(S.List, (substitute(left, names), *kept))


def is_more_specific(left: Term, right: Term, other_left: Term, other_right: Term) -> bool:
    """Tells whether the first rule must be tried before the second, whichever was made first."""
    found = compare(left, other_left)
    if found == 0:
        found = _sign(_is_conditional(other_right) - _is_conditional(right))
    if found == 0:
        found = _sign(_repetitions(other_left) - _repetitions(left))
    return found == -1


def _is_conditional(right: Term) -> int:
    return int(right_condition(right) is not None)


def _repetitions(pattern: Term) -> int:
    """Gives how often a pattern names again what it has named before: f[x_, x_] matches less than f[_, _]."""
    waiting, count = [pattern], 0
    while waiting:
        term = waiting.pop()
        if type(term) is Expression:
            waiting += (term.head, *term.args)
            count += is_head(term, S.Pattern, 2)
    return count - len(names_in_order(pattern) or ())


def compare(a: Term, b: Term) -> int | None:
    """Gives -1 where `a` is the more specific pattern, 1 where `b` is, 0 for equal ones, None where neither.

    Different literals are no match for each other, so what they stand in need not be compared further.
    """
    (a, filters_a), (b, filters_b) = _strip(a), _strip(b)
    general_a, general_b = _generality(a), _generality(b)
    found: int | None = _sign(general_a - general_b)
    if found == 0 and general_a == 1:
        found = _compare_compound(a, b)
    elif found == 0 and general_a == 0 and not same(a, b):
        return None
    return _merge((found, _sign(filters_b - filters_a)))


def _compare_compound(a: Expression, b: Expression) -> int | None:
    if len(a.args) == len(b.args):
        return _merge(compare(x, y) for x, y in zip((a.head, *a.args), (b.head, *b.args), strict=True))
    low_a, high_a = span(map(compile_node, a.args))
    low_b, high_b = span(map(compile_node, b.args))
    if (low_a, high_a) == (low_b, high_b) or _only_options_differ(a, b) or _only_options_differ(b, a):
        return None
    inside = low_b <= low_a and high_a <= high_b
    if not inside and not (low_a <= low_b and high_b <= high_a):
        return None
    return _merge((-1 if inside else 1, compare(a.head, b.head), *_compare_first(a, b)))


def _compare_first(a: Expression, b: Expression) -> Iterable[int | None]:
    """Gives how the arguments compare that are for the same place: those before any that may take no or several places."""
    for x, y in zip(a.args, b.args, strict=False):
        if {span([compile_node(x)]), span([compile_node(y)])} != {(1, 1)}:
            break
        yield compare(x, y)


def _only_options_differ(wide: Expression, narrow: Expression) -> bool:
    """Tells whether what `narrow` has more of could match `wide` as options only: that of f[x_, y_, z_] and f[x_, OptionsPattern[]]."""
    mine, others = (
        [part for part in pattern.args if not is_head(_strip(part)[0], S.OptionsPattern)] for pattern in (wide, narrow)
    )
    return len(mine) < min(len(others), len(wide.args))


def _merge(signs: Iterable[int | None]) -> int | None:
    found: int = 0
    for sign in signs:
        if sign is None or sign == -found != 0:
            return None
        found = sign or found
    return found


def _strip(pattern: Term) -> tuple[Term, int]:
    filters = 0
    while type(pattern) is Expression and pattern.args and type(pattern.head) is Symbol:
        if pattern.head in FILTERS:
            filters += 1
        elif is_head(pattern, S.Pattern, 2):
            pattern = pattern.args[1]
            continue
        elif pattern.head not in TRANSPARENT:
            break
        pattern = pattern.args[0]
    return pattern, filters


def _generality(pattern: Term) -> int:
    if type(pattern) is Expression and type(pattern.head) is Symbol and pattern.head in BUILDERS:
        return GENERALITY.get(pattern.head, (0, 0))[bool(pattern.args)]
    return 0 if names_in_order(pattern) is None else 1


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
