(* Category: Messages *)

(* ConfirmMatch[expr, pattern] gives expr if it matches a pattern; if not, the enclosing Enclose is left.
   ConfirmMatch[expr, pattern, information] puts information into the Failure.

   Examples:
       >> {Enclose[ConfirmMatch[4, _Integer]], FailureQ[Enclose[ConfirmMatch[x, _Integer]]]}
       = {4, True}
*)
ConfirmMatch[expr_, pattern_, information_ : Null] := ConfirmBy[expr, MatchQ[pattern], information]

(* ConfirmAssert[test] gives Null if test is True; if not, the enclosing Enclose is left.
   ConfirmAssert[test, information] puts information into the Failure.

   Examples:
       >> {Enclose[ConfirmAssert[1 < 2]; 5], FailureQ[Enclose[ConfirmAssert[2 < 1]; 5]]}
       = {5, True}
*)
ConfirmAssert[test_, information_ : Null] := (ConfirmBy[test, TrueQ, information];)

(* ConfirmQuiet[expr] gives expr without its messages; if there were some, the enclosing Enclose is left.
   ConfirmQuiet[expr, All, information] puts information into the Failure.

   Examples:
       >> {Enclose[ConfirmQuiet[1 + 1]], FailureQ[Enclose[ConfirmQuiet[1/0]]]}
       = {2, True}
*)
SetAttributes[ConfirmQuiet, HoldFirst]
ConfirmQuiet[expr_, messages_ : All, information_ : Null] := Confirm[Quiet[Check[expr, $Failed]], information]
