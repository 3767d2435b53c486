(* Two convolutions that share one kernel.

   ConvolutionLayer takes its channels first: a 28 by 28 image in 3 colors has the dimensions {3, 28, 28}. The kernel of
   64 filters of size 3 by 3 over 3 channels has {64, 3, 3, 3}. PaddingSize -> "Same" keeps the image at 28 by 28. *)

SeedRandom[1];
convolution = ConvolutionLayer[64, 3, "Weights" -> NetArray["Kernel"], "Biases" -> None, PaddingSize -> "Same"];

Print["1. One after the other cannot work: a kernel over 3 channels cannot read the 64 channels that it gives."];
Check[
  NetChain[{convolution, convolution}, "Input" -> {3, 28, 28}],
  Print["   There is no such net: the message names both uses of the kernel, and what each of them needs.\n"]];

Print["2. Side by side: two images go through the same filters."];
net = NetInitialize[NetGraph[
  <|"left" -> convolution, "right" -> convolution|>,
  {NetPort["x"] -> "left" -> NetPort["u"], NetPort["y"] -> "right" -> NetPort["v"]},
  "x" -> {3, 28, 28}, "y" -> {3, 28, 28}]];
Print[net];

{x, y} = RandomReal[{-1, 1}, {2, 3, 28, 28}];
both = <|"x" -> x, "y" -> y|>;
Print["Dimensions of the outputs: ", Dimensions /@ net[both]];
Print["The kernels of both layers are the same array: ",
  NetExtract[net, {"left", "Weights"}] === NetExtract[net, {"right", "Weights"}]];

(* What one image adds to the gradient of the kernel is found by giving the other image the weight 0. *)
zero = ConstantArray[0., {64, 28, 28}];
one = zero + 1;
gradient[left_, right_] := Normal[net[
  Join[both, <|NetPortGradient["u"] -> left, NetPortGradient["v"] -> right|>], NetPortGradient[NetArray["Kernel"]]]];
Print["The gradient of the kernel is the sum over both uses: ",
  Max[Abs[gradient[one, one] - gradient[one, zero] - gradient[zero, one]]] < 0.01, "\n"];

Print["3. One after the other works from 64 channels to 64: a layer of its own comes first, and then two that share."];
wide = ConvolutionLayer[64, 3, "Weights" -> NetArray["Wide"], "Biases" -> None, PaddingSize -> "Same"];
deep = NetInitialize[NetChain[
  {ConvolutionLayer[64, 3, "Biases" -> None, PaddingSize -> "Same"], Ramp, wide, Ramp, wide},
  "Input" -> {3, 28, 28}]];
Print[deep];
Print["Dimensions of the output: ", Dimensions[deep[x]]];
