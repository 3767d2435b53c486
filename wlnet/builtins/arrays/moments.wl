(* Category: Statistics *)

(* HarmonicMean[data] gives the reciprocal of the mean of the reciprocals; of a matrix, that of each column.

   Examples:
       >> {HarmonicMean[{1, 2, 4}], HarmonicMean[{{1, 2}, {3, 2}}]}
       = {12/7, {3/2, 2}}
*)
HarmonicMean[data_List] := 1/Mean[1/data]

(* MeanDeviation[data] gives the mean absolute deviation from the mean.

   Examples:
       >> MeanDeviation[{1, 2, 6}]
       = 2
*)
MeanDeviation[data_?VectorQ] := Mean[Abs[data - Mean[data]]]
MeanDeviation[data_?MatrixQ] := Map[MeanDeviation, Transpose[data]]

(* MedianDeviation[data] gives the median absolute deviation from the median.

   Examples:
       >> MedianDeviation[{1, 2, 6, 7}]
       = 5/2
*)
MedianDeviation[data_?VectorQ] := Median[Abs[data - Median[data]]]
MedianDeviation[data_?MatrixQ] := Map[MedianDeviation, Transpose[data]]

(* Moment[data, r] gives the mean of the r-th powers.

   Examples:
       >> {Moment[{1, 2, 3}, 2], Moment[{{1, 2}, {3, 4}}, 1]}
       = {14/3, {2, 3}}
*)
Moment[data_List, r_] := Mean[data^r]
Moment[dist_?DistributionParameterQ, r_Integer?NonNegative] := With[{known = moment[dist, r]}, known /; Head[known] =!= moment]
Moment[dist_?DistributionParameterQ, 0] := 1
Moment[dist_?DistributionParameterQ, 1] := Mean[dist]
Moment[dist_?DistributionParameterQ, r : 2 | 3 | 4] := With[{m = Mean[dist]},
  m^r + Total[Map[Binomial[r, #] CentralMoment[dist, #] m^(r - #) &, Range[2, r - 1]]] + CentralMoment[dist, r]
]
Moment[dist_?DistributionParameterQ, r_Integer?Positive] := With[{known = characteristic[dist, t]},
  (D[known, {t, r}] /. t -> 0)/I^r /; Head[known] =!= characteristic && FreeQ[known /. t -> 0, Indeterminate]
]
Moment[dist_?DistributionParameterQ, r_Integer?Positive] := With[{value = NExpectation[x^r, Distributed[x, dist]]},
  value /; NumericQ[value]
]

(* CentralMoment[data, r] gives the mean of the r-th powers of the deviations from the mean.

   Examples:
       >> {CentralMoment[{1, 2, 6}, 2], CentralMoment[{1, 2, 6}, 3]}
       = {14/3, 6}
*)
CentralMoment[data_?VectorQ, r_] := Mean[(data - Mean[data])^r]
CentralMoment[data_?MatrixQ, r_] := Map[CentralMoment[#, r] &, Transpose[data]]
CentralMoment[dist_?DistributionParameterQ, 0] := 1
CentralMoment[dist_?DistributionParameterQ, 1] := 0
CentralMoment[dist_?DistributionParameterQ, 2] := Variance[dist]
CentralMoment[dist_?DistributionParameterQ, 3] := Skewness[dist] Variance[dist]^(3/2)
CentralMoment[dist_?DistributionParameterQ, 4] := Kurtosis[dist] Variance[dist]^2
CentralMoment[dist_?DistributionParameterQ, r_Integer?Positive] := With[{m = Mean[dist]},
  Total[Map[Binomial[r, #] Moment[dist, #] (-m)^(r - #) &, Range[0, r - 1]]] + Moment[dist, r]
]

(* Skewness[data] gives how unsymmetric data are: the third central moment over the second to the power 3/2.

   Examples:
       >> {Skewness[{1, 2, 3}], Skewness[{1., 2., 6.}]}
       = {0, 0.595170}
*)
Skewness[data_List] := CentralMoment[data, 3]/CentralMoment[data, 2]^(3/2)
Skewness[dist_?DistributionParameterQ] := With[{known = skewness[dist]}, known /; Head[known] =!= skewness]
Skewness[dist_?DistributionParameterQ] := standardized[dist, 3]
standardized[dist_, r_] := With[{known = moment[dist, r], m = Mean[dist], v = Variance[dist]},
  If[Head[known] =!= moment,
    Total[Map[Binomial[r, #] (-m)^(r - #) Moment[dist, #] &, Range[0, r - 1]]] + known,
    NExpectation[(x - m)^r, Distributed[x, dist]]
  ]/v^(r/2)
]

(* Kurtosis[data] gives how heavy the tails of data are: the fourth central moment over the square of the second.

   Examples:
       >> Kurtosis[{1, 2, 3, 4}]
       = 41/25
*)
Kurtosis[data_List] := CentralMoment[data, 4]/CentralMoment[data, 2]^2
Kurtosis[dist_?DistributionParameterQ] := With[{known = kurtosis[dist]}, known /; Head[known] =!= kurtosis]
Kurtosis[dist_?DistributionParameterQ] := standardized[dist, 4]

(* InterquartileRange[data] gives the difference between the upper and the lower quartile.

   Examples:
       >> InterquartileRange[{1, 3, 4, 2, 5, 6}]
       = 3
*)
InterquartileRange[data_?VectorQ] := Last[Quartiles[data]] - First[Quartiles[data]]
InterquartileRange[data_?MatrixQ] := Map[InterquartileRange, Transpose[data]]
InterquartileRange[dist_?DistributionParameterQ] := InverseCDF[dist, 3/4] - InverseCDF[dist, 1/4]

(* TrimmedMean[data, f] gives the mean without the fraction f of the elements at each end.
   TrimmedMean[data, {f1, f2}] drops the fraction f1 of the smallest and f2 of the largest.

   Details: Without a second argument the fraction is 0.05.

   Examples:
       >> {TrimmedMean[{-100, 1, 2, 3, 100}, 0.2], TrimmedMean[{1, 2, 3, 100}, {0, 1/4}]}
       = {2, 2}
*)
TrimmedMean[data_List] := TrimmedMean[data, 0.05]
TrimmedMean[data_List, {low_, high_}] := With[{n = Length[data]},
  Mean[Take[Sort[data], {1 + Floor[n low], n - Floor[n high]}]]
]
TrimmedMean[data_List, fraction_] := TrimmedMean[data, {fraction, fraction}]

(* WinsorizedMean[data, f] gives the mean with the fraction f of the elements at each end set to the next one inward.

   Details: Without a second argument the fraction is 0.05.

   Examples:
       >> WinsorizedMean[{-100, 1, 2, 3, 100}, 0.2]
       = 2
*)
WinsorizedMean[data_List] := WinsorizedMean[data, 0.05]
WinsorizedMean[data_List, fraction_] := With[{sorted = Sort[data], out = Floor[fraction Length[data]]},
  Mean[Clip[sorted, {sorted[[1 + out]], sorted[[-1 - out]]}]]
]

(* SpearmanRho[x, y] gives the correlation of the ranks of two lists.

   Details: Equal elements get the mean of their ranks.

   Examples:
       >> {SpearmanRho[{1, 2, 3}, {10, 20, 15}], SpearmanRho[{1, 2, 2}, {3, 5, 5}]}
       = {1/2, 1}
*)
SpearmanRho[x_List, y_List] := Correlation[ranks[x], ranks[y]]
ranks[list_] := With[{places = Map[Mean, PositionIndex[Sort[list]]]}, Lookup[places, list]]

(* KendallTau[x, y] gives how far two lists agree in the order of pairs, with a correction for ties.

   Examples:
       >> {KendallTau[{1, 2, 3}, {1, 3, 2}], KendallTau[{1, 2, 3}, {3, 2, 1}]}
       = {1/3, -1}
   Source: M. G. Kendall, The treatment of ties in ranking problems, 1945 (tau-b).
*)
KendallTau[x_List, y_List] := With[{a = signsOfPairs[x], b = signsOfPairs[y]}, a . b/Sqrt[(a . a) (b . b)]]
signsOfPairs[list_] := Sign[Map[Apply[Subtract], Subsets[list, {2}]]]

(* BinCounts[data, width] gives how many elements lie in each of the bins of a width.
   BinCounts[data, {min, max, width}] takes the bins from min to max.
   BinCounts[data, {{b1, b2, …}}] takes the bins between given bounds, BinCounts[data, "Scott"] those that HistogramList takes.

   Details: A bin holds its lower bound and not its upper one.

   Examples:
       >> {BinCounts[{1, 3, 2, 1, 4, 5, 6}, {0, 8, 2}], BinCounts[{0.5, 1.5, 1.7}, {{0, 1, 2}}]}
       = {{2, 2, 2, 1}, {1, 2}}
       >> {BinCounts[{0.2, 1.1, 2.9}, 1], BinCounts[{}]}
       = {{1, 1, 1}, {}}
       >> BinCounts[{1, 2, 2, 3, 5, 9}, "Sturges"]
       = {1, 3, 1, 0, 1}
*)
BinCounts[data_List, bins_ : 1] := With[{found = BinLists[data, bins]}, Map[Length, found] /; ListQ[found]]

(* BinLists[data, width] gives the elements in each of the bins of a width.
   BinLists[data, {min, max, width}] and BinLists[data, {{b1, b2, …}}] take the bins as in BinCounts, a name as in HistogramList.

   Examples:
       >> BinLists[{1, 3, 2, 1, 4}, {0, 6, 2}]
       = {{1, 1}, {3, 2}, {4}}
*)
BinLists[data_List, {bounds_List}] := Map[
  Function[bin, Select[data, First[bin] <= # < Last[bin] &]], Partition[bounds, 2, 1]
]
BinLists[data_List, name : _String | {"Raw", _}] := BinLists[data, {First[HistogramList[data, name]]}] /;
  MatchQ[HistogramList[data, name], {_List, _List}]
BinLists[data_List, {min_, max_, width_?NumericQ}] := BinLists[data, {Range[min, max, width]}]
BinLists[{}, _?NumericQ : 1] := {}
BinLists[data_List, width : _?NumericQ : 1] := BinLists[data, {width Floor[Min[data]/width], width (Floor[Max[data]/width] + 1), width}]

(* HistogramList[data, bins] gives the bounds of the bins of a histogram and how many elements lie in each.

   Details: bins is a number of bins (roughly: the bounds are round numbers), {width}, {min, max, width}, {{b1, b2, …}},
   "Sturges" (Automatic takes this number), "Scott" or "FreedmanDiaconis"; {"Raw", bins} takes widths that are not rounded.

   Examples:
       >> HistogramList[{1, 2, 2, 3, 5, 9}, {0, 10, 2}]
       = {{0, 2, 4, 6, 8, 10}, {1, 3, 1, 0, 1}}
       >> HistogramList[{1, 2, 2, 3, 5, 9}, {5}]
       = {{0, 5, 10}, {4, 2}}
       >> HistogramList[{0.5, 1.5, 1.7, 3.1}, 4]
       = {{1/2, 1, 3/2, 2, 5/2, 3, 7/2}, {1, 0, 2, 0, 0, 1}}
       >> data = {1., 2., 2., 3., 3., 3., 4., 9.};
       >> {HistogramList[data, "Scott"], HistogramList[data, "FreedmanDiaconis"], HistogramList[data, {"Raw", 2}]}
       = {{{0, 5, 10}, {7, 1}}, {{0, 2, 4, 6, 8, 10}, {1, 5, 1, 0, 1}}, {{0., 4., 8., 12.}, {6, 1, 1}}}
   Source: H. A. Sturges, The choice of a class interval, 1926; D. Scott, On optimal and data-based histograms, 1979;
   D. Freedman and P. Diaconis, On the histogram as a density estimator, 1981.
*)
HistogramList[data_List] := HistogramList[data, Automatic]
HistogramList[data_List, Automatic] := HistogramList[data, "Sturges"]
HistogramList[data_List, {"Raw", bins_}] := HistogramList[data, {rawWidth[data, bins]}]
HistogramList[data_List, name : "Sturges" | "Scott" | "FreedmanDiaconis"] := HistogramList[data, {roundWidth[rawWidth[data, name]]}]
rawWidth[data_, "Sturges"] := rawWidth[data, Ceiling[Log2[Length[data]] + 1]]
rawWidth[data_, "Scott"] := orOne[3.49 StandardDeviation[data] Length[data]^(-1/3)]
rawWidth[data_, "FreedmanDiaconis"] := orOne[2 InterquartileRange[data] Length[data]^(-1/3)]
rawWidth[data_, n_Integer?Positive] := orOne[(Max[data] - Min[data])/n]
rawWidth[data_, {width_?NumericQ}] := width
orOne[width_] := If[TrueQ[width > 0], width, 1]
HistogramList[data_List, n_Integer?Positive] := HistogramList[data, {roundWidth[(Max[data] - Min[data])/n]}]
HistogramList[data_List, {width_?NumericQ}] :=
  HistogramList[data, {width Floor[Min[data]/width], width (Floor[Max[data]/width] + 1), width}]
HistogramList[data_List, {min_, max_, width_}] := HistogramList[data, {Range[min, max, width]}]
HistogramList[data_List, {bounds_List}] := {bounds, BinCounts[data, {bounds}]}
roundWidth[width_?Positive] := With[{unit = 10^Floor[Log10[width]]},
  unit First[MinimalBy[{1, 2, 5, 10}, Abs[Log[# unit/width]] &]]
]
roundWidth[_] := 1
