"""What loops and functions of functions mean in a traced function: layers for each element, or operators."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wlnet.builtins.evaluation.iterators import values_of
from wlnet.builtins.nets.constructors.layers import make_net
from wlnet.builtins.nets.tracing.traced_terms import Wire, is_array, unknown_dimensions, untraceable
from wlnet.builtins.nets.tracing.tracer import Tracer, held, traced
from wlnet.errors import NetError
from wlnet.nets import KINDS, Net
from wlnet.patterns.renaming import replace_names
from wlnet.terms import NULL, Association, Expression, S, Symbol, Term, elements, expression, is_list, list_of

#: How many steps of a loop become layers of their own at most; longer ones must be operators.
MOST_STEPS = 1000
#: How long a sequence may be for a fold over it to become layers of its own for each element.
UNROLLED = 32


def rows_of(tracer: Tracer, value: Term) -> Sequence[Term] | None:
    """Gives the elements of a list, or of an array whose length is known; None where there are none."""
    if is_list(value):
        return elements(value)
    length = tracer.length(value)
    return None if length is None else [tracer.element(value, index) for index in range(1, length + 1)]


def each(tracer: Tracer, body: Term, spec: Term) -> list[Term]:
    """Gives the values of a body for all values of an iterator."""
    spec = tracer.substituted(spec)
    parts = elements(spec) if is_list(spec) else (spec,)
    name, bounds = (parts[0], parts[1:]) if len(parts) > 1 else (None, parts)
    known = tuple(tracer.walk(bound) for bound in bounds)
    if len(known) == 1 and is_array(known[0]):
        values = rows_of(tracer, known[0])
        if values is None:
            raise unknown_dimensions(S.Table)
    else:
        values = values_of(tracer.kernel, list_of(name, *known) if name is not None else list_of(*known))[1]  # type: ignore[assignment]
    if len(values) > MOST_STEPS:  # type: ignore[arg-type]
        raise NetError(
            f"`1` has more than {MOST_STEPS} steps; use Map or Fold over an array",
            tag="trace", kind="FunctionLayer", terms=(S.Table,),
        )  # fmt: skip
    return [tracer.walk(body if name is None else replace_names(body, {name: value})) for value in values or ()]


def nested(head: Symbol, args: tuple[Term, ...]) -> Term:
    """Gives the body for the first iterator: the loop over the others."""
    return args[0] if len(args) == 2 else Expression(head, (args[0], *args[2:]))


@held("Table")
def table(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if len(args) < 2:
        return None
    name = args[1].args[0] if is_list(args[1]) and len(elements(args[1])) == 2 else None
    rows = tracer.walk(elements(args[1])[1]) if name is not None else None
    if type(rows) is Wire and rows.shape != () and tracer.length(rows) is None:
        return tracer.walk(expression("Map", expression("Function", name, nested(S.Table, args)), rows))
    return list_of(*each(tracer, nested(S.Table, args), args[1]))


@held("Sum")
def summed(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    rows = each(tracer, nested(S.Sum, args), args[1]) if len(args) > 1 else None
    return None if rows is None else tracer.walk(Expression(S.Plus, tuple(rows)))


@held("Product")
def multiplied(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    rows = each(tracer, nested(S.Product, args), args[1]) if len(args) > 1 else None
    return None if rows is None else tracer.walk(Expression(S.Times, tuple(rows)))


@held("Do")
def repeated(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if len(args) < 2:
        return None
    each(tracer, nested(S.Do, args), args[1])
    return NULL


def inside(
    tracer: Tracer, elements: dict[str, Wire], depth: int, body: Callable[[dict[str, Term]], Term]
) -> tuple[Net, list[tuple[Wire, str]]] | None:
    """Gives the net of a function of elements, with what it takes besides them: (wire, port). None where it ignores one.

    elements: port → the array whose elements come in there, `depth` levels down.
    """
    shapes = {name: wire.shape[depth:] if wire.shape is not None else None for name, wire in elements.items()}
    inner = Tracer(tracer.kernel, shapes, tracer.depth)
    net = inner.net({"Output": inner.walk(body({name: inner.input(name) for name in elements}))})
    if not set(elements) <= set(net.structure.inputs):
        return None
    return net, taken_from_outside(tracer, inner, net)


def taken_from_outside(tracer: Tracer, inner: Tracer, net: Net) -> list[tuple[Wire, str]]:
    """Gives the wires of a tracing that a net traced inside it takes, with its ports."""
    ports = net.structure.inputs
    return [(tracer.wire(wire), port) for wire, port in inner.captured.items() if port in ports]


def mapped(
    tracer: Tracer, arrays: dict[str, Wire], body: Callable[[dict[str, Term]], Term], depth: int = 1
) -> Term | None:
    """Gives the array of the values of a body for corresponding elements of arrays; None where it ignores them."""
    found = inside(tracer, arrays, depth, body)
    if found is None:
        return None
    net, outer = found
    if len(arrays) == 1 and not outer and depth == 1:
        return tracer.layer("NetMapOperator", (net,), *arrays.values())
    levels = Association((name, depth) for name in arrays)
    operator = make_net(tracer.kernel, KINDS["NetMapThreadOperator"], (net, levels))
    return tracer.add(operator, [(wire, name) for name, wire in arrays.items()] + outer)


@held("Through")
def through(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    """Gives {f[x], g[x], …} of Through[{f, g, …}[x]]."""
    if len(args) != 1 or type(args[0]) is not Expression or not is_list(args[0].head):
        return None
    return list_of(*(tracer.walk(Expression(head, args[0].args)) for head in elements(args[0].head)))


@traced("Map")
def map_over(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if not 2 <= len(args) <= 3:
        return None
    function, value = args[:2]
    depth = elements(args[2])[0] if len(args) == 3 and is_list(args[2]) and len(elements(args[2])) == 1 else 1
    if type(value) is Association and len(args) == 2:
        return value.map_values([tracer.walk(Expression(function, (item,))) for item in value.values()])
    if is_list(value) and len(args) == 2:
        return list_of(*(tracer.walk(Expression(function, (item,))) for item in elements(value)))
    if type(depth) is not int or depth < 1 or (len(args) == 3 and not is_list(args[2])):
        return None
    wire = tracer.wire(value)
    if wire.shape is not None and len(wire.shape) < depth:
        raise untraceable(Expression(S.Map, args))
    made = mapped(tracer, {"Input": wire}, lambda item: Expression(function, (item["Input"],)), depth)
    rows = rows_of(tracer, wire) if made is None else ()
    if rows is None:
        raise unknown_dimensions(S.Map)
    return made if made is not None else list_of(*(tracer.walk(Expression(function, (row,))) for row in rows))


@traced("MapThread")
def map_thread(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    columns = rows_of(tracer, args[1]) if len(args) == 2 else ()
    if columns is None:
        raise unknown_dimensions(S.MapThread)
    if not columns:
        return None
    if all(is_list(column) for column in columns) and len({len(elements(c)) for c in columns}) == 1:
        rows = zip(*map(elements, columns), strict=True)
        return list_of(*(tracer.walk(Expression(args[0], row)) for row in rows))
    arrays = {f"Input{index}": tracer.wire(column) for index, column in enumerate(columns, 1)}
    return mapped(tracer, arrays, lambda item: Expression(args[0], tuple(item.values())))


@traced("MapIndexed")
def map_indexed(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if len(args) != 2:
        return None
    rows = rows_of(tracer, args[1])
    if rows is not None and len(rows) <= UNROLLED:
        return list_of(*(tracer.walk(Expression(args[0], (row, list_of(index)))) for index, row in enumerate(rows, 1)))
    wire = tracer.wire(args[1])
    indices = tracer.layer("SequenceIndicesLayer", (), wire)
    arrays: dict[str, Wire] = {"Input": wire, "Index": indices}
    return mapped(tracer, arrays, lambda item: Expression(args[0], (item["Input"], list_of(item["Index"]))))


def fold(tracer: Tracer, function: Term, start: Term, sequence: Term) -> Term:
    """Gives the list, or the array, of the values of a fold after each element."""
    length = tracer.length(sequence)
    if length is None or (length > UNROLLED and not is_list(sequence)):
        return fold_operator(tracer, function, start, sequence)
    if length > MOST_STEPS:
        raise untraceable(S.Fold)
    values: list[Term] = []
    for row in rows_of(tracer, sequence) or ():
        start = tracer.walk(Expression(function, (start, row)))
        values.append(start)
    return list_of(*values)


def fold_operator(tracer: Tracer, function: Term, start: Term, sequence: Term) -> Term:
    """Gives the states of a NetFoldOperator. The first step is taken outside of it: a start such as 0 seldom has the
    dimensions of what follows.
    """
    begin = tracer.wire(tracer.walk(Expression(function, (start, expression("First", sequence)))))
    wire = tracer.wire(expression("Rest", sequence))
    inner = Tracer(tracer.kernel, {"Input": wire.shape[1:] if wire.shape else None, "State": begin.shape}, tracer.depth)
    value = inner.walk(Expression(function, (inner.input("State"), inner.input("Input"))))
    net = inner.net({"Output": value})
    if not {"State", "Input"} <= set(net.structure.inputs):
        raise unknown_dimensions(S.Fold)
    outer = taken_from_outside(tracer, inner, net)
    feedback = list_of(expression("Rule", "Output", "State"))
    arguments = (net, feedback, list_of(*(port for _, port in outer)))
    operator = make_net(tracer.kernel, KINDS["NetFoldOperator"], arguments)
    states = tracer.add(operator, [(wire, "Input"), *outer, (begin, "State")])
    return tracer.layer("PrependLayer", (), states, begin)


def folded(tracer: Tracer, args: tuple[Term, ...]) -> tuple[Term, Term] | None:
    """Gives the first value of a fold, and those after it."""
    if len(args) == 2 and is_array(args[1]):
        first, rest = (tracer.walk(expression(name, args[1])) for name in ("First", "Rest"))
    elif len(args) == 3 and is_array(args[2]):
        first, rest = args[1:]
    else:
        return None
    return first, fold(tracer, args[0], first, rest)


@traced("Fold")
def last_of_fold(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    found = folded(tracer, args)
    if found is None:
        return None
    return tracer.walk(expression("Last", found[1])) if tracer.length(found[1]) != 0 else found[0]


@traced("FoldList")
def list_of_fold(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    found = folded(tracer, args)
    if found is None:
        return None
    first, rest = found
    return list_of(first, *elements(rest)) if is_list(rest) else tracer.layer("PrependLayer", (), rest, first)


@traced("Outer")
def outer(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    """Gives Outer[f, a, b]: products as a matrix product, other functions by two maps."""
    if len(args) != 3:
        return None
    function, a, b = args[0], tracer.wire(args[1]), tracer.wire(args[2])
    if function is S.Times:
        return tracer.layer(
            "DotLayer", (), tracer.layer("ReplicateLayer", (1, -1), a), tracer.layer("ReplicateLayer", (1,), b)
        )
    if a.shape is None or b.shape is None:
        raise unknown_dimensions(S.Outer)

    variable, depth = tracer.kernel.unique("y"), len(b.shape)

    def row(item: dict[str, Term]) -> Term:
        column = expression("Function", variable, Expression(function, (item["Input"], variable)))
        return expression("Map", column, b, list_of(depth))

    return mapped(tracer, {"Input": a}, row, len(a.shape))
