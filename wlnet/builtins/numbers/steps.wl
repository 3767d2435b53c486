(* Category: Elementary functions *)

(* HeavisideTheta[x] gives 0 where x < 0 and 1 where x > 0; at 0 it stays as it is.

   Examples:
       >> HeavisideTheta[{-2, 0.5, 0}]
       = {0, 1, HeavisideTheta[0]}
*)
SetAttributes[HeavisideTheta, Listable]
HeavisideTheta[x_?NumericQ] := UnitStep[x] /; x != 0
HeavisideTheta[x_, rest__] := HeavisideTheta[x] HeavisideTheta[rest]

(* UnitBox[x] gives 1 where -1/2 <= x <= 1/2, else 0.
   UnitBox[x, y, …] gives the product of those of the numbers.

   Examples:
       >> {UnitBox[{-0.6, -0.5, 0, 0.5, 0.6}], UnitBox[0.2, 0.7]}
       = {{0, 1, 1, 1, 0}, 0}
*)
SetAttributes[UnitBox, Listable]
UnitBox[x_?NumericQ] := Boole[-1/2 <= x <= 1/2]
UnitBox[x_, rest__] := UnitBox[x] UnitBox[rest]

(* UnitTriangle[x] gives 1 - |x| where -1 <= x <= 1, else 0.
   UnitTriangle[x, y, …] gives the product of those of the numbers.

   Examples:
       >> {UnitTriangle[{-2, -0.5, 0, 0.25}], UnitTriangle[1/2, 1/4]}
       = {{0, 0.5, 1, 0.75}, 3/8}
*)
SetAttributes[UnitTriangle, Listable]
UnitTriangle[x_?NumericQ] := Max[0, 1 - Abs[x]]
UnitTriangle[x_, rest__] := UnitTriangle[x] UnitTriangle[rest]

(* DiscreteDelta[n1, n2, …] gives 1 if all arguments are 0, else 0.

   Examples:
       >> {DiscreteDelta[0], DiscreteDelta[0, 0], DiscreteDelta[0, 1]}
       = {1, 1, 0}
*)
DiscreteDelta[numbers__?NumericQ] := Boole[AllTrue[{numbers}, # == 0 &]]
