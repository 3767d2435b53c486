(* Dates as people write them become dates as computers write them. An encoder reads a text; a decoder writes another one,
   character by character, and looks by attention at the place in the first that matters next. *)

SeedRandom[1];
ways = {{"MonthName", " ", "DayShort", ", ", "Year"}, {"DayShort", " ", "MonthNameShort", " ", "Year"},
  {"MonthShort", "/", "DayShort", "/", "Year"}, {"Day", ".", "Month", ".", "Year"}};
example[] := With[{date = DatePlus[{1900, 1, 1}, RandomInteger[73048]]},
  DateString[date, RandomChoice[ways]] -> DateString[date, "ISODate"]];
{training, test} = TakeDrop[DeleteDuplicates[Table[example[], 4500]], 4000];
Print[Length[training], " dates to learn from, ", Length[test], " kept back for the test; some of them:"];
Scan[Print["  ", #] &, test[[;; 5]]];
Print[];

characters = Union[Characters[StringJoin[Keys[training], Values[training], ">"]]];
text = NetEncoder[{"Characters", StringJoin[characters]}];

(* What is read: a vector for each character, which knows those before and those after it. *)
encoder = NetChain[{EmbeddingLayer[16], NetBidirectionalOperator[GatedRecurrentLayer[32]]}, "Input" -> text];

(* What is written next depends on what has been written, which the recurrent layer remembers, and on the place in "Read" that
   is looked at, which depends on it as well. *)
decoder = NetGraph[
  <|"embed" -> EmbeddingLayer[16], "remember" -> GatedRecurrentLayer[64], "look" -> AttentionLayer["Bilinear"],
    "join" -> CatenateLayer[2], "choose" -> NetMapOperator[NetChain[{64, Ramp, Length[characters]}]],
    "softmax" -> SoftmaxLayer[]|>,
  {NetPort["Written"] -> "embed" -> "remember" -> NetPort["look", "Query"],
   NetPort["Read"] -> {NetPort["look", "Key"], NetPort["look", "Value"]},
   {"look", "remember"} -> "join" -> "choose" -> "softmax"},
  "Written" -> text, "Output" -> NetDecoder[{"Class", characters, "InputDepth" -> 2}]];

net = NetGraph[<|"encoder" -> encoder, "decoder" -> decoder|>,
  {NetPort["Input"] -> "encoder" -> NetPort["decoder", "Read"], NetPort["Written"] -> NetPort["decoder", "Written"]}];
Print[net, "\n"];

(* While it learns, the decoder is told what it should have written so far: the answer, one character late. All characters
   of an answer are then learned from at once. *)
late[answer_] := ">" <> StringDrop[answer, -1];
trained = NetTrain[net,
  <|"Input" -> Keys[training], "Written" -> late /@ Values[training], "Output" -> Characters /@ Values[training]|>,
  BatchSize -> 32, MaxTrainingRounds -> 5,
  Method -> {"ADAM", "LearningRate" -> 0.01, "LearningRateSchedule" -> "Polynomial"}];

(* Afterwards it is told what it has written itself. The state object keeps what the recurrent layer remembers, so that a
   step takes no more than the last character; the date has been read before the first step, once. *)
{reader, writer} = NetExtract[trained, #] & /@ {"encoder", "decoder"};
translate[date_] := Module[{read = reader[date], next = NetStateObject[writer]},
  StringJoin[Rest[NestList[First[next[<|"Read" -> read, "Written" -> #|>]] &, ">", 10]]]];

answers = translate /@ Keys[test];
Scan[Print[#, " is ", translate[#]] &, {"July 20, 1969", "9 Nov 1989", "1/1/2000"}];
right = MapThread[SameQ, {answers, Values[test]}];
Print[StringForm["`` of `` test dates are translated without a mistake: accuracy ``%.",
  Count[right, True], Length[test], NumberForm[100. Mean[Boole[right]], {4, 1}]]];
Scan[Print["  ", #[[1, 1]], " became ", #[[2]]] &, Pick[Transpose[{test, answers}], right, False]];
