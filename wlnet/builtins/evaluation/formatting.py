"""Format: how expressions of a program's own are shown."""

from __future__ import annotations

from contextvars import ContextVar

from wlnet.kernel import Kernel, builtin
from wlnet.patterns import NO_MATCH
from wlnet.terms import Association, Expression, S, Symbol, Term

#: The forms for which definitions are looked up, in this order; None: those for every form.
USUAL: tuple[Term, ...] = (S.OutputForm, S.StandardForm, None)
FORMS: dict[Symbol, tuple[Term, ...]] = {
    S.OutputForm: USUAL,
    S.StandardForm: (S.StandardForm, None),
    S.TraditionalForm: (S.TraditionalForm, None),
    S.InputForm: (S.InputForm,),
    S.FullForm: (S.FullForm,),
}


#: The kernel for which something was last shown in this thread: forms such as NumberForm may hold functions.
ASKING: ContextVar[Kernel | None] = ContextVar("ASKING", default=None)


def asking() -> Kernel | None:
    """Gives the kernel for which something is being shown."""
    return ASKING.get()


def followed(form: Term) -> tuple[Term, ...]:
    """Gives the forms whose definitions are followed where a form is asked for."""
    return FORMS.get(form, (form, None)) if type(form) is Symbol else USUAL


def formatted(kernel: Kernel, term: Term, forms: tuple[Term, ...] = USUAL) -> Term:
    """Gives a term with every part that has a Format replaced by what that gives."""
    ASKING.set(kernel)
    if not kernel.definitions.has_formats:
        return term
    kind = type(term)
    if kind is Association:
        return term.map_values(formatted(kernel, value, forms) for value in term.values())
    if kind is not Expression and kind is not Symbol:
        return term
    found = format_of(kernel, term, forms)
    if found is not None:
        return formatted(kernel, found, forms)
    if kind is Symbol:
        return term
    forms = FORMS.get(term.head, forms) if type(term.head) is Symbol else forms
    return Expression(formatted(kernel, term.head, forms), tuple(formatted(kernel, arg, forms) for arg in term.args))


def format_of(kernel: Kernel, term: Term, forms: tuple[Term, ...]) -> Term | None:
    """Gives what the Format of a term itself gives in one of the forms, or None."""
    owner = term
    while type(owner) is Expression:
        owner = owner.head
    table = kernel.definitions[owner].formats if type(owner) is Symbol else None
    if table is None:
        return None
    for form in forms:
        found = table.lookup(Expression(S.Format, (term,) if form is None else (term, form)), kernel)
        if found is not NO_MATCH:
            return kernel.evaluate(found)
    return None


@builtin("Format", category="Output")
def format_(kernel: Kernel, term: Term, form: Term = None) -> Term:
    """Format[f[x_]] := expr makes f[…] be shown as expr; it stays what it is.
    Format[f[x_], form] := expr does so in one form alone, such as OutputForm or InputForm.
    Format[expr] gives what is shown for expr.

    Details:
        What is shown on its own follows the definitions for OutputForm, then those for StandardForm, then those
        without a form; InputForm follows its own alone.

    Examples:
        >> Format[money[x_]] := Row[{"$", x}];
        >> {money[5], f[money[3]]}
        printed: {$5, f[$3]}
        >> money[5][[1]]
        = 5
        >> Format[money[x_], InputForm] := dollars[x]; ToString[{money[5]}, InputForm]
        = "{dollars[5]}"
        >> Format[money[x_]] =.; money[5]
        printed: money[5]
        >> Format[secret] := "***"; ToString[{secret, 1}]
        = "{***, 1}"
    """
    return formatted(kernel, term, followed(form))
