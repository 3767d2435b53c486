"""The names of the sets of numbers."""

from __future__ import annotations

from wlnet.kernel import constant


def declare(name: str, what: str, example: str, value: str) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = (
        f"{name} stands for the set of all {what}, as in x ∈ {name}.\n\nExamples:\n    >> {example}\n    = {value}\n"
    )
    constant(name, category="Numerical mathematics")(stands_for_itself)


declare("Integers", "integers", "{2 ∈ Integers, 2/3 ∈ Integers}", "{True, False}")
declare("Rationals", "integers and fractions", "2/3 ∈ Rationals", "True")
declare("Reals", "real numbers", "{Sqrt[2] ∈ Reals, I ∈ Reals}", "{True, False}")
declare("Complexes", "complex numbers", "2 + I ∈ Complexes", "True")
declare("Booleans", "truth values", "False ∈ Booleans", "True")
declare("Primes", "prime numbers", "{7 ∈ Primes, 8 ∈ Primes}", "{True, False}")
declare(
    "Algebraics", "algebraic numbers, roots of polynomials", "{Sqrt[2] ∈ Algebraics, 1/3 ∈ Algebraics}", "{True, True}"
)
for _set, _numbers, _inside, _outside in (
    ("Integers", "integers", "2", "1/2"), ("Rationals", "rational numbers", "1/2", "I"), ("Reals", "real numbers", "Pi", "I"),
):  # fmt: skip
    for _sign, _what, _examples in (
        ("Positive", "positive", (_inside, "0", _outside)), ("Negative", "negative", (f"-{_inside}", "0", _outside)),
        ("NonPositive", "negative", (f"-{_inside}", _inside, _outside)), ("NonNegative", "positive", ("0", "-1", _outside)),
    ):  # fmt: skip
        declare(
            _sign + _set,
            f"{_what} {_numbers}" + " and zero" * _sign.startswith("Non"),
            f"{{{', '.join(f'{x} ∈ {_sign}{_set}' for x in _examples)}}}",
            "{True, False, False}",
        )
