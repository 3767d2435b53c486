"""The constructor of RandomArrayLayer: distributions, and functions that give one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wlnet.builtins.nets.constructors.formulas import formula, slots_of
from wlnet.builtins.nets.constructors.layers import check_options, constructor, with_terms
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.layers import construct
from wlnet.layers.construct import known_options, read_input_ports, read_settings
from wlnet.layers.families.random_arrays import FAMILIES, Drawn, drawn
from wlnet.nets import Kind, Net
from wlnet.terms import S, Symbol, Term, is_head, list_of


@constructor("RandomArrayLayer")
def make_random_array(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    given = list(arguments)
    if given:
        found = given[0] = drawn_from(kernel, kind, given[0])
        name_ports(kind, found, bool(slots_of(arguments[0])[0]), options)
    check_options(kind, options, known_options(kind, read_settings(kind, given, options)))
    return with_terms(construct(kind, given, options), arguments)


def name_ports(kind: Kind, found: Drawn, named: bool, options: dict[str, Term]) -> None:
    """Makes names of ports, and options of these ports, of what InputPorts says; raises NetError.

    named: whether the function itself names its arguments, which InputPorts then cannot.
    """
    said: dict[str, Any] = {}
    read_input_ports(kind, said, options)
    count, names = said["inputs"], said.get("names")
    if count is None:
        return
    if count != len(found.names) or (named and names and set(names) != set(found.names)):
        shown = ", ".join(f'"{name}"' for name in found.names) or "none"
        raise NetError(
            f"InputPorts does not fit the distribution, whose ports are {shown}; it must say as many"
            + (", with these names" if named else ""),
            tag="ports",
            kind=kind.name,
        )
    if names is None:
        numbered = {f"Input{i}": name for i, name in enumerate(found.names, 1)}
        for name, term in [(name, options.pop(name)) for name in numbered if name in options]:
            options[numbered[name]] = term
    elif not named:
        options["InputPorts"] = list_of(*names)


def drawn_from(kernel: Kernel, kind: Kind, term: Term) -> Drawn:
    """Gives the distribution that a term stands for, with the ports of its parameters; raises NetError."""
    if is_head(term, S.Function) or type(term) is Symbol:
        _, count = slots_of(term)
        if type(term) is Symbol and term.name in FAMILIES:
            count = FAMILIES[term.name].arity
        function, names = formula(kernel, term, count or 1)
        variables, body = function.variables, function.body
        names = names or (
            ("Input",) if len(variables) == 1 else tuple(f"Input{i}" for i in range(1, len(variables) + 1))
        )
        found = drawn(names, variables, body)
    else:
        found = drawn((), (), term)
    if found is None:
        raise NetError(
            "argument 1 must be a distribution such as NormalDistribution[0, 1], or a function that gives one, not `1`; the "
            "distributions are " + ", ".join(sorted(FAMILIES)),
            tag="args",
            kind=kind.name,
            terms=(term,),
        )
    return found
