(* A tied autoencoder: digits are pressed into eight numbers each, and drawn again by the kernels that have seen them. *)

{training, test} = Keys[ExampleData[{"MachineLearning", "UCIDigits"}, #]] & /@ {"TrainingData", "TestData"};

(* A deconvolution goes the way of a convolution with the same kernel back: the array is simply shared. The matrix of a
   LinearLayer is shared transposed. *)
net = NetChain[<|
    "convolve1" -> ConvolutionLayer[16, 3, PaddingSize -> 1, "Weights" -> NetArray["Kernel1"]], "ramp1" -> Ramp,
    "convolve2" -> ConvolutionLayer[32, 2, "Stride" -> 2, "Weights" -> NetArray["Kernel2"]], "ramp2" -> Ramp,
    "code" -> LinearLayer[8, "Weights" -> NetArray["Matrix"]],
    "decode" -> LinearLayer[{32, 4, 4}, "Weights" -> NetArray[<|"Name" -> "Matrix", "View" -> Transpose|>]], "ramp3" -> Ramp,
    "deconvolve2" -> DeconvolutionLayer[16, 2, "Stride" -> 2, "Weights" -> NetArray["Kernel2"]], "ramp4" -> Ramp,
    "deconvolve1" -> DeconvolutionLayer[1, 3, PaddingSize -> 1, "Weights" -> NetArray["Kernel1"]],
    "sigmoid" -> LogisticSigmoid
  |>,
  "Input" -> {1, 8, 8}];
Print[net, "\n"];

trained = NetTrain[net, training -> training, MaxTrainingRounds -> 20, LearningRate -> 0.005];
drawn = trained[test];
Print[StringForm["Of the variance of `` test digits, the `` numbers of the code keep ``%.",
  Length[test], NetExtract[trained, {"code", "Output"}],
  NumberForm[100 (1 - Mean[Flatten[(drawn - test)^2]]/Variance[Flatten[test]]), {3, 1}]]];

(* Ten digits, and below them what the net makes of their codes. *)
picture = ImageAssemble[Map[ImageResize[Image[1 - First[#]], 48] &, {test[[;; 10]], drawn[[;; 10]]}, {2}]];
file = FileNameJoin[{CreateDirectory[], "digits.png"}];
Export[file, picture];
Print["A picture of ten of them, ", StringRiffle[ImageDimensions[Import[file]], " by "], " pixels, is in ", file, "."];
