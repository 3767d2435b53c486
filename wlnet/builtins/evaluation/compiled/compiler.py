"""Terms to closures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter

from wlnet.builtins.evaluation.compiled.code import DEPTH, NUMBERS, Code, Step, Unfit
from wlnet.builtins.evaluation.compiled.operations import RESULTS, binary, constant, multiary, operation, unary
from wlnet.kernel import BUILTINS, Builtin
from wlnet.kernel.declare import PAIRS
from wlnet.terms import Expression, S, Symbol, Term
from wlnet.terms import attributes as flags

#: The built-ins that do nothing but compute, by category.
PURE = frozenset({
    "Arithmetic", "Comparison", "Elementary functions", "Integers", "Logic", "Numbers", "Predicates", "Special functions",
})  # fmt: skip
HOLDING = flags.HOLD_ALL | flags.HOLD_ALL_COMPLETE
ANY = 1 << 30

#: Head of what holds its arguments → (what compiles it, least and most number of arguments).
FORMS: dict[Symbol, tuple[Callable[..., Step], int, int]] = {}


class Compiler:
    """Compiles terms, and collects what they read, set and take for granted. `parameters` and slots are bound at each run."""

    def __init__(self, parameters: Iterable[Symbol] = (), slots: int = 0) -> None:
        self.parameters = frozenset(parameters)
        self.slots = slots
        self.reads: dict[Symbol, None] = {}
        self.assigns: dict[Symbol, None] = {}
        self.heads: dict[Symbol, None] = dict.fromkeys(RESULTS)
        self.depth = 0

    def code(self, *terms: Term) -> Code:
        """Gives the code of terms; raises Unfit."""
        steps = tuple(map(self.step, terms))
        return Code(steps, tuple(self.reads), tuple(self.assigns), tuple(self.parameters), tuple(self.heads))

    def step(self, term: Term) -> Step:
        """Gives the closure of a term; raises Unfit."""
        kind = type(term)
        if kind in NUMBERS:
            return lambda env: term
        if kind is Symbol:
            return self.read(term)
        if kind is not Expression or type(term.head) is not Symbol or self.depth >= DEPTH:
            raise Unfit
        if term.head is S.Slot:
            return self.slot(term.args)
        self.depth += 1
        made = self.form(term) if term.head in FORMS else self.computed(term)
        self.depth -= 1
        self.heads[term.head] = None
        return made

    def read(self, name: Symbol) -> Step:
        if name not in self.parameters:
            self.reads[name] = None
        return itemgetter(name)

    def slot(self, args: tuple[Term, ...]) -> Step:
        number = args[0] if args else 1
        if type(number) is not int or not 0 < number <= self.slots:
            raise Unfit
        return itemgetter(number)

    def form(self, term: Expression) -> Step:
        make, least, most = FORMS[term.head]
        if not least <= len(term.args) <= most:
            raise Unfit
        return make(self, *term.args)

    def computed(self, term: Expression) -> Step:
        head, size = term.head, len(term.args)
        if head not in BUILTINS or not computes(BUILTINS[head], size):
            raise Unfit
        steps = [self.step(arg) for arg in term.args]
        apply, pair = operation(head), PAIRS.get(head)
        if all(type(arg) is int for arg in term.args):
            return constant(apply, term.args)
        if size == 2 and pair is not None:
            return binary(pair, apply, *steps)
        return unary(apply, steps[0]) if size == 1 else multiary(apply, steps)

    def variable(self, place: Term) -> Symbol:
        """Gives the variable that an assignment sets; raises Unfit where that is more than a value."""
        if type(place) is not Symbol or place in self.parameters or place.name[0] == "$":
            raise Unfit
        self.reads[place] = None
        self.assigns[place] = None
        return place


def computes(declared: Builtin, size: int) -> bool:
    """Tells whether a built-in takes so many arguments, evaluated ones, and does nothing but compute."""
    if declared.category not in PURE or declared.symbol_only or declared.options is not None:
        return False
    if size < declared.minimum or (declared.maximum is not None and size > declared.maximum):
        return False
    return not declared.attributes & HOLDING
