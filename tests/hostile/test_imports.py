"""Files that nobody means well: refused by line, or taken as the words they are."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from store.engine import open_engine, reading
from store.exports import export_rows
from store.files import FileError, read_file, write_csv
from store.imports import import_file
from store.rows import COLUMNS, NewFact, NewLaunch, NewMilestone, NewRow, cells_of
from tests.hostile.text import NASTY, texts

_GOOD = {
    "vendor": "xiaomi", "metric": "shipments", "value": "1", "unit": "million", "region": "india", "period": "2017Q1",
    "certainty": "estimate", "source": "IDC", "url": "https://example.com/", "published": "2017-05-01",
    "product": "Mi 6", "date": "2017-11", "title": "a title", "announced_by": "", "keywords": "",
    "topic": "", "bound": "",
}  # fmt: skip
_CELLS = st.one_of(st.sampled_from(NASTY), texts(80), st.text(max_size=10))


@pytest.fixture(scope="module")
def engine(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    import shutil

    return open_engine(f"sqlite:///{shutil.copy(loaded_file, tmp_path_factory.mktemp('hostile') / 'x.db')}")


@given(st.one_of(st.binary(max_size=400), texts(400).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_a_file_or_are_refused(content: bytes) -> None:
    try:
        list(read_file(content).lines)
    except FileError as error:
        assert str(error)


@settings(max_examples=120)
@given(kind=st.sampled_from((NewFact, NewLaunch, NewMilestone)), data=st.data())
def test_any_cell_is_taken_as_it_is_or_refused_by_line(engine: Engine, kind: type[NewRow], data: st.DataObject) -> None:
    rows = [dict(_GOOD) for _ in range(3)]
    for row in rows[:2]:
        row[data.draw(st.sampled_from(COLUMNS[kind]))] = data.draw(_CELLS)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[kind], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    try:
        file = read_file(out.getvalue().encode("utf-8", "surrogatepass"))
    except FileError:
        return
    imported = import_file(engine, file, "test")
    assert imported.outcomes.total() + len(imported.refused) >= 1
    for refusal in imported.refused:
        assert refusal.reason
        assert "Traceback" not in refusal.reason


def test_what_was_taken_is_exported_and_read_back_as_it_is(engine: Engine) -> None:
    for kind in (NewFact, NewLaunch, NewMilestone):
        with reading(engine) as session:
            out = io.StringIO(newline="")
            rows = list(export_rows(session, kind))
            write_csv(kind, iter(rows), out)
        lines = list(read_file(out.getvalue().encode()).lines)
        assert [one.refusal for one in lines if one.row is None] == []
        assert [cells_of(one.row) for one in lines if one.row] == [cells_of(row) for row in rows]
