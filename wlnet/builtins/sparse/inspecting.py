"""What sparse arrays hold: `sparse["property"]`, ArrayRules, Normal, and functions that tell what an array is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.evaluation.matchers import matcher
from wlnet.builtins.lists.choosing import predicate
from wlnet.builtins.numbers.numerical import array_of, is_array
from wlnet.builtins.sparse.ways import way
from wlnet.kernel import Kernel, Message, applies, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, pack, rule, to_list, truth
from wlnet.terms.sparse import SparseArray, as_sparse


def columns(array: SparseArray) -> np.ndarray:
    """Gives the places, from 1, of the values in their rows."""
    places = array.places() + 1
    return places if array.rank == 1 else places[:, 1:]


def by_rows(array: SparseArray, items: np.ndarray) -> Term:
    """Gives what belongs to the values as a list of lists, one for each row."""
    return to_list(map(pack, np.split(items, array.starts()[1:-1])))


def adjacent(array: SparseArray) -> Term:
    """Gives the columns of the values of each row, of a matrix as numbers; of a vector, the places of its values."""
    found = columns(array)
    return pack(found.ravel()) if array.rank == 1 else by_rows(array, found[:, 0] if array.rank == 2 else found)


def density(array: SparseArray) -> float:
    size = array.shape[0] * array.row_size
    return len(array.keys) / size if size else 0.0


def row_starts(array: SparseArray) -> Term:
    return list_of(0, len(array.keys)) if array.rank == 1 else pack(array.starts())


#: Name of a property → what it is of an array.
PROPERTIES: dict[str, Callable[[SparseArray], Term]] = {
    "AdjacencyLists": adjacent,
    "Background": lambda array: array.background,
    "ColumnIndices": lambda array: pack(columns(array)),
    "Density": density,
    "Dimensions": lambda array: to_list(array.shape),
    "ExplicitLength": lambda array: len(array.keys),
    "ExplicitPositions": lambda array: pack(array.places() + 1),
    "ExplicitValues": lambda array: array.terms(),
    "ImplicitValue": lambda array: array.background,
    "MatrixColumns": lambda array: by_rows(array, columns(array)[:, 0]),
    "NonzeroPositions": lambda array: pack(array.places() + 1),
    "NonzeroValues": lambda array: array.terms(),
    "RowPointers": row_starts,
    "Properties": lambda array: to_list(sorted(PROPERTIES)),
    "Methods": lambda array: to_list(sorted(PROPERTIES)),
}


@applies(SparseArray)
def property_of(kernel: Kernel, array: SparseArray, args: tuple[Term, ...]) -> Term | None:
    """Gives a property of a sparse array: `sparse["NonzeroValues"]`; raises Message for another name."""
    if len(args) != 1 or type(args[0]) is not str:
        return None
    found = PROPERTIES.get(args[0])
    if found is None:
        known = ", ".join(f'"{name}"' for name in PROPERTIES)
        raise Message("prop", args[0], text=f"`1` is not a property of sparse arrays; those are {known}.")
    return found(array)


NORMALIZERS[SparseArray] = lambda kernel, array: array.dense()


@builtin("ArrayRules", category="Arrays")
def array_rules(kernel: Kernel, array: Term, default: Term = None) -> Term | None:
    """ArrayRules[array] gives the places and values of what is not 0 in an array, and at the end that all else is 0.
    ArrayRules[array, x] gives those of what is not x.

    Details: In a sparse array it is the values stored in it that count, and what is elsewhere.

    Examples:
        >> ArrayRules[{{0, a}, {0, 0}}]
        = {{1, 2} -> a, {_, _} -> 0}
        >> ArrayRules[SparseArray[{3 -> 5}, 10, 1]]
        = {{3} -> 5, {_} -> 1}
        >> ArrayRules[{1, 2, 1}, 1]
        = {{2} -> 2, {_} -> 1}
    """
    if type(array) is not SparseArray or default is not None:
        if not is_array(array):
            return None
        found = array_of(array)
        if found is None:
            return None
        array = as_sparse(found, 0 if default is None else default)
    places = map(pack, array.places() + 1)
    rules = [rule(*pair) for pair in zip(places, elements(array.terms()), strict=True)]
    rest = Expression(S.List, (Expression(S.Blank, ()),) * array.rank)
    return Expression(S.List, (*rules, rule(rest, array.background)))


way("ArrayRules")(array_rules)


@way("Normal")
def normal(kernel: Kernel, array: SparseArray) -> Term:
    return array.dense()


@way("Length")
def length(kernel: Kernel, array: SparseArray) -> Term:
    return array.shape[0]


@way("Dimensions")
def dimensions(kernel: Kernel, array: Term, depth: Term = None) -> Term | None:
    if type(depth) is int and depth >= 0:
        return to_list(array.shape[:depth])
    return to_list(array.shape) if depth is None else None


@way("ArrayDepth", "TensorRank")
def rank(kernel: Kernel, array: SparseArray) -> Term:
    return array.rank


def all_pass(kernel: Kernel, array: SparseArray, test: Term | None) -> bool:
    """Tells whether all elements pass a test."""
    passes = (lambda item: True) if test is None else predicate(kernel, test)
    is_full = len(array.keys) == array.shape[0] * array.row_size
    return (is_full or passes(array.background)) and all(map(passes, array.values.tolist()))


def with_rank(wanted: int) -> Callable[..., Term]:
    """Gives the test whether an array has a rank, and its elements pass a test."""

    def has_rank(kernel: Kernel, array: SparseArray, test: Term = None) -> Term:
        return truth(array.rank == wanted and all_pass(kernel, array, test))

    return has_rank


way("VectorQ")(with_rank(1))
way("MatrixQ")(with_rank(2))


@way("ArrayQ")
def is_any_array(kernel: Kernel, array: SparseArray, depth: Term = None, test: Term = None) -> Term:
    fits = depth is None or matcher(kernel, depth)(array.rank)
    return truth(fits and all_pass(kernel, array, test))


@way("SquareMatrixQ")
def is_square(kernel: Kernel, array: SparseArray) -> Term:
    return truth(array.rank == 2 and array.shape[0] == array.shape[1])
