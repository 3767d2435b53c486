"""The table of rules, and what they say of nodes and layers; `rules` tells how to declare one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from wlnet.errors import NetError
from wlnet.interchange.mxnet_symbol import Source
from wlnet.nets.structure import End, Structure
from wlnet.terms import Term


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


#: Operator → function(reader, node) that gives the output, or the outputs, of what it adds to the net.
READ: dict[str, Callable[..., End | tuple[End, ...]]] = {}
#: Kind of layer → function(writer, layer, inputs) that gives the output of what it adds to the graph.
WRITE: dict[str, Callable[..., Source]] = {}
