"""NetExternalObject of a file of MXNet: evaluated by the net that the file becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.nets.formats.external import KIND, property_among, raw_data
from wlnet.builtins.nets.information.information import INFORMATION
from wlnet.errors import DataError
from wlnet.kernel import Kernel, applies
from wlnet.layers.specifications import shape_term
from wlnet.nets import Net
from wlnet.nets.arrays import Key
from wlnet.nets.dimensions import Shape
from wlnet.terms import Association, Expression, S, Term, expression, numeric, register, to_list


@dataclass(slots=True, eq=False)
class MXNetObject:
    """A net of MXNet: its file, the net that it becomes, and where the array of each variable is in that."""

    source: str
    data: bytes
    net: Net
    keys: dict[str, Key]

    @property
    def missing(self) -> dict[str, Key]:
        """The variables of arrays that have no values; they are inputs too."""
        return {name: key for name, key in self.keys.items() if key not in self.net.store}

    @property
    def input_shapes(self) -> dict[str, Shape]:
        given = {name: port.shape for name, port in self.net.structure.inputs.items()}
        return {**given, **{name: self.net.shape_of(key) for name, key in self.missing.items()}}

    @property
    def input_names(self) -> Term:
        return to_list(self.input_shapes)


@applies(MXNetObject)
def apply_object(kernel: Kernel, net: MXNetObject, arguments: tuple[Term, ...]) -> Term | None:
    """Gives what the net makes of data, and of the arrays that the file lacks."""
    if len(arguments) != 1:
        return None
    given, missing = arguments[0], net.missing
    if not missing:
        return kernel.evaluate(Expression(net.net, (given,)))
    if type(given) is not Association or any(name not in given for name in missing):
        shown = ", ".join(f'"{name}"' for name in missing)
        raise DataError(
            f"the file has no values for {shown}; an association with them is expected", tag="noport", kind=KIND
        )
    arrays: dict[Key | str, np.ndarray] = {key: array_of(name, given.get(name)) for name, key in missing.items()}
    rest = Association((name, value) for name, value in given.items() if name not in missing)
    return kernel.evaluate(Expression(net.net.with_arrays(arrays), (rest,)))


def array_of(name: str, term: Term) -> np.ndarray:
    array = numeric(term)
    if array is None:
        text = f'the array "{name}" is an array of numbers, not `1`'
        raise DataError(text, tag="data", kind=KIND, terms=(term,))
    return array


def shapes(given: dict[str, Shape]) -> Association:
    return Association((name, shape_term(shape)) for name, shape in given.items())


#: Property → function(net).
PROPERTIES: dict[str, Callable[[MXNetObject], Term]] = {
    "Backend": lambda net: "wlnet",
    "Format": lambda net: "MXNet",
    "InputPortNames": lambda net: net.input_names,
    "InputPorts": lambda net: shapes(net.input_shapes),
    "OutputPortNames": lambda net: to_list(net.net.structure.outputs),
    "OutputPorts": lambda net: shapes({name: port.shape for name, port in net.net.structure.outputs.items()}),
    "Properties": lambda net: to_list(PROPERTIES),
    "RawData": lambda net: raw_data(net.data),
}


def object_text(net: MXNetObject) -> str:
    """Gives the printed form: the file, and what goes in and comes out."""
    rows = [f"{KIND}  MXNet, {net.source}"]
    rows += [f"   in  {name}" for name in net.input_shapes]
    return "\n".join([*rows, *(f"  out  {name}" for name in net.net.structure.outputs)])


INFORMATION[MXNetObject] = lambda kernel, net, wanted: property_among(PROPERTIES, net, wanted)
WHOLE[MXNetObject] = object_text
register(
    MXNetObject,
    S.NetExternalObject,
    full_form=lambda net: expression(KIND, expression("File", net.source)),
    text=lambda net: f"{KIND}[{Path(net.source).name}]",
)
