"""NetTake, NetDrop, NetJoin, NetAppend, NetPrepend, NetInsert, NetDelete, NetFlatten, NetRename, NetReplace by example."""

from __future__ import annotations

import pytest

from wlnet.session import Session

NETS = """
coded = NetChain[{ElementwiseLayer[# + 1 &], ElementwiseLayer[2 # &], SoftmaxLayer[]},
    "Input" -> NetEncoder[{"Class", {"a", "b"}, "UnitVector"}], "Output" -> NetDecoder[{"Class", {"x", "y"}}]];
tied = NetInitialize[NetChain[<|"a" -> LinearLayer[2, "Weights" -> NetArray["W"]], "f" -> Tanh,
    "b" -> LinearLayer[2, "Weights" -> NetArray["W"]]|>, "Input" -> 2]];
residual = NetGraph[<|"p" -> ElementwiseLayer[# + 1 &], "f" -> ElementwiseLayer[2 # &], "sum" -> Plus,
    "q" -> ElementwiseLayer[-# &]|>, {"p" -> "f", {"p", "f"} -> "sum" -> "q"}, "Input" -> 1];
frozen = NetChain[{2, Ramp, 3}, "Input" -> 2, LearningRateMultipliers -> {1 -> 0, 3 -> 2}];
multipliers[net_] := Information[net, "ArraysLearningRateMultipliers"];
keys[net_] := Keys[Normal[net]];
heads[net_] := Head /@ Normal[net];
"""

CASES = {
    # NetTake
    "a part keeps the encoder of its beginning": ('NetTake[coded, 2]["b"]', "{2., 4.}"),
    "a part keeps the decoder of its end": ("NetTake[coded, {2, 3}][{0., 1.}]", '"y"'),
    "a part in the middle keeps neither": ("NetTake[coded, {2, 2}][{0., 1.}]", "{0., 2.}"),
    "a part may get a coder": (
        'NetTake[coded, {3, 3}, "Input" -> NetEncoder[{"Class", {"u", "v"}, "UnitVector"}]]["v"]',
        '"y"',
    ),
    "a part may lose a coder": ('Head[NetTake[coded, All, "Output" -> None]["a"]]', "List"),
    "a part of a chain is a chain": ("Head[NetTake[coded, {1, 2}]]", "NetChain"),
    "a part by numbers from the end": ("NetTake[coded, {-2, -1}] === NetTake[coded, {2, 3}]", "True"),
    "a part by names": ('keys[NetTake[tied, {"f", "b"}]]', '{"f", "b"}'),
    "a part of a shared net stays shared": (
        'Information[NetTake[tied, {"f", "b"}], "ArraysPositionList"]',
        '{NetArray["W"], {"b", "Biases"}}',
    ),
    "an output that two layers take becomes one input": ('NetTake[residual, {"f", "sum"}][{1.}]', "{3.}"),
    "the beginning may be an output": ('keys[NetTake[residual, {NetPort[{"f", "Output"}], "q"}]]', '{"sum", "q"}'),
    "the beginning may be an input": ('NetTake[residual, {NetPort["Input"], "sum"}] === NetTake[residual, "sum"]', "True"),
    "the end may be an output": ('NetTake[residual, NetPort[{"f", "Output"}]][{1.}]', "{4.}"),
    "the end may be several layers": (
        'NetTake[residual, {All, {"f", "sum"}}][{1.}]',
        '<|"Output1" -> {4.}, "Output2" -> {6.}|>',
    ),
    "the beginning may be several layers": ('keys[NetTake[residual, {{"p", "f"}, "sum"}]]', '{"p", "f", "sum"}'),
    "arrays of a net come along": (
        'NetTake[NetGraph[<|"f" -> Ramp, "w" -> NetArrayLayer["Array" -> {3}], "sum" -> Plus|>, '
        '{"f" -> "sum", "w" -> "sum"}], {"sum", "sum"}][{1.}]',
        "{4.}",
    ),
    "multipliers go with their layers": (
        "{multipliers[NetTake[frozen, {2, 3}]], multipliers[NetDrop[frozen, -1]], multipliers[NetAppend[frozen, 4]]}",
        '{<|{2, "Weights"} -> 2, {2, "Biases"} -> 2|>, <|{1, "Weights"} -> 0, {1, "Biases"} -> 0|>, '
        '<|{1, "Weights"} -> 0, {1, "Biases"} -> 0, {3, "Weights"} -> 2, {3, "Biases"} -> 2, '
        '{4, "Weights"} -> 1, {4, "Biases"} -> 1|>}',
    ),
    # NetDrop, NetDelete
    "nothing dropped": ("NetDrop[coded, 0] === coded", "True"),
    "coders stay where something is dropped inside": ('NetDrop[coded, {2, 2}]["b"]', '"y"'),
    "a decoder goes with its layer": ('NetDrop[coded, -1]["a"]', "{4., 2.}"),
    "an encoder goes with its layer": ("NetDrop[coded, 1][{0., 1.}]", '"y"'),
    "dropped by names": ('keys[NetDrop[tied, {"f", "f"}]]', '{"a", "b"}'),
    "several layers that follow one another are left out as one": (
        'heads[NetDelete[NetChain[{2, 5, 2, Ramp}, "Input" -> 3], {2, 3}]]',
        "{LinearLayer, ElementwiseLayer}",
    ),
    "the last layer of a graph": ('NetDelete[residual, "q"][{1.}]', "{6.}"),
    "the first layer of a graph": ('NetDelete[residual, "p"][{1.}]', "{-3.}"),
    "a layer of a graph by number": ('NetDelete[residual, 2] === NetDelete[residual, "f"]', "True"),
    "an output and a layer": (
        'keys[NetDelete[NetGraph[<|"a" -> Ramp, "b" -> Tanh|>, {"a" -> NetPort["x"], "b" -> NetPort["y"]}], '
        '{NetPort["y"], "b"}]]',
        '{"a"}',
    ),
    # NetJoin, NetAppend, NetPrepend, NetInsert
    "coders between nets are taken off": ('NetJoin[coded, coded]["b"]', '"y"'),
    "coders of layers between nets are taken off": (
        'NetExtract[NetAppend[NetChain[{SoftmaxLayer["Output" -> NetDecoder[{"Class", {"x", "y"}}]]}], Ramp], {1, "Output"}]',
        "2",
    ),
    "names that are there get a number": ("keys[NetJoin[tied, tied, tied]]", '{"a", "f", "b", "a2", "f2", "b2", "a3", "f3", "b3"}'),
    "arrays of one name become one": (
        'Information[NetJoin[tied, tied], "ArraysPositionList"]',
        '{NetArray["W"], {"a", "Biases"}, {"b", "Biases"}, {"a2", "Biases"}, {"b2", "Biases"}}',
    ),
    "layers without names beside named ones are numbered": ("keys[NetJoin[tied, NetChain[{Ramp, Tanh}]]]", '{"a", "f", "b", "4", "5"}'),
    "a layer counts as a chain": ("heads[NetJoin[Ramp // ElementwiseLayer, SoftmaxLayer[]]]", "{ElementwiseLayer, SoftmaxLayer}"),
    "a graph and a chain give a graph": ("NetJoin[residual, NetChain[{ElementwiseLayer[10 # &]}]][{1.}]", "{-60.}"),
    "an appended chain stays a chain of its own": ("heads[NetAppend[NetChain[{2}], NetChain[{Ramp}]]]", "{LinearLayer, NetChain}"),
    "layers appended by an association": ('keys[NetAppend[tied, <|"c" -> Ramp, "d" -> 3|>]]', '{"a", "f", "b", "c", "d"}'),
    "a graph appended to": ('Information[NetAppend[residual, 3], "OutputPorts"]', '<|"Output" -> 3|>'),
    "an encoder is taken off in front": ("NetPrepend[coded, Ramp][{0., 1.}]", '"y"'),
    "dimensions that were only inferred are inferred anew": (
        'NetExtract[NetInsert[NetChain[{3, 4}, "Input" -> 2], 7, 2], {{2, "Output"}, {3, "Input"}}]',
        "{7, 7}",
    ),
    "a layer put in before a number in a net with names": ('keys[NetInsert[tied, "c" -> Ramp, 2]]', '{"a", "c", "f", "b"}'),
    # NetFlatten
    "a flat net keeps its coders": ('NetFlatten[NetChain[{coded}]]["b"]', '"y"'),
    "a flat net keeps its sharing": (
        'Information[NetFlatten[NetChain[{tied, tied}]], "ArraysPositionList"][[1]]',
        'NetArray["W"]',
    ),
    "a flat net keeps its multipliers": (
        'multipliers[NetFlatten[NetChain[{frozen, 2}, LearningRateMultipliers -> {1 -> 3}]]][{3, "Weights"}]',
        "6",
    ),
    "a net inside an operator is flat": ('heads[NetFlatten[NetMapOperator[{2, {Ramp}}]][["Net"]]]', "{LinearLayer, ElementwiseLayer}"),
    "a port with a name of its own needs a graph": (
        'Head[NetFlatten[NetGraph[{Ramp}, {NetPort["x"] -> 1}]]]',
        "NetGraph",
    ),
    "only chains are made flat": (
        "heads[NetFlatten[NetChain[{{2}, NetGraph[{Ramp}, {}]}, \"Input\" -> 2], AllowedHeads -> {NetChain}]]",
        "{LinearLayer, NetGraph}",
    ),
    # NetRename
    "rules with patterns": ('keys[NetRename[tied, x_ /; x =!= "f" :> "layer-" <> x]]', '{"layer-a", "f", "layer-b"}'),
    "a function of numbers": ('keys[NetRename[NetChain[{2, Ramp}], "layer" <> ToString[#] &]]', '{"layer1", "layer2"}'),
    "a renamed net computes the same": ('NetRename[residual, "f" -> "g"][{1.}]', "{-6.}"),
    "layers and ports at once": (
        'NetRename[residual, {"f" -> "g", NetPort["Output"] -> NetPort["y"]}] // {keys[#], Information[#, "OutputPortNames"]} &',
        '{{"p", "g", "sum", "q"}, {"y"}}',
    ),
    "a coder stays on a renamed port": ('NetRename[coded, NetPort["Input"] -> NetPort["x"]]["b"]', '"y"'),
    # NetReplace
    "a layer as it is written matches whatever its dimensions": (
        "heads[NetReplace[NetChain[{3, 2, Ramp}, \"Input\" -> 5], LinearLayer[3] -> Tanh]]",
        "{ElementwiseLayer, LinearLayer, ElementwiseLayer}",
    ),
    "options that are not given do not match others": (
        'NetExtract[NetReplace[NetChain[{ConvolutionLayer[1, 3], ConvolutionLayer[1, 3, "Stride" -> 2]}], '
        'ConvolutionLayer[1, 3, "Stride" -> 2] -> Ramp], {2, "Function"}]',
        "Ramp",
    ),
    "arrays that are replaced go, others stay": (
        'NetExtract[NetReplace[tied, LinearLayer[2, "Weights" -> NetArray["W"]] -> NetExtract[tied, "a"]], NetArray["W"]] === '
        'NetExtract[tied, NetArray["W"]]',
        "True",
    ),
    "layers inside operators": ('NetReplace[NetMapOperator[{Ramp}], _ElementwiseLayer -> ElementwiseLayer[2 # &]][{{1.}}]', "{{2.}}"),
    "a rule that evaluates": ('NetReplace[residual, e_ElementwiseLayer :> NetChain[{e, e}], FlattenInPlace -> False][{1.}]', "{15.}"),
    "a chain in a graph stays one": ('Head[NetReplace[residual, ElementwiseLayer[2 # &] -> {Ramp, Tanh}][["f"]]]', "NetChain"),
    # All
    "results can be written and read": (
        "(ToExpression[Information[#, \"InputForm\"]] === #) & /@ {NetTake[residual, \"sum\"], NetTake[coded, 2], "
        "NetJoin[tied, tied], NetFlatten[NetChain[{residual, <|\"end\" -> Ramp|> // NetChain}]], NetDelete[residual, \"f\"], "
        "NetRename[coded, NetPort[\"Input\"] -> NetPort[\"x\"]], NetTake[frozen, 2]}",
        "{True, True, True, True, True, True, True}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "value"), CASES.values(), ids=list(CASES))
def test_surgery(session: Session, code: str, value: str) -> None:
    session.evaluate(NETS)
    before = session.evaluate_term("{coded, tied, residual, frozen}")
    texts = session.evaluate('Information[#, "InputForm"] & /@ {coded, tied, residual, frozen}')
    assert session.evaluate(f"({code}) === ({value})") is True, session.display(session.evaluate_term(code))
    assert not session.messages
    assert session.evaluate_term("{coded, tied, residual, frozen}") == before
    assert session.evaluate('Information[#, "InputForm"] & /@ {coded, tied, residual, frozen}') == texts


FAULTS = {
    "NetTake[residual, {\"q\", \"f\"}]": ("NetTake::path", ["f"]),
    "NetTake[residual, \"z\"]": ("NetTake::nolayer", ["z", "p, f, sum, q"]),
    "NetTake[residual, NetPort[{\"f\", \"Result\"}]]": ("NetTake::noport", ["Result", "\"Output\""]),
    "NetTake[residual, NetPort[{\"f\", \"g\", \"Output\"}]]": ("NetTake::noport", ["NetPort"]),
    "NetTake[residual, {NetPort[\"x\"], All}]": ("NetTake::noport", ["\"x\"", "\"Input\""]),
    "NetTake[residual, 1, 2]": ("NetTake::args", ["2"]),
    "NetTake[residual, 1, \"x\" -> 3]": ("NetTake::noport", ["\"x\""]),
    "NetTake[7, 1]": ("NetTake::invnet", ["7"]),
    "NetDrop[residual, 1]": ("NetDrop::chain", ["NetGraph"]),
    "NetDrop[NetChain[{3, 2, 4}, \"Input\" -> 5], {2, 2}]": ("NetDrop::dims", ["{3}", "{2}"]),
    "NetDrop[coded, -7]": ("NetDrop::count", ["7", "3"]),
    "NetDelete[residual, \"sum\"]": ("NetDelete::ports", ["sum"]),
    "NetDelete[residual, NetPort[\"Input\"]]": ("NetDelete::noport", ["Input"]),
    "NetDelete[coded, {1, 2, 3}]": ("NetDelete::empty", ["no layer"]),
    "NetJoin[tied, MeanSquaredLossLayer[]]": ("NetJoin::ports", ["\"Input\", \"Target\""]),
    "NetJoin[tied, 3]": ("NetJoin::invnet", ["3"]),
    "NetAppend[tied, \"a\" -> Ramp]": ("NetAppend::name", ["\"a\""]),
    "NetAppend[tied, \"word\"]": ("NetAppend::layer", ["word"]),
    "NetAppend[tied, LinearLayer[2, \"Input\" -> 5]]": ("NetAppend::dims", ["{2}", "{5}"]),
    "NetPrepend[LinearLayer[1, \"Input\" -> 2], 3]": ("NetPrepend::dims", ["{3}", "{2}"]),
    "NetInsert[tied, Ramp, 0]": ("NetInsert::place", ["0", "3"]),
    "NetInsert[tied, MeanSquaredLossLayer[], 2]": ("NetInsert::ports", ["\"Input\", \"Target\""]),
    "NetInsert[residual, Ramp, 1]": ("NetInsert::chain", ["NetGraph"]),
    "NetRename[tied, {\"a\" -> \"x\", \"b\" -> \"x\"}]": ("NetRename::name", ["\"x\""]),
    "NetRename[residual, NetPort[\"Output\"] -> NetPort[\"Input\"]]": ("NetRename::name", ["\"Input\""]),
    "NetRename[tied, {\"a\" -> 7}]": ("NetRename::newname", ["7"]),
    "NetReplace[tied, 7]": ("NetReplace::args", ["7"]),
    "NetReplace[residual, ThreadingLayer[Plus] -> Ramp]": ("NetReplace::ports", ["sum", "2"]),
    "NetReplace[NetMapOperator[Ramp], _ElementwiseLayer -> Nothing]": ("NetReplace::empty", ["NetMapOperator"]),
    "NetReplace[NetMapOperator[Ramp], _ElementwiseLayer -> NetRename[residual, NetPort[\"Input\"] -> NetPort[\"x\"]]]": (
        "NetReplace::ports", ["Input"],
    ),
    "NetReplace[Ramp // ElementwiseLayer, _ -> Nothing]": ("NetReplace::empty", ["no layer"]),
}  # fmt: skip


@pytest.mark.parametrize(("code", "fault"), FAULTS.items(), ids=list(FAULTS))
def test_faults_are_named(session: Session, code: str, fault: tuple[str, list[str]]) -> None:
    session.evaluate(NETS)
    assert session.evaluate(f"({code}) === $Failed") is True, session.display(session.evaluate_term(code))
    assert len(session.messages) == 1, session.messages
    label, _, text = session.messages[0].partition(": ")
    assert label == fault[0], session.messages
    for part in fault[1]:
        assert part in text, text


def test_what_does_not_match_is_told_and_stays(session: Session) -> None:
    session.evaluate(NETS)
    assert session.evaluate("NetReplace[tied, _SoftmaxLayer -> Ramp] === tied") is True
    assert [message.partition(":")[0] for message in session.messages] == ["NetReplace"]
    assert "::norep" in session.messages[0]


def test_two_values_of_a_shared_array_are_told(session: Session) -> None:
    session.evaluate(NETS)
    session.evaluate('other = NetReplacePart[tied, NetArray["W"] -> {{1, 2}, {3, 4}}];')
    assert (
        session.evaluate('NetExtract[NetJoin[other, tied], NetArray["W"]] === NetExtract[other, NetArray["W"]]') is True
    )
    assert "::shval" in session.messages[0]
