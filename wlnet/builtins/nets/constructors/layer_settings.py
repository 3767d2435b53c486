"""Settings of layers as terms, and layers made anew with another one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.builtins.nets.constructors.layers import make_net
from wlnet.builtins.nets.net_terms import slot_term, term_of
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.nets.arrays import ArrayStore
from wlnet.terms import Association, S, Term, is_head, list_of, pack, rule, truth


def setting_term(net: Net, name: str) -> Term | None:
    """Gives a setting of a layer as the term that it was given as, or its default; None where there is none."""
    structure = net.structure
    if name == "LearningRateMultipliers":
        return S.Automatic if structure.multiplier is None else structure.multiplier
    if name == "Arrays":
        return Association((slot, slot_term(net, slot)) for slot in structure.slots)
    for index, setting in enumerate(structure.kind.arguments):
        if setting.title == name:
            if index < len(structure.arguments):
                return structure.arguments[index]
            return plain(setting.default) if setting.shown is S.Automatic else setting.shown
    if structure.kind.name == "FunctionLayer" and name == "Function" and structure.arguments:
        return structure.arguments[0]
    if name in structure.kind.options:
        given = structure.options.get(name)
        return structure.kind.options[name].shown if given is None else given
    return None


def plain(value: Any) -> Term:
    """Gives a default setting as a term."""
    if value is None or value == "Automatic":
        return S.Automatic
    if isinstance(value, bool):
        return truth(value)
    if value == float("inf"):
        return S.Infinity
    return pack(np.asarray(value)) if isinstance(value, tuple) else value


def has_setting(net: Net, name: str) -> bool:
    """Tells whether a net is made with a setting of this name."""
    kind = net.kind
    return name == "LearningRateMultipliers" or name in kind.options or any(s.title == name for s in kind.arguments)


def with_setting(kernel: Kernel, net: Net, name: str, value: Term) -> Net:
    """Gives a layer or operator with another value of a setting; its arrays stay the same objects. Raises NetError.

    What was only inferred of its ports is inferred anew.
    """
    structure = net.structure
    if name == "LearningRateMultipliers":
        return Net(replace(structure, multiplier=None if value is S.Automatic else value), net.store)
    nets = tuple(net.child((child,)) for child in structure.children)
    inside = nets[:1] if len(nets) < 2 else (list_of(*nets),)
    arguments = list(structure.arguments)
    options = {item.args[0]: item.args[1] for item in term_of(net, set()).args if is_head(item, S.Rule, 2)}
    ports = {**structure.inputs, **structure.outputs}
    kept = {key: term for key, term in options.items() if key not in ports or key in structure.declared}
    for index, setting in enumerate(structure.kind.arguments):
        if setting.title == name:
            if index > len(arguments):
                raise NetError(f'give the setting "{structure.kind.arguments[index - 1].title}" first', tag="part")
            arguments[index : index + 1] = [value]
            break
    else:
        kept[name] = value
    made = make_net(kernel, structure.kind, (*inside, *arguments, *(rule(key, term) for key, term in kept.items())))
    return Net(made.structure, ArrayStore({key: net.store.get(key, array) for key, array in made.store.items()}))
