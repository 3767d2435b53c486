(* Category: Lists *)

(* SequenceFoldList[f, {x1, …, xn}, {a, b, …}] gives {x1, …, xn, f[x1, …, xn, a], …}: f of the last n results and one more.

   Examples:
       >> SequenceFoldList[Plus, {0, 1}, {0, 0, 0, 0}]
       = {0, 1, 1, 2, 3, 5}
       >> SequenceFoldList[f, {a, b}, {c}]
       = {a, b, f[a, b, c]}
*)
SequenceFoldList[f_, start_List, list_List] :=
  Fold[Append[#1, f @@ Append[Take[#1, -Length[start]], #2]] &, start, list]

(* SequenceFold[f, {x1, …, xn}, {a, b, …}] gives the last element of SequenceFoldList.

   Examples:
       >> SequenceFold[f, {a, b}, {c, d}]
       = f[b, f[a, b, c], d]
*)
SequenceFold[f_, start : {__}, list_List] := Last[SequenceFoldList[f, start, list]]

(* Subsequences[list] gives all runs of neighbors in a list, the shortest first.
   Subsequences[list, n] gives those of at most n elements, {n} of n, {m, n} of m to n.

   Examples:
       >> Subsequences[{a, b, c}]
       = {{}, {a}, {b}, {c}, {a, b}, {b, c}, {a, b, c}}
       >> {Subsequences[{a, b, c}, {2}], Subsequences[{a, b}, 1]}
       = {{{a, b}, {b, c}}, {{}, {a}, {b}}}
*)
Subsequences[list_List] := Subsequences[list, {0, Length[list]}]
Subsequences[list_List, most_Integer?NonNegative] := Subsequences[list, {0, most}]
Subsequences[list_List, {length_Integer?NonNegative}] := Subsequences[list, {length, length}]
Subsequences[list_List, {least_Integer?NonNegative, most_Integer?NonNegative}] :=
  Join @@ Table[If[length == 0, {{}}, Partition[list, length, 1]], {length, least, Min[most, Length[list]]}]

(* SequencePosition[list, pattern] gives the first and last positions of the sublists that match a pattern.
   SequencePosition[list, pattern, n] gives the first n of them.

   Details: Of the matches that begin at one position the longest counts.

   Examples:
       >> SequencePosition[{a, b, a, b, a}, {a, b, a}]
       = {{1, 3}, {3, 5}}
       >> SequencePosition[{1, 3, 2, 4}, {_?OddQ, _?OddQ}]
       = {{1, 2}}
       >> SequencePosition[{a, b, a, b}, {a, b}, 1]
       = {{1, 2}}
   Options: "Overlaps":
       >> SequencePosition[{a, b, a, b, a}, {a, b, a}, Overlaps -> False]
       = {{1, 3}}
*)
Options[SequencePosition] = {"Overlaps" -> True}
SequencePosition[list_List, pattern_, n : _Integer?NonNegative | Infinity : Infinity, OptionsPattern[]] :=
  Module[{start = 1, spans = {}, span},
    While[start <= Length[list] && Length[spans] < n,
      span = spanFrom[list, pattern, start];
      If[span =!= None, AppendTo[spans, span]];
      start = If[span =!= None && !TrueQ[OptionValue["Overlaps"]], Last[span] + 1, start + 1]
    ];
    spans
  ]
spanFrom[list_, {parts___}, start_] :=
  Replace[Drop[list, start - 1], {
    {matched : Longest[PatternSequence[parts]], ___} /; Length[{matched}] > 0 :> {start, start - 1 + Length[{matched}]},
    _ -> None
  }]
spanFrom[list_, pattern_, start_] := SelectFirst[
  Table[{start, end}, {end, Length[list], start, -1}], MatchQ[Take[list, #], pattern] &, None
]

(* SequenceCases[list, pattern] gives the sublists that match a pattern, one after the other.
   SequenceCases[list, pattern :> expr] gives the values of expr for them.
   SequenceCases[list, pattern, n] gives the first n of them.

   Examples:
       >> SequenceCases[{1, 3, 2, 5, 7, 9, 4}, {__?OddQ}]
       = {{1, 3}, {5, 7, 9}}
       >> SequenceCases[{a, 1, b, 2}, {x_Symbol, n_Integer} :> x^n]
       = {a, b^2}
   Options: "Overlaps":
       >> SequenceCases[{a, b, a, b, a}, {a, b, a}, Overlaps -> True]
       = {{a, b, a}, {a, b, a}}
*)
Options[SequenceCases] = {"Overlaps" -> False}
SequenceCases[list_List, (rule : Rule | RuleDelayed)[pattern_, expr_], n : _Integer?NonNegative | Infinity : Infinity, options : OptionsPattern[]] :=
  Map[Replace[#, rule[pattern, expr]] &, SequenceCases[list, pattern, n, options]]
SequenceCases[list_List, pattern_, n : _Integer?NonNegative | Infinity : Infinity, OptionsPattern[]] :=
  Map[Take[list, #] &, SequencePosition[list, pattern, n, Overlaps -> OptionValue["Overlaps"]]]

(* SequenceCount[list, pattern] gives how many sublists, one after the other, match a pattern.

   Examples:
       >> SequenceCount[{a, b, a, b, a}, {a, b}]
       = 2
   Options: "Overlaps":
       >> {SequenceCount[{a, a, a}, {a, a}], SequenceCount[{a, a, a}, {a, a}, Overlaps -> True]}
       = {1, 2}
*)
Options[SequenceCount] = {"Overlaps" -> False}
SequenceCount[list_List, pattern_, OptionsPattern[]] :=
  Length[SequencePosition[list, pattern, Overlaps -> OptionValue["Overlaps"]]]

(* SequenceReplace[list, pattern -> expr] replaces the sublists that match a pattern, each by one element.

   Examples:
       >> SequenceReplace[{a, b, c, a, b}, {a, b} -> x]
       = {x, c, x}
       >> SequenceReplace[{1, 2, a, 3}, {m_Integer, n_Integer} :> m + n]
       = {3, a, 3}
*)
SequenceReplace[list_List, (rule : Rule | RuleDelayed)[pattern_, expr_]] := Module[{spans, ends},
  spans = SequencePosition[list, pattern, Overlaps -> False];
  ends = Association[Map[First[#] -> Last[#] &, spans]];
  First[NestWhile[
    ({done, place} |-> If[KeyExistsQ[ends, place],
      {Append[done, Replace[Take[list, {place, ends[place]}], rule[pattern, expr]]], ends[place] + 1},
      {Append[done, list[[place]]], place + 1}
    ]) @@ # &,
    {{}, 1}, Last[#] <= Length[list] &
  ]]
]

(* SequenceSplit[list, pattern] gives the pieces of a list between the sublists that match a pattern.

   Examples:
       >> SequenceSplit[{a, b, x, x, c, x, x}, {x, x}]
       = {{a, b}, {c}}
       >> SequenceSplit[{1, 0, 2, 3, 0}, {0}]
       = {{1}, {2, 3}}
*)
SequenceSplit[list_List, pattern_] := Module[{spans = SequencePosition[list, pattern, Overlaps -> False], edges},
  edges = Partition[Flatten[{0, spans, Length[list] + 1}], 2];
  DeleteCases[Map[Take[list, {First[#] + 1, Last[#] - 1}] &, edges], {}]
]

(* BlockMap[f, list, n] applies f to blocks of n elements.
   BlockMap[f, list, n, d] applies it to blocks that begin d elements apart.

   Examples:
       >> BlockMap[f, {a, b, c, d, e}, 2]
       = {f[{a, b}], f[{c, d}]}
       >> BlockMap[Total, Range[5], 3, 1]
       = {6, 9, 12}
*)
BlockMap[f_, list_List, sizes__] := Map[f, Partition[list, sizes]]

(* MovingMap[f, list, n] applies f to each run of n + 1 neighbors.

   Examples:
       >> MovingMap[Max, {3, 1, 4, 1, 5}, 1]
       = {3, 4, 4, 5}
*)
MovingMap[f_, list_List, n_Integer?NonNegative] := Map[f, Partition[list, n + 1, 1]]

(* MovingMedian[list, n] gives the medians of the runs of n neighbors.

   Examples:
       >> MovingMedian[{1, 9, 2, 8, 3}, 3]
       = {2, 8, 3}
*)
MovingMedian[list_List, n_Integer?Positive] := Map[Median, Partition[list, n, 1]]

(* FoldWhileList[f, x, list, test] gives {x, f[x, a], f[f[x, a], b], …} for the elements of a list as long as test holds.

   Details: The value for which the test fails is the last one.

   Examples:
       >> FoldWhileList[Plus, 0, Range[10], # < 7 &]
       = {0, 1, 3, 6, 10}
*)
FoldWhileList[f_, x_, list_List, test_] := Module[{value = x, values = {x}, place = 1},
  While[place <= Length[list] && TrueQ[test[value]], AppendTo[values, value = f[value, list[[place++]]]]];
  values
]

(* FoldWhile[f, x, list, test] gives the last value of FoldWhileList[f, x, list, test].

   Examples:
       >> FoldWhile[Plus, 0, Range[10], # < 7 &]
       = 10
*)
FoldWhile[f_, x_, list_List, test_] := Last[FoldWhileList[f, x, list, test]]

(* CountDistinctBy[list, f] gives how many different values f has on a list.
   CountDistinctBy[f][list] does the same.

   Examples:
       >> CountDistinctBy[{-1, 1, 2, -2}, Abs]
       = 2
*)
CountDistinctBy[list_List | list_Association, f_] := CountDistinct[Map[f, list]]
CountDistinctBy[f_][list_] := CountDistinctBy[list, f]

(* SubsetMap[f, list, positions] replaces the elements at some positions by what f gives for the list of them.
   SubsetMap[f, positions][list] does the same.

   Examples:
       >> SubsetMap[Reverse, {a, b, c, d}, {1, 3}]
       = {c, b, a, d}
       >> SubsetMap[Reverse, <|"a" -> 1, "b" -> 2, "c" -> 3|>, {"a", "c"}]
       = <|"a" -> 3, "b" -> 2, "c" -> 1|>
*)
SubsetMap[f_, list : _List | _Association, positions_List] := With[{values = f[Extract[list, Flatten[{#}, 1] & /@ positions]]},
  ReplacePart[list, Thread[positions -> values]] /; ListQ[values] && Length[values] == Length[positions]
]
SubsetMap[f_, positions_List][list_] := SubsetMap[f, list, positions]

(* ReplaceAt[expr, rules, n] applies rules to the element at position n.
   ReplaceAt[expr, rules, {{i, j, …}, …}] applies them to the parts at several positions.
   ReplaceAt[rules, n][expr] does the same.

   Examples:
       >> ReplaceAt[{a, a, b}, a -> x, 2]
       = {a, x, b}
       >> ReplaceAt[{a, {a, a}}, a -> x, {{1}, {2, 1}}]
       = {x, {x, a}}
*)
ReplaceAt[expr_, rules_, place_] := MapAt[Replace[#, rules] &, expr, place]
ReplaceAt[rules_, place_][expr_] := ReplaceAt[expr, rules, place]

(* FlattenAt[list, n] puts the elements of the sublist at position n in its place.
   FlattenAt[list, {{i, j, …}, …}] does so at several positions.

   Examples:
       >> FlattenAt[{a, {b, c}, {d}}, 2]
       = {a, b, c, {d}}
       >> FlattenAt[{{a}, {b}, {c}}, {{1}, {-1}}]
       = {a, {b}, c}
*)
FlattenAt[list_, places_] := MapAt[Apply[Sequence], list, places]

(* PositionLargest[list] gives the positions of the greatest element.
   PositionLargest[list, n] gives a list of the positions for each of the n greatest values.

   Examples:
       >> PositionLargest[{3, 7, 1, 7}]
       = {2, 4}
*)
PositionLargest[list_List] := Flatten[Position[list, Max[list], {1}, Heads -> False]]
PositionLargest[list_List, n_Integer?Positive] := Take[ReverseSort[PositionIndex[list]], UpTo[n]] // Values

(* PositionSmallest[list] gives the positions of the least element.

   Examples:
       >> PositionSmallest[{3, 1, 1}]
       = {2, 3}
*)
PositionSmallest[list_List] := Flatten[Position[list, Min[list], {1}, Heads -> False]]

(* JoinAcross[list1, list2, key] joins the associations of two lists that have the same value at a key.
   JoinAcross[list1, list2, {key1, …}] has several values agree; key1 -> key2 compares keys of different names.
   JoinAcross[list1, list2, keys, "Left"] keeps those of the first list without partner; "Right" and "Outer" likewise.

   Details: A missing value is Missing["Unmatched"].

   Examples:
       >> JoinAcross[{<|"a" -> 1, "b" -> x|>, <|"a" -> 2, "b" -> y|>}, {<|"a" -> 2, "c" -> z|>}, "a"]
       = {<|"a" -> 2, "b" -> y, "c" -> z|>}
       >> JoinAcross[{<|"a" -> 1|>}, {<|"a" -> 2, "c" -> z|>}, "a", "Left"]
       = {<|"a" -> 1, "c" -> Missing["Unmatched"]|>}
*)
JoinAcross[list1_List, list2_List, keys_, kind : "Inner" | "Left" | "Right" | "Outer" : "Inner"] := Module[
  {pairs = Map[pairOf, Flatten[{keys}]], mine, theirs, groups, matched, left, right},
  mine = pairs[[All, 1]]; theirs = pairs[[All, 2]];
  groups = GroupBy[list2, Lookup[#, theirs] &];
  matched = Flatten[Map[({row} |-> Map[Join[row, #] &, Lookup[groups, Key[Lookup[row, mine]], {}]]), list1]];
  left = Select[list1, !KeyExistsQ[groups, Lookup[#, mine]] &];
  right = With[{known = Map[Lookup[#, mine] &, list1]}, Select[list2, !MemberQ[known, Verbatim[Lookup[#, theirs]]] &]];
  Join[
    matched,
    If[MatchQ[kind, "Left" | "Outer"], unmatched[left, list2], {}],
    If[MatchQ[kind, "Right" | "Outer"], unmatched[right, list1], {}]
  ]
]
pairOf[(Rule | RuleDelayed)[a_, b_]] := {a, b}
pairOf[key_] := {key, key}
unmatched[rows_, others_] := With[{keys = Union @@ Map[Keys, others]},
  Map[Join[#, AssociationMap[Missing["Unmatched"] &, Complement[keys, Keys[#]]]] &, rows]
]
