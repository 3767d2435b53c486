"""Inference of dimensions over a whole net, in both directions.

Every port and array is a variable; connections, and the names of shared arrays, make variables one. Each layer solves
its notation whenever a variable that it touches has changed, until nothing changes.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from wlnet.errors import DimensionError, NetError
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.dimensions import VARYING, Disagreement, Port, Shape, is_known, show, size, unify
from wlnet.nets.kinds import Kind
from wlnet.nets.misfits import Misfits
from wlnet.nets.notation import Bindings, Pattern, bind, express, parse_pattern, parse_ports, solve_patterns
from wlnet.nets.structure import End, Path, Slot, Structure, position_text
from wlnet.nets.views import step_patterns, steps

Place = tuple[Path, str, str]
"""A variable: the path of a net, "port", "output" (of a net with an input of that name) or "array", and a name."""


#: The sides of the layers at the two ends of an edge.
FLOW = ("outputs", "inputs")


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


class Leaf:
    """A layer in the net to be solved: its patterns, each with its variable."""

    __slots__ = ("path", "patterns", "queued", "structure", "variables")

    def __init__(self, path: Path, structure: Structure) -> None:
        self.path = path
        self.structure = structure
        self.queued = False
        self.patterns: list[Pattern] = []
        self.variables: list[int] = []

    def start(self) -> Bindings:
        """Gives what the layer's settings say of the names in its notation."""
        settings = self.structure.settings
        known: Bindings = {}
        for pattern in self.patterns:
            for kind, value in pattern.items:
                if kind == "literal":
                    continue
                setting = settings.get(value)
                if setting is not None:
                    known[value if kind == "one" else "..." + value] = setting
        return known


class Inference:
    """One run of inference over a net."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.numbers: dict[Place, int] = {}
        self.places: list[Place] = []
        self.parents: list[int] = []
        self.shapes: list[Shape] = []
        self.origins: list[Place] = []
        self.touching: dict[int, list[Leaf]] = {}
        self.leaves: list[Leaf] = []
        self.queue: deque[Leaf] = deque()
        self.refined: dict[Any, Structure] = {}
        self.limits: list[tuple[int, int]] = []
        self.misfits = Misfits(self)
        self._collect()

    # Variables

    def variable(self, place: Place) -> int:
        number = self.numbers.get(place)
        if number is None:
            number = self.numbers[place] = len(self.parents)
            self.places.append(place)
            self.parents.append(number)
            self.shapes.append(None)
            self.origins.append(place)
        return number

    def root(self, number: int) -> int:
        parents = self.parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(self, a: int, b: int) -> None:
        a, b = self.root(a), self.root(b)
        if a != b:
            self.parents[b] = a

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

    # Building

    def _collect(self) -> None:
        joins: list[tuple[int, int]] = []
        shared: dict[str, int] = {}
        said: dict[tuple[str, str], tuple[Any, Place]] = {}
        known: list[tuple[Place, Shape]] = []
        for path, structure in self.structure.walk():
            for side, name, port in structure.ports():
                place = port_place(path, structure, side, name)
                self.variable(place)
                if port.shape is not None:
                    known.append((place, port.shape))
                if port.limit is not None:
                    self.limits.append((self.numbers[place], port.limit))
            for name, slot in structure.slots.items():
                place = (path, "array", name)
                number = self.variable(place)
                if slot.shape is not None:
                    known.append((place, slot.shape))
                if slot.shared is not None:
                    self._agree(slot, place, said)
                    base = shared.get(slot.shared)
                    if base is None:
                        base = shared[slot.shared] = self.variable(((), "shared array", slot.shared))
                    if slot.view is None:
                        joins.append((base, number))
                    else:
                        self._look(path, name, slot, base, number)
            self._name_lengths(path, structure)
            for edge in structure.edges:
                source, target = (self._end(path, structure, end, side) for end, side in zip(edge, FLOW, strict=True))
                joins.append((source, target))
            if structure.is_leaf:
                self.leaves.append(self._leaf(path, structure))
            elif structure.kind.inner is not None:
                self.leaves.append(self._operator(path, structure))
        for a, b in joins:
            self.join(a, b)
        for leaf in self.leaves:
            leaf.queued = True
            self.queue.append(leaf)
            for number in leaf.variables:
                self.touching.setdefault(self.root(number), []).append(leaf)
        for place, shape in known:
            self.learn(place, shape)

    def _look(self, path: Path, name: str, slot: Slot, number: int, last: int) -> None:
        """Adds the constraints between a shared array and the dimensions in which a layer sees it, a step each."""
        taken = steps(slot.view)
        for index, step in enumerate(taken, 1):
            after = last if index == len(taken) else self.variable((path, f"view {index}", name))
            view = step[1] if step[0] == "Reshape" else None
            leaf = Leaf(path, Structure(VIEW, {"name": slot.shared, "view": view}))
            leaf.patterns = [parse_pattern(text) for text in step_patterns(step)]
            leaf.variables = [number, after]
            self.leaves.append(leaf)
            number = after

    def _name_lengths(self, path: Path, structure: Structure) -> None:
        """Adds the constraint that lengths of one name are equal at all ports of a net."""
        named = [(side, name, port) for side, name, port in structure.ports() if port.lengths]
        names = [label for _, _, port in named for label in port.lengths if label]
        if len(set(names)) < len(names):
            leaf = Leaf(path, Structure(LENGTHS))
            for number, (side, name, port) in enumerate(named):
                labels = enumerate(port.lengths)
                leaf.patterns.append(parse_pattern(" ".join(label or f"Any{number}_{at}" for at, label in labels)))
                leaf.variables.append(self.variable(port_place(path, structure, side, name)))
            self.leaves.append(leaf)

    def _agree(self, slot: Slot, place: Place, said: dict[tuple[str, str], tuple[Any, Place]]) -> None:
        """Raises NetError where a use of a shared array says something else of its training than one before."""
        for what in ("trainable", "constraint"):
            value = getattr(slot, what)
            if value is None:
                continue
            before, (path, _, name) = said.setdefault((slot.shared or "", what), (value, place))
            if before != value:
                raise NetError(
                    f'the shared array NetArray["{slot.shared}"] has another "{what.capitalize()}" at '
                    f"{position_text((*path, name))} than at {position_text((*place[0], place[2]))}; all uses of one name "
                    "are one array: let only one of them say it, or give one another name",
                    tag="shprop",
                    kind=self.structure.kind.name,
                )

    def _end(self, path: Path, structure: Structure, end: End, side: str) -> int:
        """Gives the variable of an end of an edge that leads from the port of one side to one of the other."""
        if end.child is None:
            return self.variable(port_place(path, structure, "inputs" if side == "outputs" else "outputs", end.port))
        return self.variable(port_place((*path, end.child), structure.children[end.child], side, end.port))

    def _leaf(self, path: Path, structure: Structure) -> Leaf:
        leaf = Leaf(path, structure)
        inputs, outputs = parse_ports(structure.kind.port_notation(structure.settings))
        for side, patterns in (("inputs", inputs), ("outputs", outputs)):
            for name, pattern in patterns.items():
                if name in getattr(structure, side):
                    leaf.patterns.append(pattern)
                    leaf.variables.append(self.variable(port_place(path, structure, side, name)))
        arrays = structure.kind.array_slots(structure.settings)
        for name in structure.slots:
            leaf.patterns.append(parse_pattern(arrays[name].dimensions))
            leaf.variables.append(self.variable((path, "array", name)))
        return leaf

    def _operator(self, path: Path, structure: Structure) -> Leaf:
        """Gives the constraint between the ports of an operator and those of the nets inside it, in their order."""
        leaf = self._leaf(path, structure)
        led = {end for edge in structure.edges for end in edge}
        for name, notation in structure.kind.inner_notation(structure.settings).items():
            child = structure.children[name]
            for side, patterns in zip(("inputs", "outputs"), parse_ports(notation), strict=True):
                own = [port for port in getattr(child, side) if (name, port) not in led]
                for pattern, port in zip(patterns.values(), own, strict=True):
                    leaf.patterns.append(pattern)
                    leaf.variables.append(self.variable(port_place((*path, name), child, side, port)))
        return leaf

    # Solving

    def run(self, choose: bool) -> Structure:
        self._settle()
        if self.limits:
            self._learn_limits()
        if choose:
            for leaf in self.leaves:
                self._solve(leaf, choose=True)
                self._settle()
        return self._rebuild((), self.structure)

    def _learn_limits(self) -> None:
        """Takes unknown dimensions that are the limits of integers, such as the number of classes of an encoder."""
        limits = {self.root(number): limit for number, limit in self.limits}
        self._pass_limits(limits)
        for leaf in self.leaves:
            for name, (other, axis, *extra) in leaf.structure.kind.limits.items():
                limit = limits.get(self.root(self.variable((leaf.path, "port", name))))
                place = limiting_place(leaf.path, leaf.structure, other)
                shape = self._shape(place)
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

    # Writing back

    def _rebuild(self, path: Path, structure: Structure) -> Structure:
        if not structure.is_leaf:
            return self._refined(path, structure)
        # Equal layers with equal dimensions become one again: a thousand copies cost hardly more than one.
        ports = [self._shape(port_place(path, structure, side, name)) for side, name, _ in structure.ports()]
        key = id(structure), tuple(ports), tuple(self._shape((path, "array", name)) for name in structure.slots)
        found = self.refined.get(key)
        if found is None:
            found = self.refined[key] = self._refined(path, structure)
        return found

    def _refined(self, path: Path, structure: Structure) -> Structure:
        """Gives a net with the shapes that were found."""
        children = {name: self._rebuild((*path, name), child) for name, child in structure.children.items()}
        changes: dict[str, Any] = {}
        if any(children[name] is not child for name, child in structure.children.items()):
            changes["children"] = children
        for side in ("inputs", "outputs"):
            ports: Mapping[str, Port] = getattr(structure, side)
            made = {
                name: port.with_shape(self._shape(port_place(path, structure, side, name)))
                for name, port in ports.items()
            }
            for name in structure.kind.limits:
                if name in made and made[name].element == "Integer":
                    made[name] = self._limited(path, structure, name, made[name])
            made = {name: self._from_children(structure, children, side, name, port) for name, port in made.items()}
            if any(made[name] is not port for name, port in ports.items()):
                changes[side] = made
        slots = {}
        for name, slot in structure.slots.items():
            shape = self._shape((path, "array", name))
            slots[name] = slot if shape == slot.shape else replace(slot, shape=shape)
        if any(slots[name] is not slot for name, slot in structure.slots.items()):
            changes["slots"] = slots
        return replace(structure, **changes) if changes else structure

    def _shape(self, place: Place) -> Shape:
        return self.shapes[self.root(self.numbers[place])]

    def _limited(self, path: Path, structure: Structure, name: str, port: Port) -> Port:
        """Gives a port of integers with the limit that follows from the dimension of another port or of an array: it
        counts what is there, from 1.
        """
        other, axis, *extra = structure.kind.limits[name]
        shape = self._shape(limiting_place(path, structure, other))
        dimension = shape[axis] if shape else None
        limit = dimension - sum(extra) if isinstance(dimension, int) else port.limit
        return replace(port, limit=limit, least=1) if (limit, 1) != (port.limit, port.least) else port

    @staticmethod
    def _from_children(
        structure: Structure, children: Mapping[str, Structure], side: str, name: str, port: Port
    ) -> Port:
        """Gives a container's port with what the child's port behind it knows besides the shape."""
        if not children or (port.coder is not None and port.element != "Real"):
            return port
        for edge in structure.edges:
            outer, inner = (edge.source, edge.target) if side == "inputs" else (edge.target, edge.source)
            if outer.child is None and outer.port == name and inner.child is not None:
                ports = children[inner.child].inputs if side == "inputs" else children[inner.child].outputs
                behind = ports[inner.port]
                made = replace(behind, shape=port.shape, coder=port.coder or behind.coder, lengths=port.lengths)
                if side == "inputs":
                    made = restricted(made, structure.declared.get(name))
                return port if made == port else made
        return port


def port_place(path: Path, structure: Structure, side: str, name: str) -> Place:
    """Gives the place of a port, "inputs" or "outputs" saying on which side of the net it is."""
    return path, "output" if side == "outputs" and name in structure.inputs else "port", name


def restricted(port: Port, declared: Port | None) -> Port:
    """Gives a port with the integers that its maker declared, as far as the layer behind it takes them."""
    if declared is None or declared.element != "Integer":
        return port
    limits = [limit for limit in (port.limit, declared.limit) if limit is not None]
    least = max(port.least, declared.least) if port.element == "Integer" else declared.least
    return replace(port, element="Integer", limit=min(limits, default=None), least=least)


def limiting_place(path: Path, structure: Structure, name: str) -> Place:
    """Gives the place of the array or port of a layer whose dimension is the limit of the integers at another port."""
    return path, "array" if name in structure.slots else "port", name


def solve_view(settings: Mapping[str, Any], known: Bindings) -> None:
    """Raises DimensionError where a shared array has not as many numbers as the dimensions in which a layer sees it."""
    shape, view = known.get("...s"), settings.get("view")
    if view is not None and is_known(shape) and size(shape) != size(view):
        raise DimensionError(
            f'the shared array NetArray["{settings["name"]}"] has dimensions {show(shape)}, {size(shape)} numbers, which '
            f'cannot be seen as {show(view)}, {size(view)} numbers; change its "View", or give it another name',
            tag="shdims",
        )


#: Stands for the kind of a layer where a shared array is seen through a view.
VIEW = Kind("NetArray", "", infer, solve=solve_view)
#: Stands for the kind of a layer where lengths of a net have names.
LENGTHS = Kind("lengths", "", infer)
