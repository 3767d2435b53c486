"""Pure functions: `Function` in all its forms, applied by substitution that is prepared once for each function."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from wlnet.kernel import Kernel, Message, builtin, constant, operator_form
from wlnet.kernel.structure import pure_attributes
from wlnet.patterns import template
from wlnet.patterns.renaming import has_scopes, replace_names
from wlnet.terms import NULL, Association, Expression, S, Symbol, Term, elements, is_head, is_list, symbol
from wlnet.terms import attributes as flags

KEPT = 2048
Substitution = Callable[[dict[Symbol, Term]], Term]


class Prepared(NamedTuple):
    """A function whose body is ready to be filled.

    parameters: the names of `Function[{x, …}, …]`, or None with slots; numbers, runs, names: the symbols that stand for
    `#n`, `##n` and `#name` in the rewritten body.
    """

    fill: Substitution
    parameters: tuple[Symbol, ...] | None = None
    numbers: tuple[tuple[Symbol, int], ...] = ()
    runs: tuple[tuple[Symbol, int], ...] = ()
    names: tuple[tuple[Symbol, str], ...] = ()


# Keyed by identity, with the function kept alive beside it: hashing a body would cost more than filling it.
_prepared: dict[int, tuple[Expression, Prepared]] = {}


@operator_form("Function")
def apply_function(kernel: Kernel, function: Expression, args: tuple[Term, ...]) -> Term | None:
    """Gives `Function[…][args…]`."""
    if not function.args:
        return None
    found = _prepared.get(id(function))
    if found is None or found[0] is not function:
        made = prepare(function)
        if made is None:
            raise Message("flpar", function.args[0], function)
        if len(_prepared) >= KEPT:
            _prepared.clear()
        found = _prepared[id(function)] = (function, made)
    prepared = found[1]
    if len(function.args) > 2 and pure_attributes(function) & flags.LISTABLE and any(map(is_list, args)):
        return _threaded(function, args)
    if prepared.parameters is not None:
        if len(args) < len(prepared.parameters):
            raise Message("fpct", Expression(S.List, prepared.parameters), Expression(function, args))
        return prepared.fill(dict(zip(prepared.parameters, args)))  # noqa: B905
    return prepared.fill(_slot_values(kernel, prepared, function, args))


def _slot_values(
    kernel: Kernel, prepared: Prepared, function: Expression, args: tuple[Term, ...]
) -> dict[Symbol, Term]:
    values: dict[Symbol, Term] = {}
    size = len(args)
    for name, number in prepared.numbers:
        if 0 < number <= size:
            values[name] = args[number - 1]
        elif number == 0:
            values[name] = function
        else:
            kernel.message("Function", "slotn", number, function, Expression(function, args))
            values[name] = Expression(S.Slot, (number,))
    for name, number in prepared.runs:
        values[name] = Expression(S.Sequence, args[number - 1 :])
    for name, wanted in prepared.names:
        first = args[0] if args else NULL
        value = first.get(wanted) if type(first) is Association else None
        if value is None:
            kernel.message("Function", "slota", wanted, function, Expression(function, args))
            value = Expression(S.Slot, (wanted,))
        values[name] = value
    return values


def _threaded(function: Expression, args: tuple[Term, ...]) -> Term:
    lengths = {len(elements(arg)) for arg in args if is_list(arg)}
    if len(lengths) > 1:
        raise Message("tdlen", Expression(function, args), symbol="Thread")
    length = lengths.pop()
    columns = [elements(arg) if is_list(arg) else (arg,) * length for arg in args]
    return Expression(S.List, tuple(Expression(function, row) for row in zip(*columns, strict=True)))


def prepare(function: Expression) -> Prepared | None:
    """Gives the prepared form of a function; None where its parameters are no symbols."""
    args = function.args
    if len(args) == 1 or args[0] is NULL:
        return _prepare_slots(args[-1] if len(args) < 3 else args[1])
    given = args[0].args if is_head(args[0], S.List) else (args[0],)
    if not all(type(name) is Symbol for name in given):
        return None
    return Prepared(_substitution(args[1], set(given), set()), parameters=given)


def _prepare_slots(body: Term) -> Prepared:
    slots: dict[tuple[str, Term], Symbol] = {}
    rewritten = _rewrite(body, slots)
    numbers, runs, names = [], [], []
    for (kind, what), name in slots.items():
        if kind == "SlotSequence":
            runs.append((name, what))
        elif type(what) is int:
            numbers.append((name, what))
        else:
            names.append((name, what))
    loose = {name for name, _ in runs}
    fill = _substitution(rewritten, set(slots.values()) - loose, loose)
    return Prepared(fill, None, tuple(sorted(numbers, key=lambda row: row[1])), tuple(runs), tuple(names))


def _rewrite(term: Term, slots: dict[tuple[str, Term], Symbol]) -> Term:
    """Gives the body with a symbol of its own in place of each slot; those of inner functions stay."""
    if type(term) is Association:
        return term.with_values([_rewrite(value, slots) for value in term.values()])
    if type(term) is not Expression:
        return term
    head, args = term.head, term.args
    if head is S.Function and (len(args) == 1 or (len(args) > 1 and args[0] is NULL)):
        return term
    if (head is S.Slot or head is S.SlotSequence) and len(args) <= 1:
        what = args[0] if args else 1
        if (type(what) is int and what >= (head is S.SlotSequence)) or (type(what) is str and head is S.Slot):
            kind = head.name
            return slots.setdefault((kind, what), symbol(f"System`Private`{kind}{what}"))
    new_head = _rewrite(head, slots)
    new_args = tuple([_rewrite(arg, slots) for arg in args])
    if new_head is head and all(new is old for new, old in zip(new_args, args, strict=True)):
        return term
    return Expression(new_head, new_args)


def _substitution(body: Term, sure: set[Symbol], loose: set[Symbol]) -> Substitution:
    if has_scopes(body):
        return lambda bindings: replace_names(body, bindings)
    fill = template(body, sure, loose)
    return (lambda bindings: body) if fill is None else fill


@builtin(
    "Function",
    category="Functions",
    attributes=flags.HOLD_ALL,
    messages={
        "slotn": "Slot number `1` in `2` cannot be filled from `3`.",
        "slota": "Named slot `1` in `2` cannot be filled from `3`.",
        "fpct": "Too many parameters in `1` to be filled from `2`.",
        "flpar": "Parameter specification `1` in `2` should be a symbol or a list of symbols.",
    },
)
def function(kernel: Kernel, first: Term, body: Term = None, attributes: Term = None) -> None:
    """Function[body] or body& is a pure function; # or #1, #2, … in it stand for its arguments.
    Function[x, body] or x |-> body is a pure function of x.
    Function[{x, y, …}, body] is a pure function of several arguments.
    Function[parameters, body, attributes] is a pure function with attributes such as HoldAll or Listable.

    Details: ## stands for all arguments, ##n for those from the n-th on, #0 for the function itself and #name for the
    value at the key "name" where the first argument is an association.

    Examples:
        >> (# + 1) &[5]
        = 6
        >> Function[{x, y}, {y, x}][1, 2]
        = {2, 1}
        >> {##2, #} &[a, b, c]
        = {b, c, a}
        >> #age &[<|"name" -> "Ada", "age" -> 36|>]
        = 36
        >> If[# < 2, 1, # #0[# - 1]] &[5]
        = 120
        >> Function[x, Hold[x], HoldAll][1 + 1]
        = Hold[1 + 1]
        >> Function[x, Function[y, x + y]][y][1]
        = 1 + y
    Possible issues:
        >> {#1, #2} &[a]
        = {a, #2}
        message: Function::slotn
        >> #b &[<|"a" -> 1|>]
        = #b
        message: Function::slota
        >> Function[{x, y}, x][1]
        = Function[{x, y}, x][1]
        message: Function::fpct
        >> Function[2, 3][1]
        = Function[2, 3][1]
        message: Function::flpar
    """


@constant("Slot", category="Functions", attributes=flags.N_HOLD_ALL)
def slot() -> None:
    """Slot[n] or #n stands for the n-th argument of a pure function.
    Slot["name"] or #name stands for the value at the key "name" of its first argument.

    Examples:
        >> #2 &[a, b]
        = b
    """


@constant("SlotSequence", category="Functions", attributes=flags.N_HOLD_ALL)
def slot_sequence() -> None:
    """SlotSequence[n] or ##n stands for the arguments of a pure function from the n-th on.

    Examples:
        >> f[##] &[a, b]
        = f[a, b]
    """
