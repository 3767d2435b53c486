"""Functions of the language that are layers where FunctionLayer meets them."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.terms import S, Symbol, Term, elements, expression, is_head, is_list, list_of

Rest = tuple[Term, ...]
"""The arguments of a call after the array it is applied to."""
Made = tuple[str, Rest] | None
"""The name and arguments of the layer that does the same; None where there is none."""


def span(first: int, last: int, *step: int) -> Term:
    return expression("Span", first, last, *step)


def taken(term: Term) -> Term:
    """Gives the part that `Take[array, term]` is; None where there is none."""
    if term is S.All:
        return term
    if type(term) is int and term:
        return span(1, term) if term > 0 else span(term, -1)
    items = elements(term) if is_list(term) else ()
    if 1 <= len(items) <= 3 and all(type(item) is int and item for item in items):
        return span(items[0], items[0]) if len(items) == 1 else span(*items)
    return None


def dropped(term: Term) -> Term:
    """Gives the part that `Drop[array, term]` is; None where there is none."""
    if type(term) is int:
        return span(term + 1, -1) if term >= 0 else span(1, term - 1)
    return None


def part(term: Term) -> Term:
    return term if type(term) is int or term is S.All or is_head(term, S.Span) else None


def part_layer(meaning: Callable[[Term], Term]) -> Callable[[Rest], Made]:
    """Gives the PartLayer of a function with one argument for each level, each meaning a part."""

    def make(rest: Rest) -> Made:
        chosen = [meaning(term) for term in rest]
        return None if not chosen or None in chosen else ("PartLayer", (list_of(*chosen),))

    return make


def without_arguments(name: str, *arguments: Term) -> Callable[[Rest], Made]:
    """Gives the layer of a function of an array alone."""
    return lambda rest: None if rest else (name, arguments)


def total(rest: Rest) -> Made:
    level = rest[0] if rest else 1
    if is_head(level, S.DirectedInfinity):
        return "SummationLayer", ()
    if type(level) is int and level > 0 and len(rest) < 2:
        return "AggregationLayer", (S.Total, span(1, level))
    if is_list(level) and len(rest) == 1 and len(elements(level)) == 1:
        return "AggregationLayer", (S.Total, level)
    return None


def padding(rest: Rest) -> Made:
    if not 1 <= len(rest) <= 2 or not is_list(rest[0]) or not all(is_list(pair) for pair in elements(rest[0])):
        return None
    return "PaddingLayer", (rest[0], *(expression("Rule", "Padding", value) for value in rest[1:]))


#: Function → what makes the layer that does the same to its first argument.
CALLS: dict[Symbol, Callable[[Rest], Made]] = {
    S.ArrayPad: padding,
    S.ArrayReshape: lambda rest: ("ReshapeLayer", rest) if len(rest) == 1 else None,
    S.Drop: part_layer(dropped),
    S.First: without_arguments("PartLayer", 1),
    S.Flatten: lambda rest: ("FlattenLayer", rest),
    S.Last: without_arguments("SequenceLastLayer"),
    S.Max: without_arguments("AggregationLayer", S.Max, S.All),
    S.Mean: without_arguments("AggregationLayer", S.Mean, 1),
    S.Median: without_arguments("AggregationLayer", S.Median, 1),
    S.Min: without_arguments("AggregationLayer", S.Min, S.All),
    S.Most: without_arguments("SequenceMostLayer"),
    S.Part: part_layer(part),
    S.Rest: without_arguments("SequenceRestLayer"),
    S.Reverse: without_arguments("SequenceReverseLayer"),
    S.StandardDeviation: without_arguments("AggregationLayer", S.StandardDeviation, 1),
    S.Take: part_layer(taken),
    S.Total: total,
    S.Transpose: lambda rest: ("TransposeLayer", rest) if len(rest) < 2 else None,
    S.Variance: without_arguments("AggregationLayer", S.Variance, 1),
}

#: Function of several arrays → the layer that takes them as its inputs, in their order.
JOINS: dict[Symbol, str] = {
    S.Append: "AppendLayer",
    S.Dot: "DotLayer",
    S.Join: "CatenateLayer",
    S.Prepend: "PrependLayer",
}
