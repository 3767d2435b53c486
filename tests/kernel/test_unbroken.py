"""However an evaluation ends, the session is afterwards as it was before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.session import Session
from wlnet.terms import Symbol, Term, same, symbol

#: Ways to end: with a value, with a message, early, or not at all.
ENDS = (
    "1", "v", "w[2]", "Abort[]", "Throw[1]", "Throw[1, t]", "Return[v]", "Break[]", "Continue[]", "{1}[[9]]", "1/0",
    "deep[1]", "endless[1]", "Sin[1, 2, 3]", "Confirm[$Failed]", "InverseMatrix[{{1}}]",
)  # fmt: skip
#: What may lie around, `#` being what lies within.
AROUND = (
    "Block[{v = 8}, #]", "Block[{w}, w[x_] := 9; #]", "Block[{$RecursionLimit = 60}, #]", "Quiet[#]",
    "Quiet[#, {Part::partw}]", "Check[#, 3]", "Catch[#]", "Catch[#, t]", "CheckAbort[#, 4]", "Do[#, {v, 2}]",
    "Table[#, {v, 3}]", "Module[{v = #}, v]", "With[{v = #}, v]", "Map[(#; 1) &, {1, 2}]", "Enclose[#]",
    "Do[#; Break[], {3}]", "Sum[#, {v, 2}]", "Reap[Sow[#]]", "Function[v, #][2]", "{#, 2}", "(#; 5)", "1 + #",
    "MatchQ[1, x_ /; (#; True)]", "Sort[{3, 1}, (#; True) &]", "Fold[(#; 1) &, 0, {1, 2}]", "If[True, #]",
    "TimeConstrained[#, 100]", "Off[Nothing::here]; #",
)  # fmt: skip
PRELUDE = (
    "v = 7; w[1] = 5; w[x_] := x + v;"
    "deep[n_] := 1 + deep[n + 1]; endless[n_] := endless[n + 1]; $IterationLimit = 50; $RecursionLimit = 200;"
)
WATCHED = tuple(map(symbol, ("Global`v", "Global`w", "Global`t", "$RecursionLimit", "$IterationLimit")))

programs = st.recursive(
    st.sampled_from(ENDS),
    lambda inner: st.builds(lambda around, within: around.replace("#", within), st.sampled_from(AROUND), inner),
    max_leaves=12,
)


def picture(session: Session) -> tuple[object, ...]:
    kernel = session.kernel
    return (kernel.depth, kernel.quiet, frozenset(kernel.silenced - {"Nothing::here"}), kernel.recursion_limit,
            kernel.iteration_limit, kernel.context)  # fmt: skip


def values(session: Session) -> list[tuple[Symbol, Term, list[tuple[Term, Term]]]]:
    kernel = session.kernel
    tables = {name: kernel.definitions[name].down for name in WATCHED}
    return [(name, kernel.own.get(name), [] if (t := tables[name]) is None else t.rules()) for name in WATCHED]


@settings(max_examples=150, deadline=None)
@given(programs)
def test_whatever_ends_an_evaluation_the_session_is_as_before(program: str) -> None:
    session = Session()
    session.evaluate_term(PRELUDE)
    before, known = picture(session), values(session)
    session.evaluate_term(program)
    assert picture(session) == before
    for (name, value, rules), (_, old_value, old_rules) in zip(values(session), known, strict=True):
        assert value is old_value or same(value, old_value), name
        assert len(rules) == len(old_rules), name
    assert session.evaluate("{v, w[1], w[2]} === {7, 5, 9}") is True


@pytest.mark.parametrize("end", ["Abort[]", "Throw[1]", "deep[1]", "1/0"])
def test_block_gives_back_what_it_took(session: Session, end: str) -> None:
    session.evaluate_term(PRELUDE)
    session.evaluate_term(f"Block[{{v = 1, w}}, w[5] = 6; Quiet[{end}]]")
    assert session.evaluate("{v, w[5]}") is not None
    assert session.evaluate("{v, w[5]} === {7, 12}") is True
