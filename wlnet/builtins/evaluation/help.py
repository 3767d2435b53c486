"""Help in the language: `?name`, `??name` and `Information`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase

from wlnet import builtins
from wlnet.declarations import Declaration, Example
from wlnet.kernel import BUILTINS, Kernel, Printed, builtin, constant
from wlnet.kernel.applying import by_up_values
from wlnet.kernel.written import Written
from wlnet.syntax import write
from wlnet.terms import FALSE, NULL, TRUE, Expression, S, Symbol, Term, is_list, symbol, to_list
from wlnet.terms import attributes as flags
from wlnet.terms.packed import elements
from wlnet.terms.symbols import is_interned

#: Where declarations are found; a package with a registry of its own adds it here.
REGISTRIES: list[Callable[[], Iterable[Declaration]]] = [BUILTINS.values]

#: Type of an atom → function(kernel, object, property or None): what `Information[object, property]` gives.
INFORMATION: dict[type, Callable[[Kernel, Term, Term | None], Term | None]] = {}


def declared() -> dict[str, Declaration]:
    """Gives every declaration under its title; of two with one title, that of the earlier registry."""
    builtins.load_rest()
    found: dict[str, Declaration] = {}
    for registry in REGISTRIES:
        for declaration in registry():
            if isinstance(declaration, Written):
                declaration.read()
            found.setdefault(declaration.title, declaration)
    return found


def help_text(declaration: Declaration, *, long: bool = False) -> str:
    """Gives usage, options with defaults and examples; with `long`, everything that the declaration says."""
    parts = declaration.help
    kinds = [title for title in declared() if title.startswith(declaration.name + "[")]
    groups: list[list[str]] = [list(parts.usage), ["Kinds:", columns(kinds)] if kinds else []]
    groups.append(list(option_lines(declaration)))
    if long:
        names = flags.flag_names(getattr(declaration, "attributes", 0))
        told = {"Differs": parts.differs, "Attributes": ", ".join(names)}
        groups += [[parts.details], *([f"{title}: {text}"] for title, text in told.items() if text)]
    for heading, examples in parts.examples.items():
        if long or heading == "Examples":
            groups.append([f"{heading}:", *(line for example in examples for line in example_lines(example))])
    if long:
        groups.append([f"Source: {parts.source}"] if parts.source else [])
    return "\n\n".join("\n".join(group) for group in groups if any(group))


def option_lines(declaration: Declaration) -> Iterator[str]:
    """Gives the lines of the table of options and their defaults; none without options."""
    options: dict[str, Term] = getattr(declaration, "options", None) or {}
    width = max(map(len, options), default=0)
    if options:
        yield "Options:"
    for name, default in options.items():
        yield f"  {name:<{width}} -> {write(default, 'InputForm')}"


def example_lines(example: Example) -> Iterator[str]:
    yield "  >> " + example.input.replace("\n", "\n     ")
    for message in example.messages:
        yield f"  {message}"
    shown = example.printed if example.printed is not None else example.value
    if shown is not None:
        yield "  = " + shown.replace("\n", "\n    ")


def find_symbol(kernel: Kernel, name: str) -> Symbol | None:
    """Gives the symbol that a name stands for where one is known; makes none."""
    for context in ("",) if "`" in name else kernel.context_path:
        if is_interned(context + name):
            found = symbol(context + name)
            if found in BUILTINS or is_defined(kernel, found):
                return found
    return None


def is_defined(kernel: Kernel, name: Symbol) -> bool:
    """Tells whether the user gave the symbol a value, a rule or a message."""
    found = kernel.definitions.get(name)
    if name in kernel.own:
        return True
    return found is not None and any((found.down, found.up, found.sub, found.messages))


def definition_text(kernel: Kernel, name: Symbol) -> str:
    """Gives what the session knows of a symbol of the user's: its usage message, its value and its rules."""
    definition = kernel.definitions[name]
    lines = [definition.messages.get("usage", name.full_name)]
    if name in kernel.own:
        lines.append(f"{name.name} = {write(kernel.own[name], 'InputForm')}")
    for table in (definition.down, definition.sub, definition.up):
        for left, right in table.rules() if table is not None else ():
            lines.append(f"{write(left, 'InputForm')} := {write(right, 'InputForm')}")
    return "\n".join(lines)


def text_about(kernel: Kernel, name: str, *, long: bool = False) -> str | None:
    """Gives the help text of a name, or None where nothing is known of it."""
    declaration = declared().get(name.removeprefix("System`"))
    if declaration is not None:
        return help_text(declaration, long=long)
    found = find_symbol(kernel, name)
    return None if found is None else definition_text(kernel, found)


def matching_names(kernel: Kernel, pattern: str) -> list[str]:
    """Gives the known names that fit a pattern where `*` stands for any characters, in alphabetical order."""
    mine = {name.name for name in {*kernel.own, *kernel.definitions} if is_defined(kernel, name)}
    escaped = pattern.replace("[", "[[]").replace("?", "[?]")
    known = (name for name in {*declared(), *mine} if "[" in pattern or "[" not in name)
    return sorted(name for name in known if fnmatchcase(name, escaped))


def columns(names: list[str], width: int = 96) -> str:
    """Lays names out in columns, read downwards."""
    wide = max(map(len, names)) + 2
    rows = -(-len(names) // max(1, width // wide))
    return "\n".join("".join(name.ljust(wide) for name in names[row::rows]).rstrip() for row in range(rows))


def tell_about_name(kernel: Kernel, name: str, *, long: bool) -> Term:
    names = matching_names(kernel, name) if "*" in name else [name]
    text = columns(names) if len(names) > 1 else text_about(kernel, names[0], long=long) if names else None
    if text is None:
        from difflib import get_close_matches

        close = get_close_matches(name, declared(), n=3)
        kernel.message("Information", "nosuch" if close else "notfound", name, ", ".join(close))
        return Expression(S.Missing, ("UnknownSymbol", name))
    kernel.emit(Printed(text))
    return NULL


def is_kind(subject: Term) -> bool:
    """Tells whether help is wanted on one kind of what a function makes, such as `NetEncoder["Boolean"]`."""
    if type(subject) is not Expression or len(subject.args) != 1 or type(subject.args[0]) is not str:
        return False
    return write(subject, "InputForm") in declared()


def information_of(kernel: Kernel, value: Term, chosen: Term | None) -> Term | None:
    """Gives what the table says of an object, element by element for a list of objects."""
    answer = INFORMATION.get(type(value))
    if answer is not None:
        return answer(kernel, value, chosen)
    if not is_list(value) or not elements(value):
        return None
    results = [information_of(kernel, item, chosen) for item in elements(value)]
    return None if any(result is None for result in results) else to_list(results)


#: Property of a symbol → the function that gives it.
OF_SYMBOLS = {
    **{name: symbol(name) for name in ("Attributes", "Context", "Options")},
    **{f"{kind}Values": symbol(f"{kind}Values") for kind in ("Down", "Format", "N", "Own", "Sub", "Up")},
    "Name": S.SymbolName,
}


@builtin(
    "Information",
    category="Help",
    attributes=flags.HOLD_FIRST,
    options={"LongForm": FALSE},
    messages={
        "notfound": "Symbol `1` not found.",
        "nosuch": "Symbol `1` not found; names like it: `2`.",
    },
)
def information(kernel: Kernel, subject: Term, chosen: Term | None = None, *, options: dict[str, Term]) -> Term | None:
    """Information[symbol] prints what is known about a symbol: usage, options and examples; `?symbol` is short for it.
    Information["name"] does so for a name; `*` in the name stands for any characters, and all fitting names are listed.
    Information[object, "property"] gives a property of an object such as a net.
    Information[symbol, "property"] gives "Attributes", "Context", "DownValues", "Name", "Options", "OwnValues", … of a symbol.

    Examples:
        >> Information[Information]
        = Null
        >> f::usage = "f[x] squares x."; Information[f]
        = Null
        >> Information[Power, "Attributes"]
        = {Listable, NumericFunction, OneIdentity, Protected}
        >> pair /: Information[pair[a_, b_], "Sum"] := a + b; p = pair[1, 2]; Information[p, "Sum"]
        = 3
        >> Information["NoSuchSymbolAnywhere"]
        = Missing["UnknownSymbol", "NoSuchSymbolAnywhere"]
        message: Information::notfound
        >> Information["Informatoin"]
        = Missing["UnknownSymbol", "Informatoin"]
        message: Information::nosuch
    Options: "LongForm":
        >> Information["Information", LongForm -> True]
        = Null
    """
    long = options["LongForm"] is TRUE
    if type(subject) is str:
        return tell_about_name(kernel, subject, long=long)
    if chosen is None and is_kind(subject):
        return tell_about_name(kernel, write(subject, "InputForm"), long=long)
    if type(subject) is Symbol and chosen is None and type(kernel.own.get(subject)) not in INFORMATION:
        return tell_about_name(kernel, subject.name if subject in BUILTINS else subject.full_name, long=long)
    of_symbol = OF_SYMBOLS.get(chosen) if type(chosen) is str and type(subject) is Symbol else None
    if of_symbol is not None and type(kernel.own.get(subject)) not in INFORMATION:
        return Expression(of_symbol, (Expression(S.Unevaluated, (subject,)),))
    value = kernel.evaluate(subject)
    known = information_of(kernel, value, chosen)
    if known is None and value is not subject:
        # The up values of what a held argument stands for have not been asked yet.
        return by_up_values(kernel, Expression(S.Information, (value,) if chosen is None else (value, chosen)))
    return known


@constant("LongForm", category="Help")
def long_form() -> None:
    """LongForm is an option of Information that tells whether to print everything that is known.

    Examples:
        >> Options[Information]
        = {LongForm -> False}
    """


@constant("Missing", category="Help")
def missing() -> None:
    """Missing["reason", data] stands for something that is not there.

    Examples:
        >> Head[Missing["NotAvailable"]]
        = Missing
    """
