"""The definitions of a symbol as lists of rules: OwnValues, DownValues, UpValues and the others, and setting them."""

from __future__ import annotations

from wlnet.builtins.evaluation.assigning import Assignment, add_rule, assigns, refused
from wlnet.builtins.evaluation.variables import assign_value, is_name, is_protected, unset_value
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import is_literal, is_rule
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, list_of, sort_key
from wlnet.terms import attributes as flags

SYMBOL = "`1` is not a symbol or a string."
VRULE = "Cannot set the rules of `1` to `2`, which is not a list of rules."
TABLES = {
    S.DownValues: "down", S.UpValues: "up", S.SubValues: "sub", S.NValues: "numerical", S.FormatValues: "formats",
}  # fmt: skip


def owner_of(kernel: Kernel, name: Term) -> Symbol:
    """Gives the symbol that a symbol or its name stands for; raises `sym`."""
    if is_name(name):
        return kernel.resolve(name)
    if type(name) is Symbol:
        return name
    raise Message("sym", name, 1, text=SYMBOL)


def held_rule(left: Term, right: Term) -> Expression:
    """Gives `HoldPattern[left] :> right`."""
    if not is_head(left, S.HoldPattern, 1):
        left = Expression(S.HoldPattern, (left,))
    return Expression(S.RuleDelayed, (left, right))


def _rules(kernel: Kernel, name: Term, kind: str) -> Term:
    table = getattr(kernel.definitions[owner_of(kernel, name)], kind)
    rows = table.rules() if table is not None else ()
    literal = sorted((row for row in rows if is_literal(row[0])), key=lambda row: sort_key(row[0]))
    return list_of(*(held_rule(*row) for row in (*literal, *(row for row in rows if not is_literal(row[0])))))


@builtin("OwnValues", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def own_values(kernel: Kernel, name: Term) -> Term:
    """OwnValues[x] gives the value of a symbol as a list of at most one rule; OwnValues[x] = {…} sets it.

    Examples:
        >> x = 5; OwnValues[x]
        = {HoldPattern[x] :> 5}
        >> OwnValues[y] = {y :> 1 + 1}; y
        = 2
    Possible issues:
        >> OwnValues[5]
        = OwnValues[5]
        message: OwnValues::sym
    """
    owner = owner_of(kernel, name)
    value = kernel.own.get(owner)
    return list_of() if value is None else list_of(held_rule(owner, value))


@builtin("DownValues", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def down_values(kernel: Kernel, name: Term) -> Term:
    """DownValues[f] gives the list of the definitions for f[…]; DownValues[f] = {…} sets it.

    Details: Those without patterns come first, in the standard order; the others in the order in which they are tried.

    Examples:
        >> k[3] = c; k[1] = a; DownValues[k]
        = {HoldPattern[k[1]] :> a, HoldPattern[k[3]] :> c}
        >> f[1] = a; f[n_] := b; DownValues[f]
        = {HoldPattern[f[1]] :> a, HoldPattern[f[n_]] :> b}
        >> DownValues[g] = {g[1] :> one}; {g[1], g[2]}
        = {one, g[2]}
    Possible issues:
        >> DownValues[5]
        = DownValues[5]
        message: DownValues::sym
    """
    return _rules(kernel, name, "down")


@builtin("UpValues", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def up_values(kernel: Kernel, name: Term) -> Term:
    """UpValues[g] gives the list of the definitions for f[…, g, …] that belong to g; UpValues[g] = {…} sets it.

    Examples:
        >> f[g] ^= 1; UpValues[g]
        = {HoldPattern[f[g]] :> 1}
    Possible issues:
        >> UpValues[5]
        = UpValues[5]
        message: UpValues::sym
    """
    return _rules(kernel, name, "up")


@builtin("SubValues", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def sub_values(kernel: Kernel, name: Term) -> Term:
    """SubValues[f] gives the list of the definitions for f[…][…]; SubValues[f] = {…} sets it.

    Examples:
        >> f[a_][b_] := a - b; SubValues[f]
        = {HoldPattern[f[a_][b_]] :> a - b}
    Possible issues:
        >> SubValues[5]
        = SubValues[5]
        message: SubValues::sym
    """
    return _rules(kernel, name, "sub")


@builtin("NValues", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def n_values(kernel: Kernel, name: Term) -> Term:
    """NValues[f] gives the list of the definitions for N[f[…]]; NValues[f] = {…} sets it.

    Examples:
        >> N[f[x_]] := x/2; NValues[f]
        = {HoldPattern[N[f[x_], {MachinePrecision, MachinePrecision}]] :> x/2}
        >> NValues[f] = {}; N[f[3]]
        = f[3.]
    Possible issues:
        >> NValues[5]
        = NValues[5]
        message: NValues::sym
    """
    return _rules(kernel, name, "numerical")


@builtin("FormatValues", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def format_values(kernel: Kernel, name: Term) -> Term:
    """FormatValues[f] gives the list of the definitions for Format[f[…]]; FormatValues[f] = {…} sets it.

    Examples:
        >> Format[f[x_]] := {x}; FormatValues[f]
        = {HoldPattern[Format[f[x_]]] :> {x}}
    Possible issues:
        >> FormatValues[5]
        = FormatValues[5]
        message: FormatValues::sym
    """
    return _rules(kernel, name, "formats")


@builtin("DefaultValues", category="Definitions", attributes=flags.HOLD_ALL, messages={"sym": SYMBOL})
def default_values(kernel: Kernel, name: Term) -> Term:
    """DefaultValues[f] gives the list of the definitions for Default[f, …].

    Examples:
        >> Default[f, 2] = 7; DefaultValues[f]
        = {HoldPattern[Default[f, 2]] :> 7}
    Possible issues:
        >> DefaultValues[5]
        = DefaultValues[5]
        message: DefaultValues::sym
    """
    return _rules(kernel, name, "defaults")


def _given_rules(making: Assignment, left: Expression, right: Term) -> tuple[Symbol, list[Term]]:
    if len(left.args) != 1:
        raise refused("setraw", left)
    owner = owner_of(making.kernel, left.args[0])
    if is_protected(making.kernel, owner):
        raise refused("wrsym", owner)
    given = list(elements(right))
    if not is_head(right, S.List) or not all(map(is_rule, given)):
        raise Message("vrule", owner, right, text=VRULE)
    return owner, given


def _assign_table(making: Assignment, left: Expression, right: Term) -> None:
    owner, given = _given_rules(making, left, right)
    kind = TABLES[left.head]
    setattr(making.kernel.definitions[owner], kind, None)
    for row in given:
        pattern = row.args[0]
        inner = pattern.args[0] if is_head(pattern, S.HoldPattern, 1) else pattern
        add_rule(making.kernel, owner, kind, inner, row.args[1], row.head is S.RuleDelayed)
    making.kernel.changed()


for _head in TABLES:
    assigns(_head)(_assign_table)


@assigns(S.OwnValues)
def assign_own_values(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `OwnValues[x] = {x :> value}`."""
    owner, given = _given_rules(making, left, right)
    unset_value(making.kernel, owner)
    for row in given:
        assign_value(making.kernel, owner, row.args[1])
