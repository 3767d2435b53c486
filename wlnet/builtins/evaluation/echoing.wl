(* Category: Output *)

(* EchoFunction[f][x] prints f[x] and gives x.
   EchoFunction[label, f][x] prints a label before it.

   Examples:
       >> 1 + EchoFunction[Length][{a, b}]
       = {1 + a, 1 + b}
*)
EchoFunction[f_][x_] := Echo[x, None, f]
EchoFunction[label_, f_][x_] := Echo[x, label, f]

(* EchoLabel[label][x] prints x after a label and gives x.

   Examples:
       >> EchoLabel["n"][2] + 1
       = 3
*)
EchoLabel[label_][x_] := Echo[x, label]

(* EchoTiming[expr] prints the seconds that the evaluation of expr took, and gives its value.
   EchoTiming[expr, label] prints a label before them.

   Examples:
       >> EchoTiming[1 + 1]
       = 2
*)
SetAttributes[EchoTiming, HoldFirst]
EchoTiming[expr_, label_ : None] := With[{timed = AbsoluteTiming[expr]}, Echo[First[timed], label]; Last[timed]]

(* Monitor[expr, shown] evaluates expr.

   Examples:
       >> Monitor[Total[Table[i, {i, 10}]], i]
       = 55
   Differs: Nothing is shown meanwhile.
*)
SetAttributes[Monitor, HoldAll]
Monitor[expr_, _, ___] := expr

(* Dynamic[expr] gives expr as it is now.

   Examples:
       >> x = 3; Dynamic[x + 1]
       = 4
   Differs: It is not kept up to date.
*)
SetAttributes[Dynamic, HoldFirst]
Dynamic[expr_, ___] := expr
