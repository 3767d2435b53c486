(* Category: Functional programming *)

(* MapAll[f, expr] or f //@ expr applies f to every part of expr, the innermost first.

   Examples:
       >> MapAll[f, {a, {b}}]
       = f[{f[a], f[{f[b]}]}]
   Options: "Heads":
       >> MapAll[f, g[a], Heads -> True]
       = f[f[g][f[a]]]
   Source: https://reference.wolfram.com/language/ref/MapAll.html
*)
Options[MapAll] = {"Heads" -> False}
MapAll[f_, expr_, options : OptionsPattern[]] := Map[f, Unevaluated[expr], {0, Infinity}, options]
MapAll[f_][expr_] := MapAll[f, expr]

(* CoordinateBounds[points] gives {{xmin, xmax}, {ymin, ymax}, …} of points.
   CoordinateBounds[points, d] makes each range larger by d on both sides, Scaled[s] by a share of it, {dx, dy, …} one by one.

   Examples:
       >> CoordinateBounds[{{1, 5}, {3, 2}}]
       = {{1, 3}, {2, 5}}
       >> CoordinateBounds[{{0, 0}, {2, 4}}, Scaled[1/2]]
       = {{-1, 3}, {-2, 6}}
   Source: https://reference.wolfram.com/language/ref/CoordinateBounds.html
*)
CoordinateBounds[points_?MatrixQ] := Map[MinMax, Transpose[points]]
CoordinateBounds[points_?MatrixQ, margins_List] := MapThread[widened, {CoordinateBounds[points], margins}]
CoordinateBounds[points_?MatrixQ, margin_] := Map[widened[#, margin] &, CoordinateBounds[points]]
widened[{low_, high_}, Scaled[share_]] := widened[{low, high}, share (high - low)]
widened[{low_, high_}, margin_] := {low - margin, high + margin}
