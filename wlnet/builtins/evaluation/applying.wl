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
