"""What runs through iterators: Do, Table, Array, Sum, Product."""

from __future__ import annotations

import math

from wlnet.builtins.arrays.arrays import SIZE_LIMIT
from wlnet.builtins.evaluation.compiled import quickening  # noqa: F401 (rules that are used often)
from wlnet.builtins.evaluation.compiled.loops import caller, quick_values
from wlnet.builtins.evaluation.iterators import MESSAGES, run_through, values_of
from wlnet.kernel import Break, Continue, Kernel, Message, ReturnValue, builtin
from wlnet.terms import NULL, Expression, S, Term, elements, is_list, is_number, to_list
from wlnet.terms import attributes as flags


@builtin("Do", category="Control", attributes=flags.HOLD_ALL, messages=MESSAGES)
def do(kernel: Kernel, body: Term, spec: Term, *more: Term) -> Term:
    """Do[body, {i, n}] evaluates body with i = 1, 2, …, n.
    Do[body, n] evaluates it n times.
    Do[body, {i, a, b, step}], Do[body, {i, list}] and Do[body, {i, …}, {j, …}, …] run as Table does.

    Details: Break[] leaves the loop, Continue[] goes on with the next step.

    Examples:
        >> s = 0; Do[s = s + i, {i, 10}]; s
        = 55
        >> t = {}; Do[AppendTo[t, {i, j}], {i, 2}, {j, i}]; t
        = {{1, 1}, {2, 1}, {2, 2}}
        >> i
        = i
    Possible issues:
        >> Do[1, {i, a}]
        = Do[1, {i, a}]
        message: Do::iterb
        >> Do[1, {2, 3}]
        = Do[1, {2, 3}]
        message: Do::itform
    """
    try:
        _do(kernel, body, (spec, *more), 0)
    except ReturnValue as returned:
        if returned.head not in (None, S.Do):
            raise
        return returned.value
    return NULL


def _do(kernel: Kernel, body: Term, specs: tuple[Term, ...], level: int) -> None:
    if level < len(specs) - 1:
        name, values = values_of(kernel, specs[level], level + 2, endless=True)
        run_through(kernel, name, values, lambda: _do(kernel, body, specs, level + 1))
        return
    evaluate = kernel.evaluate

    def visit() -> None:
        try:
            evaluate(body)
        except Continue:
            return

    name, values = values_of(kernel, specs[level], level + 2, endless=True)
    values = quick_values(kernel, body, name, values)
    try:
        run_through(kernel, name, values, visit)
    except Break:
        return


def table_of_values(kernel: Kernel, body: Term, specs: tuple[Term, ...], level: int = 0) -> Term:
    """Gives the (nested) list of the values of body."""
    if level == len(specs):
        return kernel.evaluate(body)
    found: list[Term] = []
    name, values = values_of(kernel, specs[level], level + 2)
    if level == len(specs) - 1:
        evaluate = kernel.evaluate
        values = quick_values(kernel, body, name, values, found.append)
        run_through(kernel, name, values, lambda: found.append(evaluate(body)))
    else:
        run_through(kernel, name, values, lambda: found.append(table_of_values(kernel, body, specs, level + 1)))
    return to_list(found)


@builtin("Table", category="Lists", attributes=flags.HOLD_ALL, messages=MESSAGES)
def table(kernel: Kernel, body: Term, *specs: Term) -> Term:
    """Table[expr, {i, n}] gives the list of the values of expr for i = 1, 2, …, n.
    Table[expr, n] gives a list of n values.
    Table[expr, {i, a, b}] runs from a to b; Table[expr, {i, a, b, step}] does so in steps.
    Table[expr, {i, list}] runs through a list.
    Table[expr, {i, …}, {j, …}, …] gives a nested list.

    Examples:
        >> Table[i^2, {i, 4}]
        = {1, 4, 9, 16}
        >> Table[x, 3]
        = {x, x, x}
        >> Table[i, {i, 0, 1, 0.25}]
        = {0., 0.25, 0.5, 0.75, 1.}
        >> Table[f[i], {i, {a, b}}]
        = {f[a], f[b]}
        >> Table[i + j, {i, 2}, {j, i}]
        = {{2}, {3, 4}}
        >> Table[i, {i, 5, 1, -2}]
        = {5, 3, 1}
    Possible issues:
        >> Table[i, {i, a}]
        = Table[i, {i, a}]
        message: Table::iterb
        >> Table[i, {1, 2}]
        = Table[i, {1, 2}]
        message: Table::itform
    """
    return table_of_values(kernel, body, specs)


def accumulated(kernel: Kernel, head: Term, empty: int, body: Term, specs: tuple[Term, ...]) -> Term:
    """Gives the sum or product of the values of body over the iterators."""
    found: list[Term] = []

    def run(level: int) -> None:
        if level == len(specs):
            found.append(kernel.evaluate(body))
            return
        name, values = values_of(kernel, specs[level], level + 2)
        if not isinstance(values, (range, tuple, list)):
            raise Message("iterb", specs[level])
        if level == len(specs) - 1:
            values = quick_values(kernel, body, name, values, found.append)
        run_through(kernel, name, values, lambda: run(level + 1))

    try:
        run(0)
    except Message as message:
        formula = formula_of(kernel, head, body, specs) if message.tag == "iterb" else None
        if formula is None:
            raise
        return formula
    if not found:
        return empty
    return Expression(head, tuple(found)) if len(found) > 1 else found[0]


def formula_of(kernel: Kernel, head: Term, body: Term, specs: tuple[Term, ...]) -> Term | None:
    """Gives a sum or product over bounds that are no numbers, if a formula for it is known."""
    kernel.load_rest()
    # Numerical mathematics is loaded where a program needs it.
    from wlnet.builtins.numerics.closed_sums import closed_form

    return closed_form(kernel, head, body, specs)


@builtin("Sum", category="Arithmetic", attributes=flags.HOLD_ALL, messages=MESSAGES)
def sum_(kernel: Kernel, body: Term, spec: Term, *more: Term) -> Term:
    """Sum[expr, {i, n}] gives the sum of the values of expr for i = 1, 2, …, n; other iterators are as in Table.

    Details: Where the bounds are no numbers, the Python package sympy finds the formula (pip install wlnet[algebra]).

    Examples:
        >> Sum[i^2, {i, 4}]
        = 30
        >> Sum[x^i, {i, 0, 2}]
        = 1 + x + x^2
        >> Sum[i j, {i, 3}, {j, i}]
        = 25
        >> {Sum[i, {i, n}], Sum[1/k^2, {k, Infinity}]}
        = {(n (1 + n))/2, Pi^2/6}
    Possible issues:
        >> Sum[f[i], {i, n}]
        = Sum[f[i], {i, n}]
        message: Sum::iterb
        >> Sum[i, {1, n}]
        = Sum[i, {1, n}]
        message: Sum::itform
    """
    return accumulated(kernel, S.Plus, 0, body, (spec, *more))


@builtin("Product", category="Arithmetic", attributes=flags.HOLD_ALL, messages=MESSAGES)
def product(kernel: Kernel, body: Term, spec: Term, *more: Term) -> Term:
    """Product[expr, {i, n}] gives the product of the values of expr for i = 1, 2, …, n; see Table for iterators.

    Examples:
        >> Product[i, {i, 5}]
        = 120
        >> Product[x, {3}]
        = x^3
    Possible issues:
        >> Product[f[i], {i, n}]
        = Product[f[i], {i, n}]
        message: Product::iterb
        >> Product[i, {1, n}]
        = Product[i, {1, n}]
        message: Product::itform
    """
    return accumulated(kernel, S.Times, 1, body, (spec, *more))


ARRAY = "`1` and `2` do not say how many elements there are at each level and where they begin."


@builtin("Array", category="Lists", messages={"ilsnn": ARRAY})
def array(kernel: Kernel, function: Term, sizes: Term, origins: Term = 1, head: Term = S.List) -> Term:
    """Array[f, n] gives {f[1], …, f[n]}.
    Array[f, {m, n, …}] gives a nested list; Array[f, n, r] begins with r; Array[f, n, {a, b}] goes from a to b.
    Array[f, {m, n, …}, r, h] puts h in place of the heads of the lists.

    Examples:
        >> Array[f, 3]
        = {f[1], f[2], f[3]}
        >> Array[Plus, {2, 2}]
        = {{2, 3}, {3, 4}}
        >> Array[f, 2, 0]
        = {f[0], f[1]}
        >> Array[# &, 3, {0, 1}]
        = {0, 1/2, 1}
        >> Array[f, {2, 2}, 1, Plus]
        = f[1, 1] + f[1, 2] + f[2, 1] + f[2, 2]
    Possible issues:
        >> Array[f, n]
        = Array[f, n]
        message: Array::ilsnn
    """
    counts = elements(sizes) if is_list(sizes) else (sizes,)
    starts = elements(origins) if is_list(origins) and is_list(sizes) else (origins,) * len(counts)
    are_sizes = all(type(size) is int and size >= 0 for size in counts) and math.prod(counts) <= SIZE_LIMIT
    if not counts or not are_sizes or len(starts) != len(counts):
        raise Message("ilsnn", sizes, origins)
    axes = [_axis(kernel, size, start) for size, start in zip(counts, starts, strict=True)]

    apply = caller(kernel, function, len(axes), math.prod(counts))

    def fill(place: tuple[Term, ...]) -> Term:
        if len(place) == len(axes):
            return apply(*place)
        row = [fill((*place, step)) for step in axes[len(place)]]
        return to_list(row) if head is S.List else Expression(head, tuple(row))

    return fill(())


def _axis(kernel: Kernel, size: int, start: Term) -> tuple[Term, ...]:
    if is_list(start):
        ends = elements(start)
        if len(ends) != 2 or not all(map(is_number, ends)):
            raise Message("ilsnn", size, start)
        first, last = ends
        width = Expression(S.Plus, (last, Expression(S.Times, (-1, first))))
        step = kernel.evaluate(Expression(S.Times, (width, Expression(S.Power, (max(size - 1, 1), -1)))))
        start, by = first, step
    else:
        by = 1
    terms = (Expression(S.Plus, (start, Expression(S.Times, (place, by)))) for place in range(size))
    return tuple(map(kernel.evaluate, terms))
