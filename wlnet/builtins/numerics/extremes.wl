(* Category: Numerical mathematics *)

(* FindMinValue[f, {x, x0}] gives the value of a local minimum of f; arguments and options are those of FindMinimum.

   Examples:
       >> FindMinValue[x Cos[x], {x, 2}]
       = -3.288371396
*)
SetAttributes[FindMinValue, HoldAll]
FindMinValue[args__] := With[{found = FindMinimum[args]}, First[found] /; ListQ[found]]

(* FindMaxValue[f, {x, x0}] gives the value of a local maximum of f; arguments and options are those of FindMaximum.

   Examples:
       >> FindMaxValue[x Exp[-x], {x, 0.5}]
       = 0.3678794412
*)
SetAttributes[FindMaxValue, HoldAll]
FindMaxValue[args__] := With[{found = FindMaximum[args]}, First[found] /; ListQ[found]]

(* FindArgMin[f, {x, x0}] gives the list of the values of the variables at a local minimum of f.

   Details: Arguments and options are those of FindMinimum.

   Examples:
       >> FindArgMin[x Cos[x], {x, 2}]
       = {3.425618459}
*)
SetAttributes[FindArgMin, HoldAll]
FindArgMin[args__] := With[{found = FindMinimum[args]}, Values[Last[found]] /; ListQ[found]]

(* FindArgMax[f, {x, x0}] gives the list of the values of the variables at a local maximum of f.

   Details: Arguments and options are those of FindMaximum.

   Examples:
       >> FindArgMax[3 - (x - 1)^2 - (y - 2)^2, {{x, 0}, {y, 0}}]
       = {1., 2.}
*)
SetAttributes[FindArgMax, HoldAll]
FindArgMax[args__] := With[{found = FindMaximum[args]}, Values[Last[found]] /; ListQ[found]]

(* NMinValue[f, x] gives the least value of f; arguments and options are those of NMinimize.

   Examples:
       >> NMinValue[{x + 2 y, x^2 + y^2 <= 5}, {x, y}]
       = -5.
*)
SetAttributes[NMinValue, HoldAll]
NMinValue[args__] := With[{found = NMinimize[args]}, First[found] /; ListQ[found]]

(* NMaxValue[f, x] gives the greatest value of f; arguments and options are those of NMaximize.

   Examples:
       >> NMaxValue[4 x - x^2, x]
       = 4.
*)
SetAttributes[NMaxValue, HoldAll]
NMaxValue[args__] := With[{found = NMaximize[args]}, First[found] /; ListQ[found]]

(* NArgMin[f, x] gives the x at which f is least.
   NArgMin[f, {x, y, …}] gives the list of the values of the variables there.

   Details: Arguments and options are those of NMinimize.

   Examples:
       >> {NArgMin[(x - 3)^2, x], NArgMin[{x - y, x^2 + y^2 <= 2}, {x, y}]}
       = {3., {-1., 1.}}
*)
SetAttributes[NArgMin, HoldAll]
NArgMin[f_, variables_, rest___] := With[{found = NMinimize[f, variables, rest]},
  If[MatchQ[Unevaluated[variables], _Symbol], First, Identity][Values[Last[found]]] /; ListQ[found]
]

(* NArgMax[f, x] gives the x at which f is greatest.
   NArgMax[f, {x, y, …}] gives the list of the values of the variables there.

   Details: Arguments and options are those of NMaximize.

   Examples:
       >> {NArgMax[4 x - x^2, x], NArgMax[3 - x^2 - (y - 1)^2, {x, y}]}
       = {2., {0., 1.}}
*)
SetAttributes[NArgMax, HoldAll]
NArgMax[f_, variables_, rest___] := With[{found = NMaximize[f, variables, rest]},
  If[MatchQ[Unevaluated[variables], _Symbol], First, Identity][Values[Last[found]]] /; ListQ[found]
]
