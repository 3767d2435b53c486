"""Fits of formulas with any parameters: FindFit, NonlinearModelFit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wlnet.builtins.numerics.fit_data import Data, data_of, names_of, weights_of
from wlnet.builtins.numerics.fitted import Fitted
from wlnet.builtins.numerics.formulas import Formula, gradient, parts_of, rules, variables
from wlnet.builtins.numerics.settings import count
from wlnet.builtins.numerics.starts import BAD_START, starts
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import substitute
from wlnet.terms import S, Symbol, Term, elements, is_list, is_number, list_of

NO_FIT = "The search for the parameters did not settle within `1` steps; what it found so far is given."
TOO_FEW = "There are only `1` data for `2` parameters."


class Curve:
    """A formula of parameters and variables, fitted to data."""

    def __init__(self, kernel: Kernel, form: Term, given: Term, names: tuple[Symbol, ...], data: Data) -> None:
        found = starts(kernel, [list_of(*map(as_start, parameters_of(given)))], usual=1.0)
        if any(each.first.ndim or each.first.dtype.kind == "c" for each in found):
            raise Message("fdss", given, text=BAD_START)
        self.kernel, self.form, self.data = kernel, form, data
        self.parameters = tuple(each.name for each in found)
        self.first = np.array([float(each.first) for each in found])
        self.names = names
        self.formula = Formula(kernel, form, (*self.parameters, *names))
        slopes = gradient(self.formula)
        self.slopes = None if slopes is None else slopes[: len(self.parameters)]

    def values(self, place: np.ndarray) -> np.ndarray:
        """Gives the predictions for values of the parameters; raises Message."""
        given = place.tolist()
        return np.array([self.formula.real(*given, *row) for row in self.data.inputs.tolist()])

    def jacobian(self, place: np.ndarray) -> np.ndarray:
        """Gives the derivatives (example, parameter)."""
        if self.slopes is None:
            steps = np.diag(1e-6 * np.maximum(1.0, np.abs(place)))
            columns = [(self.values(place + step) - self.values(place - step)) / (2 * step.max()) for step in steps]
            return np.stack(columns, axis=1)
        given = place.tolist()
        return np.array([[slope.real(*given, *row) for slope in self.slopes] for row in self.data.inputs.tolist()])

    def fitted(self, name: str, weights: np.ndarray, steps: int) -> np.ndarray:
        """Gives the parameters with the least weighted sum of squares, after a message where they did not settle."""
        from scipy import optimize

        root = np.sqrt(weights)

        def missed(place: np.ndarray) -> np.ndarray:
            return np.nan_to_num(
                root * (self.values(place) - self.data.response), nan=1e150, posinf=1e150, neginf=-1e150
            )

        def slopes(place: np.ndarray) -> np.ndarray:
            return np.nan_to_num(root[:, None] * self.jacobian(place), posinf=1e150, neginf=-1e150)

        if len(self.data.response) < len(self.first):
            raise Message("fitd", len(self.data.response), len(self.first), text=TOO_FEW)
        found = optimize.least_squares(missed, self.first, slopes, method="lm", max_nfev=steps, xtol=1e-12, ftol=1e-12)
        if not found.success:
            self.kernel.message(name, "fitc", steps)
        return np.asarray(found.x)


def is_symbol(term: Term) -> bool:
    return type(term) is Symbol


def parameters_of(given: Term) -> tuple[Term, ...]:
    """Gives the specifications a, {a, a0} in {a, b, …}, {{a, a0}, …}, {a, a0} or a."""
    parts = parts_of(given)
    is_one = is_list(given) and len(parts) == 2 and is_symbol(parts[0]) and is_number(parts[1])
    return (given,) if is_one else parts


def as_start(spec: Term) -> Term:
    """Gives {x, 1} for a parameter without a start."""
    return spec if is_list(spec) else list_of(spec, 1)


class Found(NamedTuple):
    """Parameters with their values, the variables, the data and weights, and what the curve gives there."""

    parameters: tuple[Symbol, ...]
    values: np.ndarray
    names: tuple[Symbol, ...]
    data: Data
    weights: np.ndarray
    design: np.ndarray
    predicted: np.ndarray


def found_by(
    kernel: Kernel, data: Term, form: Term, parameters: Term, given: Term, name: str, steps: int, weights: Term
) -> Found:
    """Gives the fit of a formula; raises Message."""
    names = names_of(given)
    read = data_of(kernel, data, len(names))
    symbols = [(elements(spec) or (spec,))[0] if is_list(spec) else spec for spec in parameters_of(parameters)]
    with variables(kernel, (*symbols, *names)), np.errstate(all="ignore"):
        curve = Curve(kernel, form, parameters, names, read)
        weight = weights_of(kernel, {"Weights": weights}, len(read.response))
        values = curve.fitted(name, weight, steps)
        return Found(curve.parameters, values, names, read, weight, curve.jacobian(values), curve.values(values))


@builtin("FindFit", category="Numerical mathematics", options={"MaxIterations": S.Automatic}, messages={"fitc": NO_FIT})
def find_fit(
    kernel: Kernel, data: Term, form: Term, parameters: Term, variables: Term, *, options: dict[str, Term]
) -> Term | None:
    """FindFit[data, form, {a, b, …}, x] gives the parameters {a -> …, b -> …} of a formula nearest to data.
    FindFit[data, form, {{a, a0}, {b, b0}, …}, {x, y, …}] says where the search begins (1, usually).

    Examples:
        >> FindFit[{{0, 2.}, {1, 2 E^0.5}, {2, 2 E}}, a E^(b x), {a, b}, x]
        = {a -> 2., b -> 0.5}
        >> FindFit[Table[Sin[3 t], {t, 20}], Sin[w x], {{w, 2.9}}, x]
        = {w -> 3.}
    Options: "MaxIterations":
        >> FindFit[{{0, 2.}, {1, 3.}, {2, 9.}}, a E^(b x), {a, b}, x, MaxIterations -> 2];
        message: FindFit::fitc
    """
    steps = count(options, "MaxIterations", 2000)
    found = found_by(kernel, data, form, parameters, variables, "FindFit", steps, S.Automatic)
    return rules(found.parameters, found.values.tolist())


@builtin("NonlinearModelFit", category="Numerical mathematics",
         options={"MaxIterations": S.Automatic, "Weights": S.Automatic}, messages={"fitc": NO_FIT})  # fmt: skip
def nonlinear_model_fit(
    kernel: Kernel, data: Term, form: Term, parameters: Term, variables: Term, *, options: dict[str, Term]
) -> Term | None:
    """NonlinearModelFit[data, form, {a, b, …}, x] gives a FittedModel of a formula with parameters, by least squares.
    NonlinearModelFit[data, form, {{a, a0}, …}, {x, y, …}] says where the search begins (1, usually).

    Examples:
        >> m = NonlinearModelFit[{{0, 1}, {1, 0}, {3, 2}, {5, 4}, {6, 4}, {7, 5}}, Log[a + b x^2], {a, b}, x];
        >> {m["BestFitParameters"], m[2.]}
        = {{a -> 1.506320726, b -> 1.426329708}, 1.975696326}
        >> {m["RSquared"], Length[m["ParameterErrors"]]}
        = {0.9575730179, 2}
    Options: "Weights":
        >> NonlinearModelFit[{{0, 1.}, {1, 2.}, {2, 9.}}, a + b x, {a, b}, x, Weights -> {1, 1, 0}]["BestFitParameters"]
        = {a -> 1., b -> 1.}
    Options: "MaxIterations":
        >> NonlinearModelFit[{{0, 2.}, {1, 3.}, {2, 9.}}, a E^(b x), {a, b}, x, MaxIterations -> 2];
        message: NonlinearModelFit::fitc
    """
    steps = count(options, "MaxIterations", 2000)
    found = found_by(kernel, data, form, parameters, variables, "NonlinearModelFit", steps, options["Weights"])
    known = dict(zip(found.parameters, found.values.tolist(), strict=True))
    best = kernel.evaluate(substitute(form, known))
    return Fitted(
        "Nonlinear", found.names, best, found.parameters, found.values, found.design, *found.data, found.predicted,
        found.weights,
    )  # fmt: skip
