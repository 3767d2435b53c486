"""Lists with an element more or less: Append, Prepend, Insert, Delete."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.lists.choosing import items, items_of, rebuild, require_size, rules_of, size
from wlnet.builtins.lists.parts import REMOVED, change_part, has_several, key_of, paths
from wlnet.kernel import Kernel, Message, builtin
from wlnet.kernel.stamps import stamp_with
from wlnet.terms import Association, Expression, NumericArray, S, Term, is_number, pack, to_list
from wlnet.terms.growing import longer
from wlnet.terms.packed import KINDS, with_number
from wlnet.terms.same import key

INSERT = "Cannot insert at position `1` in `2`."
INVALID = "The argument `1` is not a rule, a list of rules or an association."


@builtin("Append", category="Lists", messages={"invdt": INVALID}, curried="first")
def append(kernel: Kernel, term: Term, item: Term) -> Term:
    """Append[expr, x] gives expr with x added at the end.
    Append[assoc, key -> value] gives assoc with the pair at the end.

    Examples:
        >> Append[{a, b}, c]
        = {a, b, c}
        >> Append[<|"x" -> 1|>, "y" -> 2]
        = <|"x" -> 1, "y" -> 2|>
        >> Append[3][{1, 2}]
        = {1, 2, 3}
    Possible issues:
        >> Append[<||>, 5]
        = Append[<||>, 5]
        message: Append::invdt
    """
    if type(term) is Association:
        pairs = _pairs(item)
        return term.without(name for name, _ in pairs).with_items(pairs)
    packed = with_number(term, item) if type(term) is np.ndarray else None
    if packed is not None:
        return packed
    made = _listed(term, longer(items_of(term, "Append", item), item))
    return _stamped(kernel, made, term, item)


def _stamped(kernel: Kernel, made: Term, term: Term, item: Term) -> Term:
    """Stamps a list with an element more as that without it was, or every element would be looked at again."""
    if type(term) is Expression:
        ends = made.args[0], made.args[-1]
        if not all(type(end) is np.ndarray or is_number(end) for end in ends):  # else it may have to be packed
            made.stamp = stamp_with(kernel, term, item)
    return made


@builtin("Prepend", category="Lists", messages={"invdt": INVALID}, curried="first")
def prepend(kernel: Kernel, term: Term, item: Term) -> Term:
    """Prepend[expr, x] gives expr with x added at the front.
    Prepend[assoc, key -> value] gives assoc with the pair at the front.

    Examples:
        >> Prepend[{a, b}, c]
        = {c, a, b}
        >> Prepend[<|"x" -> 1|>, "y" -> 2]
        = <|"y" -> 2, "x" -> 1|>
    Possible issues:
        >> Prepend[<||>, 5]
        = Prepend[<||>, 5]
        message: Prepend::invdt
    """
    if type(term) is Association:
        pairs = _pairs(item)
        return Association((*pairs, *term.without(name for name, _ in pairs).items()))
    if type(term) is np.ndarray and term.ndim == 1 and type(item) is KINDS[term.dtype]:
        first = to_list((item,))
        if type(first) is np.ndarray:
            return pack(np.concatenate((first, term)))
    made = _listed(term, (item,) + items_of(term, "Prepend", item))  # noqa: RUF005 (copies once, not twice)
    return _stamped(kernel, made, term, item)


def _pairs(item: Term) -> list[tuple[Term, Term]]:
    pairs = rules_of(item)
    if pairs is None:
        raise Message("invdt", item)
    return pairs


def _listed(term: Term, new: tuple[Term, ...]) -> Term:
    """Gives the new elements under the head of the term; those of a packed list are packed again."""
    if type(term) is np.ndarray:
        return to_list(new)
    if type(term) is NumericArray:
        return to_list(pack(item.array) if type(item) is NumericArray else item for item in new)
    return Expression(term.head, new)


@builtin("Insert", category="Lists", messages={"ins": INSERT, "invdt": INVALID}, curried="first")
def insert(kernel: Kernel, term: Term, item: Term, position: Term) -> Term:
    """Insert[list, x, n] gives the list with x inserted so that it is element n, from the end if n is negative.
    Insert[list, x, {i, j, …}] inserts at a position of a deeper level.
    Insert[list, x, {{i1, …}, {i2, …}, …}] inserts at several positions, all of them counted in the list as it is given.
    Insert[assoc, key -> value, n] inserts a pair, Insert[assoc, key -> value, Key[k]] one before another.

    Examples:
        >> Insert[{a, b, c}, x, 2]
        = {a, x, b, c}
        >> Insert[{a, b, c}, x, -1]
        = {a, b, c, x}
        >> Insert[{{a}, b}, x, {1, 1}]
        = {{x, a}, b}
        >> {Insert[{a, b}, x, {{1}, {-1}}], Insert[{a, {b}}, x, {{2, 1}, {2}}]}
        = {{x, a, b, x}, {a, x, {x, b}}}
        >> Insert[<|"a" -> 1, "c" -> 3|>, "b" -> 2, Key["c"]]
        = <|"a" -> 1, "b" -> 2, "c" -> 3|>
    Possible issues:
        >> Insert[{a}, x, 5]
        = Insert[{a}, x, 5]
        message: Insert::ins
        >> Insert[<||>, 5, 1]
        = Insert[<||>, 5, 1]
        message: Insert::invdt
    """
    require_size(term, "Insert", item, position)
    if not has_several(position):
        *outer, step = paths(position)[0] or (position,)
        return change_part(term, tuple(outer), lambda inner: _inserted(inner, item, step))
    # From the last place to the first, so that none moves before its turn.
    for *outer, step in sorted((_counted_from_front(term, path) for path in paths(position)), reverse=True):
        term = change_part(term, tuple(outer), lambda inner, step=step: _inserted(inner, item, step))  # type: ignore[misc]
    return term


def _counted_from_front(term: Term, path: tuple[Term, ...]) -> tuple[int, ...]:
    """Gives a position to insert at without negative steps; raises `ins` where there is no such place."""
    if not path:
        raise Message("ins", to_list(path), term)
    found = []
    for left, step in zip(range(len(path), 0, -1), path, strict=True):
        count = size(term) or 0
        places = count if left > 1 else count + 1
        if type(step) is not int or not 1 <= abs(step) <= places:
            raise Message("ins", to_list(path), term)
        found.append(step if step > 0 else places + 1 + step)
        if left > 1:
            term = items(term)[found[-1] - 1]
    return tuple(found)


def _inserted(term: Term, item: Term, step: Term) -> Term:
    count = require_size(term, "Insert", item, step)
    name = key_of(step) if type(term) is Association else None
    if name is not None and name[0] in term:
        step = [key(each) for each in term].index(key(name[0])) + 1
    if type(step) is not int or not (1 <= step <= count + 1 or -count - 1 <= step <= -1):
        raise Message("ins", step, term)
    at = step - 1 if step > 0 else count + 1 + step
    if type(term) is Association:
        pairs = _pairs(item)
        old = list(term.items())
        return Association((*old[:at], *pairs, *old[at:]))
    new = list(items(term))
    new.insert(at, item)
    return _listed(term, tuple(new))


@builtin("Delete", category="Lists", curried="first")
def delete(kernel: Kernel, term: Term, position: Term) -> Term:
    """Delete[expr, n] gives expr without its n-th element.
    Delete[expr, {i, j, …}] deletes at a position of a deeper level.
    Delete[expr, {{i1, …}, {i2, …}, …}] deletes at several positions. Without its head, an expression is its elements.

    Examples:
        >> Delete[{a, b, c}, 2]
        = {a, c}
        >> Delete[{{a, b}, c}, {1, 2}]
        = {{a}, c}
        >> Delete[{a, b, c}, {{1}, {-1}}]
        = {b}
        >> Delete[<|"x" -> 1, "y" -> 2|>, Key["x"]]
        = <|"y" -> 2|>
        >> {Delete[f[a, b], 0], c}
        = {a, b, c}
    """
    require_size(term, "Delete", position)
    return delete_paths(term, paths(position))


MARK = Expression(S.Sequence, (S.List,))


def delete_paths(term: Term, where: list[tuple[Term, ...]]) -> Term:
    """Gives the term without the parts at these positions, all of them counted in the term as it was given."""
    if len(where) == 1:
        return change_part(term, where[0], _head_removed if _is_head(where[0]) else lambda old: REMOVED)
    for specs in where:
        # Places must not move before the last one is found.
        term = change_part(term, specs, _head_removed if _is_head(specs) else _marked)
    return _without_marks(term)


def _head_removed(old: Term) -> Term:
    return S.Sequence


def _marked(old: Term) -> Term:
    return MARK


def _is_head(specs: tuple[Term, ...]) -> bool:
    return bool(specs) and type(specs[-1]) is int and specs[-1] == 0


def _without_marks(term: Term) -> Term:
    if type(term) is Association:
        return Association((name, _without_marks(value)) for name, value in term.items() if value is not MARK)
    if type(term) is not Expression or not term.args:
        return term
    return rebuild(term, [_without_marks(item) for item in term.args if item is not MARK])
