"""Numerical mathematics against SciPy and plain loops."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import integrate, interpolate, optimize, special

from wlnet.session import Session
from wlnet.terms import elements, same


def value(text: str, session: Session | None = None):
    """Gives the value of the last input of a program as a term."""
    return list((session or Session()).run(text))[-1].term


def numbers(text: str) -> np.ndarray:
    return np.array(
        value(text).tolist() if hasattr(value(text), "tolist") else [float(x) for x in elements(value(text))]
    )


def test_roots_of_a_bessel_function_are_those_of_scipy() -> None:
    found = numbers("Table[x /. FindRoot[BesselJ[1, x], {x, 3.2 k}], {k, 1, 4}]")
    assert np.allclose(found, special.jn_zeros(1, 4))


def test_variables_of_a_search_are_local_and_may_hide_in_other_symbols() -> None:
    session = Session()
    assert value("x = 7; g = t^2 - 2; t /. FindRoot[g, {t, 1}]", session) == pytest.approx(2**0.5)
    assert value("x", session) == 7


def test_a_search_in_a_module_sees_its_variables() -> None:
    assert value("f[a_] := Module[{z}, z /. FindRoot[z^3 == a, {z, 1}]]; f[27]") == pytest.approx(3)


@pytest.mark.parametrize(
    ("text", "function", "ends"),
    [
        ("Exp[-x] Log[x]", lambda x: np.exp(-x) * np.log(x), (0, np.inf)),
        ("Sqrt[x] Cos[x]", lambda x: np.sqrt(x) * np.cos(x), (0, 5)),
        ("If[x > 1, x^2, 3]", lambda x: x**2 if x > 1 else 3, (0, 2)),
    ],
)
def test_integrals_are_those_of_scipy(text: str, function, ends: tuple[float, float]) -> None:
    shown = ", ".join("Infinity" if end == np.inf else str(end) for end in ends)
    assert value(f"NIntegrate[{text}, {{x, {shown}}}]") == pytest.approx(integrate.quad(function, *ends)[0], rel=1e-7)


def test_an_integral_in_an_integral() -> None:
    wanted = integrate.dblquad(lambda y, x: np.sin(x * y), 0, 2, 0, lambda x: x)[0]
    assert value("NIntegrate[Sin[x y], {x, 0, 2}, {y, 0, x}]") == pytest.approx(wanted, rel=1e-6)


def test_minima_of_the_rosenbrock_function() -> None:
    found = numbers("{x, y} /. Last[FindMinimum[(1 - x)^2 + 100 (y - x^2)^2, {{x, -1.2}, {y, 1}}]]")
    assert np.allclose(found, [1, 1], atol=1e-4)


def test_a_linear_program_is_that_of_scipy() -> None:
    wanted = optimize.linprog([-1, -2], [[1, 1], [3, -1]], [4, 2], bounds=[(0, None)] * 2).fun
    found = value("First[NMinimize[{-x - 2 y, x + y <= 4 && 3 x - y <= 2 && x >= 0 && y >= 0}, {x, y}]]")
    assert found == pytest.approx(wanted, rel=1e-6)


def test_interpolation_runs_through_the_nearest_points() -> None:
    places, values = np.array([0.0, 1.0, 2.5, 3.0, 4.5, 6.0]), np.array([1.0, -1.0, 2.0, 0.5, 3.0, 2.0])
    data = "{" + ", ".join(f"{{{x}, {y}}}" for x, y in zip(places, values, strict=True)) + "}"
    found = numbers(f"Interpolation[{data}][{{0.3, 1.7, 2.6, 5.}}]")
    first = [0, 0, 1, 2]
    wanted = [
        interpolate.lagrange(places[n : n + 4], values[n : n + 4])(x)
        for n, x in zip(first, [0.3, 1.7, 2.6, 5.0], strict=True)
    ]
    assert np.allclose(found, wanted)
    slopes = numbers(f"Interpolation[{data}]'[{{0.3, 1.7, 2.6, 5.}}]")
    wanted = [
        np.polyder(interpolate.lagrange(places[n : n + 4], values[n : n + 4]))(x)
        for n, x in zip(first, [0.3, 1.7, 2.6, 5.0], strict=True)
    ]
    assert np.allclose(slopes, wanted)


def test_splines_are_those_of_scipy() -> None:
    values = [1.0, 4.0, 2.0, 5.0, 3.0, 3.5]
    spline = interpolate.make_interp_spline(np.arange(1, 7), values, k=3)
    found = numbers(f'Interpolation[{{{", ".join(map(str, values))}}}, Method -> "Spline"][{{1.5, 3.3, 5.9}}]')
    assert np.allclose(found, spline([1.5, 3.3, 5.9]))


def loop(kernel: np.ndarray, array: np.ndarray, first: int, last: int, padding: np.ndarray | None) -> np.ndarray:
    """The sums of ListCorrelate, one by one, from their definition; ends count from 1."""
    size, length = len(kernel), len(array)
    made = []
    for shift in range(1 - (first - 1) - 1, length - last + 1):
        total = 0.0
        for k in range(size):
            place = shift + k
            inside = 0 <= place < length
            total += kernel[k] * (array[place] if inside else padding[place % len(padding)])
        made.append(total)
    return np.array(made)


@pytest.mark.parametrize(("first", "last"), list(itertools.product((1, 2, 3), repeat=2)))
def test_list_correlate_is_its_definition(first: int, last: int) -> None:
    kernel, array, padding = np.array([1.0, -2.0, 3.0]), np.array([4.0, 1.0, 5.0, 2.0, 7.0]), np.array([9.0, 8.0])
    ends = f"{{{first}, {last}}}"
    ring = numbers(f"ListCorrelate[{{1., -2., 3.}}, {{4., 1., 5., 2., 7.}}, {ends}]")
    assert np.allclose(ring, loop(kernel, array, first, last, array))
    padded = numbers(f"ListCorrelate[{{1., -2., 3.}}, {{4., 1., 5., 2., 7.}}, {ends}, {{9., 8.}}]")
    assert np.allclose(padded, loop(kernel, array, first, last, padding))
    turned = numbers(f"ListConvolve[{{3., -2., 1.}}, {{4., 1., 5., 2., 7.}}, {{{-first}, {-last}}}]")
    assert np.allclose(turned, loop(kernel, array, first, last, array))


def test_symbols_and_numbers_are_correlated_alike() -> None:
    text = "ListCorrelate[{{1, 2}, {3, 4}}, {{a, b, c}, {d, e, f}, {g, h, i}}, {{1, 1}, {2, 1}}] /. Thread[{a, b, c, d, e, f, g, h, i} -> Range[9]]"
    plain = "ListCorrelate[{{1, 2}, {3, 4}}, Partition[Range[9], 3], {{1, 1}, {2, 1}}]"
    assert same(value(text), value(plain))


@pytest.mark.parametrize(("a", "b"), [(0, 1), (1, -1), (-1, 1), (0.5, 0.3), (1, 2)])
def test_fourier_is_its_definition(a: float, b: float) -> None:
    data = np.array([1.0, 3.0, -2.0, 0.5, 4.0])
    n, places = len(data), np.arange(len(data))
    wanted = np.exp(2j * np.pi * b * np.outer(places, places) / n) @ data / n ** ((1 - a) / 2)
    found = value(f"Fourier[{{1., 3., -2., 0.5, 4.}}, FourierParameters -> {{{a}, {b}}}]")
    assert np.allclose(found, wanted)
    if abs(b) == 1:
        back = value(
            f"InverseFourier[Fourier[{{1., 3., -2., 0.5, 4.}}, FourierParameters -> {{{a}, {b}}}], FourierParameters -> {{{a}, {b}}}]"
        )
        assert np.allclose(back, data)


def test_solutions_of_differential_equations_are_those_of_scipy() -> None:
    def slope(t: float, state: np.ndarray) -> list[float]:
        return [state[1], (1 - state[0] ** 2) * state[1] - state[0]]

    wanted = integrate.solve_ivp(slope, (0, 10), [2, 0], rtol=1e-10, atol=1e-10, t_eval=[2.5, 5, 7.7, 10]).y[0]
    found = numbers(
        "NDSolveValue[{x''[t] - (1 - x[t]^2) x'[t] + x[t] == 0, x[0] == 2, x'[0] == 0}, x, {t, 0, 10}][{2.5, 5., 7.7, 10.}]"
    )
    assert np.allclose(found, wanted, atol=1e-6)


def test_a_solution_runs_to_both_sides_of_its_start() -> None:
    found = numbers("NDSolveValue[{y'[x] == y[x], y[0] == 1}, y, {x, -1, 1}][{-1., -0.5, 0.25, 1.}]")
    assert np.allclose(found, np.exp([-1, -0.5, 0.25, 1]), atol=1e-7)


def test_a_curve_is_fitted_as_by_scipy() -> None:
    places = np.linspace(0, 4, 12)
    values = 2.5 * np.exp(-1.3 * places) + 0.5 + 0.01 * np.cos(9 * places)
    data = "{" + ", ".join(f"{{{x!r}, {y!r}}}" for x, y in zip(places.tolist(), values.tolist(), strict=True)) + "}"
    wanted, spread = optimize.curve_fit(lambda x, a, b, c: a * np.exp(-b * x) + c, places, values, p0=(1, 1, 1))
    session = Session()
    value(f"m = NonlinearModelFit[{data}, a Exp[-b x] + c, {{a, b, c}}, x]", session)
    assert np.allclose(
        [float(x) for x in elements(value('{a, b, c} /. m["BestFitParameters"]', session))], wanted, rtol=1e-5
    )
    assert np.allclose(value('m["ParameterErrors"]', session), np.sqrt(np.diag(spread)), rtol=1e-4)


def test_an_exact_kernel_along_many_reals_is_quick_and_right() -> None:
    array = np.sin(np.arange(20000.0))
    found = value("ListConvolve[{1/4, 1/2, 1/4}, Sin[Range[0., 19999.]]]")
    assert np.allclose(found, np.convolve(array, [0.25, 0.5, 0.25], "valid"))
