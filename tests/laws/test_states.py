"""What holds for the states of any net that goes along a sequence: it can be cut anywhere, and taken step by step."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.recurrent_nets import LAST, SESSION, SIZE, net_of, recurrent_nets
from wlnet.builtins.nets.net_terms import net_term
from wlnet.layers.unfolding import unfold
from wlnet.nets import Net
from wlnet.nets.exposing import expose_all, states, without_exposed
from wlnet.nets.inference import infer
from wlnet.nets.joining import append
from wlnet.plans import evaluate
from wlnet.syntax import write
from wlnet.terms import Expression, elements, expression, pack, same

often = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
EXAMPLES = 2


def sequence(length: int) -> np.ndarray:
    return np.random.default_rng(7).normal(size=(EXAMPLES, length, SIZE)).astype(np.float32)


def begun(net: Net, names: list[str]) -> dict[str, np.ndarray]:
    """Gives the states that a net begins with."""
    ports = net.complete.structure.inputs
    shapes = {name: [size if isinstance(size, int) else 0 for size in ports[name].shape or ()] for name in names}
    return {name: np.zeros((EXAMPLES, *shape), np.float32) for name, shape in shapes.items()}


def close(a: Any, b: Any) -> None:
    np.testing.assert_allclose(a, b, rtol=2e-5, atol=2e-6)


@given(net=recurrent_nets(), data=st.data())
@often
def test_a_sequence_cut_in_two_gives_the_same_with_the_states_between(net: Net, data: Any) -> None:
    length = data.draw(st.integers(2, 5))
    cut = data.draw(st.integers(1, length - 1))
    x = sequence(length)
    whole = evaluate(net, {"Input": x}, EXAMPLES)[0]["Output"]
    places = states(net)
    assert places
    reading, _, out = expose_all(net, (), places)
    first, _ = evaluate(reading, {"Input": x[:, :cut]}, EXAMPLES)
    going, into, _ = expose_all(net, places, ())
    given_states = {name: first[source] for name, source in zip(into, out, strict=True)}
    second, _ = evaluate(going, {"Input": x[:, cut:], **given_states}, EXAMPLES)
    close(np.concatenate([first["Output"], second["Output"]], axis=1), whole)
    assert infer(going.structure) is going.structure
    assert dict(going.store) == dict(net.store)


@given(net=recurrent_nets(), last=st.booleans(), data=st.data())
@often
def test_steps_one_after_another_give_what_the_sequence_gives(net: Net, last: bool, data: Any) -> None:
    x = sequence(data.draw(st.integers(1, 4)))
    whole = evaluate(net, {"Input": x}, EXAMPLES)[0]["Output"]
    structure = net.structure
    step = unfold(append(net, [(None, LAST)]) if last else net)
    assert net.structure is structure
    assert {id(array) for array in step.store.values()} == {id(array) for array in net.store.values()}
    assert step.is_initialized
    names = [name for name in step.structure.inputs if name != "Input"]
    assert set(step.structure.outputs) == {"Output", *names}
    now = begun(step, names)
    for index in range(x.shape[1]):
        made, _ = evaluate(step, {"Input": x[:, index], **now}, EXAMPLES)
        close(made["Output"], whole[:, index])
        now = {name: made[name] for name in names}


@given(net=recurrent_nets())
@often
def test_a_net_with_ports_from_deep_inside_is_written_so_that_it_is_read_again(net: Net) -> None:
    for graph in (unfold(net), Net(net.structure, net.store)):
        assert same(net_of(write(net_term(graph), "InputForm")), graph)


@given(net=recurrent_nets())
@often
def test_exposed_ports_come_off_without_a_trace(net: Net) -> None:
    places = states(net)
    wide, into, out = expose_all(net, places, places)
    assert len(set(into)) == len(places) == len(set(out))
    assert states(wide) == []
    assert same(without_exposed(wide), net)


@given(net=recurrent_nets())
@often
def test_an_object_that_keeps_states_goes_on_where_it_was(net: Net) -> None:
    x = sequence(4)[0]
    keeper = SESSION.kernel.evaluate(expression("NetStateObject", net))
    parts = [elements(SESSION.kernel.evaluate(Expression(keeper, (pack(x[i : i + 2].astype(float)),)))) for i in (0, 2)]
    close(np.array([*parts[0], *parts[1]], float), evaluate(net, {"Input": x[None]}, 1)[0]["Output"][0])
