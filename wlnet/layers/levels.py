"""Levels of the language (from 1, negative from the end) as axes of batched arrays."""

from __future__ import annotations

from wlnet.errors import NetError


def axis_of(level: int, rank: int, kind: str) -> int:
    """Gives the axis of a level in an array of this rank (the batch's axis included); raises NetError."""
    axis = level if level > 0 else rank + level
    if level == 0 or not 1 <= axis < rank:
        raise NetError(f"there is no level {level} in an input of rank {rank - 1}", tag="level", kind=kind)
    return axis
