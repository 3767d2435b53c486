"""NetFoldOperator: a net that is applied to one element of a sequence after another, and keeps a state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.operators import Apply
from wlnet.nets.dimensions import show


def fold_ports(settings: Mapping[str, Any]) -> str:
    feedback, constants = settings.get("feedback") or (), settings.get("constants") or ()
    fed = {target: source for source, target in feedback}
    left = []
    for name in settings.get("inputs") or ():
        if name in fed:
            left.append(f"{name}: ...{fed[name]}")
        else:
            left.append(f"{name}: {'' if name in constants else 't'} ...{name}_in")
    right = [f"{name}: t ...{name}" for name in settings.get("chosen") or ()]
    right += [f"{target}: ...{source}" for source, target in feedback]
    return ", ".join(left) + " -> " + ", ".join(right)


def fold_states(settings: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(target for _, target in settings.get("feedback") or ())


def fold_inner(settings: Mapping[str, Any]) -> dict[str, str]:
    fed = {target: source for source, target in settings["feedback"]}
    left = ", ".join(f"{name}: ...{fed[name] if name in fed else name + '_in'}" for name in settings["inputs"])
    return {"Net": left + " -> " + ", ".join(f"{name}: ...{name}" for name in settings["outputs"])}


def folded_names(call: Call) -> tuple[dict[str, str], list[str]]:
    """Gives, of a fold, input → output that is fed back to it, and the inputs that take the elements of a sequence."""
    fed = {target: source for source, target in call["feedback"]}
    return fed, [name for name in call["inputs"] if name not in fed and name not in call["constants"]]


def first_states(
    call: Call, apply: Apply, given: dict[str, Any], fed: Mapping[str, str], mapped: list[str]
) -> dict[str, Any]:
    """Gives the inputs of a fold with its states: zeros where none is given."""
    first = given[mapped[0]]
    for name in fed:
        if given.get(name) is None:
            shape = apply.shape("Net", name)  # type: ignore[attr-defined]
            given[name] = np.zeros((call.batch, *(first.shape[2:] if shape is None else shape)), first.dtype)
    return given


@layer(
    "NetFoldOperator",
    category="Operators",
    ports=fold_ports,
    inner=fold_inner,
    states=fold_states,
)
def net_fold_operator(call: Call, apply: Apply, *inputs: Any) -> Any:
    """NetFoldOperator[net] applies a net along a sequence, its "Output" fed back to its "State" at every step.
    NetFoldOperator[net, {"out" -> "in", …}] feeds these outputs back to these inputs.
    NetFoldOperator[net, feedback, {"const", …}] gives some inputs as they are to every step.
    NetFoldOperator[net, feedback, consts, {"out", …}] gives the sequences of these outputs only.

    Details: The state begins as zeros, or as what a NetGraph connects to the port named after the input that is fed; the
    output port of that name gives the last state. Where the dimensions of a state do not follow from the net inside, it
    has those of an element of the first sequence.

    Examples:
        >> sum = NetFoldOperator[FunctionLayer[#Input + #State &, "Input" -> 1, "State" -> 1]];
        >> sum[{{1.}, {2.}, {3.}}]
        = {{1.}, {3.}, {6.}}
        >> NetFoldOperator[ThreadingLayer[#Input + #State &]][{{1.}, {2.}, {3.}}]
        = {{1.}, {3.}, {6.}}
        >> NetGraph[{sum}, {NetPort[{1, "State"}] -> NetPort["Last"]}][{{1.}, {2.}}, "Last"]
        = {3.}
        >> NetFoldOperator[FunctionLayer[<|"Output" -> #a + #b + #h|> &, "a" -> 1, "b" -> 1, "h" -> 1],
        {"Output" -> "h"}, {"b"}][<|"a" -> {{1}, {2}}, "b" -> {10}|>]
        = {{11.}, {23.}}
    Options: LearningRateMultipliers:
        >> Head[NetFoldOperator[FunctionLayer[#Input + #State &], LearningRateMultipliers -> 0]]
        = NetFoldOperator
    Possible issues:
        >> NetFoldOperator[LinearLayer[2]]
        = $Failed
        message: NetFoldOperator::noport
        >> NetFoldOperator[NetGraph[{CatenateLayer[]}, {{NetPort["Input"], NetPort["State"]} -> 1}]][{{1.}, {2.}}]
        = $Failed
        message: NetFoldOperator::dims
    Source: https://reference.wolfram.com/language/ref/NetFoldOperator.html
    """
    ops = call.ops
    names, chosen = call["inputs"], call["chosen"]
    fed, mapped = folded_names(call)
    given = first_states(call, apply, dict(zip(names, inputs, strict=True)), fed, mapped)
    length = given[mapped[0]].shape[1]
    sequences: dict[str, list[Any]] = {name: [] for name in chosen}
    for step in range(length):
        now = [ops.part(given[name], index=(slice(None), step)) if name in mapped else given[name] for name in names]
        results = dict(zip(call["outputs"], apply("Net", *now), strict=True))
        for target, source in fed.items():
            if results[source].shape != given[target].shape:
                raise DimensionError(
                    f'the state "{target}" of dimensions {show(given[target].shape[1:])} becomes one of '
                    f'{show(results[source].shape[1:])}; say what it is by the port "{target}" -> … of the net inside'
                )
            given[target] = results[source]
        for name in chosen:
            sequences[name].append(results[name])
    stacked = [ops.stack(*sequences[name], axis=1) for name in chosen]
    return (*stacked, *(given[target] for _, target in call["feedback"]))
