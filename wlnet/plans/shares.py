"""Whether several threads had better take a share of the examples each, through all steps, than parts of single steps."""

from __future__ import annotations

from wlnet.plans.plan import Plan

#: How many numbers a step of a share gives at least, on the average: fewer are done before another thread is awake.
NUMBERS = 1 << 14
#: How many numbers the steps give for each number of the arrays, whose gradients must be added up.
EACH = 2


def suits_threads(plan: Plan, count: int) -> bool:
    """Tells it of the plan for a batch that `count` threads would share.

    It must not draw random numbers, call what is given from outside, or take statistics of a batch; the steps of a share
    must be large, and more work than the sum of the gradients.
    """
    operations = [step.operation for step in plan.steps]
    if plan.updates or any(one.compose is None or one.is_sequential for one in operations):
        return False
    given = sum(plan.values[slot].size for step in plan.steps for slot in step.outputs) // count
    arrays = sum(plan.values[slot].size for slot in plan.arrays.values())
    return given >= max(NUMBERS * len(plan.steps), EACH * arrays)
