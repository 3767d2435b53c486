(* Category: Numerical mathematics *)

(* Element[x, domain] gives True or False where it is known whether x is an element of Integers, Rationals, Reals,
   Complexes, Booleans or Primes.
   Element[{a, b, …}, domain] or Element[a | b, domain] asks for all.

   Details: Where it is not known, it stays as it is, and is a condition on variables: `x ∈ Integers` in NMinimize.

   Examples:
       >> {3 ∈ Integers, Element[1/2, Integers], Pi ∈ Reals, {1, 2.5} ∈ Reals, Element[x, Reals]}
       = {True, False, True, True, Element[x, Reals]}
       >> {Element[I, Reals], Element[I, Complexes], Element[2/3, Rationals], Element[True, Booleans], Element[7, Primes]}
       = {False, True, True, True, True}
*)
Element[many : _List | _Alternatives, domain_] :=
  With[{found = Map[Element[#, domain] &, List @@ many]}, And @@ found /; AllTrue[found, BooleanQ]]
Element[x_?NumberQ, Integers] := IntegerQ[x]
Element[_Integer | _Rational, Rationals] := True
Element[x_?NumericQ, Reals] := Im[N[x]] == 0
Element[x_?NumericQ, Complexes] := True
Element[x_?BooleanQ, Booleans] := True
Element[x_?NumberQ, Primes] := PrimeQ[x]
