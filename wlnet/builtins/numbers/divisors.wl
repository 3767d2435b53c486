(* Category: Integers *)

(* ExtendedGCD[m, n, …] gives {g, {r, s, …}} with g == GCD[m, n, …] == r m + s n + ….

   Examples:
       >> {ExtendedGCD[12, 18], ExtendedGCD[6, 10, 15]}
       = {{6, {-1, 1}}, {1, {-14, 7, 1}}}
*)
ExtendedGCD[n_Integer] := {Abs[n], {If[n < 0, -1, 1]}}
ExtendedGCD[m_Integer, n_Integer] := bezout[{m, 1, 0}, {n, 0, 1}]
ExtendedGCD[numbers__Integer, n_Integer] := With[{before = ExtendedGCD[numbers]}, With[
  {last = ExtendedGCD[First[before], n]},
  {First[last], Append[last[[2, 1]] before[[2]], last[[2, 2]]]}
]]
bezout[{g_, r_, s_}, {0, _, _}] := If[g < 0, {-g, {-r, -s}}, {g, {r, s}}]
bezout[a_, b_] := bezout[b, a - Quotient[First[a], First[b]] b]

(* CompositeQ[n] gives True if n has a divisor other than 1 and itself.

   Examples:
       >> CompositeQ[{1, 2, 9, 10}]
       = {False, False, True, True}
*)
SetAttributes[CompositeQ, Listable]
CompositeQ[n_] := IntegerQ[n] && Abs[n] > 1 && ! PrimeQ[n]

(* PrimePowerQ[n] gives True if n is a power of a prime.

   Examples:
       >> PrimePowerQ[{1, 7, 8, 12}]
       = {False, True, True, False}
*)
SetAttributes[PrimePowerQ, Listable]
PrimePowerQ[n_] := IntegerQ[n] && n > 1 && Length[FactorInteger[n]] == 1

(* SquareFreeQ[n] gives True if no square of a prime divides n.

   Examples:
       >> SquareFreeQ[{1, 4, 10, 18, -6}]
       = {True, False, True, False, True}
*)
SetAttributes[SquareFreeQ, Listable]
SquareFreeQ[0] = False
SquareFreeQ[n_Integer] := Max[FactorInteger[n][[All, 2]]] == 1

(* PerfectNumberQ[n] gives True if the divisors of n below n have the sum n.

   Examples:
       >> Select[Range[500], PerfectNumberQ]
       = {6, 28, 496}
*)
SetAttributes[PerfectNumberQ, Listable]
PerfectNumberQ[n_] := IntegerQ[n] && n > 1 && DivisorSigma[1, n] == 2 n

(* PrimeOmega[n] gives the number of prime factors of n, equal ones counted apart.

   Examples:
       >> PrimeOmega[{1, 12, 30}]
       = {0, 3, 3}
*)
SetAttributes[PrimeOmega, Listable]
PrimeOmega[n_Integer?Positive] := If[n == 1, 0, Total[FactorInteger[n][[All, 2]]]]

(* PrimeNu[n] gives the number of different prime factors of n.

   Examples:
       >> PrimeNu[{1, 12, 30}]
       = {0, 2, 3}
*)
SetAttributes[PrimeNu, Listable]
PrimeNu[n_Integer?Positive] := If[n == 1, 0, Length[FactorInteger[n]]]

(* LiouvilleLambda[n] gives 1 or -1 as the number of prime factors of n is even or odd.

   Examples:
       >> LiouvilleLambda[{1, 2, 4, 12}]
       = {1, -1, 1, -1}
*)
SetAttributes[LiouvilleLambda, Listable]
LiouvilleLambda[n_Integer?Positive] := (-1)^PrimeOmega[n]

(* MangoldtLambda[n] gives Log[p] where n is a power of the prime p, else 0.

   Examples:
       >> MangoldtLambda[{1, 8, 6, 7}]
       = {0, Log[2], 0, Log[7]}
*)
SetAttributes[MangoldtLambda, Listable]
MangoldtLambda[n_Integer?Positive] := If[PrimePowerQ[n], Log[FactorInteger[n][[1, 1]]], 0]

(* DivisorSum[n, f] gives the sum of f over the divisors of n.
   DivisorSum[n, f, test] takes those for which test gives True.

   Examples:
       >> {DivisorSum[6, #^2 &], DivisorSum[12, # &, OddQ]}
       = {50, 4}
*)
DivisorSum[n_Integer?Positive, f_] := Total[Map[f, Divisors[n]]]
DivisorSum[n_Integer?Positive, f_, test_] := Total[Map[f, Select[Divisors[n], test]]]

(* JacobiSymbol[n, m] gives the Jacobi symbol of n over the odd positive m.

   Examples:
       >> {JacobiSymbol[10, 5], JacobiSymbol[2, 7], JacobiSymbol[{1, 2, 3, 4}, 5]}
       = {0, 1, {1, -1, -1, 1}}
*)
SetAttributes[JacobiSymbol, Listable]
JacobiSymbol[n_Integer, m_Integer?OddQ] := jacobi[Mod[n, m], m] /; m > 0
jacobi[0, m_] := Boole[m == 1]
jacobi[1, _] := 1
jacobi[n_?EvenQ, m_] := If[MemberQ[{1, 7}, Mod[m, 8]], 1, -1] jacobi[n/2, m]
jacobi[n_, m_] := If[Mod[n, 4] == Mod[m, 4] == 3, -1, 1] jacobi[Mod[m, n], n]

(* KroneckerSymbol[n, m] gives the symbol of Kronecker, which extends JacobiSymbol to all integers.

   Examples:
       >> {KroneckerSymbol[3, 2], KroneckerSymbol[-1, -3], KroneckerSymbol[1, 0], KroneckerSymbol[6, 4]}
       = {-1, 1, 1, 0}
*)
SetAttributes[KroneckerSymbol, Listable]
KroneckerSymbol[n_Integer, 0] := Boole[Abs[n] == 1]
KroneckerSymbol[n_Integer, m_Integer?Negative] := If[n < 0, -1, 1] KroneckerSymbol[n, -m]
KroneckerSymbol[n_Integer, m_Integer?Positive] := With[{k = IntegerExponent[m, 2]},
  If[k == 0, 1, If[EvenQ[n], 0, If[MemberQ[{1, 7}, Mod[n, 8]], 1, -1]^k]] JacobiSymbol[n, m/2^k]
]

(* MultiplicativeOrder[k, n] gives the least m > 0 for which k^m has the remainder 1 by n.

   Details: Where k and n have a common divisor it stays as it is.

   Examples:
       >> {MultiplicativeOrder[5, 8], MultiplicativeOrder[7, 108], MultiplicativeOrder[2, 4]}
       = {2, 18, MultiplicativeOrder[2, 4]}
*)
SetAttributes[MultiplicativeOrder, Listable]
MultiplicativeOrder[k_Integer, n_Integer?Positive] := SelectFirst[
  Divisors[CarmichaelLambda[n]], PowerMod[k, #, n] == Mod[1, n] &
] /; GCD[k, n] == 1

(* CarmichaelLambda[n] gives the least m > 0 for which k^m has the remainder 1 by n for all k without a common divisor with n.

   Examples:
       >> CarmichaelLambda[{1, 8, 15, 21}]
       = {1, 2, 4, 6}
*)
SetAttributes[CarmichaelLambda, Listable]
CarmichaelLambda[1] = 1
CarmichaelLambda[n_Integer?Positive] := LCM @@ Apply[
  {p, k} |-> If[p == 2 && k > 2, 2^(k - 2), p^(k - 1) (p - 1)], FactorInteger[n], {1}
]

(* PrimitiveRoot[n] gives the least number whose powers have all remainders by n without a common divisor with n.
   PrimitiveRoot[n, k] gives the least such number from k on.

   Details: Where there is none it stays as it is.

   Examples:
       >> {PrimitiveRoot[9], PrimitiveRoot[10], PrimitiveRoot[7, 4], PrimitiveRoot[8]}
       = {2, 3, 5, PrimitiveRoot[8]}
*)
SetAttributes[PrimitiveRoot, Listable]
PrimitiveRoot[n_Integer, least_Integer : 1] := NestWhile[
  # + 1 &, least, GCD[#, n] != 1 || MultiplicativeOrder[#, n] != EulerPhi[n] &
] /; n > 1 && CarmichaelLambda[n] == EulerPhi[n]

(* PrimitiveRootList[n] gives the primitive roots of n from 1 to n.

   Examples:
       >> {PrimitiveRootList[9], PrimitiveRootList[8]}
       = {{2, 5}, {}}
*)
PrimitiveRootList[n_Integer?Positive] := Select[Range[n - 1], GCD[#, n] == 1 && MultiplicativeOrder[#, n] == EulerPhi[n] &]

(* SquaresR[d, n] gives the number of ways to write n as a sum of d squares, with order and signs.

   Examples:
       >> {SquaresR[2, 5], SquaresR[2, 3], SquaresR[3, 9], SquaresR[1, 4]}
       = {8, 0, 30, 2}
*)
SquaresR[1, n_Integer?NonNegative] := Which[n == 0, 1, IntegerQ[Sqrt[n]], 2, True, 0]
SquaresR[d_Integer, n_Integer?NonNegative] := Total[Map[SquaresR[d - 1, n - #^2] &, Range[-Floor[Sqrt[n]], Floor[Sqrt[n]]]]] /; d > 1

(* PowersRepresentations[n, k, p] gives the ways to write n as a sum of k p-th powers of integers from 0 on, in order.

   Examples:
       >> {PowersRepresentations[50, 2, 2], PowersRepresentations[1729, 2, 3]}
       = {{{1, 7}, {5, 5}}, {{1, 12}, {9, 10}}}
*)
PowersRepresentations[n_Integer?NonNegative, k_Integer?Positive, p_Integer?Positive] := powers[n, k, p, 0]
powers[n_, 1, p_, least_] := With[{root = Round[N[n]^(1/p)]}, If[root^p == n && root >= least, {{root}}, {}]]
powers[n_, k_, p_, least_] := Catenate[Table[
  Map[Prepend[#, a] &, powers[n - a^p, k - 1, p, a]], {a, least, Floor[(n/k)^(1/p)]}
]]

(* FrobeniusSolve[{a1, a2, …}, b] gives all x from 0 on with a1 x1 + a2 x2 + … == b.
   FrobeniusSolve[{a1, …}, b, k] gives the first k.

   Examples:
       >> FrobeniusSolve[{2, 3}, 12]
       = {{0, 4}, {3, 2}, {6, 0}}
*)
FrobeniusSolve[a_List, b_Integer, k_Integer] := Take[FrobeniusSolve[a, b], UpTo[k]]
FrobeniusSolve[{a_Integer?Positive}, b_Integer] := If[b >= 0 && Divisible[b, a], {{b/a}}, {}]
FrobeniusSolve[{a_Integer?Positive, rest__Integer?Positive}, b_Integer] := Catenate[Table[
  Map[Prepend[#, x] &, FrobeniusSolve[{rest}, b - a x]], {x, 0, Floor[b/a]}
]]
