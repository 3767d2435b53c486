"""Definitions and values with all that is in them, nets and their arrays too, in one file: DumpSave and the format MX."""

from __future__ import annotations

from wlnet.builtins.evaluation.contexts import is_context
from wlnet.builtins.evaluation.definition_lists import owner_of
from wlnet.builtins.evaluation.definitions_shown import SAVE_MESSAGES, statements, with_those_used
from wlnet.builtins.files.data_formats import Format, Options, add_format
from wlnet.builtins.files.files import path_of, write_bytes
from wlnet.builtins.files.serializing import resolver
from wlnet.kernel import BUILTINS, Kernel, Message, builtin
from wlnet.syntax.wxf import from_wxf, to_wxf
from wlnet.terms import FAILED, NULL, Expression, S, Symbol, Term, elements, is_head, is_list
from wlnet.terms import attributes as flags

FOREIGN = (
    "it was not written here, and only the program that wrote a file in this format reads it; "
    "let that program export the value as .wlnet, .wxf or .onnx"
)


def dumped(content: tuple[Term, ...]) -> bytes:
    """Gives the content of a file whose expressions are evaluated when it is read; raises TypeError."""
    return to_wxf(Expression(S.HoldComplete, content), compressed=True)


def read_dump(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Evaluates what is in a file, and gives the last value; raises ValueError for a file of another system."""
    if not data.startswith(b"8C:"):
        raise ValueError(FOREIGN)
    content = from_wxf(data, resolver(kernel))
    if not is_head(content, S.HoldComplete):
        raise ValueError("it holds an expression in WXF: read it in that format")
    result: Term = NULL
    for term in content.args:
        result = kernel.evaluate(term)
    return result


def names_in(kernel: Kernel, given: Term) -> list[Symbol]:
    """Gives the symbols that DumpSave is to write: symbols, and those of contexts; raises `sym`."""
    found: list[Symbol] = []
    for item in elements(given) if is_list(given) else (given,):
        if is_context(item):
            found += [name for name in kernel.definitions if name.context == item and name not in BUILTINS]
        else:
            found.append(owner_of(kernel, item))
    return found


@builtin("DumpSave", category="Definitions", attributes=flags.HOLD_REST, messages={**SAVE_MESSAGES, "unfit": "`1`."})
def dump_save(kernel: Kernel, file: Term, names: Term) -> Term | None:
    """DumpSave["file.mx", f] writes the definitions of f, and of everything that it uses, to a file; Get reads them.
    DumpSave["file.mx", {f, g, …}] writes those of several symbols, DumpSave["file.mx", "context`"] all of a context.

    Details: The file holds numbers and arrays as they are, those of nets too, and is short and quick to read.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "f.mx"}]; f[x_] := x + 1; DumpSave[file, {f}]; Clear[f];
        >> Get[file]; f[5]
        = 6
        >> net = NetInitialize[LinearLayer[2, "Input" -> 3]]; before = net[{1, 2, 3}]; DumpSave[file, net]; Clear[net];
        >> Get[file]; net[{1, 2, 3}] === before
        = True
        >> kept`a = 1; kept`b = 2; DumpSave[file, "kept`"]; Clear["kept`*"]; Get[file]; {kept`a, kept`b}
        = {1, 2}
    Possible issues:
        >> DumpSave["/dev/null/x", f]
        = $Failed
        message: DumpSave::nowrite
        >> DumpSave["x", 5]
        = DumpSave["x", 5]
        message: DumpSave::sym
        >> s = StringToStream["a"]; DumpSave["x.mx", s]
        = $Failed
        message: DumpSave::unfit
    Differs: The file is WXF inside, and is read here alone.
    """
    file = kernel.evaluate(file)
    if path_of(file) is None:
        return None
    symbols = with_those_used(kernel, names_in(kernel, names))
    try:
        content = dumped((*(line for name in symbols for line in statements(kernel, name)), S.Null))
    except TypeError as error:
        raise Message("unfit", str(error), result=FAILED) from None
    write_bytes(file, content)
    return NULL


MX = "Files hold WXF, and are read here alone; those of other systems cannot be read: use .wlnet, .wxf or .onnx."
add_format(Format("MX", (".mx",), read_dump, lambda kernel, term: dumped((term,)), is_binary=True, differs=MX))
