(* Category: Interaction *)

(* Manipulate[expr, {u, min, max}, …] gives expr with each u at the value where its control would begin.

   Details: A control {{u, start}, min, max} begins at start, {u, {v1, v2, …}} at v1, {u, min, max} at min. There are no
   controls in a terminal: a message says so.

   Examples:
       >> Manipulate[n + m, {n, 1, 10}, {{m, 5, "label"}, 0, 9}]
       = 6
       message: Manipulate::first
       >> Manipulate[{u, k}, {u, {"a", "b"}}, Delimiter, {k, 2, 3}, ControlPlacement -> Left]
       = {"a", 2}
       message: Manipulate::first
   Differs: Only the first state is shown.
*)
SetAttributes[Manipulate, HoldAll]
Manipulate::first = "There are no controls here: this is the first state."
Manipulate[body_, controls__] := (Message[Manipulate::first]; ReleaseHold[Hold[body] /. List @@ Map[startOf, Hold[controls]]])
SetAttributes[startOf, HoldAll]
startOf[{{u_Symbol, start_, ___}, ___}] := HoldPattern[u] -> start
startOf[{u_Symbol, {first_, ___}, ___}] := HoldPattern[u] -> first
startOf[{u_Symbol, least_, ___}] := HoldPattern[u] -> least
startOf[_] := Nothing

(* Animate[expr, {u, min, max}] gives expr with u at min, where it would begin to move.

   Details: Export["file.gif", Table[expr, {u, min, max}]] writes a film of pictures.

   Examples:
       >> Animate[t^2, {t, 3, 5}]
       = 9
       message: Animate::first
   Differs: Only the first state is shown.
*)
SetAttributes[Animate, HoldAll]
Animate::first = "Nothing moves here: this is the first state. Export[\"file.gif\", Table[\[Ellipsis]]] writes a film."
Animate[body_, {{u_Symbol, start_, ___} | u_Symbol, least_, ___}, ___] := (
  Message[Animate::first];
  With[{first = If[Hold[start] === Hold[], least, start]}, ReleaseHold[Hold[body] /. HoldPattern[u] -> first]]
)
