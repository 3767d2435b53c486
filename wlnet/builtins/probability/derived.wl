(* Category: Distributions *)

(* MixtureDistribution[{w1, …}, {dist1, …}] stands for a value of one of the distributions, chosen with the weights.

   Examples:
       >> dist = MixtureDistribution[{1, 3}, {NormalDistribution[0, 1], NormalDistribution[4, 1]}];
       >> {Mean[dist], Variance[dist], CDF[dist, 2.]}
       = {3, 4, 0.261375}
       >> Dimensions[RandomVariate[dist, {2, 3}]]
       = {2, 3}
*)
valid[MixtureDistribution[w_List, dists_List]] :=
  Length[w] == Length[dists] > 0 && Apply[And, Map[# >= 0 &, w]] && Total[w] > 0 && Apply[And, Map[DistributionParameterQ, dists]]
kind[MixtureDistribution[w_, dists_]] := kind[First[dists]]
domain[MixtureDistribution[w_, dists_]] := With[{ends = Map[domain, dists]}, {Min[ends[[All, 1]]], Max[ends[[All, 2]]]}]
density[MixtureDistribution[w_, dists_], x_] := w . Map[PDF[#, x] &, dists]/Total[w]
cumulative[MixtureDistribution[w_, dists_], x_] := w . Map[CDF[#, x] &, dists]/Total[w]
moment[MixtureDistribution[w_, dists_], r_] := w . Map[Moment[#, r] &, dists]/Total[w]
mean[MixtureDistribution[w_, dists_]] := w . Map[Mean, dists]/Total[w]
variance[MixtureDistribution[w_, dists_]] := w . Map[Variance[#] + Mean[#]^2 &, dists]/Total[w] - (w . Map[Mean, dists]/Total[w])^2
draws[MixtureDistribution[w_, dists_], dims_] := With[{chosen = RandomChoice[w -> Range[Length[w]], dims]},
  Total[MapIndexed[(1 - Unitize[chosen - First[#2]]) RandomVariate[#1, dims] &, dists]]
]

(* TruncatedDistribution[{min, max}, dist] stands for the values of a distribution that lie between min and max.

   Details: Of whole numbers, those above min up to max.

   Examples:
       >> dist = TruncatedDistribution[{0, Infinity}, NormalDistribution[0, 1]];
       >> {PDF[dist, 0], CDF[dist, 1.], Min[RandomVariate[dist, 100]] >= 0, Mean[dist]}
       = {Sqrt[2/Pi], 0.6826894921370859, True, 0.7978845608028655}
*)
valid[TruncatedDistribution[{a_, b_}, dist_]] := a < b && DistributionParameterQ[dist] && CDF[dist, a] < CDF[dist, b]
kind[TruncatedDistribution[_, dist_]] := kind[dist]
domain[TruncatedDistribution[{a_, b_}, dist_]] := With[{ends = domain[dist]}, {Max[a, First[ends]], Min[b, Last[ends]]}]
density[TruncatedDistribution[{a_, b_}, dist_], x_] :=
  Piecewise[{{PDF[dist, x]/(CDF[dist, b] - CDF[dist, a]), If[kind[dist] === "Discrete", a < x <= b, a <= x <= b]}}, 0]
cumulative[TruncatedDistribution[{a_, b_}, dist_], x_] :=
  Piecewise[{{(CDF[dist, x] - CDF[dist, a])/(CDF[dist, b] - CDF[dist, a]), a <= x <= b}, {1, x > b}}, 0]
inverse[TruncatedDistribution[{a_, b_}, dist_], q_] :=
  InverseCDF[dist, CDF[dist, a] + q (CDF[dist, b] - CDF[dist, a])]
draws[TruncatedDistribution[{a_, b_}, dist_], dims_] :=
  InverseCDF[dist, CDF[dist, b] - RandomReal[N[CDF[dist, b] - CDF[dist, a]], dims]]

(* TransformedDistribution[expr, x \[Distributed] dist] stands for the values of an expression of a random variable.
   TransformedDistribution[expr, {x \[Distributed] dist1, y \[Distributed] dist2, …}] takes several independent ones.

   Details: Random values and moments are there for any expression, densities for a + b x.

   Examples:
       >> dist = TransformedDistribution[2 x + 1, x \[Distributed] NormalDistribution[3, 1]];
       >> {Mean[dist], Variance[dist], CDF[dist, 7]}
       = {7, 4, 1/2}
       >> {Mean[TransformedDistribution[x y, {x \[Distributed] PoissonDistribution[2], y \[Distributed] PoissonDistribution[3]}]]}
       = {6}
       >> Min[RandomVariate[TransformedDistribution[Max[x, 0], x \[Distributed] NormalDistribution[]], 50]]
       = 0
*)
valid[TransformedDistribution[_, Distributed[_, dist_]]] := DistributionParameterQ[dist]
valid[TransformedDistribution[_, given : {Distributed[_, _] ..}]] := Apply[And, Map[DistributionParameterQ[Last[#]] &, given]]
kind[TransformedDistribution[_, Distributed[_, dist_]]] := kind[dist]
domain[TransformedDistribution[expr_, Distributed[x_, dist_]]] := With[{ends = Map[expr /. x -> # &, domain[dist]]}, {Min[ends], Max[ends]}] /; slope[expr, x] =!= None
domain[TransformedDistribution[_, _]] := {-Infinity, Infinity}
slope[expr_, x_] := With[{found = D[expr, x]}, If[FreeQ[found, x] && found =!= 0, found, None]]
density[TransformedDistribution[expr_, Distributed[x_, dist_]], z_] := With[{b = slope[expr, x]},
  PDF[dist, (z - (expr /. x -> 0))/b]/If[kind[dist] === "Discrete", 1, Abs[b]] /; b =!= None
]
cumulative[TransformedDistribution[expr_, Distributed[x_, dist_]], z_] := With[{b = slope[expr, x]},
  CDF[dist, (z - (expr /. x -> 0))/b] /; TrueQ[b > 0]
]
cumulative[TransformedDistribution[expr_, Distributed[x_, dist_]], z_] := With[{b = slope[expr, x]},
  SurvivalFunction[dist, (z - (expr /. x -> 0))/b] /; TrueQ[b < 0] && kind[dist] =!= "Discrete"
]
moment[TransformedDistribution[expr_, given_], r_] := Expectation[expr^r, given]
mean[TransformedDistribution[expr_, given_]] := Expectation[expr, given]
variance[TransformedDistribution[expr_, given_]] := Expand[Expectation[expr^2, given] - Expectation[expr, given]^2]
draws[TransformedDistribution[expr_, Distributed[x_, dist_]], dims_] := With[{values = RandomVariate[dist, Apply[Times, dims]]},
  shaped[Map[Function[value, expr /. x -> value], values], dims]
]
shaped[{value_}, {}] := value
shaped[values_, dims_] := ArrayReshape[values, dims]
draws[TransformedDistribution[expr_, given_List], dims_] := With[
  {values = Transpose[Map[RandomVariate[Last[#], Apply[Times, dims]] &, given]], names = Map[First, given]},
  shaped[Map[Function[value, expr /. Thread[names -> value]], values], dims]
]

(* ProbabilityDistribution[pdf, {x, min, max}] stands for the distribution with a density in x.
   ProbabilityDistribution[pdf, {x, min, max, 1}] stands for one of whole numbers with these probabilities.

   Details: The density must have the integral 1.

   Examples:
       >> dist = ProbabilityDistribution[3 x^2, {x, 0, 1}];
       >> {PDF[dist, 1/2], CDF[dist, 0.5], InverseCDF[dist, 0.125], Mean[dist]}
       = {3/4, 0.125, 0.5, 0.75}
       >> {Mean[ProbabilityDistribution[k/6, {k, 1, 3, 1}]], Dimensions[RandomVariate[dist, 4]]}
       = {2.333333333333333, {4}}
*)
valid[ProbabilityDistribution[_, {_, a_, b_, ___}]] := a < b
kind[ProbabilityDistribution[_, {_, _, _}]] := "Continuous"
kind[ProbabilityDistribution[_, {_, _, _, 1}]] := "Discrete"
domain[ProbabilityDistribution[_, {_, a_, b_, ___}]] := {a, b}
density[ProbabilityDistribution[f_, {x_, a_, b_, ___}], z_] := Piecewise[{{f /. x -> z, a <= z <= b}}, 0]

(* OrderDistribution[{dist, n}, k] stands for the k-th smallest of n values of a continuous distribution.

   Examples:
       >> dist = OrderDistribution[{UniformDistribution[], 3}, 3];
       >> {PDF[dist, 1/2], CDF[dist, 1/2], Mean[dist]}
       = {3/4, 1/8, 0.75}
*)
valid[OrderDistribution[{dist_, n_Integer}, k_Integer]] := 1 <= k <= n && DistributionParameterQ[dist] && kind[dist] =!= "Discrete"
domain[OrderDistribution[{dist_, _}, _]] := domain[dist]
density[OrderDistribution[{dist_, n_}, k_], x_] :=
  k Binomial[n, k] CDF[dist, x]^(k - 1) SurvivalFunction[dist, x]^(n - k) PDF[dist, x] /. Power[_, 0] -> 1
cumulative[OrderDistribution[{dist_, n_}, k_], x_] :=
  Total[Map[Binomial[n, #] CDF[dist, x]^# If[# == n, 1, SurvivalFunction[dist, x]^(n - #)] &, Range[k, n]]]
draws[OrderDistribution[{dist_, n_}, k_], dims_] := InverseCDF[dist, RandomVariate[BetaDistribution[k, n - k + 1], dims]]
