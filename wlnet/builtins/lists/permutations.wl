(* Category: Lists *)

(* Signature[list] gives 1 or -1 as an even or odd number of exchanges sorts a list, and 0 where elements are the same.

   Examples:
       >> {Signature[{1, 2, 3}], Signature[{b, a}], Signature[{1, 1}]}
       = {1, -1, 0}
*)
Signature[list_List] := If[DuplicateFreeQ[list], (-1)^Total[Map[Length[#] - 1 &, First[PermutationCycles[Ordering[list]]]]], 0]

(* Cycles[{{i, j, …}, …}] stands for the permutation that takes i to j, and so on, round each cycle.

   Details: Cycles begin with their least number and are sorted; those of one number are left out.

   Examples:
       >> {Cycles[{{3, 1}, {5}, {4, 2}}], Cycles[{{1, 2, 3}}][2]}
       = {Cycles[{{1, 3}, {2, 4}}], 3}
*)
Cycles[cycles : {___List}] := With[
  {sorted = Sort[Map[RotateLeft[#, First[Ordering[#]] - 1] &, Select[cycles, Length[#] > 1 &]]]},
  Cycles[sorted] /; sorted =!= cycles && MatchQ[cycles, {{___Integer?Positive} ...}] && DuplicateFreeQ[Flatten[cycles]]
]
Cycles[cycles_List][n_Integer] := PermutationReplace[n, Cycles[cycles]]

(* PermutationCycles[{p1, p2, …}] gives the cycles of the permutation that takes i to pi.

   Examples:
       >> {PermutationCycles[{2, 5, 3, 6, 1, 8, 7, 9, 4, 10}], PermutationCycles[{1, 2}]}
       = {Cycles[{{1, 2, 5}, {4, 6, 8, 9}}], Cycles[{}]}
*)
PermutationCycles[cycles_Cycles] := cycles
PermutationCycles[list_List?PermutationListQ] := Cycles[Select[
  DeleteDuplicatesBy[Map[cycle[list, {#}] &, Range[Length[list]]], Min], Length[#] > 1 &
]]
cycle[list_, seen_] := With[{next = list[[Last[seen]]]}, If[next == First[seen], seen, cycle[list, Append[seen, next]]]]

(* PermutationList[cycles] gives the list {p1, p2, …} of a permutation given in cycles.
   PermutationList[cycles, n] gives a list of n numbers.

   Examples:
       >> {PermutationList[Cycles[{{1, 3, 2}}]], PermutationList[Cycles[{{1, 2}}], 4]}
       = {{3, 1, 2}, {2, 1, 3, 4}}
*)
PermutationList[list_List?PermutationListQ] := list
PermutationList[list_List?PermutationListQ, n_Integer] := PermutationList[PermutationCycles[list], n]
PermutationList[Cycles[cycles_List]] := PermutationList[Cycles[cycles], Max[cycles, 0]]
PermutationList[Cycles[cycles_List], n_Integer] := ReplacePart[
  Range[n], Catenate[Map[Thread[# -> RotateLeft[#]] &, cycles]]
] /; n >= Max[cycles, 0]

(* PermutationListQ[list] gives True if a list holds the numbers from 1 to its length, each once.

   Examples:
       >> {PermutationListQ[{3, 1, 2}], PermutationListQ[{1, 3}], PermutationListQ[{}]}
       = {True, False, True}
*)
PermutationListQ[list_] := ListQ[list] && Sort[list] === Range[Length[list]]

(* PermutationCyclesQ[x] gives True if x is a permutation given in cycles.

   Examples:
       >> {PermutationCyclesQ[Cycles[{{1, 2}}]], PermutationCyclesQ[Cycles[{{1, 1}}]], PermutationCyclesQ[{2, 1}]}
       = {True, False, False}
*)
PermutationCyclesQ[Cycles[cycles : {{___Integer?Positive} ...}]] := DuplicateFreeQ[Flatten[cycles]]
PermutationCyclesQ[_] := False

(* PermutationReplace[n, permutation] gives the number to which a permutation takes n; so for each number of a list.

   Examples:
       >> {PermutationReplace[3, Cycles[{{1, 3, 2}}]], PermutationReplace[{1, 2, 9}, {3, 1, 2}]}
       = {2, {3, 1, 9}}
*)
PermutationReplace[list_List, permutation_] := Map[PermutationReplace[#, permutation] &, list]
PermutationReplace[n_Integer, Cycles[cycles_List]] := n /. Catenate[Map[Thread[# -> RotateLeft[#]] &, cycles]]
PermutationReplace[n_Integer, list_List?PermutationListQ] := If[1 <= n <= Length[list], list[[n]], n]

(* Permute[list, permutation] gives a list whose element i stands at the place to which the permutation takes i.

   Examples:
       >> {Permute[{a, b, c}, Cycles[{{1, 2, 3}}]], Permute[{a, b, c}, {3, 1, 2}]}
       = {{c, a, b}, {b, c, a}}
*)
Permute[list_List, permutation_] := With[{places = PermutationList[permutation, Length[list]]},
  list[[Ordering[places]]] /; ListQ[places]
]

(* InversePermutation[permutation] gives the permutation that takes everything back.

   Examples:
       >> {InversePermutation[{3, 1, 2}], InversePermutation[Cycles[{{1, 2, 3}}]]}
       = {{2, 3, 1}, Cycles[{{1, 3, 2}}]}
*)
InversePermutation[list_List?PermutationListQ] := Ordering[list]
InversePermutation[Cycles[cycles_List]] := Cycles[Map[Reverse, cycles]]

(* PermutationProduct[a, b, …] gives the permutation that does a, then b, and so on.

   Examples:
       >> {PermutationProduct[Cycles[{{1, 2}}], Cycles[{{2, 3}}]], PermutationProduct[{2, 1, 3}, {1, 3, 2}]}
       = {Cycles[{{1, 3, 2}}], {3, 1, 2}}
*)
PermutationProduct[] := Cycles[{}]
PermutationProduct[a_] := a
PermutationProduct[a_List?PermutationListQ, b_List?PermutationListQ] := With[{n = Max[Length[a], Length[b]]},
  PermutationReplace[PermutationReplace[Range[n], a], b]
]
PermutationProduct[a_, b_] := PermutationCycles[
  With[{n = Max[PermutationSupport[a], PermutationSupport[b], 0]}, PermutationReplace[PermutationReplace[Range[n], a], b]]
] /; PermutationCyclesQ[a] || PermutationCyclesQ[b]
PermutationProduct[a_, b_, rest__] := PermutationProduct[PermutationProduct[a, b], rest]

(* PermutationPower[permutation, n] gives the permutation done n times; its inverse where n is negative.

   Examples:
       >> {PermutationPower[Cycles[{{1, 2, 3}}], 2], PermutationPower[{2, 3, 1}, -1]}
       = {Cycles[{{1, 3, 2}}], {3, 1, 2}}
*)
PermutationPower[list_List?PermutationListQ, n_Integer] := PermutationList[PermutationPower[PermutationCycles[list], n], Length[list]]
PermutationPower[Cycles[cycles_List], n_Integer] := PermutationCycles[
  ReplacePart[Range[Max[cycles, 0]], Catenate[Map[Thread[# -> RotateLeft[#, n]] &, cycles]]]
]

(* PermutationOrder[permutation] gives the least number of times after which a permutation has taken everything back.

   Examples:
       >> {PermutationOrder[Cycles[{{1, 2}, {3, 4, 5}}]], PermutationOrder[{1, 2}]}
       = {6, 1}
*)
PermutationOrder[permutation_] := With[{cycles = PermutationCycles[permutation]},
  LCM @@ Prepend[Map[Length, First[cycles]], 1] /; PermutationCyclesQ[cycles]
]

(* PermutationSupport[permutation] gives the numbers that a permutation moves.

   Examples:
       >> {PermutationSupport[Cycles[{{4, 2}}]], PermutationSupport[{1, 3, 2}]}
       = {{2, 4}, {2, 3}}
*)
PermutationSupport[permutation_] := With[{cycles = PermutationCycles[permutation]},
  Sort[Flatten[First[cycles]]] /; PermutationCyclesQ[cycles]
]

(* FindPermutation[a, b] gives the permutation in cycles with Permute[a, permutation] == b.
   FindPermutation[list] gives the one that makes list of Sort[list].

   Examples:
       >> {FindPermutation[{a, b, c}, {c, a, b}], FindPermutation[{2, 3, 1}]}
       = {Cycles[{{1, 2, 3}}], Cycles[{{1, 3, 2}}]}
*)
FindPermutation[list_List] := FindPermutation[Sort[list], list]
FindPermutation[a_List, b_List] := PermutationCycles[Ordering[b][[Ordering[Ordering[a]]]]] /; Sort[a] === Sort[b]
