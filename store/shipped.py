"""Loads the data files that Vendorbot ships with, once each version of a file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from store.edition import begin_edition
from store.engine import StoreError
from store.files import FileError, read_file
from store.imports import import_lines
from store.naming import NAMES, load_names
from store.rows import RowError
from store.tables import Shipped, utc_now

DATA = Path(__file__).parent / "data"
ACTOR = "shipped data"
ROWS = ("facts.csv", "milestones.csv", "launches.csv", "news.csv")


class ShippedDataError(StoreError):
    """A shipped file is damaged; the message names file and line."""


def load_shipped(session: Session, folder: Path = DATA) -> list[str]:
    """Load every shipped file whose content changed since it was last loaded; returns their names.

    Loading is idempotent: rows that the store has already are left as they are. Raises ShippedDataError."""
    loaded = {row.file: row for row in session.execute(select(Shipped)).scalars()}
    changed = []
    for file in (*NAMES, *ROWS):
        content = (folder / file).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if file in loaded and loaded[file].digest == digest:
            continue
        begin_edition(session.connection())
        if file in NAMES:
            _load_names(session, file, content)
        else:
            _load_rows(session, file, content)
        row = loaded.get(file) or Shipped(file=file, digest=digest)
        row.digest, row.loaded_at = digest, utc_now()
        session.add(row)
        session.flush()
        changed.append(file)
    return changed


def is_loaded(session: Session, folder: Path = DATA) -> bool:
    """True where every shipped file is loaded in its present version."""
    loaded: dict[str, str] = dict(session.execute(select(col(Shipped.file), col(Shipped.digest))).all())
    return all(loaded.get(file) == hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in (*NAMES, *ROWS))


def _load_names(session: Session, file: str, content: bytes) -> None:
    try:
        load_names(session, file, content.decode("utf-8-sig"))
    except (RowError, UnicodeDecodeError) as error:
        raise ShippedDataError(f"{file}: {error}") from error


def _load_rows(session: Session, file: str, content: bytes) -> None:
    try:
        imported = import_lines(session, read_file(content).lines, ACTOR)
    except FileError as error:
        raise ShippedDataError(f"{file}: {error}") from error
    if imported.refused:
        first = imported.refused[0]
        raise ShippedDataError(f"{file}, line {first.line}: {first.reason}")
