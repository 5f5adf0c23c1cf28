"""Backups: one SQLite file, whatever the database, taken while the bot is running; and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from store.copying import NotEmptyError, Progress, copy_all, has_rows
from store.damaged import cannot_be_written_over, put_aside, wrong_with
from store.engine import BUSY_TIMEOUT_MS, StoreError, open_engine, shown
from store.migrate import current_revision, migrate, revisions

_PAGES = 500  # copied at once


_DAMAGED = (
    "{place} is damaged ({found}). No backup was made, and earlier ones are as they were. `vendorbot db check` says"
    " more; vendorbot db restore FILE --force puts the last good one in its place."
)


class BackupError(StoreError):
    """A backup cannot be made or used; the message says why."""


def back_up(engine: Engine, file: Path, *, replace: bool, progress: Progress) -> int:
    """Write the database, as it is at this moment, into a file; returns its size in bytes.

    The file is there whole or not at all. Raises BackupError, and StoreError."""
    if file.is_dir():
        raise BackupError(f"{file} is a folder. Name a file in it, {file / 'vendorbot.db'} say.")
    if file.exists() and not replace:
        raise BackupError(f"{file} is there already. Name another file, or say --force to replace it.")
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}. Make it first, or name another.")
    part = file.with_name(file.name + ".part")
    try:
        with _explained(part):
            part.unlink(missing_ok=True)
            if engine.dialect.name == "sqlite":
                with closing(_connect(_file_of(engine))) as source, closing(_connect(part)) as target:
                    source.execute("BEGIN")  # one state: otherwise each write of the bot would begin it all anew
                    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                    source.backup(target, pages=_PAGES, progress=_pages(progress))
                if found := wrong_with(part):
                    raise BackupError(_DAMAGED.format(place=engine.url.database, found=found))
            else:
                into = open_engine(f"sqlite:///{part}")
                copy_all(engine, into, replace=False, progress=progress)
                into.dispose()
            _close_file(part)
            part.replace(file)
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)
    return file.stat().st_size


def restore(file: Path, engine: Engine, *, replace: bool, progress: Progress) -> Path | None:
    """Put a backup in the place of what is in the database; an older one is brought up to date.

    Returns where a file is now that was there and could not be written over, None where none was. Raises BackupError,
    NotEmptyError where rows would be replaced and `replace` is not said, and StoreError."""
    if not file.is_file():
        raise BackupError(f"{file} is a folder." if file.is_dir() else f"There is no file {file}.")
    aside = None
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".restore-") as folder, _explained(file):
        copy = Path(folder) / file.name  # the backup itself stays as it is
        shutil.copyfile(file, copy)
        with closing(_connect(copy)) as connection:
            _check_whole(connection, file)
        source = open_engine(f"sqlite:///{copy}")
        with source.connect() as reading:
            at = current_revision(reading)
        if at is not None and at not in revisions():
            raise BackupError(
                f"{file} was made by a newer Vendorbot (revision {at}; this one knows {revisions()[-1]} at most)."
                " Bring Vendorbot up to date and restore it then. Nothing was changed."
            )
        migrate(source)
        if not has_rows(source):
            raise BackupError(f"{file} holds no Vendorbot. Nothing was changed.")
        if engine.dialect.name == "sqlite":
            if not replace and _file_of(engine).exists() and has_rows(engine):
                place = shown(engine.url)
                raise NotEmptyError(f"{place} is not empty. Say --force to replace what is there.")
            source.dispose()
            _close_file(copy)
            engine.dispose()
            there = _file_of(engine)
            with _explained(there):
                aside = put_aside(there) if there.exists() and wrong_with(there) else None
                try:
                    _write_over(copy, there, progress)
                except sqlite3.OperationalError as error:
                    if not cannot_be_written_over(there, error):
                        raise
                    aside = put_aside(there)
                    _write_over(copy, there, progress)
        else:
            copy_all(source, engine, replace=replace, progress=progress)
            source.dispose()
    return aside


def _write_over(backup: Path, there: Path, progress: Progress) -> None:
    with closing(_connect(backup)) as source, closing(_connect(there)) as target:
        source.backup(target, pages=-1, progress=_pages(progress))


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)


def _file_of(engine: Engine) -> Path:
    if not engine.url.database or engine.url.database.startswith((":memory:", "file:")):
        raise BackupError("A database in memory has no file. Set DATABASE_URL.")
    return Path(engine.url.database)


def _close_file(file: Path) -> None:
    """Make it one file that is whole, and on the disk."""
    with closing(_connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        _check_whole(connection, file)
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_whole(connection: sqlite3.Connection, file: Path) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupError(f"{file} is damaged ({found}). Nothing was changed; use another backup.")


def _pages(progress: Progress) -> Callable[[int, int, int], object]:
    return lambda _status, remaining, total: progress("pages", total - remaining, total)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{file}: {error}. {_advice(str(error))}") from None
    except UnicodeDecodeError:
        raise BackupError(f"{file}: its schema is malformed. {_advice('malformed')}") from None
    except OSError as error:
        raise BackupError(f"{file}: {error.strerror}. {_advice(str(error))}") from None


def _advice(said: str) -> str:
    if "full" in said or "space" in said or "disk I/O" in said:
        return "Is the disk full? Free some space and try again; the database is as it was."
    if any(sign in said for sign in ("not a database", "malformed", "unsupported file format")):
        return "The file is no backup of Vendorbot, or is damaged. Nothing was changed."
    return "Check that the folder is there and that this user may write to it."
