"""What `make fuzz` found, each finding as small as it could be made: refused in a sentence, or taken as it is."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.admin.documents import tables_in
from bot.answering import Answering
from bot.polling import read_update
from bot.views.text import plain
from store.engine import open_engine
from store.files import FileError, read_file

_HEADER = b"vendor,metric,value,unit,region,period,certainty,source,url,published\n"
_CHAT, _ANNA = {"id": 1, "type": "private"}, {"id": 1, "is_bot": False, "first_name": "Anna"}
_MESSAGE = {"message_id": 1, "date": 1_509_494_400, "text": "hello"}


def packed(content: bytes) -> bytearray:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("rows.csv", content)
    return bytearray(whole.getvalue())


def test_a_zip_file_whose_packed_bytes_are_not_what_zlib_packs() -> None:
    broken = packed(_HEADER * 9)
    broken[38:46] = b"\xff" * 8  # the first bytes after the file's name
    with pytest.raises(FileError, match="damaged"):
        tables_in("x.zip", bytes(broken))


def test_a_zip_file_with_a_file_of_no_name() -> None:
    broken = bytes(packed(_HEADER)).replace(b"rows.csv", b"\0ows.csv")
    with pytest.raises(FileError, match="damaged"):
        tables_in("x.zip", broken)


def test_a_first_line_with_a_quotation_mark_in_the_middle() -> None:
    with pytest.raises(FileError, match="quotation mark"):
        read_file(b'vendor,"metric"s,value\n')


def test_json_that_is_too_deep() -> None:
    deep = b'{"vendor": ' + b"[" * 100_000 + b"}"
    with pytest.raises(FileError, match="no JSON"):
        read_file(deep)
    shallow = (
        b'{"vendor": "x", "product": "", "region": "spain", "date": "2017", "certainty": "confirmed", "source": "A"'
    )
    (first, second) = read_file(shallow + b', "url": "https://a.com", "published": "2017-01-02"}\n' + deep).lines
    assert first.row
    assert "no JSON" in second.refusal


def test_lines_that_end_as_on_old_computers() -> None:
    rows = _HEADER + b"xiaomi,shipments,1,million,india,2017Q1,estimate,IDC,https://a.com/,2017-05-01\n" * 2
    for end in (b"\r", b"\r\n", b"\n"):
        assert [line.refusal for line in read_file(rows.replace(b"\n", end)).lines] == ["", ""]


def test_a_profile_of_nobody(loaded_file: Path) -> None:
    answering = Answering(open_engine(f"sqlite:///{loaded_file}"))
    answer = answering.ask("Which brands u?belong to hich bion?", date(2017, 11, 1))
    assert not answer.answered
    assert "I don't know that" in plain(answer)


def test_words_run_together_are_looked_up_once(loaded_file: Path) -> None:
    """Hundreds of them took longer than 50 ms: each was looked for among all words at each of three readings."""
    understanding = Answering(open_engine(f"sqlite:///{loaded_file}")).understanding
    ordinary = sorted(word for word in understanding.lexicon.ordinary if len(word) > 3)
    run_together = [one + other for one, other in zip(ordinary[::3], ordinary[1::3], strict=False)]
    text = " ".join(run_together)[:4096]
    understanding.understand(text, date(2017, 11, 1))
    looked_up = len(understanding.lexicon.fuzzy._found)
    understanding.understand(text, date(2017, 11, 1))
    assert len(understanding.lexicon.fuzzy._found) == looked_up > 50


@pytest.mark.parametrize(
    "body",
    [
        {"message": _MESSAGE | {"from": _ANNA}},
        {"callback_query": {"id": "1", "from": _ANNA, "chat_instance": "1", "data": "x", "message": _MESSAGE}},
        {"callback_query": {"id": "1", "chat_instance": "1", "data": "x", "message": _MESSAGE | {"chat": _CHAT}}},
        {"inline_query": {"id": "1", "query": "x", "offset": ""}},
    ],
)
def test_an_update_without_what_each_has_is_left_out(body: dict[str, object]) -> None:
    with capture_logs() as logs:
        assert read_update({"update_id": 1, **body}, None) is None  # type: ignore[arg-type]
    assert [one["event"] for one in logs] == ["an update that cannot be read is left out"]
