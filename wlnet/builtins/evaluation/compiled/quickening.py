"""Functions of the user's that are called often: by compiled code where their arguments are values."""

from __future__ import annotations

from wlnet.builtins.evaluation.compiled.assignments import undo
from wlnet.builtins.evaluation.compiled.code import JOURNAL, Code
from wlnet.builtins.evaluation.compiled.loops import quick_rows, store
from wlnet.builtins.evaluation.compiled.remembered import code_of_call
from wlnet.builtins.evaluation.compiled.values import LEFT, is_value
from wlnet.kernel import Kernel, applying, structure
from wlnet.patterns import NO_MATCH, RuleTable
from wlnet.terms import Symbol, Term

#: How many times as many calls as before pass until code that left a call to the evaluator gets another chance.
PATIENCE = 8


class Quick:
    """What does the same as the rules of a symbol, for values."""

    def __init__(self, head: Symbol, table: RuleTable) -> None:
        self.head = head
        self.table = table
        self.codes: dict[int, Code | None] = {}
        self.rest = applying.OFTEN

    def __call__(self, kernel: Kernel, args: tuple[Term, ...]) -> Term:
        """Gives the value for these arguments, or NO_MATCH."""
        count = len(args)
        code = self.codes.get(count)
        if code is None or not code.is_current(kernel):
            code = self.codes[count] = code_of_call(kernel, self.head, count)
        if code is None:
            return self.give_up()
        env = code.environment(kernel) if all(map(is_value, args)) else None
        if env is None:
            return NO_MATCH
        env.update(enumerate(args, 1))
        try:
            value = code.steps[0](env)
        except LEFT:
            undo(env[JOURNAL])
            return self.give_up()
        store(kernel, code, env)
        return value

    def give_up(self) -> Term:
        """Lets the rules do the next calls; ever more of them."""
        self.rest *= PATIENCE
        self.table.quick, self.table.calls = None, applying.OFTEN - self.rest
        return NO_MATCH


def quicken(kernel: Kernel, head: Symbol, table: RuleTable) -> None:
    """Gives a table its compiled form, once more after it had given up."""
    known: dict[Symbol, Quick] = kernel.state.setdefault("quick tables", {})
    found = known.get(head)
    if found is None or found.table is not table:
        found = known[head] = Quick(head, table)
    table.quick = found


applying.QUICKENERS.append(quicken)
structure.QUICK_ROWS.append(quick_rows)
