"""Files of rows, CSV or JSON lines: read with the number of each line, and written so that they read back the same."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from store.rows import COLUMNS, NewFact, NewMilestone, NewRow, RowError, cells_of, kind_of_file, parse_row

# A spreadsheet runs a cell that begins like this as a formula. It is written with an apostrophe before it, which the
# reader takes off again; numbers such as -5.2 are left alone.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠](?!\d+(?:\.\d+)?$)")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class FileError(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One row of a file and the line where it begins: the row, or the reason why it cannot be taken."""

    number: int
    row: NewRow | None
    refusal: str = ""


@dataclass(frozen=True)
class RowsFile:
    """A file's kind of rows, about how many lines it has, and the rows, parsed as they are taken."""

    kind: type[NewRow]
    length: int
    lines: Iterator[Line]


def read_file(content: bytes) -> RowsFile:
    """Read a CSV file (comma, semicolon or tab) or JSON lines. Which kind of rows they are shows in the columns.

    Raises FileError where the file as a whole makes no sense; a bad row is a Line with a refusal."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileError(f"line {line} is not UTF-8 text; save the file as CSV UTF-8") from None
    if not text.strip():
        raise FileError("the file is empty; its first line names the columns")
    return _json_lines(text) if text.lstrip().startswith("{") else _csv_lines(text)


def write_csv(kind: type[NewRow], rows: Iterable[NewRow], file: TextIO) -> None:
    """Write rows of one kind under a line that names the columns."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS[kind])
    writer.writerows([_guarded(text) for text in cells_of(row).values()] for row in rows)


def write_json(rows: Iterable[NewRow], file: TextIO) -> None:
    """Write rows as one JSON object a line; `value` is a number or null, `bound` is >, <, ~ or empty."""
    for row in rows:
        cells: dict[str, object] = dict(cells_of(row))
        if isinstance(row, NewFact | NewMilestone):
            cells |= {"value": row.value, "bound": row.bound.value}
        file.write(json.dumps(cells, ensure_ascii=False) + "\n")


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def _csv_lines(text: str) -> RowsFile:
    header = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(_lines_of(text), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        columns = _columns(next((row for row in reader if any(row)), []))
    except csv.Error as error:
        raise FileError(f"the first line cannot be read ({error}); is a quotation mark missing?") from None
    return RowsFile(_kind(columns), text.count("\n"), _csv_rows(_kind(columns), columns, reader))


def _lines_of(text: str) -> Iterator[str]:
    """The lines with their ends, one at a time: a StringIO would hold four bytes a letter of it all."""
    return (found[0] for found in _LINE.finditer(text))


def _csv_rows(kind: type[NewRow], columns: Sequence[str], reader: Any) -> Iterator[Line]:
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Line(number, None, f"{error}; is a quotation mark missing?")
            continue
        if cells is None:
            return
        if len(cells) > len(columns):
            extra = f"{len(cells)} cells under {len(columns)} columns; a cell with a comma in it needs quotation marks"
            yield Line(number, None, extra)
        elif any(cells):
            cells += [""] * (len(columns) - len(cells))
            yield _line(kind, number, dict(zip(columns, map(_unguarded, map(str.strip, cells)), strict=True)))


def _json_lines(text: str) -> RowsFile:
    lines = text.split("\n")
    try:
        first = json.loads(next(line for line in lines if line.strip()))
        columns = _columns(first)
    except (ValueError, RecursionError) as error:
        raise FileError(f"the first line is no JSON object ({error}); expected one object a line") from None
    return RowsFile(_kind(columns), len(lines), _json_rows(_kind(columns), lines))


def _json_rows(kind: type[NewRow], lines: Sequence[str]) -> Iterator[Line]:
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            cells = _json_cells(text)
        except RowError as error:
            yield Line(number, None, str(error))
        else:
            yield _line(kind, number, dict.fromkeys(COLUMNS[kind], "") | cells)


def _json_cells(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RowError(f"this line is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise RowError("this line is no JSON object")
    return {column: _text(column, value) for column, value in zip(_columns(found), found.values(), strict=True)}


def _text(column: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RowError(f"{column} is neither text nor a number")
    return repr(value)


def _line(kind: type[NewRow], number: int, cells: dict[str, str]) -> Line:
    try:
        return Line(number, parse_row(kind, cells))
    except RowError as error:
        return Line(number, None, str(error))


def _columns(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in names)


def _kind(columns: Sequence[str]) -> type[NewRow]:
    doubled = {column for column in columns if columns.count(column) > 1}
    if doubled:
        raise FileError(f"the first line names {', '.join(sorted(doubled))} twice")
    try:
        return kind_of_file(columns)
    except RowError as error:
        raise FileError(str(error)) from None
