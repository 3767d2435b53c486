"""Training data: for each port the arrays of all examples, checked and converted, and the batches taken from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from wlnet.errors import DataError
from wlnet.nets.dimensions import Shape
from wlnet.training.columns import blocks_of, column, common_shape, padded, rounded_up
from wlnet.training.stored import Stored, StoredSequences

Shapes: TypeAlias = tuple[tuple[int, ...], ...]


#: Sequences of so many different lengths are grouped, those of more are padded where the net allows it.
FEW = 4
#: Of so many batches, but at most of half of them, the examples are sorted by length, so that a batch has few lengths.
WINDOW = 64


class Group(NamedTuple):
    """Examples of one batch that a plan can take at once: their arrays have equal dimensions, or are sequences to be
    padded to `length`. share: which share of a batch it is, from 1; 0 is no share.
    """

    indices: np.ndarray
    shapes: Shapes
    length: int = 0
    share: int = 0


class Data:
    """The examples. columns: port → array (its first axis counts examples), a list of arrays of different lengths,
    or a memory map, a `Stored` or a `StoredSequences` column, which is read batch by batch.

    Arrays are contiguous and of the floating type of the training. The same object serves any number of rounds.
    """

    def __init__(self, data: Mapping[str, Any], dtype: Any = np.float32) -> None:
        self.dtype = dtype
        self.columns = {name: column(name, values, dtype) for name, values in data.items()}
        counts = {name: len(values) for name, values in self.columns.items()}
        self.count = next(iter(counts.values()), 0)
        if len(set(counts.values())) > 1:
            shown = ", ".join(f'"{name}" {count}' for name, count in counts.items())
            raise DataError(f"every port needs the same number of examples, but there are: {shown}", kind="NetTrain")
        if not self.count:
            raise DataError("the training data have no examples", kind="NetTrain")
        self.ragged = {name: values for name, values in self.columns.items() if isinstance(values, list)}
        self.later = {name: values for name, values in self.columns.items() if isinstance(values, StoredSequences)}
        self.fixed = tuple(
            values.shape[1:] for values in self.columns.values() if not isinstance(values, list | StoredSequences)
        )
        self._read: dict[str, dict[int, np.ndarray]] = {}
        """Port → index → example, of the columns in `later`, as far as they have been read for `_read_for`."""
        self._read_for: np.ndarray | None = None
        self._kinds, self._kind_of = self._by_shape()
        steps = step_counts(self._kinds) if len(self._kinds) > FEW else None
        self.lengths = None if steps is None else np.array(steps, np.intp)[self._kind_of]
        """The number of steps of each example, as far as it is known; None where there are few, or columns differ in it."""

    @property
    def sequences(self) -> tuple[str, ...]:
        """The ports whose examples have different lengths."""
        return (*self.ragged, *self.later)

    @property
    def shapes(self) -> dict[str, Shape]:
        """The dimensions of one example at each port; those that differ are VARYING."""
        return {name: common_shape(name, values) for name, values in self.columns.items()}

    def _by_shape(self) -> tuple[list[Shapes], np.ndarray]:
        """Gives the different dimensions that examples have, sorted, and for each example the number of its own."""
        if not self.ragged:
            return [self.fixed], np.zeros(self.count, np.intp)
        found = [tuple(values[i].shape for values in self.ragged.values()) for i in range(self.count)]
        kinds = sorted(set(found))
        numbers = {kind: number for number, kind in enumerate(kinds)}
        return kinds, np.array([numbers[kind] for kind in found], np.intp)

    def batches(self, size: int, generator: np.random.Generator | None = None) -> Iterator[np.ndarray]:
        """Gives the indices of each batch of one round, in random order; one may be smaller.

        Where there are many lengths, examples of similar ones come together.
        """
        order = np.arange(self.count) if generator is None else generator.permutation(self.count)
        if len(self._kinds) <= FEW:
            return pieces(order, size)
        count = self.batch_count(size)
        window = count if generator is None else max(1, min(WINDOW, count // 2))
        found = [
            batch
            for part in pieces(order, window * size)
            for batch in pieces(part[np.argsort(self._kind_of[part], kind="stable")], size)
        ]
        return iter(found) if generator is None else (found[n] for n in generator.permutation(len(found)))

    def batch_count(self, size: int) -> int:
        return -(-self.count // size)

    def sample(self, size: int) -> tuple[Data, np.ndarray]:
        """Gives a batch to try things on; of sequences of many lengths, those in the middle."""
        if self.lengths is None:
            return self, np.arange(min(size, self.count))
        return self, list(self.batches(size))[self.batch_count(size) // 2]

    def round(
        self, size: int, done: int, generator: np.random.Generator, skip: int = 0
    ) -> Iterator[tuple[Data, np.ndarray]]:
        """Gives each batch of a round as examples and their indices.

        done: the number of batches before the round; skip: of how many in it.
        """
        return zip(repeat(self), islice(self.batches(size, generator), skip, None), strict=False)

    def groups(self, indices: np.ndarray) -> list[Group]:
        """Gives a batch as groups of examples of equal dimensions; what is read later has been read then."""
        if self.later:
            return self._groups_read(indices)
        if not self.ragged:
            return [Group(indices, self.fixed)]
        kinds = self._kind_of[indices]
        return [Group(indices[kinds == kind], self._kinds[kind]) for kind in np.unique(kinds)]

    def _groups_read(self, indices: np.ndarray) -> list[Group]:
        found: dict[Shapes, list[int]] = {}
        for index, shapes in zip(indices.tolist(), self._shapes_read(indices), strict=True):
            found.setdefault(shapes, []).append(index)
        return [Group(np.array(found[shapes]), shapes) for shapes in sorted(found)]

    def _shapes_read(self, indices: np.ndarray) -> list[Shapes]:
        """Reads what is read later of these examples, and gives the dimensions of the sequences of each."""
        if self._read_for is not indices:
            self._read = {
                name: dict(zip(indices.tolist(), values.take(indices), strict=True))
                for name, values in self.later.items()
            }
            self._read_for = indices
        sequences: list[Any] = [*self.ragged.values(), *self._read.values()]
        return [tuple(values[index].shape for values in sequences) for index in indices.tolist()]

    def knows_lengths(self, indices: np.ndarray) -> bool:
        """Tells whether `lengths` has those of these examples; of what is read later, once there are many in a batch."""
        if not self.later:
            return self.lengths is not None
        shapes = self._shapes_read(indices)
        counts = step_counts(shapes) if len(set(shapes)) > FEW else None
        if counts is None:
            return False
        if self.lengths is None:
            self.lengths = np.zeros(self.count, np.intp)
        self.lengths[indices] = counts
        return True

    def padded(self, indices: np.ndarray) -> Group:
        """Gives a batch of sequences of different lengths as one group."""
        assert self.lengths is not None
        return Group(indices, (), rounded_up(int(self.lengths[indices].max())))

    def take(
        self, indices: np.ndarray, into: dict[str, np.ndarray] | None = None, length: int = 0
    ) -> dict[str, np.ndarray]:
        """Gives port → array of a group of examples, in the arrays `into` where given; sequences padded to `length`."""
        made = {}
        for name, values in self.columns.items():
            out = None if into is None else into[name]
            if name in self.sequences and length:
                examples: Any = self._read.get(name) or values
                made[name] = padded([examples[i] for i in indices.tolist()], length, out)
            elif isinstance(values, list):
                made[name] = np.stack([values[i] for i in indices], out=out)
            elif isinstance(values, StoredSequences):
                made[name] = np.stack([self._read[name][i] for i in indices.tolist()], out=out)
            elif isinstance(values, Stored):
                made[name] = values.take(indices, out)
            else:
                # "raise" would make NumPy write to a buffer first.
                made[name] = values.take(indices, 0, out, "clip")
        return made

    def part(self, indices: np.ndarray) -> Data:
        """Gives some of the examples."""
        chosen: dict[str, Any] = {
            name: [values[i] for i in indices]
            if isinstance(values, list)
            else values.part(indices)
            if isinstance(values, Stored | StoredSequences)
            else values[indices]
            for name, values in self.columns.items()
        }
        return Data(chosen, self.dtype)

    def require_integers(self, limits: Mapping[str, int | None]) -> None:
        """Raises DataError for the first number that is not whole, or not from 1 to the limit of its port."""
        for name, limit in limits.items():
            for first, block in blocks_of(self.columns.get(name, [])):
                bad = np.argwhere((block != np.floor(block)) | (block < 1) | (block > (limit or np.inf)))
                if not len(bad):
                    continue
                example = first + bad[0][0] + 1
                up_to = f"from 1 to {limit}" if limit else "from 1"
                came = f"example {example} has {block[tuple(bad[0])]:g}"
                raise DataError(f'the port "{name}" takes whole numbers {up_to}, but {came}', kind="NetTrain")


def step_counts(kinds: Sequence[Shapes]) -> list[int] | None:
    """Gives the number of steps of each of these dimensions of sequences; None where the columns of an example differ in it,
    or elements in their dimensions.
    """
    elements = {tuple(shape[1:] for shape in kind) for kind in kinds}
    counts = [{shape[:1] for shape in kind} for kind in kinds]
    if len(elements) > 1 or any(len(count) > 1 or count & {(), (0,)} for count in counts):
        return None
    return [kind[0][0] for kind in kinds]


def pieces(order: np.ndarray, size: int) -> Iterator[np.ndarray]:
    return (order[start : start + size] for start in range(0, len(order), size))
