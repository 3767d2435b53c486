(* Category: Options *)

(* OptionQ[expr] tells whether expr can be the options of a function: a rule, an association, or a list of such.

   Examples:
       >> {OptionQ[a -> b], OptionQ[{a -> b, {c :> d}}], OptionQ[<|a -> b|>], OptionQ[{a, b}]}
       = {True, True, True, False}
*)
OptionQ[expr_] := MatchQ[Flatten[{expr}], {(_Rule | _RuleDelayed | _Association) ...}]
