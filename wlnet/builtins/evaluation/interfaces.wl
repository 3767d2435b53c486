(* Category: Output *)

(* DynamicModule[{x, y = value, …}, expr] gives the value of expr, with variables of its own as in Module.

   Examples:
       >> x = 1; {DynamicModule[{x = 5}, x + 1], x}
       = {6, 1}
   Source: https://reference.wolfram.com/language/ref/DynamicModule.html
*)
SetAttributes[DynamicModule, HoldAll]
DynamicModule[variables_, expr_, OptionsPattern[]] := Module[variables, expr]

(* PrintTemporary[expr1, expr2, …] prints like Print; nothing takes the line away again.

   Examples:
       >> PrintTemporary["working"]
       = Null
   Source: https://reference.wolfram.com/language/ref/PrintTemporary.html
*)
PrintTemporary[parts___] := Print[parts]

(* Beep[] makes no sound here, and gives Null.

   Examples:
       >> Beep[]
       = Null
   Source: https://reference.wolfram.com/language/ref/Beep.html
*)
Beep[] := Null

(* UsingFrontEnd[expr] gives the value of expr; there is no front end that could be started for it.

   Examples:
       >> UsingFrontEnd[1 + 1]
       = 2
   Source: https://reference.wolfram.com/language/ref/UsingFrontEnd.html
*)
UsingFrontEnd[expr_] := expr

(* Refresh[expr] gives the value of expr; nothing is updated later.

   Examples:
       >> Refresh[1 + 1, UpdateInterval -> 2]
       = 2
   Source: https://reference.wolfram.com/language/ref/Refresh.html
*)
Refresh[expr_, ___Rule] := expr
