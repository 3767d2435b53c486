"""Options that many numerical functions share, and what they stand for; declares nothing."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from wlnet.builtins.numbers.numerical import is_infinity, machine_real
from wlnet.kernel import Kernel, Message
from wlnet.terms import S, Term, elements, is_list

UNFIT = "The value `1` of the option `2` should be `3`."
#: Digits beyond which work takes too long.
MOST_DIGITS = 1000


def unfit(name: str, wanted: str, given: Term) -> Message:
    """Gives the message about an option that is not what it should be."""
    return Message("opt", given, name, wanted, text=UNFIT)


def evaluated(kernel: Kernel, options: Mapping[str, Term], held: Collection[str] = ()) -> dict[str, Term]:
    """Gives options that were held with their values, except those named in `held`."""
    return {name: value if name in held else kernel.evaluate(value) for name, value in options.items()}


def tolerance(kernel: Kernel, options: Mapping[str, Term], name: str, usual: float) -> float:
    """Gives the tolerance that a number of digits stands for: 10^-digits, `usual` for Automatic."""
    given = options[name]
    if given is S.Automatic or given is S.MachinePrecision:
        return usual
    if is_infinity(given):
        return 0.0
    digits = machine_real(kernel, given)
    if digits is None or not abs(digits) <= MOST_DIGITS:
        raise unfit(name, "Automatic, Infinity or a number of digits", given)
    return math.pow(10.0, -min(digits, 300.0))


def working_digits(kernel: Kernel, options: Mapping[str, Term]) -> float | None:
    """Gives WorkingPrecision in digits, None for machine numbers."""
    given = options["WorkingPrecision"]
    if given is S.MachinePrecision:
        return None
    digits = machine_real(kernel, given)
    if digits is None or not 1 <= digits <= MOST_DIGITS:
        raise unfit("WorkingPrecision", f"MachinePrecision or a number of digits up to {MOST_DIGITS}", given)
    return digits


def count(options: Mapping[str, Term], name: str, usual: int) -> int:
    """Gives an option that counts steps, `usual` for Automatic."""
    given = options[name]
    if given is S.Automatic:
        return usual
    if type(given) is not int or not 0 < given <= 10**7:
        raise unfit(name, "Automatic or a positive integer", given)
    return given


def method(options: Mapping[str, Term], known: Collection[str]) -> str:
    """Gives the name of Method, "Automatic" for Automatic."""
    given = options["Method"]
    if is_list(given) and len(elements(given)) == 1:
        given = elements(given)[0]
    if given is S.Automatic:
        return "Automatic"
    if type(given) is not str or given not in known:
        raise unfit("Method", "Automatic or one of " + ", ".join(f'"{name}"' for name in sorted(known)), given)
    return given
