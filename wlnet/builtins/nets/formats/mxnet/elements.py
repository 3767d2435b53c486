"""What Import gives of the files of MXNet, and what Export writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wlnet.builtins.files.files import path_of
from wlnet.builtins.nets.formats.external import KIND, MAKERS
from wlnet.builtins.nets.formats.mxnet import elementwise, layers, normalization, sequences, shapes  # noqa: F401 (rules)
from wlnet.builtins.nets.formats.mxnet.external import MXNetObject
from wlnet.builtins.nets.formats.mxnet.picture import node_picture
from wlnet.builtins.nets.formats.mxnet.reading import net_of, nodes_term
from wlnet.builtins.nets.formats.mxnet.writing import graph_of
from wlnet.errors import FormatError, NetError
from wlnet.interchange.mxnet_arrays import array_bytes, is_array_file, read_arrays
from wlnet.interchange.mxnet_symbol import MXNetSymbol, read_symbol, symbol_bytes
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.terms import NONE, Association, NumericArray, S, Term, list_of, to_list

#: What begins the names in a file of arrays.
PREFIX = re.compile(r"^(arg|aux):")


@dataclass(frozen=True, slots=True)
class MXNetFile:
    """A graph, and the arrays of its variables as far as there are any."""

    source: str
    data: bytes
    symbol: MXNetSymbol
    arrays: Mapping[str, np.ndarray]

    def net(self, kernel: Kernel) -> Net:
        return net_of(kernel, self.symbol, self.arrays)[0]

    def object(self, kernel: Kernel) -> MXNetObject:
        return MXNetObject(self.source, self.data, *net_of(kernel, self.symbol, self.arrays))


#: Element of a graph → function(kernel, file).
ELEMENTS: dict[str, Callable[[Kernel, MXNetFile], Term]] = {
    "Elements": lambda kernel, file: list_of(*ELEMENTS),
    "InputNames": lambda kernel, file: file.object(kernel).input_names,
    "Net": lambda kernel, file: file.net(kernel),
    "NetExternalObject": lambda kernel, file: file.object(kernel),
    "NodeDataset": lambda kernel, file: nodes_term(file.symbol),
    "NodeGraph": lambda kernel, file: node_picture(file.symbol, file.source, "NodeGraph"),
    "NodeGraphPlot": lambda kernel, file: node_picture(file.symbol, file.source, "NodeGraphPlot"),
}

Arrays = Mapping[str, np.ndarray]

#: Element of a file of arrays → function(arrays).
ARRAY_ELEMENTS: dict[str, Callable[[Arrays], Term]] = {
    "ArrayAssociation": lambda arrays: Association((name, NumericArray(array)) for name, array in arrays.items()),
    "ArrayList": lambda arrays: to_list(NumericArray(array) for array in arrays.values()),
    "ArrayNames": lambda arrays: to_list(arrays),
    "Elements": lambda arrays: list_of(*ARRAY_ELEMENTS),
}


def element_of(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], array_path: Term) -> Term:
    """Gives an element of a file of MXNet, of a graph or of arrays.

    array_path: the file of the arrays of a graph, None for no arrays, Automatic for the one that lies beside it. Raises
    FormatError and NetError, and LookupError for no element.
    """
    if is_array_file(data):
        read = chosen(ARRAY_ELEMENTS, wanted, "ArrayAssociation")
        arrays = read_arrays(data, source)
        return read({PREFIX.sub("", name): array for name, array in arrays.items()})
    give = chosen(ELEMENTS, wanted, "NetExternalObject")
    return give(kernel, file_in(data, source, array_path))


def chosen(elements: Mapping[str, Any], wanted: tuple[Term, ...], default: str) -> Any:
    """Gives what reads the element that is wanted; raises LookupError."""
    element = wanted[0] if wanted else default
    if len(wanted) > 1 or element not in elements:
        raise LookupError(f"the elements are {', '.join(elements)}")
    return elements[element]


def file_in(data: bytes, source: str, array_path: Term) -> MXNetFile:
    path = arrays_beside(source) if array_path is S.Automatic else None if array_path is NONE else path_of(array_path)
    if path is None and array_path is not S.Automatic and array_path is not NONE:
        raise FormatError(f"{source}: ArrayPath is the name of a file, None or Automatic")
    symbol = read_symbol(data, source)
    arrays: dict[str, np.ndarray] = {}
    if path is not None:
        try:
            found = read_arrays(path.read_bytes(), str(path))
        except OSError as error:
            raise FormatError(f"{path} cannot be read: {error.strerror or error}") from None
        arrays = {PREFIX.sub("", name): array for name, array in found.items()}
    return MXNetFile(source, data, symbol, arrays)


def arrays_beside(source: str) -> Path | None:
    """Gives the file of arrays beside a graph, whose name goes on with a number: of "net.json" or "net-symbol.json" the
    last one of net.params, net-0000.params, net-0001.params, …; None where there is none."""
    path = Path(source)
    stem = path.stem.removesuffix("-symbol")
    name = re.compile(rf"{re.escape(stem)}(-[0-9]+)?\.params")
    try:
        found = sorted(each for each in path.parent.iterdir() if name.fullmatch(each.name))
    except OSError:
        return None
    return max(found, key=lambda each: (len(each.name), each.name), default=None)


def files_of(net: Net) -> tuple[bytes, bytes]:
    """Gives the contents of the files of a net: of its graph, and of its arrays; raises NetError."""
    symbol, arrays = graph_of(net)
    return symbol_bytes(symbol), array_bytes(arrays)


def object_in(kernel: Kernel, data: bytes, source: str) -> Term:
    """Gives the net in a file as an object; raises NetError."""
    try:
        return element_of(kernel, data, source, ("NetExternalObject",), S.Automatic)
    except (FormatError, LookupError) as error:
        raise NetError(str(error), tag="file", kind=KIND) from None


MAKERS[".json"] = object_in
