"""Opens a database that is there already, for what must not make a new one: a check, a backup, a copy."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from store.engine import StoreError, explained, open_engine, shown
from store.migrate import current_revision

_CALLED = "DATABASE_URL"


def open_existing(database_url: str, called: str = _CALLED) -> Engine:
    """An engine for a database of Vendorbot's; `called` is where the address was given. Raises StoreError."""
    engine = open_engine(database_url, called)
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    place = shown(engine.url)
    if file and not file.startswith((":", "file:")) and not Path(file).exists():
        where = (
            "" if Path(file).is_absolute() else f" It is looked for in {Path.cwd()}; four slashes begin a whole path."
        )
        raise StoreError(f"{place}: there is no such file. Is {called} right?{where}")
    with explained(engine), engine.connect() as connection:
        if current_revision(connection) is None:
            raise StoreError(f"{place} holds no Vendorbot. Is {called} right?")
    return engine
