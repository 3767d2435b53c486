"""Columns of training data that stay where they are, in files, and are read batch by batch."""

from __future__ import annotations

import importlib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import DataError
from wlnet.nets.dimensions import Shape

Read: TypeAlias = Callable[[np.ndarray], np.ndarray]


class Stored:
    """The examples of a port as `read` gives them: indices (n,), any order and repeated → array (n, …dimensions).

    shape: number of examples and dimensions of each; dtype: the type in which batches are given. Each batch is checked
    when it is read: `take` raises DataError for a number that is not finite, and for what cannot be read any more.
    """

    def __init__(self, name: str, shape: tuple[int, ...], read: Read, dtype: Any = np.float32) -> None:
        self.name = name
        self.shape = shape
        self.read = read
        self.dtype = np.dtype(dtype)

    def __len__(self) -> int:
        return self.shape[0]

    def astype(self, dtype: Any) -> Stored:
        """Gives the same examples in another type."""
        return Stored(self.name, self.shape, self.read, dtype)

    def part(self, indices: np.ndarray) -> Stored:
        """Gives some of the examples."""
        return Stored(self.name, (len(indices), *self.shape[1:]), lambda chosen: self.read(indices[chosen]), self.dtype)

    def take(self, indices: np.ndarray, into: np.ndarray | None = None) -> np.ndarray:
        """Gives examples, in the array `into` where given; raises DataError."""
        try:
            values = self.read(indices)
        except OSError as error:
            raise DataError(f"{self.name} cannot be read: {error}", kind="NetTrain") from None
        if into is None:
            into = np.empty(values.shape, self.dtype)
        with np.errstate(over="ignore"):
            np.copyto(into, values, casting="unsafe")
        finite = np.isfinite(into).reshape(len(into), -1).all(1)
        if not finite.all():
            raise not_finite(self.name, indices[int(np.argmin(finite))])
        return into


class StoredSequences:
    """The examples of a port that have different lengths, as `read` gives them: indices (n,) → a list of n arrays.

    shape: the dimensions of an example. Otherwise as `Stored`.
    """

    def __init__(
        self,
        name: str,
        count: int,
        shape: Shape,
        read: Callable[[np.ndarray], list[np.ndarray]],
        dtype: Any = np.float32,
    ) -> None:
        self.name = name
        self.count = count
        self.shape = shape
        self.read = read
        self.dtype = np.dtype(dtype)

    def __len__(self) -> int:
        return self.count

    def astype(self, dtype: Any) -> StoredSequences:
        """Gives the same examples in another type."""
        return StoredSequences(self.name, self.count, self.shape, self.read, dtype)

    def part(self, indices: np.ndarray) -> StoredSequences:
        """Gives some of the examples."""
        return StoredSequences(
            self.name, len(indices), self.shape, lambda chosen: self.read(indices[chosen]), self.dtype
        )

    def take(self, indices: np.ndarray) -> list[np.ndarray]:
        """Gives examples; raises DataError."""
        try:
            found = [np.ascontiguousarray(value, self.dtype) for value in self.read(indices)]
        except OSError as error:
            raise DataError(f"{self.name} cannot be read: {error}", kind="NetTrain") from None
        for index, value in zip(indices, found, strict=True):
            if not np.isfinite(value).all():
                raise not_finite(self.name, index)
        return found


def not_finite(name: str, index: int) -> DataError:
    return DataError(f"{name} has a number that is not finite, in example {int(index) + 1}", kind="NetTrain")


def stored(name: str, values: Any) -> Stored:
    """Gives an array on a disk (a memory map, or a data set of HDF5) as a column; raises DataError."""
    if not len(values.shape) or values.dtype.kind not in "fiub":
        raise DataError(f"{name} is no list of examples of numbers", kind="NetTrain")
    in_order = not isinstance(values, np.ndarray)
    return Stored(name, tuple(values.shape), sorted_reader(values) if in_order else values.__getitem__)


def sorted_reader(values: Any) -> Read:
    """Gives a reader for what can be read in rising order only, each example once."""

    def read(indices: np.ndarray) -> np.ndarray:
        rising, places = np.unique(indices, return_inverse=True)
        return np.asarray(values[rising])[places]

    return read


def columns_in(path: Path) -> dict[str, Stored]:
    """Gives name → column of a file of arrays: .npz, .h5 or .hdf5; of a .npy under the name "". Raises DataError."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        shown = ", ".join(READERS)
        raise DataError(f"training data are read from files {shown}, not from {path.name}", kind="NetTrain")
    try:
        found = reader(path)
    except ImportError:
        raise DataError(f"{path.name} needs the package h5py: pip install wlnet[hdf5]", kind="NetTrain") from None
    except (OSError, ValueError, zipfile.BadZipFile, KeyError, EOFError) as error:
        raise DataError(f"{path} cannot be read: {error}", kind="NetTrain") from None
    return {name: stored(f"{path.name}{f', {name}' if name else ''}", values) for name, values in found.items()}


def npy_array(path: Path) -> dict[str, np.ndarray]:
    return {"": np.lib.format.open_memmap(path, mode="r")}


def npz_arrays(path: Path) -> dict[str, np.ndarray]:
    """Gives the arrays of a .npz as memory maps; compressed ones are read whole."""
    made: dict[str, np.ndarray] = {}
    with zipfile.ZipFile(path) as archive, open(path, "rb") as stream:
        for info in archive.infolist():
            name = info.filename.removesuffix(".npy")
            if info.compress_type != zipfile.ZIP_STORED:
                with archive.open(info) as member:
                    made[name] = np.lib.format.read_array(member, allow_pickle=False)
                continue
            # The local header has a length of its own: its name and extra fields may differ from the directory's.
            stream.seek(info.header_offset + 26)
            sizes = stream.read(4)
            stream.seek(int.from_bytes(sizes[:2], "little") + int.from_bytes(sizes[2:], "little"), 1)
            major, _ = np.lib.format.read_magic(stream)
            header = np.lib.format.read_array_header_1_0 if major == 1 else np.lib.format.read_array_header_2_0
            shape, is_fortran, dtype = header(stream)
            made[name] = np.memmap(path, dtype, "r", stream.tell(), shape, "F" if is_fortran else "C")
    return made


def hdf5_arrays(path: Path) -> dict[str, Any]:
    """Gives the data sets of an HDF5 file, those in groups under "group/name"; the file stays open while they are used."""
    h5py = importlib.import_module("h5py")
    made: dict[str, Any] = {}

    def collect(name: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset):
            made[name] = item

    h5py.File(path, "r").visititems(collect)
    return made


#: Extension → function(path) → name → array, or what is read like one.
READERS: Mapping[str, Callable[[Path], dict[str, Any]]] = {
    ".npz": npz_arrays,
    ".npy": npy_array,
    ".h5": hdf5_arrays,
    ".hdf5": hdf5_arrays,
}
