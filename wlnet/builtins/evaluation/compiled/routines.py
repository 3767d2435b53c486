"""Functions of the user's whose rules compute with values: called by compiled code, and at once by the evaluator."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple

from wlnet.builtins.evaluation.compiled.code import LEVEL, MOST, SHARED, Env, Step, Unfit, is_plain
from wlnet.builtins.evaluation.compiled.compiler import CALLS, Compiler
from wlnet.builtins.evaluation.compiled.forms import Returned, sameness
from wlnet.builtins.evaluation.compiled.operations import operation
from wlnet.builtins.evaluation.compiled.values import ATOMS, Leave, required
from wlnet.kernel import BUILTINS
from wlnet.patterns import right_condition
from wlnet.terms import TRUE, Expression, S, Symbol, Term, is_head, is_list

Test = Callable[[Term], bool]
#: Head in `x_head` → the test for values of it.
TYPES: dict[Symbol, Test] = {
    S.Integer: lambda value: type(value) is int,
    S.Real: lambda value: type(value) is float,
    S.Complex: lambda value: type(value) is complex,
    S.String: lambda value: type(value) is str,
    S.List: is_list,
}
MOST_RULES = 32


class Row(NamedTuple):
    """One rule: tests of arguments by their places, a condition or None, and the right side."""

    tests: tuple[tuple[int, Test], ...]
    condition: Step | None
    body: Step


class Routine:
    """The rules of a function for one number of arguments. An argument lies in an Env at its number.

    literal: integer → right side, of the rules for one integer each that are tried first, where there is one argument.
    """

    __slots__ = ("literal", "rows")

    def __init__(self) -> None:
        self.rows: tuple[Row, ...] = ()
        self.literal: dict[Term, Step] = {}

    def run(self, env: Env, rise: int, values: tuple[Term, ...]) -> Term:
        """Gives the value for these arguments; `rise` is how deep the call lies in the body around it."""
        shared, level = env[SHARED], env[LEVEL] + rise
        if level > shared[MOST]:
            raise Leave
        frame: Env = dict(enumerate(values, 1))
        frame[SHARED], frame[LEVEL] = shared, level
        try:
            return self.chosen(frame)(frame)
        except Returned as returned:
            return returned.value

    def chosen(self, frame: Env) -> Step:
        """Gives the right side of the first rule that applies; raises Leave where none does."""
        for tests, condition, body in self.rows:
            for place, test in tests:
                if not test(frame[place]):
                    break
            else:
                if condition is None or condition(frame) is TRUE:
                    return body
        raise Leave

    def run_single(self, env: Env, rise: int, value: Term) -> Term:
        """Gives the value for one argument, as `run` does."""
        shared, level = env[SHARED], env[LEVEL] + rise
        if level > shared[MOST]:
            raise Leave
        frame: Env = {1: value, SHARED: shared, LEVEL: level}
        body = self.literal.get(value) if type(value) is int else None
        try:
            return (body or self.chosen(frame))(frame)
        except Returned as returned:
            return returned.value


def routine_of(making: Compiler, name: Symbol, count: int) -> Routine:
    """Gives the routine of a user's function, compiled at the first call of it; raises Unfit."""
    known = making.functions.get((name, count))
    if known is not None:
        return known
    kernel = making.kernel
    table = kernel.definitions[name].down
    if table is None or len(table) > MOST_RULES or not is_plain(kernel, name, table, table.changes):
        raise Unfit
    routine = making.functions[name, count] = Routine()
    making.tables[name] = (table, table.changes)
    state = (making.scope, making.inside, making.depth, making.rise, making.drafted)
    making.inside, making.depth, making.rise = True, 0, 0
    try:
        rows = [(left, row_of(making, left, right, count)) for left, right in table.rules()]
        routine.rows = tuple(row for _, row in rows if row is not None)
        for left, row in takewhile(lambda pair: count == 1 and is_for_one_integer(pair[0]), rows):
            routine.literal[left.args[0]] = row.body  # type: ignore[union-attr]
    finally:
        making.scope, making.inside, making.depth, making.rise, making.drafted = state
    return routine


def is_for_one_integer(left: Term) -> bool:
    return type(left) is Expression and len(left.args) == 1 and type(left.args[0]) is int


def row_of(making: Compiler, left: Term, right: Term, count: int) -> Row | None:
    """Gives a rule ready to run, None where it takes another number of arguments; raises Unfit."""
    conditions = []
    while is_head(left, S.Condition, 2):
        conditions.append(left.args[1])
        left = left.args[0]
    if is_head(right, S.Condition, 2):
        right, test = right.args
        conditions.append(test)
    if type(left) is not Expression:
        raise Unfit
    if len(left.args) != count:
        if any(map(takes_several, left.args)):
            raise Unfit
        return None
    if right_condition(right) is not None:
        raise Unfit
    making.scope, making.drafted, tests = {}, set(), []
    for place, pattern in enumerate(left.args, 1):
        tests += [(place, test) for test in tests_of(making, pattern, place)]
    making.find_drafts(right)
    condition = None
    if conditions:
        condition = making.step(conditions[0] if len(conditions) == 1 else Expression(S.And, tuple(conditions)))
    return Row(tuple(tests), condition, making.step(right))


def takes_several(pattern: Term) -> bool:
    """Tells whether a pattern may stand for any number of arguments but one."""
    if type(pattern) is not Expression:
        return False
    return pattern.head not in (S.Blank, S.Pattern, S.PatternTest, S.List) or any(map(takes_several, pattern.args))


def tests_of(making: Compiler, pattern: Term, place: int) -> list[Test]:
    """Gives the tests of an argument, and binds the name in its pattern to its place; raises Unfit."""
    if is_head(pattern, S.Pattern, 2) and type(pattern.args[0]) is Symbol:
        if pattern.args[0] in making.scope:
            raise Unfit
        making.scope[pattern.args[0]] = place
        return tests_of(making, pattern.args[1], place)
    if is_head(pattern, S.PatternTest, 2):
        return [*tests_of(making, pattern.args[0], place), predicate(making, pattern.args[1])]
    if is_head(pattern, S.Blank, 0):
        return []
    if is_head(pattern, S.Blank, 1) and pattern.args[0] in TYPES:
        return [TYPES[pattern.args[0]]]
    return [sameness(pattern)]


def predicate(making: Compiler, head: Term) -> Test:
    """Gives the test that a built-in makes."""
    if type(head) is not Symbol or head not in BUILTINS:
        raise Unfit
    making.computed(Expression(head, (0,)))
    making.heads[head] = None
    apply = operation(head)
    return lambda value: apply(value) is TRUE


def call_step(making: Compiler, term: Expression) -> Step:
    """Gives the step that calls a user's function."""
    if type(term.head) is not Symbol or term.head in making.scope or term.head in making.parameters:
        raise Unfit
    steps = tuple(map(making.step, term.args))
    routine, rise = routine_of(making, term.head, len(steps)), making.rise + 1
    if len(steps) != 1:
        return lambda env: routine.run(env, rise, tuple([required(step(env)) for step in steps]))
    (only,), run = steps, routine.run_single

    def step(env: Env) -> Term:
        value = only(env)
        return run(env, rise, value if type(value) in ATOMS else required(value))

    return step


CALLS.append(call_step)
