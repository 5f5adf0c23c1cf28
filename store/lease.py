"""The lease under which one process at a time sends alerts. Its number grows with each holder, and claims carry it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session

from store.clock import database_now
from store.engine import writing

SECONDS = 10.0  # how long a holder that says nothing is waited for
_STANDING_STILL = 0.4  # of those: after that, a transaction in which nothing comes any more is undone
_NAME = "alerts"


@contextmanager
def holding(engine: Engine, seconds: float = SECONDS) -> Iterator[Session]:
    """A writing session of a process that holds the lease, or wants it, and may be frozen at any moment.

    PostgreSQL undoes the transaction of one that stands still: its locks would keep every other from taking over.
    Raises StoreError, as `writing` does."""
    with writing(engine) as session:
        if engine.dialect.name == "postgresql":
            limit = {"milliseconds": str(round(seconds * _STANDING_STILL * 1000))}
            most = "SELECT set_config('idle_in_transaction_session_timeout', :milliseconds, true)"
            session.execute(text(most), limit)
        yield session


class LeaseLostError(Exception):
    """Another process holds the lease now: what this one claimed is no longer its own."""


def take_lease(
    session: Session, owner: str, gone: Callable[[str], bool] = lambda _owner: False, seconds: float = SECONDS
) -> int | None:
    """Take the lease where it is free, has run out, or its owner is surely `gone`; returns its number.

    None where another process holds it."""
    fresh = "INSERT INTO lease (name, owner, number, until) VALUES (:name, '', 0, 0) ON CONFLICT DO NOTHING"
    session.execute(text(fresh), {"name": _NAME})
    held_by = session.execute(text("SELECT owner FROM lease WHERE name = :name"), {"name": _NAME}).scalar_one()
    free = owner if held_by == owner or not gone(held_by) else held_by
    taking = f"""UPDATE lease SET owner = :owner, number = number + 1, until = {database_now(session)} + :seconds
        WHERE name = :name AND (until < {database_now(session)} OR owner = :free) RETURNING number"""  # noqa: S608 - the clock is one of two
    row = session.execute(text(taking), {"name": _NAME, "owner": owner, "free": free, "seconds": seconds}).first()
    return int(row[0]) if row else None


def renew_lease(session: Session, number: int, seconds: float = SECONDS) -> None:
    """Hold the lease for longer, and keep others from taking it until the end of this transaction.

    Raises LeaseLostError where another took it meanwhile."""
    renewing = f"UPDATE lease SET until = {database_now(session)} + :seconds WHERE name = :name AND number = :number"  # noqa: S608
    if not _changed(session, renewing, {"name": _NAME, "number": number, "seconds": seconds}):
        raise LeaseLostError


def return_lease(session: Session, number: int) -> None:
    """Give the lease back, so that the next process need not wait for it to run out."""
    _changed(session, "UPDATE lease SET until = 0 WHERE name = :name AND number = :number", {
        "name": _NAME, "number": number,
    })  # fmt: skip


def _changed(session: Session, statement: str, values: dict[str, Any]) -> int:
    return int(session.execute(text(statement), values).rowcount)  # type: ignore[attr-defined]
