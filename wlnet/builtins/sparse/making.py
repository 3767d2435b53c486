"""SparseArray: an array of which only what differs from the background is stored."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wlnet.builtins.lists.choosing import integers
from wlnet.builtins.numbers.numerical import array_of, is_array
from wlnet.builtins.sparse.rules import placed, shape_of, single_rules
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import S, Term, elements, is_head, is_list, list_of, same, truth
from wlnet.terms.sparse import SparseArray, as_sparse

#: Places are numbered with 64 bits.
MOST = 1 << 62
DIMS = "The dimensions `1` should be a list of positive integers with a product below 2^62, or Automatic where rules have places."


@builtin(
    "SparseArray", category="Arrays",
    messages={
        "dims": DIMS,
        "rules": "`1` is not a rule for places, or a list of as many places as values.",
        "place": "`1` does not fit an array of dimensions `2`.",
        "band": "`1` should be Band[start], Band[start, end] or Band[start, end, step] of lists of integers.",
        "rect": "`1` is not a rectangular array.",
        "stored": "`1` should be {1, {row starts, columns}, values}, as InputForm shows it, for dimensions `2`.",
    },
)  # fmt: skip
def sparse_array(
    kernel: Kernel, data: Term, dims: Term = S.Automatic, default: Term = None, stored: Term = None
) -> Term | None:
    """SparseArray[{place1 -> value1, …}] gives an array with values at some places and 0 elsewhere.
    SparseArray[rules, {n1, n2, …}] gives one of these dimensions; SparseArray[rules, dims, x] has x elsewhere.
    SparseArray[list] gives the sparse form of a list, of which Normal gives the list again.
    SparseArray[Automatic, dims, x, {1, {row starts, columns}, values}] is what InputForm shows.

    Details: A place may be a pattern, such as {i_, i_}, whose variables the value may use, or a Band. The first rule for
    a place counts; {_, _} -> x as the last one says what is elsewhere. Sparse arrays are atoms; they add, multiply, transpose
    and so on as lists do, and stay sparse where they can; to other functions they are the lists that they stand for.
    sparse["property"] gives "NonzeroValues", "NonzeroPositions", …; sparse["Properties"] names them. With inexact
    values, 0 elsewhere is inexact, too.

    Examples:
        >> SparseArray[{{1, 1} -> a, {2, 3} -> b}]
        = SparseArray[Automatic, {2, 3}, 0, {1, {{0, 1, 2}, {{1}, {3}}}, {a, b}}]
        >> Normal[{SparseArray[{3 -> 1}, 4], SparseArray[{{1, 2}, {3, 4}} -> {a, b}, {3, 4}, x]}]
        = {{0, 0, 1, 0}, {{x, a, x, x}, {x, x, x, x}, {x, x, x, b}}}
        >> Normal[SparseArray[{{i_, i_} :> i, {i_, j_} /; j > i -> x}, {2, 2}]]
        = {{1, x}, {0, 2}}
        >> ToString[SparseArray[{{1, 0}, {0, 2}}]]
        = "SparseArray[<2>, {2, 2}]"
        >> s = SparseArray[{{1, 2} -> 5., {2, 1} -> 3.}, {2, 2}]; {s . {1, 2}, s[[1]]["NonzeroPositions"], Total[s], s + 1 == Normal[s] + 1}
        = {{10., 3.}, {{2}}, {3., 5.}, True}
        >> s[[2, 2]] = 7.; Map[# + 1 &, s, {2}] // Normal
        = {{1., 6.}, {4., 8.}}
    Possible issues:
        >> SparseArray[{{5, 5} -> 1}, {2, 2}]
        message: SparseArray::place
        = SparseArray[{{5, 5} -> 1}, {2, 2}]
        >> SparseArray[{{i_, i_} -> 1}]
        message: SparseArray::dims
        = SparseArray[{{i_, i_} -> 1}]
        >> SparseArray[{{1, 2}, {3}}]
        message: SparseArray::rect
        = SparseArray[{{1, 2}, {3}}]
        >> SparseArray[{{1}, {2}} -> {1, 2, 3}]
        message: SparseArray::rules
        = SparseArray[{{1}, {2}} -> {1, 2, 3}]
        >> SparseArray[Band[x] -> 1, {2, 2}]
        message: SparseArray::band
        = SparseArray[Band[x] -> 1, {2, 2}]
        >> SparseArray[Automatic, {2}, 0, {1, 2}]
        message: SparseArray::stored
        = SparseArray[Automatic, {2}, 0, {1, 2}]
    """
    background = 0 if default is None else default
    shape = None if dims is S.Automatic else shape_in(dims)
    if data is S.Automatic and stored is not None and shape is not None:
        return from_stored(shape, background, stored)
    if stored is not None:
        raise Message("stored", stored, dims)
    if type(data) is SparseArray:
        if shape in (None, data.shape) and (default is None or same(default, data.background)):
            return data
        return cropped(as_sparse(objects_in(data), background) if default is not None else data, shape or data.shape)
    rules = single_rules(data)
    if rules is not None and (rules or shape is not None):
        if default is None and rules and is_rest(rules[-1].args[0]):
            background = kernel.evaluate(rules.pop().args[1])
        return from_rules(kernel, rules, shape, background, dims)
    if not is_array(data):
        return None
    array = array_of(data)
    if array is None or (array.dtype == object and any(map(is_list, array.ravel().tolist()))):
        raise Message("rect", data)
    made = as_sparse(array, background)
    return made if shape is None else cropped(made, shape)


def is_rest(left: Term) -> bool:
    """Tells whether the left side of a rule stands for all places, {_, _}: as the last one it says what is elsewhere."""
    return is_head(left, S.List) and len(left.args) > 0 and all(is_head(item, S.Blank, 0) for item in left.args)


def shape_in(dims: Term) -> tuple[int, ...]:
    """Gives the dimensions that a specification names; raises Message."""
    found = [dims] if type(dims) is int else integers(dims)
    if not found or min(found) < 1 or math.prod(found) >= MOST:
        raise Message("dims", dims)
    return tuple(found)


def from_rules(
    kernel: Kernel, rules: list[Any], shape: tuple[int, ...] | None, background: Term, dims: Term
) -> SparseArray:
    """Gives the array of rules for places; raises Message."""
    shape = shape_of(rules) if shape is None else shape
    if shape is None or math.prod(shape) >= MOST:
        raise Message("dims", dims)
    found = list(placed(kernel, rules, shape))
    places = np.array([place for place, _ in found], dtype=np.int64).reshape(len(found), len(shape)) - 1
    return SparseArray(shape, keys_of(places, shape), [value for _, value in found], background)


def keys_of(places: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Gives the keys of places from 0."""
    return np.ravel_multi_index(tuple(places.T), shape) if len(places) else np.zeros(0, np.int64)


def objects_in(array: SparseArray) -> np.ndarray:
    found = array_of(array, array.rank)
    assert found is not None  # It is as rectangular as can be.
    return found


def cropped(array: SparseArray, shape: tuple[int, ...]) -> SparseArray:
    """Gives an array with other dimensions: what lies outside of them is left out; raises Message for another rank."""
    if len(shape) != array.rank:
        raise Message("place", array, list_of(*shape))
    places = array.places()
    inside = (places < shape).all(axis=1)
    return SparseArray(shape, keys_of(places[inside], shape), array.values[inside], array.background)


def from_stored(shape: tuple[int, ...], background: Term, stored: Term) -> SparseArray:
    """Gives the array of row starts, columns and values; raises Message."""
    wrong = Message("stored", stored, list_of(*shape))
    if not is_head(stored, S.List, 3) or not is_head(stored.args[1], S.List, 2) or not is_list(stored.args[2]):
        raise wrong
    starts = integers(stored.args[1].args[0])
    values = stored.args[2]
    count = len(elements(values))
    places = array_of(stored.args[1].args[1], 2) if count else np.zeros((0, max(len(shape) - 1, 1)), np.int64)
    if starts is None or places is None or places.dtype != np.int64 or len(places) != count or starts[-1:] != [count]:
        raise wrong
    if len(shape) > 1:
        if len(starts) != shape[0] + 1 or starts[0] != 0 or sorted(starts) != starts:
            raise wrong
        rows = np.repeat(np.arange(1, shape[0] + 1), np.diff(starts))
        places = np.column_stack([rows, places])
    if places.shape[1] != len(shape) or (places < 1).any() or (places > shape).any():
        raise wrong
    return SparseArray(shape, keys_of(places - 1, shape), values, background)


@builtin("SparseArrayQ", category="Arrays")
def sparse_array_q(kernel: Kernel, x: Term) -> Term:
    """SparseArrayQ[x] tells whether x is a sparse array.

    Examples:
        >> {SparseArrayQ[SparseArray[{0, 1}]], SparseArrayQ[{0, 1}]}
        = {True, False}
    """
    return truth(type(x) is SparseArray)
