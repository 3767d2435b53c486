"""Assignment to parts of the value of a symbol: `a[[i, j]] = v` and `a["key"] = v`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.lists.choosing import items, rebuild, size
from wlnet.builtins.lists.parts import change_part, place, positions
from wlnet.kernel import Kernel, Message
from wlnet.kernel.stamps import stamp_with
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head, is_list
from wlnet.terms.growing import SOLE, Row, replace_in_place, replaced
from wlnet.terms.packed import KINDS

NOVAL = "Symbol `1` in part assignment does not have an immediate value."
SHAPE = "Lists `1` and `2` are not the same shape."


def assign_part(kernel: Kernel, name: Symbol, specs: tuple[Term, ...], value: Term) -> None:
    """Puts a value into parts of a symbol's value; raises `noval`, `shape` or one of Part's messages."""
    if name not in kernel.own:
        raise Message("noval", name, text=NOVAL)
    in_place = IN_PLACE.get(type(kernel.own[name]))
    if in_place is None or not in_place(kernel, name, specs, value):
        kernel.set_own(name, put(kernel, held_value(kernel, name), specs, value))


def held_value(kernel: Kernel, name: Symbol) -> Term:
    """Gives the value of a symbol; a list as it is, the elements of which are evaluated only where they are read."""
    held = kernel.own[name]
    return held if is_list(held) else kernel.evaluate(held)


def add_in_place(kernel: Kernel, name: Symbol, pairs: list[tuple[Term, Term]]) -> bool:
    """Adds pairs to the association that nothing but a symbol holds: n of them cost n; False where that does not do."""
    held = kernel.own.get(name)
    if type(held) is not Association or sys.getrefcount(held) > SOLE:
        return False
    held.add(pairs)
    kernel.set_own(name, held)
    return True


def _assign_key(kernel: Kernel, name: Symbol, specs: tuple[Term, ...], value: Term) -> bool:
    """Gives a key of an association its value."""
    return len(specs) == 1 and is_head(specs[0], S.Key, 1) and add_in_place(kernel, name, [(specs[0].args[0], value)])


def _assign_element(kernel: Kernel, name: Symbol, specs: tuple[Term, ...], value: Term) -> bool:
    """Puts a value into the list that nothing but a symbol holds: n of them cost n; False where that does not do."""
    term = kernel.own[name]
    if term.head is not S.List or type(term.args) is not Row or type(specs[0]) is not int or specs[0] == 0:
        return False
    at = place(specs[0], len(term.args), term)
    item = put(kernel, term.args[at], specs[1:], value)
    stamp = stamp_with(kernel, term, item)
    del term
    if not replace_in_place(kernel.own, name, at, item):
        return False
    kernel.own[name].stamp = stamp
    kernel.set_own(name, kernel.own[name])
    return True


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


#: Type of a value → function(kernel, symbol, specifications, value) that changes it where nothing but the symbol holds
#: it; False where that does not do.
IN_PLACE: dict[type, Callable[[Kernel, Symbol, tuple[Term, ...], Term], bool]] = {
    Association: _assign_key,
    Expression: _assign_element,
    np.ndarray: _assign_packed,
}


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


def put(kernel: Kernel, term: Term, specs: tuple[Term, ...], value: Term) -> Term:
    """Gives the term with a value in the named parts: one for all, or one from a list for each of several."""
    if not specs:
        return value
    spec, rest = specs[0], specs[1:]
    if (type(spec) is int and spec == 0) or size(term) is None:
        return change_part(term, specs, lambda old: value)
    if not _is_several(spec):
        if type(term) is Expression and type(spec) is int:
            at = place(spec, len(term.args), term)
            item = put(kernel, term.args[at], rest, value)
            # Not `change_part`, which looks at every element to see whether the list can be packed.
            made = Expression(term.head, replaced(term.args, at, item))
            made.stamp = stamp_with(kernel, term, item)
            return made
        return change_part(term, (spec,), lambda old: put(kernel, old, rest, value))
    index = positions(term, spec, specs)
    new = list(items(term))
    places = range(*index.indices(len(new))) if isinstance(index, slice) else _as_list(index)
    spread = is_list(value)
    if spread and len(elements(value)) != len(places):
        raise Message("shape", Expression(S.Part, (term, *specs)), value, text=SHAPE)
    values = elements(value) if spread else (value,) * len(places)
    for at, item in zip(places, values, strict=True):
        new[at] = put(kernel, new[at], rest, item)
    return rebuild(term, new)


def _is_several(spec: Term) -> bool:
    return spec is S.All or is_head(spec, S.Span) or is_list(spec)


def _as_list(index: int | list[int]) -> list[int]:
    return [index] if isinstance(index, int) else index
