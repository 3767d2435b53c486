"""What inference says where dimensions do not fit: which two places disagree, in what, and the cure."""

from __future__ import annotations

from wlnet.errors import DimensionError
from wlnet.nets.arrays import Shared
from wlnet.nets.dimensions import Disagreement, Shape, is_known, show, size
from wlnet.nets.notation import Bindings, Pattern, bind, express, outline
from wlnet.nets.structure import Path, Slot, position_text
from wlnet.nets.unknowns import Leaf, Place, Unknowns


class Misfits:
    """The errors of one run of inference."""

    def __init__(self, run: Unknowns) -> None:
        self.run = run

    def culprit(self, leaf: Leaf) -> DimensionError:
        """Gives the error for a layer that cannot be solved: arrays first, the one that the others leave no place for."""
        solve = leaf.structure.kind.solve
        assert solve is not None
        order = sorted(range(len(leaf.variables)), key=lambda i: self.run.places[leaf.variables[i]][1] != "array")
        for index in order:
            number = self.run.root(leaf.variables[index])
            if self.run.shapes[number] is None:
                continue
            known = leaf.start()
            try:
                for pattern, variable in zip(leaf.patterns, leaf.variables, strict=True):
                    if self.run.root(variable) != number:
                        bind(pattern, self.run.shapes[self.run.root(variable)], known)
                solve(leaf.structure.settings, known)
                expected = express(leaf.patterns[index], known)
            except (Disagreement, DimensionError):
                continue
            if expected is None:
                continue
            mine = self.run.places[leaf.variables[index]]
            return self.conflict(mine, expected, self._counterpart(number, leaf, mine), self.run.shapes[number])
        shapes = ", ".join(f"{self.run.places[v][2]} {show(self.run.shapes[self.run.root(v)])}" for v in leaf.variables)
        return DimensionError(
            f"{self.name(leaf.path)}: its dimensions do not fit together: {shapes}", kind=self.speaker(leaf)
        )

    def speaker(self, leaf: Leaf) -> str:
        return self.run.structure.kind.name if leaf.path else leaf.structure.kind.name

    def name(self, path: Path) -> str:
        """Gives a net's name in a message, such as `layer 3 (LinearLayer)`."""
        structure = self.run.structure.at(path)
        if not path:
            return structure.kind.name
        shown = path[0] if len(path) == 1 else "{" + ", ".join(path) + "}"
        return f"layer {shown} ({structure.kind.name})"

    def describe(self, place: Place) -> str:
        path, kind, name = place
        if not path:
            return f'the {kind} "{name}" of the {self.run.structure.kind.name}'
        return f'the {kind} "{name}" of {self.name(path)}'

    def conflict(
        self, place: Place, shape: Shape, other: Place, known: Shape, expected: str | None = None
    ) -> DimensionError:
        """Gives the error for a place that must have one shape, while another place (or a value given) has `known`.

        expected: the shape in words, where there is more to say of it than `shape` can.
        """
        slot = self._slot(place)
        if slot is not None and slot.shared is not None:
            return self._shared_conflict(slot.shared, place, shape, other, known)
        if place == other:
            came = f"but {show(known)} was given"
        else:
            came = f"but {self.describe(other)} has {show(known)}"
        gives, takes = (shape, known) if place[2] in self.run.structure.at(place[0]).outputs else (known, shape)
        return DimensionError(
            f"{self.describe(place)} must have the dimensions {expected or show(shape)}, {came}"
            f"{advice(gives, takes) if place[0] else ''}.",
            kind=self.run.structure.kind.name,
        )

    def _shared_conflict(self, name: str, place: Place, shape: Shape, other: Place, known: Shape) -> DimensionError:
        """Gives the error for two uses of a shared array that disagree, naming both."""
        here = position_text((*place[0], place[2]))
        slot = self._slot(place)
        if slot is not None and slot.view is not None:
            return DimensionError(
                f'the shared array NetArray["{name}"] as it is seen at {here} has dimensions that do not agree: '
                f'{show(known)} and {show(shape)}; change its "View", or give it another name.',
                tag="shdims",
                kind=self.run.structure.kind.name,
            )
        own = (*place[0], place[2])
        uses = [p for p, key in self.run.structure.keys().items() if key == Shared(name) and p != own]
        there = (*other[0], other[2]) if self._slot(other) is not None and other != place else uses[0] if uses else None
        at = "" if there is None else f" at {position_text(there)}"
        return DimensionError(
            f'the shared array NetArray["{name}"] has dimensions {show(known)}{at}, but {here} needs {show(shape)}. '
            f"All uses of one name are one array: give one of them another name{view_advice(name, shape, known)}.",
            tag="shdims",
            kind=self.run.structure.kind.name,
        )

    def misfit(self, leaf: Leaf, pattern: Pattern, number: int) -> DimensionError:
        """Gives the error for a shape that a layer's notation cannot take."""
        shape = self.run.shapes[number]
        variable = leaf.variables[leaf.patterns.index(pattern)]
        for index, candidate in enumerate(leaf.patterns):
            if candidate is pattern and self.run.root(leaf.variables[index]) == number:
                variable = leaf.variables[index]
        mine = self.run.places[variable]
        known = self._known_without(leaf, number)
        other = self._counterpart(number, leaf, mine)
        return self.conflict(mine, express(pattern, known), other, shape, outline(pattern, known))

    def _known_without(self, leaf: Leaf, number: int) -> Bindings:
        """Gives what a layer knows of its dimensions, one variable left out, as far as that fits together."""
        known = leaf.start()
        solve = leaf.structure.kind.solve
        try:
            for pattern, variable in zip(leaf.patterns, leaf.variables, strict=True):
                if self.run.root(variable) != number:
                    bind(pattern, self.run.shapes[self.run.root(variable)], known)
            if solve is not None:
                solve(leaf.structure.settings, known)
        except (Disagreement, DimensionError):
            pass
        return known

    def _counterpart(self, number: int, leaf: Leaf, mine: Place) -> Place:
        """Gives another place of the same variable, to name in a message: the one that said its shape, if not `mine`."""
        origin = self.run.origins[number]
        if origin != mine and origin[:2] != (leaf.path, "port"):
            return origin
        for place, variable in self.run.numbers.items():
            if self.run.root(variable) == number and place[0] != leaf.path:
                return place
        return origin

    def _slot(self, place: Place) -> Slot | None:
        return self.run.structure.at(place[0]).slots.get(place[2]) if place[1] == "array" else None


def advice(gives: Shape, takes: Shape) -> str:
    """Gives the cure where one layer gives another dimensions than the next takes, as the end of a sentence."""
    if gives is not None and takes is not None and len(takes) == 1 and len(gives) > 1:
        return "; insert FlattenLayer[] between them"
    return ""


def view_advice(name: str, shape: Shape, known: Shape) -> str:
    """Gives the view through which a use of a shared array gets the shape it needs, where there is one."""
    if is_known(shape) and is_known(known) and size(shape) != size(known):
        return ""
    flipped = shape is not None and known is not None and len(shape) == 2 and shape == known[::-1]
    view = "Transpose" if flipped else show(shape) if is_known(shape) else "{…}"
    return f', or let it see the array otherwise by NetArray[<|"Name" -> "{name}", "View" -> {view}|>]'
