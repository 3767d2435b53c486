"""The format of files "MTX", Matrix Market: matrices of numbers, sparse ones by their places and values."""

from __future__ import annotations

import importlib
import io

import numpy as np

from wlnet.builtins.files.data_formats import Format, Options, add_format
from wlnet.builtins.numbers.numerical import packed
from wlnet.builtins.sparse.products import from_scipy, scipy_matrix
from wlnet.kernel import Kernel
from wlnet.terms import Term, pack
from wlnet.terms.sparse import SparseArray


def read_matrix(kernel: Kernel, content: bytes, name: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives the matrix in a file, sparse where it is written so; raises ValueError."""
    found = importlib.import_module("scipy.io").mmread(io.BytesIO(content))
    return pack(found) if isinstance(found, np.ndarray) else from_scipy(found, found.shape)


def write_matrix(kernel: Kernel, term: Term) -> bytes:
    """Gives the file of a matrix of machine numbers; raises TypeError for anything else."""
    given = None
    if type(term) is SparseArray and term.rank == 2:
        values = term.numbers()
        given = None if values is None else scipy_matrix(term, values)
    elif type(term) is not SparseArray:
        given = packed(term)
    if given is None or given.ndim != 2:
        raise TypeError("a matrix of machine numbers, sparse or not, is expected")
    file = io.BytesIO()
    importlib.import_module("scipy.io").mmwrite(file, given, precision=17, symmetry="general")
    return file.getvalue()


add_format(Format("MTX", (".mtx",), read_matrix, write_matrix))
