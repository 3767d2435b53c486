(* Two dense layers that share one matrix of weights.

   LinearLayer computes w.x: its matrix has a row for each output and a column for each input, so 10 inputs and
   5 outputs take a matrix of dimensions {5, 10}. NetArray["W"] names the matrix; every layer that uses the name uses
   the very same array. *)

SeedRandom[1];
dense = LinearLayer[5, "Weights" -> NetArray["W"], "Biases" -> None, "Input" -> 10];

Print["1. One after the other cannot work: the second layer gets the 5 outputs of the first, but W takes 10 inputs."];
Check[
  NetChain[{dense, LinearLayer[5, "Weights" -> NetArray["W"], "Biases" -> None]}],
  Print["   There is no such net: the message names both uses of W, and the dimensions that each of them needs.\n"]];

Print["2. Side by side they can share W: each layer has an input of its own."];
net = NetInitialize[NetGraph[
  <|"first" -> dense, "second" -> dense|>,
  {NetPort["x"] -> "first" -> NetPort["u"], NetPort["y"] -> "second" -> NetPort["v"]}]];
Print[net];

{x, y} = RandomReal[{-1, 1}, {2, 10}];
Print["The weights of both layers are the same array: ",
  NetExtract[net, {"first", "Weights"}] === NetExtract[net, {"second", "Weights"}]];
Print["The same input gives the same output: ", SameQ @@ Values[net[<|"x" -> x, "y" -> x|>]]];

(* The gradient of a shared array is the sum over all its uses. The gradient of Total[w.x] has a row x for each output. *)
gradient = Normal[net[<|"x" -> x, "y" -> y|>, NetPortGradient[NetArray["W"]]]];
Print["The gradient of W is the sum over both uses: ", Max[Abs[gradient - Table[x + y, 5]]] < 10^-5, "\n"];

Print["3. One after the other works with W seen transposed: 10 -> 5 -> 10, a tied encoder and decoder."];
tied = NetInitialize[NetChain[{dense,
  LinearLayer[10, "Weights" -> NetArray[<|"Name" -> "W", "View" -> Transpose|>], "Biases" -> None]}]];
Print[tied];
w = Normal[NetExtract[tied, NetArray["W"]]];
Print["The net computes Transpose[w].w.x: ", Max[Abs[tied[x] - Transpose[w] . w . x]] < 10^-5];
