"""What Classify and Predict share: their options, how they learn, and how what has learned is applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.help import INFORMATION
from wlnet.builtins.learning.features import Column, column_of, fits, is_one
from wlnet.builtins.learning.methods import (
    GOAL,
    METHOD,
    Chosen,
    Estimate,
    Task,
    automatic_method,
    candidates,
    chosen_method,
    fit,
)
from wlnet.builtins.learning.training_data import DATA, Pairs, as_rule
from wlnet.builtins.numbers.numerical import as_list
from wlnet.kernel import Kernel, Message, Printed
from wlnet.syntax import write
from wlnet.terms import (
    NONE,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_head,
    register,
    same,
    term_hash,
    to_list,
)

OPTIONS: dict[str, Term] = {
    "FeatureExtractor": S.Automatic, "Method": S.Automatic, "PerformanceGoal": S.Automatic, "RandomSeeding": 1234,
}  # fmt: skip
PROPERTY = "`1` is not a property of this function; the properties are `2`."
OPTION = "The value `1` of the option `2` should be `3`."
#: The messages of what learns.
MESSAGES = {"data": DATA, "method": METHOD, "prop": PROPERTY, "goal": GOAL, "opt": OPTION}


@dataclass(frozen=True, eq=False)
class Learned:
    """A function that has learned from examples.

    call: the term that makes it again, from the same examples by the same method. prepare: what is done to inputs before
    they become rows. options: those of the call that stand for what it gives.
    """

    call: Expression
    column: Column
    prepare: Term
    method: Chosen
    count: int
    estimate: Estimate
    options: Mapping[str, Term]
    classes: tuple[Term, ...] = ()
    shares: np.ndarray | None = None

    def inputs(self, kernel: Kernel, given: Term) -> tuple[list[Term], bool]:
        """Gives the examples that an argument holds, and whether it is one and no list of them."""
        if self.prepare is S.Automatic:
            is_single = is_one(kernel, self.column, given)
        else:
            is_single = fits(kernel, self.column, prepared(kernel, self.prepare, [given]))
        return ([given] if is_single else list(elements(as_list(given)))), is_single

    def estimates(self, kernel: Kernel, items: list[Term]) -> np.ndarray:
        return self.estimate(kernel, self.column.rows(kernel, prepared(kernel, self.prepare, items)))


def prepared(kernel: Kernel, function: Term, items: Any) -> list[Term]:
    if function is S.Automatic:
        return list(items)
    return [kernel.evaluate(Expression(function, (item,))) for item in items]


def seed_of(options: Mapping[str, Term]) -> int:
    seed = options["RandomSeeding"]
    if seed is S.Automatic:
        return 1234
    if type(seed) is not int or not 0 <= seed < 2**32:
        raise Message("opt", seed, "RandomSeeding", "Automatic or a non-negative integer", text=OPTION)
    return seed


def learned(
    kernel: Kernel, kind: type[Learned], pairs: Pairs, targets: np.ndarray, options: Mapping[str, Term], **more: Any
) -> Learned:
    """Gives the function that has learned the numbers of the outputs; raises Message and NetError."""
    of_classes = len(more.get("classes", ()))
    method = chosen_method(kernel, options["Method"], bool(of_classes))
    names = candidates(options["PerformanceGoal"], bool(of_classes))
    function = options["FeatureExtractor"]
    inputs = prepared(kernel, function, pairs[0])
    column = column_of(kernel, inputs)
    task = Task(column.rows(kernel, inputs), targets, of_classes, seed_of(options))
    if not task.rows.shape[1]:
        raise Message("data", as_rule(pairs), text=DATA)
    method = method or automatic_method(kernel, task, names)
    kept = {**options, "Method": method.term, "PerformanceGoal": S.Automatic}
    rules = (expression("Rule", getattr(S, name), value) for name, value in kept.items() if not is_default(name, value))
    call = Expression(getattr(S, kind.__name__), (as_rule(pairs), *rules))
    return kind(call, column, function, method, len(inputs), fit(kernel, method, task), options, **more)


def is_default(name: str, value: Term) -> bool:
    if name == "RandomSeeding":
        return value is S.Automatic or value == 1234
    return value is S.Automatic or (type(value) is int and value == 0)


def is_option(term: Term) -> bool:
    return is_head(term, S.Rule, 2) and type(term.args[0]) is Symbol


def refuse_options(args: tuple[Term, ...], names: Mapping[str, Term]) -> None:
    """Raises Message where an option that there is not stands among arguments that may be rules."""
    for arg in args:
        if is_option(arg):
            raise Message("optx", arg.args[0], arg, ", ".join(sorted(names)))


def split_rules(args: tuple[Term, ...], names: Mapping[str, Term]) -> tuple[tuple[Term, ...], dict[str, Term]]:
    """Parts the options of this application, of those that may be given anew, from its other arguments."""
    given = tuple(arg for arg in args[1:] if is_option(arg))
    refuse_options(tuple(arg for arg in given if arg.args[0].name not in names), names)
    rest = args[:1] + tuple(arg for arg in args[1:] if not is_option(arg))
    return rest, {arg.args[0].name: arg.args[1] for arg in given}


#: Property → function(learned, one row of estimates, what stands behind ->).
Properties = Mapping[str, Callable[[Any, np.ndarray, Term], Term]]


def value_of(function: Learned, row: np.ndarray, wanted: Term, properties: Properties) -> Term:
    """Gives a property of one example; raises Message."""
    name, argument = wanted.args if is_head(wanted, S.Rule, 2) else (wanted, NONE)
    if type(name) is not str or name not in properties:
        raise Message("prop", wanted, ", ".join(properties), text=PROPERTY)
    return properties[name](function, row, argument)


def apply_learned(
    function: Learned, kernel: Kernel, given: Term, wanted: Term, properties: Properties, change: Any
) -> Term:
    """Gives a property of an example, or of each of a list of them."""
    items, is_single = function.inputs(kernel, given)
    rows = change(function.estimates(kernel, items)) if items else ()
    made = [value_of(function, row, wanted, properties) for row in rows]
    return made[0] if is_single else to_list(made)


def register_learned(kind: type[Learned], text: Callable[[Any], str], properties: Mapping[str, Any]) -> None:
    """Makes learned functions terms, and tells Information about them."""
    register(
        kind, getattr(S, kind.__name__), full_form=lambda made: made.call, text=text,
        equal=lambda a, b: same(a.call, b.call), hash=lambda made: term_hash(made.call),
    )  # fmt: skip

    def tell(kernel: Kernel, made: Learned, wanted: Term | None) -> Term | None:
        known = {**INFORMATION_OF_ALL, **properties}
        if wanted is None:
            lines = [f"{name}: {write(read(made), 'OutputForm')}" for name, read in known.items()]
            kernel.emit(Printed("\n".join([text(made), *lines])))
            return S.Null
        if wanted == "Properties":
            return to_list(sorted(known))
        if type(wanted) is not str or wanted not in known:
            raise Message("prop", wanted, ", ".join(sorted(known)), symbol=kind.__name__, text=PROPERTY)
        return known[wanted](made)

    INFORMATION[kind] = tell


INFORMATION_OF_ALL: dict[str, Callable[[Any], Term]] = {
    "ExampleNumber": lambda made: made.count,
    "FeatureType": lambda made: made.column.name,
    "Method": lambda made: made.method.name,
    "MethodOption": lambda made: made.method.term,
}
