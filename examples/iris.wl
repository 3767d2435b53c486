(* Three species of iris, told apart by four lengths (in cm): a chain of layers, one of which is used twice. *)

{training, test} = ExampleData[{"MachineLearning", "FisherIris"}, #] & /@ {"TrainingData", "TestData"};
species = Union[Values[training]];
Print[Length[training], " flowers to learn from, ", Length[test], " kept back for the test; one of them:"];
Print["  ", First[test], "\n"];

(* The arrays of `hidden` have names, so both of its places in the chain share them and train them together. *)
hidden = NetInsertSharedArrays[LinearLayer[8], "hidden/"];
net = NetChain[
  {LinearLayer[8], Tanh, hidden, Tanh, hidden, Tanh, LinearLayer[Length[species]], SoftmaxLayer[]},
  "Input" -> 4, "Output" -> NetDecoder[{"Class", species}]];
Print[net, "\n"];

results = NetTrain[net, training, All, MaxTrainingRounds -> 500, LearningRate -> 0.005];
trained = results["TrainedNet"];
losses = results["RoundLossList"];
Print[StringForm["Trained for `` rounds: the loss went from `` to ``.\n",
  Length[losses], NumberForm[First[losses], {4, 3}], NumberForm[Last[losses], {4, 3}]]];

predicted = trained[Keys[test]];
right = MapThread[SameQ, {predicted, Values[test]}];
Print[StringForm["`` of `` test flowers are named right: accuracy ``%.",
  Count[right, True], Length[test], NumberForm[100. Mean[Boole[right]], {4, 1}]]];
Scan[
  Print[StringForm["  `` is ``, but was taken for ``.", #[[1, 1]], #[[1, 2]], #[[2]]]] &,
  Pick[Transpose[{test, predicted}], right, False]];

Print["\nHow sure the net is of some of them (rows: what they are):"];
some = test[[{1, 12, 15, 22, 29}]];
Print[TableForm[
  Map[DecimalForm[#, {4, 3}] &, Values[trained[Keys[some], "Probabilities"]], {2}],
  TableHeadings -> {Values[some], species}], "\n"];

Print["Arrays that are shared, and what that saves:"];
Print[TableForm[
  KeyValueMap[
    {First[#1], Row[#2["Positions"], " = "], #2["Dimensions"], Row[{#2["BytesSaved"], " bytes"}]} &,
    Information[trained, "SharedArrays"]],
  TableHeadings -> {None, {"name", "used at", "dimensions", "saved"}}]];
Print["They are still one after the training: ",
  NetExtract[trained, {3, "Weights"}] === NetExtract[trained, {5, "Weights"}]];
