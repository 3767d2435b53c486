(* Category: Arrays *)

(* TensorProduct[a, b, …] gives the array of the products of all elements of arrays.

   Examples:
       >> {TensorProduct[{1, 2}, {a, b}], TensorProduct[2, {x, y}], TensorProduct[]}
       = {{{a, b}, {2 a, 2 b}}, {2 x, 2 y}, 1}
*)
TensorProduct[] := 1
TensorProduct[a_] := a
TensorProduct[a_List, b_List] := Outer[Times, a, b]
TensorProduct[a_, b_] := a b /; NumericQ[a] || NumericQ[b]
TensorProduct[a_, b_, rest__] := Fold[TensorProduct, {a, b, rest}] /; AllTrue[{a, b, rest}, ListQ[#] || NumericQ[#] &]

(* TensorContract[array, {{i1, j1}, {i2, j2}, …}] gives the sums over pairs of levels of an array with equal indices.

   Examples:
       >> {TensorContract[{{a, b}, {c, d}}, {{1, 2}}], TensorContract[Array[f, {2, 3, 2}], {{1, 3}}]}
       = {a + d, {f[1, 1, 1] + f[2, 1, 2], f[1, 2, 1] + f[2, 2, 2], f[1, 3, 1] + f[2, 3, 2]}}
*)
TensorContract[array_List, {}] := array
TensorContract[array_List, pairs : {{_Integer, _Integer} ..}] := With[{levels = Flatten[pairs]},
  Nest[Tr[#, Plus, 2] &, Transpose[array, Ordering[Join[levels, Complement[Range[ArrayDepth[array]], levels]]]], Length[pairs]] /;
    DuplicateFreeQ[levels] && 1 <= Min[levels] && Max[levels] <= ArrayDepth[array]
]

(* TensorTranspose[array, permutation] gives an array with its levels permuted, as Transpose does.

   Details: The permutation is a list of places or Cycles.

   Examples:
       >> {TensorTranspose[{{a, b}, {c, d}}, {2, 1}], Dimensions[TensorTranspose[ConstantArray[0, {2, 3, 4}], Cycles[{{1, 3}}]]]}
       = {{{a, c}, {b, d}}, {4, 3, 2}}
*)
TensorTranspose[array_List, permutation_List] := Transpose[array, permutation]
TensorTranspose[array_List, cycles_Cycles] := Transpose[array, PermutationList[cycles, ArrayDepth[array]]]

(* TensorRank[array] gives the number of levels of an array.

   Examples:
       >> {TensorRank[{{1, 2}, {3, 4}}], TensorRank[5]}
       = {2, 0}
*)
TensorRank[array_] := ArrayDepth[array] /; ListQ[array] || NumericQ[array]

(* TensorDimensions[array] gives the list of the dimensions of an array.

   Examples:
       >> TensorDimensions[{{1, 2, 3}, {4, 5, 6}}]
       = {2, 3}
*)
TensorDimensions[array_] := Dimensions[array] /; ListQ[array] || NumericQ[array]

(* LeviCivitaTensor[d] gives the array of the signatures of all lists of d numbers from 1 to d.

   Examples:
       >> {LeviCivitaTensor[2], Total[Abs[LeviCivitaTensor[3]], Infinity]}
       = {{{0, 1}, {-1, 0}}, 6}
   Differs: The array is an ordinary one.
*)
LeviCivitaTensor[d_Integer?Positive, List] := LeviCivitaTensor[d]
LeviCivitaTensor[d_Integer?Positive] := Array[Signature[{##}] &, ConstantArray[d, d]] /; d <= 8

(* ArrayReduce[f, array, n] gives the array of the values of f on the lists along level n of an array.
   ArrayReduce[f, array, {n1, n2, …}] applies f to the flat lists of the elements at these levels.

   Examples:
       >> {ArrayReduce[f, {{a, b}, {c, d}}, 1], ArrayReduce[Total, {{1, 2}, {3, 4}}, 2], ArrayReduce[Max, {{1, 2}, {3, 4}}, {1, 2}]}
       = {{f[{a, c}], f[{b, d}]}, {3, 7}, 4}
*)
ArrayReduce[f_, array_List, n_Integer] := ArrayReduce[f, array, {n}]
ArrayReduce[f_, array_List, levels : {__Integer}] := With[{depth = ArrayDepth[array]}, With[
  {taken = Map[If[# < 0, depth + 1 + #, #] &, levels]},
  With[{kept = Complement[Range[depth], taken]},
    Map[f[Flatten[#]] &, Transpose[array, Ordering[Join[kept, taken]]], {Length[kept]}]
  ] /; Min[taken] >= 1 && Max[taken] <= depth
]]

(* ArrayDot[a, b, k] gives the sums over the last k levels of a and the first k of b.
   ArrayDot[a, b, {{i1, j1}, …}] sums over levels i of a and j of b.

   Examples:
       >> {ArrayDot[{{1, 2}, {3, 4}}, {{1, 1}, {0, 1}}, 2], ArrayDot[{{1, 2}, {3, 4}}, {5, 6}, 1], ArrayDot[{{1, 2}, {3, 4}}, {5, 6}, {{1, 1}}]}
       = {7, {17, 39}, {23, 34}}
*)
ArrayDot[a_List, b_List, k_Integer?NonNegative] := With[{depth = ArrayDepth[a]},
  ArrayDot[a, b, Table[{depth - k + i, i}, {i, k}]] /; k <= Min[depth, ArrayDepth[b]]
]
ArrayDot[a_List, b_List, {}] := Outer[Times, a, b]
ArrayDot[a_List, b_List, pairs : {{_Integer, _Integer} ..}] := With[{left = pairs[[All, 1]], right = pairs[[All, 2]]},
  Flatten[lastLevels[a, left], deepFrom[a, left]] . Flatten[firstLevels[b, right], Length[right] - 1]
]
lastLevels[a_, levels_] := Transpose[a, Ordering[Join[Complement[Range[ArrayDepth[a]], levels], levels]]]
firstLevels[b_, levels_] := Transpose[b, Ordering[Join[levels, Complement[Range[ArrayDepth[b]], levels]]]]
deepFrom[a_, levels_] := With[{kept = ArrayDepth[a] - Length[levels]}, Append[Map[List, Range[kept]], Range[kept + 1, ArrayDepth[a]]]]

(* Symmetrize[array] gives the mean of an array over all permutations of its levels.

   Examples:
       >> Symmetrize[{{1, 2}, {4, 3}}]
       = {{1, 3}, {3, 3}}
   Differs: The array is an ordinary one, and no other symmetries may be asked for.
*)
Symmetrize[array_List] := Mean[Map[Transpose[array, #] &, Permutations[Range[ArrayDepth[array]]]]]
