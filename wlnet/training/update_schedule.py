"""Update schedules: groups of arrays that take turns in being trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wlnet.errors import NetError
from wlnet.nets.arrays import Key
from wlnet.nets.multipliers import covers, resolved, specification
from wlnet.nets.net import Net
from wlnet.terms import S, elements, is_head, is_list

OPTION = "TrainingUpdateSchedule"


@dataclass(frozen=True, slots=True)
class UpdateSchedule:
    """Groups in the order of their turns: the specification of each, and for how many steps in a row it is trained."""

    groups: tuple[Any, ...]
    steps: tuple[int, ...]

    def turn(self, step: int) -> int:
        """Gives the number of the group whose turn it is in this step (from 0)."""
        left = step % sum(self.steps)
        for number, length in enumerate(self.steps):
            left -= length
            if left < 0:
                return number
        raise AssertionError("the remainder is less than the sum")

    def members(self, net: Net) -> dict[Key, frozenset[int]]:
        """Gives key → the groups that an array is in. A shared array is in those of all its positions.

        Raises NetError for a part that the net does not have.
        """
        groups = [resolved(group, net) for group in self.groups]
        return {
            key: frozenset(
                number
                for number, group in enumerate(groups)
                if any(covers(group, net.structure, position) for position in positions)
            )
            for key, positions in net.positions.items()
        }


def read_update_schedule(given: Any) -> UpdateSchedule | None:
    """Gives the schedule of a setting, None for Automatic; raises NetError.

    given: a list of groups, each a specification (see `multipliers`) or {specification: steps}; or the term.
    """
    if given is None or given is S.Automatic:
        return None
    items = elements(given) if is_list(given) else given if isinstance(given, list) else ()
    if not items:
        raise misread(given)
    pairs = [read_group(item) for item in items]
    return UpdateSchedule(tuple(spec for spec, _ in pairs), tuple(steps for _, steps in pairs))


def read_group(item: Any) -> tuple[Any, int]:
    """Gives the specification of a group and its number of steps."""
    steps: Any = 1
    if is_head(item, S.Rule, 2):
        item, steps = item.args
    elif isinstance(item, Mapping) and len(item) == 1:
        ((item, steps),) = item.items()
    if type(steps) is not int or steps < 1 or item is S.Automatic:
        raise misread(item)
    try:
        return specification(item, OPTION), steps
    except NetError:
        raise misread(item) from None


def misread(given: Any) -> NetError:
    return NetError(
        f"the option {OPTION} must be Automatic or a list of groups of arrays that take turns, each a part or "
        "part -> steps; `1` is none",
        tag="option",
        kind="NetTrain",
        terms=(given if not isinstance(given, Sequence) or isinstance(given, str) else str(given),),
    )
