(* Category: Arrays *)

(* CirclePoints[n] gives n points at equal distances on the unit circle, such that the lowest side is level.
   CirclePoints[r, n] takes the radius r, CirclePoints[{r, a}, n] begins at the angle a, CirclePoints[{x, y}, {r, a}, n] is around {x, y}.

   Examples:
       >> {CirclePoints[4], CirclePoints[{1, 0}, 2], CirclePoints[{5, 5}, {1, 0}, 2]}
       = {{{1/Sqrt[2], -(1/Sqrt[2])}, {1/Sqrt[2], 1/Sqrt[2]}, {-(1/Sqrt[2]), 1/Sqrt[2]}, {-(1/Sqrt[2]), -(1/Sqrt[2])}}, {{1, 0}, {-1, 0}}, {{6, 5}, {4, 5}}}
*)
CirclePoints[n_Integer?Positive] := CirclePoints[1, n]
CirclePoints[{r_, start_}, n_Integer?Positive] := Table[r {Cos[start + 2 Pi k/n], Sin[start + 2 Pi k/n]}, {k, 0, n - 1}]
CirclePoints[r_, n_Integer?Positive] := CirclePoints[{r, Pi/n - Pi/2}, n]
CirclePoints[center_List, radius_, n_Integer?Positive] := Map[center + # &, CirclePoints[radius, n]]

(* SpherePoints[n] gives n points that lie nearly evenly on the unit sphere.

   Examples:
       >> {Dimensions[SpherePoints[50]], Max[Abs[Map[Norm, SpherePoints[50]] - 1]] < 10^-12}
       = {{50, 3}, True}
   Source: the spiral of Fibonacci; A. Gonzalez, Measurement of areas on a sphere, 2010.
*)
SpherePoints[n_Integer?Positive] := Table[
  With[{z = N[1 - (2 k - 1)/n], angle = N[Pi (3 - Sqrt[5])] k}, {Sqrt[1 - z^2] Cos[angle], Sqrt[1 - z^2] Sin[angle], z}], {k, n}
]

(* AngleVector[a] gives the point at the angle a on the unit circle.
   AngleVector[{r, a}] takes the radius r; AngleVector[{x, y}, {r, a}] begins at {x, y}.

   Examples:
       >> {AngleVector[Pi/2], AngleVector[{2, Pi}], AngleVector[{1, 1}, 0]}
       = {{0, 1}, {-2, 0}, {2, 1}}
*)
AngleVector[{r_, a_}] := {r Cos[a], r Sin[a]}
AngleVector[a_] := {Cos[a], Sin[a]}
AngleVector[start : {_, _}, step_] := start + AngleVector[step]

(* AnglePath[{a1, a2, …}] gives the points of a path from {0, 0} that turns by each angle and goes one step.
   AnglePath[{{r1, a1}, …}] goes steps of lengths r. AnglePath[a, steps] begins in the direction a, AnglePath[{x, y}, steps] at a point, AnglePath[{{x, y}, a}, steps] at both.

   Examples:
       >> {AnglePath[{Pi/2, Pi/2}], AnglePath[{{2, 0}, {3, Pi/2}}], AnglePath[{{1, 1}, Pi}, {0}]}
       = {{{0, 0}, {0, 1}, {-1, 1}}, {{0, 0}, {2, 0}, {2, 3}}, {{1, 1}, {0, 1}}}
*)
AnglePath[steps_List] := AnglePath[{{0, 0}, 0}, steps]
AnglePath[{x : Except[_List], y_}, steps_List] := AnglePath[{{x, y}, 0}, steps]
AnglePath[{start_List, direction_}, steps_List] := With[{pairs = Map[If[ListQ[#], #, {1, #}] &, steps]}, Accumulate[Prepend[
  MapThread[{r, a} |-> {r Cos[a], r Sin[a]}, {pairs[[All, 1]], direction + Accumulate[pairs[[All, 2]]]}], start
]]]
AnglePath[direction_, steps_List] := AnglePath[{{0, 0}, direction}, steps]

(* PrincipalComponents[m] gives the rows of a matrix of numbers in the coordinates of greatest variance.

   Examples:
       >> Abs[PrincipalComponents[{{1., 1.}, {2., 2.}, {3., 3.}}]] // Chop
       = {{1.41421, 0}, {0, 0}, {1.41421, 0}}
   Options: "Method":
       >> Variance[PrincipalComponents[{{1., 2.}, {2., 1.}, {3., 5.}}, Method -> "Correlation"][[All, 1]]] > 1
       = True
   Source: K. Pearson, 1901. The signs of the components are those of SingularValueDecomposition.
*)
Options[PrincipalComponents] = {"Method" -> "Covariance"}
PrincipalComponents[m_?MatrixQ, OptionsPattern[]] := With[
  {data = If[OptionValue["Method"] === "Correlation", Standardize[N[m]], Map[# - Mean[N[m]] &, N[m]]]},
  data . Last[SingularValueDecomposition[data]]
]
