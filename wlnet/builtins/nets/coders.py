"""NetEncoder and NetDecoder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wlnet.coders import make_decoder, make_encoder
from wlnet.errors import NetError
from wlnet.kernel import Kernel, applies, builtin
from wlnet.layers.settings import text
from wlnet.nets import Port
from wlnet.nets.coders import Coder
from wlnet.plans.data import decode, decode_batch, encode
from wlnet.terms import S, Term, elements, is_head, is_list, pack, to_list


@builtin("NetEncoder", category="Coders")
def net_encoder(kernel: Kernel, specification: Term) -> Term | None:
    """NetEncoder[{"kind", arguments…}] turns what a user has into the arrays that a net takes.
    NetEncoder[…][x] encodes x, or each element of a list of them.

    Details: The kinds are "Class" ({"Class", {c1, c2, …}}, with the form "Index" or "UnitVector") and "Boolean".

    Examples:
        >> NetEncoder[{"Class", {"a", "b", "c"}}]["b"]
        = 2
        >> NetEncoder[{"Class", {"a", "b", "c"}, "UnitVector"}][{"b", "a"}]
        = {{0., 1., 0.}, {1., 0., 0.}}
        >> NetEncoder["Boolean"][{True, False}]
        = {1., 0.}
    Possible issues:
        >> NetEncoder[{"Class", {"a", "b"}}]["x"]
        = $Failed
        message: NetEncoder::class
        >> NetEncoder["Smell"]
        = $Failed
        message: NetEncoder::kind
    Source: https://reference.wolfram.com/language/ref/NetEncoder.html
    """
    return with_random_numbers(kernel, made(make_encoder, "NetEncoder", specification))


@builtin("NetDecoder", category="Coders")
def net_decoder(kernel: Kernel, specification: Term) -> Term | None:
    """NetDecoder[{"kind", arguments…}] turns the arrays that a net gives into what a user wants.
    NetDecoder[…][array] decodes an array, NetDecoder[…][array, property] gives a property of it.

    Details: The kinds are "Class" ({"Class", {c1, c2, …}}) and "Boolean". Properties of "Class": "Decision",
    "Probabilities", "Probability" -> c, "TopDecisions" -> n, "TopProbabilities" -> n, "Entropy", "RandomSample".

    Examples:
        >> decoder = NetDecoder[{"Class", {"a", "b"}}]; decoder[{0.25, 0.75}]
        = "b"
        >> decoder[{0.25, 0.75}, "Probabilities"]
        = <|"a" -> 0.25, "b" -> 0.75|>
        >> decoder[{{0.25, 0.75}, {1., 0.}}, "TopDecisions" -> 1]
        = {{"b"}, {"a"}}
        >> NetDecoder["Boolean"][0.75]
        = True
    Possible issues:
        >> NetDecoder[{"Class", {"a", "b"}}][{0.5, 0.5}, "Smell"]
        = $Failed
        message: NetDecoder::prop
    Source: https://reference.wolfram.com/language/ref/NetDecoder.html
    """
    return made(make_decoder, "NetDecoder", specification)


def made(make: Callable[..., Coder], head: str, specification: Term) -> Coder:
    if isinstance(specification, Coder):
        raise NetError("a coder cannot be made of another coder", tag="kind", kind=head)
    parts = elements(specification) if is_list(specification) else (specification,)
    name = text(parts[0]) if parts else None
    if name is None:
        raise NetError("`1` is not the specification of a coder", tag="kind", kind=head, terms=(specification,))
    arguments = [item for item in parts[1:] if not is_head(item, S.Rule, 2)]
    options = {text(item.args[0]) or "": item.args[1] for item in parts[1:] if is_head(item, S.Rule, 2)}
    return make(name, arguments, options, specification)


def with_random_numbers(kernel: Kernel, coder: Coder) -> Coder:
    """Gives a coder whose random numbers, if it draws any, are those of the session."""
    if "random" not in coder.settings:
        return coder
    return replace(coder, settings={**coder.settings, "random": lambda: kernel.random})


@applies(Coder)
def apply_coder(kernel: Kernel, coder: Coder, arguments: tuple[Term, ...]) -> Term | None:
    """Gives what an encoder or decoder makes of data."""
    if not 1 <= len(arguments) <= (1 if coder.encodes else 2):
        return None
    data = arguments[0]
    port = coder.port
    if coder.encodes:
        found = encode("Input", port, data, "NetEncoder")
        values = found.values
        if isinstance(values, list):
            return to_list(pack(value) for value in values)
        if port.element == "Integer":
            values = values.astype(int)
        return pack(values[0] if found.single else values)
    found = encode("Output", Port(port.shape), data, "NetDecoder")
    property = arguments[1] if len(arguments) > 1 else None
    if found.single:
        return decode(port, found.values[0], property)
    return decode_batch(port, list(found.values), property)
