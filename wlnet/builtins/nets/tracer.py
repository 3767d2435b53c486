"""Tracing a function of the language: the walk through its body that leaves layers and connections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wlnet.builtins.nets.array_functions import CALLS, JOINS
from wlnet.builtins.nets.function_rules import rules_for
from wlnet.builtins.nets.layers import make_net
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.kernel.declare import OPERATOR_FORMS
from wlnet.layers import construct
from wlnet.layers.formula import SPECIAL, UNARY, Formula
from wlnet.layers.settings import numeric
from wlnet.nets import KINDS, Net, graph
from wlnet.nets.containers import states_of, with_inputs
from wlnet.nets.dimensions import Disagreement, Shape, unify
from wlnet.nets.structure import End
from wlnet.patterns import NO_MATCH
from wlnet.patterns.renaming import replace_names
from wlnet.terms import Association, Expression, S, Symbol, Term, expression, is_head, is_list, is_number
from wlnet.terms import register, symbol
from wlnet.terms.same import key


@dataclass(frozen=True, slots=True)
class Wire:
    """An array on its way through a net that is being traced: where it comes from, in which tracing, and its dimensions
    as far as known."""

    end: End
    owner: int
    shape: Shape = field(default=None, compare=False)


register(Wire, symbol("System`Net`Wire"), full_form=lambda wire: wire.end.port, hash=hash, equal=lambda a, b: a == b)

Handler = Callable[["Tracer", tuple[Term, ...]], "Term | None"]
"""function(tracer, arguments) → value, or None where it has none for such arguments."""

#: Head → what it means with its arguments as they are written.
HELD: dict[Symbol, Handler] = {}
#: Head → what it means for values and arrays.
TRACED: dict[Symbol, Handler] = {}

#: How deep a traced function may call itself and others.
DEEPEST = 200
#: The level of a ThreadingLayer at which arrays of lower rank get further dimensions: after all that they have, as lists do.
LAST_LEVEL = 64


def held(*names: str) -> Callable[[Handler], Handler]:
    """Declares what functions that hold their arguments mean in a traced function (a decorator)."""
    return declaring(HELD, names)


def traced(*names: str) -> Callable[[Handler], Handler]:
    """Declares what functions mean for arrays in a traced function (a decorator)."""
    return declaring(TRACED, names)


def declaring(table: dict[Symbol, Handler], names: tuple[str, ...]) -> Callable[[Handler], Handler]:
    def declare(handler: Handler) -> Handler:
        table.update({symbol(name): handler for name in names})
        return handler

    return declare


class Tracer:
    """One tracing: the layers and connections made so far. Equal terms without trainable arrays are traced once.

    locals: the values of local variables, None where they have none. captured: wires of an outer tracing → the input port
    at which they come in.
    """

    def __init__(self, kernel: Kernel, shapes: Mapping[str, Shape] | None = None, depth: int = 0) -> None:
        self.kernel = kernel
        self.layers: dict[str, Net] = {}
        self.connections: list[tuple[End, End]] = []
        self.done: dict[Any, Term] = {}
        self.locals: dict[Symbol, Term | None] = {}
        self.captured: dict[Wire, str] = {}
        self.shapes = dict(shapes or {})
        self.depth = depth

    def input(self, port: str) -> Wire:
        """Gives what comes in at a port."""
        return Wire(End(None, port), id(self), self.shapes.get(port))

    # Terms

    def walk(self, term: Term) -> Term:
        """Gives the wire that carries the value of a term, or the value itself where no array of the net is in it."""
        kind = type(term)
        if kind is Wire:
            return term if term.owner == id(self) else self.capture(term)
        if kind is Association:
            return term.map_values([self.walk(value) for value in term.values()])
        if not self.depends(term):
            return self.kernel.evaluate(term)
        if kind is Symbol:
            value = self.locals[term]
            if value is None:
                raise untraceable(term)
            return value
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise NetError(
                    "`1` calls itself too deeply", tag="trace", kind="FunctionLayer", terms=(shown_part(term),)
                )
            return self.trace(term)
        finally:
            self.depth -= 1

    def trace(self, term: Expression) -> Term:
        head = term.head
        if type(head) is not Symbol:
            return self.compound(term)
        if head in self.locals or head in self.kernel.own:
            return self.walk(Expression(self.walk(head), term.args))
        if head is S.NetArray:
            return self.array(term)
        if head in HELD:
            value = HELD[head](self, term.args)
            if value is None:
                raise untraceable(term)
            return value
        if is_elementwise(term):
            return self.elementwise(term)
        return self.call(Expression(head, self.walk_all(term.args)))

    def walk_all(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        """Gives the values of arguments, those of a Sequence one by one."""
        made: list[Term] = []
        for term in terms:
            value = self.walk(term)
            made.extend(value.args if is_head(value, S.Sequence) else (value,))
        return tuple(made)

    def compound(self, term: Expression) -> Term:
        """Gives the value of `head[…][…]`, and of a net or an association applied to arguments."""
        head = self.substituted(term.head)
        if type(head) is Expression:
            head = self.walk(head) if depends(head, arrays=False) else self.kernel.evaluate(head)
        if type(head) is Symbol:
            return self.walk(Expression(head, term.args))
        args = self.walk_all(term.args)
        if isinstance(head, Net):
            return self.apply(head, args)
        if type(head) is Association and len(args) == 1 and head.get(args[0]) is not None:
            return head.get(args[0])
        if type(head) is not Expression or type(head.head) is not Symbol:
            raise untraceable(term)
        form = OPERATOR_FORMS.get(head.head)
        reduced = None if form is None else form(self.kernel, head, args)
        if reduced is not None:
            return self.walk(reduced)
        declared = self.kernel.definitions[head.head].builtin
        if declared is None or declared.curried is None or len(args) != 1:
            raise untraceable(head)
        return self.walk(
            Expression(head.head, args + head.args if declared.curried == "first" else head.args + args)
        )

    def call(self, term: Expression) -> Term:
        """Gives the value of a function of values and wires."""
        if term.head in INERT:
            return term
        if not any(map(depends, term.args)) and term.head not in DRAWN:
            return self.kernel.evaluate(term)
        known = self.done.get(key(term))
        if known is not None:
            return known
        before = sum(len(net.keys) for net in self.layers.values())
        made = self.called(term)
        if sum(len(net.keys) for net in self.layers.values()) == before:
            self.done[key(term)] = made
        return made

    def called(self, term: Expression) -> Term:
        head, args = term.head, term.args
        if head in STRUCTURAL and is_list(args[0] if args else None) and STRUCTURAL[head](args):
            value = self.kernel.evaluate(term)
            if type(value) is Expression and value.head is head:
                raise untraceable(term)
            return self.walk(value)
        if head in TRACED:
            value = TRACED[head](self, args)
            if value is not None:
                return value
        for table in (rules_for(self.kernel, head), self.kernel.definitions[head].down):
            found = NO_MATCH if table is None else table.lookup(term, self.kernel)
            if found is not NO_MATCH:
                return self.walk(found)
        if head in JOINS:
            return self.layer(JOINS[head], (), *args)
        if head in CALLS and args and not any(map(depends, args[1:])):
            made = CALLS[head](args[1:])
            if made is not None:
                return self.layer(*made, args[0])
        if is_operator(self.kernel, head):
            return term
        raise untraceable(term)

    def substituted(self, term: Term) -> Term:
        """Gives a term with the values of the local variables in it."""
        return replace_names(term, {name: value for name, value in self.locals.items() if value is not None})

    def depends(self, term: Term) -> bool:
        return depends(term, self.locals)

    # Layers

    def add(self, net: Net, sources: Sequence[tuple[Wire, str]]) -> Term:
        """Adds a layer fed by wires at ports ("" for the next one); gives its output, or port → output of several."""
        name = str(len(self.layers) + 1)
        net = with_inputs(net, len(sources))
        self.layers[name] = net
        ports = fill_ports(net, [port for _, port in sources])
        known: dict[str, Any] = {}
        for (wire, _), port in zip(sources, ports, strict=True):
            self.connections.append((wire.end, End(name, port)))
            if wire.shape is not None and port in net.structure.inputs:
                known[port] = narrowed(net.structure.inputs[port], wire.shape)
        outputs = (net.with_ports(known) if known else net).structure.outputs
        if len(outputs) == 1:
            return Wire(End(name, ""), id(self), next(iter(outputs.values())).shape)
        return Association((port, Wire(End(name, port), id(self), found.shape)) for port, found in outputs.items())

    def layer(self, name: str, arguments: Sequence[Term], *wires: Term) -> Term:
        """Adds the layer `name[arguments…]`, fed by these values."""
        return self.add(make_net(self.kernel, KINDS[name], tuple(arguments)), [(self.wire(w), "") for w in wires])

    def add_layer(self, name: str, values: Mapping[str, Term]) -> Term:
        """Adds the layer `name[]`, fed by values at ports."""
        return self.add(make_net(self.kernel, KINDS[name], ()), [(self.wire(v), port) for port, v in values.items()])

    def wire(self, term: Term) -> Wire:
        """Gives the wire of a value; a list is stacked, and a constant array becomes a layer that never trains."""
        value = self.walk(term)
        if type(value) is Wire:
            return value
        array = numeric(value)
        if array is None and is_list(value) and value.args:
            return self.stack(value)
        if array is None:
            raise untraceable(value)
        options = {"Array": value, "LearningRateMultipliers": 0}
        return self.add(construct(KINDS["NetArrayLayer"], (), options), ())  # type: ignore[return-value]

    def stack(self, rows: Expression) -> Wire:
        """Gives the array whose elements are these."""
        wires = [self.wire(row) for row in rows.args]
        if len({len(wire.shape) for wire in wires if wire.shape is not None}) > 1:
            raise NetError("the elements of `1` are arrays of different ranks", tag="trace", kind="FunctionLayer", terms=(S.List,))
        raised = [self.layer("ReplicateLayer", (1,), wire) for wire in wires]
        return raised[0] if len(raised) == 1 else self.layer("CatenateLayer", (), *raised)  # type: ignore[return-value]

    def array(self, term: Expression) -> Wire:
        """Gives the output of a layer that holds a NetArray; without initial values it begins as zeros."""
        given = Expression(S.NetArray, tuple(self.substituted(arg) for arg in term.args))
        net = construct(KINDS["NetArrayLayer"], (), {"Array": self.kernel.evaluate(given)})
        slot = net.structure.slots["Array"]
        if slot.method is None and not net.store:
            net = Net(replace(net.structure, slots={"Array": replace(slot, method="Zeros")}), net.store)
        return self.add(net, ())  # type: ignore[return-value]

    def apply(self, net: Net, arguments: tuple[Term, ...]) -> Term:
        if len(arguments) != 1:
            raise untraceable(Expression(net, arguments))
        given = arguments[0]
        if type(given) is Association:
            return self.add(net, [(self.wire(value), str(port)) for port, value in given.items()])
        if is_list(given) and (len(net.structure.inputs) > 1 or (net.kind.variadic and not net.structure.inputs)):
            return self.add(net, [(self.wire(value), "") for value in given.args])
        return self.add(net, [(self.wire(given), "")])

    def capture(self, wire: Wire) -> Wire:
        """Gives what comes from outside the function that is traced, as a further input of its net."""
        port = self.captured.setdefault(wire, f"Outer{len(self.captured) + 1}")
        self.shapes[port] = wire.shape
        return self.input(port)

    def length(self, value: Term) -> int | None:
        """Gives the number of elements of a list or array, None where that is not known."""
        if is_list(value):
            return len(value.args) if type(value) is Expression else len(value)
        shape = value.shape if type(value) is Wire else ()
        return shape[0] if shape and type(shape[0]) is int else None

    def element(self, value: Term, index: int) -> Term:
        """Gives one element of a list or array, counted from 1."""
        return self.walk(expression("Part", value, index))

    def finish(self, results: Mapping[str, Term]) -> Net:
        """Gives the graph with these values as its outputs, without the layers that they do not need."""
        taken: set[End] = set()
        for name, value in results.items():
            wire = self.wire(value)
            if wire.end.child is None or wire.end in taken:
                wire = self.identity(wire)
            taken.add(wire.end)
            self.connections.append((wire.end, End(None, name)))
        needed = {end.child for end in taken}
        for source, target in reversed(self.connections):
            if target.child in needed:
                needed.add(source.child)
        names = {name: str(number) for number, name in enumerate((n for n in self.layers if n in needed), 1)}
        kept = [(a, b) for a, b in self.connections if b.child is None or b.child in names]
        connections = [tuple(End(names.get(end.child or ""), end.port) for end in ends) for ends in kept]
        return graph({new: self.layers[old] for old, new in names.items()}, connections)  # type: ignore[arg-type]

    # Elementwise functions

    def identity(self, wire: Wire) -> Wire:
        variable = symbol("System`Net`x1")
        return self.formula_layer(Formula(expression("Function", expression("Slot", 1)), (variable,), variable), [wire])

    def elementwise(self, term: Expression) -> Term:
        """Gives the output of one layer for a whole elementwise expression; its value, where no array is in it."""
        variables: dict[Any, tuple[Term, Symbol]] = {}
        body = Expression(term.head, tuple(self.elementwise_body(arg, variables) for arg in term.args))
        if not any(depends(value) for value, _ in variables.values()):
            return self.kernel.evaluate(replace_names(body, {name: value for value, name in variables.values()}))
        symbols = tuple(name for _, name in variables.values())
        wires = [self.wire(value) for value, _ in variables.values()]
        return self.formula_layer(Formula(as_function(body, symbols), symbols, body), wires)

    def formula_layer(self, formula: Formula, wires: Sequence[Wire]) -> Wire:
        if len(wires) == 1:
            net = construct(KINDS["ElementwiseLayer"], (formula,))
        else:
            level = (LAST_LEVEL,) if uneven(wires) else ()
            net = construct(KINDS["ThreadingLayer"], (lambda count: formula, *level), {"InputPorts": len(wires)})
        arguments = (formula.function, *net.structure.arguments[1:])
        return self.add(Net(replace(net.structure, arguments=arguments), net.store), [(wire, "") for wire in wires])  # type: ignore[return-value]

    def elementwise_body(self, term: Term, variables: dict[Any, tuple[Term, Symbol]]) -> Term:
        """Gives the term with variables in place of the arrays in it."""
        if type(term) is Expression and term.head not in HELD and is_elementwise(term) and self.depends(term):
            return Expression(term.head, tuple(self.elementwise_body(arg, variables) for arg in term.args))
        value = self.walk(term)
        constant = numeric(value)
        if is_number(value) or (constant is not None and not constant.ndim):
            return value
        if constant is None and type(value) is not Wire and not is_list(value):
            return value
        known = variables.get(key(value))
        if known is None:
            known = variables[key(value)] = (value, symbol(f"System`Net`x{len(variables) + 1}"))
        return known[1]


def uneven(wires: Sequence[Wire]) -> bool:
    """Tells whether arrays may have different ranks, numbers aside."""
    ranks = {None if wire.shape is None else len(wire.shape) for wire in wires} - {0}
    return len(ranks) > 1 or None in ranks


def narrowed(port: Any, shape: Shape) -> Any:
    """Gives a port that takes an array of these dimensions; as it is, where they do not fit (inference will tell)."""
    try:
        return port.with_shape(unify(port.shape, shape))
    except Disagreement:
        return port


def fill_ports(net: Net, ports: Sequence[str]) -> list[str]:
    """Gives the names of the input ports meant, "" being the next one that is free; raises NetError for one too many."""
    inputs = net.structure.inputs
    free = iter([name for name in inputs if name not in ports])
    made = [port or next(free, None) for port in ports]
    if None in made or not all(port in inputs or port in states_of(net) for port in made):
        shown = ", ".join(f'"{name}"' for name in inputs) or "none"
        raise NetError(
            f"`1` has the inputs {shown}, and cannot take what it is applied to",
            tag="trace",
            kind="FunctionLayer",
            terms=(symbol(net.kind.name),),
        )
    return made  # type: ignore[return-value]


#: Functions that only rearrange the elements of a list at its first level → whether these arguments are such lists.
STRUCTURAL: dict[Symbol, Callable[[tuple[Term, ...]], bool]] = {
    **dict.fromkeys(
        (S.First, S.Last, S.Rest, S.Most, S.Take, S.Drop, S.Part, S.Reverse, S.RotateLeft, S.RotateRight, S.Partition,
         S.Append, S.Prepend, S.Insert, S.Delete, S.Riffle),
        lambda args: len(args) < 3 and type(args[0]) is Expression and not is_list(args[-1] if len(args) > 1 else None),
    ),
    **dict.fromkeys((S.Join,), lambda args: all(type(arg) is Expression and is_list(arg) for arg in args)),
}  # fmt: skip


def is_elementwise(term: Expression) -> bool:
    """Tells whether a function acts on each element by itself: Max[a, b] does, but Max[a] is one number."""
    head, count = term.head, len(term.args)
    if head in UNARY:
        return count == 1
    return head in SPECIAL and not (head in CALLS and count == 1) and not rules_take(head, count)


def rules_take(head: Symbol, count: int) -> bool:
    """Tells whether the forms of an elementwise function with so many arguments are put down to others."""
    return (head.name, count) in (("Clip", 2), ("Clip", 3), ("Mod", 3))


def as_function(body: Term, symbols: tuple[Symbol, ...]) -> Term:
    """Gives the pure function of a body over symbols; of a bare head applied to them in order, the head."""
    if type(body) is Expression and body.args == symbols and type(body.head) is Symbol:
        return body.head
    slots = {variable: expression("Slot", index) for index, variable in enumerate(symbols, 1)}

    def put(term: Term) -> Term:
        if type(term) is Symbol:
            return slots.get(term, term)
        if type(term) is Expression:
            return Expression(term.head, tuple(map(put, term.args)))
        return term

    return expression("Function", put(body))


def depends(term: Term, names: Mapping[Symbol, Any] | None = None, *, arrays: bool = True) -> bool:
    """Tells whether an array of the net, or one of the names, is in a term; `arrays`: a NetArray counts, too."""
    stack = [term]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind is Wire or (names and kind is Symbol and item in names):
            return True
        if kind is Expression:
            if arrays and (item.head is S.NetArray or item.head in DRAWN):
                return True
            stack.append(item.head)
            stack.extend(item.args)
        elif kind is Association:
            stack.extend(item.values())
    return False


def is_array(term: Term) -> bool:
    """Tells whether a value is a list or an array of the net (that is not known to be a number)."""
    return is_list(term) or (type(term) is Wire and term.shape != ())


def is_operator(kernel: Kernel, head: Symbol) -> bool:
    """Tells whether `head[…]` may be a function that is still to be applied."""
    declared = kernel.definitions[head].builtin
    return head in OPERATOR_FORMS or (declared is not None and declared.curried is not None)


#: Heads that only hold values together.
INERT = frozenset((S.List, S.Rule, S.Sequence, S.Span))
#: Functions that give something else each time, so that they are not evaluated once for all.
DRAWN = frozenset((S.RandomReal, S.RandomVariate, S.RandomInteger))


def shown_part(term: Term) -> Term:
    """Gives the part of a term that a message names: its innermost head."""
    while type(term) is Expression:
        term = term.head
    return S.Array if type(term) is Wire else term


def untraceable(term: Term) -> NetError:
    return NetError(
        "`1` cannot be part of a FunctionLayer like this; arithmetic, elementary functions, conditions, functions of "
        "arrays and lists, distances, Map, Fold, Table, local variables, layers and nets applied to arrays, and NetArray "
        "can (?FunctionLayer)",
        tag="trace",
        kind="FunctionLayer",
        terms=(shown_part(term),),
    )


def unknown_dimensions(head: Symbol) -> NetError:
    return NetError(
        '`1` depends here on dimensions that are not known; specify them, as by "Input" -> {3, 4}',
        tag="dims",
        kind="FunctionLayer",
        terms=(head,),
    )
