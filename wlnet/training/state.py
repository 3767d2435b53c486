"""The state of a training: private arrays, the optimizer's slabs, plans, random generators."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.compute.numpy_ops import numpy_ops
from wlnet.compute.threads import in_threads, threads
from wlnet.nets.arrays import Key, Shared, freeze
from wlnet.nets.constraints import Function, projection, said
from wlnet.nets.net import Net
from wlnet.nets.structure import position_text
from wlnet.plans import Plan, trace
from wlnet.plans.execute import Run
from wlnet.plans.padded_run import NotPadded
from wlnet.plans.padding import trace_padded
from wlnet.plans.shares import suits_threads
from wlnet.training.data import Data, Group
from wlnet.training.losses import INNER, TrainingNet, inner_key
from wlnet.training.meter import Meter
from wlnet.training.method import Method
from wlnet.training.runner import Runner
from wlnet.training.slabs import Treatment, make_slabs
from wlnet.training.update_schedule import UpdateSchedule

#: Plans that are kept at a time, and the bytes that they may take together; each holds the memory of all its steps.
PLANS = 32
MEMORY = 1 << 30


class NotFinite(Exception):
    """A loss or a gradient that is not a number; the text says where it first appears. The arrays are still good."""


@dataclass(frozen=True, slots=True)
class Step:
    """The latest batch: its examples, the loss of each of them in the order of `indices`, and key of an array
    of the net (without losses) → its gradient before it was clipped.
    """

    data: Data
    indices: np.ndarray
    losses: np.ndarray
    gradients: Mapping[Key, np.ndarray]


class TrainingState:
    """What a training changes. Two states made alike and led through the same batches are equal to the bit.

    schedule: whose turn it is in which step; meter: what is measured in training; plans: how many are kept; function:
    applies a function of the language that constrains an array. remembers: whether `latest` is kept.
    """

    def __init__(
        self,
        training: TrainingNet,
        method: Method,
        treatments: Mapping[Key, Treatment],
        seed: Any,
        dtype: Any,
        *,
        schedule: UpdateSchedule | None = None,
        meter: Meter | None = None,
        plans: int = PLANS,
        function: Function | None = None,
        remembers: bool = False,
    ) -> None:
        self.training = training
        self.method = method
        self.schedule = schedule
        self.meter = meter
        self.plans = plans
        self.remembers = remembers
        self.latest: Step | None = None
        self.rate = method.rate
        self.steps = 0
        self.order = seeded(seed, "order")
        self.random = seeded(seed, "layers")
        net = training.net
        self.arrays: dict[Key, np.ndarray] = {
            key: np.array(value, dtype, order="C") for key, value in net.store.items()
        }
        moving = {key for key, places in net.positions.items() if not is_trained(net, places[0])}
        live = {key: array for key, array in self.arrays.items() if treatments[key].multiplier and array.size}
        self.slabs = make_slabs({key: live[key] for key in live if key not in moving}, treatments, method.optimizer)
        for slab in self.slabs:
            self.arrays.update(slab.arrays)
        self.trained = [key for slab in self.slabs for key in slab.arrays]
        self.moving = {key: treatments[key].groups for key in live if key in moving}
        self.projections = [
            (self.arrays[key], projection(constraint, function))
            for key in self.trained
            if (constraint := said(net, key, "constraint")) is not None
        ]
        if meter is not None:
            meter.values = self.arrays
        self.runners: OrderedDict[Any, Runner] = OrderedDict()
        self.pads = True
        """Whether the net may have plans for padded sequences; False once it turned out that it has none."""
        self.is_shared: bool | None = None
        """Whether several threads take a share of each batch; None until there is a plan to tell."""

    def step(self, data: Data, indices: np.ndarray) -> float:
        """Trains on one batch; gives its loss before the step. Raises NotFinite before any array has changed."""
        groups, total, loss = self.groups(data, indices, training=True), len(indices), 0.0
        groups = self.shares(data, groups[0]) if len(groups) == 1 else groups
        only = len(groups) == 1
        plans: list[tuple[Plan, float]] = []
        each: dict[int, float] = {}
        for number, (runner, group, part, gradients) in enumerate(self.passes(data, groups, total)):
            loss += part
            if self.remembers:
                each.update(zip(group.indices.tolist(), runner.example_losses().tolist(), strict=True))
            for slab in self.slabs:
                slab.collect(gradients, only=only, first=not number)
            plans.append((runner.plan, len(group.indices) / total))
        if loss - loss != 0.0 or not all(slab.is_finite for slab in self.slabs):
            raise NotFinite(self.explain(data, data.groups(indices)))
        if self.remembers:
            pairs = (pair for slab in self.slabs for pair in slab.gradients())
            gradients_of_net = {
                inner_key(key): part for key, part in pairs if isinstance(key, Shared) or key[0] == INNER
            }
            self.latest = Step(data, indices, np.array([each[n] for n in indices.tolist()]), gradients_of_net)
        turn = 0 if self.schedule is None else self.schedule.turn(self.steps)
        self.steps += 1
        options = self.method.options
        for slab in self.slabs:
            if slab.is_in(turn):
                slab.apply(self.rate, options)
        for array, project in self.projections:
            project(array)
        if self.moving:
            self.move(plans, turn)
        return loss

    def passes(
        self, data: Data, groups: list[Group], total: int
    ) -> Iterator[tuple[Runner, Group, float, Mapping[Key, np.ndarray]]]:
        """Yields each group with its plan, the sum of its losses divided by `total`, and the gradients of that.

        The shares of a batch go through at once.
        """
        if not groups[0].share:
            for group in groups:
                runner = self.runner(data, group, training=True)
                loss = runner.loss(data, group.indices, total, self.meter)
                yield runner, group, loss, runner.plan.backward(runner.seeds)
            return
        runners = [self.runner(data, group, training=True) for group in groups]
        for runner, group in zip(runners, groups, strict=True):
            runner.read(data, group.indices, total)
        found: dict[int, Any] = {}

        def run(number: int) -> None:
            runner = runners[number]
            found[number] = runner.run(), runner.plan.backward(runner.seeds)

        in_threads(run, range(len(groups)))
        for number, (runner, group) in enumerate(zip(runners, groups, strict=True)):
            if self.meter is not None:
                runner.measure(self.meter, data, group.indices)
            yield runner, group, *found[number]

    def shares(self, data: Data, group: Group) -> list[Group]:
        """Gives a batch as shares of several threads where its plan suits that, else the batch; padded ones are not shared."""
        count = min(threads(), len(group.indices), self.plans)
        if self.is_shared is None:
            self.is_shared = count > 1 and suits_threads(self.runner(data, group, training=True).plan, count)
            if self.is_shared:
                self.runners.clear()
        if not self.is_shared or count < 2 or group.length:
            return [group]
        parts = np.array_split(group.indices, count)
        return [group._replace(indices=part, share=number) for number, part in enumerate(parts, 1)]

    def move(self, plans: list[tuple[Plan, float]], turn: int) -> None:
        """Takes over the moving statistics of a batch: of several plans, their mean with these weights."""
        found = [(plan.updated(), share) for plan, share in plans]
        for key, groups in self.moving.items():
            if key in found[0][0] and (groups is None or turn in groups):
                np.copyto(self.arrays[key], sum(values[key] * share for values, share in found), casting="same_kind")

    def mean_loss(self, data: Data, size: int, meter: Meter | None = None) -> float:
        """Gives the mean loss over all examples, evaluated as after training; the meter takes its measurements."""
        return sum(
            self.runner(data, group, training=False).loss(data, group.indices, data.count, meter)
            for indices in data.batches(size)
            for group in self.groups(data, indices, training=False)
        )

    def groups(self, data: Data, indices: np.ndarray, *, training: bool) -> list[Group]:
        """Gives a batch in groups that plans can take: one where sequences of many lengths can be padded."""
        if self.pads and data.knows_lengths(indices):
            group = data.padded(indices)
            try:
                self.runner(data, group, training=training)
                return [group]
            except NotPadded:
                self.pads = False
        return data.groups(indices)

    def runner(self, data: Data, group: Group, *, training: bool) -> Runner:
        """Gives the plan for groups of these dimensions; the least recently used one goes when there are many."""
        signature = (training, len(group.indices), group.shapes, group.length, group.share)
        found = self.runners.get(signature)
        if found is None:
            before = self.random.bit_generator.state
            try:
                found = self.runners[signature] = self.new_runner(data, group, training=training)
            finally:
                # What a step draws must not depend on whether its plan is new: a training that goes on traces it again.
                self.random.bit_generator.state = before
            self.make_room()
        elif len(self.runners) > 1:
            self.runners.move_to_end(signature)
        return found

    def make_room(self) -> None:
        """Lets go of the plans used least recently where there are many, or they take much memory."""
        taken = sum(runner.plan.nbytes for runner in self.runners.values())
        while len(self.runners) > self.plans or (len(self.runners) > 1 and taken > MEMORY):
            _, gone = self.runners.popitem(last=False)
            taken -= gone.plan.nbytes

    def new_runner(self, data: Data, group: Group, *, training: bool) -> Runner:
        """Gives a new plan for groups of these dimensions; raises NotPadded where padded ones have none."""
        losses = self.training.losses
        inputs = data.take(group.indices, None, group.length)
        settings: dict[str, Any] = {
            "outputs": tuple(losses),
            "places": () if self.meter is None else self.meter.places,
            "training": training,
            "random": self.random if training else None,
        }
        net = self.training.net
        padded: dict[Any, int] = {}
        if group.length:
            assert data.lengths is not None
            lengths = data.lengths[group.indices]
            plan, padded = trace_padded(net, self.arrays, inputs, lengths, data.sequences, **settings)
            if not padded.keys().isdisjoint(losses):
                raise NotPadded("a loss for each step")
        else:
            plan = trace(net, self.arrays, inputs, len(group.indices), **settings)
        if training:
            plan.differentiate(losses, [key for key in self.trained if key in plan.arrays])
        return Runner(plan, inputs, losses, group.length, padded)

    def net(self) -> Net:
        """Gives the net without its losses, as it is now; its arrays are copies."""
        return self.whole_net().child((INNER,))

    def whole_net(self) -> Net:
        """Gives the net with its losses, as it is now; its arrays are copies."""
        net = self.training.net
        return Net(net.structure, net.store.with_arrays({k: freeze(v.copy()) for k, v in self.arrays.items()}))

    def explain(self, data: Data, groups: list[Group]) -> str:
        """Gives a text that names the first layer that gives something that is not a number, or else the array."""
        net = self.training.net
        for group in groups:
            run = Run(
                numpy_ops, self.arrays.__getitem__, len(group.indices), training=True, random=self.random, values={}
            )
            run.net(net.structure, data.take(group.indices))
            for (path, port), value in (run.values or {}).items():
                if not np.isfinite(value).all():
                    inner = path[1:] if path[:1] == (INNER,) else path
                    where = f"layer {position_text(inner)} ({net.structure.at(path).kind.name})" if inner else "the net"
                    return f'the output "{port}" of {where} is not finite'
        for slab in self.slabs:
            key = slab.not_finite()
            if key is not None:
                place = net.positions[key][0]
                place = place[1:] if place[0] == INNER else place
                return f"the gradient of the array at {position_text(place)} is not finite"
        return "the loss is not finite"


def is_trained(net: Net, position: tuple[str, ...]) -> bool:
    """Tells whether gradients train the array at a position."""
    structure = net.structure.at(position[:-1])
    declared = structure.kind.array_slots(structure.settings).get(position[-1])
    return declared is None or declared.trainable


def seeded(seed: Any, purpose: str) -> np.random.Generator:
    """Gives a generator for one purpose (None: from the system's entropy)."""
    if seed is None:
        return np.random.default_rng()
    return np.random.Generator(np.random.PCG64([zlib.crc32(text.encode()) for text in (str(seed), purpose)]))
