"""Terms written short, and an evaluator just large enough for conditions and tests."""

from __future__ import annotations

from wlnet.terms import S, Symbol, Term, expression, symbol
from wlnet.terms.attributes import FLAT, ONE_IDENTITY, ORDERLESS
from wlnet.terms.expression import Expression

F, G, P, R = (symbol(f"Global`{name}") for name in "fgpr")
FL, OL = symbol("Global`fl"), symbol("Global`ol")
A, B, C, D = (symbol(f"Global`{name}") for name in "abcd")
X, Y, Z = (symbol(f"Global`{name}") for name in "xyz")

ATTRIBUTES = {
    S.Plus: FLAT | ORDERLESS | ONE_IDENTITY,
    S.Times: FLAT | ORDERLESS | ONE_IDENTITY,
    S.Power: ONE_IDENTITY,
    FL: FLAT,
    P: FLAT | ONE_IDENTITY,
    OL: ORDERLESS,
}
DEFAULTS = {(S.Plus, None): 0, (S.Times, None): 1, (S.Power, 2): 1}
TESTS = {
    "EvenQ": lambda a: type(a) is int and a % 2 == 0,
    "IntegerQ": lambda a: type(a) is int,
    "Greater": lambda a, b: type(a) is int and type(b) is int and a > b,
    "Same": lambda a, b: a == b,
}


class Arithmetic:
    """A `Matching` that knows a few attributes, defaults and tests."""

    def is_true(self, term: Term) -> bool:
        if type(term) is not Expression:
            return term is symbol("True")
        return bool(TESTS[term.head.name](*term.args))

    def evaluate(self, term: Term) -> Term:
        return term

    def attributes(self, head: Symbol) -> int:
        return ATTRIBUTES.get(head, 0)

    def default(self, head: Symbol, position: int, count: int) -> Term | None:
        return DEFAULTS.get((head, position), DEFAULTS.get((head, None)))


MATCHING = Arithmetic()


def e(head: Term, *args: Term) -> Expression:
    return expression(head, *args)


def lst(*args: Term) -> Expression:
    return Expression(S.List, args)


def blank(*head: Term) -> Expression:
    return e("Blank", *head)


def some(*head: Term) -> Expression:
    return e("BlankSequence", *head)


def many(*head: Term) -> Expression:
    return e("BlankNullSequence", *head)


def named(name: Symbol, pattern: Term | None = None) -> Expression:
    return e("Pattern", name, blank() if pattern is None else pattern)


def seq(*args: Term) -> Expression:
    return Expression(S.Sequence, args)
