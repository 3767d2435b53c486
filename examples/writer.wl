(* Shakespeare, character by character: a small Transformer and a recurrent net learn to say which character comes next,
   and then write some lines of their own. *)

text = ExampleData[{"Text", "Shakespeare"}];
characters = Union[Characters[text]];
count = Length[characters];
Print[StringLength[text], " characters, ", count, " different ones. The text begins:\n\n", StringTake[text, 96], "\n"];

(* An example: 32 characters, and after each of them the next one. The last tenth of the text is kept back. *)
examples = StringJoin[Most[#]] -> Rest[#] & /@ Partition[Characters[text], 33, 32];
{training, test} = TakeDrop[examples, Floor[0.9 Length[examples]]];

(* Texts go in; for each character come the probabilities of the next one. *)
coders = {"Input" -> NetEncoder[{"Characters", StringJoin[characters]}],
  "Output" -> NetDecoder[{"Class", characters, "InputDepth" -> 2}]};
nets = <|
  "Transformer" -> NetReplacePart[
    NetModel[{"GPT", "Layers" -> 1, "Heads" -> 4, "Width" -> 64, "Vocabulary" -> count, "Context" -> 32}], coders],
  "LSTM" -> NetChain[
    {EmbeddingLayer[32, count], LongShortTermMemoryLayer[128], NetMapOperator[LinearLayer[count]], SoftmaxLayer[]},
    Sequence @@ coders]|>;

(* The Transformer has to find out where to look, and needs to see the text more often. *)
rounds = <|"Transformer" -> 2, "LSTM" -> 1|>;

(* What a net writes: a character, drawn by its probabilities, is what it sees next. The state knows those before. *)
write[net_, start_, n_] := Module[{writer = NetStateObject[net]},
  start <> NestList[Last[writer[#, {"RandomSample", "Temperature" -> 0.6}]] &, start, n][[2 ;;]]];

bits[net_] := NumberForm[Log2[NetMeasurements[net, test, "Perplexity"]], {4, 2}];
Do[
  net = NetInitialize[nets[name], RandomSeeding -> 1];
  before = bits[net];
  trained = NetTrain[net, training, BatchSize -> 16, MaxTrainingRounds -> rounds[name],
    Method -> {"ADAM", "LearningRate" -> 0.01, "LearningRateSchedule" -> "Polynomial"}];
  Print[name, ": ", before, " bits per character before the training, ", bits[trained], " after it. It writes:\n"];
  SeedRandom[1];
  Print[write[trained, "ROMEO:\n", 200], "\n"],
  {name, Keys[nets]}];
