(* Two nets play a game: the generator makes points out of noise, the discriminator tells them from true ones, which lie in
   eight heaps around a circle. When the discriminator can only guess, the generator has learned to make such heaps. *)

SeedRandom[1];
centers = Table[2 {Cos[angle], Sin[angle]}, {angle, 2. Pi Range[8]/8}];
deviation = 0.2;
true[n_] := RandomChoice[centers, n] + RandomVariate[NormalDistribution[0, deviation], {n, 2}];
noise[n_] := RandomVariate[NormalDistribution[], {n, 4}];

(* The operator shows true points and fakes to one and the same discriminator, and reverses the gradient that goes on to the
   generator: what helps the one to tell the fakes, helps the other to improve them. *)
generator = NetChain[{64, Tanh, 64, Tanh, 2}, "Input" -> 4];
discriminator = NetChain[{64, Tanh, 64, Tanh, LinearLayer[{}], LogisticSigmoid}, "Input" -> 2];
gan = NetGANOperator[{generator, discriminator}];
Print[gan, "\n"];

(* They take turns, and never see a point twice: each batch is made when its turn comes. *)
batch[about_] := <|"Sample" -> true[about["BatchSize"]], "Latent" -> noise[about["BatchSize"]]|>;
results = NetTrain[gan, {batch, "RoundLength" -> 12800}, All, BatchSize -> 128, MaxTrainingRounds -> 80,
  TrainingUpdateSchedule -> {"Discriminator", "Generator"},
  Method -> {"ADAM", "Beta1" -> 0.5, "LearningRate" -> 0.002, "LearningRateSchedule" -> "Polynomial"}];
trained = NetExtract[results["TrainedNet"], "Generator"];
Print[StringForm["The loss of the discriminator is `` in the last round; guessing would cost 2 Log[2] = ``.\n",
  NumberForm[results["RoundLoss"], {4, 2}], NumberForm[2 Log[2.], {4, 2}]]];

(* Fakes and true points by numbers. *)
fakes = trained[noise[4000]];
untrained = NetInitialize[generator][noise[4000]];
numbers[points_] := NumberForm[#, {4, 2}] & /@ {Splice[Mean[points]], Splice[StandardDeviation[points]],
  Covariance[points][[1, 2]]};
Print[TableForm[numbers /@ {true[4000], fakes, untrained}, TableHeadings -> {{"true points", "fakes", "before the training"},
  {"mean of x", "mean of y", "deviation of x", "deviation of y", "covariance"}}], "\n"];

(* Points within three deviations of a center belong to its heap. Of true points, 1.1% are farther out. *)
distances = DistanceMatrix[fakes, centers];
heaps = Counts[First[Ordering[#, 1]] & /@ Select[distances, Min[#] < 3 deviation &]];
Print[StringForm["`` of 8 heaps are found, with ``% of the fakes in them: ``.\n",
  Count[heaps, _?(# > 100 &)], NumberForm[100. Total[heaps]/Length[fakes], {3, 1}], Lookup[heaps, Range[8], 0]]];

(* Two pictures side by side, of 4000 points each. *)
density[points_] := Module[{counts = Counts[Round[4 points]]},
  Table[Switch[Lookup[counts, Key[{x, y}], 0], 0, "  ", 1, "..", _?(# < 10 &), "::", _, "##"],
    {y, 10, -10, -1}, {x, -10, 10}]];
Print["True points, and fakes:"];
Print[StringRiffle[MapThread[StringJoin[#1, " | ", #2] &, {density[true[4000]], density[fakes]}], "\n"]];
