"""The terms of a function that is traced: wires among them, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wlnet.builtins.nets.tracing.array_functions import CALLS
from wlnet.errors import NetError
from wlnet.layers.formula import SPECIAL, UNARY
from wlnet.nets.dimensions import Shape
from wlnet.nets.structure import End
from wlnet.terms import Association, Expression, S, Symbol, Term, expression, is_list, register, symbol


@dataclass(frozen=True, slots=True)
class Wire:
    """An array on its way through a net that is being traced: where it comes from, in which tracing, and its dimensions
    as far as known."""

    end: End
    owner: int
    shape: Shape = field(default=None, compare=False)


register(Wire, symbol("System`Net`Wire"), full_form=lambda wire: wire.end.port, hash=hash, equal=lambda a, b: a == b)


#: Functions that only rearrange the elements of a list at its first level → whether these arguments are such lists.
STRUCTURAL: dict[Symbol, Callable[[tuple[Term, ...]], bool]] = {
    **dict.fromkeys(
        (S.First, S.Last, S.Rest, S.Most, S.Take, S.Drop, S.Part, S.Reverse, S.RotateLeft, S.RotateRight, S.Partition,
         S.Append, S.Prepend, S.Insert, S.Delete, S.Riffle),
        lambda args: len(args) < 3 and type(args[0]) is Expression and not is_list(args[-1] if len(args) > 1 else None),
    ),
    **dict.fromkeys((S.Join,), lambda args: all(type(arg) is Expression and is_list(arg) for arg in args)),
}  # fmt: skip


def is_elementwise(term: Expression) -> bool:
    """Tells whether a function acts on each element by itself: Max[a, b] does, but Max[a] is one number."""
    head, count = term.head, len(term.args)
    if head in UNARY:
        return count == 1
    least, most = COUNTS.get(head, (1, None))
    return head in SPECIAL and count >= least and (most is None or count <= most) and not (head in CALLS and count == 1)


#: Elementwise function → how many arguments it has at least, and at most; with more or fewer it is something else.
COUNTS: dict[Symbol, tuple[int, int | None]] = {
    S.Clip: (1, 1), S.Mod: (2, 2), S.Power: (2, 2), S.Surd: (2, 2), S.Subtract: (2, 2), S.Divide: (2, 2), S.Boole: (1, 1),
    S.ArcTan: (1, 2), S.Threshold: (1, 2), S.Chop: (1, 2), S.Inequality: (3, None),
    **dict.fromkeys((S.Equal, S.Unequal, S.Less, S.LessEqual, S.Greater, S.GreaterEqual), (2, None)),
    **dict.fromkeys((S.Positive, S.Negative, S.NonPositive, S.NonNegative, S.PossibleZeroQ), (1, 1)),
}  # fmt: skip


def as_function(body: Term, symbols: tuple[Symbol, ...]) -> Term:
    """Gives the pure function of a body over symbols; of a bare head applied to them in order, the head."""
    if type(body) is Expression and body.args == symbols and type(body.head) is Symbol:
        return body.head
    slots = {variable: expression("Slot", index) for index, variable in enumerate(symbols, 1)}

    def put(term: Term) -> Term:
        if type(term) is Symbol:
            return slots.get(term, term)
        if type(term) is Expression:
            return Expression(term.head, tuple(map(put, term.args)))
        return term

    return expression("Function", put(body))


def depends(term: Term, names: Mapping[Symbol, Any] | None = None, *, arrays: bool = True) -> bool:
    """Tells whether an array of the net, or one of the names, is in a term; `arrays`: a NetArray counts, too."""
    stack = [term]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind is Wire or (names and kind is Symbol and item in names):
            return True
        if kind is Expression:
            if arrays and type(item.head) is Symbol and (item.head is S.NetArray or item.head in DRAWN):
                return True
            stack.append(item.head)
            stack.extend(item.args)
        elif kind is Association:
            stack.extend(item.values())
    return False


def is_array(term: Term) -> bool:
    """Tells whether a value is a list or an array of the net (that is not known to be a number)."""
    return is_list(term) or (type(term) is Wire and term.shape != ())


#: Heads that only hold values together.
INERT = frozenset((S.List, S.Rule, S.Sequence, S.Span))
#: Functions that give something else each time, so that they are not evaluated once for all.
DRAWN = frozenset((S.RandomReal, S.RandomVariate, S.RandomInteger))


def shown_part(term: Term) -> Term:
    """Gives the part of a term that a message names: its innermost head."""
    while type(term) is Expression:
        term = term.head
    return S.Array if type(term) is Wire else term


def untraceable(term: Term) -> NetError:
    return NetError(
        "`1` cannot be part of a FunctionLayer like this; arithmetic, elementary functions, conditions, functions of "
        "arrays and lists, distances, Map, Fold, Table, local variables, layers and nets applied to arrays, and NetArray "
        "can (?FunctionLayer)",
        tag="trace",
        kind="FunctionLayer",
        terms=(shown_part(term),),
    )


def unknown_dimensions(head: Symbol) -> NetError:
    return NetError(
        "`1` depends here on dimensions that are not known", tag=UNKNOWN, kind="FunctionLayer", terms=(head,)
    )


#: The tag of errors that specified ports would mend.
UNKNOWN = "unknown"

#: Function → what it may have among its arguments without any effect.
NEUTRAL = {S.Plus: 0, S.Times: 1}


def without_neutral(body: Expression) -> Term:
    """Gives a term without exact numbers that change nothing: 0 + x, 1 x and x^1 are x."""
    if body.head is S.Power and len(body.args) == 2 and is_exactly(body.args[1], 1):
        return body.args[0]
    neutral = NEUTRAL.get(body.head)
    if neutral is None or not any(is_exactly(arg, neutral) for arg in body.args):
        return body
    kept = tuple(arg for arg in body.args if not is_exactly(arg, neutral))
    return kept[0] if len(kept) == 1 else Expression(body.head, kept) if kept else neutral


def is_exactly(term: Term, number: int) -> bool:
    return type(term) is int and term == number
