"""Sequences of different lengths in one plan: padded to one length, with what comes of the padding kept out of results.

A padded sequence goes on as it is through layers that give at each step what follows from this step and those before it.
What looks at a whole sequence is told which steps are there. `RULES` says so for each kind of layer; a net with another
one over a padded sequence has no padded plan. Values and gradients are those of the examples one by one, but for rounding.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np

from wlnet.layers.levels import axis_of, places
from wlnet.nets.arrays import Key
from wlnet.nets.net import Net
from wlnet.nets.structure import Path, Structure
from wlnet.plans.padded_run import Given, NotPadded, Outputs, PaddedRun, Plain, Rule
from wlnet.plans.plan import Plan
from wlnet.plans.tracing import trace


def along(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    """For layers that give at each step what follows from this step and those before it."""
    short = run.only_short(inputs.values())
    if set(structure.outputs) != {"Output"}:
        raise NotPadded(structure.kind.name)
    return {"Output": run.marked(plain(structure, inputs, path)["Output"], short)}


def applied_to_each(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    """For operators that apply a net to each step: not if it looks at the whole batch, or at a whole sequence, or nets
    outside see into it.
    """
    statistics = any(
        not array.trainable
        for _, inner in structure.walk()
        for array in inner.kind.array_slots(inner.settings).values()
    )
    if structure.edges or statistics:
        raise NotPadded(structure.kind.name)
    mapped = dict(structure.settings.get("mapped") or ())
    if mapped and any(run.short(value) is not None and not mapped.get(name) for name, value in inputs.items()):
        raise NotPadded("a whole sequence for each step")
    return along(run, structure, inputs, path, plain)


def beside(setting: str, run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    """For layers that work along the level, or the levels, of a setting: if none of these is the sequence."""
    level, rank = structure.settings[setting], max(value.ndim for value in inputs.values())
    if type(level) is int:
        axes = {axis_of(level, rank, structure.kind.name)}
    else:
        axes = {place + 1 for place in places(level, rank - 1)}
    if 1 in axes:
        raise NotPadded(structure.kind.name)
    return along(run, structure, inputs, path, plain)


def attending(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    """For attention: padded keys are hidden from every query; a causal mask hides them from all that count."""
    key, value, query = (run.short(inputs[name]) for name in ("Key", "Value", "Query"))
    is_list_of_vectors = inputs["Key"].ndim == (4 if structure.settings["MultiHead"] else 3)
    if set(structure.outputs) != {"Output"} or key != value or not is_list_of_vectors:
        raise NotPadded(structure.kind.name)
    if structure.settings["Mask"] is not None and key != query:
        raise NotPadded(structure.kind.name)
    if structure.settings["Mask"] is not None:
        return along(run, structure, inputs, path, plain)
    if key is not None:
        floor = run.told("floor", key)
        run.hidden = run.ops.reshape(floor, shape=(floor.shape[0], 1, 1, floor.shape[1]))
    made = plain(structure, inputs, path)["Output"]
    return {"Output": made if query is None else run.marked(made, query)}


def bidirectional(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    short = run.only_short(inputs.values())
    if structure.edges:
        raise NotPadded(structure.kind.name)
    made = plain(structure, inputs, path)["Output"]
    return {"Output": run.marked(made, short) if structure.settings["sequences"] else made}


def last(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    x = inputs["Input"]
    return {"Output": run.rows(x, "last", run.only_short([x]), (x.shape[0],))}


def reversing(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    return {"Output": run.reversed(inputs["Input"])}


def shortened(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    """For layers that take one step off at either end."""
    short = run.only_short(inputs.values()) + 1
    run.told("there", short)  # so that every batch is checked
    return {"Output": run.marked(plain(structure, inputs, path)["Output"], short)}


def aggregated(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    """For sums, means and extremes of numbers, also over the steps."""
    (x,), ops = inputs.values(), run.ops
    short, rank = run.only_short([x]), x.ndim
    function = structure.settings.get("Function", "Total")
    chosen = structure.settings.get("Levels", slice(1, 0))
    axes = tuple(place + 1 for place in places(chosen, rank - 1))
    if 1 not in axes:
        return along(run, structure, inputs, path, plain)
    if function in ("Max", "Min"):
        floor = run.each_step("floor", short, rank)
        hidden = ops.add(x, floor) if function == "Max" else ops.subtract(x, floor)
        return {"Output": getattr(ops, function.lower())(hidden, axes=axes)}
    if function not in ("Mean", "Total"):
        raise NotPadded(structure.kind.name)
    weights = run.each_step("share" if function == "Mean" else "there", short, rank)
    made = ops.sum(ops.multiply(x, weights), axes=axes)
    each = math.prod(x.shape[axis] for axis in axes if axis != 1) if function == "Mean" else 1
    return {"Output": made if each == 1 else ops.multiply(made, np.asarray(1 / each, made.dtype))}


def compared(run: PaddedRun, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
    """For losses that are means over what each step has: the losses of the steps, and their mean over those there are."""
    if any(run.short(value) is None for value in inputs.values()):
        raise NotPadded(structure.kind.name)
    short = run.only_short(inputs.values())
    batch, steps = run.batch, run.steps - short
    flat = {name: run.ops.reshape(value, shape=(batch * steps, *value.shape[2:])) for name, value in inputs.items()}
    losses = run.ops.reshape(plain(structure, flat, path)["Loss"], shape=(batch, steps))
    return {"Loss": run.ops.sum(run.ops.multiply(losses, run.told("share", short)), axes=(1,))}


#: Kind of layer → how it runs on padded sequences.
RULES: dict[str, Rule] = {
    **dict.fromkeys(
        (
            "BasicRecurrentLayer", "DropoutLayer", "ElementwiseLayer", "EmbeddingLayer", "GatedRecurrentLayer",
            "LongShortTermMemoryLayer", "ParametricRampLayer", "SequenceIndicesLayer", "ThreadingLayer", "TotalLayer",
            "UnitVectorLayer",
        ),
        along,
    ),
    **dict.fromkeys(("NetMapOperator", "NetMapThreadOperator"), applied_to_each),
    **dict.fromkeys(("SequenceMostLayer", "SequenceRestLayer"), shortened),
    **dict.fromkeys(("AggregationLayer", "SummationLayer"), aggregated),
    **dict.fromkeys(("CrossEntropyLossLayer", "MeanAbsoluteLossLayer", "MeanSquaredLossLayer"), compared),
    "AttentionLayer": attending,
    "CatenateLayer": partial(beside, "level"),
    "NetBidirectionalOperator": bidirectional,
    "NormalizationLayer": partial(beside, "AggregationLevels"),
    "SequenceLastLayer": last,
    "SequenceReverseLayer": reversing,
    "SoftmaxLayer": partial(beside, "level"),
}  # fmt: skip


def trace_padded(
    net: Net, arrays: Mapping[Key, np.ndarray], inputs: Mapping[str, np.ndarray], lengths: np.ndarray, names: Iterable[str],
    **settings: Any,
) -> tuple[Plan, dict[Any, int]]:  # fmt: skip
    """Gives the plan of a net for inputs of which `names` are padded sequences of these lengths (b,), and its outputs that
    are padded, each with by how many steps it is shorter. settings: what `trace` takes besides.

    The plan has more inputs, (kind, short), whose values `told` gives. Raises NotPadded where the net has no such plan.
    """
    names = tuple(names)
    runs: list[PaddedRun] = []

    def make_run(*given: Any, **more: Any) -> PaddedRun:
        steps = inputs[names[0]].shape[1]
        runs.append(PaddedRun(*given, lengths=lengths, names=names, steps=steps, rules=RULES, **more))
        return runs[0]

    plan = trace(net, arrays, inputs, len(lengths), make_run=make_run, **settings)
    padded = runs[0].padded
    return plan, {name: padded[slot] for name, slot in plan.outputs.items() if slot in padded}
