"""Names of earlier versions, which evaluate to today's nets."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from wlnet.builtins.nets.constructors.containers import ports_from
from wlnet.builtins.nets.constructors.layers import check_options, make_net, split
from wlnet.errors import NetError
from wlnet.kernel import BUILTINS, Builtin, Kernel
from wlnet.layers import construct
from wlnet.nets import KINDS, Kind, Net, graph
from wlnet.nets.structure import End
from wlnet.terms import NONE, Association, S, Symbol, Term, expression, symbol
from wlnet.terms import attributes as flags

Make = Callable[..., Net]
"""make(kernel, *arguments) gives today's net."""


def renamed(name: str) -> Make:
    """Gives what makes the layer that has another name today."""

    def make(kernel: Kernel, *arguments: Term) -> Net:
        return make_net(kernel, KINDS[name], arguments)

    return make


def holding_array(kernel: Kernel, *arguments: Term) -> Net:
    """Gives the NetArrayLayer of the dimensions that came as an argument."""
    positional, _ = split(arguments)
    if len(positional) == 1:
        arguments = (expression("Rule", "Output", positional[0]), *arguments[1:])
    return make_net(kernel, KINDS["NetArrayLayer"], arguments)


def with_array(name: str, array: str, function: Symbol, method: str) -> Make:
    """Gives what makes the graph that joins an input and a trainable array of its dimensions by a function.

    The layer that holds the array is called as the array was; where nothing is said of it, the method initializes it.
    """
    begins = expression("NetArray", Association((("Name", NONE), ("Method", method))))
    # Messages speak of the name that was typed, which is no kind of its own.
    kind = Kind(name, "", graph)

    def make(kernel: Kernel, *arguments: Term) -> Net:
        positional, options = split(arguments)
        if positional:
            raise NetError("no arguments are taken, only options", tag="args", kind=name)
        check_options(kind, options, (array, "Input", "Output", "LearningRateMultipliers"))
        held = construct(KINDS["NetArrayLayer"], (), {"Array": options.pop(array, begins)})
        threading = make_net(kernel, KINDS["ThreadingLayer"], (function, NONE))
        connections = [(End(None, "Input"), End(function.name, "")), (End(array, ""), End(function.name, ""))]
        return graph(
            {array: held, function.name: threading}, connections, ports_from(kind, options), named=True,
            multiplier=options.get("LearningRateMultipliers"),
        )  # fmt: skip

    return make


def attending(kernel: Kernel, *arguments: Term) -> Net:
    """Gives the graph of an AttentionLayer whose keys and values are the same."""
    kind = Kind("SequenceAttentionLayer", "", graph)
    positional, options = split(arguments)
    check_options(kind, options, ("Input", "LearningRateMultipliers", "Output", "Query"))
    name = "Attention"
    inside = [(End(None, "Input"), End(name, port)) for port in ("Key", "Value")]
    around = [(End(None, "Query"), End(name, "Query")), (End(name, "Output"), End(None, "Output"))]
    return graph(
        {name: make_net(kernel, KINDS["AttentionLayer"], positional)}, [*inside, *around], ports_from(kind, options),
        named=True, multiplier=options.get("LearningRateMultipliers"),
    )  # fmt: skip


class Name(NamedTuple):
    """A name of an earlier version: what makes today's net, its options, the help on it."""

    name: str
    make: Make
    options: tuple[str, ...]
    help: str


NAMES = (
    Name(
        "ConstantArrayLayer",
        holding_array,
        ("Array", "LearningRateMultipliers", "Output"),
        """ConstantArrayLayer[…] is the earlier name of NetArrayLayer, and evaluates to it.
        ConstantArrayLayer[dims] gives the dimensions of the array, as "Output" -> dims does.

        Examples:
            >> ConstantArrayLayer["Array" -> {1., 2.}][]
            = {1., 2.}
            >> Head[ConstantArrayLayer["Output" -> 3, LearningRateMultipliers -> 0]]
            = NetArrayLayer
            >> NetExtract[ConstantArrayLayer[{2, 3}], "Output"]
            = {2, 3}
        """,
    ),
    Name(
        "ConstantPlusLayer",
        with_array("ConstantPlusLayer", "Biases", S.Plus, "Zeros"),
        ("Biases", "Input", "LearningRateMultipliers", "Output"),
        """ConstantPlusLayer[] adds a trainable array to its input. It is superseded, and evaluates to a NetGraph of a
        NetArrayLayer and a ThreadingLayer.

        Details: "Biases" is the array, which begins as zeros.

        Examples:
            >> ConstantPlusLayer["Biases" -> {1, 2}][{10., 20.}]
            = {11., 22.}
            >> Head[ConstantPlusLayer["Input" -> 3]]
            = NetGraph
            >> NetInitialize[ConstantPlusLayer["Input" -> {1, 2}]][{{3., 4.}}]
            = {{3., 4.}}
            >> Information[ConstantPlusLayer["Output" -> 2, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]
            = <|{"Biases", "Array"} -> 0|>
        Possible issues:
            >> ConstantPlusLayer[3]
            = $Failed
            message: ConstantPlusLayer::args
            >> ConstantPlusLayer["Scaling" -> {1}]
            = $Failed
            message: ConstantPlusLayer::optx
        """,
    ),
    Name(
        "ConstantTimesLayer",
        with_array("ConstantTimesLayer", "Scaling", S.Times, "Ones"),
        ("Input", "LearningRateMultipliers", "Output", "Scaling"),
        """ConstantTimesLayer[] multiplies its input by a trainable array, element by element. It is superseded, and
        evaluates to a NetGraph of a NetArrayLayer and a ThreadingLayer.

        Details: "Scaling" is the array, which begins as ones.

        Examples:
            >> ConstantTimesLayer["Scaling" -> {1, 2}][{10., 20.}]
            = {10., 40.}
            >> NetInitialize[ConstantTimesLayer["Output" -> 2]][{3., 4.}]
            = {3., 4.}
            >> Information[ConstantTimesLayer["Input" -> 2, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]
            = <|{"Scaling", "Array"} -> 0|>
        """,
    ),
    Name(
        "DotPlusLayer",
        renamed("LinearLayer"),
        ("Biases", "Input", "LearningRateMultipliers", "Output", "Weights"),
        """DotPlusLayer[n] is the earlier name of LinearLayer, and evaluates to it.

        Examples:
            >> DotPlusLayer[1, "Weights" -> {{2, 3}}, "Biases" -> {1}][{1., 1.}]
            = {6.}
            >> Head[DotPlusLayer[3, "Input" -> 2, "Output" -> 3, LearningRateMultipliers -> 2]]
            = LinearLayer
        """,
    ),
    Name(
        "InstanceNormalizationLayer",
        renamed("NormalizationLayer"),
        ("Biases", "Epsilon", "Input", "LearningRateMultipliers", "Output", "Scaling"),
        """InstanceNormalizationLayer[] is superseded, and evaluates to NormalizationLayer[].

        Examples:
            >> InstanceNormalizationLayer["Scaling" -> {1}, "Biases" -> {0}, "Epsilon" -> 0][{{1., 3.}}]
            = {{-1., 1.}}
            >> Head[InstanceNormalizationLayer["Input" -> {3, 4}, "Output" -> {3, 4}, LearningRateMultipliers -> 0]]
            = NormalizationLayer
        """,
    ),
    Name(
        "SequenceAttentionLayer",
        attending,
        ("Input", "LearningRateMultipliers", "Output", "Query"),
        """SequenceAttentionLayer[net] is superseded, and evaluates to a NetGraph of AttentionLayer[net] with the port "Input"
        for both its keys and its values.

        Examples:
            >> SequenceAttentionLayer["Dot"][<|"Input" -> {{100., 0.}, {0., 100.}}, "Query" -> {0., 1.}|>]
            = {0., 100.}
            >> NetExtract[SequenceAttentionLayer["Bilinear", "Input" -> {"Varying", 3}, "Query" -> {5, 2}], "Output"]
            = {5, 3}
            >> NetExtract[SequenceAttentionLayer["Dot", "Input" -> {7, 3}, "Output" -> {5, 3}], "Query"]
            = {5, 3}
            >> Values[Information[SequenceAttentionLayer["Bilinear", LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]]
            = {0}
        Possible issues:
            >> SequenceAttentionLayer["Sum"]
            = $Failed
            message: AttentionLayer::args
        """,
    ),
)


def declare(name: Name) -> None:
    """Makes a built-in of a name."""

    def net(kernel: Kernel, *arguments: Term) -> Net:
        return name.make(kernel, *arguments)

    net.__doc__ = name.help
    BUILTINS[symbol(name.name)] = Builtin(
        name.name,
        "Superseded layers",
        net,
        attributes=flags.PROTECTED,
        options=dict.fromkeys(name.options, S.Automatic),
        splits_options=False,
    )


for _name in NAMES:
    declare(_name)
