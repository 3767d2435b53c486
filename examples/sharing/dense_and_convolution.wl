(* One matrix in two kinds of layer: a dense layer, and a convolution with a kernel of a single pixel.

   A 1 by 1 convolution does to the channels of every pixel what a dense layer does to a vector, so both can use the
   same {5, 10} matrix. The convolution has to see it with the dimensions of a kernel, {5, 10, 1, 1}. *)

SeedRandom[1];
dense = LinearLayer[5, "Weights" -> NetArray["W"], "Biases" -> None, "Input" -> 10];
graph[convolution_] := NetGraph[
  <|"dense" -> dense, "convolution" -> convolution|>,
  {NetPort["vector"] -> "dense" -> NetPort["u"], NetPort["pixel"] -> "convolution" -> NetPort["v"]}];

Print["1. The matrix as it is does not fit a convolution."];
Check[
  graph[ConvolutionLayer[5, {1, 1}, "Weights" -> NetArray["W"], "Biases" -> None, "Input" -> {10, 1, 1}]],
  Print["   There is no such net: the message names both uses of W, and the dimensions that each of them needs.\n"]];

Print["2. A view says how a layer sees the shared array. There is still one array."];
kernel = NetArray[<|"Name" -> "W", "View" -> {5, 10, 1, 1}|>];
net = NetInitialize[
  graph[ConvolutionLayer[5, {1, 1}, "Weights" -> kernel, "Biases" -> None, "Input" -> {10, 1, 1}]]];
Print[net];

x = RandomReal[{-1, 1}, 10];
data = <|"vector" -> x, "pixel" -> ArrayReshape[x, {10, 1, 1}]|>;
{u, v} = Values[net[data]];
Print["The matrix times the vector:       ", u];
Print["The convolution of the same pixel: ", Flatten[v]];
Print["They agree: ", Max[Abs[u - Flatten[v]]] < 10^-5];

(* Both layers add to the gradient of W, which has the dimensions of W, whoever looks at it. *)
gradient = Normal[net[data, NetPortGradient[NetArray["W"]]]];
Print["Dimensions of the gradient of W: ", Dimensions[gradient]];
Print["It is the sum over both uses: ", Max[Abs[gradient - Table[2 x, 5]]] < 10^-5];
