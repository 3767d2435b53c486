"""What a Python program gets from a session, and what a session survives."""

from __future__ import annotations

import signal
import sys
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from wlnet import Session as LazySession
from wlnet.errors import ParseError
from wlnet.kernel import MessageEvent, Printed
from wlnet.session import Session
from wlnet.terms import NULL, Expression, S, symbol


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 1", 2),
        ("", None),
        ("1; 2;", None),
        ("x = 2\nx^3", 8),
        ("1/3", Fraction(1, 3)),
        ('"a" <> "b"', "ab"),
        ("{1 == 1, 1 == 2, Null}", [True, False, None]),
        ('<|"a" -> {1, "x"}, 2 -> <|"b" -> 2.5|>|>', {"a": [1, "x"], 2: {"b": 2.5}}),
        ("<|{1, {2}} -> 1|>", {(1, (2,)): 1}),
    ],
)
def test_values_become_pythons_own(text: str, value: Any) -> None:
    found = Session().evaluate(text)
    assert found == value
    assert type(found) is type(value)


def test_packed_lists_become_arrays() -> None:
    found = Session().evaluate("Range[1000]")
    assert isinstance(found, np.ndarray)
    assert found.sum() == 500500


def test_what_python_has_no_name_for_stays_a_term() -> None:
    assert Session().evaluate("f[x]") == Expression(symbol("Global`f"), (symbol("Global`x"),))


def test_the_package_gives_the_session() -> None:
    assert LazySession is Session


def test_messages_and_printed_lines_of_the_latest_run_are_collected(session: Session) -> None:
    session.evaluate('Print["a"]; 1/0')
    assert session.printed == ["a"]
    assert [text.partition(":")[0] for text in session.messages] == ["Power"]
    session.evaluate("1")
    assert session.printed == session.messages == []


def test_events_leave_through_emit() -> None:
    events: list[object] = []
    session = Session(events.append)
    session.evaluate('Print["a"]; 1/0')
    assert [type(event) for event in events] == [Printed, MessageEvent]
    assert session.printed == []


def test_a_message_comes_again_in_the_next_line(session: Session) -> None:
    values = [len(session.messages) for _ in session.run("Do[1/0, {10}]\nDo[1/0, {10}]")]
    assert values == [4, 8]
    assert session.messages[3].startswith("General::stop")


def test_statements_run_before_later_ones_are_read(session: Session) -> None:
    results = session.run("1\n2\n3 +* 4\n5", source="file")
    assert [next(results).term, next(results).term] == [1, 2]
    with pytest.raises(ParseError) as caught:
        next(results)
    assert (caught.value.line, caught.value.source) == (3, "file")


def test_history(session: Session) -> None:
    results = list(session.run("10\nNull;\n%1 + 1\n%%\n{%, %%, Out[1], $Line}\nIn[3]"))
    assert [result.line for result in results] == [1, 2, 3, 4, 5, 6]
    assert results[2].term == 11
    assert results[3].term is NULL
    assert session.display(results[4].term) == "{Null, 11, 10, 5}"
    assert results[5].term == 11


def test_only_as_many_values_are_kept_as_the_user_wants(session: Session) -> None:
    terms = [session.display(result.term) for result in session.run("$HistoryLength = 2;\na\nb\nc\n{%2, %3, %4}")]
    assert terms[-1] == "{Out[2], b, c}"


@pytest.mark.parametrize(
    ("text", "shown", "message"),
    [
        ("Throw[3]", "Hold[Throw[3]]", "Throw::nocatch"),
        ("Throw[3, tag]", "Hold[Throw[3, tag]]", "Throw::nocatch"),
        ("Break[]", "Hold[Break[]]", "Break::nofwd"),
        ("Continue[]", "Hold[Continue[]]", "Continue::nofwd"),
        ("Return[3]", "Return[3]", None),
        ("Abort[]", "$Aborted", None),
        ("r[n_] := 1 + r[n + 1]; r[0]", None, "$RecursionLimit::reclim"),
        ("Nest[f, x, 10^5];", "Null", None),
    ],
)
def test_nothing_ends_the_session(session: Session, text: str, shown: str | None, message: str | None) -> None:
    term = session.evaluate_term(text)
    if shown is not None:
        assert session.display(term) == shown
    assert {found.partition(": ")[0] for found in session.messages} == ({message} if message else set())
    assert session.evaluate("1 + 1") == 2


def test_terms_too_deep_for_python_end_in_a_message(session: Session) -> None:
    term: Any = symbol("Global`x")
    for _ in range(sys.getrecursionlimit()):
        term = Expression(symbol("Global`f"), (term,))
    session.kernel.recursion_limit = 10**9
    session.run_term(term)
    assert session.messages[0].startswith("$RecursionLimit::reclim")
    assert len(session.display(term)) > 0
    assert session.evaluate("1 + 1") == 2


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs Unix signals")
def test_ctrl_c_aborts_the_evaluation_only(session: Session) -> None:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    (result,) = session.run("While[True, 1]")
    signal.signal(signal.SIGALRM, before)
    assert result.interrupted
    assert session.display(result.term) == "$Aborted"
    assert session.evaluate("%") is symbol("$Aborted")


def test_exit_leaves_with_its_status(session: Session) -> None:
    with pytest.raises(SystemExit) as left:
        session.evaluate("Exit[4]")
    assert left.value.code == 4


def test_numerical_warnings_stay_inside(session: Session, recwarn: pytest.WarningsRecorder) -> None:
    session.evaluate("Exp[{1000., 2.}] - Exp[{1000., 2.}]")
    session.evaluate("Log[Range[0., 20.]]")
    assert len(recwarn) == 0


@pytest.mark.parametrize(
    ("text", "complete"),
    [("1 + 1", True), ("f[1", False), ("x = ", False), ("{1, 2", False), ("1 +* 2", True), ("?Plus", True)],
)
def test_is_complete(session: Session, text: str, complete: bool) -> None:
    assert session.is_complete(text) is complete


def test_complete_knows_the_users_names_too(session: Session) -> None:
    session.evaluate("lengthOfIt = 3")
    assert "Length" in session.complete("1 + Leng", 8)
    assert session.complete("Sin[lengthO", 11) == ["lengthOfIt"]
    assert session.complete("1 + ", 4) == []


def test_inspect_gives_the_help_of_the_name_at_the_place(session: Session) -> None:
    found = session.inspect("1 + Length[x]", 6)
    assert found is not None
    assert found.startswith("Length[")
    assert session.inspect("1 + 1", 5) is None


def test_questions_print_help(session: Session) -> None:
    session.evaluate("?Information")
    assert session.printed[0].startswith("Information[")
    assert "LongForm -> False" in session.printed[0]
    assert ">> " in session.printed[0]
    session.evaluate("??Information")
    assert "Attributes: " in session.printed[0]
    session.evaluate("?Informatio*")
    assert session.printed == [session.printed[0]]
    session.evaluate("?$HistoryL*")
    assert session.printed[0].startswith("$HistoryLength is")


def test_questions_about_the_users_own_names(session: Session) -> None:
    session.evaluate('f::usage = "f[x] squares."; f[x_] := x^2; y = 5;')
    session.evaluate("?f")
    assert session.printed == ["f[x] squares.\nf[x_] := x^2"]
    session.evaluate("?y")
    assert session.printed == ["Global`y\ny = 5"]
    session.evaluate("?nothingOfTheKind")
    assert session.messages[0].startswith("Information::notfound")


def test_sessions_know_nothing_of_each_other() -> None:
    one, other = Session(), Session()
    one.evaluate("x = 1; f[1] = 2")
    assert other.evaluate("{x, f[1]}") == [symbol("Global`x"), Expression(symbol("Global`f"), (1,))]
    assert isinstance(other.evaluate_term("x"), type(S.List))
