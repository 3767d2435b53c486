"""FindRoot: roots of one or several functions, from where a search begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.numbers.big import context, of_value
from wlnet.builtins.numbers.numerical import machine, machine_array
from wlnet.builtins.numerics.formulas import Formula, difference, gradient, parts_of, rules, variables
from wlnet.builtins.numerics.settings import count, evaluated, method, tolerance, unfit, working_digits
from wlnet.builtins.numerics.starts import Layout, Start, starts
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import S, Term, to_list
from wlnet.terms import attributes as flags

Values = Callable[[np.ndarray], np.ndarray]
METHODS = ("Newton", "Secant", "Brent")
GOAL = 1e-8
#: How often a step of Newton's method is halved before the search gives up.
HALVINGS = 30


class Stuck(Exception):
    """A search ends before its goal: the tag of the message, what goes into its text, and how far it came."""

    def __init__(self, tag: str, *details: Term, vector: np.ndarray | None = None) -> None:
        super().__init__(tag)
        self.tag, self.details, self.vector = tag, details, vector


class Search:
    """What is searched: equations, variables, goals."""

    def __init__(self, kernel: Kernel, equations: Term, found: Sequence[Start], options: Mapping[str, Term]) -> None:
        self.kernel, self.starts, self.layout = kernel, found, Layout(found)
        names = [each.name for each in found]
        scalar = not any(self.layout.shapes)
        whole = Formula(kernel, equations, names, symbolic=scalar)
        sides = map(difference, parts_of(whole.body))
        self.formulas = [Formula(kernel, side, names, symbolic=whole.symbolic) for side in sides]
        slopes = [gradient(each) for each in self.formulas]
        self.slopes = None if any(row is None for row in slopes) else slopes
        self.accuracy = tolerance(kernel, options, "AccuracyGoal", GOAL)
        self.precision = tolerance(kernel, options, "PrecisionGoal", GOAL)
        self.steps = count(options, "MaxIterations", 100)
        self.low = np.concatenate([np.full(each.first.size, each.low) for each in found])
        self.high = np.concatenate([np.full(each.first.size, each.high) for each in found])

    def values(self, vector: np.ndarray) -> np.ndarray:
        """Gives the values of all equations, as one vector; raises Message."""
        given = self.layout.values(vector)
        made: list[Any] = []
        for formula in self.formulas:
            value = formula(*given)
            for each in parts_of(value):
                side = self.kernel.evaluate(difference(each))
                number = machine(self.kernel, side)
                array = machine_array(self.kernel, side) if number is None else None
                if number is None and array is None:
                    raise Message("nlnum", value, to_list(given))
                made.extend([number] if array is None else array.ravel().tolist())
        if len(made) != len(vector):
            raise Message("nveq", len(made), len(vector))
        return np.array(made)

    def jacobian(self, vector: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Gives the derivatives (equation, variable): those of the formulas, or differences."""
        if self.slopes is not None:
            given = self.layout.values(vector)
            return np.array([[slope.number(*given) for slope in row or ()] for row in self.slopes])
        columns = []
        for place, number in enumerate(vector):
            step = 1e-7 * max(abs(number), 1e-2)
            moved = vector.copy()
            moved[place] += step
            columns.append((self.values(moved) - values) / step)
        return np.stack(columns, axis=1)

    def is_small(self, values: np.ndarray) -> bool:
        return bool(np.abs(values).max() <= self.accuracy)

    def is_short(self, step: np.ndarray, vector: np.ndarray) -> bool:
        return bool((np.abs(step) <= self.accuracy + self.precision * np.abs(vector)).all())


def newton(search: Search) -> np.ndarray:
    """Gives a root by Newton's method; a step that leads away is halved until it does not."""
    vector = search.layout.vector
    values = search.values(vector)
    for _ in range(search.steps):
        if not np.abs(values).max():
            return vector
        step = newton_step(search, vector, values)
        size = np.abs(values).max()
        for _ in range(HALVINGS):
            moved = vector + step
            if ((moved.real < search.low) | (moved.real > search.high)).any():
                raise Stuck("reged", to_list(search.layout.values(moved)), vector=vector)
            after = search.values(moved)
            if np.isfinite(after).all() and (np.abs(after).max() < size or search.is_short(step, vector)):
                break
            step = step / 2
        else:
            raise Stuck("lstol", to_list(search.layout.values(vector)), vector=vector)
        vector, values = moved, after
        if search.is_short(step, vector) and search.is_small(values):
            return vector
    raise Stuck("cvmit", search.steps, vector=vector)


def newton_step(search: Search, vector: np.ndarray, values: np.ndarray) -> np.ndarray:
    slopes = search.jacobian(vector, values)
    if not np.isfinite(slopes).all() or not np.isfinite(values).all():
        raise Stuck("jsing", to_list(search.layout.values(vector)), vector=vector)
    try:
        return np.linalg.solve(slopes, -values)
    except np.linalg.LinAlgError:
        raise Stuck("jsing", to_list(search.layout.values(vector)), vector=vector) from None


def between(search: Search, name: str) -> np.ndarray:
    """Gives a root between two places where the signs differ (Brent's method), or by secants from there."""
    from scipy import optimize

    if len(search.layout.vector) != 1 or search.starts[0].second is None:
        raise unfit("Method", f"one that needs no second start ({{x, x0, x1}}) as {name} does", name)
    first, second = search.layout.vector[0].item(), search.starts[0].second

    def at(x: Any) -> Any:
        return search.values(np.array([x]))[0].item()

    low, high = at(first), at(second)
    is_real = not any(isinstance(number, complex) for number in (low, high, first, second))
    if is_real and low * high < 0 and name != "Secant":
        root, report = optimize.brentq(at, first, second, maxiter=search.steps, full_output=True, disp=False)
    elif name == "Brent":
        raise Stuck("bbrac")
    else:
        if first == second:
            second = first * (1 + 1e-4) + 1e-4
        root, report = optimize.newton(at, first, x1=second, maxiter=search.steps, full_output=True, disp=False)
    found = np.atleast_1d(np.asarray(root))
    if not report.converged or not search.is_small(search.values(found)):
        raise Stuck("cvmit", search.steps, vector=found)
    return found


def to_digits(search: Search, vector: np.ndarray, digits: float) -> list[Term]:
    """Gives a root to more digits than machine numbers have, from one of theirs."""
    work = context()
    formulas = search.formulas
    with work.workdps(int(digits) + 10):
        at = [work.convert(number) for number in vector.tolist()]
        if len(at) == 1:
            first = at[0]
            near = first + (abs(first) + 1) * work.mpf(10) ** -7
            found = [work.findroot(lambda x: formulas[0].of_mpmath(work, digits + 10, x), (first, near), verify=False)]
        else:

            def all_values(*x: Any) -> list[Any]:
                return [each.of_mpmath(work, digits + 10, *x) for each in formulas]

            found = list(work.findroot(all_values, at, verify=False))
        return [of_value(work, number, digits) for number in found]


def search_root(search: Search, name: str, digits: float | None) -> list[Term]:
    """Gives the values of the variables at a root; raises Stuck, Message."""
    if name in ("Secant", "Brent") or (name == "Automatic" and search.starts[0].second is not None):
        vector = between(search, name)
    else:
        vector = newton(search)
    if digits is None or any(search.layout.shapes) or len(search.formulas) != len(vector):
        return search.layout.values(vector)
    return to_digits(search, vector, digits)


@builtin(
    "FindRoot",
    category="Numerical mathematics",
    attributes=flags.HOLD_ALL,
    options={
        "AccuracyGoal": S.Automatic, "MaxIterations": 100, "Method": S.Automatic, "PrecisionGoal": S.Automatic,
        "WorkingPrecision": S.MachinePrecision,
    },
    messages={
        "bbrac": "Brent's method needs two starts {x, x0, x1} between which the function changes its sign.",
        "cvmit": "No root was found to the requested accuracy within `1` iterations.",
        "fdss": "`1` does not say where to begin; {x, x0}, {x, x0, x1} or {x, x0, min, max} with numbers is expected.",
        "jsing": "The derivatives have no finite inverse at `1`; try another start.",
        "lstol": "No smaller values were found along the step from `1`, although the goal is not reached; there may be no root.",
        "nlnum": "The value `1` at `2` is not a list of numbers.",
        "nveq": "There are `1` equations for `2` variables; as many are expected.",
        "reged": "The search left its range at `1`.",
    },
)  # fmt: skip
def find_root(kernel: Kernel, equations: Term, *specs: Term, options: dict[str, Term]) -> Term | None:
    """FindRoot[f, {x, x0}] gives {x -> r} with f = 0 at r, searched from x0 on.
    FindRoot[left == right, {x, x0}] solves an equation.
    FindRoot[f, {x, x0, x1}] begins with two values, and needs no derivative.
    FindRoot[f, {x, x0, min, max}] stops where x leaves its range.
    FindRoot[{f1, f2, …}, {{x, x0}, {y, y0}, …}] solves several equations.

    Details: f is first evaluated with x standing for nothing; a function that must only see numbers is defined for
    x_?NumericQ. A complex start looks for complex roots; a list as start makes x a list. Newton's method uses the
    derivatives of formulas, else differences. Method: "Newton", "Secant" or "Brent", the last two with two starts. A search
    that ends early gives what it has, after a message.

    Examples:
        >> FindRoot[Cos[x] == x, {x, 0}]
        = {x -> 0.7390851332}
        >> x /. FindRoot[x^2 + 1, {x, 1. + I}]
        = 0. + 1. I
        >> FindRoot[{x + y == 3, x y == 2}, {{x, 0}, {y, 3}}]
        = {x -> 1., y -> 2.}
        >> FindRoot[Exp[x] - 5, {x, 0, 4}]
        = {x -> 1.609437912}
        >> FindRoot[{{2, 1}, {1, 3}} . v == {1, 2}, {v, {0, 0}}]
        = {v -> {0.2, 0.6}}
        >> g[t_?NumericQ] := If[t > 2, t - 3, -1 + t/10]; FindRoot[g[t], {t, 2.5}]
        = {t -> 3.}
    Options: "Method":
        >> FindRoot[x^3 - 2, {x, 1, 2}, Method -> "Brent"]
        = {x -> 1.25992105}
        >> FindRoot[x^2 + 1, {x, 1, 2}, Method -> "Brent"]
        message: FindRoot::bbrac
        = FindRoot[x^2 + 1, {x, 1, 2}, Method -> "Brent"]
    Options: "WorkingPrecision":
        >> FindRoot[x^2 - 2, {x, 1}, WorkingPrecision -> 30]
        printed: {x -> 1.41421356237309504880168872421}
    Options: "MaxIterations":
        >> FindRoot[Exp[-x], {x, 0}, MaxIterations -> 5];
        message: FindRoot::cvmit
    Options: "AccuracyGoal", "PrecisionGoal":
        >> Abs[(x /. FindRoot[Sin[x], {x, 3}, AccuracyGoal -> 2, PrecisionGoal -> 2]) - Pi] < 0.01
        = True
    Possible issues:
        >> FindRoot[x^2 + 1, {x, 1.3}];
        message: FindRoot::lstol
        >> FindRoot[x^2 + 1, {x, 0}]
        message: FindRoot::jsing
        = {x -> 0.}
        >> FindRoot[Sqrt[x], {x, 3, 2, 4}]
        message: FindRoot::reged
        = {x -> 3.}
        >> FindRoot[a x - 1, {x, 0}]
        message: FindRoot::nlnum
        = FindRoot[a x - 1, {x, 0}]
        >> FindRoot[{x, y}, {x, 0}]
        message: FindRoot::nlnum
        = FindRoot[{x, y}, {x, 0}]
        >> FindRoot[{x, 2 x}, {x, 1}]
        message: FindRoot::nveq
        = FindRoot[{x, 2 x}, {x, 1}]
        >> FindRoot[x^2 - 2, x]
        message: FindRoot::fdss
        = FindRoot[x^2 - 2, x]
    """
    settings = evaluated(kernel, options)
    found = starts(kernel, specs)
    with variables(kernel, [each.name for each in found]), np.errstate(all="ignore"):
        search = Search(kernel, equations, found, settings)
        name, digits = method(settings, METHODS), working_digits(kernel, settings)
        try:
            values = search_root(search, name, digits)
        except Stuck as stuck:
            if stuck.vector is None:
                raise Message(stuck.tag, *stuck.details) from None
            kernel.message("FindRoot", stuck.tag, *stuck.details)
            values = search.layout.values(stuck.vector)
    return rules([each.name for each in found], values)
