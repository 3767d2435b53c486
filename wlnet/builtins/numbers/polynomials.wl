(* Category: Algebra *)

(* Expand[expr] multiplies out products and positive integer powers of sums.

   Examples:
       >> {Expand[(a + b)^2], Expand[x (x + 1) (x - 1)], Expand[2 (a + b)] + c}
       = {a^2 + 2*a*b + b^2, -x + x^3, 2*a + 2*b + c}
       >> Expand[{(1 + x)^3, (a + b) == 2 (c + d)}]
       = {1 + 3*x + 3*x^2 + x^3, a + b == 2*c + 2*d}
*)
SetAttributes[Expand, Listable]
Expand[sum_Plus] := Map[Expand, sum]
Expand[product_Times] := Fold[multiplied, 1, Map[Expand, List @@ product]]
Expand[Power[sum_Plus, n_Integer?Positive]] := powered[Expand[sum], n]
Expand[(head : Equal | Unequal | Less | LessEqual | Greater | GreaterEqual | Rule | And | Or | Not)[parts___]] :=
  Apply[head, Map[Expand, {parts}]]
Expand[expr_] := expr
multiplied[a_, b_] := Plus @@ Flatten[Outer[Times, terms[a], terms[b]]]
terms[sum_Plus] := List @@ sum
terms[term_] := {term}
powered[sum_, 1] := sum
powered[sum_, n_?EvenQ] := With[{half = powered[sum, n/2]}, multiplied[half, half]]
powered[sum_, n_] := multiplied[sum, powered[sum, n - 1]]

(* Variables[poly] gives the list of the variables of a polynomial.

   Examples:
       >> Variables[(x + y)^2 + 3 z^2 - 5 Sin[t]]
       = {x, y, z, Sin[t]}
*)
Variables[expr_] := Union[Flatten[variablesOf[expr]]]
variablesOf[(Plus | Times | List)[parts___]] := Map[variablesOf, {parts}]
variablesOf[Power[base_, _Rational | _Integer]] := variablesOf[base]
variablesOf[_?NumericQ] := {}
variablesOf[other_] := {other}

(* PolynomialQ[expr, x] gives True if expr is a polynomial in x.
   PolynomialQ[expr, {x, y, …}] asks for several variables; PolynomialQ[expr] for all that are there.

   Examples:
       >> {PolynomialQ[x^2 + a x, x], PolynomialQ[x + 1/x, x], PolynomialQ[x^2 + Sin[y], {x, y}]}
       = {True, False, False}
*)
PolynomialQ[expr_] := PolynomialQ[expr, Variables[expr]]
PolynomialQ[expr_, variables_List] := AllTrue[variables, PolynomialQ[expr, #] &]
PolynomialQ[expr_, x_] := isPolynomial[expr, x]
isPolynomial[expr_, x_] := True /; FreeQ[expr, x]
isPolynomial[x_, x_] := True
isPolynomial[(Plus | Times)[parts__], x_] := AllTrue[{parts}, isPolynomial[#, x] &]
isPolynomial[Power[base_, n_Integer?NonNegative], x_] := isPolynomial[base, x]
isPolynomial[_, _] := False

(* Exponent[poly, x] gives the greatest power of x in a polynomial.
   Exponent[poly, x, Min] gives the least.

   Examples:
       >> {Exponent[1 + x^2 + a x^3, x], Exponent[(x^2 + 1)^3 + x, x], Exponent[x^2 + x^5, x, Min], Exponent[0, x]}
       = {3, 6, 2, -Infinity}
*)
Exponent[expr_, x_, f_ : Max] := With[{expanded = Expand[expr]},
  If[expanded === 0, If[f === Max, -Infinity, Infinity], f @@ Map[powerIn[x], terms[expanded]]]
]
powerIn[x_][term_] := Total[Cases[If[Head[term] === Times, List @@ term, {term}], x^n_. :> n]]
terms[sum_Plus] := List @@ sum
terms[term_] := {term}

(* Coefficient[poly, x] gives what stands with x in a polynomial.
   Coefficient[poly, x, n] gives what stands with x^n; n = 0 gives what stands without x.

   Examples:
       >> {Coefficient[(x + 1)^3, x], Coefficient[(x + y)^4, x^2], Coefficient[a x^2 + b x + c, x, 0]}
       = {3, 6*y^2, c}
*)
Coefficient[expr_, x_^n_Integer?Positive] := Coefficient[expr, x, n]
Coefficient[expr_, x_, n_Integer : 1] := Total[Cases[terms[Expand[expr]], term_ /; powerIn[x][term] == n :> term/x^n]]
powerIn[x_][term_] := Total[Cases[If[Head[term] === Times, List @@ term, {term}], x^m_. :> m]]
terms[sum_Plus] := List @@ sum
terms[term_] := {term}

(* CoefficientList[poly, x] gives the list of the coefficients of the powers of x, from x^0 on.

   Examples:
       >> {CoefficientList[1 + 6 x - x^4, x], CoefficientList[(a + x)^2, x], CoefficientList[0, x]}
       = {{1, 6, 0, 0, -1}, {a^2, 2*a, 1}, {}}
*)
CoefficientList[expr_, x_] := With[{expanded = Expand[expr]},
  If[expanded === 0, {}, Table[Coefficient[expanded, x, n], {n, 0, Exponent[expanded, x]}]]
] /; PolynomialQ[expr, x]

(* Collect[expr, x] puts together what stands with the same power of x.
   Collect[expr, x, h] applies h to each coefficient.

   Examples:
       >> {Collect[a x + b x + c, x], Collect[(1 + a + x)^2, x, f]}
       = {c + (a + b)*x, x^2*f[1] + x*f[2 + 2*a] + f[1 + 2*a + a^2]}
*)
Collect[expr_, x_, h_ : Identity] := With[{expanded = Expand[expr]},
  Total[Map[h[Coefficient[expanded, x, #]] x^# &, Union[Map[Exponent[#, x] &, If[Head[expanded] === Plus, List @@ expanded, {expanded}]]]]]
]
