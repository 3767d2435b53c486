"""Specifications of ports and arrays: the terms that stand for them, and the other way round."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from typing import Any

import numpy as np

from wlnet.layers.settings import Unfit, dimensions, text
from wlnet.nets.coders import Coder
from wlnet.nets.constraints import CONSTRAINTS, FORMS, Constraint
from wlnet.nets.dimensions import VARYING, Dimension, Port, Shape
from wlnet.nets.structure import Slot
from wlnet.nets.views import Step, steps, view_of
from wlnet.terms import (
    FALSE,
    NONE,
    TRUE,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    list_of,
    numeric,
)

PORT_FORMS = (
    '"Real", "Integer", Restricted["Integer", n], Restricted["Integer", {m, n}], n, {n1, n2, …}, "Varying", '
    '{"Varying", n2, …}, {"name", n2, …} (a varying length, the same at all ports), an encoder or a decoder'
)


#: What a length may be called; in small letters, so that a slip in another word is told.
LENGTH_NAME = re.compile(r"(?!(?:real|integer|scalar|varying)$)[a-z]\w*")


def port_from(term: Term) -> Port:
    """Gives the port that a specification means; raises Unfit."""
    if term is S.Automatic:
        return Port()
    if isinstance(term, Coder):
        return term.port
    if is_head(term, S.Restricted) and term.args and text(term.args[0]) == "Integer":
        return restricted(*term.args[1:])
    if is_head(term, S.RepeatingElement) and 1 <= len(term.args) <= 2:
        length = dimension_from(term.args[1]) if len(term.args) == 2 else VARYING
        element = port_from(term.args[0])
        return Port((length, *(element.shape or ())), element.element, element.limit, None, element.least)
    name = text(term)
    if name in ("Real", "Scalar"):
        return Port(())
    if name == "Integer":
        return Port((), "Integer")
    if is_list(term):
        items = elements(term)
        if items and type(items[-1]) not in (int, Symbol, str, Expression):
            raise Unfit(PORT_FORMS)
        if items and (text(items[-1]) == "Integer" or is_head(items[-1], S.Restricted)):
            inner = port_from(items[-1])
            return replace(inner, shape=tuple(map(dimension_from, items[:-1])), lengths=names_of(items[:-1]))
        if items and text(items[-1]) == "Real":
            items = items[:-1]
        return Port(tuple(map(dimension_from, items)), lengths=names_of(items))
    return Port((dimension_from(term),), lengths=names_of([term]))


def names_of(terms: Sequence[Term]) -> tuple[str, ...]:
    """Gives the names of dimensions, "" for those that have none; () where none has one."""
    names = tuple(term if type(term) is str and term != "Varying" else "" for term in terms)
    return names if any(names) else ()


def restricted(bounds: Term = S.Infinity, *rest: Term) -> Port:
    """Gives the port of Restricted["Integer", n] or Restricted["Integer", {m, n}]; raises Unfit."""
    least, limit = elements(bounds) if is_list(bounds) and len(elements(bounds)) == 2 else (1, bounds)
    if rest or type(least) is not int or (limit != expression("DirectedInfinity", 1) and type(limit) is not int):
        raise Unfit(PORT_FORMS)
    if type(limit) is int and limit < least:
        raise Unfit(PORT_FORMS)
    return Port((), "Integer", limit, None, least) if type(limit) is int else Port((), "Integer")


def dimension_from(term: Term) -> Dimension:
    if type(term) is int and term > 0:
        return term
    if term is S.Automatic:
        return None
    if text(term) == "Varying" or (type(term) is str and LENGTH_NAME.fullmatch(term)):
        return VARYING
    raise Unfit(PORT_FORMS)


def shape_term(shape: Shape, lengths: Sequence[str] = ()) -> Term:
    """Gives the specification of a shape: "Real", n, {n1, …} with "Varying", or names of lengths, and Automatic inside."""
    if shape is None:
        return S.Automatic
    named = zip_longest(shape, lengths[: len(shape)], fillvalue="")
    terms = tuple((name or "Varying") if d is VARYING else S.Automatic if d is None else d for d, name in named)
    if not terms:
        return "Real"
    return terms[0] if len(terms) == 1 and terms[0] is not S.Automatic else list_of(*terms)


def port_term(port: Port) -> Term:
    """Gives the specification of a port."""
    if port.coder is not None:
        return port.coder
    if port.element == "Integer" and port.shape is not None:
        bounds = port.limit if port.least == 1 else list_of(port.least, port.limit)
        inner = "Integer" if port.limit is None else expression("Restricted", "Integer", bounds)
        if not port.shape:
            return inner
        outer = shape_term(port.shape, port.lengths)
        return list_of(*elements(outer) or (outer,), inner)
    return shape_term(port.shape, port.lengths)


@dataclass(frozen=True, slots=True)
class ArraySpecification:
    """What an array option says: the name if shared, the value, the dimensions, the method, the view, the training."""

    name: str | None = None
    value: np.ndarray | None = None
    shape: Shape = None
    method: Any = None
    view: Any = None
    trainable: bool | None = None
    constraint: Constraint | None = None

    @property
    def slot(self) -> Slot:
        """The slot that is specified so."""
        specified = self.shape is not None
        return Slot(self.shape, self.name, self.method, self.view, specified, self.trainable, self.constraint)


def array_from(term: Term) -> ArraySpecification:
    """Gives what the value of an array option (or the inside of NetArray) says; raises Unfit."""
    if term is S.Automatic:
        return ArraySpecification()
    if is_head(term, S.NetArray) or is_head(term, S.NetSharedArray):
        return named_array(term)
    value = numeric(term)
    if value is None:
        raise Unfit("an array of numbers, NetArray[…], Automatic or None")
    return ArraySpecification(value=value)


ARRAY_PROPERTIES = ("Name", "Array", "Dimensions", "Method", "View", "Trainable", "Constraint")


def named_array(term: Expression) -> ArraySpecification:
    """Gives what `NetArray[…]` says, in any of its forms."""
    given: dict[str, Term] = {}
    for item in term.args:
        if type(item) is Association:
            given.update({text(key) or "": value for key, value in item.items()})
        elif is_head(item, S.Association) or is_head(item, S.List):
            if all(is_head(rule, S.Rule, 2) for rule in item.args) and item.args:
                given.update({text(rule.args[0]) or "": rule.args[1] for rule in item.args})
            else:
                given["Array"] = item
        elif is_head(item, S.Rule, 2):
            given[text(item.args[0]) or ""] = item.args[1]
        elif type(item) is str:
            given["Name"] = item
        elif item is not S.Automatic:
            given["Array"] = item
    for key in given:
        if key not in ARRAY_PROPERTIES:
            raise Unfit(f'NetArray with the properties {", ".join(ARRAY_PROPERTIES)} (not "{key}")')
    return specified(given)


def specified(given: dict[str, Term]) -> ArraySpecification:
    name = given.get("Name", S.Automatic)
    value = method = view = None
    shape: Shape = None
    if "Array" in given and given["Array"] is not S.Automatic:
        value = numeric(given["Array"])
        method = text(given["Array"]) if value is None else None
        if value is None and method is None:
            raise Unfit('an array of numbers or the name of a method of initialization as "Array" of NetArray')
    if "Method" in given:
        method = text(given["Method"])
        if method is None:
            raise Unfit('the name of a method of initialization as "Method" of NetArray')
    if "Dimensions" in given:
        shape = dimensions(given["Dimensions"])
    if "View" in given:
        view = view_from(given["View"])
    if name is not S.Automatic and name is not NONE and type(name) is not str:
        raise Unfit('a string, Automatic or None (not shared) as "Name" of NetArray')
    label: Any = str(uuid.uuid4()) if name is S.Automatic else None if name is NONE else name
    trainable = constraint = None
    if "Trainable" in given:
        trainable = TRAINABLE.get(given["Trainable"])
        if given["Trainable"] not in TRAINABLE:
            raise Unfit('True, False or Automatic as "Trainable" of NetArray')
    if "Constraint" in given:
        constraint = constraint_from(given["Constraint"])
    return ArraySpecification(label, value, shape, method, view, trainable, constraint)


def view_from(term: Term) -> Any:
    """Gives the view that a term means: Transpose, dimensions, or a function made of Transpose and ArrayReshape."""
    if text(term) == "Transpose":
        return "Transpose"
    return view_of(steps_from(term.args[0])) if is_head(term, S.Function, 1) else dimensions(term)


VIEWS = 'Transpose, dimensions, or a function of Transpose[#], Transpose[#, levels] and ArrayReshape[#, dims] as "View" of NetArray'


def steps_from(term: Term) -> tuple[Step, ...]:
    """Gives the steps of the body of a function, the innermost first; raises Unfit."""
    if is_head(term, S.Slot, 1) and term.args[0] == 1:
        return ()
    if is_head(term, S.Transpose, 1):
        return (*steps_from(term.args[0]), ("Transpose", None))
    if is_head(term, S.Transpose, 2) or is_head(term, S.ArrayReshape, 2):
        numbers = dimensions(term.args[1])
        levels = term.head is S.Transpose
        if numbers and (not levels or sorted(numbers) == list(range(1, len(numbers) + 1))):
            return (*steps_from(term.args[0]), ("Transpose" if levels else "Reshape", numbers))
    raise Unfit(VIEWS)


def view_term(view: Any) -> Term:
    """Gives the specification of a view."""
    if view == "Transpose":
        return S.Transpose
    body: Term = expression("Slot", 1)
    for kind, numbers in steps(view):
        more = () if numbers is None else (list_of(*numbers),)
        body = expression("Transpose" if kind == "Transpose" else "ArrayReshape", body, *more)
    return list_of(*view) if isinstance(view[0], int) else expression("Function", body)


#: Term of "Trainable" → what it says.
TRAINABLE: dict[Term, bool | None] = {S.Automatic: None, TRUE: True, FALSE: False}


def constraint_from(term: Term) -> Constraint | None:
    """Gives the constraint that a term means; raises Unfit."""
    if term is NONE or term is S.Automatic:
        return None
    name, *rest = elements(term) if is_list(term) and elements(term) else (term,)
    name = text(name)
    if name in CONSTRAINTS:
        numbers = elements(rest[0]) if len(rest) == 1 and is_list(rest[0]) else rest
        if len(numbers) == NUMBERS[name] and all(type(number) in (int, float, Fraction) for number in numbers):
            values = tuple(map(float, numbers))
            if values == tuple(sorted(values)) and (name != "MaxNorm" or values[0] >= 0):
                return Constraint(name, values)
    elif type(term) in (Symbol, Expression) and not is_list(term):
        return Constraint(None, function=term)
    raise Unfit(FORMS + ' as "Constraint" of NetArray')


#: Name of a constraint → how many numbers it takes.
NUMBERS = {"UnitNorm": 0, "NonNegative": 0, "MaxNorm": 1, "Clip": 2}


def constraint_term(constraint: Constraint) -> Term:
    """Gives the specification of a constraint."""
    if constraint.name is None:
        return constraint.function
    if not constraint.numbers:
        return constraint.name
    return list_of(
        constraint.name, constraint.numbers[0] if len(constraint.numbers) == 1 else list_of(*constraint.numbers)
    )
