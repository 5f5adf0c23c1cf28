"""Documents that admins send: JSON lists, zip files, and those that somebody made to do harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.documents import bare_name, tables_in
from store.files import FileError, read_file

ROWS = b"vendor,product,region,date,certainty,source,url,published\nxiaomi,,spain,2017,confirmed,A,https://a.com/1,2017-01-02\n"


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return packed.getvalue()


def test_a_json_list_is_read_as_rows() -> None:
    row = (
        '{"vendor": "xiaomi", "product": "", "region": "spain", "date": "2017", "certainty": "confirmed", "source": "A"'
    )
    row += ', "url": "https://a.com/1", "published": "2017-01-02"}'
    (table,) = tables_in("rows.json", f"\ufeff [{row}, {row}]".encode())
    assert len([line for line in read_file(table.content).lines if line.row]) == 2


def test_folders_in_a_zip_file_are_only_names() -> None:
    tables = tables_in("a.zip", zipped({"../../etc/a.csv": ROWS, "C:\\x\\b.csv": ROWS, "readme.md": b"x"}))
    assert [one.name for one in tables] == ["a.csv", "b.csv"]
    assert bare_name("<b>/..\\\u202eevil\x00.csv") == "evil.csv"


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(FileError, match="unpacks to more than 20 MB"):
        tables_in("bomb.zip", zipped({"a.csv": b"0" * 25_000_000}))
    with pytest.raises(FileError, match="unpacks to more than 20 MB"):
        tables_in("bomb.zip", zipped({f"{number}.csv": b"0" * 3_000_000 for number in range(9)}))
    with pytest.raises(FileError, match="more than 12 files"):
        tables_in("many.zip", zipped({f"{number}.csv": b"" for number in range(13)}))


def test_sizes_that_a_zip_file_lies_about_are_not_believed() -> None:
    packed = bytearray(zipped({"a.csv": b"0" * 25_000_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = packed.index(mark) + at
        packed[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(FileError):
        tables_in("liar.zip", bytes(packed))


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_taken_or_refused(content: bytes, packed: bool) -> None:
    try:
        for one in tables_in("x.zip", b"PK\x03\x04" + content if packed else content):
            list(read_file(one.content).lines)
    except FileError as error:
        assert str(error)
