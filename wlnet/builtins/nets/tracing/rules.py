"""What functions of arrays mean in a traced function, said in the language itself."""

from __future__ import annotations

from wlnet.kernel import Kernel
from wlnet.patterns.table import RuleTable
from wlnet.syntax import parse
from wlnet.terms import Symbol, symbol

#: One definition a line. On the right stand functions that are traced already.
RULES = """
    SquaredEuclideanDistance[a_, b_] := Total[(a - b)^2, Infinity]
    EuclideanDistance[a_, b_] := Sqrt[Total[(a - b)^2, Infinity]]
    ManhattanDistance[a_, b_] := Total[Abs[a - b], Infinity]
    ChessboardDistance[a_, b_] := Max[Abs[a - b]]
    CosineDistance[a_, b_] := 1 - a . b/(Sqrt[a . a] Sqrt[b . b])
    CorrelationDistance[a_, b_] := CosineDistance[a - Mean[a], b - Mean[b]]
    BrayCurtisDistance[a_, b_] := Total[Abs[a - b], Infinity]/Total[Abs[a + b], Infinity]
    CanberraDistance[a_, b_] := Total[Abs[a - b]/(Abs[a] + Abs[b]), Infinity]
    HammingDistance[a_, b_] := Total[Boole[a != b], Infinity]
    Norm[a_] := Which[ArrayDepth[a] === 0, Abs[a], ArrayDepth[a] === 1, Sqrt[Total[Abs[a]^2]]]
    Norm[a_, "Frobenius"] := Sqrt[Total[Abs[a]^2, Infinity]]
    Norm[a_, DirectedInfinity[1]] := Max[Abs[a]]
    Norm[a_, 1] := Total[Abs[a]]
    Norm[a_, p_?NumberQ] := Total[Abs[a]^p]^(1/p)
    Normalize[a_] := a/Norm[a]
    Normalize[a_, f_] := a/f[a]
    Standardize[a_] := With[{m = Mean[a], s = StandardDeviation[a]}, Map[(# - m)/s &, a]]
    Rescale[a_] := With[{low = Min[a], high = Max[a]}, (a - low)/(high - low)]
    Rescale[a_, {low_, high_}] := (a - low)/(high - low)
    Rescale[a_, {low_, high_}, {from_, to_}] := from + (to - from) (a - low)/(high - low)
    MinMax[a_] := {Min[a], Max[a]}
    RootMeanSquare[a_] := Sqrt[Mean[a^2]]
    GeometricMean[a_] := Exp[Mean[Log[a]]]
    HarmonicMean[a_] := 1/Mean[1/a]
    MeanDeviation[a_] := AggregationLayer["MeanDeviation", 1][a]
    InterquartileRange[a_] := AggregationLayer["InterquartileRange", 1][a]
    CentralMoment[a_, n_] := With[{m = Mean[a]}, Mean[Map[(# - m)^n &, a]]]
    Skewness[a_] := CentralMoment[a, 3]/CentralMoment[a, 2]^(3/2)
    Kurtosis[a_] := CentralMoment[a, 4]/CentralMoment[a, 2]^2
    Covariance[a_, b_] := (a - Mean[a]) . (b - Mean[b])/(Length[a] - 1)
    Correlation[a_, b_] := With[{x = a - Mean[a], y = b - Mean[b]}, x . y/(Sqrt[x . x] Sqrt[y . y])]
    Accumulate[a_] := FoldList[Plus, a]
    Differences[a_] := Rest[a] - Most[a]
    Differences[a_, n_Integer] := Nest[Differences, a, n]
    Ratios[a_] := Rest[a]/Most[a]
    MovingAverage[a_, n_Integer] := Map[Mean, Partition[a, n, 1]]
    RotateLeft[a_] := RotateLeft[a, 1]
    RotateLeft[a_, n_Integer] := With[{k = Mod[n, Length[a]]}, If[k === 0, a, Join[Drop[a, k], Take[a, k]]]]
    RotateRight[a_] := RotateLeft[a, -1]
    RotateRight[a_, n_Integer] := RotateLeft[a, -n]
    PadRight[a_, n_Integer] := PadRight[a, n, 0]
    PadRight[a_, n_Integer, c_?NumberQ] := If[n > Length[a], padded[a, {0, n - Length[a]}, c], Take[a, n]]
    PadLeft[a_, n_Integer] := PadLeft[a, n, 0]
    PadLeft[a_, n_Integer, c_?NumberQ] := If[n > Length[a], padded[a, {n - Length[a], 0}, c], Take[a, -n]]
    padded[a_, ends_, c_] := ArrayPad[a, Prepend[Table[{0, 0}, ArrayDepth[a] - 1], ends], c]
    ArrayPad[a_, n_Integer, c___] := ArrayPad[a, Table[{n, n}, ArrayDepth[a]], c]
    ArrayPad[a_, {m_Integer, n_Integer}, c___] := ArrayPad[a, Table[{m, n}, ArrayDepth[a]], c]
    Partition[a_, n_Integer] := Partition[a, n, n]
    Partition[a_, n_Integer, d_Integer] := Table[a[[i ;; i + n - 1]], {i, 1, Length[a] - n + 1, d}]
    ConstantArray[a_, n_] := ReplicateLayer[n][a]
    UnitVector[n_Integer, i_] := UnitVectorLayer[n][i]
    Ordering[a_] := OrderingLayer[][a]
    Ordering[a_, n_] := OrderingLayer[n][a]
    Sort[a_] := ExtractLayer[][<|"Input" -> a, "Position" -> ReplicateLayer[1, -1][Ordering[a]]|>]
    ReverseSort[a_] := Reverse[Sort[a]]
    TakeLargest[a_, n_Integer] := Reverse[Take[Sort[a], -n]]
    TakeSmallest[a_, n_Integer] := Take[Sort[a], n]
    Join[a__, n_Integer] := CatenateLayer[n][{a}]
    Catenate[a_] := Apply[Join, a]
    Inner[Times, a_, b_] := a . b
    Inner[Times, a_, b_, Plus] := a . b
    Inner[f_, a_, b_] := Inner[f, a, b, Plus]
    Inner[f_, a_, b_, g_] := Apply[g, MapThread[f, {a, b}]]
    Apply[Plus, a_] := Total[a]
    Apply[Times, a_] := AggregationLayer[Times, 1][a]
    Apply[Max, a_] := Max[a]
    Apply[Min, a_] := Min[a]
    Apply[f_, a_] := Apply[f, Table[a[[i]], {i, Length[a]}]]
    MapApply[f_, a_] := Map[Apply[f, #] &, a]
    Tr[a_] := Total[Diagonal[a]]
    Tr[a_, Plus] := Tr[a]
    Diagonal[a_] := Table[a[[i, i]], {i, Min[Dimensions[a]]}]
    DiagonalMatrix[a_] := a IdentityMatrix[Length[a]]
    LowerTriangularize[a_] := a Table[Boole[i >= j], {i, Dimensions[a][[1]]}, {j, Dimensions[a][[2]]}]
    UpperTriangularize[a_] := a Table[Boole[i <= j], {i, Dimensions[a][[1]]}, {j, Dimensions[a][[2]]}]
    KroneckerProduct[a_, b_] := ArrayReshape[Transpose[Outer[Times, a, b], {1, 3, 2, 4}], Dimensions[a] Dimensions[b]]
    Cross[a_, b_] := RotateLeft[a] RotateLeft[b, 2] - RotateLeft[a, 2] RotateLeft[b]
    Projection[a_, b_] := (a . b/b . b) b
    MatrixPower[a_, n_Integer?Positive] := Nest[a . # &, a, n - 1]
    Det[a_] := minor[a, Range[Length[a]], Range[Length[a]]]
    minor[a_, {i_}, {j_}] := a[[i, j]]
    minor[a_, {i_, r__}, c_] := Sum[(-1)^(k + 1) a[[i, c[[k]]]] minor[a, {r}, Delete[c, k]], {k, Length[c]}]
    Inverse[a_] := cofactors[a, Range[Length[a]]]/Det[a]
    cofactors[a_, {_}] := {{1}}
    cofactors[a_, n_] := Table[(-1)^(i + j) minor[a, Delete[n, j], Delete[n, i]], {i, n}, {j, n}]
    LinearSolve[a_, b_] := Inverse[a] . b
    UnitStep[a_] := Boole[a >= 0]
    HeavisideTheta[a_] := Boole[a > 0]
    UnitBox[a_] := Boole[Abs[a] <= 1/2]
    UnitTriangle[a_] := Ramp[1 - Abs[a]]
    Sinc[a_] := If[a == 0, 1, Sin[a]/If[a == 0, 1, a]]
    Log[b_, a_] := Log[a]/Log[b]
    Log2[a_] := Log[a]/Log[2.]
    Log10[a_] := Log[a]/Log[10.]
    Quotient[a_, n_] := Floor[a/n]
    Mod[a_, n_, d_] := d + Mod[a - d, n]
    Round[a_, n_] := n Round[a/n]
    Floor[a_, n_] := n Floor[a/n]
    Ceiling[a_, n_] := n Ceiling[a/n]
    Clip[a_, {low_, high_}] := Min[Max[a, low], high]
    Clip[a_, {low_, high_}, {below_, above_}] := Which[a < low, below, a > high, above, True, a]
    RealAbs[a_] := Abs[a]
    RealSign[a_] := Sign[a]
    Re[a_] := a
    Conjugate[a_] := a
    N[a_] := a
    Normal[a_] := a
    Identity[a_] := a
    Evaluate[a_] := a
    Array[f_, n_Integer] := Table[f[i], {i, n}]
    Array[f_, {n_Integer}] := Table[f[i], {i, n}]
    Array[f_, {m_Integer, n_Integer}] := Table[f[i, j], {i, m}, {j, n}]
    NestList[f_, a_, n_Integer] := FoldList[f[#1] &, a, Range[n]]
    Nest[f_, a_, n_Integer] := Fold[f[#1] &, a, Range[n]]
"""

TABLES: dict[Symbol, RuleTable] = {}


def named(name: str) -> Symbol:
    """Gives the symbol of a name in these rules: variables have a context of their own."""
    return symbol(("System`Net`" if name[0].islower() else "System`") + name)


def rules_for(kernel: Kernel, head: Symbol) -> RuleTable | None:
    """Gives the rules of a function, None where it has none. They are read when the first function is traced."""
    if not TABLES:
        for line in filter(str.strip, RULES.splitlines()):
            left, right = parse(line.strip(), named).args
            TABLES.setdefault(left.head, RuleTable()).add(left, right, True)
    return TABLES.get(head)
