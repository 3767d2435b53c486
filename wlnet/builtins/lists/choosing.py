"""Lists, expressions and associations seen alike: their elements, and the same thing made of some of them.

An association stands here for its values; what chooses among them keeps their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from wlnet.builtins.evaluation.compiled.loops import caller
from wlnet.kernel import Kernel, Message
from wlnet.terms import (
    INERT,
    TRUE,
    Association,
    Expression,
    NumericArray,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    is_number,
    pack,
    to_list,
)

NORMAL = "Nonatomic expression expected at position `1` in `2`."
EMPTY_LIST = Expression(S.List, ())


def size(term: Term) -> int | None:
    """Gives how many elements a term has; None for an atom."""
    kind = type(term)
    if kind is Expression:
        return len(term.args)
    if kind is np.ndarray or kind is Association:
        return len(term)
    if kind is NumericArray and term.array.ndim:
        return len(term.array)
    return None


def items(term: Term) -> tuple[Term, ...]:
    """Gives the elements of a list or expression, the values of an association; () for other atoms."""
    kind = type(term)
    if kind is Association:
        return term.values()
    if kind is NumericArray and term.array.ndim:
        return tuple(map(from_array, term.array))
    return elements(term)


def from_array(array: np.ndarray) -> Term:
    """Gives the part of a NumericArray as a term: a number for rank 0, else a NumericArray of the same type."""
    return array.item() if array.ndim == 0 else NumericArray(array)


def items_of(term: Term, name: str, *args: Term, position: int = 1) -> tuple[Term, ...]:
    """Gives `items(term)`; raises `name::normal` for an atom, `args` being the other arguments of the call."""
    require_size(term, name, *args, position=position)
    return items(term)


def require_size(term: Term, name: str, *args: Term, position: int = 1) -> int:
    """Gives `size(term)`; raises `name::normal` for an atom."""
    found = size(term)
    if found is None:
        given = (*args[: position - 1], term, *args[position - 1 :])
        raise Message("normal", position, Expression(S_(name), given), text=NORMAL)
    return found


def S_(name: str) -> Symbol:
    """Gives the symbol of System` with this name."""
    found: Symbol = getattr(S, name)
    return found


def choose(term: Term, indices: Sequence[int] | np.ndarray | slice) -> Term:
    """Gives the term with only the elements at these places (from 0), in this order; keys go with their values."""
    kind = type(term)
    if kind is np.ndarray or kind is NumericArray:
        index = indices if isinstance(indices, slice) else np.asarray(indices, dtype=np.intp)
        return pack(term[index]) if kind is np.ndarray else NumericArray(term.array[index])
    if kind is Association:
        entries = list(term.entries.items())
        return Association.from_entries(dict(_chosen(entries, indices)), term.delayed)
    return finished_like(Expression(term.head, tuple(_chosen(term.args, indices))), term)


def finished_like(made: Term, *lists: Term) -> Term:
    """Stamps a list of elements of lists as these are, or each would be looked at again; gives it back."""
    if type(made) is not Expression or not all(map(is_list, (made, *lists))):
        return made
    stamps = {INERT if type(each) is np.ndarray else each.stamp for each in lists} - {INERT}
    if len(stamps) > 1 or not all(stamp < 0 for stamp in stamps):
        return made
    if made.args and all(is_number(end) or type(end) is np.ndarray for end in (made.args[0], made.args[-1])):
        return made  # which may have to be packed
    made.stamp = stamps.pop() if stamps else INERT
    return made


def _chosen(given: Sequence[Term], indices: Sequence[int] | np.ndarray | slice) -> Iterable[Term]:
    return given[indices] if isinstance(indices, slice) else map(given.__getitem__, indices)


def rebuild(term: Term, new: Iterable[Term]) -> Term:
    """Gives the term with these elements in place of its own; as many as before where it is an association."""
    return term.map_values(new) if type(term) is Association else under(term, new)


def under(term: Term, new: Iterable[Term]) -> Term:
    """Gives these elements with the head of an expression, as a list where the term is an association or an atom."""
    if type(term) is Expression and term.head is not S.List:
        return Expression(term.head, tuple(new))
    return to_list(new)


def call(kernel: Term, function: Term, *args: Term) -> Term:
    """Gives the value of `function[args…]`."""
    return kernel.evaluate(Expression(function, args))


def predicate(kernel: Term, function: Term, times: int = 1) -> Callable[[Term], bool]:
    """Gives the Python test that tells whether `function[x]` is True; it is asked about so many times."""
    apply = caller(kernel, function, 1, times)
    return lambda item: apply(item) is TRUE


def calls(kernel: Kernel, function: Term, given: Sequence[Term]) -> list[Term]:
    """Gives the values of `function[item]` for all items, in their order."""
    return list(map(caller(kernel, function, 1, len(given)), given))


def index_of(term: Term) -> int | None:
    """Gives a term as a machine integer, or None where it is none."""
    return term if type(term) is int else None


def integers(term: Term) -> list[int] | None:
    """Gives a list of integers as such, or None where it is none."""
    if type(term) is np.ndarray:
        return term.tolist() if term.ndim == 1 and term.dtype == np.int64 else None
    if is_head(term, S.List) and all(type(item) is int for item in term.args):
        return list(term.args)
    return None


def numbers_only(term: Term) -> bool:
    """Tells whether a term is a packed vector or a list of explicit numbers."""
    if type(term) is np.ndarray:
        return term.ndim == 1
    return is_head(term, S.List) and all(map(is_number, term.args))


def association_of(term: Term) -> Association | None:
    """Gives the association of a rule, an association or a list of those; None for anything else."""
    if type(term) is Association:
        return term
    rules = rules_in(term)
    return None if rules is None else Association.from_rules(rules)


def rules_of(term: Term) -> list[tuple[Term, Term]] | None:
    """Gives the (left, right) pairs of a rule, an association or a list of those; None for anything else."""
    rules = rules_in(term)
    return None if rules is None else [each.args for each in rules]


def rules_in(term: Term) -> Sequence[Expression] | None:
    """Gives the rules that a rule, an association or a list of those consists of; None for anything else."""
    if type(term) is Association:
        return term.rules()
    if type(term) is not Expression:
        return None
    if term.head is S.Rule or term.head is S.RuleDelayed:
        return (term,) if len(term.args) == 2 else None
    if term.head is not S.List:
        return None
    made: list[Expression] = []
    for item in term.args:
        found = rules_in(item)
        if found is None:
            return None
        made += found
    return made
