"""FittedModel: what LinearModelFit, NonlinearModelFit and LogitModelFit give, to be asked for its properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.numerics.formulas import rules
from wlnet.kernel import Kernel, Message, applies, constant
from wlnet.patterns import substitute
from wlnet.syntax import write
from wlnet.terms import Expression, S, Term, elements, expression, is_list, list_of, pack, register, to_list


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fitted model.

    names: its variables; best: its formula; labels: the parameters, or the functions that they stand before; design:
    the derivatives of the predictions with respect to the parameters, (example, parameter).
    """

    kind: str
    names: tuple[Term, ...]
    best: Term
    labels: tuple[Term, ...]
    estimates: np.ndarray
    design: np.ndarray
    inputs: np.ndarray
    response: np.ndarray
    predicted: np.ndarray
    weights: np.ndarray

    @cached_property
    def residuals(self) -> np.ndarray:
        return self.response - self.predicted

    @cached_property
    def error(self) -> float:
        """The weighted sum of the squares of the residuals."""
        return float((self.weights * self.residuals**2).sum())

    @property
    def freedom(self) -> int:
        return len(self.response) - len(self.estimates)

    @cached_property
    def variance(self) -> float:
        """The variance of the residuals; 1 where the weights already stand for it."""
        if self.kind == "Logit":
            return 1.0
        return self.error / self.freedom if self.freedom > 0 else np.nan

    @cached_property
    def covariance(self) -> np.ndarray:
        return self.variance * np.linalg.pinv(self.design.T @ (self.weights[:, None] * self.design))

    @property
    def errors(self) -> np.ndarray:
        return np.sqrt(np.diag(self.covariance))

    @cached_property
    def total(self) -> float:
        """The sum of the squares of what is explained: of the distances from the mean where there is a constant."""
        has_constant = self.kind == "Linear" and any(label == 1 for label in self.labels)
        mean = np.average(self.response, weights=self.weights) if has_constant else 0.0
        return float((self.weights * (self.response - mean) ** 2).sum())

    @cached_property
    def r_squared(self) -> float:
        return 1 - self.error / self.total if self.total else 1.0

    @cached_property
    def adjusted(self) -> float:
        explained = len(self.response) - (1 if any(label == 1 for label in self.labels) else 0)
        return 1 - explained / self.freedom * (1 - self.r_squared) if self.freedom > 0 else np.nan

    def criterion(self, price: float) -> float:
        """Gives -2 times the logarithm of the likelihood, and a price for each parameter and the variance."""
        n = len(self.response)
        return n * (np.log(2 * np.pi) + np.log(max(self.error, 1e-300) / n) + 1) + price * (len(self.estimates) + 1)

    @cached_property
    def statistics(self) -> np.ndarray:
        with np.errstate(all="ignore"):
            return self.estimates / self.errors

    @cached_property
    def chances(self) -> np.ndarray:
        """How likely so great a statistic would be if the parameter were 0."""
        from scipy import stats

        if self.kind == "Logit":
            return 2 * stats.norm.sf(np.abs(self.statistics))
        return 2 * stats.t.sf(np.abs(self.statistics), max(self.freedom, 1))

    @cached_property
    def intervals(self) -> np.ndarray:
        """The ends of the 95% confidence intervals of the parameters."""
        from scipy import stats

        reach = self.errors * stats.t.ppf(0.975, max(self.freedom, 1))
        return np.stack([self.estimates - reach, self.estimates + reach], axis=1)

    @property
    def entries(self) -> np.ndarray:
        return np.stack([self.estimates, self.errors, self.statistics, self.chances], axis=1)


COLUMNS = list_of("Estimate", "Standard Error", "t-Statistic", "P-Value")


def table(model: Fitted) -> Term:
    """Gives the parameters with their errors as a table."""
    headings = expression("Rule", S.TableHeadings, list_of(list_of(*model.labels), COLUMNS))
    return expression("TableForm", pack(model.entries), headings)


def function(model: Fitted) -> Term:
    """Gives the formula as a pure function."""
    slots = {name: Expression(S.Slot, (place + 1,)) for place, name in enumerate(model.names)}
    return Expression(S.Function, (substitute(model.best, slots),))


PROPERTIES: dict[str, Callable[[Fitted], Any]] = {
    "AIC": lambda model: model.criterion(2.0),
    "AdjustedRSquared": lambda model: model.adjusted,
    "BIC": lambda model: model.criterion(float(np.log(len(model.response)))),
    "BasisFunctions": lambda model: to_list(model.labels),
    "BestFit": lambda model: model.best,
    "BestFitParameters": lambda model: (
        rules(model.labels, model.estimates.tolist()) if model.kind == "Nonlinear" else pack(model.estimates)
    ),
    "CorrelationMatrix": lambda model: pack(model.covariance / np.outer(model.errors, model.errors)),
    "CovarianceMatrix": lambda model: pack(model.covariance),
    "Data": lambda model: pack(np.column_stack([model.inputs, model.response])),
    "DesignMatrix": lambda model: pack(model.design),
    "EstimatedVariance": lambda model: model.variance,
    "FitResiduals": lambda model: pack(model.residuals),
    "Function": function,
    "ParameterConfidenceIntervals": lambda model: pack(model.intervals),
    "ParameterErrors": lambda model: pack(model.errors),
    "ParameterPValues": lambda model: pack(model.chances),
    "ParameterTStatistics": lambda model: pack(model.statistics),
    "ParameterTable": table,
    "ParameterTableEntries": lambda model: pack(model.entries),
    "PredictedResponse": lambda model: pack(model.predicted),
    "Properties": lambda model: to_list(sorted(PROPERTIES)),
    "RSquared": lambda model: model.r_squared,
    "Response": lambda model: pack(model.response),
}


def property_of(model: Fitted, name: Term) -> Term:
    """Gives a property of a model; raises Message."""
    if type(name) is not str or name not in PROPERTIES:
        known = ", ".join(f'"{each}"' for each in sorted(PROPERTIES))
        text = "`1` is not a property of a fitted model; the properties are `2`."
        raise Message("prop", name, known, symbol="FittedModel", text=text)
    found = PROPERTIES[name](model)
    return float(found) if isinstance(found, float) else found


@applies(Fitted)
def apply_fitted(kernel: Kernel, model: Fitted, args: tuple[Term, ...]) -> Term | None:
    """Gives the value of the formula at places, or one or several properties."""
    if len(args) == 1 and type(args[0]) is str:
        return property_of(model, args[0])
    names = elements(args[0]) if len(args) == 1 and is_list(args[0]) else ()
    if names and all(type(name) is str for name in names):
        return list_of(*(property_of(model, name) for name in names))
    if len(args) != len(model.names):
        return None
    return substitute(model.best, dict(zip(model.names, args, strict=True)))


@constant("FittedModel", category="Numerical mathematics")
def fitted_model() -> None:
    """FittedModel[…] is what LinearModelFit, NonlinearModelFit and LogitModelFit give.

    Details: Apply it to values of its variables, or to the name of a property: "BestFit", "BestFitParameters", "RSquared",
    "FitResiduals", "ParameterErrors", "ParameterTable", …; "Properties" lists them. Normal gives the formula.

    Examples:
        >> m = LinearModelFit[{1, 3, 5, 6}, x, x]
        printed: FittedModel[-0.5 + 1.7 x]
        >> {m[2], Normal[m], m["FitResiduals"]}
        = {2.9, -0.5 + 1.7 x, {-0.2, 0.1, 0.4, -0.3}}
        >> m[{"RSquared", "ParameterErrors"}]
        = {0.9796610169, {0.4743416490, 0.1732050808}}
    Possible issues:
        >> LinearModelFit[{1, 2, 4}, x, x]["Color"];
        message: FittedModel::prop
    """


register(Fitted, S.FittedModel, text=lambda model: f"FittedModel[{write(model.best, 'OutputForm')}]")
NORMALIZERS[Fitted] = lambda kernel, model: model.best
