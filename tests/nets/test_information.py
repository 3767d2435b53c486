"""What Information tells of a net."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wlnet.session import Session

NET = """net = NetInitialize[NetChain[<|"a" -> LinearLayer[3, "Weights" -> NetArray["W"]], "b" -> Tanh,
    "c" -> LinearLayer[3, "Weights" -> NetArray["W"], LearningRateMultipliers -> 2]|>, "Input" -> 3]];"""

PROPERTIES = {
    "ArraysPositionList": '{NetArray["W"], {"a", "Biases"}, {"c", "Biases"}}',
    "ArraysCount": "3",
    "ArraysDimensions": '<|NetArray["W"] -> {3, 3}, {"a", "Biases"} -> {3}, {"c", "Biases"} -> {3}|>',
    "ArraysElementCounts": '<|NetArray["W"] -> 9, {"a", "Biases"} -> 3, {"c", "Biases"} -> 3|>',
    "ArraysTotalElementCount": "15",
    "ArraysByteCounts": '<|NetArray["W"] -> 36, {"a", "Biases"} -> 12, {"c", "Biases"} -> 12|>',
    "ArraysTotalByteCount": "60",
    "ArraysTotalSize": 'Quantity[60, "Bytes"]',
    "SharedArraysCount": "1",
    "SharedArrays": """<|NetArray["W"] -> <|"Positions" -> {{"a", "Weights"}, {"c", "Weights"}}, "Dimensions" -> {3, 3},
        "ByteCount" -> 36, "BytesSaved" -> 36|>|>""",
    "InputPorts": '<|"Input" -> 3|>',
    "OutputPorts": '<|"Output" -> 3|>',
    "InputPortNames": '{"Input"}',
    "OutputPortNames": '{"Output"}',
    "LayersCount": "3",
    "LayerTypeCounts": "<|LinearLayer -> 2, ElementwiseLayer -> 1|>",
}


@pytest.mark.parametrize(("name", "value"), PROPERTIES.items(), ids=list(PROPERTIES))
def test_properties(session: Session, name: str, value: str) -> None:
    session.evaluate(NET)
    assert session.evaluate(f'Information[net, "{name}"] === ({value})') is True, session.display(
        session.evaluate_term(f'Information[net, "{name}"]')
    )
    assert not session.messages


def test_every_property_has_a_value(session: Session) -> None:
    session.evaluate(NET)
    names = session.evaluate('Information[net, "Properties"]')
    assert set(PROPERTIES) < set(names)
    for net in (
        "net",
        "LinearLayer[]",
        "NetGraph[{Ramp, Plus}, {1 -> 2}]",
        "NetArrayLayer[]",
        "FunctionLayer[# + 1 &]",
    ):
        for name in names:
            assert session.evaluate(f'FreeQ[Information[{net}, "{name}"], $Failed]') is True
            assert not session.messages, f"{name} of {net}: {session.messages}"


def test_values_are_those_of_the_net(session: Session) -> None:
    session.evaluate(NET)
    assert session.evaluate('Information[net, "Arrays"][NetArray["W"]] === NetExtract[net, {"c", "Weights"}]') is True
    assert session.evaluate('Information[net, "ArraysList"] === Values[Information[net, "Arrays"]]') is True
    assert session.evaluate('Information[net, "LayersList"] === Values[Information[net, "Layers"]]') is True
    assert session.evaluate('Keys[Information[net, "Layers"]] === {{"a"}, {"b"}, {"c"}}') is True


def test_what_is_not_known_is_said_so(session: Session) -> None:
    session.evaluate("open = LinearLayer[2]")
    assert session.evaluate('Values[Information[open, "Arrays"]] === {Automatic, Automatic}') is True
    assert session.evaluate('Information[open, "ArraysTotalElementCount"] === Indeterminate') is True
    assert session.evaluate('Information[open, "ArraysDimensions"][{"Biases"}] === {2}') is True


def test_the_topology_is_that_without_the_values(session: Session) -> None:
    session.evaluate(NET + 'topology = Information[#, "TopologyHash"] &')
    assert session.evaluate("topology[net] === topology[NetInitialize[net, All, RandomSeeding -> 5]]") is True
    assert session.evaluate('topology[net] =!= topology[NetReplacePart[net, "b" -> Ramp]]') is True


def test_several_nets_give_a_list(session: Session) -> None:
    nets = '{LinearLayer[1, "Input" -> 1], ElementwiseLayer[Ramp]}'
    assert session.evaluate(f'Information[{nets}, "ArraysCount"] === {{2, 0}}') is True


def test_a_property_that_is_not_there_is_named_with_those_that_are(session: Session) -> None:
    assert session.evaluate('Information[LinearLayer[2], "ArrayCount"] === $Failed') is True
    assert session.messages[0].startswith("Information::prop: ArrayCount")
    assert '"ArraysCount"' in session.messages[0]


def test_the_report_tells_what_is_shared_with_what(session: Session) -> None:
    session.evaluate(NET + "Information[net]")
    text = "\n".join(session.printed)
    for part in ("NetChain", "3 layers", "15 numbers in 3 arrays", "LinearLayer[3]", 'shared by a, c: NetArray["W"]'):
        assert part in text


LSTM = 'NetChain[<|"a" -> LongShortTermMemoryLayer[2], "b" -> {GatedRecurrentLayer[2]}|>]'


def test_recurrent_states_are_found_where_ports_find_them(session: Session) -> None:
    session.evaluate(f"net = {LSTM}")
    assert session.evaluate('Information[net, "RecurrentStatesCount"]') == 3
    expected = '{{"a", "State"}, {"a", "CellState"}, {"b", 1, "State"}}'
    assert session.evaluate(f'Information[net, "RecurrentStatesPositionList"] === {expected}') is True
    assert session.evaluate('Information[net, "RecurrentStatesList"] === (NetPort /@ ' + expected + ")") is True
    assert session.evaluate('Information[LongShortTermMemoryLayer[2], "RecurrentStatesList"][[1]] === NetPort["State"]')


def test_a_shared_array_counts_once(session: Session) -> None:
    session.evaluate(
        'layer = NetInsertSharedArrays[LinearLayer[2, "Input" -> 2]]; both = {NetChain[{layer, layer}], layer};'
    )
    for name in ("ArraysTotalSize", "ArraysTotalByteCount", "ArraysTotalElementCount", "ArraysCount", "Arrays"):
        assert session.evaluate(f'SameQ @@ Information[both, "{name}"]') is True
    assert session.evaluate('Information[both, "SharedArraysCount"] === {2, 2}') is True
    saved = session.evaluate('#["BytesSaved"] & /@ Values[Information[both[[1]], "SharedArrays"]] === {16, 8}')
    assert saved is True


PICTURES = ("SummaryGraphic", "FullSummaryGraphic", "LayersGraph", "SharedArraysGraph", "MXNetNodeGraphPlot")


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_show_the_layers(session: Session, name: str) -> None:
    session.evaluate(NET)
    shown = session.display(session.evaluate_term(f'Information[net, "{name}"]'))
    exported = session.evaluate(f'ExportString[Information[net, "{name}"], "SVG"]')
    for part in ("linear", "tanh") if "Node" in name else ("LinearLayer[3]",):
        assert part in shown
        assert part in exported
    assert ("W" in shown) == (name != "LayersGraph")


def test_pictures_are_written_to_files(session: Session, tmp_path: Path) -> None:
    session.evaluate(NET)
    for kind, begins in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        if kind != "svg":
            pytest.importorskip("matplotlib")
        file = tmp_path / f"net.{kind}"
        assert session.evaluate(f'Export["{file}", Information[net, "SummaryGraphic"]] === "{file}"') is True
        assert file.read_bytes().startswith(begins)


def test_a_missing_package_is_named(session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    session.evaluate(NET)
    assert session.evaluate(f'Export["{tmp_path}/net.png", Information[net, "SummaryGraphic"]] === $Failed') is True
    assert "pip install matplotlib" in session.messages[0]


def test_only_pictures_are_written_as_pictures(session: Session) -> None:
    assert session.evaluate('ExportString[NetChain[{Ramp}], "SVG"] === $Failed') is True
    assert "Information[net" in session.messages[0]
