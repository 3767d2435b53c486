"""Whatever does not fit a net is told: the kind, the port, what was expected and what came; then `$Failed`."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.laws.layer_nets import BATCH, SAMPLES, Sample
from wlnet.nets import VARYING, Net, Port
from wlnet.nets.dimensions import show
from wlnet.session import Session
from wlnet.syntax import parse
from wlnet.terms import Association, Expression, S, Term, expression, list_of, pack, rule, symbol

MANY = settings(max_examples=1000, deadline=None)
FEW = settings(max_examples=300, deadline=None)

SESSION = Session()
WITH_INPUTS = [sample for sample in SAMPLES if sample.net.structure.inputs]
STANDING_ALONE = [sample for sample in WITH_INPUTS if isinstance(SESSION.run_term(parse(sample.text)).term, Net)]


def constructed(sample: Sample, *options: Term) -> Expression:
    """Gives the call of a constructor in an example, with more options."""
    call = parse(sample.text)
    while call.head is not symbol(sample.kind):
        call = call.head if type(call.head) is Expression else call.args[0]
    return Expression(call.head, (*call.args, *options))


def failing(call: Term) -> str:
    """Gives the messages of a call that must fail."""
    SESSION.messages.clear()
    result = SESSION.run_term(call)
    shown = "\n".join(SESSION.messages)
    assert result.term is symbol("$Failed"), f"{result.term} came of {call}"
    assert SESSION.messages, f"{call} fails without a word"
    assert "::internal" not in shown, shown
    return shown


def applied(sample: Sample, inputs: dict[str, Term]) -> Expression:
    return Expression(sample.net, (Association(inputs.items()),))


def shape_of(port: Port, length: int = 4) -> tuple[int, ...]:
    return tuple(length if dimension is VARYING else dimension for dimension in port.shape)


def data(sample: Sample) -> dict[str, Term]:
    """Gives one batch that fits, as terms."""
    return {name: pack(array.astype(np.float64)) for name, array in sample.inputs().items()}


@some.composite
def nets_with_a_port(draw: Any, samples: list[Sample] = WITH_INPUTS) -> tuple[Sample, str, Port]:
    sample = draw(some.sampled_from(samples))
    name = draw(some.sampled_from(sorted(sample.net.structure.inputs)))
    return sample, name, sample.net.structure.inputs[name]


def of_shape(port: Port, shape: tuple[int, ...]) -> Term:
    return pack(np.ones(shape, np.int64 if port.element == "Integer" else np.float64))


@MANY
@given(chosen=nets_with_a_port(), change=some.integers(1, 3), data_for=some.data())
def test_a_wrong_dimension(chosen: tuple[Sample, str, Port], change: int, data_for: Any) -> None:
    sample, name, port = chosen
    fixed = [axis for axis, dimension in enumerate(port.shape) if dimension is not VARYING]
    if not fixed:
        return
    axis = data_for.draw(some.sampled_from(fixed))
    shape = list(shape_of(port))
    shape[axis] += change
    shown = failing(applied(sample, {**data(sample), name: of_shape(port, (BATCH, *shape))}))
    assert f'"{name}"' in shown
    assert show(tuple(shape)) in shown


@MANY
@given(chosen=nets_with_a_port(), change=some.integers(1, 3))
def test_a_rank_too_high(chosen: tuple[Sample, str, Port], change: int) -> None:
    sample, name, port = chosen
    shape = (BATCH, *shape_of(port), *[2] * change)
    shown = failing(applied(sample, {**data(sample), name: of_shape(port, shape)}))
    assert f'"{name}"' in shown


NO_ARRAYS = ["text", S.Automatic, list_of(), list_of(list_of(), list_of(1)), S.Indeterminate]


@FEW
@given(chosen=nets_with_a_port(), bad=some.sampled_from(NO_ARRAYS))
def test_no_array_of_numbers(chosen: tuple[Sample, str, Port], bad: Term) -> None:
    sample, name, port = chosen
    is_empty_sequence = bad == list_of() and port.shape[:1] == (VARYING,) and len(sample.net.structure.inputs) > 1
    if port.coder is not None or is_empty_sequence:
        return
    shown = failing(applied(sample, {**data(sample), name: bad}))
    assert f'"{name}"' in shown
    assert "takes" in shown


@FEW
@given(chosen=nets_with_a_port(), above=some.booleans(), off=some.integers(1, 5))
def test_integers_out_of_range(chosen: tuple[Sample, str, Port], above: bool, off: int) -> None:
    sample, name, port = chosen
    if port.element != "Integer" or port.coder is not None or port.limit is None:
        return
    worst = port.limit + off if above else 1 - off
    values = np.full((BATCH, *shape_of(port)), worst)
    shown = failing(applied(sample, {**data(sample), name: pack(values)}))
    assert f'"{name}"' in shown
    assert str(worst) in shown


@FEW
@given(chosen=nets_with_a_port())
def test_a_missing_port_and_one_too_many(chosen: tuple[Sample, str, Port]) -> None:
    sample, name, _ = chosen
    given_data = data(sample)
    assert '"Smell"' in failing(applied(sample, {**given_data, "Smell": 1}))
    structure = sample.net.structure
    if name not in structure.kind.state_ports(structure.settings) and len(given_data) > 1:
        del given_data[name]
        assert f'"{name}"' in failing(applied(sample, given_data))


@pytest.mark.parametrize("sample", STANDING_ALONE, ids=str)
def test_an_unknown_option_and_an_unknown_port(sample: Sample) -> None:
    """The options that there are, are shown."""
    shown = failing(constructed(sample, rule("Smell", 3)))
    assert shown.startswith(f"{sample.kind}::")
    assert '"Smell"' in shown
    assert any(name in shown for name in sample.raw.structure.outputs)


WRONG_SHAPES = [
    -1,
    0,
    2.5,
    "Smell",
    list_of(2, -1),
    list_of("Varying", 0),
    list_of(1, 2, 3, 4, 5, 6, 7, 8),
    expression("Foo"),
]


@FEW
@given(chosen=nets_with_a_port(STANDING_ALONE), wrong=some.sampled_from(WRONG_SHAPES))
def test_a_port_that_cannot_be(chosen: tuple[Sample, str, Port], wrong: Term) -> None:
    """A shape that is none, or that the layer cannot have, is told with the name of the layer."""
    sample, name, _ = chosen
    SESSION.messages.clear()
    result = SESSION.run_term(constructed(sample, rule(name, wrong)))
    if result.term is symbol("$Failed"):
        shown = "\n".join(SESSION.messages)
        assert sample.kind in shown
        assert re.search("input|output|target", shown, re.IGNORECASE) or "{" in shown
