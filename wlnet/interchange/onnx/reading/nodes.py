"""Nodes as their rules see them, and the table of the rules.

A rule is a function of the node that gives what comes out of it. It raises Unreadable where no layer does the same; a
PlaceholderLayer stands there then.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wlnet.interchange.onnx.reading.files import NodeFacts, Shape
from wlnet.interchange.onnx.reading.flows import BATCH, ONE, Flow, Planned, Stored, Unreadable
from wlnet.nets.structure import End
from wlnet.terms import Term, expression, list_of, to_list

Rule = Callable[["Node"], Any]

RULES: dict[str, Rule] = {}


def reads(*operators: str) -> Callable[[Rule], Rule]:
    """Declares the rule of operators (a decorator)."""

    def declare(rule: Rule) -> Rule:
        for operator in operators:
            RULES[operator] = rule
        return rule

    return declare


def load_rules() -> dict[str, Rule]:
    """Imports every module that declares rules, and gives the table."""
    package = importlib.import_module("wlnet.interchange.onnx.reading.rules")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    return RULES


@dataclass
class Node:
    """A node as its rule sees it."""

    reader: Any
    facts: NodeFacts
    inputs: Sequence[Any]

    def attribute(self, name: str, default: Any = None) -> Any:
        value = self.facts.attributes.get(name, default)
        return value.decode(errors="replace") if type(value) is bytes else value

    def raw(self, place: int) -> Flow:
        """Gives what flows in at a place."""
        value = self.inputs[place] if place < len(self.inputs) else None
        if type(value) is not Flow:
            raise Unreadable
        return value

    def flow(self, place: int) -> Flow:
        """Gives what flows in at a place, with the batch first and all of its axes in the net."""
        return plain(self, self.raw(place))

    def stored(self, place: int) -> Stored | None:
        """Gives the constant at a place, None where nothing is there."""
        value = self.inputs[place] if place < len(self.inputs) else None
        if value is not None and type(value) is not Stored:
            raise Unreadable
        return value

    def array(self, place: int) -> Stored:
        found = self.stored(place)
        if found is None:
            raise Unreadable
        return found

    def numbers(self, place: int, name: str = "") -> list[int] | None:
        """Gives whole numbers that are an input, or an attribute in older versions."""
        if name and name in self.facts.attributes:
            return [int(item) for item in np.atleast_1d(self.facts.attributes[name])]
        found = self.stored(place)
        return None if found is None else [int(item) for item in np.atleast_1d(found.value)]

    def shape(self, place: int) -> Shape:
        """Gives the dimensions of an input as in the file."""
        found = self.reader.file.shapes.get(self.facts.inputs[place])
        if found is None:
            raise Unreadable
        return found

    @property
    def out(self) -> Shape:
        found = self.reader.file.shapes.get(self.facts.outputs[0])
        if found is None:
            raise Unreadable
        return found

    def layer(
        self,
        kind: str,
        *arguments: Term,
        flows: Sequence[Flow],
        rank: int | None = None,
        arrays: Mapping[str, Stored | None] | None = None,
        ports: Sequence[str] = (),
        output: str = "",
        over: int = 0,
        **options: Term,
    ) -> Flow:
        """Gives what comes from a new layer that takes these flows. rank: of its output, where not that of the first.
        over: how many of the first dimensions it is mapped over.
        """
        maps = {flow.maps for flow in flows}
        if len(maps) > 1:
            raise Unreadable
        count = maps.pop() if maps else 0
        label = self.reader.add(Planned(kind, arguments, dict(options), dict(arrays or {}), count + over, len(flows)))
        for place, flow in enumerate(flows):
            self.reader.edges.append((flow.end, End(label, ports[place] if ports else "")))
        rank = flows[0].rank if rank is None else rank
        known = next((flow for flow in flows if flow.joined), None) if count else None
        made = Flow(End(label, output), (BATCH, *range(rank)), count)
        return made if known is None else replace(made, joined=known.joined, ahead=known.ahead)


def plain(node: Node, flow: Flow) -> Flow:
    """Gives a flow with the batch first, and in the net each axis that the file has."""
    if flow.is_plain:
        return flow
    if flow.less:
        flow = replace(shifted(node, flow), less=0)
    order = [axis for axis in flow.axes if type(axis) is int]
    if flow.axes[:1] != (BATCH,):
        raise Unreadable
    if order != sorted(order):
        levels = [order.index(axis) + 1 for axis in range(len(order))]
        moved = replace(flow, axes=(BATCH, *range(len(order))))
        flow = replace(
            node.layer("TransposeLayer", to_list(levels), flows=[moved]),
            axes=renumbered(flow.axes),
        )
    made = replace(flow, axes=(BATCH, *range(flow.rank)))
    for level, axis in enumerate(flow.axes[1:], 1):
        if axis == ONE:
            made = node.layer("ReplicateLayer", 1, level, flows=[made], rank=made.rank + 1)
    return made


def fronted(node: Node, place: int) -> tuple[Flow, int]:
    """Gives what flows in at a place with the batch first, and where the file has the batch; see `put_back`."""
    flow = node.raw(place)
    if BATCH not in flow.axes:
        raise Unreadable
    at = flow.axes.index(BATCH)
    return plain(node, replace(flow, axes=(BATCH, *flow.axes[:at], *flow.axes[at + 1 :]))), at


def put_back(flow: Flow, at: int) -> Flow:
    """Gives a flow whose batch is first with the batch at a place among its axes."""
    rest = flow.axes[1:]
    return replace(flow, axes=(*rest[:at], BATCH, *rest[at:]))


def renumbered(axes: Iterable[Any]) -> tuple[Any, ...]:
    """Numbers the dimensions in the order in which they stand."""
    made, number = [], 0
    for axis in axes:
        made.append(number if type(axis) is int else axis)
        number += type(axis) is int
    return tuple(made)


def shifted(node: Node, flow: Flow, by: int = 0) -> Flow:
    """Gives whole numbers with what the file has taken off them, and `by` added."""
    amount = by - flow.less
    if not amount:
        return replace(flow, less=0)
    function = expression("Function", expression("Plus", expression("Slot", 1), amount))
    made = node.layer("ElementwiseLayer", function, flows=[replace(flow, axes=(BATCH, *range(flow.rank)))])
    return replace(made, axes=flow.axes)


def number(value: Any) -> Term:
    """Gives the term of a number; an infinite one is the largest that there is."""
    found = float(np.clip(float(value), np.finfo(np.float32).min, np.finfo(np.float32).max))
    return int(found) if found.is_integer() and abs(found) < 1e9 else found


def slot(place: int = 1) -> Term:
    return expression("Slot", place)


def function(body: Term) -> Term:
    return expression("Function", body)


def nested(rows: Sequence[Sequence[int]]) -> Term:
    return list_of(*(to_list(row) for row in rows))
