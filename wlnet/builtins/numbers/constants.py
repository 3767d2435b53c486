"""Constants: mathematical ones, infinities, and the limits of machine numbers."""

from __future__ import annotations

import sys

from wlnet.builtins.numbers.numerical import COMPLEX_INFINITY, IMAGINARY_UNIT, INFINITY
from wlnet.kernel import constant
from wlnet.terms import Term
from wlnet.terms import attributes as flags


def declare(name: str, usage: str, example: tuple[str, str], value: Term | None = None, attributes: int = 0) -> None:
    """Declares a constant; without a value it stands for itself."""

    def function() -> None: ...

    function.__doc__ = f"{name} {usage}.\n\nExamples:\n>> {example[0]}\n{example[1]}\n"
    constant(name, category="Constants", attributes=attributes, value=value)(function)


for _name, _usage, _value in (
    ("Pi", "is the ratio of a circle's circumference to its diameter", "3.141592654"),
    ("E", "is the base of natural logarithms", "2.718281828"),
    ("Degree", "is one degree in radians", "0.01745329252"),
    ("EulerGamma", "is Euler's constant", "0.5772156649"),
    ("GoldenRatio", "is the golden ratio", "1.618033989"),
    ("Catalan", "is Catalan's constant", "0.9159655942"),
    ("Glaisher", "is the Glaisher constant", "1.282427129"),
    ("Khinchin", "is Khinchin's constant", "2.685452001"),
):
    declare(_name, _usage, (f"N[{_name}]", f"= {_value}"), attributes=flags.CONSTANT)

declare("I", "is the imaginary unit", ("I^2", "= -1"), IMAGINARY_UNIT)
declare("Infinity", "is a positive infinite quantity", ("1/Infinity", "= 0"), INFINITY)
declare("ComplexInfinity", "is an infinite quantity of unknown direction", ("1/ComplexInfinity", "= 0"),
        COMPLEX_INFINITY)  # fmt: skip
declare("Indeterminate", "is a quantity that has no value", ("Indeterminate + 1", "= Indeterminate"))
declare(
    "MachinePrecision",
    "is the precision of machine numbers",
    ("{Precision[1.5], MachinePrecision < 20}", "= {MachinePrecision, True}"),
)
declare("$MachineEpsilon", "is the distance from 1. to the next machine number", ("$MachineEpsilon < 10^-15", "= True"),
        sys.float_info.epsilon)  # fmt: skip
declare("$MaxMachineNumber", "is the largest machine number", ("$MaxMachineNumber > 10.^308", "= True"),
        sys.float_info.max)  # fmt: skip
declare("$MinMachineNumber", "is the smallest positive machine number", ("$MinMachineNumber < 10.^-307", "= True"),
        sys.float_info.min)  # fmt: skip
declare("$MachinePrecision", "is the number of digits of machine numbers", ("Round[$MachinePrecision]", "= 16"),
        15.954589770191003)  # fmt: skip
declare("$MaxMachineInteger", "is the largest machine integer", ("$MaxMachineInteger", "= 9223372036854775807"),
        2**63 - 1)  # fmt: skip
