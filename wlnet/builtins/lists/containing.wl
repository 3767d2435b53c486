(* Category: Lists *)

(* ContainsAll[list, items] gives True if every one of items is in list.
   ContainsAll[items][list] does the same.

   Details: SameTest -> f compares by f.

   Examples:
       >> {ContainsAll[{a, b, c}, {c, a, a}], ContainsAll[{a, b}, {c}]}
       = {True, False}
       >> Select[{{1, 2}, {2, 3}}, ContainsAll[{1}]]
       = {{1, 2}}
   Options: "SameTest":
       >> ContainsAll[{1., 2.}, {1, 2}, SameTest -> Equal]
       = True
*)
Options[ContainsAll] = {"SameTest" -> Automatic}
ContainsAll[list_List, items_List, OptionsPattern[]] := AllTrue[items, isIn[list, OptionValue["SameTest"]]]
ContainsAll[items_List, options___Rule][list_List] := ContainsAll[list, items, options]
isIn[list_, Automatic][item_] := MemberQ[list, Verbatim[item]]
isIn[list_, same_][item_] := AnyTrue[list, same[#, item] &]
