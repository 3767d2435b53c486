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
   RotationMatrix[{u, v}] turns the direction of u into that of v; RotationMatrix[angle, {u, v}] turns in their plane.

   Examples:
       >> {RotationMatrix[Pi/2], RotationMatrix[Pi, {0, 0, 1}]}
       = {{{0, -1}, {1, 0}}, {{-1, 0, 0}, {0, -1, 0}, {0, 0, 1}}}
       >> {RotationMatrix[{{1, 0}, {0, 1}}], RotationMatrix[Pi/2, {{1, 0, 0}, {0, 0, 1}}]}
       = {{{0, -1}, {1, 0}}, {{0, 0, -1}, {0, 1, 0}, {1, 0, 0}}}
   Source: O. Rodrigues, 1840.
*)
RotationMatrix[{u_List, v_List}] := RotationMatrix[VectorAngle[u, v], {u, v}]
RotationMatrix[angle_, {u_List, v_List}] := With[{a = Normalize[u]}, With[{b = Normalize[v - (v . a) a]},
  IdentityMatrix[Length[u]] + (Cos[angle] - 1) (Outer[Times, a, a] + Outer[Times, b, b]) +
    Sin[angle] (Outer[Times, b, a] - Outer[Times, a, b])
]]
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

   Projection[u, v, f] takes f for the inner product.

   Examples:
       >> {Projection[{5, 6}, {1, 1}], Projection[{1, I}, {I, 0}, Dot]}
       = {{11/2, 11/2}, {1, 0}}
*)
Projection[u_?VectorQ, v_?VectorQ] := (u . Conjugate[v])/(v . Conjugate[v]) v
Projection[u_, v_, f_] := f[u, v]/f[v, v] v

(* Orthogonalize[{v1, v2, …}] gives an orthonormal basis, by the method of Gram and Schmidt.

   Details: A vector that depends on those before it gives a zero vector.

   Examples:
       >> Orthogonalize[{{3., 4.}, {1., 0.}}]
       = {{0.6, 0.8}, {0.8, -0.6}}
       >> Orthogonalize[{{2, 0}, {1, 1}}]
       = {{1, 0}, {0, 1}}
*)
Orthogonalize[vectors_?MatrixQ] := Map[Normalize, Fold[{basis, v} |-> Append[basis, rest[v, basis]], {}, vectors]]
rest[v_, basis_] := With[{found = Fold[#1 - Projection[#1, #2] &, v, DeleteCases[basis, {0 ..}]]},
  If[TrueQ[Norm[N[found]] <= 10^-12 Norm[N[v]]], 0 Range[Length[v]], found]
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

(* HadamardMatrix[n] gives the n × n matrix of orthonormal rows of equal magnitudes; n is a power of 2.

   Details: The rows are in the order of the number of their changes of sign.

   Examples:
       >> HadamardMatrix[4]
       = {{1/2, 1/2, 1/2, 1/2}, {1/2, 1/2, -1/2, -1/2}, {1/2, -1/2, -1/2, 1/2}, {1/2, -1/2, 1/2, -1/2}}
   Source: J. Hadamard, 1893; the order is that of J. L. Walsh, 1923.
*)
HadamardMatrix[n_Integer?Positive] := With[{k = IntegerExponent[n, 2]},
  SortBy[Nest[ArrayFlatten[{{#, #}, {#, -#}}] &, {{1}}, k], Count[Differences[#], Except[0]] &]/Sqrt[n] /; n == 2^k && k <= 12
]

(* FourierDCTMatrix[n] gives the matrix of the discrete cosine transform of n numbers, of type 2.
   FourierDCTMatrix[n, m] gives that of type 1, 2, 3 or 4.

   Examples:
       >> {FourierDCTMatrix[2], N[FourierDCTMatrix[2, 4]]}
       = {{{1/Sqrt[2], 1/Sqrt[2]}, {1/2, -1/2}}, {{0.92388, 0.382683}, {0.382683, -0.92388}}}
*)
FourierDCTMatrix[n_Integer?Positive, m : 1 | 2 | 3 | 4 : 2] := Array[cosines[m, n], {n, n}]
cosines[1, n_] := Sqrt[2/(n - 1)] If[1 < #2 < n, 1, 1/2] Cos[Pi (#1 - 1) (#2 - 1)/(n - 1)] &
cosines[2, n_] := Cos[Pi (#2 - 1/2) (#1 - 1)/n]/Sqrt[n] &
cosines[3, n_] := If[#2 == 1, 1, 2] Cos[Pi (#2 - 1) (#1 - 1/2)/n]/Sqrt[n] &
cosines[4, n_] := Sqrt[2/n] Cos[Pi (#1 - 1/2) (#2 - 1/2)/n] &

(* BlockDiagonalMatrix[{m1, m2, …}] gives the matrix with these matrices along its diagonal, and zeros elsewhere.

   Examples:
       >> BlockDiagonalMatrix[{{{1, 2}}, {{3}, {4}}}]
       = {{1, 2, 0}, {0, 0, 3}, {0, 0, 4}}
*)
BlockDiagonalMatrix[blocks : {__?MatrixQ}] := ArrayFlatten[
  Outer[If[#1 == #2, blocks[[#1]], ConstantArray[0, {Length[blocks[[#1]]], Length[First[blocks[[#2]]]]}]] &, Range[Length[blocks]], Range[Length[blocks]]]
]

(* ReflectionMatrix[v] gives the matrix that reflects vectors in the plane through the origin with the normal v.

   Examples:
       >> {ReflectionMatrix[{1, 0}], ReflectionMatrix[{1, 1}]}
       = {{{-1, 0}, {0, 1}}, {{0, -1}, {-1, 0}}}
*)
ReflectionMatrix[v_?VectorQ] := IdentityMatrix[Length[v]] - 2 Outer[Times, v, Conjugate[v]]/(v . Conjugate[v])

(* ScalingMatrix[{s1, s2, …}] gives the matrix that scales along the axes.
   ScalingMatrix[s, v] scales by s along the direction v.

   Examples:
       >> {ScalingMatrix[{2, 3}], ScalingMatrix[3, {1, 1}]}
       = {{{2, 0}, {0, 3}}, {{2, 1}, {1, 2}}}
*)
ScalingMatrix[factors_List] := DiagonalMatrix[factors]
ScalingMatrix[s_, v_?VectorQ] := IdentityMatrix[Length[v]] + (s - 1) Outer[Times, v, v]/(v . v)

(* ShearingMatrix[angle, v, n] gives the matrix that shears by an angle along v, and keeps the plane with the normal n.

   Examples:
       >> ShearingMatrix[Pi/4, {1, 0}, {0, 1}]
       = {{1, 1}, {0, 1}}
*)
ShearingMatrix[angle_, v_?VectorQ, n_?VectorQ] := IdentityMatrix[Length[v]] + Tan[angle] Outer[Times, Normalize[v], Normalize[n]]

(* PermutationMatrix[{p1, p2, …}] gives the matrix whose product with a vector v is v[[{p1, p2, …}]].
   PermutationMatrix[cycles] takes a permutation in cycles; PermutationMatrix[cycles, n] gives an n × n matrix.

   Examples:
       >> {PermutationMatrix[{2, 3, 1}] . {a, b, c}, PermutationMatrix[Cycles[{{1, 2}}], 3]}
       = {{b, c, a}, {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}}}
*)
PermutationMatrix[list_List] := IdentityMatrix[Length[list]][[list]]
PermutationMatrix[cycles_Cycles, n___Integer] := PermutationMatrix[PermutationList[cycles, n]]

(* BoxMatrix[r] gives a (2 r + 1) × (2 r + 1) matrix of ones.
   BoxMatrix[r, w] gives a w × w matrix with the ones in its middle.

   Examples:
       >> {BoxMatrix[1], BoxMatrix[0, 3]}
       = {{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, {{0, 0, 0}, {0, 1, 0}, {0, 0, 0}}}
*)
BoxMatrix[r_?NonNegative] := BoxMatrix[r, 2 Floor[r] + 1]
BoxMatrix[r_?NonNegative, w_Integer?Positive] := With[{h = (w - 1)/2}, Table[Boole[Max[Abs[i], Abs[j]] <= r], {i, -h, h}, {j, -h, h}]]

(* DiskMatrix[r] gives a matrix of ones in a disk of radius r + 1/2, and zeros around it.
   DiskMatrix[r, w] gives a w × w matrix.

   Examples:
       >> DiskMatrix[2]
       = {{0, 1, 1, 1, 0}, {1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}, {0, 1, 1, 1, 0}}
*)
DiskMatrix[r_?NonNegative] := DiskMatrix[r, 2 Floor[r] + 1]
DiskMatrix[r_?NonNegative, w_Integer?Positive] := With[{h = (w - 1)/2}, Table[Boole[i^2 + j^2 <= (r + 1/2)^2], {i, -h, h}, {j, -h, h}]]

(* DiamondMatrix[r] gives a matrix of ones where the distances along the axes to the middle have a sum up to r.
   DiamondMatrix[r, w] gives a w × w matrix.

   Examples:
       >> DiamondMatrix[1]
       = {{0, 1, 0}, {1, 1, 1}, {0, 1, 0}}
*)
DiamondMatrix[r_?NonNegative] := DiamondMatrix[r, 2 Floor[r] + 1]
DiamondMatrix[r_?NonNegative, w_Integer?Positive] := With[{h = (w - 1)/2}, Table[Boole[Abs[i] + Abs[j] <= r], {i, -h, h}, {j, -h, h}]]

(* CrossMatrix[r] gives a matrix of ones on the two axes through its middle.
   CrossMatrix[r, w] gives a w × w matrix.

   Examples:
       >> CrossMatrix[1]
       = {{0, 1, 0}, {1, 1, 1}, {0, 1, 0}}
*)
CrossMatrix[r_?NonNegative] := CrossMatrix[r, 2 Floor[r] + 1]
CrossMatrix[r_?NonNegative, w_Integer?Positive] := With[{h = (w - 1)/2}, Table[Boole[i j == 0 && Max[Abs[i], Abs[j]] <= r], {i, -h, h}, {j, -h, h}]]
