"""Sparse arrays: whatever is done with one gives what is done with the list that it stands for."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse

from wlnet.session import Session

ARRAYS = """
m = {{0, 2, 0}, {1, 0, 0}, {0, 0, -3}, {4, 0, 5}}; s = SparseArray[m];
r = {{0., 2.5}, {1., 0.}}; t = SparseArray[r];
v = {0, 7, 0, 1}; u = SparseArray[v];
e = {{x, 0}, {0, y^2}}; d = SparseArray[e];
k = Table[If[Mod[i + j l, 3] == 0, i, 1], {i, 2}, {j, 3}, {l, 4}]; c = SparseArray[k, Automatic, 1];
"""
LISTS = {"s": "m", "t": "r", "u": "v", "d": "e", "c": "k"}

SAME = [
    "s[[2]]", "s[[-1, 3]]", "s[[All, 1]]", "s[[{3, 1, 3}]]", "s[[2 ;; 4, {3, 1}]]", "s[[-1 ;; 1 ;; -2]]", "c[[2, All, {4, 1}]]",
    "c[[All, 2]]", "c[[1, 2, 3]]", "u[[2 ;; 3]]", "First[s]", "Last[u]", "Most[s]", "Rest[u]", "Take[s, -2, 2]", "Take[s, {2, 3}]",
    "Drop[s, 1]", "Drop[s, None, -1]", "Reverse[s]", "Transpose[s]", "Transpose[c, {2, 3, 1}]", "Flatten[c]", "Flatten[c, 1]",
    "ArrayReshape[c, {4, 6}]", "Join[s, s]", "Join[t, r, 2]", "Diagonal[s, 1]", "DiagonalMatrix[u, -1]", "Tr[s]",
    "UpperTriangularize[s]", "LowerTriangularize[s, -1]", "Total[s]", "Total[s, 2]", "Total[s, {2}]", "Total[c, {2, 3}]",
    "Total[t, Infinity]", "s . Transpose[s]", "v . s", "s . {1, 2, 3}", "s . {1., 2, 3}", "s . r[[{1, 2, 1}]]", "t . t . {1, 2}",
    "u . u", "u . v", "d . d", "d . {a, b}", "{a, b} . d", "s + 1", "2 s - x", "s s", "s / 2", "t^2", "u^3 + u", "s * {1, 2, 3, 4}",
    "t + r", "Abs[s]", "Sin[t]", "d + d", "Unitize[s]", "Clip[s, {0, 2}]", "N[s]", "Round[t]", "Max[s]", "Min[s]", "Norm[u]",
    "Norm[t]", "Map[f, u]", "Map[f, s, {2}]", "Map[Total, s]", "MapIndexed[f, u]", "Select[u, # > 0 &]", "Sort[u]", "Tally[u]",
    "Accumulate[u]", "Mean[s]", "Eigenvalues[t]", "Inverse[t]", "Det[d]", "LinearSolve[t, {1, 2}]", "Outer[Times, u, u]",
    "Outer[Plus, u, u]", "KroneckerProduct[t, t]", "ArrayFlatten[{{t, 0}, {0, t}}]", "MatrixPower[t, 3]", "Dimensions[c]", "Length[s]",
    "ArrayDepth[c]", "MatrixQ[s]", "MatrixQ[d, NumberQ]", "VectorQ[u]", "ArrayQ[c, 3, IntegerQ]", "SquareMatrixQ[t]", "Apply[f, u]",
    "Fold[f, 0, u]", "MapThread[f, {u, u}]", "Table[f[w], {w, u}]", "Position[u, 7]", "Count[u, 0]", "MemberQ[u, 7]", "u == v",
    "s == 2 m", "D[d, x]", "Values[AssociationThread[{1, 2, 3, 4}, u]]", "Pick[Range[4], u, 0]", "LinearLayer[1, \"Weights\" -> {{1, 1, 1}}][s]",
]  # fmt: skip


@pytest.fixture(scope="module")
def session() -> Session:
    made = Session()
    made.evaluate(ARRAYS)
    return made


@pytest.mark.parametrize("call", SAME)
def test_a_sparse_array_acts_as_its_list(session: Session, call: str) -> None:
    made = "SeedRandom[1]; " + call
    for name, plain in LISTS.items():
        made = re.sub(rf"\b{name}\b", plain, made)
    assert session.evaluate(f"TrueQ[Normal[SeedRandom[1]; {call}] == ({made})]") is True, session.evaluate(
        f"ToString[{{Normal[{call}], {made}}}, InputForm]"
    )


@pytest.mark.parametrize(
    "change",
    [
        "w[[2, 1]] = 9",
        "w[[3]] = {1, 0, 2}",
        "w[[All, 1]] = 0",
        "w[[1, {1, 3}]] = {8, 9}",
        "w[[2, 1]] += z",
        "w[[4, 3]] = 0",
    ],
)
def test_parts_are_set(session: Session, change: str) -> None:
    changed = f"w = s; {change}; a = w; w = m; {change}; {{Head[a], Normal[a] === w, Normal[s] === m}}"
    assert session.evaluate(f"({changed}) === {{SparseArray, True, True}}") is True


def test_products_of_large_matrices_are_those_of_scipy(session: Session) -> None:
    random = np.random.default_rng(1)
    a = scipy.sparse.random_array((200, 300), density=0.02, rng=random, format="coo")
    a.data = random.integers(1, 99, len(a.data)) / 8
    rules = ", ".join(f"{{{i + 1}, {j + 1}}} -> {x!r}" for i, j, x in zip(*a.coords, a.data.tolist(), strict=True))
    session.evaluate(f"a = SparseArray[{{{rules}}}, {{200, 300}}]")
    found = np.array(session.evaluate("Normal[a . Transpose[a]]"))
    np.testing.assert_allclose(found, (a @ a.T).toarray(), rtol=1e-12)
    assert session.evaluate('Head[a . Transpose[a]] === SparseArray && Length[a["NonzeroValues"]] == 1200') is True


def test_sums_of_large_integers_are_exact(session: Session) -> None:
    assert (
        session.evaluate("z = SparseArray[{{2^40, 0}, {2^40, 2^41}}]; Normal[z . z] === Normal[z] . Normal[z]") is True
    )
    assert session.evaluate("Total[SparseArray[{2^62, 2^62, 0}]] === 2^63") is True


@pytest.mark.parametrize("array", list(LISTS))
def test_forms_are_read_back(session: Session, array: str) -> None:
    assert session.evaluate(f"ToExpression[ToString[{array}, InputForm]] === {array}") is True
    assert session.evaluate(f"BinaryDeserialize[BinarySerialize[{array}]] === {array}") is True
    assert session.evaluate(f"SparseArray[ArrayRules[{array}], Dimensions[{array}]] == {array}") is True


def test_a_matrix_is_too_large_for_a_list_but_not_to_compute_with(session: Session) -> None:
    session.evaluate("b = SparseArray[{{1, 1} -> 2., {10^6, 3} -> 1.}, {10^6, 10^6}]")
    wanted = "{4., 3., {{1, 1}, {3, 10^6}}, True}"
    asked = '{Total[b . b, 2], (3 b)[[10^6, 3]], Transpose[b]["NonzeroPositions"], b == b}'
    assert session.evaluate(f"{asked} === {wanted}") is True


def test_matrix_market_files_are_read_back(session: Session, tmp_path: Path) -> None:
    for matrix in ("s", "t", "r"):
        assert session.evaluate(f'Import[Export["{tmp_path}/m.mtx", {matrix}]] === {matrix}') is True


def test_functions_used_often_take_sparse_arrays(session: Session) -> None:
    session.evaluate("first[q_, i_] := q[[1, i]] + 1; Do[first[m, 2], {50}]")
    assert session.evaluate("{first[s, 2], Table[first[s, Mod[i, 3] + 1], {i, 3}]} === {3, {3, 1, 1}}") is True
