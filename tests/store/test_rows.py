"""Rows of files: what is taken, in which units, and that what is refused says why."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.files import FileError, read_file, write_csv, write_json
from store.rows import COLUMNS, NewFact, NewLaunch, NewMilestone, NewRow, RowError, cells_of, parse_row
from store.words import Bound
from tests.store.rows import lists_of_rows

FACT = {
    "vendor": "Xiaomi", "metric": "shipments", "value": "27.6", "unit": "million", "region": "World",
    "period": "2017Q3", "certainty": "estimate", "source": "IDC", "url": "https://example.com/a",
    "published": "2017-11-02",
}  # fmt: skip


def fact(**changes: str) -> NewFact:
    row = parse_row(NewFact, FACT | changes)
    assert isinstance(row, NewFact)
    return row


@pytest.mark.parametrize(
    ("value", "unit", "millions"),
    [
        ("27.6", "million", 27.6),
        ("27,600,000", "units", 27.6),
        ("27 600 000", "phones", 27.6),
        ("27600", "thousand", 27.6),
        ("2.76", "crore", 27.6),
        ("276", "lakh", 27.6),
        ("0.0276", "billion", 27.6),
        ("27.6", "M", 27.6),
    ],
)
def test_units_of_shipments(value: str, unit: str, millions: float) -> None:
    assert fact(value=value, unit=unit).value == pytest.approx(millions)


@pytest.mark.parametrize(("written", "bound"), [(">10", Bound.MORE), ("<3", Bound.LESS), ("~5.5", Bound.ABOUT)])
def test_bounds(written: str, bound: Bound) -> None:
    assert fact(value=written).bound is bound


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "27,6"}, "no number"),
        ({"value": "many"}, "no number"),
        ({"value": "nan"}, "no number"),
        ({"value": "1e999"}, "no number"),
        ({"value": ""}, "no number"),
        ({"value": "27600000"}, "is the unit right"),
        ({"unit": "tonnes"}, "unit 'tonnes' is not known"),
        ({"metric": "market_share", "unit": "percent", "value": "101"}, "cannot be"),
        ({"metric": "rank", "unit": "rank", "value": "1.5"}, "cannot be"),
        ({"metric": "price"}, "is none of"),
        ({"period": "Q3 2017"}, "is not a period"),
        ({"certainty": "sure"}, "is none of"),
        ({"url": "example.com"}, "no web address"),
        ({"url": "http://[::1"}, "no web address"),
        ({"url": "https://localhost/a b"}, "no web address"),
        ({"published": "2.11.2017"}, "is no date"),
        ({"vendor": ""}, "vendor is empty"),
        ({"source": ""}, "source is empty"),
        ({"source": "x" * 129}, "at most 128"),
        ({"announced_by": "x" * 257}, "at most 256"),
        ({"source": "ID\x00C"}, "control character"),
    ],
)
def test_refused(changes: dict[str, str], said: str) -> None:
    with pytest.raises(RowError, match=said):
        fact(**changes)


@given(st.dictionaries(st.sampled_from(sorted(FACT)), st.text(max_size=30)))
def test_any_text_is_taken_or_refused(changes: dict[str, str]) -> None:
    try:
        row = fact(**changes)
    except RowError as error:
        assert str(error)
    else:
        assert parse_row(NewFact, cells_of(row)) == row


@given(lists_of_rows())
def test_rows_read_back_from_csv_and_json(rows: list[NewRow]) -> None:
    kind = type(rows[0])
    table, lines = StringIO(), StringIO()
    write_csv(kind, rows, table)
    write_json(rows, lines)
    for text in (table.getvalue(), lines.getvalue(), "\ufeff" + table.getvalue()):
        read = read_file(text.encode())
        assert read.kind is kind
        assert [(line.row, line.refusal) for line in read.lines] == [(row, "") for row in rows]


@given(lists_of_rows())
def test_no_cell_is_a_formula(rows: list[NewRow]) -> None:
    table = StringIO()
    write_csv(type(rows[0]), rows, table)
    cells = {cell for row in csv.reader(StringIO(table.getvalue(), newline="")) for cell in row}
    suspicious = {cell for cell in cells if cell.startswith(("=", "@", "+", "-"))}
    assert not {cell for cell in suspicious if not re.fullmatch(r"[+-][\d.]+(e[+-]?\d+)?", cell)}


def lines_of(text: str) -> list[tuple[int, str]]:
    return [(line.number, line.refusal) for line in read_file(text.encode()).lines]


HEADER = ",".join(FACT)
GOOD = ",".join(FACT.values())


def test_lines_are_counted_as_an_editor_does() -> None:
    bad = GOOD.replace("27.6", "many")
    two_lines = GOOD.replace("IDC", '"IDC\nCorporation"')
    text = "\n".join([HEADER, GOOD, "", bad, two_lines, bad, GOOD + ",x,y", GOOD.rpartition(",")[0]])
    found = lines_of(text)
    assert [number for number, _ in found] == [2, 4, 5, 7, 8, 9]
    assert [bool(refusal) for _, refusal in found] == [False, True, False, True, True, True]
    assert "12 cells under 10 columns" in found[4][1]
    assert "published" in found[5][1]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators(separator: str) -> None:
    assert lines_of(f"{HEADER}\n{GOOD}\r\n".replace(",", separator)) == [(2, "")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a,b\n1,2\n", "lacks the column"),
        (HEADER.encode() + b"\nXiaom\xed,", "line 2 is not UTF-8"),
        (b"\xff\xfea\x00", "not UTF-8"),
        (b"{not json}", "no JSON object"),
        (b'{"a": 1}', "lacks the column"),
        (f"vendor,{HEADER}\n".encode(), "names vendor twice"),
    ],
)
def test_files_that_make_no_sense(content: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read_file(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for whole in (content, HEADER.encode() + b"\n" + content, b'{"vendor": 1}\n' + content):
        try:
            list(read_file(whole).lines)
        except FileError as error:
            assert str(error)


def test_bad_json_lines_are_refused_one_by_one() -> None:
    import json

    good = json.dumps(FACT)
    text = "\n".join([good, "{", "[]", json.dumps(FACT | {"value": True}), json.dumps(FACT | {"value": 27.6}), good])
    assert [(number, bool(refusal)) for number, refusal in lines_of(text)] == [
        *[(1, False), (2, True), (3, True), (4, True)],
        *[(5, False), (6, False)],
    ]


def test_kinds_show_in_the_columns() -> None:
    for kind in (NewFact, NewMilestone, NewLaunch):
        assert read_file((",".join(COLUMNS[kind]) + "\n").encode()).kind is kind
