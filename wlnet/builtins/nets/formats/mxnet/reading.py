"""Nets made of the graphs of MXNet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wlnet.builtins.nets.constructors.layers import make_net
from wlnet.builtins.nets.formats.mxnet.table import READ, NoLayer, Written
from wlnet.errors import FormatError, NetError
from wlnet.interchange.mxnet_symbol import MXNetSymbol, Node, Source
from wlnet.kernel import Kernel
from wlnet.layers.specifications import view_term
from wlnet.nets import KINDS, Net, Port, Shared
from wlnet.nets.arrays import Key
from wlnet.nets.assembly import Assembly, put_together
from wlnet.nets.connecting import distinct
from wlnet.nets.dimensions import Shape
from wlnet.nets.structure import Edge, End
from wlnet.nets.views import Step, view_of
from wlnet.syntax import parse
from wlnet.terms import Association, NumericArray, S, Term, expression, rule, to_list


@dataclass(eq=False)
class Reader:
    """The net that a graph becomes, layer by layer.

    arrays: name of a variable → its value; the other variables are arrays without values where a layer has arrays, and
    inputs elsewhere. keys: name of a variable → where its array is in the net. sequences: outputs whose first axis is the
    time and whose second the batch, which only operators on sequences take.
    """

    kernel: Kernel
    symbol: MXNetSymbol
    arrays: Mapping[str, np.ndarray]
    layers: dict[str, Net] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    ends: dict[Source, End] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    sequences: dict[Source, End] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reached = self.symbol.reached()
        self.later = nodes_for_later(self.symbol)
        self.uses = Counter(source for number in self.reached for source in self.symbol.nodes[number].inputs)

    def node(self, source: Source) -> Node:
        return self.symbol.nodes[source.node]

    def read(self) -> Net:
        """Gives the net; raises NetError and FormatError."""
        for number in self.reached:
            if number not in self.later:
                self.add(number)
        return self.put_together()

    def add(self, number: int) -> None:
        """Adds what a node is."""
        made = self.outputs_of(self.symbol.nodes[number])
        ends = (made,) if isinstance(made, End) else made
        self.ends.update((Source(number, output), end) for output, end in enumerate(ends))

    def outputs_of(self, node: Node) -> End | tuple[End, ...]:
        try:
            return READ.get(node.operator, Reader.placeholder)(self, node)
        except NoLayer:
            return self.placeholder(node)
        except NetError as error:
            raise FormatError(f'the node "{node.name}" ({node.operator}) makes no layer: {error}') from None

    def end(self, source: Source) -> End:
        """Gives what an output of a node is in the net; a variable with values becomes a layer that gives them."""
        node = self.node(source)
        if node.is_variable and source not in self.ends:
            self.ends[source] = self.constant(node) if node.name in self.arrays else End(None, node.name)
        elif source not in self.ends and source.node in self.later:
            self.add(source.node)
        if source not in self.ends:
            raise FormatError(f'the node "{node.name}" ({node.operator}) has no output {source.output}')
        return self.ends[source]

    def sequence(self, source: Source) -> End:
        """Gives what an output with the time as its first axis is in the net; raises NoLayer where it is none."""
        if self.node(source).is_variable:
            return self.end(source)
        if source not in self.sequences and source.node in self.later:
            self.add(source.node)
        if source not in self.sequences:
            raise NoLayer
        return self.sequences[source]

    def give_sequence(self, node: Node, end: End) -> tuple[End, ...]:
        """Makes the output of a node a sequence with the time as its first axis, so that it gives nothing else."""
        self.sequences[Source(self.number(node))] = end
        return ()

    def turn(self, node: Node) -> End | tuple[End, ...]:
        """Gives the output of a node that exchanges the time and the batch, the first axes."""
        source = node.inputs[0]
        if source in self.sequences:
            return self.sequences[source]
        return self.give_sequence(node, self.end(source))

    def number(self, node: Node) -> int:
        return next(number for number in self.reached if self.symbol.nodes[number] is node)

    def constant(self, node: Node) -> End:
        """Gives the layer of an array that takes part like data; its axis for the batch must be of size 1, and goes."""
        array = self.arrays[node.name]
        if not array.ndim or len(array) != 1:
            raise FormatError(f'the array "{node.name}" has dimensions {array.shape}, and does not begin with a 1')
        return self.layer(node, "NetArrayLayer", Written((), {"Array": NumericArray(array[0])}), ())

    def layer(
        self,
        node: Node,
        kind: str,
        written: Written,
        inputs: Sequence[Source | End],
        arrays: Mapping[str, Source] | None = None,
        mapped: bool = False,
    ) -> End:
        """Adds a layer that takes these inputs and arrays (slot → variable), and gives its output.

        mapped: the layer is applied to each element of a sequence.
        """
        name = distinct([node.name or node.operator], self.layers)[0]
        options = dict(written.options)
        for slot, source in (arrays or {}).items():
            if options.get(slot, S.Automatic) is S.Automatic:
                options[slot] = self.array(source, kind, (name, *["Net"] * mapped, slot))
        if KINDS[kind].variadic:
            options["InputPorts"] = len(inputs)
        net = make_net(self.kernel, KINDS[kind], (*written.arguments, *(rule(*item) for item in options.items())))
        if mapped:
            net = make_net(self.kernel, KINDS["NetMapOperator"], (net,))
        ports = list(net.structure.inputs)
        if len(ports) != len(inputs):
            raise NetError(f"{kind} takes {len(ports)} inputs, not {len(inputs)}", tag="inputs")
        self.layers[name] = net
        for port, given in zip(ports, inputs, strict=True):
            self.edges.append(Edge(given if isinstance(given, End) else self.end(given), End(name, port)))
        return End(name, next(iter(net.structure.outputs)))

    def array(self, source: Source, kind: str, position: tuple[str, ...]) -> Term:
        """Gives the term of a layer's array: shared, under the name of its variable, where several layers use that.

        What transposes or reshapes the variable before is how the layer sees the array.
        """
        steps: list[Step] = []
        while not self.node(source).is_variable:
            steps.insert(0, step_of(self.node(source)))
            source = self.node(source).inputs[0]
        name = self.node(source).name
        value = NumericArray(self.arrays[name]) if name in self.arrays else S.Automatic
        shareable = KINDS[kind].array_slots({})[position[-1]].shareable
        if not steps and (self.uses[source] == 1 or not shareable):
            self.keys[name] = position
            return value
        self.keys[name] = Shared(name)
        view = [("View", view_term(view_of(tuple(steps))))] if steps else []
        return expression("NetArray", Association([("Name", name), ("Array", value), *view]))

    def function(self, node: Node, text: str, *inputs: Source | End) -> End:
        """Adds a layer that applies a function, written in the language, to the elements of its inputs."""
        kind = "ElementwiseLayer" if len(inputs) == 1 else "ThreadingLayer"
        return self.layer(node, kind, Written((parse(text, self.kernel.resolve),)), inputs)

    def placeholder(self, node: Node) -> End | tuple[End, ...]:
        """Adds a PlaceholderLayer that says what the node is, and has its arrays."""
        arrays = [source for source in node.inputs if self.node(source).name in self.arrays]
        inputs = [source for source in node.inputs if source not in arrays]
        if not inputs:
            raise FormatError(f'there is no layer for the node "{node.name}" ({node.operator}), which has no input')
        number = self.number(node)
        used = [source.output for source in (*self.uses, *self.symbol.heads) if source.node == number]
        count = max(used, default=0) + 1
        if count > len(self.symbol.nodes) + len(self.symbol.heads):
            raise FormatError(f'the node "{node.name}" ({node.operator}) has no {count} outputs')
        kept = Association(
            (self.node(source).name, NumericArray(self.arrays[self.node(source).name])) for source in arrays
        )
        options = {"InputPorts": len(inputs), "OutputPorts": count, "Arrays": kept}
        end = self.layer(node, "PlaceholderLayer", Written((node.operator, attributes_term(node)), options), inputs)
        return tuple(End(end.child, port) for port in self.layers[end.child or ""].structure.outputs)

    def put_together(self) -> Net:
        """Gives the net with the outputs of the graph."""
        heads = self.symbol.heads
        names = [self.node(head).name if len(heads) > 1 or self.is_name(head) else "Output" for head in heads]
        for name, head in zip(distinct(names, ()), heads, strict=True):
            end = self.sequences.get(head) or self.end(head)
            source = self.function(self.node(head), "# &", end) if end.child is None else end
            self.edges.append(Edge(source, End(None, name)))
        return self.assembled()

    def shape(self, source: Source) -> Shape:
        """Gives the dimensions of an output of a node, as far as they follow from what is read so far."""
        end = self.end(source)
        if end.child is None:
            return shape_said(self.node(source))
        return self.assembled(Edge(end, End(None, "Output"))).structure.outputs["Output"].shape

    def assembled(self, *outputs: Edge) -> Net:
        """Gives the net of the layers that its outputs, and these, depend on."""
        edges = (*self.edges, *outputs)
        kept = used_layers(edges)
        layers = {name: net for name, net in self.layers.items() if name in kept}
        edges = tuple(edge for edge in edges if edge.target.child is None or edge.target.child in kept)
        named = list(layers) != [str(number) for number in range(1, len(layers) + 1)]
        return put_together(Assembly(layers, edges, self.specified(edges), named=named, chain=True))

    def is_name(self, head: Source) -> bool:
        """Tells whether a node is there for its name only, which is that of an output."""
        return self.node(head).operator == "identity"

    def specified(self, edges: Sequence[Edge]) -> dict[Edge, Port]:
        """Gives the dimensions of the inputs, without the batch, where the file has them."""
        shapes = {node.name: shape_said(node) for node in self.symbol.nodes if node.is_variable}
        inputs = [edge for edge in edges if edge.source.child is None and shapes[edge.source.port] is not None]
        return {edge: Port(shapes[edge.source.port]) for edge in inputs}


def shape_said(node: Node) -> Shape:
    """Gives the dimensions that the file says of a variable, without the batch."""
    sizes = node.sizes("__shape__")[1:]
    return tuple(size if size > 0 else None for size in sizes) if sizes else None


#: Operators that only arrange the elements of an array.
ARRANGING = ("transpose", "Reshape", "reshape", "expand_dims")


def nodes_for_later(symbol: MXNetSymbol) -> set[int]:
    """Gives the numbers of the nodes that are added only where they are needed as data.

    These are the variables, what arranges them, which may be how a layer sees an array, and what has no inputs, such as the
    state that a recurrent layer begins with.
    """
    found: set[int] = set()
    for number, node in enumerate(symbol.nodes):
        arranges = node.operator in ARRANGING and len(node.inputs) == 1 and node.inputs[0].node in found
        if not node.inputs or arranges:
            found.add(number)
    return found


def step_of(node: Node) -> Step:
    """Gives the step of a view that a node is; raises NoLayer."""
    if len(node.inputs) != 1:
        raise NoLayer
    shape, axes = node.sizes("shape"), node.sizes("axes")
    if node.operator in ("Reshape", "reshape") and shape and min(shape) > 0:
        return "Reshape", shape
    if node.operator == "transpose" and axes and sorted(axes) == list(range(len(axes))):
        levels = tuple(axes.index(place) + 1 for place in range(len(axes)))
        return "Transpose", None if levels == (2, 1) else levels
    raise NoLayer


def used_layers(edges: Sequence[Edge]) -> set[str]:
    """Gives the names of the layers that the outputs depend on."""
    sources: dict[str | None, list[str | None]] = {}
    for source, target in edges:
        sources.setdefault(target.child, []).append(source.child)
    found: set[str | None] = set()
    waiting: list[str | None] = [None]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(child for child in sources.get(name, ()) if child is not None)
    return {name for name in found if name is not None}


def attributes_term(node: Node) -> Term:
    return Association(node.attributes.items())


def net_of(kernel: Kernel, symbol: MXNetSymbol, arrays: Mapping[str, np.ndarray]) -> tuple[Net, dict[str, Key]]:
    """Gives the net of a graph with these arrays, and where the array of each variable is; raises FormatError, NetError."""
    reader = Reader(kernel, symbol, arrays)
    net = reader.read()
    return net, {name: key for name, key in reader.keys.items() if key in net.positions}


def nodes_term(symbol: MXNetSymbol) -> Term:
    """Gives a list with an association for each node."""
    return to_list(
        Association(
            [
                ("Name", node.name),
                ("Operator", node.operator),
                ("Attributes", attributes_term(node)),
                ("Inputs", to_list(symbol.nodes[source.node].name for source in node.inputs)),
            ]
        )
        for node in symbol.nodes
    )
