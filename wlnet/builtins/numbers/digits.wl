(* Category: Integers *)

(* MantissaExponent[x] gives {m, n} with x = m 10^n and 1/10 <= |m| < 1.
   MantissaExponent[x, b] takes the base b.

   Examples:
       >> {MantissaExponent[1234.5], MantissaExponent[0.0025], MantissaExponent[6, 2], MantissaExponent[0]}
       = {{0.12345, 4}, {0.25, -2}, {3/4, 3}, {0, 0}}
*)
MantissaExponent[x_?NumericQ, base_ : 10] := {x, 0} /; x == 0
MantissaExponent[x_?NumericQ, base_ : 10] := With[{n = Last[RealDigits[x, base, 1]]}, {x/base^n, n}] /; Im[x] == 0

(* NumberDecompose[x, {u1, u2, …, un}] gives how many of each of the units, from the largest to the smallest, make up x.

   Examples:
       >> {NumberDecompose[7384, {3600, 60, 1}], NumberDecompose[6.5, {5, 1}]}
       = {{2, 3, 4}, {1, 1.5}}
*)
NumberDecompose[x_?NumericQ, {unit_}] := {x/unit}
NumberDecompose[x_?NumericQ, {unit_, rest__}] :=
  With[{count = Sign[x] Floor[Abs[x]/unit]}, Prepend[NumberDecompose[x - count unit, {rest}], count]]

(* NumberCompose[{c1, …, cn}, {u1, …, un}] gives the sum of so many of each of some units.

   Examples:
       >> NumberCompose[{2, 3, 4}, {3600, 60, 1}]
       = 7384
*)
NumberCompose[counts_List, units_List] := Total[counts units]

(* NumberExpand[x] gives the list of the parts of a number that its digits stand for.

   Examples:
       >> {NumberExpand[3052], NumberExpand[-21]}
       = {{3000, 0, 50, 2}, {-20, -1}}
*)
NumberExpand[n_Integer, base_Integer : 10] :=
  With[{digits = IntegerDigits[n, base]}, Sign[n] digits base^Range[Length[digits] - 1, 0, -1]]
