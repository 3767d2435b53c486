"""Examples with what they stand for, in the forms that Classify and Predict, and what measures them, take."""

from __future__ import annotations

from wlnet.builtins.numbers.numerical import as_list, is_array
from wlnet.kernel import Message
from wlnet.terms import Association, S, Term, elements, expression, is_head, is_list, to_list

DATA = (
    "`1` is no training data: {input -> output, …}, {input, …} -> {output, …}, <|output -> {input, …}, …|>, or rows -> "
    "the name or the number of the column that is the output."
)

Pairs = tuple[list[Term], list[Term]]


def pairs_of(data: Term) -> Pairs:
    """Gives inputs and outputs; raises Message."""
    data = plain(data)
    found = None
    if type(data) is Association:
        found = by_output(data)
    elif is_head(data, S.Rule, 2):
        left, right = (plain(side) for side in data.args)
        found = aligned(left, right) if is_array(right) else with_column(left, right)
    elif is_list(data):
        items = elements(data)
        if all(is_head(item, S.Rule, 2) for item in items):
            found = [item.args[0] for item in items], [item.args[1] for item in items]
    if found is None or not found[0]:
        raise Message("data", data, text=DATA)
    return found


def plain(term: Term) -> Term:
    """Gives what a Dataset holds, and any other term as it is."""
    return plain(term.args[0]) if is_head(term, S.Dataset) and term.args else term


def by_output(data: Association) -> Pairs | None:
    groups = [(name, elements(as_list(group))) for name, group in data.items() if is_array(group)]
    if len(groups) != len(data):
        return None
    pairs = [(item, name) for name, group in groups for item in group]
    return [item for item, _ in pairs], [name for _, name in pairs]


def aligned(inputs: Term, outputs: Term) -> Pairs | None:
    if not is_array(inputs):
        return None
    left, right = elements(as_list(inputs)), elements(as_list(outputs))
    return (list(left), list(right)) if len(left) == len(right) else None


def with_column(table: Term, wanted: Term) -> Pairs | None:
    """Gives the rows of a table less the column that is the output, and that column; None where a row has none."""
    rows = elements(table) if is_list(table) else ()
    pairs = [without(row, wanted) for row in rows]
    found = [pair for pair in pairs if pair is not None]
    return ([left for left, _ in found], [right for _, right in found]) if len(found) == len(rows) else None


def without(row: Term, wanted: Term) -> tuple[Term, Term] | None:
    if type(row) is Association:
        return (row.without([wanted]), row.get(wanted)) if wanted in row else None
    items = elements(row) if is_list(row) else ()
    if type(wanted) is not int or not 0 < abs(wanted) <= len(items):
        return None
    place = wanted - 1 if wanted > 0 else len(items) + wanted
    return to_list(items[:place] + items[place + 1 :]), items[place]


def as_rule(pairs: Pairs) -> Term:
    """Gives inputs and outputs as one rule between lists, the form in which a learned function keeps them."""
    return expression("Rule", to_list(pairs[0]), to_list(pairs[1]))
