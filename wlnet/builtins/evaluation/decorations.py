"""The text of what is decorated: scripts, frames, labels and whatever only looks different in a notebook."""

from __future__ import annotations

from functools import partial

from wlnet.builtins.evaluation.arranging import places
from wlnet.builtins.evaluation.forms import laid_out, output_text, wraps
from wlnet.builtins.evaluation.tables import beside, framed
from wlnet.builtins.lists.choosing import items
from wlnet.kernel import constant
from wlnet.syntax import write
from wlnet.terms import Expression, S, Term, elements, is_list

#: Wrapper → what it is in a notebook; a text shows what is in it.
CONTENTS = {
    "Annotation": "with data attached to it",
    "Button": "on a button",
    "DynamicWrapper": "where something is evaluated again whenever it changes",
    "Deploy": "that cannot be edited",
    "EventHandler": "that does something at clicks and keys",
    "Highlighted": "on a colored background",
    "Interpretation": "in place of another expression: Interpretation[x, y]",
    "Item": "as a cell of Grid or Column with options of its own",
    "Magnify": "in another size",
    "MouseAppearance": "with another pointer over it",
    "Mouseover": "until the pointer is over it",
    "Pane": "in a pane of a given size",
    "StatusArea": "with something in the status area",
    "Panel": "on a panel",
    "Rotate": "turned by an angle",
}
#: Script → how it is written with the texts of its arguments.
SCRIPTS = {
    "Superscript": ("{0}^{1}", "x with y above it on the right"),
    "Subscript": ("{0}_{1}", "x with y below it on the right"),
    "Subsuperscript": ("{0}_{1}^{2}", "x with y below and z above it on the right"),
    "Overscript": ("{0}^{1}", "x with y above it"),
    "Underscript": ("{0}_{1}", "x with y below it"),
    "Underoverscript": ("{0}_{1}^{2}", "x with y below and z above it"),
    "SuperDagger": ("{0}†", "x with a dagger"),
    "SuperStar": ("{0}*", "x with a star"),
    "SuperPlus": ("{0}^+", "x with a plus sign above it on the right"),
    "SuperMinus": ("{0}^-", "x with a minus sign above it on the right"),
    "SubStar": ("{0}_*", "x with a star below it on the right"),
    "SubPlus": ("{0}_+", "x with a plus sign below it on the right"),
    "SubMinus": ("{0}_-", "x with a minus sign below it on the right"),
}
#: Mark over or under a letter → the combining character for it.
MARKS = {
    "OverBar": "\u0304", "OverHat": "\u0302", "OverTilde": "\u0303", "OverDot": "\u0307", "OverVector": "\u20d7",
    "UnderBar": "\u0332",
}  # fmt: skip
LETTERS = "xyz"
#: So many printer's points are about as wide as a character.
POINTS = 6


def _content(args: tuple[Term, ...]) -> str | None:
    return output_text(args[0]) if args else None


def _operand(term: Term) -> str:
    text = output_text(term)
    return f"({text})" if " " in text and not text.startswith(("{", '"')) else text


def _script(line: str, args: tuple[Term, ...]) -> str | None:
    count = line.count("{")
    if count == 1 or len(args) == count:
        return line.format(*map(_operand, args)) if len(args) == count else None
    # Subscript takes any number of indices.
    return line.format(_operand(args[0]), ",".join(map(_operand, args[1:]))) if count == 2 < len(args) else None


def _marked(mark: str, args: tuple[Term, ...]) -> str | None:
    text = output_text(args[0]) if len(args) == 1 else ""
    return text + mark if len(text) == 1 else None


def declare(name: str, usage: str, shown: str, text: str) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = f'{usage}\n\nExamples:\n    >> ToString[{shown}]\n    = "{text}"\n'
    constant(name, category="Output")(stands_for_itself)


for _name, _what in CONTENTS.items():
    wraps(_name)(_content)
    declare(_name, f"{_name}[x] shows x {_what} in a notebook; in a text, x.", f"{_name}[x]", "x")
for _name, (_line, _what) in SCRIPTS.items():
    wraps(_name)(partial(_script, _line))
    _letters = LETTERS[: _line.count("{")]
    _call = f"{_name}[{', '.join(_letters)}]"
    declare(_name, f"{_call} shows {_what}.", _call, _line.format(*_letters))
for _name, _mark in MARKS.items():
    wraps(_name)(partial(_marked, _mark))
    declare(_name, f"{_name}[x] shows a letter x with this mark.", f"{_name}[x]", f"x{_mark}")


@wraps("Framed")
def _framed(args: tuple[Term, ...]) -> str | None:
    return framed(output_text(args[0])) if args else None


@wraps("Invisible")
def _invisible(args: tuple[Term, ...]) -> str | None:
    return "".join("\n" if sign == "\n" else " " for sign in output_text(args[0])) if args else None


@wraps("Spacer")
def _spacer(args: tuple[Term, ...]) -> str | None:
    width = elements(args[0])[0] if args and is_list(args[0]) and len(elements(args[0])) else (*args, None)[0]
    return " " * min(max(round(width / POINTS), 1), 200) if type(width) in (int, float) and 0 <= width < 1e6 else None


@wraps("Hyperlink")
def _hyperlink(args: tuple[Term, ...]) -> str | None:
    return _content(places(args))


@wraps("Skeleton")
def _skeleton(args: tuple[Term, ...]) -> str | None:
    return f"<<{output_text(args[0])}>>" if len(args) == 1 else None


@wraps("StringSkeleton")
def _string_skeleton(args: tuple[Term, ...]) -> str | None:
    return "..." if len(args) == 1 else None


@wraps("SequenceForm")
def _sequence_form(args: tuple[Term, ...]) -> str | None:
    return beside([output_text(arg) for arg in args])


# Shallow -----------------------------------------------------------------------------------------------------------


@wraps("Shallow")
def _shallow(args: tuple[Term, ...]) -> str | None:
    given = args[1] if len(args) > 1 else S.Automatic
    depth, length = (*(elements(given) if is_list(given) else (given,)), None, None)[:2]
    limits = [usual if each is None or each is S.Automatic else each for each, usual in ((depth, 4), (length, 10))]
    if not args or not all(type(each) is int or each is S.Infinity for each in limits):
        return None
    most = [each if type(each) is int else 10**6 for each in limits]
    return write(laid_out(shallow(args[0], most[0], most[1])), "OutputForm")


def shallow(term: Term, depth: int, length: int) -> Term:
    """Gives a term with skeletons for what lies deeper, and for elements beyond a number of them."""
    parts = items(term)
    if not parts:
        return term
    if depth <= 1:
        return Expression(S.Skeleton, (len(parts),))
    kept = tuple(shallow(part, depth - 1, length) for part in parts[:length])
    kept += (Expression(S.Skeleton, (len(parts) - length,)),) if len(parts) > length else ()
    return Expression(term.head if type(term) is Expression else S.List, kept)


# What is known of them ---------------------------------------------------------------------------------------------

for _name, _usage, _shown, _text in (
    ("Framed", "Framed[x] shows x in a frame.", "Framed[x]", "┌───┐\\n│ x │\\n└───┘"),
    ("Invisible", "Invisible[x] leaves the room that x would take.", 'Row[{1, Invisible["ab"], 2}]', "1  2"),
    ("Spacer", "Spacer[w] is an empty place of w points.", "Row[{1, Spacer[12], 2}]", "1  2"),
    ("Hyperlink", 'Hyperlink[label, "address"] shows a label that leads to an address.', 'Hyperlink["home", "https://a.org"]', "home"),
    ("Skeleton", "Skeleton[n] stands for n elements that are left out.", "Skeleton[5]", "<<5>>"),
    ("StringSkeleton", "StringSkeleton[n] stands for n characters that are left out.", "StringSkeleton[5]", "..."),
    ("SequenceForm", "SequenceForm[x, y, …] shows values side by side.", 'SequenceForm["n = ", 3]', "n = 3"),
    (
        "Shallow",
        "Shallow[x] shows x to depth 4 and no more than 10 elements of each part.\n"
        "Shallow[x, depth] and Shallow[x, {depth, length}] set the limits.",
        "Shallow[{Range[20], f[g[h[x]]]}, {3, 4}]", "{{1, 2, 3, 4, <<16>>}, f[<<1>>]}",
    ),
    ("ColumnForm", "ColumnForm[{x, y, …}] shows values one below the other.", "ColumnForm[{a, b}]", "a\\nb"),
    ("TextGrid", "TextGrid[{{a, b}, …}] shows values in rows and columns, with the options of Grid.", "TextGrid[{{a, b}}]", "a   b"),
    (
        "Multicolumn",
        "Multicolumn[{x, y, …}, n] shows values in n columns, the first filled first.",
        "Multicolumn[{1, 2, 3, 4}, 2]", "1   3\\n2   4",
    ),
    ("Dividers", "Dividers is an option of Grid: All, Center, or {columns, rows}, each a list of True and False, or rules.",
     "Grid[{{a, b}}, Dividers -> Center]", "a │ b"),
    ("Spacings", "Spacings is an option of Grid: {h, v}, spaces between columns and empty lines between rows.",
     "Grid[{{a, b}, {c, d}}, Spacings -> {1, 1}]", "a b\\n\\nc d"),
    ("TableAlignments", "TableAlignments is an option of TableForm: Left, Right or Center, or {rows, columns}.",
     "TableForm[{{1}, {22}}, TableAlignments -> Right]", " 1\\n22"),
    ("TableSpacing", "TableSpacing is an option of TableForm: {empty lines between rows, spaces between columns}.",
     "TableForm[{{1, 2}, {3, 4}}, TableSpacing -> {0, 1}]", "1 2\\n3 4"),
    ("TableDepth", "TableDepth is an option of TableForm: 1 shows the elements of rows as they are.",
     "TableForm[{{1, 2}, {3, 4}}, TableDepth -> 1]", "{1, 2}\\n{3, 4}"),
    ("TableDirections", "TableDirections is an option of TableForm: Row lets the first level go across.",
     "TableForm[{{1, 2}, {3, 4}}, TableDirections -> Row]", "1   3\\n2   4"),
    ("SpanFromLeft", "SpanFromLeft is a cell of Grid that belongs to the one on its left.", "Grid[{{a, SpanFromLeft}, {1, 2}}]", "a\\n1   2"),
    ("SpanFromAbove", "SpanFromAbove is a cell of Grid that belongs to the one above it.", "Grid[{{a, b}, {SpanFromAbove, c}}]", "a   b\\n    c"),
    ("SpanFromBoth", "SpanFromBoth is a cell of Grid that belongs to the one above it on the left.",
     "Grid[{{a, SpanFromLeft, b}, {SpanFromAbove, SpanFromBoth, c}}]", "a      b\\n       c"),
):  # fmt: skip
    declare(_name, _usage, _shown, _text)
for _name, _what in {
    "ItemSize": "how large cells are", "ItemStyle": "how cells look", "FormatType": "the form of what is written",
}.items():  # fmt: skip
    declare(_name, f"{_name} is the name of an option for notebooks: {_what}. A text does without it.", _name, _name)
