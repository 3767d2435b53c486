"""FeatureExtraction and FeatureExtract: rows of numbers for examples of any kind, learned once and used again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from wlnet.builtins.learning.dimensions import principal_components
from wlnet.builtins.learning.features import Column, Nominal, Numerical, Pictures, Text, column_of, is_one
from wlnet.builtins.learning.vectors import rows_of
from wlnet.builtins.numbers.numerical import as_list, is_array
from wlnet.kernel import Kernel, Message, applies, builtin
from wlnet.nets import Net
from wlnet.terms import (
    Expression,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_list,
    pack,
    register,
    same,
    term_hash,
    to_list,
)

EXAMPLES = "`1` is not a list of examples."
METHOD = "`1` is not a method here: a function, a net, one of `2`, or a list of these is."
#: What a step makes of examples.
Step = Callable[[Kernel, Sequence[Term]], Sequence[Term]]
#: Method → the kind of features that it makes.
COLUMNS: dict[Term, Callable[[Kernel, Sequence[Term]], Column]] = {
    S.Automatic: column_of,
    "IndicatorVector": Nominal,
    "PixelVector": Pictures,
    "StandardizedVector": Numerical,
    "TFIDF": Text,
}
REDUCED = "DimensionReducedVector"
#: To at most so many dimensions.
DIMENSIONS = 2


@dataclass(frozen=True, eq=False)
class FeatureExtractorFunction:
    """Steps from examples to their features; call: the term that makes it again; column: what tells one from several."""

    call: Expression
    column: Column
    steps: tuple[Step, ...]

    def features(self, kernel: Kernel, items: Sequence[Term]) -> Sequence[Term]:
        for step in self.steps:
            items = step(kernel, items)
        return items


def step_of(kernel: Kernel, method: Term, items: Sequence[Term]) -> Step:
    """Gives a step that has learned from examples; raises Message and NetError."""
    if type(method) is str and method == REDUCED:
        rows = rows_of(kernel, to_list(items))
        project = principal_components(rows, min(DIMENSIONS, *rows.shape))
        return lambda kernel, items: vectors(project(rows_of(kernel, to_list(items))))
    if type(method) in (str, Symbol) and method in COLUMNS:
        column = COLUMNS[method](kernel, items)
        return lambda kernel, items: vectors(column.rows(kernel, items))
    if isinstance(method, str | int | float) or is_list(method):
        raise Message("method", method, ", ".join([*(name for name in COLUMNS if type(name) is str), REDUCED]))
    if isinstance(method, Net):
        return lambda kernel, items: elements(kernel.evaluate(Expression(method, (to_list(items),))))
    return lambda kernel, items: [kernel.evaluate(Expression(method, (item,))) for item in items]


def vectors(rows: np.ndarray) -> list[Term]:
    return [pack(row) for row in rows]


def extractor(kernel: Kernel, data: Term, method: Term) -> FeatureExtractorFunction:
    """Gives the function that has learned the features of examples; raises Message and NetError."""
    items: Sequence[Term] = elements(as_list(data)) if is_array(data) else ()
    if not items:
        raise Message("examples", data)
    column = column_of(kernel, items)
    steps = []
    for each in elements(method) if is_list(method) else (method,):
        step = step_of(kernel, each, items)
        items = step(kernel, items)
        steps.append(step)
    return FeatureExtractorFunction(expression("FeatureExtractorFunction", data, method), column, tuple(steps))


@builtin("FeatureExtraction", category="Machine learning", messages={"examples": EXAMPLES, "method": METHOD})
def feature_extraction(kernel: Kernel, data: Term, method: Term = S.Automatic) -> Term | None:
    """FeatureExtraction[{e1, e2, …}] gives a FeatureExtractorFunction that makes a vector of numbers of an example.
    FeatureExtraction[examples, method] says how: a function, a net, or one of the names below.
    FeatureExtraction[examples, {method1, method2, …}] does one after the other.

    Details: Automatic: numbers and arrays less their mean, over their standard deviation; names as 1 in a place of their own;
    texts as "TFIDF"; images as pixels; lists and associations of these as what their parts are, joined.
    "StandardizedVector", "IndicatorVector" (of names), "TFIDF" (of texts: how often each word comes, less where it comes in
    many, of length 1), "PixelVector" (of images) and "DimensionReducedVector" (two principal components).

    Examples:
        >> f = FeatureExtraction[{{1, 10.}, {3, 30.}}]
        printed: FeatureExtractorFunction[NumericalVector]
        >> {f[{1, 10}], f[{{2, 20}, {4, 40}}], f === ToExpression[ToString[f, InputForm]]}
        = {{-1., -1.}, {{0., 0.}, {2., 2.}}, True}
        >> FeatureExtraction[{{1, "a"}, {3, "b"}}][{3, "a"}]
        = {1., 1., 0.}
        >> FeatureExtraction[{1, 2, 3}, {(#^2 &), "StandardizedVector"}][2]
        = {-0.2020305089}
        >> FeatureExtraction[{{1, 2}, {3, 4}}, NetInitialize[LinearLayer[1, "Input" -> 2, "Weights" -> {{1, 1}}, "Biases" -> None]]][{5, 6}]
        = {11.}
    Possible issues:
        >> FeatureExtraction[5]
        message: FeatureExtraction::examples
        = FeatureExtraction[5]
        >> FeatureExtraction[{1, 2}, "Magic"]
        message: FeatureExtraction::method
        = FeatureExtraction[{1, 2}, "Magic"]
    Source: G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval, 1988 (TFIDF).
    """
    return extractor(kernel, data, method)


@builtin("FeatureExtract", category="Machine learning", messages={"examples": EXAMPLES, "method": METHOD})
def feature_extract(kernel: Kernel, data: Term, method: Term = S.Automatic) -> Term | None:
    """FeatureExtract[{e1, e2, …}] gives the features of examples, FeatureExtraction[{e1, e2, …}][{e1, e2, …}].
    FeatureExtract[examples, method] takes a method.

    Examples:
        >> FeatureExtract[{{1, 10.}, {3, 30.}}]
        = {{-1., -1.}, {1., 1.}}
        >> FeatureExtract[{"red", "blue", "red"}]
        = {{1., 0.}, {0., 1.}, {1., 0.}}
        >> FeatureExtract[{"to be or not to be", "to do is to be"}, "TFIDF"] // Dimensions
        = {2, 6}
    Possible issues:
        >> FeatureExtract[5]
        message: FeatureExtract::examples
        = FeatureExtract[5]
        >> FeatureExtract[{1, 2}, 7]
        message: FeatureExtract::method
        = FeatureExtract[{1, 2}, 7]
    """
    made = extractor(kernel, data, method)
    return to_list(made.features(kernel, elements(as_list(data))))


@builtin("FeatureExtractorFunction", category="Machine learning", messages={"examples": EXAMPLES, "method": METHOD})
def feature_extractor_function(kernel: Kernel, data: Term, method: Term) -> Term | None:
    """FeatureExtractorFunction[…] is what FeatureExtraction gives; apply it to an example or to a list of examples.

    Examples:
        >> FeatureExtractorFunction[{1, 3}, Automatic][{1, 2, 3}]
        = {{-1.}, {0.}, {1.}}
    Possible issues:
        >> FeatureExtractorFunction[{}, Automatic]
        message: FeatureExtractorFunction::examples
        = FeatureExtractorFunction[{}, Automatic]
        >> FeatureExtractorFunction[{1}, "Magic"]
        message: FeatureExtractorFunction::method
        = FeatureExtractorFunction[{1}, "Magic"]
    """
    return extractor(kernel, data, method)


@applies(FeatureExtractorFunction)
def apply_extractor(kernel: Kernel, made: FeatureExtractorFunction, args: tuple[Term, ...]) -> Term | None:
    """Gives the features of an example, or of each of a list."""
    if len(args) != 1:
        return None
    if is_one(kernel, made.column, args[0]):
        return made.features(kernel, [args[0]])[0]
    return to_list(made.features(kernel, elements(as_list(args[0]))))


register(
    FeatureExtractorFunction, S.FeatureExtractorFunction, full_form=lambda made: made.call,
    text=lambda made: f"FeatureExtractorFunction[{made.column.name}]",
    equal=lambda a, b: same(a.call, b.call), hash=lambda made: term_hash(made.call),
)  # fmt: skip
