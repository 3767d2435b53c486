"""What a rule puts in place of its names is not captured by names that its right side binds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlnet.patterns.renaming import with_inner_names_changed
from wlnet.session import Session
from wlnet.terms import Expression, S, Term, same, symbol

x, y = symbol("Global`x"), symbol("Global`y")
leaves = st.sampled_from([x, y, 1])
bodies = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda a, b: Expression(S.List, (a, b)), inner, inner),
        st.builds(lambda a: Expression(S.Function, (y, a)), inner),
        st.builds(lambda a: Expression(S.Module, (Expression(S.List, (y,)), a)), inner),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("f[x_] := Function[y, x + y]; f[y][1]", "1 + y"),
        ("f[x_] = Function[y, x + y]; f[y][1]", "1 + y"),
        ("f[x_] := Function[{y}, Function[z, x + y + z]]; f[z][1][2]", "3 + z"),
        ("f[x_] := Function[y, x + y + y$]; f[y][1]", "1 + y + y$"),
        ("f[x_] := Module[{y = 1}, x + y]; f[y]", "1 + y"),
        ("f[x_] := With[{y = 1}, x + y]; f[y]", "1 + y"),
        ("f[x_] := ({1, 2} /. y_Integer :> x + y); f[y]", "{1 + y, 2 + y}"),
        ("f[x_] := (g[y_] := x + y; g[1]); f[y]", "1 + y"),
        ("h[y] /. h[x_] :> Function[y, x + y][1]", "1 + y"),
        ("f[x_] := Module[{y = x}, y /; y > 0]; {f[3], f[-1]}", "{3, f[-1]}"),
        ("f[x__] := Function[y, {x, y}]; f[y, z][1]", "{y, z, 1}"),
        ("f[x_] := Function[y, y^2]; f[y]", "Function[y, y^2]"),
        ("f[x_] := Block[{y = 5}, x]; f[y]", "5"),
        ("f[u_] := (Hold[x_ := y_] :> {x, y, u}); Hold[a := b] /. f[c]", "{a, b, c}"),
        ("f[u_] := (g[x_] /; Function[y, y > u][x] := {x, u}); f[1]; {g[0], g[2]}", "{g[0], {2, 1}}"),
        ("add[g_] := Function[y, g[y]]; add[add[k]][3]", "k[3]"),
    ],
)
def test_values_are_not_captured(session: Session, program: str, value: str) -> None:
    assert same(session.evaluate_term(program), session.evaluate_term(f"{value}"))


def test_names_of_modules_stay_readable(session: Session) -> None:
    assert session.evaluate(
        'f[x_] := Module[{y}, {x, y}]; StringMatchQ[ToString[f[1][[2]]], "y$" ~~ DigitCharacter ..]'
    )


@given(bodies)
def test_only_where_something_is_put_in(body: Term) -> None:
    assert with_inner_names_changed(body, ()) is body


@given(bodies)
def test_the_names_to_be_replaced_stay(body: Term) -> None:
    assert count(with_inner_names_changed(body, {x}), x) == count(body, x)


def count(term: Term, name: Term) -> int:
    return sum(count(part, name) for part in (term.head, *term.args)) if type(term) is Expression else term is name
