(* Category: Lists *)

(* ContainsAll[list, items] gives True if every one of items is in list.
   ContainsAll[items][list] does the same.

   Examples:
       >> {ContainsAll[{a, b, c}, {c, a, a}], ContainsAll[{a, b}, {c}]}
       = {True, False}
       >> Select[{{1, 2}, {2, 3}}, ContainsAll[{1}]]
       = {{1, 2}}
   Options: "SameTest":
       >> {ContainsAll[{1., 2.}, {1, 2}], ContainsAll[{1., 2.}, {1, 2}, SameTest -> Equal]}
       = {False, True}
*)
Options[ContainsAll] = {"SameTest" -> Automatic}
ContainsAll[list_List, items_List, OptionsPattern[]] := AllTrue[items, isIn[list, OptionValue["SameTest"]]]
ContainsAll[items_List, options___Rule][list_List] := ContainsAll[list, items, options]
isIn[list_, Automatic][item_] := MemberQ[list, Verbatim[item]]
isIn[list_, same_][item_] := AnyTrue[list, same[#, item] &]

(* ContainsNone[list, items] gives True if none of items is in list.
   ContainsNone[items][list] does the same.

   Examples:
       >> {ContainsNone[{a, b}, {c}], ContainsNone[{a, b}, {b, c}], ContainsNone[{a}][{}]}
       = {True, False, True}
   Options: "SameTest":
       >> ContainsNone[{1.}, {1}, SameTest -> Equal]
       = False
*)
Options[ContainsNone] = {"SameTest" -> Automatic}
ContainsNone[list_List, items_List, options : OptionsPattern[]] := NoneTrue[items, ContainsAll[list, {#}, options] &]
ContainsNone[items_List, options___Rule][list_List] := ContainsNone[list, items, options]

(* ContainsOnly[list, items] gives True if list has nothing but some of items.
   ContainsOnly[items][list] does the same.

   Examples:
       >> {ContainsOnly[{a, a}, {a, b}], ContainsOnly[{a, c}, {a, b}], ContainsOnly[{a}][{}]}
       = {True, False, True}
   Options: "SameTest":
       >> ContainsOnly[{1.}, {1, 2}, SameTest -> Equal]
       = True
*)
Options[ContainsOnly] = {"SameTest" -> Automatic}
ContainsOnly[list_List, items_List, options : OptionsPattern[]] := ContainsAll[items, list, options]
ContainsOnly[items_List, options___Rule][list_List] := ContainsOnly[list, items, options]

(* ContainsExactly[list, items] gives True if list and items have the same elements, in any order and number.
   ContainsExactly[items][list] does the same.

   Examples:
       >> {ContainsExactly[{b, a, a}, {a, b}], ContainsExactly[{a}, {a, b}], ContainsExactly[{a}][{a, a}]}
       = {True, False, True}
   Options: "SameTest":
       >> ContainsExactly[{1., 2}, {2., 1}, SameTest -> Equal]
       = True
*)
Options[ContainsExactly] = {"SameTest" -> Automatic}
ContainsExactly[list_List, items_List, options : OptionsPattern[]] :=
  ContainsAll[list, items, options] && ContainsAll[items, list, options]
ContainsExactly[items_List, options___Rule][list_List] := ContainsExactly[list, items, options]

(* DisjointQ[list1, list2] gives True if the lists have no element in common.

   Examples:
       >> {DisjointQ[{a, b}, {c}], DisjointQ[{a, b}, {b}]}
       = {True, False}
*)
DisjointQ[list1_List, list2_List] := Intersection[list1, list2] === {}

(* IntersectingQ[list1, list2] gives True if the lists have an element in common.

   Examples:
       >> {IntersectingQ[{a, b}, {c}], IntersectingQ[{a, b}, {b}]}
       = {False, True}
*)
IntersectingQ[list1_List, list2_List] := Intersection[list1, list2] =!= {}

(* SymmetricDifference[list1, list2, …] gives, sorted, what is in an odd number of the lists.

   Examples:
       >> SymmetricDifference[{c, a, b}, {b, d}]
       = {a, c, d}
       >> SymmetricDifference[{1, 2, 2}, {2, 3}, {3, 4}]
       = {1, 4}
*)
SymmetricDifference[lists__List] := Keys[Select[KeySort[Counts[Join @@ Map[Union, {lists}]]], OddQ]]
