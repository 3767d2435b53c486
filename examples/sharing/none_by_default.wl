(* Layers share nothing unless they are told to: every layer has arrays of its own. *)

net = NetInitialize[NetChain[{LinearLayer[20], Ramp, LinearLayer[5]}, "Input" -> 10]];
Print[net];

Print["Dimensions of the arrays: ", Normal[Information[net, "ArraysDimensions"]]];
Print["Number of shared arrays: ", Information[net, "SharedArraysCount"]];
Print["The weights of the two layers are the same array: ",
  NetExtract[net, {1, "Weights"}] === NetExtract[net, {3, "Weights"}], "\n"];

(* Not even one layer that is used twice: a layer is a value, and each use of it is a copy. *)
layer = NetInitialize[LinearLayer[10, "Input" -> 10]];
twice = NetChain[{layer, Ramp, layer}];
Print["The same layer in two places begins with equal weights: ",
  NetExtract[twice, {1, "Weights"}] === NetExtract[twice, {3, "Weights"}]];
trained = NetTrain[twice, {Range[10]/10 -> Range[10, 1, -1]/10}, MaxTrainingRounds -> 3];
Print["They still are equal after three rounds of training: ",
  NetExtract[trained, {1, "Weights"}] === NetExtract[trained, {3, "Weights"}]];
Print["Numbers in the net: ", Information[twice, "ArraysTotalElementCount"], ", twice the ",
  Information[layer, "ArraysTotalElementCount"], " of the layer."];
