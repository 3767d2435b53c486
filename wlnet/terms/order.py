"""The canonical order of terms: numbers, strings, symbols, then expressions, as `Sort` and Orderless use it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from typing import Any

import numpy as np

from wlnet.terms.atoms import NumericArray, atom_type
from wlnet.terms.big_real import BigReal
from wlnet.terms.expression import Expression, Term
from wlnet.terms.packed import elements
from wlnet.terms.symbols import S, Symbol


def compare(a: Term, b: Term) -> int:
    """Gives -1, 0 or 1 as `a` comes before, is in the same place as, or comes after `b` in the canonical order.

    Numbers go by real part, then by the size of the imaginary part (of equal value an integer before a real, a fraction
    after it), strings by their letters without case first, then lower case before upper case, symbols by name likewise,
    expressions by length, head, then arguments from the left.
    Sums, products and powers go like the terms of a polynomial: by their last variable, then its power, and so on.
    """
    if a is b:
        return 0
    if type(a) is type(b) is Symbol:
        return -1 if symbol_key(a) < symbol_key(b) else 1
    class_a, class_b = _class(a), _class(b)
    if class_a in ALGEBRAIC and class_b in ALGEBRAIC:
        head_a, head_b = (x.head if type(x) is Expression else None for x in (a, b))
        if head_a is S.Plus or head_b is S.Plus:
            return _compare_sums(_parts(a, S.Plus), _parts(b, S.Plus))
        if head_a is S.Times or head_a is S.Power or head_b is S.Times or head_b is S.Power:
            return _compare_products(a, b)
    if class_a != class_b:
        return -1 if class_a < class_b else 1
    if class_a == 0:
        return _compare_numbers(a, b)
    if class_a == 1:
        return compare_text(a, b)
    if class_a == 3:
        args_a, args_b = elements(a), elements(b)
        if len(args_a) != len(args_b):
            return -1 if len(args_a) < len(args_b) else 1
        head_a = a.head if type(a) is Expression else S.List
        head_b = b.head if type(b) is Expression else S.List
        found = compare(head_a, head_b)
        if found:
            return found
        for x, y in zip(args_a, args_b, strict=True):
            found = compare(x, y)
            if found:
                return found
        return 0
    full_a, full_b = atom_type(a).full_form, atom_type(b).full_form
    if full_a is not None and full_b is not None:
        return compare(full_a(a), full_b(b))
    if type(a) is NumericArray and type(b) is NumericArray:
        return compare(a.array.astype(np.float64), b.array.astype(np.float64))
    return 0


def _class(term: Term) -> int:
    kind = type(term)
    if kind is int or kind is float or kind is Fraction or kind is complex or kind is BigReal:
        return 0
    if kind is str:
        return 1
    if kind is Symbol:
        return 2
    if kind is Expression:
        return 0 if term.head is S.Complex and _is_exact_complex(term) else 3
    return 3 if kind is np.ndarray else 4


def _is_exact_complex(term: Expression) -> bool:
    return len(term.args) == 2 and all(type(part) in (int, Fraction) for part in term.args)


#: Classes of terms that may be parts of a polynomial: symbols and expressions.
ALGEBRAIC = (2, 3)


def _parts(term: Term, head: Symbol) -> tuple[Term, ...]:
    return term.args if type(term) is Expression and term.head is head else (term,)


def _compare_from_the_end(parts_a: Sequence[Term], parts_b: Sequence[Term]) -> int:
    """Compares the last parts, then those before them; where all are the same, the fewer come first."""
    for x, y in zip(reversed(parts_a), reversed(parts_b), strict=False):
        found = compare(x, y)
        if found:
            return found
    return (len(parts_a) > len(parts_b)) - (len(parts_a) < len(parts_b))


def _compare_sums(parts_a: Sequence[Term], parts_b: Sequence[Term]) -> int:
    """Compares the last parts, then those before them; a number that only one of them has is compared with 0."""
    if len(parts_a) < len(parts_b):
        return -_compare_sums(parts_b, parts_a)
    if len(parts_a) == len(parts_b) + 1 and not _class(parts_a[0]):
        parts_b = (0, *parts_b)
    return _compare_from_the_end(parts_a, parts_b)


def _compare_products(a: Term, b: Term) -> int:
    """Compares powers of the last factors, then of those before them; numbers count at the end."""
    factors_a, factors_b = _parts(a, S.Times), _parts(b, S.Times)
    powers_a, powers_b = ([_power(x) for x in factors if _class(x)] for factors in (factors_a, factors_b))
    for (base_a, exponent_a), (base_b, exponent_b) in zip(reversed(powers_a), reversed(powers_b), strict=False):
        found = compare(base_a, base_b) or compare(exponent_a, exponent_b)
        if found:
            return found
    if len(powers_a) != len(powers_b):
        return -1 if len(powers_a) < len(powers_b) else 1
    numbers_a, numbers_b = ([x for x in factors if not _class(x)] or [1] for factors in (factors_a, factors_b))
    return _compare_from_the_end(numbers_a, numbers_b)


def _power(term: Term) -> tuple[Term, Term]:
    if type(term) is Expression and term.head is S.Power and len(term.args) == 2:
        return term.args[0], term.args[1]
    return term, 1


def _compare_numbers(a: Term, b: Term) -> int:
    (real_a, imag_a), (real_b, imag_b) = _real_and_imaginary(a), _real_and_imaginary(b)
    if real_a != real_b:
        return -1 if real_a < real_b else 1
    if imag_a != imag_b:
        return -1 if (abs(imag_a), imag_a) < (abs(imag_b), imag_b) else 1
    place_a, place_b = AT_ONE_VALUE.get(type(real_a), 1), AT_ONE_VALUE.get(type(real_b), 1)
    return (place_a > place_b) - (place_a < place_b)


#: The order of numbers of one value by their types: inexact ones come between integers and fractions.
AT_ONE_VALUE = {int: 0, Fraction: 2}


def _real_and_imaginary(number: Term) -> tuple[Term, Term]:
    if type(number) is complex:
        return number.real, number.imag
    return number.args if type(number) is Expression else (number, 0)


def compare_text(a: str, b: str) -> int:
    """Gives the order of two strings: alphabetical without case, then lower case before upper case."""
    if a == b:
        return 0
    return -1 if text_key(a) < text_key(b) else 1


def text_key(text: str) -> tuple[str, str]:
    """Gives what Python compares as `compare_text` compares the text."""
    folded = text.lower()
    if folded.isalnum():
        return folded, text.swapcase()
    # Punctuation comes before digits and letters.
    return "".join([c if c.isalnum() else BEFORE_LETTERS + c for c in folded]), text.swapcase()


@lru_cache(4096)
def symbol_key(name: Symbol) -> tuple[str, ...]:
    """Gives what Python compares as `compare` compares symbols."""
    return *text_key(name.name), *text_key(name.context)


#: Less than every digit or letter.
BEFORE_LETTERS = "\0"


sort_key = cmp_to_key(compare)


def sort_keys(terms: Sequence[Term]) -> list[Any]:
    """Gives for each of some terms what Python compares as `compare` compares these terms, as quickly as it can."""
    if all(type(term) is str for term in terms):
        return list(map(text_key, terms))
    try:
        return [_plain_key(term) for term in terms]
    except Unplain:
        return [sort_key(term) for term in terms]


class Unplain(Exception):
    """Terms of which no key by itself tells the order."""


def _plain_key(term: Term) -> tuple[Any, ...]:
    """Gives the key of a term with no sum, product or power in it, which go by their last variables; raises Unplain."""
    kind = type(term)
    if kind is int:
        return 0, term, 0, 0, AT_ONE_VALUE[int]
    if kind is str:
        return 1, *text_key(term)
    if kind is Symbol:
        return 2, *symbol_key(term)
    if kind is Expression and not (term.head is S.Complex and _is_exact_complex(term)):
        if type(term.head) is Symbol and term.head in POLYNOMIAL:
            raise Unplain
        return 3, len(term.args), _plain_key(term.head), *map(_plain_key, term.args)
    if kind is np.ndarray:
        return 3, len(term), _plain_key(S.List), *map(_plain_key, elements(term))
    if _class(term):
        raise Unplain
    real, imag = _real_and_imaginary(term)
    return 0, real, abs(imag), imag, AT_ONE_VALUE.get(type(real), 1)


#: Heads of the parts of polynomials.
POLYNOMIAL = frozenset({S.Plus, S.Times, S.Power})
