"""Evaluations that go too deep end as a whole, once, in a message, wherever they run."""

from __future__ import annotations

import threading

import pytest

from wlnet.session import Session
from wlnet.terms import Expression, S, Term, same, symbol, term_hash

RUNAWAYS = {
    "arithmetic": "f[x_] := f[x + 1] + 1; f[1]",
    "branching": "f[x_] := f[x + 1] + f[x + 2]; f[1]",
    "Map": "f[x_] := Map[f, {x, x}]; f[1]",
    "Module": "f[x_] := Module[{y = x}, f[y + 1] + 1]; f[1]",
    "With": "f[x_] := With[{y = x}, {f[y]}]; f[1]",
    "Block": "f[x_] := Block[{z = x}, f[z] + 1]; f[1]",
    "Fold": "f[x_] := Fold[g[#1, #2] &, x, {1, 2}]; g[x_, y_] := {f[x]}; f[1]",
    "mutual": "f[x_] := Map[g, {x, x}]; g[x_] := Table[f[x], {2}]; f[1]",
    "condition": "f[x_] := f[x + 1] /; f[x]; f[1]",
    "condition inside": "f[x_] := Module[{y = x}, f[y] + 1 /; f[y] > 3]; f[1]",
    "pattern test": "f[x__?f] := 1; f[3, 4]",
    "Sort": "f[x_] := Sort[{1, 2, 3}, f[x] &]; f[1]",
    "Union": "f[x_] := Union[{1, 2, 3}, SameTest -> (f[#1] &)]; f[1]",
    "replacement": 'f[x_] := {x, x} /. {y_, z_} /; f[y] :> 1; f["a"]',
    "string": 'f[x_] := StringReplace[x, "a" :> f["aa"]]; f["a"]',
    "up value": "g /: h[g[x_]] := h[g[x + 1]] + 1; h[g[1]]",
    "own value": "x = {x}; x",
}
TERMINATED = Expression(S.TerminatedEvaluation, ("RecursionLimit",))


def nested(inner: Term, depth: int) -> Term:
    for _ in range(depth):
        inner = Expression(symbol("Global`f"), (inner,))
    return inner


def check_runaway(program: str, limit: int | None) -> None:
    session = Session()
    if limit is not None:
        session.evaluate_term(f"$RecursionLimit = {limit}")
    value = session.evaluate_term(program)
    assert same(value, TERMINATED)
    assert [text.partition(": ")[0] for text in session.messages] == ["$RecursionLimit::reclim"]
    assert session.kernel.depth == 0
    assert session.evaluate("1 + 1") == 2


@pytest.mark.parametrize("limit", [None, 100, 10**5])
@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_recursion_ends_at_once_and_says_so_once(name: str, limit: int | None) -> None:
    check_runaway(RUNAWAYS[name], limit)


def test_so_it_does_in_a_thread_with_the_usual_stack() -> None:
    failed: list[str] = []

    def run() -> None:
        for name, program in RUNAWAYS.items():
            try:
                check_runaway(program, 10**5)
            except BaseException as error:
                failed.append(f"{name}: {error!r}")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert not failed


def test_check_goes_on_after_an_evaluation_that_went_too_deep(session: Session) -> None:
    session.evaluate_term("f[n_] := 1 + f[n + 1]")
    assert session.evaluate("Table[Quiet[Check[f[i], failed]], {i, 2}] === {failed, failed}") is True
    assert session.messages == []


def test_deep_terms_are_compared_and_hashed() -> None:
    depth = 10**5
    a, b, other = nested(1, depth), nested(1, depth), nested(1.0, depth)
    assert same(a, b)
    assert not same(a, other)
    assert term_hash(a) == term_hash(b)
    assert len({a, b, other}) == 2
    assert same(nested(1, depth), nested(1, depth)), "also where no hash is known"
