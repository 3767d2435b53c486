"""Primitives that are moved, turned, stretched or put together: their marks with other points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wlnet.builtins.graphics.primitives import PRIMITIVES, Frame, marks_of, point, surface
from wlnet.builtins.graphics.scenes import extent
from wlnet.builtins.graphics.styles import Style
from wlnet.builtins.graphics.values import array, number, pair, unfit
from wlnet.drawings.marks import Mark, Path, Words, mapped
from wlnet.kernel import constant
from wlnet.terms import S, Term, elements, is_head, is_list, symbol

#: A matrix and a step: what moves each point p to matrix . p + step.
Move = tuple[np.ndarray, np.ndarray]


def moved(marks: list[Mark], matrix: np.ndarray, by: np.ndarray) -> Iterator[Mark]:
    """Yields marks with each of their points p at matrix . p + by."""
    turn = float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0])))
    for mark in marks:
        found = mapped(mark, lambda places: places @ matrix.T + by)
        yield found._replace(turn=found.turn + turn) if isinstance(found, Words) else found


def middle(marks: list[Mark]) -> np.ndarray:
    """Gives the point in the middle of what marks cover."""
    ends = [np.concatenate([extent(mark, n) for mark in marks]) if marks else np.zeros(1) for n in (0, 1)]
    return np.array([(side.min() + side.max()) / 2 for side in ends])


def moves_of(term: Term) -> list[Move]:
    """Gives the matrices and steps of a transformation, a matrix, {matrix, step}, or of a list of such."""
    if is_head(term, S.TransformationFunction, 1):
        whole = array(term.args[0])
        if whole is not None and whole.shape == (3, 3):
            return [(whole[:2, :2] / whole[2, 2], whole[:2, 2] / whole[2, 2])]
    matrix = array(term)
    if matrix is not None and matrix.shape == (2, 2):
        return [(matrix, np.zeros(2))]
    parts = elements(term) if is_list(term) and matrix is None else ()
    pairs = [array(part) for part in parts]
    if len(pairs) == 2 and all(part is not None for part in pairs):
        first, second = pairs
        if first is not None and second is not None and first.shape == (2, 2) and second.shape == (2,):
            return [(first, second)]
    if not parts:
        raise unfit("a transformation such as RotationTransform[1]", term)
    return [each for part in parts for each in moves_of(part)]


def about(matrix: np.ndarray, still: np.ndarray) -> Move:
    """Gives what a matrix does to points while one of them stays where it is."""
    return matrix, still - matrix @ still


def transformation(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    marks = marks_of(args[0], frame, style)
    for matrix, by in moves_of(args[1]):
        yield from moved(marks, matrix, by)


def rotate(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    marks = marks_of(args[0], frame, style)
    angle = number(args[1])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    yield from moved(marks, *about(turn, still_point(frame, args, marks)))


def scale(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    marks = marks_of(args[0], frame, style)
    factors = pair(args[1]) if is_list(args[1]) else (number(args[1]),) * 2
    yield from moved(marks, *about(np.diag(factors), still_point(frame, args, marks)))


def still_point(frame: Frame, args: tuple[Term, ...], marks: list[Mark]) -> np.ndarray:
    """Gives the point that is named after what is done, or the one in the middle."""
    return np.array(point(frame, args[2])) if len(args) > 2 else middle(marks)


def translate(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    marks = marks_of(args[0], frame, style)
    steps = array(args[1])
    if steps is None or steps.ndim > 2 or steps.shape[-1] != 2:
        raise unfit("a pair of numbers, or a list of such", args[1])
    for step in steps.reshape(-1, 2):
        yield from moved(marks, np.eye(2), step)


def outline(frame: Frame, term: Term, style: Style) -> np.ndarray:
    """Gives the points of curves one after the other; each of a list begins where the one before it ends."""
    curves = elements(term) if is_list(term) else (term,)
    marks = [mark for curve in curves for mark in marks_of(curve, frame, style)]
    parts = [part for mark in marks if isinstance(mark, Path) for part in mark.parts]
    if not parts:
        raise unfit("curves such as Line[…] or BezierCurve[…]", term)
    return np.concatenate(parts)


def outlines(frame: Frame, term: Term, style: Style) -> tuple[np.ndarray, ...]:
    several = is_list(term) and len(elements(term)) and all(is_list(part) for part in elements(term))
    return tuple(outline(frame, part, style) for part in (elements(term) if several else (term,)))


def filled_curve(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    yield surface(style, outlines(frame, args[0], style))


def joined_curve(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    yield Path(outlines(frame, args[0], style), style.ink, style.width, style.dashes)


#: Primitive → what draws it, its usage, and a picture of it.
TRANSFORMED = {
    "GeometricTransformation": (
        transformation,
        "GeometricTransformation[g, t] is a primitive with its points moved by a transformation, a matrix, {matrix, step}, or by "
        "each of a list.",
        "GeometricTransformation[Rectangle[], RotationTransform[1]]",
    ),
    "Translate": (
        translate, "Translate[g, {x, y}] is a primitive that is moved; Translate[g, {step1, …}] several times.",
        "Translate[Disk[], {{1, 2}, {3, 4}}]",
    ),
    "Scale": (
        scale, "Scale[g, s] is a primitive that is s times as large, s a number or {sx, sy}; Scale[g, s, p] leaves p in its place.",
        "Scale[Circle[], {2, 1}]",
    ),
    "FilledCurve": (
        filled_curve, "FilledCurve[{curve1, curve2, …}] is the surface inside curves, each of which begins where one ends.",
        "FilledCurve[{BezierCurve[{{0, 0}, {0, 2}, {2, 2}, {2, 0}}], Line[{{2, 0}, {0, 0}}]}]",
    ),
    "JoinedCurve": (
        joined_curve, "JoinedCurve[{curve1, curve2, …}] is the line of curves, each of which begins where one ends.",
        "JoinedCurve[{Line[{{0, 0}, {1, 1}}], BezierCurve[{{1, 1}, {2, 1}, {2, 0}, {1, 0}}]}]",
    ),
}  # fmt: skip


def declare(name: str, usage: str, example: str) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = (
        f'{usage}\n\nExamples:\n    >> StringContainsQ[ExportString[Graphics[{example}], "SVG"], "<path"]\n    = True\n'
    )
    constant(name, category="Graphics")(stands_for_itself)


for _name, (_draw, _usage, _example) in TRANSFORMED.items():
    PRIMITIVES[symbol(_name)] = _draw
    declare(_name, _usage, _example)
PRIMITIVES[S.Rotate] = rotate
