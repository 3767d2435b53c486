"""The files of nets of MXNet (.json): a graph of operations, without the values of its arrays.

    {"nodes": [{"op": "null", "name": "data", "inputs": []},
               {"op": "FullyConnected", "name": "fc1", "attrs": {"num_hidden": "10"}, "inputs": [[0, 0, 0], [1, 0, 0], …]}, …],
     "heads": [[4, 0, 0]], "arg_nodes": [0, 1, …], …}

A node of the operation "null" is a variable: an input of the net, or an array. An input is the number of a node that came
before, and the number of its output. All attributes are texts; older files call them "attr" or "param".
Source: the serialization of symbols in Apache MXNet (Apache License 2.0).
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wlnet.errors import FormatError

VARIABLE = "null"
#: The version of MXNet that files are written for.
VERSION = 10900

INTEGER = re.compile(r"[+-]?[0-9]{1,18}L?")
FLAGS = {"True": True, "true": True, "1": True, "False": False, "false": False, "0": False}
NOTHING = ("None", "")


class Source(NamedTuple):
    """An output of a node: the number of the node, and of its output."""

    node: int
    output: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """An operation, or a variable, with its attributes as the file has them."""

    operator: str
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[Source, ...] = ()

    @property
    def is_variable(self) -> bool:
        return self.operator == VARIABLE

    def wrong(self, attribute: str, expected: str) -> FormatError:
        came = f'is "{self.attributes[attribute]}", not' if attribute in self.attributes else "is missing; it is"
        return FormatError(f'the attribute "{attribute}" of the node "{self.name}" ({self.operator}) {came} {expected}')

    def text(self, name: str, default: str) -> str:
        return self.attributes.get(name, default)

    def integer(self, name: str, default: int | None = None) -> int:
        """Gives an attribute as an integer; raises FormatError where it is none, or missing without a default."""
        text = self.attributes.get(name)
        if text is None and default is not None:
            return default
        if text is None or not INTEGER.fullmatch(text):
            raise self.wrong(name, "an integer")
        return int(text.rstrip("L"))

    def real(self, name: str, default: float | None = None) -> float:
        """Gives an attribute as a finite number; raises FormatError as `integer`."""
        if name not in self.attributes and default is not None:
            return default
        try:
            number = float(self.attributes.get(name, ""))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self.wrong(name, "a number")
        return number

    def flag(self, name: str, default: bool = False) -> bool:
        found = FLAGS.get(self.attributes.get(name, str(default)))
        if found is None:
            raise self.wrong(name, "True or False")
        return found

    def sizes(self, name: str) -> tuple[int, ...]:
        """Gives an attribute such as "(5, 5)", "[5,5]" or "5" as integers, () where it is missing or None."""
        text = self.attributes.get(name, "")
        if text in NOTHING:
            return ()
        parts = [part.strip() for part in text.strip("()[] ").split(",") if part.strip()]
        if not all(INTEGER.fullmatch(part) for part in parts):
            raise self.wrong(name, "a list of integers")
        return tuple(int(part.rstrip("L")) for part in parts)


@dataclass(frozen=True, slots=True)
class MXNetSymbol:
    """A graph of operations: the nodes, each after those it depends on, and what the graph gives."""

    nodes: tuple[Node, ...]
    heads: tuple[Source, ...]

    def reached(self) -> list[int]:
        """Gives the numbers of the nodes that the heads depend on, in order."""
        found: set[int] = set()
        waiting = [head.node for head in self.heads]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting.extend(source.node for source in self.nodes[number].inputs)
        return sorted(found)


def symbol_bytes(symbol: MXNetSymbol) -> bytes:
    """Gives the content of the file of a graph."""
    nodes = []
    for node in symbol.nodes:
        attributes = {"attrs": dict(node.attributes)} if node.attributes else {}
        nodes.append({"op": node.operator, "name": node.name, **attributes, "inputs": ends(node.inputs)})
    content = {
        "nodes": nodes,
        "arg_nodes": [number for number, node in enumerate(symbol.nodes) if node.is_variable],
        "node_row_ptr": row_pointers(symbol),
        "heads": ends(symbol.heads),
        "attrs": {"mxnet_version": ["int", VERSION]},
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def ends(sources: Sequence[Source]) -> list[list[int]]:
    return [[source.node, source.output, 0] for source in sources]


def row_pointers(symbol: MXNetSymbol) -> list[int]:
    """Gives for each node how many outputs came before it, as far as they are used."""
    outputs = [1] * len(symbol.nodes)
    for source in (*symbol.heads, *(source for node in symbol.nodes for source in node.inputs)):
        outputs[source.node] = max(outputs[source.node], source.output + 1)
    return [0, *itertools.accumulate(outputs)]


def read_symbol(data: bytes, name: str) -> MXNetSymbol:
    """Gives the graph in the content of the file called `name`; raises FormatError where it holds none."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise FormatError(f"{name}: this is no JSON, as the nets of MXNet are") from None
    nodes = content.get("nodes") if isinstance(content, dict) else None
    if not isinstance(nodes, list) or not nodes:
        raise FormatError(f'{name}: there is no list of "nodes"; this is no net of MXNet')
    made = tuple(node_in(node, number, name) for number, node in enumerate(nodes))
    heads = sources_in(content.get("heads"), len(made), name, "the net")
    if not heads:
        raise FormatError(f'{name}: the net has no "heads", and so gives nothing')
    return MXNetSymbol(made, heads)


def node_in(content: Any, number: int, file: str) -> Node:
    """Gives a node; it must depend on nodes before it only."""
    told = content if isinstance(content, dict) else {}
    operator, name = told.get("op"), told.get("name")
    if not isinstance(operator, str) or not isinstance(name, str):
        raise FormatError(f"{file}: node {number} has no name, or no operation")
    given: dict[str, str] = {}
    for key in ("param", "attr", "attrs"):
        found = told.get(key) or {}
        if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
            raise FormatError(f'{file}: the attributes of the node "{name}" are no texts')
        given.update(found)
    return Node(operator, name, given, sources_in(told.get("inputs", []), number, file, f'the node "{name}"'))


def sources_in(content: Any, limit: int, file: str, what: str) -> tuple[Source, ...]:
    """Gives the ends [node, output, version]; raises FormatError where a node is not among the first ones."""
    made = []
    for item in content if isinstance(content, list) else [None]:
        parts = item[:2] if isinstance(item, list) and len(item) >= 2 else [-1, -1]
        if not all(type(part) is int and part >= 0 for part in parts) or parts[0] >= limit:
            raise FormatError(f"{file}: {what} depends on something that is not before it")
        made.append(Source(*parts))
    return tuple(made)
