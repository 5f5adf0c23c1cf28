"""Chats that subscribed to everything, in numbers, and something for them to be told."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine, text

from store.alerts import Told
from store.engine import writing
from store.record import Recorder
from store.rows import NewLaunch, NewSource
from store.words import Certainty

FIRST = 5_000_000  # the first chat's id


def crowd(engine: Engine, count: int, *, kind: str = "private") -> list[int]:
    """So many chats, each subscribed to everything; returns their Telegram ids."""
    sign = 1 if kind == "private" else -1
    numbers = (
        f"SELECT i FROM generate_series(0, {count - 1}) AS one (i)"
        if engine.dialect.name == "postgresql"
        else f"SELECT i FROM (WITH RECURSIVE one (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM one"
        f" WHERE i + 1 < {count}) SELECT i FROM one) AS numbers"
    )
    with writing(engine) as session:
        chats = f"""INSERT INTO chat
            (address, kind, title, timezone, locale, digest, digest_hour, reminders, state, last_seen)
            SELECT CAST({sign} * (i + {FIRST}) AS TEXT), '{kind}', '', 'UTC', '', 'instant', 9, true, 'active',
            CURRENT_TIMESTAMP FROM ({numbers}) AS crowd"""
        session.execute(text(chats))
        subscriptions = f"""INSERT INTO subscription
            (chat_id, thread_id, made_by, made_at, kinds, least_certainty, paused)
            SELECT id, 0, 'crowd', CURRENT_TIMESTAMP, 15, 'rumoured', false FROM chat WHERE kind = '{kind}'
            AND id NOT IN (SELECT chat_id FROM subscription)"""
        session.execute(text(subscriptions))
    return [sign * (number + FIRST) for number in range(count)]


def record_launches(engine: Engine, count: int, first: int = 0) -> Told:
    """Record so many launches, each of a product of its own, and tell of them."""
    day = date(2026, 12, 7)
    with writing(engine) as session:
        recorder = Recorder(session, "crowd", alerts=True)
        source = NewSource("Example Wire", "https://example.com/launches", date(2026, 11, 1), "Wang Xiang")
        recorder.record_all([
            NewLaunch("xiaomi", f"Phone {number}", "france", day.isoformat(), (day, day), Certainty.CONFIRMED, source)
            for number in range(first, first + count)
        ])  # fmt: skip
        return recorder.told


def states(engine: Engine) -> dict[str, int]:
    """How many deliveries are in each state."""
    with engine.connect() as connection:
        rows: Any = connection.execute(text("SELECT state, count(*) FROM delivery GROUP BY state")).all()
        return dict(rows)
