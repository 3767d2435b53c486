"""Training data as terms: from any of their forms to the arrays of each port."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.builtins.files.files import path_of
from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.builtins.nets.training.image_data import image_port, sized
from wlnet.coders import counterpart, make_coder, unevaluated, with_parameter
from wlnet.data.datasets import dataset
from wlnet.errors import DataError, NetError, WlnetError
from wlnet.nets import VARYING, Net, Port
from wlnet.nets.surgery import replace_ports
from wlnet.plans.data import encode, misfit
from wlnet.terms import (
    FALSE,
    TRUE,
    Association,
    Image,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    list_of,
    numeric,
    pack,
    sort_key,
    to_list,
)
from wlnet.terms.same import key
from wlnet.training.generated import USUAL_LENGTH
from wlnet.training.losses import producer
from wlnet.training.stored import Stored, columns_in

#: The kind of nets that give distances, and learn from truth values which are to be large.
PAIRS = "NetPairEmbeddingOperator"

Columns = dict[str, Term]
"""Port → list of the terms of all examples, or a column that stays in its file."""


def columns_from(net: Net, data: Term, part: str = "TrainingData") -> Columns:
    """Gives the columns of training data; raises DataError.

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
        return columns_from(net, data.args[0], part)
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
    raise DataError(
        "data are a list of rules in -> out, a rule {in, …} -> {out, …}, an association port -> {…}, a list of "
        "associations, the name of a data set, or a file of arrays, not `1`",
        tag="data",
        kind="NetTrain",
        terms=(data if not is_list(data) else list_of(*elements(data)[:1]),),
    )


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
    if is_head(data, S.List, 2) and is_head(data.args[1], S.Rule, 2) and data.args[1].args[0] == "RoundLength":
        data, length = data.args[0], data.args[1].args[1]
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


def with_coders(net: Net, columns: Columns) -> Net:
    """Gives the net with coders for classes, truth values and images where ports have none and such data come.

    Outputs get decoders; inputs get encoders where their dimensions agree.
    """
    ports: dict[str, Port] = {}
    for name, port in {**net.structure.outputs, **net.structure.inputs}.items():
        if name not in columns or port.coder is not None or not is_list(columns[name]):
            continue
        items = elements(columns[name])
        is_input = name in net.structure.inputs
        found = None
        if are_truth_values(items) and not is_input and producer(net.structure, name)[0].kind.name == PAIRS:
            continue  # what comes out is a distance, not a probability
        if items and all(type(item) in (str, Symbol) for item in items):
            found = encoder_port(port, items) if is_input else decoder_port(port, items)
        elif items and all(type(item) is Image for item in items):
            found = image_port(port, items, "NetEncoder" if is_input else "NetDecoder")
        ports.update({name: found} if found is not None else {})
    return replace_ports(net, ports) if ports else net


def are_truth_values(items: Sequence[Term]) -> bool:
    return all(item is TRUE or item is FALSE for item in items)


def classes_of(items: Sequence[Term]) -> Term:
    """Gives the different ones of some classes, in their order."""
    return list_of(*sorted({key(item): item for item in items}.values(), key=sort_key))


def decoder_port(port: Port, items: Sequence[Term]) -> Port:
    """Gives the port that decodes to such targets: truth values from a number, classes from a vector."""
    specification: Term = list_of("Class", classes_of(items))
    if are_truth_values(items) and not port.shape:
        specification = "Boolean"
    return make_coder("NetDecoder", specification, unevaluated).port


def encoder_port(port: Port, items: Sequence[Term]) -> Port | None:
    """Gives the port that encodes such inputs: as numbers, or as vectors where the port takes a vector."""
    if port.shape is not None and len(port.shape) > 1:
        return None
    specification: Term = list_of("Class", classes_of(items), "UnitVector" if port.shape else "Index")
    if are_truth_values(items) and not port.shape and port.element == "Real":
        specification = "Boolean"
    return make_coder("NetEncoder", specification, unevaluated).port


def arrays_from(net: Net, columns: Columns) -> dict[str, Any]:
    """Gives port → array of all examples (a list of arrays where lengths differ); raises DataError."""
    arrays: dict[str, Any] = {}
    for name, values in columns.items():
        if isinstance(values, Stored):
            arrays[name] = values
            continue
        array = None if is_list(values) else numeric(values)
        if not is_list(values) and (array is None or not array.ndim):
            raise DataError(f'the data of the port "{name}" must be a list', tag="data", kind="NetTrain")
        inputs, outputs = net.structure.inputs, net.structure.outputs
        if name in inputs:
            port = inputs[name]
        elif name in outputs:
            port = target_port(outputs[name], values)
        else:
            port = Port()
        found = encode(name, port, values, "NetTrain", batched=True).values
        if isinstance(found, list) and name in outputs and not {VARYING, None} & set(outputs[name].shape or (VARYING,)):
            raise misfit(name, outputs[name], "targets of different dimensions", "NetTrain", values)
        arrays[name] = found if isinstance(found, list) else np.asarray(found)
        check_finite(name, arrays[name])
    return arrays


def check_finite(name: str, values: Any) -> None:
    """Raises DataError naming the first example with a number that is not finite."""
    for index, array in enumerate(values, 1):
        if not np.isfinite(array).all():
            raise DataError(
                f'example {index} of the port "{name}" has a number that is not finite; remove it or replace it first',
                tag="nan",
                kind="NetTrain",
            )


def target_port(port: Port, values: Term) -> Port:
    """Gives the port that encodes the targets of an output: by the encoder that undoes its decoder, if there is one.

    Targets that are arrays of a higher rank than classes have are taken as they are.
    """
    coder = port.coder
    if coder is None or coder.encodes:
        booleans = is_list(values) and elements(values) and are_truth_values(elements(values))
        return make_coder("NetEncoder", "Boolean", unevaluated).port if booleans else Port()
    array = numeric(values)
    if array is not None and array.ndim > 1 + len(coder.leading):
        return Port()
    if "classes" in coder.settings and coder.settings["classes"] is None:
        count = port.shape[-1] if port.shape else None
        coder = with_parameter(coder, "Labels", to_list(range(1, (count if isinstance(count, int) else 1) + 1)))
    try:
        encoder = counterpart(coder)
    except NetError:
        return Port()
    first = elements(values)[0] if is_list(values) and elements(values) else None
    return (sized(encoder, port.shape, first) if type(first) is Image else encoder).port
