(* Category: Distributions *)

(* EmpiricalDistribution[data] stands for the distribution that gives each of the data the same probability.
   EmpiricalDistribution[weights -> data] stands for one with probabilities proportional to weights.

   Examples:
       >> dist = EmpiricalDistribution[{1, 2, 2, 5}];
       >> {PDF[dist, 2], CDF[dist, 3], Mean[dist], Variance[dist], Median[dist], MemberQ[{1, 2, 5}, RandomVariate[dist]]}
       = {1/2, 3/4, 5/2, 9/4, 2, True}
*)
EmpiricalDistribution[data_?VectorQ] := EmpiricalDistribution[ConstantArray[1, Length[data]] -> data] /; Length[data] > 0
valid[EmpiricalDistribution[w_?VectorQ -> data_?VectorQ]] :=
  Length[w] == Length[data] > 0 && Apply[And, Map[# >= 0 &, w]] && Total[w] > 0 && VectorQ[data, NumericQ]
kind[EmpiricalDistribution[_]] := "Discrete"
domain[EmpiricalDistribution[w_ -> data_]] := {Min[data], Max[data]}
density[EmpiricalDistribution[w_ -> data_], x_] := w . Map[Boole[# == x] &, data]/Total[w]
cumulative[EmpiricalDistribution[w_ -> data_], x_] := w . Map[Boole[# <= x] &, data]/Total[w]
inverse[EmpiricalDistribution[w_ -> data_], q_?NumericQ] := With[{order = Ordering[data]},
  data[[order]][[First[FirstPosition[Accumulate[w[[order]]]/Total[w], share_ /; share >= q]]]]
]
moment[EmpiricalDistribution[w_ -> data_], r_] := w . data^r/Total[w]
mean[EmpiricalDistribution[w_ -> data_]] := w . data/Total[w]
variance[EmpiricalDistribution[w_ -> data_]] := w . (data - w . data/Total[w])^2/Total[w]
draws[EmpiricalDistribution[w_ -> data_], dims_] := RandomChoice[w -> data, dims]

(* CategoricalDistribution[{c1, c2, …}] stands for a distribution in which each of the categories has the same probability.
   CategoricalDistribution[{c1, c2, …}, {p1, p2, …}] and CategoricalDistribution[<|c1 -> p1, …|>] stand for one with
   probabilities proportional to the p.

   Examples:
       >> dist = CategoricalDistribution[{"a", "b"}, {1, 3}];
       >> {PDF[dist, "b"], MemberQ[{"a", "b"}, RandomVariate[dist]], RandomVariate[CategoricalDistribution[<|x -> 1, y -> 0|>], 2]}
       = {3/4, True, {x, x}}
*)
CategoricalDistribution[cases_List] := CategoricalDistribution[cases, ConstantArray[1, Length[cases]]] /; Length[cases] > 0
CategoricalDistribution[shares_Association] := CategoricalDistribution[Keys[shares], Values[shares]]
valid[CategoricalDistribution[cases_List, p_List]] :=
  Length[p] == Length[cases] > 0 && Apply[And, Map[# >= 0 &, p]] && Total[p] > 0
kind[CategoricalDistribution[_, _]] := "Categorical"
domain[CategoricalDistribution[cases_, p_]] := cases
density[CategoricalDistribution[cases_, p_], x_] := Total[Pick[p, cases, x]]/Total[p]
draws[CategoricalDistribution[cases_, p_], dims_] := RandomChoice[p -> cases, dims]

(* HistogramDistribution[data, bins] stands for a distribution with a constant density in each bin of a histogram of the data.

   Details: bins is as in HistogramList.

   Examples:
       >> dist = HistogramDistribution[{0.5, 1.5, 1.7, 3.1}, {0, 4, 1}];
       >> {PDF[dist, 1.2], CDF[dist, 1.5], Mean[dist]}
       = {0.5, 0.5, 7/4}
*)
HistogramDistribution[data_?VectorQ, bins_ : Automatic] := Apply[stepped, HistogramList[data, bins]] /; VectorQ[data, NumericQ] && Length[data] > 0
stepped[bounds_List, counts_List] := MixtureDistribution[
  Select[counts, Positive], Map[UniformDistribution, Pick[Partition[bounds, 2, 1], Map[Positive, counts]]]
]

(* KernelMixtureDistribution[data, h] stands for the mixture of one kernel of bandwidth h around each of the data.
   KernelMixtureDistribution[data] takes Silverman's bandwidth.
   KernelMixtureDistribution[data, h, kernel] takes another kernel: "Gaussian", "Rectangular", "Triangular".

   Examples:
       >> dist = KernelMixtureDistribution[{0., 1., 5.}, 1];
       >> {Mean[dist], PDF[dist, 0.], CDF[dist, 2.]}
       = {2., 0.21363816388003026, 0.6066481707173312}
       >> {PDF[KernelMixtureDistribution[{0., 4.}, 1, "Rectangular"], 0.5], Mean[KernelMixtureDistribution[{1., 2., 6.}]]}
       = {0.25, 3.}
   Source: B. W. Silverman, Density Estimation for Statistics and Data Analysis, 1986 (rule of thumb, 0.9 A n^(-1/5)).
*)
KernelMixtureDistribution[data_?VectorQ, h_ : Automatic, kernel_String : "Gaussian"] := With[
  {width = If[NumericQ[h], h, silverman[data]]},
  MixtureDistribution[ConstantArray[1, Length[data]], Map[kernelAt[kernel, #, width] &, data]]
] /; VectorQ[data, NumericQ] && Length[data] > 1 && MemberQ[{"Gaussian", "Rectangular", "Triangular"}, kernel]
silverman[data_] := 0.9 Min[Select[{StandardDeviation[data], InterquartileRange[data]/1.34}, Positive]] Length[data]^(-1/5)
kernelAt["Gaussian", x_, h_] := NormalDistribution[x, h]
kernelAt["Rectangular", x_, h_] := UniformDistribution[{x - h, x + h}]
kernelAt["Triangular", x_, h_] := TriangularDistribution[{x - h, x + h}]

(* SmoothKernelDistribution[data, h, kernel] stands for the smooth density around the data, as KernelMixtureDistribution does.

   Examples:
       >> PDF[SmoothKernelDistribution[{0., 1., 5.}, 1], 0.]
       = 0.213638
*)
SmoothKernelDistribution[data_?VectorQ, rest___] := KernelMixtureDistribution[data, rest]
