"""Whatever the body of a FunctionLayer: a net, or a message that says what cannot be traced; never an internal error."""

from __future__ import annotations

from random import Random

import pytest

from wlnet.session import Session

ATOMS = ["#", "#", "#", "1", "2.", "-1", "x", '"a"', "{1, 2}", "{{1, 2}, {3, 4}}", "{}", "All", "None", "Infinity", "True", "2 ;; 3", "#a",
         "NetArray[]", 'NetArray["w"]', "NetArray[{1, 2}]", "LinearLayer[2]", "Ramp", "(# + 1 &)", "(#1 #2 &)", "Plus", "<|\"a\" -> #|>"]  # fmt: skip
HEADS = ["Plus", "Times", "Power", "Sin", "Total", "Map", "Fold", "FoldList", "Nest", "NestList", "MapThread", "MapIndexed", "Apply", "Table",
         "Sum", "Do", "If", "Which", "Switch", "Piecewise", "Part", "First", "Rest", "Take", "Drop", "Join", "Append", "Flatten", "Outer", "Inner",
         "Transpose", "Dot", "Det", "Inverse", "Tr", "Partition", "RotateLeft", "PadRight", "ArrayPad", "ArrayReshape", "Max", "Clip", "Norm",
         "EuclideanDistance", "Module", "With", "Block", "Set", "CompoundExpression", "List", "Length", "Dimensions", "ConstantArray", "Sort",
         "Function", "Composition", "Through", "RandomReal", "RandomVariate", "NormalDistribution", "Range", "Mean", "StringLength", "f", "Array",
         "Rule", "Association", "Slot", "Sequence", "Equal", "Less", "Mod", "Round", "Quotient", "AddTo", "Select", "Hold", "NetChain"]  # fmt: skip
PORTS = ["", ', "Input" -> 3', ', "Input" -> {3, 2}']


def body(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.25:
        return random.choice(ATOMS)
    arguments = ", ".join(body(random, depth - 1) for _ in range(random.choice((0, 1, 1, 2, 2, 3, 4))))
    head = random.choice(HEADS) if random.random() < 0.9 else f"({body(random, depth - 1)})"
    return f"{head}[{arguments}]"


@pytest.mark.parametrize("seed", range(40))
def test_no_body_is_an_internal_error(seed: int) -> None:
    random = Random(seed)
    for _ in range(12):
        text = f"FunctionLayer[{body(random, 3)} &{random.choice(PORTS)}]"
        session = Session()
        session.evaluate(f"net = {text}; If[Head[net] === FunctionLayer, NetInitialize[net][RandomReal[1, {{3, 2}}]]]")
        assert not any("internal" in message for message in session.messages), (text, session.messages)
