"""Failures, and leaving an evaluation at the first of them: Failure, Enclose, Confirm."""

from __future__ import annotations

from wlnet.builtins.evaluation.matchers import matcher
from wlnet.builtins.evaluation.messages import chosen, message_term
from wlnet.kernel import Kernel, Throw, builtin, constant, operator_form
from wlnet.terms import (
    ABORTED,
    FAILED,
    NULL,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    expression,
    is_head,
    list_of,
    symbol,
)
from wlnet.terms import attributes as flags


@constant("Failure", category="Messages")
def failure() -> None:
    """Failure["tag", <|"MessageTemplate" -> text, …|>] stands for something that went wrong.
    Failure[…]["key"] gives what it says under a key, or "Tag", or its "Message": "MessageTemplate" with "MessageParameters".

    Examples:
        >> FailureQ[Failure["Late", <|"Minutes" -> 5|>]]
        = True
        >> late = Failure["Late", <|"Minutes" -> 5|>]; {late["Minutes"], late["Tag"], late["Hours"]}
        = {5, "Late", Missing["KeyAbsent", "Hours"]}
        >> Failure["Late", <|"MessageTemplate" -> "`n` minutes late", "MessageParameters" -> <|"n" -> 5|>|>]["Message"]
        = "5 minutes late"
    """


@operator_form("Failure")
def failure_says(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    """Gives what a Failure or a Success says under a key; "Message" is its template, filled with its parameters."""
    if len(head.args) != 2 or type(head.args[1]) is not Association or len(args) != 1:
        return None
    says = head.args[1]
    if args[0] == "Message" and "Message" not in says and type(says.get("MessageTemplate")) is str:
        return expression("TemplateApply", says.get("MessageTemplate"), says.get("MessageParameters", Association()))
    return head.args[0] if args[0] == "Tag" else Expression(says, args)


#: The head of the tag with which Confirm leaves; no Catch of a program can match it by accident.
ENCLOSED = symbol("System`Private`enclose")


@builtin("Enclose", category="Messages", attributes=flags.HOLD_FIRST)
def enclose(kernel: Kernel, term: Term, function: Term = None, form: Term = None) -> Term:
    """Enclose[expr] gives expr, or the failure that a Confirm within it met.
    Enclose[expr, f] gives f of that failure; Enclose[expr, "property"] what the failure says of a property.
    Enclose[expr, f, form] is for Confirm[…, …, tag] with a tag that matches form, and for those without a tag.

    Examples:
        >> Enclose[Confirm[3] + 1]
        = 4
        >> FailureQ[Enclose[Confirm[$Failed] + 1]]
        = True
        >> Enclose[ConfirmBy[5, StringQ], Head]
        = Failure
        >> {Enclose[ConfirmBy[5, StringQ], #["Expression"] &], Enclose[ConfirmBy[5, StringQ], "Function"]}
        = {5, StringQ}
        >> Enclose[Enclose[Confirm[$Failed, "why", a], inner &, b], outer &, a]
        = outer
    """
    try:
        return kernel.evaluate(term)
    except Throw as thrown:
        tag = enclosed_tag(thrown.tag)
        if tag is None or (form is not None and tag is not NULL and not matcher(kernel, form)(tag)):
            raise
        if function is None:
            return thrown.value
        return Expression(thrown.value, (function,)) if type(function) is str else Expression(function, (thrown.value,))


def enclosed_tag(tag: Term) -> Term | None:
    """Gives the tag of a Confirm (Null without one) by what it was thrown with, None where it was no Confirm."""
    return tag.args[0] if is_head(tag, ENCLOSED, 1) else None


def leave(kernel: Kernel, kind: str, information: Term, tag: Term, **said: Term) -> Throw:
    """Gives what leaves the enclosing Enclose, with a Failure that says what was not confirmed, and information."""
    entries = [("ConfirmationType", kind), *said.items(), ("Information", kernel.evaluate(information))]
    failure = Expression(S.Failure, ("ConfirmationFailed", Association(entries)))
    return Throw(failure, Expression(ENCLOSED, (kernel.evaluate(tag),)))


ERRORS = frozenset({FAILED, ABORTED, symbol("$Canceled")})


def is_failed(term: Term) -> bool:
    """Tells whether a term stands for something that went wrong."""
    return (type(term) is Symbol and term in ERRORS) or is_head(term, S.Failure) or is_head(term, S.Missing)


@builtin("Confirm", category="Messages", attributes=flags.HOLD_REST)
def confirm(kernel: Kernel, term: Term, information: Term = NULL, tag: Term = NULL) -> Term:
    """Confirm[expr] gives expr; if it is $Failed, $Canceled, a Failure or Missing, the enclosing Enclose is left.
    Confirm[expr, information, tag] leaves an Enclose whose form matches tag.

    Details: information is evaluated only when it is needed. The Failure has "Expression" and "Information"; one of
    a confirmation inside is given as it is.

    Examples:
        >> Enclose[1 + Confirm[2]]
        = 3
        >> Enclose[Confirm[Missing[]]; 1, "Expression"]
        = Missing[]
        >> Enclose[Confirm[Enclose[ConfirmBy[5, StringQ]]], "ConfirmationType"]
        = "ConfirmBy"
    """
    if not is_failed(term):
        return term
    if is_head(term, S.Failure) and term.args[:1] == ("ConfirmationFailed",) and information is NULL:
        raise Throw(term, Expression(ENCLOSED, (kernel.evaluate(tag),)))
    raise leave(kernel, "Confirm", information, tag, Expression=term)


@builtin("ConfirmBy", category="Messages", attributes=flags.HOLD_REST)
def confirm_by(kernel: Kernel, term: Term, test: Term, information: Term = NULL, tag: Term = NULL) -> Term:
    """ConfirmBy[expr, test] gives expr if test[expr] is True; if not, the enclosing Enclose is left.
    ConfirmBy[expr, test, information, tag] leaves an Enclose whose form matches tag.

    Details: The Failure has "Expression", "Function" and "Information".

    Examples:
        >> {Enclose[ConfirmBy[4, EvenQ]], Enclose[ConfirmBy[5, EvenQ, "odd"], "Information"]}
        = {4, "odd"}
    """
    test = kernel.evaluate(test)
    if kernel.is_true(Expression(test, (term,))):
        return term
    raise leave(kernel, "ConfirmBy", information, tag, Expression=term, Function=test)


@builtin("ConfirmMatch", category="Messages", attributes=flags.HOLD_REST)
def confirm_match(kernel: Kernel, term: Term, form: Term, information: Term = NULL, tag: Term = NULL) -> Term:
    """ConfirmMatch[expr, form] gives expr if it matches a pattern; if not, the enclosing Enclose is left.
    ConfirmMatch[expr, form, information, tag] leaves an Enclose whose form matches tag.

    Details: The Failure has "Expression", "Pattern" and "Information".

    Examples:
        >> {Enclose[ConfirmMatch[4, _Integer]], Enclose[ConfirmMatch[x, _Integer], "Pattern"]}
        = {4, _Integer}
    """
    form = kernel.evaluate(form)
    if matcher(kernel, form)(term):
        return term
    raise leave(kernel, "ConfirmMatch", information, tag, Expression=term, Pattern=form)


@builtin("ConfirmAssert", category="Messages", attributes=flags.HOLD_ALL)
def confirm_assert(kernel: Kernel, test: Term, information: Term = NULL, tag: Term = NULL) -> Term:
    """ConfirmAssert[test] gives Null if test is True; if not, the enclosing Enclose is left.
    ConfirmAssert[test, information, tag] leaves an Enclose whose form matches tag.

    Details: The Failure has "Test", which is held, and "Information".

    Examples:
        >> {Enclose[ConfirmAssert[1 < 2]; 5], Enclose[ConfirmAssert[2 < 1, "no"]; 5, "Information"]}
        = {5, "no"}
        >> Enclose[ConfirmAssert[2 < 1], "Test"]
        = HoldForm[2 < 1]
    """
    if kernel.is_true(test):
        return NULL
    raise leave(kernel, "ConfirmAssert", information, tag, Test=Expression(S.HoldForm, (test,)))


@builtin("ConfirmQuiet", category="Messages", attributes=flags.HOLD_ALL)
def confirm_quiet(kernel: Kernel, term: Term, names: Term = S.All, information: Term = NULL, tag: Term = NULL) -> Term:
    """ConfirmQuiet[expr] gives expr without its messages; if there were some, the enclosing Enclose is left.
    ConfirmQuiet[expr, {f::tag, …}] is for these messages only.
    ConfirmQuiet[expr, names, information, tag] leaves an Enclose whose form matches tag.

    Details: The Failure has "Expression", "MessageList" and "Information".

    Examples:
        >> {Enclose[ConfirmQuiet[1 + 1]], Enclose[ConfirmQuiet[1/0], "MessageList"]}
        = {2, {HoldForm[Power::infy]}}
        >> Enclose[ConfirmQuiet[1/0, Part::partw]; 5]
        = 5
        message: Power::infy
    """
    with kernel.quieting(chosen(kernel, names), frozenset()) as silenced:
        value = kernel.evaluate(term)
    if not silenced:
        return value
    issued = list_of(*(message_term(kernel, label) for label in silenced))
    raise leave(kernel, "ConfirmQuiet", information, tag, Expression=value, MessageList=issued)


@constant("Success", category="Messages")
def success() -> None:
    """Success["tag", <|"MessageTemplate" -> text, …|>] stands for something that went well.
    Success[…]["key"] gives what it says under a key, or "Tag".

    Examples:
        >> done = Success["Saved", <|"File" -> "a.txt"|>]; {done["File"], done["Tag"], FailureQ[done]}
        = {"a.txt", "Saved", False}
    Source: https://reference.wolfram.com/language/ref/Success.html
    """


operator_form("Success")(failure_says)
