"""Being woken at once when another process records something, where the database can tell: PostgreSQL's LISTEN."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy import Engine

from store.alerts import CHANNEL

_PAUSE = 5.0  # seconds before a lost connection is opened again; the dispatcher's poll goes on meanwhile

log = structlog.get_logger("vendorbot.alerts")


async def listen(engine: Engine, wake: Callable[[], None]) -> None:
    """Call `wake` at every notification, until cancelled. On SQLite there are none, and this returns."""
    if engine.dialect.name != "postgresql":
        return
    import psycopg

    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            connection = await psycopg.AsyncConnection.connect(address, autocommit=True, connect_timeout=10)
            async with connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                wake()  # something may have been recorded before
                async for _ in connection.notifies():
                    wake()
        except psycopg.Error as error:
            log.info("not listening for alerts; looking for them instead", reason=type(error).__name__)
        await asyncio.sleep(_PAUSE)
