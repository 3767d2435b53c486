"""The page of coverage says what is true: what counts as there is there, and every layer there is stands on it."""

from __future__ import annotations

from collections import Counter

import pytest

from wlnet.coverage import DIFFERS, DONE, MISSING, Entry, Group, coverage, page
from wlnet.kernel import BUILTINS
from wlnet.nets import KINDS
from wlnet.session import Session
from wlnet.terms import symbol

GROUPS = {group.title: group for group in coverage()}
#: Groups of names that are symbols of the language.
SYMBOLS = [title for title in GROUPS if title not in (
    "Encoders", "Decoders", "Formats of Import", "Formats of Export", "Properties of nets", "Properties of trainings",
    "What functions of progress are told", "Measurements", "Methods of training", "Methods of NetInitialize",
)]  # fmt: skip


def test_no_group_has_a_name_twice() -> None:
    for group in GROUPS.values():
        names = Counter(entry.name for entry in group.entries)
        assert max(names.values()) == 1, names.most_common(1)


@pytest.mark.parametrize("title", SYMBOLS)
def test_a_symbol_is_there_if_and_only_if_it_is_declared(title: str) -> None:
    for entry in GROUPS[title].entries:
        assert (entry.state != MISSING) == (symbol(entry.name) in BUILTINS), entry.name


def test_every_layer_is_listed() -> None:
    listed = {entry.name for title in SYMBOLS for entry in GROUPS[title].entries}
    assert {name for name in KINDS if name.endswith(("Layer", "Operator"))} <= listed


#: Group → an expression that uses a name, `#`, and what it must not give.
USES = {
    "Properties of nets": 'Information[NetInitialize[NetChain[{2, Ramp}, "Input" -> 3]], "#"]',
    "Properties of trainings": 'NetTrain[LinearLayer[1], {{1} -> {1}}, "#", MaxTrainingRounds -> 1]',
    "Methods of training": 'NetTrain[LinearLayer[1], {{1} -> {1}}, Method -> "#", MaxTrainingRounds -> 1]',
    "Methods of NetInitialize": 'NetInitialize[LinearLayer[2, "Input" -> 2], Method -> "#"]',
}


@pytest.mark.parametrize("title", USES)
def test_what_is_there_can_be_used_and_what_is_missing_cannot(session: Session, title: str) -> None:
    for entry in GROUPS[title].entries:
        used = session.evaluate(f"({USES[title].replace('#', entry.name)}) =!= $Failed")
        assert used is (entry.state != MISSING), entry.name


@pytest.mark.parametrize("title", ["Encoders", "Decoders"])
def test_a_coder_is_known_if_and_only_if_it_is_there(session: Session, title: str) -> None:
    for entry in GROUPS[title].entries:
        session.evaluate(f'Net{title[:-1]}["{entry.name}"]')
        unknown = any("::kind" in message for message in session.messages)
        assert unknown is (entry.state == MISSING), entry.name


@pytest.mark.parametrize("markdown", [False, True])
def test_the_page_says_everything(markdown: bool) -> None:
    groups = [Group("Things", (Entry("A", DONE), Entry("B", MISSING), Entry("C", DIFFERS, "Only on Sundays.")))]
    text = page(groups, markdown=markdown)
    assert "2 of 3 names are there" in text
    assert "Things: 2 of 3" in text
    for state, name in (("done", "A"), ("missing", "B"), ("differs", "C")):
        assert any(state in line and name in line for line in text.splitlines())
    assert "Only on Sundays." in text
    whole = page(coverage(), markdown=markdown)
    assert all(entry.name in whole for group in GROUPS.values() for entry in group.entries)


def test_a_difference_is_read_off_the_declaration() -> None:
    notes = {entry.name: entry.note for group in GROUPS.values() for entry in group.entries if entry.state == DIFFERS}
    assert "downloaded" in notes["NetModel"]
