"""Rules: how an operator of MXNet and a layer say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.table import READ, WRITE, Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_arrays import MOST_DIMENSIONS
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.nets.structure import End
from wlnet.terms import NONE

Read: TypeAlias = Callable[[Reader, Node], End | tuple[End, ...]]
Write: TypeAlias = Callable[[Writer, Layer, Sequence[Source]], Source]


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
