"""Assignment to parts of the value of a symbol: `a[[i, j]] = v` and `a["key"] = v`."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from wlnet.builtins.lists.choosing import items, rebuild, size
from wlnet.builtins.lists.parts import change_part, place, positions
from wlnet.kernel import Kernel, Message
from wlnet.kernel.evaluate import INERT
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head, is_list
from wlnet.terms.packed import KINDS

NOVAL = "Symbol `1` in part assignment does not have an immediate value."
SHAPE = "Lists `1` and `2` are not the same shape."
#: References to a value that only its symbol holds: the table of values, a local name and the call.
SOLE = 3


def assign_part(kernel: Kernel, name: Symbol, specs: tuple[Term, ...], value: Term) -> None:
    """Puts a value into parts of a symbol's value; raises `noval`, `shape` or one of Part's messages."""
    old = kernel.own.get(name)
    if old is None:
        raise Message("noval", name, text=NOVAL)
    if type(old) is Symbol or (type(old) is Expression and old.head is not S.List):
        old = kernel.evaluate(old)
    if type(old) is Association and len(specs) == 1 and is_head(specs[0], S.Key, 1):
        del old
        if add_in_place(kernel, name, [(specs[0].args[0], value)]):
            return
        old = kernel.own[name]
    if type(old) is np.ndarray:
        del old
        if _assign_packed(kernel, name, specs, value):
            return
        old = kernel.own[name]
    new = put(old, specs, value)
    if type(new) is Expression and type(old) is Expression and old.stamp == INERT and is_inert(value):
        new.stamp = INERT
    kernel.set_own(name, new)


def add_in_place(kernel: Kernel, name: Symbol, pairs: list[tuple[Term, Term]]) -> bool:
    """Adds pairs to the association that nothing but a symbol holds: n of them cost n; False where that does not do."""
    held = kernel.own.get(name)
    if type(held) is not Association or sys.getrefcount(held) > SOLE:
        return False
    held.add(pairs)
    kernel.set_own(name, held)
    return True


def is_inert(value: Term) -> bool:
    """Tells whether no definition can ever change a value."""
    kind = type(value)
    return value.stamp == INERT if kind is Expression else kind is not Symbol


def _assign_packed(kernel: Kernel, name: Symbol, specs: tuple[Term, ...], value: Term) -> bool:
    """Writes numbers of the array's own kind into a packed list; False where that does not do.

    An array that nothing but the symbol holds is changed in place: n part assignments cost n, not n times the length.
    """
    array: np.ndarray = kernel.own[name]
    if len(specs) > array.ndim:
        return False
    if not _fits(array, value):
        return False
    index = tuple(positions(array, spec, specs, array.shape[axis]) for axis, spec in enumerate(specs))
    if sum(type(at) is list for at in index) > 1:
        return False
    if type(value) is np.ndarray and value.shape != _shape(array, index):
        return False
    if array.base is not None or sys.getrefcount(array) > SOLE:
        array = array.copy()
    array.setflags(write=True)
    array[index] = value
    array.setflags(write=False)
    kernel.set_own(name, array)
    return True


def _fits(array: np.ndarray, value: Term) -> bool:
    """Tells whether an array of this type can hold a number or the numbers of another array."""
    if type(value) is np.ndarray:
        return bool(value.dtype == array.dtype)
    return type(value) is KINDS[array.dtype] and (type(value) is not int or -(2**63) <= value < 2**63)


def _shape(array: np.ndarray, index: tuple[Any, ...]) -> tuple[int, ...]:
    lengths = [
        len(range(*at.indices(length))) if type(at) is slice else len(at)
        for at, length in zip(index, array.shape, strict=False)
        if type(at) is not int
    ]
    return (*lengths, *array.shape[len(index) :])


def put(term: Term, specs: tuple[Term, ...], value: Term) -> Term:
    """Gives the term with a value in the named parts: one for all, or one from a list for each of several."""
    if not specs:
        return value
    spec, rest = specs[0], specs[1:]
    if (type(spec) is int and spec == 0) or size(term) is None:
        return change_part(term, specs, lambda old: value)
    if not _is_several(spec):
        if type(term) is Expression and type(spec) is int:
            at = place(spec, len(term.args), term)
            # Not `change_part`, which looks at every element to see whether the list can be packed.
            return Expression(term.head, term.args[:at] + (put(term.args[at], rest, value),) + term.args[at + 1 :])  # noqa: RUF005 (faster)
        return change_part(term, (spec,), lambda old: put(old, rest, value))
    index = positions(term, spec, specs)
    new = list(items(term))
    places = range(*index.indices(len(new))) if isinstance(index, slice) else _as_list(index)
    spread = is_list(value)
    if spread and len(elements(value)) != len(places):
        raise Message("shape", Expression(S.Part, (term, *specs)), value, text=SHAPE)
    values = elements(value) if spread else (value,) * len(places)
    for at, item in zip(places, values, strict=True):
        new[at] = put(new[at], rest, item)
    return rebuild(term, new)


def _is_several(spec: Term) -> bool:
    return spec is S.All or is_head(spec, S.Span) or is_list(spec)


def _as_list(index: int | list[int]) -> list[int]:
    return [index] if isinstance(index, int) else index
