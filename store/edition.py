"""The edition of the facts: another after each change, so that what was read of one need not be read twice.

Whoever changes facts begins an edition first, and its end of the transaction makes both seen. Its name is made up anew
each time: no two are the same, not even in a backup or a copy that went on for itself."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from sqlalchemy import Connection, text

from store.engine import Turn, take_turn

Row = TypeVar("Row")

EDITION = "(SELECT name FROM edition)"  # as a column of a statement; NULL before anything was recorded
_MOST_ROWS = 30_000  # remembered at once, some ten megabytes; beyond, remembering begins anew

_NEXT = text("INSERT INTO edition (id, name) VALUES (1, :name) ON CONFLICT (id) DO UPDATE SET name = excluded.name")
_PRESENT = text(f"SELECT {EDITION}")


def begin_edition(connection: Connection) -> None:
    """Wait for the turn to change facts, which is kept to the end of this write transaction: from then on, what is
    remembered of earlier editions holds no longer."""
    take_turn(connection, Turn.RECORD)
    connection.execute(_NEXT, {"name": uuid.uuid4().hex})


def present_edition(connection: Connection) -> str:
    """The edition that this transaction sees."""
    return connection.execute(_PRESENT).scalar() or ""


class Remembered:
    """What was read of one edition, for all who answer from it, in whichever thread."""

    def __init__(self, edition: str = "") -> None:
        self.edition = edition
        self._rows = 0
        self._found: dict[Hashable, tuple[object, ...]] = {}

    def __len__(self) -> int:
        """How many rows are remembered."""
        return sum(map(len, self._found.values()))

    def once(self, key: Hashable, read: Callable[[], Iterable[Row]]) -> list[Row]:
        """What is read for a key: read now, or handed out again. The rows themselves must not be changed."""
        found = self._found.get(key)
        if found is None:
            found = tuple(read())
            self._rows += len(found) + 1
            if self._rows > _MOST_ROWS:
                self._found, self._rows = {}, len(found) + 1
            self._found[key] = found
        return list(found)  # type: ignore[arg-type]
