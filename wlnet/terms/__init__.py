"""Terms: what every expression of the language is made of, and nothing that evaluates.

May import `wlnet.errors`, NumPy and the standard library only (and mpmath, when the first big real is made). Read
`symbols`, `expression`, `atoms`, `association`, `audio`, `big_real`, `image`, `packed`, `same`, `order`, in that order.

A term is one of

- `Symbol` (interned), `Expression(head, args)`;
- a native atom: `int`, `float`, `complex`, `fractions.Fraction`, `str`, and `BigReal`; never `bool`, whose
  place the symbols True and False take;
- a packed list: a read-only `numpy.ndarray` of type int64, float64 or complex128, of rank ≥ 1, without zero dimensions;
- an object of a registered type (`atoms.register`): `Association`, `NumericArray`, `Audio`, `Image`, a net, a coder, …
"""

from wlnet.terms.alike import alike
from wlnet.terms.association import Association
from wlnet.terms.atoms import AtomType, NumericArray, atom_type, register
from wlnet.terms.audio import Audio
from wlnet.terms.big_real import BigReal
from wlnet.terms.expression import INERT, Expression, Term, expression, is_head, list_of, rule
from wlnet.terms.image import Image
from wlnet.terms.numeric import numeric
from wlnet.terms.order import compare, sort_key, sort_keys
from wlnet.terms.packed import elements, is_list, is_number, pack, to_list, unpack
from wlnet.terms.same import same, term_hash
from wlnet.terms.symbols import ABORTED, FAILED, FALSE, NONE, NULL, TRUE, S, Symbol, symbol, truth

__all__ = [
    "ABORTED",
    "FAILED",
    "FALSE",
    "INERT",
    "NONE",
    "NULL",
    "TRUE",
    "Association",
    "AtomType",
    "Audio",
    "BigReal",
    "Expression",
    "Image",
    "NumericArray",
    "S",
    "Symbol",
    "Term",
    "alike",
    "atom_type",
    "compare",
    "elements",
    "expression",
    "is_head",
    "is_list",
    "is_number",
    "list_of",
    "numeric",
    "pack",
    "register",
    "rule",
    "same",
    "sort_key",
    "sort_keys",
    "symbol",
    "term_hash",
    "to_list",
    "truth",
    "unpack",
]  # fmt: skip
