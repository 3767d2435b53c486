(* Layers that refer to one array by its name. Only what is named is shared: their biases stay independent. *)

SeedRandom[1];
shared = NetArray[<|"Name" -> "W", "Array" -> RandomVariate[NormalDistribution[], {20, 10}]|>];

Print["1. The first layer has no weights of its own: it uses the array that was made before it."];
net = NetInitialize[NetChain[{LinearLayer[20, "Weights" -> shared, "Biases" -> None], Ramp, LinearLayer[5]}]];
Print[net];
Print["The weights of layer 1 are the shared array: ",
  NetExtract[net, {1, "Weights"}] === NetExtract[net, NetArray["W"]]];
Print["The weights of layer 3 are the shared array: ",
  NetExtract[net, {3, "Weights"}] === NetExtract[net, NetArray["W"]], "\n"];

Print["2. Two layers with one matrix, and biases of their own."];
pair = NetInitialize[NetGraph[
  <|"one" -> LinearLayer[20, "Weights" -> shared], "two" -> LinearLayer[20, "Weights" -> shared]|>,
  {NetPort["x"] -> "one" -> NetPort["u"], NetPort["y"] -> "two" -> NetPort["v"]}]];
Print[pair];

(* Training finds one matrix and two vectors of biases. *)
x = RandomReal[{-1, 1}, {50, 10}];
m = RandomReal[{-1, 1}, {20, 10}];
data = <|"x" -> x, "y" -> x, "u" -> x . Transpose[m] + 1, "v" -> x . Transpose[m] - 1|>;
trained = NetTrain[pair, data, MaxTrainingRounds -> 1500, LearningRate -> 0.02];
array[layer_, name_] := Normal[NetExtract[trained, {layer, name}]];
Print["Trained to give m.x + 1 and m.x - 1:"];
Print["  the weights are still one array: ", array["one", "Weights"] === array["two", "Weights"]];
Print["  they have become m: ", Max[Abs[array["one", "Weights"] - m]] < 0.01];
Print["  the biases differ: ", Round[Mean[array["one", "Biases"]], 0.01], " and ",
  Round[Mean[array["two", "Biases"]], 0.01]];
