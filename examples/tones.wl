(* Four kinds of sound, told apart by ear: a net hears the mel-frequency cepstrum of a fifth of a second. *)

SeedRandom[1];
kinds = {"Sin", "Square", "Sawtooth", "White"};
pitch[] := RandomReal[{150, 900}];
make["White"] := AudioGenerator["White", RandomReal[{0.2, 0.4}], SampleRate -> 8000];
make[wave_] := AudioGenerator[{wave, pitch[], RandomReal[2 Pi]}, RandomReal[{0.2, 0.4}], SampleRate -> 8000];
examples[n_] := RandomSample[Flatten[Table[make[kind] -> kind, {kind, kinds}, {n}]]];

{training, test} = {examples[100], examples[50]};
Print[Length[training], " sounds to learn from, ", Length[test], " kept back for the test; one of them:"];
Print["  ", First[test], "\n"];

(* The encoder makes all sounds equally long and loud, and adds some noise to each: as a recording would. *)
encoder = NetEncoder[{"AudioMFCC", "SampleRate" -> 8000, "TargetLength" -> Quantity[0.2, "Seconds"],
  "Normalization" -> "Max", "Augmentation" -> {"Noise" -> {0, 0.05}}}];
net = NetChain[
  {GatedRecurrentLayer[16], AggregationLayer[Mean, 1], LinearLayer[Length[kinds]], SoftmaxLayer[]},
  "Input" -> encoder, "Output" -> NetDecoder[{"Class", kinds}]];
Print[net, "\n"];

trained = NetTrain[net, training, MaxTrainingRounds -> 60, BatchSize -> 20, LearningRate -> 0.005];

predicted = trained[Keys[test]];
right = MapThread[SameQ, {predicted, Values[test]}];
Print[StringForm["`` of `` test sounds are named right: accuracy ``%.",
  Count[right, True], Length[test], NumberForm[100. Mean[Boole[right]], {4, 1}]]];

(* A file does as well as a sound. *)
file = FileNameJoin[{CreateDirectory[], "tone.wav"}];
Export[file, AudioGenerator[{"Square", 440}, 1]];
Print["A file with a square wave is heard as ", trained[File[file]], "."];
