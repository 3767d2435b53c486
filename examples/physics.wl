(* A net that solves a differential equation: how a warm rod cools whose ends are kept cold, u_t = u_xx/π² for positions
   and times x, t from 0 to 1, from u = sin(πx) on. It learns from no data, but from how far it misses the equation. *)

(* The ends and the beginning are right whatever the inner net gives; its arrays have names, for it is to stand beside
   its own derivatives. *)
inner = NetChain[{20, Tanh, 20, Tanh, LinearLayer[{}]}, "Input" -> 2];
u = NetInsertSharedArrays[NetGraph[
  {inner, FunctionLayer[Sin[Pi*#point[[1]]] + #point[[2]]*#point[[1]]*(1 - #point[[1]])*#v &]},
  {NetPort["Input"] -> {1, NetPort[{2, "point"}]}, 1 -> NetPort[{2, "v"}]}], "u/"];
Print[u, "\n"];

(* The loss: the square of what is left of the equation. An input is {x, t}. *)
ut = NetDerivative[u, {"Input", {2}}];
uxx = NetDerivative[u, {"Input", {1, 1}}];
equation = NetGraph[{ut, uxx, FunctionLayer[(#ut - #uxx/Pi^2)^2 &]},
  {NetPort["Input"] -> {1, 2}, 1 -> NetPort[{3, "ut"}], 2 -> NetPort[{3, "uxx"}], 3 -> NetPort["Loss"]}];

SeedRandom[1];
points = RandomReal[1, {1000, 2}];
results = NetTrain[equation, <|"Input" -> points|>, All, LossFunction -> "Loss",
  MaxTrainingRounds -> 300, BatchSize -> 100,
  Method -> {"ADAM", "LearningRate" -> 0.01, "LearningRateSchedule" -> "Polynomial"}];
Print[StringForm["Trained for `` rounds of `` batches; the loss is ``.",
  results["TotalRounds"], results["BatchesPerRound"], ScientificForm[results["RoundLoss"], 2]]];

(* The derivative has trained the arrays of u: put them back where u has them. *)
trained = NetExtract[results["TrainedNet"], {1, "Net"}];
exact[{x_, t_}] := Exp[-t]*Sin[Pi*x];
grid = Tuples[Range[0., 1, 0.05], 2];
error = Max[Abs[trained[grid] - exact /@ grid]];
Print["\nThe largest error at ", Length[grid], " points: ", NumberForm[error, 2]];

Print["\nThe temperature along the rod, by the net and exactly:"];
row[t_] := Prepend[Flatten[{trained[{#, t}], exact[{#, t}]} & /@ {0.1, 0.3, 0.5}], t];
Print[TableForm[NumberForm[#, {4, 3}] & /@ row[#] & /@ {0., 0.5, 1.},
  TableHeadings -> {None, {"t", "x = 0.1", "exact", "x = 0.3", "exact", "x = 0.5", "exact"}}]];
