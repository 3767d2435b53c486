(* Category: Distributions *)

(* UniformDistribution[{min, max}] stands for a uniform distribution of the numbers from min to max.
   UniformDistribution[] stands for that of the numbers from 0 to 1.

   Examples:
       >> {Mean[UniformDistribution[{a, b}]], Variance[UniformDistribution[]], CDF[UniformDistribution[{0, 4}], 1]}
       = {(a + b)/2, 1/12, 1/4}
*)
UniformDistribution[] := UniformDistribution[{0, 1}]
valid[UniformDistribution[{a_, b_}]] := a <= b
domain[UniformDistribution[{a_, b_}]] := {a, b}
density[UniformDistribution[{a_, b_}], x_] := Piecewise[{{1/(b - a), a <= x <= b}}, 0]
cumulative[UniformDistribution[{a_, b_}], x_] := Piecewise[{{(x - a)/(b - a), a <= x <= b}, {1, x > b}}, 0]
inverse[UniformDistribution[{a_, b_}], q_] := a + q (b - a)
mean[UniformDistribution[{a_, b_}]] := (a + b)/2
variance[UniformDistribution[{a_, b_}]] := (b - a)^2/12
skewness[UniformDistribution[{a_, b_}]] := 0
kurtosis[UniformDistribution[{a_, b_}]] := 9/5
characteristic[UniformDistribution[{a_, b_}], t_] := (E^(I b t) - E^(I a t))/(I (b - a) t)
fit[UniformDistribution[{a_, b_}], data_] := {Min[data], Max[data]}
draws[UniformDistribution[{a_, b_}], _] := {"uniform", a, b}
scipy[UniformDistribution[{a_, b_}]] := {"uniform", a, b - a}

(* TriangularDistribution[{min, max}] stands for a distribution whose density is a triangle, highest in the middle.
   TriangularDistribution[{min, max}, c] stands for one that is highest at c.

   Examples:
       >> {Mean[TriangularDistribution[{a, b}, c]], PDF[TriangularDistribution[{0, 2}], 1], CDF[TriangularDistribution[{0, 2}], 1]}
       = {(a + b + c)/3, 1, 1/2}
*)
TriangularDistribution[{a_, b_}] := TriangularDistribution[{a, b}, (a + b)/2]
valid[TriangularDistribution[{a_, b_}, c_]] := a <= c <= b && a < b
domain[TriangularDistribution[{a_, b_}, c_]] := {a, b}
density[TriangularDistribution[{a_, b_}, c_], x_] := Piecewise[{
  {2 (x - a)/((b - a) (c - a)), a <= x < c}, {2/(b - a), x == c}, {2 (b - x)/((b - a) (b - c)), c < x <= b}
}, 0]
cumulative[TriangularDistribution[{a_, b_}, c_], x_] := Piecewise[{
  {(x - a)^2/((b - a) (c - a)), a <= x < c}, {1 - (b - x)^2/((b - a) (b - c)), c <= x < b}, {1, x >= b}
}, 0]
inverse[TriangularDistribution[{a_, b_}, c_], q_] := Piecewise[
  {{a + Sqrt[q (b - a) (c - a)], q <= (c - a)/(b - a)}}, b - Sqrt[(1 - q) (b - a) (b - c)]
]
mean[TriangularDistribution[{a_, b_}, c_]] := (a + b + c)/3
variance[TriangularDistribution[{a_, b_}, c_]] := (a^2 + b^2 + c^2 - a b - a c - b c)/18
kurtosis[TriangularDistribution[{a_, b_}, c_]] := 12/5
draws[TriangularDistribution[{a_, b_}, c_], _] := {"triangular", a, c, b}
scipy[TriangularDistribution[{a_, b_}, c_]] := {"triang", (c - a)/(b - a), a, b - a}

(* BetaDistribution[alpha, beta] stands for a beta distribution of numbers from 0 to 1 with the shapes alpha and beta.

   Examples:
       >> {Mean[BetaDistribution[a, b]], PDF[BetaDistribution[2, 2], 1/2], CDF[BetaDistribution[2, 3], 0.5]}
       = {a/(a + b), 3/2, 0.6875}
*)
valid[BetaDistribution[a_, b_]] := a > 0 && b > 0
domain[BetaDistribution[a_, b_]] := {0, 1}
density[BetaDistribution[a_, b_], x_] := Piecewise[{{x^(a - 1) (1 - x)^(b - 1)/Beta[a, b], 0 < x < 1}}, 0]
mean[BetaDistribution[a_, b_]] := a/(a + b)
variance[BetaDistribution[a_, b_]] := a b/((a + b)^2 (1 + a + b))
skewness[BetaDistribution[a_, b_]] := 2 (b - a) Sqrt[1 + a + b]/(Sqrt[a] Sqrt[b] (2 + a + b))
kurtosis[BetaDistribution[a_, b_]] :=
  3 (1 + a + b) (a b (a + b - 6) + 2 (a + b)^2)/(a b (2 + a + b) (3 + a + b))
draws[BetaDistribution[a_, b_], _] := {"beta", a, b}
scipy[BetaDistribution[a_, b_]] := {"beta", a, b, 0, 1}

(* ArcSinDistribution[{min, max}] stands for the distribution of where a swinging point is between min and max.
   ArcSinDistribution[] stands for that between -1 and 1.

   Examples:
       >> {Variance[ArcSinDistribution[]], CDF[ArcSinDistribution[{0, 1}], 1/2]}
       = {1/2, 1/2}
*)
ArcSinDistribution[] := ArcSinDistribution[{-1, 1}]
valid[ArcSinDistribution[{a_, b_}]] := a < b
domain[ArcSinDistribution[{a_, b_}]] := {a, b}
density[ArcSinDistribution[{a_, b_}], x_] := Piecewise[{{1/(Pi Sqrt[(x - a) (b - x)]), a < x < b}}, 0]
cumulative[ArcSinDistribution[{a_, b_}], x_] :=
  Piecewise[{{2 ArcSin[Sqrt[(x - a)/(b - a)]]/Pi, a <= x <= b}, {1, x > b}}, 0]
inverse[ArcSinDistribution[{a_, b_}], q_] := a + (b - a) Sin[Pi q/2]^2
mean[ArcSinDistribution[{a_, b_}]] := (a + b)/2
variance[ArcSinDistribution[{a_, b_}]] := (b - a)^2/8
skewness[ArcSinDistribution[{a_, b_}]] := 0
kurtosis[ArcSinDistribution[{a_, b_}]] := 3/2
draws[ArcSinDistribution[{a_, b_}], dims_] := a + (b - a) Sin[Pi RandomReal[1, dims]/2]^2
scipy[ArcSinDistribution[{a_, b_}]] := {"arcsine", a, b - a}
