(* Category: Graphs *)

(* VertexAdd[g, v] gives a graph with a vertex more, or with those of a list.

   Examples:
       >> VertexList[VertexAdd[Graph[{1 -> 2}], {3, 1}]]
       = {1, 2, 3}
*)
VertexAdd[g_?GraphQ, vertices_List] := Graph[DeleteDuplicates[Join[VertexList[g], vertices]], EdgeList[g]]
VertexAdd[g_?GraphQ, v_] := VertexAdd[g, {v}]

(* VertexDelete[g, v] gives a graph without a vertex and its edges, or without those of a list.

   Examples:
       >> EdgeList[VertexDelete[Graph[{1 -> 2, 2 -> 3, 3 -> 1}], 1]]
       = {DirectedEdge[2, 3]}
*)
VertexDelete[g_?GraphQ, vertices_List] := Subgraph[g, Select[VertexList[g], ! MemberQ[vertices, Verbatim[#]] &]]
VertexDelete[g_?GraphQ, v_] := VertexDelete[g, {v}]

(* EdgeAdd[g, e] gives a graph with an edge more, or with those of a list.

   Examples:
       >> EdgeList[EdgeAdd[Graph[{1 -> 2}], {2 -> 3, 3 <-> 1}]]
       = {DirectedEdge[1, 2], DirectedEdge[2, 3], UndirectedEdge[3, 1]}
*)
EdgeAdd[g_?GraphQ, edges_List] := Graph[VertexList[g], Join[EdgeList[g], edges]]
EdgeAdd[g_?GraphQ, e_] := EdgeAdd[g, {e}]

(* EdgeDelete[g, e] gives a graph without an edge, or without those of a list.

   Examples:
       >> EdgeList[EdgeDelete[Graph[{1 -> 2, 2 <-> 3, 3 -> 1}], {1 -> 2, 3 <-> 2}]]
       = {DirectedEdge[3, 1]}
*)
EdgeDelete[g_?GraphQ, edges_List] := Graph[VertexList[g], Select[EdgeList[g], ! EdgeQ[Graph[edges], #] &]]
EdgeDelete[g_?GraphQ, e_] := EdgeDelete[g, {e}]

(* Subgraph[g, {v1, v2, …}] gives the graph of some vertices and the edges between them.
   Subgraph[g, {e1, e2, …}] gives the graph of some edges.

   Examples:
       >> EdgeList[Subgraph[Graph[{1 -> 2, 2 -> 3, 3 -> 1}], {1, 2}]]
       = {DirectedEdge[1, 2]}
       >> VertexList[Subgraph[Graph[{1 -> 2, 2 -> 3}], {2 -> 3}]]
       = {2, 3}
*)
Subgraph[g_?GraphQ, edges : {(_Rule | _TwoWayRule | _DirectedEdge | _UndirectedEdge) ..}] := Graph[Select[edges, EdgeQ[g, #] &]]
Subgraph[g_?GraphQ, vertices_List] := With[
  {kept = Select[VertexList[g], MemberQ[vertices, Verbatim[#]] &]},
  Graph[kept, Select[EdgeList[g], MemberQ[kept, Verbatim[#[[1]]]] && MemberQ[kept, Verbatim[#[[2]]]] &]]
]

(* NeighborhoodGraph[g, v] gives the graph of a vertex and those that are connected with it.
   NeighborhoodGraph[g, v, n] gives that of the vertices up to n edges away.

   Examples:
       >> VertexList[NeighborhoodGraph[PathGraph[Range[5]], 3]]
       = {2, 3, 4}
       >> VertexCount[NeighborhoodGraph[PathGraph[Range[5]], 1, 3]]
       = 4
*)
NeighborhoodGraph[g_?GraphQ, v_, n_Integer?NonNegative : 1] := Subgraph[
  g, Nest[DeleteDuplicates[Join[#, Flatten[Map[AdjacencyList[g, #] &, #], 1]]] &, {v}, n]
]

(* GraphUnion[g1, g2, …] gives the graph of all vertices and edges of some graphs.

   Examples:
       >> EdgeList[GraphUnion[Graph[{1 -> 2}], Graph[{1 -> 2, 2 -> 3}]]]
       = {DirectedEdge[1, 2], DirectedEdge[2, 3]}
*)
GraphUnion[graphs__?GraphQ] := Graph[
  DeleteDuplicates[Join @@ Map[VertexList, {graphs}]], DeleteDuplicates[Join @@ Map[EdgeList, {graphs}]]
]

(* GraphIntersection[g1, g2, …] gives the graph of the vertices of all graphs and the edges that are in each.

   Examples:
       >> EdgeList[GraphIntersection[Graph[{1 -> 2, 2 -> 3}], Graph[{2 -> 3}]]]
       = {DirectedEdge[2, 3]}
*)
GraphIntersection[first_?GraphQ, rest___?GraphQ] := Graph[
  DeleteDuplicates[Join @@ Map[VertexList, {first, rest}]],
  Select[EdgeList[first], Function[e, AllTrue[{rest}, EdgeQ[#, e] &]]]
]

(* GraphDifference[g1, g2] gives the graph of the vertices of both and the edges of the first that are not in the second.

   Examples:
       >> EdgeList[GraphDifference[Graph[{1 -> 2, 2 -> 3}], Graph[{2 -> 3}]]]
       = {DirectedEdge[1, 2]}
*)
GraphDifference[first_?GraphQ, second_?GraphQ] := Graph[
  DeleteDuplicates[Join[VertexList[first], VertexList[second]]], Select[EdgeList[first], ! EdgeQ[second, #] &]
]

(* GraphComplement[g] gives the graph with the edges that a graph does not have.

   Examples:
       >> EdgeList[GraphComplement[PathGraph[{1, 2, 3}]]]
       = {UndirectedEdge[1, 3]}
*)
GraphComplement[g_?UndirectedGraphQ] := GraphDifference[
  Graph[VertexList[g], UndirectedEdge @@@ Subsets[VertexList[g], {2}]], g
]
GraphComplement[g_?DirectedGraphQ] := GraphDifference[
  Graph[VertexList[g], DirectedEdge @@@ Select[Tuples[VertexList[g], 2], Apply[UnsameQ]]], g
]

(* ReverseGraph[g] gives the graph whose edges lead the other way.

   Examples:
       >> EdgeList[ReverseGraph[Graph[{1 -> 2}]]]
       = {DirectedEdge[2, 1]}
*)
ReverseGraph[g_?GraphQ] := Graph[
  VertexList[g], Replace[EdgeList[g], DirectedEdge[a_, b_, tag___] :> DirectedEdge[b, a, tag], {1}]
]

(* UndirectedGraph[g] gives the graph whose edges have no direction.

   Examples:
       >> EdgeList[UndirectedGraph[Graph[{1 -> 2, 2 -> 1, 2 -> 3}]]]
       = {UndirectedEdge[1, 2], UndirectedEdge[2, 3]}
*)
UndirectedGraph[g_?GraphQ] := Graph[
  VertexList[g],
  DeleteDuplicates[UndirectedEdge @@@ EdgeList[g], Sort[{#1[[1]], #1[[2]]}] === Sort[{#2[[1]], #2[[2]]}] &]
]

(* DirectedGraph[g] gives the graph in which each edge without direction is one edge each way.

   Examples:
       >> EdgeList[DirectedGraph[Graph[{1 <-> 2}]]]
       = {DirectedEdge[1, 2], DirectedEdge[2, 1]}
*)
DirectedGraph[g_?GraphQ] := Graph[
  VertexList[g],
  Flatten[Replace[EdgeList[g], UndirectedEdge[a_, b_, tag___] :> {DirectedEdge[a, b, tag], DirectedEdge[b, a, tag]}, {1}]]
]

(* VertexReplace[g, {v -> w, …}] gives a graph with other names of vertices.

   Examples:
       >> EdgeList[VertexReplace[Graph[{1 -> 2}], {1 -> "a"}]]
       = {DirectedEdge["a", 2]}
*)
VertexReplace[g_?GraphQ, rules_] := Graph[
  Replace[VertexList[g], rules, {1}], Map[MapAt[Replace[rules], #, {{1}, {2}}] &, EdgeList[g]]
]

(* GraphPlot[g] gives a graphic of a graph, of a list of edges, or of an adjacency matrix.

   Details: Options are those of Graph. Graph itself is shown as a picture, too.

   Examples:
       >> Head[GraphPlot[{1 -> 2, 2 -> 3}]]
       = Graph
       >> StringContainsQ[ExportString[GraphPlot[{{0, 1}, {1, 0}}, VertexLabels -> "Name"], "SVG"], ">2</text>"]
       = True
   Differs: It is a Graph, as the picture that it is.
*)
GraphPlot[g_?GraphQ, options___Rule] := Graph[g, options]
GraphPlot[m_?MatrixQ, options___Rule] := AdjacencyGraph[m, options]
GraphPlot[edges : {(_Rule | _TwoWayRule | _DirectedEdge | _UndirectedEdge) ..}, options___Rule] := Graph[edges, options]

(* LayeredGraphPlot[g] gives a graphic of a graph, its vertices in layers.

   Details: Options are those of Graph.

   Examples:
       >> EdgeCount[LayeredGraphPlot[{1 -> 2, 2 -> 3, 3 -> 1}]]
       = 3
*)
LayeredGraphPlot[g_, options___Rule] := GraphPlot[g, options, GraphLayout -> "LayeredDigraphEmbedding"]

(* TreePlot[g] gives a graphic of a tree, its root on top.

   Details: Options are those of Graph.

   Examples:
       >> EdgeCount[TreePlot[{1 -> 2, 1 -> 3}]]
       = 2
*)
TreePlot[g_, options___Rule] := GraphPlot[g, options, GraphLayout -> "LayeredEmbedding"]
