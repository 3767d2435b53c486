"""Changes of a value in place: x++, x += 1, AppendTo, KeyDropFrom and their kin."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.evaluation.assigning import Assignment, assign
from wlnet.builtins.evaluation.part_assignment import add_in_place
from wlnet.builtins.evaluation.variables import is_protected
from wlnet.builtins.lists.choosing import association_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head, is_list
from wlnet.terms import attributes as flags

RVALUE = "`1` is not a variable with a value, so its value cannot be changed."


def changed(kernel: Kernel, place: Term, change: Callable[[Term], Term]) -> tuple[Term, Term]:
    """Gives the old and the new value of a variable, or of a part of one, after changing it; raises `rvalue`."""
    old = kernel.evaluate(place)
    if type(place) is Symbol and place not in kernel.own:
        raise Message("rvalue", place)
    if (type(place) is Expression and old is place) or type(place) not in (Symbol, Expression):
        raise Message("rvalue", place)
    new = kernel.evaluate(change(old))
    assign(Assignment(kernel, delayed=False), place, new)
    return old, new


def plus(by: Term) -> Callable[[Term], Term]:
    return lambda old: Expression(S.Plus, (old, by))


def stepped(kernel: Kernel, place: Term, by: int) -> tuple[Term, Term]:
    """Gives the old and the new value of a variable after adding a step to it."""
    old = kernel.own.get(place) if type(place) is Symbol else None
    if type(old) is int and not is_protected(kernel, place):
        # Counters are what this is used for, and the way by Plus takes three times as long.
        kernel.set_own(place, old + by)
        return old, old + by
    return changed(kernel, place, plus(by))


@builtin("Increment", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def increment(kernel: Kernel, place: Term) -> Term:
    """Increment[x] or x++ adds 1 to the value of x and gives the old value.

    Examples:
        >> x = 1; {x++, x}
        = {1, 2}
        >> v = {5, 6}; v[[2]]++; v
        = {5, 7}
    Possible issues:
        >> novalue++
        = novalue++
        message: Increment::rvalue
    """
    return stepped(kernel, place, 1)[0]


@builtin("Decrement", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def decrement(kernel: Kernel, place: Term) -> Term:
    """Decrement[x] or x-- subtracts 1 from the value of x and gives the old value.

    Examples:
        >> x = 1; {x--, x}
        = {1, 0}
    Possible issues:
        >> novalue--
        = novalue--
        message: Decrement::rvalue
    """
    return stepped(kernel, place, -1)[0]


@builtin("PreIncrement", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def pre_increment(kernel: Kernel, place: Term) -> Term:
    """PreIncrement[x] or ++x adds 1 to the value of x and gives the new value.

    Examples:
        >> x = 1; {++x, x}
        = {2, 2}
    Possible issues:
        >> ++novalue
        = ++novalue
        message: PreIncrement::rvalue
    """
    return stepped(kernel, place, 1)[1]


@builtin("PreDecrement", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def pre_decrement(kernel: Kernel, place: Term) -> Term:
    """PreDecrement[x] or --x subtracts 1 from the value of x and gives the new value.

    Examples:
        >> x = 1; {--x, x}
        = {0, 0}
    Possible issues:
        >> --novalue
        = --novalue
        message: PreDecrement::rvalue
    """
    return stepped(kernel, place, -1)[1]


@builtin("AddTo", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def add_to(kernel: Kernel, place: Term, by: Term) -> Term:
    """AddTo[x, d] or x += d adds d to the value of x and gives the new value.

    Examples:
        >> x = 10; x += 2
        = 12
    Possible issues:
        >> novalue += 1
        = novalue += 1
        message: AddTo::rvalue
    """
    return changed(kernel, place, plus(by))[1]


@builtin("SubtractFrom", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def subtract_from(kernel: Kernel, place: Term, by: Term) -> Term:
    """SubtractFrom[x, d] or x -= d subtracts d from the value of x and gives the new value.

    Examples:
        >> x = 10; x -= 2
        = 8
    Possible issues:
        >> novalue -= 1
        = novalue -= 1
        message: SubtractFrom::rvalue
    """
    return changed(kernel, place, lambda old: Expression(S.Plus, (old, Expression(S.Times, (-1, by)))))[1]


@builtin("TimesBy", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def times_by(kernel: Kernel, place: Term, by: Term) -> Term:
    """TimesBy[x, c] or x *= c multiplies the value of x by c and gives the new value.

    Examples:
        >> x = 10; x *= 2
        = 20
    Possible issues:
        >> novalue *= 2
        = novalue *= 2
        message: TimesBy::rvalue
    """
    return changed(kernel, place, lambda old: Expression(S.Times, (old, by)))[1]


@builtin("DivideBy", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def divide_by(kernel: Kernel, place: Term, by: Term) -> Term:
    """DivideBy[x, c] or x /= c divides the value of x by c and gives the new value.

    Examples:
        >> x = 10; x /= 2
        = 5
    Possible issues:
        >> novalue /= 2
        = novalue /= 2
        message: DivideBy::rvalue
    """
    return changed(kernel, place, lambda old: Expression(S.Times, (old, Expression(S.Power, (by, -1)))))[1]


@builtin("AppendTo", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def append_to(kernel: Kernel, place: Term, by: Term) -> Term:
    """AppendTo[x, item] appends item to the list that is the value of x and gives the new list.

    Examples:
        >> x = {1, 2}; AppendTo[x, 3]; x
        = {1, 2, 3}
    Possible issues:
        >> AppendTo[novalue, 1]
        = AppendTo[novalue, 1]
        message: AppendTo::rvalue
    """
    return changed(kernel, place, lambda old: Expression(S.Append, (old, by)))[1]


@builtin("PrependTo", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def prepend_to(kernel: Kernel, place: Term, by: Term) -> Term:
    """PrependTo[x, item] puts item in front of the list that is the value of x and gives the new list.

    Examples:
        >> x = {1, 2}; PrependTo[x, 0]; x
        = {0, 1, 2}
    Possible issues:
        >> PrependTo[novalue, 1]
        = PrependTo[novalue, 1]
        message: PrependTo::rvalue
    """
    return changed(kernel, place, lambda old: Expression(S.Prepend, (old, by)))[1]


@builtin("ApplyTo", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def apply_to(kernel: Kernel, place: Term, function: Term) -> Term:
    """ApplyTo[x, f] or x //= f gives x the value f[x].

    Examples:
        >> x = {3, 1, 2}; x //= Length; x
        = 3
    Possible issues:
        >> novalue //= f
        = novalue //= f
        message: ApplyTo::rvalue
    """
    return changed(kernel, place, lambda old: Expression(function, (old,)))[1]


@builtin(
    "AssociateTo",
    category="Assignment",
    attributes=flags.HOLD_FIRST,
    messages={"rvalue": RVALUE, "invt": "`1` is not a rule, an association or a list of rules."},
)
def associate_to(kernel: Kernel, place: Term, given: Term) -> Term:
    """AssociateTo[a, key -> value] changes or adds an element of the association that is the value of a.
    AssociateTo[a, {key -> value, …}] does so for several.

    Examples:
        >> a = <|"x" -> 1|>; AssociateTo[a, "y" -> 2]; a
        = <|"x" -> 1, "y" -> 2|>
    Possible issues:
        >> AssociateTo[novalue, 1 -> 2]
        = AssociateTo[novalue, 1 -> 2]
        message: AssociateTo::rvalue
        >> b = <||>; AssociateTo[b, 5]; b
        = <||>
        message: AssociateTo::invt
    """
    added = association_of(given)
    if added is None:
        raise Message("invt", given)
    if type(place) is Symbol and not is_protected(kernel, place) and add_in_place(kernel, place, added):
        return kernel.own[place]
    return changed(kernel, place, lambda old: required(old, place).joined(added))[1]


def required(value: Term, place: Term) -> Association:
    """Gives the value if it is an association; raises `rvalue`."""
    if type(value) is not Association:
        raise Message("rvalue", place)
    return value


@builtin("KeyDropFrom", category="Assignment", attributes=flags.HOLD_FIRST, messages={"rvalue": RVALUE})
def key_drop_from(kernel: Kernel, place: Term, keys: Term) -> Term:
    """KeyDropFrom[a, key] drops the element with this key from the association that is the value of a.
    KeyDropFrom[a, {key, …}] drops several.

    Examples:
        >> a = <|"x" -> 1, "y" -> 2|>; KeyDropFrom[a, "x"]; a
        = <|"y" -> 2|>
    Possible issues:
        >> KeyDropFrom[novalue, 1]
        = KeyDropFrom[novalue, 1]
        message: KeyDropFrom::rvalue
    """
    given = elements(keys) if is_list(keys) else (keys,)
    names = [key.args[0] if is_head(key, S.Key, 1) else key for key in given]
    return changed(kernel, place, lambda old: required(old, place).without(names))[1]
