(* Handwritten digits, read by a convolutional net that looks with one kernel at two scales. *)

{training, test} = ExampleData[{"MachineLearning", "UCIDigits"}, #] & /@ {"TrainingData", "TestData"};
digits = Range[0, 9];

(* Images have the dimensions {1, 8, 8}, from 0 (paper) to 1 (ink). Here they become text, side by side. *)
ink[x_] := {"  ", "..", "::", "++", "##"}[[1 + Round[4 x]]];
lines[image_] := StringJoin /@ Map[ink, First[image], {2}];
show[images_] := StringRiffle[StringRiffle[#, " | "] & /@ Transpose[lines /@ images], "\n"];

Print[Length[training], " digits to learn from, ", Length[test], " kept back for the test; four of them:\n"];
Print[show[Keys[test[[{11, 3, 25, 7}]]]], "\n"];

(* The same convolution sees the image at full size and, after pooling, at half its size. While training, the image is
   shifted at random by up to a pixel: a frame of paper is put around it, and the next layer cuts 8 by 8 pixels out. *)
convolution = ConvolutionLayer[32, 3, PaddingSize -> 1, "Weights" -> NetArray["Kernel"]];
net = NetChain[
  {PaddingLayer[{{0, 0}, {1, 1}, {1, 1}}], ImageAugmentationLayer[{8, 8}],
   ConvolutionLayer[32, 3, PaddingSize -> 1], BatchNormalizationLayer[], Ramp,
   convolution, BatchNormalizationLayer[], Ramp, PoolingLayer[2, 2],
   convolution, BatchNormalizationLayer[], Ramp, FlattenLayer[], DropoutLayer[0.3], LinearLayer[10], SoftmaxLayer[]},
  "Input" -> {1, 8, 8}, "Output" -> NetDecoder[{"Class", digits}]];
Print[net, "\n"];

(* The layers, the rounds and the rate were chosen by cross-validation: by quarters of the digits to learn from that
   were kept back in turn. The test had no say in it. *)
results = NetTrain[net, training, All, MaxTrainingRounds -> 30,
  Method -> {"ADAM", "LearningRate" -> 0.005, "LearningRateSchedule" -> "Polynomial"}];
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
