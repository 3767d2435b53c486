"""Every way to change a part works on every kind of place, and leaves the rest of the value as it is."""

import pytest

from wlnet.session import Session

START = 'a = <|"list" -> {<|"k" -> {1, 2}|>, 5}, "rest" -> 0|>'
#: Ways to write one and the same place.
PLACES = [
    'a["list"][[1]]["k"]',
    'a[["list", 1, "k"]]',
    'a["list"][[1, "k"]]',
    'a[["list"]][[1]]["k"]',
    'a["list"][[1]][["k"]]',
]
CHANGES = {
    "{place} = {{7}}": "{7}",
    "{place} += 1": "{2, 3}",
    "{place}++": "{2, 3}",
    "{place} *= 2": "{2, 4}",
    "AppendTo[{place}, 9]": "{1, 2, 9}",
    "PrependTo[{place}, 9]": "{9, 1, 2}",
    "{place} //= Total": "3",
    "{place}[[2]] = 8": "{1, 8}",
    "{place}[[-1]]--": "{1, 1}",
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("place", PLACES)
def test_each_change_of_a_part(place: str, change: str) -> None:
    session = Session()
    session.evaluate(f"{START}; {change.format(place=place)}")
    wanted = f'<|"list" -> {{<|"k" -> {CHANGES[change]}|>, 5}}, "rest" -> 0|>'
    assert session.evaluate(f"a === {wanted}") is True
    assert not session.messages


def test_keys_are_added_and_taken_away_in_parts() -> None:
    session = Session()
    session.evaluate(
        f'{START}; AssociateTo[a["list"][[1]], "n" -> 1]; a["list"][[1]]["m"] = 2; KeyDropFrom[a["list"][[1]], "k"]'
    )
    assert session.evaluate("a")["list"] == [{"n": 1, "m": 2}, 5]
    session.evaluate('a["list"][[1]]["n"] =.')
    assert session.evaluate("a")["list"] == [{"m": 2}, 5]


def test_the_conditions_of_a_definition_are_not_taken_for_keys() -> None:
    session = Session()
    session.evaluate('f[x_][y_] /; KeyExistsQ[<|1 -> 2|>, y] := {x, y}; s[<|"a" -> 1|>] = 3')
    assert not session.messages
    assert session.evaluate("f[0][1]") == [0, 1]
