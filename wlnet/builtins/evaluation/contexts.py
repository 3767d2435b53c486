"""Contexts and packages: which symbol a name stands for, and programs that keep their names to themselves."""

from __future__ import annotations

from fnmatch import fnmatchcase

from wlnet.builtins.evaluation.variables import STEERING, is_name
from wlnet.kernel import BUILTINS, Kernel, Message, builtin, constant
from wlnet.kernel.state import ALIASES
from wlnet.terms import (
    FAILED,
    NONE,
    NULL,
    Association,
    Expression,
    S,
    Term,
    elements,
    is_head,
    is_list,
    symbol,
    to_list,
)
from wlnet.terms.symbols import VISIBLE

CONTEXT, PATH, PACKAGES = symbol("$Context"), symbol("$ContextPath"), symbol("$Packages")
NOT_OPEN = "There is no `1` that belongs to this."
NO_CONTEXT = 'A context such as "Name`" is expected instead of `1`.'


def is_context(term: Term) -> bool:
    """Tells whether a term is the name of a context, such as "A`B`"."""
    return type(term) is str and term.endswith("`") and is_name(term[:-1].lstrip("`"))


def enter(kernel: Kernel, context: str, path: list[str]) -> None:
    """Makes a context the current one, with a path of contexts in which names are looked for."""
    kernel.context, kernel.context_path = context, path
    kernel.set_own(CONTEXT, context)
    kernel.set_own(PATH, to_list(list(path)))
    _see(kernel)


def _see(kernel: Kernel) -> None:
    """Has names shown without their context where they are found without it."""
    VISIBLE.set((kernel.context, *kernel.context_path))


def _set_context(kernel: Kernel, value: Term) -> None:
    if is_context(value):
        kernel.context = str(value)
        _see(kernel)


def _set_path(kernel: Kernel, value: Term) -> None:
    if is_list(value) and all(map(is_context, elements(value))):
        kernel.context_path = list(map(str, elements(value)))
        _see(kernel)


STEERING[CONTEXT] = _set_context
STEERING[PATH] = _set_path


def packages(kernel: Kernel) -> tuple[Term, ...]:
    """Gives the packages that have been loaded, the last first."""
    return elements(kernel.own.get(PACKAGES, Expression(S.List, ())))


def has_built_ins(context: str) -> bool:
    """Tells whether built-ins are in a context, such as Developer`, so that there is nothing to load."""
    return any(name.context == context for name in BUILTINS)


def add_package(kernel: Kernel, context: str) -> None:
    """Says that a package has been loaded, and lets its names be seen."""
    kernel.set_own(PACKAGES, to_list([context, *(name for name in packages(kernel) if name != context)]))
    show(kernel, context)


def show(kernel: Kernel, context: str) -> None:
    """Lets the names of a context be seen."""
    if context not in kernel.context_path:
        enter(kernel, kernel.context, [context, *kernel.context_path])


def left_open(kernel: Kernel) -> list[tuple[str, str, list[str]]]:
    """Gives what Begin and BeginPackage have left: which of them, the context and the path before."""
    return kernel.state.setdefault("contexts", [])


def close(kernel: Kernel, head: str) -> str:
    """Goes back to before the last Begin or BeginPackage, and gives the context that is left; raises Message."""
    opened = left_open(kernel)
    if not opened or opened[-1][0] != head:
        raise Message("noctx", head, result=kernel.context)
    _, context, path = opened.pop()
    left = kernel.context
    enter(kernel, context, path)
    return left


@constant("$Context", category="Symbols", value="Global`")
def current_context() -> None:
    """$Context is the current context, in which new names are made.

    Examples:
        >> $Context
        = "Global`"
        >> $Context = "Mine`";
        >> x = 5; $Context = "Global`";
        >> {x, Mine`x}
        = {x, 5}
    """


@constant("$ContextPath", category="Symbols", value=Expression(S.List, ("Global`", "System`")))
def context_path() -> None:
    """$ContextPath is the list of contexts in which names are looked for after the current one.

    Examples:
        >> $ContextPath
        = {"Global`", "System`"}
        >> Mine`x = 5; PrependTo[$ContextPath, "Mine`"];
        >> x
        = 5
    """


@constant("$Packages", category="Symbols", value=Expression(S.List, ("Global`", "System`")))
def packages_loaded() -> None:
    """$Packages is the list of the contexts of the packages that have been loaded.

    Examples:
        >> BeginPackage["Tools`"]; EndPackage[]; $Packages
        = {"Tools`", "Global`", "System`"}
    """


@builtin("Begin", category="Symbols", messages={"cxt": NO_CONTEXT})
def begin(kernel: Kernel, context: Term) -> Term | None:
    """Begin["A`"] makes A` the current context until End[]; "`B`" is a context inside the current one.

    Examples:
        >> Begin["A`"]
        = "A`"
        >> x = 1; End[]
        = "A`"
        >> {x, A`x}
        = {x, 1}
    Possible issues:
        >> Begin["A"]
        = $Failed
        message: Begin::cxt
    """
    if not is_context(context):
        raise Message("cxt", context, result=FAILED)
    left_open(kernel).append(("Begin", kernel.context, list(kernel.context_path)))
    inside = kernel.context + context[1:] if context[0] == "`" else context
    enter(kernel, inside, list(kernel.context_path))
    return inside


@builtin("End", category="Symbols", messages={"noctx": NOT_OPEN})
def end(kernel: Kernel) -> Term:
    """End[] goes back to the context before Begin, and gives the context that is left.

    Examples:
        >> Begin["A`B`"]; {End[], Context[]}
        = {"A`B`", "Global`"}
    Possible issues:
        >> End[]
        = "Global`"
        message: End::noctx
    """
    path = list(kernel.context_path)
    left = close(kernel, "Begin")
    enter(kernel, kernel.context, path)
    return left


@builtin("BeginPackage", category="Symbols", messages={"cxt": NO_CONTEXT})
def begin_package(kernel: Kernel, context: Term, needed: Term = Expression(S.List, ())) -> Term | None:
    """BeginPackage["A`"] begins a package: A` is the current context, and names are looked for there and in System`.
    BeginPackage["A`", {"B`", …}] loads other packages that it needs, whose names are then seen too.

    Details: What is named before Begin["`Private`"] is seen by those who load the package; the rest is not.

    Examples:
        >> BeginPackage["Shapes`"];
        >> area::usage = "area[r] gives the area of a disk.";
        >> Begin["`Private`"];
        >> square[r_] := r^2; area[r_] := Pi square[r];
        >> End[]; EndPackage[];
        >> {area[2], square[2], Context[area]}
        = {4*Pi, square[2], "Shapes`"}
    Possible issues:
        >> BeginPackage["A"]
        = $Failed
        message: BeginPackage::cxt
    """
    names = elements(needed) if is_list(needed) else (needed,)
    for name in (context, *names):
        if not is_context(name):
            raise Message("cxt", name, result=FAILED)
    left_open(kernel).append(("BeginPackage", kernel.context, list(kernel.context_path)))
    for name in names:
        kernel.evaluate(Expression(S.Needs, (name,)))
    enter(kernel, str(context), [str(context), *map(str, names), "System`"])
    return context


@builtin("EndPackage", category="Symbols", messages={"noctx": NOT_OPEN})
def end_package(kernel: Kernel) -> Term:
    """EndPackage[] ends a package: the context before is the current one again, and the names of the package are seen.

    Examples:
        >> BeginPackage["Tools`"];
        >> twice[x_] := 2 x; EndPackage[];
        >> {$Context, twice[4]}
        = {"Global`", 8}
    Possible issues:
        >> EndPackage[]
        = Null
        message: EndPackage::noctx
    """
    seen = kernel.context_path[:-1]
    try:
        package = close(kernel, "BeginPackage")
    except Message as raised:
        raise Message(raised.tag, *raised.arguments, result=NULL) from None
    others = [name for name in kernel.context_path if name not in seen]
    enter(kernel, kernel.context, [*seen, *others])
    add_package(kernel, package)
    return NULL


@constant("$ContextAliases", category="Symbols", value=Association(()))
def context_aliases() -> None:
    """$ContextAliases is an association of short names of contexts and what they stand for.

    Examples:
        >> $ContextAliases["s`"] = "Some`Long`Name`";
        >> Context[s`x]
        = "Some`Long`Name`"
    """


@builtin("Needs", category="Symbols", messages={"nocont": "`1` did not define the context `2`.", "cxt": NO_CONTEXT})
def needs(kernel: Kernel, context: Term, file: Term = None) -> Term | None:
    """Needs["A`"] loads the package A` with Get, unless it is loaded already.
    Needs["A`", "file"] loads it from a file.
    Needs["A`" -> "a`"] lets a`f stand for A`f; Needs["A`" -> None] loads it so that its names are not seen.

    Details: The file A.wl or A.m (A/B.wl for A`B`), or the init.wl or Kernel/init.wl of the folder A, is looked for beside
    the program that is read, in the current directory, in the folders of $Path, and in those of PacletDirectoryLoad.

    Examples:
        >> folder = CreateDirectory[]; file = FileNameJoin[{folder, "Tools.wl"}];
        >> Export[file, "BeginPackage[\\"Tools`\\"]\\ntwice[x_] := 2 x\\nEndPackage[]", "Text"];
        >> AppendTo[$Path, folder]; Needs["Tools`" -> "t`"];
        >> {t`twice[3], twice[5]}
        = {6, twice[5]}
        >> Needs["Tools`"]; $ContextPath
        = {"Tools`", "Global`", "System`"}
        >> Needs["Tools`", file]
        = Null
        >> Needs["Developer`"];
        >> PackedArrayQ[Range[3.]]
        = True
    Possible issues:
        >> Needs["NoSuchPackage`"]
        = $Failed
        message: Get::noopen
        >> Export[file = FileNameJoin[{CreateDirectory[], "x.wl"}], "1", "Text"]; Needs["A`", file]
        = $Failed
        message: Needs::nocont
        >> Needs["A"]
        = $Failed
        message: Needs::cxt
    """
    context, alias = context.args if is_head(context, S.Rule, 2) else (context, None)
    if not is_context(context) or not (alias is None or alias is NONE or is_context(alias)):
        raise Message("cxt", context if not is_context(context) else alias, result=FAILED)
    before = list(kernel.context_path)
    if context not in packages(kernel) and not has_built_ins(str(context)):
        source = context if file is None else file
        if kernel.evaluate(Expression(S.Get, (source,))) is FAILED:
            return FAILED
        if context not in packages(kernel):
            raise Message("nocont", source, context, result=FAILED)
    if alias is None:
        show(kernel, str(context))
        return NULL
    enter(kernel, kernel.context, before)
    if alias is not NONE:
        kernel.set_own(ALIASES, kernel.own[ALIASES].with_items([(alias, context)]))
    return NULL


@builtin("Contexts", category="Symbols")
def contexts(kernel: Kernel, pattern: Term = "*") -> Term | None:
    """Contexts[] gives the contexts of all symbols.
    Contexts["pattern"] gives those whose names match a pattern, in which * stands for any letters.

    Examples:
        >> A`B`x = 1; Contexts["A`*"]
        = {"A`B`"}
    """
    if type(pattern) is not str:
        return None
    found = {name.context for name in kernel.definitions}
    return to_list(sorted(name for name in found if fnmatchcase(name, pattern)))
