"""Training data: for each port the arrays of all examples, checked and converted, and the batches taken from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from wlnet.errors import DataError
from wlnet.nets.dimensions import VARYING, Shape
from wlnet.training.stored import Stored, StoredSequences, stored

Column: TypeAlias = np.ndarray | list[np.ndarray] | Stored | StoredSequences


#: Sequences of so many different lengths are grouped, those of more are padded where the net allows it.
FEW = 4
#: Of so many batches, but at most of half of them, the examples are sorted by length, so that a batch has few lengths.
WINDOW = 64


class Group(NamedTuple):
    """Examples of one batch that a plan can take at once: their arrays have equal dimensions, or are sequences to be
    padded to `length`.
    """

    indices: np.ndarray
    shapes: tuple[tuple[int, ...], ...]
    length: int = 0


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
        """Port → index → example, of the columns in `later`, as far as they have been read for the latest groups."""
        self._kinds, self._kind_of = self._by_shape()
        self.lengths = self._lengths() if len(self._kinds) > FEW else None
        """The number of steps of each example, where there are many and all columns agree in it; else None."""

    @property
    def shapes(self) -> dict[str, Shape]:
        """The dimensions of one example at each port; those that differ are VARYING."""
        return {name: common_shape(name, values) for name, values in self.columns.items()}

    def _by_shape(self) -> tuple[list[tuple[tuple[int, ...], ...]], np.ndarray]:
        """Gives the different dimensions that examples have, sorted, and for each example the number of its own."""
        if not self.ragged:
            return [self.fixed], np.zeros(self.count, np.intp)
        found = [tuple(values[i].shape for values in self.ragged.values()) for i in range(self.count)]
        kinds = sorted(set(found))
        numbers = {kind: number for number, kind in enumerate(kinds)}
        return kinds, np.array([numbers[kind] for kind in found], np.intp)

    def _lengths(self) -> np.ndarray | None:
        sequences = [[shape[:1] for shape in kind] for kind in self._kinds]
        elements = {tuple(shape[1:] for shape in kind) for kind in self._kinds}
        if len(elements) > 1 or any(len(set(lengths)) > 1 or lengths[0] in ((), (0,)) for lengths in sequences):
            return None
        return np.array([lengths[0][0] for lengths in sequences], np.intp)[self._kind_of]

    def batches(self, size: int, generator: np.random.Generator | None = None) -> Iterator[np.ndarray]:
        """Gives the indices of each batch of one round, in random order; one may be smaller.

        Where there are many lengths, examples of similar ones come together.
        """
        order = np.arange(self.count) if generator is None else generator.permutation(self.count)
        if len(self._kinds) <= FEW:
            yield from pieces(order, size)
            return
        count = self.batch_count(size)
        window = count if generator is None else max(1, min(WINDOW, count // 2))
        found = [
            batch
            for part in pieces(order, window * size)
            for batch in pieces(part[np.argsort(self._kind_of[part], kind="stable")], size)
        ]
        yield from found if generator is None else (found[n] for n in generator.permutation(len(found)))

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
        for indices in islice(self.batches(size, generator), skip, None):
            yield self, indices

    def groups(self, indices: np.ndarray) -> list[Group]:
        """Gives a batch as groups of examples of equal dimensions; what is read later has been read then."""
        if self.later:
            return self._groups_read(indices)
        if not self.ragged:
            return [Group(indices, self.fixed)]
        kinds = self._kind_of[indices]
        return [Group(indices[kinds == kind], self._kinds[kind]) for kind in np.unique(kinds)]

    def _groups_read(self, indices: np.ndarray) -> list[Group]:
        self._read = {
            name: dict(zip(indices.tolist(), values.take(indices), strict=True)) for name, values in self.later.items()
        }
        found: dict[tuple[tuple[int, ...], ...], list[int]] = {}
        for index in indices.tolist():
            known = [values[index].shape for values in self.ragged.values()]
            shapes = (*known, *(examples[index].shape for examples in self._read.values()))
            found.setdefault(shapes, []).append(index)
        return [Group(np.array(found[shapes]), shapes) for shapes in sorted(found)]

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
            if isinstance(values, list) and length:
                made[name] = padded([values[i] for i in indices], length, out)
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


def pieces(order: np.ndarray, size: int) -> Iterator[np.ndarray]:
    return (order[start : start + size] for start in range(0, len(order), size))


def rounded_up(length: int) -> int:
    """Gives a length that is at most an eighth larger, so that plans for few lengths serve all."""
    step = 1 << max(0, length.bit_length() - 4)
    return -(-length // step) * step


def padded(sequences: Sequence[np.ndarray], length: int, out: np.ndarray | None = None) -> np.ndarray:
    """Gives sequences as one array, each made longer by its last element: a value that the net can surely take."""
    if out is None:
        out = np.empty((len(sequences), length, *sequences[0].shape[1:]), sequences[0].dtype)
    for row, sequence in zip(out, sequences, strict=True):
        row[: len(sequence)] = sequence
        row[len(sequence) :] = sequence[-1]
    return out


def blocks_of(values: Column) -> Iterator[tuple[int, np.ndarray]]:
    """Yields the examples of a column in arrays of at most 65 536, each with the index of its first one."""
    if isinstance(values, list):
        yield from ((index, value[None]) for index, value in enumerate(values))
        return
    if isinstance(values, StoredSequences):
        yield from ((index, values.take(np.array([index]))[0][None]) for index in range(len(values)))
        return
    for first in range(0, len(values), 65_536):
        chosen = np.arange(first, min(first + 65_536, len(values)))
        yield first, values.take(chosen) if isinstance(values, Stored) else values[chosen[0] : chosen[-1] + 1]


def column(name: str, values: Any, dtype: Any) -> Column:
    """Gives the examples of a port as one array, as a list where their dimensions differ, or as they are stored.

    A memory map stays on its disk. Raises DataError.
    """
    if isinstance(values, Stored | StoredSequences):
        return values.astype(dtype)
    if isinstance(values, np.memmap):
        return stored(f'the data for the port "{name}"', values).astype(dtype)
    if np.isscalar(values) or (isinstance(values, np.ndarray) and not values.ndim):
        raise DataError(f'the data for the port "{name}" are one value, not a list of examples', kind="NetTrain")
    try:
        with np.errstate(over="ignore"):
            made = converted(values, dtype)
    except (TypeError, ValueError):
        raise DataError(f'the data for the port "{name}" are not arrays of numbers', kind="NetTrain") from None
    example = first_not_finite(made)
    if example is not None:
        raise DataError(
            f'the data for the port "{name}" contain a number that is not finite, first in example {example + 1}',
            kind="NetTrain",
        )
    return made


def converted(values: Any, dtype: Any) -> np.ndarray | list[np.ndarray]:
    if isinstance(values, np.ndarray):
        return np.ascontiguousarray(values, dtype)
    parts = [np.ascontiguousarray(value, dtype).reshape(np.shape(value)) for value in values]
    return np.stack(parts) if parts and len({part.shape for part in parts}) == 1 else parts


def first_not_finite(values: np.ndarray | Sequence[np.ndarray]) -> int | None:
    """Gives the index of the first example with a NaN or an infinity, or None."""
    if isinstance(values, np.ndarray):
        good = np.isfinite(values).reshape(len(values), -1).all(1)
        return None if good.all() else int(np.argmin(good))
    return next((index for index, value in enumerate(values) if not np.isfinite(value).all()), None)


def common_shape(name: str, values: Column) -> Shape:
    """Gives the dimensions of one example; raises DataError where the ranks differ."""
    if isinstance(values, StoredSequences):
        return values.shape
    if not isinstance(values, list):
        return values.shape[1:]
    ranks = {value.ndim for value in values}
    if len(ranks) > 1:
        raise DataError(
            f'the examples for the port "{name}" have different numbers of dimensions: {sorted(ranks)}', kind="NetTrain"
        )
    return tuple(
        sizes[0] if len(set(sizes)) == 1 else VARYING for sizes in zip(*[v.shape for v in values], strict=True)
    )
