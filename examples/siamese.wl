(* The same digit or not? A siamese net looks at two images with the same arrays, and lays images of one digit near to each
   other, those of two digits apart. It is never told which digits they are. *)

{training, test} = ExampleData[{"MachineLearning", "UCIDigits"}, #] & /@ {"TrainingData", "TestData"};

(* Half of the pairs show one digit twice, written differently; the other half shows two. True stands for pairs that are
   to be far from each other. *)
SeedRandom[1];
pairs[examples_, n_] := Module[{images = GroupBy[examples, Last -> First], digits},
  digits[True] := RandomSample[Keys[images], 2];
  digits[False] := ConstantArray[RandomChoice[Keys[images]], 2];
  Table[RandomChoice[images[#]] & /@ digits[apart] -> apart, {n/2}, {apart, {True, False}}] // Flatten];
{trainingPairs, testPairs} = {pairs[training, 10000], pairs[test, 2000]};

(* Eight numbers are made of an image. The operator makes them of both images of a pair by the same net (there is only
   one, so nothing has to be said about sharing), and gives their distance. *)
embedding = NetChain[
  {ConvolutionLayer[16, 3, PaddingSize -> 1], BatchNormalizationLayer[], Ramp, PoolingLayer[2, 2],
   ConvolutionLayer[32, 3], BatchNormalizationLayer[], Ramp, FlattenLayer[], DropoutLayer[0.2], LinearLayer[8]},
  "Input" -> {1, 8, 8}];
net = NetPairEmbeddingOperator[embedding];
Print[net, "\n"];

(* Near pairs cost their distance; far pairs cost what they lack to the margin, and nothing beyond it. *)
margin = 2;
trained = NetTrain[net, trainingPairs, LossFunction -> ContrastiveLossLayer[margin], MaxTrainingRounds -> 10,
  Method -> {"ADAM", "LearningRate" -> 0.003, "LearningRateSchedule" -> "Polynomial"}];

distances = trained[Keys[testPairs]];
Print["The mean distance of two images"];
Print["  of the same digit: ", NumberForm[Mean[Pick[distances, Values[testPairs], False]], {4, 2}]];
Print["  of two digits:     ", NumberForm[Mean[Pick[distances, Values[testPairs], True]], {4, 2}], "\n"];

(* Pairs farther apart than half of the margin are taken for two digits. *)
right = MapThread[SameQ, {Thread[distances > margin/2], Values[testPairs]}];
Print[StringForm["`` of `` pairs of images never seen are told right: accuracy ``%.\n",
  Count[right, True], Length[right], NumberForm[100. Mean[Boole[right]], {4, 1}]]];

(* The net in the operator is good for more: five images of each digit now suffice to read all the others, each by the
   nearest of the ten middles. *)
embed = NetExtract[trained, "Net"];
middles = Mean[embed[#[[;; 5]]]] & /@ KeySort[GroupBy[training, Last -> First]];
nearest = Nearest[Values[middles] -> Keys[middles]];
read = First[nearest[#]] & /@ embed[Keys[test]];
Print[StringForm["With names for five images of each digit, `` of `` images are read right.",
  Count[read - Values[test], 0], Length[test]]];
