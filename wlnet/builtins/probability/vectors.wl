(* Category: Distributions *)

(* MultinormalDistribution[mu, sigma] stands for a normal distribution of vectors with mean mu and covariance matrix sigma.
   MultinormalDistribution[sigma] stands for that with mean zero.

   Examples:
       >> dist = MultinormalDistribution[{1, 2}, {{2, 1}, {1, 3}}];
       >> {Mean[dist], Variance[dist], Covariance[dist], PDF[dist, {1, 2}]}
       = {{1, 2}, {2, 3}, {{2, 1}, {1, 3}}, 1/Sqrt[20*Pi^2]}
       >> Dimensions[RandomVariate[dist, 5]]
       = {5, 2}
*)
MultinormalDistribution[s_?MatrixQ] := MultinormalDistribution[ConstantArray[0, Length[s]], s]
valid[MultinormalDistribution[m_?VectorQ, s_?MatrixQ]] := Dimensions[s] === {Length[m], Length[m]} && isCovariance[s]
isCovariance[s_] := !MatrixQ[s, NumericQ] || (s == Transpose[s] && Min[Eigenvalues[N[s]]] > 0)
kind[MultinormalDistribution[m_, s_]] := "Multivariate"
domain[MultinormalDistribution[m_, s_]] := Map[{-Infinity, Infinity} &, m]
density[MultinormalDistribution[m_, s_], x_List] :=
  E^(-(x - m) . Inverse[s] . (x - m)/2)/Sqrt[(2 Pi)^Length[m] Det[s]]
mean[MultinormalDistribution[m_, s_]] := m
variance[MultinormalDistribution[m_, s_]] := Diagonal[s]
covariance[MultinormalDistribution[m_, s_]] := s
skewness[MultinormalDistribution[m_, s_]] := 0 m
kurtosis[MultinormalDistribution[m_, s_]] := 3 + 0 m
characteristic[MultinormalDistribution[m_, s_], t_List] := E^(I m . t - t . s . t/2)
marginal[MultinormalDistribution[m_, s_], k_Integer] := NormalDistribution[m[[k]], Sqrt[s[[k, k]]]]
marginal[MultinormalDistribution[m_, s_], k_List] := MultinormalDistribution[m[[k]], s[[k, k]]]
fit[MultinormalDistribution[m_, s_], data_] := {Mean[data], Covariance[data] (Length[data] - 1)/Length[data]}
draws[MultinormalDistribution[m_, s_], _] := {"multivariate_normal", m, s}
scipy[MultinormalDistribution[m_, s_]] := {"multivariate_normal", m, s}

(* BinormalDistribution[{mu1, mu2}, {sigma1, sigma2}, rho] stands for a normal distribution of pairs with correlation rho.
   BinormalDistribution[rho] stands for that of standard normal values.

   Examples:
       >> {Covariance[BinormalDistribution[{0, 0}, {1, 2}, r]], Mean[BinormalDistribution[1/2]]}
       = {{{1, 2 r}, {2 r, 4}}, {0, 0}}
*)
BinormalDistribution[r : Except[_List]] := BinormalDistribution[{0, 0}, {1, 1}, r]
BinormalDistribution[{a_, b_}, {s_, t_}, r_] := MultinormalDistribution[{a, b}, {{s^2, r s t}, {r s t, t^2}}]

(* MultivariateTDistribution[mu, sigma, nu] stands for a t distribution of vectors with location mu, scale matrix sigma and nu
   degrees of freedom.
   MultivariateTDistribution[sigma, nu] stands for that with location zero.

   Examples:
       >> dist = MultivariateTDistribution[{{1, 1/2}, {1/2, 1}}, 4];
       >> {Mean[dist], Covariance[dist], PDF[dist, {0., 0.}]}
       = {{0, 0}, {{2, 1}, {1, 2}}, 0.183776}
*)
MultivariateTDistribution[s_?MatrixQ, n_] := MultivariateTDistribution[ConstantArray[0, Length[s]], s, n]
valid[MultivariateTDistribution[m_?VectorQ, s_?MatrixQ, n_]] := n > 0 && valid[MultinormalDistribution[m, s]]
kind[MultivariateTDistribution[m_, s_, n_]] := "Multivariate"
domain[MultivariateTDistribution[m_, s_, n_]] := Map[{-Infinity, Infinity} &, m]
density[MultivariateTDistribution[m_, s_, n_], x_List] := With[{d = Length[m]},
  (1 + (x - m) . Inverse[s] . (x - m)/n)^(-(n + d)/2) Gamma[(n + d)/2]/(Gamma[n/2] Sqrt[(n Pi)^d Det[s]])
]
mean[MultivariateTDistribution[m_, s_, n_]] := Piecewise[{{m, n > 1}}, Indeterminate]
variance[MultivariateTDistribution[m_, s_, n_]] := Piecewise[{{n Diagonal[s]/(n - 2), n > 2}}, Indeterminate]
covariance[MultivariateTDistribution[m_, s_, n_]] := Piecewise[{{n s/(n - 2), n > 2}}, Indeterminate]
marginal[MultivariateTDistribution[m_, s_, n_], k_Integer] := StudentTDistribution[m[[k]], Sqrt[s[[k, k]]], n]
marginal[MultivariateTDistribution[m_, s_, n_], k_List] := MultivariateTDistribution[m[[k]], s[[k, k]], n]
scipy[MultivariateTDistribution[m_, s_, n_]] := {"multivariate_t", m, s, n}

(* DirichletDistribution[{a1, …, ak}] stands for a Dirichlet distribution of k - 1 of k shares that add up to 1.

   Details: The last share is left out, as it follows from the others.

   Examples:
       >> {Mean[DirichletDistribution[{1, 2, 3}]], PDF[DirichletDistribution[{1, 2, 3}], {1/2, 1/4}]}
       = {{1/6, 1/3}, 15/16}
       >> Dimensions[RandomVariate[DirichletDistribution[{1, 2, 3}], 4]]
       = {4, 2}
*)
valid[DirichletDistribution[a_?VectorQ]] := Length[a] > 1 && Apply[And, Map[# > 0 &, a]]
kind[DirichletDistribution[a_]] := "Multivariate"
domain[DirichletDistribution[a_]] := Map[{0, 1} &, Most[a]]
density[DirichletDistribution[a_], x_List] := Piecewise[{{
  Gamma[Total[a]] Apply[Times, Append[x, 1 - Total[x]]^(a - 1)]/Apply[Times, Gamma[a]],
  Apply[And, Map[# > 0 &, x]] && Total[x] < 1
}}, 0]
mean[DirichletDistribution[a_]] := Most[a]/Total[a]
variance[DirichletDistribution[a_]] := Diagonal[covariance[DirichletDistribution[a]]]
covariance[DirichletDistribution[a_]] := With[{shares = Most[a]/Total[a]},
  (DiagonalMatrix[shares] - Outer[Times, shares, shares])/(Total[a] + 1)
]
marginal[DirichletDistribution[a_], k_Integer] := BetaDistribution[a[[k]], Total[a] - a[[k]]]
draws[DirichletDistribution[a_], dims_] := With[
  {values = Map[RandomVariate[GammaDistribution[#, 1], Apply[Times, dims]] &, a]},
  ArrayReshape[Transpose[Map[#/Total[values] &, Most[values]]], Append[dims, Length[a] - 1]]
]

(* MultinomialDistribution[n, {p1, …, pm}] stands for how often each of m results comes in n trials.

   Examples:
       >> dist = MultinomialDistribution[4, {1/2, 1/4, 1/4}];
       >> {Mean[dist], PDF[dist, {2, 1, 1}], Covariance[dist][[1]]}
       = {{2, 1, 1}, 3/16, {1, -1/2, -1/2}}
       >> Total[RandomVariate[dist]]
       = 4
*)
valid[MultinomialDistribution[n_, p_?VectorQ]] :=
  0 <= n < 2^62 && n == Floor[n] && Apply[And, Map[0 <= # <= 1 &, p]] && Abs[Total[p] - 1] < 10^-8
kind[MultinomialDistribution[n_, p_]] := "Multivariate"
domain[MultinomialDistribution[n_, p_]] := Map[{0, n} &, p]
density[MultinomialDistribution[n_, p_], k_List] :=
  Piecewise[{{Apply[Multinomial, k] Apply[Times, p^k], Total[k] == n && Apply[And, Map[# >= 0 &, k]]}}, 0]
mean[MultinomialDistribution[n_, p_]] := n p
variance[MultinomialDistribution[n_, p_]] := n p (1 - p)
covariance[MultinomialDistribution[n_, p_]] := n (DiagonalMatrix[p] - Outer[Times, p, p])
marginal[MultinomialDistribution[n_, p_], k_Integer] := BinomialDistribution[n, p[[k]]]
draws[MultinomialDistribution[n_, p_], _] := {"multinomial", n, p}
scipy[MultinomialDistribution[n_, p_]] := {"multinomial", n, p}

(* ProductDistribution[dist1, dist2, …] stands for vectors of independent values, one of each distribution.
   ProductDistribution[{dist, n}] stands for n values of the same one.

   Examples:
       >> dist = ProductDistribution[NormalDistribution[0, 1], ExponentialDistribution[2]];
       >> {Mean[dist], Variance[dist], PDF[dist, {0, 1}]}
       = {{0, 1/2}, {1, 1/4}, Sqrt[2/Pi]/E^2}
       >> Dimensions[RandomVariate[ProductDistribution[{UniformDistribution[], 3}], {2, 5}]]
       = {2, 5, 3}
*)
ProductDistribution[before___, {dist_, n_Integer?Positive}, after___] :=
  Apply[ProductDistribution, Join[{before}, ConstantArray[dist, n], {after}]]
valid[ProductDistribution[dists__]] := Apply[And, Map[DistributionParameterQ, {dists}]]
kind[ProductDistribution[__]] := "Multivariate"
domain[ProductDistribution[dists__]] := Map[domain, {dists}]
density[ProductDistribution[dists__], x_List] := Apply[Times, MapThread[PDF, {{dists}, x}]]
cumulative[ProductDistribution[dists__], x_List] := Apply[Times, MapThread[CDF, {{dists}, x}]]
mean[ProductDistribution[dists__]] := Map[Mean, {dists}]
variance[ProductDistribution[dists__]] := Map[Variance, {dists}]
skewness[ProductDistribution[dists__]] := Map[Skewness, {dists}]
kurtosis[ProductDistribution[dists__]] := Map[Kurtosis, {dists}]
covariance[ProductDistribution[dists__]] := DiagonalMatrix[Map[Variance, {dists}]]
marginal[ProductDistribution[dists__], k_Integer] := {dists}[[k]]
marginal[ProductDistribution[dists__], k_List] := Apply[ProductDistribution, {dists}[[k]]]
draws[ProductDistribution[dists__], dims_] :=
  ArrayReshape[Transpose[Map[RandomVariate[#, Apply[Times, dims]] &, {dists}]], Append[dims, Length[{dists}]]]
