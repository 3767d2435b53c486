r"""Boxes in a text: what notebooks leave behind when their two-dimensional input is copied as text.

`\(x\^2\)` stands for the boxes themselves, `\!\(x\^2\)` for the expression that they mean. Both are rewritten as ordinary
text before it is read: RowBox, SuperscriptBox and their like in the first case, operators and functions in the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from wlnet.syntax.characters import CHARACTER, character, read_string, write_string

#: Boxes inside boxes inside … are followed so far.
DEEPEST = 100
TOKEN = re.compile(
    r'(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<space>[\s\u200b]+)|(?P<word>[\w$`]+)|\\(?P<box>[(*)^_&+%/@`!])|\\(?P<blank>[ \n])'
    r"|(?P<sign>.)",
    re.DOTALL,
)
HEAD = re.compile(r"\s*([A-Za-z]+)\s*\[")


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a kind (`SuperscriptBox`, `RowBox`, …) with what is in it."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def is_row(self) -> bool:
        return self.kind == "RowBox"


Part: TypeAlias = "str | Box"
T = TypeVar("T")
#: Marks of two-dimensional input between two boxes (the box they make, and the one they make with `\%` behind them).
MARKS = {
    "^": ("SuperscriptBox", "SubsuperscriptBox"),
    "_": ("SubscriptBox", "SubsuperscriptBox"),
    "&": ("OverscriptBox", "UnderoverscriptBox"),
    "+": ("UnderscriptBox", "UnderoverscriptBox"),
    "/": ("FractionBox", "FractionBox"),
}


class BoxReader:
    """Reads the boxes that begin at a place of a text; `position` is then behind them. Raises ValueError."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position
        self.depth = 0

    def nested(self, read: Callable[[], T]) -> T:
        """Reads what is inside; boxes nested without end are an error, not a crash."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError("these boxes are nested too deeply")
        made = read()
        self.depth -= 1
        return made

    def row(self) -> Box:
        r"""Reads up to the `\)` that closes the row."""
        parts: list[Part] = []
        while (mark := self.part(parts)) != ")":
            if mark is not None:
                self.mark(mark, parts)
        return Box("RowBox", tuple(parts))

    def part(self, parts: list[Part]) -> str | None:
        """Reads one part, which joins those there are, or gives the mark that stands there instead."""
        found = TOKEN.match(self.text, self.position)
        if found is None:
            raise ValueError(r"expected `\)` to close the boxes, but the text ends")
        self.position = found.end()
        mark = found["box"]
        if mark == "(":
            parts.append(self.nested(self.row))
        elif mark == "*":
            parts.append(self.nested(self.explicit))
        elif mark is not None:
            return mark
        elif found["blank"]:
            parts.append(" ")
        elif named := CHARACTER.match(self.text, found.start()):
            self.position = named.end()
            parts.append(character(named) or named[0])
        else:
            parts.append(found[0])
        return None

    def operand(self) -> Part:
        """Reads the one part behind a mark."""
        parts: list[Part] = []
        while not parts or is_space(parts[-1]):
            if (mark := self.part(parts)) is not None:
                raise ValueError(rf"expected a box, found `\{mark}`")
        return parts[-1]

    def mark(self, mark: str, parts: list[Part]) -> None:
        """Makes the box that a mark stands for, of what is before it and behind it."""
        if mark == "!":
            # What is inside boxes that mean something means something as well.
            return
        if mark == "@":
            parts.append(Box("SqrtBox", (self.operand(),)))
        elif mark == "`":
            # form\`boxes: the form tells how the boxes are shown, and what they mean is the same.
            parts.clear()
        elif mark == "%" and parts and isinstance(parts[-1], Box) and len(parts[-1].parts) == 2:
            script = parts.pop()
            assert isinstance(script, Box)
            kind = dict(MARKS.values()).get(script.kind, script.kind)
            first, second, third = *script.parts, self.operand()
            swapped = script.kind in ("SuperscriptBox", "OverscriptBox")
            parts.append(Box(kind, (first, third, second) if swapped else (first, second, third)))
        elif mark in MARKS and parts:
            parts.append(Box(MARKS[mark][0], (parts.pop(), self.operand())))
        else:
            raise ValueError(rf"`\{mark}` cannot stand here")

    def explicit(self) -> Box:
        r"""Reads what follows `\*`: a box written as an expression."""
        found = HEAD.match(self.text, self.position)
        if found is None:
            raise ValueError(r"expected a box such as SuperscriptBox[…] after `\*`")
        self.position = found.end()
        return made_box(found[1], self.arguments("]"))

    def arguments(self, closer: str) -> list[Part]:
        """Reads arguments up to the bracket that closes them; a string is the text that it holds."""
        arguments: list[Part] = []
        parts: list[Part] = []
        while True:
            mark = self.part(parts)
            if mark is not None:
                raise ValueError(rf"`\{mark}` cannot stand here")
            last = parts[-1]
            if last == "{":
                parts[-1] = made_box("List", self.nested(lambda: self.arguments("}")))
            elif last == "[" and len(parts) > 1 and isinstance(parts[-2], str):
                parts[-2:] = [made_box(parts[-2], self.nested(lambda: self.arguments("]")))]
            elif last in (",", closer):
                argument = [part for part in parts[:-1] if not is_space(part)]
                if argument or arguments or last == ",":
                    arguments.append(only(argument))
                if last == closer:
                    return arguments
                parts = []


def is_space(part: Part) -> bool:
    return isinstance(part, str) and part.isspace()


def made_box(kind: str, parts: list[Part]) -> Box:
    """Makes a box; RowBox[{…}] is the row of what is in its list."""
    if kind == "RowBox" and len(parts) == 1 and isinstance(parts[0], Box) and parts[0].kind == "List":
        return Box(kind, parts[0].parts)
    return Box(kind, tuple(parts))


def only(parts: list[Part]) -> Part:
    """Gives an argument: a string stands for the text that it holds."""
    if len(parts) != 1:
        return Box("RowBox", tuple(parts))
    part = parts[0]
    return read_string(part) if isinstance(part, str) and part.startswith('"') else part


# What they mean ----------------------------------------------------------------------------------------------------

SUPERSCRIPTS = {
    "\u2032": "{0}'", "'": "{0}'", "\u2033": "{0}''", "''": "{0}''", "\u2020": "SuperDagger[{0}]",
    "*": "SuperStar[{0}]", "+": "SuperPlus[{0}]", "-": "SuperMinus[{0}]", "\uf3c7": "Transpose[{0}]",
    "\uf3c8": "Conjugate[{0}]", "\uf3c9": "ConjugateTranspose[{0}]", "\uf3ce": "ConjugateTranspose[{0}]",
}  # fmt: skip
OVERSCRIPTS = {
    "_": "OverBar", "\u00af": "OverBar", "^": "OverHat", "~": "OverTilde", ".": "OverDot", "\u21c0": "OverVector",
    "\u2192": "OverVector",
}  # fmt: skip
#: How boxes are written in one line, by the number of their parts.
LINES = {
    ("SuperscriptBox", 2): "(({0})^({1}))",
    ("SubscriptBox", 2): "Subscript[{0}, {1}]",
    ("SubsuperscriptBox", 3): "(Subscript[{0}, {1}]^({2}))",
    ("OverscriptBox", 2): "Overscript[{0}, {1}]",
    ("UnderscriptBox", 2): "Underscript[{0}, {1}]",
    ("UnderoverscriptBox", 3): "Underoverscript[{0}, {1}, {2}]",
    ("FractionBox", 2): "(({0})/({1}))",
    ("SqrtBox", 1): "Sqrt[{0}]",
    ("RadicalBox", 2): "(({0})^(1/({1})))",
}
#: Boxes that only tell how their first part is shown.
SHOWN = {
    "StyleBox", "TagBox", "FormBox", "AdjustmentBox", "FrameBox", "PaneBox", "PanelBox", "ButtonBox", "TooltipBox",
    "ItemBox", "ErrorBox",
}  # fmt: skip
#: Signs with their range in scripts, and the functions that they are of what follows.
RANGED = {"\u2211": "Sum", "\u220f": "Product", "\u222b": "Integrate", "\u2202": "D"}
#: Behind a machine number, which is one without it: a sign that comes next would be read as that of a precision.
MACHINE_NUMBER = re.compile(r"(?<=[\d.])`$")


def meaning(part: Part) -> str:
    """Gives the text of the expression that boxes mean; raises ValueError for boxes without a meaning."""
    if isinstance(part, str):
        return MACHINE_NUMBER.sub("", part)
    if part.is_row:
        return row_meaning(list(part.parts))
    if part.kind == "List" or (part.kind == "GridBox" and part.parts):
        inside = part.parts if part.kind == "List" else part.parts[:1]
        text = ", ".join(map(meaning, inside))
        return "{" + text + "}" if part.kind == "List" else text
    if part.kind == "InterpretationBox" and len(part.parts) > 1:
        return f"({meaning(part.parts[1])})"
    if part.kind in SHOWN and part.parts:
        return meaning(part.parts[0])
    if not part.kind.endswith("Box"):
        return f"{part.kind}[{', '.join(map(meaning, part.parts))}]"
    parts = [meaning(inner).strip() for inner in part.parts if not is_option(inner)]
    line = LINES.get((part.kind, len(parts)))
    if line is None:
        raise ValueError(f"{part.kind} with {len(parts)} parts has no meaning as an expression")
    if part.kind == "SuperscriptBox" and parts[1] in SUPERSCRIPTS:
        line = SUPERSCRIPTS[parts[1]]
        parts[0] = f"({parts[0]})" if "{0}'" in line else parts[0]
    elif part.kind == "OverscriptBox" and parts[1] in OVERSCRIPTS:
        line = OVERSCRIPTS[parts[1]] + "[{0}]"
    elif part.kind == "SubscriptBox" and parts[1][:1] in ("\u301a", "[["):
        line = "{0}{1}"
    return line.format(*parts)


def is_option(part: Part) -> bool:
    return isinstance(part, Box) and part.is_row and any(inner in ("\uf522", "\u2192", "->") for inner in part.parts)


def row_meaning(parts: list[Part]) -> str:
    texts: list[str] = []
    for number, part in enumerate(parts):
        function = range_function(part)
        if function is None or isinstance(part, str):
            texts.append(meaning(part))
            continue
        rest = parts[number + 1 :]
        while rest and is_space(rest[0]):
            del rest[0]
        if not rest:
            raise ValueError(f"an expression is missing after the sign of {function}")
        # What follows is one box, or all there is where no box marks its end.
        end = 1 if isinstance(rest[0], Box) else len(rest)
        texts.append(ranged(function, [meaning(inner) for inner in part.parts[1:]], row_meaning(rest[:end])))
        texts.append(row_meaning(rest[end:]))
        break
    return "".join(texts)


def range_function(part: Part) -> str | None:
    """Gives the function that a sign with scripts is of what follows it, or None for any other box."""
    if isinstance(part, str) or not part.kind.lower().endswith("scriptbox") or len(part.parts) < 2:
        return None
    return RANGED.get(meaning(part.parts[0]).strip())


def ranged(function: str, scripts: list[str], body: str) -> str:
    """Gives a sum, product, integral or derivative of what follows its sign."""
    if function == "Integrate":
        body, found, variable = body.rpartition("\uf74c")
        if not found:
            raise ValueError("an integral needs a differential at its end")
        scripts = [variable, *scripts]
    else:
        scripts = [*(side.strip() for side in scripts[0].split("=", 1)), *scripts[1:]]
    iterator = scripts[0] if len(scripts) == 1 else "{" + ", ".join(scripts) + "}"
    return f"{function}[{body}, {iterator}]"


def boxes_as_text(part: Part) -> str:
    """Gives the text of the boxes themselves, as expressions."""
    if isinstance(part, str):
        return write_string(part)
    parts = [inner for inner in part.parts if not is_space(inner)]
    if part.is_row and len(parts) == 1:
        return boxes_as_text(parts[0])
    texts = ", ".join(map(boxes_as_text, parts))
    return {"RowBox": f"RowBox[{{{texts}}}]", "List": f"{{{texts}}}"}.get(part.kind, f"{part.kind}[{texts}]")


def boxes_line(text: str, start: int) -> tuple[str, int]:
    r"""Gives the ordinary text for the boxes `\(…\)` or `\!\(…\)` that begin at `start`, and where they end.

    Raises ValueError with a sentence where they cannot be read or have no meaning.
    """
    meant = text.startswith("\\!", start)
    reader = BoxReader(text, start + (4 if meant else 2))
    row = reader.row()
    write: Callable[[Part], str] = meaning if meant else boxes_as_text
    return f"({write(row)})" if meant else write(row), reader.position
