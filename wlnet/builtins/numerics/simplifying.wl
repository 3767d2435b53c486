(* Category: Algebra *)

(* Simplify[expr] gives the shortest form that multiplying out, taking factors out and putting together find.
   Simplify[expr, conditions] takes x to be positive or zero where x > 0 or x >= 0 is among the conditions.

   Details: Factors are found where the Python package sympy is there (pip install wlnet[algebra]).

   Examples:
       >> {Simplify[(x + 1)^2 - x^2 - 2 x], Simplify[Sin[x]^2 + Cos[x]^2], Simplify[a + a]}
       = {1, 1, 2*a}
       >> {Simplify[(x^2 - 1)/(x - 1)], Simplify[a x + b x], Simplify[x^2 + 2 x + 1]}
       = {1 + x, (a + b)*x, (1 + x)^2}
       >> {Simplify[Sqrt[x^2], x > 0], Simplify[Abs[x y], {x > 0, y >= 0}]}
       = {x, x*y}
   Differs: Only a few transformations are tried, and no other conditions used.
*)
Simplify[list_List, rest___] := Map[Simplify[#, rest] &, list]
Simplify[expr_] := With[{once = expr //. identities[]}, First[MinimalBy[forms[once], LeafCount]]]
Simplify[expr_, conditions_] := Simplify[expr //. Flatten[Map[signless, Cases[{conditions}, (Greater | GreaterEqual)[x_, 0] :> x, Infinity]]]]
forms[atom_?AtomQ] := {atom}
forms[once_] := {once, Expand[once] //. identities[], Quiet[Cancel[once]], Quiet[Factor[once]]}
signless[x_] := {Power[Power[x, n_], r_] :> x^(n r), Abs[x] -> x, Abs[x rest_] :> x Abs[rest]}
identities[] = {
  Sin[x_]^2 + Cos[x_]^2 + rest_. :> 1 + rest, a_. Sin[x_]^2 + a_. Cos[x_]^2 + rest_. :> a + rest,
  Log[E^x_] :> x, E^Log[x_] :> x
}

(* FullSimplify[expr] gives what Simplify gives.

   Examples:
       >> FullSimplify[(x - 1) (x + 1) - x^2]
       = -1
   Differs: It tries nothing more than Simplify.
*)
FullSimplify[expr_, rest___] := Simplify[expr, rest]
