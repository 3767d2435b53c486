"""TreeForm: an expression as a tree of its heads and elements, drawn in text."""

from __future__ import annotations

from wlnet.builtins.evaluation.forms import wraps
from wlnet.kernel import constant
from wlnet.syntax import write
from wlnet.terms import Association, Expression, S, Term, elements, is_list

#: Of the last element and of the others: what stands before it, and before what is below it.
LAST, OTHER = ("└─ ", "   "), ("├─ ", "│  ")


@constant("TreeForm", category="Output")
def tree_form_() -> None:
    """TreeForm[x] shows x as a tree of its heads and elements.
    TreeForm[x, n] shows it down to level n; what is below stands in one line.

    Examples:
        >> TreeForm[f[x, g[y, 2]]]
        = TreeForm[f[x, g[y, 2]]]
        >> ToString[TreeForm[f[x, g[y, 2]]]]
        = "f\\n├─ x\\n└─ g\\n   ├─ y\\n   └─ 2"
        >> ToString[TreeForm[f[g[x]], 1]]
        = "f\\n└─ g[x]"
    """


@wraps("TreeForm")
def tree_form(args: tuple[Term, ...]) -> str | None:
    deepest = args[1] if len(args) > 1 else None
    if not args or not (deepest is None or type(deepest) is int):
        return None
    lines: list[str] = []
    stack: list[tuple[Term, str, str, int]] = [(args[0], "", "", 0)]
    while stack:
        term, before, below, level = stack.pop()
        head, inner = branches(term) if deepest is None or level < deepest else (term, [])
        lines.append(before + write(head, "InputForm"))
        signs = [OTHER] * (len(inner) - 1) + [LAST] * bool(inner)
        following = [
            (item, below + sign, below + space, level + 1) for item, (sign, space) in zip(inner, signs, strict=True)
        ]
        stack += reversed(following)
    return "\n".join(lines)


def branches(term: Term) -> tuple[Term, list[Term]]:
    """Gives what stands at a node, and what hangs from it; a term without elements stands there whole."""
    if type(term) is Association:
        return S.Association, list(term.rules())
    head = term.head if type(term) is Expression else S.List
    inner = list(elements(term)) if is_list(term) or type(term) is Expression else []
    return (head, inner) if inner else (term, [])
