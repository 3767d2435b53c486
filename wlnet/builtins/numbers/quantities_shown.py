"""How quantities are shown: `9.8 m/s^2`, with the usual symbols of units, and the names of those that have none."""

from __future__ import annotations

import re

from wlnet.builtins.evaluation.forms import Shown, output_text, wraps
from wlnet.terms import Expression, Term

SYMBOLS = {
    "Nanoseconds": "ns", "Microseconds": "µs", "Milliseconds": "ms", "Seconds": "s", "Minutes": "min", "Hours": "h",
    "Bits": "b", "Bytes": "B", "Kilobytes": "kB", "Megabytes": "MB", "Gigabytes": "GB", "Terabytes": "TB",
    "Kibibytes": "KiB", "Mebibytes": "MiB", "Gibibytes": "GiB",
    "Nanometers": "nm", "Micrometers": "µm", "Millimeters": "mm", "Centimeters": "cm", "Meters": "m",
    "Kilometers": "km", "Inches": "in", "Feet": "ft", "Yards": "yd", "Miles": "mi",
    "Milligrams": "mg", "Grams": "g", "Kilograms": "kg", "Tonnes": "t", "Pounds": "lb",
    "Radians": "rad", "Degrees": "°", "AngularDegrees": "°",
    "Hertz": "Hz", "Newtons": "N", "Pascals": "Pa", "Joules": "J", "Watts": "W", "Liters": "L",
}  # fmt: skip


@wraps("Quantity")
def quantity(args: tuple[Term, ...]) -> str | None:
    if len(args) != 2:
        return None
    count, unit = output_text(args[0]), output_text(_with_symbols(args[1]))
    if " " in count:
        count = f"({count})"
    return f"{count} {unit}"


def _with_symbols(unit: Term) -> Term:
    if type(unit) is str:
        return Shown(SYMBOLS.get(unit) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unit).lower())
    if type(unit) is Expression:
        return Expression(unit.head, tuple(map(_with_symbols, unit.args)))
    return unit
