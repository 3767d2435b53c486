"""The law of WXF: what is written is read back as the same term, and other programs read it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings

from tests.syntax.generated import terms
from wlnet.patterns.renaming import symbols_of
from wlnet.syntax.wxf import from_wxf, to_wxf
from wlnet.terms import Association, BigReal, Expression, NumericArray, S, Term, list_of, pack, same

SAMPLES = [
    2**70, -(2**5000), 127, -128, 128, 2**31, -(2**63), 1.5, float("inf"), 1 + 2j, Fraction(-3, 7), "aü\ud800", S.x,
    BigReal.of(Fraction(1, 3), 30.0), BigReal.of(0, 12.5), Association([("a", 1), (S.b, Association()), (2, list_of(1))]),
    list_of(Association(), Association([(1, 2)]), 3), Expression(S.ByteArray, ("AQL/",)), Expression(S.f, ()),
    pack(np.arange(6).reshape(2, 3)), pack(np.array([1j, 2])), Expression(S.ByteArray, ("AQL",)),
    *(NumericArray(np.array([[1, 2], [3, 4]], kind)) for kind in ("int8", "uint16", "uint64", "float32", "complex64")),
]  # fmt: skip


@given(term=terms)
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(term: Term) -> None:
    # Rational[1, 2] is the number there, whether it has been evaluated or not.
    assume(S.Rational not in set(symbols_of(term)))
    assert same(from_wxf(to_wxf(term)), term)


@pytest.mark.parametrize("term", SAMPLES, ids=lambda term: type(term).__name__)
def test_each_kind_of_term_is_read_back(term: Term) -> None:
    for compressed in (False, True):
        assert same(from_wxf(to_wxf(term, compressed=compressed)), term)


def test_deep_terms_are_no_trouble() -> None:
    term: Term = S.x
    for _ in range(20_000):
        term = Expression(S.f, (term,))
    read, depth = from_wxf(to_wxf(term)), 0
    while type(read) is Expression:
        read, depth = read.args[0], depth + 1
    assert depth == 20_000


@pytest.mark.parametrize("term", SAMPLES, ids=lambda term: type(term).__name__)
def test_damaged_content_is_told(term: Term) -> None:
    data = to_wxf(term)
    for end in range(len(data))[:300]:
        with pytest.raises(ValueError, match=r"\w"):
            from_wxf(data[:end])


def test_another_program_reads_and_writes_it() -> None:
    peer: Any = pytest.importorskip("wolframclient.serializers", reason="wolframclient is not installed")
    from wolframclient.deserializers import binary_deserialize

    array = np.arange(6.0).reshape(2, 3)
    value = {"a": [1, 2**70, -1.5, "ü"], "b": b"\x00\xff", "c": True, "d": {}}
    term = from_wxf(peer.export({**value, "array": array}, target_format="wxf"))
    assert same(term.get("a"), list_of(1, 2**70, -1.5, "ü"))
    assert np.array_equal(term.get("array").array, array)
    read = dict(binary_deserialize(to_wxf(term)))
    assert np.array_equal(read.pop("array"), array)
    assert {**read, "a": list(read["a"])} == value
