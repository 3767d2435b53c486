(* Category: Options *)

(* OptionQ[expr] tells whether expr can be the options of a function: a rule, an association, or a list of such.

   Examples:
       >> {OptionQ[a -> b], OptionQ[{a -> b, {c :> d}}], OptionQ[<|a -> b|>], OptionQ[{a, b}]}
       = {True, True, True, False}
*)
OptionQ[expr_] := MatchQ[Flatten[{expr}], {(_Rule | _RuleDelayed | _Association) ...}]

(* ArgumentCountQ[f, n, least, most] tells whether n arguments are enough for f, and not too many; if not, f says so.

   Details: No page describes it; programs use it in the condition of a last definition, which then never applies.

   Examples:
       >> ArgumentCountQ[f, 2, 1, 3]
       = True
       >> all_f := "never" /; ArgumentCountQ[f, Length[Unevaluated[all]], 1, 1]; f[1, 2]
       = f[1, 2]
       message: f::argx
*)
ArgumentCountQ[_, count_, least_, most_] := True /; least <= count <= most
ArgumentCountQ[f_, count_, 1, 1] := (Message[f::argx, f, count]; False)
ArgumentCountQ[f_, 1, count_, count_] := (Message[f::argr, f, count]; False)
ArgumentCountQ[f_, count_, wanted_, wanted_] := (Message[f::argrx, f, count, wanted]; False)
ArgumentCountQ[f_, 1, least_, Infinity] := (Message[f::argmu, f, least]; False)
ArgumentCountQ[f_, count_, least_, Infinity] := (Message[f::argm, f, count, least]; False)
ArgumentCountQ[f_, 1, least_, most_] := (If[most === least + 1, Message[f::argtu, f, least, most], Message[f::argbu, f, least, most]]; False)
ArgumentCountQ[f_, count_, least_, most_] := (If[most === least + 1, Message[f::argt, f, count, least, most], Message[f::argb, f, count, least, most]]; False)
