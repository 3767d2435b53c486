(* Category: Algebra *)

(* ToRules[equations] gives rules for equations x == a, as Reduce gives them: {x -> a, …}, or a sequence of such lists where
   they are joined by ||.

   Examples:
       >> {{ToRules[x == 1 || x == 2]}, {ToRules[x == 1 && y == 2]}, {ToRules[False]}}
       = {{{x -> 1}, {x -> 2}}, {{x -> 1, y -> 2}}, {}}
       >> x^2 /. {ToRules[Reduce[x^2 == 4, x]]}
       = {4, 4}
   Source: https://reference.wolfram.com/language/ref/ToRules.html
*)
ToRules[False] := Sequence[]
ToRules[True] := {}
ToRules[cases_Or] := Sequence @@ Map[ToRules, List @@ cases]
ToRules[equations_And] := Map[Apply[Rule], Cases[List @@ equations, _Equal]]
ToRules[equation_Equal] := {Rule @@ equation}

(* Roots[equation, x] gives the solutions of an equation of polynomials as equations joined by ||.

   Examples:
       >> Roots[x^2 - 3 x + 2 == 0, x]
       = x == 1 || x == 2
   Source: https://reference.wolfram.com/language/ref/Roots.html
*)
Roots[equation_Equal, x_] := With[{found = Solve[equation, x]}, Or @@ Map[x == (x /. #) &, found] /; ListQ[found]]

(* ConditionalExpression[expr, condition] is expr where a condition holds: expr for True, and Undefined for False.

   Examples:
       >> {ConditionalExpression[x, True], ConditionalExpression[x, False], ConditionalExpression[1/n, n > 0] /. n -> 2}
       = {x, Undefined, 1/2}
       >> 2 ConditionalExpression[x, x > 0] + 1
       = ConditionalExpression[1 + 2 x, x > 0]
   Source: https://reference.wolfram.com/language/ref/ConditionalExpression.html
*)
ConditionalExpression[expr_, True] := expr
ConditionalExpression[_, False] := Undefined
ConditionalExpression[ConditionalExpression[expr_, inner_], outer_] := ConditionalExpression[expr, inner && outer]
ConditionalExpression /: Plus[ConditionalExpression[expr_, condition_], rest__] := ConditionalExpression[expr + rest, condition]
ConditionalExpression /: Times[ConditionalExpression[expr_, condition_], rest__] := ConditionalExpression[expr rest, condition]
ConditionalExpression /: Power[ConditionalExpression[expr_, condition_], n_] := ConditionalExpression[expr^n, condition]
ConditionalExpression /: Power[a_, ConditionalExpression[expr_, condition_]] := ConditionalExpression[a^expr, condition]
