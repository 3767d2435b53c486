"""NSum and NProduct: sums and products of finitely or infinitely many terms by numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from wlnet.builtins.numbers.big import MACHINE_DIGITS, context, of_value
from wlnet.builtins.numbers.numerical import is_infinity, machine_real
from wlnet.builtins.numerics.formulas import NOT_A_NUMBER, Formula, variables
from wlnet.builtins.numerics.settings import evaluated, working_digits
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import BigReal, S, Symbol, Term, elements, is_list
from wlnet.terms import attributes as flags

BAD_RANGE = "`1` is not {i, min, max} with integers, or Infinity as the last."
DIVERGES = "The terms grow without end: there is no sum or product of all of them."
#: Terms that are taken one by one at most.
MOST = 10**6


def limits(kernel: Kernel, spec: Term) -> tuple[Symbol, int, int | None]:
    """Gives the variable and the ends of a range, None for Infinity; raises Message."""
    parts = elements(spec) if is_list(spec) else ()
    if len(parts) not in (2, 3) or type(parts[0]) is not Symbol:
        raise Message("range", spec)
    low, high = (1, *map(kernel.evaluate, parts[1:]))[-2:]
    if type(low) is not int or not (is_infinity(high) or (type(high) is int and high - low < MOST)):
        raise Message("range", spec)
    return parts[0], low, None if is_infinity(high) else high


def added_up(
    kernel: Kernel, f: Term, spec: Term, options: dict[str, Term], name: str, plain: Callable[[Any], Any]
) -> Term:
    """Gives a sum or product; `name` is mpmath's function of infinitely many terms, `plain` that of some."""
    digits = working_digits(kernel, evaluated(kernel, options))
    symbol, low, high = limits(kernel, spec)
    with variables(kernel, [symbol]):
        formula = Formula(kernel, f, [symbol])
        if high is not None and digits is None:
            return plain(formula.number(place) for place in range(low, high + 1))
        work = context()
        with work.workdps(int(digits or MACHINE_DIGITS) + 10):

            def at(place: Any) -> Any:
                return formula.of_mpmath(work, work.dps, int(place))

            if high is not None:
                value = plain(at(place) for place in range(low, high + 1))
            else:
                neutral = plain(())
                if not abs(at(low + 400) - neutral) <= abs(at(low + 200) - neutral):
                    raise Message("div")
                value = getattr(work, name)(at, [low, work.inf])
            found = of_value(work, value, digits or MACHINE_DIGITS)
    return found if digits is not None or type(found) is not BigReal else machine_real(kernel, found)


@builtin(
    "NSum", category="Numerical mathematics", attributes=flags.HOLD_ALL,
    options={"WorkingPrecision": S.MachinePrecision},
    messages={"div": DIVERGES, "nnum": NOT_A_NUMBER, "range": BAD_RANGE},
)  # fmt: skip
def nsum(kernel: Kernel, f: Term, spec: Term, *, options: dict[str, Term]) -> Term | None:
    """NSum[f, {i, min, max}] gives a numerical value of the sum of f; max may be Infinity.

    Details: Infinite sums are extrapolated from their first terms (mpmath's nsum).

    Examples:
        >> NSum[1/n^2, {n, 1, Infinity}]
        = 1.644934067
        >> {NSum[(-1)^n/(2 n + 1), {n, 0, Infinity}], NSum[1/i, {i, 100}]}
        = {0.7853981634, 5.187377518}
    Options: "WorkingPrecision":
        >> NSum[1/n!, {n, 0, Infinity}, WorkingPrecision -> 25]
        printed: 2.718281828459045235360287
    Possible issues:
        >> NSum[2^n, {n, 0, Infinity}]
        message: NSum::div
        = NSum[2^n, {n, 0, Infinity}]
        >> NSum[a n, {n, 3}]
        message: NSum::nnum
        = NSum[a n, {n, 3}]
        >> NSum[n, n]
        message: NSum::range
        = NSum[n, n]
    """
    return added_up(kernel, f, spec, options, "nsum", sum)


@builtin(
    "NProduct", category="Numerical mathematics", attributes=flags.HOLD_ALL,
    options={"WorkingPrecision": S.MachinePrecision}, messages={"div": DIVERGES, "range": BAD_RANGE},
)  # fmt: skip
def nproduct(kernel: Kernel, f: Term, spec: Term, *, options: dict[str, Term]) -> Term | None:
    """NProduct[f, {i, min, max}] gives a numerical value of the product of f; max may be Infinity.

    Examples:
        >> {NProduct[1 - 1/n^2, {n, 2, Infinity}], NProduct[i/2, {i, 1, 4}]}
        = {0.5, 1.5}
    Options: "WorkingPrecision":
        >> NProduct[1 + 1/n^2, {n, 1, 5}, WorkingPrecision -> 20]
        printed: 3.0694444444444444444
    Possible issues:
        >> NProduct[n, {n, 1, Infinity}];
        message: NProduct::div
        >> NProduct[n, 3]
        message: NProduct::range
        = NProduct[n, 3]
    """
    return added_up(kernel, f, spec, options, "nprod", math.prod)
