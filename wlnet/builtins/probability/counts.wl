(* Category: Distributions *)

(* PoissonDistribution[mu] stands for a Poisson distribution with mean mu.

   Examples:
       >> PDF[PoissonDistribution[m], k]
       = Piecewise[{{E^(-m) m^k/k!, k >= 0}}, 0]
       >> {Mean[PoissonDistribution[m]], Variance[PoissonDistribution[m]], CDF[PoissonDistribution[2.], 3]}
       = {m, m, 0.857123}
*)
valid[PoissonDistribution[m_]] := 0 <= m < 10^18
kind[PoissonDistribution[m_]] := "Discrete"
domain[PoissonDistribution[m_]] := {0, Infinity}
density[PoissonDistribution[m_], k_] := Piecewise[{{E^(-m) m^k/k!, k >= 0}}, 0]
mean[PoissonDistribution[m_]] := m
variance[PoissonDistribution[m_]] := m
skewness[PoissonDistribution[m_]] := 1/Sqrt[m]
kurtosis[PoissonDistribution[m_]] := 3 + 1/m
characteristic[PoissonDistribution[m_], t_] := E^(m (E^(I t) - 1))
fit[PoissonDistribution[m_], data_] := {Mean[data]}
draws[PoissonDistribution[m_], _] := {"poisson", m}
scipy[PoissonDistribution[m_]] := {"poisson", m}

(* BernoulliDistribution[p] stands for 1 with probability p and 0 otherwise.

   Examples:
       >> {Mean[BernoulliDistribution[p]], Variance[BernoulliDistribution[1/3]], PDF[BernoulliDistribution[1/3], {0, 1, 2}]}
       = {p, 2/9, {2/3, 1/3, 0}}
*)
valid[BernoulliDistribution[p_]] := 0 <= p <= 1
kind[BernoulliDistribution[p_]] := "Discrete"
domain[BernoulliDistribution[p_]] := {0, 1}
density[BernoulliDistribution[p_], k_] := Piecewise[{{1 - p, k == 0}, {p, k == 1}}, 0]
cumulative[BernoulliDistribution[p_], k_] := Piecewise[{{0, k < 0}, {1 - p, k < 1}}, 1]
mean[BernoulliDistribution[p_]] := p
variance[BernoulliDistribution[p_]] := p (1 - p)
skewness[BernoulliDistribution[p_]] := (1 - 2 p)/Sqrt[p (1 - p)]
kurtosis[BernoulliDistribution[p_]] := 3 + (1 - 6 p (1 - p))/(p (1 - p))
characteristic[BernoulliDistribution[p_], t_] := 1 - p + p E^(I t)
fit[BernoulliDistribution[p_], data_] := {Mean[data]}
draws[BernoulliDistribution[p_], _] := {"binomial", 1, p}
scipy[BernoulliDistribution[p_]] := {"bernoulli", p}

(* BinomialDistribution[n, p] stands for the number of successes in n trials that each succeed with probability p.

   Examples:
       >> {Mean[BinomialDistribution[n, p]], Variance[BinomialDistribution[n, p]], PDF[BinomialDistribution[4, 1/2], 2]}
       = {n*p, n*(1 - p)*p, 3/8}
*)
valid[BinomialDistribution[n_, p_]] := 0 <= n < 2^62 && n == Floor[n] && 0 <= p <= 1
kind[BinomialDistribution[n_, p_]] := "Discrete"
domain[BinomialDistribution[n_, p_]] := {0, n}
density[BinomialDistribution[n_, p_], k_] := Piecewise[{{Binomial[n, k] p^k (1 - p)^(n - k), 0 <= k <= n}}, 0]
mean[BinomialDistribution[n_, p_]] := n p
variance[BinomialDistribution[n_, p_]] := n p (1 - p)
skewness[BinomialDistribution[n_, p_]] := (1 - 2 p)/Sqrt[n p (1 - p)]
kurtosis[BinomialDistribution[n_, p_]] := 3 + (1 - 6 p (1 - p))/(n p (1 - p))
characteristic[BinomialDistribution[n_, p_], t_] := (1 - p + p E^(I t))^n
fit[BinomialDistribution[n_?NumericQ, p_], data_] := {n, Mean[data]/n}
draws[BinomialDistribution[n_, p_], _] := {"binomial", n, p}
scipy[BinomialDistribution[n_, p_]] := {"binom", n, p}

(* GeometricDistribution[p] stands for the number of failures before the first success, each trial succeeding with probability p.

   Examples:
       >> {Mean[GeometricDistribution[p]], PDF[GeometricDistribution[1/2], 2], CDF[GeometricDistribution[1/2], 2]}
       = {-1 + p^(-1), 1/8, 7/8}
*)
valid[GeometricDistribution[p_]] := 10^-12 < p <= 1
kind[GeometricDistribution[p_]] := "Discrete"
domain[GeometricDistribution[p_]] := {0, Infinity}
density[GeometricDistribution[p_], k_] := Piecewise[{{p (1 - p)^k, k >= 0}}, 0]
cumulative[GeometricDistribution[p_], k_] := Piecewise[{{1 - (1 - p)^(Floor[k] + 1), k >= 0}}, 0]
mean[GeometricDistribution[p_]] := 1/p - 1
variance[GeometricDistribution[p_]] := (1 - p)/p^2
skewness[GeometricDistribution[p_]] := (2 - p)/Sqrt[1 - p]
kurtosis[GeometricDistribution[p_]] := 9 + p^2/(1 - p)
characteristic[GeometricDistribution[p_], t_] := p/(1 - E^(I t) (1 - p))
fit[GeometricDistribution[p_], data_] := {1/(1 + Mean[data])}
draws[GeometricDistribution[p_], _] := {"negative_binomial", 1, p}
scipy[GeometricDistribution[p_]] := {"nbinom", 1, p}

(* NegativeBinomialDistribution[n, p] stands for the number of failures before n successes, each of probability p.

   Examples:
       >> {Mean[NegativeBinomialDistribution[n, p]], PDF[NegativeBinomialDistribution[2, 1/2], 1]}
       = {(n*(1 - p))/p, 1/4}
*)
valid[NegativeBinomialDistribution[n_, p_]] := 0 < n < 2^62 && 10^-12 < p <= 1
kind[NegativeBinomialDistribution[n_, p_]] := "Discrete"
domain[NegativeBinomialDistribution[n_, p_]] := {0, Infinity}
density[NegativeBinomialDistribution[n_, p_], k_] :=
  Piecewise[{{Binomial[n + k - 1, k] p^n (1 - p)^k, k >= 0}}, 0]
mean[NegativeBinomialDistribution[n_, p_]] := n (1 - p)/p
variance[NegativeBinomialDistribution[n_, p_]] := n (1 - p)/p^2
skewness[NegativeBinomialDistribution[n_, p_]] := (2 - p)/Sqrt[n (1 - p)]
kurtosis[NegativeBinomialDistribution[n_, p_]] := 3 + 6/n + p^2/(n (1 - p))
characteristic[NegativeBinomialDistribution[n_, p_], t_] := (p/(1 - E^(I t) (1 - p)))^n
draws[NegativeBinomialDistribution[n_, p_], _] := {"negative_binomial", n, p}
scipy[NegativeBinomialDistribution[n_, p_]] := {"nbinom", n, p}

(* HypergeometricDistribution[n, s, t] stands for the number of good ones among n taken from t of which s are good.

   Examples:
       >> {Mean[HypergeometricDistribution[n, s, t]], PDF[HypergeometricDistribution[2, 3, 5], 1]}
       = {(n*s)/t, 3/5}
*)
valid[HypergeometricDistribution[n_, s_, t_]] :=
  0 <= n <= t && 0 <= s <= t && t < 10^9 && n == Floor[n] && s == Floor[s] && t == Floor[t]
kind[HypergeometricDistribution[n_, s_, t_]] := "Discrete"
domain[HypergeometricDistribution[n_, s_, t_]] := {Max[0, n + s - t], Min[n, s]}
density[HypergeometricDistribution[n_, s_, t_], k_] :=
  Piecewise[{{Binomial[s, k] Binomial[t - s, n - k]/Binomial[t, n], Max[0, n + s - t] <= k <= Min[n, s]}}, 0]
mean[HypergeometricDistribution[n_, s_, t_]] := n s/t
variance[HypergeometricDistribution[n_, s_, t_]] := n s (t - s) (t - n)/(t^2 (t - 1))
draws[HypergeometricDistribution[n_, s_, t_], _] := {"hypergeometric", s, t - s, n}
scipy[HypergeometricDistribution[n_, s_, t_]] := {"hypergeom", t, s, n}

(* DiscreteUniformDistribution[{min, max}] stands for a uniform distribution of the integers from min to max.

   Examples:
       >> {Mean[DiscreteUniformDistribution[{1, 6}]], Variance[DiscreteUniformDistribution[{1, 6}]], CDF[DiscreteUniformDistribution[{1, 6}], 2]}
       = {7/2, 35/12, 1/3}
*)
valid[DiscreteUniformDistribution[{a_, b_}]] := -2^62 < a <= b < 2^62 && a == Floor[a] && b == Floor[b]
kind[DiscreteUniformDistribution[{a_, b_}]] := "Discrete"
domain[DiscreteUniformDistribution[{a_, b_}]] := {a, b}
density[DiscreteUniformDistribution[{a_, b_}], k_] := Piecewise[{{1/(1 + b - a), a <= k <= b}}, 0]
cumulative[DiscreteUniformDistribution[{a_, b_}], k_] :=
  Piecewise[{{(1 + Floor[k] - a)/(1 + b - a), a <= k < b}, {1, k >= b}}, 0]
mean[DiscreteUniformDistribution[{a_, b_}]] := (a + b)/2
variance[DiscreteUniformDistribution[{a_, b_}]] := ((1 + b - a)^2 - 1)/12
skewness[DiscreteUniformDistribution[{a_, b_}]] := 0
kurtosis[DiscreteUniformDistribution[{a_, b_}]] := 3/5 (3 - 4/((1 + b - a)^2 - 1))
fit[DiscreteUniformDistribution[{a_, b_}], data_] := {Min[data], Max[data]}
draws[DiscreteUniformDistribution[{a_, b_}], _] := {"integers", a, b + 1}
scipy[DiscreteUniformDistribution[{a_, b_}]] := {"randint", a, b + 1}

(* ZipfDistribution[rho] stands for a distribution in which k = 1, 2, … has a probability proportional to k^(-rho - 1).
   ZipfDistribution[n, rho] takes k up to n.

   Examples:
       >> {PDF[ZipfDistribution[1], 1.], PDF[ZipfDistribution[2, 1], 1]}
       = {0.607927, 4/5}
*)
valid[ZipfDistribution[r_]] := r > 0
valid[ZipfDistribution[n_, r_]] := r > 0 && 1 <= n < 10^9 && n == Floor[n]
kind[ZipfDistribution[__]] := "Discrete"
domain[ZipfDistribution[r_]] := {1, Infinity}
domain[ZipfDistribution[n_, r_]] := {1, n}
density[ZipfDistribution[r_], k_] := Piecewise[{{k^(-1 - r)/Zeta[1 + r], k >= 1}}, 0]
density[ZipfDistribution[n_Integer, r_], k_] := Piecewise[{{k^(-1 - r)/Total[Range[n]^(-1 - r)], 1 <= k <= n}}, 0]
mean[ZipfDistribution[r_]] := Piecewise[{{Zeta[r]/Zeta[1 + r], r > 1}}, Indeterminate]
variance[ZipfDistribution[r_]] :=
  Piecewise[{{Zeta[r - 1]/Zeta[1 + r] - Zeta[r]^2/Zeta[1 + r]^2, r > 2}}, Indeterminate]
draws[ZipfDistribution[r_], _] := {"zipf", 1 + r}
scipy[ZipfDistribution[r_]] := {"zipf", 1 + r}
scipy[ZipfDistribution[n_, r_]] := {"zipfian", 1 + r, n}

(* LogSeriesDistribution[theta] stands for a distribution in which k = 1, 2, … has a probability proportional to theta^k/k.

   Examples:
       >> {PDF[LogSeriesDistribution[1/2], 1], Mean[LogSeriesDistribution[1/2]]}
       = {1/(2*Log[2]), Log[2]^(-1)}
*)
valid[LogSeriesDistribution[t_]] := 0 < t < 1
kind[LogSeriesDistribution[t_]] := "Discrete"
domain[LogSeriesDistribution[t_]] := {1, Infinity}
density[LogSeriesDistribution[t_], k_] := Piecewise[{{-t^k/(k Log[1 - t]), k >= 1}}, 0]
mean[LogSeriesDistribution[t_]] := -t/((1 - t) Log[1 - t])
variance[LogSeriesDistribution[t_]] := -t (t + Log[1 - t])/((1 - t)^2 Log[1 - t]^2)
draws[LogSeriesDistribution[t_], _] := {"logseries", t}
scipy[LogSeriesDistribution[t_]] := {"logser", t}

(* BetaBinomialDistribution[alpha, beta, n] stands for a binomial distribution of n trials whose probability is drawn from
   BetaDistribution[alpha, beta].

   Examples:
       >> {Mean[BetaBinomialDistribution[a, b, n]], PDF[BetaBinomialDistribution[1, 1, 4], 2]}
       = {(a*n)/(a + b), 1/5}
*)
valid[BetaBinomialDistribution[a_, b_, n_]] := a > 0 && b > 0 && 0 <= n < 2^31 && n == Floor[n]
kind[BetaBinomialDistribution[a_, b_, n_]] := "Discrete"
domain[BetaBinomialDistribution[a_, b_, n_]] := {0, n}
density[BetaBinomialDistribution[a_, b_, n_], k_] :=
  Piecewise[{{Binomial[n, k] Beta[k + a, n - k + b]/Beta[a, b], 0 <= k <= n}}, 0]
mean[BetaBinomialDistribution[a_, b_, n_]] := a n/(a + b)
variance[BetaBinomialDistribution[a_, b_, n_]] := n a b (a + b + n)/((a + b)^2 (1 + a + b))
scipy[BetaBinomialDistribution[a_, b_, n_]] := {"betabinom", n, a, b}
