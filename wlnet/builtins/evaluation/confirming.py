"""Failures, and leaving an evaluation at the first of them: Failure, Enclose, Confirm."""

from __future__ import annotations

from wlnet.builtins.evaluation.matchers import matcher
from wlnet.kernel import Kernel, Throw, builtin, constant, operator_form
from wlnet.terms import FAILED, NULL, Association, Expression, S, Term, is_head, symbol
from wlnet.terms import attributes as flags


@constant("Failure", category="Messages")
def failure() -> None:
    """Failure["tag", <|"MessageTemplate" -> text, …|>] stands for something that went wrong.
    Failure[…]["key"] gives what it says under a key, or "Tag".

    Examples:
        >> FailureQ[Failure["Late", <|"Minutes" -> 5|>]]
        = True
        >> late = Failure["Late", <|"Minutes" -> 5|>]; {late["Minutes"], late["Tag"], late["Hours"]}
        = {5, "Late", Missing["KeyAbsent", "Hours"]}
    """


@operator_form("Failure")
def failure_says(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    """Gives what a Failure says under a key."""
    if len(head.args) != 2 or type(head.args[1]) is not Association or len(args) != 1:
        return None
    return head.args[0] if args[0] == "Tag" else Expression(head.args[1], args)


#: The head of the tag with which Confirm leaves; no Catch of a program can match it by accident.
ENCLOSED = symbol("System`Private`enclose")


@builtin("Enclose", category="Messages", attributes=flags.HOLD_FIRST)
def enclose(kernel: Kernel, term: Term, function: Term = None, form: Term = None) -> Term:
    """Enclose[expr] gives expr, or the failure that a Confirm within it met.
    Enclose[expr, f] gives f of that failure.
    Enclose[expr, f, form] is for Confirm[…, …, tag] with a tag that matches form, and for those without a tag.

    Examples:
        >> Enclose[Confirm[3] + 1]
        = 4
        >> FailureQ[Enclose[Confirm[$Failed] + 1]]
        = True
        >> Enclose[ConfirmBy[5, StringQ], Head]
        = Failure
        >> Enclose[ConfirmBy[5, StringQ], #["Expression"] &]
        = 5
        >> Enclose[Enclose[Confirm[$Failed, "why", a], inner &, b], outer &, a]
        = outer
    """
    try:
        return kernel.evaluate(term)
    except Throw as thrown:
        tag = enclosed_tag(thrown.tag)
        if tag is None or (form is not None and tag is not NULL and not matcher(kernel, form)(tag)):
            raise
        return thrown.value if function is None else Expression(function, (thrown.value,))


def enclosed_tag(tag: Term) -> Term | None:
    """Gives the tag of a Confirm (Null without one) by what it was thrown with, None where it was no Confirm."""
    return tag.args[0] if is_head(tag, ENCLOSED, 1) else None


def failure_of(kind: str, value: Term, information: Term) -> Expression:
    """Gives the Failure that Confirm and ConfirmBy leave an Enclose with."""
    entries: list[tuple[Term, Term]] = [("Expression", value), ("Information", information)]
    return Expression(S.Failure, (kind, Association(entries)))


def is_failed(term: Term) -> bool:
    """Tells whether a term stands for something that went wrong."""
    return term is FAILED or is_head(term, S.Failure) or is_head(term, S.Missing)


@builtin("Confirm", category="Messages")
def confirm(kernel: Kernel, term: Term, information: Term = NULL, tag: Term = NULL) -> Term:
    """Confirm[expr] gives expr; if it is $Failed, a Failure or Missing, the enclosing Enclose is left.
    Confirm[expr, information, tag] leaves an Enclose whose form matches tag.

    Examples:
        >> Enclose[1 + Confirm[2]]
        = 3
        >> Enclose[Confirm[Missing[]]; 1, # &] === 1
        = False
    """
    if is_failed(term):
        failure = term if is_head(term, S.Failure) else failure_of("ConfirmationFailed", term, information)
        raise Throw(failure, Expression(ENCLOSED, (tag,)))
    return term


@builtin("ConfirmBy", category="Messages")
def confirm_by(kernel: Kernel, term: Term, test: Term, information: Term = NULL, tag: Term = NULL) -> Term:
    """ConfirmBy[expr, test] gives expr if test[expr] is True; if not, the enclosing Enclose is left.

    Examples:
        >> Enclose[ConfirmBy[4, EvenQ]]
        = 4
    """
    if not kernel.is_true(Expression(test, (term,))):
        raise Throw(failure_of("ConfirmationFailed", term, information), Expression(ENCLOSED, (tag,)))
    return term
