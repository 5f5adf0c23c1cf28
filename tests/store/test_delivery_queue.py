"""What metrics show of deliveries: how many are open, and how old the oldest that is due is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from store.delivery_queue import read_queue
from store.engine import reading
from store.subscriptions import Wish
from tests.store.test_alerts import LAUNCH, record, wants


def test_open_deliveries_are_counted(loaded_engine: Engine) -> None:
    with reading(loaded_engine) as session:
        assert read_queue(session, datetime.now(UTC)).age == 0
    for address in ("101", "102"):
        wants(loaded_engine, address, Wish("xiaomi"))
    record(loaded_engine, LAUNCH)
    with reading(loaded_engine) as session:
        queue = read_queue(session, datetime.now(UTC) + timedelta(seconds=60))
    assert queue.counts == {"pending": 2, "claimed": 0, "held": 0}
    assert 60 <= queue.age < 120
