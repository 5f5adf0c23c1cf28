"""Documents as admins send them: which they are, bounded in size, zip files opened with care."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from store.files import FileError

MOST_BYTES = 5_000_000  # of a document; Telegram itself lets a bot have 20 MB
_MOST_UNPACKED = 20_000_000
_MOST_FILES = 12
TABLES, ARTICLES = (".csv", ".tsv", ".json", ".jsonl", ".zip"), (".txt", ".html", ".htm", ".md")
TOO_LARGE = (
    "{name} has {size:.1f} MB; I take documents of up to {most:.0f} MB. Send it in parts, or on the server:"
    " vendorbot facts import FILE."
)
NOT_A_ZIP = "the zip file is damaged; make it anew"
TOO_MUCH = "the zip file unpacks to more than {most:.0f} MB; send its files one by one, in parts"
TOO_MANY = "the zip file holds more than {most} files"
ENCRYPTED = "the zip file needs a password; send it without one"
NO_TABLES = "the zip file holds no CSV or JSON file"


@dataclass(frozen=True)
class Table:
    """One file of rows: its bare name, and its bytes."""

    name: str
    content: bytes


def bare_name(name: str) -> str:
    """A file's name without folders or anything that could be markup or a path."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[:60] or "document"


def ending(name: str) -> str:
    """A file name's ending in lower case: .csv"""
    return PurePosixPath(bare_name(name)).suffix.lower()


def tables_in(name: str, content: bytes) -> list[Table]:
    """The files of rows in a document, one unless it is a zip file. Raises FileError."""
    if content[:4] != b"PK\x03\x04":
        return [Table(bare_name(name), _as_lines(content))]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            found = _unpacked(packed)
    except (FileError, MemoryError):
        raise
    except Exception:
        # Of a broken file, or one packed in a way that it cannot unpack, Python's zip reader says anything, IndexError
        # and zlib's own errors too.
        raise FileError(NOT_A_ZIP) from None
    if not found:
        raise FileError(NO_TABLES)
    return found


def _unpacked(packed: zipfile.ZipFile) -> list[Table]:
    """The tables in a zip file. Raises FileError where they are too many, too large or locked."""
    inside = [one for one in packed.infolist() if not one.is_dir()]
    if len(inside) > _MOST_FILES:
        raise FileError(TOO_MANY.format(most=_MOST_FILES))
    if any(one.flag_bits & 1 for one in inside):
        raise FileError(ENCRYPTED)
    left, found = _MOST_UNPACKED, []
    for one in inside:
        if ending(one.filename) not in TABLES[:-1]:
            continue
        with packed.open(one) as file:
            unpacked = file.read(left + 1)  # what a zip file says of its sizes is not believed
        left -= len(unpacked)
        if left < 0:
            raise FileError(TOO_MUCH.format(most=_MOST_UNPACKED / 1e6))
        found.append(Table(bare_name(one.filename), _as_lines(unpacked)))
    return found


def _as_lines(content: bytes) -> bytes:
    """A JSON list as one object a line; anything else as it is."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return content
    try:
        rows = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return content
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
