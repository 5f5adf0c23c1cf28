"""Deletes what is kept for a while only: old conversations, and the numbers of updates dealt with long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from store.conversations import forget_old
from store.engine import writing
from store.inbox import forget_updates


@dataclass(frozen=True)
class Kept:
    """For how long."""

    updates: timedelta
    conversations: timedelta


def prune(engine: Engine, kept: Kept) -> dict[str, int]:
    """Delete what is older; returns how many rows of what. Any process may, as often as it likes. Raises StoreError."""
    with writing(engine) as session:
        return {
            "conversations": forget_old(session, kept.conversations),
            "updates": forget_updates(session, kept.updates),
        }
