"""Numbers with units, as terms: times, numbers of samples, sample rates."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from wlnet.terms import S, Term, is_head

#: Units by their names in the language, in seconds and in hertz.
TIMES = {"Seconds": 1.0, "s": 1.0, "Milliseconds": 1e-3, "ms": 1e-3, "Minutes": 60.0, "min": 60.0, "Hours": 3600.0}
RATES = {"Hertz": 1.0, "Hz": 1.0, "Kilohertz": 1e3, "kHz": 1e3}
#: More samples in a second, in a sound or in a partition are taken for a slip.
HIGHEST_RATE, LONGEST, LARGEST_PARTITION = 10**7, 2**28, 2**20


def real_of(term: Term) -> float | None:
    """Gives a finite real number; None for anything else."""
    if type(term) not in (int, float, Fraction) or not abs(term) < 1e300:
        return None
    return float(term)


def amount_of(term: Term, units: Mapping[str, float]) -> float | None:
    """Gives Quantity[n, "unit"] in the basic one of these units; None for anything else."""
    if not is_head(term, S.Quantity, 2) or type(term.args[1]) is not str:
        return None
    count, unit = real_of(term.args[0]), term.args[1]
    factor = units.get(unit, units.get(unit + "s"))
    return None if count is None or factor is None else count * factor


def amount_or_number(term: Term, units: Mapping[str, float]) -> float | None:
    """Gives a number, or Quantity[n, "unit"] in the basic one of these units; None for anything else."""
    return amount_of(term, units) if is_head(term, S.Quantity) else real_of(term)


def rate_of(term: Term) -> float | None:
    """Gives samples per second from a number or Quantity[n, "Hertz"]; None for anything else."""
    found = amount_or_number(term, RATES)
    return found if found is not None and 1 <= found <= HIGHEST_RATE else None


def length_of(term: Term, rate: float) -> int | None:
    """Gives a positive number of samples from n, Quantity[n, "Samples"] or a time; None for anything else."""
    if type(term) is int:
        found: float | None = min(term, LONGEST + 1)
    else:
        seconds = amount_of(term, {"Samples": 1.0 / rate, **TIMES})
        found = None if seconds is None else seconds * rate
    if found is None or not 0.5 < found <= LONGEST:
        return None
    return round(found)
