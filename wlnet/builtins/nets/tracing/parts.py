"""What parts, dimensions and random numbers mean in a traced function."""

from __future__ import annotations

from wlnet.builtins.nets.tracing.traced_terms import Wire, depends, unknown_dimensions
from wlnet.builtins.nets.tracing.tracer import Tracer, traced
from wlnet.terms import Association, Expression, S, Term, elements, expression, is_list, list_of


@traced("Part")
def part(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    """Parts at positions that are lists are taken one by one, a position that is an array of the net by ExtractLayer."""
    if len(args) < 2:
        return None
    value, first, *rest = args
    if type(value) is Association:
        found = value.get(first)
        return found if found is None or not rest else tracer.walk(expression("Part", found, *rest))
    if is_list(value):
        inner = tracer.kernel.evaluate(expression("Part", value, first))
        if type(inner) is Expression and inner.head is S.Part:
            return None
        if type(first) is int:
            return tracer.walk(expression("Part", inner, *rest)) if rest else tracer.walk(inner)
        return list_of(*(tracer.walk(expression("Part", row, *rest)) for row in elements(inner)))
    if type(first) is Wire and not rest:
        return tracer.add_layer("ExtractLayer", {"Input": value, "Position": first})
    if is_list(first) and not depends(first):
        return list_of(*(tracer.walk(expression("Part", value, index, *rest)) for index in elements(first)))
    if not any(map(is_list, rest)):
        return None
    if type(first) is int:
        return tracer.walk(expression("Part", expression("Part", value, first), *rest))
    row = expression("Function", expression("Part", expression("Slot", 1), *rest))
    return tracer.walk(expression("Map", row, expression("Part", value, first)))


@traced("Apply")
def apply(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if len(args) != 2 or not is_list(args[1]):
        return None
    return tracer.walk(Expression(args[0], elements(args[1])))


@traced("Length")
def length(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    found = tracer.length(args[0]) if len(args) == 1 else None
    if found is None:
        raise unknown_dimensions(S.Length)
    return found


@traced("Dimensions")
def dimensions(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    shape = tracer.wire(args[0]).shape if len(args) == 1 else None
    if shape is None or not all(type(size) is int for size in shape):
        raise unknown_dimensions(S.Dimensions)
    return list_of(*shape)


@traced("ArrayDepth")
def array_depth(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    shape = tracer.wire(args[0]).shape if len(args) == 1 else None
    if shape is None:
        raise unknown_dimensions(S.ArrayDepth)
    return len(shape)


@traced("RandomVariate")
def random_variate(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    """A distribution of constants is drawn with dimensions, one of arrays with theirs."""
    if not 1 <= len(args) <= 2 or type(args[0]) is not Expression:
        return None
    if len(args) == 2 or not depends(args[0]):
        shape = "Real" if len(args) == 1 else args[1]
        return (
            None
            if depends(args[0])
            else tracer.layer("RandomArrayLayer", (args[0], expression("Rule", "Output", shape)))
        )
    return tracer.layer("RandomArrayLayer", (args[0].head,), *args[0].args)


@traced("RandomReal")
def random_real(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    limits = args[0] if args else 1
    limits = limits if is_list(limits) else list_of(0, limits)
    return random_variate(tracer, (expression("UniformDistribution", limits), *args[1:]))
