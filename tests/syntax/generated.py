"""Generated terms: every shape that the writer lays out, mixed with shapes that only look like one."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from wlnet.syntax.arithmetic import exact_layouts
from wlnet.syntax.operators import operator_table
from wlnet.terms import NULL, Expression, S, Term, pack, symbol

SYMBOLS = [symbol("Global`" + name) for name in ("a", "b", "x", "f")]
SYMBOLS += [symbol("my`x"), symbol("my`deep`y"), symbol("Global`β"), symbol("True"), NULL]
#: Numbers and quantities, whose text is read back as the expression that evaluates to them.
VALUES = {S.Complex, S.DirectedInfinity}
HEADS = sorted(
    (exact_layouts().keys() | {row.head for row in operator_table().rows}) - VALUES, key=lambda head: head.name
)
OTHER_HEADS = [S.Map, S.PreDecrement, S.Less, S.Derivative, S.Rational, S.Subtract, S.Divide]

integers = st.one_of(st.integers(-3, 12), st.integers())
reals = st.floats(allow_nan=False, allow_infinity=False)
strings = st.one_of(st.sampled_from(["", "tag", "two words", 'a"b\\[Alpha]\n']), st.text(max_size=8))
packed = st.one_of(
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=20).map(lambda row: pack(np.array(row))),
    st.lists(st.lists(reals, min_size=3, max_size=3), min_size=1, max_size=9).map(lambda rows: pack(np.array(rows))),
)
atoms = st.one_of(st.sampled_from(SYMBOLS), integers, reals, strings, packed)


def _derivative(order: int, function: Term) -> Expression:
    return Expression(Expression(S.Derivative, (order,)), (function,))


def _larger(smaller: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(smaller, max_size=4).map(tuple)
    symbols = st.sampled_from(SYMBOLS)
    blanks = st.builds(
        Expression, st.sampled_from([S.Blank, S.BlankSequence]), st.lists(symbols, max_size=1).map(tuple)
    )
    signed = st.sampled_from([-1, 1, -2, -1.0, -0.5])
    return st.one_of(
        st.builds(Expression, st.sampled_from(HEADS), several),
        st.builds(Expression, st.sampled_from(HEADS), st.tuples(smaller, smaller)),
        st.builds(Expression, st.sampled_from(OTHER_HEADS), several),
        st.builds(Expression, smaller, several),
        st.builds(_derivative, st.integers(0, 6), smaller),
        st.builds(lambda sign, rest: Expression(S.Times, (sign, *rest)), signed, several),
        st.builds(lambda base: Expression(S.Power, (base, -1)), smaller),
        st.builds(lambda name, p: Expression(S.Pattern, (name, p)), symbols, st.one_of(blanks, smaller)),
        st.builds(lambda name, p, v: Expression(S.Optional, (Expression(S.Pattern, (name, p)), *v)),
                  symbols, blanks, st.lists(smaller, max_size=1)),
        st.builds(lambda a, p, b, q, c: Expression(S.Inequality, (a, p, b, q, c)),
                  smaller, st.sampled_from([S.Less, S.Equal]), smaller, st.sampled_from([S.Less, S.Foo]), smaller),
    )  # fmt: skip


OPERANDS = ["a", "x_", "1", "2.5", "f[b]", "{1, 2}", '"s"', "#", "(a + b)"]
SIGNS = sorted(
    text for text in operator_table().spellings if text not in ("[", "[[", "::[", "\u301a", "::", ">>", ">>>")
)
#: Operands and operators by turns: many are expressions, whatever the operators do to each other.
chains = st.lists(st.tuples(st.sampled_from(OPERANDS), st.sampled_from(SIGNS)), max_size=6).map(
    lambda pairs: " ".join([f"{operand} {sign}" for operand, sign in pairs] + ["c"])
)
terms = st.recursive(atoms, _larger, max_leaves=14)
