"""What a program says of how its functions are called."""

from __future__ import annotations

from wlnet.builtins.evaluation.assigning import Assignment, assigns, refused
from wlnet.builtins.evaluation.variables import is_protected
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Symbol, Term, is_list, list_of

#: Key of a session's state with what is said, by symbol.
SAID = "syntax information"


@builtin("SyntaxInformation", category="Symbols")
def syntax_information(kernel: Kernel, name: Term) -> Term | None:
    """SyntaxInformation[f] = {"ArgumentsPattern" -> …, …} says how f is called, for those who edit programs.
    SyntaxInformation[f] gives what is said, {} where nothing is.

    Examples:
        >> SyntaxInformation[f] = {"ArgumentsPattern" -> {_, OptionsPattern[]}};
        >> {SyntaxInformation[f], SyntaxInformation[g]}
        = {{"ArgumentsPattern" -> {_, OptionsPattern[]}}, {}}
    """
    if type(name) is not Symbol:
        return None
    found: Term = kernel.state.get(SAID, {}).get(name)
    return list_of() if found is None else found


@assigns(S.SyntaxInformation)
def assign_syntax_information(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `SyntaxInformation[f] = {…}`."""
    name = making.kernel.evaluate(left.args[0]) if len(left.args) == 1 else None
    if type(name) is not Symbol or not is_list(right):
        raise refused("setraw", left)
    if is_protected(making.kernel, name):
        raise refused("wrsym", name)
    making.kernel.state.setdefault(SAID, {})[name] = right
    making.kernel.changed()
