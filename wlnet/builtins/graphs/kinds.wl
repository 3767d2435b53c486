(* Category: Graphs *)

(* LoopFreeGraphQ[g] gives True if no edge of a graph leads from a vertex to itself.

   Examples:
       >> {LoopFreeGraphQ[Graph[{1 -> 2}]], LoopFreeGraphQ[Graph[{1 -> 1}]], LoopFreeGraphQ[5]}
       = {True, False, False}
   Source: https://reference.wolfram.com/language/ref/LoopFreeGraphQ.html
*)
LoopFreeGraphQ[g_] := GraphQ[g] && NoneTrue[EdgeList[g], #[[1]] === #[[2]] &]

(* MultigraphQ[g] gives True if two edges of a graph connect the same vertices in the same direction.

   Examples:
       >> {MultigraphQ[Graph[{1 <-> 2, 2 <-> 1}]], MultigraphQ[Graph[{1 -> 2, 2 -> 1}]]}
       = {True, False}
   Source: https://reference.wolfram.com/language/ref/MultigraphQ.html
*)
MultigraphQ[g_] := GraphQ[g] && ! DuplicateFreeQ[Map[If[Head[#] === UndirectedEdge, Sort, Identity][Take[#, 2]] &, EdgeList[g]]]

(* SimpleGraphQ[g] gives True if a graph has neither loops nor several edges between the same vertices.

   Examples:
       >> {SimpleGraphQ[Graph[{1 -> 2, 2 -> 1}]], SimpleGraphQ[Graph[{1 -> 1}]], SimpleGraphQ[Graph[{1 <-> 2, 2 <-> 1}]]}
       = {True, False, False}
   Source: https://reference.wolfram.com/language/ref/SimpleGraphQ.html
*)
SimpleGraphQ[g_] := LoopFreeGraphQ[g] && ! MultigraphQ[g]

(* MixedGraphQ[g] gives True if a graph has edges with a direction and edges without.

   Examples:
       >> {MixedGraphQ[Graph[{1 -> 2, 2 <-> 3}]], MixedGraphQ[Graph[{1 -> 2}]]}
       = {True, False}
   Source: https://reference.wolfram.com/language/ref/MixedGraphQ.html
*)
MixedGraphQ[g_] := GraphQ[g] && Length[Union[Map[Head, EdgeList[g]]]] == 2

(* PathGraphQ[g] gives True if a graph is a path from one vertex over all others.

   Examples:
       >> {PathGraphQ[PathGraph[Range[4]]], PathGraphQ[CycleGraph[4]], PathGraphQ[StarGraph[4]]}
       = {True, False, False}
   Source: https://reference.wolfram.com/language/ref/PathGraphQ.html
*)
PathGraphQ[g_] := GraphQ[g] && VertexCount[g] > 0 && EdgeCount[g] == VertexCount[g] - 1 && ConnectedGraphQ[UndirectedGraph[g]] &&
  Max[VertexDegree[g]] <= 2 && Max[VertexInDegree[g]] <= If[DirectedGraphQ[g], 1, 2]

(* SimpleGraph[g] gives a graph without its loops, and with one edge where several connect the same vertices.

   Examples:
       >> EdgeList[SimpleGraph[Graph[{1 <-> 2, 2 <-> 1, 2 <-> 2}]]]
       = {UndirectedEdge[1, 2]}
   Source: https://reference.wolfram.com/language/ref/SimpleGraph.html
*)
SimpleGraph[g_?GraphQ] := Graph[VertexList[g], DeleteDuplicatesBy[Select[EdgeList[g], #[[1]] =!= #[[2]] &], ends]]
ends[edge_] := If[Head[edge] === UndirectedEdge, Sort[{edge[[1]], edge[[2]]}], edge[[1]] -> edge[[2]]]

(* IndexGraph[g] gives a graph with the numbers 1, 2, … as names of its vertices; IndexGraph[g, r] with r, r + 1, …

   Examples:
       >> EdgeList[IndexGraph[Graph[{a -> b, b -> c}]]]
       = {DirectedEdge[1, 2], DirectedEdge[2, 3]}
       >> VertexList[IndexGraph[Graph[{a -> b}], 0]]
       = {0, 1}
   Source: https://reference.wolfram.com/language/ref/IndexGraph.html
*)
IndexGraph[g_?GraphQ, start_Integer : 1] :=
  VertexReplace[g, Thread[VertexList[g] -> Range[start, start + VertexCount[g] - 1]]]

(* LineGraph[g] gives the graph whose vertices are the edges of a graph, by their numbers, connected where they meet.

   Details: Of edges with a direction, one leads to another where its end is the start of that.

   Examples:
       >> EdgeList[LineGraph[Graph[{1 <-> 2, 2 <-> 3, 3 <-> 4}]]]
       = {UndirectedEdge[1, 2], UndirectedEdge[2, 3]}
       >> EdgeList[LineGraph[Graph[{1 -> 2, 2 -> 3, 4 -> 2}]]]
       = {DirectedEdge[1, 2], DirectedEdge[3, 2]}
   Source: https://reference.wolfram.com/language/ref/LineGraph.html
*)
LineGraph[g_?GraphQ] := With[{edges = EdgeList[g]}, If[DirectedGraphQ[g],
  Graph[Range[Length[edges]], Map[Apply[DirectedEdge], Select[Tuples[Range[Length[edges]], 2],
    edges[[First[#], 2]] === edges[[Last[#], 1]] &]]],
  Graph[Range[Length[edges]], Map[Apply[UndirectedEdge], Select[Subsets[Range[Length[edges]], {2}],
    Intersection[List @@ Take[edges[[First[#]]], 2], List @@ Take[edges[[Last[#]]], 2]] =!= {} &]]]
]]

(* GraphDensity[g] gives how many of the edges that a simple graph of as many vertices could have there are.

   Examples:
       >> {GraphDensity[CompleteGraph[4]], GraphDensity[PathGraph[Range[4]]], GraphDensity[Graph[{1 -> 2}]]}
       = {1, 1/2, 1/2}
   Source: https://reference.wolfram.com/language/ref/GraphDensity.html
*)
GraphDensity[g_?GraphQ] := With[{n = VertexCount[g]},
  If[n < 2, 0, EdgeCount[g] If[DirectedGraphQ[g], 1, 2]/(n (n - 1))]
]

(* EdgeIndex[g, e] gives the number of an edge in EdgeList[g].

   Examples:
       >> EdgeIndex[Graph[{1 -> 2, 2 <-> 3}], 3 <-> 2]
       = 2
   Source: https://reference.wolfram.com/language/ref/EdgeIndex.html
*)
EdgeIndex[g_?GraphQ, edge_] := With[{place = FirstPosition[EdgeList[g], each_ /; EdgeQ[Graph[{edge}], each], {}, {1}, Heads -> False]},
  First[place] /; place =!= {}
]

(* VertexOutComponent[g, v] gives the vertices that can be reached from v, or from those of a list.
   VertexOutComponent[g, v, n] gives those that n edges at most lead to.

   Examples:
       >> {VertexOutComponent[Graph[{1 -> 2, 2 -> 3, 4 -> 1}], 1], VertexOutComponent[Graph[{1 -> 2, 2 -> 3}], 1, 1]}
       = {{1, 2, 3}, {1, 2}}
   Source: https://reference.wolfram.com/language/ref/VertexOutComponent.html
*)
VertexOutComponent[g_?GraphQ, vertices_List, most_ : Infinity] := reached[nextVertices[g], vertices, most]
VertexOutComponent[g_?GraphQ, v_, most_ : Infinity] := VertexOutComponent[g, {v}, most]
nextVertices[g_] := GroupBy[Join[Map[#[[1]] -> #[[2]] &, EdgeList[g]], Map[#[[2]] -> #[[1]] &, EdgeList[g, _UndirectedEdge]]],
  First -> Last]
reached[next_, start_, most_] := Module[{found = start, new = start, steps = 0},
  While[new =!= {} && steps++ < most,
    new = DeleteCases[DeleteDuplicates[Join @@ Lookup[next, new, {}]], Alternatives @@ Map[Verbatim, found]];
    found = Join[found, new]
  ];
  found
]

(* VertexInComponent[g, v] gives the vertices from which v, or one of a list, can be reached.
   VertexInComponent[g, v, n] gives those from which n edges at most lead there.

   Examples:
       >> VertexInComponent[Graph[{1 -> 2, 2 -> 3, 3 -> 4}], 3]
       = {3, 2, 1}
   Source: https://reference.wolfram.com/language/ref/VertexInComponent.html
*)
VertexInComponent[g_?GraphQ, v_, most_ : Infinity] := VertexOutComponent[ReverseGraph[g], v, most]

(* TransitiveClosureGraph[g] gives the graph with an edge wherever one vertex can be reached from another.

   Examples:
       >> EdgeList[TransitiveClosureGraph[Graph[{1 -> 2, 2 -> 3}]]]
       = {DirectedEdge[1, 2], DirectedEdge[1, 3], DirectedEdge[2, 3]}
   Source: https://reference.wolfram.com/language/ref/TransitiveClosureGraph.html
*)
TransitiveClosureGraph[g_?GraphQ] := With[{edge = If[DirectedGraphQ[g], DirectedEdge, UndirectedEdge]},
  Graph[VertexList[g], DeleteDuplicatesBy[
    Join @@ Map[Function[v, Map[edge[v, #] &, DeleteCases[VertexOutComponent[g, v], Verbatim[v]]]], VertexList[g]],
    If[edge === UndirectedEdge, Sort[List @@ #], #] &
  ]]
]

(* GraphDisjointUnion[g1, g2, …] gives the graph that some graphs make side by side, its vertices numbered from 1.

   Examples:
       >> EdgeList[GraphDisjointUnion[Graph[{a -> b}], Graph[{a -> b}]]]
       = {DirectedEdge[1, 2], DirectedEdge[3, 4]}
   Source: https://reference.wolfram.com/language/ref/GraphDisjointUnion.html
*)
GraphDisjointUnion[graphs__?GraphQ] := With[{starts = Most[FoldList[Plus, 1, Map[VertexCount, {graphs}]]]},
  Graph[Range[Total[Map[VertexCount, {graphs}]]], Join @@ MapThread[EdgeList[IndexGraph[#1, #2]] &, {{graphs}, starts}]]
]

(* HypercubeGraph[n] gives the graph of the 2^n corners of a cube in n dimensions.

   Examples:
       >> {VertexCount[HypercubeGraph[3]], EdgeCount[HypercubeGraph[3]], DeleteDuplicates[VertexDegree[HypercubeGraph[4]]]}
       = {8, 12, {4}}
   Source: https://reference.wolfram.com/language/ref/HypercubeGraph.html
*)
HypercubeGraph[n_Integer?NonNegative] := Graph[Range[2^n],
  Join @@ Table[If[BitAnd[v, 2^bit] == 0, UndirectedEdge[v + 1, v + 2^bit + 1], Nothing], {v, 0, 2^n - 1}, {bit, 0, n - 1}]
]

(* PetersenGraph[] gives the Petersen graph; PetersenGraph[n, k] two circles of n vertices, the inner one with steps of k.

   Examples:
       >> {VertexCount[PetersenGraph[]], DeleteDuplicates[VertexDegree[PetersenGraph[7, 2]]]}
       = {10, {3}}
   Source: https://reference.wolfram.com/language/ref/PetersenGraph.html
*)
PetersenGraph[n_Integer : 5, k_Integer : 2] := SimpleGraph[Graph[Range[2 n], Join @@ Table[
  {UndirectedEdge[i, n + i], UndirectedEdge[i, Mod[i + k, n, 1]], UndirectedEdge[n + i, n + Mod[i + 1, n, 1]]}, {i, n}
]]] /; n > 2 && 0 < k < n

(* WeightedGraphQ[g] gives True if the edges of a graph have weights.

   Examples:
       >> {WeightedGraphQ[Graph[{1 -> 2}, EdgeWeight -> {3}]], WeightedGraphQ[Graph[{1 -> 2}]]}
       = {True, False}
   Source: https://reference.wolfram.com/language/ref/WeightedGraphQ.html
*)
WeightedGraphQ[g_] := GraphQ[g] && PropertyValue[g, EdgeWeight] =!= Automatic

(* SetProperty[g, option -> value] gives a graph with other options; Graph[g, option -> value] is newer.

   Examples:
       >> PropertyValue[SetProperty[Graph[{1 -> 2}], EdgeWeight -> {4}], EdgeWeight]
       = {4}
   Source: https://reference.wolfram.com/language/ref/SetProperty.html
*)
SetProperty[g_?GraphQ, options : ((_Rule | _List) ..)] := Graph[g, Sequence @@ Flatten[{options}]]
