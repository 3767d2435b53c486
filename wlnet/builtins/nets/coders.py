"""NetEncoder and NetDecoder: made, applied, asked and shown."""

from __future__ import annotations

import operator
from collections.abc import Sequence

import numpy as np

from wlnet.builtins.evaluation.help import INFORMATION, REGISTRIES
from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.coders import make_coder, parameters_of, with_parameter
from wlnet.errors import NetError
from wlnet.kernel import Kernel, Printed, applies, builtin
from wlnet.layers.specifications import port_term
from wlnet.nets import Port
from wlnet.nets.coders import DECODERS, ENCODERS, Coder
from wlnet.plans.data import decode, decode_batch, encode
from wlnet.syntax import write
from wlnet.terms import (
    NULL,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    pack,
    register,
    to_list,
)

REGISTRIES += [ENCODERS.values, DECODERS.values]

#: The text of a coder is cut off after so many characters.
WIDTH = 80


@builtin("NetEncoder", category="Coders")
def net_encoder(kernel: Kernel, specification: Term) -> Term | None:
    """NetEncoder[{"kind", arguments…}] turns what a user has into the arrays that a net takes.
    NetEncoder[…][x] encodes x, or each element of a list of them.
    NetEncoder[decoder] gives the encoder that undoes a decoder, where there is one.

    Details: ?NetEncoder["kind"] describes a kind. "port" -> "kind" attaches one that needs nothing else. Every encoder has
    the parameter "Dimensions" -> {n1, n2, …}: it then takes an array of examples as one; a length may be "Varying". What
    is encoded already stays as it is.

    Examples:
        >> NetEncoder[{"Class", {"a", "b", "c"}}]["b"]
        = 2
        >> NetEncoder["Boolean"][{True, False}]
        = {1., 0.}
        >> NetEncoder["Boolean"][NetEncoder["Boolean"][{True, False}]]
        = {1., 0.}
        >> NetEncoder[{"Boolean", "Dimensions" -> {2}}][{{True, False}, {True, True}}]
        = {{1., 0.}, {1., 1.}}
        >> NetEncoder[NetDecoder[{"Class", {"x", "y"}}]]["y"]
        = 2
        >> ElementwiseLayer[# + 1 &, "Input" -> "Boolean", "Output" -> "Boolean"][{True, False}]
        = {True, True}
        >> Information[NetEncoder[{"Class", {"a", "b"}}], "Labels"]
        = {"a", "b"}
    Possible issues:
        >> NetEncoder["Smell"]
        = $Failed
        message: NetEncoder::kind
        >> NetEncoder[{"Boolean", "Smell" -> 1}]
        = $Failed
        message: NetEncoder::option
    Source: https://reference.wolfram.com/language/ref/NetEncoder.html
    """
    return made(kernel, "NetEncoder", specification)


@builtin("NetDecoder", category="Coders")
def net_decoder(kernel: Kernel, specification: Term) -> Term | None:
    """NetDecoder[{"kind", arguments…}] turns the arrays that a net gives into what a user wants.
    NetDecoder[…][array] decodes an array, NetDecoder[…][array, property] gives a property of it.
    NetDecoder[encoder] gives the decoder that undoes an encoder, where there is one.

    Details: ?NetDecoder["kind"] describes a kind. Every decoder has the property None, the array itself, and
    "Properties", the names of all; a list of properties gives the list of their values. The parameter
    "InputDepth" -> n says that all arrays of the decoder's rank in one of rank n are decoded.

    Examples:
        >> decoder = NetDecoder[{"Class", {"a", "b"}}]; decoder[{0.25, 0.75}]
        = "b"
        >> decoder[{0.25, 0.75}, {"Decision", None}]
        = {"b", {0.25, 0.75}}
        >> NetDecoder["Boolean"][0.75, "Properties"]
        = {"Decision", None}
        >> NetDecoder[NetEncoder[{"Class", {"x", "y"}}]][{0., 1.}]
        = "y"
        >> SoftmaxLayer["Output" -> decoder][{0., 0.}, "Output" -> "Entropy"]
        = 0.693147
    Possible issues:
        >> NetDecoder[{"Class", {"a", "b"}}][{0.5, 0.5}, "Smell"]
        = $Failed
        message: NetDecoder::prop
    Source: https://reference.wolfram.com/language/ref/NetDecoder.html
    """
    return made(kernel, "NetDecoder", specification)


def made(kernel: Kernel, head: str, specification: Term) -> Coder:
    """Gives the coder of a specification; raises NetError."""
    return make_coder(head, specification, lambda function, given: kernel.evaluate(Expression(function, given)))


@applies(Coder)
def apply_coder(kernel: Kernel, coder: Coder, arguments: tuple[Term, ...]) -> Term | None:
    """Gives what an encoder or decoder makes of data."""
    if not 1 <= len(arguments) <= (1 if coder.encodes else 2):
        return None
    port, data = coder.port, arguments[0]
    if coder.encodes:
        found = encode("Input", port, data, "NetEncoder")
        rows = to_list([array_term(port, value) for value in found.values]) if not found.single else None
        return array_term(port, found.values[0]) if rows is None else rows
    property = arguments[1] if len(arguments) > 1 else None
    found = encode("Output", Port(port.shape), data, "NetDecoder")
    if found.single:
        return decode(port, found.values[0], property)
    return decode_batch(port, list(found.values), property)


def array_term(port: Port, array: np.ndarray) -> Term:
    """Gives the numbers of one example: integers where the port takes those."""
    return pack(array.astype(np.int64 if port.element == "Integer" else np.float64))


def coder_part(coder: Term | None, path: Sequence[Term]) -> Term:
    """Gives a parameter of an encoder or decoder, or all of them; raises NetError."""
    if not isinstance(coder, Coder):
        raise NetError("this port has no encoder or decoder, so it has no part `1`", tag="part", terms=(path[0],))
    known = parameters_of(coder)
    if len(path) == 1 and path[0] is S.All:
        return Association(known.items())
    name = layer_name(path[0]) if len(path) == 1 else ""
    if name not in known:
        raise NetError(f"a coder has no part `1`; its parts are {', '.join(known)}", tag="part", terms=(to_list(path),))
    return known[name]


def coder_parts(coder: Coder, specification: Term) -> Term:
    """Gives a parameter of a coder, or those of a list."""
    if not is_list(specification):
        return coder_part(coder, (specification,))
    return to_list(coder_part(coder, elements(item) if is_list(item) else (item,)) for item in elements(specification))


def replace_parameters(coder: Coder, rules: Term) -> Coder:
    """Gives the coder made anew with other parameters, of "name" -> value or a list of those; raises NetError."""
    for item in elements(rules) if is_list(rules) else (rules,):
        if not is_head(item, S.Rule, 2):
            raise NetError('`1` is not a rule "parameter" -> value', tag="args", terms=(item,))
        coder = with_parameter(coder, layer_name(item.args[0]), item.args[1])
    return coder


def information_of_coder(kernel: Kernel, coder: Coder, wanted: Term | None) -> Term:
    """Gives a parameter of a coder, its port or the names of all these, or prints a table of them."""
    port = port_term(Port(coder.port.shape, coder.port.element, coder.port.limit))
    known = {**parameters_of(coder), "Output" if coder.encodes else "Input": port}
    if wanted is None:
        rows = [f"  {name:<{max(map(len, known))}}  {cut(write(term, 'InputForm'))}" for name, term in known.items()]
        kernel.emit(Printed("\n".join([coder.kind.title, *rows])))
        return NULL
    known["Properties"] = to_list(sorted({*known, "Properties"}))
    if type(wanted) is not str or wanted not in known:
        raise NetError(
            f"`1` is not a property of this coder; its properties are {', '.join(known)}",
            tag="prop", kind="Information", terms=(wanted,),
        )  # fmt: skip
    return known[wanted]


def cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def coder_term(coder: Coder) -> Expression:
    """Gives the expression that makes the same coder."""
    return Expression(head_symbol(coder), (coder.specification,))


def head_symbol(coder: Coder) -> Symbol:
    return S.NetEncoder if coder.encodes else S.NetDecoder


INFORMATION[Coder] = information_of_coder
register(
    Coder,
    head_symbol,
    full_form=coder_term,
    text=lambda coder: cut(write(coder_term(coder), "InputForm")),
    equal=operator.eq,
    hash=hash,
)
