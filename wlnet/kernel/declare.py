"""The declaration of built-in symbols: one decorator, one registry.

    @builtin("Length", category="Lists")
    def length(kernel, x):
        '''Length[x] gives the number of elements of x.

        Examples:
            >> Length[{a, b}]
            = 2
        '''
        return len(elements(x))

The function gets the kernel and the arguments (evaluated, unless an attribute holds them) and gives

- a term, which is evaluated further (a branch of If, say, simply is returned: tail positions cost no depth);
- None: the expression stays as it is;
- or raises `Message(tag, …)`, a NetError, or something of `control`.

How many arguments it takes is read off the function's own signature. With `options`, trailing rules are taken from the
arguments, checked against the names and handed over as the keyword argument `options`, a dict with the defaults filled
in. The writer of a built-in never checks argument counts or option names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from wlnet.declarations import Declaration
from wlnet.terms import Symbol, Term, symbol
from wlnet.terms import attributes as flags


@dataclass(slots=True)
class Builtin(Declaration):
    """A built-in symbol.

    attributes: flags; minimum, maximum: number of arguments (maximum None: any).
    options: option name → default, or None where there are none; messages: tag → template.
    packed: a Listable function that takes packed arrays itself (it may give None to have them threaded).
    splits_options: False where the function takes its options among its arguments and checks them itself.
    takes_rules: a rule whose name is no option is an ordinary argument.
    of_text: what a Listable function of one argument makes of a text, a value again, without asking the kernel.
    curried: `f[a][x]` means `f[x, a]` ("first": the operand goes first) or `f[a, x]` ("last").
    """

    attributes: int = 0
    minimum: int = 0
    maximum: int | None = None
    options: dict[str, Term] | None = None
    messages: dict[str, str] = field(default_factory=dict)
    packed: bool = False
    of_text: Callable[[str], Term] | None = None
    curried: str | None = None
    symbol_only: bool = False
    splits_options: bool = True
    takes_rules: bool = False

    @property
    def symbol(self) -> Symbol:
        return symbol(self.name)


BUILTINS: dict[Symbol, Builtin] = {}


def builtin(
    name: str,
    *,
    category: str,
    attributes: int = 0,
    options: Mapping[str, Term] | None = None,
    messages: Mapping[str, str] | None = None,
    packed: bool = False,
    of_text: Callable[[str], Term] | None = None,
    takes_rules: bool = False,
    curried: str | None = None,
) -> Callable[[Callable[..., Term | None]], Callable[..., Term | None]]:
    """Declares the built-in `name` on a function of the kernel and the arguments (a decorator)."""

    def declare(function: Callable[..., Term | None]) -> Callable[..., Term | None]:
        key = symbol(name)
        if key in BUILTINS:
            raise ValueError(f"{name} is declared twice: {BUILTINS[key].module} and {function.__module__}")
        code = function.__code__
        positional = code.co_argcount - 1
        open_ended = bool(code.co_flags & 0x04)
        BUILTINS[key] = Builtin(
            name,
            category,
            function,
            attributes=attributes | flags.PROTECTED,
            minimum=positional - len(function.__defaults__ or ()),
            maximum=None if open_ended else positional,
            options=None if options is None else dict(options),
            messages=dict(messages or {}),
            packed=packed,
            of_text=of_text,
            takes_rules=takes_rules,
            curried=curried,
        )
        return function

    return declare


#: What some symbols stand for at the start of a session, such as Infinity for DirectedInfinity[1].
INITIAL_VALUES: dict[Symbol, Term] = {}


def constant(
    name: str, *, category: str, attributes: int = 0, value: Term | None = None
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declares a symbol that stands for itself (an option name, a value, a head without rules): docstring only.

    With `value`, it evaluates to that instead.
    """

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        key = symbol(name)
        if key in BUILTINS:
            raise ValueError(f"{name} is declared twice")
        BUILTINS[key] = Builtin(name, category, function, attributes=attributes | flags.PROTECTED, symbol_only=True)
        if value is not None:
            INITIAL_VALUES[key] = value
        return function

    return declare


#: Head → what it gives for two machine numbers (None: go the whole way). A short cut past threading, sorting and
#: argument counts that halves the cost of loops over numbers; not taken where the head has rules of the user's.
PAIRS: dict[Symbol, Callable[[Any, Any], Term | None]] = {}

#: Head of a compound head → function(kernel, compound head, arguments): what `head[…][…]` means.
OPERATOR_FORMS: dict[Symbol, Callable[[Any, Term, tuple[Term, ...]], Term | None]] = {}


def operator_form(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares what an expression with the head `name[…]` does when applied to arguments (a decorator)."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        OPERATOR_FORMS[symbol(name)] = function
        return function

    return declare


def extends(name: str, test: Callable[[Any], bool]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares what the built-in `name` does where its first argument passes a test (a decorator).

    What is declared gets the arguments, of which there are as many as the built-in takes, without the kernel.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        declared = BUILTINS[symbol(name)]
        others = declared.function

        @wraps(others)
        def with_more(kernel: Any, *args: Any, **options: Any) -> Any:
            return function(*args) if args and test(args[0]) else others(kernel, *args, **options)

        declared.function = with_more
        return function

    return declare
