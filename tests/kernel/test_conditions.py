"""Conditions on the right side of definitions and rules, which share the local names around them."""

import pytest

from wlnet.session import Session

DEFINITIONS = [
    "f[x_] := Module[{y = x^2}, y /; y > 4]",
    "f[x_] := Module[{y}, y = x^2; y /; y > 4]",
    "f[x_] := With[{z = x}, Block[{y}, y = z^2; y /; y > 4]]",
    "f[x_] := With[{a = x}, {y = a^2}, y /; y > 4]",
    "f[x_] := Module[{y = x^2}, y /; y > 4] /; x < 5",
]


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_a_condition_inside_a_scope_decides_whether_the_definition_applies(definition: str) -> None:
    session = Session()
    session.evaluate(f"{definition}; f[_] := 0")
    assert session.evaluate("{f[1], f[3]}") == [0, 9]


def test_a_condition_inside_a_scope_decides_whether_a_rule_applies() -> None:
    rule = "x_Integer :> Module[{y}, y = x^2; y /; y > 4]"
    assert Session().evaluate(f"{{1, 3}} /. {rule}") == [1, 9]
    assert Session().evaluate("ToString[Hold[2] /. x_Integer :> With[{y = x + 1}, y /; True]]") == "Hold[3]"
    assert Session().evaluate(f"Cases[{{1, 3}}, {rule}]") == [9]
