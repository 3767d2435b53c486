(* Category: Images *)

(* ConstantImage[value, {width, height}] gives an image of one value or color: a number, a list of channels, or a color.
   ConstantImage[value, size] gives a square one.

   Examples:
       >> ImageData[ConstantImage[0.5, {2, 1}]]
       = {{0.5, 0.5}}
       >> ImageData[ConstantImage[Red, 1]]
       = {{{1., 0., 0.}}}
   Source: https://reference.wolfram.com/language/ref/ConstantImage.html
*)
ConstantImage[value_, size_Integer] := ConstantImage[value, {size, size}]
ConstantImage[value_?ColorQ, size : {_Integer, _Integer}] := ConstantImage[List @@ ColorConvert[value, "RGB"], size]
ConstantImage[value : _?NumericQ | {__?NumericQ}, {width_Integer, height_Integer}] := Image[ConstantArray[N[value], {height, width}]]

(* Binarize[image] makes pixels that are brighter than a threshold white, and others black; the threshold tells light and dark
   apart best, by Otsu's method.
   Binarize[image, t] takes t for the threshold; Binarize[image, {t1, t2}] makes what is from t1 to t2 white.

   Examples:
       >> ImageData[Binarize[Image[{{0., 0.6}, {0.4, 1.}}], 0.5]]
       = {{0, 1}, {0, 1}}
       >> ImageData[Binarize[Image[{{0.1, 0.7}, {0.2, 0.8}}]]]
       = {{0, 1}, {0, 1}}
   Source: https://en.wikipedia.org/wiki/Otsu%27s_method
*)
Binarize[image_Image] := Binarize[image, parting[Flatten[brightness[image]]]]
Binarize[image_Image, threshold_?NumericQ] := Image[1 - UnitStep[threshold - brightness[image]], "Bit"]
Binarize[image_Image, {low_?NumericQ, high_?NumericQ}] :=
  With[{values = brightness[image]}, Image[UnitStep[values - low] UnitStep[high - values], "Bit"]]
brightness[image_] := ImageData[ColorConvert[image, "Grayscale"]]
parting[values_] := Module[{counts, below, sums, between},
  counts = BinCounts[Clip[values, {0, 0.9999}], {0, 1, 1/256}];
  {below, sums} = {Accumulate[counts], Accumulate[counts Range[256]]};
  between = MapThread[If[0 < #1 < Length[values], (Last[sums] #1 - #2 Length[values])^2/(#1 (Length[values] - #1)), 0] &, {below, sums}];
  N[First[Ordering[between, -1]]/256]]

(* GaussianFilter[image, r] blurs an image, or a list or matrix of numbers, with a Gaussian of standard deviation r/2 out to r.
   GaussianFilter[image, {r, s}] takes the standard deviation s.

   Details: The weights are those of the discrete Gaussian, made of Bessel functions. Outside, the nearest value counts.

   Examples:
       >> Round[GaussianFilter[{0, 0, 1, 0, 0}, 1], 0.001]
       = {0., 0.099, 0.801, 0.099, 0.}
       >> ImageDimensions[GaussianFilter[Image[RandomReal[1, {4, 6, 3}]], 2]]
       = {6, 4}
   Source: https://reference.wolfram.com/language/ref/GaussianFilter.html
*)
GaussianFilter[data_, r_Integer?Positive] := GaussianFilter[data, {r, r/2}]
GaussianFilter[image_Image, size : {_Integer, _?NumericQ}] :=
  Image[Map[GaussianFilter[#, size] &, ImageData[image, Interleaving -> False], {If[ImageChannels[image] > 1, 1, 0]}],
    ColorSpace -> ImageColorSpace[image], Interleaving -> False]
GaussianFilter[data_?(ArrayQ[#, 1 | 2, NumericQ] &), {r_Integer, s_?NumericQ}] := With[{weights = bell[r, N[s]^2]},
  ListConvolve[If[VectorQ[data], weights, Outer[Times, weights, weights]], ArrayPad[data, r, "Fixed"]]]
bell[r_, t_] := With[{values = Table[BesselI[Abs[n], t], {n, -r, r}]}, values/Total[values]]

(* ImageTrim[image, {{x1, y1}, {x2, y2}, …}] gives the smallest part of an image that holds the points; y counts from below.
   ImageTrim[image, points, d] gives d pixels more on all sides.

   Examples:
       >> ImageDimensions[ImageTrim[Image[RandomReal[1, {8, 8}]], {{1, 1}, {4, 3}}]]
       = {3, 2}
       >> ImageData[ImageTrim[Image[{{0.1, 0.2}, {0.3, 0.4}}], {{0, 0}, {1, 1}}]]
       = {{0.3}}
   Source: https://reference.wolfram.com/language/ref/ImageTrim.html
*)
ImageTrim[image_Image, (Rectangle | Line | Polygon)[points__List], rest___] :=
  ImageTrim[image, If[MatrixQ[points], points, {points}], rest]
ImageTrim[image_Image, points_?MatrixQ, margin_ : 0] := Module[{w, h, x, y},
  {w, h} = ImageDimensions[image];
  {x, y} = Map[{Floor[#[[1]]] - margin, Max[Ceiling[#[[2]]], Floor[#[[1]]] + 1] + margin} &, CoordinateBounds[points]];
  {x, y} = {Clip[x, {0, w}], Clip[y, {0, h}]};
  ImageTake[image, {h - y[[2]] + 1, h - y[[1]]}, {x[[1]] + 1, x[[2]]}]]

(* ConformImages[{image1, image2, …}] gives images of one size, that of the largest width and height.
   ConformImages[{image1, …}, {width, height}] gives images of this size; they are stretched.

   Examples:
       >> Map[ImageDimensions, ConformImages[{Image[{{0, 1}}], Image[{{0}, {1}, {1}}]}]]
       = {{2, 3}, {2, 3}}
   Source: https://reference.wolfram.com/language/ref/ConformImages.html
*)
ConformImages[images : {__Image}] := ConformImages[images, Map[Max, Transpose[Map[ImageDimensions, images]]]]
ConformImages[images : {__Image}, size : {_Integer, _Integer}, ___] := Map[ImageResize[#, size] &, images]

(* HighlightImage[image, {shape1, shape2, …}] gives an image with shapes of graphics drawn on it, their coordinates in pixels
   from the corner below on the left; surfaces are shown by their edges.

   Examples:
       >> image = HighlightImage[ConstantImage[0, {40, 20}], {Red, Rectangle[{5, 5}, {30, 15}]}]; ImageDimensions[image]
       = {40, 20}
       >> {Max[ImageData[image]] > 0.5, ImageData[HighlightImage[ConstantImage[Blue, {200, 100}], {}]][[{1, -1}, {1, -1}]]}
       = {True, {{{0., 0., 1.}, {0., 0., 1.}}, {{0., 0., 1.}, {0., 0., 1.}}}}
   Source: https://reference.wolfram.com/language/ref/HighlightImage.html
*)
HighlightImage[image_Image, shapes_, ___Rule] := Module[{size = ImageDimensions[image], drawn, picture},
  (* A picture has a least size, so that a small image is drawn larger; its margin is cut off. *)
  drawn = size Max[1, Ceiling[{120, 80}/size]];
  picture = Rasterize[Graphics[
    {Inset[image, {0, 0}, {0, 0}, size], FaceForm[None], EdgeForm[{Thick, Yellow}], Yellow, Flatten[{shapes}] /. edged[]},
    PlotRange -> Transpose[{{0, 0}, size}], PlotRangePadding -> None, AspectRatio -> size[[2]]/size[[1]],
    ImageSize -> drawn + 2 margin[]]];
  ImageResize[ImageCrop[picture, drawn], size]]
margin[] = 10
edged[] = color_?ColorQ :> Sequence[color, EdgeForm[{Thick, color}]]

(* ImageCollage[{image1, image2, …}] gives one image of images side by side in rows, all as large as the first one.
   ImageCollage[images, Automatic, width] makes it so wide, or {width, height} large.

   Details: The rows are about as many as the images in one, and the last is filled up with white.

   Examples:
       >> ImageDimensions[ImageCollage[Table[ConstantImage[k/5, {4, 2}], {k, 5}]]]
       = {12, 4}
       >> ImageDimensions[ImageCollage[{ConstantImage[0, 3], ConstantImage[1, 3]}, Automatic, 10]]
       = {10, 5}
   Differs: All images have the same size, whatever their importance.
   Source: https://reference.wolfram.com/language/ref/ImageCollage.html
*)
ImageCollage[images : {__Image}] := With[{size = ImageDimensions[First[images]], columns = Ceiling[Sqrt[Length[images]]]},
  ImageAssemble[Partition[
    PadRight[Map[ImageResize[ColorConvert[#, "RGB"], size] &, images], columns Ceiling[Length[images]/columns], ColorConvert[ConstantImage[1, size], "RGB"]],
    columns
  ]]
]
ImageCollage[images : {__Image}, _, size_] := ImageResize[ImageCollage[images], size]
