"""String templates: texts with places to fill."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from wlnet.builtins.files.data_formats import text_of
from wlnet.builtins.files.files import CLOSED, read_bytes
from wlnet.builtins.lists.choosing import EMPTY_LIST, items
from wlnet.builtins.strings.strings import to_text
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin, constant, operator_form
from wlnet.syntax import parse
from wlnet.terms import NULL, TRUE, Association, Expression, S, Symbol, Term, elements, is_head, is_list

PLACE = re.compile(r"<\*(.*?)\*>|`([^`]*)`", re.DOTALL)
ABSENT = "There is nothing to put into the place `1` of the template."
OPTIONS = ("CombinerFunction", "InsertionFunction")


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is filled with: values by place, or by name; and how each becomes a text."""

    kernel: Kernel
    values: tuple[Term, ...]
    by_name: Association
    insert: Term = S.TextString
    combine: Term = S.StringJoin

    def value(self, name: Term) -> Term | None:
        """Gives the value of a place by name or number; None where there is none."""
        if name in self.by_name:
            return self.kernel.evaluate(self.by_name.get(name))
        number = int(name) if type(name) is str and name.isdecimal() else name
        values = self.values or items(self.by_name)
        return values[number - 1] if type(number) is int and 0 < number <= len(values) else None

    def text(self, value: Term) -> Term:
        """Gives what a value becomes in the template."""
        if self.insert is S.TextString:
            return to_text(value)
        return self.kernel.evaluate(Expression(self.insert, (value,)))


def filling(kernel: Kernel, given: tuple[Term, ...], options: dict[Symbol, Term]) -> Filling:
    by_name = given[0] if len(given) == 1 and type(given[0]) is Association else Association()
    made = Filling(kernel, () if len(by_name) else given, by_name)
    insert, combine = options.get(S.InsertionFunction), options.get(S.CombinerFunction)
    return replace(made, insert=insert or made.insert, combine=combine or made.combine)


def template_parts(template: Term) -> tuple[Term, dict[Symbol, Term]] | None:
    """Gives the content of StringTemplate or TemplateObject, and its options; None for anything else."""
    if type(template) is str:
        return template, {}
    if not (is_head(template, S.StringTemplate) or is_head(template, S.TemplateObject)) or not template.args:
        return None
    content, *rest = template.args
    rules = [rule.args for rule in rest if is_head(rule, S.Rule, 2)]
    if len(rules) < len(rest) or any(type(name) is not Symbol or name.name not in OPTIONS for name, _ in rules):
        return None
    if is_head(template, S.StringTemplate) and type(content) is not str:
        return None
    return content, {name: value for name, value in rules if value is not S.Automatic}


def applied(kernel: Kernel, template: Term, given: tuple[Term, ...]) -> Term | None:
    """Gives a template filled with values; raises `tempno` where there is nothing for a place."""
    parts = template_parts(template)
    if parts is None:
        return None
    made = filling(kernel, given, parts[1])
    return filled(made, parts[0]) if type(parts[0]) is str else combined(made, parts[0])


def filled(made: Filling, text: str) -> Term:
    """Gives the text with its places filled."""
    pieces: list[Term] = []
    end, used = 0, 0
    for place in PLACE.finditer(text):
        pieces.append(text[end : place.start()])
        end = place.end()
        if place.group(1) is not None:
            pieces.append(made.text(_value(made.kernel, place.group(1))))
            continue
        name = place.group(2).strip()
        used += not name
        value = made.value(name or used)
        if value is None:
            raise Message("tempno", name or str(used), text=ABSENT)
        pieces.append(made.text(value))
    pieces.append(text[end:])
    if made.combine is S.StringJoin and all(type(piece) is str for piece in pieces):
        return "".join(pieces)
    return made.kernel.evaluate(Expression(made.combine, tuple(piece for piece in pieces if type(piece) is not str or piece)))


def _value(kernel: Kernel, source: str) -> Term:
    try:
        return kernel.evaluate(parse(source, kernel.resolve))
    except ParseError:
        return NULL


# Template objects --------------------------------------------------------------------------------------------------


def combined(made: Filling, content: Term) -> Term:
    """Gives a list of pieces filled and put together, or another expression with its slots filled."""
    if not is_list(content):
        return piece_of(made, content)
    pieces = [piece_of(made, each) for each in elements(content)]
    texts = tuple(piece if type(piece) is str else made.text(piece) for piece in pieces)
    return made.kernel.evaluate(Expression(made.combine, texts))


def piece_of(made: Filling, term: Term) -> Term:
    """Gives a part of a template with what it stands for in its place."""
    if type(term) is not Expression:
        return term
    if type(term.head) is Symbol and term.head in PIECES and term.args:
        return PIECES[term.head](made, term.args)
    return made.kernel.evaluate(Expression(term.head, tuple(piece_of(made, arg) for arg in term.args)))


def slot(made: Filling, args: tuple[Term, ...]) -> Term:
    options = {rule.args[0]: rule.args[1] for rule in args[1:] if is_head(rule, S.Rule, 2)}
    value = made.value(args[0]) if type(args[0]) in (str, int) else None
    if value is None:
        value = options.get(S.DefaultValue)
    if value is None:
        raise Message("tempno", args[0], text=ABSENT)
    insert = options.get(S.InsertionFunction)
    return value if insert is None else replace(made, insert=insert).text(value)


def choice(made: Filling, args: tuple[Term, ...]) -> Term:
    wanted = made.kernel.evaluate(piece_of(made, args[0])) is TRUE
    chosen = args[1:2] if wanted else args[2:3]
    return combined(made, chosen[0]) if chosen else ""


def repeated(made: Filling, args: tuple[Term, ...]) -> Term:
    if len(args) < 2:
        return Expression(S.TemplateSequence, args)
    listed = piece_of(made, args[1])
    pieces = [combined(filling(made.kernel, (each,), {}), args[0]) for each in elements(listed)]
    texts = [made.text(piece) if type(piece) is not str else piece for piece in pieces]
    between = args[2] if len(args) > 2 else ""
    separated = [text for piece in texts for text in (between, piece)][1:]
    return made.kernel.evaluate(Expression(S.StringJoin, tuple(separated)))


#: What stands for something in a template object → function that gives it.
PIECES: dict[Symbol, Callable[[Filling, tuple[Term, ...]], Term]] = {
    S.TemplateSlot: slot,
    S.TemplateIf: choice,
    S.TemplateSequence: repeated,
    S.TemplateExpression: lambda made, args: made.kernel.evaluate(piece_of(made, args[0])),
    S.TemplateVerbatim: lambda made, args: args[0],
}


# Declarations ------------------------------------------------------------------------------------------------------


@builtin("StringTemplate", category="Strings", messages={"noopen": CLOSED})
def string_template(kernel: Kernel, text: Term, *rules: Term) -> Term | None:
    """StringTemplate["text `1` `name`"] is a template, a function that fills its places: `1` takes the first argument,
    `name` the value of a key of an association, `` the next argument, <*expr*> the value of an expression.
    StringTemplate[File["file"]] takes the text of a file.

    Details: InsertionFunction -> f takes f of each value, CombinerFunction -> g puts all pieces together.

    Examples:
        >> StringTemplate["`1` and `2`"]["a", 5]
        = "a and 5"
        >> StringTemplate["loss: `loss`"][<|"loss" -> 0.5|>]
        = "loss: 0.5"
        >> StringTemplate["<`1`>", InsertionFunction -> ToUpperCase]["a"]
        = "<A>"
    Possible issues:
        >> StringTemplate[File["no such file"]]
        = $Failed
        message: StringTemplate::noopen
    """
    if not is_head(text, S.File, 1):
        return None
    found = read_bytes(text, "StringTemplate")
    return None if found is None else Expression(S.StringTemplate, (text_of(found[1]), *rules))


@operator_form("StringTemplate")
def template_operator(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    return applied(kernel, head, args)


@builtin("TemplateObject", category="Strings")
def template_object(kernel: Kernel, content: Term, *rules: Term) -> None:
    """TemplateObject[{piece1, piece2, …}] is a template of pieces that are put together, with TemplateSlot, TemplateIf,
    TemplateSequence and TemplateExpression among them; InsertionFunction and CombinerFunction are as in StringTemplate.
    TemplateObject[expr] gives expr with its slots filled.

    Examples:
        >> TemplateObject[{"Dear ", TemplateSlot["name"], "!"}][<|"name" -> "Ada"|>]
        = "Dear Ada!"
        >> TemplateApply[TemplateObject[f[TemplateSlot[1], 2]], {x}]
        = f[x, 2]
        >> TemplateApply[TemplateObject[{TemplateSlot[1], 2}, CombinerFunction -> List, InsertionFunction -> Identity], {x}]
        = {x, 2}
    """


@operator_form("TemplateObject")
def template_object_operator(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    return applied(kernel, head, args)


@builtin("TemplateApply", category="Strings", messages={"tempno": ABSENT})
def template_apply(kernel: Kernel, template: Term, given: Term = EMPTY_LIST) -> Term | None:
    """TemplateApply[template, {a, b, …}] fills the places of a template, or of a string, with a, b, ….
    TemplateApply[template, assoc] fills them with the values of an association.

    Examples:
        >> TemplateApply["`1`-`2`", {1, 2}]
        = "1-2"
        >> TemplateApply[StringTemplate["<*1 + 1*>"]]
        = "2"
    Possible issues:
        >> TemplateApply["`1`"]
        = TemplateApply["`1`"]
        message: TemplateApply::tempno
    """
    return applied(kernel, template, elements(given) if is_list(given) else (given,))


#: Name → its usage, and an example with its value.
NAMES = {
    "TemplateSlot": (
        "TemplateSlot[n] and TemplateSlot[name] are places of a template object; DefaultValue -> x is for where there is no value, "
        "InsertionFunction -> f is for this place alone.",
        'TemplateApply[TemplateObject[{TemplateSlot["a", DefaultValue -> "none"]}], <|"b" -> 1|>]', '"none"',
    ),
    "TemplateIf": (
        "TemplateIf[condition, template1, template2] is one of two templates in a template object.",
        'TemplateApply[TemplateObject[{TemplateIf[TemplateSlot["late"], "soon", "now"]}], <|"late" -> True|>]', '"soon"',
    ),
    "TemplateSequence": (
        "TemplateSequence[template, list] is a template once for each element; a third argument stands between them.",
        'TemplateApply[TemplateObject[{TemplateSequence[{"<", TemplateSlot[1], ">"}, TemplateSlot["x"]]}], <|"x" -> {1, 2}|>]',
        '"<1><2>"',
    ),
    "TemplateExpression": (
        "TemplateExpression[expr] is the value of an expression with slots in a template object.",
        "TemplateApply[TemplateObject[{TemplateExpression[TemplateSlot[1] + 1]}], {2}]", '"3"',
    ),
    "TemplateVerbatim": (
        "TemplateVerbatim[x] is x as it is in a template object.",
        "TemplateApply[TemplateObject[f[TemplateVerbatim[TemplateSlot[1]]]], {2}]", "f[TemplateSlot[1]]",
    ),
    "InsertionFunction": (
        "InsertionFunction is an option of templates: what makes a text of a value.",
        'TemplateApply[StringTemplate["`1`", InsertionFunction -> (ToString[2 #] &)], {2}]', '"4"',
    ),
    "CombinerFunction": (
        "CombinerFunction is an option of templates: what puts the pieces together.",
        'TemplateApply[StringTemplate["a`1`", CombinerFunction -> List], {"b"}]', '{"a", "b"}',
    ),
    "DefaultValue": (
        "DefaultValue is an option of TemplateSlot: what stands in its place where there is no value.",
        'TemplateApply[TemplateObject[{TemplateSlot[1, DefaultValue -> "-"]}], {}]', '"-"',
    ),
}  # fmt: skip


def declare(name: str, usage: str, example: str, value: str) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = f"{usage}\n\nExamples:\n    >> {example}\n    = {value}\n"
    constant(name, category="Strings")(stands_for_itself)


for _name, _row in NAMES.items():
    declare(_name, *_row)


@builtin("FileTemplate", category="Strings", messages={"noopen": CLOSED})
def file_template(kernel: Kernel, name: Term) -> Term | None:
    """FileTemplate["file"] gives the template that the text of a file is.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x.txt"}]; Export[file, "<`1`>"]; FileTemplate[file][5]
        = "<5>"
    Possible issues:
        >> FileTemplate["no such file"]
        = $Failed
        message: FileTemplate::noopen
    """
    found = read_bytes(name, "FileTemplate")
    return None if found is None else Expression(S.StringTemplate, (text_of(found[1]),))
