"""Arguments that grow at their end, and of which one is replaced, at a cost that does not grow with their number."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from wlnet.terms.expression import Expression

#: From so many arguments on they are given room: to copy fewer takes no longer.
ROOM_FROM = 64


def _references_of_sole() -> int:
    table = {"name": object()}
    held = table["name"]
    return sys.getrefcount(held)


#: What `sys.getrefcount` says of a thing that one other holds, beside the variable asked about. Pythons differ.
SOLE = _references_of_sole()


class Row(tuple[Any, ...]):
    """The first `size` of `items`, a list that may go on behind them with what was added later: a tuple in all it does.

    Adding to the longest row of a list makes the list longer, and every older row stays what it was.
    """

    items: list[Any]
    size: int

    def __new__(cls, items: list[Any], size: int) -> Row:
        made = tuple.__new__(cls)
        made.items, made.size = items, size
        return made

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Any]:
        return islice(self.items, self.size)

    def __getitem__(self, index: Any) -> Any:
        if type(index) is slice:
            return tuple(self.items[: self.size][index])
        place = index + self.size if index < 0 else index
        if not 0 <= place < self.size:
            raise IndexError("tuple index out of range")
        return self.items[place]

    def __reversed__(self) -> Iterator[Any]:
        return (self.items[place] for place in range(self.size - 1, -1, -1))

    def __contains__(self, item: object) -> bool:
        return item in iter(self)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (list(self),)


def _as_tuple(name: str) -> Callable[..., Any]:
    """Gives the method of a tuple for rows, as which a row is no row any more, and neither is what it is given."""
    method = getattr(tuple, name)

    def by_tuple(row: Row, *given: Any) -> Any:
        return method(tuple(row), *(tuple(other) if type(other) is Row else other for other in given))

    return by_tuple


for _name in (
    "__add__",
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__mul__",
    "__rmul__",
    "count",
    "index",
):
    setattr(Row, _name, _as_tuple(_name))
Row.__radd__ = lambda row, other: other + tuple(row)  # type: ignore[attr-defined]


def longer(args: tuple[Any, ...], item: Any) -> tuple[Any, ...]:
    """Gives the arguments with one more at their end: adding n one by one costs n steps."""
    size = len(args)
    if size < ROOM_FROM:
        return args + (item,)  # noqa: RUF005 (faster)
    items = args.items if type(args) is Row else list(args)
    if len(items) > size:  # another row went on behind this one
        items = items[:size]
    items.append(item)
    return Row(items, size + 1)


def replaced(args: tuple[Any, ...], place: int, item: Any) -> tuple[Any, ...]:
    """Gives the arguments with another one at a place (from 0)."""
    if len(args) < ROOM_FROM:
        return args[:place] + (item,) + args[place + 1 :]  # noqa: RUF005 (faster)
    items = list(args)
    items[place] = item
    return Row(items, len(items))


def replace_in_place(table: dict[Any, Any], name: Any, place: int, item: Any) -> bool:
    """Replaces an argument of the expression that nothing but a table holds; False where that does not do."""
    term: Expression = table[name]
    if sys.getrefcount(term) > SOLE:
        return False
    args = term.args
    if type(args) is not Row or sys.getrefcount(args) > SOLE:
        return False
    items = args.items
    if len(items) > args.size or sys.getrefcount(items) > SOLE:
        return False
    items[place] = item
    term._hash = None
    return True
