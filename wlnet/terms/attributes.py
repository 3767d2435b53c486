"""The attributes of symbols, as bit flags."""

from __future__ import annotations

HOLD_FIRST = 1 << 0
HOLD_REST = 1 << 1
HOLD_ALL = HOLD_FIRST | HOLD_REST
HOLD_ALL_COMPLETE = 1 << 2
LISTABLE = 1 << 3
FLAT = 1 << 4
ORDERLESS = 1 << 5
ONE_IDENTITY = 1 << 6
SEQUENCE_HOLD = 1 << 7
PROTECTED = 1 << 8
LOCKED = 1 << 9
READ_PROTECTED = 1 << 10
N_HOLD_FIRST = 1 << 11
N_HOLD_REST = 1 << 12
N_HOLD_ALL = N_HOLD_FIRST | N_HOLD_REST
NUMERIC_FUNCTION = 1 << 13
CONSTANT = 1 << 14
TEMPORARY = 1 << 15
STUB = 1 << 16

#: The flag of each attribute's name. HoldAll and NHoldAll are both of their halves and stand before them, so
#: that a reader who takes the flags off in this order names the pair once.
FLAGS = {
    "Constant": CONSTANT,
    "Flat": FLAT,
    "HoldAll": HOLD_ALL,
    "HoldAllComplete": HOLD_ALL_COMPLETE,
    "HoldFirst": HOLD_FIRST,
    "HoldRest": HOLD_REST,
    "Listable": LISTABLE,
    "Locked": LOCKED,
    "NHoldAll": N_HOLD_ALL,
    "NHoldFirst": N_HOLD_FIRST,
    "NHoldRest": N_HOLD_REST,
    "NumericFunction": NUMERIC_FUNCTION,
    "OneIdentity": ONE_IDENTITY,
    "Orderless": ORDERLESS,
    "Protected": PROTECTED,
    "ReadProtected": READ_PROTECTED,
    "SequenceHold": SEQUENCE_HOLD,
    "Stub": STUB,
    "Temporary": TEMPORARY,
}


def flag_names(flags: int) -> tuple[str, ...]:
    """Gives the names of the attributes in `flags`, in alphabetical order."""
    found = []
    for name, flag in FLAGS.items():
        if flags & flag == flag:
            found.append(name)
            flags &= ~flag
    return tuple(found)
