"""What part specifications are made of, and Extract."""

from __future__ import annotations

from wlnet.builtins.lists.parts import has_several, part, paths
from wlnet.kernel import Kernel, builtin, constant
from wlnet.terms import Expression, S, Term


@constant("Span", category="Lists")
def span() -> None:
    """Span[i, j] or i;;j stands for the places from i to j in a part specification.
    Span[i, j, k] or i;;j;;k stands for every k-th of them.

    Examples:
        >> {a, b, c, d}[[2 ;; 3]]
        = {b, c}
        >> {a, b, c, d}[[-1 ;; 1 ;; -1]]
        = {d, c, b, a}
    """


@constant("UpTo", category="Lists")
def up_to() -> None:
    """UpTo[n] stands for n elements, or for as many as there are.

    Examples:
        >> Take[{a, b}, UpTo[5]]
        = {a, b}
    """


@builtin("Extract", category="Lists", curried="first")
def extract(kernel: Kernel, term: Term, position: Term, wrapper: Term = None) -> Term:
    """Extract[expr, {i, j, …}] gives the part of expr at a position.
    Extract[expr, {{i1, …}, {i2, …}, …}] gives the list of the parts at several positions.
    Extract[expr, position, h] wraps each part in h before it is evaluated.

    Examples:
        >> Extract[{a, {b, c}}, {2, 1}]
        = b
        >> Extract[{a, {b, c}}, {{1}, {2, 2}}]
        = {a, c}
        >> Extract[<|"k" -> 7|>, Key["k"]]
        = 7
        >> Extract[2][{a, b}]
        = b
        >> Extract[Hold[1 + 1, 2 + 2], {{1}, {2}}, Hold]
        = {Hold[1 + 1], Hold[2 + 2]}
    """
    found = [part(kernel, term, specs) for specs in paths(position)]
    if wrapper is not None:
        found = [Expression(wrapper, (item,)) for item in found]
    return Expression(S.List, tuple(found)) if has_several(position) else found[0]
