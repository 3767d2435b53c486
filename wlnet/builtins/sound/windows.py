"""Windows of signal processing as functions of the language."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.numbers.numerical import machine_real
from wlnet.kernel import Kernel, builtin
from wlnet.sounds.windows import WINDOWS, window_values
from wlnet.terms import Term, is_number
from wlnet.terms import attributes as flags

#: Name → (its formula for -1/2 ≤ x ≤ 1/2, its value at 1/4).
FORMULAS = {
    "BartlettWindow": ("1 - 2 Abs[x]", "0.5"),
    "BlackmanWindow": ("0.42 + 0.5 Cos[2 Pi x] + 0.08 Cos[4 Pi x]", "0.34"),
    "CosineWindow": ("Cos[Pi x]", "0.707107"),
    "DirichletWindow": ("1", "1."),
    "GaussianWindow": ("Exp[-(x/0.3)^2/2]", "0.706648"),
    "HammingWindow": ("(25 + 21 Cos[2 Pi x])/46", "0.543478"),
    "HannWindow": ("(1 + Cos[2 Pi x])/2", "0.5"),
    "WelchWindow": ("1 - 4 x^2", "0.75"),
}


def declare(name: str, formula: str, value: str) -> None:
    def window(kernel: Kernel, x: Term) -> Term | None:
        number = machine_real(kernel, x) if is_number(x) else None
        return None if number is None else float(window_values(name, np.asarray(number)))

    window.__doc__ = (
        f"{name}[x] gives {formula} for x from -1/2 to 1/2, and 0 elsewhere.\n\n"
        'Details: "WindowFunction" of the sound encoders takes the name alone. Numbers become machine numbers.\n\n'
        f"Examples:\n>> {{{name}[0.25], {name}[0.75]}}\n= {{{value}, 0.}}\n"
    )
    builtin(name, category="Windows", attributes=flags.LISTABLE | flags.NUMERIC_FUNCTION)(window)


for _name in WINDOWS:
    declare(_name, *FORMULAS[_name])
