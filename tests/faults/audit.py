"""Was anything lost: what the database says of the updates that were brought."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from store.engine import open_engine, reading


async def all_done(url: str, count: int, seconds: float = 30) -> None:
    """Wait until that many updates are in the database, and none of them is open; so many seconds at most."""
    engine = open_engine(url)
    for _ in range(round(seconds * 10)):
        with reading(engine) as session:
            found = session.execute(text("SELECT count(*), count(body) FROM incoming")).one()
        if found == (count, 0):
            break
        await asyncio.sleep(0.1)
    engine.dispose()
    assert found == (count, 0)
