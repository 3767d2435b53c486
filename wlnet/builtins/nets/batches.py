"""Data for the inputs of nets: terms for each port, encoded, and taken in groups of equal dimensions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.errors import DataError
from wlnet.nets import Net, Port
from wlnet.nets.containers import is_open, is_variadic, with_inputs
from wlnet.nets.dimensions import VARYING
from wlnet.plans.data import Encoded, encode
from wlnet.terms import Association, S, Term, elements, is_head, is_list, to_list


class Batch:
    """The encoded data of all inputs: port → Encoded; how many examples; whether there was only one, not a list."""

    def __init__(self, data: dict[str, Encoded], kind: str) -> None:
        self.data = data
        counts = {name: item.examples for name, item in data.items() if not item.single}
        if len(set(counts.values())) > 1:
            shown = ", ".join(f'"{name}": {count}' for name, count in counts.items())
            raise DataError(f"the inputs have different numbers of examples ({shown})", kind=kind)
        self.single = not counts
        self.count = next(iter(counts.values()), 1)

    def groups(self, size: int) -> list[list[int]]:
        """Gives the examples in groups of equal dimensions, at most `size` in each."""
        by_shape: dict[tuple[Any, ...], list[int]] = {}
        for index in range(self.count):
            by_shape.setdefault(self._shapes(index), []).append(index)
        return [
            members[start : start + size] for members in by_shape.values() for start in range(0, len(members), size)
        ]

    def _shapes(self, index: int) -> tuple[Any, ...]:
        return tuple(
            item.values[index].shape for item in self.data.values() if isinstance(item.values, list) and not item.single
        )

    def take(self, members: Sequence[int]) -> dict[str, np.ndarray]:
        """Gives port → array of these examples."""
        made = {}
        for name, item in self.data.items():
            if item.single:
                made[name] = np.repeat(item.values[:1], len(members), axis=0)
            elif isinstance(item.values, list):
                made[name] = np.stack([item.values[index] for index in members])
            else:
                made[name] = item.values[list(members)] if len(members) < self.count else item.values
        return made


def inputs_from(net: Net, data: Term) -> tuple[Net, Batch]:
    """Gives a net, its ports fixed by the data where they were open, and its encoded inputs; raises DataError."""
    kind = net.kind.name
    if is_open(net.structure) and (is_list(data) or type(data) is Association):
        net = with_inputs(net, len(columns(data) or elements(data)))
        if is_list(data) and not elements(data):
            raise DataError("a list with the data of each input is expected, but an empty list came", kind=kind)
    given = by_port(net, data)
    missing = [name for name in net.structure.inputs if name not in given]
    if missing:
        shown = ", ".join(f'"{name}"' for name in missing)
        raise DataError(f"no data came for the input {shown}", tag="noport", kind=kind)
    encoded = encode_all(net, given)
    found = {
        name: net.structure.inputs[name].with_shape(np.shape(encoded[name].values[0]))
        for name in net.unknown_ports()
        if isinstance(encoded[name].values, np.ndarray) and np.size(encoded[name].values)
    }
    if found:
        net = net.with_ports(found).complete
        encoded = encode_all(net, given)
    return net, Batch(encoded, kind)


def encode_all(net: Net, given: Mapping[str, Term]) -> dict[str, Encoded]:
    several = len(net.structure.inputs) > 1
    return {
        name: (several and empty_sequences(port, given[name])) or encode(name, port, given[name], net.kind.name)
        for name, port in net.structure.inputs.items()
    }


def empty_sequences(port: Port, term: Term) -> Encoded | None:
    """Gives the data for {}, a sequence without elements, or a list of such, where other inputs tell what is meant."""
    if not is_list(term) or not port.shape or len(port.shape) < 2 or port.shape[0] is not VARYING:
        return None
    items = elements(term)
    if not all(is_list(item) and not elements(item) for item in items):
        return None
    shape = tuple(d if isinstance(d, int) else 1 for d in port.shape[1:])
    return Encoded(np.zeros((max(len(items), 1), 0, *shape)), not items)


def columns(data: Term) -> dict[Term, Term]:
    """Gives key → data of an association, or of a list of associations; nothing of other data."""
    if type(data) is Association:
        return dict(data.items())
    rows = data.args if is_head(data, S.List) else ()
    if not rows or not all(type(row) is Association for row in rows):
        return {}
    for row in rows:
        if row.entries.keys() != rows[0].entries.keys():
            raise DataError("the associations of a list must have the same keys: one for each input", tag="data")
    return {key: to_list([row.get(key) for row in rows]) for key in rows[0].keys()}  # noqa: SIM118


def by_port(net: Net, data: Term) -> dict[str, Term]:
    """Gives port → data of an association, of a list of associations, or of the data of the only input."""
    ports = net.structure.inputs
    given = {layer_name(key): value for key, value in columns(data).items() if not is_head(key, S.NetPortGradient)}
    if given or type(data) is Association:
        pass
    elif len(ports) == 1:
        return {next(iter(ports)): data}
    elif is_list(data) and len(elements(data)) == len(ports) and (is_variadic(net.structure) or are_numbered(ports)):
        return dict(zip(ports, elements(data), strict=True))
    else:
        shown = ", ".join(f'"{name}"' for name in ports) or "none"
        raise DataError(
            f"an association with the data of each input is expected; the inputs are {shown}",
            tag="data",
            kind=net.kind.name,
        )
    for name in given:
        if name not in ports:
            shown = ", ".join(f'"{port}"' for port in ports) or "none"
            raise DataError(f'there is no input "{name}"; the inputs are {shown}', tag="noport", kind=net.kind.name)
    return given


def are_numbered(ports: Collection[str]) -> bool:
    """Tells whether ports are called "1", "2", …, so that their data may come as a list."""
    return len(ports) > 0 and all(name == str(number) for number, name in enumerate(ports, 1))


def whole(arrays: Any) -> Any:
    """Gives a list of arrays as one array where their dimensions agree."""
    if isinstance(arrays, list) and all(array.shape == arrays[0].shape for array in arrays):
        return np.stack(arrays)
    return arrays
