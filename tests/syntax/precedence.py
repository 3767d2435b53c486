"""The published order of the operators ("Operator Input Forms" of the language's documentation), written down anew.

From the tightest to the loosest, one line for each level: its kind, the grouping of operators on it, and the operators
as they are typed. Only what is typed in one line is here; brackets, `::`, `>>` and `/:` take no operands on both sides.
"""

from __future__ import annotations

from typing import NamedTuple


class Level(NamedTuple):
    """Operators that bind equally tightly."""

    kind: str
    grouping: str
    operators: tuple[str, ...]


def named(names: str) -> str:
    return " ".join(rf"\[{name}]" for name in names.split())


TABLE = f"""
infix none | ?
postfix | ' {named("Transpose Conjugate ConjugateTranspose HermitianConjugate")}
postfix | ++ --
prefix | ++ --
infix flat | @*
infix flat | /*
infix right | @ {named("InvisibleApplication")}
infix left | ~f~
infix right | /@ //@ @@ @@@
postfix | ! !!
infix flat | <>
infix right | ^
infix flat | {
    named('''UpArrow DownArrow UpDownArrow UpTeeArrow DownTeeArrow UpArrowBar DownArrowBar DoubleUpArrow
    DoubleDownArrow DoubleUpDownArrow UpArrowDownArrow DownArrowUpArrow LeftUpVector LeftDownVector RightUpVector
    RightDownVector UpEquilibrium ReverseUpEquilibrium''')
}
prefix | {named("Sqrt")}
prefix | {named("DifferentialD Del")}
prefix | {named("Square")}
infix flat | {named("SmallCircle")}
infix flat | {named("CircleDot")}
infix flat | **
infix flat | {named("Cross")}
infix flat | .
prefix | - + {named("PlusMinus MinusPlus")}
infix left | / {named("Divide")}
infix flat | {named("Backslash")}
infix flat | {named("Diamond")}
infix flat | {named("Wedge")}
infix flat | {named("Vee")}
infix flat | {named("CircleTimes")}
infix flat | {named("CenterDot")}
infix flat | * {named("Times InvisibleTimes")}
infix flat | {named("Star")}
prefix | {named("Product")}
infix flat | {named("VerticalTilde")}
infix flat | {named("Coproduct")}
infix flat | {named("Cap")}
infix flat | {named("Cup")}
infix flat | {named("CirclePlus")}
prefix | {named("Sum")}
infix left | + - {named("PlusMinus MinusPlus")}
infix flat | {named("Intersection SquareIntersection")}
infix flat | {named("Union UnionPlus SquareUnion")}
infix flat | ;;
infix flat | == != < > <= >= {
    named('''Equal NotEqual LessEqual GreaterEqual LessSlantEqual
    Tilde TildeTilde NotTilde TildeEqual Congruent CupCap DotEqual HumpEqual Proportional LessLess
    LessTilde GreaterGreater NotLess Precedes Succeeds NotSucceeds LeftTriangle RightTriangleEqual VerticalBar
    DoubleVerticalBar''')
}
infix flat | {
    named('''LeftArrow RightArrow LeftRightArrow LeftTeeArrow RightTeeArrow DoubleRightArrow LongRightArrow
    DoubleLongRightArrow Equilibrium LeftVector RightVector DownLeftVector DownRightTeeVector''')
}
infix flat | {named("UpperLeftArrow UpperRightArrow LowerRightArrow LowerLeftArrow")}
infix flat | === =!=
infix flat | {named("Element NotElement ReverseElement Subset NotSubset Superset SquareSubset SquareSupersetEqual")}
prefix | {named("ForAll Exists NotExists")}
prefix | ! {named("Not")}
infix flat | && {named("And")}
infix flat | {named("Xor")}
infix flat | || {named("Or")}
infix flat | {named("Equivalent")}
infix right | {named("Implies RoundImplies")}
infix right | {named("RightTee DoubleRightTee")}
infix right | {named("SuchThat")}
postfix | .. ...
infix flat | |
infix none | :
infix flat | ~~
infix left | /;
infix right | <-> {named("TwoWayRule")}
infix right | -> :> {named("Rule RuleDelayed DirectedEdge UndirectedEdge")}
infix left | /. //.
infix right | += -= *= /= //=
postfix | &
infix flat | {named("Colon")}
infix left | //
infix flat | {named("VerticalSeparator")}
infix right | {named("Therefore")}
postfix | =.
infix right | = := ^= ^:= |-> {named("Function")}
infix flat | ;
"""


def levels() -> list[Level]:
    found = []
    for line in TABLE.replace("\n    ", " ").strip().splitlines():
        description, _, operators = line.partition(" | ")
        kind, _, grouping = description.partition(" ")
        found.append(Level(kind, grouping, tuple(operators.split())))
    return found
