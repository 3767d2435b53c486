"""States of recurrent nets: given with the data, and kept from one application to the next by NetStateObject."""

from __future__ import annotations

from collections.abc import Sequence

from wlnet.builtins.nets.ports import is_all_states, place_at, place_term
from wlnet.errors import DataError
from wlnet.nets import Net
from wlnet.nets.exposing import Place, expose_all, states
from wlnet.terms import Association, S, Term, elements, is_head, is_list, to_list


def with_given_states(net: Net, data: Term) -> tuple[Net, Term]:
    """Gives a net whose inputs are also the states that the data set, and the data by names of inputs; raises DataError.

    data: an association, or a list of such, with keys NetPort[All, "States"] (an association of states) or NetPort[…].
    """
    if type(data) is Association:
        net, rows = with_states_of_rows(net, [data])
        return net, rows[0]
    rows = data.args if is_head(data, S.List) else ()
    if rows and all(type(row) is Association for row in rows):
        net, rows = with_states_of_rows(net, rows)
        return net, to_list(rows)
    return net, data


def with_states_of_rows(net: Net, rows: Sequence[Association]) -> tuple[Net, Sequence[Association]]:
    if not any(is_head(key, S.NetPort) or names_state(net, key) for row in rows for key in row):
        return net, rows
    parts = [list(given_places(net, row)) for row in rows]
    places = dict.fromkeys(key for pairs in parts for key, _ in pairs if type(key) is tuple)
    wide, names, _ = expose_all(net, places, ())
    port = dict(zip(places, names, strict=True))
    made = [Association((port[key] if type(key) is tuple else key, value) for key, value in pairs) for pairs in parts]
    return wide, made


def given_places(net: Net, row: Association) -> list[tuple[Term | Place, Term]]:
    """Gives the pairs of an association, with places in place of NetPort[…]."""
    pairs: list[tuple[Term | Place, Term]] = []
    for key, value in row.items():
        if is_all_states(key):
            if type(value) is not Association or not all(is_head(name, S.NetPort) for name in value):
                raise DataError(
                    'an association NetPort[…] -> state, as net[data, NetPort[All, "States"]] gives it, is expected as the '
                    "states, not `1`",
                    tag="states",
                    kind=net.kind.name,
                    terms=(value,),
                )
            pairs.extend((state_at(net, name), state) for name, state in value.items())
        elif names_state(net, key):
            pairs.append((((), key), value))
        else:
            pairs.append((state_at(net, key) if is_head(key, S.NetPort) else key, value))
    return pairs


def names_state(net: Net, term: Term) -> bool:
    """Tells whether a term is the name of a state of the layer that a net is, which a port need not stand for."""
    return type(term) is str and term not in net.structure.inputs and ((), term) in states(net)


def state_at(net: Net, term: Term) -> Place | str:
    """Gives the place of the state, or the name of the input, that NetPort[…] stands for in data; raises DataError."""
    path, port = place_at(net, term, "inputs")
    if not path and port in net.structure.inputs:
        return port
    if (path, port) in states(net):
        return path, port
    shown = ", ".join(str(name) for name in net.structure.inputs)
    raise DataError(
        f"`1` is neither an input of this net ({shown}) nor a state that nothing in it sets ({state_names(net)})",
        tag="states",
        kind=net.kind.name,
        terms=(term,),
    )


def state_names(net: Net) -> str:
    """Gives the states of a net as text, such as {"lstm", "State"}."""
    terms = [place_term(net, place).args[0] for place in states(net)]
    texts = ["{" + ", ".join(map(str, elements(term))) + "}" if is_list(term) else str(term) for term in terms]
    return ", ".join(texts) or "none"
