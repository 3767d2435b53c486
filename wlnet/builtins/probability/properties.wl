(* Category: Statistics *)

(* DistributionDomain[dist] gives what values a distribution can have: an interval, a range of whole numbers, or one of these
   for each component of a vector.

   Examples:
       >> {DistributionDomain[ExponentialDistribution[2]], DistributionDomain[BinomialDistribution[9, 1/2]]}
       = {Interval[{0, Infinity}], {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}
       >> DistributionDomain[PoissonDistribution[3]]
       = Inactive[Range][0, Infinity]
*)
DistributionDomain[dist_?DistributionParameterQ] := Switch[kind[dist],
  "Categorical", domain[dist],
  "Discrete", Which[
    Head[dist] === EmpiricalDistribution, Union[Last[First[dist]]],
    FreeQ[domain[dist], DirectedInfinity], Apply[Range, domain[dist]],
    True, Apply[Inactive[Range], domain[dist]]
  ],
  "Multivariate", Map[Interval, domain[dist]],
  _, Interval[domain[dist]]
]

(* HazardFunction[dist, x] gives the density at x over the probability of a value above x.
   HazardFunction[dist] gives the pure function of it.

   Examples:
       >> {HazardFunction[ExponentialDistribution[2], 3], HazardFunction[NormalDistribution[0, 1], 1.]}
       = {2, 1.52514}
*)
HazardFunction[dist_?DistributionParameterQ, x_] := PDF[dist, x]/SurvivalFunction[dist, x]
HazardFunction[dist_?DistributionParameterQ] := Function[HazardFunction[dist, #]]

(* Likelihood[dist, {x1, x2, …}] gives the product of the densities at the x.

   Examples:
       >> {Likelihood[ExponentialDistribution[l], {1, 2}], Likelihood[BernoulliDistribution[1/3], {1, 0, 0}]}
       = {l^2/E^(3*l), 4/27}
*)
Likelihood[dist_?DistributionParameterQ, data_List] := Apply[Times, Map[PDF[dist, #] &, data]]

(* LogLikelihood[dist, {x1, x2, …}] gives the sum of the logarithms of the densities at the x.

   Examples:
       >> LogLikelihood[NormalDistribution[0, 1], {0., 1., 2.}]
       = -5.256816
*)
LogLikelihood[dist_?DistributionParameterQ, data_List] := Total[Log[Map[PDF[dist, #] &, data]]]

(* CharacteristicFunction[dist, t] gives the expectation of E^(I t x).

   Examples:
       >> {CharacteristicFunction[NormalDistribution[m, s], t], CharacteristicFunction[PoissonDistribution[m], t]}
       = {E^(I*m*t - (s^2*t^2)/2), E^((-1 + E^(I*t))*m)}
*)
CharacteristicFunction[dist_?DistributionParameterQ, t_] :=
  With[{known = characteristic[dist, t]}, known /; Head[known] =!= characteristic]

(* MarginalDistribution[dist, k] gives the distribution of the component k of vectors.
   MarginalDistribution[dist, {k1, k2, …}] gives that of several.

   Examples:
       >> MarginalDistribution[MultinormalDistribution[{1, 2}, {{4, 1}, {1, 9}}], 2]
       = NormalDistribution[2, 3]
       >> MarginalDistribution[ProductDistribution[NormalDistribution[0, 1], PoissonDistribution[3]], 2]
       = PoissonDistribution[3]
*)
MarginalDistribution[dist_?DistributionParameterQ, k_] :=
  With[{known = marginal[dist, k]}, known /; Head[known] =!= marginal] /; Max[k] <= Length[domain[dist]] && Min[k] > 0

(* Expectation[expr, x \[Distributed] dist] gives the expectation of an expression of a random variable.
   Expectation[expr, {x \[Distributed] dist1, y \[Distributed] dist2, …}] takes several independent ones.
   Expectation[expr, {x, y, …} \[Distributed] dist] takes the components of a vector.
   Expectation[expr \[Conditioned] condition, …] takes only the cases in which a condition holds.

   Details: Polynomials and finite distributions give exact values; anything else is NExpectation.

   Examples:
       >> {Expectation[x^2 + 3 x, x \[Distributed] NormalDistribution[m, s]], Expectation[x^2, x \[Distributed] DiscreteUniformDistribution[{1, 6}]]}
       = {3 m + m^2 + s^2, 91/6}
       >> {Expectation[x y, {x \[Distributed] PoissonDistribution[2], y \[Distributed] NormalDistribution[3, 1]}], Round[Expectation[x y, {x, y} \[Distributed] MultinomialDistribution[2, {1/2, 1/2}]], 0.1]}
       = {6, 0.5}
       >> Expectation[x \[Conditioned] x > 3, x \[Distributed] DiscreteUniformDistribution[{1, 6}]]
       = 5
       >> Expectation[x^2, x \[Distributed] NormalDistribution[0, 1]]
       = 1
       >> Expectation[Cos[x], x \[Distributed] NormalDistribution[0, 1]]
       = 0.606531
*)
Expectation[Conditioned[expr_, condition_], given_] :=
  Expectation[expr Boole[condition], given]/Probability[condition, given]
Expectation[expr_, Distributed[x : Except[_List], dist_]] := Expectation[expr, {Distributed[x, dist]}]
Expectation[expr_, given : {Distributed[Except[_List], _?DistributionParameterQ] ..}] := byMoments[expr, given] /;
  PolynomialQ[expr, Map[First, given]] && FreeQ[Map[kind[Last[#]] &, given], "Categorical"]
byMoments[expr_, given_] := Total[Map[
  Function[term, (term /. Map[First[#] -> 1 &, given]) Apply[Times, Map[Moment[Last[#], Exponent[term, First[#]]] &, given]]],
  Replace[Expand[expr], {sum_Plus :> Apply[List, sum], term_ :> {term}}]
]]
Expectation[expr_, given : {Distributed[Except[_List], _?DistributionParameterQ] ..}] := byPlaces[expr, given] /;
  Apply[And, Map[ListQ[places[Last[#]]] &, given]] && Apply[Times, Map[Length[places[Last[#]]] &, given]] <= 10000
byPlaces[expr_, given_] := Total[Map[
  Function[chosen, (expr /. Thread[Map[First, given] -> chosen]) Apply[Times, MapThread[PDF[Last[#1], #2] &, {given, chosen}]]],
  Tuples[Map[places[Last[#]] &, given]]
]]
Expectation[expr_, given_] := With[{value = NExpectation[expr, given]}, value /; NumericQ[value]]
places[dist_] := domain[dist] /; kind[dist] === "Categorical"
places[dist_] := Apply[Range, domain[dist]] /;
  kind[dist] === "Discrete" && MatchQ[domain[dist], {_Integer, _Integer}] && Head[dist] =!= EmpiricalDistribution
places[EmpiricalDistribution[_ -> data_]] := Union[data]

(* Probability[event, x \[Distributed] dist] gives the probability of an event, a condition on random variables.
   Probability[event, {x \[Distributed] dist1, …}] and Probability[event1 \[Conditioned] event2, …] do so as Expectation does.

   Details: Comparisons of x with numbers, and finite distributions, give exact values; anything else is NProbability.

   Examples:
       >> {Probability[x > 4, x \[Distributed] DiscreteUniformDistribution[{1, 6}]], Probability[x < 1, x \[Distributed] ExponentialDistribution[2]]}
       = {1/3, 1 - E^(-2)}
       >> {Probability[1 < x <= 2, x \[Distributed] UniformDistribution[{0, 4}]], Probability[x > 2 || x < 1, x \[Distributed] UniformDistribution[{0, 4}]]}
       = {1/4, 0.75}
       >> {Probability[x + y == 7, {x \[Distributed] DiscreteUniformDistribution[{1, 6}], y \[Distributed] DiscreteUniformDistribution[{1, 6}]}], Probability[x == 6 \[Conditioned] x > 3, x \[Distributed] DiscreteUniformDistribution[{1, 6}]]}
       = {1/6, 1/3}
*)
Probability[Conditioned[event_, condition_], given_] := Probability[event && condition, given]/Probability[condition, given]
Probability[event_, given_] := With[{found = finiteProbability[event, given]}, found /; Head[found] =!= finiteProbability]
finiteProbability[event_, Distributed[x : Except[_List], dist_]] := finiteProbability[event, {Distributed[x, dist]}]
finiteProbability[event_, given : {Distributed[Except[_List], _?DistributionParameterQ] ..}] := Expectation[Boole[event], given] /;
  Apply[And, Map[MatchQ[kind[Last[#]], "Discrete" | "Categorical"] && finiteQ[Last[#]] &, given]]
finiteQ[dist_] := Head[dist] === EmpiricalDistribution || kind[dist] === "Categorical" || MatchQ[domain[dist], {_Integer, _Integer}]
Probability[event_, {Distributed[x_, dist_]}] := Probability[event, Distributed[x, dist]]
Probability[event_, Distributed[x_Symbol, dist_?DistributionParameterQ]] := With[{found = compared[event, x, dist]},
  found /; Head[found] =!= compared
]
compared[x_ <= a_, x_, dist_] := CDF[dist, a] /; FreeQ[a, x]
compared[x_ < a_, x_, dist_] := CDF[dist, a] - atPoint[dist, a] /; FreeQ[a, x]
compared[x_ > a_, x_, dist_] := SurvivalFunction[dist, a] /; FreeQ[a, x]
compared[x_ >= a_, x_, dist_] := SurvivalFunction[dist, a] + atPoint[dist, a] /; FreeQ[a, x]
compared[a_ < x_ < b_, x_, dist_] := CDF[dist, b] - CDF[dist, a] - atPoint[dist, b] /; FreeQ[{a, b}, x]
compared[a_ <= x_ <= b_, x_, dist_] := CDF[dist, b] - CDF[dist, a] + atPoint[dist, a] /; FreeQ[{a, b}, x]
compared[Inequality[a_, Less, x_, LessEqual, b_], x_, dist_] := CDF[dist, b] - CDF[dist, a] /; FreeQ[{a, b}, x]
compared[Inequality[a_, LessEqual, x_, Less, b_], x_, dist_] :=
  CDF[dist, b] - CDF[dist, a] + atPoint[dist, a] - atPoint[dist, b] /; FreeQ[{a, b}, x]
compared[x_ == a_, x_, dist_] := atPoint[dist, a] /; FreeQ[a, x]
atPoint[dist_, a_] := If[kind[dist] === "Discrete", PDF[dist, a], 0]
Probability[event_, given_] := With[{value = NProbability[event, given]}, value /; NumericQ[value]]

(* NProbability[event, x \[Distributed] dist] gives the probability of an event numerically.

   Details: As NExpectation; the distributions as in Probability.

   Examples:
       >> {NProbability[x^2 < 1, x \[Distributed] NormalDistribution[0, 1]], NProbability[x > 2, x \[Distributed] PoissonDistribution[1]]}
       = {0.682689, 0.0803014}
       >> Round[NProbability[x > y, {x \[Distributed] NormalDistribution[0, 1], y \[Distributed] NormalDistribution[1, 1]}], 0.01]
       = 0.24
*)
NProbability[Conditioned[event_, condition_], given_] := NProbability[event && condition, given]/NProbability[condition, given]
NProbability[event_, given_] := With[{value = NExpectation[Boole[event], given]}, value /; NumericQ[value]]
