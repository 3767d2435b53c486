(* One layer applied twice. NetInsertSharedArrays names all arrays of a layer, so that every use of it is the same
   layer, and not a copy. *)

SeedRandom[1];

Print["1. A layer from 10 to 20 cannot be applied to its own output."];
layer = NetInsertSharedArrays[LinearLayer[20], "layer/"];
Check[
  NetChain[{layer, Ramp, layer, Ramp, LinearLayer[5]}, "Input" -> 10],
  Print["   There is no such net: the message names both uses of the layer's weights, and what each of them needs.\n"]];

Print["2. A layer that keeps the size can: here from 10 to 10."];
layer = NetInsertSharedArrays[LinearLayer[10], "layer/"];
net = NetInitialize[NetChain[{layer, Ramp, layer, Ramp, LinearLayer[5]}, "Input" -> 10]];
Print[net];

Print["Both uses have the same weights: ", NetExtract[net, {1, "Weights"}] === NetExtract[net, {3, "Weights"}]];
Print["and the same biases: ", NetExtract[net, {1, "Biases"}] === NetExtract[net, {3, "Biases"}]];
Print["The last layer has its own: ", NetExtract[net, {5, "Weights"}] =!= NetExtract[net, {1, "Weights"}]];

(* The layer can be taken out, and applied step by step. *)
x = RandomReal[{-1, 1}, 10];
step = NetExtract[net, 1];
last = NetExtract[net, 5];
Print["The net is last[Ramp[step[Ramp[step[x]]]]]: ",
  Max[Abs[net[x] - last[Ramp[step[Ramp[step[x]]]]]]] < 10^-5];

(* A change of the shared array is a change of both uses. *)
changed = NetReplacePart[net, NetArray["layer/Weights"] -> IdentityMatrix[10]];
Print["After one replacement both uses have the new weights: ",
  Normal[NetExtract[changed, {{1, "Weights"}, {3, "Weights"}}]] == {IdentityMatrix[10], IdentityMatrix[10]}];
Print["Numbers in the net: ", Information[net, "ArraysTotalElementCount"],
  " (110 of the layer that is used twice, and 55 of the last one)"];
