"""The measurements that terms ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wlnet.builtins.nets.paths import resolve_path
from wlnet.builtins.nets.ports import interior, port_path
from wlnet.builtins.nets.training.options import NUMBERS, interval
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.layers.settings import text
from wlnet.nets import Net
from wlnet.terms import (
    NONE,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    numeric,
    pack,
)
from wlnet.training import Request
from wlnet.training.requests import AGGREGATIONS, AVERAGES, Aggregation

FORMS = (
    'a name, "name" -> n, NetPort[…], <|"Measurement" -> one of these or a function, "ClassAveraging" -> "Macro" or '
    '"Micro", "Aggregation" -> name or function, "Key" -> name|> (in training also "Interval" -> Quantity[n, "Rounds" or '
    '"Batches"]), or a list of these'
)
SUBOPTIONS = {"Aggregation", "ClassAveraging", "Key", "Measurement"}


def requests_from(kernel: Kernel, net: Net, term: Term, speaker: str) -> list[Request] | str | None:
    """Gives the measurements that a term asks for: a list of requests, "Automatic", or None; raises NetError."""
    if term is S.Automatic:
        return "Automatic"
    if term is NONE:
        return None
    return [request_from(kernel, net, item, speaker) for item in (elements(term) if is_list(term) else (term,))]


def request_from(kernel: Kernel, net: Net, term: Term, speaker: str) -> Request:
    if type(term) is str:
        return Request(term, term)
    if is_head(term, S.Rule, 2) and type(term.args[0]) is str and type(term.args[1]) in NUMBERS:
        return Request(term, term.args[0], float(term.args[1]))
    if is_head(term, S.NetPort) and term.args:
        return Request(term, place_of(net, term))
    if type(term) is Association:
        found = request_of(kernel, net, {text(key) or "": value for key, value in term.items()}, speaker)
        if found is not None:
            return found
    raise NetError(f"`1` is no measurement; one is {FORMS}", tag="measurement", kind=speaker, terms=(term,))


def request_of(kernel: Kernel, net: Net, given: Mapping[str, Term], speaker: str) -> Request | None:
    """Gives the request that an association is, or None where it is none."""
    average = text(given.get("ClassAveraging", NONE)) or ""
    aggregation = aggregation_from(kernel, given.get("Aggregation", NONE), speaker)
    timing = timing_from(given.get("Interval")) if speaker == "NetTrain" else {}
    wanted = given.get("Measurement")
    is_known = given.keys() <= (SUBOPTIONS | {"Interval"} if speaker == "NetTrain" else SUBOPTIONS)
    if wanted is None or not is_known or average not in AVERAGES or aggregation is None or timing is None:
        return None
    if type(wanted) is Association:
        return None
    if is_function(wanted):
        measure = measuring(kernel, wanted, speaker)
        return Request(given.get("Key", wanted), "", None, average, aggregation, measure, **timing)
    inner = request_from(kernel, net, wanted, speaker)
    return Request(given.get("Key", inner.key), inner.name, inner.argument, average, aggregation, **timing)


def is_function(term: Term) -> bool:
    return isinstance(term, Symbol) or is_head(term, S.Function) or is_head(term, S.Composition)


def aggregation_from(kernel: Kernel, term: Term, speaker: str) -> Aggregation | None:
    """Gives the name of an aggregation ("" for none), a function that is one, or None for what is neither."""
    name = text(term)
    if term is NONE or name in AGGREGATIONS:
        return name if name in AGGREGATIONS else ""
    return aggregating(kernel, term, speaker) if is_function(term) else None


def timing_from(term: Term | None) -> dict[str, Any] | None:
    """Gives the fields of a request that say when it is taken; None for what is no interval in rounds or batches."""
    if term is None or term is S.Automatic:
        return {}
    found = interval(term)
    if found is None or found[1] not in ("Rounds", "Batches") or found[0] % 1:
        return None
    return {"every": int(found[0]), "unit": found[1]}


def place_of(net: Net, term: Term) -> tuple[tuple[str, ...], str]:
    """Gives the place of an output, of the data of an input of the net, or of an array; raises NetError."""
    names, rest = resolve_path(net, port_path(term))
    structure = net.structure.at(names)
    name = rest[0] if len(rest) == 1 and type(rest[0]) is str else ""
    is_given = name in structure.slots or (not names and name in structure.inputs)
    return (names, name) if is_given and name not in structure.outputs else interior(net, term)


def measuring(kernel: Kernel, function: Term, speaker: str) -> Callable[[Mapping[str, np.ndarray]], np.ndarray]:
    """Gives a function of the language that measures one example as a Python function."""

    def measure(ports: Mapping[str, np.ndarray]) -> np.ndarray:
        names = ", ".join(f'"{name}"' for name in ports)
        given = Association((name, term_of(value)) for name, value in ports.items())
        return number_from(
            kernel, function, given, f"a number, or an array, of the values {names} of an example", speaker
        )

    return measure


def aggregating(kernel: Kernel, function: Term, speaker: str) -> Callable[[np.ndarray], np.ndarray]:
    """Gives a function of the language that makes a number of the values of one example as a Python function."""

    def aggregate(values: np.ndarray) -> np.ndarray:
        return number_from(kernel, function, term_of(values), "a number of the values of an example", speaker, rank=0)

    return aggregate


def term_of(value: np.ndarray) -> Term:
    return pack(value.astype(np.float64)) if value.ndim else float(value)


def number_from(
    kernel: Kernel, function: Term, given: Term, wanted: str, speaker: str, *, rank: int | None = None
) -> np.ndarray:
    """Gives the numbers that a function gives; raises NetError where it gives others than `wanted`, of this rank."""
    value = kernel.evaluate(expression("N", Expression(function, (given,))))
    found = numeric(value)
    if found is None or (rank is not None and found.ndim != rank):
        raise NetError(
            f"the measurement `1` must make {wanted}, not `2`", tag="measurement", kind=speaker, terms=(function, value)
        )
    return np.asarray(found, np.float64)
