"""Terms to closures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from wlnet.builtins.evaluation.compiled.code import DEPTH, SHARED, Code, Env, Local, Step, Unfit
from wlnet.builtins.evaluation.compiled.operations import (
    MACHINE_NUMBERS,
    RESULTS,
    binary,
    binary_with,
    constant,
    multiary,
    operation,
    pair_of_lists,
    unary,
)
from wlnet.builtins.evaluation.compiled.values import NUMBERS, Leave, frozen
from wlnet.kernel import BUILTINS, Builtin, Kernel
from wlnet.kernel.declare import PAIRS
from wlnet.patterns import RuleTable
from wlnet.terms import Expression, S, Symbol, Term
from wlnet.terms import attributes as flags

#: The built-ins that do nothing but compute, by category.
PURE = frozenset({
    "Arithmetic", "Arrays", "Associations", "Comparison", "Elementary functions", "Expressions", "Integers", "Linear algebra",
    "Lists", "Logic", "Numbers", "Predicates", "Special functions", "Statistics", "Strings", "Structure",
})  # fmt: skip
HOLDING = flags.HOLD_ALL | flags.HOLD_ALL_COMPLETE
ANY = 1 << 30

#: Head of what is not just a function of values → (what compiles it, least and most number of arguments).
FORMS: dict[Symbol, tuple[Callable[..., Step], int, int]] = {}
#: Heads of forms that do less where nobody looks at their value; they are told so by `unused`.
STATEMENTS = frozenset({S.If, S.CompoundExpression, S.AppendTo, S.AssociateTo})
#: What compiles a term whose head is neither a form nor a built-in: functions(compiler, term), tried in this order, that
#: give None for what is not theirs. Those modules put them here which know how.
CALLS: list[Callable[..., Step | None]] = []
Place = Symbol | Local | int


class Compiler:
    """Compiles terms, and collects what they read, set and take for granted. `parameters` and slots are bound at each run.

    scope: local name → its place; `inside`: whether that is the body of a user's function, which has an Env of its own.
    drafted: the names of variables of which parts are changed; `functions`: the user's functions that are called. depth:
    how deep the term lies in the one compiled, rise: how deep its evaluation would lie in that of the body around it.
    """

    def __init__(self, kernel: Kernel, parameters: Iterable[Symbol] = (), slots: int = 0) -> None:
        self.kernel = kernel
        self.parameters = frozenset(parameters)
        self.scope: dict[Any, Place] = {number: number for number in range(1, slots + 1)}
        self.drafted: set[Term] = set()
        self.functions: dict[tuple[Symbol, int], Any] = {}
        self.tables: dict[Symbol, tuple[RuleTable, int]] = {}
        self.reads: dict[Symbol, None] = {}
        self.assigns: dict[Symbol, None] = {}
        self.blocked: dict[Symbol, None] = {}
        self.heads: dict[Symbol, None] = dict.fromkeys(RESULTS)
        self.inside = False
        self.depth = self.rise = 0

    def code(self, *terms: Term, statements: tuple[Term, ...] = ()) -> Code:
        """Gives the code of terms, and of statements behind them; raises Unfit."""
        for term in (*terms, *statements):
            self.find_drafts(term)
        steps = (*map(self.step, terms), *map(self.statement, statements))
        if not self.reads.keys().isdisjoint(self.tables):
            raise Unfit  # what is called would get a value
        tables = tuple((name, *row) for name, row in self.tables.items())
        collected = (self.reads, self.assigns, self.parameters, self.heads, self.blocked)
        reads, assigns, bound, heads, blocked = map(tuple, collected)
        return Code(steps, reads, assigns, bound, heads, blocked, tables)

    def find_drafts(self, term: Term) -> None:
        """Notes the variables of which the term changes parts."""
        if type(term) is Expression:
            if term.head in CHANGING and term.args and type(term.args[0]) is Expression and term.args[0].args:
                place = term.args[0]
                self.drafted.add(place.args[0] if place.head is S.Part else place.head)
            if (term.head is S.AppendTo or term.head is S.AssociateTo) and term.args:
                self.drafted.add(term.args[0])
            for arg in term.args:
                self.find_drafts(arg)

    def statement(self, term: Term) -> Step:
        """Gives the closure of a term of which nobody looks at the value; raises Unfit."""
        return self.step(term, unused=True)

    def step(self, term: Term, *, unused: bool = False) -> Step:
        """Gives the closure of a term; raises Unfit. unused: nobody looks at its value."""
        kind = type(term)
        if kind in NUMBERS or kind is str:
            return lambda env: term
        if kind is Symbol:
            return self.read(term)
        if kind is not Expression or self.depth >= DEPTH:
            raise Unfit
        if term.head is S.Slot:
            return self.slot(term.args)
        self.depth += 1
        self.rise += 1
        try:
            if type(term.head) is not Symbol:
                return self.called(term)
            if term.head in FORMS:
                made = self.form(term, unused=unused)
            elif term.head in BUILTINS:
                made = self.computed(term)
            else:
                return self.called(term)
            self.heads[term.head] = None
            return made
        finally:
            self.depth -= 1
            self.rise -= 1

    def tail(self, term: Term, *, unused: bool = False) -> Step:
        """Gives the closure of a term that the evaluator evaluates no deeper than the one around it; raises Unfit."""
        self.rise -= 1
        try:
            return self.step(term, unused=unused)
        finally:
            self.rise += 1

    def branch(self, term: Term, *, unused: bool = False) -> Step:
        """Gives the closure of a tail that perhaps is never met: where it is unfit, the evaluator gets its turn then."""
        try:
            return self.tail(term, unused=unused)
        except Unfit:
            return leave

    def place(self, name: Symbol) -> tuple[Place, bool]:
        """Gives the place of a variable, and whether that is in the Env around all calls while this has one of its own."""
        found = self.scope.get(name)
        if found is not None:
            return found, False
        if name not in self.parameters:
            self.reads[name] = None
        return name, self.inside

    def read(self, name: Symbol) -> Step:
        place, is_shared = self.place(name)
        if is_shared:
            return lambda env: env[SHARED][place]
        return whole(place) if name in self.drafted else itemgetter(place)

    def slot(self, args: tuple[Term, ...]) -> Step:
        if args and type(args[0]) is str:
            return self.called(Expression(Expression(S.Slot, (1,)), args))
        place = self.scope.get(args[0] if args else 1)
        if place is None:
            raise Unfit
        return itemgetter(place)

    def form(self, term: Expression, *, unused: bool) -> Step:
        make, least, most = FORMS[term.head]
        if not least <= len(term.args) <= most:
            raise Unfit
        return make(self, *term.args, unused=unused) if term.head in STATEMENTS else make(self, *term.args)

    def computed(self, term: Expression) -> Step:
        head, size = term.head, len(term.args)
        if not computes(BUILTINS[head], size):
            raise Unfit
        steps = [self.step(arg) for arg in term.args]
        apply, pair = operation(head), PAIRS.get(head)
        if all(type(arg) is int for arg in term.args):
            return constant(apply, term.args)
        if size == 2 and pair is not None:
            apply = pair_of_lists(head)
            if type(term.args[1]) in MACHINE_NUMBERS:
                return binary_with(pair, apply, steps[0], term.args[1])
            return binary(pair, apply, *steps)
        return unary(head, steps[0]) if size == 1 else multiary(apply, steps)

    def called(self, term: Expression) -> Step:
        """Gives the closure of a call of what a program has defined, or of an association at a key; raises Unfit."""
        for compiled in CALLS:
            found: Step | None = compiled(self, term)
            if found is not None:
                return found
        raise Unfit

    def variable(self, name: Term) -> tuple[Place, bool]:
        """Gives the place of a variable that is set, as `place` does; raises Unfit where it may not be."""
        if type(name) is not Symbol:
            raise Unfit
        place, is_shared = self.place(name)
        if type(place) is Symbol:
            if name in self.parameters or name.name[0] == "$":
                raise Unfit
            self.assigns[name] = None
        elif type(place) is int:
            raise Unfit  # the arguments of a function are values
        return place, is_shared


CHANGING = frozenset({
    S.Set, S.AddTo, S.SubtractFrom, S.TimesBy, S.DivideBy, S.Increment, S.Decrement, S.PreIncrement, S.PreDecrement,
})  # fmt: skip


def leave(env: Env) -> Term:
    raise Leave


def whole(place: Place) -> Step:
    """Gives the step that reads a variable of which parts are changed."""

    def step(env: Env) -> Term:
        value = env[place] = frozen(env[place])
        return value

    return step


def computes(declared: Builtin, size: int) -> bool:
    """Tells whether a built-in takes so many arguments, evaluated ones, and does nothing but compute."""
    if type(declared) is not Builtin or declared.category not in PURE:
        return False
    if declared.symbol_only or declared.options is not None:
        return False
    if size < declared.minimum or (declared.maximum is not None and size > declared.maximum):
        return False
    return not declared.attributes & HOLDING
