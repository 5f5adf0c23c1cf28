"""The clock of the database: one for all processes that share it, whatever their own clocks say."""

from __future__ import annotations

from sqlmodel import Session

_NOW = {
    "postgresql": "extract(epoch from clock_timestamp())",
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
}


def database_now(session: Session) -> str:
    """SQL for this moment by the database's clock, in seconds since 1970."""
    return _NOW[session.get_bind().dialect.name]
