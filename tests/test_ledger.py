"""The inbox in the database: what an update leaves behind is written with its end, and cannot keep others waiting."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session

from bot.ledger import Ledger
from store.conversations import last_query, remember
from store.engine import reading
from store.inbox import UpdateKey, count_open


def _broken(session: Session) -> Any:
    session.execute(text("INSERT INTO no_such_table VALUES (1)"))


async def test_what_updates_leave_is_written_and_what_cannot_be_is_left_out(
    loaded_engine: Engine, anyio_backend: str
) -> None:
    ledger = Ledger(loaded_engine, 1)
    assert (await ledger.take(UpdateKey.of(9, "9"), "{}", _broken)).ours
    await ledger.done(UpdateKey.of(9, "9"))
    keys = [UpdateKey.of(number, str(number)) for number in range(3)]
    for key in keys:
        assert (await ledger.take(key, "{}")).ours
    await ledger.done(keys[0], [partial(remember, chat_id="1", person_id="2", query={"intent": "value"})])
    with reading(loaded_engine) as session:
        assert last_query(session, "1", "2") == {"intent": "value"}
        assert count_open(session) == 2
    await ledger.done(keys[1], [_broken])
    assert not ledger.away
    await ledger.done(keys[2], [partial(remember, chat_id="1", person_id="2", query={"intent": "trend"})])
    with reading(loaded_engine) as session:
        assert last_query(session, "1", "2") == {"intent": "trend"}
        assert count_open(session) == 0
    await ledger.close()
