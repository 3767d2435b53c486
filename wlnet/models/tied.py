"""Nets whose layers share their arrays by design."""

from __future__ import annotations

from wlnet.models.declare import model


@model(
    "Tied Autoencoder",
    category="Representation",
    parameters={"Inputs": 64, "Width": 16},
    code="""
NetChain[<|
    "encoder" -> LinearLayer[width, "Weights" -> NetArray["Weights"]], "sigmoid" -> LogisticSigmoid,
    "decoder" -> LinearLayer[inputs, "Weights" -> NetArray[<|"Name" -> "Weights", "View" -> Transpose|>]]
  |>,
  "Input" -> inputs]
""",
)
def tied_autoencoder() -> None:
    """NetModel["Tied Autoencoder"] gives a net that learns a short code of vectors; the decoder sees the weights of the
    encoder transposed.

    Examples:
        >> net = NetInitialize[NetModel["Tied Autoencoder"]];
        >> Information[net, "ArraysTotalElementCount"] == 64 * 16 + 64 + 16
        = True
        >> weights = Normal[NetExtract[net, NetArray["Weights"]]];
        >> seen = net[{ConstantArray[0., 64]}, NetPort["sigmoid"]];
        >> decoded = Dot[Transpose[weights], First[seen]] + Normal[NetExtract[net, {"decoder", "Biases"}]];
        >> Max[Abs[First[net[{ConstantArray[0., 64]}]] - decoded]] < 10^-5
        = True
    Options: "Inputs":
        >> NetExtract[NetModel[{"Tied Autoencoder", "Inputs" -> 5}], "Output"]
        = 5
    Options: "Width":
        >> NetExtract[NetModel[{"Tied Autoencoder", "Width" -> 3}], {"encoder", "Output"}]
        = 3
    Source: Vincent, Larochelle, Bengio, Manzagol, "Extracting and composing robust features with denoising autoencoders",
    2008
    """


@model(
    "Siamese Net",
    category="Representation",
    parameters={"Width": 16},
    code="""
With[{branch = NetInsertSharedArrays[NetChain[<|
      "conv1" -> ConvolutionLayer[8, 5], "ramp1" -> Ramp, "pool1" -> PoolingLayer[2, 2],
      "conv2" -> ConvolutionLayer[16, 5], "ramp2" -> Ramp, "pool2" -> PoolingLayer[2, 2],
      "flatten" -> FlattenLayer[], "linear" -> width
    |>], "Branch/"]},
  NetGraph[<|
      "first" -> branch, "second" -> branch, "difference" -> ThreadingLayer[(#1 - #2)^2 &],
      "sum" -> SummationLayer[], "distance" -> ElementwiseLayer[Sqrt[# + 0.000001] &]
    |>,
    {NetPort["First"] -> "first" -> "difference", NetPort["Second"] -> "second" -> "difference" -> "sum" -> "distance",
      "distance" -> NetPort["Distance"]},
    "First" -> {1, 28, 28}, "Second" -> {1, 28, 28}]]
""",
)
def siamese_net() -> None:
    """NetModel["Siamese Net"] gives the distance of two images, each seen by the same branch: all arrays are shared.

    Details: A ContrastiveLossLayer trains it. NetPairEmbeddingOperator is the ready operator of this kind.

    Examples:
        >> net = NetModel["Siamese Net"];
        >> {Information[net, "ArraysCount"], Information[net, "SharedArraysCount"]}
        = {6, 6}
        >> image = ConstantArray[0.5, {1, 28, 28}]; NetInitialize[net][<|"First" -> image, "Second" -> image|>]
        = 0.001
    Options: "Width":
        >> NetExtract[NetModel[{"Siamese Net", "Width" -> 5}], {"first", "Output"}]
        = 5
    Source: Bromley, Guyon, LeCun, Säckinger, Shah, "Signature verification using a Siamese time delay neural network", 1993
    """
