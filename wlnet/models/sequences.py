"""Nets that read sequences: language, speech."""

from __future__ import annotations

from wlnet.models.declare import model
from wlnet.terms import NONE

#: What a Transformer is made of: norm, attention[mask] of several heads, and feed[f], the two layers on each vector.
PARTS = """
  norm = NormalizationLayer[2, "Same"];
  project := NetMapOperator[LinearLayer[{heads, width / heads}]];
  attention[mask_] := NetGraph[<|
      "key" -> project, "value" -> project, "query" -> project,
      "attention" -> AttentionLayer["Dot", "MultiHead" -> True, "Mask" -> mask, "ScoreRescaling" -> "DimensionSqrt"],
      "join" -> NetMapOperator[LinearLayer[width]]
    |>,
    {NetPort["Input"] -> "key" -> NetPort["attention", "Key"],
      NetPort["Input"] -> "value" -> NetPort["attention", "Value"],
      NetPort["Input"] -> "query" -> NetPort["attention", "Query"], "attention" -> "join"}];
  feed[f_] := NetMapOperator[NetChain[{LinearLayer[4 width], f, LinearLayer[width]}]];
"""


@model(
    "Transformer Encoder Block",
    category="Attention",
    parameters={"Width": 64, "Heads": 4, "Dropout": 0.1},
    code=f"""
Module[{{norm, project, attention, feed}},{PARTS}
  NetGraph[<|
      "attention" -> attention[None], "dropout1" -> DropoutLayer[dropout], "plus1" -> Plus, "norm1" -> norm,
      "feed" -> feed[Ramp], "dropout2" -> DropoutLayer[dropout], "plus2" -> Plus, "norm2" -> norm
    |>,
    {{NetPort["Input"] -> "attention" -> "dropout1" -> "plus1" -> "norm1", NetPort["Input"] -> "plus1",
      "norm1" -> "feed" -> "dropout2" -> "plus2" -> "norm2", "norm1" -> "plus2"}},
    "Input" -> {{"Varying", width}}]]
""",
)
def transformer_encoder_block() -> None:
    """NetModel["Transformer Encoder Block"] gives a block of attention to a whole sequence of vectors, followed by two
    layers on each vector, both with a shortcut and a normalization after it.

    Examples:
        >> NetExtract[NetModel["Transformer Encoder Block"], "Output"]
        = {"Varying", 64}
    Options: "Width":
        >> NetExtract[NetModel[{"Transformer Encoder Block", "Width" -> 8}], "Input"]
        = {"Varying", 8}
    Options: "Heads":
        >> NetExtract[NetModel[{"Transformer Encoder Block", "Heads" -> 2}], {"attention", "key", "Output"}]
        = {"Varying", 2, 32}
    Options: "Dropout":
        >> NetExtract[NetModel[{"Transformer Encoder Block", "Dropout" -> 0.5}], {"dropout1", "Probability"}]
        = 0.5
    Source: Vaswani et al., "Attention is all you need", 2017
    """


@model(
    "GPT",
    category="Language",
    parameters={"Layers": 4, "Heads": 4, "Width": 64, "Vocabulary": 256, "Context": 128},
    code=f"""
Module[{{norm, project, attention, feed, block}},{PARTS}
  block := NetGraph[<|
      "norm1" -> norm, "attention" -> attention["Causal"], "plus1" -> Plus,
      "norm2" -> norm, "feed" -> feed[ElementwiseLayer["GELU"]], "plus2" -> Plus
    |>,
    {{NetPort["Input"] -> "norm1" -> "attention" -> "plus1", NetPort["Input"] -> "plus1",
      "plus1" -> "norm2" -> "feed" -> "plus2", "plus1" -> "plus2"}}];
  NetGraph[<|
      "tokens" -> EmbeddingLayer[width, vocabulary, "Weights" -> NetArray["Embedding"]],
      "indices" -> SequenceIndicesLayer["Maximum" -> context], "positions" -> EmbeddingLayer[width, context],
      "plus" -> Plus, "blocks" -> NetChain[Table[block, {{layers}}]], "norm" -> norm,
      "scores" -> NetMapOperator[LinearLayer[vocabulary, "Weights" -> NetArray["Embedding"], "Biases" -> None]],
      "softmax" -> SoftmaxLayer[]
    |>,
    {{NetPort["Input"] -> "tokens" -> "plus", NetPort["Input"] -> "indices" -> "positions" -> "plus",
      "plus" -> "blocks" -> "norm" -> "scores" -> "softmax"}},
    "Input" -> {{"Varying", Restricted["Integer", vocabulary]}}]]
""",
)
def gpt() -> None:
    """NetModel["GPT"] gives a language model: for each token the probabilities of the next one, from it and those before.

    Details: Every block sees tokens to the left only. The embedding of the tokens and the last layer share one array.
    Beyond "Context" tokens, all have the last position.

    Examples:
        >> NetExtract[NetModel["GPT"], "Output"]
        = {"Varying", 256}
        >> net = NetInitialize[NetModel[{"GPT", "Layers" -> 1}]]; net[{5, 6, 7}][[;; 2]] == net[{5, 6}]
        = True
        >> Information[net, "SharedArrays"][NetArray["Embedding"]]["Dimensions"]
        = {256, 64}
    Options: "Layers":
        >> Length[Normal[NetExtract[NetModel[{"GPT", "Layers" -> 2}], "blocks"]]]
        = 2
    Options: "Heads":
        >> NetExtract[NetModel[{"GPT", "Layers" -> 1, "Heads" -> 2}], {"blocks", 1, "attention", "key", "Output"}]
        = {"Varying", 2, 32}
    Options: "Width":
        >> NetExtract[NetModel[{"GPT", "Layers" -> 1, "Width" -> 16}], {"tokens", "Output"}]
        = {"Varying", 16}
    Options: "Vocabulary":
        >> NetExtract[NetModel[{"GPT", "Layers" -> 1, "Vocabulary" -> 99}], "Output"]
        = {"Varying", 99}
    Options: "Context":
        >> Information[NetModel[{"GPT", "Layers" -> 1, "Context" -> 32}], "ArraysDimensions"][{"positions", "Weights"}]
        = {32, 64}
    Source: Radford et al., "Language models are unsupervised multitask learners", 2019
    """


@model(
    "LSTM Language Model",
    category="Language",
    parameters={"Vocabulary": 256, "Width": 64, "Dropout": NONE},
    code="""
NetChain[<|
    "embedding" -> EmbeddingLayer[width, vocabulary, "Weights" -> NetArray["Embedding"]],
    "lstm1" -> LongShortTermMemoryLayer[width, "Dropout" -> dropout],
    "lstm2" -> LongShortTermMemoryLayer[width, "Dropout" -> dropout],
    "scores" -> NetMapOperator[LinearLayer[vocabulary, "Weights" -> NetArray["Embedding"]]],
    "softmax" -> SoftmaxLayer[]
  |>,
  "Input" -> {"Varying", Restricted["Integer", vocabulary]}]
""",
)
def lstm_language_model() -> None:
    """NetModel["LSTM Language Model"] gives for each token the probabilities of the next one, remembering those before.

    Details: The embedding of the tokens and the last layer share one array.

    Examples:
        >> Information[NetModel["LSTM Language Model"], "SharedArrays"][NetArray["Embedding"]]["Positions"]
        = {{"embedding", "Weights"}, {"scores", "Net", "Weights"}}
    Options: "Vocabulary":
        >> NetExtract[NetModel[{"LSTM Language Model", "Vocabulary" -> 99}], "Output"]
        = {"Varying", 99}
    Options: "Width":
        >> NetExtract[NetModel[{"LSTM Language Model", "Width" -> 16}], {"lstm2", "Output"}]
        = {"Varying", 16}
    Options: "Dropout":
        >> NetExtract[NetModel[{"LSTM Language Model", "Dropout" -> 0.5}], "Output"]
        = {"Varying", 256}
    Source: Press, Wolf, "Using the output embedding to improve language models", 2017
    """


@model(
    "CTC Speech Model",
    category="Speech",
    parameters={"Features": 40, "Width": 64, "Symbols": 28},
    code="""
NetChain[<|
    "project" -> NetMapOperator[{LinearLayer[width], Ramp}],
    "recurrent1" -> NetBidirectionalOperator[LongShortTermMemoryLayer[width]],
    "recurrent2" -> NetBidirectionalOperator[LongShortTermMemoryLayer[width]],
    "scores" -> NetMapOperator[LinearLayer[symbols + 1]], "softmax" -> SoftmaxLayer[]
  |>,
  "Input" -> {"Varying", features}]
""",
)
def ctc_speech_model() -> None:
    """NetModel["CTC Speech Model"] gives for each frame of a spectrum the probabilities of symbols and of the blank, which
    comes last.

    Details: CTCLossLayer trains it on texts that are not aligned with the sound.

    Examples:
        >> NetExtract[NetModel["CTC Speech Model"], "Output"]
        = {"Varying", 29}
    Options: "Features":
        >> NetExtract[NetModel[{"CTC Speech Model", "Features" -> 13}], "Input"]
        = {"Varying", 13}
    Options: "Width":
        >> NetExtract[NetModel[{"CTC Speech Model", "Width" -> 8}], {"recurrent1", "Output"}]
        = {"Varying", 16}
    Options: "Symbols":
        >> NetExtract[NetModel[{"CTC Speech Model", "Symbols" -> 5}], "Output"]
        = {"Varying", 6}
    Source: Graves, Fernández, Gomez, Schmidhuber, "Connectionist temporal classification: labelling unsegmented sequence
    data with recurrent neural networks", 2006
    """
