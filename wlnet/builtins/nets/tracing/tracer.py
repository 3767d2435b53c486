"""Tracing a function of the language: the walk through its body that leaves layers and connections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wlnet.builtins.nets.constructors.layers import make_net
from wlnet.builtins.nets.tracing.array_functions import CALLS, JOINS
from wlnet.builtins.nets.tracing.rules import rules_for
from wlnet.builtins.nets.tracing.traced_terms import (
    DRAWN,
    INERT,
    STRUCTURAL,
    Wire,
    as_function,
    depends,
    is_elementwise,
    shown_part,
    untraceable,
    without_neutral,
)  # fmt: skip
from wlnet.builtins.nets.tracing.wiring import Wiring, try_out
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.kernel.declare import OPERATOR_FORMS
from wlnet.layers import construct
from wlnet.layers.families.random_arrays import FAMILIES
from wlnet.layers.formula import Formula
from wlnet.nets import KINDS, Net
from wlnet.nets.containers import is_open
from wlnet.nets.dimensions import Shape
from wlnet.patterns import NO_MATCH
from wlnet.patterns.renaming import replace_names
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
    is_list,
    is_number,
    numeric,
    symbol,
)
from wlnet.terms.same import key

Handler = Callable[["Tracer", tuple[Term, ...]], "Term | None"]
"""function(tracer, arguments) → value, or None where it has none for such arguments."""

#: Head → what it means with its arguments as they are written.
HELD: dict[Symbol, Handler] = {}
#: Head → what it means for values and arrays.
TRACED: dict[Symbol, Handler] = {}

#: How deep a traced function may call itself and others.
DEEPEST = 200


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


class Tracer(Wiring):
    """One tracing: the layers and connections made so far. Equal terms without trainable arrays are traced once.

    locals: the values of local variables, None where they have none. depth: how deep the walk is.
    """

    def __init__(self, kernel: Kernel, shapes: Mapping[str, Shape] | None = None, depth: int = 0) -> None:
        super().__init__(shapes)
        self.kernel = kernel
        self.done: dict[Any, Term] = {}
        self.locals: dict[Symbol, Term | None] = {}
        self.depth = depth

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
        if head.name in KINDS and not depends(self.substituted(term), arrays=False):
            return self.kernel.evaluate(self.substituted(term))
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
        return self.walk(Expression(head.head, args + head.args if declared.curried == "first" else head.args + args))

    def call(self, term: Expression) -> Term:
        """Gives the value of a function of values and wires."""
        if term.head in INERT or term.head.name in FAMILIES:
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
        held = Association({"Name": NONE, "Array": value, "Trainable": FALSE}.items())
        return self.add(construct(KINDS["NetArrayLayer"], (), {"Array": expression("NetArray", held)}), ())

    def stack(self, rows: Expression) -> Wire:
        """Gives the array whose elements are these."""
        wires = [self.wire(row) for row in rows.args]
        shapes = {len(wire.shape): wire.shape for wire in wires if wire.shape is not None}
        if len(shapes) > 1:
            raise NetError(
                "the elements of `1` are arrays of different ranks, of dimensions `2`; give them the same, or the function "
                "another input",
                tag="trace",
                kind="FunctionLayer",
                terms=(
                    S.List,
                    " and ".join(
                        f"{{{', '.join('n' if size is None else str(size) for size in shape)}}}"
                        for shape in shapes.values()
                    ),
                ),
            )
        raised = [self.layer("ReplicateLayer", (1,), wire) for wire in wires]
        return raised[0] if len(raised) == 1 else self.layer("CatenateLayer", (), *raised)

    def array(self, term: Expression) -> Wire:
        """Gives the output of a layer that holds a NetArray; without initial values it begins as zeros."""
        given = Expression(S.NetArray, tuple(self.substituted(arg) for arg in term.args))
        net = construct(KINDS["NetArrayLayer"], (), {"Array": self.kernel.evaluate(given)})
        slot = net.structure.slots["Array"]
        if slot.method is None and not net.store:
            net = Net(replace(net.structure, slots={"Array": replace(slot, method="Zeros")}), net.store)
        return self.add(net, ())

    def apply(self, net: Net, arguments: tuple[Term, ...]) -> Term:
        if len(arguments) != 1:
            raise untraceable(Expression(net, arguments))
        given = arguments[0]
        if type(given) is Association:
            return self.add(net, [(self.wire(value), str(port)) for port, value in given.items()])
        if is_list(given) and (len(net.structure.inputs) > 1 or is_open(net.structure)):
            return self.add(net, [(self.wire(value), "") for value in given.args])
        return self.add(net, [(self.wire(given), "")])

    def length(self, value: Term) -> int | None:
        """Gives the number of elements of a list or array, None where that is not known."""
        if is_list(value):
            return len(value.args) if type(value) is Expression else len(value)
        shape = value.shape if type(value) is Wire else ()
        return shape[0] if shape and type(shape[0]) is int else None

    def element(self, value: Term, index: int) -> Term:
        """Gives one element of a list or array, counted from 1."""
        return self.walk(expression("Part", value, index))

    def net(self, results: Mapping[str, Term]) -> Net:
        """Gives the graph with these values as its outputs."""
        return self.finish({name: self.wire(value) for name, value in results.items()})

    # Elementwise functions

    def elementwise(self, term: Expression) -> Term:
        """Gives the output of one layer for a whole elementwise expression; its value, where no array is in it."""
        variables: dict[Any, tuple[Term, Symbol]] = {}
        body = Expression(term.head, tuple(self.elementwise_body(arg, variables) for arg in term.args))
        if not any(depends(value) for value, _ in variables.values()):
            return self.kernel.evaluate(replace_names(body, {name: value for value, name in variables.values()}))
        body = without_neutral(body)
        if type(body) is Symbol:
            return next(value for value, name in variables.values() if name is body)
        symbols = tuple(name for _, name in variables.values())
        wires = [self.wire(value) for value, _ in variables.values()]
        formula = Formula(as_function(body, symbols), symbols, body)
        try_out(formula)
        return self.formula_layer(formula, wires)

    def elementwise_body(self, term: Term, variables: dict[Any, tuple[Term, Symbol]]) -> Term:
        """Gives the term with variables in place of the arrays in it."""
        if type(term) is Expression and term.head not in HELD and is_elementwise(term) and self.depends(term):
            return without_neutral(
                Expression(term.head, tuple(self.elementwise_body(arg, variables) for arg in term.args))
            )
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


def is_operator(kernel: Kernel, head: Symbol) -> bool:
    """Tells whether `head[…]` may be a function that is still to be applied."""
    declared = kernel.definitions[head].builtin
    return head in OPERATOR_FORMS or (declared is not None and declared.curried is not None)
