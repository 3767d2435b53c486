"""What stands beside a string pattern, its conditions and the right sides of rules, for one match after another."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.evaluation.compiled import loops
from wlnet.kernel import Kernel
from wlnet.patterns.substitution import template
from wlnet.terms import Expression, S, Symbol, Term, list_of
from wlnet.terms import attributes as flags

#: What holds all of its arguments and yet means the same where texts stand in place of names.
PLAIN = frozenset({S.And, S.Or, S.CompoundExpression, S.Which})


class Body:
    """A term in which names stand for texts of a match; compiled once it has been asked for often."""

    def __init__(self, kernel: Kernel, term: Term, names: tuple[Symbol, ...]) -> None:
        self.kernel, self.term, self.names = kernel, term, names
        self.fill = template(term, names)
        self.uses = 0
        #: Gives the value of the term where its names stand for these texts.
        self.value: Callable[..., Term] = self.first_values

    def by_evaluator(self, *texts: str) -> Term:
        filled = self.term if self.fill is None else self.fill(dict(zip(self.names, texts, strict=True)))
        return self.kernel.evaluate(filled)

    def first_values(self, *texts: str) -> Term:
        """Gives the value until the term has proved to be asked for often."""
        self.uses += 1
        if self.uses < loops.FROM:
            return self.by_evaluator(*texts)
        self.value = self.by_evaluator
        if self.names and is_open(self.kernel, self.term):
            function = Expression(S.Function, (list_of(*self.names), self.term))
            self.value = loops.caller(self.kernel, function, len(self.names), otherwise=self.by_evaluator)
        return self.value(*texts)


def is_open(kernel: Kernel, term: Term) -> bool:
    """Tells whether nothing in a term holds what is in it, so that a name in it cannot be a local one's."""
    if type(term) is not Expression:
        return True
    if type(term.head) is not Symbol:
        return False
    if term.head not in PLAIN and kernel.attributes(term.head) & (flags.HOLD_ALL | flags.HOLD_ALL_COMPLETE):
        return False
    return all(is_open(kernel, arg) for arg in term.args)
