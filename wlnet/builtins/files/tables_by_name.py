"""The formats that hold several tables or groups by name: XLSX and INI."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from wlnet.builtins.files.array_files import chosen, package
from wlnet.builtins.files.data_formats import Format, Options, add_format, text_of
from wlnet.builtins.lists.choosing import rules_of
from wlnet.builtins.strings.strings import to_text
from wlnet.kernel import Kernel
from wlnet.terms import FALSE, TRUE, Association, Term, elements, expression, is_list, list_of, to_list


def cell_of(value: Any) -> Term:
    """Gives the term of a cell: numbers are reals, as they are in a sheet; an empty cell is ""."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return expression(
            "DateObject", list_of(value.year, value.month, value.day, value.hour, value.minute, float(value.second))
        )
    if isinstance(value, date):
        return expression("DateObject", list_of(value.year, value.month, value.day))
    return str(value)


def read_xlsx(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives the list of the sheets, each a list of rows; one of them by name or number; or their names."""
    openpyxl = package("openpyxl", "sheets")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {
            sheet.title: to_list(
                [to_list([cell_of(value) for value in row]) for row in sheet.iter_rows(values_only=True)]
            )
            for sheet in book.worksheets
        }
    except (OSError, KeyError, TypeError, ValueError, EOFError, SyntaxError) as error:
        raise ValueError(f"it is no workbook ({error})") from None
    except Exception as error:  # the package for ZIP files has exceptions of its own
        raise ValueError(str(error)) from None
    element, *which = wanted or ("Data",)
    if element == "Sheets" and not which:
        return to_list(list(sheets))
    if element in ("Data", "Sheets"):
        return chosen(sheets, which[0]) if which else to_list(list(sheets.values()))
    raise LookupError("the elements are Data and Sheets")


def write_xlsx(kernel: Kernel, term: Term) -> bytes:
    openpyxl = package("openpyxl", "sheets")
    book = openpyxl.Workbook(write_only=True)
    for name, table in tables_in(term).items():
        sheet = book.create_sheet(name)
        for row in elements(table):
            sheet.append(
                [
                    cell if type(cell) in (int, float, str) else to_text(cell)
                    for cell in (elements(row) if is_list(row) else (row,))
                ]
            )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def tables_in(term: Term) -> dict[str, Term]:
    """Gives name → rows of a table, of a list of tables, or of tables by name; raises TypeError."""
    pairs = rules_of(term)
    if pairs:
        tables = {str(name): table for name, table in pairs}
    elif not is_list(term):
        raise TypeError("a list of rows is expected")
    else:
        several = all(
            is_list(row) and len(elements(row)) and all(map(is_list, elements(row))) for row in elements(term)
        )
        tables = {
            f"Sheet{i + 1}": each
            for i, each in enumerate(elements(term) if several and len(elements(term)) else [term])
        }
    if not all(map(is_list, tables.values())):
        raise TypeError("a list of rows is expected in each sheet")
    return tables


def read_ini(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    """Gives an association: what stands before the first section by its key, then key → text of each section."""
    import configparser

    reader = configparser.RawConfigParser(strict=False, allow_no_value=True, default_section="\0")
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    before = "\1"
    try:
        reader.read_string(f"[{before}]\n{text_of(data)}", source)
    except configparser.Error as error:
        raise ValueError(str(error)) from None
    sections = {
        name: Association((key, value or "") for key, value in reader[name].items()) for name in reader.sections()
    }
    return Association([*sections.pop(before).items(), *sections.items()])


def write_ini(kernel: Kernel, term: Term) -> bytes:
    pairs = rules_of(term)
    if pairs is None:
        raise TypeError("an association is expected")
    inner = [(to_text(name), rules_of(value)) for name, value in pairs]
    lines = [
        f"{name}={to_text(value)}" for (name, group), (_, value) in zip(inner, pairs, strict=True) if group is None
    ]
    for name, group in inner:
        if group is not None:
            lines += [f"[{name}]", *(f"{to_text(key)}={to_text(value)}" for key, value in group)]
    return ("\n".join(lines) + "\n").encode()


add_format(Format("XLSX", (".xlsx",), read_xlsx, write_xlsx, is_binary=True))
add_format(Format("INI", (".ini",), read_ini, write_ini))
