(* Category: Integers *)

(* QuotientRemainder[m, n] gives the quotient and the remainder of m by n.

   Examples:
       >> {QuotientRemainder[17, 5], QuotientRemainder[-1, 3]}
       = {{3, 2}, {-1, 2}}
*)
SetAttributes[QuotientRemainder, Listable]
QuotientRemainder[m_?NumericQ, n_?NumericQ] := {Quotient[m, n], Mod[m, n]} /; n != 0

(* CoprimeQ[m, n, …] gives True if no two of the integers have a common divisor.

   Examples:
       >> {CoprimeQ[8, 9], CoprimeQ[6, 9], CoprimeQ[2, 3, 5]}
       = {True, False, True}
*)
CoprimeQ[m_Integer, n_Integer] := GCD[m, n] == 1
CoprimeQ[numbers__Integer] := AllTrue[Subsets[{numbers}, {2}], Apply[CoprimeQ]]

(* NextPrime[n] gives the least prime above n.
   NextPrime[n, k] gives the k-th prime above n; below n where k is negative.

   Examples:
       >> {NextPrime[10], NextPrime[10, -1], NextPrime[10, 3], NextPrime[7.5]}
       = {11, 7, 17, 11}
*)
SetAttributes[NextPrime, Listable]
NextPrime[n : _Integer | _Rational | _Real, k_Integer : 1] := Which[
  k > 0, Nest[NestWhile[# + 1 &, # + 1, ! PrimeQ[#] &] &, Floor[n], k],
  k < 0, Nest[NestWhile[# - 1 &, # - 1, ! PrimeQ[#] && # > 1 &] &, Ceiling[n], -k],
  True, n
] /; IntegerQ[n] || Abs[n] < 2^53

(* PrimePi[x] gives the number of primes up to x.

   Examples:
       >> PrimePi[{1, 10, 100, 10.5}]
       = {0, 4, 25, 4}
*)
SetAttributes[PrimePi, Listable]
PrimePi[x_?NumericQ] := Count[Range[2, Floor[x]], _?PrimeQ]

(* EulerPhi[n] gives the number of integers from 1 to n that have no common divisor with n.

   Examples:
       >> EulerPhi[{1, 6, 7, 100}]
       = {1, 2, 6, 40}
*)
SetAttributes[EulerPhi, Listable]
EulerPhi[1] = 1
EulerPhi[n_Integer?Positive] := n Times @@ (1 - 1/FactorInteger[n][[All, 1]])

(* MoebiusMu[n] gives 0 where a square divides n, else -1 or 1 by the number of prime factors.

   Examples:
       >> MoebiusMu[{1, 2, 4, 6, 30}]
       = {1, -1, 0, 1, -1}
*)
SetAttributes[MoebiusMu, Listable]
MoebiusMu[1] = 1
MoebiusMu[n_Integer?Positive] := With[{powers = FactorInteger[n][[All, 2]]}, If[Max[powers] > 1, 0, (-1)^Length[powers]]]

(* DivisorSigma[k, n] gives the sum of the k-th powers of the divisors of n.

   Examples:
       >> {DivisorSigma[0, 12], DivisorSigma[1, 6], DivisorSigma[2, 4]}
       = {6, 12, 21}
*)
SetAttributes[DivisorSigma, Listable]
DivisorSigma[k_, n_Integer?Positive] := Total[Divisors[n]^k]

(* PowerMod[a, b, m] gives the remainder of a^b by m; PowerMod[a, -1, m] gives the inverse of a.
   PowerMod[a, 1/r, m] gives the least r-th root of a modulo m.

   Details: Where there is none it stays as it is.

   Examples:
       >> {PowerMod[2, 10, 7], PowerMod[3, -1, 7], PowerMod[7, 10^20, 1000], PowerMod[2, 1/2, 7], PowerMod[3, 1/2, 7]}
       = {2, 5, 1, 3, PowerMod[3, 1/2, 7]}
*)
SetAttributes[PowerMod, Listable]
PowerMod[a_Integer, 0, m_Integer?Positive] := Mod[1, m]
PowerMod[a_Integer, b_Integer?Positive, m_Integer?Positive] := Fold[
  Mod[#1^2 If[#2 == 1, a, 1], m] &, 1, IntegerDigits[b, 2]
]
PowerMod[a_Integer, q_Rational, m_Integer?Positive] := With[
  {root = SelectFirst[Range[0, m - 1], PowerMod[#, 1/q, m] == Mod[a, m] &]},
  root /; IntegerQ[root]
] /; IntegerQ[1/q] && q > 0 && m < 10^6
PowerMod[a_Integer, b_Integer?Negative, m_Integer?Positive] := With[{inverse = ModularInverse[a, m]},
  PowerMod[inverse, -b, m] /; IntegerQ[inverse]
]

(* ModularInverse[a, m] gives the number whose product with a has the remainder 1 by m.

   Details: Without one it stays as it is.

   Examples:
       >> {ModularInverse[3, 7], ModularInverse[2, 4]}
       = {5, ModularInverse[2, 4]}
*)
SetAttributes[ModularInverse, Listable]
ModularInverse[a_Integer, m_Integer?Positive] := Mod[Last[NestWhile[
  Apply[{r, s, x, y} |-> {s, Mod[r, s], y, x - Quotient[r, s] y}], {Mod[a, m], m, 1, 0}, #[[2]] != 0 &
][[{1, 3}]]], m] /; GCD[a, m] == 1

(* ChineseRemainder[{r1, r2, …}, {m1, m2, …}] gives the least x >= 0 that has the remainders r by the moduli m.

   Examples:
       >> ChineseRemainder[{2, 3, 2}, {3, 5, 7}]
       = 23
       >> ChineseRemainder[{0, 1}, {2, 4}]
       = ChineseRemainder[{0, 1}, {2, 4}]
*)
ChineseRemainder[remainders : {__Integer}, moduli : {__Integer?Positive}] := With[
  {found = Fold[joined, {0, 1}, Transpose[{remainders, moduli}]]},
  First[found] /; ListQ[found]
] /; Length[remainders] == Length[moduli]
joined[None, _] := None
joined[{x_, m_}, {r_, n_}] := With[{g = GCD[m, n]}, If[
  Mod[r - x, g] != 0, None,
  {Mod[x + m Mod[(r - x)/g ModularInverse[m/g, n/g], n/g], LCM[m, n]], LCM[m, n]}
]]

(* IntegerReverse[n] gives the integer with the digits of n in reverse order.
   IntegerReverse[n, b] takes the digits in base b.

   Examples:
       >> {IntegerReverse[1230], IntegerReverse[6, 2]}
       = {321, 3}
*)
SetAttributes[IntegerReverse, Listable]
IntegerReverse[n_Integer, base_Integer : 10] := FromDigits[Reverse[IntegerDigits[n, base]], base]

(* PalindromeQ[x] gives True if an integer, text or list is the same read backward.

   Examples:
       >> {PalindromeQ[121], PalindromeQ["level"], PalindromeQ[{a, b}]}
       = {True, True, False}
*)
PalindromeQ[n_Integer] := PalindromeQ[IntegerDigits[n]]
PalindromeQ[text_String] := PalindromeQ[Characters[text]]
PalindromeQ[list_List] := list === Reverse[list]

(* DigitCount[n, b, d] gives how often the digit d occurs in n in base b.
   DigitCount[n, b] gives a list for the digits 1, 2, …, b - 1, 0; DigitCount[n] takes base 10.

   Examples:
       >> {DigitCount[100, 2, 1], DigitCount[112], DigitCount[8, 2]}
       = {3, {2, 1, 0, 0, 0, 0, 0, 0, 0, 0}, {1, 3}}
*)
SetAttributes[DigitCount, Listable]
DigitCount[n_Integer, base_Integer : 10] := Map[DigitCount[n, base, #] &, Append[Range[base - 1], 0]]
DigitCount[n_Integer, base_Integer, digit_Integer] := Count[IntegerDigits[n, base], digit]

(* DigitSum[n] gives the sum of the digits of n.
   DigitSum[n, b] takes the digits in base b.

   Examples:
       >> {DigitSum[1234], DigitSum[7, 2]}
       = {10, 3}
*)
DigitSum[n_Integer, base_Integer : 10] := Total[IntegerDigits[n, base]]

(* IntegerExponent[n, b] gives the greatest power of b that divides n.
   IntegerExponent[n] takes b = 10.

   Examples:
       >> {IntegerExponent[1200], IntegerExponent[40, 2], IntegerExponent[0]}
       = {2, 3, Infinity}
*)
SetAttributes[IntegerExponent, Listable]
IntegerExponent[0, base_Integer : 10] := Infinity /; base > 1
IntegerExponent[n_Integer, base_Integer : 10] := NestWhile[# + 1 &, 0, Divisible[n, base^(# + 1)] &] /; base > 1

(* BitLength[n] gives the number of binary digits of n.

   Examples:
       >> BitLength[{0, 1, 255, 256}]
       = {0, 1, 8, 9}
*)
SetAttributes[BitLength, Listable]
BitLength[0] = 0
BitLength[n_Integer?Positive] := IntegerLength[n, 2]
BitLength[n_Integer?Negative] := BitLength[-n - 1]

(* BitGet[n, k] gives the binary digit of n that stands for 2^k.

   Examples:
       >> {BitGet[5, 0], BitGet[5, 1], BitGet[5, 2]}
       = {1, 0, 1}
*)
SetAttributes[BitGet, Listable]
BitGet[n_Integer, k_Integer?NonNegative] := Mod[Quotient[n, 2^k], 2]

(* BitSet[n, k] gives n with the binary digit for 2^k set to 1.

   Examples:
       >> BitSet[4, {0, 2}]
       = {5, 4}
*)
SetAttributes[BitSet, Listable]
BitSet[n_Integer, k_Integer?NonNegative] := BitOr[n, 2^k]

(* BitClear[n, k] gives n with the binary digit for 2^k set to 0.

   Examples:
       >> BitClear[5, {0, 1}]
       = {4, 5}
*)
SetAttributes[BitClear, Listable]
BitClear[n_Integer, k_Integer?NonNegative] := n - 2^k BitGet[n, k]

(* ContinuedFraction[x] gives the terms of the continued fraction of a number, as far as its digits tell them.
   ContinuedFraction[x, n] gives the first n terms.

   Details: The terms of a square root that come again and again stand in a list at the end.

   Examples:
       >> {ContinuedFraction[47/17], ContinuedFraction[Pi, 5], ContinuedFraction[2.5]}
       = {{2, 1, 3, 4}, {3, 7, 15, 1, 292}, {2, 2}}
       >> {ContinuedFraction[Sqrt[7]], Last[ContinuedFraction[Pi, 20]], ContinuedFraction[47/17, 2]}
       = {{2, {1, 1, 1, 4}}, 2, {2, 1}}
*)
ContinuedFraction[x : _Integer | _Rational] := NestWhileList[1/FractionalPart[#] &, x, FractionalPart[#] != 0 &] // IntegerPart
ContinuedFraction[x_Real] := With[{exact = SetPrecision[x, Infinity], unit = 10^-Floor[Accuracy[x]]},
  commonStart[ContinuedFraction[exact - unit], ContinuedFraction[exact + unit]]
] /; Precision[x] =!= MachinePrecision
commonStart[a_, b_] := Take[a, LengthWhile[Range[Min[Length[a], Length[b]]], a[[#]] == b[[#]] &]]
ContinuedFraction[x_Real] := ContinuedFraction[Rationalize[x, Abs[x] 2^-52]] /; Abs[x] < Infinity
ContinuedFraction[Power[n_Integer?Positive, half_]] := With[{whole = Floor[Sqrt[n]]},
  {whole, Map[First, NestWhileList[followed[n, whole], followed[n, whole][{whole, 0, 1}], First[#] != 2 whole &]]}
] /; half == 1/2
followed[n_, whole_][{term_, shift_, by_}] := With[{next = term by - shift}, With[{over = (n - next^2)/by},
  {Quotient[whole + next, over], next, over}
]]
ContinuedFraction[x : _Integer | _Rational | _Real, n_Integer?Positive] := Take[ContinuedFraction[x], UpTo[n]]
ContinuedFraction[x_?NumericQ, n_Integer?Positive] := Take[ContinuedFraction[SetPrecision[N[x, 20 + 3 n], Infinity]], UpTo[n]]

(* FromContinuedFraction[{a, b, c, …}] gives a + 1/(b + 1/(c + …)).
   FromContinuedFraction[{a, b, …, {p, q, …}}] repeats the terms of the list at the end for ever.

   Examples:
       >> {FromContinuedFraction[{2, 1, 3, 4}], N[FromContinuedFraction[{1, {2}}]]}
       = {47/17, 1.41421}
*)
FromContinuedFraction[{}] := Infinity
FromContinuedFraction[{terms__Integer, period : {__Integer}}] := FromContinuedFraction[{terms, periodic[period]}]
periodic[period_] := With[{m = Apply[Dot, Map[{{#, 1}, {1, 0}} &, period]]}, With[{b = m[[2, 2]] - m[[1, 1]]},
  (Sqrt[b^2 + 4 m[[1, 2]] m[[2, 1]]] - b)/(2 m[[2, 1]])
]]
FromContinuedFraction[{terms___, last_}] := Fold[#2 + 1/#1 &, last, Reverse[{terms}]]

(* Convergents[x] gives the fractions that come nearer and nearer to a number, from its continued fraction.
   Convergents[x, n] gives the first n; Convergents[{a, b, …}] takes the terms of a continued fraction.

   Examples:
       >> {Convergents[47/17], Convergents[{1, 2, 2}]}
       = {{2, 3, 11/4, 47/17}, {1, 3/2, 7/5}}
*)
Convergents[terms_List] := Table[FromContinuedFraction[Take[terms, n]], {n, Length[terms]}]
Convergents[x_?NumericQ, n___Integer] := Convergents[ContinuedFraction[x, n]]

(* RankedMin[list, n] gives the n-th smallest element.

   Examples:
       >> {RankedMin[{4, 1, 3}, 2], RankedMin[{4, 1, 3}, -1]}
       = {3, 4}
*)
RankedMin[list_List, n_Integer] := Sort[list, Less][[n]] /; 1 <= Abs[n] <= Length[list]

(* RankedMax[list, n] gives the n-th largest element.

   Examples:
       >> {RankedMax[{4, 1, 3}, 2], RankedMax[{4, 1, 3}, -1]}
       = {3, 1}
*)
RankedMax[list_List, n_Integer] := Sort[list, Greater][[n]] /; 1 <= Abs[n] <= Length[list]

(* AbsArg[z] gives {Abs[z], Arg[z]}.

   Examples:
       >> AbsArg[2 I]
       = {2, Pi/2}
*)
SetAttributes[AbsArg, Listable]
AbsArg[z_] := {Abs[z], Arg[z]}
