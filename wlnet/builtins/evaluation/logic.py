"""Truth: And, Or, Not and their kin."""

from __future__ import annotations

from wlnet.kernel import Kernel, builtin, constant
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, is_head, truth
from wlnet.terms import attributes as flags

CHAINED = flags.FLAT | flags.ONE_IDENTITY


@constant("True", category="Logic", attributes=flags.LOCKED)
def true() -> None:
    """True is the value of what is true.

    Examples:
        >> 1 < 2
        = True
    """


@constant("False", category="Logic", attributes=flags.LOCKED)
def false() -> None:
    """False is the value of what is false.

    Examples:
        >> 2 < 1
        = False
    """


def _chained(kernel: Kernel, head: Symbol, args: tuple[Term, ...], neutral: Symbol, decisive: Symbol) -> Term | None:
    """Evaluates arguments one by one until one decides; leaves those that are neither True nor False."""
    left = []
    for arg in args:
        value = kernel.evaluate(arg)
        if value is decisive:
            return decisive
        if value is not neutral:
            left.append(value)
    if not left:
        return neutral
    if len(left) == 1:
        return left[0]
    if len(left) == len(args) and all(new is old for new, old in zip(left, args, strict=True)):
        return None
    return Expression(head, tuple(left))


@builtin("And", category="Logic", attributes=flags.HOLD_ALL | CHAINED)
def and_(kernel: Kernel, *args: Term) -> Term | None:
    """And[a, b, …] or a && b && … is False as soon as one of them is, and True if all are.

    Examples:
        >> 1 < 2 && 2 < 3
        = True
        >> x && True && False
        = False
        >> x && True
        = x
    """
    return _chained(kernel, S.And, args, TRUE, FALSE)


@builtin("Or", category="Logic", attributes=flags.HOLD_ALL | CHAINED)
def or_(kernel: Kernel, *args: Term) -> Term | None:
    """Or[a, b, …] or a || b || … is True as soon as one of them is, and False if none is.

    Examples:
        >> 1 > 2 || 2 < 3
        = True
        >> x || False
        = x
    """
    return _chained(kernel, S.Or, args, FALSE, TRUE)


OPPOSITES = {
    S.Equal: S.Unequal, S.Unequal: S.Equal, S.Less: S.GreaterEqual, S.GreaterEqual: S.Less,
    S.Greater: S.LessEqual, S.LessEqual: S.Greater,
}  # fmt: skip


@builtin("Not", category="Logic")
def not_(kernel: Kernel, term: Term) -> Term | None:
    """Not[x] or !x is False if x is True, and True if x is False.

    Examples:
        >> !(1 < 2)
        = False
        >> !!x
        = x
        >> {!(x == y), !(x < y)}
        = {x != y, x >= y}
    """
    if term is TRUE:
        return FALSE
    if term is FALSE:
        return TRUE
    if type(term) is Expression and type(term.head) is Symbol and term.head in OPPOSITES and len(term.args) == 2:
        return Expression(OPPOSITES[term.head], term.args)
    return term.args[0] if is_head(term, S.Not, 1) else None


@builtin("Xor", category="Logic", attributes=CHAINED | flags.ORDERLESS)
def xor(kernel: Kernel, *args: Term) -> Term | None:
    """Xor[a, b, …] is True if an odd number of its arguments are.

    Examples:
        >> Xor[True, False, True, True]
        = True
        >> {Xor[a, True], Xor[a, False], Xor[a, b]}
        = {!a, a, Xor[a, b]}
    """
    is_odd = sum(arg is TRUE for arg in args) % 2 == 1
    open_ = tuple(arg for arg in args if arg is not TRUE and arg is not FALSE)
    if not open_ or (len(open_) == len(args) > 1):
        return None if open_ else truth(is_odd)
    rest = open_[0] if len(open_) == 1 else Expression(S.Xor, open_)
    return Expression(S.Not, (rest,)) if is_odd else rest


@builtin("Nand", category="Logic", attributes=flags.HOLD_ALL)
def nand(kernel: Kernel, *args: Term) -> Term:
    """Nand[a, b, …] is the opposite of a && b && ….

    Examples:
        >> Nand[True, False]
        = True
    """
    return Expression(S.Not, (Expression(S.And, args),))


@builtin("Nor", category="Logic", attributes=flags.HOLD_ALL)
def nor(kernel: Kernel, *args: Term) -> Term:
    """Nor[a, b, …] is the opposite of a || b || ….

    Examples:
        >> Nor[False, False]
        = True
    """
    return Expression(S.Not, (Expression(S.Or, args),))


@builtin("Implies", category="Logic")
def implies(kernel: Kernel, left: Term, right: Term) -> Term | None:
    """Implies[a, b] is False if a is True and b is False, and True in all other cases.

    Examples:
        >> {Implies[True, False], Implies[False, x]}
        = {False, True}
    """
    if left is FALSE or right is TRUE:
        return TRUE
    return right if left is TRUE else None


@builtin("Boole", category="Logic", attributes=flags.LISTABLE)
def boole(kernel: Kernel, term: Term) -> Term | None:
    """Boole[x] gives 1 if x is True, and 0 if it is False.

    Examples:
        >> Boole[{True, False, x}]
        = {1, 0, Boole[x]}
    """
    return 1 if term is TRUE else 0 if term is FALSE else None


@builtin("TrueQ", category="Logic")
def true_q(kernel: Kernel, term: Term) -> Term:
    """TrueQ[x] gives True if x is True, and False for everything else.

    Examples:
        >> {TrueQ[1 < 2], TrueQ[x]}
        = {True, False}
    """
    return truth(term is TRUE)


@builtin("BooleanQ", category="Logic")
def boolean_q(kernel: Kernel, term: Term) -> Term:
    """BooleanQ[x] tells whether x is True or False.

    Examples:
        >> {BooleanQ[False], BooleanQ[x]}
        = {True, False}
    """
    return truth(term is TRUE or term is FALSE)
