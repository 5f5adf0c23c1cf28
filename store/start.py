"""Makes a database ready for use: migrated, and with the shipped data in it."""

from __future__ import annotations

from sqlalchemy import Engine

from store.engine import Turn, open_engine, reading, take_turn, writing
from store.migrate import migrate
from store.shipped import is_loaded, load_shipped


def start(database_url: str) -> Engine:
    """Open, migrate and fill the database; on one that is ready this only looks. Raises StoreError."""
    engine = open_engine(database_url)
    migrate(engine)
    with reading(engine) as session:
        ready = is_loaded(session)
    if not ready:
        with writing(engine) as session:
            take_turn(session.connection(), Turn.MIGRATE)
            load_shipped(session)
    return engine
