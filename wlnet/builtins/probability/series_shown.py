"""Time series as short texts."""

from __future__ import annotations

from wlnet.builtins.evaluation.forms import output_text, wraps
from wlnet.builtins.numbers.numerical import is_array
from wlnet.terms import Term, elements


@wraps("TimeSeries")
def series_text(args: tuple[Term, ...]) -> str | None:
    """Gives how many points a time series has, and its first and last time."""
    path = [elements(point) for point in elements(args[0])] if len(args) == 1 and is_array(args[0]) else []
    if not path or any(len(point) != 2 for point in path):
        return None
    first, last = (output_text(path[end][0]) for end in (0, -1))
    return f"TimeSeries[{len(path)} points from {first} to {last}]"
