(* Category: Graphs *)

(* CompleteGraph[n] gives the graph of n vertices that are all connected with one another.
   CompleteGraph[{m, n, …}] gives one of groups of vertices, each connected with those of the other groups.

   Details: Options are those of Graph.

   Examples:
       >> {EdgeCount[CompleteGraph[5]], EdgeList[CompleteGraph[{1, 2}]]}
       = {10, {UndirectedEdge[1, 2], UndirectedEdge[1, 3]}}
*)
CompleteGraph[n_Integer?Positive, options___Rule] := Graph[
  Range[n], UndirectedEdge @@@ Subsets[Range[n], {2}], options, GraphLayout -> "CircularEmbedding"
]
CompleteGraph[sizes : {__Integer?Positive}, options___Rule] := With[
  {groups = TakeList[Range[Total[sizes]], sizes]},
  Graph[Range[Total[sizes]], Flatten[Map[Outer[UndirectedEdge, #[[1]], #[[2]]] &, Subsets[groups, {2}]]], options,
    VertexCoordinates -> Flatten[MapIndexed[Table[{First[#2], k - (#1 + 1)/2}, {k, #1}] &, sizes], 1]]
]

(* CycleGraph[n] gives the graph of n vertices in a circle.

   Details: Options are those of Graph.

   Examples:
       >> EdgeList[CycleGraph[3]]
       = {UndirectedEdge[1, 2], UndirectedEdge[2, 3], UndirectedEdge[1, 3]}
       >> DirectedGraphQ[CycleGraph[3, DirectedEdges -> True]]
       = True
*)
CycleGraph[n_Integer /; n > 2, options___Rule] := With[
  {edge = If[MemberQ[{options}, DirectedEdges -> True], DirectedEdge, UndirectedEdge]},
  Graph[Range[n], Append[Table[edge[k, k + 1], {k, n - 1}], If[edge === DirectedEdge, edge[n, 1], edge[1, n]]],
    Sequence @@ DeleteCases[{options}, DirectedEdges -> _], GraphLayout -> "CircularEmbedding"]
]

(* PathGraph[{v1, v2, …}] gives the graph of vertices of which each is connected with the next.

   Details: Options are those of Graph; DirectedEdges -> True lets the edges lead on.

   Examples:
       >> EdgeList[PathGraph[{a, b, c}]]
       = {UndirectedEdge[a, b], UndirectedEdge[b, c]}
       >> EdgeList[PathGraph[{1, 2}, DirectedEdges -> True]]
       = {DirectedEdge[1, 2]}
*)
PathGraph[list_List, options___Rule] := With[
  {edge = If[MemberQ[{options}, DirectedEdges -> True], DirectedEdge, UndirectedEdge]},
  Graph[list, edge @@@ Partition[list, 2, 1], Sequence @@ DeleteCases[{options}, DirectedEdges -> _],
    GraphLayout -> "LinearEmbedding"]
]

(* StarGraph[n] gives the graph of n vertices of which the first is connected with all others.

   Details: Options are those of Graph.

   Examples:
       >> EdgeList[StarGraph[3]]
       = {UndirectedEdge[1, 2], UndirectedEdge[1, 3]}
*)
StarGraph[n_Integer?Positive, options___Rule] := Graph[
  Range[n], Table[UndirectedEdge[1, k], {k, 2, n}], options, GraphLayout -> "StarEmbedding"
]

(* WheelGraph[n] gives a circle of n - 1 vertices that are all connected with the first.

   Details: Options are those of Graph.

   Examples:
       >> EdgeCount[WheelGraph[5]]
       = 8
*)
WheelGraph[n_Integer /; n > 3, options___Rule] := Graph[
  Range[n], Join[Table[UndirectedEdge[1, k], {k, 2, n}], Table[UndirectedEdge[k, If[k == n, 2, k + 1]], {k, 2, n}]],
  options, GraphLayout -> "StarEmbedding"
]

(* GridGraph[{m, n}] gives a graph of m × n vertices, each connected with those beside it; m is the length of a column.

   Details: Options are those of Graph.

   Examples:
       >> {VertexCount[GridGraph[{2, 3}]], EdgeCount[GridGraph[{2, 3}]]}
       = {6, 7}
*)
GridGraph[{m_Integer?Positive, n_Integer?Positive : 1}, options___Rule] := Graph[
  Range[m n],
  Join[
    Flatten[Table[UndirectedEdge[m (j - 1) + i, m (j - 1) + i + 1], {j, n}, {i, m - 1}]],
    Flatten[Table[UndirectedEdge[m (j - 1) + i, m j + i], {j, n - 1}, {i, m}]]
  ],
  options, VertexCoordinates -> Flatten[Table[{j, i}, {j, n}, {i, m}], 1]
]

(* KaryTree[n] gives a tree of n vertices, with two below each.
   KaryTree[n, k] gives one with k below each.

   Details: Options are those of Graph.

   Examples:
       >> EdgeList[KaryTree[4]]
       = {UndirectedEdge[1, 2], UndirectedEdge[1, 3], UndirectedEdge[2, 4]}
*)
KaryTree[n_Integer?Positive, k_Integer?Positive : 2, options___Rule] := Graph[
  Range[n], Table[UndirectedEdge[Quotient[i - 2, k] + 1, i], {i, 2, n}], options
]

(* TreeGraph[{e1, e2, …}] gives the graph of edges that are a tree.
   TreeGraph[{v1, v2, …}, {e1, e2, …}] gives it with the vertices in an order.

   Details: Options are those of Graph.

   Examples:
       >> TreeGraphQ[TreeGraph[{1 -> 2, 1 -> 3}]]
       = True
       >> TreeGraph[{1 <-> 2, 2 <-> 3, 3 <-> 1}]
       = TreeGraph[{1 <-> 2, 2 <-> 3, 3 <-> 1}]
*)
TreeGraph[parts__List, options___Rule] := With[
  {g = Graph[parts, options]}, Graph[g, GraphLayout -> "LayeredEmbedding"] /; TreeGraphQ[g]
]

(* AdjacencyGraph[m] gives the graph with an adjacency matrix: without directions where the matrix is symmetric.
   AdjacencyGraph[{v1, v2, …}, m] gives the vertices names.

   Details: Options are those of Graph.

   Examples:
       >> {EdgeList[AdjacencyGraph[{{0, 1}, {1, 0}}]], EdgeList[AdjacencyGraph[{a, b}, {{0, 1}, {0, 0}}]]}
       = {{UndirectedEdge[1, 2]}, {DirectedEdge[a, b]}}
*)
AdjacencyGraph[m_?SquareMatrixQ, options___Rule] := AdjacencyGraph[Range[Length[m]], m, options]
AdjacencyGraph[names_List, m_?SquareMatrixQ, options___Rule] := Graph[
  names,
  If[SymmetricMatrixQ[m],
    Flatten[Table[ConstantArray[UndirectedEdge[names[[i]], names[[j]]], m[[i, j]]], {i, Length[m]}, {j, i, Length[m]}]],
    Flatten[Table[ConstantArray[DirectedEdge[names[[i]], names[[j]]], m[[i, j]]], {i, Length[m]}, {j, Length[m]}]]
  ],
  options
]

(* WeightedAdjacencyGraph[m] gives the graph with a matrix of weights, Infinity where there is no edge.

   Details: Options are those of Graph.

   Examples:
       >> WeightedAdjacencyMatrix[WeightedAdjacencyGraph[{{Infinity, 2.5}, {Infinity, Infinity}}]] // Normal
       = {{0., 2.5}, {0., 0.}}
*)
WeightedAdjacencyGraph[m_?SquareMatrixQ, options___Rule] := With[
  {places = Position[m, Except[Infinity, _?NumericQ], {2}], symmetric = SymmetricMatrixQ[m]},
  With[{kept = If[symmetric, Select[places, OrderedQ], places]},
    Graph[Range[Length[m]], If[symmetric, UndirectedEdge, DirectedEdge] @@@ kept, options, EdgeWeight -> Extract[m, kept]]]
]

(* NestGraph[f, x, n] gives the graph of the edges from x to f[x] or to the elements of a list f[x], from those to what f gives of them, and so on, n times.
   NestGraph[f, {x1, x2, …}, n] begins with several.

   Details: Options are those of Graph.

   Examples:
       >> EdgeList[NestGraph[{2 #, 2 # + 1} &, 1, 2]] // Length
       = 6
       >> EdgeList[NestGraph[Mod[# + 2, 4] &, 1, 5]]
       = {DirectedEdge[1, 3], DirectedEdge[3, 1]}
*)
NestGraph[f_, start_, n_Integer?NonNegative, options___Rule] := Module[{edges = {}, seen = {}, now = listed[start]},
  Do[
    edges = Join[edges, Flatten[Map[Function[x, Map[DirectedEdge[x, #] &, listed[f[x]]]], now]]];
    seen = Join[seen, now];
    now = DeleteCases[DeleteDuplicates[edges[[All, 2]]], Alternatives @@ Map[Verbatim, seen]],
    {n}
  ];
  Graph[DeleteDuplicates[Join[listed[start], Flatten[Map[Apply[List], edges], 1]]], edges, options]
]
listed[x_] := If[ListQ[x], x, {x}]

(* RandomGraph[{n, m}] gives a graph of n vertices and m edges, all such graphs being equally likely.
   RandomGraph[{n, m}, k] gives k of them.

   Details: Options are those of Graph; DirectedEdges -> True gives directed edges.

   Examples:
       >> g = RandomGraph[{6, 9}]; {VertexCount[g], EdgeCount[g], Length[Union[EdgeList[g]]]}
       = {6, 9, 9}
       >> DirectedGraphQ[RandomGraph[{3, 6}, DirectedEdges -> True]]
       = True
*)
RandomGraph[{n_Integer?Positive, m_Integer?NonNegative}, options___Rule] := With[
  {directed = MemberQ[{options}, DirectedEdges -> True]},
  With[{pairs = If[directed, Select[Tuples[Range[n], 2], Apply[Unequal]], Subsets[Range[n], {2}]]},
    Graph[Range[n], If[directed, DirectedEdge, UndirectedEdge] @@@ Sort[RandomSample[pairs, Min[m, Length[pairs]]]],
      Sequence @@ DeleteCases[{options}, DirectedEdges -> _]]]
]
RandomGraph[sizes : {_Integer?Positive, _Integer?NonNegative}, k_Integer?NonNegative, options___Rule] := Table[
  RandomGraph[sizes, options], {k}
]
