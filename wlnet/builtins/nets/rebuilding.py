"""Layers made anew with another setting."""

from __future__ import annotations

from dataclasses import replace

from wlnet.builtins.nets.layers import make_net
from wlnet.builtins.nets.text import term_of
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.nets.arrays import ArrayStore
from wlnet.terms import S, Term, is_head, list_of, rule


def has_setting(net: Net, name: str) -> bool:
    """Tells whether a net is made with a setting of this name."""
    kind = net.kind
    return name == "LearningRateMultipliers" or name in kind.options or any(s.name == name for s in kind.arguments)


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
        if setting.name == name:
            if index > len(arguments):
                raise NetError(f'give the setting "{structure.kind.arguments[index - 1].name}" first', tag="part")
            arguments[index : index + 1] = [value]
            break
    else:
        kept[name] = value
    made = make_net(kernel, structure.kind, (*inside, *arguments, *(rule(key, term) for key, term in kept.items())))
    return Net(made.structure, ArrayStore({key: net.store.get(key, array) for key, array in made.store.items()}))
