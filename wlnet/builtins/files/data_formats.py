"""The formats of Import and Export: how the content of a file becomes a term, and back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

from wlnet.builtins.evaluation.compiled.values import list_of_values
from wlnet.builtins.lists.choosing import rules_of
from wlnet.builtins.strings.strings import to_text
from wlnet.kernel import Kernel
from wlnet.kernel.evaluate import PACK_FROM
from wlnet.syntax import parse_program, write
from wlnet.terms import (
    FALSE,
    NULL,
    TRUE,
    Association,
    Expression,
    S,
    Term,
    elements,
    is_head,
    is_list,
    list_of,
    rule,
    to_list,
)

Options: TypeAlias = dict[str, Term]
Read: TypeAlias = Callable[[Kernel, bytes, str, tuple[Term, ...], Options], Term]
Write: TypeAlias = Callable[[Kernel, Term], bytes]
WriteFiles: TypeAlias = Callable[[Kernel, Term, str, Options], dict[str, bytes]]


class Format(NamedTuple):
    """A format of files.

    read: function(kernel, content, name of the file, elements asked for, options) → term; raises ValueError,
        LookupError or a WlnetError where the content is wrong. write: function(kernel, term) → content; raises
        TypeError or ValueError where the term does not fit. write_files: the same for a format that may take several
        files: function(kernel, term, name of the file, options) → name → content, the file itself last. options: the
        options of Import and Export that are for this format alone. is_binary: the content is no text; as a string of
        the language, each character stands for a byte. place: function(term, elements) → term that is written, where Export
        names elements; raises TypeError. differs: how it differs from the framework's format of this name,
        in words.
    """

    name: str
    extensions: tuple[str, ...] = ()
    read: Read | None = None
    write: Write | None = None
    is_binary: bool = False
    write_files: WriteFiles | None = None
    options: tuple[str, ...] = ()
    differs: str = ""
    place: Callable[[Term, tuple[Term, ...]], Term] | None = None

    @property
    def is_written(self) -> bool:
        return self.write is not None or self.write_files is not None


FORMATS: dict[str, Format] = {}


def add_format(made: Format) -> None:
    """Makes a format known to Import and Export."""
    FORMATS[made.name] = made


def format_of(extension: str) -> Format | None:
    """Gives the format of an extension such as ".csv"."""
    wanted = extension.lower()
    return next((each for each in FORMATS.values() if wanted in each.extensions), None)


def text_of(data: bytes, encoding: Term = "UTF8") -> str:
    """Gives the text of a file, its line ends as single newlines; what is no UTF-8 is read as Latin-1."""
    try:
        text = data.decode("utf-8-sig" if encoding == "UTF8" else encoding)
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n")


def _text(data: bytes, options: Options) -> str:
    encoding = options["CharacterEncoding"]
    text = text_of(data, encoding if type(encoding) is str else "UTF8")
    skipped = lines_in(options, "SkipLines")
    return "".join(text.splitlines(True)[skipped:]) if skipped else text


def lines_in(options: Options, name: str) -> int:
    """Gives the number of lines that an option names."""
    given = options[name]
    return given if type(given) is int and given > 0 else 0


INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
NUMBER_STARTS = frozenset("0123456789+-.")
REAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def number_in(text: str) -> Term:
    """Gives the number that a text is, or the text."""
    stripped = text.strip()
    if stripped[:1] not in NUMBER_STARTS:
        return text
    if INTEGER.fullmatch(stripped):
        return int(stripped)
    return float(stripped) if REAL.fullmatch(stripped) else text


def _read_text(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    text = "".join(_text(data, options).splitlines(True)[lines_in(options, "HeaderLines") :])
    element = wanted[0] if wanted else "String"
    if element == "Lines":
        return list_of(*text.splitlines())
    if element == "Words":
        return list_of(*text.split())
    if element in ("String", "Plaintext", "Text"):
        return text
    raise LookupError(f"there is no element {element}")


def _write_text(kernel: Kernel, term: Term) -> bytes:
    if is_list(term):
        return "\n".join(map(to_text, elements(term))).encode()
    return to_text(term).encode()


def _rows(kernel: Kernel, lines: Iterable[list[str]], wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives what is asked for of rows of texts: "Data", with the rows and columns named, "Dataset", "Dimensions" …"""
    element, *parts = wanted or ("Data",)
    read = str if options["Numeric"] is FALSE else number_in
    rows = list(lines)
    headers = lines_in(options, "HeaderLines")
    data = table_of([list_of_values(list(map(read, row))) for row in rows[headers:]])
    if element in ("Data", "Grid"):
        return kernel.evaluate(Expression(S.Part, (data, *parts))) if parts else data
    if element not in TABLE_ELEMENTS:
        raise LookupError(f"the elements are Data, Grid, {', '.join(TABLE_ELEMENTS)}")
    return TABLE_ELEMENTS[element](data, rows[headers - 1] if 0 < headers <= len(rows) else [])


def table_of(rows: list[Term]) -> Term:
    """Gives the list of values, packed where they are rows of equally many numbers of one kind."""
    if len(rows) >= PACK_FROM and is_head(rows[0], S.List) and len(set(map(type, rows[0].args))) == 1:
        sizes = {len(row.args) if is_head(row, S.List) else 0 for row in rows}
        kinds = set() if len(sizes) > 1 else {type(item) for row in rows for item in row.args}
        if kinds in ({int}, {float}):
            return to_list(to_list(row.args) for row in rows)
    return list_of_values(rows)


def _dataset(data: Term, names: list[str]) -> Term:
    rows = elements(data)
    if names:
        data = to_list([Association(zip(names, elements(row), strict=False)) for row in rows])
    return Expression(S.Dataset, (data,))


def _columns(data: Term) -> int:
    return max((len(elements(row)) for row in elements(data)), default=0)


#: What there is of a table beside its data: function(rows, names of the columns).
TABLE_ELEMENTS: dict[str, Callable[[Term, list[str]], Term]] = {
    "ColumnCount": lambda data, names: _columns(data),
    "ColumnLabels": lambda data, names: to_list(names),
    "Dataset": _dataset,
    "Dimensions": lambda data, names: to_list((len(elements(data)), _columns(data))),
    "RowCount": lambda data, names: len(elements(data)),
}


def _read_separated(separator: str) -> Read:
    def read(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
        try:
            lines = csv.reader(io.StringIO(_text(data, options)), delimiter=separator)
            return _rows(kernel, lines, wanted, options)
        except csv.Error as error:
            raise ValueError(str(error)) from None

    return read


def _write_separated(separator: str) -> Write:
    def write_rows(kernel: Kernel, term: Term) -> bytes:
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
        for cells in _rows_of_cells(term):
            writer.writerow([_cell(cell) for cell in cells])
        return stream.getvalue().encode()

    return write_rows


def _rows_of_cells(term: Term) -> Iterable[Iterable[Term]]:
    """Gives the cells of a list of rows; where these have names, which may be a Dataset, of a row of the names first."""
    if is_head(term, S.Dataset, 1):
        term = term.args[0]
    if not is_list(term):
        raise TypeError("a list of rows is expected")
    rows = elements(term)
    if rows and all(type(row) is Association for row in rows):
        names = Association(pair for row in rows for pair in row.items()).keys()
        return [names, *([row.get(name, "") for name in names] for row in rows)]
    return [elements(row) if is_list(row) else (row,) for row in rows]


def _cell(term: Term) -> str:
    return repr(term) if type(term) is float else to_text(term)


def _read_table(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    return _rows(kernel, (line.split() for line in _text(data, options).splitlines()), wanted, options)


PLAIN = frozenset({str, int, float})
CONSTANTS = {True: TRUE, False: FALSE, None: NULL}


def _read_json(associations: bool) -> Read:
    def read(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
        return from_json(json.loads(_text(data, options)), associations)

    return read


def from_json(value: Any, associations: bool) -> Term:
    """Gives the term of a JSON value: an association of an object, or else a list of rules."""
    kind = type(value)
    if kind is list:
        return table_of([item if type(item) in PLAIN else from_json(item, associations) for item in value])
    if kind is dict:
        pairs = [(name, item if type(item) in PLAIN else from_json(item, associations)) for name, item in value.items()]
        if associations:  # a text is its own key
            return Association.from_entries({pair[0]: pair for pair in pairs})
        return list_of(*(rule(*pair) for pair in pairs))
    return value if kind in PLAIN else CONSTANTS[value]


def to_json(term: Term) -> Any:
    """Gives the JSON value of a term; raises TypeError where it has none."""
    if term is TRUE or term is FALSE:
        return term is TRUE
    if term is NULL:
        return None
    if type(term) in (str, int, float):
        return term
    is_object = not is_list(term) or (len(elements(term)) and all(is_head(item, S.Rule, 2) for item in elements(term)))
    pairs = rules_of(term) if is_object else None
    if pairs is not None:
        if any(type(name) is not str for name, _ in pairs):
            raise TypeError("keys have to be strings")
        return {name: to_json(value) for name, value in pairs}
    if is_list(term):
        return [to_json(item) for item in elements(term)]
    raise TypeError(f"there is no JSON for {write(term, 'InputForm')[:80]}")


def _write_json(kernel: Kernel, term: Term, name: str, options: Options) -> dict[str, bytes]:
    shape: dict[str, Any] = {"separators": (",", ":")} if options["Compact"] is TRUE else {"indent": "\t"}
    return {name: json.dumps(to_json(term), ensure_ascii=False, allow_nan=False, **shape).encode()}


def _read_json_lines(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    lines = (line for line in _text(data, options).split("\n") if line.strip())
    return to_list([from_json(json.loads(line), True) for line in lines])


def _write_json_lines(kernel: Kernel, term: Term) -> bytes:
    if not is_list(term):
        raise TypeError("a list is expected")
    lines = (json.dumps(to_json(item), ensure_ascii=False, allow_nan=False) for item in elements(term))
    return "".join(line + "\n" for line in lines).encode()


def _read_program(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    result: Term = NULL
    for statement in parse_program(_text(data, options), kernel.resolve, source):
        result = kernel.evaluate(statement.term)
    return result


def _write_program(kernel: Kernel, term: Term) -> bytes:
    return (write(term) + "\n").encode()


for _format in (
    Format("Text", (".txt", ".md", ".log"), _read_text, _write_text),
    Format("String", (), _read_text, _write_text),
    Format("Lines", (), lambda k, data, source, wanted, o: _read_text(k, data, source, ("Lines",), o), _write_text),
    Format("CSV", (".csv",), _read_separated(","), _write_separated(",")),
    Format("TSV", (".tsv",), _read_separated("\t"), _write_separated("\t")),
    Format("Table", (".dat",), _read_table, _write_separated("\t")),
    Format("JSON", (".json",), _read_json(False), write_files=_write_json, options=("Compact",)),
    Format("NDJSON", (".ndjson", ".jsonl"), _read_json_lines, _write_json_lines),
    Format("RawJSON", (), _read_json(True), write_files=_write_json, options=("Compact",)),
    Format("WL", (".wl", ".wls", ".m"), _read_program, _write_program),
    Format("Package", (), _read_program, _write_program),
):
    add_format(_format)
