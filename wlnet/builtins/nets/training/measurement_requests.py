"""The measurements that terms ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.nets.paths import resolve_path
from wlnet.builtins.nets.ports import interior, port_path
from wlnet.builtins.nets.training.options import NUMBERS
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
from wlnet.training.requests import AGGREGATIONS, AVERAGES

FORMS = (
    'a name, "name" -> n, NetPort[…], <|"Measurement" -> one of these or a function, "ClassAveraging" -> "Macro" or '
    '"Micro", "Aggregation" -> name, "Key" -> name|>, or a list of these'
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
    average, aggregation = (text(given.get(name, NONE)) or "" for name in ("ClassAveraging", "Aggregation"))
    wanted = given.get("Measurement")
    if wanted is None or not given.keys() <= SUBOPTIONS or average not in AVERAGES:
        return None
    if aggregation not in (*AGGREGATIONS, "None") or type(wanted) is Association:
        return None
    if is_head(wanted, S.Function) or isinstance(wanted, Symbol):
        return Request(given.get("Key", wanted), "", None, average, "", measuring(kernel, wanted, speaker))
    inner = request_from(kernel, net, wanted, speaker)
    aggregation = "" if aggregation == "None" else aggregation
    return Request(given.get("Key", inner.key), inner.name, inner.argument, average, aggregation)


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
        pairs = (
            (name, pack(value.astype(np.float64)) if value.ndim else float(value)) for name, value in ports.items()
        )
        value = kernel.evaluate(expression("N", Expression(function, (Association(pairs),))))
        found = numeric(value)
        if found is None:
            names = ", ".join(f'"{name}"' for name in ports)
            raise NetError(
                f"the measurement `1` must make a number, or an array, of the values {names} of an example, not `2`",
                tag="measurement",
                kind=speaker,
                terms=(function, value),
            )
        return np.asarray(found, np.float64)

    return measure
