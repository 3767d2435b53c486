"""Functions of lists take chains and graphs as the lists of their layers, and atoms as ever."""

from __future__ import annotations

import pytest

from wlnet.session import Session

CHAIN = 'chain = NetInitialize[NetChain[<|"a" -> 3, "b" -> Ramp, "c" -> 2|>, "Input" -> 4]]'
GRAPH = 'graph = NetGraph[<|"a" -> 3, "b" -> Ramp|>, {"a" -> "b"}, "Input" -> 4]'


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("Take[chain, 2]", "NetTake[chain, 2]"),
        ("Take[chain, -2]", "NetTake[chain, {2, 3}]"),
        ('Take[chain, {"b", -1}]', 'NetTake[chain, {"b", "c"}]'),
        ("Take[graph, 1]", "NetTake[graph, 1]"),
        ("{Take[chain, UpTo[9]], Take[chain]}", "{chain, chain}"),
        ("Rest[chain]", "NetDrop[chain, 1]"),
        ("Most[chain]", "NetTake[chain, 2]"),
        ("Drop[chain, {2}]", "NetDelete[chain, 2]"),
        ('Delete[graph, "b"]', 'NetDelete[graph, "b"]'),
        ('Append[chain, "d" -> Tanh]', 'NetAppend[chain, "d" -> Tanh]'),
        ('Prepend["z" -> Tanh][chain]', 'NetPrepend[chain, "z" -> Tanh]'),
        ('Insert[chain, "d" -> Tanh, 2]', 'NetInsert[chain, "d" -> Tanh, 2]'),
        ("Join[chain, NetChain[{2}]]", "NetJoin[chain, NetChain[{2}]]"),
        ("ReplacePart[chain, 3 -> 5]", "NetReplacePart[chain, 3 -> 5]"),
        ('ReplacePart[LinearLayer[1], "Weights" -> {{2}}]', 'LinearLayer[1, "Weights" -> {{2}}]'),
        ("{First[chain], Last[chain]}", "chain[[{1, -1}]]"),
        ("{Length[chain], Length[graph], Keys[graph], Keys[NetChain[{2, 3}]]}", '{3, 2, {"a", "b"}, {1, 2}}'),
        ("Values[chain]", "chain[[{1, 2, 3}]]"),
        ("{Keys[graph, f], Values[chain, Head]}", '{{f["a"], f["b"]}, {LinearLayer, ElementwiseLayer, LinearLayer}}'),
        ("Head[chain][Values[chain]][[0]]", "NetChain"),
        ('ByteCount[chain] > 4 Information[chain, "ArraysTotalElementCount"]', "True"),
    ],
)
def test_a_net_is_a_list_of_its_layers(session: Session, code: str, same: str) -> None:
    session.evaluate(f"{CHAIN}; {GRAPH}")
    assert session.evaluate(f"({code}) === ({same})") is True
    assert session.messages == []


def test_a_layer_is_an_atom(session: Session) -> None:
    assert session.evaluate("Length[LinearLayer[3]]") == 0
    assert session.evaluate("Head[First[LinearLayer[3]]] === First") is True
    assert session.messages == [
        "First::normal: Nonatomic expression expected at position 1 in First[LinearLayer[<{…} -> {3}>]]."
    ]
