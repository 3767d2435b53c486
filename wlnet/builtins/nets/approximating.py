"""Exact numbers in data, such as Pi/4 or Sqrt[2], as the machine numbers that nets take."""

from __future__ import annotations

from collections.abc import Mapping

from wlnet.builtins.numbers.numerical import is_numeric
from wlnet.kernel import Kernel
from wlnet.nets import Port
from wlnet.terms import Association, Expression, Symbol, Term, elements, expression, is_list, numeric


def approximated_inputs(kernel: Kernel, ports: Mapping[str, Port], data: Term) -> Term:
    """Gives the data of some ports, one or an association, with machine numbers where no encoder takes what is there."""
    if type(data) is Association:
        named = {name: ports.get(name) for name in data if type(name) is str}
        return Association(
            (name, value if (port := named.get(name)) and port.coder else approximated(kernel, value))
            for name, value in data.items()
        )
    return data if any(port.coder for port in ports.values()) else approximated(kernel, data)


def approximated(kernel: Kernel, data: Term) -> Term:
    """Gives data with machine numbers in the place of exact ones; symbols alone may be classes and stay."""
    if numeric(data) is not None or (not is_list(data) and type(data) is not Expression and type(data) is not Symbol):
        return data
    if is_list(data) and all(type(item) is Symbol for item in elements(data)):
        return data
    return kernel.evaluate(expression("N", data)) if has_exact_numbers(kernel, data) else data


def has_exact_numbers(kernel: Kernel, data: Term) -> bool:
    """Tells whether a term is an exact number that is not written in digits, or a list with one."""
    stack = [data]
    while stack:
        item = stack.pop()
        if is_list(item):
            stack.extend(part for part in elements(item) if type(part) in (Expression, Symbol))
        elif type(item) in (Expression, Symbol) and is_numeric(kernel, item):
            return True
    return False
