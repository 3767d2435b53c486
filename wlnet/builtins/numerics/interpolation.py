"""Interpolation, ListInterpolation, and the functions that they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.numbers.calculus import DERIVED
from wlnet.builtins.numbers.numerical import as_list, is_array, machine_array
from wlnet.builtins.numerics.interpolants import Interpolant, from_terms, is_grid
from wlnet.builtins.numerics.settings import unfit
from wlnet.kernel import Kernel, Message, applies, builtin
from wlnet.terms import Expression, S, Term, elements, is_list, list_of, pack, to_list

OPTIONS: dict[str, Term] = {"InterpolationOrder": S.Automatic, "Method": S.Automatic}
METHODS = {S.Automatic: "Local", "Hermite": "Local", "Spline": "Spline"}
MOST_ORDER = 20
NO_DATA = (
    "`1` is no data for an interpolation: a list of values, of {x, value} or of {{x, y, …}, value, …} is expected."
)
NO_GRID = "The points do not lie on a grid with one value for each place."
TOO_FEW = "There are too few points for the order `1`; the order is `2`."
PROPERTIES = ("Coordinates", "Derivatives", "Domain", "Grid", "InterpolationOrder", "Methods", "ValuesOnGrid")


def chosen_orders(kernel: Kernel, name: str, options: Mapping[str, Term], sizes: Sequence[int]) -> tuple[int, ...]:
    """Gives the order in each direction, lowered after a message where the points are too few; raises Message."""
    given = options["InterpolationOrder"]
    wanted: Any = elements(given) if is_list(given) else (given,) * len(sizes)
    if given is S.Automatic:
        return tuple(min(3, size - 1) for size in sizes)
    if len(wanted) != len(sizes) or any(type(order) is not int or not 0 <= order <= MOST_ORDER for order in wanted):
        raise unfit("InterpolationOrder", f"an integer from 0 to {MOST_ORDER}, or one for each direction", given)
    for order, size in zip(wanted, sizes, strict=True):
        if order >= size:
            kernel.message(name, "inhr", order, size - 1)
    return tuple(min(order, size - 1) for order, size in zip(wanted, sizes, strict=True))


def on_grid(
    kernel: Kernel, name: str, grids: Sequence[np.ndarray], values: np.ndarray, options: Mapping[str, Term]
) -> Interpolant:
    """Gives the function through values on a grid; raises Message."""
    kind = options["Method"]
    if (type(kind) is not str and kind is not S.Automatic) or kind not in METHODS:
        raise unfit("Method", 'Automatic, "Hermite" or "Spline"', kind)
    orders = chosen_orders(kernel, name, options, [len(grid) for grid in grids])
    if METHODS[kind] == "Spline" and 0 in orders:
        raise unfit("InterpolationOrder", "at least 1 for splines", options["InterpolationOrder"])
    return Interpolant(tuple(grids), values, orders, METHODS[kind])


def points_of(kernel: Kernel, data: Term) -> tuple[np.ndarray, list[tuple[Term, ...]]] | None:
    """Gives the places (point, direction), and the value and what else stands after each place; None for other data."""
    rows = elements(as_list(data))
    if not rows or not is_array(data):
        return None
    if not all(is_array(row) and len(elements(as_list(row))) > 1 for row in rows):
        return np.arange(1.0, len(rows) + 1)[:, None], [(row,) for row in rows]
    parts = [elements(as_list(row)) for row in rows]
    if not is_array(parts[0][0]) and len(parts[0]) > 2:  # {x, y, …, value}
        places, rest = [list_of(*part[:-1]) for part in parts], [part[-1:] for part in parts]
    else:
        places, rest = (
            [part[0] if is_array(part[0]) else list_of(part[0]) for part in parts],
            [part[1:] for part in parts],
        )
    found = machine_array(kernel, list_of(*places))
    return None if found is None or found.ndim != 2 or found.dtype.kind == "c" else (found, rest)


def gridded(places: np.ndarray, values: np.ndarray) -> tuple[list[np.ndarray], np.ndarray] | None:
    """Gives the grid of places (point, direction) in any order, and the values on it; None where they fill no grid."""
    grids = [np.unique(column) for column in places.T]
    sizes = tuple(map(len, grids))
    if np.prod(sizes) != len(places) or not all(map(is_grid, grids)):
        return None
    index = tuple(np.searchsorted(grid, column) for grid, column in zip(grids, places.T, strict=True))
    if len(set(np.ravel_multi_index(index, sizes).tolist())) != len(places):
        return None
    made = np.empty(sizes + values.shape[1:], values.dtype)
    made[index] = values
    return grids, made


def interpolated(kernel: Kernel, data: Term, options: Mapping[str, Term]) -> Interpolant:
    """Gives the function through data; raises Message."""
    found = points_of(kernel, data)
    if found is None:
        raise Message("indat", data)
    places, rest = found
    values = machine_array(kernel, list_of(*(part[0] for part in rest)))
    if values is None or not np.isfinite(values).all() or not np.isfinite(places).all():
        raise Message("indat", data)
    grid = gridded(places, values)
    if grid is None:
        raise Message("grid")
    if max(map(len, rest)) == 1:
        return on_grid(kernel, "Interpolation", *grid, options)
    slopes = machine_array(kernel, list_of(*(list_of(*part) for part in rest)))
    if slopes is None or slopes.ndim != 2 or slopes.dtype.kind == "c" or places.shape[1] > 1:
        raise Message("indat", data)
    order = np.argsort(places[:, 0])
    return hermite(places[order, 0], slopes[order])


def hermite(grid: np.ndarray, slopes: np.ndarray) -> Interpolant:
    """Gives the function with these values and derivatives (point, derivative) at the places of a grid."""
    return Interpolant((grid,), slopes[:, 0], (2 * slopes.shape[1] - 1,), "Hermite", (), slopes)


@builtin(
    "Interpolation", category="Numerical mathematics", options=OPTIONS,
    messages={"grid": NO_GRID, "indat": NO_DATA, "inhr": TOO_FEW},
)  # fmt: skip
def interpolation(kernel: Kernel, data: Term, *places: Term, options: dict[str, Term]) -> Term | None:
    """Interpolation[{f1, f2, …}] gives a function through the values f1 at 1, f2 at 2, ….
    Interpolation[{{x1, f1}, {x2, f2}, …}] gives a function through points.
    Interpolation[{{{x1, y1, …}, f1}, …}] gives a function of several variables; the places form a grid, in any order.
    Interpolation[{{{x1}, f1, df1, …}, …}] respects derivatives as well.
    Interpolation[data, x, …] gives the value at a place.

    Details: Between two points runs the polynomial through the nearest InterpolationOrder + 1 points (3 + 1, usually); with
    order 0, the value of the point to the right. Method -> "Spline" gives functions with continuous derivatives. Values may
    be lists. The functions are differentiated (f', D) and take lists of places.

    Examples:
        >> f = Interpolation[{1, 2, 3, 5, 8, 5}]
        printed: InterpolatingFunction[{{1, 6}}, <>]
        >> {f[2.5], f[3], f'[2.5], f["Domain"]}
        = {2.4375, 3., 0.9583333333, {{1., 6.}}}
        >> f[{1, 1.5, 5.5}]
        = {1., 1.5625, 7.6875}
        >> Interpolation[{{0, 0}, {1, 1}, {3, 9}, {4, 16}}][2]
        = 4.
        >> g = Interpolation[Flatten[Table[{{x, y}, x^2 y}, {x, 0, 4}, {y, 0, 4}], 1]]; {g[1.5, 2.5], Derivative[1, 0][g][1.5, 2]}
        = {5.625, 6.}
        >> h = Interpolation[{{{0}, 0, 1}, {{1}, 1, 1}, {{2}, 0, 0}}]; {h[0.5], h'[1]}
        = {0.5, 1.}
        >> Interpolation[{{0, {1, 2}}, {1, {3, 6}}}][0.5]
        = {2., 4.}
    Options: "InterpolationOrder":
        >> Map[Interpolation[{1, 4, 9, 16, 25}, InterpolationOrder -> #][2.5] &, {0, 1, 2, 3}]
        = {9., 6.5, 6.25, 6.25}
        >> Interpolation[{1, 2}, InterpolationOrder -> 2][1.5]
        message: Interpolation::inhr
        = 1.5
    Options: "Method":
        >> Interpolation[{0, 1, 8, 27, 64}, Method -> "Spline"][2.5]
        = 3.375
    Possible issues:
        >> Interpolation[{{0, 1}, {0, 2}}];
        message: Interpolation::grid
        >> Interpolation[{a, b}];
        message: Interpolation::indat
        >> Interpolation[{1, 2}][3]
        message: InterpolatingFunction::dmval
        = 3.
    """
    made = interpolated(kernel, data, options)
    return Expression(made, places) if places else made


@builtin(
    "ListInterpolation", category="Numerical mathematics", options=OPTIONS,
    messages={"grid": "`1` does not say where the values lie: {min, max} or a growing list of places for each direction.",
              "indat": "`1` is not a rectangular list of numbers with at least two in each direction."},
)  # fmt: skip
def list_interpolation(
    kernel: Kernel, array: Term, domain: Term = S.Automatic, *, options: dict[str, Term]
) -> Term | None:
    """ListInterpolation[array] gives a function through the values of an array at the places 1, 2, … in each direction.
    ListInterpolation[array, {{xmin, xmax}, {ymin, ymax}, …}] puts the values at equal distances in ranges.
    ListInterpolation[array, {{x1, x2, …}, {y1, y2, …}, …}] says all places of the grid.

    Examples:
        >> f = ListInterpolation[{{1, 2, 3}, {2, 4, 6}, {3, 6, 9}}]; f[1.5, 2.5]
        = 3.75
        >> ListInterpolation[{0, 1, 4, 9, 16}, {{0, 2}}][0.75]
        = 2.25
        >> ListInterpolation[{0, 1, 9, 16}, {{0, 1, 3, 4}}][2]
        = 4.
    Options: "InterpolationOrder", "Method":
        >> ListInterpolation[{0, 1, 0}, InterpolationOrder -> 1][1.25]
        = 0.25
        >> ListInterpolation[{0, 1, 4, 9}, Method -> "Spline"][2.5]
        = 2.25
    Possible issues:
        >> ListInterpolation[{a}];
        message: ListInterpolation::indat
        >> ListInterpolation[{1, 2, 3}, {{5, 1}}];
        message: ListInterpolation::grid
    """
    values = machine_array(kernel, array)
    if values is None or min(values.shape) < 2 or not np.isfinite(values).all():
        raise Message("indat", array)
    if domain is S.Automatic:
        grids = [np.arange(1.0, size + 1) for size in values.shape]
    else:
        given = [machine_array(kernel, part) for part in elements(as_list(domain))]
        if not given or len(given) > values.ndim:
            raise Message("grid", domain)
        grids = []
        for found, size in zip(given, values.shape, strict=False):
            if found is not None and found.shape == (2,) and size != 2:
                found = np.linspace(found[0], found[1], size)
            if found is None or found.shape != (size,) or not is_grid(found) or not np.isfinite(found).all():
                raise Message("grid", domain)
            grids.append(found)
    return on_grid(kernel, "ListInterpolation", grids, values, options)


@builtin(
    "InterpolatingFunction", category="Numerical mathematics",
    messages={
        "dmval": "The place `1` lies outside the data of the interpolating function; the value is extrapolated.",
        "prop": "`1` is not a property of an interpolating function; the properties are `2`.",
    },
)  # fmt: skip
def interpolating_function(
    kernel: Kernel, domain: Term, grids: Term, values: Term, orders: Term, method: Term, derivatives: Term
) -> Term | None:
    """InterpolatingFunction[domain, …] is a function through points, as Interpolation, ListInterpolation and NDSolve give it.

    Details: Apply it to numbers, to lists of places, or to a property: "Domain", "Grid", "Coordinates", "ValuesOnGrid",
    "InterpolationOrder", "Methods", "Derivatives".

    Examples:
        >> f = Interpolation[{{0, 1}, {1, 3}, {2, 2}}]; {f["Domain"], f["ValuesOnGrid"], f["InterpolationOrder"]}
        = {{{0., 2.}}, {1., 3., 2.}, {2}}
        >> {Head[f], D[f[2 t], t] /. t -> 0.25, Head[f[t]] === f}
        = {InterpolatingFunction, 4., True}
        >> ToExpression[ToString[f, InputForm]] === f
        = True
    Possible issues:
        >> f = Interpolation[{{0, 1}, {1, 3}, {2, 2}}]; f["Color"];
        message: InterpolatingFunction::prop
        >> f[3.]
        message: InterpolatingFunction::dmval
        = -2.
    """
    return from_terms(grids, values, orders, method, derivatives)


def property_of(made: Interpolant, name: str) -> Term:
    """Gives a property; raises Message."""
    if name == "Domain":
        return made.domain
    if name == "Coordinates":
        return to_list(pack(grid) for grid in made.grids)
    if name == "Grid":
        return pack(np.stack(np.meshgrid(*made.grids, indexing="ij"), axis=-1))
    if name == "ValuesOnGrid":
        return pack(made.values)
    if name == "InterpolationOrder":
        return to_list(made.orders)
    if name == "Derivatives":
        return to_list(made.derivatives or (0,) * made.dimension)
    if name == "Methods":
        return to_list(PROPERTIES)
    raise Message("prop", name, ", ".join(f'"{each}"' for each in PROPERTIES), symbol="InterpolatingFunction")


@applies(Interpolant)
def apply_interpolant(kernel: Kernel, made: Interpolant, args: tuple[Term, ...]) -> Term | None:
    """Gives the value at numbers, the values at lists of numbers, or a property."""
    if len(args) == 1 and type(args[0]) is str:
        return property_of(made, args[0])
    if len(args) != made.dimension:
        return None
    found = [machine_array(kernel, arg if is_array(arg) else list_of(arg)) for arg in args]
    arrays = [each for each in found if each is not None and each.dtype.kind != "c" and np.isfinite(each).all()]
    if len(arrays) < len(args):
        return None
    shape = max((array.shape for array, arg in zip(arrays, args, strict=True) if is_array(arg)), default=())
    try:
        places = np.stack([np.broadcast_to(array, shape or (1,)).ravel() for array in arrays], axis=1)
    except ValueError:
        return None
    inside = made.contains(places)
    if not inside.all():
        kernel.message("InterpolatingFunction", "dmval", pack(places[int(np.argmin(inside))]))
    values = made(places)
    return pack(values.reshape(shape + values.shape[1:]))


DERIVED[Interpolant] = lambda made, orders: made.derivative(orders) if len(orders) == made.dimension else None
