"""Coders made of their specifications, changed, and turned round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from wlnet.coders.settings import dimension, unfit, word
from wlnet.errors import NetError
from wlnet.nets.coders import DECODERS, ENCODERS, Coder, CoderKind
from wlnet.terms import Expression, S, Term, elements, is_head, is_list, list_of, rule

Apply = Callable[[Term, tuple[Term, ...]], Term]
"""apply(function, arguments) gives what a function of the language makes of terms."""

REGISTRIES: dict[str, Mapping[str, CoderKind]] = {"NetEncoder": ENCODERS, "NetDecoder": DECODERS}
#: Older names of kinds.
SYNONYMS = {"BPESubwordTokens": "SubwordTokens"}
#: The option that every encoder, and every decoder, has besides its own.
GENERAL = {"NetEncoder": "Dimensions", "NetDecoder": "InputDepth"}


def unevaluated(function: Term, arguments: tuple[Term, ...]) -> Term:
    """Gives the call of a function as it is: what coders get where there is no evaluator."""
    return Expression(function, arguments)


def make_encoder(
    name: str, arguments: Sequence[Term], options: Mapping[str, Term], specification: Term, apply: Apply = unevaluated
) -> Coder:
    """Gives the encoder of this kind; raises NetError."""
    return make("NetEncoder", name, arguments, options, specification, apply)


def make_decoder(
    name: str, arguments: Sequence[Term], options: Mapping[str, Term], specification: Term, apply: Apply = unevaluated
) -> Coder:
    """Gives the decoder of this kind; raises NetError."""
    return make("NetDecoder", name, arguments, options, specification, apply)


def make(
    head: str,
    name: str,
    arguments: Sequence[Term],
    options: Mapping[str, Term],
    specification: Term,
    apply: Apply,
) -> Coder:
    kinds = REGISTRIES[head]
    kind = kinds.get(SYNONYMS.get(name, name))
    if kind is None:
        shown = ", ".join(f'"{known}"' for known in kinds)
        raise NetError(f'there is no {head} "{name}"; the kinds are {shown}', tag="kind", kind=head)
    general = GENERAL[head]
    allowed = (*kind.options, *(() if general in kind.options else (general,)))
    for option in options:
        if option not in allowed:
            shown = ", ".join(f'"{known}"' for known in allowed)
            raise NetError(
                f'{head}["{name}"] has no option "{option}"; its options are {shown}', tag="option", kind=head
            )
    if kind.arguments and len(arguments) > len(kind.arguments):
        shown = ", ".join(kind.arguments)
        raise NetError(f'{head}["{name}"] takes {shown} and options, no more arguments', tag="args", kind=head)
    if kind.resolve is not None:
        whole, resolved = kind.resolve(arguments, options)
        if whole is not arguments:
            arguments, options, specification = whole, resolved, specification_of(name, whole, resolved)
    own = {option: value for option, value in options.items() if option in kind.options}
    assert kind.construct is not None
    assert kind.port is not None
    settings = {**kind.construct(arguments, own), "apply": apply}
    leading: tuple[Any, ...] = ()
    if general in options and general not in kind.options:
        shape = kind.port(settings).shape
        leading = LEADING[head](options[general], 0 if shape is None else len(shape))
    return Coder(kind, settings, specification, head == "NetEncoder", leading)


def dimensions_of(term: Term, rank: int) -> tuple[Any, ...]:
    """Gives the dimensions of an array of examples, of "Dimensions"; raises NetError."""
    items = elements(term) if is_list(term) else (term,)
    made = tuple(map(dimension, items))
    if 0 in made:
        raise unfit("NetEncoder", "Dimensions", 'a list of positive integers, "Varying" or Automatic', term)
    return made


def depth_beyond(term: Term, rank: int) -> tuple[None, ...]:
    """Gives the dimensions that come before those of one array, of "InputDepth"; raises NetError."""
    if type(term) is not int or term < rank or term < 1:
        raise unfit("NetDecoder", "InputDepth", f"an integer from {max(rank, 1)}", term)
    return (None,) * (term - rank)


#: Head → function(value of the general option, rank of one example) → dimensions that a coder is mapped over.
LEADING: dict[str, Callable[[Term, int], tuple[Any, ...]]] = {"NetEncoder": dimensions_of, "NetDecoder": depth_beyond}


def specification_parts(head: str, specification: Term) -> tuple[str, list[Term], dict[str, Term]]:
    """Gives name, arguments and options of `"name"` or `{"name", arguments…, option -> value, …}`; raises NetError."""
    parts = elements(specification) if is_list(specification) else (specification,)
    name = word(parts[0]) if parts else None
    if name is None:
        raise NetError("`1` is not the specification of a coder", tag="kind", kind=head, terms=(specification,))
    return (
        name,
        [item for item in parts[1:] if not is_option(item)],
        {word(item.args[0]) or "": item.args[1] for item in parts[1:] if is_option(item)},
    )


def is_option(term: Term) -> bool:
    return is_head(term, S.Rule, 2) and word(term.args[0]) is not None


def make_coder(head: str, specification: Term, apply: Apply) -> Coder:
    """Gives the coder of a specification, or of a coder: itself, or the one that undoes it; raises NetError."""
    if isinstance(specification, Coder):
        return specification if specification.encodes == (head == "NetEncoder") else counterpart(specification)
    name, arguments, options = specification_parts(head, specification)
    return make(head, name, arguments, options, specification, apply)


def at_port(port: str, term: Term) -> Term:
    """Gives the coder that the name of a kind means at a port, a decoder at "Output…"; any other term as it is.

    "Scalar" is left as it is, too: it is a shape where the layers take a number.
    """
    return term if type(term) is str and term == "Scalar" else coder_at(port, term)


def coder_at(port: str, term: Term) -> Term:
    """Gives the coder that the name of a kind means at a port, a decoder at "Output…"; any other term as it is."""
    heads = [head for head, kinds in REGISTRIES.items() if type(term) is str and SYNONYMS.get(term, term) in kinds]
    if not heads:
        return term
    return make_coder(heads[-1] if port.startswith("Output") else heads[0], term, unevaluated)


def head_of(coder: Coder) -> str:
    return "NetEncoder" if coder.encodes else "NetDecoder"


def made_of(head: str, name: str, arguments: Sequence[Term], options: Mapping[str, Term], apply: Apply) -> Coder:
    """Gives the coder, with the shortest specification that says the same."""
    return make(head, name, arguments, options, specification_of(name, arguments, options), apply)


def specification_of(name: str, arguments: Sequence[Term], options: Mapping[str, Term]) -> Term:
    rules = [rule(option, value) for option, value in options.items()]
    return list_of(name, *arguments, *rules) if arguments or rules else name


def counterpart(coder: Coder) -> Coder:
    """Gives the decoder that undoes an encoder, or the other way round; raises NetError."""
    head = "NetDecoder" if coder.encodes else "NetEncoder"
    apply: Apply = coder.settings["apply"]
    if coder.kind.counterpart is not None:
        name, arguments, options = coder.kind.counterpart(coder.settings)
    else:
        name = coder.kind.name
        _, given, old = specification_parts(head, coder.specification)
        kind = REGISTRIES[head].get(name)
        if kind is None:
            raise NetError(f"there is no {head} that undoes {coder.kind.title}", tag="kind", kind=head)
        both = sum(
            1
            for _ in takewhile(lambda pair: pair[0] == pair[1], zip(coder.kind.arguments, kind.arguments, strict=False))
        )
        arguments = tuple(given[:both])
        options = {option: value for option, value in old.items() if option in kind.options}
    made = made_of(head, name, arguments, options, apply)
    if not coder.leading:
        return made
    depth = len(coder.leading) + len(made.port.shape or ())
    lengths = list_of(*(d if type(d) is int else "Varying" for d in coder.leading))
    return made_of(head, name, arguments, {**options, GENERAL[head]: depth if coder.encodes else lengths}, apply)


def parameters_of(coder: Coder) -> dict[str, Term]:
    """Gives what is known of a coder: its kind, its arguments and options, and what else the kind tells."""
    kind, head = coder.kind, head_of(coder)
    _, arguments, options = specification_parts(head, coder.specification)
    known: dict[str, Term] = {"Type": kind.name, "Name": kind.name}
    known.update(dict.fromkeys(kind.arguments, S.Automatic))
    known.update(zip(kind.arguments, arguments, strict=False))
    general: dict[str, Term] = {} if not coder.leading else {GENERAL[head]: options.get(GENERAL[head], S.Automatic)}
    known.update({**kind.options, **general, **options})
    known.update(kind.parameters(coder.settings))
    return known


def mapped(coder: Coder, lengths: Sequence[Term]) -> Coder:
    """Gives the coder that is mapped over arrays of these further dimensions, before those that it has; raises NetError."""
    if not coder.encodes:
        shape = coder.port.shape
        return coder if shape is None else with_parameter(coder, "InputDepth", len(shape) + len(lengths))
    _, _, options = specification_parts("NetEncoder", coder.specification)
    given = options.get("Dimensions", list_of())
    return with_parameter(coder, "Dimensions", list_of(*lengths, *(elements(given) if is_list(given) else (given,))))


def with_parameter(coder: Coder, name: str, value: Term) -> Coder:
    """Gives the coder made anew with another argument or option; raises NetError."""
    kind, head = coder.kind, head_of(coder)
    _, arguments, options = specification_parts(head, coder.specification)
    places = kind.arguments
    if name in places:
        index = places.index(name)
        arguments += [S.Automatic] * (index + 1 - len(arguments))
        arguments[index] = value
    elif name in kind.options or name == GENERAL[head]:
        options = {**options, name: value}
    else:
        shown = ", ".join(dict.fromkeys((*places, *kind.options, GENERAL[head])))
        raise NetError(
            f"`1` is not a parameter of this coder that can be replaced; those are {shown}",
            tag="part", kind="NetReplacePart", terms=(name,),
        )  # fmt: skip
    return made_of(head, kind.name, arguments, options, coder.settings["apply"])
