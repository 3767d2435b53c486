"""Largest and smallest values: Max, Min, MinMax, Rescale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from wlnet.builtins.numbers.comparison import in_order
from wlnet.builtins.numbers.numerical import (
    INDETERMINATE,
    INFINITY,
    MINUS_INFINITY,
    as_list,
    finite,
    is_array,
    machine_real,
)
from wlnet.builtins.numbers.numerical import packed as packed_of
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Association, Expression, NumericArray, S, Symbol, Term, list_of
from wlnet.terms import attributes as flags
from wlnet.terms.packed import elements

EXTREME = flags.NUMERIC_FUNCTION | flags.FLAT | flags.ORDERLESS | flags.ONE_IDENTITY


def leaves(term: Term) -> Iterator[Term]:
    """Gives the numbers and terms in nested lists, a packed list by its two extremes alone."""
    term = as_list(term) if type(term) in (Association, NumericArray) else term
    if type(term) is np.ndarray and term.dtype.kind != "c":
        yield from (term.max().item(), term.min().item())
    elif is_array(term):
        for item in elements(term):
            yield from leaves(item)
    else:
        yield term


def declare_extreme(
    name: str, gives: str, example: tuple[str, str], relation: Symbol, reduce: Callable[[Any], Any], empty: Term
) -> None:
    """Declares Max or Min: the value that stands in `relation` to all others."""

    def function(kernel: Kernel, *terms: Term) -> Term | None:
        if len(terms) == 1:
            array = packed_of(terms[0])
            if array is not None and array.dtype.kind != "c":
                return reduce(array).item()
        found: Term = None
        rest: dict[Term, None] = {}
        count = 0
        for item in (leaf for term in terms for leaf in leaves(term)):
            count += 1
            if item is INDETERMINATE:
                return INDETERMINATE
            if machine_real(kernel, item) is None:
                rest[item] = None
            elif found is None or in_order(kernel, relation, item, found):
                found = item
        kept = [*([] if found is None else [found]), *rest]
        if not rest:
            return empty if found is None else found
        if len(kept) == len(terms) and len(kept) == count:
            return None if len(kept) > 1 else kept[0]
        return Expression(getattr(S, name), tuple(kept))

    function.__doc__ = (
        f"{name}[x, y, …] gives {gives} of the values.\n{name}[list] gives {gives} in nested lists.\n\n"
        f"Examples:\n>> {example[0]}\n= {example[1]}\n>> {name}[3, x, 3]\n= {name}[3, x]\n"
    )
    builtin(name, category="Comparison", attributes=EXTREME)(function)


declare_extreme("Max", "the largest", ("Max[{1, 2.5}, -3]", "2.5"), S.Greater, np.max, MINUS_INFINITY)
declare_extreme("Min", "the smallest", ("Min[{1, 2.5}, -3]", "-3"), S.Less, np.min, INFINITY)


@builtin("MinMax", category="Comparison")
def min_max(kernel: Kernel, data: Term) -> Term:
    """MinMax[list] gives the smallest and the largest value in a list.

    Examples:
        >> MinMax[{3, 1, 2}]
        = {1, 3}
    """
    return list_of(Expression(S.Min, (data,)), Expression(S.Max, (data,)))


@builtin("Rescale", category="Numbers")
def rescale(kernel: Kernel, x: Term, source: Term = None, target: Term = None) -> Term | None:
    """Rescale[list] gives the list rescaled to run from 0 to 1.
    Rescale[x, {min, max}] gives x rescaled so that min to max becomes 0 to 1.
    Rescale[x, {min, max}, {ymin, ymax}] makes it ymin to ymax.

    Examples:
        >> Rescale[{1., 3., 5.}]
        = {0., 0.5, 1.}
        >> Rescale[2.5, {0, 10}]
        = 0.25
        >> Rescale[5., {0, 10}, {-1, 1}]
        = 0.
    """
    low_high = two(kernel, Expression(S.MinMax, (x,)) if source is None else source)
    if low_high is None or (source is None and not is_array(x)):
        return None
    low, high = low_high
    span = kernel.evaluate(Expression(S.Subtract, (high, low)))
    if machine_real(kernel, span) == 0.0:
        return kernel.evaluate(Expression(S.Times, (0, x)))
    array = packed_of(x)
    start, stop = machine_real(kernel, low), machine_real(kernel, high)
    if target is None and array is not None and array.dtype.kind == "f" and start is not None and stop is not None:
        found = finite((array - start) / (stop - start))
        if found is not None:
            return found
    scaled = Expression(S.Divide, (Expression(S.Subtract, (x, low)), span))
    if target is None:
        return scaled
    wanted = two(kernel, target)
    if wanted is None:
        return None
    stretched = Expression(S.Times, (scaled, Expression(S.Subtract, (wanted[1], wanted[0]))))
    return Expression(S.Plus, (wanted[0], stretched))


def two(kernel: Kernel, term: Term) -> tuple[Term, Term] | None:
    """Gives the two elements of a list of two, evaluated."""
    found = kernel.evaluate(term)
    items = elements(found) if is_array(found) else ()
    return (items[0], items[1]) if len(items) == 2 else None
