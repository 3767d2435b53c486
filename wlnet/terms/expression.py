"""Compound terms."""

from __future__ import annotations

from typing import Any, TypeAlias

from wlnet.terms.symbols import S, Symbol

#: Any term. The union of the package's docstring, which a type checker cannot use: registered types join at run time.
Term: TypeAlias = Any


#: The stamp of what no definition can ever change. Lower ones are of what rests on the symbols in it alone, 0 is that of
#: what was not evaluated yet; higher ones rest on all definitions.
INERT = -1


class Expression:
    """`head[args…]`, immutable by rule: nobody assigns to `head` or `args` after it is made.

    `stamp` belongs to the evaluator (which version of which definitions found it finished; 0: none yet), `_hash` to
    `same.expression_hash`. Python's `==` and `hash` on expressions are `same` and `expression_hash` (that module sets
    them), so that expressions may be keys of a dict; never put a bare number beside them in one dict (1 == 1.0 in Python): use `same.key`.
    """

    __slots__ = ("_hash", "args", "head", "stamp")

    def __init__(self, head: Term, args: tuple[Term, ...]) -> None:
        self.head = head
        self.args = args
        self.stamp = 0
        self._hash: int | None = None

    def __repr__(self) -> str:
        return f"{self.head!r}[{', '.join(map(repr, self.args))}]"

    def __reduce__(self) -> tuple[object, tuple[Term, tuple[Term, ...]]]:
        return Expression, (self.head, self.args)


def expression(head: Term | str, *args: Term) -> Expression:
    """Makes `head[args…]`; a head given as text is a symbol of System`."""
    return Expression(getattr(S, head) if type(head) is str else head, args)


def list_of(*args: Term) -> Expression:
    """Makes the list of these terms, unpacked."""
    return Expression(S.List, args)


def rule(left: Term, right: Term) -> Expression:
    """Makes `left -> right`."""
    return Expression(S.Rule, (left, right))


def is_head(term: Term, head: Symbol, count: int | None = None) -> bool:
    """Tells whether a term is an expression with this head (and this many arguments). Packed lists are not."""
    return type(term) is Expression and term.head is head and (count is None or len(term.args) == count)
