"""A document of any bytes: tried out as an admin's import, recorded, exported and read back as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.admin.bench import Bench
from bot.admin.documents import tables_in
from bot.admin.importing import Importing
from bot.answering import Answering
from store.engine import open_engine, writing
from store.exports import export_rows
from store.files import FileError, read_file, write_csv
from store.imports import import_lines
from store.rows import NewFact, NewLaunch, NewMilestone, cells_of
from tests.fuzz.seeds import files, nasty
from tests.telegram.fixtures import TODAY
from tests.telegram.markup import parse_html

LONGEST_INPUT = 4_000
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_ROW = "xiaomi,shipments,{},million,india,2017Q1,estimate,{},https://example.com/,2017-05-01"
_COLUMNS = "vendor,metric,value,unit,region,period,certainty,source,url,published"


def seeds(_file: Path) -> Iterator[bytes]:
    """Lines of the shipped files, alone and packed, and hostile cells."""
    for content in files():
        yield content
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("../../rows.csv", content)
        yield packed.getvalue()
    for text in nasty():
        cell = '"' + text.replace('"', '""') + '"'
        yield f"{_COLUMNS}\n{_ROW.format('1', cell)}\n{_ROW.format(cell, 'IDC')}\n".encode("utf-8", "replace")


def opened(file: Path) -> Callable[[bytes], None]:
    """What takes one input. It raises where something is wrong."""
    answering = Answering(open_engine(f"sqlite:///{file}"))
    importing = Importing(Bench(answering, lambda: TODAY))

    def one(data: bytes) -> None:
        shown = importing.begin(1, "rows.csv", data)
        assert parse_html(shown.html)[0].strip()
        try:
            tables = tables_in("rows.csv", data)
        except FileError:
            return
        for table in tables:
            try:
                lines = list(read_file(table.content).lines)
            except FileError:
                continue
            with writing(answering.engine) as session:
                imported = import_lines(session, lines, "fuzzing")
                assert all(refusal.reason for refusal in imported.refused)
                session.rollback()
            for line in lines:
                if line.row is not None:
                    _comes_back(line.row)

    def _comes_back(row: object) -> None:
        out = io.StringIO(newline="")
        write_csv(type(row), [row], out)  # type: ignore[arg-type, list-item]
        (line,) = read_file(out.getvalue().encode()).lines
        assert line.row is not None, line.refusal
        assert cells_of(line.row) == cells_of(row)  # type: ignore[arg-type]

    with writing(answering.engine) as session:  # the export of what is there does not change: once is enough
        for kind in (NewFact, NewLaunch, NewMilestone):
            for row in export_rows(session, kind):
                _comes_back(row)
                break
    return one
