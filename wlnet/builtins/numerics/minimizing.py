"""Minima and maxima by numbers: local ones from a start (FindMinimum), and the least of all (NMinimize)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from wlnet.builtins.numbers.numerical import machine_real
from wlnet.builtins.numerics.constraints import BAD_CONDITION, Conditions, conditions_of
from wlnet.builtins.numerics.formulas import NOT_A_NUMBER, Formula, gradient, listed, parts_of, rules, variables
from wlnet.builtins.numerics.searching import FAR, Goal, Outcome, global_search, local_search
from wlnet.builtins.numerics.settings import count, evaluated, method, tolerance
from wlnet.builtins.numerics.starts import BAD_START, starts
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import S, Symbol, Term, elements, is_head, is_list, list_of
from wlnet.terms import attributes as flags

LOCAL = ("ConjugateGradient", "InteriorPoint", "Newton", "PrincipalAxis", "QuasiNewton")
GLOBAL = ("DifferentialEvolution", "NelderMead", "RandomSearch", "SimulatedAnnealing")
OPTIONS: dict[str, Term] = {"AccuracyGoal": S.Automatic, "MaxIterations": S.Automatic, "Method": S.Automatic}
NOT_SETTLED = "The search did not settle within `1` steps; what it found so far is given."
NOWHERE_FIT = "No place was found that meets the conditions `1`."
BOUNDLESS = "The values seem to have no bound."
BAD_VARIABLES = "`1` is not a variable, {x, min, max}, x ∈ Integers, or a list of these."
STEPS = 500


class Problem(NamedTuple):
    """A function that is to be small, the variables, the conditions on them, and the term of these."""

    goal: Goal
    names: Sequence[Symbol]
    conditions: Conditions
    term: Term


def problem_of(kernel: Kernel, f: Term, names: Sequence[Symbol], sign: int) -> Problem:
    """Gives what f or {f, conditions} says; sign: 1 where f is to be small, -1 where it is to be large. Raises Message."""
    whole = Formula(kernel, f, names)
    parts = elements(whole.body) if is_list(whole.body) and elements(whole.body) else (whole.body,)
    formula = Formula(kernel, parts[0], names, symbolic=whole.symbolic)
    conditions = conditions_of(kernel, parts[1:], names)
    return Problem(Goal(formula, gradient(formula), sign), names, conditions, list_of(*parts[1:]))


def told(kernel: Kernel, name: str, problem: Problem, outcome: Outcome, steps: int) -> Term:
    """Gives {value, {x -> place, …}}, after a message where it is less than was asked for; raises Message."""
    if outcome.place is None:
        raise Message("nosol", problem.term)
    if is_boundless(problem, outcome.value, outcome.place):
        kernel.message(name, "ubnd")
    elif not outcome.settled:
        kernel.message(name, "cvmit", steps)
    return list_of(float(problem.goal.sign * outcome.value), rules(problem.names, outcome.place.tolist()))


def is_boundless(problem: Problem, value: float, place: np.ndarray) -> bool:
    """Tells whether values go on falling far beyond the place that a search found."""
    if not np.isfinite(value) or abs(value) > FAR or np.abs(place).max() > FAR:
        return True
    beyond = place * 1e6
    return problem.goal(beyond) < value - 1e6 * max(1.0, abs(value)) and problem.conditions.are_met(beyond)


def find_extreme(
    kernel: Kernel, name: str, sign: int, f: Term, specs: Sequence[Term], options: Mapping[str, Term]
) -> Term:
    """Gives the local minimum (sign 1) or maximum (-1) near the start; raises Message."""
    found = starts(kernel, specs, usual=1.0)
    if any(each.first.ndim or each.first.dtype.kind == "c" for each in found):
        raise Message("fdss", list_of(*specs))
    names, options = [each.name for each in found], evaluated(kernel, options)
    kind, steps = method(options, LOCAL), count(options, "MaxIterations", STEPS)
    accuracy = tolerance(kernel, options, "AccuracyGoal", 1e-8)
    with variables(kernel, names), np.errstate(all="ignore"):
        problem = problem_of(kernel, f, names, sign)
        conditions = problem.conditions
        conditions.low = np.maximum(conditions.low, [each.low for each in found])
        conditions.high = np.minimum(conditions.high, [each.high for each in found])
        first = np.array([float(each.first) for each in found])
        outcome = local_search(problem.goal, conditions, first, kind, steps, accuracy)
        return told(kernel, name, problem, outcome, steps)


class Searched(NamedTuple):
    """A variable of a global search, where the search begins, and whether it is an integer."""

    name: Symbol
    box: tuple[float, float] | None = None
    whole: bool = False


def searched(kernel: Kernel, spec: Term) -> Searched:
    """Gives what x, {x, min, max} or x ∈ Integers says; raises Message."""
    if is_head(spec, S.Element, 2) and spec.args[1] in (S.Integers, S.Reals):
        return searched(kernel, spec.args[0])._replace(whole=spec.args[1] is S.Integers)
    if type(spec) is Symbol:
        return Searched(spec)
    parts = elements(spec) if is_list(spec) else ()
    if len(parts) == 3 and type(parts[0]) is Symbol:
        low, high = (machine_real(kernel, kernel.evaluate(part)) for part in parts[1:])
        if low is not None and high is not None and np.isfinite([low, high]).all() and low < high:
            return Searched(parts[0], (low, high))
    raise Message("vars", spec)


def all_searched(kernel: Kernel, specs: Term) -> list[Searched]:
    """Gives the variables of a global search; raises Message."""
    specs = listed(kernel, specs)
    parts = parts_of(specs)
    is_one = len(parts) == 3 and is_list(specs) and machine_real(kernel, kernel.evaluate(parts[1])) is not None
    found = [searched(kernel, spec) for spec in ((specs,) if is_one else parts)]
    if not found or len({each.name for each in found}) < len(found):
        raise Message("vars", specs)
    return found


def least_of_all(kernel: Kernel, name: str, sign: int, f: Term, specs: Term, options: Mapping[str, Term]) -> Term:
    """Gives the global minimum (sign 1) or maximum (-1) as far as a search finds it; raises Message."""
    options = evaluated(kernel, options)
    chosen = all_searched(kernel, specs)
    names = [each.name for each in chosen]
    kind, steps = method(options, GLOBAL), count(options, "MaxIterations", 100)
    accuracy = tolerance(kernel, options, "AccuracyGoal", 1e-8)
    with variables(kernel, names), np.errstate(all="ignore"):
        problem = problem_of(kernel, f, names, sign)
        np.logical_or(problem.conditions.whole, [each.whole for each in chosen], out=problem.conditions.whole)
        outcome = global_search(problem.goal, problem.conditions, [each.box for each in chosen], kind, steps, accuracy)
        return told(kernel, name, problem, outcome, steps)


@builtin(
    "FindMinimum", category="Numerical mathematics", attributes=flags.HOLD_ALL, options=OPTIONS,
    messages={
        "cons": BAD_CONDITION, "cvmit": NOT_SETTLED, "fdss": BAD_START, "nnum": NOT_A_NUMBER, "nosol": NOWHERE_FIT,
        "ubnd": BOUNDLESS,
    },
)  # fmt: skip
def find_minimum(kernel: Kernel, f: Term, *starts: Term, options: dict[str, Term]) -> Term | None:
    """FindMinimum[f, {x, x0}] gives {least value, {x -> place}} of a local minimum of f, searched from x0 on.
    FindMinimum[f, {{x, x0}, {y, y0}, …}] searches in several variables; x and {x, y, …} alone begin at 1.
    FindMinimum[f, {x, x0, min, max}] keeps x in a range.
    FindMinimum[{f, conditions}, …] respects equations and inequalities, joined by && or in a list.

    Details: f is first evaluated with x standing for nothing. Method: "QuasiNewton", "ConjugateGradient", "Newton",
    "PrincipalAxis" or "InteriorPoint". Strict inequalities hold at the border as well.

    Examples:
        >> FindMinimum[x Cos[x], {x, 2}]
        = {-3.288371396, {x -> 3.425618459}}
        >> FindMinimum[(x - 1)^2 + (y - 2)^4 + 3, {{x, 0}, {y, 3}}][[1]]
        = 3.
        >> FindMinimum[{x + y, x^2 + y^2 <= 2}, {x, y}]
        = {-2., {x -> -1., y -> -1.}}
        >> FindMinimum[x^2, {x, 3, 1, 5}]
        = {1., {x -> 1.}}
    Options: "Method":
        >> Round[x /. Last[FindMinimum[(x - 2)^2, {x, 0}, Method -> "PrincipalAxis"]], 0.001]
        = 2.
    Options: "AccuracyGoal":
        >> Abs[First[FindMinimum[Cos[x], {x, 2}, AccuracyGoal -> 3]] + 1] < 0.01
        = True
    Options: "MaxIterations":
        >> FindMinimum[(1 - x)^2 + 100 (y - x^2)^2, {{x, -1}, {y, 1}}, MaxIterations -> 2];
        message: FindMinimum::cvmit
    Possible issues:
        >> FindMinimum[x, {x, 0}];
        message: FindMinimum::ubnd
        >> FindMinimum[a x^2, {x, 1}]
        message: FindMinimum::nnum
        = FindMinimum[a x^2, {x, 1}]
        >> FindMinimum[x^2, {x, y}, {z}]
        message: FindMinimum::fdss
        = FindMinimum[x^2, {x, y}, {z}]
        >> FindMinimum[{x, PrimeQ[x]}, {x, 1}]
        message: FindMinimum::cons
        = FindMinimum[{x, PrimeQ[x]}, {x, 1}]
        >> FindMinimum[{x, x^2 <= -1}, {x, 1}]
        message: FindMinimum::nosol
        = FindMinimum[{x, x^2 <= -1}, {x, 1}]
    """
    return find_extreme(kernel, "FindMinimum", 1, f, starts, options)


@builtin("FindMaximum", category="Numerical mathematics", attributes=flags.HOLD_ALL, options=OPTIONS,
         messages={"nnum": NOT_A_NUMBER})  # fmt: skip
def find_maximum(kernel: Kernel, f: Term, *starts: Term, options: dict[str, Term]) -> Term | None:
    """FindMaximum[f, {x, x0}] gives {greatest value, {x -> place}} of a local maximum of f, searched from x0 on.
    FindMaximum[{f, conditions}, …] respects equations and inequalities.

    Details: Starts, conditions and options are those of FindMinimum.

    Examples:
        >> FindMaximum[x Exp[-x], {x, 0.5}]
        = {0.3678794412, {x -> 1.}}
        >> FindMaximum[{x y, x + 2 y == 8, x >= 0}, {x, y}]
        = {8., {x -> 4., y -> 2.}}
    Options: "Method", "MaxIterations", "AccuracyGoal":
        >> First[FindMaximum[3 - x^2, {x, 2}, Method -> "Newton", MaxIterations -> 50, AccuracyGoal -> 8]]
        = 3.
    Possible issues:
        >> FindMaximum["a", {x, 1}]
        message: FindMaximum::nnum
        = FindMaximum["a", {x, 1}]
    """
    return find_extreme(kernel, "FindMaximum", -1, f, starts, options)


@builtin(
    "NMinimize", category="Numerical mathematics", attributes=flags.HOLD_ALL, options=OPTIONS,
    messages={"nnum": NOT_A_NUMBER, "nosol": NOWHERE_FIT, "ubnd": BOUNDLESS, "vars": BAD_VARIABLES},
)  # fmt: skip
def nminimize(kernel: Kernel, f: Term, variables: Term, *, options: dict[str, Term]) -> Term | None:
    """NMinimize[f, x] gives {least value, {x -> place}} of the global minimum of f, as far as a search finds it.
    NMinimize[f, {x, y, …}] searches in several variables; {x, min, max} for x says where the search begins.
    NMinimize[{f, conditions}, variables] respects equations and inequalities, and x ∈ Integers.

    Details: The search begins at places that are the same in every run, and ends with local searches. Method:
    "RandomSearch" (as Automatic), "DifferentialEvolution", "SimulatedAnnealing" or "NelderMead".

    Examples:
        >> NMinimize[x^4 - 3 x^2 - x, x]
        = {-3.513905059, {x -> 1.300839566}}
        >> NMinimize[{x - 2 y, x^2 + y^2 <= 1}, {x, y}]
        = {-2.236067977, {x -> -0.4472135955, y -> 0.894427191}}
        >> NMinimize[{(x - 2.3)^2 + y^2, x ∈ Integers && y >= 1}, {x, y}]
        = {1.09, {x -> 2., y -> 1.}}
        >> First[NMinimize[(x^2 - 10 Cos[2 Pi x]) + (y^2 - 10 Cos[2 Pi y]) + 20, {x, y}]] < 1.1
        = True
    Options: "Method", "MaxIterations", "AccuracyGoal":
        >> Round[First[NMinimize[x^2 - 10 Cos[2 Pi x], {x, -5, 5}, Method -> "DifferentialEvolution", MaxIterations -> 80]], 0.001]
        = -10.
        >> First[NMinimize[Abs[x - 1], x, Method -> "SimulatedAnnealing", AccuracyGoal -> 4]] < 0.001
        = True
    Possible issues:
        >> NMinimize[-x^2, x];
        message: NMinimize::ubnd
        >> NMinimize[{x, x > 1 && x < 0}, x]
        message: NMinimize::nosol
        = NMinimize[{x, x > 1 && x < 0}, x]
        >> NMinimize[f[x], x]
        message: NMinimize::nnum
        = NMinimize[f[x], x]
        >> NMinimize[x^2, 3]
        message: NMinimize::vars
        = NMinimize[x^2, 3]
    """
    return least_of_all(kernel, "NMinimize", 1, f, variables, options)


@builtin("NMaximize", category="Numerical mathematics", attributes=flags.HOLD_ALL, options=OPTIONS,
         messages={"nnum": NOT_A_NUMBER})  # fmt: skip
def nmaximize(kernel: Kernel, f: Term, variables: Term, *, options: dict[str, Term]) -> Term | None:
    """NMaximize[f, x] gives {greatest value, {x -> place}} of the global maximum of f, as far as a search finds it.
    NMaximize[{f, conditions}, variables] respects equations and inequalities.

    Details: Variables, conditions and options are those of NMinimize.

    Examples:
        >> NMaximize[{x y, x + y <= 10 && x >= 0 && y >= 0}, {x, y}]
        = {25., {x -> 5., y -> 5.}}
    Options: "Method", "MaxIterations", "AccuracyGoal":
        >> First[NMaximize[2 - x^2, x, Method -> "NelderMead", MaxIterations -> 60, AccuracyGoal -> 6]]
        = 2.
    Possible issues:
        >> NMaximize["a", x]
        message: NMaximize::nnum
        = NMaximize["a", x]
    """
    return least_of_all(kernel, "NMaximize", -1, f, variables, options)
