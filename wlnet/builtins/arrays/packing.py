"""What the context Developer` says of packed arrays: lists of machine numbers that are one array."""

from __future__ import annotations

import numpy as np

from wlnet.kernel import Kernel, builtin
from wlnet.kernel.structure import as_packed
from wlnet.terms import FALSE, TRUE, S, Term, expression


@builtin("Developer`ToPackedArray", category="Arrays")
def to_packed_array(kernel: Kernel, term: Term, kind: Term = None) -> Term | None:
    """Developer`ToPackedArray[list] packs a list of machine numbers, if it can be packed.
    Developer`ToPackedArray[list, Real] makes machine reals of its numbers first.

    Examples:
        >> Developer`ToPackedArray[{1, 2}, Real]
        = {1., 2.}
        >> Developer`ToPackedArray[{{1., 2.}, {3., 4.}}]
        = {{1., 2.}, {3., 4.}}
        >> Developer`ToPackedArray[{1, x}]
        = {1, x}
    """
    if kind is S.Real:
        term = kernel.evaluate(expression("N", term))
    elif kind is not None and kind is not S.Integer:
        return None
    return as_packed(term)


@builtin("Developer`PackedArrayQ", category="Arrays")
def packed_array_q(kernel: Kernel, term: Term) -> Term:
    """Developer`PackedArrayQ[x] gives True if x is a packed array.

    Examples:
        >> Developer`PackedArrayQ /@ {Range[3.], {1, x}, 5}
        = {True, False, False}
    """
    return TRUE if isinstance(term, np.ndarray) else FALSE
