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
