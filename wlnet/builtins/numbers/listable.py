"""What Listable functions do with NumericArrays and associations; declares nothing."""

from __future__ import annotations

from wlnet.kernel import Kernel
from wlnet.kernel.structure import THREADED
from wlnet.terms import Association, Expression, NumericArray, Symbol, Term, pack, same


def thread_numeric_arrays(kernel: Kernel, head: Symbol, args: tuple[Term, ...]) -> Term:
    """Gives a function of NumericArrays as the same function of the lists in them."""
    return Expression(head, tuple(pack(arg.array) if type(arg) is NumericArray else arg for arg in args))


def thread_associations(kernel: Kernel, head: Symbol, args: tuple[Term, ...]) -> Term | None:
    """Gives the association of the function's values, key by key; None where associations have different keys."""
    found = [arg for arg in args if type(arg) is Association]
    keys = found[0].keys()
    for other in found[1:]:
        if len(other) != len(keys) or not all(map(same, keys, other.keys())):
            return None
    columns = [arg.values() if type(arg) is Association else (arg,) * len(keys) for arg in args]
    return found[0].map_values(kernel.evaluate(Expression(head, row)) for row in zip(*columns, strict=True))


THREADED[NumericArray] = thread_numeric_arrays
THREADED[Association] = thread_associations
