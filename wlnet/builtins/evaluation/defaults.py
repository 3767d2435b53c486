"""Default values of omitted arguments: `Default`."""

from __future__ import annotations

from wlnet.builtins.evaluation.assigning import Assignment, assigns, refused
from wlnet.builtins.evaluation.variables import is_protected
from wlnet.kernel import Kernel, builtin
from wlnet.patterns import RuleTable
from wlnet.terms import Expression, S, Symbol, Term


@builtin("Default", category="Patterns")
def default(kernel: Kernel, owner: Term, position: Term = 1, count: Term = 1) -> Term | None:
    """Default[f] gives the value that x_. stands for in f[…, x_., …] where it is left out; Default[f] = v sets it.
    Default[f, i] and Default[f, i, n] are for the i-th of n arguments.

    Examples:
        >> Default[Plus]
        = 0
        >> Default[f] = 7; f[x_.] := {x}; f[]
        = {7}
    """
    if type(owner) is not Symbol or type(position) is not int or type(count) is not int:
        return None
    return kernel.default(owner, position, count)


@assigns(S.Default)
def assign_default(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `Default[f] = value`."""
    if not left.args or type(left.args[0]) is not Symbol:
        raise refused("setraw", left)
    owner = left.args[0]
    if is_protected(making.kernel, owner):
        raise refused("wrsym", owner)
    definition = making.kernel.definitions[owner]
    if definition.defaults is None:
        definition.defaults = RuleTable()
    definition.defaults.add(left, right, making.delayed)
    making.kernel.changed()
