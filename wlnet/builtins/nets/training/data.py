"""Training data as terms: from any of their forms to the arrays of each port."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.builtins.files.files import path_of
from wlnet.builtins.nets.approximating import approximated
from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.builtins.nets.training.data_coders import target_port
from wlnet.builtins.nets.training.encoding import encoded_later
from wlnet.data.datasets import dataset
from wlnet.errors import DataError, WlnetError
from wlnet.kernel import Kernel
from wlnet.nets import VARYING, Net, Port
from wlnet.plans.data import encode, misfit
from wlnet.terms import (
    Association,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    list_of,
    numeric,
    pack,
    to_list,
)
from wlnet.training.generated import USUAL_LENGTH
from wlnet.training.stored import Stored, columns_in

Columns = dict[str, Term]
"""Port → list of the terms of all examples, or a column that stays in its file."""


def columns_from(kernel: Kernel, net: Net, data: Term, part: str = "TrainingData") -> Columns:
    """Gives the columns of training data, exact numbers as machine numbers; raises DataError."""
    ports = {**net.structure.outputs, **net.structure.inputs}
    columns = columns_of(net, data, part).items()
    return {
        name: values
        if isinstance(values, Stored) or (name in ports and ports[name].coder)
        else approximated(kernel, values)
        for name, values in columns
    }


def columns_of(net: Net, data: Term, part: str) -> Columns:
    """Gives the columns of training data as they are; raises DataError.

    Forms: {in -> out, …}, {in, …} -> {out, …}, <|port -> {…}, …|>, {<|port -> …|>, …}, the name of a data set, of which
    `part` ("TrainingData" or "TestData") is meant, and a file of arrays, which is read batch by batch.
    """
    if type(data) is str:
        inputs, labels = named_data(data, part)
        return {only(net, "input"): pack(inputs.astype(np.float64)), only(net, "output"): list_of(*labels)}
    if is_head(data, S.File, 1):
        return stored_columns(data)
    if type(data) is Association:
        return {
            layer_name(name): only_column(values) if is_head(values, S.File, 1) else values
            for name, values in data.items()
        }
    if is_head(data, S.Dataset) and data.args:
        return columns_of(net, data.args[0], part)
    if is_head(data, S.Rule, 2):
        return {only(net, "input"): data.args[0], only(net, "output"): data.args[1]}
    if is_list(data) and elements(data):
        items = elements(data)
        if all(is_head(item, S.Rule, 2) for item in items):
            return {
                only(net, "input"): to_list(item.args[0] for item in items),
                only(net, "output"): to_list(item.args[1] for item in items),
            }
        if all(type(item) is Association for item in items):
            return rows_to_columns(items)
        if not takes_targets(net):
            return {only(net, "input"): data}
    items = elements(data) if is_list(data) else ()
    first = next((n for n, item in enumerate(items) if type(item) is not type(items[0]) or not is_example(item)), 0)
    where = f" (example {first + 1})" if items else ""
    raise DataError(
        "data are a list of rules in -> out, a rule {in, …} -> {out, …}, an association port -> {…}, a list of "
        f"associations, the name of a data set, or a file of arrays, not `1`{where}",
        tag="data",
        kind="NetTrain",
        terms=(items[first] if items else data,),
    )


def is_example(term: Term) -> bool:
    """Tells whether a term stands for an example by itself."""
    return type(term) is Association or is_head(term, S.Rule, 2)


def stored_columns(file: Term) -> Columns:
    """Gives the arrays in a file by name, to be read batch by batch; raises DataError."""
    path = path_of(file)
    if path is None:
        raise DataError("`1` is not the name of a file", tag="data", kind="NetTrain", terms=(file,))
    return dict(columns_in(path))


def only_column(file: Term) -> Stored:
    columns = stored_columns(file)
    if len(columns) != 1:
        shown = ", ".join(f'"{name}"' for name in columns) or "none"
        raise DataError(
            f"`1` stands for one port, but it has the arrays {shown}; give it as the data of the whole net",
            tag="data",
            kind="NetTrain",
            terms=(file,),
        )
    (column,) = columns.values()
    return column


def named_data(name: str, part: str) -> tuple[np.ndarray, Sequence[Term]]:
    """Gives the inputs and labels of a part of a data set that ships with wlnet; raises DataError."""
    try:
        found = dataset(name)
    except WlnetError as error:
        raise DataError(str(error).rstrip("."), tag="data", kind="NetTrain") from None
    return found.training() if part == "TrainingData" else found.test()


def generator_of(data: Term) -> tuple[Term, int] | None:
    """Gives the function that generates batches and the examples in a round, of f or {f, "RoundLength" -> n}."""
    length = USUAL_LENGTH
    given: Any = data.args[1] if is_head(data, S.List, 2) else None
    if is_head(given, S.Rule, 2) and type(given.args[0]) is str and given.args[0] == "RoundLength":
        data, length = data.args[0], given.args[1]
        if type(length) is not int or length < 1:
            raise DataError('"RoundLength" must be a positive integer, not `1`', kind="NetTrain", terms=(length,))
    is_function = type(data) is Symbol or is_head(data, S.Function) or is_head(data, S.Composition)
    return (data, length) if is_function else None


def takes_targets(net: Net) -> bool:
    return not any(inner.kind.loss for _, inner in net.structure.walk())


def rows_to_columns(rows: Sequence[Association]) -> Columns:
    names = rows[0].keys()
    for index, row in enumerate(rows, 1):
        if len(row) != len(names) or any(name not in row for name in names):
            raise DataError(f"example {index} has not the same keys as the first one", tag="data", kind="NetTrain")
    return {layer_name(name): to_list(row.get(name) for row in rows) for name in names}


def only(net: Net, side: str) -> str:
    """Gives the only input or output port of a net; raises DataError."""
    ports = list(net.structure.inputs if side == "input" else net.structure.outputs)
    if len(ports) != 1:
        shown = ", ".join(f'"{name}"' for name in ports) or "none"
        raise DataError(
            f"rules fit a net with one input and one output, but its {side}s are {shown}; use an association port -> {{…}}",
            tag="data",
            kind="NetTrain",
        )
    return ports[0]


def arrays_from(net: Net, columns: Columns) -> dict[str, Any]:
    """Gives port → array of all examples (a list of arrays where lengths differ), or what is read or encoded batch by
    batch; raises DataError.
    """
    arrays: dict[str, Any] = {}
    for name, values in columns.items():
        if isinstance(values, Stored):
            arrays[name] = values
            continue
        array = None if is_list(values) else numeric(values)
        if not is_list(values) and (array is None or not array.ndim):
            raise DataError(
                f'the data of the port "{name}" must be a list, not `1`', tag="data", kind="NetTrain", terms=(values,)
            )
        inputs, outputs = net.structure.inputs, net.structure.outputs
        if name in inputs:
            port = opened(inputs[name])
        elif name in outputs:
            port = target_port(outputs[name], values)
        else:
            port = Port()
        later = encoded_later(name, port, values)
        if later is not None:
            arrays[name] = later
            continue
        found = encode(name, port, values, "NetTrain", batched=True).values
        if isinstance(found, list) and name in outputs and must_be_alike(outputs[name], found[0]):
            raise misfit(name, outputs[name], "targets of different dimensions", "NetTrain", values)
        arrays[name] = found if isinstance(found, list) else np.asarray(found)
        check_finite(name, arrays[name])
    return arrays


def opened(port: Port) -> Port:
    """Gives an input port whose open dimensions may differ from example to example: the data tell whether they do."""
    return port.with_shape(port.shape and tuple(VARYING if size is None else size for size in port.shape))


def must_be_alike(port: Port, target: np.ndarray) -> bool:
    """Tells whether the targets of an output must all have its dimensions: those of another rank are for the loss to judge,
    such as the labels of a CTCLossLayer, of which there are as many as there are.
    """
    shape = port.shape or ()
    return bool(shape) and all(type(size) is int for size in shape) and target.ndim == len(shape)


def check_finite(name: str, values: Any) -> None:
    """Raises DataError naming the first example with a number that is not finite."""
    for index, array in enumerate(values, 1):
        if not np.isfinite(array).all():
            raise DataError(
                f'example {index} of the port "{name}" has a number that is not finite; remove it or replace it first',
                tag="nan",
                kind="NetTrain",
            )
