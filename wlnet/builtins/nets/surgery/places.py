"""What the functions of net surgery share: layers, places and ports as terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.builtins.nets.constructors.layers import as_layer
from wlnet.builtins.nets.paths import child_of, port_path
from wlnet.builtins.nets.surgery.replacement import new_port
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.nets.joining import Entry
from wlnet.nets.structure import End
from wlnet.nets.surgery import replace_ports
from wlnet.terms import Association, S, Term, elements, is_head, is_list


def layer_at(net: Net, term: Term) -> str:
    """Gives the name of the layer that a name or number (negative from the end) means; raises NetError."""
    children = list(net.structure.children)
    name = child_of(children, term)
    if name is None:
        raise NetError(
            f"there is no layer `1`; the layers are {', '.join(children) or 'none'}", tag="nolayer", terms=(term,)
        )
    return name


def places_at(net: Net, term: Term) -> list[End] | None:
    """Gives the places that a term means: All (None), a layer, a NetPort, or a list of these; raises NetError."""
    if term is S.All:
        return None
    if is_list(term):
        return [place for item in elements(term) for place in places_at(net, item) or ()]
    return [port_at(net, term) if is_head(term, S.NetPort) else End(layer_at(net, term), "")]


def port_at(net: Net, term: Term) -> End:
    """Gives the port that NetPort["port"] or NetPort[{layer, "port"}] means; raises NetError."""
    path = port_path(term)
    if len(path) == 1:
        return End(None, layer_name(path[0]))
    if len(path) == 2:
        return End(layer_at(net, path[0]), layer_name(path[1]))
    raise NetError("`1` is not a port of the net or of one of its layers", tag="noport", terms=(term,))


def with_ports(net: Net, ports: Mapping[str, Term]) -> Net:
    """Gives the net with ports specified by terms; Automatic leaves one as it is."""
    given = {name: new_port(name, term) for name, term in ports.items() if term is not S.Automatic}
    return replace_ports(net, given) if given else net


def entries(kernel: Kernel, term: Term, owner: str) -> list[Entry]:
    """Gives the layers, with names, of `layer`, `"name" -> layer`, an association, or a list of these."""
    if type(term) is Association:
        return [(layer_name(key), as_layer(kernel, value, owner)) for key, value in term.items()]
    items: Sequence[Term] = elements(term) if is_list(term) else (term,)
    return [entry(kernel, item, owner) for item in items]


def entry(kernel: Kernel, term: Term, owner: str) -> Entry:
    if is_head(term, S.Rule, 2):
        return layer_name(term.args[0]), as_layer(kernel, term.args[1], owner)
    return None, as_layer(kernel, term, owner)
