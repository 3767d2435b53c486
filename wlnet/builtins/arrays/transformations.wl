(* Category: Linear algebra *)

(* TransformationFunction[m][v] applies the transformation of a matrix with one row and one column more than v has elements.
   TransformationFunction[m][{v1, v2, …}] applies it to each of some vectors.

   Examples:
       >> TransformationFunction[{{1, 0, a}, {0, 1, b}, {0, 0, 1}}][{x, y}]
       = {a + x, b + y}
       >> Composition[TranslationTransform[{1, 0}], RotationTransform[Pi/2]][{1, 0}]
       = {1, 1}
   Source: https://reference.wolfram.com/language/ref/TransformationFunction.html
*)
TransformationFunction[m_?SquareMatrixQ][v_?VectorQ] := With[{found = m . Append[v, 1]}, Most[found]/Last[found]] /;
  Length[v] + 1 == Length[m]
TransformationFunction[m_?SquareMatrixQ][vectors : {__?VectorQ}] := Map[TransformationFunction[m], vectors]

(* TransformationMatrix[t] gives the matrix of a transformation.

   Examples:
       >> TransformationMatrix[TranslationTransform[{a, b}]]
       = {{1, 0, a}, {0, 1, b}, {0, 0, 1}}
   Source: https://reference.wolfram.com/language/ref/TransformationMatrix.html
*)
TransformationMatrix[TransformationFunction[m_]] := m

(* AffineTransform[m] gives the transformation v -> m . v; AffineTransform[{m, w}] v -> m . v + w.

   Examples:
       >> AffineTransform[{{{2, 0}, {0, 3}}, {1, 1}}][{x, y}]
       = {1 + 2 x, 1 + 3 y}
   Source: https://reference.wolfram.com/language/ref/AffineTransform.html
*)
AffineTransform[{m_?MatrixQ, w_?VectorQ}] :=
  TransformationFunction[Append[Join[m, Transpose[{w}], 2], Append[ConstantArray[0, Length[w]], 1]]]
AffineTransform[m_?SquareMatrixQ] := AffineTransform[{m, ConstantArray[0, Length[m]]}]

(* TranslationTransform[w] gives the transformation that moves vectors by w.

   Examples:
       >> TranslationTransform[{1, 2}][{x, y}]
       = {1 + x, 2 + y}
   Source: https://reference.wolfram.com/language/ref/TranslationTransform.html
*)
TranslationTransform[w_?VectorQ] := AffineTransform[{IdentityMatrix[Length[w]], w}]

(* RotationTransform[angle] gives the transformation that turns vectors in the plane about {0, 0}, counterclockwise.
   RotationTransform[angle, p] turns them about a point p of the plane, RotationTransform[angle, w] vectors in space about
   the direction w, RotationTransform[angle, w, p] about the line through p in this direction.

   Examples:
       >> {RotationTransform[Pi/2][{x, y}], RotationTransform[Pi, {1, 1}][{0, 0}], RotationTransform[Pi, {0, 0, 1}][{1, 2, 3}]}
       = {{-y, x}, {2, 2}, {-1, -2, 3}}
   Source: https://reference.wolfram.com/language/ref/RotationTransform.html
*)
RotationTransform[angle_] := AffineTransform[RotationMatrix[angle]]
RotationTransform[angle_, p : {_, _}] := around[RotationMatrix[angle], p]
RotationTransform[angle_, w : {_, _, _}] := AffineTransform[RotationMatrix[angle, w]]
RotationTransform[angle_, w : {_, _, _}, p : {_, _, _}] := around[RotationMatrix[angle, w], p]
around[m_, p_] := AffineTransform[{m, p - m . p}]

(* ScalingTransform[{sx, sy, …}] gives the transformation that multiplies coordinates by numbers.
   ScalingTransform[{sx, sy, …}, p] does so while the point p stays where it is.

   Examples:
       >> {ScalingTransform[{2, 3}][{x, y}], ScalingTransform[{2, 2}, {1, 1}][{2, 1}]}
       = {{2 x, 3 y}, {3, 1}}
   Source: https://reference.wolfram.com/language/ref/ScalingTransform.html
*)
ScalingTransform[s_?VectorQ] := AffineTransform[DiagonalMatrix[s]]
ScalingTransform[s_?VectorQ, p_?VectorQ] := AffineTransform[{DiagonalMatrix[s], p - s p}] /; Length[s] == Length[p]

(* ReflectionTransform[w] gives the transformation that reflects vectors at the line or plane through 0 at right angles to w.
   ReflectionTransform[w, p] reflects them at the one through p.

   Examples:
       >> {ReflectionTransform[{1, 0}][{x, y}], ReflectionTransform[{0, 1}, {0, 1}][{x, y}]}
       = {{-x, y}, {x, 2 - y}}
   Source: https://reference.wolfram.com/language/ref/ReflectionTransform.html
*)
ReflectionTransform[w_?VectorQ] := AffineTransform[mirror[w]]
ReflectionTransform[w_?VectorQ, p_?VectorQ] := AffineTransform[{mirror[w], p - mirror[w] . p}]
mirror[w_] := IdentityMatrix[Length[w]] - 2 Outer[Times, w, w]/(w . w)
