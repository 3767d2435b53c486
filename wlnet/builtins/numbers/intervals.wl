(* Category: Intervals *)

(* Interval[{min, max}] stands for all real numbers from min to max.
   Interval[{min1, max1}, {min2, max2}, …] stands for several such ranges; Interval[x] for the number x alone.

   Details: Arithmetic, comparison, Abs, Min, Max, Exp, Log, powers, rounding, and circular and hyperbolic functions give the
   interval of all values that they take.

   Examples:
       >> {Interval[{3, 1}], Interval[{1, 4}, {6, 7}, {2, 5}], Interval[5]}
       = {Interval[{1, 3}], Interval[{1, 5}, {6, 7}], Interval[{5, 5}]}
       >> {2 Interval[{1, 2}] + 1, Interval[{-1, 2}]*Interval[{1, 3}], Interval[{-2, 1}]^2, 1/Interval[{2, 4}], Interval[{-1, 1}]^-2, Interval[{1, 2}] - Interval[{0, 1}]}
       = {Interval[{3, 5}], Interval[{-3, 6}], Interval[{0, 4}], Interval[{1/4, 1/2}], Interval[{1, Infinity}], Interval[{0, 2}]}
       >> {Interval[{1, 2}] < 3, Interval[{1, 2}] > Interval[{2, 3}], Interval[{1, 2}] == 3, Sin[Interval[{0, Pi}]], Abs[Interval[{-2, 1}]]}
       = {True, False, False, Interval[{0, 1}], Interval[{0, 2}]}
       >> {1/Interval[{-1, 2}], Sqrt[Interval[{4, 9}]], Exp[Interval[{0, 1}]], Log[Interval[{1, E}]], Max[Interval[{1, 3}]], Floor[Interval[{0.5, 2.5}]]}
       = {Interval[{-Infinity, -1}, {1/2, Infinity}], Interval[{2, 3}], Interval[{1, E}], Interval[{0, 1}], 3, Interval[{0, 2}]}
   Differs: Machine numbers are rounded to the nearest, not outward.
*)
Interval[x_?NumericQ] := Interval[{x, x}]
Interval[ranges___List] := With[{joined = joinedRanges[Sort[Map[Sort[#, Less] &, {ranges}], First[#1] < First[#2] &]]},
  Interval @@ joined /; joined =!= {ranges}
] /; MatchQ[{ranges}, {{_, _} ..}]
joinedRanges[sorted_] := Fold[
  {done, range} |-> If[First[range] <= done[[-1, 2]], Append[Most[done], {done[[-1, 1]], Max[done[[-1, 2]], Last[range]]}], Append[done, range]],
  {First[sorted]}, Rest[sorted]
]
Interval /: Interval[a__List] + Interval[b__List] + rest___ := eachPair[{#1[[1]] + #2[[1]], #1[[2]] + #2[[2]]} &, {a}, {b}] + rest
Interval /: Interval[a__List] + x_?NumericQ + rest___ := Interval @@ Map[# + x &, {a}] + rest
Interval /: Interval[a__List] Interval[b__List] rest___ := eachPair[
  With[{products = Map[Apply[product], Tuples[{#1, #2}]]}, {Min[products], Max[products]}] &, {a}, {b}
] rest
product[0, _] := 0
product[_, 0] := 0
product[x_, y_] := x y
Interval /: Interval[a__List] x_?NumericQ rest___ := Interval @@ Map[Map[product[#, x] &, #] &, {a}] rest
eachPair[f_, a_, b_] := Interval @@ Map[Apply[f], Tuples[{a, b}]]
Interval /: Power[Interval[a__List], n_Integer?Positive] := If[EvenQ[n],
  Interval @@ Map[If[First[#] <= 0 <= Last[#], {0, Max[#^n]}, Sort[#^n, Less]] &, {a}],
  Interval @@ Map[#^n &, {a}]
]
Interval /: Power[Interval[a__List], n_Integer?Negative] := With[{powers = List @@ (Interval[a]^-n)}, Interval @@ Catenate[Map[reciprocals, powers]]]
reciprocals[{low_, high_}] := Which[
  low == 0 && high == 0, {{-Infinity, Infinity}},
  low == 0, {{1/high, Infinity}},
  high == 0, {{-Infinity, 1/low}},
  low < 0 < high, {{-Infinity, 1/low}, {1/high, Infinity}},
  True, {{1/high, 1/low}}
]
Interval /: Power[Interval[a__List], p_?NumericQ] := Interval @@ Map[Sort[#^p, Less] &, {a}] /; ! IntegerQ[p] && Min[a] >= 0
Interval /: Power[base_?NumericQ, Interval[a__List]] := Interval @@ Map[Sort[base^#, Less] &, {a}] /; base > 0
Interval /: Abs[Interval[a__List]] := Interval @@ Map[If[First[#] <= 0 <= Last[#], {0, Max[Abs[#]]}, Sort[Abs[#], Less]] &, {a}]
Interval /: Log[Interval[a__List]] := Interval @@ Map[Log, {a}] /; Min[a] >= 0
Interval /: (f : Sinh | Tanh | ArcSinh | ArcTan | Erf | Floor | Ceiling | Round | IntegerPart | UnitStep | Sign | Ramp)[Interval[a__List]] := Interval @@ Map[f, {a}]
Interval /: Cosh[Interval[a__List]] := Interval @@ Map[Cosh, List @@ Abs[Interval[a]]]
Interval /: Sin[Interval[a__List]] := Interval @@ Map[wave[#, Sin, Pi/2] &, {a}]
Interval /: Cos[Interval[a__List]] := Interval @@ Map[wave[#, Cos, 0] &, {a}]
Interval /: Tan[Interval[a__List]] := Interval @@ Map[If[reaches[#, Pi/2, Pi], {-Infinity, Infinity}, Tan[#]] &, {a}]
wave[range_, f_, top_] := {If[reaches[range, top + Pi, 2 Pi], -1, Min[f[range]]], If[reaches[range, top, 2 Pi], 1, Max[f[range]]]}
reaches[{low_, high_}, x_, period_] := ! FreeQ[{low, high}, DirectedInfinity] || Ceiling[(low - x)/period] <= Floor[(high - x)/period]
Interval /: Max[Interval[a__List]] := Max[a]
Interval /: Min[Interval[a__List]] := Min[a]
Interval /: Less[x_Interval, y_] := With[{answer = below[x, y, Less, GreaterEqual]}, answer /; BooleanQ[answer]]
Interval /: Less[x_, y_Interval] := With[{answer = below[x, y, Less, GreaterEqual]}, answer /; BooleanQ[answer]]
Interval /: LessEqual[x_Interval, y_] := With[{answer = below[x, y, LessEqual, Greater]}, answer /; BooleanQ[answer]]
Interval /: LessEqual[x_, y_Interval] := With[{answer = below[x, y, LessEqual, Greater]}, answer /; BooleanQ[answer]]
below[x_, y_, surely_, never_] := Which[TrueQ[surely[Max[x], Min[y]]], True, TrueQ[never[Min[x], Max[y]]], False, True, Null]
Interval /: Greater[x_Interval, y_] := With[{answer = y < x}, answer /; BooleanQ[answer]]
Interval /: Greater[x_, y_Interval] := With[{answer = y < x}, answer /; BooleanQ[answer]]
Interval /: GreaterEqual[x_Interval, y_] := With[{answer = y <= x}, answer /; BooleanQ[answer]]
Interval /: GreaterEqual[x_, y_Interval] := With[{answer = y <= x}, answer /; BooleanQ[answer]]
Interval /: Equal[Interval[a__List], y_?NumericQ] := False /; ! IntervalMemberQ[Interval[a], y]
Interval /: Equal[Interval[a__List], Interval[b__List]] := False /; IntervalIntersection[Interval[a], Interval[b]] === Interval[]

(* IntervalUnion[i1, i2, …] gives the interval of the numbers that lie in any of the intervals.

   Examples:
       >> {IntervalUnion[Interval[{1, 2}], Interval[{4, 5}]], IntervalUnion[Interval[{1, 3}], Interval[{2, 5}]]}
       = {Interval[{1, 2}, {4, 5}], Interval[{1, 5}]}
*)
IntervalUnion[intervals___Interval] := Join[intervals]

(* IntervalIntersection[i1, i2, …] gives the interval of the numbers that lie in all of the intervals.

   Details: Interval[] holds no number.

   Examples:
       >> {IntervalIntersection[Interval[{1, 3}], Interval[{2, 5}]], IntervalIntersection[Interval[{1, 2}], Interval[{4, 5}]]}
       = {Interval[{2, 3}], Interval[]}
*)
IntervalIntersection[a_Interval] := a
IntervalIntersection[Interval[a___List], Interval[b___List]] := Interval @@ Select[
  Map[{Max[#[[All, 1]]], Min[#[[All, 2]]]} &, Tuples[{{a}, {b}}]], Apply[Less]
]
IntervalIntersection[a_Interval, b_Interval, rest__Interval] := IntervalIntersection[IntervalIntersection[a, b], rest]

(* IntervalMemberQ[interval, x] gives True if a number, or all of another interval, lies in an interval.

   Examples:
       >> {IntervalMemberQ[Interval[{1, 3}], 2], IntervalMemberQ[Interval[{1, 3}], Interval[{2, 4}]], IntervalMemberQ[Interval[{0, 4}], {Pi, 5}]}
       = {True, False, {True, False}}
*)
IntervalMemberQ[interval_Interval, list_List] := Map[IntervalMemberQ[interval, #] &, list]
IntervalMemberQ[Interval[a___List], x_?NumericQ] := AnyTrue[{a}, First[#] <= x <= Last[#] &]
IntervalMemberQ[Interval[a___List], Interval[b___List]] := AllTrue[{b}, range |-> AnyTrue[{a}, First[#] <= First[range] && Last[range] <= Last[#] &]]
