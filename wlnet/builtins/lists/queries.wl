(* Category: Associations *)

(* Query[op1, op2, …][data] applies operators to the levels of lists and associations in each other.

   Details: All, a key, Key[k], a number, a span or a list of keys takes parts; Select[…], SortBy[…], GroupBy[…] and their
   like choose, sort or group; what comes after them applies to each element of the result. Any other operator, such as
   Total, applies to what the ones after it have made. {op1, …} and <|k -> op, …|> apply several, f /* g first f and then g,
   {k -> op} changes one part. A key that is not there gives Missing["KeyAbsent", k].

   Examples:
       >> data = {<|"a" -> 1, "b" -> x|>, <|"a" -> 2, "b" -> y|>}; Query[All, "a"][data]
       = {1, 2}
       >> {Query[Total, "a"][data], Query[Select[#a > 1 &], "b"][data], Query[2, "b"][data]}
       = {3, {y}, y}
       >> Query[GroupBy["b"], Total, "a"][data]
       = <|x -> 1, y -> 2|>
       >> Query[All, {"a", "c"}][data]
       = {<|"a" -> 1, "c" -> Missing["KeyAbsent", "c"]|>, <|"a" -> 2, "c" -> Missing["KeyAbsent", "c"]|>}
       >> Query[All, <|"sum" -> (#a + 1 &), "b" -> "b"|>][data]
       = {<|"sum" -> 2, "b" -> x|>, <|"sum" -> 3, "b" -> y|>}
       >> {Query[{Min, Max}, "a"][data], Query[SortBy[-#a &] /* First, "a"][data], Query[All, {"a" -> f}][data]}
       = {{1, 2}, 2, {<|"a" -> f[1], "b" -> x|>, <|"a" -> f[2], "b" -> y|>}}
*)
Query[operators___][data_] := queried[{operators}, data]
queried[{}, data_] := data
queried[{All}, data : _List | _Association] := data
queried[{All, key_String, rest___}, data_] := queried[{All, Key[key], rest}, data]
queried[{All, Key[key_], rest___}, data : {__Association}] := queried[{All, rest}, Lookup[data, Key[key]]]
queried[{All, keys : {(_String | _Key) ..}, rest___}, data : {__Association}] :=
  With[{names = Map[keyOf, keys], columns = Map[Lookup[data, #] &, Map[Key, Map[keyOf, keys]]]},
    queried[{All, All, rest}, Map[AssociationThread[names, #] &, Transpose[columns]]]]
queried[{All, rest___}, data : _List | _Association] := Map[queried[{rest}, #] &, data]
queried[{key_Integer, rest___}, data_] := queried[{rest}, Part[data, key]]
queried[{key_String, rest___}, data_] := queried[{Key[key], rest}, data]
queried[{Key[key_], rest___}, data_Association] := queried[{rest}, Lookup[data, Key[key]]]
queried[{Key[key_], rest___}, Missing[reason___]] := Missing[reason]
queried[{span_Span, rest___}, data_] := queried[{All, rest}, Part[data, span]]
queried[{changes : {__Rule} | _Rule, rest___}, data_] :=
  queried[{All, rest}, Fold[{all, change} |-> MapAt[queried[{Last[change]}, #] &, all, partOf[First[change]]], data, Flatten[{changes}]]]
queried[{keys : {(_String | _Key | _Integer) ..}, rest___}, data_Association] :=
  queried[{All, rest}, Association[Map[keyOf[#] -> queried[{#}, data] &, keys]]]
queried[{keys : {__Integer}, rest___}, data_List] := queried[{All, rest}, Part[data, keys]]
queried[{operators : _List | _Association, rest___}, data_] := Map[queried[{#, rest}, data] &, operators]
queried[{RightComposition[first_, then__], rest___}, data_] := RightComposition[then][queried[{first, rest}, data]]
queried[{operator_, rest___}, data_] := With[{chosen = withKeys[operator][data]},
  If[{rest} === {}, chosen, queried[{All, rest}, chosen]]
] /; MatchQ[operator, choosing[]]
queried[{f_, rest__}, data : _List | _Association] := f[queried[{All, rest}, data]] /; ! MatchQ[f, choosing[]]
queried[{f_, ___}, data_] := f[data]
choosing[] = Alternatives @@ Map[Blank, {
  Select, Discard, KeySelect, KeyTake, KeyDrop, SortBy, ReverseSortBy, GroupBy, MaximalBy, MinimalBy, TakeLargestBy, TakeSmallestBy,
  TakeLargest, TakeSmallest, DeleteDuplicatesBy, DeleteCases, Cases, GatherBy, SplitBy
}] | DeleteDuplicates | DeleteMissing | Reverse | Sort | ReverseSort | KeySort
partOf[key_String] := Key[key]
partOf[key_] := key
keyOf[Key[key_]] := key
keyOf[key_] := key
withKeys[f_[key_String, more___]] := f[Key[key], more]
withKeys[f_[keys : {__String}, more___]] := f[Map[Key, keys], more] /; ! MatchQ[f, KeyTake | KeyDrop]
withKeys[operator_] := operator

(* Dataset[data] holds data, such as a list of associations, and shows them as a table.
   Dataset[data][op1, op2, …] applies a Query; what comes out as a list or an association is a Dataset again.

   Details: Normal gives the data back. Functions of lists and associations, such as Select, SortBy, Part, Length, Total
   or Join, take a Dataset in the place of a list.

   Examples:
       >> people = Dataset[{<|"name" -> "Ada", "age" -> 36|>, <|"name" -> "Alan", "age" -> 41|>}];
       >> {people[Max, "age"], Normal[people[All, "name"]], people[1, "age"], Length[people]}
       = {41, {"Ada", "Alan"}, 36, 2}
       >> Normal[SortBy[people, -#age &][All, "age"]]
       = {41, 36}
       >> people[[2, "name"]]
       = "Alan"
       >> Dataset[<|"a" -> 1|>]["a"]
       = 1
       >> Dimensions[people]
       = {2, 2}
*)
Dataset[Dataset[data_]] := Dataset[data]
Dataset[data_][operators__] := wrapped[Query[operators][data]]
Dataset /: Normal[Dataset[data_]] := data
Dataset /: Dimensions[Dataset[data_]] := Dimensions[data]
Dataset /: (f : Select | Map | SortBy | Sort | ReverseSort | ReverseSortBy | GroupBy | Take | Drop | Part | First | Last | Rest |
  Most | Length | Keys | Values | Total | Mean | Median | Max | Min | Counts | CountsBy | Append | Prepend | Transpose |
  DeleteMissing | DeleteDuplicates | DeleteDuplicatesBy | KeyTake | KeyDrop | KeyMap | KeySelect | MaximalBy | MinimalBy |
  Reverse | Lookup | MapAt | KeyValueMap | Flatten | RandomSample | RandomChoice | Cases | Count | Position |
  JoinAcross | Join | Merge | TakeLargestBy | TakeSmallestBy | Gather | GatherBy | Tally | KeyExistsQ | MemberQ)[
  before___, Dataset[data_], after___] := wrapped[f[before, data, after]]
wrapped[data : _List | _Association] := Dataset[data]
wrapped[data_] := data

(* DeleteMissing[list] gives a list or association without the elements with head Missing.
   DeleteMissing[list, n] looks down to level n.
   DeleteMissing[list, n, d] leaves out the elements, too, that have one inside, d levels down at most.

   Examples:
       >> {DeleteMissing[{1, Missing[], 2}], DeleteMissing[<|"a" -> 1, "b" -> Missing["NotAvailable"]|>]}
       = {{1, 2}, <|"a" -> 1|>}
       >> DeleteMissing[{{1, 2}, {3, Missing[]}, {4, {Missing[]}}}, 1, 2]
       = {{1, 2}, {4, {Missing[]}}}
*)
DeleteMissing[data_, levels_ : 1] := DeleteCases[data, _Missing, levels]
DeleteMissing[data_, levels_, depth_] := DeleteCases[data, _Missing | _?(MemberQ[#, _Missing, {1, depth - 1}] &), levels]

(* Discard[list, test] gives the elements for which the test is not True.
   Discard[test][list] does the same.

   Examples:
       >> {Discard[Range[5], OddQ], Discard[EvenQ][<|"a" -> 1, "b" -> 2|>]}
       = {{2, 4}, <|"a" -> 1|>}
*)
Discard[data_, test_] := Select[data, ! TrueQ[test[#]] &]
Discard[test_][data_] := Discard[data, test]
