"""Files and strings read and written by format: Import, Export."""

from __future__ import annotations

from wlnet.builtins.files.data_formats import FORMATS, Format, format_of
from wlnet.builtins.files.files import CLOSED, UNWRITTEN, path_of, read_bytes, write_bytes
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, FALSE, NONE, TRUE, S, Term, elements, is_list

UNKNOWN = "`1` is not a known format. Known formats: `2`."
CONTENT = "`1` cannot be read as `2`: `3`."
UNFIT = "The expression cannot be written as `1`: `2`."
OTHERS = "The format `1` has no option `2`."
READING: dict[str, Term] = {
    "ArrayPath": S.Automatic,
    "CharacterEncoding": "UTF8",
    "HeaderLines": 0,
    "Numeric": TRUE,
    "SkipLines": 0,
}
#: The options that are for some formats alone.
READING_SOME: dict[str, Term] = {"Arrays": NONE}
WRITING_SOME: dict[str, Term] = {
    "Compact": FALSE,
    "Description": NONE,
    "ExternalArrays": S.Automatic,
    "GraphName": S.Automatic,
    "ModelVersion": 0,
    "OperatorSetVersion": S.Automatic,
}


def is_format(term: Term) -> bool:
    return type(term) is str and term in FORMATS


def chosen_format(term: Term, spec: Term) -> tuple[Format | None, tuple[Term, ...]]:
    """Gives the format and the elements that a specification such as "CSV" or {"Text", "Lines"} names."""
    names = elements(spec) if is_list(spec) else () if spec is None else (spec,)
    # Behind the name of an element come the parts of it that are wanted.
    if any(type(name) is not str for name in names[: 2 if names[:1] and is_format(names[0]) else 1]):
        return None, ()
    if names and names[0] in FORMATS:
        return FORMATS[names[0]], names[1:]
    path = path_of(term)
    return (format_of(path.suffix) if path is not None else None), names


@builtin(
    "Import",
    category="Files",
    options={**READING, **READING_SOME},
    messages={"noopen": CLOSED, "fmt": UNKNOWN, "content": CONTENT, "opt": OTHERS},
)
def import_(kernel: Kernel, name: Term, spec: Term = None, *, options: dict[str, Term]) -> Term | None:
    """Import["file"] reads a file in the format that its extension says: text, JSON, CSV, TSV, a table, a program,
    an image, a sound.
    Import["file", "format"] reads it in a format; Import["file", {"format", "element"}] gives one element of it.

    Details: "JSON" gives rules for objects, "RawJSON" associations. Elements of "Text": "String" and "Lines".
    Elements of "CSV", "TSV" and "Table": "Data", of which {"Data", rows, columns} gives a part, "Dataset", whose keys are in the
    last of the "HeaderLines", "Dimensions", "RowCount", "ColumnCount" and "ColumnLabels".
    "NB" (.nb) is a notebook: its elements are "Notebook", "Plaintext", "Initialization" (the value of the cells that are
    evaluated at the beginning), "Cells" and "Styles". "WXF" (.wxf) is an expression as BinarySerialize writes it.
    "XML" gives XMLObject and XMLElement; other elements are "XMLElement", "Plaintext" and "Tags". Elements of "HTML" are
    "Plaintext", "Hyperlinks", "ImageLinks", "Title" and "Source". "INI" gives an association for each section. "MX" is what
    DumpSave and Export write here. "XLSX" (pip install wlnet[sheets]) gives a list of rows for each sheet, {"Data", n} or
    {"Sheets", "name"} one of them, "Sheets" their names.
    "HDF5" (.h5, pip install wlnet[hdf5]) gives the names of its data sets; {"Datasets", "name"} is one of them, and other elements
    are "Data", "Dimensions", "DataFormat" and "Attributes". "MAT" has the elements "Data", "Labels" and "LabeledData".
    "NPY" is an array of NumPy's; "NPZ" gives an association of arrays by name, and has the elements that "MAT" has.
    "MTX" (Matrix Market) gives a sparse array where the file is one.
    "ZIP" and "TAR" give the names of the files in an archive, and each of them by its name; "GZIP" the file that is compressed.
    Elements of "PNG", "JPEG", "GIF", "TIFF" and other images: "Image", "ImageList" (all its frames), "Data", "ImageSize",
    "ColorSpace" and "ImageCount". Elements of the sounds "WAV", "FLAC", "OGG", "MP3", "AIFF" and "AU": "Audio",
    "AudioChannels", "Data", "Duration", "Length" and "SampleRate"; all but WAV need pip install wlnet[sound].
    "WLNet" (.wlnet) is a net: its elements are "Net", "UninitializedNet", "ArrayAssociation", "ArrayList" and "WLVersion".
    "ONNX" (.onnx) is a net, too, which pip install wlnet[onnx] reads: "Net" makes it of layers, "NetExternalObject" takes it
    as it is. An operator that no layer stands for becomes a PlaceholderLayer. Arrays that several operators use are shared,
    by their names in the file. Other elements are "UninitializedNet", "ArrayAssociation", "ArrayList", "Description",
    "IRVersion", "ModelDomain", "ModelVersion", "ONNXGraph", "OperatorSetVersion", "ProducerName", "ProducerVersion" and
    "RawData".
    "MXNet" is a net in a .json file, with its arrays in a .params file beside it (that of the highest number, of net.params,
    net-0000.params, net-0001.params, …), which is read alone, too: its elements are
    "NetExternalObject", "Net", "InputNames", "NodeDataset" (a list of associations), "NodeGraph" and "NodeGraphPlot", those
    of the arrays "ArrayAssociation", "ArrayList" and "ArrayNames". "ArrayPath" names the file of the arrays; with None they
    are inputs of the object. "GGUF" (.gguf) is a language model: its elements are "NetExternalObject", "Metadata",
    "ArrayAssociation", "ArrayList" and "ArrayNames" (quantized arrays need pip install wlnet[gguf]). "SafeTensors"
    (.safetensors) has the same elements of arrays; Export writes there the arrays of a net, or those of an association.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x.csv"}]; Export[file, {{1, 2.5}, {3, "a"}}]; Import[file]
        = {{1, 2.5}, {3, "a"}}
        >> Import[file, {"Text", "Lines"}]
        = {"1,2.5", "3,a"}
        >> file = FileNameJoin[{CreateDirectory[], "x.wlnet"}]; net = NetInitialize[LinearLayer[2, "Input" -> 3]];
        >> Import[Export[file, net]] === net
        = True
        >> file = FileNameJoin[{CreateDirectory[], "x.wav"}]; Export[file, Audio[{{0., 0.5}, {1., 0.}}, SampleRate -> 8000]];
        >> {Import[file], Import[file, "Data"], Import[file, {"WAV", "SampleRate"}]}
        = {Audio[NumericArray[{{0., 0.5}, {1., 0.}}, "Real32"], "Real32", SampleRate -> 8000], {{0., 0.5}, {1., 0.}}, 8000}
        >> file = FileNameJoin[{CreateDirectory[], "x.json"}]; net = NetInitialize[NetChain[{2, Ramp}, "Input" -> 3]];
        >> Import[Export[file, net, "MXNet"], {"MXNet", "Net"}][{1., 2., 3.}] === net[{1., 2., 3.}]
        = True
        >> Import[StringReplace[file, ".json" -> "-0000.params"], {"MXNet", "ArrayNames"}]
        = {"1_weight", "1_bias"}
        >> file = FileNameJoin[{CreateDirectory[], "x.mat"}]; Export[file, <|"a" -> {{1, 2}}, "b" -> {{0.5}}|>];
        >> {Import[file, "LabeledData"], Import[file, {"Data", 1}]}
        = {{"a" -> {{1, 2}}, "b" -> {{0.5}}}, {{1, 2}}}
        >> file = FileNameJoin[{CreateDirectory[], "x.mx"}]; net = NetInitialize[LinearLayer[2, "Input" -> 3]];
        >> Import[Export[file, {net, 1/3}]] === {net, 1/3}
        = True
    Options: "ArrayPath":
        >> file = FileNameJoin[{CreateDirectory[], "x.json"}]; Export[file, LinearLayer[2, "Input" -> 3], "MXNet"];
        >> Information[Import[file, "MXNet", "ArrayPath" -> None], "InputPortNames"]
        = {"Input", "LinearLayer_weight", "LinearLayer_bias"}
    Options: "HeaderLines":
        >> file = FileNameJoin[{CreateDirectory[], "x.csv"}]; Export[file, {{"a"}, {1}}];
        >> {Import[file, "CSV", "HeaderLines" -> 1], Normal[Import[file, "Dataset", "HeaderLines" -> 1]]}
        = {{{1}}, {<|"a" -> 1|>}}
    Options: "Numeric":
        >> file = FileNameJoin[{CreateDirectory[], "x.csv"}]; Export[file, {{1, 2}}]; Import[file, "Numeric" -> False]
        = {{"1", "2"}}
    Options: "SkipLines":
        >> file = FileNameJoin[{CreateDirectory[], "x.csv"}]; Export[file, {{"note"}, {1}}]; Import[file, "SkipLines" -> 1]
        = {{1}}
    Options: "CharacterEncoding":
        >> file = FileNameJoin[{CreateDirectory[], "x.txt"}]; Export[file, "abc"];
        >> Import[file, "Text", CharacterEncoding -> "ASCII"]
        = "abc"
    Options: "Arrays":
        >> file = FileNameJoin[{CreateDirectory[], "x.onnx"}]; Export[file, NetInitialize[LinearLayer[2, "Input" -> 3]]];
        >> Keys[Import[file, "ArrayAssociation", "Arrays" -> None]]
        = {"Weights", "Biases"}
    Possible issues:
        >> Import["no such file.txt"]
        = $Failed
        message: Import::noopen
        >> Import[CreateFile[], "No such format"]
        = $Failed
        message: Import::fmt
        >> file = FileNameJoin[{CreateDirectory[], "x.json"}]; Export[file, "{", "Text"]; Import[file]
        = $Failed
        message: Import::content
        >> Import[file, "Arrays" -> "weights.pb"]
        = $Failed
        message: Import::opt
        >> file = FileNameJoin[{CreateDirectory[], "x.wmlf"}]; Export[file, "", "Text"]; Import[file]
        = $Failed
        message: Import::content
    """
    if path_of(name) is None:
        return None
    found = read_bytes(name, "Import")
    assert found is not None
    chosen, wanted = chosen_format(name, spec)
    if chosen is None or chosen.read is None:
        raise Message("fmt", name if spec is None else spec, ", ".join(FORMATS), result=FAILED)
    _check_options(chosen, options, READING_SOME)
    return read_as(kernel, chosen, found[1], str(found[0]), wanted, options)


def _check_options(chosen: Format, options: dict[str, Term], some: dict[str, Term]) -> None:
    """Raises `opt` for an option that this format does not have."""
    for name, default in some.items():
        if name not in chosen.options and options.get(name, default) != default:
            raise Message("opt", chosen.name, name, result=FAILED)


def read_as(
    kernel: Kernel, chosen: Format, data: bytes, source: str, wanted: tuple[Term, ...], options: dict[str, Term]
) -> Term:
    assert chosen.read is not None
    try:
        return chosen.read(kernel, data, source, wanted, options)
    except ParseError as error:
        raise Message("content", source, chosen.name, str(error), result=FAILED) from None
    except (ValueError, LookupError, RecursionError) as error:
        raise Message("content", source, chosen.name, str(error), result=FAILED) from None


@builtin("ImportString", category="Files", options=READING, messages={"fmt": UNKNOWN, "content": CONTENT})
def import_string(kernel: Kernel, text: Term, spec: Term = "Text", *, options: dict[str, Term]) -> Term | None:
    """ImportString["data", "format"] reads a string as a file of this format.

    Examples:
        >> ImportString["[1, 2, {\\"a\\": null}]", "RawJSON"]
        = {1, 2, <|"a" -> Null|>}
        >> ImportString["1\\t2", "TSV"]
        = {{1, 2}}
        >> ImportString[ExportString[Image[{{0, 255}}, "Byte"], "PNG"], {"PNG", "Data"}]
        = {{0, 255}}
    Options: "ArrayPath":
        >> ImportString[ExportString[ElementwiseLayer[Tanh], "MXNet"], {"MXNet", "Net"}, "ArrayPath" -> None][{0.}]
        = {0.}
    Options: "HeaderLines":
        >> ImportString["x\\n1", "CSV", "HeaderLines" -> 1]
        = {{1}}
    Options: "Numeric":
        >> ImportString["1,2", "CSV", "Numeric" -> False]
        = {{"1", "2"}}
    Options: "SkipLines":
        >> ImportString["x\\n1", "CSV", "SkipLines" -> 1]
        = {{1}}
    Options: "CharacterEncoding":
        >> ImportString["a", "Text", CharacterEncoding -> "UTF8"]
        = "a"
    Possible issues:
        >> ImportString["1", "No such format"]
        = $Failed
        message: ImportString::fmt
        >> ImportString["[", "JSON"]
        = $Failed
        message: ImportString::content
    """
    if type(text) is not str:
        return None
    chosen, wanted = chosen_format(None, spec)
    if chosen is None or chosen.read is None:
        raise Message("fmt", spec, ", ".join(FORMATS), result=FAILED)
    try:
        data = text.encode("latin-1") if chosen.is_binary else text.encode("utf-8", "surrogatepass")
    except UnicodeEncodeError:
        raise Message("content", "the string", chosen.name, "a character is no byte", result=FAILED) from None
    return read_as(kernel, chosen, data, "the string", wanted, options)


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
    _check_options(chosen, options, WRITING_SOME)
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
    Options: "Compact":
        >> file = FileNameJoin[{CreateDirectory[], "x.json"}]; Export[file, {1, 2}, "Compact" -> True]; ReadString[file]
        = "[1,2]"
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


@builtin(
    "ExportString", category="Files", options={"Compact": FALSE},
    messages={"fmt": UNKNOWN, "unfit": UNFIT, "opt": OTHERS},
)  # fmt: skip
def export_string(kernel: Kernel, term: Term, spec: Term, *, options: dict[str, Term]) -> Term:
    """ExportString[expr, "format"] gives the text that Export writes.

    Examples:
        >> ExportString[{{1, "a b"}, {2, "c"}}, "CSV"]
        = "1,a b\\n2,c\\n"
        >> ExportString[{<|"id" -> 1, "tag" -> "x"|>, <|"id" -> 2|>}, "CSV"]
        = "id,tag\\n1,x\\n2,\\n"
    Options: "Compact":
        >> ExportString[<|"a" -> {1, True}|>, "JSON", "Compact" -> True]
        = "{\\"a\\":[1,true]}"
    Possible issues:
        >> ExportString["a", "Text", "Compact" -> True]
        = $Failed
        message: ExportString::opt
        >> ExportString[1, "No such format"]
        = $Failed
        message: ExportString::fmt
        >> ExportString[f[1], "JSON"]
        = $Failed
        message: ExportString::unfit
    """
    chosen, _ = chosen_format(None, spec)
    data = written_as(kernel, chosen, spec, term, "", {**WRITING_SOME, **options})[""]
    return data.decode("latin-1") if chosen is not None and chosen.is_binary else data.decode("utf-8", "replace")
