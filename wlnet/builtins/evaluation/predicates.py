"""Questions about what something is: SameQ, AtomQ, NumericQ, VectorQ and the like; Head and Order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from wlnet.builtins.evaluation.matchers import matcher
from wlnet.builtins.lists.choosing import items, predicate
from wlnet.builtins.lists.parts import head_of
from wlnet.builtins.numbers.numbers import is_explicit
from wlnet.builtins.numbers.numerical import dimensions, is_numeric
from wlnet.kernel import Kernel, builtin
from wlnet.terms import (
    ABORTED,
    FAILED,
    FALSE,
    Association,
    Expression,
    NumericArray,
    S,
    Symbol,
    Term,
    alike,
    compare,
    is_head,
    is_list,
    truth,
)


@builtin("Head", category="Structure")
def head(kernel: Kernel, term: Term, wrapper: Term = None) -> Term:
    """Head[expr] gives the head of expr.
    Head[expr, h] wraps it in h.

    Examples:
        >> Head[f[x]]
        = f
        >> {Head[1], Head[1.5], Head["s"], Head[x], Head[{1}]}
        = {Integer, Real, String, Symbol, List}
    """
    found = head_of(term)
    return found if wrapper is None else Expression(wrapper, (found,))


@builtin("SameQ", category="Comparison")
def same_q(kernel: Kernel, *terms: Term) -> Term:
    """SameQ[x, y, …] or x === y tells whether expressions are identical.

    Details: Machine reals that differ in their last bit count as identical.

    Examples:
        >> {x === x, x === y, 1 === 1.}
        = {True, False, False}
        >> {0.1 + 0.2 === 0.3, {0.1 + 0.2, x} === {0.3, x}, 1. === 1. + 10.^-15}
        = {True, True, False}
    """
    return truth(all(alike(terms[0], term) for term in terms[1:]))


@builtin("UnsameQ", category="Comparison")
def unsame_q(kernel: Kernel, *terms: Term) -> Term:
    """UnsameQ[x, y, …] or x =!= y tells whether no two expressions are identical.

    Examples:
        >> {x =!= x, x =!= y}
        = {False, True}
    """
    return truth(not any(alike(a, b) for place, a in enumerate(terms) for b in terms[:place]))


@builtin("AtomQ", category="Predicates")
def atom_q(kernel: Kernel, term: Term) -> Term:
    """AtomQ[expr] tells whether expr has no parts: a number, a string, a symbol and the like.

    Examples:
        >> {AtomQ[x], AtomQ[f[x]], AtomQ["s"], AtomQ[2 + I]}
        = {True, False, True, True}
    """
    return truth((type(term) is not Expression or is_explicit(term)) and type(term) is not np.ndarray)


@builtin("ListQ", category="Predicates")
def list_q(kernel: Kernel, term: Term) -> Term:
    """ListQ[expr] tells whether expr is a list.

    Examples:
        >> {ListQ[{1, 2}], ListQ[x]}
        = {True, False}
    """
    return truth(is_list(term))


def _declare_type_test(name: str, what: str, yes: str, no: str, test: Callable[[Term], bool]) -> None:
    """Declares a predicate that asks for the type of an atom."""

    def function(kernel: Kernel, term: Term) -> Term:
        return truth(test(term))

    function.__doc__ = (
        f"{name}[x] tells whether x is {what}.\n\nExamples:\n>> {{{name}[{yes}], {name}[{no}]}}\n= {{True, False}}\n"
    )
    builtin(name, category="Predicates")(function)


for _row in (
    ("StringQ", "a string", '"s"', "x", lambda x: type(x) is str),
    ("IntegerQ", "an integer", "7", "7.", lambda x: type(x) is int),
    ("NumberQ", "an explicit number", "1 + 2 I", "Pi", is_explicit),
    ("AssociationQ", "an association", "<|a -> 1|>", "{a -> 1}", lambda x: type(x) is Association),
    ("MissingQ", "a Missing[…]", "Missing[]", "x", lambda x: is_head(x, S.Missing)),
):
    _declare_type_test(*_row)


@builtin("FailureQ", category="Predicates")
def failure_q(kernel: Kernel, term: Term) -> Term:
    """FailureQ[x] tells whether x is $Failed, $Aborted or a Failure[…].

    Examples:
        >> {FailureQ[$Failed], FailureQ[Failure["x", <||>]], FailureQ[1]}
        = {True, True, False}
    """
    return truth(term is FAILED or term is ABORTED or is_head(term, S.Failure))


@builtin("NumericQ", category="Predicates")
def numeric_q(kernel: Kernel, term: Term) -> Term:
    """NumericQ[x] tells whether x stands for a number, such as 2, Pi or Sqrt[2].

    Examples:
        >> {NumericQ[Sqrt[2] + Pi], NumericQ[x]}
        = {True, False}
    """
    return truth(is_numeric(kernel, term))


NUMBERS_PASS = frozenset({S.NumberQ, S.NumericQ, S.AtomQ})
BY_KIND = {"i": frozenset({S.IntegerQ}), "f": frozenset({S.MachineNumberQ}), "c": frozenset({S.MachineNumberQ})}


def _all_pass(kernel: Kernel, term: Term, depth: int, test: Term) -> bool:
    if type(term) is np.ndarray and depth == term.ndim:
        if type(test) is Symbol and (test in NUMBERS_PASS or test in BY_KIND[term.dtype.kind]):
            return True
        passes = predicate(kernel, test)
        return all(map(passes, term.ravel().tolist()))
    if depth == 0:
        return predicate(kernel, test)(term)
    return all(_all_pass(kernel, item, depth - 1, test) for item in items(term))


@builtin("VectorQ", category="Predicates")
def vector_q(kernel: Kernel, term: Term, test: Term = None) -> Term:
    """VectorQ[x] tells whether x is a list none of whose elements is a list.
    VectorQ[x, test] tells whether also test gives True for each element.

    Examples:
        >> {VectorQ[{1, a}], VectorQ[{{1}}], VectorQ[{1, a}, NumberQ]}
        = {True, False, False}
        >> VectorQ[{}]
        = True
    """
    if type(term) not in (np.ndarray, NumericArray) and not is_list(term):
        return FALSE
    if any(map(is_list, items(term))) if type(term) is Expression else len(dimensions(term, 2)) > 1:
        return FALSE
    return truth(test is None or _all_pass(kernel, term, 1, test))


@builtin("MatrixQ", category="Predicates")
def matrix_q(kernel: Kernel, term: Term, test: Term = None) -> Term:
    """MatrixQ[x] tells whether x is a list of lists of equal length whose elements are no lists.
    MatrixQ[x, test] tells whether also test gives True for each element.

    Examples:
        >> {MatrixQ[{{1, 2}, {3, 4}}], MatrixQ[{{1, 2}, {3}}], MatrixQ[{{1, x}}, NumberQ]}
        = {True, False, False}
    """
    shape = dimensions(term)
    if len(shape) < 2:
        return FALSE
    if test is None:
        return truth(len(shape) == 2 and not _holds_lists(term, 2))
    return truth(_all_pass(kernel, term, 2, test))


def _holds_lists(term: Term, depth: int) -> bool:
    if depth == 0:
        return is_list(term)
    return type(term) is Expression and any(_holds_lists(item, depth - 1) for item in term.args)


@builtin("ArrayQ", category="Predicates")
def array_q(kernel: Kernel, term: Term, depth: Term = None, test: Term = None) -> Term:
    """ArrayQ[x] tells whether x is a full array: lists of equal lengths at each level.
    ArrayQ[x, d] tells whether its depth is d, or matches the pattern d.
    ArrayQ[x, d, test] tells whether also test gives True for each element.

    Examples:
        >> {ArrayQ[{{1, 2}, {3, 4}}], ArrayQ[{{1}, {2, 3}}, 2], ArrayQ[{1, 2}, 1, IntegerQ]}
        = {True, False, True}
        >> ArrayQ[{{1, 2}}, 1 | 2]
        = True
    """
    shape = dimensions(term)
    if not shape or _holds_lists(term, len(shape)):
        return FALSE
    if depth is not None and not matcher(kernel, depth)(len(shape)):
        return FALSE
    return truth(test is None or _all_pass(kernel, term, len(shape), test))


@builtin("Order", category="Comparison")
def order(kernel: Kernel, left: Term, right: Term) -> Term:
    """Order[x, y] gives 1 if x comes before y in canonical order, -1 if after, and 0 if they are identical.

    Examples:
        >> {Order[a, b], Order[b, a], Order[a, a]}
        = {1, -1, 0}
    """
    return -compare(left, right)


@builtin("OrderedQ", category="Comparison")
def ordered_q(kernel: Kernel, term: Term, function: Term = None) -> Term:
    """OrderedQ[list] tells whether the elements are in canonical order.
    OrderedQ[list, p] tells whether p gives neither False nor -1 for any two neighbors.

    Examples:
        >> {OrderedQ[{1, 2, 2}], OrderedQ[{b, a}], OrderedQ[{3, 1}, Greater]}
        = {True, False, True}
    """
    parts = items(term)
    pairs = pairwise(parts)
    if function is None:
        return truth(all(compare(a, b) <= 0 for a, b in pairs))
    answers = (kernel.evaluate(Expression(function, pair)) for pair in pairs)
    return truth(not any(answer is FALSE or (type(answer) is int and answer < 0) for answer in answers))
