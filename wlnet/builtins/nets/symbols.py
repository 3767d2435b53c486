"""Symbols that nets give a meaning: names of options, and heads that stand for something inside a specification."""

from __future__ import annotations

from typing import NamedTuple

from wlnet.kernel import constant
from wlnet.terms import symbol


class Word(NamedTuple):
    """A symbol without rules: what it is for, an example (input, value), and how it differs from its namesake."""

    name: str
    usage: str
    example: tuple[str, str]
    differs: str = ""


def declare(word: Word) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = (
        f"{word.name} {word.usage}\n\nExamples:\n    >> {word.example[0]}\n    = {word.example[1]}\n"
        + (f"Differs: {word.differs}\n" if word.differs else "")
    )
    constant(word.name, category="Options of nets")(stands_for_itself)


for _word in (
    Word(
        "DownValuesFunction",
        "stands in DownValuesFunction[f] for the function that the definitions of f make, in CompiledLayer.",
        ("f[x_] := 2 x; CompiledLayer[DownValuesFunction[f]][{1.}]", "{2.}"),
    ),
    Word(
        "TextElement",
        "stands in TextElement[text, …] or TextElement[{part, …}, …] for a text with what is known of it; an encoder of the "
        'kind "Tokens" takes the text.',
        ('NetEncoder[{"Tokens", {"a", "b"}}][TextElement["b a", <|"GrammaticalUnit" -> "Phrase"|>]]', "{2, 1}"),
    ),
    Word(
        "KernelFunction",
        "stands in KernelFunction[f] for a function that the evaluator runs, in CompiledLayer.",
        ("CompiledLayer[KernelFunction[Total], None][{1., 2.}]", "3."),
    ),
    Word(
        "Typed",
        "stands in Typed[x, type] for a parameter, or a function, of this type, in CompiledLayer.",
        ('CompiledLayer[Function[Typed[x, "Real32"], 2 x]][3.]', "6."),
    ),
    Word(
        "TypeSpecifier",
        'stands in TypeSpecifier["name"]["Real32", n], or "name"::["Real32", n], for the type of arrays of rank n.',
        (
            'NetExtract[CompiledLayer[Function[Typed[x, TypeSpecifier["NumericArray"]["Real32", 1]], 2 x]], "Input"]',
            "{Automatic}",
        ),
    ),
    Word(
        "AllowedHeads",
        "is an option of NetFlatten: the kinds of nets to dissolve.",
        ("NetFlatten[NetChain[{{2, Ramp}}], AllowedHeads -> NetGraph] === NetChain[{{2, Ramp}}]", "True"),
    ),
    Word(
        "BatchSize",
        "is an option of NetTrain, and of nets applied to data: how many examples are taken at once.",
        ('LinearLayer[1, "Weights" -> {{2}}, "Biases" -> {0}][{{1}, {2}, {3}}, BatchSize -> 2]', "{{2.}, {4.}, {6.}}"),
    ),
    Word(
        "FlattenInPlace",
        "is an option of NetReplace: whether a new chain inside a chain is spliced into it.",
        ("Length[Normal[NetReplace[NetChain[{Ramp}], _ElementwiseLayer -> {2, Tanh}, FlattenInPlace -> False]]]", "1"),
    ),
    Word(
        "InputPorts",
        "is an option of layers with a free number of inputs: how many there are, their names or their shapes.",
        ('Information[CatenateLayer[InputPorts -> {2, 3}], "InputPortNames"]', '{"Input1", "Input2"}'),
    ),
    Word(
        "OutputPorts",
        "is an option of PlaceholderLayer and DropoutLayer: how many outputs there are, their names or their shapes.",
        ('Information[PlaceholderLayer[OutputPorts -> {"a", "b"}], "OutputPortNames"]', '{"a", "b"}'),
    ),
    Word(
        "DirectedEdge",
        "stands in DirectedEdge[a, b] for a connection of a NetGraph, like a -> b.",
        ("NetGraph[{Ramp, Tanh}, {DirectedEdge[1, 2]}][{0.}]", "{0.}"),
    ),
    Word(
        "Interleaving",
        "is an option of layers over images, and of images and their coders: whether the channels are the last dimension.",
        ('NetExtract[PoolingLayer[2, Interleaving -> True, "Input" -> {4, 4, 1}], "Output"]', "{3, 3, 1}"),
    ),
    Word(
        "LearningRate",
        "is an option of NetTrain: how far a step of training goes.",
        (
            'NetTrain[LinearLayer[1], {{1} -> {1}}, "FinalLearningRate", LearningRate -> 0.5, MaxTrainingRounds -> 1]',
            "0.5",
        ),
    ),
    Word(
        "LearningRateMultipliers",
        "is an option of NetTrain and of nets: what the learning rate of their arrays is multiplied by; 0 freezes them.",
        ('NetExtract[LinearLayer[1, LearningRateMultipliers -> 0], "LearningRateMultipliers"]', "0"),
    ),
    Word(
        "LossFunction",
        "is an option of NetTrain: the layer or net that says how wrong an output is.",
        (
            "Head[NetTrain[LinearLayer[1], {{1} -> {1}}, LossFunction -> MeanAbsoluteLossLayer[], MaxTrainingRounds -> 1]]",
            "LinearLayer",
        ),
    ),
    Word(
        "MaxTrainingRounds",
        "is an option of NetTrain: how often every example is seen.",
        ('NetTrain[LinearLayer[1], {{1} -> {1}}, "TotalRounds", MaxTrainingRounds -> 2]', "2"),
    ),
    Word(
        "NetEvaluationMode",
        'is an option of nets applied to data: "Test", or "Train" where layers act as in training.',
        ('Ramp // ElementwiseLayer // #[{-1., 1.}, NetEvaluationMode -> "Train"] &', "{0., 1.}"),
    ),
    Word(
        "Padding",
        'is an option of PaddingLayer and of image encoders: the number or color to put around the input, "Fixed" or "Reflected".',
        ('PaddingLayer[{{1, 1}}, Padding -> "Fixed"][{1., 2.}]', "{1., 1., 2., 2.}"),
    ),
    Word(
        "PaddingSize",
        "is an option of ConvolutionLayer and PoolingLayer: how much is added around the input.",
        ('NetExtract[ConvolutionLayer[1, 3, PaddingSize -> 1, "Input" -> {1, 4, 4}], "Output"]', "{1, 4, 4}"),
    ),
    Word(
        "PerformanceGoal",
        "is an option of NetTrain: what to save, time or memory.",
        ("Options[NetTrain, PerformanceGoal]", "{PerformanceGoal -> Automatic}"),
    ),
    Word(
        "RandomSeeding",
        "is an option of NetInitialize and NetTrain: the seed of what is random.",
        (
            'NetInitialize[LinearLayer[1, "Input" -> 2], RandomSeeding -> 3] === NetInitialize[LinearLayer[1, "Input" -> 2], RandomSeeding -> 3]',
            "True",
        ),
    ),
    Word(
        "Resampling",
        'is an option of ResizeLayer, ImageResize and image encoders: "Linear", or "Nearest" for the nearest element.',
        ('ResizeLayer[{4}, Resampling -> "Nearest"][{{1., 2.}}]', "{{1., 1., 2., 2.}}"),
    ),
    Word(
        "RepeatingElement",
        "stands in RepeatingElement[spec] for a sequence of any length of what spec specifies, at a port; "
        "RepeatingElement[spec, n] for one of length n.",
        (
            'NetExtract[CTCLossLayer["Target" -> RepeatingElement[Restricted["Integer", 3]]], "Target"]',
            '{"Varying", Restricted["Integer", 3]}',
        ),
    ),
    Word(
        "Restricted",
        'stands in Restricted["Integer", n] for an integer from 1 to n at a port, in Restricted["Integer", {m, n}] for one '
        "from m to n. Where integers count something, as the vectors of an EmbeddingLayer, they count from 1.",
        (
            'NetExtract[ElementwiseLayer[Ramp, "Input" -> Restricted["Integer", 5]], "Input"]',
            'Restricted["Integer", 5]',
        ),
    ),
    Word(
        "Scaled",
        "stands in Scaled[r] for a fraction of the training data, or for the factor of a loss.",
        (
            'NetTrain[LinearLayer[1], {{1} -> {1}, {2} -> {2}}, "TrainingExamples", ValidationSet -> Scaled[0.5], MaxTrainingRounds -> 1]',
            "1",
        ),
    ),
    Word(
        "Method",
        "is an option of NetTrain, NetInitialize, layers and many functions: how to go about it.",
        (
            'NetTrain[LinearLayer[1], {{1} -> {1}}, "OptimizationMethod", Method -> "SGD", MaxTrainingRounds -> 1]',
            '"SGD"',
        ),
    ),
    Word(
        "TargetDevice",
        'is an option of NetTrain and of nets applied to data: the device to run on; "CPU" is the one there is.',
        ('ElementwiseLayer[Ramp][{-1., 1.}, TargetDevice -> "CPU"]', "{0., 1.}"),
        'There is no other device than "CPU".',
    ),
    Word(
        "TimeGoal",
        "is an option of NetTrain: for how many seconds to train.",
        ('NetTrain[LinearLayer[1], {{1} -> {1}}, "ReasonTrainingStopped", TimeGoal -> 0.01]', '"TimeGoal"'),
    ),
    Word(
        "TrainingProgressCheckpointing",
        "is an option of NetTrain: where to save nets on the way.",
        ("Options[NetTrain, TrainingProgressCheckpointing]", "{TrainingProgressCheckpointing -> None}"),
    ),
    Word(
        "TrainingProgressFunction",
        'is an option of NetTrain: a function of the progress, which may give "StopTraining".',
        (
            "NetTrain[LinearLayer[1], {{1} -> {1}}, MaxTrainingRounds -> 2, TrainingProgressFunction -> ((seen = #Round) &)]; seen",
            "2",
        ),
    ),
    Word(
        "TrainingProgressMeasurements",
        "is an option of NetTrain: what to measure on the way.",
        ("Options[NetTrain, TrainingProgressMeasurements]", "{TrainingProgressMeasurements -> Automatic}"),
    ),
    Word(
        "TrainingProgressReporting",
        'is an option of NetTrain: "Print" prints a line from time to time, None nothing.',
        ("Options[NetTrain, TrainingProgressReporting]", "{TrainingProgressReporting -> Automatic}"),
    ),
    Word(
        "TrainingStoppingCriterion",
        "is an option of NetTrain: when to stop before the last round.",
        ("Options[NetTrain, TrainingStoppingCriterion]", "{TrainingStoppingCriterion -> None}"),
    ),
    Word(
        "TrainingUpdateSchedule",
        "is an option of NetTrain: which arrays change in which step.",
        ("Options[NetTrain, TrainingUpdateSchedule]", "{TrainingUpdateSchedule -> Automatic}"),
    ),
    Word(
        "ValidationSet",
        "is an option of NetTrain: examples to judge the net by, which are not trained on; Scaled[f] holds out a fraction.",
        (
            'NetTrain[LinearLayer[1], {{1} -> {1}, {2} -> {2}}, "ValidationExamples", ValidationSet -> Scaled[0.5], MaxTrainingRounds -> 1]',
            "1",
        ),
    ),
    Word(
        "WorkingPrecision",
        'is an option of NetTrain and of nets applied to data: "Real32" or "Real64".',
        ('ElementwiseLayer[# / 3 &][{1}, WorkingPrecision -> "Real64"][[1]] == 1 / 3.', "True"),
        'There is "Real32" and "Real64", but no "Mixed".',
    ),
):
    declare(_word)


@constant("$NetEvaluator", category="Options of nets", value=symbol("Automatic"))
def net_evaluator() -> None:
    """$NetEvaluator is what runs nets: Automatic, since there is one evaluator.

    Examples:
        >> $NetEvaluator
        = Automatic
    Differs: There is one evaluator, wlnet's own; other values change nothing.
    Source: https://reference.wolfram.com/language/ref/$NetEvaluator.html
    """
