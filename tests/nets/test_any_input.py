"""Whatever is thrown at nets and their constructors, what comes back is a term, with a message where it is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from wlnet import builtins
from wlnet.layers.construct import known_options
from wlnet.nets import KINDS
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import (
    NONE,
    NULL,
    TRUE,
    Association,
    Expression,
    NumericArray,
    S,
    Term,
    expression,
    list_of,
    pack,
    rule,
    symbol,
)

builtins.load_rest()

NUMBERS = some.one_of(
    some.integers(-3, 9), some.sampled_from([0.5, -2.0, 1e40, float("inf"), float("nan"), 2**70, 1j]),
    some.builds(lambda n: expression("Rational", 1, n), some.integers(2, 5)),
)  # fmt: skip
WORDS = some.sampled_from(
    ["", "Input", "Output", "Real", "Integer", "Varying", "Same", "W", "ReLU", "Index", "Binary", "Transpose", "Class",
     "Boolean", "Weights", "Zeros", "a"]
)  # fmt: skip
SYMBOLS = some.sampled_from(
    [S.Automatic, NONE, S.All, TRUE, NULL, S.Infinity, S.Indeterminate, S.Ramp, S.Plus, S.Max, symbol("Global`x"), S.Inherited,
     S.Transpose, symbol("$Failed")]
)  # fmt: skip
SHAPES = some.lists(some.integers(0, 3), min_size=1, max_size=4).map(tuple)
ARRAYS = SHAPES.map(
    lambda shape: pack(np.arange(np.prod(shape), dtype=float).reshape(shape)) if all(shape) else list_of()
)
NUMERIC_ARRAYS = SHAPES.map(lambda shape: NumericArray(np.ones(shape, np.float32)))
FUNCTIONS = some.sampled_from(
    ["Ramp", "# + 1 &", "#1 #2 &", "#a - #b &", "Sin[#] + NetArray[] &", "StringLength[#] &", "<|1 -> #|> &", "Function[x, x^2]",
     "If[# > 0, #, Foo] &", "Piecewise[#, 1] &", "Clip[#, 1] &", "# . # &", "{#, 1} &", "LinearLayer[2][#] &", "Power[#] &"]
)  # fmt: skip
NETS = some.sampled_from(
    ["LinearLayer[2]", 'LinearLayer[2, "Input" -> 3]', 'NetInitialize[LinearLayer[1, "Weights" -> NetArray["W"], "Input" -> 2]]',
     'LinearLayer[3, "Weights" -> NetArray["W"]]', "Ramp", "SoftmaxLayer[]", "MeanSquaredLossLayer[]", "CatenateLayer[]",
     'LongShortTermMemoryLayer[2, "Input" -> {"Varying", 3}]', 'NetChain[{2, Ramp}]', "NetGraph[{Ramp, Tanh}, {}]",
     'CrossEntropyLossLayer["Index"]', 'NetChain[{2, SoftmaxLayer[]}, "Input" -> 2, "Output" -> NetDecoder[{"Class", {"a", "b"}}]]',
     "ConvolutionLayer[1, 2]", 'ElementwiseLayer[Log]', 'FunctionLayer[# + NetArray[] &]', "NetArrayLayer[]"]
)  # fmt: skip


def parsed(text: str) -> Term:
    return expression("ToExpression", text)


ATOMS = some.one_of(NUMBERS, WORDS, SYMBOLS, ARRAYS, NUMERIC_ARRAYS, FUNCTIONS.map(parsed), NETS.map(parsed))


def larger(parts: Any) -> Any:
    """Gives lists, associations, rules and calls that mean something to nets, of such parts."""
    heads = some.sampled_from(
        [S.List, S.Rule, S.NetArray, S.NetPort, S.Restricted, S.NetPortGradient, symbol("NetEncoder"), symbol("NetDecoder"),
         symbol("Global`f")]
    )  # fmt: skip
    return some.one_of(
        some.lists(parts, max_size=3).map(lambda items: list_of(*items)),
        some.lists(some.tuples(WORDS, parts), max_size=3).map(Association),
        some.builds(lambda head, items: Expression(head, tuple(items)), heads, some.lists(parts, max_size=3)),
        some.builds(rule, parts, parts),
    )


TERMS = some.recursive(ATOMS, larger, max_leaves=6)
KIND_NAMES = some.sampled_from(sorted(KINDS))


@some.composite
def constructor_calls(draw: Any) -> Expression:
    """Gives a call of a constructor of any kind of net with its own options, or others."""
    kind = KINDS[draw(KIND_NAMES)]
    positional = draw(some.lists(TERMS, max_size=max(2, len(kind.arguments))))
    names = some.sampled_from([*known_options(kind), "Input", "Output", "Foo"])
    options = [rule(name, draw(TERMS)) for name in draw(some.lists(names, max_size=3))]
    return Expression(symbol(kind.name), (*positional, *options))


HEADS = some.sampled_from(
    [
        "NetInitialize",
        "NetExtract",
        "NetReplacePart",
        "NetInsertSharedArrays",
        "Information",
        "NetGraph",
        "Part",
        "Normal",
    ]
)


@some.composite
def operations(draw: Any) -> Expression:
    """Gives an operation on a net, whatever its arguments."""
    net = parsed(draw(NETS))
    rest = draw(some.lists(TERMS, max_size=2))
    return Expression(symbol(draw(HEADS)), (net, *rest))


@some.composite
def applications(draw: Any) -> Expression:
    """Gives a net applied to anything."""
    net = expression("NetInitialize", parsed(draw(NETS)))
    return Expression(net, tuple(draw(some.lists(TERMS, min_size=1, max_size=2))))


@pytest.fixture(scope="module")
def shared_session() -> Session:
    return Session()


MANY = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def check(session: Session, call: Expression) -> None:
    session.messages.clear()
    result = session.run_term(call)
    shown = write(call, "InputForm")
    assert not result.interrupted
    assert not any("::internal" in message for message in session.messages), f"{shown}\n{session.messages}"
    if result.term is symbol("$Failed"):
        assert session.messages or "Failed" in shown, f"{shown}\nfails without a word"
    session.display(result.term)


@MANY
@given(call=constructor_calls())
def test_any_arguments_of_a_constructor(shared_session: Session, call: Expression) -> None:
    check(shared_session, call)


@MANY
@given(call=operations())
def test_any_operation_on_a_net(shared_session: Session, call: Expression) -> None:
    check(shared_session, call)


@MANY
@given(call=applications())
def test_any_data_for_a_net(shared_session: Session, call: Expression) -> None:
    check(shared_session, call)
