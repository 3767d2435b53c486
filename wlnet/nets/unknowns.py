"""The unknowns of a net: a variable for each port and array, and the layers between which they stand.

Connections, and the names of shared arrays, make variables one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError, NetError
from wlnet.nets.dimensions import Shape, is_known, show, size
from wlnet.nets.kinds import Kind
from wlnet.nets.notation import Bindings, Pattern, parse_pattern, parse_ports
from wlnet.nets.structure import End, Path, Slot, Structure, position_text
from wlnet.nets.views import step_patterns, steps

Place = tuple[Path, str, str]
"""A variable: the path of a net, "port", "output" (of a net with an input of that name) or "array", and a name."""

#: The sides of the layers at the two ends of an edge.
FLOW = ("outputs", "inputs")


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


class Unknowns:
    """The variables of a net, each with its shape as far as it is known and the place that said so first.

    leaves: what is to be solved. known: the shapes that the net itself says. limits: (variable, limit) of integers.
    """

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.numbers: dict[Place, int] = {}
        self.places: list[Place] = []
        self.parents: list[int] = []
        self.shapes: list[Shape] = []
        self.origins: list[Place] = []
        self.leaves: list[Leaf] = []
        self.known: list[tuple[Place, Shape]] = []
        self.limits: list[tuple[int, int]] = []
        self._collect()

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

    def shape(self, place: Place) -> Shape:
        return self.shapes[self.root(self.numbers[place])]

    def _collect(self) -> None:
        """Notes all variables, makes those one that are the same, and notes what joins the others."""
        joins: list[tuple[int, int]] = []
        shared: dict[str, int] = {}
        said: dict[tuple[str, str], tuple[Any, Place]] = {}
        for path, structure in self.structure.walk():
            for side, name, port in structure.ports():
                place = port_place(path, structure, side, name)
                self.variable(place)
                if port.shape is not None:
                    self.known.append((place, port.shape))
                if port.limit is not None:
                    self.limits.append((self.numbers[place], port.limit))
            for name, slot in structure.slots.items():
                place = (path, "array", name)
                number = self.variable(place)
                if slot.shape is not None:
                    self.known.append((place, slot.shape))
                if slot.shared is not None:
                    self._agree(slot, place, said)
                    base = shared.get(slot.shared)
                    if base is None:
                        base = shared[slot.shared] = self.variable(((), "shared array", slot.shared))
                    if slot.view is None:
                        joins.append((base, number))
                    else:
                        self._look(path, name, slot, base, number)
            for edge in structure.edges:
                source, target = (self._end(path, structure, end, side) for end, side in zip(edge, FLOW, strict=True))
                joins.append((source, target))
            if structure.is_leaf:
                self.leaves.append(self._leaf(path, structure))
            elif structure.kind.inner is not None:
                self.leaves.append(self._operator(path, structure))
        for a, b in joins:
            self.join(a, b)

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


def port_place(path: Path, structure: Structure, side: str, name: str) -> Place:
    """Gives the place of a port, "inputs" or "outputs" saying on which side of the net it is."""
    return path, "output" if side == "outputs" and name in structure.inputs else "port", name


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
VIEW = Kind("NetArray", "", solve_view, solve=solve_view)
