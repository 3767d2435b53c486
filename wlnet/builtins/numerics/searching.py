"""Searches for the least value of a function of a vector, with conditions, by scipy.optimize; declares nothing."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wlnet.builtins.numerics.constraints import Conditions
from wlnet.builtins.numerics.formulas import Formula

#: Values and places beyond this count as infinite.
FAR = 1e12
#: The box in which a search begins where nothing else is said, and how many starts it has.
USUAL, STARTS = 10.0, 12
#: What a missed condition costs in a search that knows no conditions.
FINE = 1e6
METHODS = {
    "Automatic": "BFGS", "ConjugateGradient": "CG", "InteriorPoint": "trust-constr", "Newton": "Newton-CG",
    "PrincipalAxis": "Powell", "QuasiNewton": "BFGS",
}  # fmt: skip


class Goal:
    """A function that is to be small (sign 1) or large (-1), with its derivatives where they are known."""

    def __init__(self, formula: Formula, slopes: list[Formula] | None, sign: int) -> None:
        self.formula, self.slopes, self.sign = formula, slopes, sign

    def __call__(self, place: np.ndarray) -> float:
        value = self.sign * self.formula.real(*place.tolist())
        return value if value == value else np.inf

    def gradient(self, place: np.ndarray) -> np.ndarray:
        """Gives the derivatives: those of the formulas, or differences."""
        if self.slopes is not None:
            given = place.tolist()
            return np.array([self.sign * slope.real(*given) for slope in self.slopes])
        steps = np.diag(6e-6 * np.maximum(1.0, np.abs(place)))
        return np.array([(self(place + step) - self(place - step)) / (2 * step.max()) for step in steps])


class Outcome(NamedTuple):
    """The least value found, where it is (None: nowhere), and whether the search came to its end."""

    value: float
    place: np.ndarray | None
    settled: bool


NOWHERE = Outcome(np.inf, None, False)


def local_search(
    goal: Goal, conditions: Conditions, first: np.ndarray, kind: str, steps: int, accuracy: float
) -> Outcome:
    """Gives the minimum that is reached from a place."""
    from scipy import optimize

    if (conditions.low > conditions.high).any():
        return NOWHERE
    formulas = conditions.for_scipy()
    name = METHODS[kind]
    given: dict[str, Any] = {"jac": goal.gradient, "options": {"maxiter": steps}}
    if name == "trust-constr":
        given |= {"bounds": conditions.bounds(), "constraints": formulas}
        given["options"] |= {"gtol": min(accuracy, 1e-8), "xtol": 1e-10}
    elif formulas:
        name = "SLSQP"
        given |= {"bounds": conditions.bounds(), "constraints": formulas}
        given["options"] |= {"ftol": accuracy * 1e-4}
    elif conditions.has_ranges and name != "Powell":
        name = "L-BFGS-B"
        given |= {"bounds": conditions.bounds()}
        given["options"] |= {"ftol": accuracy * 1e-7, "gtol": accuracy}
    elif name == "Powell":
        given = {"bounds": conditions.bounds(), "options": {"maxiter": steps, "xtol": accuracy, "ftol": accuracy}}
    elif name == "Newton-CG":
        given["options"] |= {"xtol": accuracy}
    else:
        given["options"] |= {"gtol": accuracy}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = optimize.minimize(goal, np.clip(first, conditions.low, conditions.high), method=name, **given)
    place = np.clip(np.atleast_1d(found.x), conditions.low, conditions.high)
    if not np.isfinite(place).all() or not conditions.are_met(place):
        return NOWHERE
    return Outcome(goal(place), place, bool(found.success) or found.nit < steps)


def global_search(
    goal: Goal,
    conditions: Conditions,
    boxes: Sequence[tuple[float, float] | None],
    kind: str,
    steps: int,
    accuracy: float,
) -> Outcome:
    """Gives the least of the minima that searches from many places find; the same in every run."""
    low, high = box_of(conditions, boxes)
    if (conditions.low > conditions.high).any():
        return NOWHERE
    random = np.random.default_rng(0)
    fined = with_fines(goal, conditions)
    if conditions.whole.any() or kind in ("DifferentialEvolution", "SimulatedAnnealing", "NelderMead"):
        candidates = [evolved(fined, conditions, (low, high), kind, steps)]
    else:
        candidates = []
    if not conditions.whole.any():
        places = [(low + high) / 2, *(random.uniform(low, high) for _ in range(STARTS * min(len(low), 4)))]
        best = sorted([*candidates, *places], key=fined)[:STARTS]
        found = [local_search(goal, conditions, place, "Automatic", 5 * steps, accuracy) for place in best]
    else:
        found = []
    met = [Outcome(goal(place), place, True) for place in candidates if conditions.are_met(place)]
    return min([*found, *met], key=lambda outcome: outcome.value, default=NOWHERE)


def box_of(conditions: Conditions, boxes: Sequence[tuple[float, float] | None]) -> tuple[np.ndarray, np.ndarray]:
    """Gives the box in which a search begins: what is said of each variable, its range, or a box around zero."""
    low, high = [], []
    for place, box in enumerate(boxes):
        least, most = conditions.low[place], conditions.high[place]
        if box is not None:
            least, most = max(least, box[0]), min(most, box[1])
        width = 2 * USUAL
        if not np.isfinite(least):
            least = -USUAL if not np.isfinite(most) else most - width
        if not np.isfinite(most):
            most = max(least + width, USUAL)
        low.append(least)
        high.append(max(least, most))
    return np.array(low, float), np.array(high, float)


def with_fines(goal: Goal, conditions: Conditions) -> Any:
    """Gives a function that also charges for each condition that is missed."""

    def fined(place: np.ndarray) -> float:
        given = place.tolist()
        missed = sum(max(0.0, -each.real(*given)) for each in conditions.at_least)
        missed += sum(abs(each.real(*given)) for each in conditions.zero)
        value = goal(place)
        return min(value, 1e300) + FINE * missed if missed == missed else np.inf

    return fined


def evolved(
    fined: Any, conditions: Conditions, box: tuple[np.ndarray, np.ndarray], kind: str, steps: int
) -> np.ndarray:
    """Gives where a search without derivatives in a box ends."""
    from scipy import optimize

    low, high = box
    high = np.where(high > low, high, low + 1e-12)
    bounds = list(zip(low.tolist(), high.tolist(), strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if kind == "SimulatedAnnealing" and not conditions.whole.any():
            found = optimize.dual_annealing(fined, bounds, maxiter=steps, seed=0)
        elif kind == "NelderMead" and not conditions.whole.any():
            found = optimize.minimize(fined, (low + high) / 2, method="Nelder-Mead", options={"maxiter": 10 * steps})
        else:
            found = optimize.differential_evolution(
                fined, bounds, maxiter=steps, seed=0, integrality=conditions.whole, polish=False, tol=1e-8
            )
    return np.where(conditions.whole, np.round(found.x), found.x)
