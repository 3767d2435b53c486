"""Distances between vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import as_list, dimensions, finite, is_array, packed
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, same

SHAPE = "The arguments `1` and `2` have different dimensions."


def total(term: Term) -> Term:
    return Expression(S.Total, (term,))


def sizes(term: Term) -> Term:
    return Expression(S.Abs, (term,))


def squared(term: Term) -> Term:
    return Expression(S.Power, (sizes(term), 2))


def cosine(a: Term, b: Term) -> Term:
    """Gives 1 - a.b/(|a| |b|), 0 where both are zero vectors."""
    lengths = Expression(S.Times, (Expression(S.Norm, (a,)), Expression(S.Norm, (b,))))
    return Expression(S.Subtract, (1, Expression(S.Divide, (Expression(S.Dot, (a, b)), lengths))))


def cosine_packed(a: np.ndarray, b: np.ndarray) -> Any:
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    return 1.0 - np.dot(a, b) / lengths if lengths else 0.0


def correlated(a: Term, b: Term) -> Term:
    moved = [Expression(S.Subtract, (x, Expression(S.Mean, (x,)))) for x in (a, b)]
    return Expression(S.CosineDistance, tuple(moved))


def difference(a: Term, b: Term) -> Term:
    return Expression(S.Subtract, (a, b))


Distance = Callable[[Term, Term], Term]

# name, what it gives, example, over reals, as a term
TABLE: tuple[tuple[str, str, tuple[str, str], Callable[[Any, Any], Any] | None, Distance], ...] = (
    ("EuclideanDistance", "the Euclidean distance", ("EuclideanDistance[{0., 0.}, {3., 4.}]", "5."),
        lambda a, b: np.linalg.norm(a - b),
        lambda a, b: Expression(S.Sqrt, (total(squared(difference(a, b))),))),
    ("SquaredEuclideanDistance", "the squared Euclidean distance", ("SquaredEuclideanDistance[{0, 0}, {3, 4}]", "25"),
        lambda a, b: np.sum(np.abs(a - b) ** 2), lambda a, b: total(squared(difference(a, b)))),
    ("ManhattanDistance", "the sum of the absolute differences", ("ManhattanDistance[{0, 0}, {3, -4}]", "7"),
        lambda a, b: np.sum(np.abs(a - b)), lambda a, b: total(sizes(difference(a, b)))),
    ("ChessboardDistance", "the largest absolute difference", ("ChessboardDistance[{0, 0}, {3, -4}]", "4"),
        lambda a, b: np.max(np.abs(a - b)), lambda a, b: Expression(S.Max, (sizes(difference(a, b)),))),
    ("CosineDistance", "one minus the cosine of the angle", ("CosineDistance[{1., 0.}, {0., 2.}]", "1."),
        cosine_packed, cosine),
    ("CorrelationDistance", "one minus the correlation", ("CorrelationDistance[{1., 2.}, {2., 4.}]", "0."),
        None, correlated),
)  # fmt: skip


def declare(
    name: str, gives: str, example: tuple[str, str], many: Callable[[Any, Any], Any] | None, form: Distance
) -> None:
    """Declares a distance between two vectors, or two numbers."""

    def function(kernel: Kernel, u: Term, v: Term) -> Term | None:
        a, b = as_list(u), as_list(v)
        if is_array(a) != is_array(b):
            return None
        if not is_array(a):
            return Expression(getattr(S, name), (Expression(S.List, (a,)), Expression(S.List, (b,))))
        if dimensions(a) != dimensions(b):
            raise Message("dims", u, v)
        if len(dimensions(a)) != 1 or dimensions(a) == (0,):
            return None
        found = distance_of_reals(many, packed(a), packed(b))
        return form(a, b) if found is None else found

    function.__doc__ = (
        f"{name}[u, v] gives {gives} between two vectors.\n\nExamples:\n>> {example[0]}\n= {example[1]}\n"
        f"Possible issues:\n>> {name}[{{1}}, {{2, 3}}]\nmessage: {name}::dims\n= {name}[{{1}}, {{2, 3}}]\n"
    )
    builtin(name, category="Statistics", messages={"dims": SHAPE})(function)


def distance_of_reals(
    compute: Callable[[Any, Any], Any] | None, a: np.ndarray | None, b: np.ndarray | None
) -> Term | None:
    """Gives the distance between two packed vectors of which one holds machine reals, or None."""
    if compute is None or a is None or b is None or a.dtype.kind + b.dtype.kind not in ("ff", "fi", "if"):
        return None
    with np.errstate(all="ignore"):
        return finite(np.asarray(compute(a, b)))


for _row in TABLE:
    declare(*_row)


@builtin("HammingDistance", category="Statistics", messages={"dims": SHAPE})
def hamming_distance(kernel: Kernel, u: Term, v: Term) -> Term | None:
    """HammingDistance[u, v] gives the number of places in which two vectors or strings differ.

    Examples:
        >> HammingDistance[{1, 2, 3}, {1, 0, 0}]
        = 2
        >> HammingDistance["abc", "abd"]
        = 1
    Possible issues:
        >> HammingDistance["abc", "ab"]
        message: HammingDistance::dims
        = HammingDistance["abc", "ab"]
    """
    if type(u) is str and type(v) is str:
        a: tuple[Term, ...] = tuple(u)
        b: tuple[Term, ...] = tuple(v)
    elif is_array(u) and is_array(v):
        a, b = elements(as_list(u)), elements(as_list(v))
    else:
        return None
    if len(a) != len(b):
        raise Message("dims", u, v)
    return sum(not same(x, y) for x, y in zip(a, b, strict=True))
