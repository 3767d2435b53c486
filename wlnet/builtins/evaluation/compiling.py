"""Functions of arguments with types: Compile and FunctionCompile, whose bodies run as compiled code as far as that goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from wlnet.builtins.evaluation.compiled.compiler import computes
from wlnet.builtins.evaluation.compiled.loops import store
from wlnet.builtins.evaluation.compiled.remembered import code_of_module
from wlnet.builtins.evaluation.compiled.values import LEFT, NUMBERS, is_value, required
from wlnet.kernel import BUILTINS, Kernel, Message, builtin, operator_form
from wlnet.kernel.structure import as_packed
from wlnet.patterns.renaming import replace_names
from wlnet.terms import FAILED, FALSE, TRUE, Expression, S, Symbol, Term, elements, is_head, is_list, list_of, to_list
from wlnet.terms import attributes as flags

CPVA = "`1` is no specification of an argument such as x, {x, _Integer} or {x, _Real, 1}."
CFCT = "`1` arguments were given, and the function takes `2`."
CFSA = "Argument `1` at position `2` should be `3`; the body is evaluated with it as it is."
NOEFF = "`1` -> `2` changes nothing here: compiled code consists of functions of Python, which run in this process."
TYPED = "`1` is not Typed[x, type] with one of the types `2`, or an array of such."


class Kind(NamedTuple):
    """A type of values: what messages call it, and what makes an atom one of it (None: it is none)."""

    name: str
    take: Callable[[Any], Term | None]


def real(value: Any) -> Term | None:
    return float(value) if type(value) in NUMBERS and type(value) is not complex else None


def complex_number(value: Any) -> Term | None:
    return complex(value) if type(value) in NUMBERS else None


#: Pattern of a specification → the type.
KINDS: dict[Term, Kind] = {
    Expression(S.Blank, (S.Real,)): Kind("real numbers", real),
    Expression(S.Blank, (S.Integer,)): Kind("integers", lambda value: value if type(value) is int else None),
    Expression(S.Blank, (S.Complex,)): Kind("numbers", complex_number),
    Expression(S.Blank, (S.String,)): Kind("texts", lambda value: value if type(value) is str else None),
    Expression(S.Alternatives, (TRUE, FALSE)): Kind(
        "True or False", lambda value: value if value in (TRUE, FALSE) else None
    ),
}
REAL, INTEGER, COMPLEX, STRING, BOOLEAN = KINDS
#: Name of a type in Typed → pattern.
TYPES: dict[str, Term] = {
    **dict.fromkeys(("Real64", "Real32"), REAL),
    **dict.fromkeys(("MachineInteger", "Integer64", "Integer32"), INTEGER),
    "ComplexReal64": COMPLEX,
    "String": STRING,
    "Boolean": BOOLEAN,
}


def argument(given: Term) -> Term:
    """Gives `{x, pattern, rank}` for the specification of an argument; raises `cpva`."""
    parts: tuple[Term, ...] = given.args if is_head(given, S.List) else (given,)
    if len(parts) not in (1, 2, 3):
        raise Message("cpva", given, text=CPVA)
    defaults: tuple[Term, ...] = (None, REAL, 0)
    name, kind, rank = parts + defaults[len(parts) :]
    if type(name) is not Symbol or type(rank) is not int or not any(kind == known for known in KINDS):
        raise Message("cpva", given, text=CPVA)
    return list_of(name, kind, rank)


@builtin(
    "Compile",
    category="Functions",
    attributes=flags.HOLD_ALL,
    options={
        "CompilationTarget": "WVM",
        "RuntimeAttributes": list_of(),
        "Parallelization": FALSE,
        "RuntimeOptions": S.Automatic,
        "CompilationOptions": S.Automatic,
    },
    messages={"cpva": CPVA, "noeff": NOEFF},
)
def compile_(kernel: Kernel, names: Term, body: Term, *, options: dict[str, Term]) -> Term:
    """Compile[{x, y, …}, body] gives a function of machine-sized real numbers that is made ready to run.
    Compile[{{x, _Integer}, {v, _Real, 1}, …}, body] names types, and ranks: 1 for vectors, 2 for matrices.

    Details: The value is that of the body with the arguments turned into numbers of these types. Where the compiled code
    meets something that it does not do, the evaluator does it, with no message. Types are _Real, _Integer, _Complex,
    _String and True | False.

    Examples:
        >> Compile[{x}, x^2 + 1][3]
        = 10.
        >> Compile[{{n, _Integer}}, Module[{s = 0}, Do[s += i, {i, n}]; s]][10]
        = 55
        >> Compile[{{v, _Real, 1}}, Total[v^2]][{1, 2, 3}]
        = 14.
        >> Compile[{{a, _Real, 2}, {v, _Real, 1}}, a . v][{{1, 2}, {3, 4}}, {1, 1}]
        = {3., 7.}
    Options: "RuntimeAttributes":
        >> Compile[{x}, If[x > 0, x, 0.], RuntimeAttributes -> {Listable}][{-1, 2}]
        = {0., 2.}
    Options: "CompilationTarget":
        >> Compile[{x}, 2 x, CompilationTarget -> "C"][1]
        = 2.
        message: Compile::noeff
    Options: "Parallelization":
        >> Compile[{x}, 2 x, Parallelization -> True][1]
        = 2.
        message: Compile::noeff
    Options: "RuntimeOptions":
        >> Compile[{x}, 2 x, RuntimeOptions -> "Speed"][1]
        = 2.
        message: Compile::noeff
    Options: "CompilationOptions":
        >> Compile[{x}, 2 x, CompilationOptions -> {"InlineExternalDefinitions" -> True}][1]
        = 2.
        message: Compile::noeff
    Possible issues:
        >> Head[Compile[{{x, _Symbol}}, x]]
        = Compile
        message: Compile::cpva
    Source: https://reference.wolfram.com/language/ref/Compile.html
    """
    given = names.args if is_head(names, S.List) else (names,)
    arguments = list_of(*map(argument, given))
    for name in ("CompilationTarget", "Parallelization", "RuntimeOptions", "CompilationOptions"):
        value = kernel.evaluate(options[name])
        if value not in (FALSE, S.Automatic, "WVM", "Quality"):
            kernel.message("Compile", "noeff", getattr(S, name), value)
    attributes = kernel.evaluate(options["RuntimeAttributes"])
    return Expression(S.CompiledFunction, (arguments, body, attributes))


@builtin(
    "FunctionCompile",
    category="Functions",
    messages={"typed": TYPED, "func": "A function of parameters with types is expected instead of `1`."},
)
def function_compile(kernel: Kernel, function: Term) -> Term:
    """FunctionCompile[Function[{Typed[x, "type"], …}, body]] gives a function of arguments of these types, ready to run.

    Details: Types are "Real64", "Real32", "MachineInteger", "Integer64", "Integer32", "ComplexReal64", "String" and
    "Boolean"; "PackedArray"::["Real64", n] and "NumericArray"::["Real64", n] are arrays of rank n. All of them are held in
    the numbers of the evaluator: integers do not overflow, and reals have 64 bits. In the body, Typed[expr, type] is expr, and
    KernelFunction[f] is f.

    Examples:
        >> FunctionCompile[Function[{Typed[x, "Real64"]}, x^2]][3]
        = 9.
        >> shout[s_] := ToUpperCase[s] <> "!";
        >> FunctionCompile[Function[{Typed[s, "String"]}, Typed[KernelFunction[shout], {"String"} -> "String"][s]]]["ahoy"]
        = "AHOY!"
        >> FunctionCompile[Function[{Typed[v, "PackedArray"::["Real64", 1]]}, Total[v]]][{1, 2}]
        = 3.
    Possible issues:
        >> FunctionCompile[Function[{x}, x]]
        = $Failed
        message: FunctionCompile::typed
        >> FunctionCompile[Sin]
        = $Failed
        message: FunctionCompile::func
    Source: https://reference.wolfram.com/language/ref/FunctionCompile.html
    """
    if not is_head(function, S.Function) or len(function.args) < 2:
        raise Message("func", function, result=FAILED)
    given = function.args[0]
    arguments = list_of(*map(typed_argument, given.args if is_head(given, S.List) else (given,)))
    return Expression(S.CompiledCodeFunction, (arguments, without_types(function.args[1]), list_of()))


#: Heads around an expression of the body that say how it is to be compiled.
AROUND = frozenset({S.Typed, S.KernelFunction})


def without_types(body: Term) -> Term:
    """Gives a body without what it says of types, and of what the evaluator is to do."""
    if type(body) is not Expression:
        return body
    if body.head in AROUND and body.args:
        return without_types(body.args[0])
    return Expression(without_types(body.head), tuple(map(without_types, body.args)))


def typed_argument(given: Term) -> Term:
    """Gives `{x, pattern, rank}` of a parameter with a type; raises `typed`."""
    if is_head(given, S.Typed, 2) and type(given.args[0]) is Symbol:
        name, kind = given.args
        parts = kind.args if type(kind) is Expression else (kind, 0)
        if len(parts) == 2 and parts[0] in TYPES and type(parts[1]) is int:
            return list_of(name, TYPES[parts[0]], parts[1])
    raise Message("typed", given, list_of(*TYPES), result=FAILED)


@builtin("CompiledFunction", category="Functions", attributes=flags.HOLD_ALL, messages={"cfct": CFCT, "cfsa": CFSA})
def compiled_function(kernel: Kernel, *parts: Term) -> None:
    """CompiledFunction[…] is a function that Compile made.

    Examples:
        >> Head[Compile[{x}, x]]
        = CompiledFunction
    Possible issues:
        >> Head[Compile[{x}, x][1, 2]]
        = CompiledFunction[{{x, _Real, 0}}, x, {}]
        message: CompiledFunction::cfct
        >> Compile[{x}, x + 1][a]
        = 1 + a
        message: CompiledFunction::cfsa
    Source: https://reference.wolfram.com/language/ref/CompiledFunction.html
    """


@builtin("CompiledCodeFunction", category="Functions", attributes=flags.HOLD_ALL, messages={"cfct": CFCT, "cfsa": CFSA})
def compiled_code_function(kernel: Kernel, *parts: Term) -> None:
    """CompiledCodeFunction[…] is a function that FunctionCompile made.

    Examples:
        >> Head[FunctionCompile[Function[{Typed[x, "Integer64"]}, x + 1]]]
        = CompiledCodeFunction
    Possible issues:
        >> FunctionCompile[Function[{Typed[x, "Integer64"]}, x + 1]][1.5]
        = 2.5
        message: CompiledCodeFunction::cfsa
        >> Head[FunctionCompile[Function[{Typed[x, "Integer64"]}, x]][]]
        = CompiledCodeFunction[{{x, _Integer, 0}}, x, {}]
        message: CompiledCodeFunction::cfct
    Source: https://reference.wolfram.com/language/ref/CompiledCodeFunction.html
    """


@operator_form("CompiledCodeFunction")
@operator_form("CompiledFunction")
def apply_compiled(kernel: Kernel, function: Expression, values: tuple[Term, ...]) -> Term | None:
    """Gives `CompiledFunction[…][values…]`."""
    if len(function.args) != 3:
        return None
    rows, body, attributes = function.args
    if len(rows.args) != len(values):
        kernel.message(function.head.name, "cfct", len(values), len(rows.args))
        return None
    values = tuple(map(as_packed, values))
    if attributes is S.Listable or S.Listable in elements(attributes):
        length = threading_length(rows.args, values)
        if length is not None:
            return threaded(kernel, function, values, length)
    taken = []
    for position, (row, value) in enumerate(zip(rows.args, values, strict=True), 1):
        found = taken_as(value, KINDS[row.args[1]].take, row.args[2])
        if found is None:
            kernel.message(function.head.name, "cfsa", value, position, described(row))
            return local(rows, body, values)
        taken.append(found)
    return run(kernel, function, tuple(taken))


def described(row: Term) -> str:
    _, kind, rank = row.args
    return KINDS[kind].name if rank == 0 else f"an array of rank {rank} of {KINDS[kind].name}"


def taken_as(value: Term, take: Callable[[Any], Term | None], rank: int) -> Term | None:
    """Gives a value with atoms of a type, if it is an array of them of that rank; None otherwise."""
    if rank == 0:
        return take(value)
    if not is_list(value):
        return None
    if type(value) is np.ndarray and value.ndim == rank and take is real and value.dtype.kind != "c":
        return as_reals(value)
    items = [taken_as(item, take, rank - 1) for item in elements(value)]
    return None if any(item is None for item in items) else to_list(items)


def as_reals(array: np.ndarray) -> np.ndarray:
    made = array.astype(np.float64)
    made.setflags(write=False)
    return made


def local(rows: Term, body: Term, values: tuple[Term, ...]) -> Term:
    """Gives the body with the arguments as local variables, for the evaluator."""
    given = (Expression(S.Set, (row.args[0], value)) for row, value in zip(rows.args, values, strict=True))
    return Expression(S.Module, (list_of(*given), body))


def run(kernel: Kernel, function: Expression, values: tuple[Term, ...]) -> Term:
    """Gives the value for arguments of the right types: by compiled code, or else by the evaluator, as numbers."""
    rows, body, _ = function.args
    code = code_of_module(kernel, function, tuple(row.args[0] for row in rows.args), body)
    env = None if code is None else code.environment(kernel)
    if code is not None and env is not None:
        env.update(enumerate(values, 1))
        try:
            value = required(code.steps[0](env))
        except LEFT:
            pass
        else:
            store(kernel, code, env)
            return value
    value = kernel.evaluate(local(rows, body, values))
    return value if is_value(value) else Expression(S.N, (value,))


def threading_length(rows: tuple[Term, ...], values: tuple[Term, ...]) -> int | None:
    """Gives over how many elements a Listable function threads: those of arguments of a higher rank than it takes."""
    lengths = {len(elements(value)) for row, value in zip(rows, values, strict=True) if rank_of(value) > row.args[2]}
    return lengths.pop() if len(lengths) == 1 else None


def rank_of(value: Term) -> int:
    if type(value) is np.ndarray:
        return value.ndim
    return 1 + max(map(rank_of, value.args), default=0) if is_head(value, S.List) else 0


def threaded(kernel: Kernel, function: Expression, values: tuple[Term, ...], length: int) -> Term:
    """Gives the values for the elements of the arguments; at once, where all of the body computes with arrays."""
    rows, body, _ = function.args
    if all(row.args[1:] == (REAL, 0) for row in rows.args) and is_elementwise(body):
        arrays = [taken_as(value, real, rank_of(value)) for value in values]
        if all(array is not None for array in arrays):
            names = [row.args[0] for row in rows.args]
            return kernel.evaluate(replace_names(body, dict(zip(names, arrays, strict=True))))
    columns = [
        elements(value) if rank_of(value) > row.args[2] else (value,) * length
        for row, value in zip(rows.args, values, strict=True)
    ]
    found = [kernel.evaluate(Expression(function, row)) for row in zip(*columns, strict=True)]
    return to_list(found)


def is_elementwise(body: Term) -> bool:
    """Tells whether a term consists of functions that thread over packed lists by themselves, all with variables inside."""
    if type(body) is not Expression:
        return type(body) is Symbol or type(body) in NUMBERS
    declared = BUILTINS.get(body.head)
    if declared is None or not (computes(declared, len(body.args)) and declared.packed):
        return False
    return bool(declared.attributes & flags.LISTABLE) and all(map(is_elementwise, body.args))
