"""Fits of formulas to data: Fit, FindFit, LinearModelFit, NonlinearModelFit, LogitModelFit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from wlnet.builtins.numbers.numerical import as_list, is_array, machine_array
from wlnet.builtins.numerics.fitted import Fitted
from wlnet.builtins.numerics.formulas import NOT_A_NUMBER, Formula, gradient, parts_of, rules, variables
from wlnet.builtins.numerics.settings import count, unfit
from wlnet.builtins.numerics.starts import BAD_START, starts
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import substitute
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, elements, is_head, is_list, is_number, list_of, pack

NO_DATA = "`1` is no data for `2` variables: a list of values, of {x, …, value}, or a rule of two lists is expected."
NO_FIT = "The search for the parameters did not settle within `1` steps; what it found so far is given."
TOO_FEW = "There are only `1` data for `2` parameters."


class Data(NamedTuple):
    """Inputs (example, variable) and responses."""

    inputs: np.ndarray
    response: np.ndarray


def data_of(kernel: Kernel, data: Term, size: int) -> Data:
    """Gives the inputs and responses that data for so many variables hold; raises Message."""
    if is_head(data, S.Rule, 2):
        left, right = (machine_array(kernel, part) for part in data.args)
        if left is not None and right is not None and right.ndim == 1 and len(left) == len(right):
            left = left[:, None] if left.ndim == 1 else left
            return checked(data, Data(left, right), size)
        raise Message("data", data, size, text=NO_DATA)
    found = machine_array(kernel, data)
    if found is None or found.ndim > 2 or not found.size or (found.ndim == 1 and size != 1):
        raise Message("data", data, size, text=NO_DATA)
    if found.ndim == 1:
        return checked(data, Data(np.arange(1.0, len(found) + 1)[:, None], found), size)
    return checked(data, Data(found[:, :-1], found[:, -1]), size)


def checked(term: Term, data: Data, size: int) -> Data:
    """Gives data with so many variables; raises Message for others."""
    is_real = all(part.dtype.kind != "c" and np.isfinite(part).all() for part in data)
    if data.inputs.ndim != 2 or data.inputs.shape[1] != size or not is_real or not len(data.response):
        raise Message("data", term, size, text=NO_DATA)
    return data


def matrix_and_vector(kernel: Kernel, data: Term) -> Data | None:
    """Gives the design matrix and the responses of {m, v}; None for other data."""
    parts = elements(as_list(data)) if is_array(data) else ()
    if len(parts) != 2:
        return None
    matrix, vector = (machine_array(kernel, part) if is_array(part) else None for part in parts)
    if matrix is None or vector is None or matrix.ndim != 2 or vector.ndim != 1 or len(matrix) != len(vector):
        return None
    return checked(data, Data(matrix, vector), matrix.shape[1])


def names_of(terms: Term) -> tuple[Symbol, ...]:
    names = parts_of(terms)
    if not names or len(set(map(id, names))) < len(names):
        raise Message("ivar", terms, text="`1` is not a variable or a list of different variables.")
    return names


def design_of(kernel: Kernel, functions: Sequence[Term], names: Sequence[Symbol], inputs: np.ndarray) -> np.ndarray:
    """Gives the values of functions (example, function); raises Message."""
    with variables(kernel, names):
        formulas = [Formula(kernel, each, names) for each in functions]
        return np.array([[formula.real(*row) for formula in formulas] for row in inputs.tolist()])


def least_squares(design: np.ndarray, response: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Gives the coefficients with the least weighted sum of squares; raises Message."""
    if not np.isfinite(design).all():
        raise Message("nnum", "a function", "a place of the data", "not real", text=NOT_A_NUMBER)
    root = np.sqrt(weights)
    return np.linalg.lstsq(root[:, None] * design, root * response, rcond=None)[0]


def combination(kernel: Kernel, coefficients: np.ndarray, functions: Sequence[Term]) -> Term:
    """Gives the sum of functions times numbers."""
    pairs = zip(coefficients.tolist(), functions, strict=True)
    return kernel.evaluate(Expression(S.Plus, tuple(Expression(S.Times, pair) for pair in pairs)))


@builtin("Fit", category="Numerical mathematics")
def fit(kernel: Kernel, data: Term, functions: Term = None, variables: Term = None) -> Term | None:
    """Fit[data, {f1, f2, …}, x] gives the combination of functions of x nearest to data by least squares.
    Fit[data, {f1, f2, …}, {x, y, …}] fits functions of several variables; each datum is {x, y, …, value}.
    Fit[{m, v}] gives the coefficients a for which m . a is nearest to v.

    Examples:
        >> Fit[{{0, 1}, {1, 0}, {3, 2}, {5, 4}}, {1, x}, x]
        = 0.186440678 + 0.6949152542 x
        >> Fit[{1, 4, 9, 16}, {1, x, x^2}, x] /. x -> 10.
        = 100.
        >> Fit[{{0, 0, 1}, {1, 0, 3}, {0, 1, 4}, {1, 1, 6}}, {1, x, y}, {x, y}] /. {x -> 2, y -> 2}
        = 11.
        >> Fit[{{{1, 0}, {1, 1}, {1, 2}}, {1, 3, 5}}]
        = {1., 2.}
    Possible issues:
        >> Fit[{{1, 2, 3}}, {1, x}, x]
        message: Fit::data
        = Fit[{{1, 2, 3}}, {1, x}, x]
    """
    if functions is None:
        found = matrix_and_vector(kernel, data)
        if found is None:
            return None
        return pack(least_squares(found.inputs, found.response, np.ones(len(found.response))))
    if variables is None:
        return None
    names, basis = names_of(variables), parts_of(functions)
    found = data_of(kernel, data, len(names))
    design = design_of(kernel, basis, names, found.inputs)
    return combination(kernel, least_squares(design, found.response, np.ones(len(found.response))), basis)


def weights_of(kernel: Kernel, options: Mapping[str, Term], size: int) -> np.ndarray:
    """Gives the weights of so many data; raises Message."""
    given = options["Weights"]
    if given is S.Automatic:
        return np.ones(size)
    found = machine_array(kernel, given) if is_array(given) else None
    if found is None or found.shape != (size,) or found.dtype.kind == "c" or not (found >= 0).all():
        raise unfit("Weights", "Automatic or a list of as many numbers ≥ 0 as there are data", given)
    return found


def basis_of(functions: Term, options: Mapping[str, Term]) -> tuple[Term, ...]:
    """Gives the functions of a linear model, the constant first."""
    constant = options["IncludeConstantBasis"]
    if constant not in (TRUE, FALSE):
        raise unfit("IncludeConstantBasis", "True or False", constant)
    basis = tuple(parts_of(functions))
    return basis if constant is FALSE or any(type(each) is int and each == 1 for each in basis) else (1, *basis)


def linear_parts(
    kernel: Kernel, data: Term, functions: Term, given: Term, options: Mapping[str, Term]
) -> tuple[tuple[Term, ...], tuple[Term, ...], np.ndarray, Data]:
    """Gives the variables, functions, design matrix and data of a model that is linear in its parameters; raises Message."""
    if functions is None or given is None:
        found = matrix_and_vector(kernel, data)
        if found is None:
            raise Message("data", data, "a design matrix and", text=NO_DATA)
        slots = tuple(Expression(S.Slot, (n + 1,)) for n in range(found.inputs.shape[1]))
        return slots, slots, found.inputs, found
    names = names_of(given)
    found, basis = data_of(kernel, data, len(names)), basis_of(functions, options)
    return names, basis, design_of(kernel, basis, names, found.inputs), found


LINEAR: dict[str, Term] = {"IncludeConstantBasis": TRUE, "Weights": S.Automatic}


@builtin("LinearModelFit", category="Numerical mathematics", options=LINEAR, messages={"fitd": TOO_FEW})
def linear_model_fit(
    kernel: Kernel, data: Term, functions: Term = None, variables: Term = None, *, options: dict[str, Term]
) -> Term | None:
    """LinearModelFit[data, {f1, f2, …}, x] gives a FittedModel b0 + b1 f1 + b2 f2 + … by least squares.
    LinearModelFit[data, {f1, …}, {x, y, …}] fits functions of several variables; each datum is {x, y, …, value}.
    LinearModelFit[{m, v}] fits a design matrix to responses.

    Examples:
        >> m = LinearModelFit[{{0, 1}, {1, 0}, {3, 2}, {5, 4}}, x, x]; {m["BestFit"], m["RSquared"]}
        = {0.186440678 + 0.6949152542 x, 0.8140435835}
        >> m["ParameterTableEntries"][[2, {1, 2}]]
        = {0.6949152542, 0.2348543468}
        >> LinearModelFit[{{{1, 0}, {1, 1}, {1, 2}}, {1, 3, 5.5}}]["BestFitParameters"]
        = {0.9166666667, 2.25}
    Options: "IncludeConstantBasis":
        >> LinearModelFit[{2, 4, 6}, x, x, IncludeConstantBasis -> False]["BestFitParameters"]
        = {2.}
    Options: "Weights":
        >> LinearModelFit[{{0, 0}, {1, 1}, {2, 4}}, x, x, Weights -> {1, 1, 0}]["BestFitParameters"]
        = {0., 1.}
    Possible issues:
        >> LinearModelFit[{{1, 2}}, {x, x^2}, x];
        message: LinearModelFit::fitd
    """
    names, basis, design, found = linear_parts(kernel, data, functions, variables, options)
    if len(design) < len(basis):
        raise Message("fitd", len(design), len(basis))
    weights = weights_of(kernel, options, len(design))
    estimates = least_squares(design, found.response, weights)
    best = combination(kernel, estimates, basis)
    return Fitted("Linear", names, best, basis, estimates, design, *found, design @ estimates, weights)


@builtin("LogitModelFit", category="Numerical mathematics", options=LINEAR,
         messages={"fitc": NO_FIT, "resp": "Responses of a logit model lie between 0 and 1; here, they do not."})  # fmt: skip
def logit_model_fit(
    kernel: Kernel, data: Term, functions: Term = None, variables: Term = None, *, options: dict[str, Term]
) -> Term | None:
    """LogitModelFit[data, {f1, f2, …}, x] gives a FittedModel 1/(1 + E^-(b0 + b1 f1 + …)) for responses from 0 to 1.

    Examples:
        >> m = LogitModelFit[{{1, 0}, {2, 0}, {3, 1}, {4, 0}, {5, 1}, {6, 1}}, x, x]; {m["BestFitParameters"], m[3.5]}
        = {{-4.249096550, 1.214027586}, 0.5}
    Options: "IncludeConstantBasis", "Weights":
        >> LogitModelFit[{0, 1, 1}, x - 1, x, IncludeConstantBasis -> False, Weights -> {1, 1, 0}]["Properties"] // Length
        = 23
        message: LogitModelFit::fitc
    Possible issues:
        >> LogitModelFit[{0, 2, 1}, x, x];
        message: LogitModelFit::resp
    """
    names, basis, design, found = linear_parts(kernel, data, functions, variables, options)
    weights = weights_of(kernel, options, len(design))
    response = found.response
    if ((response < 0) | (response > 1)).any():
        raise Message("resp")
    estimates, settled = logistic(design, response, weights)
    if not settled:
        kernel.message("LogitModelFit", "fitc", LOGIT_STEPS)
    inside = combination(kernel, -estimates, basis)
    best = Expression(S.Power, (Expression(S.Plus, (1, Expression(S.Power, (S.E, inside)))), -1))
    predicted = chance(design @ estimates)
    spread = weights * predicted * (1 - predicted)
    return Fitted("Logit", names, kernel.evaluate(best), basis, estimates, design, *found, predicted, spread)


#: Steps of the search of a logit model; where responses are parted wholly, it never settles.
LOGIT_STEPS = 30


def chance(score: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(score, -500, 500)))


def logistic(design: np.ndarray, response: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, bool]:
    """Gives the likeliest coefficients of a logistic model by Newton's method, and whether they settled."""
    estimates = np.zeros(design.shape[1])
    for _ in range(LOGIT_STEPS):
        predicted = chance(design @ estimates)
        spread = weights * predicted * (1 - predicted)
        slope = design.T @ (weights * (response - predicted))
        step = np.linalg.pinv(design.T @ (spread[:, None] * design)) @ slope
        estimates = estimates + step
        if np.abs(step).max() <= 1e-10 * (1 + np.abs(estimates).max()):
            return estimates, True
    return estimates, False


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


def curve_of(
    kernel: Kernel, data: Term, form: Term, parameters: Term, given: Term, name: str, steps: int, weights: Term
) -> tuple[Curve, np.ndarray, np.ndarray]:
    """Gives the curve, its fitted parameters and the weights; raises Message."""
    names = names_of(given)
    found = data_of(kernel, data, len(names))
    symbols = [(elements(spec) or (spec,))[0] if is_list(spec) else spec for spec in parameters_of(parameters)]
    with variables(kernel, (*symbols, *names)), np.errstate(all="ignore"):
        curve = Curve(kernel, form, parameters, names, found)
        weight = weights_of(kernel, {"Weights": weights}, len(found.response))
        return curve, curve.fitted(name, weight, steps), weight


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
    curve, found, _ = curve_of(kernel, data, form, parameters, variables, "FindFit", steps, S.Automatic)
    return rules(curve.parameters, found.tolist())


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
    curve, found, weights = curve_of(
        kernel, data, form, parameters, variables, "NonlinearModelFit", steps, options["Weights"]
    )
    best = kernel.evaluate(substitute(form, dict(zip(curve.parameters, found.tolist(), strict=True))))
    labels = curve.parameters
    return Fitted(
        "Nonlinear", curve.names, best, labels, found, curve.jacobian(found), *curve.data, curve.values(found), weights
    )
