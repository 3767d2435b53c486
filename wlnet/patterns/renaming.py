"""Names that a construct binds: replacement that respects them, and the renaming that keeps values from capture.

An inner construct that binds a name keeps it. Where a value is put into such a construct, the names that it binds are
changed, `x` to `x$`, so that nothing is captured; a name that ends in $ only where it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head, symbol

Names = frozenset[Symbol]
NO_NAMES: Names = frozenset()
NO_BINDINGS: Mapping[Symbol, Term] = {}


def replace_names(term: Term, bindings: Mapping[Symbol, Term]) -> Term:
    """Gives the term with each bound symbol replaced where it is free; a Sequence among arguments is spliced in."""
    kind = type(term)
    if kind is Symbol:
        return bindings.get(term, term)
    if kind is Association:
        return term.with_values([replace_names(value, bindings) for value in term.values()])
    if kind is not Expression:
        return term
    if type(term.head) is Symbol and term.head in SCOPES:
        bound = SCOPES[term.head](term)
        if bound:
            return _within(term, bindings, bound)
    return _in_parts(term, bindings)


def _in_parts(term: Expression, bindings: Mapping[Symbol, Term]) -> Term:
    head = replace_names(term.head, bindings)
    changed = head is not term.head
    made: list[Term] = []
    for arg in term.args:
        value = replace_names(arg, bindings)
        if value is arg:
            made.append(arg)
            continue
        changed = True
        if type(arg) is Symbol and is_head(value, S.Sequence):
            made.extend(value.args)
        else:
            made.append(value)
    return Expression(head, tuple(made)) if changed else term


def _within(term: Expression, bindings: Mapping[Symbol, Term], bound: Names) -> Term:
    inside = set(symbols_of(term))
    free = {name: value for name, value in bindings.items() if name not in bound and name in inside}
    if not free:
        return term
    kept = {name for name in bound if name.name.endswith("$")}
    # Values may be large, and are looked through only for names that would else stay.
    captured = {name for value in free.values() for name in symbols_of(value) if name in kept} if kept else kept
    changed = captured | (bound - kept)
    return _in_scope(term, free | {name: _other_name(name, inside) for name in changed})


def _in_scope(term: Expression, bindings: Mapping[Symbol, Term]) -> Term:
    """Replaces in a construct that binds names."""
    pattern = pattern_of(term)
    if pattern is None:
        return _in_parts(term, bindings)

    def within(part: Term) -> Term:
        return replace_names(part, bindings)

    args = (in_pattern(arg, within, bindings) if arg is pattern else within(arg) for arg in term.args)
    return Expression(term.head, tuple(args))


def in_pattern(term: Term, change: Callable[[Term], Term], bindings: Mapping[Symbol, Term] = NO_BINDINGS) -> Term:
    """Gives a pattern with names replaced everywhere: constructs in it are what is looked for, and bind nothing.

    They do in its conditions and tests, which become what `change` makes of them.
    """
    if type(term) is Symbol:
        return bindings.get(term, term)
    if type(term) is not Expression:
        return term
    if (term.head is S.Condition or term.head is S.PatternTest) and len(term.args) == 2:
        return Expression(term.head, (in_pattern(term.args[0], change, bindings), change(term.args[1])))
    parts = [in_pattern(part, change, bindings) for part in (term.head, *term.args)]
    return Expression(parts[0], tuple(parts[1:]))


def pattern_of(term: Expression) -> Term | None:
    """Gives the left side of a definition or rule that binds the names in it, None for other terms."""
    binds = type(term.head) is Symbol and SCOPES.get(term.head) is _pattern_names
    return term.args[-2] if binds and len(term.args) > 1 else None


def with_inner_names_changed(term: Term, replaced: Collection[Symbol]) -> Term:
    """Gives the term with the names changed that inner constructs bind, wherever a name of `replaced` stands inside.

    So whatever `replaced` is replaced by, nothing is captured. The names of `replaced` stay, also where they are bound.
    """
    if type(term) is not Expression or not has_scopes(term):
        return term

    def change(part: Term) -> Term:
        return with_inner_names_changed(part, replaced)

    left = pattern_of(term)
    parts = [in_pattern(part, change) if part is left else change(part) for part in (term.head, *term.args)]
    if any(new is not old for new, old in zip(parts, (term.head, *term.args), strict=True)):
        term = Expression(parts[0], tuple(parts[1:]))
    bound = SCOPES[term.head](term) if type(term.head) is Symbol and term.head in SCOPES else NO_NAMES
    inside = set(symbols_of(term))
    if not bound or inside.isdisjoint(replaced):
        return term
    return _in_scope(term, {name: _other_name(name, inside) for name in bound.difference(replaced)})


def _other_name(name: Symbol, taken: Collection[Symbol]) -> Symbol:
    while name in taken:
        name = symbol(f"{name.full_name}$")
    return name


def symbols_of(term: Term) -> Iterator[Symbol]:
    """Yields every symbol in a term."""
    left = [term]
    while left:
        item = left.pop()
        kind = type(item)
        if kind is Symbol:
            yield item
        elif kind is Expression:
            left.append(item.head)
            left.extend(item.args)
        elif kind is Association:
            left.extend(item.values())


def has_scopes(term: Term) -> bool:
    """Tells whether a term contains a construct that binds names."""
    return any(name in SCOPES for name in symbols_of(term))


def local_name(item: Term) -> Symbol | None:
    """Gives the name that an entry of a list of locals declares, or None where it declares none."""
    if type(item) is Expression and item.head in (S.Set, S.SetDelayed) and len(item.args) == 2:
        item = item.args[0]
    return item if type(item) is Symbol else None


def _locals(term: Expression) -> Names:
    lists = term.args[:-1]
    return _symbols(local_name(item) for names in lists if is_head(names, S.List) for item in names.args)


def _function_names(term: Expression) -> Names:
    if len(term.args) < 2:
        return NO_NAMES
    names = term.args[0]
    return NO_NAMES if names is S.Null else _symbols(elements(names) if is_head(names, S.List) else (names,))


def _pattern_names(term: Expression) -> Names:
    pattern = pattern_of(term)
    left = [] if pattern is None else [pattern]
    found = []
    while left:
        item = left.pop()
        if is_head(item, S.Pattern, 2):
            found.append(item.args[0])
        if type(item) is Expression:
            left.extend((item.head, *item.args))
    return _symbols(found)


def _symbols(items: Iterable[Term]) -> Names:
    return frozenset(item for item in items if type(item) is Symbol)


#: Head → function that gives the names which an expression with this head binds. Block is none: it gives values to
#: symbols for a time and binds no names.
SCOPES: dict[Symbol, Callable[[Expression], Names]] = {
    S.Function: _function_names,
    S.Module: _locals,
    S.With: _locals,
    S.SetDelayed: _pattern_names,
    S.RuleDelayed: _pattern_names,
    S.UpSetDelayed: _pattern_names,
    S.TagSetDelayed: _pattern_names,
}
