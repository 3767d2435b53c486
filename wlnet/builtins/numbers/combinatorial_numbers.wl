(* Category: Integers *)

(* StirlingS1[n, m] gives the signed number of permutations of n things with m cycles.

   Examples:
       >> Map[StirlingS1[4, #] &, Range[0, 4]]
       = {0, -6, 11, -6, 1}
*)
SetAttributes[StirlingS1, Listable]
StirlingS1[n_Integer?NonNegative, m_Integer?NonNegative] := If[m > n, 0, Fold[
  {row, k} |-> Prepend[row, 0] - k Append[row, 0], {1}, Range[0, n - 1]
][[m + 1]]]

(* Subfactorial[n] gives the number of permutations of n things that leave none in its place.

   Examples:
       >> Subfactorial[{0, 1, 2, 3, 4, 5}]
       = {1, 0, 1, 2, 9, 44}
*)
SetAttributes[Subfactorial, Listable]
Subfactorial[n_Integer?NonNegative] := Fold[#2 #1 + (-1)^#2 &, 1, Range[n]]

(* EulerE[n] gives the n-th Euler number.

   Examples:
       >> EulerE[{0, 1, 2, 4, 6}]
       = {1, 0, -1, 5, -61}
*)
SetAttributes[EulerE, Listable]
EulerE[n_Integer?NonNegative] := If[OddQ[n], 0, Last[Fold[
  {known, k} |-> Append[known, -Total[Table[Binomial[2 k, 2 j] known[[j + 1]], {j, 0, k - 1}]]], {1}, Range[n/2]
]]]

(* PartitionsP[n] gives the number of ways to write n as a sum of positive integers, whatever the order.

   Details: An n above 10^5 would take minutes and more, and stays as it is.

   Examples:
       >> {PartitionsP[{0, 1, 5, 10}], PartitionsP[100]}
       = {{1, 1, 7, 42}, 190569292}
   Source: L. Euler's theorem on pentagonal numbers.
*)
SetAttributes[PartitionsP, Listable]
PartitionsP[n_Integer?Negative] := 0
PartitionsP[n_Integer] /; n <= 10^5 := Last[Fold[
  {known, k} |-> Append[known, Sum[
    (-1)^(j + 1) (known[[k - j (3 j - 1)/2 + 1]] + If[k >= j (3 j + 1)/2, known[[k - j (3 j + 1)/2 + 1]], 0]),
    {j, 1, Floor[(1 + Sqrt[1. + 24 k])/6]}
  ]], {1}, Range[n]
]]

(* PartitionsQ[n] gives the number of ways to write n as a sum of different positive integers.

   Details: An n above 10^5 would take minutes and more, and stays as it is.

   Examples:
       >> PartitionsQ[{0, 1, 5, 10}]
       = {1, 1, 3, 10}
*)
SetAttributes[PartitionsQ, Listable]
PartitionsQ[n_Integer?Negative] := 0
PartitionsQ[n_Integer] /; n <= 10^5 := Last[Fold[
  {counts, k} |-> counts + Join[ConstantArray[0, k], Drop[counts, -k]], UnitVector[n + 1, 1], Range[n]
]]

(* IntegerPartitions[n] gives the ways to write n as a sum of positive integers, the largest ones first.
   IntegerPartitions[n, k] takes those of at most k integers, {k} of exactly k, {k1, k2} of k1 to k2.
   IntegerPartitions[n, k, {s1, s2, …}] takes integers out of a list; IntegerPartitions[n, k, list, m] the first m.

   Examples:
       >> IntegerPartitions[4]
       = {{4}, {3, 1}, {2, 2}, {2, 1, 1}, {1, 1, 1, 1}}
       >> {IntegerPartitions[5, 2], IntegerPartitions[5, {3}], IntegerPartitions[8, All, {1, 5}], IntegerPartitions[5, All, All, 2]}
       = {{{5}, {4, 1}, {3, 2}}, {{3, 1, 1}, {2, 2, 1}}, {{5, 1, 1, 1}, {1, 1, 1, 1, 1, 1, 1, 1}}, {{5}, {4, 1}}}
*)
IntegerPartitions[n_Integer] := IntegerPartitions[n, All]
IntegerPartitions[n_Integer, counts_] := IntegerPartitions[n, counts, All]
IntegerPartitions[n_Integer, counts_, parts_, m_Integer] := Take[IntegerPartitions[n, counts, parts], UpTo[m]]
IntegerPartitions[n_Integer, counts_, All] := IntegerPartitions[n, counts, Range[n]]
IntegerPartitions[n_Integer, All, parts_] := IntegerPartitions[n, {0, Infinity}, parts]
IntegerPartitions[n_Integer, k : _Integer | Infinity, parts_] := IntegerPartitions[n, {0, k}, parts]
IntegerPartitions[n_Integer, {k_Integer}, parts_] := IntegerPartitions[n, {k, k}, parts]
IntegerPartitions[n_Integer, {least_Integer, most_}, parts : {___Integer?Positive}] := Select[
  sums[n, most, Reverse[Union[parts]]], Length[#] >= least &
]
sums[0, _, _] := {{}}
sums[n_, most_, parts_] := If[n < 0 || most < 1, {}, Catenate[Table[
  Map[Prepend[#, parts[[i]]] &, sums[n - parts[[i]], most - 1, Drop[parts, i - 1]]], {i, Length[parts]}
]]]

(* PolygonalNumber[n] gives the n-th triangular number; PolygonalNumber[r, n] gives the n-th number of r-gons.

   Examples:
       >> {PolygonalNumber[{1, 2, 3, 4}], PolygonalNumber[5, 4]}
       = {{1, 3, 6, 10}, 22}
*)
SetAttributes[PolygonalNumber, Listable]
PolygonalNumber[n_] := PolygonalNumber[3, n]
PolygonalNumber[r_, n_] := n (n (r - 2) - r + 4)/2

(* LinearRecurrence[{c1, c2, …}, {a1, a2, …}, n] gives the first n terms of a[k] == c1 a[k - 1] + c2 a[k - 2] + ….
   LinearRecurrence[kernel, init, {k}] gives the k-th term, {k1, k2} those from k1 to k2.

   Examples:
       >> {LinearRecurrence[{1, 1}, {1, 1}, 8], LinearRecurrence[{2}, {x}, 3], LinearRecurrence[{1, 1}, {1, 1}, {20}]}
       = {{1, 1, 2, 3, 5, 8, 13, 21}, {x, 2 x, 4 x}, 6765}
*)
LinearRecurrence[factors_List, init_List, n_Integer?NonNegative] := Take[
  Nest[Append[#, factors . Reverse[Take[#, -Length[factors]]]] &, init, Max[n - Length[init], 0]], n
] /; Length[init] >= Length[factors]
LinearRecurrence[factors_List, init_List, {n_Integer}] := Last[LinearRecurrence[factors, init, n]]
LinearRecurrence[factors_List, init_List, {m_Integer, n_Integer}] := Drop[LinearRecurrence[factors, init, n], m - 1]

(* ThueMorse[n] gives the n-th term of the sequence of Thue and Morse: whether n has an odd number of binary digits 1.

   Examples:
       >> ThueMorse[Range[0, 7]]
       = {0, 1, 1, 0, 1, 0, 0, 1}
*)
SetAttributes[ThueMorse, Listable]
ThueMorse[n_Integer?NonNegative] := Mod[DigitCount[n, 2, 1], 2]

(* RudinShapiro[n] gives 1 or -1 as 11 occurs an even or odd number of times among the binary digits of n.

   Examples:
       >> RudinShapiro[Range[0, 7]]
       = {1, 1, 1, -1, 1, 1, -1, 1}
*)
SetAttributes[RudinShapiro, Listable]
RudinShapiro[n_Integer?NonNegative] := (-1)^DigitCount[BitAnd[n, BitShiftRight[n, 1]], 2, 1]
