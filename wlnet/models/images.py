"""Nets that look at images."""

from __future__ import annotations

from wlnet.models.declare import model
from wlnet.terms import list_of


@model(
    "LeNet",
    category="Image classification",
    parameters={"Classes": list_of(*range(10))},
    code="""
NetChain[<|
    "conv1" -> ConvolutionLayer[20, 5], "ramp1" -> Ramp, "pool1" -> PoolingLayer[2, 2],
    "conv2" -> ConvolutionLayer[50, 5], "ramp2" -> Ramp, "pool2" -> PoolingLayer[2, 2],
    "flatten" -> FlattenLayer[], "linear1" -> 500, "ramp3" -> Ramp,
    "linear2" -> Length[classes], "softmax" -> SoftmaxLayer[]
  |>,
  "Input" -> {1, 28, 28}, "Output" -> NetDecoder[{"Class", classes}]]
""",
)
def lenet() -> None:
    """NetModel["LeNet"] gives the convolutional net that reads handwritten digits.

    Details: It takes images of one channel, {1, 28, 28}. Ramp and pooling by maxima stand for the sigmoids and the
    subsampling of the paper, as is usual today.

    Examples:
        >> Information[NetModel["LeNet"], "ArraysTotalElementCount"]
        = 431080
    Options: "Classes":
        >> MemberQ[{"cat", "dog"}, NetInitialize[NetModel[{"LeNet", "Classes" -> {"cat", "dog"}}]][ConstantArray[0.5, {1, 28, 28}]]]
        = True
    Source: LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", 1998
    """


@model(
    "Multilayer Perceptron",
    category="Classification",
    parameters={"Inputs": 4, "Widths": list_of(32, 32), "Classes": 3},
    code="""
NetChain[
  Append[Flatten[Map[{LinearLayer[#], ElementwiseLayer[Ramp]} &, widths]], NetChain[{classes, SoftmaxLayer[]}]],
  "Input" -> inputs]
""",
)
def multilayer_perceptron() -> None:
    """NetModel["Multilayer Perceptron"] gives fully connected layers that tell classes apart.

    Examples:
        >> Information[NetModel["Multilayer Perceptron"], "LayersCount"]
        = 6
    Options: "Inputs":
        >> NetExtract[NetModel[{"Multilayer Perceptron", "Inputs" -> 7}], "Input"]
        = 7
    Options: "Widths":
        >> Information[NetModel[{"Multilayer Perceptron", "Widths" -> {5}}], "ArraysTotalElementCount"]
        = 43
    Options: "Classes":
        >> NetExtract[NetModel[{"Multilayer Perceptron", "Classes" -> 2}], "Output"]
        = 2
    Source: Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors", 1986
    """


@model(
    "ResNet",
    category="Image classification",
    parameters={"Blocks": 3, "Channels": 16, "Classes": 10},
    code="""
Module[{convolution, block},
  convolution[n_, stride_] := {ConvolutionLayer[n, 3, "Stride" -> stride, PaddingSize -> 1, "Biases" -> None],
    BatchNormalizationLayer[]};
  block[n_, stride_] := NetGraph[<|
      "residual" -> NetChain[Join[convolution[n, stride], {Ramp}, convolution[n, 1]]],
      If[stride === 1, Nothing,
        "shortcut" -> {ConvolutionLayer[n, 1, "Stride" -> stride, "Biases" -> None], BatchNormalizationLayer[]}],
      "plus" -> Plus, "ramp" -> Ramp
    |>,
    {NetPort["Input"] -> "residual" -> "plus" -> "ramp",
      If[stride === 1, NetPort["Input"] -> "plus", NetPort["Input"] -> "shortcut" -> "plus"]}];
  NetChain[<|
      "begin" -> Append[convolution[channels, 1], Ramp],
      "stage1" -> Table[block[channels, 1], {blocks}],
      "stage2" -> Table[block[2 channels, If[i === 1, 2, 1]], {i, blocks}],
      "stage3" -> Table[block[4 channels, If[i === 1, 2, 1]], {i, blocks}],
      "mean" -> AggregationLayer[Mean], "linear" -> classes, "softmax" -> SoftmaxLayer[]
    |>,
    "Input" -> {3, 32, 32}]]
""",
)
def resnet() -> None:
    """NetModel["ResNet"] gives the residual net for small images, {3, 32, 32}, with 20 layers that have weights.

    Details: With "Blocks" -> n it has 6 n + 2 such layers. Where a stage halves the image, a convolution of size 1 stands
    in the shortcut.

    Examples:
        >> Information[NetModel[{"ResNet", "Blocks" -> 1}], "LayerTypeCounts"][ConvolutionLayer]
        = 9
    Options: "Blocks":
        >> Length[Normal[NetExtract[NetModel[{"ResNet", "Blocks" -> 2}], "stage3"]]]
        = 2
    Options: "Channels":
        >> NetExtract[NetModel[{"ResNet", "Blocks" -> 1, "Channels" -> 4}], {"mean", "Input"}]
        = {16, 8, 8}
    Options: "Classes":
        >> NetExtract[NetModel[{"ResNet", "Blocks" -> 1, "Classes" -> 100}], "Output"]
        = 100
    Source: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2015, section 4.2
    """


@model(
    "VGG",
    category="Image classification",
    parameters={"Channels": list_of(32, 64, 128), "Width": 256, "Dropout": 0.5, "Classes": 10},
    code="""
With[{block = {ConvolutionLayer[#, 3, PaddingSize -> 1], Ramp, ConvolutionLayer[#, 3, PaddingSize -> 1], Ramp,
    PoolingLayer[2, 2]} &},
  NetChain[<|
      "blocks" -> NetChain[Map[NetChain[block[#]] &, channels]], "flatten" -> FlattenLayer[],
      "linear1" -> width, "ramp" -> Ramp, "dropout" -> DropoutLayer[dropout],
      "linear2" -> classes, "softmax" -> SoftmaxLayer[]
    |>,
    "Input" -> {3, 32, 32}]]
""",
)
def vgg() -> None:
    """NetModel["VGG"] gives a net of small convolutions in blocks, each ending in a pooling, for images {3, 32, 32}.

    Examples:
        >> NetExtract[NetModel["VGG"], {"blocks", "Output"}]
        = {128, 4, 4}
    Options: "Channels":
        >> NetExtract[NetModel[{"VGG", "Channels" -> {8, 16}}], {"blocks", "Output"}]
        = {16, 8, 8}
    Options: "Width":
        >> NetExtract[NetModel[{"VGG", "Width" -> 20}], {"linear1", "Output"}]
        = 20
    Options: "Dropout":
        >> NetExtract[NetModel[{"VGG", "Dropout" -> 0.25}], {"dropout", "Probability"}]
        = 0.25
    Options: "Classes":
        >> NetExtract[NetModel[{"VGG", "Classes" -> 2}], "Output"]
        = 2
    Source: Simonyan, Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014
    """


@model(
    "U-Net",
    category="Image segmentation",
    parameters={"Depth": 3, "Channels": 16, "Size": list_of(1, 64, 64), "Classes": 1},
    code="""
Module[{twice, level},
  twice[n_] := {ConvolutionLayer[n, 3, PaddingSize -> 1], Ramp, ConvolutionLayer[n, 3, PaddingSize -> 1], Ramp};
  level[n_, 0] := NetChain[twice[n]];
  level[n_, depth_] := NetGraph[<|
      "down" -> twice[n], "pool" -> PoolingLayer[2, 2], "below" -> level[2 n, depth - 1],
      "up" -> DeconvolutionLayer[n, 2, "Stride" -> 2], "join" -> CatenateLayer[], "merge" -> twice[n]
    |>,
    {"down" -> "pool" -> "below" -> "up" -> "join", "down" -> "join" -> "merge"}];
  NetChain[<|
      "levels" -> level[channels, depth], "classes" -> ConvolutionLayer[classes, 1], "sigmoid" -> LogisticSigmoid
    |>,
    "Input" -> size]]
""",
)
def u_net() -> None:
    """NetModel["U-Net"] gives the net that marks the parts of an image: probabilities of classes for every pixel.

    Details: On each level what comes from below is joined with what the level saw before. Convolutions keep the size, so
    height and width must be divisible by 2^depth.

    Examples:
        >> NetExtract[NetModel["U-Net"], "Output"]
        = {1, 64, 64}
    Options: "Depth":
        >> Information[NetModel[{"U-Net", "Depth" -> 1}], "LayersCount"]
        = 17
    Options: "Channels":
        >> NetExtract[NetModel[{"U-Net", "Depth" -> 1, "Channels" -> 4}], {"levels", "below", "Output"}]
        = {8, 32, 32}
    Options: "Size":
        >> NetExtract[NetModel[{"U-Net", "Depth" -> 1, "Size" -> {3, 8, 16}}], "Output"]
        = {1, 8, 16}
    Options: "Classes":
        >> NetExtract[NetModel[{"U-Net", "Depth" -> 1, "Classes" -> 4}], "Output"]
        = {4, 64, 64}
    Source: Ronneberger, Fischer, Brox, "U-Net: convolutional networks for biomedical image segmentation", 2015
    """


@model(
    "DCGAN Generator",
    category="Image generation",
    parameters={"Latent": 64, "Channels": 32, "Colors": 3},
    code="""
NetChain[<|
    "linear" -> LinearLayer[{4 channels, 4, 4}], "norm1" -> BatchNormalizationLayer[], "ramp1" -> Ramp,
    "up1" -> DeconvolutionLayer[2 channels, 4, "Stride" -> 2, PaddingSize -> 1], "norm2" -> BatchNormalizationLayer[],
    "ramp2" -> Ramp,
    "up2" -> DeconvolutionLayer[channels, 4, "Stride" -> 2, PaddingSize -> 1], "norm3" -> BatchNormalizationLayer[],
    "ramp3" -> Ramp,
    "up3" -> DeconvolutionLayer[colors, 4, "Stride" -> 2, PaddingSize -> 1], "tanh" -> Tanh
  |>,
  "Input" -> latent]
""",
)
def dcgan_generator() -> None:
    """NetModel["DCGAN Generator"] gives the net that makes images {3, 32, 32}, with values from -1 to 1, from noise.

    Details: It is trained against NetModel["DCGAN Discriminator"].

    Examples:
        >> NetExtract[NetModel["DCGAN Generator"], "Output"]
        = {3, 32, 32}
    Options: "Latent":
        >> NetExtract[NetModel[{"DCGAN Generator", "Latent" -> 10}], "Input"]
        = 10
    Options: "Channels":
        >> NetExtract[NetModel[{"DCGAN Generator", "Channels" -> 8}], {"linear", "Output"}]
        = {32, 4, 4}
    Options: "Colors":
        >> NetExtract[NetModel[{"DCGAN Generator", "Colors" -> 1}], "Output"]
        = {1, 32, 32}
    Source: Radford, Metz, Chintala, "Unsupervised representation learning with deep convolutional generative adversarial
    networks", 2015
    """


@model(
    "DCGAN Discriminator",
    category="Image generation",
    parameters={"Channels": 32, "Colors": 3},
    code="""
With[{leaky = ParametricRampLayer[{}, "Slope" -> 0.2, LearningRateMultipliers -> 0]},
  NetChain[<|
      "down1" -> ConvolutionLayer[channels, 4, "Stride" -> 2, PaddingSize -> 1], "leaky1" -> leaky,
      "down2" -> ConvolutionLayer[2 channels, 4, "Stride" -> 2, PaddingSize -> 1],
      "norm2" -> BatchNormalizationLayer[], "leaky2" -> leaky,
      "down3" -> ConvolutionLayer[4 channels, 4, "Stride" -> 2, PaddingSize -> 1],
      "norm3" -> BatchNormalizationLayer[], "leaky3" -> leaky,
      "flatten" -> FlattenLayer[], "linear" -> LinearLayer[{}], "sigmoid" -> LogisticSigmoid
    |>,
    "Input" -> {colors, 32, 32}]]
""",
)
def dcgan_discriminator() -> None:
    """NetModel["DCGAN Discriminator"] gives the net that tells images {3, 32, 32} of the data from generated ones.

    Examples:
        >> NetExtract[NetModel["DCGAN Discriminator"], "Output"]
        = "Real"
        >> NetExtract[NetChain[{NetModel["DCGAN Generator"], NetModel["DCGAN Discriminator"]}], "Input"]
        = 64
    Options: "Channels":
        >> NetExtract[NetModel[{"DCGAN Discriminator", "Channels" -> 8}], {"leaky3", "Output"}]
        = {32, 4, 4}
    Options: "Colors":
        >> NetExtract[NetModel[{"DCGAN Discriminator", "Colors" -> 1}], "Input"]
        = {1, 32, 32}
    Source: Radford, Metz, Chintala, "Unsupervised representation learning with deep convolutional generative adversarial
    networks", 2015
    """
