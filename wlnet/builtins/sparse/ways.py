"""How the functions of other parts take sparse arrays: in a way of their own, or as the lists that these stand for.

Declares nothing. A function of lists without a way of its own gets the list of all elements, for which there must be room.
"""

from __future__ import annotations

from collections.abc import Callable

from wlnet.kernel import Builtin, Kernel
from wlnet.kernel.calling import STAND_INS
from wlnet.terms import Expression, Term, symbol
from wlnet.terms import attributes as flags
from wlnet.terms.sparse import SparseArray

#: Name of a function → what it makes of arguments (None: what it makes of their lists), and whether the first must be sparse.
WAYS: dict[str, tuple[Callable[..., Term | None], bool]] = {}

#: Categories of functions that take sparse arrays for lists.
LISTS = frozenset((
    "Algebra", "Arithmetic", "Arrays", "Calculus", "Comparison", "Elementary functions", "Functional programming", "Graphs",
    "Integers", "Linear algebra", "Lists", "Machine learning", "Numbers", "Numerical mathematics", "Patterns", "Plots",
    "Special functions", "Statistics", "Training and evaluation",
))  # fmt: skip
#: Functions of other categories that do so, too.
MORE = frozenset(("AssociationThread", "Counts", "CountsBy", "GroupBy", "PositionIndex"))
#: Functions whose arguments are no lists for them.
TAKES_ANY = (
    "SparseArray", "SparseArrayQ", "NumericArrayQ", "PackedArrayQ", "SameQ", "UnsameQ", "Order", "MatchQ", "Construct",
    "Through", "ComposeList", "Comap", "ComapApply",
)  # fmt: skip
#: Functions whose second argument is a pattern, an element or a first result.
TAKES_ANY_SECOND = (
    "Cases", "Count", "DeleteCases", "FirstCase", "FirstPosition", "FreeQ", "MemberQ", "Position", "Append", "Prepend",
    "Insert", "Fold", "FoldList", "FoldPair", "FoldPairList",
)  # fmt: skip
#: Function → places of the arguments, from 0, that are no lists for it (None: any argument).
AS_IS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(TAKES_ANY),
    **dict.fromkeys(TAKES_ANY_SECOND, (1,)),
    **dict.fromkeys(("ConstantArray", "Array"), (0,)),
}
HOLDING = flags.HOLD_ALL | flags.HOLD_ALL_COMPLETE


def way(*names: str, first: bool = True) -> Callable[[Callable[..., Term | None]], Callable[..., Term | None]]:
    """Declares what functions of other parts make of sparse arrays (a decorator on function(kernel, *arguments)).

    first: only where the first argument is one.
    """

    def declare(function: Callable[..., Term | None]) -> Callable[..., Term | None]:
        WAYS.update(dict.fromkeys(names, (function, first)))
        return function

    return declare


def listed(term: Term) -> Term:
    """Gives the list that a sparse array stands for, and any other term as it is."""
    return term.dense() if type(term) is SparseArray else term


def with_sparse(kernel: Kernel, declared: Builtin, args: tuple[Term, ...]) -> Term | None:
    """Gives what a built-in makes of arguments some of which are sparse arrays; None where these are for it any atoms."""
    own, first = WAYS.get(declared.name, (None, False))
    if own is not None and (type(args[0]) is SparseArray or not first):
        result = own(kernel, *args)
        if result is not None:
            return result
    if (declared.category not in LISTS and declared.name not in MORE) or declared.attributes & HOLDING:
        return None
    kept = AS_IS.get(declared.name, ())
    if kept is None:
        return None
    given = tuple(arg if place in kept else listed(arg) for place, arg in enumerate(args))
    if all(x is y for x, y in zip(given, args, strict=True)):
        return None
    return Expression(symbol(declared.name), given)


STAND_INS[SparseArray] = with_sparse
