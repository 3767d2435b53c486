(* Category: Graphs *)

(* VertexCount[g] gives the number of vertices of a graph.
   VertexCount[g, pattern] gives the number of those that match.

   Examples:
       >> {VertexCount[Graph[{1 -> 2, 2 -> 3}]], VertexCount[Graph[{1 -> "a"}], _String]}
       = {3, 1}
*)
VertexCount[g_, pattern___] := With[{found = VertexList[g, pattern]}, Length[found] /; ListQ[found]]

(* EdgeCount[g] gives the number of edges of a graph.
   EdgeCount[g, pattern] gives the number of those that match.

   Examples:
       >> {EdgeCount[Graph[{1 -> 2, 2 -> 3}]], EdgeCount[Graph[{1 -> 2, 2 <-> 3}], _UndirectedEdge]}
       = {2, 1}
*)
EdgeCount[g_, pattern___] := With[{found = EdgeList[g, pattern]}, Length[found] /; ListQ[found]]

(* VertexInDegree[g] gives for each vertex of a graph how many edges lead to it; an edge without direction counts.
   VertexInDegree[g, v] gives it for a vertex.

   Examples:
       >> {VertexInDegree[Graph[{1 -> 2, 3 -> 2}]], VertexInDegree[Graph[{1 <-> 2, 1 <-> 3}], 1]}
       = {{0, 2, 0}, 2}
*)
VertexInDegree[g_] := With[{a = AdjacencyMatrix[g]}, Total[a] + selfLoops[g, a] /; MatrixQ[a]]
VertexInDegree[g_, v_] := With[{n = FirstPosition[VertexList[g], Verbatim[v]]}, VertexInDegree[g][[First[n]]] /; ListQ[n]]
selfLoops[g_, a_] := If[UndirectedGraphQ[g], Diagonal[a], 0]

(* VertexOutDegree[g] gives for each vertex of a graph how many edges lead away from it; an edge without direction counts.
   VertexOutDegree[g, v] gives it for a vertex.

   Examples:
       >> {VertexOutDegree[Graph[{1 -> 2, 3 -> 2}]], VertexOutDegree[Graph[{1 <-> 2, 1 <-> 3}], 1]}
       = {{1, 0, 1}, 2}
*)
VertexOutDegree[g_] := With[{a = AdjacencyMatrix[g]}, Total[a, {2}] + ownLoops[g, a] /; MatrixQ[a]]
VertexOutDegree[g_, v_] := With[{n = FirstPosition[VertexList[g], Verbatim[v]]}, VertexOutDegree[g][[First[n]]] /; ListQ[n]]
ownLoops[g_, a_] := If[UndirectedGraphQ[g], Diagonal[a], 0]

(* VertexDegree[g] gives for each vertex of a graph the number of its edges.
   VertexDegree[g, v] gives it for a vertex.

   Details: A loop counts twice.

   Examples:
       >> {VertexDegree[Graph[{1 -> 2, 3 -> 2}]], VertexDegree[Graph[{1 <-> 2, 1 <-> 3}], 1], VertexDegree[{1 <-> 1}]}
       = {{1, 2, 1}, 2, {2}}
*)
VertexDegree[g_] := With[{edges = EdgeList[g]},
  With[{ends = Flatten[Map[{#[[1]], #[[2]]} &, edges], 1]}, Map[Count[ends, Verbatim[#]] &, VertexList[g]]] /; ListQ[edges]
]
VertexDegree[g_, v_] := With[{n = FirstPosition[VertexList[g], Verbatim[v]]}, VertexDegree[g][[First[n]]] /; ListQ[n]]

(* DegreeCentrality[g] gives the degrees of the vertices.

   Examples:
       >> DegreeCentrality[StarGraph[4]]
       = {3, 1, 1, 1}
*)
DegreeCentrality[g_?GraphQ] := VertexDegree[g]

(* IncidenceMatrix[g] gives a matrix with a row for each vertex and a column for each edge: -1 where the edge begins and 1 where it ends.

   Details: An edge without direction has 1 at both ends.

   Examples:
       >> IncidenceMatrix[Graph[{1 -> 2, 2 <-> 3}]] // Normal
       = {{-1, 0}, {1, 1}, {0, 1}}
*)
IncidenceMatrix[g_?GraphQ] := With[{edges = EdgeList[g]},
  SparseArray[Table[incidence[v, e], {v, VertexList[g]}, {e, edges}]]
]
incidence[v_, DirectedEdge[v_, v_, ___]] := -2
incidence[v_, UndirectedEdge[v_, v_, ___]] := 2
incidence[v_, DirectedEdge[v_, ___]] := -1
incidence[v_, (DirectedEdge | UndirectedEdge)[_, v_, ___] | UndirectedEdge[v_, ___]] := 1
incidence[_, _] := 0

(* AdjacencyList[g, v] gives the vertices that an edge connects with v, whatever its direction.
   AdjacencyList[g] gives them for each vertex.

   Examples:
       >> {AdjacencyList[Graph[{1 -> 2, 3 -> 1}], 1], AdjacencyList[Graph[{1 <-> 2, 2 <-> 3}]]}
       = {{2, 3}, {{2}, {1, 3}, {2}}}
*)
AdjacencyList[g_?GraphQ, v_] := Select[VertexList[g], neighborQ[EdgeList[g], v]]
AdjacencyList[g_?GraphQ] := Map[AdjacencyList[g, #] &, VertexList[g]]
neighborQ[edges_, v_][w_] := MemberQ[edges, _[Verbatim[v], Verbatim[w], ___] | _[Verbatim[w], Verbatim[v], ___]]

(* VertexQ[g, v] gives True if v is a vertex of a graph.

   Examples:
       >> {VertexQ[Graph[{1 -> 2}], 2], VertexQ[Graph[{1 -> 2}], 3]}
       = {True, False}
*)
VertexQ[g_?GraphQ, v_] := MemberQ[VertexList[g], Verbatim[v]]
VertexQ[_, _] := False

(* EdgeQ[g, e] gives True if e is an edge of a graph.

   Examples:
       >> {EdgeQ[Graph[{1 -> 2}], 1 -> 2], EdgeQ[Graph[{1 <-> 2}], 2 <-> 1], EdgeQ[Graph[{1 -> 2}], 2 -> 1]}
       = {True, True, False}
*)
EdgeQ[g_?GraphQ, (Rule | DirectedEdge)[a_, b_]] := MemberQ[EdgeList[g], DirectedEdge[Verbatim[a], Verbatim[b], ___]]
EdgeQ[g_?GraphQ, (TwoWayRule | UndirectedEdge)[a_, b_]] := MemberQ[
  EdgeList[g], UndirectedEdge[Verbatim[a], Verbatim[b], ___] | UndirectedEdge[Verbatim[b], Verbatim[a], ___]
]
EdgeQ[_, _] := False

(* EmptyGraphQ[g] gives True if a graph has no edges.

   Examples:
       >> {EmptyGraphQ[Graph[{1, 2}, {}]], EmptyGraphQ[Graph[{1 -> 2}]]}
       = {True, False}
*)
EmptyGraphQ[g_] := GraphQ[g] && EdgeCount[g] === 0

(* VertexIndex[g, v] gives the number of a vertex in VertexList[g].

   Examples:
       >> VertexIndex[Graph[{b -> a}], a]
       = 2
*)
VertexIndex[g_?GraphQ, v_] := With[{n = FirstPosition[VertexList[g], Verbatim[v]]}, First[n] /; ListQ[n]]

(* VertexEccentricity[g, v] gives the distance from v to the farthest vertex.

   Examples:
       >> VertexEccentricity[PathGraph[Range[4]], 2]
       = 2
*)
VertexEccentricity[g_?GraphQ, v_] := Max[GraphDistance[g, v]]

(* GraphDiameter[g] gives the largest distance between two vertices of a graph.

   Examples:
       >> {GraphDiameter[PathGraph[Range[4]]], GraphDiameter[Graph[{1 -> 2}]]}
       = {3, Infinity}
*)
GraphDiameter[g_?GraphQ] := Max[GraphDistanceMatrix[g]]
