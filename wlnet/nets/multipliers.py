"""Numbers for parts of a net: learning rate multipliers, and the suboptions that take rules in the same form.

A specification is a layer's name or number (negative: from the end), a tuple of these down to a layer or an array,
a `slice` (m;;n: from 1, both ends included), a list of alternatives, `Shared(name)`, or "_" for anything. Terms are
taken in the language's own form: "part", n, m;;n, {part, …}, a | b, NetArray["name"], _.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from wlnet.errors import NetError
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.constraints import is_frozen
from wlnet.nets.net import Net
from wlnet.nets.structure import Structure, position_text
from wlnet.terms import NONE, Association, Expression, S, elements, is_list

Value: TypeAlias = float | None
T = TypeVar("T", float, Value)
NUMBERS = int | float | Fraction
Rules: TypeAlias = tuple[tuple[Any, Value], ...]
"""(specification, number) in order; None for a number that is switched off."""

ANYTHING = "_"


class SharedMultipliersWarning(UserWarning):
    """Two uses of one shared array have different multipliers."""


def read_rules(given: Any, option: str) -> Rules:
    """Gives the rules of a setting: None or Automatic (no rule), a number, a rule, or several; raises NetError."""
    if given is None or given is S.Automatic:
        return ()
    if given is NONE or isinstance(given, NUMBERS):
        return ((ANYTHING, number(given, option)),)
    if isinstance(given, Expression) and given.head is S.Rule:
        return ((specification(given.args[0], option), number(given.args[1], option)),)
    if isinstance(given, Mapping | Association):
        return tuple((specification(key, option), number(value, option)) for key, value in given.items())
    if is_list(given):
        given = list(elements(given))
    if isinstance(given, Sequence) and not isinstance(given, str):
        if all(isinstance(item, tuple) and len(item) == 2 for item in given):
            return tuple((specification(key, option), number(value, option)) for key, value in given)
        if any(item is None or item is NONE or isinstance(item, NUMBERS) for item in given):
            raise misread(given[0], option)
        return tuple(rule for item in given for rule in read_rules(item, option))
    raise misread(given, option)


def number(given: Any, option: str) -> Value:
    if given is None or given is NONE:
        return None
    if isinstance(given, NUMBERS):
        return float(given)
    raise NetError(f"the option {option} takes numbers or None, not `1`", tag="option", kind="NetTrain", terms=(given,))


def misread(given: Any, option: str) -> NetError:
    return NetError(
        f"the option {option} must be a number, or rules from parts of the net to numbers, not `1`",
        tag="option",
        kind="NetTrain",
        terms=(given,),
    )


def specification(given: Any, option: str) -> Any:
    """Gives a specification read from a Python value or a term."""
    if isinstance(given, int | str | slice | Shared):
        return given
    if (isinstance(given, list | tuple) and not given) or (is_list(given) and not elements(given)):
        raise misread(given, option)
    if isinstance(given, list):
        return [specification(item, option) for item in given]
    if isinstance(given, tuple):
        return tuple(specification(item, option) for item in given)
    if is_list(given):
        return tuple(specification(item, option) for item in elements(given))
    read = READERS.get(given.head) if isinstance(given, Expression) else None
    if read is None:
        raise misread(given, option)
    return read(given.args, option)


def read_span(args: tuple[Any, ...], option: str) -> slice:
    bounds = [None if bound is S.All else bound for bound in args]
    return slice(*bounds)


READERS = {
    S.Blank: lambda args, option: ANYTHING,
    S.Span: read_span,
    S.Alternatives: lambda args, option: [specification(item, option) for item in args],
    S.NetArray: lambda args, option: Shared(str(args[0])),
}


def covers(spec: Any, structure: Structure, position: tuple[str, ...]) -> bool:
    """Tells whether a specification means the part at a position, or something around it."""
    if spec == ANYTHING:
        return True
    if isinstance(spec, list):
        return any(covers(item, structure, position) for item in spec)
    if isinstance(spec, Shared):
        slot = structure.at(position[:-1]).slots.get(position[-1])
        return slot is not None and slot.shared == spec.name
    path = spec if isinstance(spec, tuple) else (spec,)
    if len(path) > len(position):
        return False
    for component, name in zip(path, position, strict=False):
        if isinstance(component, str):
            component = structure.kind.earlier.get(component, component)
        if not means(component, list(structure.children), name):
            return False
        structure = structure.children.get(name, structure)
    return True


def means(component: Any, names: list[str], name: str) -> bool:
    """Tells whether one component of a path means the part of this name."""
    if isinstance(component, list):
        return any(means(item, names, name) for item in component)
    if isinstance(component, str):
        return component in (ANYTHING, name)
    if name not in names:
        return False
    place, count = names.index(name) + 1, len(names)
    if isinstance(component, int):
        return place == (component if component > 0 else count + 1 + component)
    low, high = (
        default if bound is None else bound if bound > 0 else count + 1 + bound
        for bound, default in ((component.start, 1), (component.stop, count))
    )
    return low <= place <= high and (place - low) % (component.step or 1) == 0


def array_values(net: Net, rules: Rules, default: Value) -> dict[tuple[str, ...], Value]:
    """Gives position → number of every array: that of the first rule that covers it. Raises NetError for a part that
    the net does not have.
    """
    rules = tuple((resolved(spec, net), value) for spec, value in rules)
    return {position: first_value(rules, net.structure, position, default) for position in net.keys}


def resolved(spec: Any, net: Net) -> Any:
    """Gives a specification as it is meant in a net: {a, b} is the part b of a, or else the parts a and b.

    Raises NetError for a part that the net does not have.
    """
    if spec == ANYTHING or is_part(spec, net):
        return [resolved(item, net) for item in spec] if isinstance(spec, list) else spec
    if isinstance(spec, tuple) and spec and all(is_part(item, net) for item in spec):
        return [resolved(item, net) for item in spec]
    raise NetError(f"the net has no part {spec_text(spec)}", tag="part", kind="NetTrain")


def is_part(spec: Any, net: Net) -> bool:
    """Tells whether a specification covers any layer or array of a net."""
    parts = [path for path, _ in net.structure.walk() if path] + list(net.keys)
    return any(covers(spec, net.structure, part) for part in parts)


def first_value(rules: Rules, structure: Structure, position: tuple[str, ...], default: Value) -> Value:
    return next((value for spec, value in rules if covers(spec, structure, position)), default)


def spec_text(spec: Any) -> str:
    """Gives a specification as the language writes it, for messages."""
    if isinstance(spec, tuple):
        return "{" + ", ".join(map(spec_text, spec)) + "}"
    if isinstance(spec, list):
        return " | ".join(map(spec_text, spec))
    if isinstance(spec, Shared):
        return f'NetArray["{spec.name}"]'
    if isinstance(spec, slice):
        return ";;".join("All" if bound is None else str(bound) for bound in (spec.start, spec.stop))
    return f'"{spec}"' if isinstance(spec, str) else str(spec)


def array_multipliers(net: Net, given: Any = None) -> dict[tuple[str, ...], float]:
    """Gives position → multiplier of the learning rate of every array: the product of what training (`given`), each
    container around the array and its layer say. 0 stands for None, and for what NetArray says is not trainable.
    """
    found = {
        p: value or 0.0 for p, value in array_values(net, read_rules(given, "LearningRateMultipliers"), 1.0).items()
    }
    for path, structure in net.structure.walk():
        rules = read_rules(structure.multiplier, "LearningRateMultipliers")
        for position in found if rules else ():
            if position[: len(path)] == path:
                found[position] *= first_value(rules, structure, position[len(path) :], 1.0) or 0.0
    for key, positions in net.positions.items():
        if is_frozen(net, key):
            found.update(dict.fromkeys(positions, 0.0))
    return found


def multipliers_by_key(net: Net, given: Any = None) -> dict[Key, float]:
    """Gives key → multiplier. A shared array takes that of its first position; others that differ are a warning."""
    return values_by_key(net, array_multipliers(net, given), "learning rate multiplier")


def values_by_key(net: Net, found: Mapping[tuple[str, ...], T], what: str) -> dict[Key, T]:
    """Gives key → number from position → number; a shared array has that of its first position, with a warning where
    others differ. what: what the numbers are.
    """
    for key, positions in net.positions.items():
        first = found[positions[0]]
        other = next((position for position in positions[1:] if found[position] != first), None)
        if other is not None:
            warnings.warn(
                SharedMultipliersWarning(
                    f"NetTrain::shmult: The array {spec_text(key)} has the {what} {number_text(first)} at "
                    f"{position_text(positions[0])} and {number_text(found[other])} at {position_text(other)}; a shared "
                    "array has one, and the first is taken."
                ),
                stacklevel=2,
            )
    return {key: found[positions[0]] for key, positions in net.positions.items()}


def number_text(value: Value) -> str:
    return "None" if value is None else f"{value:g}"
