"""Expressions as bytes: BinarySerialize, BinaryDeserialize and the format WXF."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.files.data_formats import Format, Options, add_format
from wlnet.builtins.strings.bytes import byte_array, bytes_of
from wlnet.kernel import BUILTINS, Kernel, Message, builtin
from wlnet.syntax.wxf import from_wxf, to_wxf
from wlnet.terms import FAILED, Expression, S, Symbol, Term, symbol


def resolver(kernel: Kernel) -> Callable[[str], Symbol]:
    """Gives the function from the full name of a symbol to the symbol, which loads what declares it."""

    def resolve(name: str) -> Symbol:
        found = symbol(name)
        while kernel.later and found.context == "System`" and found not in BUILTINS:
            kernel.load_next()
        return found

    return resolve


@builtin(
    "BinarySerialize",
    category="Files",
    options={"PerformanceGoal": "Speed"},
    messages={
        "unfit": "The expression cannot be written: `1`.",
        "goal": 'PerformanceGoal is "Speed" or "Size", not `1`.',
    },
)
def binary_serialize(kernel: Kernel, term: Term, *, options: dict[str, Term]) -> Term | None:
    """BinarySerialize[expr] gives an expression as a ByteArray in the format WXF, which BinaryDeserialize reads.

    Details:
        WXF is the published form in which programs exchange expressions. A net is written as the expression that makes it.

    Examples:
        >> BinarySerialize[{1, "a"}]
        = ByteArray["ODpmAnMETGlzdEMBUwFh"]
        >> BinaryDeserialize[BinarySerialize[<|"a" -> {1.5, x, 2^100}|>]]
        = <|"a" -> {1.5, x, 1267650600228229401496703205376}|>
        >> net = NetInitialize[LinearLayer[2, "Input" -> 3]]; BinaryDeserialize[BinarySerialize[net]] === net
        = True
    Options: "PerformanceGoal":
        >> Length[Normal[BinarySerialize[Range[1000], PerformanceGoal -> "Size"]]] < 3000
        = True
    Possible issues:
        >> BinarySerialize[1, PerformanceGoal -> "Beauty"]
        = BinarySerialize[1, PerformanceGoal -> "Beauty"]
        message: BinarySerialize::goal
        >> BinarySerialize[StringToStream["a"]]
        = $Failed
        message: BinarySerialize::unfit
    """
    goal = options["PerformanceGoal"]
    if not (type(goal) is str and goal in ("Speed", "Size")):
        kernel.message("BinarySerialize", "goal", goal)
        return None
    try:
        return byte_array(to_wxf(term, compressed=goal == "Size"))
    except TypeError as error:
        raise Message("unfit", str(error), result=FAILED) from None


@builtin("BinaryDeserialize", category="Files", messages={"wxf": "The bytes are no expression in WXF: `1`."})
def binary_deserialize(kernel: Kernel, data: Term, head: Term = None) -> Term | None:
    """BinaryDeserialize[bytes] gives the value of the expression that a ByteArray holds in the format WXF.
    BinaryDeserialize[bytes, h] wraps it in h first.

    Examples:
        >> BinaryDeserialize[ByteArray["ODpmAnMETGlzdEMBUwFh"]]
        = {1, "a"}
        >> BinaryDeserialize[BinarySerialize[Unevaluated[1 + 1]], Hold]
        = Hold[1 + 1]
    Possible issues:
        >> BinaryDeserialize[ByteArray[{1, 2, 3}]]
        = $Failed
        message: BinaryDeserialize::wxf
    """
    found = bytes_of(data)
    if found is None:
        return None
    try:
        term = from_wxf(found, resolver(kernel))
    except ValueError as error:
        raise Message("wxf", str(error), result=FAILED) from None
    return term if head is None else Expression(head, (term,))


def _read_wxf(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    term = from_wxf(data, resolver(kernel))
    if not wanted or wanted == ("Expression",):
        return term
    if wanted == ("HeldExpression",):
        return Expression(S.HoldComplete, (term,))
    raise LookupError('the elements are "Expression" and "HeldExpression"')


add_format(Format("WXF", (".wxf",), _read_wxf, lambda kernel, term: to_wxf(term), is_binary=True))
