(* Category: Integers *)

(* Fibonacci[n] gives the n-th Fibonacci number.

   Details: n may be up to ten million.

   Examples:
       >> {Fibonacci[10], Fibonacci[-4], Fibonacci[100]}
       = {55, -3, 354224848179261915075}
       >> Map[Fibonacci, Range[6]]
       = {1, 1, 2, 3, 5, 8}
*)
SetAttributes[Fibonacci, Listable]
Fibonacci[n_Integer?NonNegative] := First[doubled[n]] /; n < 10^7
Fibonacci[n_Integer?Negative] := (-1)^(1 - n) Fibonacci[-n] /; n > -10^7
doubled[0] = {0, 1}
doubled[n_] := With[{half = doubled[Quotient[n, 2]]}, With[
  {a = half[[1]] (2 half[[2]] - half[[1]]), b = half[[1]]^2 + half[[2]]^2},
  If[EvenQ[n], {a, b}, {b, a + b}]
]]

(* LucasL[n] gives the n-th Lucas number.

   Examples:
       >> Map[LucasL, Range[0, 6]]
       = {2, 1, 3, 4, 7, 11, 18}
*)
SetAttributes[LucasL, Listable]
LucasL[n_Integer] := Fibonacci[n - 1] + Fibonacci[n + 1] /; Abs[n] < 10^7 - 1

(* CatalanNumber[n] gives the n-th Catalan number.

   Examples:
       >> CatalanNumber[{0, 1, 2, 3, 4}]
       = {1, 1, 2, 5, 14}
*)
SetAttributes[CatalanNumber, Listable]
CatalanNumber[n_Integer?NonNegative] := Binomial[2 n, n]/(n + 1)

(* HarmonicNumber[n] gives 1 + 1/2 + … + 1/n.
   HarmonicNumber[n, r] gives the sum of the reciprocals of the r-th powers.

   Examples:
       >> {HarmonicNumber[4], HarmonicNumber[3, 2]}
       = {25/12, 49/36}
*)
SetAttributes[HarmonicNumber, Listable]
HarmonicNumber[n_Integer?NonNegative, r_ : 1] := Total[1/Range[n]^r]

(* Multinomial[n1, n2, …] gives (n1 + n2 + …)!/(n1! n2! …).

   Examples:
       >> Multinomial[1, 2, 3]
       = 60
*)
SetAttributes[Multinomial, {Listable, Orderless}]
Multinomial[counts___Integer?NonNegative] := Factorial[Plus[counts]]/Times @@ Factorial[{counts}]

(* Pochhammer[a, n] gives a (a + 1) … (a + n - 1), which is Gamma[a + n]/Gamma[a].

   Examples:
       >> {Pochhammer[3, 4], Pochhammer[x, 2], Pochhammer[5, -3]}
       = {360, x*(1 + x), 1/24}
*)
SetAttributes[Pochhammer, Listable]
Pochhammer[a_, n_Integer?NonNegative] := Product[a + k, {k, 0, n - 1}] /; n <= 10000
Pochhammer[a_, n_Integer?Negative] := 1/Product[a - k, {k, 1, -n}] /; n >= -10000
Pochhammer[a_?NumberQ, n_?NumberQ] := Gamma[a + n]/Gamma[a]

(* BellB[n] gives the n-th Bell number.

   Examples:
       >> BellB[{0, 1, 2, 3, 4, 5}]
       = {1, 1, 2, 5, 15, 52}
*)
SetAttributes[BellB, Listable]
BellB[n_Integer?NonNegative] := First[Nest[row |-> FoldList[Plus, Last[row], row], {1}, n]]

(* StirlingS2[n, m] gives the number of ways to part n things into m sets that are not empty.

   Examples:
       >> Map[StirlingS2[4, #] &, Range[0, 4]]
       = {0, 1, 7, 6, 1}
*)
SetAttributes[StirlingS2, Listable]
StirlingS2[n_Integer?NonNegative, m_Integer?NonNegative] :=
  Total[Table[(-1)^(m - k) Binomial[m, k] If[k == n == 0, 1, k^n], {k, 0, m}]]/Factorial[m]

(* BernoulliB[n] gives the n-th Bernoulli number.

   Examples:
       >> BernoulliB[{0, 1, 2, 3, 4, 10}]
       = {1, -1/2, 1/6, 0, -1/30, 5/66}
*)
SetAttributes[BernoulliB, Listable]
BernoulliB[n_Integer?NonNegative] := Last[Fold[
  {known, k} |-> Append[known, -Total[Table[Binomial[k + 1, j] known[[j + 1]], {j, 0, k - 1}]]/(k + 1)], {1}, Range[n]
]]
