"""The formats of files that hold arrays, most of them by name: HDF5, MAT, and NPY and NPZ of NumPy."""

from __future__ import annotations

import importlib
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wlnet.builtins.files.data_formats import Format, Options, add_format
from wlnet.builtins.lists.choosing import rules_of
from wlnet.kernel import Kernel
from wlnet.terms import Association, Term, elements, is_list, list_of, numeric, pack, rule, to_list


def term_of(value: Any) -> Term:
    """Gives the term of what a file holds: an array of numbers, or texts."""
    array = np.asarray(value)
    if array.dtype.kind in "iufb":
        return pack(array) if array.ndim else array.item()
    if array.dtype.kind == "c":
        return to_list(array.tolist()) if array.ndim else complex(array.item())
    if array.dtype.kind in "SUO":
        return texts(array.tolist())
    raise ValueError(f"there is no list for values of the kind {array.dtype}")


def texts(value: Any) -> Term:
    if isinstance(value, list):
        return to_list([texts(item) for item in value])
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def arrays_in(term: Term, alone: str) -> dict[str, np.ndarray]:
    """Gives name → array of an association or rules, or of one array, which gets the name `alone`; raises TypeError."""
    pairs = rules_of(term)
    made: dict[str, np.ndarray] = {}
    for name, value in ((alone, term),) if pairs is None or not pairs else pairs:
        # Whole numbers stay whole.
        array = (
            np.asarray(value) if type(value) in (int, float) else value if type(value) is np.ndarray else numeric(value)
        )
        if array is None or type(name) is not str:
            raise TypeError("an array of numbers, or an association of them by name, is expected")
        made[name] = integers_of(value, array)
    return made


def integers_of(term: Term, array: np.ndarray) -> np.ndarray:
    """Gives an array of integers where the list of which it was made holds nothing else."""
    flat, waiting = True, [term]
    while flat and waiting:
        item = waiting.pop()
        if is_list(item) and type(item) is not np.ndarray:
            waiting += elements(item)
        else:
            flat = type(item) is int
    return array.astype(np.int64) if flat and array.dtype.kind == "f" else array


def named(term: Term, wanted: tuple[Term, ...]) -> Term:
    """Gives arrays by name where Export says {"Datasets", name} or {"Datasets", {name1, …}}; raises TypeError."""
    if wanted == ("Datasets",) or wanted == ("Data",):
        return term
    if len(wanted) != 2 or wanted[0] != "Datasets":
        raise TypeError('what is written is {"Datasets", name} or {"Datasets", {name1, name2, …}}')
    names = wanted[1]
    if not is_list(names):
        return Association([(names, term)])
    if not is_list(term) or len(elements(term)) != len(elements(names)):
        raise TypeError("there have to be as many arrays as names")
    return Association(zip(elements(names), elements(term), strict=True))


def package(name: str, extra: str) -> Any:
    """Imports a package that reads a format; raises ValueError that says how to install it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise ValueError(f"this needs pip install wlnet[{extra}]") from None


def attributes_of(item: Any) -> Term:
    return Association((name, term_of(value)) for name, value in item.attrs.items())


#: Element of HDF5 → what it is of each data set.
OF_DATASETS: Mapping[str, Callable[[Any], Term]] = {
    "Data": lambda item: term_of(item[()]),
    "Dimensions": lambda item: list_of(*item.shape),
    "DataFormat": lambda item: (
        {"f": "Real", "i": "Integer", "u": "UnsignedInteger"}.get(item.dtype.kind, "String")
        + (str(8 * item.dtype.itemsize) if item.dtype.kind in "fiu" else "")
    ),
    "Attributes": attributes_of,
}


def read_hdf5(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives the names of the data sets, or what is asked for of them, by their names or numbers."""
    h5py = package("h5py", "hdf5")
    element, *which = wanted or ("Datasets",)
    try:
        with h5py.File(io.BytesIO(data), "r") as file:
            found: dict[str, Any] = {}
            file.visititems(lambda name, item: found.update({"/" + name: item}) if hasattr(item, "shape") else None)
            if element == "Datasets" and not which:
                return to_list(list(found))
            reader = OF_DATASETS.get("Data" if element == "Datasets" else str(element))
            if reader is None:
                raise LookupError(f"the elements are Datasets, {', '.join(OF_DATASETS)}")
            if not which:
                return Association((name, reader(item)) for name, item in found.items())
            return chosen({name: reader(item) for name, item in found.items()}, which[0])
    except (OSError, RuntimeError) as error:
        raise ValueError(str(error)) from None


def chosen(found: Mapping[str, Term], which: Term) -> Term:
    """Gives what has a name or number, or the list of those that a list says; raises LookupError."""
    if is_list(which):
        return to_list([chosen(found, each) for each in elements(which)])
    if type(which) is int and 0 < abs(which) <= len(found):
        return list(found.values())[which - (which > 0)]
    for name in (which, f"/{which}"):
        if name in found:
            return found[name]
    raise LookupError(f"there is no {which} in it, but {', '.join(found)}"[:500])


def write_hdf5(kernel: Kernel, term: Term) -> bytes:
    h5py = package("h5py", "hdf5")
    stream = io.BytesIO()
    with h5py.File(stream, "w") as file:
        for name, array in arrays_in(term, "Dataset1").items():
            file.create_dataset(name, data=array)
    return stream.getvalue()


def read_mat(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives the list of the arrays of a MAT file, their names, or both."""
    io_package = importlib.import_module("scipy.io")
    try:
        read = io_package.loadmat(io.BytesIO(data))
    except NotImplementedError:
        raise ValueError("it is of version 7.3, which is HDF5: read it in that format") from None
    except (TypeError, KeyError, OSError, EOFError) as error:
        raise ValueError(str(error)) from None
    found = {name: term_of(value) for name, value in read.items() if not name.startswith("__")}
    return of_named(found, wanted or ("Data",))


def of_named(found: dict[str, Term], wanted: tuple[Term, ...]) -> Term:
    """Gives the element "Data", "Labels" or "LabeledData" of named arrays; raises LookupError."""
    element, *which = wanted
    if which and element in ("Data", "LabeledData"):
        return chosen(found, which[0])
    if element == "Data":
        return to_list(list(found.values()))
    if element == "Labels":
        return to_list(list(found))
    if element == "LabeledData":
        return list_of(*(rule(name, value) for name, value in found.items()))
    raise LookupError("the elements are Data, Labels and LabeledData")


def write_mat(kernel: Kernel, term: Term) -> bytes:
    stream = io.BytesIO()
    importlib.import_module("scipy.io").savemat(stream, arrays_in(term, "expression1"))
    return stream.getvalue()


def read_numpy(data: bytes) -> Any:
    """Gives the array of a file of NumPy's, or name → array of several; raises ValueError."""
    if not data.startswith((b"\x93NUMPY", b"PK")):
        raise ValueError("it is no file of NumPy's")
    try:
        return np.load(io.BytesIO(data), allow_pickle=False)
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(str(error) or "it is empty") from None


def read_npy(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives the array of a file, as a list."""
    found = read_numpy(data)
    if type(found) is not np.ndarray:
        raise ValueError("it holds arrays by name: read it as NPZ")
    if wanted not in ((), ("Data",)):
        raise LookupError("the element is Data")
    return term_of(found)


def write_npy(kernel: Kernel, term: Term) -> bytes:
    (array,) = arrays_in(list_of(rule("", term)), "").values()
    return npy_bytes(array)


def npy_bytes(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    return stream.getvalue()


def read_npz(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives the association of the arrays of a file by name, the list of them, or their names."""
    found = read_numpy(data)
    if type(found) is np.ndarray:
        raise ValueError("it holds one array: read it as NPY")
    try:
        arrays = {name: term_of(found[name]) for name in found.files}
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise ValueError(str(error)) from None
    return of_named(arrays, wanted) if wanted else Association(arrays.items())


def write_npz(kernel: Kernel, term: Term) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:  # not by savez, whose own arguments could not be names
        for name, array in arrays_in(term, "arr_0").items():
            archive.writestr(f"{name}.npy", npy_bytes(array))
    return stream.getvalue()


add_format(Format("NPY", (".npy",), read_npy, write_npy, is_binary=True))
add_format(Format("NPZ", (".npz",), read_npz, write_npz, is_binary=True))
add_format(Format("HDF5", (".h5", ".hdf5", ".hdf"), read_hdf5, write_hdf5, is_binary=True, place=named))
add_format(Format("MAT", (".mat",), read_mat, write_mat, is_binary=True))
