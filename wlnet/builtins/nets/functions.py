"""FunctionLayer: a function of the language traced into a graph of layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wlnet.builtins.nets.array_functions import CALLS, JOINS
from wlnet.builtins.nets.containers import ports_from
from wlnet.builtins.nets.layers import constructor, make_net, slots_of
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.kernel.declare import OPERATOR_FORMS
from wlnet.layers import construct
from wlnet.layers.formula import SPECIAL, UNARY, Formula
from wlnet.nets import KINDS, Kind, Net, graph
from wlnet.nets.containers import assemble, end_edges
from wlnet.nets.structure import End
from wlnet.patterns import NO_MATCH
from wlnet.terms import (
    FALSE,
    NONE,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    expression,
    is_head,
    is_number,
    numeric,
    register,
    symbol,
)
from wlnet.terms.same import key


@dataclass(frozen=True, slots=True)
class Wire:
    """An array on its way through the net that is being traced: where it comes from."""

    end: End


register(Wire, symbol("System`Net`Wire"), full_form=lambda wire: wire.end.port, hash=hash, equal=lambda a, b: a == b)


class Tracer:
    """One tracing: the layers and connections made so far. Equal subterms are traced once."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self.layers: dict[str, Net] = {}
        self.connections: list[tuple[End, End]] = []
        self.done: dict[Any, Term] = {}

    def add(self, net: Net, sources: Sequence[tuple[Wire, str]]) -> Wire:
        """Adds a layer fed by wires at ports; gives its output."""
        name = str(len(self.layers) + 1)
        self.layers[name] = net
        for wire, port in sources:
            self.connections.append((wire.end, End(name, port)))
        return Wire(End(name, ""))

    def walk(self, term: Term) -> Term:
        """Gives the wire that carries the value of a term, or the value itself where no array of the net is in it."""
        if type(term) is Wire:
            return term
        if not depends(term):
            return self.kernel.evaluate(term)
        known = self.done.get(key(term))
        if known is None:
            known = self.done[key(term)] = self.trace(term)
        return known

    def trace(self, term: Expression) -> Term:
        head = term.head
        if type(head) is Symbol and head in self.kernel.own:
            head = self.kernel.evaluate(head)
            return self.walk(Expression(head, term.args))
        if head is S.NetArray:
            return self.array(term)
        if isinstance(head, Net):
            return self.apply(head, term.args)
        if type(head) is Expression:
            reduced = self.reduce(head, term)
            if reduced is not None:
                return self.walk(reduced)
            value = self.kernel.evaluate(head)
            if value is not head and not same_head(value, head):
                return self.walk(Expression(value, term.args))
        if type(head) is not Symbol:
            raise untraceable(term)
        if is_elementwise(term):
            return self.elementwise(term)
        if head in JOINS:
            return self.add(make_net(self.kernel, KINDS[JOINS[head]], ()), [(self.wire(arg), "") for arg in term.args])
        if head in CALLS and term.args:
            made = self.call(head, term.args)
            if made is not None:
                return made
        if self.kernel.definitions[head].down is not None:
            return self.user_function(term)
        raise untraceable(term)

    def call(self, head: Symbol, arguments: tuple[Term, ...]) -> Wire | None:
        """Gives the output of the layer that does what a function of an array does; None where there is none."""
        rest = tuple(self.walk(arg) for arg in arguments[1:])
        made = None if any(map(depends, rest)) else CALLS[head](rest)
        if made is None:
            return None
        name, specification = made
        return self.add(make_net(self.kernel, KINDS[name], specification), [(self.wire(arguments[0]), "")])

    def reduce(self, head: Expression, term: Expression) -> Term | None:
        """Gives a pure function or composition applied to its arguments, not evaluated further."""
        form = OPERATOR_FORMS.get(head.head)
        return None if form is None else form(self.kernel, head, term.args)

    def user_function(self, term: Expression) -> Term:
        arguments = tuple(self.walk(arg) for arg in term.args)
        table = self.kernel.definitions[term.head].down
        assert table is not None
        result = table.lookup(Expression(term.head, arguments), self.kernel)
        if result is NO_MATCH:
            raise untraceable(term)
        return self.walk(result)

    def wire(self, term: Term) -> Wire:
        """Gives the wire of a term; a constant array becomes a layer that never trains."""
        value = self.walk(term)
        if type(value) is Wire:
            return value
        array = numeric(value)
        if array is None:
            raise untraceable(value)
        held = Association({"Name": NONE, "Array": value, "Trainable": FALSE}.items())
        return self.add(construct(KINDS["NetArrayLayer"], (), {"Array": expression("NetArray", held)}), ())

    def array(self, term: Expression) -> Wire:
        """Gives the output of a layer that holds a NetArray; without initial values it begins as zeros."""
        net = construct(KINDS["NetArrayLayer"], (), {"Array": term})
        slot = net.structure.slots["Array"]
        if slot.method is None and not net.store:
            net = Net(replace(net.structure, slots={"Array": replace(slot, method="Zeros")}), net.store)
        return self.add(net, ())

    def apply(self, net: Net, arguments: tuple[Term, ...]) -> Wire:
        if len(arguments) == 1 and (type(arguments[0]) is Association or is_head(arguments[0], S.Association)):
            given = arguments[0]
            pairs = given.items() if type(given) is Association else [item.args for item in given.args]
            return self.add(net, [(self.wire(value), str(port)) for port, value in pairs])
        if len(arguments) == 1:
            return self.add(net, [(self.wire(arguments[0]), "")])
        raise untraceable(Expression(net, arguments))

    def elementwise(self, term: Expression) -> Wire:
        """Gives the output of one layer for a whole elementwise expression."""
        variables: dict[Any, tuple[Wire, Symbol]] = {}
        body = self.elementwise_body(term, variables)
        if len(variables) == 1 and type(body) is Symbol:
            return next(iter(variables.values()))[0]
        symbols = tuple(variable for _, variable in variables.values())
        function = as_function(body, symbols)
        formula = Formula(function, symbols, body)
        if len(symbols) == 1:
            net = construct(KINDS["ElementwiseLayer"], (formula,))
        else:
            options = {"InputPorts": len(symbols)}
            net = construct(KINDS["ThreadingLayer"], (lambda count: formula,), options)
        net = Net(replace(net.structure, arguments=(function,)), net.store)
        return self.add(net, [(wire, "") for wire, _ in variables.values()])

    def elementwise_body(self, term: Term, variables: dict[Any, tuple[Wire, Symbol]]) -> Term:
        """Gives the term with variables in place of the arrays in it."""
        if type(term) is Expression and is_elementwise(term) and depends(term):
            return Expression(term.head, tuple(self.elementwise_body(arg, variables) for arg in term.args))
        value = self.walk(term)
        if type(value) is not Wire:
            if is_number(value) or numeric(value) is None or numeric(value).ndim == 0:  # type: ignore[union-attr]
                return value
            value = self.wire(value)
        known = variables.get(value)
        if known is None:
            variable = symbol(f"System`Net`x{len(variables) + 1}")
            known = variables[value] = (value, variable)
        return known[1]


def is_elementwise(term: Expression) -> bool:
    """Tells whether a function acts on each element by itself: Max[a, b] does, but Max[a] is one number."""
    head = term.head
    return (head in UNARY or head in SPECIAL) and not (head in CALLS and len(term.args) == 1)


def same_head(a: Term, b: Term) -> bool:
    return key(a) == key(b)


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


def depends(term: Term) -> bool:
    """Tells whether an array of the net is in a term."""
    stack = [term]
    while stack:
        item = stack.pop()
        if type(item) is Wire:
            return True
        if type(item) is Expression:
            if item.head is S.NetArray:
                return True
            stack.append(item.head)
            stack.extend(item.args)
        elif type(item) is Association:
            stack.extend(item.values())
    return False


def untraceable(term: Term) -> NetError:
    shown = term.head if type(term) is Expression else term
    return NetError(
        "`1` cannot be part of a FunctionLayer like this; arithmetic, elementary functions, If, "
        + ", ".join(sorted(head.name for head in (*CALLS, *JOINS)))
        + ", layers and nets applied to arrays, and NetArray can",
        tag="trace",
        kind="FunctionLayer",
        terms=(shown,),
    )


@constructor("FunctionLayer")
def make_function_layer(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    if len(arguments) != 1:
        raise NetError("one function is expected", tag="args", kind=kind.name)
    given = options.pop("Net", None)
    inner = given if isinstance(given, Net) else trace_function(kernel, arguments[0])
    ports = ports_from(kind, options)
    return assemble(
        "FunctionLayer", {"Net": inner}, end_edges({"Net": inner}), ports, named=True,
        multiplier=options.get("LearningRateMultipliers"), arguments=tuple(arguments),
    )  # fmt: skip


def trace_function(kernel: Kernel, function: Term) -> Net:
    """Gives the graph that computes a function; raises NetError naming the first thing that cannot be traced."""
    names, _ = slots_of(function)
    tracer = Tracer(kernel)
    if names:
        argument: Term = Association((name, Wire(End(None, name))) for name in names)
    else:
        argument = Wire(End(None, "Input"))
    result = results(tracer, Expression(function, (argument,)))
    for name, value in result.items():
        wire = tracer.wire(value)
        if wire.end.child is None or is_taken(tracer, wire):
            wire = identity(tracer, wire)
        tracer.connections.append((wire.end, End(None, name)))
    return graph(tracer.layers, tracer.connections)


def results(tracer: Tracer, term: Expression) -> Mapping[str, Term]:
    """Gives output port → term of the value of a function: an association has several."""
    head = term.head
    if type(head) is Expression:
        reduced = tracer.reduce(head, term)
        if reduced is not None and is_head(reduced, S.Association):
            if all(is_head(item, S.Rule, 2) for item in reduced.args):
                return {str(item.args[0]): tracer.walk(item.args[1]) for item in reduced.args}
        elif reduced is not None:
            return {"Output": tracer.walk(reduced)}
    return {"Output": tracer.walk(term)}


def is_taken(tracer: Tracer, wire: Wire) -> bool:
    """Tells whether a wire is an output of the graph already: each output has a source of its own."""
    return any(source == wire.end and target.child is None for source, target in tracer.connections)


def identity(tracer: Tracer, wire: Wire) -> Wire:
    variable = symbol("System`Net`x1")
    function = expression("Function", expression("Slot", 1))
    net = construct(KINDS["ElementwiseLayer"], (Formula(function, (variable,), variable),))
    return tracer.add(Net(replace(net.structure, arguments=(function,)), net.store), [(wire, "")])
