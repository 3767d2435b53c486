"""NDSolve and NDSolveValue: ordinary differential equations with initial values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from wlnet.builtins.numbers.calculus import put
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.builtins.numerics.formulas import flat, parts_of, rules
from wlnet.builtins.numerics.interpolants import Interpolant
from wlnet.builtins.numerics.interpolation import hermite
from wlnet.builtins.numerics.settings import count, method, tolerance, unfit
from wlnet.builtins.numerics.systems import System, derivative_at
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list, list_of

METHODS = {
    "Automatic": "LSODA", "StiffnessSwitching": "LSODA", "Adams": "LSODA", "BDF": "BDF", "ExplicitRungeKutta": "DOP853",
    "ImplicitRungeKutta": "Radau",
}  # fmt: skip
GOAL = 1e-9
#: Each step of the solver is halved at most so often, until cubic pieces follow it this closely.
HALVINGS, CLOSE = 5, 1e-9
MESSAGES = {
    "deqn": "`1` is not an equation, or not one of ordinary functions of `2` and their derivatives.",
    "dvar": "`1` is not a range {x, min, max} with real numbers.",
    "hder": "The equations cannot be solved for the highest derivatives.",
    "icfail": "For `1`, values at one and the same place are needed for the function and its derivatives up to order `2`.",
    "mxst": "The limit of `1` steps was reached at `2`.",
    "ndnum": "The equations give no real numbers at `1` = `2`.",
    "ndsz": "The solution could not be followed beyond `1` = `2`; there may be a singularity.",
}


class Track(NamedTuple):
    """Places, states there, and the derivatives of the states."""

    places: np.ndarray
    states: np.ndarray
    slopes: np.ndarray


def followed(system: System, end: float, name: str, options: Mapping[str, Term]) -> Track:
    """Gives the solution from the start to an end; raises Message."""
    from scipy import integrate

    kernel, most = system.kernel, count(options, "MaxSteps", 100_000)
    kind = METHODS[method(options, [key for key in METHODS if key != "Automatic"])]
    longest = options["MaxStepSize"]
    size = np.inf if longest is S.Automatic else machine_real(kernel, longest)
    if size is None or not size > 0:
        raise unfit("MaxStepSize", "Automatic or a positive number", longest)
    goals = tolerance(kernel, options, "PrecisionGoal", GOAL), tolerance(kernel, options, "AccuracyGoal", GOAL)
    solver = getattr(integrate, kind)(
        system.slope, system.start, system.state, end, rtol=max(goals[0], 1e-13), atol=goals[1], max_step=size
    )
    places, states = [system.start], [system.state]
    while solver.status == "running":
        before = solver.t
        if len(places) > 8 * most:
            kernel.message(name, "mxst", most, before)
            break
        solver.step()
        if solver.status == "failed" or not np.isfinite(solver.y).all() or solver.t == before:
            kernel.message(name, "ndsz", system.x, before)
            break
        inside = between(system, solver.dense_output(), before, solver.t)
        places.extend(inside.tolist())
        states.extend([*map(solver.dense_output(), inside[:-1]), solver.y.copy()])
    slopes = [system.slope(place, state) for place, state in zip(places, states, strict=True)]
    return Track(np.array(places), np.array(states), np.array(slopes))


def between(system: System, at: Any, first: float, last: float) -> np.ndarray:
    """Gives the places of a step, without the first, at which cubic pieces follow the solution closely."""
    pieces = 1
    for _ in range(HALVINGS):
        places = np.linspace(first, last, pieces + 1)
        states = np.stack([at(place) for place in places])
        slopes = np.stack([system.slope(place, state) for place, state in zip(places.tolist(), states, strict=True)])
        width = (last - first) / pieces
        guess = (states[:-1] + states[1:]) / 2 + width * (slopes[:-1] - slopes[1:]) / 8
        middle = np.stack([at(place) for place in (places[:-1] + places[1:]) / 2])
        if (np.abs(guess - middle) <= CLOSE * (1 + np.abs(middle))).all():
            break
        pieces *= 2
    return np.linspace(first, last, pieces + 1)[1:]


def solved(
    kernel: Kernel, name: str, equations: Term, functions: Term, spec: Term, options: Mapping[str, Term]
) -> tuple[Symbol, dict[Term, Interpolant]]:
    """Gives the variable, and the solution of each function; raises Message."""
    parts = elements(spec) if is_list(spec) else ()
    ends = [machine_real(kernel, part) for part in parts[1:]]
    if (
        len(parts) not in (2, 3)
        or type(parts[0]) is not Symbol
        or any(end is None or not np.isfinite(end) for end in ends)
    ):
        raise Message("dvar", spec)
    x = parts[0]
    names = list(
        dict.fromkeys(
            each.head if derivative_at(each, getattr(each, "head", None)) else each for each in parts_of(functions)
        )
    )
    with np.errstate(all="ignore"):
        system = System(kernel, flat(equations), names, x)
        bounds = [float(end) for end in ends if end is not None] + ([system.start] if len(ends) == 1 else [])
        low, high = min(*bounds, system.start), max(*bounds, system.start)
        if low == high:
            raise Message("dvar", spec)
        tracks = [followed(system, end, name, options) for end in (low, high) if end != system.start]
    pieces = [tracks[0]]
    if low < system.start:
        pieces = [Track(*(part[::-1] for part in tracks[0])), *(Track(*(part[1:] for part in on)) for on in tracks[1:])]
    whole = Track(*(np.concatenate(parts) for parts in zip(*pieces, strict=True)))
    found, place = {}, 0
    for unknown in system.unknowns:
        found[unknown.name] = hermite(whole.places, np.stack([whole.states[:, place], whole.slopes[:, place]], axis=1))
        place += unknown.order
    return x, found


OPTIONS: dict[str, Term] = {
    "AccuracyGoal": S.Automatic, "MaxStepSize": S.Automatic, "MaxSteps": S.Automatic, "Method": S.Automatic,
    "PrecisionGoal": S.Automatic,
}  # fmt: skip


@builtin("NDSolve", category="Numerical mathematics", options=OPTIONS, messages=MESSAGES)
def ndsolve(kernel: Kernel, equations: Term, functions: Term, spec: Term, *, options: dict[str, Term]) -> Term | None:
    """NDSolve[equations, y, {x, min, max}] solves ordinary differential equations with initial values: {{y -> function}}.
    NDSolve[equations, y[x], {x, min, max}] gives {{y[x] -> function[x]}}.
    NDSolve[equations, {y, z, …}, {x, min, max}] solves systems.

    Details: The values y[x0] == …, y'[x0] == …, all at one x0, complete the equations, which are linear in the highest
    derivatives. Method: "StiffnessSwitching" (as Automatic), "ExplicitRungeKutta", "ImplicitRungeKutta", "Adams", "BDF".

    Examples:
        >> s = NDSolve[{y'[x] == y[x] Cos[x], y[0] == 1}, y, {x, 0, 3}]; y[3.] /. First[s]
        = 1.151562836
        >> First[x[2.] /. NDSolve[{x''[t] == -x[t], x[0] == 0, x'[0] == 1}, x, {t, 0, 5}]]
        = 0.9092974268
        >> {a[t], b[t]} /. NDSolve[{a'[t] == b[t], b'[t] == -a[t], a[0] == 0, b[0] == 1}, {a[t], b[t]}, {t, 0, 1}] /. t -> 1
        = {{0.8414709848, 0.5403023059}}
    Options: "Method", "PrecisionGoal", "AccuracyGoal", "MaxStepSize", "MaxSteps":
        >> First[y[1.] /. NDSolve[{y'[x] == -y[x], y[0] == 1}, y, {x, 0, 1}, Method -> "ExplicitRungeKutta", MaxStepSize -> 0.1]]
        = 0.3678794412
        >> Round[First[y[1] /. NDSolve[{y'[x] == y[x], y[0] == 1}, y, {x, 0, 1}, PrecisionGoal -> 4, AccuracyGoal -> 4]], 0.01]
        = 2.72
        >> NDSolve[{y'[x] == Sin[50 x], y[0] == 1}, y, {x, 0, 900}, MaxSteps -> 3];
        message: NDSolve::mxst
    Possible issues:
        >> NDSolve[{y'[x] == y[x]^2, y[0] == 1}, y, {x, 0, 2}];
        message: NDSolve::ndsz
        >> NDSolve[{y'[x] == y[x]}, y, {x, 0, 2}];
        message: NDSolve::icfail
        >> NDSolve[{y'[x]^2 == y[x], y[0] == 1}, y, {x, 0, 2}];
        message: NDSolve::hder
        >> NDSolve[{y'[x] == y[x - 1], y[0] == 1}, y, {x, 0, 2}];
        message: NDSolve::deqn
        >> NDSolve[{y'[x] == Sqrt[-1 - x], y[0] == 1}, y, {x, 0, 2}];
        message: NDSolve::ndnum
        >> NDSolve[{y'[x] == y[x], y[0] == 1}, y, x];
        message: NDSolve::dvar
    """
    x, found = solved(kernel, "NDSolve", equations, functions, spec, options)
    wanted = parts_of(functions)
    values = [found[each] if each in found else Expression(found[each.head], (x,)) for each in wanted]
    return list_of(rules(wanted, values))


@builtin("NDSolveValue", category="Numerical mathematics", options=OPTIONS, messages={"icfail": MESSAGES["icfail"]})
def ndsolve_value(
    kernel: Kernel, equations: Term, wanted: Term, spec: Term, *, options: dict[str, Term]
) -> Term | None:
    """NDSolveValue[equations, y, {x, min, max}] gives the function y that solves differential equations.
    NDSolveValue[equations, expr, {x, min, max}] gives an expression of y, z, …, such as {y, z} or y[1], with the solution.

    Details: Equations and options are those of NDSolve.

    Examples:
        >> f = NDSolveValue[{y'[x] == -2 y[x], y[0] == 3}, y, {x, 0, 2}]; {f[1.], f'[0]}
        = {0.4060058497, -6.}
        >> NDSolveValue[{x'[t] == y[t], y'[t] == -x[t], x[0] == 1, y[0] == 0}, x[1.]^2 + y[1.]^2, {t, 0, 2}]
        = 1.
    Options: "Method", "PrecisionGoal", "AccuracyGoal", "MaxStepSize", "MaxSteps":
        >> NDSolveValue[{y'[x] == 2 x, y[0] == 0}, y, {x, 0, 3}, Method -> "BDF", MaxSteps -> 1000][3]
        = 9.
    Possible issues:
        >> NDSolveValue[{y''[x] == 1, y[0] == 0}, y, {x, 0, 1}];
        message: NDSolveValue::icfail
    """
    parts = elements(spec) if is_list(spec) and elements(spec) else (None,)
    names = [each for equation in flat(equations) for each in unknowns_in(equation, parts[0])]
    _, found = solved(kernel, "NDSolveValue", equations, list_of(*dict.fromkeys(names)), spec, options)
    value = wanted
    for name, made in found.items():
        value = put(value, name, made)
    return value


def unknowns_in(term: Term, x: Term) -> list[Term]:
    """Gives the functions whose derivatives at x occur in a term."""
    if type(term) is not Expression:
        return []
    head = term.head
    if type(head) is Expression and is_head(head.head, S.Derivative, 1) and len(head.args) == 1 and term.args == (x,):
        return [head.args[0]]
    return [name for part in term.args for name in unknowns_in(part, x)]
