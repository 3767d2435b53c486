(* Category: Linear algebra *)

(* SquareMatrixQ[m] gives True if m is a matrix with as many rows as columns.

   Examples:
       >> {SquareMatrixQ[{{1, 2}, {3, 4}}], SquareMatrixQ[{{1, 2}}], SquareMatrixQ[x]}
       = {True, False, False}
*)
SquareMatrixQ[m_] := MatrixQ[m] && Equal @@ Dimensions[m]

(* SymmetricMatrixQ[m] gives True if a matrix is equal to its transpose.

   Examples:
       >> {SymmetricMatrixQ[{{1, 2}, {2, 3}}], SymmetricMatrixQ[{{1, 2}, {3, 4}}]}
       = {True, False}
*)
SymmetricMatrixQ[m_] := SquareMatrixQ[m] && TrueQ[m == Transpose[m]]

(* AntisymmetricMatrixQ[m] gives True if a matrix is the negative of its transpose.

   Examples:
       >> {AntisymmetricMatrixQ[{{0, a}, {-a, 0}}], AntisymmetricMatrixQ[{{1, 2}, {-2, 0}}]}
       = {True, False}
*)
AntisymmetricMatrixQ[m_] := SquareMatrixQ[m] && TrueQ[m == -Transpose[m]]

(* HermitianMatrixQ[m] gives True if a matrix is equal to its conjugate transpose.

   Examples:
       >> {HermitianMatrixQ[{{1, 2 + I}, {2 - I, 3}}], HermitianMatrixQ[{{1, I}, {I, 1}}]}
       = {True, False}
*)
HermitianMatrixQ[m_] := SquareMatrixQ[m] && TrueQ[m == ConjugateTranspose[m]]

(* AntihermitianMatrixQ[m] gives True if a matrix is the negative of its conjugate transpose.

   Examples:
       >> {AntihermitianMatrixQ[{{I, 2}, {-2, 0}}], AntihermitianMatrixQ[{{1, 2}, {-2, 0}}]}
       = {True, False}
*)
AntihermitianMatrixQ[m_] := SquareMatrixQ[m] && TrueQ[m == -ConjugateTranspose[m]]

(* NormalMatrixQ[m] gives True if a matrix commutes with its conjugate transpose.

   Examples:
       >> {NormalMatrixQ[{{1, -2}, {2, 1}}], NormalMatrixQ[{{1, 1}, {0, 1}}]}
       = {True, False}
*)
NormalMatrixQ[m_] := SquareMatrixQ[m] && TrueQ[m . ConjugateTranspose[m] == ConjugateTranspose[m] . m]

(* OrthogonalMatrixQ[m] gives True if the rows of m are orthonormal, or its columns where they are fewer.

   Examples:
       >> {OrthogonalMatrixQ[{{0, 1}, {-1, 0}}], OrthogonalMatrixQ[{{1, 1}, {0, 1}}], OrthogonalMatrixQ[{{1}, {0}}]}
       = {True, False, True}
*)
OrthogonalMatrixQ[m_] := MatrixQ[m] && With[{n = Transpose[m]}, With[{product = If[Length[m] <= Length[n], m . n, n . m]},
  TrueQ[Chop[product - IdentityMatrix[Length[product]], 10^-10] == 0 product]
]]

(* UnitaryMatrixQ[m] gives True if the rows of a complex matrix are orthonormal, or its columns where they are fewer.

   Examples:
       >> {UnitaryMatrixQ[{{0, I}, {1, 0}}], UnitaryMatrixQ[{{1, I}, {0, 1}}]}
       = {True, False}
*)
UnitaryMatrixQ[m_] := MatrixQ[m] && With[{n = ConjugateTranspose[m]}, With[{product = If[Length[m] <= Length[n], m . n, n . m]},
  TrueQ[Chop[product - IdentityMatrix[Length[product]], 10^-10] == 0 product]
]]

(* PositiveDefiniteMatrixQ[m] gives True if Re[Conjugate[x] . m . x] is positive for all vectors x that are not zero.

   Examples:
       >> {PositiveDefiniteMatrixQ[{{2, 1}, {1, 2}}], PositiveDefiniteMatrixQ[{{1., 2.}, {2., 1.}}], PositiveDefiniteMatrixQ[{{1, 3}, {-3, 1}}]}
       = {True, False, True}
*)
PositiveDefiniteMatrixQ[m_] := SquareMatrixQ[m] && MatrixQ[m, NumericQ] &&
  AllTrue[Chop[Eigenvalues[m + ConjugateTranspose[m]]], TrueQ[# > 0] &]

(* PositiveSemidefiniteMatrixQ[m] gives True if Re[Conjugate[x] . m . x] is never negative.

   Examples:
       >> {PositiveSemidefiniteMatrixQ[{{1, 1}, {1, 1}}], PositiveSemidefiniteMatrixQ[{{1, 2}, {2, 1}}]}
       = {True, False}
*)
PositiveSemidefiniteMatrixQ[m_] := SquareMatrixQ[m] && MatrixQ[m, NumericQ] &&
  AllTrue[Chop[Eigenvalues[m + ConjugateTranspose[m]]], TrueQ[# >= 0] &]

(* NegativeDefiniteMatrixQ[m] gives True if Re[Conjugate[x] . m . x] is negative for all vectors x that are not zero.

   Examples:
       >> {NegativeDefiniteMatrixQ[{{-2, 1}, {1, -2}}], NegativeDefiniteMatrixQ[{{1, 0}, {0, -1}}]}
       = {True, False}
*)
NegativeDefiniteMatrixQ[m_] := SquareMatrixQ[m] && MatrixQ[m, NumericQ] && PositiveDefiniteMatrixQ[-m]

(* NegativeSemidefiniteMatrixQ[m] gives True if Re[Conjugate[x] . m . x] is never positive.

   Examples:
       >> {NegativeSemidefiniteMatrixQ[{{-1, 1}, {1, -1}}], NegativeSemidefiniteMatrixQ[{{1, 0}, {0, -1}}]}
       = {True, False}
*)
NegativeSemidefiniteMatrixQ[m_] := SquareMatrixQ[m] && MatrixQ[m, NumericQ] && PositiveSemidefiniteMatrixQ[-m]

(* IndefiniteMatrixQ[m] gives True if Re[Conjugate[x] . m . x] is positive for some vectors x and negative for others.

   Examples:
       >> {IndefiniteMatrixQ[{{1, 2}, {2, 1}}], IndefiniteMatrixQ[{{2, 1}, {1, 2}}]}
       = {True, False}
*)
IndefiniteMatrixQ[m_] := SquareMatrixQ[m] && MatrixQ[m, NumericQ] &&
  ! PositiveSemidefiniteMatrixQ[m] && ! NegativeSemidefiniteMatrixQ[m]

(* DiagonalMatrixQ[m] gives True if all elements off the diagonal are zero.
   DiagonalMatrixQ[m, k] asks for the k-th diagonal.

   Examples:
       >> {DiagonalMatrixQ[{{1, 0}, {0, 2}}], DiagonalMatrixQ[{{1, 2}, {0, 2}}], DiagonalMatrixQ[{{0, 2}, {0, 0}}, 1]}
       = {True, False, True}
*)
DiagonalMatrixQ[m_, k_Integer : 0] := UpperTriangularMatrixQ[m, k] && LowerTriangularMatrixQ[m, k]

(* UpperTriangularMatrixQ[m] gives True if all elements below the diagonal are zero.
   UpperTriangularMatrixQ[m, k] asks for the k-th diagonal.

   Examples:
       >> {UpperTriangularMatrixQ[{{1, 2}, {0, 3}}], UpperTriangularMatrixQ[{{1, 2}, {3, 4}}], UpperTriangularMatrixQ[{{1, 2}, {3, 4}}, -1]}
       = {True, False, True}
*)
UpperTriangularMatrixQ[m_, k_Integer : 0] := MatrixQ[m] && AllTrue[Flatten[LowerTriangularize[m, k - 1]], # == 0 &]

(* LowerTriangularMatrixQ[m] gives True if all elements above the diagonal are zero.
   LowerTriangularMatrixQ[m, k] asks for the k-th diagonal.

   Examples:
       >> {LowerTriangularMatrixQ[{{1, 0}, {2, 3}}], LowerTriangularMatrixQ[{{1, 2}, {3, 4}}]}
       = {True, False}
*)
LowerTriangularMatrixQ[m_, k_Integer : 0] := MatrixQ[m] && AllTrue[Flatten[UpperTriangularize[m, k + 1]], # == 0 &]

(* DiagonalizableMatrixQ[m] gives True if a matrix has as many independent eigenvectors as rows.

   Examples:
       >> {DiagonalizableMatrixQ[{{1, 2}, {3, 4}}], DiagonalizableMatrixQ[{{1, 1}, {0, 1}}]}
       = {True, False}
*)
DiagonalizableMatrixQ[m_] := SquareMatrixQ[m] && With[{vectors = Eigenvectors[m]}, MatrixQ[vectors] && MatrixRank[vectors] == Length[m]]
