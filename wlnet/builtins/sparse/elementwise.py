"""Functions of the elements of sparse arrays: taken once of the background, and of what is stored."""

from __future__ import annotations

import math
from functools import reduce

import numpy as np

from wlnet.builtins.evaluation.matchers import rules_from
from wlnet.builtins.lists.choosing import calls, integers
from wlnet.builtins.numbers.numerical import array_of, dimensions
from wlnet.builtins.sparse.ways import listed, way
from wlnet.kernel import Kernel
from wlnet.kernel.structure import THREADED
from wlnet.patterns import NO_MATCH
from wlnet.terms import FALSE, Expression, S, Symbol, Term, elements, is_list, list_of, to_list
from wlnet.terms.sparse import SparseArray, as_sparse, list_of_values, values_of


def thread_sparse(kernel: Kernel, head: Symbol, args: tuple[Term, ...]) -> Term | None:
    """Gives `threaded`, errors as messages, since no built-in is running yet."""
    return kernel.guard(threaded, head.name, kernel, head, args)


def threaded(kernel: Kernel, head: Symbol, args: tuple[Term, ...]) -> Term:
    """Gives a Listable function of arrays of one shape and of single values; of arrays of other shapes, of their lists."""
    arrays = [arg for arg in args if type(arg) is SparseArray]
    shape = arrays[0].shape
    result = None
    if all(array.shape == shape for array in arrays):
        lists = [arg for arg in args if is_list(arg)]
        if not lists:
            result = of_values(kernel, head, args)
        elif head is S.Times and all(array.is_zero_elsewhere for array in arrays):
            result = products(kernel, args, shape)
        elif all(dimensions(item) == shape for item in lists):
            result = of_values(kernel, head, tuple(map(as_array, args)))
    return Expression(head, tuple(map(listed, args))) if result is None else result


def as_array(term: Term) -> Term:
    """Gives the sparse form of a rectangular list, and anything else as it is."""
    array = array_of(term) if is_list(term) else None
    return term if array is None else as_sparse(array)


def of_values(kernel: Kernel, head: Term, args: tuple[Term, ...]) -> SparseArray | None:
    """Gives a function of sparse arrays of one shape and of single values; None where its values are no elements."""
    arrays = [arg for arg in args if type(arg) is SparseArray]
    keys = reduce(np.union1d, [array.keys for array in arrays])
    background = kernel.evaluate(
        Expression(head, tuple(arg.background if type(arg) is SparseArray else arg for arg in args))
    )
    given = tuple(list_of_values(arg.at(keys)) if type(arg) is SparseArray else arg for arg in args)
    values = kernel.evaluate(Expression(head, given)) if len(keys) else list_of()
    return with_values(arrays[0].shape, keys, values, background)


def with_values(shape: tuple[int, ...], keys: np.ndarray, values: Term, background: Term) -> SparseArray | None:
    """Gives the array of values at keys; None where they are not as many, or lists."""
    if not is_list(values) or is_list(background):
        return None
    items = elements(values)
    if len(items) != len(keys) or any(map(is_list, items)):
        return None
    return SparseArray(shape, keys, values_of(items), background)


def products(kernel: Kernel, args: tuple[Term, ...], shape: tuple[int, ...]) -> SparseArray | None:
    """Gives the product of arrays that are 0 elsewhere with lists, of which each may belong to the first levels only."""
    keys = reduce(np.intersect1d, [arg.keys for arg in args if type(arg) is SparseArray])
    factors: list[Term] = []
    for arg in args:
        if type(arg) is SparseArray:
            factors.append(list_of_values(arg.values[np.isin(arg.keys, keys)]))
            continue
        array = array_of(arg) if is_list(arg) else None
        if array is None:
            if is_list(arg):
                return None
            factors.append(arg)
        elif array.shape != shape[: array.ndim]:
            return None
        else:
            factors.append(list_of_values(array.ravel()[keys // math.prod(shape[array.ndim :])]))
    background = next(arg.background for arg in args if type(arg) is SparseArray)
    return with_values(shape, keys, kernel.evaluate(Expression(S.Times, tuple(factors))), background)


THREADED[SparseArray] = thread_sparse


def each_by(head: Symbol) -> None:
    """Has a function, with what its further arguments are, taken of the values and of the background."""

    def of_elements(kernel: Kernel, array: Term, *rest: Term) -> Term | None:
        background = kernel.evaluate(Expression(head, (array.background, *rest)))
        values = kernel.evaluate(Expression(head, (array.terms(), *rest)))
        return with_values(array.shape, array.keys, values, background)

    way(head.name)(of_elements)


for _head in (S.N, S.Chop, S.Clip, S.Rationalize, S.Simplify):
    each_by(_head)


@way("ReplaceAll")
def replace_all(kernel: Kernel, array: Term, rules: Term) -> Term | None:
    """Gives what the rules make of each element; None where one is for the whole array."""
    found = rules_from(rules)
    if found is None or any(x.apply(array, kernel) is not NO_MATCH for x in found):
        return None
    background, *values = (
        kernel.evaluate(Expression(S.ReplaceAll, (item, rules))) for item in (array.background, *array.values.tolist())
    )
    return with_values(array.shape, array.keys, to_list(values), background)


@way("Map", first=False)
def mapped(kernel: Kernel, function: Term, array: Term = None, level: Term = None) -> Term | None:
    """Gives the function of each element, where its level is the last; it is called once for all that is not stored."""
    last = [1] if level is None else integers(level)
    if type(array) is not SparseArray or last != [array.rank]:
        return None
    *found, background = calls(kernel, function, [*array.values.tolist(), array.background])
    return with_values(array.shape, array.keys, to_list(found), background)


def extreme(head: Symbol) -> None:
    """Has Max or Min look at the values, and at the background where there is any."""

    def of_elements(kernel: Kernel, *args: Term) -> Term | None:
        if len(args) != 1:
            return None
        (array,) = args
        is_full = len(array.keys) == array.shape[0] * array.row_size
        return Expression(head, (array.terms(), *(() if is_full else (array.background,))))

    way(head.name)(of_elements)


for _head in (S.Max, S.Min):
    extreme(_head)


@way("Equal")
def equal(kernel: Kernel, a: Term = None, b: Term = None, *others: Term) -> Term | None:
    """Compares two arrays of numbers at the places that either has; None where that does not tell."""
    if type(a) is not SparseArray or type(b) is not SparseArray or others:
        return None
    if a.shape != b.shape:
        return FALSE
    keys = np.union1d(a.keys, b.keys)
    rest = len(keys) < a.shape[0] * a.row_size
    one, other = (
        Expression(S.List, ((array.background,) * rest + elements(list_of_values(array.at(keys))))) for array in (a, b)
    )
    return Expression(S.Equal, (one, other))
