(* Category: Linear algebra *)

(* UpperTriangularize[m] gives a matrix with zeros below the diagonal.
   UpperTriangularize[m, k] keeps what is on and above the k-th diagonal.

   Examples:
       >> {UpperTriangularize[{{1, 2}, {3, 4}}], UpperTriangularize[{{1, 2}, {3, 4}}, 1]}
       = {{{1, 2}, {0, 4}}, {{0, 2}, {0, 0}}}
*)
UpperTriangularize[m_?MatrixQ, k_Integer : 0] := MapIndexed[If[#2[[2]] - #2[[1]] >= k, #1, 0] &, m, {2}]

(* LowerTriangularize[m] gives a matrix with zeros above the diagonal.
   LowerTriangularize[m, k] keeps what is on and below the k-th diagonal.

   Examples:
       >> {LowerTriangularize[{{1, 2}, {3, 4}}], LowerTriangularize[{{1, 2}, {3, 4}}, -1]}
       = {{{1, 0}, {3, 4}}, {{0, 0}, {3, 0}}}
*)
LowerTriangularize[m_?MatrixQ, k_Integer : 0] := MapIndexed[If[#2[[2]] - #2[[1]] <= k, #1, 0] &, m, {2}]

(* HilbertMatrix[n] gives the n × n matrix of 1/(i + j - 1).
   HilbertMatrix[{m, n}] gives an m × n one.

   Examples:
       >> HilbertMatrix[2]
       = {{1, 1/2}, {1/2, 1/3}}
*)
HilbertMatrix[n_Integer] := HilbertMatrix[{n, n}]
HilbertMatrix[{m_Integer, n_Integer}] := Array[1/(#1 + #2 - 1) &, {m, n}]

(* ToeplitzMatrix[c] gives the symmetric matrix whose diagonals are constant and whose first column is c.
   ToeplitzMatrix[c, r] has the first column c and the first row r; ToeplitzMatrix[n] takes Range[n] for c.

   Examples:
       >> {ToeplitzMatrix[{a, b}], ToeplitzMatrix[{a, b}, {a, x, y}], ToeplitzMatrix[2]}
       = {{{a, b}, {b, a}}, {{a, x, y}, {b, a, x}}, {{1, 2}, {2, 1}}}
*)
ToeplitzMatrix[n_Integer] := ToeplitzMatrix[Range[n]]
ToeplitzMatrix[c_List] := ToeplitzMatrix[c, c]
ToeplitzMatrix[c_List, r_List] := Array[If[#1 >= #2, c[[#1 - #2 + 1]], r[[#2 - #1 + 1]]] &, {Length[c], Length[r]}]

(* HankelMatrix[c] gives the matrix whose antidiagonals are constant, with c as first column and zeros in the lower right.
   HankelMatrix[c, r] has the last row r.

   Examples:
       >> {HankelMatrix[{a, b}], HankelMatrix[{a, b}, {b, c, d}]}
       = {{{a, b}, {b, 0}}, {{a, b, c}, {b, c, d}}}
*)
HankelMatrix[n_Integer] := HankelMatrix[Range[n]]
HankelMatrix[c_List] := HankelMatrix[c, ConstantArray[0, Length[c]]]
HankelMatrix[c_List, r_List] := With[{all = Join[c, Rest[r]]}, Array[all[[#1 + #2 - 1]] &, {Length[c], Length[r]}]]

(* VandermondeMatrix[{x1, x2, …}] gives the matrix of the powers 0, 1, … of each x.
   VandermondeMatrix[{x1, x2, …}, k] gives the powers up to k - 1.

   Examples:
       >> VandermondeMatrix[{2, 3}, 3]
       = {{1, 2, 4}, {1, 3, 9}}
*)
VandermondeMatrix[x_List] := VandermondeMatrix[x, Length[x]]
VandermondeMatrix[x_List, k_Integer] := Map[Prepend[Table[#^i, {i, k - 1}], 1] &, x]

(* FourierMatrix[n] gives the matrix of the discrete Fourier transform of n numbers.

   Examples:
       >> N[FourierMatrix[2]]
       = {{0.707107, 0.707107}, {0.707107, -0.707107}}
*)
FourierMatrix[n_Integer?Positive] := Array[turn[2 Pi (#1 - 1) (#2 - 1)/n]/Sqrt[n] &, {n, n}]
turn[angle_] := Cos[angle] + I Sin[angle]

(* RotationMatrix[angle] gives the matrix that turns vectors of the plane counterclockwise.
   RotationMatrix[angle, {x, y, z}] turns vectors of space about an axis.

   Examples:
       >> {RotationMatrix[Pi/2], RotationMatrix[Pi, {0, 0, 1}]}
       = {{{0, -1}, {1, 0}}, {{-1, 0, 0}, {0, -1, 0}, {0, 0, 1}}}
   Source: O. Rodrigues, 1840.
*)
RotationMatrix[angle_] := {{Cos[angle], -Sin[angle]}, {Sin[angle], Cos[angle]}}
RotationMatrix[angle_, axis : {_, _, _}] := With[{u = Normalize[axis]}, With[
  {k = {{0, -u[[3]], u[[2]]}, {u[[3]], 0, -u[[1]]}, {-u[[2]], u[[1]], 0}}},
  IdentityMatrix[3] + Sin[angle] k + (1 - Cos[angle]) k . k
]]

(* VectorAngle[u, v] gives the angle between two vectors.

   Examples:
       >> {VectorAngle[{1, 0}, {0, 2}], VectorAngle[{1., 0.}, {1., 1.}]}
       = {Pi/2, 0.785398}
*)
VectorAngle[u_?VectorQ, v_?VectorQ] := ArcCos[u . v/(Norm[u] Norm[v])]

(* Projection[u, v] gives the projection of the vector u onto v.

   Examples:
       >> Projection[{5, 6}, {1, 1}]
       = {11/2, 11/2}
*)
Projection[u_?VectorQ, v_?VectorQ] := (u . Conjugate[v])/(v . Conjugate[v]) v

(* Orthogonalize[{v1, v2, …}] gives an orthonormal basis, by the method of Gram and Schmidt.

   Details: A vector that depends on those before it gives a zero vector.

   Examples:
       >> Orthogonalize[{{3., 4.}, {1., 0.}}]
       = {{0.6, 0.8}, {0.8, -0.6}}
       >> Orthogonalize[{{2, 0}, {1, 1}}]
       = {{1, 0}, {0, 1}}
*)
Orthogonalize[vectors_?MatrixQ] := Fold[
  {basis, v} |-> Append[basis, Normalize[v - Total[Map[Projection[v, #] &, DeleteCases[basis, zero_ /; Norm[zero] == 0]]]]],
  {}, vectors
]

(* BrayCurtisDistance[u, v] gives the sum of |u - v| over the sum of |u + v|.

   Examples:
       >> BrayCurtisDistance[{1, 2}, {3, 4}]
       = 2/5
*)
BrayCurtisDistance[u_?VectorQ, v_?VectorQ] := Total[Abs[u - v]]/Total[Abs[u + v]]

(* CanberraDistance[u, v] gives the sum of |u - v|/(|u| + |v|) over the elements, where 0/0 counts as 0.

   Examples:
       >> CanberraDistance[{1, 2, 0}, {3, 4, 0}]
       = 5/6
*)
CanberraDistance[u_?VectorQ, v_?VectorQ] := Total[MapThread[If[#1 == #2 == 0, 0, Abs[#1 - #2]/(Abs[#1] + Abs[#2])] &, {u, v}]]

(* DistanceMatrix[list] gives the distances between all elements of a list.
   DistanceMatrix[list1, list2] gives those between the elements of two lists.

   Examples:
       >> DistanceMatrix[{{0, 0}, {3, 4}}]
       = {{0, 5}, {5, 0}}
   Options: "DistanceFunction":
       >> DistanceMatrix[{{1, 2}}, {{3, 4}}, DistanceFunction -> ManhattanDistance]
       = {{4}}
*)
Options[DistanceMatrix] = {"DistanceFunction" -> Automatic}
DistanceMatrix[list_List, options___Rule] := DistanceMatrix[list, list, options]
DistanceMatrix[list1_List, list2_List, OptionsPattern[]] :=
  Outer[Replace[OptionValue["DistanceFunction"], Automatic -> EuclideanDistance], list1, list2, 1]

(* SymmetricMatrixQ[m] gives True if a matrix is equal to its transpose.

   Examples:
       >> {SymmetricMatrixQ[{{1, 2}, {2, 3}}], SymmetricMatrixQ[{{1, 2}, {3, 4}}]}
       = {True, False}
*)
SymmetricMatrixQ[m_] := SquareMatrixQ[m] && TrueQ[m == Transpose[m]]

(* SquareMatrixQ[m] gives True if m is a matrix with as many rows as columns.

   Examples:
       >> {SquareMatrixQ[{{1, 2}, {3, 4}}], SquareMatrixQ[{{1, 2}}], SquareMatrixQ[x]}
       = {True, False, False}
*)
SquareMatrixQ[m_] := MatrixQ[m] && Equal @@ Dimensions[m]

(* DiagonalMatrixQ[m] gives True if all elements off the diagonal are zero.

   Examples:
       >> {DiagonalMatrixQ[{{1, 0}, {0, 2}}], DiagonalMatrixQ[{{1, 2}, {0, 2}}]}
       = {True, False}
*)
DiagonalMatrixQ[m_] := UpperTriangularMatrixQ[m] && UpperTriangularMatrixQ[Transpose[m]]

(* UpperTriangularMatrixQ[m] gives True if all elements below the diagonal are zero.

   Examples:
       >> {UpperTriangularMatrixQ[{{1, 2}, {0, 3}}], UpperTriangularMatrixQ[{{1, 2}, {3, 4}}]}
       = {True, False}
*)
UpperTriangularMatrixQ[m_] := MatrixQ[m] && AllTrue[Flatten[LowerTriangularize[m, -1]], # == 0 &]

(* OrthogonalMatrixQ[m] gives True if the rows of m are orthonormal.

   Examples:
       >> {OrthogonalMatrixQ[{{0, 1}, {-1, 0}}], OrthogonalMatrixQ[{{1, 1}, {0, 1}}]}
       = {True, False}
*)
OrthogonalMatrixQ[m_] := MatrixQ[m] && Chop[m . Transpose[m] - IdentityMatrix[Length[m]], 10^-10] == ConstantArray[0, {Length[m], Length[m]}]

(* Minors[m] gives the determinants of a square matrix without one row and one column, beginning with the last ones.
   Minors[m, k] gives those of all k × k matrices inside m.

   Examples:
       >> Minors[{{a, b}, {c, d}}]
       = {{a, b}, {c, d}}
       >> Minors[{{1, 2, 3}, {4, 5, 6}, {7, 8, 10}}]
       = {{-3, -6, -3}, {-6, -11, -4}, {-3, -2, 2}}
       >> Minors[{{1, 2, 3}, {4, 5, 6}}, 2]
       = {{-3, -6, -3}}
*)
Minors[m_?MatrixQ] := Minors[m, Min[Dimensions[m]] - 1]
Minors[m_?MatrixQ, k_Integer] := Outer[
  Det[m[[#1, #2]]] &, Subsets[Range[Length[m]], {k}], Subsets[Range[Length[First[m]]], {k}], 1
]

(* Adjugate[m] gives the transposed matrix of the cofactors of a square matrix.

   Examples:
       >> {Adjugate[{{1, 2}, {3, 4}}], {{1, 2}, {3, 4}} . Adjugate[{{1, 2}, {3, 4}}]}
       = {{{4, -2}, {-3, 1}}, {{-2, 0}, {0, -2}}}
*)
Adjugate[m_?SquareMatrixQ] := With[{n = Length[m]},
  Array[{i, j} |-> (-1)^(i + j) Det[Map[Delete[#, i] &, Delete[m, j]]], {n, n}] /; n > 1
]
