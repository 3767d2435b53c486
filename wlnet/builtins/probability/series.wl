(* Category: Statistics *)

(* ExponentialMovingAverage[list, a] gives the means y[i] = y[i - 1] + a (x[i] - y[i - 1]), which begin with the first element.

   Examples:
       >> ExponentialMovingAverage[{a, b, c}, 1/2]
       = {a, a/2 + b/2, a/4 + b/4 + c/2}
       >> ExponentialMovingAverage[{1., 2., 6.}, 0.5]
       = {1., 1.5, 3.75}
*)
ExponentialMovingAverage[list_List, a_] := FoldList[Expand[#1 + a (#2 - #1)] &, list] /; Length[list] > 0

(* CovarianceFunction[data, h] gives the mean product of deviations from the mean at a distance of h, over the whole length.
   CovarianceFunction[data, {max}] gives those for 0 to max.

   Examples:
       >> {CovarianceFunction[{1, 2, 3, 6}, 1], CovarianceFunction[{1, 2, 3, 6}, {1}]}
       = {1/2, {7/2, 1/2}}
*)
CovarianceFunction[data_?VectorQ, {max_Integer?NonNegative}] := Map[CovarianceFunction[data, #] &, Range[0, max]]
CovarianceFunction[data_?VectorQ, h_Integer] := With[{moved = data - Mean[data]},
  Drop[moved, Abs[h]] . Drop[moved, -Abs[h]]/Length[data]
] /; Abs[h] < Length[data]

(* CorrelationFunction[data, h] gives the covariance function at h over that at 0.
   CorrelationFunction[data, {max}] gives those for 0 to max.

   Examples:
       >> CorrelationFunction[{1, 2, 3, 6}, {1}]
       = {1, 1/7}
*)
CorrelationFunction[data_?VectorQ, h_] := CovarianceFunction[data, h]/CovarianceFunction[data, 0]
