(* Category: Calculus *)

(* O[x]^n stands for terms of the power n of x and higher; x^2 + O[x]^3 is a power series, SeriesData.
   O[x, a]^n is for powers of x - a.

   Details: Sums, products and powers of series are series up to the power to which all of them are known.

   Examples:
       >> ToString[1 + 2 x + O[x]^3]
       = "1 + 2 x + O[x]^3"
       >> ToString[{(1 + x + O[x]^2)^2, 1/(1 - x + O[x]^3), Series[Sin[x], {x, 0, 4}] Series[Cos[x], {x, 0, 4}]}]
       = "{1 + 2 x + O[x]^2, 1 + x + x^2 + O[x]^3, x - (2 x^3)/3 + O[x]^5}"
   Source: https://reference.wolfram.com/language/ref/O.html
*)
O[x_] := O[x, 0]
O[x_, a_] := SeriesData[x, a, {}, 1, 1, 1]

(* SeriesData[x, a, {c0, c1, …}, n, m, d] is a power series: c0 (x - a)^(n/d) + c1 (x - a)^((n + 1)/d) + …, known below the power m/d.

   Details: Sums, products, powers, E^series, Log, Sin and Cos of series are series; what stands beside a series in a sum or
   product is taken as one, too.

   Examples:
       >> Normal[SeriesData[x, 0, {1, 2, 3}, 0, 3, 1]]
       = 1 + 2 x + 3 x^2
       >> ToString[{SeriesData[x, 0, {1, 1, 1/2}, 0, 3, 1], SeriesData[x, a, {1, 0, -1}, -1, 2, 1]}]
       = "{1 + x + x^2/2 + O[x]^3, 1/(x - a) - (x - a) + O[x - a]^2}"
       >> s = SeriesData[x, 0, {1, 1}, 1, 3, 1]; ToString[{s^2, 1/s, Sqrt[s^2], E^s, x s + 5}]
       = "{x^2 + 2 x^3 + O[x]^4, 1/x - 1 + O[x], x + x^2 + O[x]^3, 1 + x + (3 x^2)/2 + O[x]^3, 5 + x^2 + x^3 + O[x]^4}"
       >> D[s, x]
       = SeriesData[x, 0, {1, 2}, 0, 2, 1]
   Source: https://reference.wolfram.com/language/ref/SeriesData.html
*)
SeriesData /: Plus[s : SeriesData[x_, a_, _List, _, m_, d_], other_, rest___] := With[{more = seriesOf[other, x, a, m, d]},
  Plus[added[s, more], rest] /; Head[more] === SeriesData
]
SeriesData /: Times[s : SeriesData[x_, a_, _List, n_, m_, d_], other_, rest___] := With[{more = seriesOf[other, x, a, m - n, d]},
  Times[productOf[s, more], rest] /; Head[more] === SeriesData
]
SeriesData /: Power[SeriesData[x_, a_, {}, n_, m_, d_], p_Integer?Positive] := SeriesData[x, a, {}, n p, m p, d]
SeriesData /: Power[s : SeriesData[x_, a_, {_, ___}, _, _, _], p : _Integer | _Rational] := raised[s, Numerator[p], Denominator[p]]
SeriesData /: Power[E, s : SeriesData[_, _, _List, n_, _, _]] := composed[Exp, s] /; n >= 0
SeriesData /: Log[s : SeriesData[_, _, {_, ___}, 0, _, _]] := composed[Log, s]
SeriesData /: Sin[s : SeriesData[_, _, _List, n_, _, _]] := composed[Sin, s] /; n >= 0
SeriesData /: Cos[s : SeriesData[_, _, _List, n_, _, _]] := composed[Cos, s] /; n >= 0
SeriesData /: D[SeriesData[x_, a_, c_List, n_, m_, d_], x_] :=
  trimmed[x, a, c Range[n, n + Length[c] - 1]/d, n - d, m - d, d] /; FreeQ[{a, c}, x]
trimmed[x_, a_, c_, n_, m_, d_] := With[{kept = Take[c, UpTo[Max[m - n, 0]]]},
  With[{zeros = LengthWhile[kept, # === 0 &]},
    If[zeros == Length[kept], SeriesData[x, a, {}, m, m, d],
      SeriesData[x, a, Drop[Drop[kept, -LengthWhile[Reverse[kept], # === 0 &]], zeros], n + zeros, m, d]]
  ]
]
seriesOf[s : SeriesData[x_, a_, _List, __], x_, a_, _, _] := s
seriesOf[_SeriesData, __] := $Failed
seriesOf[other_, x_, a_, count_, d_] := SeriesData[x, a, {other}, 0, Max[count, 1], d] /; FreeQ[other, x]
seriesOf[other_, x_, a_, count_, d_] := With[{c = CoefficientList[other /. x -> x + a, x]},
  exactly[x, a, c, LengthWhile[c, # === 0 &], count, d] /; ListQ[c]
]
seriesOf[other_, x_, a_, count_, d_] := Replace[Series[other, {x, a, Ceiling[count/d] + 1}], Except[_SeriesData] -> $Failed]
exactly[x_, a_, c_, zeros_, count_, d_] :=
  SeriesData[x, a, spread[Drop[c, zeros], d], zeros d, zeros d + Max[count, Length[c] d], d]
spread[c_, 1] := c
spread[c_, d_] := Flatten[Map[PadRight[{#}, d] &, c]]
alike[SeriesData[x_, a_, c_, n_, m_, d_], common_] := With[{k = common/d}, SeriesData[x, a, spread[c, k], n k, m k, common]]
added[s_, more_] := With[{d = LCM[s[[6]], more[[6]]]}, addedAlike[alike[s, d], alike[more, d]]]
addedAlike[SeriesData[x_, a_, c1_, n1_, m1_, d_], SeriesData[_, _, c2_, n2_, m2_, _]] := With[{n = Min[n1, n2], m = Min[m1, m2]},
  trimmed[x, a, aligned[c1, n1 - n, m - n] + aligned[c2, n2 - n, m - n], n, m, d]
]
aligned[c_, before_, length_] := PadRight[Take[Join[ConstantArray[0, before], c], UpTo[Max[length, 0]]], Max[length, 0]]
productOf[s_, more_] := With[{d = LCM[s[[6]], more[[6]]]}, productAlike[alike[s, d], alike[more, d]]]
productAlike[SeriesData[x_, a_, c1_, n1_, m1_, d_], SeriesData[_, _, c2_, n2_, m2_, _]] := With[{m = Min[n1 + m2, n2 + m1]},
  With[{length = Max[m - n1 - n2, 0]}, trimmed[x, a, Table[
    Sum[c1[[i]] c2[[k - i + 1]], {i, Max[1, k - Length[c2] + 1], Min[k, Length[c1]]}], {k, length}
  ] // Expand, n1 + n2, m, d]]
]
raised[SeriesData[x_, a_, c_, n_, m_, d_], p_, q_] := Module[{given = PadRight[c, m - n], power = p/q, found},
  found = {First[given]^power};
  Do[AppendTo[found, Together[Sum[(power i - k + i) given[[i + 1]] found[[k - i + 1]], {i, k}]/(k First[given])]], {k, m - n - 1}];
  trimmed[x, a, spread[found, q], n p, n p + (m - n) q, d q]
]
composed[f_, SeriesData[x_, a_, c_, n_, m_, d_]] := Module[{middle = If[n == 0, First[c, 0], 0], rest, powers, t},
  rest = trimmed[x, a, If[n == 0, ReplacePart[c, 1 -> 0], c], n, m, d];
  powers = If[rest[[3]] === {}, 1, Ceiling[m/rest[[4]]]];
  Fold[#1 rest + #2 &, SeriesData[x, a, {}, m, m, d], Reverse[Table[(D[f[t], {t, k}] /. t -> middle)/k!, {k, 0, powers}]]]
]

(* SeriesCoefficient[series, n] gives what stands with the power n in a series.
   SeriesCoefficient[f, {x, a, n}] gives it for the series of a formula around x = a.

   Examples:
       >> {SeriesCoefficient[SeriesData[x, 0, {1, 1, 1/2}, 0, 3, 1], 2], SeriesCoefficient[Exp[x], {x, 0, 4}]}
       = {1/2, 1/24}
   Source: https://reference.wolfram.com/language/ref/SeriesCoefficient.html
*)
SeriesCoefficient[SeriesData[_, _, c_List, n_, m_, d_], power_] := With[{place = power d - n + 1}, Which[
  power d >= m, Indeterminate, IntegerQ[place] && 0 < place <= Length[c], c[[place]], True, 0
]]
SeriesCoefficient[f_, {x_, a_, n_Integer}] := With[{found = Series[f, {x, a, Max[n, 0]}]},
  SeriesCoefficient[found, n] /; Head[found] === SeriesData
]
