"""Every example in every docstring holds: its value, its printed form and its messages, and no message besides."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wlnet.declarations import Example
from wlnet.reference import Case, cases
from wlnet.session import Session
from wlnet.syntax import parse, write
from wlnet.terms import (
    NULL,
    Association,
    Expression,
    NumericArray,
    S,
    Term,
    elements,
    is_list,
    is_number,
    same,
)

TOLERANCE = 1e-5
CASES = list(cases())


def agree(value: Term, expected: Term) -> bool:
    """Tells whether a value is the expected term, reals within the tolerance."""
    if is_number(value) and is_number(expected):
        return numbers_agree(value, expected)
    if type(value) is NumericArray:
        value = np.asarray(value.array, dtype=np.float64) if value.array.dtype.kind == "f" else value.array
    if is_list(value) and is_list(expected):
        return all_agree(elements(value), elements(expected))
    if type(value) is Expression and type(expected) is Expression:
        return agree(value.head, expected.head) and all_agree(value.args, expected.args)
    if type(value) is Association:
        value = Expression(S.Association, value.rules())
        return type(expected) is Expression and agree(value, expected)
    return same(value, expected)


def all_agree(values: tuple[Term, ...], expected: tuple[Term, ...]) -> bool:
    return len(values) == len(expected) and all(map(agree, values, expected))


def numbers_agree(value: Term, expected: Term) -> bool:
    if type(value) is not type(expected):
        return False
    if type(value) is float:
        return math.isclose(value, expected, rel_tol=TOLERANCE, abs_tol=1e-12)
    if type(value) is complex:
        return abs(value - expected) <= TOLERANCE * max(abs(expected), 1e-7)
    return bool(value == expected)


def message_is(name: str, wanted: str) -> bool:
    """Tells whether the message `name` is the wanted one: `Symbol::tag`, or the tag alone."""
    return name == wanted or name.rpartition("::")[2] == wanted


def complaint(session: Session, example: Example) -> str | None:
    """Gives what does not hold of an example, or None."""
    value: Term = NULL
    for result in session.run(example.input, source="example"):
        value = result.term
    issued = [text.partition(": ")[0] for text in session.messages]
    wanted = [text.split()[0].removesuffix(":") for text in example.messages]
    for name in issued:
        if not any(message_is(name, want) for want in wanted):
            return f"unexpected message: {session.messages[issued.index(name)]}"
    for want in wanted:
        if not any(message_is(name, want) for name in issued):
            return f"the message {want} did not appear"
    if example.printed is not None:
        printed = "\n".join(session.printed) if session.printed else session.display(value)
        if printed != example.printed:
            return f"printed: {printed}\nwanted:  {example.printed}"
    if example.value is not None:
        expected = parse(example.value, session.kernel.resolve)
        shown = write(value, "InputForm")
        # A rational or complex number is an atom, but what the example writes is a quotient or a sum.
        if not agree(value, expected) and not agree(parse(shown, session.kernel.resolve), expected):
            return f"value:  {shown}\nwanted: {example.value}"
    return None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_examples_hold(case: Case) -> None:
    session = Session()
    for example in case.examples:
        try:
            wrong = complaint(session, example)
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        if case.must_fail:
            assert wrong, f">> {example.input}\nworks now: move it from the known failures to the examples."
        else:
            assert not wrong, f"{case.declaration.module}\n>> {example.input}\n{wrong}"


def test_the_comparison_tells_terms_apart() -> None:
    for left, right in (
        ("1", "1."),
        ("{1, 2}", "{1, 3}"),
        ("f[1]", "f[1, 2]"),
        ("1.", "1.001"),
        ("a", "b"),
        ('"a"', "a"),
    ):
        assert not agree(parse(left), parse(right))
        assert agree(parse(left), parse(left))
    assert agree(parse("{1., 2.}"), parse("{1.0000001, 2.}"))
