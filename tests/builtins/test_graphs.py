"""Graphs: what is found in them agrees with a direct count, and pictures show vertices where the layout says."""

from __future__ import annotations

import re
import sys

import numpy as np
import pytest

from wlnet.session import Session

pytest.importorskip("networkx")

RANDOM = "SeedRandom[3]; g = RandomGraph[{12, 20}]; d = RandomGraph[{8, 18}, DirectedEdges -> True];"


@pytest.fixture
def session() -> Session:
    made = Session()
    made.evaluate(RANDOM)
    return made


@pytest.mark.parametrize("graph", ["g", "d"])
def test_distances_are_those_of_powers_of_the_matrix(session: Session, graph: str) -> None:
    matrix = np.array(session.evaluate(f"Normal[AdjacencyMatrix[{graph}]]"))
    found = np.array(session.evaluate(f"GraphDistanceMatrix[{graph}] /. Infinity -> -1"))
    expected = np.full(matrix.shape, -1)
    reached = np.eye(len(matrix), dtype=int)
    for steps in range(len(matrix)):
        expected[(expected < 0) & (reached > 0)] = steps
        reached = np.minimum(reached + reached @ matrix, 1)
    assert (found == expected).all()


def test_page_rank_is_where_the_walk_stays(session: Session) -> None:
    matrix = np.array(session.evaluate("Normal[AdjacencyMatrix[d]]"), float)
    rank = np.array(session.evaluate("PageRankCentrality[d]"))
    out = matrix.sum(axis=1)
    step = np.where(out[:, None] > 0, matrix / np.maximum(out, 1)[:, None], 1 / len(matrix))
    assert rank == pytest.approx(0.85 * rank @ step + 0.15 / len(matrix), abs=1e-6)


def test_degrees_are_counted_alike(session: Session) -> None:
    assert session.evaluate("VertexDegree[d] === VertexInDegree[d] + VertexOutDegree[d]") is True
    assert session.evaluate("Total[VertexDegree[g]] === 2 EdgeCount[g]") is True
    assert session.evaluate("VertexDegree[g] === Total[AdjacencyMatrix[g]]") is True
    assert session.evaluate("Total[IncidenceMatrix[d]] === ConstantArray[0, EdgeCount[d]]") is True


def test_what_is_written_reads_back(session: Session) -> None:
    session.evaluate('h = Graph[{1 -> "a", Labeled["a" <-> 3, "x"]}, VertexLabels -> "Name", ImageSize -> 200]')
    assert session.evaluate("ToExpression[ToString[h, InputForm]] === h") is True


def test_edges_end_at_the_border_of_the_vertices(session: Session) -> None:
    session.evaluate("p = GraphPlot[{1 -> 2}, VertexCoordinates -> {{0, 0}, {10, 0}}, VertexSize -> 0.2]")
    svg = session.evaluate('ExportString[p, "SVG"]')
    paths = re.findall(r'd="M([^"]*)"', svg)
    points = [np.array([tuple(map(float, pair.split(","))) for pair in path.rstrip("Z").split()]) for path in paths]
    line, disks = points[0], [p for p in points if len(p) > 20]
    assert len(disks) == 2
    radius = np.ptp(disks[0][:, 0]) / 2
    assert line[0, 0] - disks[0][:, 0].mean() == pytest.approx(radius, rel=0.1)
    assert disks[1][:, 0].mean() - line[-1, 0] == pytest.approx(radius, rel=0.1)


@pytest.mark.parametrize(
    "layout", ["CircularEmbedding", "LayeredEmbedding", "SpringEmbedding", "StarEmbedding", "GridEmbedding", "SpiralEmbedding",
               "LinearEmbedding"]
)  # fmt: skip
def test_every_layout_gives_every_vertex_a_place_of_its_own(session: Session, layout: str) -> None:
    svg = session.evaluate(f'ExportString[Graph[g, GraphLayout -> "{layout}"], "SVG"]')
    middles = {
        tuple(np.mean([tuple(map(float, pair.split(","))) for pair in path.split()[:-1]], axis=0).round(0))
        for path in re.findall(r'd="M([^"Z]*)Z"', svg)
    }
    assert len(middles) == 12


def test_without_networkx_it_is_named_and_graphs_are_drawn(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    assert session.evaluate("FindShortestPath[g, 1, 2] === $Failed") is True
    assert "pip install networkx" in session.messages[0]
    assert session.evaluate('StringQ[ExportString[g, "SVG"]]') is True
    assert session.evaluate("VertexCount[g]") == 12
