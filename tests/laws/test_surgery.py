"""What holds for surgery on any net: sharing is kept, nothing is copied or changed, and what is the same computes the same."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.laws.surgery_nets import ELEMENTWISE, LINEAR, chains, graphs, net_of, nets, quietly, surgery_for, vectors
from wlnet.builtins.nets.net_terms import net_term
from wlnet.errors import NetError
from wlnet.nets import Net, Shared, initialize, insert_shared_arrays
from wlnet.nets.flattening import flatten
from wlnet.nets.inference import infer
from wlnet.nets.joining import append, insert, join, prepend
from wlnet.nets.renaming import rename_layers, rename_ports
from wlnet.nets.replacing import is_like, replace_layers
from wlnet.nets.splitting import delete, drop, take
from wlnet.nets.structure import End
from wlnet.nets.surgery import replace_child
from wlnet.plans import evaluate
from wlnet.syntax import write
from wlnet.terms import same

often = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def outputs(net: Net, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
    return list(evaluate(net, inputs, 2)[0].values())


def agree(net: Net, other: Net) -> None:
    """Checks that two nets compute the same from the same inputs, in the order of their ports."""
    data = vectors(net)
    names = dict(zip(data, other.structure.inputs, strict=True))
    for mine, theirs in zip(
        outputs(net, data), outputs(other, {names[name]: value for name, value in data.items()}), strict=True
    ):
        np.testing.assert_array_equal(mine, theirs)


def shared_uses(net: Net) -> dict[Shared, set[int]]:
    """Gives shared array → the objects that its uses have."""
    return {key: {id(net.store[key])} for key in net.positions if isinstance(key, Shared) and key in net.store}


def check_kept(before: Net, after: Net) -> None:
    """Checks that a result of surgery is sound, and holds the very arrays of its source under the same shared names."""
    assert infer(after.structure) is after.structure
    assert after.is_initialized == before.is_initialized
    assert set(after.store) == set(after.positions)
    known = {id(array): key for key, array in before.store.items()}
    for key, array in after.store.items():
        assert id(array) in known
        source = known[id(array)]
        assert isinstance(key, Shared) == isinstance(source, Shared)
        assert not isinstance(key, Shared) or key == source
        assert not array.flags.writeable
    for position, key in after.keys.items():
        slot = after.slots[position]
        assert after.store[key].shape == (slot.shape if slot.view is None else slot.shape[::-1])
    for path, structure in after.structure.walk():
        for edge in structure.edges:
            shapes = []
            for end, sides in ((edge.source, "outputs"), (edge.target, "inputs")):
                owner = structure if end.child is None else structure.children[end.child]
                side = {"outputs": "inputs", "inputs": "outputs"}[sides] if end.child is None else sides
                shapes.append(getattr(owner, side)[end.port].shape)
            assert shapes[0] == shapes[1], (path, edge)


@given(net=nets(), data=st.data())
@settings(often, max_examples=200)
def test_surgery_keeps_sharing_and_copies_nothing(net: Net, data: Any) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        operate = data.draw(st.sampled_from(surgery_for(net)))
        structure, arrays = net.structure, dict(net.store)
        values = {key: array.copy() for key, array in arrays.items()}
        children = dict(structure.children)
        try:
            made = quietly(lambda net=net, operate=operate: operate(data.draw, net))
        except NetError:
            continue
        assert net.structure is structure
        assert dict(structure.children) == children
        assert net.store.keys() == arrays.keys()
        for key, array in arrays.items():
            assert net.store[key] is array
            np.testing.assert_array_equal(array, values[key])
        check_kept(net, made)
        for value in outputs(made, vectors(made)):
            assert np.isfinite(value).all()
        net = made


@given(net=nets())
@settings(often, max_examples=30)
def test_a_net_written_is_the_net_read(net: Net) -> None:
    text = write(net_term(net), "InputForm")
    again = net_of(text)
    assert same(again, net)
    assert write(net_term(again), "InputForm") == text
    agree(net, again)


@given(net=nets(), data=st.data())
@settings(often, max_examples=30)
def test_a_part_taken_out_and_put_back_leaves_the_net(net: Net, data: Any) -> None:
    path = data.draw(st.sampled_from([path for path, _ in net.structure.walk() if path]))
    part = net.child(path)
    own = {id(array) for array in net.store.values()}
    assert all(id(array) in own for array in part.store.values())
    back = replace_child(net, path, part)
    assert dict(back.store) == dict(net.store)
    assert all(back.store[key] is array for key, array in net.store.items())
    agree(net, back)


@given(net=nets(), prefix=st.sampled_from(["", "p/"]))
@settings(often, max_examples=30)
def test_a_net_whose_arrays_are_shared_computes_the_same(net: Net, prefix: str) -> None:
    tied = insert_shared_arrays(net, prefix)
    assert all(isinstance(key, Shared) for key in tied.positions)
    assert {id(array) for array in tied.store.values()} == {id(array) for array in net.store.values()}
    agree(net, tied)
    agree(net, flatten(tied))


@given(net=chains(), data=st.data())
@often
def test_a_chain_cut_in_two_and_joined_is_the_chain(net: Net, data: Any) -> None:
    net = initialize(net)
    names = list(net.structure.children)
    assume(len(names) > 1)
    place = data.draw(st.integers(1, len(names) - 1))
    head = take(net, None, [End(names[place - 1], "")])
    tail = drop(net, names[0], names[place - 1])
    whole = join([head, tail])
    assert list(whole.structure.children) == names
    assert whole.structure.kind is net.structure.kind
    assert shared_uses(whole) == shared_uses(net)
    agree(net, whole)


@given(net=nets(), depth=st.sampled_from([None, 1]))
@often
def test_a_flat_net_computes_the_same(net: Net, depth: int | None) -> None:
    flat = flatten(net, depth)
    assert {id(array) for array in flat.store.values()} == {id(array) for array in net.store.values()}
    assert shared_uses(flat) == shared_uses(net)
    agree(net, flat)
    if depth is None:
        assert not any(child.kind.name in ("NetChain", "NetGraph") for child in flat.structure.children.values())
        assert flatten(flat).structure.children.keys() == flat.structure.children.keys()


@given(net=nets())
@often
def test_names_do_not_matter(net: Net) -> None:
    agree(net, rename_layers(net, lambda around, name: f"{name}'", 1, 3))
    agree(net, rename_ports(net, {"Output": "Result"}))


@given(net=graphs(), data=st.data())
@often
def test_a_part_of_a_graph_computes_what_flows_there(net: Net, data: Any) -> None:
    net = initialize(net)
    name = data.draw(st.sampled_from(list(net.structure.children)))
    given_data = vectors(net)
    places = [((child,), "Output") for child in net.structure.children]
    _, inside = evaluate(net, given_data, 2, places=places)
    upper = take(net, None, [End(name, "")])
    np.testing.assert_array_equal(outputs(upper, given_data)[0], inside[(name,), "Output"])
    start = data.draw(st.sampled_from(list(net.structure.children)))
    try:
        lower = take(net, [End(start, "Output")], [End(name, "")])
    except NetError:
        return
    feeding = {
        edge.target: edge.source for edge in net.structure.edges if edge.target.child in lower.structure.children
    }
    if net.structure.named and all(end.child is not None for end in feeding.values()):
        inputs = {
            edge.source.port: inside[(feeding[edge.target].child,), "Output"]
            for edge in lower.structure.edges
            if edge.source.child is None and edge.target.child is not None
        }
        np.testing.assert_array_equal(outputs(lower, inputs)[0], inside[(name,), "Output"])


@given(net=nets(), layer=st.sampled_from(ELEMENTWISE))
@often
def test_layers_at_the_ends_are_applied_before_and_after(net: Net, layer: Net) -> None:
    assume(len(net.structure.outputs) == len(net.structure.inputs) == 1)
    data = vectors(net)
    (value,) = outputs(net, data)
    (after,) = outputs(append(net, [("new", layer)]), data)
    np.testing.assert_array_equal(after, outputs(layer, {"Input": value})[0])
    (changed,) = outputs(layer, {"Input": next(iter(data.values()))})
    longer = prepend(net, [(None, layer)])
    (before,) = outputs(longer, dict.fromkeys(longer.structure.inputs, next(iter(data.values()))))
    np.testing.assert_array_equal(before, outputs(net, dict.fromkeys(data, changed))[0])


@given(net=chains(), layer=st.sampled_from(ELEMENTWISE), data=st.data())
@often
def test_a_layer_put_in_and_left_out_again_leaves_the_net(net: Net, layer: Net, data: Any) -> None:
    net = initialize(net)
    index = data.draw(st.integers(0, len(net.structure.children)))
    longer = insert(net, None, layer, index)
    back = delete(longer, [list(longer.structure.children)[index]])
    assert list(back.structure.children) == list(net.structure.children)
    assert dict(back.store.items()) == dict(net.store.items())
    agree(net, back)


@given(net=nets())
@often
def test_layers_replaced_by_themselves_leave_the_net(net: Net) -> None:
    assert replace_layers(net, lambda layer: layer) is net
    copies = replace_layers(
        net, lambda layer: Net(layer.structure, layer.store) if not layer.structure.children else layer
    )
    assert copies.store.keys() == net.store.keys()
    assert all(copies.store[key] is array for key, array in net.store.items())
    agree(net, copies)
    assert is_like(copies, net)
    assert not any(is_like(copies, linear) for group in LINEAR.values() for linear in group)
