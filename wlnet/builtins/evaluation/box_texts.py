"""The text of boxes: what they show, on one line where a notebook sets things above each other; declares nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from wlnet.builtins.evaluation.forms import output_text
from wlnet.builtins.evaluation.making_boxes import SYMBOLS, TYPESET
from wlnet.builtins.evaluation.tables import framed, table_text
from wlnet.syntax.characters import read_string
from wlnet.syntax.layouts import TIGHT
from wlnet.syntax.operators import operator_table
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list

#: Box → how it is written with the texts of its parts.
LINES = {
    "SuperscriptBox": "{0}^{1}", "SubscriptBox": "{0}_{1}", "SubsuperscriptBox": "{0}_{1}^{2}", "FractionBox": "{0}/{1}",
    "RadicalBox": "{0}^(1/{1})", "OverscriptBox": "{0}^{1}", "UnderscriptBox": "{0}_{1}", "UnderoverscriptBox": "{0}_{1}^{2}",
}  # fmt: skip
#: Sign in boxes → how it is typed.
READABLE = {sign: text for text, sign in TYPESET.items()} | {SYMBOLS[S.E]: "E", SYMBOLS[S.I]: "I"}
#: A number in boxes ends with a mark of its precision, which is not shown.
PRECISION = re.compile(r"(?<=[\d.])`+[\d.]*")


@cache
def spaced_signs() -> frozenset[str]:
    """Gives the operators that stand between spaces."""
    signs = {row.text for row in operator_table().rows if row.kind == "infix"} - TIGHT - {"/", "[", "[[", "@", "~", "'"}
    return frozenset(signs)


def box_text(boxes: Term) -> str:
    """Gives the text of boxes."""
    if type(boxes) is str:
        text = read_string(boxes) if boxes.startswith('"') and boxes.endswith('"') else PRECISION.sub("", boxes)
        return READABLE.get(text, text)
    if is_list(boxes):
        return _row(elements(boxes))
    if type(boxes) is not Expression or type(boxes.head) is not Symbol or not boxes.args:
        return output_text(boxes)
    kind, args = boxes.head.name, boxes.args
    parts = [arg for arg in args if not is_head(arg, S.Rule)]
    line = LINES.get(kind)
    if line is not None and len(parts) == line.count("{"):
        return line.format(*map(_operand, parts))
    if kind in WHOLE:
        return WHOLE[kind](args[0])
    return box_text(args[0]) if kind.endswith("Box") or kind in ("BoxData", "Cell") else output_text(boxes)


def _operand(boxes: Term) -> str:
    text = box_text(boxes)
    return f"({text})" if re.search(r"[ ^/]", text) and not text.startswith(("{", "(")) else text


def _row(parts: tuple[Term, ...]) -> str:
    texts = [box_text(part) for part in parts]
    for place, text in enumerate(texts):
        if text in (",", ";"):
            texts[place] = f"{text} "
        elif text in spaced_signs() and 0 < place < len(texts) - 1:
            texts[place] = f" {text} "
    return "".join(texts).rstrip(" ") if texts[-1:] == ["; "] else "".join(texts)


def _grid(rows: Term) -> str:
    lines = elements(rows) if is_list(rows) else (rows,)
    return table_text([[box_text(cell) for cell in (elements(line) if is_list(line) else (line,))] for line in lines])


WHOLE: dict[str, Callable[[Term], str]] = {
    "SqrtBox": lambda inside: f"Sqrt[{box_text(inside)}]",
    "GridBox": _grid,
    "FrameBox": lambda inside: framed(box_text(inside)),
}
