"""Messages: issuing them, silencing them, acting on them."""

from __future__ import annotations

from wlnet.builtins.evaluation.forms import display
from wlnet.builtins.evaluation.history import current_line, history_of
from wlnet.builtins.evaluation.variables import is_name
from wlnet.kernel import Kernel, builtin, constant
from wlnet.kernel.messages import GENERAL_MESSAGES, message_label
from wlnet.terms import (
    NONE,
    NULL,
    TRUE,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    list_of,
    symbol,
)
from wlnet.terms import attributes as flags

NAME = "`1` is not a message name."


def label_of(kernel: Kernel, term: Term) -> tuple[str, str] | None:
    """Gives the symbol's full name and the tag of `f::tag`; None for anything else."""
    if not is_head(term, S.MessageName) or len(term.args) < 2:
        return None
    owner, tag = term.args[0], term.args[1]
    if type(owner) is Expression:
        owner = kernel.evaluate(owner)
    if is_name(owner):
        owner = kernel.resolve(owner)
    return (owner.full_name, tag) if type(owner) is Symbol and type(tag) is str else None


@builtin("Message", category="Messages", attributes=flags.HOLD_FIRST, messages={"name": NAME})
def message(kernel: Kernel, name: Term, *args: Term) -> Term | None:
    """Message[f::tag, x, y, …] issues a message, with x, y, … in the places `1`, `2`, … of its text.

    Examples:
        >> f::bad = "The value `1` is bad."; Message[f::bad, 7]
        = Null
        message: f::bad
    Possible issues:
        >> Message[x]
        = Message[x]
        message: Message::name
    """
    label = label_of(kernel, name)
    if label is None:
        kernel.message("Message", "name", name)
        return None
    kernel.message(*label, *(display(kernel, arg) for arg in args))
    return NULL


@builtin("MessageName", category="Messages", attributes=flags.HOLD_FIRST)
def message_name(kernel: Kernel, owner: Term, tag: Term, *language: Term) -> Term | None:
    """MessageName[f, "tag"] or f::tag is the text of a message; f::tag = "text" sets it.

    Examples:
        >> f::usage = "f does nothing."; f::usage
        = "f does nothing."
        >> f::other
        = f::other
    """
    if type(owner) is not Symbol or type(tag) is not str:
        return None
    found: Term = kernel.definitions[owner].messages.get(tag)
    return GENERAL_MESSAGES.get(tag) if found is None and owner is S.General else found


@builtin("Messages", category="Messages", attributes=flags.HOLD_ALL)
def messages(kernel: Kernel, owner: Term) -> Term | None:
    """Messages[f] gives the messages of f as a list of rules.

    Examples:
        >> f::bad = "Bad."; Messages[f]
        = {HoldPattern[f::bad] :> "Bad."}
    """
    if type(owner) is not Symbol:
        return None
    rows = []
    for tag, text in sorted(kernel.definitions[owner].messages.items()):
        name = Expression(S.HoldPattern, (Expression(S.MessageName, (owner, tag)),))
        rows.append(Expression(S.RuleDelayed, (name, text)))
    return list_of(*rows)


def labels_of(kernel: Kernel, given: Term) -> list[str]:
    """Gives the labels `f::tag` of a message name or a list of them; what is none is left out."""
    items = elements(given) if is_list(given) else (given,)
    found = (label_of(kernel, item) for item in items)
    return [message_label(*label) for label in found if label is not None]


def message_term(kernel: Kernel, label: str) -> Expression:
    """Gives the name of a message, held, by the label that it is known by."""
    name, _, tag = label.partition("::")
    return Expression(S.HoldForm, (Expression(S.MessageName, (kernel.resolve(name), tag)),))


def chosen(kernel: Kernel, given: Term) -> frozenset[str] | None:
    """Gives the labels that All (None), None or some names of messages stand for."""
    return None if given is S.All else frozenset(labels_of(kernel, given))


@builtin("Quiet", category="Messages", attributes=flags.HOLD_ALL)
def quiet(kernel: Kernel, term: Term, given: Term = S.All, kept: Term = NONE) -> Term:
    """Quiet[expr] evaluates expr without printing messages.
    Quiet[expr, {f::tag, …}] silences these messages only; Quiet[expr, None, {f::tag, …}] silences none of these.
    Quiet[expr, All, {f::tag, …}] silences all others.

    Details: A Check within expr meets the messages that are not printed, one around Quiet does not.

    Examples:
        >> Quiet[1/0; 5]
        = 5
        >> Quiet[{1, 2}[[3]], Part::partw]
        = {1, 2}[[3]]
        >> Quiet[1/0; {1, 2}[[3]], All, Power::infy]
        = {1, 2}[[3]]
        message: Power::infy
        >> {Quiet[Check[1/0, failed], Power::infy], Check[Quiet[1/0; 5], failed]}
        = {failed, 5}
    """
    with kernel.quieting(chosen(kernel, given), chosen(kernel, kept)):
        return kernel.evaluate(term)


@builtin("MessageList", category="Messages")
def message_list(kernel: Kernel, line: Term) -> Term | None:
    """MessageList[n] gives the names of the messages that were issued in the n-th input, each in HoldForm.

    Examples:
        >> 1/0; {1}[[2]]
        = {1}[[2]]
        message: Power::infy
        message: Part::partw
        >> MessageList[1]
        = {HoldForm[Power::infy], HoldForm[Part::partw]}
    """
    if type(line) is not int:
        return None
    line = line + current_line(kernel) if line < 0 else line
    issued = kernel.issued if line == current_line(kernel) else history_of(kernel).messages.get(line, ())
    return list_of(*(message_term(kernel, label) for label in issued))


@constant("$MessageList", category="Messages", value=Expression(S.MessageList, (symbol("$Line"),)))
def messages_issued() -> None:
    """$MessageList is the list of the names of the messages issued so far in the current input.

    Examples:
        >> 1/0; $MessageList
        = {HoldForm[Power::infy]}
        message: Power::infy
    """


@builtin("Check", category="Messages", attributes=flags.HOLD_ALL)
def check(kernel: Kernel, term: Term, otherwise: Term, given: Term = None) -> Term:
    """Check[expr, otherwise] gives expr, or otherwise if messages were issued in its evaluation.
    Check[expr, otherwise, {f::tag, …}] takes only these messages into account.

    Examples:
        >> Quiet[Check[1/0, failed]]
        = failed
        >> Check[1 + 1, failed]
        = 2
        >> Quiet[Check[1/0; 5, failed, Part::partw]]
        = 5
    """
    before = len(kernel.issued)
    value = kernel.evaluate_to_end(term)
    issued = kernel.issued[before:]
    if given is not None:
        wanted = labels_of(kernel, given)
        issued = [label for label in issued if label in wanted]
    return otherwise if issued else value


@builtin("Off", category="Messages", attributes=flags.HOLD_ALL)
def off(kernel: Kernel, *names: Term) -> Term:
    """Off[f::tag, …] switches messages off.

    Examples:
        >> Off[Part::partw]; {1}[[2]]
        = {1}[[2]]
        >> On[Part::partw]
        = Null
    """
    for name in names:
        kernel.silenced.update(labels_of(kernel, name))
    return NULL


@builtin("On", category="Messages", attributes=flags.HOLD_ALL)
def on(kernel: Kernel, *names: Term) -> Term:
    """On[f::tag, …] switches messages on again.

    Examples:
        >> Off[Part::partw]; On[Part::partw]; {1}[[2]]
        = {1}[[2]]
        message: Part::partw
    """
    for name in names:
        kernel.silenced.difference_update(labels_of(kernel, name))
    return NULL


@builtin("Assert", category="Messages", attributes=flags.HOLD_ALL, messages={"asrtf": "Assertion `1` failed."})
def assert_(kernel: Kernel, test: Term, tag: Term = None) -> Term:
    """Assert[test] says in a message that a test is not True.

    Examples:
        >> Assert[1 < 2]
        = Null
        >> Assert[1 > 2]
        = Null
        message: Assert::asrtf
    """
    if kernel.evaluate(test) is not TRUE:
        kernel.message("Assert", "asrtf", test)
    return NULL


@constant("General", category="Messages")
def general() -> None:
    """General has the messages that any symbol may issue.

    Examples:
        >> Sin[1, 2, 3]
        = Sin[1, 2, 3]
        message: Sin::argx
    """
