(* Category: Integers *)

(* MantissaExponent[x] gives {m, n} with x = m 10^n and 1/10 <= |m| < 1.
   MantissaExponent[x, b] takes the base b.

   Examples:
       >> {MantissaExponent[1234.5], MantissaExponent[0.0025], MantissaExponent[6, 2], MantissaExponent[0]}
       = {{0.12345, 4}, {0.25, -2}, {3/4, 3}, {0, 0}}
*)
MantissaExponent[x_?NumericQ, base_ : 10] := {x, 0} /; x == 0
MantissaExponent[x_?NumericQ, base_ : 10] := With[{n = Last[RealDigits[x, base, 1]]}, {x/base^n, n}] /; Im[x] == 0

(* NumberExpand[x] gives the list of the parts of a number that its decimal digits stand for.
   NumberExpand[x, b] takes the digits in base b.

   Examples:
       >> {NumberExpand[1203], NumberExpand[5, 2]}
       = {{1000, 200, 0, 3}, {4, 0, 1}}
*)
NumberExpand[n_Integer, base_Integer : 10] := With[{digits = IntegerDigits[n, base]},
  Sign[n] digits base^Range[Length[digits] - 1, 0, -1]
] /; base > 1

(* NumberCompose[{c1, c2, …}, {u1, u2, …}] gives c1 u1 + c2 u2 + ….

   Examples:
       >> NumberCompose[{1, 2, 30}, {3600, 60, 1}]
       = 3750
*)
NumberCompose[counts_List, units_List] := counts . units /; Length[counts] == Length[units]

(* NumberDecompose[x, {u1, u2, …, un}] gives how many of each of the units, from the largest to the smallest, make up x.

   Examples:
       >> {NumberDecompose[7384, {3600, 60, 1}], NumberDecompose[6.5, {5, 1}]}
       = {{2, 3, 4}, {1, 1.5}}
*)
NumberDecompose[x_?NumericQ, {unit_}] := {x/unit}
NumberDecompose[x_?NumericQ, {unit_, rest__}] :=
  With[{count = Sign[x] Floor[Abs[x]/unit]}, Prepend[NumberDecompose[x - count unit, {rest}], count]]

(* MixedFractionParts[x] gives the whole part and the rest of a number.

   Examples:
       >> MixedFractionParts[7/3]
       = {2, 1/3}
*)
MixedFractionParts[x : _Integer | _Rational] := {IntegerPart[x], FractionalPart[x]}

(* ExactNumberQ[x] gives True if x is an explicit number that is exact.

   Examples:
       >> {ExactNumberQ[2/3], ExactNumberQ[1 + I], ExactNumberQ[1.5], ExactNumberQ[Pi]}
       = {True, True, False, False}
*)
ExactNumberQ[x_] := NumberQ[x] && Precision[x] === Infinity

(* InexactNumberQ[x] gives True if x is an explicit number that is not exact.

   Examples:
       >> {InexactNumberQ[1.5], InexactNumberQ[N[Pi, 30]], InexactNumberQ[2]}
       = {True, True, False}
*)
InexactNumberQ[x_] := NumberQ[x] && Precision[x] =!= Infinity

(* RealValuedNumberQ[x] gives True if x is an explicit number that is real.

   Examples:
       >> {RealValuedNumberQ[1.5], RealValuedNumberQ[2/3], RealValuedNumberQ[I], RealValuedNumberQ[Pi]}
       = {True, True, False, False}
*)
RealValuedNumberQ[x_] := MatchQ[x, _Integer | _Rational | _Real]

(* RealValuedNumericQ[x] gives True if x stands for a real number.

   Examples:
       >> {RealValuedNumericQ[Sqrt[2] + Pi], RealValuedNumericQ[I Pi], RealValuedNumericQ[x]}
       = {True, False, False}
*)
RealValuedNumericQ[x_] := NumericQ[x] && RealValuedNumberQ[N[x]]
