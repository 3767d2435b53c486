(* Category: Distributions *)

(* ExponentialDistribution[lambda] stands for an exponential distribution with rate lambda, that is, mean 1/lambda.
   ExponentialDistribution[] stands for that with rate 1.

   Examples:
       >> PDF[ExponentialDistribution[l], x]
       = Piecewise[{{l/E^(l*x), x >= 0}}, 0]
       >> {Mean[ExponentialDistribution[l]], CDF[ExponentialDistribution[2], 1], Skewness[ExponentialDistribution[l]]}
       = {l^(-1), 1 - E^(-2), 2}
*)
ExponentialDistribution[] := ExponentialDistribution[1]
valid[ExponentialDistribution[l_]] := l > 0
domain[ExponentialDistribution[l_]] := {0, Infinity}
density[ExponentialDistribution[l_], x_] := Piecewise[{{l E^(-l x), x >= 0}}, 0]
cumulative[ExponentialDistribution[l_], x_] := Piecewise[{{1 - E^(-l x), x >= 0}}, 0]
inverse[ExponentialDistribution[l_], q_] := -Log[1 - q]/l
mean[ExponentialDistribution[l_]] := 1/l
variance[ExponentialDistribution[l_]] := 1/l^2
skewness[ExponentialDistribution[l_]] := 2
kurtosis[ExponentialDistribution[l_]] := 9
characteristic[ExponentialDistribution[l_], t_] := l/(l - I t)
fit[ExponentialDistribution[l_], data_] := {1/Mean[data]}
draws[ExponentialDistribution[l_], _] := {"exponential", 1/l}
scipy[ExponentialDistribution[l_]] := {"expon", 0, 1/l}

(* GammaDistribution[alpha, beta] stands for a gamma distribution with shape alpha and scale beta.

   Examples:
       >> {Mean[GammaDistribution[a, b]], Variance[GammaDistribution[a, b]], Kurtosis[GammaDistribution[3, b]]}
       = {a b, a b^2, 5}
*)
valid[GammaDistribution[a_, b_]] := a > 0 && b > 0
domain[GammaDistribution[a_, b_]] := {0, Infinity}
density[GammaDistribution[a_, b_], x_] := Piecewise[{{x^(a - 1) E^(-x/b)/(b^a Gamma[a]), x > 0}}, 0]
cumulative[GammaDistribution[a_, b_], x_] := Piecewise[{{1 - Gamma[a, x/b]/Gamma[a], x > 0}}, 0]
mean[GammaDistribution[a_, b_]] := a b
variance[GammaDistribution[a_, b_]] := a b^2
skewness[GammaDistribution[a_, b_]] := 2/Sqrt[a]
kurtosis[GammaDistribution[a_, b_]] := 3 + 6/a
characteristic[GammaDistribution[a_, b_], t_] := (1 - I b t)^(-a)
draws[GammaDistribution[a_, b_], _] := {"gamma", a, b}
scipy[GammaDistribution[a_, b_]] := {"gamma", a, 0, b}

(* ErlangDistribution[k, lambda] stands for the sum of k values of an exponential distribution with rate lambda.

   Examples:
       >> {Mean[ErlangDistribution[3, l]], PDF[ErlangDistribution[2, 1], 1]}
       = {3/l, E^(-1)}
*)
valid[ErlangDistribution[k_, l_]] := k >= 1 && l > 0 && k == Floor[k]
domain[ErlangDistribution[k_, l_]] := {0, Infinity}
density[ErlangDistribution[k_, l_], x_] := Piecewise[{{l^k x^(k - 1) E^(-l x)/Gamma[k], x > 0}}, 0]
cumulative[ErlangDistribution[k_, l_], x_] := Piecewise[{{1 - Gamma[k, l x]/Gamma[k], x > 0}}, 0]
mean[ErlangDistribution[k_, l_]] := k/l
variance[ErlangDistribution[k_, l_]] := k/l^2
skewness[ErlangDistribution[k_, l_]] := 2/Sqrt[k]
kurtosis[ErlangDistribution[k_, l_]] := 3 + 6/k
characteristic[ErlangDistribution[k_, l_], t_] := (1 - I t/l)^(-k)
draws[ErlangDistribution[k_, l_], _] := {"gamma", k, 1/l}
scipy[ErlangDistribution[k_, l_]] := {"gamma", k, 0, 1/l}

(* InverseGammaDistribution[alpha, beta] stands for the reciprocals of a gamma distribution with shape alpha and scale 1/beta.

   Examples:
       >> {Mean[InverseGammaDistribution[3, b]], Mean[InverseGammaDistribution[1, 1]]}
       = {b/2, Indeterminate}
*)
valid[InverseGammaDistribution[a_, b_]] := a > 0 && b > 0
domain[InverseGammaDistribution[a_, b_]] := {0, Infinity}
density[InverseGammaDistribution[a_, b_], x_] := Piecewise[{{(b/x)^a E^(-b/x)/(x Gamma[a]), x > 0}}, 0]
cumulative[InverseGammaDistribution[a_, b_], x_] := Piecewise[{{Gamma[a, b/x]/Gamma[a], x > 0}}, 0]
mean[InverseGammaDistribution[a_, b_]] := Piecewise[{{b/(a - 1), a > 1}}, Indeterminate]
variance[InverseGammaDistribution[a_, b_]] := Piecewise[{{b^2/((a - 2) (a - 1)^2), a > 2}}, Indeterminate]
skewness[InverseGammaDistribution[a_, b_]] := Piecewise[{{4 Sqrt[a - 2]/(a - 3), a > 3}}, Indeterminate]
kurtosis[InverseGammaDistribution[a_, b_]] := Piecewise[{{3 + 6 (5 a - 11)/((a - 4) (a - 3)), a > 4}}, Indeterminate]
draws[InverseGammaDistribution[a_, b_], dims_] := b/RandomVariate[GammaDistribution[a, 1], dims]
scipy[InverseGammaDistribution[a_, b_]] := {"invgamma", a, 0, b}

(* InverseGaussianDistribution[mu, lambda] stands for an inverse Gaussian distribution with mean mu and scale lambda.

   Examples:
       >> {Mean[InverseGaussianDistribution[m, l]], Variance[InverseGaussianDistribution[m, l]]}
       = {m, m^3/l}
*)
valid[InverseGaussianDistribution[m_, l_]] := m > 0 && l > 0
domain[InverseGaussianDistribution[m_, l_]] := {0, Infinity}
density[InverseGaussianDistribution[m_, l_], x_] :=
  Piecewise[{{Sqrt[l/x^3] E^(-l (x - m)^2/(2 m^2 x))/Sqrt[2 Pi], x > 0}}, 0]
mean[InverseGaussianDistribution[m_, l_]] := m
variance[InverseGaussianDistribution[m_, l_]] := m^3/l
skewness[InverseGaussianDistribution[m_, l_]] := 3 Sqrt[m/l]
kurtosis[InverseGaussianDistribution[m_, l_]] := 3 + 15 m/l
fit[InverseGaussianDistribution[m_, l_], data_] := {Mean[data], 1/Mean[1/data - 1/Mean[data]]}
draws[InverseGaussianDistribution[m_, l_], _] := {"wald", m, l}
scipy[InverseGaussianDistribution[m_, l_]] := {"invgauss", m/l, 0, l}

(* ChiSquareDistribution[nu] stands for the sum of the squares of nu standard normal values.

   Examples:
       >> {Mean[ChiSquareDistribution[n]], Variance[ChiSquareDistribution[n]], CDF[ChiSquareDistribution[2], 2]}
       = {n, 2*n, 1 - Gamma[1, 1]}
*)
valid[ChiSquareDistribution[n_]] := n > 0
domain[ChiSquareDistribution[n_]] := {0, Infinity}
density[ChiSquareDistribution[n_], x_] := Piecewise[{{x^(n/2 - 1) E^(-x/2)/(2^(n/2) Gamma[n/2]), x > 0}}, 0]
cumulative[ChiSquareDistribution[n_], x_] := Piecewise[{{1 - Gamma[n/2, x/2]/Gamma[n/2], x > 0}}, 0]
mean[ChiSquareDistribution[n_]] := n
variance[ChiSquareDistribution[n_]] := 2 n
skewness[ChiSquareDistribution[n_]] := 2 Sqrt[2/n]
kurtosis[ChiSquareDistribution[n_]] := 3 + 12/n
characteristic[ChiSquareDistribution[n_], t_] := (1 - 2 I t)^(-n/2)
draws[ChiSquareDistribution[n_], _] := {"chisquare", n}
scipy[ChiSquareDistribution[n_]] := {"chi2", n, 0, 1}

(* ChiDistribution[nu] stands for the root of the sum of the squares of nu standard normal values.

   Examples:
       >> {Mean[ChiDistribution[2]], CDF[ChiDistribution[2], 1.]}
       = {Sqrt[Pi]/Sqrt[2], 0.3934693402873665}
*)
valid[ChiDistribution[n_]] := n > 0
domain[ChiDistribution[n_]] := {0, Infinity}
density[ChiDistribution[n_], x_] := Piecewise[{{2^(1 - n/2) x^(n - 1) E^(-x^2/2)/Gamma[n/2], x > 0}}, 0]
cumulative[ChiDistribution[n_], x_] := Piecewise[{{1 - Gamma[n/2, x^2/2]/Gamma[n/2], x > 0}}, 0]
mean[ChiDistribution[n_]] := Sqrt[2] Gamma[(1 + n)/2]/Gamma[n/2]
variance[ChiDistribution[n_]] := n - 2 Gamma[(1 + n)/2]^2/Gamma[n/2]^2
draws[ChiDistribution[n_], dims_] := Sqrt[RandomVariate[ChiSquareDistribution[n], dims]]
scipy[ChiDistribution[n_]] := {"chi", n, 0, 1}

(* FRatioDistribution[n, m] stands for the ratio of two means of squares with n and m degrees of freedom.

   Examples:
       >> {Mean[FRatioDistribution[3, 4]], Mean[FRatioDistribution[3, 1]], CDF[FRatioDistribution[2, 10], 2.]}
       = {2, Indeterminate, 0.814066}
*)
valid[FRatioDistribution[n_, m_]] := n > 0 && m > 0
domain[FRatioDistribution[n_, m_]] := {0, Infinity}
density[FRatioDistribution[n_, m_], x_] :=
  Piecewise[{{n^(n/2) m^(m/2) x^(n/2 - 1) (m + n x)^(-(n + m)/2)/Beta[n/2, m/2], x > 0}}, 0]
mean[FRatioDistribution[n_, m_]] := Piecewise[{{m/(m - 2), m > 2}}, Indeterminate]
variance[FRatioDistribution[n_, m_]] :=
  Piecewise[{{2 m^2 (n + m - 2)/(n (m - 4) (m - 2)^2), m > 4}}, Indeterminate]
draws[FRatioDistribution[n_, m_], _] := {"f", n, m}
scipy[FRatioDistribution[n_, m_]] := {"f", n, m, 0, 1}

(* RayleighDistribution[sigma] stands for the length of a vector of two normal values with deviation sigma.

   Examples:
       >> {CDF[RayleighDistribution[1], 1], Mean[RayleighDistribution[s]]}
       = {1 - 1/Sqrt[E], Sqrt[Pi/2]*s}
*)
valid[RayleighDistribution[s_]] := s > 0
domain[RayleighDistribution[s_]] := {0, Infinity}
density[RayleighDistribution[s_], x_] := Piecewise[{{x E^(-x^2/(2 s^2))/s^2, x > 0}}, 0]
cumulative[RayleighDistribution[s_], x_] := Piecewise[{{1 - E^(-x^2/(2 s^2)), x > 0}}, 0]
inverse[RayleighDistribution[s_], q_] := s Sqrt[-2 Log[1 - q]]
mean[RayleighDistribution[s_]] := Sqrt[Pi/2] s
variance[RayleighDistribution[s_]] := (2 - Pi/2) s^2
skewness[RayleighDistribution[s_]] := 2 (Pi - 3) Sqrt[Pi]/(4 - Pi)^(3/2)
kurtosis[RayleighDistribution[s_]] := (32 - 3 Pi^2)/(4 - Pi)^2
fit[RayleighDistribution[s_], data_] := {RootMeanSquare[data]/Sqrt[2]}
draws[RayleighDistribution[s_], _] := {"rayleigh", s}
scipy[RayleighDistribution[s_]] := {"rayleigh", 0, s}

(* MaxwellDistribution[sigma] stands for the length of a vector of three normal values with deviation sigma.

   Examples:
       >> {Mean[MaxwellDistribution[s]], Variance[MaxwellDistribution[1]]}
       = {2 Sqrt[2/Pi] s, 3 - 8/Pi}
*)
valid[MaxwellDistribution[s_]] := s > 0
domain[MaxwellDistribution[s_]] := {0, Infinity}
density[MaxwellDistribution[s_], x_] := Piecewise[{{Sqrt[2/Pi] x^2 E^(-x^2/(2 s^2))/s^3, x > 0}}, 0]
cumulative[MaxwellDistribution[s_], x_] :=
  Piecewise[{{Erf[x/(Sqrt[2] s)] - Sqrt[2/Pi] x E^(-x^2/(2 s^2))/s, x > 0}}, 0]
mean[MaxwellDistribution[s_]] := 2 Sqrt[2/Pi] s
variance[MaxwellDistribution[s_]] := (3 - 8/Pi) s^2
fit[MaxwellDistribution[s_], data_] := {RootMeanSquare[data]/Sqrt[3]}
draws[MaxwellDistribution[s_], dims_] := s Sqrt[RandomVariate[ChiSquareDistribution[3], dims]]
scipy[MaxwellDistribution[s_]] := {"maxwell", 0, s}

(* WeibullDistribution[alpha, beta] stands for a Weibull distribution with shape alpha and scale beta.

   Examples:
       >> {CDF[WeibullDistribution[2, 1], 1], Mean[WeibullDistribution[2, b]]}
       = {1 - E^(-1), (b*Sqrt[Pi])/2}
*)
valid[WeibullDistribution[a_, b_]] := a > 0 && b > 0
domain[WeibullDistribution[a_, b_]] := {0, Infinity}
density[WeibullDistribution[a_, b_], x_] := Piecewise[{{a (x/b)^(a - 1) E^(-(x/b)^a)/b, x > 0}}, 0]
cumulative[WeibullDistribution[a_, b_], x_] := Piecewise[{{1 - E^(-(x/b)^a), x > 0}}, 0]
inverse[WeibullDistribution[a_, b_], q_] := b (-Log[1 - q])^(1/a)
mean[WeibullDistribution[a_, b_]] := b Gamma[1 + 1/a]
variance[WeibullDistribution[a_, b_]] := b^2 (Gamma[1 + 2/a] - Gamma[1 + 1/a]^2)
draws[WeibullDistribution[a_, b_], dims_] := b RandomVariate[ExponentialDistribution[1], dims]^(1/a)
scipy[WeibullDistribution[a_, b_]] := {"weibull_min", a, 0, b}

(* FrechetDistribution[alpha, beta] stands for a Fréchet distribution with shape alpha and scale beta.

   Examples:
       >> {CDF[FrechetDistribution[2, 1], 1], Median[FrechetDistribution[1, b]]}
       = {E^(-1), b/Log[2]}
*)
valid[FrechetDistribution[a_, b_]] := a > 0 && b > 0
domain[FrechetDistribution[a_, b_]] := {0, Infinity}
density[FrechetDistribution[a_, b_], x_] := Piecewise[{{a (x/b)^(-1 - a) E^(-(x/b)^(-a))/b, x > 0}}, 0]
cumulative[FrechetDistribution[a_, b_], x_] := Piecewise[{{E^(-(x/b)^(-a)), x > 0}}, 0]
inverse[FrechetDistribution[a_, b_], q_] := b (-Log[q])^(-1/a)
mean[FrechetDistribution[a_, b_]] := Piecewise[{{b Gamma[1 - 1/a], a > 1}}, Infinity]
variance[FrechetDistribution[a_, b_]] := Piecewise[{{b^2 (Gamma[1 - 2/a] - Gamma[1 - 1/a]^2), a > 2}}, Infinity]
draws[FrechetDistribution[a_, b_], dims_] := b RandomVariate[ExponentialDistribution[1], dims]^(-1/a)
scipy[FrechetDistribution[a_, b_]] := {"invweibull", a, 0, b}

(* LogLogisticDistribution[gamma, sigma] stands for a log-logistic distribution with shape gamma and scale sigma.

   Examples:
       >> {CDF[LogLogisticDistribution[2, 1], 3], Median[LogLogisticDistribution[g, s]]}
       = {9/10, s}
*)
valid[LogLogisticDistribution[g_, s_]] := g > 0 && s > 0
domain[LogLogisticDistribution[g_, s_]] := {0, Infinity}
density[LogLogisticDistribution[g_, s_], x_] := Piecewise[{{g (x/s)^(g - 1)/(s (1 + (x/s)^g)^2), x > 0}}, 0]
cumulative[LogLogisticDistribution[g_, s_], x_] := Piecewise[{{1/(1 + (x/s)^(-g)), x > 0}}, 0]
inverse[LogLogisticDistribution[g_, s_], q_] := s (1/q - 1)^(-1/g)
mean[LogLogisticDistribution[g_, s_]] := Piecewise[{{Pi s/(g Sin[Pi/g]), g > 1}}, Indeterminate]
variance[LogLogisticDistribution[g_, s_]] :=
  Piecewise[{{2 Pi s^2/(g Sin[2 Pi/g]) - (Pi s/(g Sin[Pi/g]))^2, g > 2}}, Indeterminate]
draws[LogLogisticDistribution[g_, s_], dims_] := s (1/RandomReal[1, dims] - 1)^(-1/g)
scipy[LogLogisticDistribution[g_, s_]] := {"fisk", g, 0, s}

(* ParetoDistribution[k, alpha] stands for a Pareto distribution of values from k on with shape alpha.

   Examples:
       >> {CDF[ParetoDistribution[1, 2], 3], Mean[ParetoDistribution[k, 3]], Variance[ParetoDistribution[1, 2]]}
       = {8/9, (3*k)/2, Indeterminate}
*)
valid[ParetoDistribution[k_, a_]] := k > 0 && a > 0
domain[ParetoDistribution[k_, a_]] := {k, Infinity}
density[ParetoDistribution[k_, a_], x_] := Piecewise[{{a k^a x^(-1 - a), x >= k}}, 0]
cumulative[ParetoDistribution[k_, a_], x_] := Piecewise[{{1 - (k/x)^a, x >= k}}, 0]
inverse[ParetoDistribution[k_, a_], q_] := k (1 - q)^(-1/a)
mean[ParetoDistribution[k_, a_]] := Piecewise[{{a k/(a - 1), a > 1}}, Indeterminate]
variance[ParetoDistribution[k_, a_]] := Piecewise[{{a k^2/((a - 2) (a - 1)^2), a > 2}}, Indeterminate]
skewness[ParetoDistribution[k_, a_]] := Piecewise[{{2 Sqrt[(a - 2)/a] (1 + a)/(a - 3), a > 3}}, Indeterminate]
kurtosis[ParetoDistribution[k_, a_]] :=
  Piecewise[{{3 (a - 2) (2 + a + 3 a^2)/(a (a - 3) (a - 4)), a > 4}}, Indeterminate]
fit[ParetoDistribution[k_, a_], data_] := {Min[data], 1/Mean[Log[data/Min[data]]]}
draws[ParetoDistribution[k_, a_], dims_] := k E^(RandomVariate[ExponentialDistribution[1], dims]/a)
scipy[ParetoDistribution[k_, a_]] := {"pareto", a, 0, k}

(* LevyDistribution[mu, sigma] stands for a Lévy distribution of values from mu on with scale sigma.

   Examples:
       >> {CDF[LevyDistribution[0, 1], 1.], Mean[LevyDistribution[m, s]]}
       = {0.317311, Infinity}
*)
valid[LevyDistribution[m_, s_]] := s > 0
domain[LevyDistribution[m_, s_]] := {m, Infinity}
density[LevyDistribution[m_, s_], x_] :=
  Piecewise[{{Sqrt[s/(2 Pi)] E^(-s/(2 (x - m)))/(x - m)^(3/2), x > m}}, 0]
cumulative[LevyDistribution[m_, s_], x_] := Piecewise[{{Erfc[Sqrt[s/(2 (x - m))]], x > m}}, 0]
inverse[LevyDistribution[m_, s_], q_] := m + s/(2 InverseErfc[q]^2)
mean[LevyDistribution[m_, s_]] := Infinity
variance[LevyDistribution[m_, s_]] := Infinity
draws[LevyDistribution[m_, s_], dims_] := m + s/RandomVariate[NormalDistribution[0, 1], dims]^2
scipy[LevyDistribution[m_, s_]] := {"levy", m, s}
