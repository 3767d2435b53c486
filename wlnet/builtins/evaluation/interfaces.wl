(* Category: Output *)

(* Manipulate[expr, {u, min, max}, …] gives expr for the first values of its variables, since there are no controls to move.
   Manipulate[expr, {{u, start}, min, max}, …] begins with the value start.
   Manipulate[expr, {u, {value1, value2, …}}, …] begins with the first of the values.

   Examples:
       >> Manipulate[a x + b, {a, 2, 5}, {{b, 7}, 0, 10}]
       = 7 + 2*x
       >> u = 3; {Manipulate[f[u], {u, {"a", "b"}}], u}
       = {f["a"], 3}
   Differs: There is no interface; the value is that of the start.
   Source: https://reference.wolfram.com/language/ref/Manipulate.html
*)
SetAttributes[Manipulate, HoldAll]
Manipulate[expr_, controls___] :=
  Replace[Join[Hold[], Sequence @@ Cases[Hold[controls], control_ :> startOf[Hold[control]]]], Hold[starts___] :> Block[{starts}, expr]]
startOf[Hold[{{u_Symbol, value_, ___}, ___}]] := Hold[u = value]
startOf[Hold[{u_Symbol, {value_, ___}, ___}]] := Hold[u = value]
startOf[Hold[{u_Symbol, min_, ___}]] := Hold[u = min]
startOf[_] := Hold[]

(* Animate[expr, {u, min, max}, …] gives expr for the first values of its variables, as Manipulate does.

   Examples:
       >> Animate[u^2, {u, 3, 5}]
       = 9
   Differs: Nothing moves; the value is that of the start.
   Source: https://reference.wolfram.com/language/ref/Animate.html
*)
SetAttributes[Animate, HoldAll]
Animate[expr_, controls___] := Manipulate[expr, controls]

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
