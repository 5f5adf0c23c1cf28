"""The database away while alerts go out: what was sent is remembered until it is back, and the rest is sent then."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from sqlalchemy import Engine, create_engine, text

from store.engine import StoreError, open_engine, reading
from tests.alerts.at_random import sending, until
from tests.alerts.crowd import crowd, record_launches
from tests.telegram.fast_server import FastApi

pytestmark = pytest.mark.anyio

CHATS = 100


async def test_nobody_is_missed_and_nobody_told_twice(postgres_server: str, postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    crowd(engine, CHATS)
    record_launches(engine, 1)
    async with FastApi(seconds=0.05) as api, sending(engine, api.base, rate=60):
        await until(lambda: len(api.arrived) > 20)
        _let_in(postgres_server, engine, False)
        await asyncio.sleep(2.6)
        _let_in(postgres_server, engine, True)
        await until(lambda: _sent(engine) == CHATS)
    engine.dispose()
    assert Counter(one.chat for one in api.arrived).most_common(1)[0][1] == 1
    assert len(api.arrived) == CHATS


def _let_in(server: str, engine: Engine, allowed: bool) -> None:
    """Let clients into that database again, or end all that are in it and let nobody in."""
    administrator = create_engine(open_engine(server).url, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        name = engine.url.database
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}"))
        if not allowed:
            ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            connection.execute(text(ending), {"name": name})
    administrator.dispose()


def _sent(engine: Engine) -> int:
    try:
        with reading(engine) as session:
            return int(session.execute(text("SELECT count(*) FROM delivery WHERE state = 'sent'")).scalar_one())
    except StoreError:
        return 0
