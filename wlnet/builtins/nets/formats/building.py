"""Nets from the expressions that files hold, built without evaluating them."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.nets.coders import made
from wlnet.builtins.nets.constructors.layers import make_net
from wlnet.builtins.nets.state_objects import StateObject
from wlnet.errors import FormatError
from wlnet.kernel import BUILTINS, Kernel
from wlnet.nets import KINDS, Net
from wlnet.nets.coders import Coder
from wlnet.terms import Association, Expression, NumericArray, S, Symbol, Term, is_head, numeric, pack

#: What the functions inside layers may be made of; such a function is evaluated when its layer is built.
CATEGORIES = frozenset(
    ("Arithmetic", "Arrays", "Associations", "Coders", "Colors", "Comparison", "Constants", "Containers", "Custom layers",
     "Distributions", "Elementary functions", "Functional programming", "Functions", "Images", "Integers",
     "Linear algebra", "Lists", "Logic", "Numbers", "Options of nets", "Patterns", "Predicates", "Rules",
     "Special functions", "Statistics", "Strings", "Windows")
)  # fmt: skip
#: Of these categories, what evaluates a text.
UNSAFE = frozenset(("StringTemplate", "TemplateApply"))
NAMES = frozenset(
    ("All", "Audio", "Automatic", "Block", "Break", "Catch", "Center", "CompoundExpression", "Continue", "Do", "For", "If",
     "Inherited", "Left", "Module", "NetStateObject", "None", "Null", "Piecewise", "Return", "Right", "SampleRate", "String",
     "Switch", "Throw", "Which", "While", "With")
)  # fmt: skip
#: What changes the value of a variable: harmless where the function itself has made it.
CHANGES = frozenset(
    ("AddTo", "AppendTo", "Decrement", "DivideBy", "Increment", "PreDecrement", "PreIncrement", "PrependTo", "Set",
     "SubtractFrom", "TimesBy")
)  # fmt: skip
SCOPES = (S.Block, S.Module, S.With)


def built_from(kernel: Kernel, term: Term, file: str) -> Net | Coder | StateObject:
    """Gives what an expression of a file stands for; raises FormatError, or NetError where a layer refuses it."""
    check_symbols(term, file)
    found = built(kernel, term)
    if not isinstance(found, Net | Coder | StateObject):
        raise FormatError(f"{file}: the file holds no net")
    return found


def check_symbols(term: Term, file: str) -> None:
    """Raises FormatError for a symbol that has no business in a net, such as one that writes files."""
    stack: list[tuple[Term, frozenset[Term]]] = [(term, frozenset())]
    while stack:
        item, local = stack.pop()
        if type(item) is Expression:
            if item.head in SCOPES:
                local |= made_by(item)
            if is_change(item.head) and item.args and changed(item.args[0]) in local:
                stack.extend((arg, local) for arg in item.args)
            else:
                stack.extend((part, local) for part in (item.head, *item.args))
        elif type(item) is Symbol and not is_harmless(item):
            raise FormatError(f"{file}: the net contains {item.name}, which no net is made of")


def is_change(head: Term) -> bool:
    return type(head) is Symbol and head.context == "System`" and head.name in CHANGES


def changed(target: Term) -> Term:
    """Gives what an assignment to a part of it changes."""
    return target.args[0] if is_head(target, S.Part) and target.args else target


def made_by(scope: Expression) -> frozenset[Term]:
    """Gives the local variables of a Module, Block or With; of a Block only those of the user, not the language's."""
    given = scope.args[0].args if scope.args and is_head(scope.args[0], S.List) else ()
    names = (item.args[0] if is_change(getattr(item, "head", None)) and item.args else item for item in given)
    return frozenset(name for name in names if type(name) is Symbol and name.context != "System`")


def is_harmless(name: Symbol) -> bool:
    declared = BUILTINS.get(name)
    if name.name in UNSAFE:
        return False
    return declared is None or name.name in NAMES or name.name in KINDS or declared.category in CATEGORIES


def built(kernel: Kernel, term: Term) -> Term:
    """Gives a term with the atoms that its parts stand for: nets, coders, associations, numbers."""
    if type(term) is not Expression:
        return term
    head = term.head
    if type(head) is not Symbol:
        return Expression(built(kernel, head), tuple(built(kernel, arg) for arg in term.args))
    if head is S.Function:
        return Expression(head, tuple(numbers(arg) for arg in term.args))
    args = tuple(built(kernel, arg) for arg in term.args)
    make = BUILDERS.get(head)
    if make is not None:
        return make(kernel, args)
    if head.context == "System`" and head.name in KINDS:
        return make_net(kernel, KINDS[head.name], args)
    return numbers(Expression(head, args))


def numbers(term: Term) -> Term:
    """Gives a term with its fractions and complex numbers as atoms."""
    if type(term) is not Expression:
        return term
    args = tuple(numbers(arg) for arg in term.args)
    if len(args) == 2 and (term.head is S.Rational or term.head is S.Complex):
        declared = BUILTINS[term.head]
        value = declared.function(None, *args)
        return Expression(term.head, args) if value is None else value
    return Expression(numbers(term.head), args)


def association(args: tuple[Term, ...]) -> Term:
    if all(is_head(item, S.Rule, 2) for item in args):
        return Association(item.args for item in args)
    return Expression(S.Association, args)


def number_array(kernel: Kernel, args: tuple[Term, ...]) -> Term:
    """Gives the NumericArray of a list of numbers and a type."""
    array = numeric(args[0]) if args else None
    if array is None or not array.ndim:
        return Expression(S.NumericArray, args)
    return kernel.evaluate(Expression(S.NumericArray, (pack(array), *args[1:])))


def atom_of(head: Symbol) -> Callable[[Kernel, tuple[Term, ...]], Term]:
    """Gives what makes the atom that the built-in function `head` makes of arguments."""

    def make(kernel: Kernel, args: tuple[Term, ...]) -> Term:
        term = Expression(head, args)
        value = kernel.call(BUILTINS[head], term, args)
        return term if value is None else value

    return make


def coder_of(head: Symbol) -> Callable[[Kernel, tuple[Term, ...]], Term]:
    """Gives what makes the coder of a specification."""
    return lambda kernel, args: made(kernel, head.name, args[0]) if len(args) == 1 else Expression(head, args)


def sound(kernel: Kernel, args: tuple[Term, ...]) -> Term:
    """Gives the sound of an array of samples; that of a file, which a file of nets could name, stays unread."""
    if not args or type(args[0]) is not NumericArray:
        return Expression(S.Audio, args)
    return atom_of(S.Audio)(kernel, args)


#: Head → function(kernel, built arguments) → what the expression stands for.
BUILDERS: dict[Symbol, Callable[[Kernel, tuple[Term, ...]], Term]] = {
    S.Association: lambda kernel, args: association(args),
    S.Audio: sound,
    S.NumericArray: number_array,
    **{head: coder_of(head) for head in (S.NetEncoder, S.NetDecoder)},
    **{head: atom_of(head) for head in (S.Image, S.Image3D, S.NetStateObject)},
}
