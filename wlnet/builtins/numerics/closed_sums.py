"""Sums and products with bounds that are no numbers, as formulas, through sympy."""

from __future__ import annotations

from wlnet.builtins.numerics.algebra import opaque, without
from wlnet.builtins.numerics.bridge import Bridge, NoWay, sympy, tried
from wlnet.builtins.numerics.formulas import variables
from wlnet.kernel import Kernel
from wlnet.terms import S, Symbol, Term, elements, is_list


def closed_form(kernel: Kernel, head: Term, body: Term, specs: tuple[Term, ...]) -> Term | None:
    """Gives a formula for the sum (`head` Plus) or product of body over {i, n} or {i, m, n}; None for none known."""
    ranges = [elements(spec) if is_list(spec) else () for spec in specs]
    if any(len(parts) not in (2, 3) or type(parts[0]) is not Symbol for parts in ranges):
        return None
    with variables(kernel, [parts[0] for parts in ranges]):
        inner = kernel.evaluate(body)
        bounds = [[kernel.evaluate(part) for part in parts[1:]] for parts in ranges]

    def work(bridge: Bridge) -> Term:
        found = bridge.there(inner)
        for parts, ends in zip(reversed(ranges), reversed(bounds), strict=True):
            limits = (bridge.there(parts[0]), *(bridge.there(end) for end in ([1, *ends] if len(ends) == 1 else ends)))
            if opaque(bridge, found, limits[0]):
                raise NoWay
            if head is S.Plus:
                found = without("Sum", sympy().summation(found, limits))
            else:
                found = without("Product", sympy().product(found, limits))
            if found.has(sympy().Piecewise):
                raise NoWay
        return bridge.back(sympy().factor(found))

    return tried(kernel, work, real=True)
