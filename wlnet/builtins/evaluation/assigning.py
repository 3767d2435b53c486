"""What a definition does to the symbols on its left side. `assignment` declares the built-ins that use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from wlnet.builtins.evaluation.part_assignment import NOVAL, SHAPE, assign_part
from wlnet.builtins.evaluation.variables import assign_value, is_protected
from wlnet.builtins.lists.parts import part
from wlnet.kernel import Kernel, Message
from wlnet.patterns import RuleTable, is_literal, unwrap
from wlnet.patterns.renaming import symbols_of
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head, is_list, sort_key
from wlnet.terms import attributes as flags

MESSAGES = {
    "wrsym": "Symbol `1` is Protected.",
    "write": "Tag `1` in `2` is Protected.",
    "setraw": "Cannot assign to raw object `1`.",
    "shape": SHAPE,
    "tagnf": "Tag `1` not found in `2`.",
    "tagpos": "Tag `1` in `2` is too deep for an assigned rule to be found.",
    "nosym": "`1` does not contain a symbol to attach a rule to.",
    "noval": NOVAL,
    "setps": "`1` in the part assignment is not a symbol.",
    "messg": "Message `1` set to `2` that is not a string.",
}


def refused(tag: str, *arguments: Term) -> Message:
    """Makes one of the messages above, whichever built-in is making the definition."""
    return Message(tag, *arguments, text=MESSAGES[tag])


#: Head that a left side may have around it → the table for that of the symbol inside, and the flag that says it is used.
AROUND = {S.Format: "formats", S.N: "numerical"}
FLAGS = {"up": "has_up_values", "formats": "has_formats", "numerical": "has_numerical_values"}


class Assignment(NamedTuple):
    """One definition to be made: `delayed` as by SetDelayed, `tag` the symbol named by TagSet."""

    kernel: Kernel
    delayed: bool
    tag: Symbol | None = None


#: Head on the left side → function(assignment, left, right) that makes the definition.
SPECIAL: dict[Symbol, Callable[[Assignment, Expression, Term], None]] = {}


def assigns(head: Symbol) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declares what a definition with this head on its left side does (a decorator)."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        SPECIAL[head] = function
        return function

    return declare


def assign(making: Assignment, left: Term, right: Term) -> None:
    """Makes the definition `left = right` or `left := right`; raises the language's message where it cannot."""
    kind = type(left)
    if kind is Symbol and making.tag in (None, left):
        _assign_symbol(making.kernel, left, right)
    elif kind is Expression:
        special = SPECIAL.get(left.head) if type(left.head) is Symbol and making.tag is None else None
        if special is not None:
            special(making, left, right)
        else:
            _assign_rule(making, left, right)
    elif is_list(left):
        assign_list(making, Expression(S.List, elements(left)), right)
    else:
        raise refused("setraw", left)


def _assign_symbol(kernel: Kernel, name: Symbol, value: Term) -> None:
    if is_protected(kernel, name):
        raise refused("wrsym", name)
    assign_value(kernel, name, value)


def _assign_rule(making: Assignment, left: Expression, right: Term) -> None:
    kernel = making.kernel
    path = part_path(kernel, left) if making.tag is None else None
    if path is not None:
        assign_part(kernel, *path, right)
        return
    left = evaluated_left(kernel, left)
    core = unwrap(left)
    if type(core) is Symbol and making.tag is None:
        _assign_symbol(kernel, core, right)
        return
    if type(core) is not Expression:
        raise refused("setraw", core)
    kind, owner = place_of(core, making.tag)
    add_rule(kernel, owner, kind, left, right, making.delayed)


def part_path(kernel: Kernel, place: Term) -> tuple[Symbol, tuple[Term, ...]] | None:
    """Gives the variable and the specifications of a part of its value, such as `a[[1]]["k"]` or `a["k"][[2, 3]]`.

    None where there is no such part, since the value is no association that keys could be of; raises `wrsym`.
    """
    calls: list[Expression] = []
    while type(place) is Expression and place.args:
        calls.append(place)
        place = place.args[0] if place.head is S.Part else place.head
    if type(place) is not Symbol or place not in kernel.own or not calls:
        return None
    specs: tuple[Term, ...] = ()
    for call in reversed(calls):
        if call.head is S.Part:
            specs += tuple(map(kernel.evaluate, call.args[1:]))
        elif type(part_at(kernel, place, specs)) is Association:
            specs += tuple(Expression(S.Key, (kernel.evaluate(key),)) for key in call.args)
        else:
            return None
    if is_protected(kernel, place):
        raise refused("wrsym", place)
    return place, specs


def part_at(kernel: Kernel, name: Symbol, specs: tuple[Term, ...]) -> Term | None:
    """Gives a part of the value of a variable, None where there is none."""
    try:
        return part(kernel, kernel.own[name], specs)
    except Message:
        return None


def place_of(core: Expression, tag: Symbol | None) -> tuple[str, Symbol]:
    """Gives in which table of which symbol a rule for an expression lies: ("down", f), ("sub", f) or ("up", g)."""
    if type(core.head) is Symbol and core.head in AROUND and core.args and tag is None:
        return AROUND[core.head], innermost(core.args[0])
    kind, owner = "down", core.args[0] if is_head(core, S.Blank, 1) and type(core.args[0]) is Symbol else core.head
    while type(owner) is Expression:
        owner = unwrap(owner)
        if type(owner) is Expression:
            kind, owner = "sub", owner.head
    if tag is None:
        if type(owner) is not Symbol:
            raise refused("setraw", owner)
        return kind, owner
    if owner is tag:
        return kind, tag
    if tag in up_owners(core):
        return "up", tag
    raise refused("tagpos" if tag in symbols_of(core) else "tagnf", tag, core)


def innermost(left: Term) -> Symbol:
    """Gives the symbol that a left side inside Format or N belongs to: f of f[x_][y_]; raises `nosym`."""
    core = unwrap(left)
    while type(core) is Expression:
        core = unwrap(core.head)
    if type(core) is not Symbol:
        raise refused("nosym", left)
    return core


def up_owners(core: Expression) -> list[Symbol]:
    """Gives the symbols at level one, to which an up value may belong: the arguments and their heads."""
    found = []
    for arg in core.args:
        inner = unwrap(arg)
        if type(inner) is Expression and inner.head in BLANKS and len(inner.args) == 1:
            inner = inner.args[0]
        while type(inner) is Expression:
            inner = unwrap(inner.head)
        if type(inner) is Symbol and inner not in found and inner not in OF_PATTERNS:
            found.append(inner)
    return found


BLANKS = frozenset({S.Blank, S.BlankSequence, S.BlankNullSequence})
#: Heads of patterns, which own no definition for what they match.
OF_PATTERNS = BLANKS | {
    S.Alternatives, S.Except, S.KeyValuePattern, S.OptionsPattern, S.OrderlessPatternSequence, S.PatternSequence, S.Repeated,
    S.RepeatedNull,
}  # fmt: skip


def add_rule(kernel: Kernel, owner: Symbol, kind: str, left: Term, right: Term, delayed: bool) -> None:
    """Adds a rule to one of a symbol's tables; raises `write` where the symbol is Protected."""
    if is_protected(kernel, owner):
        raise refused("write", owner, left)
    table = table_of(kernel, owner, kind)
    table.add(left, right, delayed)
    if kind in FLAGS:
        setattr(kernel.definitions, FLAGS[kind], True)
    kernel.changed(owner)


def table_of(kernel: Kernel, owner: Symbol, kind: str) -> RuleTable:
    """Gives the "down", "up", "sub", "formats" or "numerical" table of a symbol, made if need be."""
    definition = kernel.definitions[owner]
    table: RuleTable | None = getattr(definition, kind)
    if table is None:
        table = RuleTable()
        setattr(definition, kind, table)
    return table


def evaluated_left(kernel: Kernel, left: Term) -> Term:
    """Gives the left side with the arguments of its core evaluated as the attributes of its head say."""
    if type(left) is not Expression:
        return left
    if left.head in (S.HoldPattern, S.Verbatim):
        return left
    if left.head in (S.Condition, S.PatternTest) and left.args:
        return Expression(left.head, (evaluated_left(kernel, left.args[0]), *left.args[1:]))
    if is_head(left, S.Pattern, 2):
        return Expression(left.head, (left.args[0], evaluated_left(kernel, left.args[1])))
    if type(left.head) is Symbol and left.head in AROUND and left.args:
        return around(left.head, evaluated_left(kernel, left.args[0]), *map(kernel.evaluate, left.args[1:]))
    head = left.head
    held = kernel.definitions[head].attributes if type(head) is Symbol else 0
    if type(head) is Expression:
        head = evaluated_left(kernel, head)
    if held & flags.HOLD_ALL_COMPLETE:
        return left
    args = []
    for index, arg in enumerate(left.args):
        is_held = held & (flags.HOLD_REST if index else flags.HOLD_FIRST)
        if is_held and is_head(arg, S.Evaluate, 1):
            arg, is_held = arg.args[0], 0
        args.append(arg if is_held else kernel.evaluate(arg))
    if held & flags.ORDERLESS and all(map(is_literal, args)):
        args.sort(key=sort_key)  # as what the rule is for: without a pattern, it is found as it is
    if all(new is old for new, old in zip(args, left.args, strict=True)) and head is left.head:
        return left
    return Expression(head, tuple(args))


def around(head: Symbol, inner: Term, form: Term = None, *rest: Term) -> Expression:
    """Gives Format[inner, form] or N[inner, {precision, accuracy}] as rules have it: N[x] is of machine precision."""
    if head is not S.N:
        return Expression(head, tuple(part for part in (inner, form, *rest) if part is not None))
    machine = Expression(S.List, (S.MachinePrecision, S.MachinePrecision))
    if form is None:
        return Expression(S.N, (inner, machine))
    given = form if is_list(form) or unwrap(form) is not form else Expression(S.List, (form, S.Infinity))
    return Expression(S.N, (inner, machine if form is S.MachinePrecision else given, *rest))


@assigns(S.List)
def assign_list(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `{a, b} = {1, 2}`."""
    value = making.kernel.evaluate(right) if making.delayed else right
    if not is_list(value) or len(elements(value)) != len(left.args):
        raise refused("shape", left, right)
    for target, item in zip(left.args, elements(value), strict=True):
        assign(making, target, item)


@assigns(S.Part)
def assign_to_part(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `a[[i, …]] = value`."""
    if len(left.args) < 2:
        raise refused("setraw", left)
    path = part_path(making.kernel, left)
    if path is None:
        name = left.args[0]
        raise refused("noval" if type(name) is Symbol else "setps", name)
    assign_part(making.kernel, *path, right)


@assigns(S.MessageName)
def assign_message(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `f::tag = "text"`."""
    owner, tag = left.args[0], left.args[1] if len(left.args) > 1 else None
    if type(owner) is not Symbol or type(tag) is not str:
        raise refused("setraw", left)
    if type(right) is not str:
        raise refused("messg", left, right)
    definition = making.kernel.definitions[owner]
    definition.messages = {**definition.messages, tag: right}
    making.kernel.changed()
