"""Inference of dimensions over a whole net, in both directions.

Every port and array is a variable (`unknowns`); each layer solves its notation whenever a variable that it touches has
changed, until nothing changes. `misfits` says what does not fit, `refining` writes back what was found.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from wlnet.errors import DimensionError
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.dimensions import VARYING, Disagreement, Shape, unify
from wlnet.nets.misfits import Misfits
from wlnet.nets.notation import Bindings, bind, express, solve_patterns
from wlnet.nets.refining import Refining
from wlnet.nets.structure import Structure
from wlnet.nets.unknowns import Leaf, Place, Unknowns, limiting_place


def infer(structure: Structure, *, choose: bool = False) -> Structure:
    """Gives the structure with every dimension that follows from the others filled in; raises DimensionError.

    With `choose`, ranks that nothing fixes are chosen: an input that a layer flattens becomes a vector.
    """
    with undisturbed():
        return Inference(structure).run(choose)


def infer_with(structure: Structure, arrays: Mapping[Key, tuple[int, ...]]) -> Structure:
    """Infers with the dimensions of some arrays given."""
    if not arrays:
        return structure
    with undisturbed():
        inference = Inference(structure)
        for position, key in structure.keys().items():
            if key in arrays:
                seen = isinstance(key, Shared) and structure.at(position[:-1]).slots[position[-1]].view is not None
                place: Place = ((), "shared array", key.name) if seen else (position[:-1], "array", position[-1])  # type: ignore[union-attr]
                inference.learn(place, arrays[key])
        return inference.run(False)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Holds back Python's garbage collector: in the middle of a large net it would look through everything, for nothing.

    A tenth of the time for 1000 layers, which made the cost grow faster than the net.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class Inference(Unknowns):
    """One run of inference over a net."""

    def __init__(self, structure: Structure) -> None:
        super().__init__(structure)
        self.misfits = Misfits(self)
        self.touching: dict[int, list[Leaf]] = {}
        self.queue: deque[Leaf] = deque()
        for leaf in self.leaves:
            leaf.queued = True
            self.queue.append(leaf)
            for number in leaf.variables:
                self.touching.setdefault(self.root(number), []).append(leaf)
        for place, shape in self.known:
            self.learn(place, shape)

    def learn(self, place: Place, shape: Shape) -> None:
        """Says that the variable at a place has this shape; raises DimensionError if it has another."""
        if shape is None:
            return
        if place[1] == "array" and VARYING in shape:
            raise DimensionError(
                f"{self.misfits.name(place[0])} cannot take a sequence of varying length, because the dimensions of its array "
                f'"{place[2]}" would depend on it; apply it to each element, or give the sequence a fixed length',
                kind=self.structure.kind.name,
            )
        number = self.root(self.numbers[place])
        before = self.shapes[number]
        try:
            after = unify(before, shape)
        except Disagreement:
            raise self.misfits.conflict(place, shape, self.origins[number], before) from None
        if after != before:
            self.shapes[number] = after
            self.origins[number] = place
            for leaf in self.touching.get(number, ()):
                if not leaf.queued:
                    leaf.queued = True
                    self.queue.append(leaf)

    def run(self, choose: bool) -> Structure:
        self._settle()
        if self.limits:
            self._learn_limits()
        if choose:
            for leaf in self.leaves:
                self._solve(leaf, choose=True)
                self._choose_constants(leaf)
                self._settle()
        return Refining(self).rebuilt((), self.structure)

    def _choose_constants(self, leaf: Leaf) -> None:
        """Takes a constant array of unknown rank for one as large as what it is threaded with, which all agree on."""
        if leaf.structure.settings.get("Replication") != "Automatic":
            return
        places: list[Place] = [(leaf.path, "port", name) for name in leaf.structure.inputs]
        known = {shape for shape in map(self.shape, places) if shape is not None}
        if len(known) != 1:
            return
        for place in places:
            touching = self.touching.get(self.root(self.variable(place)), ())
            if self.shape(place) is None and any(not other.structure.inputs for other in touching):
                self.learn(place, next(iter(known)))

    def _learn_limits(self) -> None:
        """Takes unknown dimensions that are the limits of integers, such as the number of classes of an encoder."""
        limits = {self.root(number): limit for number, limit in self.limits}
        self._pass_limits(limits)
        for leaf in self.leaves:
            for name, (other, axis, *extra) in leaf.structure.kind.limits.items():
                limit = limits.get(self.root(self.variable((leaf.path, "port", name))))
                place = limiting_place(leaf.path, leaf.structure, other)
                shape = self.shape(place)
                if limit is not None and shape and shape[axis] is None:
                    learned = list(shape)
                    learned[axis] = limit + sum(extra)
                    self.learn(place, tuple(learned))
        self._settle()

    def _pass_limits(self, limits: dict[int, int]) -> None:
        """Takes limits of integers over layers that pass on numbers as they are, in the direction of the flow."""
        passing = [leaf for leaf in self.leaves if leaf.structure.kind.passes]
        ends = [
            tuple(self.root(self.variable((leaf.path, "port", name))) for name in ("Input", "Output"))
            for leaf in passing
        ]
        found = True
        while found:
            new = {after: limits[before] for before, after in ends if before in limits and after not in limits}
            limits.update(new)
            found = bool(new)

    def _settle(self) -> None:
        while self.queue:
            leaf = self.queue.popleft()
            leaf.queued = False
            self._solve(leaf)

    def _solve(self, leaf: Leaf, choose: bool = False) -> None:
        roots = [self.root(number) for number in leaf.variables]
        found = None
        if leaf.structure.kind.solve is None and not choose:
            shapes = tuple([self.shapes[number] for number in roots])
            found = solve_patterns(tuple(leaf.patterns), tuple(leaf.start().items()), shapes)
        if found is None:
            found = self._solve_step_by_step(leaf, roots, choose)
        for shape, number, variable in zip(found, roots, leaf.variables, strict=True):
            if shape is not None and shape != self.shapes[number]:
                self.learn(self.places[variable], shape)

    def _solve_step_by_step(self, leaf: Leaf, roots: list[int], choose: bool) -> tuple[Shape, ...]:
        """Gives the shapes of a layer's variables as far as they follow; raises DimensionError for the one that misfits."""
        known = leaf.start()
        solve = leaf.structure.kind.solve
        for _ in range(3):
            before = dict(known)
            for pattern, number in zip(leaf.patterns, roots, strict=True):
                try:
                    bind(pattern, self.shapes[number], known)
                except Disagreement:
                    raise self.misfits.misfit(leaf, pattern, number) from None
            if solve is not None:
                self._solve_further(leaf, known)
            if known == before:
                break
        if choose:
            for name in [name for name in known if name.startswith("product ")]:
                known.setdefault("..." + name[8:], (known[name],))
                if known["..." + name[8:]] is None:
                    known["..." + name[8:]] = (known[name],)
        return tuple(express(pattern, known) for pattern in leaf.patterns)

    def _solve_further(self, leaf: Leaf, known: Bindings) -> None:
        solve = leaf.structure.kind.solve
        assert solve is not None
        try:
            solve(leaf.structure.settings, known)
        except Disagreement:
            raise self.misfits.culprit(leaf) from None
        except DimensionError as error:
            text = f"{self.misfits.name(leaf.path)}: {error.message}"
            raise DimensionError(text, tag=error.tag, kind=self.misfits.speaker(leaf)) from None
