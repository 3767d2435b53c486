"""Rules: how an operator of MXNet and a layer say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from wlnet.errors import NetError
from wlnet.interchange.mxnet_arrays import MOST_DIMENSIONS
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.nets.structure import End, Structure
from wlnet.terms import NONE, Term

if TYPE_CHECKING:
    from wlnet.builtins.nets.formats.mxnet.reading import Reader
    from wlnet.builtins.nets.formats.mxnet.writing import Writer


class NoLayer(Exception):
    """No layer does what a node does: a placeholder stands for it."""


class Written(NamedTuple):
    """A layer as it is written: the terms of its arguments, and of its options by name."""

    arguments: tuple[Term, ...] = ()
    options: Mapping[str, Term] = {}


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that is exported: its name in the file, its path in the net, and what it is."""

    name: str
    path: tuple[str, ...]
    structure: Structure

    def __getitem__(self, setting: str) -> Any:
        return self.structure.settings[setting]

    @property
    def kind(self) -> str:
        return self.structure.kind.name

    def shape(self, port: str) -> tuple[int, ...]:
        """Gives the dimensions of a port; raises NetError where they are not all known."""
        ports = {**self.structure.inputs, **self.structure.outputs}
        shape = ports[port].shape
        if shape is None or not all(isinstance(size, int) for size in shape):
            raise self.refused(f'the dimensions of its port "{port}" are not known; specify the input of the net')
        return shape  # type: ignore[return-value]

    def refused(self, why: str) -> NetError:
        return NetError(f'layer "{self.name}" ({self.kind}) has no counterpart in MXNet: {why}', kind="Export")


Read: TypeAlias = "Callable[[Reader, Node], End | tuple[End, ...]]"
Write: TypeAlias = "Callable[[Writer, Layer, Sequence[Source]], Source]"

#: Operator → function(reader, node) that gives the output, or the outputs, of what it adds to the net.
READ: dict[str, Read] = {}
#: Kind of layer → function(writer, layer, inputs) that gives the output of what it adds to the graph.
WRITE: dict[str, Write] = {}


def reads(*operators: str) -> Callable[[Read], Read]:
    """Declares how nodes with these operators are read (a decorator)."""

    def declare(function: Read) -> Read:
        READ.update(dict.fromkeys(operators, function))
        return function

    return declare


def writes(*kinds: str) -> Callable[[Write], Write]:
    """Declares how layers of these kinds are written (a decorator)."""

    def declare(function: Write) -> Write:
        WRITE.update(dict.fromkeys(kinds, function))
        return function

    return declare


def rule(
    operator: str,
    kind: str,
    read: Callable[[Node], Written] | None,
    write: Callable[[Layer], Mapping[str, Any]] | None,
    *,
    arrays: Mapping[str, str] | None = None,
) -> None:
    """Declares that an operator and a kind of layer do the same.

    read: the layer of a node; raises NoLayer. write: the attributes of a layer; raises NetError. None: that direction is
    declared by `reads` or `writes`. arrays: slot → ending of the name of the array, in the order of the operator's
    inputs, after the data.
    """
    slots = dict(arrays or {})

    def read_node(reader: Reader, node: Node) -> End:
        assert read is not None
        written = read(node)
        present = [slot for slot in slots if written.options.get(slot) is not NONE]
        count = len(node.inputs) - len(present)
        if count < 1:
            raise NoLayer
        given = dict(zip(present, node.inputs[count:], strict=True))
        return reader.layer(node, kind, written, node.inputs[:count], given)

    def write_layer(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
        assert write is not None
        given = writer.arrays_of(layer, slots)
        return writer.operation(operator, layer.name, [*inputs, *given], write(layer))

    if read is not None:
        READ[operator] = read_node
    if write is not None:
        WRITE[kind] = write_layer


def level(axis: int) -> int:
    """Gives the level of an axis of MXNet; raises NoLayer for that of the batch, and for one that no array has."""
    if axis == 0 or abs(axis) > MOST_DIMENSIONS:
        raise NoLayer
    return axis
