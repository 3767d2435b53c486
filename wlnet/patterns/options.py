"""`OptionsPattern[]`."""

from __future__ import annotations

from collections.abc import Iterator

from wlnet.patterns.matching import UNBOUNDED, Bindings, Matching, Node, every_of_run
from wlnet.terms import S, Term, is_head
from wlnet.terms.expression import Expression


def options_pattern() -> Node:
    """Gives the pattern for rules and lists of rules; binds `OptionsPattern` to the list of them all."""

    def run(terms: tuple[Term, ...], bindings: Bindings, matching: Matching) -> Iterator[None]:
        rules = _rules(terms)
        if rules is None:
            return
        before = bindings.get(S.OptionsPattern)
        earlier = () if before is None else before.args
        bindings[S.OptionsPattern] = Expression(S.List, (*earlier, *rules))
        yield
        if before is None:
            del bindings[S.OptionsPattern]
        else:
            bindings[S.OptionsPattern] = before

    names = frozenset({S.OptionsPattern})
    return Node(run=run, every=every_of_run(run), high=UNBOUNDED, low=0, variables=names)


def is_rule(term: Term) -> bool:
    """Tells whether a term is one rule, `a -> b` or `a :> b`."""
    return type(term) is Expression and (term.head is S.Rule or term.head is S.RuleDelayed) and len(term.args) == 2


def _rules(terms: tuple[Term, ...]) -> list[Term] | None:
    found: list[Term] = []
    for term in terms:
        if is_rule(term):
            found.append(term)
        elif is_head(term, S.List):
            inner = _rules(term.args)
            if inner is None:
                return None
            found.extend(inner)
        else:
            return None
    return found
