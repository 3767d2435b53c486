"""Substitution of what names are bound to, with the walk over the term done once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from operator import itemgetter
from typing import TypeAlias

from wlnet.terms import Association, S, Symbol, Term, is_head
from wlnet.terms.expression import Expression

Fill: TypeAlias = Callable[[Mapping[Symbol, Term]], Term]

NO_NAMES: frozenset[Symbol] = frozenset()


def template(
    term: Term, sure: Collection[Symbol], loose: Collection[Symbol] = NO_NAMES, owner: Term = None
) -> Fill | None:
    """Gives the function from bindings to the term with its names replaced, or None where it has none.

    Names of `sure` are bound to one term each; a name of `loose` may be bound to a Sequence, whose terms are
    then spliced in, or not at all. Subterms without names are shared, not copied. With an `owner`,
    `OptionValue[name]`, and `OptionValue[owner, name]`, become `OptionValue[owner, options, name]`, with what `OptionsPattern[]` matched.
    """
    kind = type(term)
    if kind is Symbol:
        return itemgetter(term) if term in sure else _loose(term) if term in loose else None
    if kind is Expression:
        if owner is not None and _names_option(term, owner):
            return _option_value(template(term.args[-1], sure, loose), term.args[-1], owner)
        fills = [template(arg, sure, loose, owner) for arg in term.args]
        return _compound(term, template(term.head, sure, loose, owner), fills, loose)
    if kind is Association:
        fills = [template(value, sure, loose, owner) for value in term.values()]
        return _association(term, fills) if any(fills) else None
    return None


def _names_option(term: Expression, owner: Term) -> bool:
    """Tells whether a term is OptionValue[name], or OptionValue[owner, name]."""
    return is_head(term, S.OptionValue, 1) or (is_head(term, S.OptionValue, 2) and term.args[0] is owner)


def substitute(term: Term, bindings: Mapping[Symbol, Term]) -> Term:
    """Gives the term with each bound symbol replaced everywhere; a Sequence is spliced in."""
    fill = template(term, NO_NAMES, bindings)
    return term if fill is None else fill(bindings)


def _loose(name: Symbol) -> Fill:
    return lambda bindings: bindings.get(name, name)


def _compound(
    term: Expression, head_fill: Fill | None, fills: list[Fill | None], loose: Collection[Symbol]
) -> Fill | None:
    if any(type(arg) is Symbol and arg in loose for arg in term.args):
        return _splicing(term, head_fill, fills, loose)
    holes = [(place, fill) for place, fill in enumerate(fills) if fill is not None]
    head, args = term.head, term.args
    if head_fill is not None:

        def build(bindings: Mapping[Symbol, Term]) -> Term:
            made = list(args)
            for place, fill in holes:
                made[place] = fill(bindings)
            return Expression(head_fill(bindings), tuple(made))

    elif len(holes) == 1:
        (place, only) = holes[0]
        before, after = args[:place], args[place + 1 :]

        def build(bindings: Mapping[Symbol, Term]) -> Term:
            return Expression(head, (*before, only(bindings), *after))

    elif holes:

        def build(bindings: Mapping[Symbol, Term]) -> Term:
            made = list(args)
            for place, fill in holes:
                made[place] = fill(bindings)
            return Expression(head, tuple(made))

    else:
        return None
    return build


def _splicing(term: Expression, head_fill: Fill | None, fills: list[Fill | None], loose: Collection[Symbol]) -> Fill:
    head = term.head
    parts = [(arg, fill, type(arg) is Symbol and arg in loose) for arg, fill in zip(term.args, fills, strict=True)]

    def build(bindings: Mapping[Symbol, Term]) -> Term:
        made: list[Term] = []
        for arg, fill, may_splice in parts:
            value = arg if fill is None else fill(bindings)
            if may_splice and type(value) is Expression and value.head is S.Sequence:
                made.extend(value.args)
            else:
                made.append(value)
        return Expression(head if head_fill is None else head_fill(bindings), tuple(made))

    return build


def _association(term: Association, fills: list[Fill | None]) -> Fill:
    def build(bindings: Mapping[Symbol, Term]) -> Term:
        new = (value if fill is None else fill(bindings) for value, fill in zip(term.values(), fills, strict=True))
        # As an expression: the new values are yet to be evaluated, and nothing looks inside an atom.
        return Expression(S.Association, term.with_values(new).rules())

    return build


def _option_value(name_fill: Fill | None, name: Term, owner: Term) -> Fill:
    none = Expression(S.List, ())

    def build(bindings: Mapping[Symbol, Term]) -> Term:
        options = bindings.get(S.OptionsPattern, none)
        return Expression(S.OptionValue, (owner, options, name if name_fill is None else name_fill(bindings)))

    return build
