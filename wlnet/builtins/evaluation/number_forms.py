"""What is known of the forms of numbers and of their options: usage and examples."""

from __future__ import annotations

from wlnet.kernel import constant

#: Form → its usage, and examples: what is shown, and its text.
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "NumberForm": (
        """NumberForm[x, n] shows the numbers in x with n digits.
NumberForm[x, {n, f}] shows them with n digits, f of them after the point.
NumberForm[x, n, options] follows DigitBlock, NumberSeparator, NumberPoint, NumberSigns, NumberPadding, ExponentFunction …

Details: Reals from 10^6 on and below 10^-5 get an exponent, unless ScientificNotationThreshold or ExponentFunction says
otherwise. Integers show all their digits.""",
        {
            "NumberForm[3.14159265, 4]": "3.142",
            "NumberForm[{1.5, 2.25}, {5, 2}]": "{1.50, 2.25}",
            "NumberForm[{1234567., 10}, 3]": "{1.23*10^6, 10}",
            "NumberForm[1 + 2. I, {3, 1}]": "1.0 + 2.0*I",
        },
    ),
    "PaddedForm": (
        """PaddedForm[x, n] shows numbers with room for n digits and a sign.
PaddedForm[x, {n, f}] shows them with f digits after the point.""",
        {
            "PaddedForm[1.5, {6, 2}]": "    1.50",
            "PaddedForm[{1, -22}, 3]": "{   1,  -22}",
        },
    ),
    "ScientificForm": (
        "ScientificForm[x, n] shows numbers as a mantissa of n digits times a power of ten.",
        {"ScientificForm[12345.678, 3]": "1.23*10^4", "ScientificForm[0.00012]": "1.2*10^-4"},
    ),
    "EngineeringForm": (
        "EngineeringForm[x, n] shows numbers with n digits and exponents that 3 divides.",
        {"EngineeringForm[{1234567., 0.012}, 4]": "{1.235*10^6, 12.*10^-3}"},
    ),
    "DecimalForm": (
        "DecimalForm[x, n] shows numbers with n digits and never with an exponent.",
        {"DecimalForm[{1234567.5, 0.0000001}, 10]": "{1234567.5, 0.0000001}"},
    ),
    "AccountingForm": (
        "AccountingForm[x, n] shows numbers with n digits, without exponents, and negative ones in parentheses.",
        {"AccountingForm[{-1234567.5, 2.}, 10]": "{(1234567.5), 2.}"},
    ),
    "PercentForm": (
        "PercentForm[x] shows numbers as percentages; PercentForm[x, n] and PercentForm[x, {n, f}] with so many digits.",
        {"PercentForm[{0.125, 1/4, 1}]": "{12.5%, 25%, 100%}", "PercentForm[0.98765, {4, 1}]": "98.8%"},
    ),
    "BaseForm": (
        "BaseForm[x, b] shows the numbers in x in base b, as they are typed.",
        {"BaseForm[{10, 255}, 16]": "{16^^a, 16^^ff}", "BaseForm[0.5, 2]": "2^^0.1"},
    ),
}
#: Option of these forms → what it says, an example and its text.
OPTIONS: dict[str, tuple[str, str, str]] = {
    "DefaultPrintPrecision": ("how many digits of a machine number are shown", "NumberForm[1.23456, DefaultPrintPrecision -> 3]", "1.23"),
    "DigitBlock": (
        "the size of groups of digits, or {before, after} the point",
        "NumberForm[1234567, DigitBlock -> 3]", "1,234,567",
    ),
    "ExponentFunction": (
        "a function that gives the exponent shown for a power of ten, Null for none",
        "NumberForm[1.5*^8, ExponentFunction -> (Null &)]", "150000000.",
    ),
    "ExponentStep": ("a number that divides all exponents", "ScientificForm[12345., ExponentStep -> 2]", "1.2345*10^4"),
    "NumberFormat": (
        "a function of the mantissa, the base and the exponent that gives what is shown",
        'NumberForm[1.5*^8, NumberFormat -> (Row[{#1, "e", #3}] &)]', "1.5e8",
    ),
    "NumberMultiplier": ("the text before 10^", 'ScientificForm[1500., NumberMultiplier -> " x "]', "1.5 x 10^3"),
    "NumberPadding": (
        "what fills the places {before, after} the digits",
        'NumberForm[7, 3, NumberPadding -> {"0", ""}, NumberSigns -> {"", ""}]', "007",
    ),
    "NumberPoint": ("the text that is the point", 'NumberForm[1.5, NumberPoint -> ","]', "1,5"),
    "NumberSeparator": (
        "the text between groups of digits, or {before, after} the point",
        """NumberForm[1234567, DigitBlock -> 3, NumberSeparator -> "'"]""", "1'234'567",
    ),
    "NumberSigns": (
        "the signs of {negative, positive} numbers, each a text or {before, behind}",
        'NumberForm[{1, -1}, NumberSigns -> {"-", "+"}]', "{+1, -1}",
    ),
    "ScientificNotationThreshold": (
        "the powers of ten {from, to} between which there is no exponent",
        "NumberForm[1234567.5, 8, ScientificNotationThreshold -> {-5, 8}]", "1234567.5",
    ),
    "SignPadding": (
        "True where the sign stands before the padding",
        'NumberForm[-7, 3, NumberPadding -> {"0", ""}, SignPadding -> True]', "-007",
    ),
}  # fmt: skip


def declare(name: str, usage: str, examples: dict[str, str]) -> None:
    """Declares a symbol whose examples show texts."""

    def stands_for_itself() -> None:
        pass

    cases = "".join(f'    >> ToString[{shown}]\n    = "{text}"\n' for shown, text in examples.items())
    stands_for_itself.__doc__ = f"{usage}\n\nExamples:\n{cases}"
    constant(name, category="Output")(stands_for_itself)


for _name, (_usage, _examples) in FORMS.items():
    declare(_name, _usage, _examples)
for _name, (_what, _shown, _text) in OPTIONS.items():
    declare(_name, f"{_name} is an option of NumberForm and its like: {_what}.", {_shown: _text})
