"""NetStateObject: a recurrent net that keeps its states from one application to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.nets.apply import evaluation_settings, read_out, split_evaluation
from wlnet.builtins.nets.batches import by_port, inputs_from
from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.ports import state_terms
from wlnet.builtins.nets.states import with_given_states
from wlnet.builtins.nets.surgery.extracting import EXTRACTORS
from wlnet.builtins.nets.text import short_text
from wlnet.errors import NetError
from wlnet.kernel import Kernel, applies, builtin
from wlnet.nets import Net
from wlnet.nets.dimensions import Port, describe
from wlnet.nets.exposing import Place, expose_all
from wlnet.syntax import write
from wlnet.terms import Association, S, Term, elements, expression, is_list, list_of, pack, register, to_list


@dataclass(slots=True, eq=False)
class StateObject:
    """A net and its states now: NetPort[…] → value, of all states that nothing in the net sets."""

    net: Net
    places: dict[Term, Place]
    states: Association


@builtin("NetStateObject", category="Training and evaluation")
def net_state_object(kernel: Kernel, net: Term, seed: Term = S.Automatic) -> Term | None:
    """NetStateObject[net] is a net that keeps its states: applied to data, it goes on from where it was.
    NetStateObject[net, <|NetPort[…] -> state, …|>] begins with these states; others begin as zeros.

    Details: The states are those of NetPort[All, "States"]. Every application of the object changes them, so that equal
    data can give other results. A list of inputs is taken one after another. NetExtract[object, "States"] gives the
    states as they are, NetExtract[object, "Net"] the net. What is wanted, and options, are as for the net itself.

    Examples:
        >> net = BasicRecurrentLayer[1, "InputWeights" -> {{1}}, "StateWeights" -> {{1}}, "Biases" -> {0}, "Input" -> {"Varying", 1}];
        >> obj = NetStateObject[net];
        >> {obj[{{1.}}], obj[{{1.}}]}
        = {{{0.7615942}}, {{0.9426808}}}
        >> net[{{1.}, {1.}}]
        = {{0.7615942}, {0.9426808}}
        >> NetExtract[obj, "States"]
        = <|NetPort["State"] -> {0.9426808}|>
        >> NetStateObject[net, <|NetPort["State"] -> {0.7615942}|>][{{1.}}]
        = {{0.9426808}}
        >> NetStateObject[net][{{{1.}}, {{1.}}}]
        = {{{0.7615942}}, {{0.9426808}}}
        >> sum = NetStateObject[NetFoldOperator[FunctionLayer[#Input + #State &, "Input" -> "Real", "State" -> "Real"]]];
        >> {sum[{1., 2.}], sum[{4.}], StringContainsQ[ToString[sum], "real, norm 7"]}
        = {{1., 3.}, {7.}, True}
        >> file = FileNameJoin[{CreateDirectory[], "x.wlnet"}]; Export[file, sum]; NetExtract[Import[file], "States"]
        = <|NetPort["State"] -> 7.|>
    Possible issues:
        >> NetStateObject[LinearLayer[2, "Input" -> 2]]
        = $Failed
        message: NetStateObject::stateless
        >> NetStateObject[LongShortTermMemoryLayer[Automatic]]
        = $Failed
        message: NetStateObject::unknown
        >> NetStateObject[LongShortTermMemoryLayer[2, "Input" -> {3, 1}], {1, 2}]
        = $Failed
        message: NetStateObject::states
    Source: https://reference.wolfram.com/language/ref/NetStateObject.html
    """
    found = net_argument("NetStateObject", net).complete
    places = state_terms(found)
    if not places:
        raise NetError(
            f"this {found.kind.name} has no state that could be kept: it needs a layer such as LongShortTermMemoryLayer "
            "whose state nothing in the net sets",
            tag="stateless",
        )
    begun = zeros(found, places)
    if seed is S.Automatic:
        return StateObject(found, places, begun)
    if type(seed) is not Association or not all(name in places for name in seed):
        shown = ", ".join(write(name, "InputForm") for name in places)
        raise NetError(
            f"the states to begin with must be an association; the states are {shown}, not `1`",
            tag="states",
            terms=(seed,),
        )
    return StateObject(found, places, begun.with_items(seed.items()))


def state_ports(net: Net, places: dict[Term, Place]) -> dict[Term, Port]:
    """Gives NetPort[…] → what the state is."""
    wide, names, _ = expose_all(net, places.values(), ())
    return {term: wide.complete.structure.inputs[name] for term, name in zip(places, names, strict=True)}


def zeros(net: Net, places: dict[Term, Place]) -> Association:
    """Gives the states that a net begins with: zeros, and empty sequences; raises NetError where the size is unknown."""
    made = []
    for term, port in state_ports(net, places).items():
        if port.shape is None or None in port.shape:
            raise NetError(
                'the dimensions of the state `1` are not known; specify the input of the net, for instance with "Input" -> '
                '{"Varying", n}',
                tag="unknown",
                terms=(term,),
            )
        sizes = [size if isinstance(size, int) else 0 for size in port.shape]
        made.append((term, list_of() if 0 in sizes else pack(np.zeros(sizes))))
    return Association(made)


@applies(StateObject)
def apply_state_object(kernel: Kernel, head: StateObject, arguments: tuple[Term, ...]) -> Term | None:
    """Gives what the net makes of data and the states now, and keeps the states after it."""
    positional, options = split_evaluation(arguments)
    if not 1 <= len(positional) <= 2:
        raise NetError("data and, at most, what to give of them are expected", tag="args", kind="NetStateObject")
    settings = evaluation_settings(kernel, head.net, options)
    wanted = positional[1] if len(positional) > 1 else S.Automatic
    examples, single = one_by_one(head.net, positional[0])
    results = []
    for example in examples:
        net, data = with_given_states(head.net, example.with_items(((STATES, head.states),)))
        value, after = read_out(net, data, wanted, settings, tuple(head.places.values()))
        head.states = Association(zip(head.places, after, strict=True))
        results.append(value)
    return results[0] if single else to_list(results)


STATES = expression("NetPort", S.All, "States")


def one_by_one(net: Net, data: Term) -> tuple[Sequence[Association], bool]:
    """Gives the examples as associations, and whether the data were only one."""
    given = by_port(net, data)
    _, batch = inputs_from(net, data)
    if batch.single:
        return [Association(given.items())], True
    return [
        Association((name, term if batch.data[name].single else elements(term)[index]) for name, term in given.items())
        for index in range(batch.count)
    ], False


def extract_from_object(head: StateObject, name: Term) -> Term:
    """Gives the net or the states of the object; raises NetError."""
    parts: dict[Term, Term] = {"Net": head.net, "States": head.states}
    if name not in ("Net", "States"):
        raise NetError('a NetStateObject has no part `1`; its parts are "Net" and "States"', tag="part", terms=(name,))
    return parts[name]


def object_text(head: StateObject) -> str:
    """Gives the printed form: the net, and what each state is and how large."""
    lines = ["NetStateObject", f"  net    {short_text(head.net)}"]
    for term, port in state_ports(head.net, head.places).items():
        state = head.states.get(term)
        values = np.asarray(elements(state) if is_list(state) else state, float)
        size = f"norm {np.linalg.norm(values):.4g}" if values.size else "empty"
        lines.append(f"  state  {write(term, 'InputForm')}  {describe(port.shape)}, {size}")
    return "\n".join(lines)


EXTRACTORS[StateObject] = extract_from_object
WHOLE[StateObject] = object_text
register(
    StateObject,
    S.NetStateObject,
    full_form=lambda head: expression("NetStateObject", head.net, head.states),
    text=lambda head: f"NetStateObject[{short_text(head.net)}]",
)
