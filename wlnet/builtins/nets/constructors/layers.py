"""The layers' constructors: every declared kind of layer becomes a built-in of its name."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from typing import Any

from wlnet.builtins.nets.constructors.formulas import formula, slots_of
from wlnet.coders import at_port, load_coders
from wlnet.errors import AlreadyTold, NetError
from wlnet.kernel import BUILTINS, Builtin, Kernel
from wlnet.kernel.calling import option_rules
from wlnet.layers import construct, load_layers
from wlnet.layers.construct import known_options, read_settings
from wlnet.layers.formula import ACTIVATIONS, SPECIAL, UNARY, Formula
from wlnet.nets import KINDS, Kind, Net
from wlnet.nets.containers import SharedValuesWarning
from wlnet.terms import FAILED, Association, Expression, S, Symbol, Term, elements, is_head, is_list, list_of, symbol
from wlnet.terms import attributes as flags

Constructor = Callable[[Kernel, Kind, Sequence[Term], dict[str, Term]], Net]
#: Kinds that are not made from their declaration alone → function(kernel, kind, arguments, options).
CONSTRUCTORS: dict[str, Constructor] = {}


def constructor(*names: str) -> Callable[[Constructor], Constructor]:
    """Declares how nets of these kinds are made (a decorator)."""

    def declare(function: Constructor) -> Constructor:
        for name in names:
            CONSTRUCTORS[name] = function
        return function

    return declare


def declare_layers() -> None:
    """Makes a built-in of every kind of net."""
    load_coders()
    for kind in load_layers().values():
        if symbol(kind.name) not in BUILTINS:
            BUILTINS[symbol(kind.name)] = Builtin(
                kind.name,
                kind.category,
                constructor_of(kind),
                attributes=flags.PROTECTED,
                options={
                    name: S.Automatic if setting is None else setting.shown for name, setting in option_table(kind)
                },
                splits_options=False,
            )


def option_table(kind: Kind) -> list[tuple[str, Any]]:
    return [(name, kind.options.get(name)) for name in known_options(kind)]


def constructor_of(kind: Kind) -> Callable[..., Term | None]:
    def construct_net(kernel: Kernel, *arguments: Term) -> Term | None:
        return make_net(kernel, kind, arguments)

    construct_net.__doc__ = kind.function.__doc__
    construct_net.__module__ = kind.function.__module__
    return construct_net


def make_net(kernel: Kernel, kind: Kind, arguments: Sequence[Term]) -> Net:
    """Gives the net `kind[arguments…]`, options among them; raises NetError."""
    positional, given = split(arguments)
    given = {kind.earlier.get(name, name): term for name, term in given.items()}
    positional = with_named(kind, positional, given)
    options = {name: term if name in kind.options else at_port(name, term) for name, term in given.items()}
    make = CONSTRUCTORS.get(kind.name, make_layer)
    with telling_of_values(kernel):
        return facing_right(make(kernel, kind, positional, options))


def with_named(kind: Kind, positional: tuple[Term, ...], options: dict[str, Term]) -> tuple[Term, ...]:
    """Gives the positional arguments, the next of them taken from the options where they were given by name there."""
    for setting in kind.arguments[len(positional) :]:
        if setting.title not in options:
            break
        positional += (options.pop(setting.title),)
    return positional


def facing_right(net: Net) -> Net:
    """Gives a net, if its inputs have encoders and its outputs decoders at most; raises NetError."""
    structure = net.structure
    for ports, side, wanted in ((structure.inputs, "input", "encoder"), (structure.outputs, "output", "decoder")):
        for name, port in ports.items():
            if port.coder is not None and port.coder.encodes != (wanted == "encoder"):
                article = "an" if wanted == "encoder" else "a"
                raise NetError(
                    f'the port "{name}" is an {side}, which can have {article} {wanted}, but `1` came; '
                    f"Net{wanted.capitalize()}[…] of it gives that which undoes it",
                    tag="port", kind=net.kind.name, terms=(port.coder,),
                )  # fmt: skip
    return net


@contextmanager
def telling_of_values(kernel: Kernel) -> Iterator[None]:
    """Makes messages of the warnings that two values of a shared array met."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SharedValuesWarning)
        yield
    for warning in caught:
        if issubclass(warning.category, SharedValuesWarning):
            label, _, text = str(warning.message).partition(": ")
            name, _, tag = label.partition("::")
            kernel.message(name, tag, text=text)


def split(arguments: Sequence[Term]) -> tuple[tuple[Term, ...], dict[str, Term]]:
    """Parts the trailing rules from the arguments."""
    end = len(arguments)
    while end and is_setting(arguments[end - 1]):
        end -= 1
    options: dict[str, Term] = {}
    for given in arguments[end:]:
        for left, right in option_rules(given):
            options.setdefault(left if type(left) is str else left.name, right)
    return tuple(arguments[:end]), options


def is_setting(term: Term) -> bool:
    """Tells whether a term is a rule for a name: an option, a setting or a port."""
    return (
        type(term) is Expression
        and (term.head is S.Rule or term.head is S.RuleDelayed)
        and len(term.args) == 2
        and type(term.args[0]) in (str, Symbol)
    )


def check_options(kind: Kind, options: Mapping[str, Term], known: Sequence[str]) -> None:
    """Raises NetError for an option that the kind does not have."""
    for name in options:
        if name not in known:
            shown = ", ".join(sorted(known))
            raise NetError(f'there is no option "{name}"; the options are {shown}', tag="optx", kind=kind.name)


def make_layer(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    """Gives a layer made from its declaration."""
    if not options.keys() <= set(known_options(kind)):
        check_options(kind, options, known_options(kind, read_settings(kind, arguments, options)))
    return construct(kind, arguments, options)


@constructor("ElementwiseLayer")
def make_elementwise(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    check_options(kind, options, known_options(kind))
    given = list(arguments)
    if given and type(given[0]) is not str:
        given[0], _ = formula(kernel, given[0], 1)
    return with_terms(construct(kind, given, options), arguments)


@constructor("ThreadingLayer")
def make_threading(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    names: tuple[str, ...] = ()
    count = 0
    given = list(arguments)
    if given:
        function = given[0]
        names, count = slots_of(function)
        if names or count:
            options.setdefault("InputPorts", list_of(*names) if names else count)
        if type(function) is not str or function not in ACTIVATIONS:
            given[0] = lambda inputs: formula(kernel, function, inputs)[0]
    check_options(kind, options, variadic_options(kind, options, names))
    return with_terms(construct(kind, given, options), arguments)


@constructor("CatenateLayer", "DotLayer", "TotalLayer")
def make_variadic(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    check_options(kind, options, variadic_options(kind, options))
    return construct(kind, arguments, options)


@constructor("ParametricRampLayer")
def make_ramp(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    """Makes the layer with a single slope where that is a number."""
    if not arguments and type(options.get("Slope")) in (int, float, Fraction):
        arguments = (list_of(),)
    return make_layer(kernel, kind, arguments, options)


def variadic_options(kind: Kind, options: dict[str, Term], names: Sequence[str] = ()) -> list[str]:
    """Gives the options of a layer with a free number of inputs, whose ports are options too: named ones, or numbered ones.

    "Inputs", the name before 12.2, becomes InputPorts, and so does the highest numbered port where there is neither.
    """
    if "Inputs" in options:
        options["InputPorts"] = options.pop("Inputs")
    numbered = [name for name in options if name.startswith("Input") and name[5:].isdecimal() and name[5] != "0"]
    if numbered and not names:
        options.setdefault("InputPorts", max(int(name[5:]) for name in numbered))
    ports = options.get("InputPorts")
    named = [str(key) for key in ports.keys()] if type(ports) is Association else names  # noqa: SIM118
    listed = [item for item in elements(ports) if type(item) is str] if is_list(ports) else []
    return [*known_options(kind), *named, *listed, *numbered]


def with_terms(net: Net, arguments: Sequence[Term]) -> Net:
    """Gives the net with the terms that it was really made of."""
    return Net(replace(net.structure, arguments=tuple(arguments)), net.store)


def as_layer(kernel: Kernel, term: Term, owner: str) -> Net:
    """Gives the layer that a term in a container stands for: a net, n, a function, "name", a list or an association;
    raises NetError."""
    if isinstance(term, Net):
        return term
    if term is FAILED:
        raise AlreadyTold
    if type(term) is int and term > 0:
        return make_net(kernel, KINDS["LinearLayer"], (term,))
    if is_head(term, S.List) or type(term) is Association:
        return make_net(kernel, KINDS["NetChain"], (term,))
    if owner in THREADING_OWNERS and type(term) is Symbol and term in THREADED_HEADS:
        return make_net(kernel, KINDS["ThreadingLayer"], (term,))
    if type(term) is Symbol or is_head(term, S.Function) or is_head(term, S.Composition):
        names, count = slots_of(term)
        if names or count > 1:
            return make_net(kernel, KINDS["ThreadingLayer"], (term,))
        net = make_net(kernel, KINDS["ElementwiseLayer"], (term,))
        probe(net, term, owner)
        return net
    raise NetError(
        "`1` is not a layer; a layer is a net, an integer n (LinearLayer[n]), a function such as Ramp, "
        "or a list or association of layers (a chain)",
        tag="layer",
        kind=owner,
        terms=(term,),
    )


def probe(net: Net, term: Term, owner: str) -> None:
    """Raises NetError where the function of an ElementwiseLayer cannot be one."""
    function = net.structure.settings["Function"]
    if type(function) is Formula and type(term) is Symbol and is_head(function.body, term, 1) and not can_run(function):
        raise NetError(
            "`1` is not a layer, and not a function that a layer can apply to numbers",
            tag="layer",
            kind=owner,
            terms=(term,),
        )


def can_run(function: Formula) -> bool:
    return function.body.head in UNARY or function.body.head in SPECIAL


#: Where a function such as Plus stands for a ThreadingLayer, as several inputs are possible.
THREADING_OWNERS = frozenset(("NetGraph", "NetMapThreadOperator"))
THREADED_HEADS = frozenset(
    (S.Plus, S.Times, S.Subtract, S.Divide, S.Power, S.Min, S.Max, S.Mod, S.Surd, S.And, S.Or, S.Equal, S.Greater,
     S.GreaterEqual, S.Less, S.LessEqual, S.Unequal)
)  # fmt: skip
declare_layers()
