(* Numbers written by hand, read line by line. The net learns from lines and from what they say; nobody tells it where in a
   line a digit stands. *)

written = GroupBy[ExampleData[{"MachineLearning", "UCIDigits"}, #], Last -> First] & /@
  <|"training" -> "TrainingData", "test" -> "TestData"|>;

(* A line has 48 columns of 8 pixels, from 0 (paper) to 1 (ink). Its digits begin anywhere, and stand close or touch. *)
SeedRandom[1];
width = 48;
paper[n_] := ConstantArray[0., {n, 8}];
inked[image_] := Select[Transpose[First[image]], Max[#] > 0 &];
line[images_] := Module[{columns, left},
  columns = Catenate[Riffle[inked /@ images, Table[paper[RandomInteger[2]], Length[images] - 1]]];
  left = RandomInteger[width - Length[columns]];
  {Transpose[Join[paper[left], columns, paper[width - left - Length[columns]]]]}];
example[images_] := With[{digits = RandomInteger[9, RandomInteger[{3, 5}]]},
  line[RandomChoice[images[#]] & /@ digits] -> digits];
training = Table[example[written["training"]], 4000];
test = Table[example[written["test"]], 500];

ink[x_] := {"  ", "..", "::", "++", "##"}[[1 + Round[4 x]]];
show[image_] := Scan[Print, StringJoin /@ Map[ink, First[image], {2}]];
Print[Length[training], " lines to learn from, ", Length[test], " kept back for the test; one of them:\n"];
show[test[[1, 1]]];
Print["\nIt says ", test[[1, 2]], ".\n"];

(* Convolutions see strokes. Then every two columns become a step of a sequence, which is read in both directions; each step
   gets the probabilities of the ten digits, and of none (the blank, which comes last). *)
net = NetChain[
  {ConvolutionLayer[16, 3, PaddingSize -> 1], BatchNormalizationLayer[], Ramp, PoolingLayer[2, 2],
   ConvolutionLayer[32, 3, PaddingSize -> 1], BatchNormalizationLayer[], Ramp,
   TransposeLayer[{2, 3, 1}], FlattenLayer[-1], DropoutLayer[0.2],
   NetBidirectionalOperator[GatedRecurrentLayer[32]], NetMapOperator[LinearLayer[11]], SoftmaxLayer[]},
  "Input" -> {1, 8, width}, "Output" -> NetDecoder[{"CTCBeamSearch", Range[0, 9], "BeamSize" -> 10}]];
Print[net, "\n"];

(* With this decoder the loss is a CTCLossLayer: it takes together all ways to say the digits in their order, at whatever
   steps. *)
trained = NetTrain[net, training, BatchSize -> 40, MaxTrainingRounds -> 5,
  Method -> {"ADAM", "LearningRate" -> 0.007, "LearningRateSchedule" -> "Polynomial"}];

(* Without the decoder one sees what is said at which step. *)
steps = Ordering[#, -1][[1]] & /@ trained[test[[1, 1]], None];
show[test[[1, 1]]];
Print[StringJoin[{Append[ToString /@ Range[0, 9], "-"][[#]], "   "} & /@ steps]];
Print["\nIt is read as ", trained[test[[1, 1]]], ".\n"];

(* The decoder finds the likeliest digits. The error rate counts how many have to be inserted, deleted or exchanged. *)
read = trained[Keys[test]];
errors = MapThread[EditDistance, {read, Values[test]}];
Print[StringForm["Of `` digits in `` test lines, `` are wrong or missing, or too many: an error rate of ``%.",
  Length[Flatten[Values[test]]], Length[test], Total[errors],
  NumberForm[100. Total[errors]/Length[Flatten[Values[test]]], {3, 1}]]];
Print[StringForm["`` lines are read without a mistake: accuracy ``%.",
  Count[errors, 0], NumberForm[100. Count[errors, 0]/Length[test], {4, 1}]]];
