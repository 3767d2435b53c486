(* Category: Functional programming *)

(* Construct[f, x, y, …] gives f[x, y, …].

   Examples:
       >> Construct[f, a, b]
       = f[a, b]
*)
Construct[f_, args___] := f[args]

(* Operate[p, f[x]] gives p[f][x].
   Operate[p, expr, n] puts p around the head at level n.

   Examples:
       >> {Operate[p, f[x, y]], Operate[p, f[a][b][c], 2], Operate[p, x]}
       = {p[f][x, y], p[f[a]][b][c], x}
*)
Operate[p_, expr_] := Operate[p, expr, 1]
Operate[p_, expr_, 0] := p[expr]
Operate[p_, expr_?AtomQ, n_Integer?Positive] := expr
Operate[p_, f_[args___], n_Integer?Positive] := Operate[p, f, n - 1][args]

(* ReverseApplied[f] gives a function that applies f to its arguments in the opposite order.

   Examples:
       >> {ReverseApplied[f][a, b, c], ReverseApplied[f, 2][a, b, c]}
       = {f[c, b, a], f[b, a, c]}
*)
ReverseApplied[f_][args___] := f @@ Reverse[{args}]
ReverseApplied[f_, n_Integer?NonNegative][args___] /; Length[{args}] >= n := f @@ Join[Reverse[Take[{args}, n]], Drop[{args}, n]]

(* OperatorApplied[f] is an operator form of f with its arguments exchanged: OperatorApplied[f][y][x] is f[x, y].
   OperatorApplied[f, n] takes n arguments one after the other, in their order.
   OperatorApplied[f, {i, j, …}] gives f the i-th of the arguments taken, then the j-th, and so on.
   OperatorApplied[f, n -> {i, j, …}] takes n arguments, whichever of them f is given.

   Details: Several arguments may be given at once. Options may stand at the end of the list of numbers.

   Examples:
       >> {OperatorApplied[f][y][x], OperatorApplied[f, 3][a][b][c], OperatorApplied[f, 3][a, b][c]}
       = {f[x, y], f[a, b, c], f[a, b, c]}
       >> {OperatorApplied[f, {2, 3, 1}][a][b][c], OperatorApplied[f, 3 -> {1, 3}][a, b, c]}
       = {f[b, c, a], f[a, c]}
       >> OperatorApplied[Level, {1, 2, Heads -> True}][{x, {y}}][2]
       = {List, x, List, y, {y}}
*)
OperatorApplied[f_][args__] := OperatorApplied[f, {2, 1}][args]
OperatorApplied[f_, n_Integer?NonNegative][args___] := OperatorApplied[f, n -> Range[n]][args]
OperatorApplied[f_, places : {__Integer?Positive, OptionsPattern[]}][args___] :=
    OperatorApplied[f, Max[Cases[places, _Integer]] -> places][args]
OperatorApplied[f_, n_Integer -> places : {___Integer?Positive, OptionsPattern[]}][args___] := taken[f, n, places, {args}]
taken[f_, n_, places_, given_][args___] := taken[f, n, places, Join[given, {args}]]
taken[f_, n_, places_, given_] /; Length[given] >= n :=
    filled[f @@ Replace[places, i_Integer :> given[[i]], {1}], Drop[given, n]]
filled[value_, {}] := value
filled[value_, {rest__}] := value[rest]

(* CurryApplied[f, n] takes n arguments of f one after the other: CurryApplied[f, 3][x][y][z] is f[x, y, z].
   CurryApplied[n][f] is CurryApplied[f, n].
   CurryApplied[f, {i, j, …}] gives f the i-th of the arguments taken, then the j-th, and so on.
   CurryApplied[f, n -> {i, j, …}] takes n arguments, whichever of them f is given.

   Examples:
       >> {CurryApplied[f, 2][a][b], CurryApplied[2][f][a][b], CurryApplied[f, {2, 1}][a][b]}
       = {f[a, b], f[a, b], f[b, a]}
       >> CurryApplied[f, 3 -> {3}][a][b][c]
       = f[c]
*)
CurryApplied[n_][f_] := CurryApplied[f, n]
CurryApplied[f_, n_][args___] := OperatorApplied[f, n][args]

(* Curry[f] is an operator form of f with its arguments exchanged: Curry[f][y][x] is f[x, y].
   Curry[f, n] takes n arguments one after the other, in their order.
   Curry[f, {i, j, …}] gives f the i-th of the arguments taken, then the j-th, and so on.
   Curry[f, n -> {i, j, …}] takes n arguments, whichever of them f is given.

   Details: OperatorApplied and CurryApplied have taken its place.

   Examples:
       >> {Curry[f][y][x], Curry[f, 2][x][y], Curry[f, {2, 1}][x][y], Curry[f, 2 -> {2}][x][y]}
       = {f[x, y], f[x, y], f[y, x], f[y]}
*)
Curry[f_][args___] := OperatorApplied[f][args]
Curry[f_, n_][args___] := OperatorApplied[f, n][args]

(* ComposeList[{f, g, …}, x] gives {x, f[x], g[f[x]], …}.

   Examples:
       >> ComposeList[{f, g}, x]
       = {x, f[x], g[f[x]]}
*)
ComposeList[functions_List, x_] := FoldList[#2[#1] &, x, functions]

(* Distribute[f[x, y, …]] distributes f over Plus in its arguments: f[a + b, c] becomes f[a, c] + f[b, c].
   Distribute[expr, g] distributes over g.
   Distribute[expr, g, f] does so only if the head of expr is f.
   Distribute[expr, g, f, gp, fp] puts gp and fp in place of g and f in the result.

   Examples:
       >> {Distribute[f[a + b, c + d]], Distribute[(a + b) (c + d)]}
       = {f[a, c] + f[a, d] + f[b, c] + f[b, d], a*c + b*c + a*d + b*d}
       >> {Distribute[{{a, b}, {c}}, List], Distribute[f[g[a, b], c], g, f, p, q], Distribute[f[a], Plus, h]}
       = {{{a, c}, {b, c}}, p[q[a, c], q[b, c]], f[a]}
*)
Distribute[expr_] := Distribute[expr, Plus]
Distribute[expr_, g_] := Distribute[expr, g, Head[expr]]
Distribute[expr_, g_, f_] := Distribute[expr, g, f, g, f]
Distribute[expr_, g_, f_, gp_, fp_] :=
    If[Head[expr] === f && ! AtomQ[expr], gp @@ (fp @@@ Tuples[choices[g] /@ List @@ expr]), expr]
choices[g_][expr_] := If[Head[expr] === g && ! AtomQ[expr], List @@ expr, {expr}]
