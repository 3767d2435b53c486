"""What attributes do to a term before any rule: Flat flattens, Listable threads, Orderless sorts; and splicing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.kernel.calling import STAND_INS, Calling
from wlnet.kernel.definitions import Definition
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list, is_number, sort_key, to_list
from wlnet.terms import attributes as flags

STRUCTURAL = flags.FLAT | flags.ORDERLESS | flags.LISTABLE

#: Atoms over whose elements Listable heads thread: type → function(kernel, head, args).
THREADED: dict[type, Callable[..., Term | None]] = {}

#: What gives the values of a head for the first of some rows of arguments: functions(kernel, head, rows). At most one.
QUICK_ROWS: list[Callable[..., list[Term]]] = []

ONLY_TEXTS = frozenset({str})
SEQUENCE, SPLICE, NOTHING = S.Sequence, S.Splice, S.Nothing


def restructure(kernel: Calling, term: Expression, definition: Definition) -> Term | None:
    """Flattens, threads and sorts as the attributes say; None where the term is already in order."""
    head, args, attributes = term.head, term.args, definition.attributes
    if attributes & flags.FLAT and any(type(arg) is Expression and arg.head is head for arg in args):
        return Expression(head, flattened(head, args))
    if attributes & flags.LISTABLE:
        for arg in args:
            kind = type(arg)
            if kind is np.ndarray or (kind is Expression and arg.head is S.List):
                return thread(kernel, term, definition)
            if kind in THREADED:
                return THREADED[kind](kernel, head, args)
    if attributes & flags.ORDERLESS and len(args) > 1 and not all(map(is_number, args)):
        ordered = tuple(sorted(args, key=sort_key))
        if any(a is not b for a, b in zip(args, ordered, strict=True)):
            return Expression(head, ordered)
    return None


def flattened(head: Symbol, args: tuple[Term, ...]) -> tuple[Term, ...]:
    """Gives the arguments with those of arguments of the same head in their place (one level)."""
    flat: list[Term] = []
    for arg in args:
        if type(arg) is Expression and arg.head is head:
            flat.extend(arg.args)
        else:
            flat.append(arg)
    return tuple(flat)


def thread(kernel: Calling, term: Expression, definition: Definition) -> Term | None:
    """Threads a Listable head over its list arguments; None after a message where their lengths differ."""
    head, args, declared = term.head, term.args, definition.builtin
    for arg in args if STAND_INS else ():
        if type(arg) in STAND_INS:
            return THREADED[type(arg)](kernel, head, args)
    if declared is not None and declared.packed and definition.down is None:
        arrays = tuple(as_packed(arg) for arg in args)
        if all(type(arg) is np.ndarray or is_number(arg) for arg in arrays):
            result = kernel.call(declared, term, arrays)
            if result is not None:
                return result
    lengths = {len(arg) if type(arg) is np.ndarray else len(arg.args) for arg in args if is_list(arg)}
    if len(lengths) > 1:
        kernel.message("Thread", "tdlen", term, text="Objects of unequal length in `1` cannot be combined.")
        return None
    (length,) = lengths
    of_text = declared.of_text if declared is not None and definition.down is None else None
    if of_text is not None and len(args) == 1 and ONLY_TEXTS.issuperset(map(type, elements(args[0]))):
        return to_list(map(of_text, elements(args[0])))
    columns = [elements(arg) if is_list(arg) else (arg,) * length for arg in args]
    rows = list(zip(*columns, strict=True))
    values = [value for quick in QUICK_ROWS for value in quick(kernel, head, rows)]
    return Expression(S.List, (*values, *(Expression(head, row) for row in rows[len(values) :])))


def splice(values: list[Term], head: Term) -> tuple[Term, ...]:
    """Splices Sequence, and in lists Splice and Nothing."""
    flat: list[Term] = []
    for value in values:
        if type(value) is Expression and value.head is SEQUENCE:
            flat.extend(value.args if head is not S.List else (arg for arg in value.args if arg is not NOTHING))
        elif head is S.List and value is NOTHING:
            continue
        elif is_head(value, SPLICE) and _splices_in(value, head):
            flat.extend(elements(value.args[0]))
        else:
            flat.append(value)
    return tuple(flat)


def _splices_in(splice: Expression, head: Term) -> bool:
    """Tells whether `Splice[{…}]` (in lists) or `Splice[{…}, head]` is spliced into a head."""
    return len(splice.args) in (1, 2) and is_list(splice.args[0]) and head is (*splice.args, S.List)[1]


def without_unevaluated(args: tuple[Term, ...]) -> tuple[Term, ...]:
    """Gives the arguments with the content of `Unevaluated[…]` in its place."""
    return tuple(arg.args[0] if is_head(arg, S.Unevaluated, 1) else arg for arg in args)


def as_packed(term: Term) -> Term:
    """Gives a list of machine numbers packed, and anything else as it is."""
    return to_list(map(as_packed, term.args)) if is_head(term, S.List) else term


def pure_attributes(head: Term) -> int:
    """Gives the attribute flags of a compound head: those in `Function[parameters, body, attributes]`."""
    if not is_head(head, S.Function) or len(head.args) < 3:
        return 0
    given = head.args[2]
    found = 0
    for item in given.args if is_head(given, S.List) else (given,):
        found |= flags.FLAGS.get(item.name, 0) if type(item) is Symbol else 0
    return found
