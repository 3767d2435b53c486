(* Handwritten digits, read by a convolutional net that looks with one kernel at two scales. *)

{training, test} = ExampleData[{"MachineLearning", "UCIDigits"}, #] & /@ {"TrainingData", "TestData"};
digits = Range[0, 9];

(* Images have the dimensions {1, 8, 8}, from 0 (paper) to 1 (ink). Here they become text, side by side. *)
ink[x_] := {"  ", "..", "::", "++", "##"}[[1 + Round[4 x]]];
lines[image_] := StringJoin /@ Map[ink, First[image], {2}];
show[images_] := StringRiffle[StringRiffle[#, " | "] & /@ Transpose[lines /@ images], "\n"];

Print[Length[training], " digits to learn from, ", Length[test], " kept back for the test; four of them:\n"];
Print[show[Keys[test[[{11, 3, 25, 7}]]]], "\n"];

(* The same convolution sees the image at full size and, after pooling, at half its size. *)
convolution = ConvolutionLayer[16, 3, PaddingSize -> 1, "Weights" -> NetArray["Kernel"]];
net = NetChain[
  {ConvolutionLayer[16, 3, PaddingSize -> 1], Ramp,
   convolution, Ramp, PoolingLayer[2, 2],
   convolution, Ramp, FlattenLayer[], LinearLayer[10], SoftmaxLayer[]},
  "Input" -> {1, 8, 8}, "Output" -> NetDecoder[{"Class", digits}]];
Print[net, "\n"];

results = NetTrain[net, training, All, MaxTrainingRounds -> 12, LearningRate -> 0.005];
trained = results["TrainedNet"];
Print[StringForm["Trained for `` rounds of `` batches in `` seconds; the loss is ``.\n",
  results["TotalRounds"], results["BatchesPerRound"],
  NumberForm[results["TotalTrainingTime"], {3, 1}], NumberForm[results["RoundLoss"], {4, 3}]]];

predicted = trained[Keys[test]];
right = MapThread[SameQ, {predicted, Values[test]}];
Print[StringForm["`` of `` test digits are read right: accuracy ``%.\n",
  Count[right, True], Length[test], NumberForm[100. Mean[Boole[right]], {4, 1}]]];

Print["What was written (rows), and what was read (columns):"];
counts = Counts[Transpose[{Values[test], predicted}]];
Print[TableForm[
  Outer[Lookup[counts, Key[{#1, #2}], "."] &, digits, digits],
  TableHeadings -> {digits, digits}], "\n"];

wrong = Pick[Transpose[{test, predicted}], right, False];
If[wrong =!= {},
  {image, written} = List @@ wrong[[1, 1]];
  Print[StringForm["The first mistake: this `` was taken for ``.\n", written, wrong[[1, 2]]]];
  Print[show[{image}]];
  Print["The net's best guesses: ", NumberForm[trained[image, {"TopProbabilities", 3}], {4, 3}], "\n"]];

Print["Arrays that are shared, and what that saves:"];
Print[TableForm[
  KeyValueMap[
    {First[#1], Row[#2["Positions"], " = "], #2["Dimensions"], Row[{#2["BytesSaved"], " bytes"}]} &,
    Information[trained, "SharedArrays"]],
  TableHeadings -> {None, {"name", "used at", "dimensions", "saved"}}]];
