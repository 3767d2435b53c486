"""How much each vertex of a graph counts."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.graphs.matrices import adjacency
from wlnet.builtins.graphs.networks import asks, networkx, simple
from wlnet.builtins.graphs.value import CATEGORY, Graph, graph_of
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Term, list_of

#: Steps after which a vector has settled.
ITERATIONS = 2000
#: What examples measure.
TREE = "Graph[{1 <-> 2, 2 <-> 3, 2 <-> 4}]"


def scores(values: dict[int, float]) -> Term:
    return list_of(*(float(values[n]) for n in sorted(values)))


def closeness(graph: Graph) -> Term:
    """Gives 1 over the mean distance to the vertices that can be reached."""
    found = networkx().closeness_centrality(
        simple(graph).reverse() if graph.is_directed else simple(graph), wf_improved=False
    )
    return scores(found)


def important(graph: Graph) -> Term:
    """Gives the vector that the matrix of the edges only makes longer, by iteration; 1 on its diagonal settles it."""
    matrix = np.minimum(adjacency(graph, None), 1).T + np.eye(len(graph.vertices))
    found = np.ones(len(graph.vertices))
    for _ in range(ITERATIONS):
        found = matrix @ found
        found /= max(found.sum(), 1e-300)
    return list_of(*found.tolist())


asks("BetweennessCentrality", f"""BetweennessCentrality[g] gives for each vertex how many shortest paths between others lead through it.

    Examples:
        >> BetweennessCentrality[{TREE}]
        = {{0., 3., 0., 0.}}
    """, lambda graph: scores(networkx().betweenness_centrality(simple(graph), normalized=False)))  # fmt: skip
asks("ClosenessCentrality", f"""ClosenessCentrality[g] gives for each vertex 1 over its mean distance to those that it reaches.

    Examples:
        >> ClosenessCentrality[{TREE}]
        = {{0.6, 1., 0.6, 0.6}}
    """, closeness)  # fmt: skip
asks("EigenvectorCentrality", """EigenvectorCentrality[g] gives the weight of each vertex when it is proportional to those of its neighbors.

    Details: The weights add up to 1.

    Examples:
        >> EigenvectorCentrality[CompleteGraph[4]]
        = {0.25, 0.25, 0.25, 0.25}
    """, important)  # fmt: skip


@builtin("PageRankCentrality", category=CATEGORY)
def page_rank_centrality(kernel: Kernel, graph: Term, share: Term = 0.85) -> Term | None:
    """PageRankCentrality[g] gives how often a walk along random edges visits each vertex; the numbers add up to 1.
    PageRankCentrality[g, a] begins the walk anew with probability 1 - a at each step; a is 0.85 where it is left out.

    Examples:
        >> Round[PageRankCentrality[Graph[{1 -> 2, 3 -> 2, 2 -> 1}]], 0.001]
        = {0.464, 0.486, 0.05}
    Possible issues:
        >> PageRankCentrality[Graph[{1 -> 2}], 2];
        message: PageRankCentrality::share
    """
    found, wanted = graph_of(graph), machine_real(kernel, share)
    if found is None:
        return None
    if wanted is None or not 0 <= wanted < 1:
        raise Message("share", share, text="A number from 0 to 1, less than 1, is expected instead of `1`.")
    return scores(networkx().pagerank(simple(found), alpha=wanted, tol=1e-12, max_iter=1000))
