"""Files and strings written by format: Export."""

from __future__ import annotations

from wlnet.builtins.files.data_formats import FORMATS, Format
from wlnet.builtins.files.files import UNWRITTEN, path_of, write_bytes
from wlnet.builtins.files.importing import OTHERS, UNKNOWN, check_options, chosen_format
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, NONE, S, Term

UNFIT = "The expression cannot be written as `1`: `2`."
#: The options that are for some formats alone.
WRITING_SOME: dict[str, Term] = {
    "Description": NONE,
    "ExternalArrays": S.Automatic,
    "GraphName": S.Automatic,
    "ModelVersion": 0,
    "OperatorSetVersion": S.Automatic,
}


def placed(chosen: Format | None, term: Term, wanted: tuple[Term, ...]) -> Term:
    """Gives what is written where Export names elements; raises `unfit`."""
    if chosen is None or chosen.place is None or not wanted:
        return term
    try:
        return chosen.place(term, wanted)
    except TypeError as error:
        raise Message("unfit", chosen.name, str(error), result=FAILED) from None


def written_as(
    kernel: Kernel, chosen: Format | None, spec: Term, term: Term, name: str, options: dict[str, Term]
) -> dict[str, bytes]:
    """Gives name → content of the files of a term, the one asked for last."""
    if chosen is None or not chosen.is_written:
        raise Message("fmt", spec, ", ".join(FORMATS), result=FAILED)
    check_options(chosen, options, WRITING_SOME)
    try:
        if chosen.write_files is not None:
            return chosen.write_files(kernel, term, name, options)
        assert chosen.write is not None
        return {name: chosen.write(kernel, term)}
    except (TypeError, ValueError, RecursionError) as error:
        raise Message("unfit", chosen.name, str(error), result=FAILED) from None


@builtin(
    "Export",
    category="Files",
    options=WRITING_SOME,
    messages={"fmt": UNKNOWN, "nowrite": UNWRITTEN, "unfit": UNFIT, "opt": OTHERS},
)
def export(kernel: Kernel, name: Term, term: Term, spec: Term = None, *, options: dict[str, Term]) -> Term | None:
    """Export["file", expr] writes expr to a file in the format that its extension says, and gives its name.
    Export["file", expr, "format"] writes it in a format.

    Details: "ONNX" (.onnx) takes a net whose arrays have values, and pip install wlnet[onnx]. The file computes what the net
    does with arrays, without its encoders and decoders; the number of examples and lengths that vary stay open in it. A
    shared array is in it once. What a layer does that ONNX has no operators for is told in a message.
    Export["net.json", net, "MXNet"] writes the arrays of the net beside it, as net-0000.params.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x.json"}]; Export[file, <|"a" -> {1, True}|>]; Import[file]
        = {"a" -> {1, True}}
        >> file = FileNameJoin[{CreateDirectory[], "x.onnx"}]; Export[file, NetChain[{ElementwiseLayer[2 # &], Ramp}, "Input" -> 2]];
        >> Import[file][{-1, 3}]
        = {0., 6.}
    Options: "Description":
        >> file = FileNameJoin[{CreateDirectory[], "x.onnx"}];
        >> Export[file, NetChain[{Ramp}, "Input" -> 2], "Description" -> "a ramp"]; Import[file, "Description"]
        = "a ramp"
    Options: "ExternalArrays":
        >> file = FileNameJoin[{CreateDirectory[], "x.onnx"}];
        >> Export[file, NetInitialize[LinearLayer[2, "Input" -> 3]], "ExternalArrays" -> True]; FileExistsQ[file <> ".data"]
        = True
    Options: "GraphName":
        >> file = FileNameJoin[{CreateDirectory[], "x.onnx"}];
        >> Export[file, NetChain[{Ramp}, "Input" -> 2], "GraphName" -> "ramp"]; Import[file, "ONNXGraph"]["Name"]
        = "ramp"
    Options: "ModelVersion":
        >> file = FileNameJoin[{CreateDirectory[], "x.onnx"}];
        >> Export[file, NetChain[{Ramp}, "Input" -> 2], "ModelVersion" -> 3]; Import[file, "ModelVersion"]
        = 3
    Options: "OperatorSetVersion":
        >> file = FileNameJoin[{CreateDirectory[], "x.onnx"}];
        >> Export[file, NetChain[{Ramp}, "Input" -> 2], "OperatorSetVersion" -> 20]; Import[file, "OperatorSetVersion"]
        = 20
    Possible issues:
        >> Export["x.unknown", 1]
        = $Failed
        message: Export::fmt
        >> Export["/dev/null/x.txt", "a"]
        = $Failed
        message: Export::nowrite
        >> Export["x.json", f[1]]
        = $Failed
        message: Export::unfit
        >> Export["x.json", 1, "ModelVersion" -> 2]
        = $Failed
        message: Export::opt
        >> Export["x.onnx", NetChain[{RandomArrayLayer[NormalDistribution[0, 1], "Output" -> 2]}]]
        = $Failed
        message: Export::unfit
        >> Export["x.json", OrderingLayer["Input" -> 3], "MXNet"]
        = $Failed
        message: Export::unfit
    """
    path = path_of(name)
    if path is None:
        return None
    chosen, wanted = chosen_format(name, spec)
    term = placed(chosen, term, wanted)
    files = written_as(kernel, chosen, name if spec is None else spec, term, path.name, options)
    for part, content in files.items():
        write_bytes(str(path.parent / part), content)
    return name


@builtin("ExportString", category="Files", messages={"fmt": UNKNOWN, "unfit": UNFIT})
def export_string(kernel: Kernel, term: Term, spec: Term) -> Term:
    """ExportString[expr, "format"] gives the text that Export writes.

    Examples:
        >> ExportString[{{1, "a b"}, {2, "c"}}, "CSV"]
        = "1,a b\\n2,c\\n"
        >> ExportString[{<|"id" -> 1, "tag" -> "x"|>, <|"id" -> 2|>}, "CSV"]
        = "id,tag\\n1,x\\n2,\\n"
    Possible issues:
        >> ExportString[1, "No such format"]
        = $Failed
        message: ExportString::fmt
        >> ExportString[f[1], "JSON"]
        = $Failed
        message: ExportString::unfit
    """
    chosen, _ = chosen_format(None, spec)
    data = written_as(kernel, chosen, spec, term, "", WRITING_SOME)[""]
    return data.decode("latin-1") if chosen is not None and chosen.is_binary else data.decode("utf-8", "replace")
