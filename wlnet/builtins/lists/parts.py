"""Parts of terms: what `term[[…]]` means, for reading and for changing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np

from wlnet.builtins.lists.choosing import choose, items, rebuild, size
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import (
    Association,
    Expression,
    NumericArray,
    S,
    Term,
    atom_type,
    elements,
    expression,
    is_head,
    pack,
)
from wlnet.terms.same import key

PartOf: TypeAlias = Callable[[Kernel, Any, tuple[Term, ...]], Term]
Index: TypeAlias = int | slice | list[int]

#: Type of atom → function(kernel, term, specifications) that gives `term[[specifications…]]`.
PARTS: dict[type, PartOf] = {}

WRONG = "Part `1` of `2` does not exist."
DEEP = "Part specification `1` is longer than depth of object."
UNUSABLE = "The expression `1` cannot be used as a part specification."
RANGE = "Cannot take positions `1` through `2` in `3`."
#: Marks an element that `change_part` is to leave out.
REMOVED = Expression(S.Sequence, ())


def part(kernel: Kernel, term: Term, specs: tuple[Term, ...]) -> Term:
    """Gives `term[[specs…]]`; raises Message (partw, partd, pkspec1, take) where there is no such part."""
    if not specs:
        return term
    kind = type(term)
    if kind in PARTS:
        return PARTS[kind](kernel, term, specs)
    if kind is np.ndarray or kind is NumericArray:
        return _part_of_array(kernel, term, specs)
    spec, rest = specs[0], specs[1:]
    if type(spec) is int and spec == 0:
        return part(kernel, head_of(term), rest)
    if kind is Association and (name := key_of(spec)) is not None:
        found = term.entries.get(key(name[0]))
        return missing_key(name[0]) if found is None else part(kernel, _value(kernel, found[1]), rest)
    index = positions(term, spec, specs)
    if isinstance(index, int):
        item = items(term)[index]
        return part(kernel, _value(kernel, item) if kind is Association else item, rest)
    chosen = choose(term, index)
    if not rest:
        return chosen
    return rebuild(chosen, [part(kernel, item, rest) for item in items(chosen)])


def head_of(term: Term) -> Term:
    """Gives `Head[term]`."""
    if type(term) is Expression:
        return term.head
    return S.List if type(term) is np.ndarray else atom_type(term).head(term)


def key_of(spec: Term) -> tuple[Term] | None:
    """Gives the key that a specification names, boxed; None where it names none."""
    if type(spec) is str:
        return (spec,)
    return (spec.args[0],) if is_head(spec, S.Key, 1) else None


def missing_key(name: Term) -> Expression:
    """Gives what stands for the value of a key that is not there."""
    return expression("Missing", "KeyAbsent", name)


def _value(kernel: Kernel, value: Term) -> Term:
    """Gives a value, evaluated: that of a delayed rule in an association is so only now."""
    return value if type(value) is not Expression else kernel.evaluate(value)


def _part_of_array(kernel: Kernel, term: Any, specs: tuple[Term, ...]) -> Term:
    """Gives a part of a packed list or a NumericArray, one axis after the other."""
    packed = type(term) is np.ndarray
    array = term if packed else term.array
    axis = 0
    for count, spec in enumerate(specs):
        if axis >= array.ndim:
            raise too_deep(term, specs)
        if type(spec) is int and spec == 0:
            if axis == 0:
                return part(kernel, head_of(term), specs[1:])
            return part(kernel, Expression(S.List, items(_wrapped(array, packed))), specs[count:])
        index = positions(term, spec, specs, array.shape[axis])
        array = array[(slice(None),) * axis + (index,)]
        axis += type(index) is not int
    return _wrapped(array, packed)


def _wrapped(array: Any, packed: bool) -> Term:
    array = np.asarray(array)
    if packed or array.ndim == 0:
        return pack(array) if array.ndim else array.item()
    return NumericArray(array)


def positions(term: Term, spec: Term, specs: tuple[Term, ...], length: int | None = None) -> Index:
    """Gives the places (from 0) that one specification names among the elements of a term.

    An integer gives an integer; everything that gives several elements a slice or a list. `specs` are all of the
    specifications, for the texts of the messages raised.
    """
    count = size(term) if length is None else length
    if count is None:
        raise too_deep(term, specs)
    if type(spec) is int:
        return place(spec, count, term)
    if spec is S.All:
        return slice(None)
    if is_head(spec, S.Span):
        return span_slice(spec, count, term)
    if type(spec) is np.ndarray and spec.ndim == 1 and spec.dtype == np.int64:
        _check_places(spec, count, term)
        return np.where(spec > 0, spec - 1, spec + count).tolist()
    if is_head(spec, S.List):
        return [_single(term, item, specs, count) for item in spec.args]
    if type(term) is Association and (name := key_of(spec)) is not None:
        return [_single(term, spec, specs, count)] if name[0] in term else []
    raise Message("pkspec1", spec, text=UNUSABLE)


def _single(term: Term, spec: Term, specs: tuple[Term, ...], count: int) -> int:
    if type(spec) is int:
        return place(spec, count, term)
    if type(term) is Association and (name := key_of(spec)) is not None:
        wanted = key(name[0])
        for index, known in enumerate(term.entries):
            if known == wanted:
                return index
        raise Message("partw", spec, term, text=WRONG)
    raise Message("pkspec1", spec, text=UNUSABLE)


def place(spec: int, count: int, term: Term) -> int:
    """Gives the index from 0 of position `spec` (from 1, or from the end where negative) among `count`."""
    if 0 < spec <= count:
        return spec - 1
    if -count <= spec < 0:
        return spec + count
    raise Message("partw", spec, term, text=WRONG)


def _check_places(spec: np.ndarray, count: int, term: Term) -> None:
    wrong = spec[(spec == 0) | (spec > count) | (spec < -count)]
    if wrong.size:
        raise Message("partw", int(wrong[0]), term, text=WRONG)


def too_deep(term: Term, specs: Iterable[Term]) -> Message:
    """Makes the message that a specification goes deeper than the term does."""
    return Message("partd", Expression(S.Part, (term, *specs)), text=DEEP)


def span_slice(spec: Expression, count: int, term: Term) -> slice:
    """Gives the slice of `i;;j;;k` over `count` elements; raises `take` where it leaves them."""
    start, stop, step = (*spec.args, *(1, S.All, 1)[len(spec.args) :])[:3]
    if type(step) is not int or step == 0:
        raise Message("pkspec1", spec, text=UNUSABLE)
    first = count if step < 0 and _is_open(start) else _edge(start, count, 1)
    last = 1 if step < 0 and stop is S.All else _edge(stop, count, count)
    if first is None or last is None:
        raise Message("pkspec1", spec, text=UNUSABLE)
    if first - last == (1 if step > 0 else -1):
        first_ok = min(first, last) >= 0 and max(first, last) <= count + 1
        if first_ok:
            return slice(0, 0)
    if not (1 <= first <= count and 1 <= last <= count) or (last - first) * step < 0:
        raise Message("take", first, last, term, text=RANGE)
    end = last if step > 0 else last - 2
    return slice(first - 1, None if end < 0 else end, step)


def _is_open(start: Term) -> bool:
    return start is S.All or (type(start) is int and start == 1)


def _edge(given: Term, count: int, otherwise: int) -> int | None:
    if given is S.All:
        return otherwise
    if is_head(given, S.UpTo, 1) and type(given.args[0]) is int:
        return min(given.args[0], count)
    if type(given) is not int:
        return None
    return given if given >= 0 else count + 1 + given


def change_part(term: Term, specs: tuple[Term, ...], change: Callable[[Term], Term]) -> Term:
    """Gives the term with `change(old)` in place of each part that `specs` names; REMOVED takes a part out.

    An association's key that is not there is added, the old value being `Missing["KeyAbsent", key]`.
    """
    if not specs:
        return change(term)
    spec, rest = specs[0], specs[1:]
    if type(spec) is int and spec == 0 and type(term) is Expression:
        return Expression(change_part(term.head, rest, change), term.args)
    if type(term) is Association and (name := key_of(spec)) is not None and name[0] not in term:
        value = change_part(missing_key(name[0]), rest, change)
        return term if value is REMOVED else term.with_items([(name[0], value)])
    index = positions(term, spec, specs)
    new: list[Term] = list(items(term))
    for place_ in _places(index, len(new)):
        new[place_] = change_part(new[place_], rest, change)
    if any(item is REMOVED for item in new):
        kept = [i for i, item in enumerate(new) if item is not REMOVED]
        return rebuild(choose(term, kept), [new[i] for i in kept])
    return _array_again(rebuild(term, new), term)


def headless(term: Term) -> Term:
    """Gives what is left of an expression without its head: its only argument, or a Sequence; another term as it is."""
    if type(term) is not Expression:
        return term
    return term.args[0] if len(term.args) == 1 else Expression(S.Sequence, term.args)


def _places(index: Index, count: int) -> Iterable[int]:
    if isinstance(index, int):
        return (index,)
    return range(*index.indices(count)) if isinstance(index, slice) else index


def _array_again(new: Term, old: Term) -> Term:
    """Gives a changed NumericArray as one again, if its elements still allow that."""
    if type(old) is NumericArray and type(new) is np.ndarray and new.shape == old.array.shape:
        return NumericArray(new.astype(old.array.dtype))
    return new


@builtin("Part", category="Lists", messages={"partw": WRONG, "partd": DEEP, "pkspec1": UNUSABLE, "take": RANGE})
def part_builtin(kernel: Kernel, term: Term, *specs: Term) -> Term:
    """Part[expr, i] or expr[[i]] gives the i-th part of expr, counted from the end if i is negative.
    Part[expr, i, j, …] gives the part at that place of deeper levels.
    Part[expr, {i, j, …}] gives an expression of several parts.
    Part[expr, i;;j;;k] gives every k-th part from i to j.
    Part[assoc, "key"] or assoc[[Key[key]]] gives the value of a key.

    Details: All stands for every part of a level, 0 for the head. A key that is absent gives
    Missing["KeyAbsent", key].

    Examples:
        >> {a, b, c}[[2]]
        = b
        >> {{1, 2}, {3, 4}}[[All, -1]]
        = {2, 4}
        >> Range[10][[2 ;; -1 ;; 3]]
        = {2, 5, 8}
        >> f[a, b, c][[{3, 1}]]
        = f[c, a]
        >> <|"x" -> 1, "y" -> {5, 6}|>[["y", 2]]
        = 6
        >> <|"x" -> 1|>[["z"]]
        = Missing["KeyAbsent", "z"]
    Possible issues:
        >> {a, b}[[3]]
        = {a, b}[[3]]
        message: Part::partw
        >> {a, b}[[1, 1]]
        = {a, b}[[1, 1]]
        message: Part::partd
        >> {a, b}[["x"]]
        = {a, b}[["x"]]
        message: Part::pkspec1
        >> {a, b}[[1 ;; 5]]
        = {a, b}[[1 ;; 5]]
        message: Part::take
    """
    return part(kernel, term, specs)


def has_several(position: Term) -> bool:
    """Tells whether a position is a list of positions."""
    if type(position) is np.ndarray:
        return position.ndim > 1
    return is_head(position, S.List) and all(is_list_of_steps(item) for item in position.args)


def is_list_of_steps(term: Term) -> bool:
    return type(term) is np.ndarray or is_head(term, S.List)


def paths(position: Term) -> list[tuple[Term, ...]]:
    """Gives the specifications that a position, or a list of positions, stands for."""
    if has_several(position):
        return [elements(item) for item in elements(position)]
    return [elements(position) if is_list_of_steps(position) else (position,)]
