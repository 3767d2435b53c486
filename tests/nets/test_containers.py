"""Chains and graphs: layers, connections, ports and names."""

from __future__ import annotations

import pytest

from wlnet.session import Session

CASES = {
    "a chain gives its ends as ports": (
        'Information[NetChain[{2, Ramp, 3}, "Input" -> 4], #] & /@ {"InputPorts", "OutputPorts"}',
        '{<|"Input" -> 4|>, <|"Output" -> 3|>}',
    ),
    "a list inside is a chain": ('Head[NetChain[{2, {3, Ramp}}][[2]]]', "NetChain"),
    "names of layers are kept": ('Keys[Normal[NetChain[<|"a" -> 2, "b" -> Ramp|>]]]', '{"a", "b"}'),
    "layers have numbers besides": (
        'net = NetInitialize[NetChain[<|"a" -> 2, "b" -> Tanh|>, "Input" -> 2]]; net[[1]] === net[["a"]]',
        "True",
    ),
    "an arrow goes on": (
        'NetGraph[{ElementwiseLayer[# + 1 &], ElementwiseLayer[2 # &]}, {NetPort["x"] -> 1 -> 2 -> NetPort["y"]}][{1.}]',
        "{4.}",
    ),
    "layers stand in any order": (
        'NetGraph[{ElementwiseLayer[2 # &], ElementwiseLayer[# + 1 &]}, {2 -> 1}][{1.}]',
        "{4.}",
    ),
    "a list of sources feeds the inputs in order": (
        'NetGraph[<|"a" -> ElementwiseLayer[2 # &], "b" -> Ramp, "minus" -> Subtract|>, '
        '{NetPort["Input"] -> {"a", "b"}, {"a", "b"} -> "minus"}][{3.}]',
        "{3.}",
    ),
    "a list of targets gets the same": (
        'NetGraph[{ElementwiseLayer[2 # &], ElementwiseLayer[3 # &]}, {NetPort["x"] -> {1, 2}}][{1.}]',
        '<|"Output1" -> {2.}, "Output2" -> {3.}|>',
    ),
    "ports of layers may be named": (
        'NetGraph[{Ramp, MeanSquaredLossLayer[]}, {1 -> NetPort[{2, "Target"}], NetPort["x"] -> NetPort[{2, "Input"}]}]'
        ' // {Information[#, "InputPortNames"], Information[#, "OutputPortNames"]} &',
        '{{"x", "Input"}, {"Loss"}}',
    ),
    "ports of layers have two spellings": (
        'NetGraph[{Ramp, MeanSquaredLossLayer[]}, {1 -> NetPort[2, "Target"]}] === '
        'NetGraph[{Ramp, MeanSquaredLossLayer[]}, {1 -> NetPort[{2, "Target"}]}]',
        "True",
    ),
    "layers are counted from the end": ('NetGraph[{Ramp, Tanh}, {1 -> -1}] === NetGraph[{Ramp, Tanh}, {1 -> 2}]', "True"),
    "directed edges are connections": (
        'NetGraph[{Ramp, Tanh}, {DirectedEdge[1, 2]}] === NetGraph[{Ramp, Tanh}, {1 -> 2}]',
        "True",
    ),
    "connections may be in lists": (
        'NetGraph[{Ramp, Tanh, Plus}, {{NetPort["Input"] -> 1}, {{NetPort["Input"] -> 2}, {1, 2} -> 3}}] === '
        'NetGraph[{Ramp, Tanh, Plus}, {NetPort["Input"] -> 1, NetPort["Input"] -> 2, {1, 2} -> 3}]',
        "True",
    ),
    "a connection may part": (
        'NetGraph[{Ramp, Tanh, LogisticSigmoid}, {1 -> {2 -> NetPort["a"], 3 -> NetPort["b"]}}] === '
        'NetGraph[{Ramp, Tanh, LogisticSigmoid}, {1 -> 2, 1 -> 3, 2 -> NetPort["a"], 3 -> NetPort["b"]}]',
        "True",
    ),
    "an input and an output may have one name": (
        'net = NetGraph[{SummationLayer[], Ramp}, {NetPort["x"] -> 1 -> NetPort["x"], NetPort["x"] -> 2 -> NetPort["y"]}];'
        ' {net[{1., 2.}], NetChain[{Ramp, net}][{1., 2.}, "x"], NetGraph[{Ramp, net}, {1 -> 2}][{1., 2.}, "x"]}',
        '{<|"x" -> 3., "y" -> {1., 2.}|>, 3., 3.}',
    ),
    "a port may be called like a layer inside": (
        'inner = NetGraph[<|"x" -> Ramp, "y" -> Tanh|>, {NetPort["x"] -> "y" -> "x" -> NetPort["z"]}]; '
        'NetGraph[{Ramp, inner}, {1 -> NetPort[2, "x"]}][{0.}]',
        "{0.}",
    ),
    "a chain takes as many inputs as its first layer": (
        'NetGraph[{Ramp, Tanh, {TotalLayer[], {LogisticSigmoid}}}, {NetPort["Input"] -> {1, 2} -> 3}][{0.}]',
        "{0.5}",
    ),
    "limits of integers pass over layers that only move numbers": (
        'NetExtract[NetGraph[{SequenceMostLayer[], SequenceReverseLayer[], {UnitVectorLayer[]}}, {1 -> 2 -> 3}, '
        '"Input" -> NetEncoder[{"Characters", {"a", "b", "c"}}]], "Output"]',
        '{"Varying", 3}',
    ),
    "a number may be held as a vector of length one": (
        'net = NetInitialize[NetChain[{2, Tanh, LinearLayer[1, "Weights" -> {{0, 0}}, "Biases" -> {7}]}, '
        '"Input" -> "Scalar", "Output" -> "Scalar"]]; {net[3.], net[{1., 2.}], NetChain[{Ramp}, "Input" -> "Scalar"][3.]}',
        "{7., {7., 7.}, 3.}",
    ),
    "an output may be used and given": (
        'NetGraph[{ElementwiseLayer[# + 1 &], ElementwiseLayer[2 # &]}, {1 -> 2, 1 -> NetPort["first"]}][{1.}]',
        '<|"first" -> {2.}, "Output" -> {4.}|>',
    ),
    "an output may be muted": (
        'NetGraph[{Ramp, Tanh}, {NetPort["Input"] -> {1, 2}, 1 -> None}] // Information[#, "OutputPortNames"] &',
        '{"Output"}',
    ),
    "unconnected inputs of one name are one, outputs get numbers": (
        'Information[NetGraph[{2, 3}, {}], #] & /@ {"InputPortNames", "OutputPortNames"}',
        '{{"Input"}, {"Output1", "Output2"}}',
    ),
    "an unconnected input joins the port of its name": (
        'NetGraph[{Ramp, ElementwiseLayer[2 # &], Plus}, {NetPort["Input"] -> 1, {1, 2} -> 3}][{-1., 2.}]',
        "{-2., 6.}",
    ),
    "a graph without connections runs its layers side by side": (
        'NetGraph[{ElementwiseLayer[2 # &], ElementwiseLayer[3 # &]}, {}][{1.}]',
        '<|"Output1" -> {2.}, "Output2" -> {3.}|>',
    ),
    "a graph of a chain computes the same": (
        'net = NetInitialize[NetChain[{2, Tanh}, "Input" -> 2]]; NetGraph[net][{1, 2}] === net[{1, 2}]',
        "True",
    ),
    "ports may be specified after the graph": (
        'NetExtract[NetGraph[NetChain[{2, Ramp}], "Input" -> 3], {1, "Weights"}]; '
        'Information[NetGraph[NetChain[{2, Ramp}], "Input" -> 3], "ArraysDimensions"][{1, "Weights"}]',
        "{2, 3}",
    ),
    "the number of inputs follows from the connections": (
        'NetGraph[{Ramp, Tanh, CatenateLayer[]}, {NetPort["Input"] -> {1, 2}, {1, 2} -> 3}, "Input" -> 2] '
        '// Information[#, "OutputPorts"] &',
        '<|"Output" -> 4|>',
    ),
    "a state is a port where it is connected": (
        'NetGraph[{LongShortTermMemoryLayer[2]}, {NetPort["s"] -> NetPort[{1, "State"}]}, "Input" -> {"Varying", 3}] '
        '// Information[#, "InputPorts"] &',
        '<|"s" -> 2, "Input" -> {"Varying", 3}|>',
    ),
    "values inside can be read": (
        'NetChain[{ElementwiseLayer[# + 1 &], ElementwiseLayer[2 # &]}][{1.}, NetPort[{1, "Output"}]]',
        "{2.}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "value"), CASES.values(), ids=list(CASES))
def test_containers(session: Session, code: str, value: str) -> None:
    assert session.evaluate(f"({code}) === ({value})") is True, session.display(session.evaluate_term(code))
    assert not session.messages


FAULTS = {
    "a cycle": ('NetGraph[{Ramp, Tanh, 3}, {1 -> 2 -> 1}]', "cycle", ["1, 2", "acyclic"]),
    "a layer fed by itself": ('NetGraph[{Ramp}, {1 -> 1}]', "cycle", ["1"]),
    "two layers of one name": ('NetGraph[{"a" -> Ramp, "a" -> Tanh}, {}]', "names", ["same name"]),
    "a layer that is not there": ('NetGraph[{Ramp}, {1 -> 2}]', "nolayer", ["2", "the layers are 1"]),
    "a name that is not there": ('NetGraph[<|"a" -> Ramp|>, {"a" -> "b"}]', "nolayer", ["b", "the layers are a"]),
    "a port that is not there": (
        'NetGraph[{Ramp, Tanh}, {1 -> NetPort[{2, "Foo"}]}]', "noport", ["layer 2 (ElementwiseLayer)", '"Foo"', '"Input"'],
    ),
    "too many sources": ('NetGraph[{Ramp, Tanh, Tanh}, {{1, 2} -> 3}]', "noinput", ["layer 3", "no free input"]),
    "one input fed twice": (
        'NetGraph[{Ramp, Tanh, Tanh}, {1 -> NetPort[{3, "Input"}], 2 -> NetPort[{3, "Input"}]}]',
        "several", ['"Input" of layer 3', "CatenateLayer"],
    ),
    "no connection": ('NetGraph[{Ramp}, {7}]', "edge", ["7"]),
    "a port of the graph that is not there": ('NetGraph[{Ramp}, {}, "Foo" -> 3]', "noport", ['"Foo"', '"Input", "Output"']),
    "an output port fed twice": (
        'NetGraph[{Ramp, Tanh}, {1 -> NetPort["y"], 2 -> NetPort["y"]}]', "several", ['"y" of the graph'],
    ),
    "a chain without layers": ("NetChain[{}]", "empty", ["layer"]),
    "a chain through a layer of two inputs": (
        "NetChain[{Ramp, MeanSquaredLossLayer[]}]", "ports", ["Layer 2", '"Input", "Target"', "NetGraph"],
    ),
    "no layers at all": ("NetChain[3]", "layers", ["3"]),
}  # fmt: skip


@pytest.mark.parametrize(("code", "tag", "said"), FAULTS.values(), ids=list(FAULTS))
def test_faults_are_named(session: Session, code: str, tag: str, said: list[str]) -> None:
    assert session.evaluate(f"{code} === $Failed") is True
    assert len(session.messages) == 1, session.messages
    label, _, text = session.messages[0].partition(": ")
    assert label.rpartition("::")[2] == tag, session.messages
    for part in said:
        assert part in text
