"""FunctionLayer[f][x] is f[x] as the evaluator has it, and its gradients are those of finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.nets import Net
from wlnet.plans import evaluate, gradients
from wlnet.session import Session

RANDOM = np.random.default_rng(11)

#: Dimensions of the input → functions of it whose dimensions need not be known while tracing.
OPEN = {
    (): ["# + 1", "{#, 2 #, #^2}", "If[# > 0.5, #, -#]", "Table[#^i, {i, 4}]", "ConstantArray[#, {2, 3}]", "NestList[#^2 &, #, 3]",
         "Piecewise[{{#, # < 0.3}, {2 #, # < 0.6}}, 7]", "Which[# < 0.3, 1, # < 0.6, 2, True, 3]", "UnitStep[# - 0.5]",
         "Sum[#^i/i!, {i, 0, 4}]", "Product[# + i, {i, 3}]", "Nest[Cos, #, 5]", "Array[# &, 3] #", "Clip[#, {0.2, 0.4}]",
         "Module[{s = 0}, Do[s += #^i, {i, 3}]; s]", "With[{a = 2 #}, a^2 + a]", "Block[{b = # + 1}, b = b^2; b - 1]",
         "Boole[# > 0.5]", "Switch[2, 1, #, 2, 3 #]", "Log2[#] + Log10[#] + Log[3, #]"],
    (4,): ["Sin[#] + 2 Cos[#]^2", "Map[#^2 + 1 &, #]", "Map[Sin, #] . #", "Fold[Plus, 0, #]", "Fold[#1^2 + #2 &, #]",
           "FoldList[Plus, 0, #]", "FoldList[#1 #2 + 1 &, #]", "{#, 2 #}", "{#, #^2}[[2]]", "{Total[#], Max[#], 3}",
           "Join[#, {1, 2}]", "Append[#, 5.]", "Prepend[#, Total[#]]", "Reverse[#] + #", "Take[#, 2]", "Take[#, -2]", "Drop[#, 1]",
           "#[[2 ;; 3]]", "#[[;; ;; 2]]", "#[[{1, 3, 3}]]", "#[[-1]] + First[#] + Last[#]", "Most[#] . Rest[#]", "Accumulate[#]",
           "Differences[#]", "Differences[#, 2]", "Ratios[#]", "Outer[Times, #, #]", "Mean[#]", "Variance[#]", "Times @@ #",
           "StandardDeviation[#]", "RootMeanSquare[#]", "Median[#]", "# . #", "Total[#]",
           "Standardize[#]", "Rescale[#]", "GeometricMean[#]", 
           "MinMax[#]", "Sort[#]", "Ordering[#]", "TakeLargest[#, 2]", "TakeSmallest[#, 2]", "Norm[#, 1]",
           "Norm[#, Infinity]", "Norm[#, 3]", "Plus @@ #", "Inner[Times, #, 2 #]", "Inner[Plus, #, 2 #, Times]",
           "EuclideanDistance[#, {1, 2, 3, 4}]", "SquaredEuclideanDistance[#, {1, 2, 3, 4}]", "ManhattanDistance[#, Reverse[#]]",
           "ChessboardDistance[#, Reverse[#]]", "CosineDistance[#, Reverse[#]]", "CorrelationDistance[#, #^2]",
           "HammingDistance[#, Reverse[#]]",
           "MapThread[#1 #2 + 1 &, {#, Reverse[#]}]", "MapThread[Plus, {{1, 2}, {3, 4}}] + #[[;; 2]]", "MapIndexed[#1 First[#2] &, #]",
           "Transpose[{#, 2 #}]", "Flatten[{#, #}]", "ArrayReshape[#, {2, 2}]", "ArrayPad[#, {{1, 2}}]", "Mod[#, 0.3]", "Round[#, 0.25]",
           "Floor[#, 0.25]", "Ceiling[3 #]", "Quotient[#, 0.3]", "Sign[# - 0.5]", "Abs[# - 0.5]", "Ramp[# - 0.5]", "LogisticSigmoid[#]",
           "Sinc[#]", "Sqrt[#] Exp[-#]", "ArcTan[#]", "Erf[#]", "UnitVector[3, 2] #[[1]]",
           "Module[{a = Total[#], g}, g[x_] := x/a; Map[g, #]]", "Table[x^2, {x, #}]", "Total[Table[i #, {i, {1, 5, 2}}]]",
           "Composition[Total, Sin][#]", "Apply[Max, #]", "(Total /@ {#, 2 #})", "Range[4] #", "Module[{s = #}, s *= 2; s -= 1; s]",
           "{1, 2, 3, 4} + #", "Tr[Outer[Times, {1, 2}, {1, 2}]] #", "Fold[#1 + #2 &, {1, 2}, {#[[1]], #[[2]]}]", "# - Mean[#]",
           "Through[{Mean, Max}[#]]", "Normal[#] + N[#]", "Map[Function[x, x + Total[#]], #]", "#.#"],
    (3, 2): ["Map[Total, #]", "Map[#[[1]]^2 + #[[2]] &, #]", "Total[#]", "Total[#, 2]", "Total[#, {2}]", "Transpose[#] . #", "Mean[#]",
             "Map[Reverse, #]", "Map[# - Mean[#] &, #]", "Standardize[#]", "Accumulate[#]", "Fold[Plus, 0, #]", "Fold[#1 #2 + 1 &, #]",
             "Flatten[#]", "Flatten[#, 1]", "#[[All, 1]]", "#[[2 ;; 3, 2]]", "#[[All, {2, 1}]]", "#[[{1, 3}, 2]]", "First /@ #",
             "Apply[Times, #]", "Times @@@ #", "Map[Sort, #]", "{1, 2, 3} + #", "Join[#, #, 2]", "Join[#, {{5, 6}}]", "Outer[Times, #, {1, 2}]",
             "Norm[#, \"Frobenius\"]", "Map[Norm[#, 1] &, #]", "Transpose[#, {2, 1}]", "MapThread[Plus, {#, 2 #}]", "Map[Sin, #, {2}]",
             "ArrayReshape[#, {2, 3}]", "Max[#]", "Variance[#]", "Map[Max, Transpose[#]]", "Map[Map[#^2 &, #] &, #]", "{#, #}", "Total[{#, #}]",
             "Table[Total[row], {row, #}]"],
}  # fmt: skip

#: Those that must know the dimensions of the input.
KNOWN = {
    (4,): ["RotateLeft[#]", "RotateLeft[#, 2]", "RotateRight[#]", "RotateRight[#, 5]", "Partition[#, 2]", "Partition[#, 2, 1]", "PadRight[#, 6]",
           "PadLeft[#, 6, 1.]", "PadRight[#, 2]", "PadLeft[#, 3]", "Norm[#]", "Normalize[#]", "Covariance[#, #^2]", "Correlation[#, #^2]",
           "DiagonalMatrix[#]", "Outer[Plus, #, #]", "Outer[#1^2 - #2 &, #, {1., 2.}]", "MovingAverage[#, 2]", 
           "ArrayPad[#, 1]", "Table[#[[i]]^i, {i, Length[#]}]", "Apply[#1 + 2 #2 - #3 #4 &, #]", "Length[#] #", "Dimensions[#] + Total[#]",
           "Sum[#[[i]] i, {i, Length[#]}]", "Module[{s = 0}, Do[s = s + i #[[i]], {i, 4}]; s]", "# + {{1, 2}, {3, 4}, {5, 6}, {7, 8}}"],
    (3, 3): ["Det[#]", "Inverse[#]", "Tr[#]", "Diagonal[#]", "LinearSolve[#, {1., 2., 3.}]", 
             "MatrixPower[#, 3]", "Nest[# . # &, #, 2]", "Total[# IdentityMatrix[3], 2]"],
    (2, 2): ["KroneckerProduct[#, #]", "KroneckerProduct[#, {{1, 2, 3}}]", "# . Inverse[#]", "ArrayPad[#, {1, 2}]"],
    (3,): ["Cross[#, {1, 2, 3}]", "Reverse[PadRight[#, 5]]"],
    (2, 3): ["Partition[#, 1]", "RotateLeft[#]", "Map[RotateLeft, #]", "Outer[Plus, #, {1., 2.}]", "{1, 2} #", 
             "Map[Norm, #]", "# + Total[#, {2}]"],
}  # fmt: skip

#: Those that the evaluator leaves as they are: what they are to give instead.
OTHERWISE = {
    "HeavisideTheta[# - 0.5]": "UnitStep[# - 0.5]",
    "MeanDeviation[#]": "Mean[Abs[# - Mean[#]]]",
    "HarmonicMean[#]": "4/Total[1/#]",
    "CentralMoment[#, 3]": "Total[(# - Mean[#])^3]/4",
    "Skewness[#]": "(Total[(# - Mean[#])^3]/4)/(Total[(# - Mean[#])^2]/4)^(3/2)",
    "Kurtosis[#]": "4 Total[(# - Mean[#])^4]/Total[(# - Mean[#])^2]^2",
    "BrayCurtisDistance[#, #^2]": "Total[Abs[# - #^2]]/Total[# + #^2]",
    "CanberraDistance[#, #^2]": "Total[Abs[# - #^2]/(# + #^2)]",
    "UnitBox[3 # - 1]": "Boole[Abs[#] <= 1/2] & /@ (3 # - 1)",
    "UnitTriangle[#]": "1 - #",
    "Clip[#, {0.2, 0.4}, {1., 2.}]": "Which[# < 0.2, 1., # > 0.4, 2., True, #] & /@ #",
    "Fold[Plus, 0, Outer[Times, #, #]]": "# Total[#]",
}

CASES = [(body, shape, False) for shape, bodies in OPEN.items() for body in bodies]
CASES += [(body, (4,), False) for body in OTHERWISE]
CASES += [(body, shape, True) for shape, bodies in KNOWN.items() for body in bodies]


def literal(x: np.ndarray) -> str:
    return "{" + ", ".join(map(literal, x)) + "}" if x.ndim else f"{float(x):.9f}"


def dimensions(shape: tuple[int, ...]) -> str:
    return '"Real"' if not shape else "{" + ", ".join(map(str, shape)) + "}"


def number(term: object) -> np.ndarray:
    return np.array(term, dtype=float)


@pytest.mark.parametrize(("body", "shape", "known"), CASES)
def test_a_function_layer_gives_what_its_function_gives(body: str, shape: tuple[int, ...], known: bool) -> None:
    session = Session()
    x = RANDOM.uniform(0.1, 0.9, size=shape)
    meaning = OTHERWISE.get(body, body)
    expected = number(session.evaluate(f"N[({meaning} &)[{literal(x)}]]"))
    for ports in ([] if known else [""]) + [f', "Input" -> {dimensions(shape)}']:
        found = session.evaluate(f"(layer = FunctionLayer[{body} &{ports}])[{literal(x)}]")
        assert not session.messages, (body, session.messages)
        np.testing.assert_allclose(number(found), expected, rtol=2e-4, atol=1e-5, err_msg=body + ports)
    layer = session.evaluate_term("layer")
    assert isinstance(layer, Net)
    check_gradient(layer, x, body)


def check_gradient(layer: Net, x: np.ndarray, body: str) -> None:
    """The gradient of the sum of what comes out is its slope along some direction."""

    def total(x: np.ndarray) -> float:
        outputs, _ = evaluate(layer, {"Input": x[None]}, 1, dtype=np.float64)
        return float(outputs["Output"].sum())

    direction = RANDOM.choice([-1.0, 1.0], size=x.shape)
    slope = (total(x + 1e-6 * direction) - total(x - 1e-6 * direction)) / 2e-6
    found = gradients(layer, {"Input": x[None]}, 1, ["Input"], dtype=np.float64)["Input"][0]
    np.testing.assert_allclose((found * direction).sum(), slope, rtol=1e-3, atol=1e-3, err_msg=body)
