"""The error function of float32 numbers, in NumPy alone: ten times as fast as SciPy's, which computes in float64."""

from __future__ import annotations

import importlib

import numpy as np

from wlnet.compute.blocks import in_blocks, row_of

#: artanh(erf(x))/x as a quotient of polynomials in x^2 on -4.3 < x < 4.3, the constant first: fitted by least squares that
#: were weighted anew until the largest relative error of erf, 1.4e-7, was no larger than the others. In float32: 4e-7.
ABOVE = (1.12837932, 0.253027947, 0.0279830059, 0.000673593184)
BELOW = (1.0, 0.133164458, 0.0128385865)
#: From here on the error function is 1 in float32.
END = 4.1


def error_function(x: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Writes erf(x) into out."""
    if out.dtype != np.float32:
        importlib.import_module("scipy.special").erf(x, out)
        return out
    return in_blocks(error_function_of_few, x, out)


def error_function_of_few(x: np.ndarray, out: np.ndarray) -> None:
    """Writes erf(x) = tanh(x above(x^2)/below(x^2)) into out, with memory of its own for the steps."""
    length = out.shape[-1:]
    np.minimum(x, row_of(END, out.dtype, *length), out=out)
    np.maximum(out, row_of(-END, out.dtype, *length), out=out)
    square = np.square(out)
    np.multiply(out, polynomial(ABOVE, square, np.empty_like(square)), out)
    np.divide(out, polynomial(BELOW, square, np.empty_like(square)), out)
    np.tanh(out, out)


def polynomial(coefficients: tuple[float, ...], x: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Writes the value of a polynomial, its constant first, into out."""
    np.multiply(x, coefficients[-1], out)
    for coefficient in coefficients[-2:0:-1]:
        np.multiply(np.add(out, coefficient, out), x, out)
    return np.add(out, coefficients[0], out)
