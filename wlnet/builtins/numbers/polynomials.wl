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

(* ExpandAll[expr] multiplies out products and integer powers of sums everywhere in expr, in denominators and arguments, too.

   Examples:
       >> {ExpandAll[f[(a + b)^2]], ExpandAll[Sqrt[a (a + b)]/(c + d)]}
       = {f[a^2 + 2 a b + b^2], Sqrt[a^2 + a b]/(c + d)}
   Source: https://reference.wolfram.com/language/ref/ExpandAll.html
*)
ExpandAll[Power[sum_Plus, n_Integer?Negative]] := 1/Expand[ExpandAll[sum]^-n]
ExpandAll[expr_] := If[AtomQ[expr], expr, Expand[Map[ExpandAll, expr]]]

(* ExpandNumerator[expr] multiplies out what stands above the lines of fractions.

   Examples:
       >> ExpandNumerator[(1 + x)^2/(1 - x)^2]
       = (1 + 2 x + x^2)/(1 - x)^2
   Source: https://reference.wolfram.com/language/ref/ExpandNumerator.html
*)
ExpandNumerator[(head : Plus | List | Equal | Rule)[parts___]] := Apply[head, Map[ExpandNumerator, {parts}]]
ExpandNumerator[expr_] := Expand[Numerator[expr]]/Denominator[expr]

(* ExpandDenominator[expr] multiplies out what stands below the lines of fractions.

   Examples:
       >> ExpandDenominator[(1 + x)^2/(1 - x)^2]
       = (1 + x)^2/(1 - 2 x + x^2)
   Source: https://reference.wolfram.com/language/ref/ExpandDenominator.html
*)
ExpandDenominator[(head : Plus | List | Equal | Rule)[parts___]] := Apply[head, Map[ExpandDenominator, {parts}]]
ExpandDenominator[expr_] := Numerator[expr]/Expand[Denominator[expr]]

(* PolynomialQuotientRemainder[p, q, x] gives {quotient, remainder} of polynomials in x: p is quotient q + remainder.

   Examples:
       >> PolynomialQuotientRemainder[x^3 + 2 x + 1, x^2 - a, x]
       = {x, 1 + (2 + a) x}
   Possible issues:
       >> PolynomialQuotientRemainder[x, 0, x]
       = PolynomialQuotientRemainder[x, 0, x]
       message: PolynomialQuotientRemainder::zero
   Source: https://reference.wolfram.com/language/ref/PolynomialQuotientRemainder.html
*)
PolynomialQuotientRemainder::zero = "A polynomial cannot be divided by one that is zero."
PolynomialQuotientRemainder[p_, q_, x_] := With[{below = CoefficientList[q, x]},
  Map[polynomialIn[x], divided[CoefficientList[p, x], below]] /;
    TrueQ[Last[below, 0] != 0] || FreeQ[below, _Real] && below =!= {} || (Message[PolynomialQuotientRemainder::zero]; False)
] /; PolynomialQ[p, x] && PolynomialQ[q, x]
polynomialIn[x_][coefficients_] := Total[coefficients x^Range[0, Length[coefficients] - 1]]
divided[above_, below_] := Module[{rest = above, quotient = {}, factor},
  While[Length[rest] >= Length[below],
    factor = lowest[Last[rest]/Last[below]];
    PrependTo[quotient, factor];
    rest = lowest[Most[rest - PadLeft[factor below, Length[rest]]]]
  ];
  {quotient, rest}
]
lowest[expr_] := If[FreeQ[expr, _Symbol?notNumeric], expr, Together[expr]]
notNumeric[name_] := ! NumericQ[name]

(* PolynomialQuotient[p, q, x] gives the quotient of polynomials in x, without the remainder.

   Examples:
       >> {PolynomialQuotient[x^2 + 1, x + 1, x], PolynomialQuotient[x, x^2, x]}
       = {-1 + x, 0}
   Source: https://reference.wolfram.com/language/ref/PolynomialQuotient.html
*)
PolynomialQuotient[p_, q_, x_] := With[{found = PolynomialQuotientRemainder[p, q, x]}, First[found] /; ListQ[found]]

(* PolynomialRemainder[p, q, x] gives the remainder of p divided by q, as polynomials in x.

   Examples:
       >> {PolynomialRemainder[x^2 + 1, x + 1, x], PolynomialRemainder[x^3, x - a, x]}
       = {2, a^3}
   Source: https://reference.wolfram.com/language/ref/PolynomialRemainder.html
*)
PolynomialRemainder[p_, q_, x_] := With[{found = PolynomialQuotientRemainder[p, q, x]}, Last[found] /; ListQ[found]]

(* PolynomialMod[p, n] gives a polynomial with its coefficients modulo an integer n.
   PolynomialMod[p, q] gives what is left of p when multiples of the polynomial q are taken away, by their first variable.

   Examples:
       >> {PolynomialMod[3 x^2 + 7 x + 5, 3], PolynomialMod[x^3 + 1, x^2 + 1]}
       = {2 + x, 1 - x}
   Source: https://reference.wolfram.com/language/ref/PolynomialMod.html
*)
PolynomialMod[list_List, m_] := Map[PolynomialMod[#, m] &, list]
PolynomialMod[p_, n_Integer] := Expand[p] /. {sum_Plus :> Map[coefficientMod[n], sum], term_ :> coefficientMod[n][term]}
PolynomialMod[p_, q_] := With[{x = First[Variables[q], Null]}, PolynomialRemainder[p, q, x] /; x =!= Null]
coefficientMod[n_][term_] := term /. {number_Integer part_. :> Mod[number, n] part, other_ :> Mod[1, n] other}

(* Resultant[p, q, x] gives the resultant of two polynomials in x, which is zero where they have a root in common.

   Examples:
       >> {Resultant[x^2 - 1, x^2 - a, x], Resultant[(x - 1) (x - 2), x - 2, x]}
       = {1 - 2 a + a^2, 0}
   Source: https://reference.wolfram.com/language/ref/Resultant.html
*)
Resultant[p_, q_, x_] := With[{a = Reverse[CoefficientList[p, x]], b = Reverse[CoefficientList[q, x]]},
  Which[a === {} || b === {}, 0, Length[a] == 1, First[a]^(Length[b] - 1), Length[b] == 1, First[b]^(Length[a] - 1),
    True, Expand[Det[Join[shifted[a, Length[b] - 1], shifted[b, Length[a] - 1]]]]]
] /; PolynomialQ[p, x] && PolynomialQ[q, x]
shifted[row_, count_] := Table[PadRight[Join[ConstantArray[0, k], row], Length[row] + count - 1], {k, 0, count - 1}]

(* Discriminant[p, x] gives the discriminant of a polynomial in x, which is zero where it has a double root.

   Examples:
       >> {Discriminant[a x^2 + b x + c, x], Discriminant[x^3 + p x + q, x]}
       = {b^2 - 4 a c, -4 p^3 - 27 q^2}
   Source: https://reference.wolfram.com/language/ref/Discriminant.html
*)
Discriminant[p_, x_] := With[{n = Exponent[p, x]},
  Expand[Cancel[(-1)^(n (n - 1)/2) Resultant[p, D[p, x], x]/Coefficient[p, x, n]]] /; n > 0
] /; PolynomialQ[p, x]
