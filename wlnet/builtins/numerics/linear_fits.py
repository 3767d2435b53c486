"""Fits of models that are linear in their parameters: Fit, LinearModelFit, LogitModelFit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from wlnet.builtins.numerics.fit_data import NO_DATA, Data, data_of, matrix_and_vector, names_of, weights_of
from wlnet.builtins.numerics.fitted import Fitted
from wlnet.builtins.numerics.formulas import NOT_A_NUMBER, Formula, parts_of, variables
from wlnet.builtins.numerics.settings import unfit
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, pack

NO_FIT = "The search for the parameters did not settle within `1` steps; what it found so far is given."
TOO_FEW = "There are only `1` data for `2` parameters."


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
