"""Discrete Fourier and cosine transforms of arrays of any depth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wlnet.builtins.numbers.numerical import machine_array, machine_real
from wlnet.builtins.numerics.settings import unfit
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Term, elements, is_list, list_of, pack

OPTIONS: dict[str, Term] = {"FourierParameters": list_of(0, 1)}
NO_ARRAY = "`1` is not a rectangular list of numbers."
#: Elements along one direction at most, where the transform is no fast one.
MOST_SLOW = 4096


def parameters(kernel: Kernel, options: Mapping[str, Term]) -> tuple[float, float]:
    """Gives the numbers {a, b} of FourierParameters; raises Message."""
    given = options["FourierParameters"]
    parts = [machine_real(kernel, part) for part in elements(given)] if is_list(given) else []
    found = [part for part in parts if part is not None and np.isfinite(part)]
    if len(parts) != 2 or len(found) != 2:
        raise unfit("FourierParameters", "a pair of numbers {a, b}", given)
    return found[0], found[1]


def transformed(kernel: Kernel, array: Term, options: Mapping[str, Term], sign: int) -> Term:
    """Gives the transform (sign 1) with 1/n^((1 - a)/2) before and exp(2 pi i b …) inside, or what undoes it (-1)."""
    values = machine_array(kernel, array)
    if values is None or not values.size:
        raise Message("fftl", array)
    a, b = parameters(kernel, options)
    for axis, size in enumerate(values.shape):
        values = along(values, axis, sign * b) * size ** (-(1 - sign * a) / 2)
    return pack(np.asarray(values, np.complex128))


def along(values: np.ndarray, axis: int, b: float) -> np.ndarray:
    """Gives the sums with exp(2 pi i b r s/n) along one direction."""
    size = values.shape[axis]
    if b == 1:
        return np.fft.ifft(values, axis=axis, norm="forward")
    if b == -1:
        return np.fft.fft(values, axis=axis)
    if size > MOST_SLOW:
        raise Message("slow", size, MOST_SLOW)
    places = np.arange(size)
    waves = np.exp(2j * np.pi * b / size * np.outer(places, places))
    return np.moveaxis(np.tensordot(waves, values, (1, axis)), 0, axis)


@builtin(
    "Fourier", category="Numerical mathematics", options=OPTIONS,
    messages={"fftl": NO_ARRAY, "slow": "With these FourierParameters a list may have `2` elements at most; it has `1`."},
)  # fmt: skip
def fourier(kernel: Kernel, array: Term, *, options: dict[str, Term]) -> Term | None:
    """Fourier[list] gives the discrete Fourier transform of a list of numbers, or of an array in all directions.

    Details: With FourierParameters -> {a, b}, element s is the sum over r of u[r] exp(2 Pi I b (r - 1) (s - 1)/n), divided
    by n^((1 - a)/2). {0, 1} is usual; {1, -1} is what signal processing knows as the FFT.

    Examples:
        >> Fourier[{1, 0, 0, 0}]
        = {0.5 + 0. I, 0.5 + 0. I, 0.5 + 0. I, 0.5 + 0. I}
        >> Chop[Fourier[{1, 2, 3}]]
        = {3.464101615, -0.8660254038 - 0.5 I, -0.8660254038 + 0.5 I}
        >> Chop[Fourier[{{1, 2}, {3, 4}}]]
        = {{5., -1.}, {-2., 0}}
    Options: "FourierParameters":
        >> Chop[Fourier[{1, 2, 3, 4}, FourierParameters -> {1, -1}]]
        = {10., -2. + 2. I, -2., -2. - 2. I}
        >> Fourier[Range[5000], FourierParameters -> {0, 2}];
        message: Fourier::slow
    Possible issues:
        >> Fourier[{a, b}]
        message: Fourier::fftl
        = Fourier[{a, b}]
    """
    return transformed(kernel, array, options, 1)


@builtin("InverseFourier", category="Numerical mathematics", options=OPTIONS, messages={"fftl": NO_ARRAY})
def inverse_fourier(kernel: Kernel, array: Term, *, options: dict[str, Term]) -> Term | None:
    """InverseFourier[list] gives the list whose Fourier transform a list is.

    Examples:
        >> Chop[InverseFourier[Fourier[{1, 2, 3, 5}]]]
        = {1., 2., 3., 5.}
    Options: "FourierParameters":
        >> Chop[InverseFourier[{10, -2 + 2 I, -2, -2 - 2 I}, FourierParameters -> {1, -1}]]
        = {1., 2., 3., 4.}
    Possible issues:
        >> InverseFourier[3]
        message: InverseFourier::fftl
        = InverseFourier[3]
    """
    return transformed(kernel, array, options, -1)


@builtin(
    "FourierDCT", category="Numerical mathematics",
    messages={"fftl": NO_ARRAY, "type": "The type `1` is not 1, 2, 3 or 4."},
)  # fmt: skip
def fourier_dct(kernel: Kernel, array: Term, kind: Term = 2) -> Term | None:
    """FourierDCT[list] gives the discrete cosine transform of a list of real numbers, or of an array in all directions.
    FourierDCT[list, m] gives the transform of type m: 1, 2 (usual), 3 or 4.

    Details: Type 3 undoes type 2, types 1 and 4 undo themselves.

    Examples:
        >> FourierDCT[{0, 0, 1, 0, 1}]
        = {0.894427191, -0.4253254042, -0.08541019662, -0.2628655561, 0.5854101966}
        >> Chop[FourierDCT[FourierDCT[{1, 2, 3}], 3]]
        = {1., 2., 3.}
    Possible issues:
        >> FourierDCT[{1, x}]
        message: FourierDCT::fftl
        = FourierDCT[{1, x}]
        >> FourierDCT[{1, 2}, 5]
        message: FourierDCT::type
        = FourierDCT[{1, 2}, 5]
    """
    values = machine_array(kernel, array)
    if values is None or not values.size or values.dtype.kind == "c":
        raise Message("fftl", array)
    if type(kind) is not int or kind not in (1, 2, 3, 4) or (kind == 1 and min(values.shape) < 2):
        raise Message("type", kind)
    from scipy import fft

    for axis, size in enumerate(values.shape):
        # scipy's sums have the factor 2, and the language's type 3 has the whole factor of type 2 undone.
        scale = {1: np.sqrt(2 / (size - 1)) / 2 if size > 1 else 0.0, 2: 0.5 / np.sqrt(size), 3: 1 / np.sqrt(size),
                 4: np.sqrt(2 / size) / 2}[kind]  # fmt: skip
        values = fft.dct(values, type=kind, axis=axis) * scale
    return pack(values)
