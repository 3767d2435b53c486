(* Category: Distributions *)

(* NormalDistribution[mu, sigma] stands for a normal distribution with mean mu and standard deviation sigma.
   NormalDistribution[] stands for the standard one.

   Examples:
       >> PDF[NormalDistribution[m, s], x]
       = 1/(E^((-m + x)^2/(2*s^2))*Sqrt[2*Pi]*s)
       >> {CDF[NormalDistribution[], 1.], Quantile[NormalDistribution[5, 2], 1/2]}
       = {0.841345, 5}
*)
NormalDistribution[] := NormalDistribution[0, 1]
valid[NormalDistribution[m_, s_]] := s > 0
domain[NormalDistribution[m_, s_]] := {-Infinity, Infinity}
density[NormalDistribution[m_, s_], x_] := E^(-(x - m)^2/(2 s^2))/(Sqrt[2 Pi] s)
cumulative[NormalDistribution[m_, s_], x_] := Erfc[(m - x)/(Sqrt[2] s)]/2
inverse[NormalDistribution[m_, s_], q_] := m - Sqrt[2] s InverseErfc[2 q]
mean[NormalDistribution[m_, s_]] := m
variance[NormalDistribution[m_, s_]] := s^2
skewness[NormalDistribution[m_, s_]] := 0
kurtosis[NormalDistribution[m_, s_]] := 3
characteristic[NormalDistribution[m_, s_], t_] := E^(I m t - s^2 t^2/2)
fit[NormalDistribution[m_, s_], data_] := {Mean[data], Sqrt[CentralMoment[data, 2]]}
draws[NormalDistribution[m_, s_], _] := {"normal", m, s}
scipy[NormalDistribution[m_, s_]] := {"norm", m, s}

(* LogNormalDistribution[mu, sigma] stands for a lognormal distribution: the logarithms have mean mu and deviation sigma.

   Examples:
       >> {Mean[LogNormalDistribution[m, s]], Median[LogNormalDistribution[m, s]]}
       = {E^(m + s^2/2), E^m}
*)
valid[LogNormalDistribution[m_, s_]] := s > 0
domain[LogNormalDistribution[m_, s_]] := {0, Infinity}
density[LogNormalDistribution[m_, s_], x_] := Piecewise[{{E^(-(Log[x] - m)^2/(2 s^2))/(Sqrt[2 Pi] s x), x > 0}}, 0]
cumulative[LogNormalDistribution[m_, s_], x_] := Piecewise[{{Erfc[(m - Log[x])/(Sqrt[2] s)]/2, x > 0}}, 0]
inverse[LogNormalDistribution[m_, s_], q_] := E^(m - Sqrt[2] s InverseErfc[2 q])
mean[LogNormalDistribution[m_, s_]] := E^(m + s^2/2)
variance[LogNormalDistribution[m_, s_]] := (E^s^2 - 1) E^(2 m + s^2)
skewness[LogNormalDistribution[m_, s_]] := Sqrt[E^s^2 - 1] (2 + E^s^2)
kurtosis[LogNormalDistribution[m_, s_]] := 3 E^(2 s^2) + 2 E^(3 s^2) + E^(4 s^2) - 3
fit[LogNormalDistribution[m_, s_], data_] := {Mean[Log[data]], Sqrt[CentralMoment[Log[data], 2]]}
draws[LogNormalDistribution[m_, s_], _] := {"lognormal", m, s}
scipy[LogNormalDistribution[m_, s_]] := {"lognorm", s, 0, E^m}

(* HalfNormalDistribution[theta] stands for the absolute values of a normal distribution with mean 0, scaled to mean 1/theta.

   Examples:
       >> {Mean[HalfNormalDistribution[t]], Variance[HalfNormalDistribution[1]]}
       = {t^(-1), (-2 + Pi)/2}
*)
valid[HalfNormalDistribution[t_]] := t > 0
domain[HalfNormalDistribution[t_]] := {0, Infinity}
density[HalfNormalDistribution[t_], x_] := Piecewise[{{2 t E^(-t^2 x^2/Pi)/Pi, x > 0}}, 0]
cumulative[HalfNormalDistribution[t_], x_] := Piecewise[{{Erf[t x/Sqrt[Pi]], x > 0}}, 0]
inverse[HalfNormalDistribution[t_], q_] := Sqrt[Pi] InverseErf[q]/t
mean[HalfNormalDistribution[t_]] := 1/t
variance[HalfNormalDistribution[t_]] := (Pi - 2)/(2 t^2)
skewness[HalfNormalDistribution[t_]] := Sqrt[2] (4 - Pi)/(Pi - 2)^(3/2)
kurtosis[HalfNormalDistribution[t_]] := 3 + 8 (Pi - 3)/(Pi - 2)^2
fit[HalfNormalDistribution[t_], data_] := {Sqrt[Pi/2]/RootMeanSquare[data]}
draws[HalfNormalDistribution[t_], dims_] := Abs[RandomVariate[NormalDistribution[0, Sqrt[Pi/2]/t], dims]]
scipy[HalfNormalDistribution[t_]] := {"halfnorm", 0, Sqrt[Pi/2]/t}

(* StudentTDistribution[nu] stands for a Student t distribution with nu degrees of freedom.
   StudentTDistribution[mu, sigma, nu] stands for one with location mu and scale sigma.

   Examples:
       >> {Mean[StudentTDistribution[5]], Variance[StudentTDistribution[5]], CDF[StudentTDistribution[3], 2.]}
       = {0, 5/3, 0.930337}
*)
StudentTDistribution[n_] := StudentTDistribution[0, 1, n]
valid[StudentTDistribution[m_, s_, n_]] := s > 0 && n > 0
domain[StudentTDistribution[m_, s_, n_]] := {-Infinity, Infinity}
density[StudentTDistribution[m_, s_, n_], x_] := (n/(n + (x - m)^2/s^2))^((1 + n)/2)/(Sqrt[n] s Beta[n/2, 1/2])
mean[StudentTDistribution[m_, s_, n_]] := Piecewise[{{m, n > 1}}, Indeterminate]
variance[StudentTDistribution[m_, s_, n_]] := Piecewise[{{n s^2/(n - 2), n > 2}}, Indeterminate]
skewness[StudentTDistribution[m_, s_, n_]] := Piecewise[{{0, n > 3}}, Indeterminate]
kurtosis[StudentTDistribution[m_, s_, n_]] := Piecewise[{{3 + 6/(n - 4), n > 4}}, Indeterminate]
draws[StudentTDistribution[0, 1, n_], _] := {"standard_t", n}
draws[StudentTDistribution[m_, s_, n_], dims_] := m + s RandomVariate[StudentTDistribution[n], dims]
scipy[StudentTDistribution[m_, s_, n_]] := {"t", n, m, s}

(* CauchyDistribution[a, b] stands for a Cauchy distribution with location a and scale b.
   CauchyDistribution[] stands for that with location 0 and scale 1.

   Examples:
       >> {PDF[CauchyDistribution[], 1], Mean[CauchyDistribution[a, b]], Median[CauchyDistribution[a, b]]}
       = {1/(2*Pi), Indeterminate, a}
*)
CauchyDistribution[] := CauchyDistribution[0, 1]
valid[CauchyDistribution[a_, b_]] := b > 0
domain[CauchyDistribution[a_, b_]] := {-Infinity, Infinity}
density[CauchyDistribution[a_, b_], x_] := 1/(b Pi (1 + (x - a)^2/b^2))
cumulative[CauchyDistribution[a_, b_], x_] := 1/2 + ArcTan[(x - a)/b]/Pi
inverse[CauchyDistribution[a_, b_], q_] := a + b Tan[Pi (q - 1/2)]
mean[CauchyDistribution[a_, b_]] := Indeterminate
variance[CauchyDistribution[a_, b_]] := Indeterminate
skewness[CauchyDistribution[a_, b_]] := Indeterminate
kurtosis[CauchyDistribution[a_, b_]] := Indeterminate
characteristic[CauchyDistribution[a_, b_], t_] := E^(I a t - b Abs[t])
draws[CauchyDistribution[a_, b_], dims_] := a + b Tan[Pi (RandomReal[1, dims] - 1/2)]
scipy[CauchyDistribution[a_, b_]] := {"cauchy", a, b}

(* LaplaceDistribution[mu, beta] stands for a Laplace distribution with mean mu and scale beta.
   LaplaceDistribution[] stands for that with mean 0 and scale 1.

   Examples:
       >> {PDF[LaplaceDistribution[], 0], Variance[LaplaceDistribution[m, b]]}
       = {1/2, 2 b^2}
*)
LaplaceDistribution[] := LaplaceDistribution[0, 1]
valid[LaplaceDistribution[m_, b_]] := b > 0
domain[LaplaceDistribution[m_, b_]] := {-Infinity, Infinity}
density[LaplaceDistribution[m_, b_], x_] := E^(-Abs[x - m]/b)/(2 b)
cumulative[LaplaceDistribution[m_, b_], x_] := Piecewise[{{1 - E^(-(x - m)/b)/2, x >= m}}, E^((x - m)/b)/2]
inverse[LaplaceDistribution[m_, b_], q_] := Piecewise[{{m + b Log[2 q], q <= 1/2}}, m - b Log[2 (1 - q)]]
mean[LaplaceDistribution[m_, b_]] := m
variance[LaplaceDistribution[m_, b_]] := 2 b^2
skewness[LaplaceDistribution[m_, b_]] := 0
kurtosis[LaplaceDistribution[m_, b_]] := 6
characteristic[LaplaceDistribution[m_, b_], t_] := E^(I m t)/(1 + b^2 t^2)
fit[LaplaceDistribution[m_, b_], data_] := {Median[data], Mean[Abs[data - Median[data]]]}
draws[LaplaceDistribution[m_, b_], _] := {"laplace", m, b}
scipy[LaplaceDistribution[m_, b_]] := {"laplace", m, b}

(* LogisticDistribution[mu, beta] stands for a logistic distribution with mean mu and scale beta.
   LogisticDistribution[] stands for that with mean 0 and scale 1.

   Examples:
       >> {CDF[LogisticDistribution[], x], Variance[LogisticDistribution[m, b]]}
       = {(1 + E^(-x))^(-1), (b^2*Pi^2)/3}
*)
LogisticDistribution[] := LogisticDistribution[0, 1]
valid[LogisticDistribution[m_, b_]] := b > 0
domain[LogisticDistribution[m_, b_]] := {-Infinity, Infinity}
density[LogisticDistribution[m_, b_], x_] := E^(-(x - m)/b)/(b (1 + E^(-(x - m)/b))^2)
cumulative[LogisticDistribution[m_, b_], x_] := 1/(1 + E^(-(x - m)/b))
inverse[LogisticDistribution[m_, b_], q_] := m - b Log[1/q - 1]
mean[LogisticDistribution[m_, b_]] := m
variance[LogisticDistribution[m_, b_]] := Pi^2 b^2/3
skewness[LogisticDistribution[m_, b_]] := 0
kurtosis[LogisticDistribution[m_, b_]] := 21/5
draws[LogisticDistribution[m_, b_], _] := {"logistic", m, b}
scipy[LogisticDistribution[m_, b_]] := {"logistic", m, b}

(* GumbelDistribution[alpha, beta] stands for a Gumbel distribution of minima with location alpha and scale beta.
   GumbelDistribution[] stands for that with location 0 and scale 1.

   Examples:
       >> {CDF[GumbelDistribution[], x], Mean[GumbelDistribution[a, b]]}
       = {1 - E^(-E^x), a - b*EulerGamma}
*)
GumbelDistribution[] := GumbelDistribution[0, 1]
valid[GumbelDistribution[a_, b_]] := b > 0
domain[GumbelDistribution[a_, b_]] := {-Infinity, Infinity}
density[GumbelDistribution[a_, b_], x_] := E^((x - a)/b - E^((x - a)/b))/b
cumulative[GumbelDistribution[a_, b_], x_] := 1 - E^(-E^((x - a)/b))
inverse[GumbelDistribution[a_, b_], q_] := a + b Log[-Log[1 - q]]
mean[GumbelDistribution[a_, b_]] := a - EulerGamma b
variance[GumbelDistribution[a_, b_]] := Pi^2 b^2/6
skewness[GumbelDistribution[a_, b_]] := -12 Sqrt[6] Zeta[3]/Pi^3
kurtosis[GumbelDistribution[a_, b_]] := 27/5
draws[GumbelDistribution[a_, b_], dims_] := a + b Log[RandomVariate[ExponentialDistribution[1], dims]]
scipy[GumbelDistribution[a_, b_]] := {"gumbel_l", a, b}

(* ExtremeValueDistribution[alpha, beta] stands for an extreme value distribution of maxima with location alpha and scale beta.
   ExtremeValueDistribution[] stands for that with location 0 and scale 1.

   Examples:
       >> {CDF[ExtremeValueDistribution[], x], Mean[ExtremeValueDistribution[a, b]]}
       = {E^(-E^(-x)), a + b*EulerGamma}
*)
ExtremeValueDistribution[] := ExtremeValueDistribution[0, 1]
valid[ExtremeValueDistribution[a_, b_]] := b > 0
domain[ExtremeValueDistribution[a_, b_]] := {-Infinity, Infinity}
density[ExtremeValueDistribution[a_, b_], x_] := E^((a - x)/b - E^((a - x)/b))/b
cumulative[ExtremeValueDistribution[a_, b_], x_] := E^(-E^((a - x)/b))
inverse[ExtremeValueDistribution[a_, b_], q_] := a - b Log[-Log[q]]
mean[ExtremeValueDistribution[a_, b_]] := a + EulerGamma b
variance[ExtremeValueDistribution[a_, b_]] := Pi^2 b^2/6
skewness[ExtremeValueDistribution[a_, b_]] := 12 Sqrt[6] Zeta[3]/Pi^3
kurtosis[ExtremeValueDistribution[a_, b_]] := 27/5
draws[ExtremeValueDistribution[a_, b_], _] := {"gumbel", a, b}
scipy[ExtremeValueDistribution[a_, b_]] := {"gumbel_r", a, b}

(* VonMisesDistribution[mu, kappa] stands for a von Mises distribution of angles around mu with concentration kappa.

   Examples:
       >> {PDF[VonMisesDistribution[0, 2], 0.], Mean[VonMisesDistribution[m, k]]}
       = {0.515881, m}
*)
valid[VonMisesDistribution[m_, k_]] := k > 0
domain[VonMisesDistribution[m_, k_]] := {m - Pi, m + Pi}
density[VonMisesDistribution[m_, k_], x_] :=
  Piecewise[{{E^(k Cos[x - m])/(2 Pi BesselI[0, k]), m - Pi <= x <= m + Pi}}, 0]
mean[VonMisesDistribution[m_, k_]] := m
skewness[VonMisesDistribution[m_, k_]] := 0
draws[VonMisesDistribution[m_, k_], dims_] := m + RandomVariate[VonMisesDistribution[0, k], dims]
draws[VonMisesDistribution[0, k_], _] := {"vonmises", 0, k}
scipy[VonMisesDistribution[m_, k_]] := {"vonmises_line", k, m, 1}
