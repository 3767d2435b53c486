(* Category: Numerical mathematics *)

(* Element[x, domain] gives True or False where it is known whether x is an element of Integers, Rationals, Reals,
   Complexes, Booleans or Primes, or of PositiveIntegers, NonNegativeReals and their like.
   Element[{a, b, …}, domain] or Element[a | b, domain] asks for all.

   Details: Algebraics are known of rational numbers and their roots. Where it is not known, it stays as it is, and is a condition on variables: `x ∈ Integers` in NMinimize.

   Examples:
       >> {3 ∈ Integers, Element[1/2, Integers], Pi ∈ Reals, {1, 2.5} ∈ Reals, Element[x, Reals]}
       = {True, False, True, True, Element[x, Reals]}
       >> {Element[3, PositiveIntegers], Element[-1/2, NonNegativeRationals], Element[(1 + Sqrt[2])/3, Algebraics]}
       = {True, False, True}
       >> {Element[I, Reals], Element[I, Complexes], Element[2/3, Rationals], Element[True, Booleans], Element[7, Primes]}
       = {False, True, True, True, True}
*)
Element[many : _List | _Alternatives, domain_] :=
  With[{found = Map[Element[#, domain] &, List @@ many]}, And @@ found /; AllTrue[found, BooleanQ]]
Element[x_?NumberQ, Integers] := IntegerQ[x]
Element[_Integer | _Rational, Rationals] := True
Element[_Complex, Rationals] := False
Element[x_?NumericQ, Reals] := Im[N[x]] == 0
Element[x_?NumericQ, Complexes] := True
Element[x_?BooleanQ, Booleans] := True
Element[x_?NumberQ, Primes] := PrimeQ[x]
Element[x_?isAlgebraic, Algebraics] := True
Element[x_?NumericQ, domain_Symbol] := With[{part = signed[domain]}, Element[x, First[part]] && Last[part][x] /; ListQ[part]]
isAlgebraic[Power[x_, _Integer | _Rational]] := isAlgebraic[x]
isAlgebraic[(Plus | Times)[parts__]] := AllTrue[{parts}, isAlgebraic]
isAlgebraic[x_] := MatchQ[x, _Integer | _Rational | Complex[_Integer | _Rational, _Integer | _Rational]]
signed[domain_] := Replace[domain, {
  PositiveIntegers -> {Integers, Positive}, PositiveRationals -> {Rationals, Positive}, PositiveReals -> {Reals, Positive},
  NegativeIntegers -> {Integers, Negative}, NegativeRationals -> {Rationals, Negative}, NegativeReals -> {Reals, Negative},
  NonPositiveIntegers -> {Integers, NonPositive}, NonPositiveRationals -> {Rationals, NonPositive},
  NonPositiveReals -> {Reals, NonPositive}, NonNegativeIntegers -> {Integers, NonNegative},
  NonNegativeRationals -> {Rationals, NonNegative}, NonNegativeReals -> {Reals, NonNegative}
}]
