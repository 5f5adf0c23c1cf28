"""SQLite files that are damaged: what is wrong with one, and moved out of the way of a backup."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from store.engine import BUSY_TIMEOUT_MS

# What has nothing to do with the content of the file: another program, the disk, the user's rights.
_AROUND_IT = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM,
}  # fmt: skip


def wrong_with(file: Path) -> str:
    """What SQLite finds wrong with a file; empty where it is sound.

    Raises sqlite3.DatabaseError where that cannot be seen: it is locked, say, or may not be read."""
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)) as connection:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _AROUND_IT:
            raise
        return str(error)
    except UnicodeDecodeError:  # SQLite names what it cannot read of its schema, byte by byte
        return "its schema is malformed"
    return "" if found == "ok" else " ".join(found.replace("*** in database main ***", "").split())


def cannot_be_written_over(file: Path, error: sqlite3.Error) -> bool:
    """Whether SQLite refused for what the file itself says: its header, or pages of another size than a backup's."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY and os.access(file, os.W_OK)


def put_aside(file: Path) -> Path:
    """Move a file away that SQLite cannot write over, as somebody may still read some of it; returns where it is now.

    Raises OSError."""
    aside = file.with_name(f"{file.name}.replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    for end in ("", "-wal", "-shm"):
        part = file.with_name(file.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
    return aside
