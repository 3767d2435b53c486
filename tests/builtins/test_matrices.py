"""Linear algebra against its definitions, over random matrices of machine numbers, fractions and numbers of many digits."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import scipy.linalg

from wlnet.session import Session

session = Session()
random = Random(5)
KINDS = ["{}", "N[{}]", "N[{}, 30]"]


def matrix(rows: int, columns: int) -> str:
    """Gives the text of a matrix of small integers."""
    rows_of = [", ".join(str(random.randint(-4, 4)) for _ in range(columns)) for _ in range(rows)]
    return "{{" + "}, {".join(rows_of) + "}}"


SQUARES = ["{{2}}", "{{0, 1}, {0, 0}}", "{{1, 2}, {2, 4}}", matrix(2, 2), matrix(3, 3)]
ALL = [*SQUARES, "{{0, 0}, {0, 0}}", "{{1, 2, 3}, {2, 4, 6}}", "{{1}, {0}, {2}}", matrix(4, 2), matrix(2, 3)]


def holds(text: str, kind: str, law: str) -> None:
    """Asserts that a law, in which m is the matrix, is true; differences up to rounding are zero."""
    session.evaluate("zero[x_] := Max[Abs[N[Flatten[{x}]]]] < 10^-6")
    assert session.evaluate(f"With[{{m = {kind.format(text)}}}, TrueQ[{law}]]") is True, text


LAWS_OF_SQUARES = [
    "With[{d = Det[m]}, If[Abs[d] < 10^-6, True, zero[m . Inverse[m] - IdentityMatrix[Length[m]]]]]",
    "With[{e = Eigensystem[m]}, zero[m . Transpose[e[[2]]] - Transpose[e[[2]]] . DiagonalMatrix[e[[1]]]]]",
    "zero[Times @@ Eigenvalues[m] - Det[m]] && zero[Total[Eigenvalues[m]] - Tr[m]]",
    "zero[(CharacteristicPolynomial[m, x] /. x -> 2) - Det[m - 2 IdentityMatrix[Length[m]]]]",
    "With[{f = MatrixExp[m/8]}, zero[f . MatrixExp[-m/8] - IdentityMatrix[Length[m]]]]",
    "With[{f = MatrixExp[m/8]}, zero[MatrixLog[f] - m/8]]",
    "With[{p = m . Transpose[m] + IdentityMatrix[Length[m]]}, With[{r = MatrixPower[p, 1/2]}, zero[r . r - p]]]",
    "With[{p = m . Transpose[m] + IdentityMatrix[Length[m]]}, With[{u = CholeskyDecomposition[p]}, zero[Transpose[u] . u - p]]]",
    "With[{p = m . Transpose[m]/16}, With[{s = MatrixFunction[Sin, p], c = MatrixFunction[Cos, p]}, zero[s . s + c . c - MatrixPower[m, 0]]]]",
    "With[{s = SchurDecomposition[m]}, zero[s[[1]] . s[[2]] . ConjugateTranspose[s[[1]]] - m]]",
    "With[{s = HessenbergDecomposition[m]}, zero[s[[1]] . s[[2]] . ConjugateTranspose[s[[1]]] - m]]",
    """If[Abs[Det[m]] < 10^-6, True, With[{s = LUDecomposition[m]}, zero[
        (LowerTriangularize[s[[1]], -1] + IdentityMatrix[Length[m]]) . UpperTriangularize[s[[1]]] - m[[s[[2]]]]]]]""",
]  # fmt: skip
LAWS = [
    "With[{s = SingularValueDecomposition[m]}, zero[s[[1]] . s[[2]] . ConjugateTranspose[s[[3]]] - m]]",
    "With[{p = PseudoInverse[m]}, zero[m . p . m - m] && zero[p . m . p - p] && zero[m . p - Transpose[m . p]] && zero[p . m - Transpose[p . m]]]",
    "With[{n = NullSpace[m]}, n === {} || zero[m . Transpose[n]]] && MatrixRank[m] + Length[NullSpace[m]] == Length[First[m]]",
    "With[{b = m . Range[Length[First[m]]]}, zero[m . LinearSolve[m, b] - b] && zero[m . LeastSquares[m, b] - b]]",
    "If[zero[m], True, With[{q = QRDecomposition[m]}, zero[ConjugateTranspose[q[[1]]] . q[[2]] - m]]]",
    "zero[RowReduce[m] . Transpose[If[NullSpace[m] === {}, {ConstantArray[0, Length[First[m]]]}, NullSpace[m]]]]",
    "zero[Norm[m]^2 - If[zero[m], 0, Max[Eigenvalues[m . Transpose[m]]]]]",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("law", LAWS_OF_SQUARES)
def test_square_matrices(law: str, kind: str) -> None:
    for text in SQUARES:
        holds(text, kind, law)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("law", LAWS)
def test_matrices(law: str, kind: str) -> None:
    for text in ALL:
        holds(text, kind, law)


@pytest.mark.parametrize("text", SQUARES)
def test_determinants_agree_with_numpy(text: str) -> None:
    wanted = np.linalg.det(np.array(session.evaluate(text), dtype=float))
    assert session.evaluate(f"Det[{text}]") == round(wanted)
    assert session.evaluate(f"Det[N[{text}]]") == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS[:2])
def test_generalized_eigenvalues_agree_with_scipy(kind: str) -> None:
    a, b = matrix(3, 3), "{{2, 1, 0}, {1, 3, 0}, {0, 1, 1}}"
    wanted = scipy.linalg.eigvals(*(np.array(session.evaluate(text), dtype=float) for text in (a, b)))
    found = session.evaluate(f"Abs[N[Eigenvalues[{{{kind.format(a)}, {b}}}]]]")
    assert np.sort(found) == pytest.approx(np.sort(np.abs(wanted)))


def test_functions_of_defective_matrices_agree_with_scipy() -> None:
    matrix = np.array([[2.0, 1.0, 0.0], [0.0, 2.0, 1.0], [0.0, 0.0, 2.0]])
    text = "{{2, 1, 0}, {0, 2, 1}, {0, 0, 2}}"
    assert np.array(session.evaluate(f"N[MatrixExp[{text}]]")) == pytest.approx(scipy.linalg.expm(matrix))
    assert np.array(session.evaluate(f"N[MatrixLog[{text}]]")) == pytest.approx(scipy.linalg.logm(matrix))
    assert np.array(session.evaluate(f"N[MatrixPower[{text}, 1/2]]")) == pytest.approx(scipy.linalg.sqrtm(matrix))
