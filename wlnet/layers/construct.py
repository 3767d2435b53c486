"""Making a layer from its declaration and the terms of its constructor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.errors import DimensionError, NetError
from wlnet.layers.settings import Unfit
from wlnet.layers.specifications import array_from, port_from
from wlnet.nets.arrays import ArrayStore, Key, Shared, freeze
from wlnet.nets.dimensions import Disagreement, Port, show, unify
from wlnet.nets.inference import infer, infer_with
from wlnet.nets.kinds import Kind
from wlnet.nets.net import Net
from wlnet.nets.notation import parse_ports
from wlnet.nets.structure import Slot, Structure
from wlnet.terms import NONE, Association, Expression, S, Symbol, Term, elements, is_list
from wlnet.terms.same import key as key_of


def construct(kind: Kind, arguments: Sequence[Term] = (), options: Mapping[str, Term] | None = None) -> Net:
    """Gives the layer `kind[arguments…, options…]`; raises NetError where a term does not fit.

    Options are by name: array options (a value, `NetArray[…]`, Automatic or None), ports, the layer's own options, and
    LearningRateMultipliers. A layer written like one made lately is that one: layers do not change.
    """
    options = dict(options or {})
    written = spelling(kind, arguments, options)
    if written is None:
        return build(kind, arguments, options)
    found = LATELY.get(written)
    if found is None:
        found = build(kind, arguments, options)
        if len(LATELY) >= REMEMBERED:
            LATELY.clear()
        LATELY[written] = found
    return found


#: Layers made lately, by how they were written.
LATELY: dict[Any, Net] = {}
REMEMBERED = 512


def spelling(kind: Kind, arguments: Sequence[Term], options: Mapping[str, Term]) -> Any:
    """Gives a key for a layer as it is written, or None where its terms are long or stand for something new each time."""
    terms = (*arguments, *options.values())
    if not all(is_short(term) for term in terms):
        return None
    return kind.name, tuple(map(key_of, arguments)), tuple((name, key_of(term)) for name, term in options.items())


def is_short(term: Term) -> bool:
    """Tells whether a term is an atom, or a few atoms under a head; `NetArray[]` makes a new name each time."""
    if type(term) is Expression:
        fresh = term.head is S.NetArray and not (term.args and type(term.args[0]) is str)
        return not fresh and len(term.args) <= 8 and all(type(arg) in SHORT for arg in term.args)
    return type(term) in SHORT


SHORT = frozenset((int, float, str, Symbol))


def build(kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    """Gives a new layer; raises NetError."""
    settings = read_settings(kind, arguments, options)
    multiplier = options.get("LearningRateMultipliers")
    if kind.variadic:
        read_input_ports(kind, settings, options)
    arrays = kind.array_slots(settings)
    inputs, outputs = make_ports(kind, settings, options)
    slots, values, shapes = {}, {}, {}
    for name, declared in arrays.items():
        given = options.get(name, S.Automatic)
        if given is NONE:
            if not declared.optional:
                raise NetError(f'the array "{name}" cannot be None', tag="array", kind=kind.name)
            continue
        slots[name], value = read_array(kind, name, given, declared.shareable)
        if value is not None:
            key: Key = (name,) if slots[name].shared is None else Shared(slots[name].shared or "")
            values[key] = value
            shapes[key] = value.shape
    structure = Structure(
        kind,
        settings=settings,
        arguments=tuple(arguments),
        options={name: options[name] for name in kind.options if name in options},
        inputs=inputs,
        outputs=outputs,
        declared={name: port for name, port in {**inputs, **outputs}.items() if name in options},
        slots=slots,
        multiplier=None if multiplier is S.Automatic else multiplier,
    )
    return Net(infer_with(structure, shapes) if shapes else infer(structure), ArrayStore(values))


def known_options(kind: Kind, settings: Mapping[str, Any] | None = None) -> list[str]:
    """Gives the names of all options of a layer's constructor: its own, its arrays, its ports, and the general ones.

    settings: those of the layer, on which ports and arrays may depend; None for the defaults.
    """
    if settings is None:
        settings = {setting.name: setting.default for setting in (*kind.arguments, *kind.options.values())}
    arrays = kind.array_slots(settings)
    inputs, outputs = parse_ports(kind.port_notation({**settings, "inputs": None}))
    names = [*kind.options, *arrays, *inputs, *outputs]
    if arrays or kind.container or kind.inner is not None:
        names.append("LearningRateMultipliers")
    if kind.variadic:
        names.append("InputPorts")
    return [name for name in dict.fromkeys(names) if name not in kind.state_ports(settings)]


def read_settings(kind: Kind, arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the settings of the positional arguments and of the layer's own options."""
    settings = read_arguments(kind, arguments)
    for name, setting in kind.options.items():
        settings[name] = setting.default if name not in options else converted(kind, name, setting, options[name])
    return settings


def read_arguments(kind: Kind, arguments: Sequence[Term]) -> dict[str, Any]:
    """Gives the settings of the positional arguments."""
    if len(arguments) > len(kind.arguments):
        came = f"{len(arguments)} argument{'s' if len(arguments) > 1 else ''} came"
        limit = f"at most {len(kind.arguments)}" if kind.arguments else "none"
        raise NetError(f"{came}, but {kind.name} takes {limit}, besides options", tag="args", kind=kind.name)
    settings: dict[str, Any] = {}
    for index, setting in enumerate(kind.arguments):
        if index < len(arguments):
            settings[setting.name] = converted(kind, f"argument {index + 1}", setting, arguments[index])
        elif setting.required:
            raise NetError(f"argument {index + 1} ({setting.title}) is missing", tag="args", kind=kind.name)
        else:
            settings[setting.name] = setting.default
    return settings


def converted(kind: Kind, what: str, setting: Any, term: Term) -> Any:
    try:
        return setting.convert(term)
    except Unfit as unfit:
        raise NetError(
            f"{what} must be {unfit}, not `1`",
            tag="args" if what.startswith("argument") else "option",
            kind=kind.name,
            terms=(term,),
        ) from None


def make_ports(
    kind: Kind, settings: Mapping[str, Any], options: Mapping[str, Term]
) -> tuple[dict[str, Port], dict[str, Port]]:
    """Gives the ports of a layer with what its options say of them. States are ports only where connected."""
    inputs, outputs = parse_ports(kind.port_notation(settings))
    prototypes = kind.prototypes(settings)
    made = []
    for side in (inputs, outputs):
        ports = {}
        for name in side:
            if name in kind.state_ports(settings) and name not in options:
                continue
            prototype = prototypes.get(name, Port())
            ports[name] = read_port(kind, name, options[name], prototype) if name in options else prototype
        made.append(ports)
    return made[0], made[1]


def read_port(kind: Kind, name: str, term: Term, prototype: Port) -> Port:
    """Gives the port that an option specifies."""
    try:
        given = port_from(term)
    except Unfit as unfit:
        raise NetError(
            f'the specification of the port "{name}" must be {unfit}, not `1`',
            tag="port",
            kind=kind.name,
            terms=(term,),
        ) from None
    try:
        return replace(
            given,
            shape=unify(prototype.shape, given.shape),
            element=given.element if given.coder is not None or given.element != "Real" else prototype.element,
            limit=given.limit if given.limit is not None else prototype.limit,
        )
    except Disagreement:
        raise DimensionError(
            f'the port "{name}" has dimensions {show(prototype.shape)}, not {show(given.shape)}', kind=kind.name
        ) from None


def read_input_ports(kind: Kind, settings: dict[str, Any], options: dict[str, Term]) -> None:
    """Reads InputPorts: a number, names, shapes, or names with shapes."""
    given = options.pop("InputPorts", S.Automatic)
    settings.setdefault("inputs", None)
    if given is S.Automatic:
        return
    if type(given) is int and given > 0:
        settings["inputs"] = given
    elif type(given) is Association:
        settings["names"] = tuple(map(str, given.keys()))
        settings["inputs"] = len(given)
        options.update({str(key): value for key, value in given.items()})
    elif is_list(given) and elements(given):
        items = elements(given)
        settings["inputs"] = len(items)
        if all(type(item) is str and item not in ("Real", "Integer", "Varying") for item in items):
            settings["names"] = items
        else:
            options.update({f"Input{i}": item for i, item in enumerate(items, 1)})
    else:
        raise NetError(
            "InputPorts must be a number, a list of names or of shapes, an association of both, or Automatic, not `1`",
            tag="option",
            kind=kind.name,
            terms=(given,),
        )


def read_array(kind: Kind, name: str, given: Term, shareable: bool) -> tuple[Slot, np.ndarray | None]:
    """Gives the slot, and the value if there is one, that an array option specifies."""
    try:
        specification = array_from(given)
    except Unfit as unfit:
        raise NetError(
            f'the array "{name}" must be {unfit}, not `1`', tag="array", kind=kind.name, terms=(given,)
        ) from None
    if specification.name is not None and not shareable:
        raise NetError(f'the array "{name}" cannot be shared', tag="noshare", kind=kind.name)
    slot = specification.slot
    value = specification.value
    if value is None:
        return slot, None
    if not np.isfinite(value).all():
        raise NetError(f'the array "{name}" contains numbers that are not finite', tag="array", kind=kind.name)
    return slot, freeze(value, np.float32)
