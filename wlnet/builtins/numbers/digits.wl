(* Category: Integers *)

(* RealDigits[x] gives the list {digits, n} of the decimal digits of a real number and how many stand before the point.
   RealDigits[x, b] gives them in base b; RealDigits[x, b, len] gives len digits, RealDigits[x, b, len, p] those from b^p down.

   Details: The digits of a fraction that come again and again stand in a list at the end.

   Examples:
       >> {RealDigits[19/7], RealDigits[123.25], RealDigits[Pi, 10, 5]}
       = {{{2, {7, 1, 4, 2, 8, 5}}, 1}, {{1, 2, 3, 2, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 3}, {{3, 1, 4, 1, 5}, 1}}
       >> {RealDigits[5/4, 2], RealDigits[Pi, 10, 4, -2], RealDigits[0.02][[2]]}
       = {{{1, 0, 1}, 1}, {{4, 1, 5, 9}, -1}, -1}
*)
RealDigits[x_, base_Integer : 10] := RealDigits[x, base, Automatic] /; base > 1
RealDigits[x_List, rest___] := Map[RealDigits[#, rest] &, x]
RealDigits[n_Integer, base_Integer, Automatic] := {IntegerDigits[n, base], IntegerLength[n, base]}
RealDigits[x_Rational, base_Integer, Automatic] := With[{n = Max[Floor[Log[base, Abs[x]]] + 1, 0]},
  fromFirst[IntegerDigits[IntegerPart[Abs[x]], base, n], repeating[FractionalPart[Abs[x]], base], n]
]
RealDigits[x_?NumericQ, base_Integer, Automatic] := RealDigits[x, base, Round[
  If[Precision[x] === MachinePrecision, 53 Log[base, 2.], Precision[x] Log[base, 10.]]
]] /; Precision[x] =!= Infinity
RealDigits[x_?NumericQ, base_Integer, count_Integer?NonNegative] := With[{n = If[x == 0, 1, Floor[Log[base, Abs[N[x, 30]]]] + 1]},
  RealDigits[x, base, count, n - 1]
]
RealDigits[x_?NumericQ, base_Integer, count_Integer?NonNegative, p_Integer] := {
  IntegerDigits[Floor[Abs[SetPrecision[N[x, Max[count + Abs[p], 16] + 20], Infinity]] base^(count - p - 1)], base, count], p + 1
}
fromFirst[before_, after_, n_] := With[{all = Join[before, after]},
  With[{zeros = LengthWhile[all, # === 0 &]}, {Drop[all, zeros], n - zeros}]
]
repeating[x_, base_] := repeating[x, base, {}, <||>]
repeating[0, _, digits_, _] := digits
repeating[x_, base_, digits_, seen_] := If[KeyExistsQ[seen, x],
  Append[Take[digits, seen[x]], Drop[digits, seen[x]]],
  repeating[FractionalPart[base x], base, Append[digits, IntegerPart[base x]], Append[seen, x -> Length[digits]]]
]

(* MantissaExponent[x] gives the list {m, e} with x == m 10^e and 1/10 <= Abs[m] < 1.
   MantissaExponent[x, b] takes powers of b.

   Examples:
       >> {MantissaExponent[1250.], MantissaExponent[3/8, 2], MantissaExponent[0]}
       = {{0.125, 4}, {3/4, -1}, {0, 0}}
*)
MantissaExponent[x_?NumericQ, base_Integer : 10] := If[x == 0, {x, 0}, With[{e = Floor[Log[base, Abs[x]]] + 1}, {x base^-e, e}]] /; base > 1

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

(* NumberDecompose[x, {u1, u2, …}] gives counts of falling units whose sum is x, whole ones but for the last.

   Examples:
       >> {NumberDecompose[3750, {3600, 60, 1}], NumberDecompose[1.5, {1, 1/4}]}
       = {{1, 2, 30}, {1, 2.}}
*)
NumberDecompose[x_?NumericQ, {unit_}] := {x/unit}
NumberDecompose[x_?NumericQ, {unit_, rest__}] := Prepend[NumberDecompose[Mod[x, unit], {rest}], Quotient[x, unit]]

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
