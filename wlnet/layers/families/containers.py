"""Nets made of nets."""

from __future__ import annotations

from wlnet.layers.declare import layer


@layer("NetChain", category="Containers", ports="Input: * -> Output: *", container=True)
def net_chain() -> None:
    """NetChain[{layer1, layer2, …}] is the net in which each layer takes what the one before it gives.
    NetChain[<|"name1" -> layer1, …|>] gives the layers names.

    Details: An integer n stands for LinearLayer[n], a function such as Ramp or Tanh for ElementwiseLayer[f], a list for
    a chain inside. The ports of the first and the last layer are the ports of the chain and may be specified:
    "Input" -> shape. A length in it may be "Varying", or have a name, as in {"n", 3}: lengths that one net calls by one
    name vary, but are equal in each example.

    Examples:
        >> NetExtract[NetChain[{2, Ramp, 3}, "Input" -> 4], {1, "Output"}]
        = 2
        >> NetInitialize[NetChain[{LinearLayer[1, "Weights" -> {{2}}, "Biases" -> {1}], Tanh}]][{0.}]
        = {0.7615942}
        >> Keys[Normal[NetChain[<|"a" -> 2, "b" -> Ramp|>]]]
        = {"a", "b"}
        >> w = LinearLayer[2, "Weights" -> NetArray["W"]]; Information[NetChain[{w, Ramp, w}], "SharedArraysCount"]
        = 1
    Options: LearningRateMultipliers:
        >> Information[NetChain[{2, 3}, LearningRateMultipliers -> {1 -> 0}], "ArraysLearningRateMultipliers"][{1, "Weights"}]
        = 0
    Options: "Input":
        >> NetExtract[NetChain[{2, Ramp}, "Input" -> {3, 4}], "Input"]
        = {3, 4}
        >> NetExtract[NetChain[{Ramp, 2}, "Input" -> {3, Restricted["Integer", 5]}], "Input"]
        = {3, Restricted["Integer", 5]}
        >> NetExtract[NetChain[{GatedRecurrentLayer[2], Ramp}, "Input" -> {"n", 4}], {{"Input"}, {"Output"}}]
        = {{"n", 4}, {"Varying", 2}}
    Options: "Output":
        >> NetChain[{SoftmaxLayer[]}, "Output" -> NetDecoder[{"Class", {"a", "b"}}]][{0., 1.}]
        = "b"
    Possible issues:
        >> NetChain[{LinearLayer[2, "Output" -> 2], LinearLayer[3, "Input" -> 5]}]
        = $Failed
        message: NetChain::dims
        >> NetChain[{}]
        = $Failed
        message: NetChain::empty
    Source: https://reference.wolfram.com/language/ref/NetChain.html
    """


@layer("NetGraph", category="Containers", ports="Input: * -> Output: *", container=True)
def net_graph() -> None:
    """NetGraph[{layer1, …}, {m -> n, …}] is the net in which the output of layer m goes to layer n.
    NetGraph[<|"name" -> layer, …|>, {"a" -> "b", …}] gives the layers names.
    NetGraph[net] gives a graph that computes the same as a layer or chain.

    Details: a -> b -> c is a chain of connections, {a, b} -> c connects several outputs to the inputs of one layer, in
    this order. NetPort["x"] is a port of the graph, NetPort[{layer, "port"}] one of a layer, NetPort[{layer1, layer2, …,
    "port"}] one deep inside. Ports that stay unconnected become ports of the graph: inputs of one name are one port, outputs
    of one name are numbered. NetPort[{layer, "port"}] -> None mutes an output. The states of recurrent layers are ports where they are connected.

    Examples:
        >> NetGraph[{Ramp, Tanh, Plus}, {NetPort["Input"] -> {1, 2} -> 3}, "Input" -> 1][{0.}]
        = {0.}
        >> NetGraph[<|"a" -> Ramp, "b" -> Tanh|>, {NetPort["x"] -> "a" -> "b" -> NetPort["y"]}][<|"x" -> {0.}|>]
        = {0.}
        >> NetGraph[{ElementwiseLayer[2 # &], ElementwiseLayer[3 # &]}, {}][{1.}]
        = <|"Output1" -> {2.}, "Output2" -> {3.}|>
        >> Head[NetGraph[NetChain[{2, Ramp}]]]
        = NetGraph
        >> graph = NetGraph[{Ramp, Tanh}, {NetPort["Input"] -> {1, 2}, NetPort[{2, "Output"}] -> None}, "Input" -> 2];
        >> {Information[graph, "OutputPortNames"], ToExpression[ToString[InputForm[graph]]] === graph}
        = {{"Output"}, True}
        >> pair = NetGraph[{Ramp, Tanh}, {NetPort["a"] -> 1, NetPort["b"] -> 2}, "a" -> {"n", 1}, "b" -> {"n", 2}];
        >> pair[<|"a" -> {{-1.}, {1.}}, "b" -> {{0., 0.}, {0., 0.}}|>, "Output1"]
        = {{0.}, {1.}}
        >> NetExtract[NetReplacePart[pair, "Output2" -> {3, 2}], "Output1"]
        = {3, 1}
    Options: LearningRateMultipliers:
        >> Information[NetGraph[{2}, {}, LearningRateMultipliers -> 3], "ArraysLearningRateMultipliers"][{1, "Weights"}]
        = 3
    Possible issues:
        >> NetGraph[{Ramp, Tanh}, {1 -> 2, 2 -> 1}]
        = $Failed
        message: NetGraph::cycle
        >> NetGraph[{Ramp}, {1 -> 7}]
        = $Failed
        message: NetGraph::nolayer
        >> NetGraph[{Ramp, Tanh}, {NetPort["a"] -> 1, NetPort["b"] -> 2}, "a" -> {"n", 1}, "b" -> {"n", 2}][
        <|"a" -> {{-1.}, {1.}}, "b" -> {{0., 0.}}|>]
        = $Failed
        message: NetGraph::data
    Source: https://reference.wolfram.com/language/ref/NetGraph.html
    """


@layer("FunctionLayer", category="Custom layers", ports="Input: * -> Output: *", container=True)
def function_layer() -> None:
    """FunctionLayer[f] is the net that computes the function f of its input.
    FunctionLayer[f, "port" -> shape, …] specifies its ports.

    FunctionLayer[Apply[f]] takes the arguments of f at the ports "1", "2", …, or as a list.

    Details: f may use arithmetic, elementary functions, conditions (for each element, where they depend on arrays), local
    variables and statements, functions with definitions of the user's, lists of arrays, Table, Sum, Product, Do, Map,
    MapThread, MapIndexed, Apply, Fold, FoldList, Nest, NestList, Outer, Inner, Dot, parts, Join, Flatten, Transpose and
    other functions that rearrange arrays, Total, Mean and other statistics, norms and distances, Tr, Det and Inverse of
    small matrices, RandomReal and RandomVariate, layers and nets applied to arrays, and NetArray for trainable arrays. The
    result is what the language gives for f of a list, but that Max[a, b] and Min[a, b] take the larger or smaller number
    element by element, as comparisons do, which give 1 and 0. Where f asks for dimensions, as RotateLeft does, specify
    those of the input. Named slots are input ports of these names; an association as the result gives several outputs. An
    array without an initial value begins as zeros. NetExtract[layer, "Net"] and NetGraph[layer] give the net.

    Examples:
        >> FunctionLayer[2 # + 1 &][{1., 2.}]
        = {3., 5.}
        >> FunctionLayer[# + NetArray[{1, 2}] &][{3, 4}]
        = {4., 6.}
        >> FunctionLayer[#a - #b &][<|"a" -> {1.}, "b" -> {3.}|>]
        = {-2.}
        >> FunctionLayer[Map[Function[row, row . #w], #x] &][<|"x" -> {{1, 2}, {3, 4}}, "w" -> {1, 10}|>]
        = {21., 43.}
        >> FunctionLayer[<|"x" -> 2 #, "y" -> # . # |> &, "Input" -> 2][{1., 2.}]
        = <|"x" -> {2., 4.}, "y" -> 5.|>
        >> FunctionLayer[# / Total[#] &][{1., 3.}]
        = {0.25, 0.75}
        >> FunctionLayer[(# - Mean[#]) / StandardDeviation[#] &][{1., 2., 3.}]
        = {-1., 0., 1.}
        >> FunctionLayer[Max[#] - Min[#] &][{1., 5., 3.}]
        = 4.
        >> FunctionLayer[Transpose[#] . # &][{{1., 2.}, {3., 4.}}]
        = {{10., 14.}, {14., 20.}}
        >> FunctionLayer[Join[Take[#, 2], Reverse[Rest[#]], Most[Drop[#, 1]]] &][{1., 2., 3.}]
        = {1., 2., 3., 2., 2.}
        >> FunctionLayer[First[#] #[[2, 1]] + Last[#] + #[[All, 2]] &][{{1., 2.}, {3., 4.}}]
        = {8., 14.}
        >> FunctionLayer[Append[Prepend[#, 0], #[[1 ;; -1 ;; 2]] . {1, 1}] &][{1., 2., 3.}]
        = {0., 1., 2., 3., 4.}
        >> FunctionLayer[ArrayPad[#, {{1, 2}}, "Fixed"] &][{1., 2.}]
        = {1., 1., 2., 2., 2.}
        >> FunctionLayer[Total[#, {2}] + Median[#] + Variance[#] &][{{1., 2.}, {3., 4.}}]
        = {7., 12.}
        >> FunctionLayer[Total[Flatten[ArrayReshape[#, {2, 2}]], Infinity] &][{1., 2., 3., 4.}]
        = 10.
        >> FunctionLayer[Map[#^2 + 1 &, #] &][{1., 2.}]
        = {2., 5.}
        >> FunctionLayer[Fold[2 #1 + #2 &, #] &][{1., 0., 1.}]
        = 5.
        >> FunctionLayer[Table[#^i, {i, 3}] &][2.]
        = {2., 4., 8.}
        >> FunctionLayer[{Total[#], Max[#], 3} &][{1., 2.}]
        = {3., 2., 3.}
        >> FunctionLayer[Module[{s = 0}, Do[s += i #, {i, 3}]; s] &][{1., 2.}]
        = {6., 12.}
        >> FunctionLayer[If[# > 0, #, 0.1 #] &][{1., -2.}]
        = {1., -0.2}
        >> FunctionLayer[EuclideanDistance[#a, #b] &][<|"a" -> {1., 2.}, "b" -> {4., 6.}|>]
        = 5.
        >> FunctionLayer[Apply[#1 - #2 &]][<|"1" -> {3.}, "2" -> {1.}|>]
        = {2.}
        >> FunctionLayer[RotateLeft, "Input" -> 3][{1., 2., 3.}]
        = {2., 3., 1.}
        >> {FunctionLayer[Apply[#1 - #2 &]][{{3.}, {1.}}], FunctionLayer[Apply[Plus], "Input" -> {2, 1}][{{3.}, {1.}}]}
        = {{2.}, {4.}}
        >> Information[FunctionLayer[Fold[Plus, 0, {Tanh[#], 1 #}] &], "LayersCount"]
        = 2
        >> g[x_, 0] := x; g[x_, n_] := g[x^2, n - 1]; FunctionLayer[g[#, 3] &][2.]
        = 256.
        >> Information[FunctionLayer[# NetArray["w"] + NetArray["w"] &, "Input" -> 3], "ArraysDimensions"]
        = <|NetArray["w"] -> {3}|>
        >> FunctionLayer[LinearLayer[1, "Weights" -> {{1, 1}}, "Biases" -> {0}][Tanh[#]] &][{0., 0.}]
        = {0.}
    Options: LearningRateMultipliers:
        >> Information[FunctionLayer[# + NetArray[{1}] &, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"] // Values
        = {0}
    Options: "Input":
        >> FunctionLayer[Tanh[#] &, "Input" -> 3] // NetExtract[#, "Output"] &
        = 3
    Options: "Output":
        >> FunctionLayer[Tanh[#] &, "Output" -> NetDecoder["Boolean"], "Input" -> "Real"][2.]
        = True
    Possible issues:
        >> FunctionLayer[StringLength[#] &]
        = $Failed
        message: FunctionLayer::trace
        >> FunctionLayer[RotateLeft]
        = $Failed
        message: FunctionLayer::dims
        >> FunctionLayer[Table[#a[[i]], {i, Length[#b]}] &, "a" -> 3]
        = $Failed
        message: FunctionLayer::dims
        >> FunctionLayer[Apply[Plus]]
        = $Failed
        message: FunctionLayer::args
        >> FunctionLayer[#1 + #2 &]
        = $Failed
        message: FunctionLayer::args
    Source: https://reference.wolfram.com/language/ref/FunctionLayer.html
    """
