"""The inputs of documentation pages, word for word, and what the pages say of each.

A page is a file of the language: comments are the page's headings, and blank lines part the inputs.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "pages"
PAGES = ("NetInsertSharedArrays", "NetArray")

Section = tuple[str, str]
"""A page and one of its headings."""


def sections(page: str) -> dict[Section, list[str]]:
    """Gives the inputs under each heading of a page, in order."""
    found: dict[Section, list[str]] = {}
    for block in (FOLDER / f"{page}.wl").read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("(* "):
            inputs = found[page, block.removeprefix("(* ").removesuffix(" *)")] = []
        else:
            inputs.append(block.removesuffix("\n"))
    return found


SECTIONS = {section: inputs for page in PAGES for section, inputs in sections(page).items()}

LAYER_IS_SHARED = 'Information[%, "ArraysPositionList"] === {NetArray["Weights"], NetArray["Biases"]}'
W_IS_SHARED = 'Information[%, "ArraysPositionList"] === {NetArray["W"], {1, "Biases"}, {3, "Biases"}}'
ADDS_AN_ARRAY = 'Normal[Information[%, "LayerTypeCounts"]] === {NetArrayLayer -> 1, ThreadingLayer -> 1}'

#: Section → for each of its inputs what must be True of its value `%`.
CLAIMS: dict[Section, tuple[str, ...]] = {
    ("NetInsertSharedArrays", "Basic Examples"): (
        f"Head[%] === LinearLayer && {LAYER_IS_SHARED}",
        'Information[%, "ArraysPositionList"] === {NetArray["Linear/Weights"], NetArray["Linear/Biases"]}',
        """Information[%, "ArraysPositionList"] ===
            {NetArray["1/Weights"], NetArray["1/Biases"], NetArray["3/Weights"], NetArray["3/Biases"]}""",
        'Information[%, "SharedArraysCount"] === 12 && Information[%, "ArraysCount"] === 12',
        """Information[%, "ArraysCount"] === 12 && Information[%, "OutputPorts"] === <|"Output" -> 10|> &&
            Information[%, "InputPorts"] === <|"A" -> {"Varying", 3}, "B" -> {"Varying", 3}|> &&
            With[{s = {{1, 2, 3}}}, (#[[;; 5]] === #[[6 ;;]] &)[NetInitialize[%][<|"A" -> s, "B" -> s|>]]]""",
    ),
    ("NetInsertSharedArrays", "Properties & Relations"): (
        LAYER_IS_SHARED,
        LAYER_IS_SHARED,
        "Dimensions[%] === {2, 2, 2} && %[[1]] === %[[2]]",
        '% === Normal[NetExtract[net, {1, "Weights"}]] === Normal[NetExtract[net, NetArray["Weights"]]]',
        '% === {Quantity[24, "Bytes"], Quantity[24, "Bytes"]}',
    ),
    ("NetInsertSharedArrays", "Possible Issues"): (
        """Information[%, "ArraysPositionList"] ===
            {NetArray["Scaling"], NetArray["Biases"], {"MovingMean"}, {"MovingVariance"}}""",
        """Ordering[%[{0, 1}], -1] === {1} && Ordering[%[{1, 0}], -1] === {2} &&
            Sort[Keys[Information[%, "SharedArrays"]]] === {NetArray["Biases"], NetArray["Scaling"]}""",
        "Head /@ % === {BatchNormalizationLayer, BatchNormalizationLayer}",
        """Keys[%] === {NetArray["Scaling"], NetArray["Biases"], {"MovingMean"}, {"MovingVariance"}} &&
            %[NetArray["Scaling"]] =!= {1., 1.} && %[{"MovingMean"}] =!= {0., 0.}""",
        """With[{first = Normal /@ Information[batchnorm1, "Arrays"]}, (% === first) === False &&
            Select[Keys[%], %[#] === first[#] &] === {NetArray["Scaling"], NetArray["Biases"]}]""",
    ),
    ("NetArray", "Basic Examples"): (
        W_IS_SHARED,
        '% === NetExtract[net, NetArray["W"]] && Dimensions[%] === {2, 2}',
        '% === NetExtract[net, {1, "Weights"}]',
    ),
    ("NetArray", "Scope"): (
        'Head[%] === FunctionLayer && Information[%, "SharedArraysCount"] === 1',
        'Values[Information[%, "ArraysDimensions"]] === {{2}} && Values[Information[%, "Arrays"]] === {Automatic}',
        "Normal /@ Values[Information[%, \"Arrays\"]] === {{0., 0.}}",
        "% === {3., 4.}",
        f"Head[%] === NetGraph && {ADDS_AN_ARRAY} && %[{{3, 4}}] === inizialized[{{3, 4}}]",
        '% === {0., 0.} === Normal[NetExtract[inizialized, {"Net", "1", "Array"}]]',
        "Normal /@ Values[Information[%, \"Arrays\"]] === {{1., 2.}}",
        "% === {4., 6.}",
        '% === {1., 2.} === Normal[NetExtract[plusArray, {"Net", 1, "Array"}]]',
    ),
    ("NetArray", "Properties & Relations"): (
        W_IS_SHARED,
        'Keys[%] === {NetArray["W"]} && %[NetArray["W"]] === NetExtract[net, {3, "Weights"}]',
        W_IS_SHARED,
        """Keys[%] === {NetArray["W"], {1, "Biases"}, {3, "Biases"}} &&
            Normal[%[{1, "Biases"}]] === Normal[%[{3, "Biases"}]] === {0., 0.}""",
    ),
}  # fmt: skip
