"""NetUnfold: the net of a single step."""

from __future__ import annotations

from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.surgery.speaking import surgery
from wlnet.kernel import Kernel, builtin
from wlnet.layers.unfolding import unfold
from wlnet.terms import Term


@builtin("NetUnfold", category="Surgery")
def net_unfold(kernel: Kernel, net: Term) -> Term | None:
    """NetUnfold[net] gives the net of one step of a net that goes along a sequence, with its states as ports.

    Details: Each state is an input and an output of the same name, called as by its layer: "State", "CellState"; of
    AttentionLayer with a causal mask "KeyState" and "ValueState", which begin as {}. Several of one name are numbered:
    "State1", "State2". NetMapOperator becomes the net inside, SequenceLastLayer is left out; of
    NetNestOperator each application has a state of its own, and all share the arrays. An encoder or decoder of the
    sequence is taken off. Apply the result again and again to the elements, with the states that it gave; other states
    begin as zeros.

    Examples:
        >> rnn = BasicRecurrentLayer[1, "InputWeights" -> {{1}}, "StateWeights" -> {{1}}, "Biases" -> {0}];
        >> step = NetUnfold[rnn];
        >> {Information[step, "InputPortNames"], Information[step, "OutputPortNames"]}
        = {{"Input", "State"}, {"Output", "State"}}
        >> step[<|"Input" -> {1.}, "State" -> {0.}|>]
        = <|"Output" -> {0.7615942}, "State" -> {0.7615942}|>
        >> step[<|"Input" -> {1.}, "State" -> {0.7615942}|>]["Output"] == Last[rnn[{{1.}, {1.}}]]
        = True
        >> Information[NetUnfold[NetChain[{LongShortTermMemoryLayer[2], GatedRecurrentLayer[3], SequenceLastLayer[], 4}]], "InputPortNames"]
        = {"Input", "State1", "CellState", "State2"}
        >> sum = NetUnfold[NetFoldOperator[FunctionLayer[#Input + #State &, "Input" -> 1, "State" -> 1]]];
        >> sum[<|"Input" -> {2.}, "State" -> {3.}|>]
        = <|"Output" -> {5.}, "State" -> {5.}|>
        >> NetFoldOperator[sum, {"State" -> "State"}, {}, {"Output"}][{{1.}, {2.}}]
        = {{1.}, {3.}}
        >> look = NetUnfold[AttentionLayer["Dot", "Mask" -> "Causal"]];
        >> look[<|"Key" -> {1.}, "Value" -> {2.}, "Query" -> {1.}, "KeyState" -> {}, "ValueState" -> {}|>]
        = <|"Output" -> {2.}, "KeyState" -> {{1.}}, "ValueState" -> {{2.}}|>
        >> twice = NetInitialize[NetNestOperator[BasicRecurrentLayer[2, "Input" -> {3, 2}], 2]];
        >> {Information[NetUnfold[twice], "InputPortNames"], Information[NetUnfold[twice], "ArraysCount"]}
        = {{"Input", "State1", "State2"}, 3}
        >> first = First[twice[{{1., 2.}, {0., 0.}, {0., 0.}}]];
        >> NetUnfold[twice][<|"Input" -> {1., 2.}, "State1" -> {0., 0.}, "State2" -> {0., 0.}|>]["Output"] == first
        = True
    Possible issues:
        >> NetUnfold[NetChain[{LinearLayer[2], Ramp}]]
        = $Failed
        message: NetUnfold::fold
        >> NetUnfold[NetBidirectionalOperator[LongShortTermMemoryLayer[2]]]
        = $Failed
        message: NetUnfold::fold
        >> NetUnfold[NetMapOperator[Ramp]]
        = $Failed
        message: NetUnfold::fold
    Source: https://reference.wolfram.com/language/ref/NetUnfold.html
    """
    found = net_argument("NetUnfold", net)
    with surgery(kernel, "NetUnfold"):
        return unfold(found)
