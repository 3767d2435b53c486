"""String templates: texts with places to fill."""

from __future__ import annotations

import re

from wlnet.builtins.lists.choosing import EMPTY_LIST, items
from wlnet.builtins.strings.strings import to_text
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin, operator_form
from wlnet.syntax import parse
from wlnet.terms import Association, Expression, S, Term, elements, is_head, is_list

PLACE = re.compile(r"<\*(.*?)\*>|`([^`]*)`", re.DOTALL)
ABSENT = "There is nothing to put into the place `1` of the template."


@builtin("StringTemplate", category="Strings")
def string_template(kernel: Kernel, text: Term) -> None:
    """StringTemplate["text `1` `name`"] is a template, a function that fills its places: `1` takes the first argument,
    `name` the value of a key of an association, `` the next argument, <*expr*> the value of an expression.

    Examples:
        >> StringTemplate["`1` and `2`"]["a", 5]
        = "a and 5"
        >> StringTemplate["loss: `loss`"][<|"loss" -> 0.5|>]
        = "loss: 0.5"
    """


@operator_form("StringTemplate")
def template_operator(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    if len(head.args) != 1 or type(head.args[0]) is not str:
        return None
    return filled(kernel, head.args[0], args)


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
    text = template.args[0] if is_head(template, S.StringTemplate, 1) else template
    if type(text) is not str:
        return None
    return filled(kernel, text, elements(given) if is_list(given) else (given,))


def filled(kernel: Kernel, text: str, args: tuple[Term, ...]) -> str:
    """Gives the text with its places filled; raises `tempno` where there is nothing for one."""
    counter = iter(range(len(args)))
    by_name = args[0] if len(args) == 1 and type(args[0]) is Association else Association()

    def fill(place: re.Match[str]) -> str:
        if place.group(1) is not None:
            return to_text(_value(kernel, place.group(1)))
        name = place.group(2).strip()
        if name in by_name:
            return to_text(kernel.evaluate(by_name.get(name)))
        index = next(counter, -1) if not name else int(name) - 1 if name.isdecimal() else -1
        values = items(by_name) if len(by_name) and index >= 0 else args
        if not 0 <= index < len(values):
            raise Message("tempno", name, text=ABSENT)
        return to_text(values[index])

    return PLACE.sub(fill, text)


def _value(kernel: Kernel, source: str) -> Term:
    try:
        return kernel.evaluate(parse(source, kernel.resolve))
    except ParseError:
        return S.Null
