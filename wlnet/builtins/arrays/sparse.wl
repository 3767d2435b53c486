(* Category: Arrays *)

(* SparseArray[{place1 -> value1, …}, {n1, n2, …}] gives an array with values at some places and 0 elsewhere.
   SparseArray[rules, dimensions, x] has x elsewhere; without dimensions they are the least that hold all places.
   SparseArray[list] gives the list.
   SparseArray[Automatic, dimensions, x, {1, {starts, columns}, values}] has values by rows, each up to where the next starts.

   Details: A place may be a pattern, such as {i_, i_}, whose variables the value may use. Band[{i, j}] -> x stands for the
   places from there on along the diagonal.

   Examples:
       >> SparseArray[{{1, 1} -> a, {2, 3} -> b}]
       = {{a, 0, 0}, {0, 0, b}}
       >> {SparseArray[{3 -> 1}, 4], Normal[SparseArray[{1, 2} -> 1, {2, 2}]], SparseArray[{{1, 2}, {3, 4}} -> {a, b}, {3, 4}, x]}
       = {{0, 0, 1, 0}, {{0, 1}, {0, 0}}, {{x, a, x, x}, {x, x, x, x}, {x, x, x, b}}}
       >> {SparseArray[{i_, i_} :> i, {2, 2}], SparseArray[{Band[{1, 2}] -> 1}, {3, 3}]}
       = {{{1, 0}, {0, 2}}, {{0, 1, 0}, {0, 0, 1}, {0, 0, 0}}}
       >> SparseArray[Automatic, {2, 3}, 0, {1, {{0, 1, 3}, {{2}, {1}, {3}}}, {5, 6, 7}}]
       = {{0, 5, 0}, {6, 0, 7}}
   Differs: The array is an ordinary one: it takes the memory of all its elements.
*)
SparseArray[list_List] := list /; FreeQ[list, _Rule | _RuleDelayed, {1}]
SparseArray[rules_] := With[{listed = placed[rules]}, SparseArray[listed, Max /@ Transpose[Keys[listed]]] /; MatchQ[Keys[listed], {{__Integer} ..}]]
SparseArray[rules_, n_Integer, default_ : 0] := SparseArray[rules, {n}, default]
SparseArray[rules_, sizes : {___Integer?Positive}, default_ : 0] := ReplacePart[
  ConstantArray[default, sizes], Flatten[Map[banded[sizes], placed[rules]]]
]
SparseArray[Automatic, {n_}, default_, {1, {_, columns_}, values_}] := SparseArray[columns -> values, {n}, default]
SparseArray[Automatic, sizes_, default_, {1, {starts_, columns_}, values_}] := SparseArray[
  MapThread[Prepend, {columns, Flatten[MapIndexed[ConstantArray[First[#2], #1] &, Differences[starts]]]}] -> values, sizes, default
]
placed[(rule : Rule | RuleDelayed)[places : {__List}, values_List]] := MapThread[rule, {places, values}]
placed[rules_] := Map[
  Replace[#, {(rule : Rule | RuleDelayed)[n_Integer, value_] :> rule[{n}, value]}] &,
  DeleteCases[Flatten[{rules}], (Rule | RuleDelayed)[_ | {__Blank}, 0]]
]
banded[sizes_][(rule : Rule | RuleDelayed)[Band[start_List], value_]] := With[
  {count = Min[sizes - start] + 1},
  Table[start + k -> If[ListQ[value], value[[Mod[k, Length[value]] + 1]], value], {k, 0, count - 1}]
]
banded[_][rule_] := rule

(* ArrayRules[array] gives the places and values of what is not 0 in an array, and at the end that all else is 0.

   Examples:
       >> ArrayRules[{{0, a}, {0, 0}}]
       = {{1, 2} -> a, {_, _} -> 0}
*)
ArrayRules[array_List] := Append[
  Map[# -> Extract[array, #] &, Position[array, Except[0 | 0. | _List], {ArrayDepth[array]}, Heads -> False]],
  ConstantArray[Blank[], ArrayDepth[array]] -> 0
]

(* Band[{i, j}] stands for the places {i, j}, {i + 1, j + 1}, … in SparseArray.

   Examples:
       >> SparseArray[{Band[{1, 1}] -> {a, b}}, {2, 2}]
       = {{a, 0}, {0, b}}
*)
Band[start_Integer] := Band[{start, start}]
