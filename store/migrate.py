"""Brings a database to the newest tables, or says why it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from store.engine import StoreError, Turn, explained, shown, take_turn

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def revisions() -> list[str]:
    """The revisions that this program knows, oldest first. A file is named after its revision."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None where it has no tables of ours."""
    try:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError as error:
        connection.rollback()
        missing = str(error.orig).lower()
        if "no such table" in missing or "does not exist" in missing:
            return None
        raise
    return None if found is None else str(found)


def migrate(engine: Engine, to: str = "head") -> None:
    """Upgrade (or, to an earlier revision, downgrade) the database; at the newest already, it only looks.

    Raises StoreError where the database is newer than this program, damaged or out of reach."""
    with explained(engine):
        with engine.connect() as connection:
            at = current_revision(connection)
        known = revisions()
        if at is not None and at not in known:
            raise StoreError(newer_than_known(engine, at))
        if at == known[-1] and to == "head":
            return
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            migrate_within(connection, to)


def migrate_within(connection: Connection, to: str) -> None:
    """The same in a write transaction that is under way: killed or rolled back before its end, nothing has changed."""
    from alembic import command  # imported late: a start that has nothing to migrate is twice as fast

    take_turn(connection, Turn.MIGRATE)
    at = current_revision_locked(connection)
    config = alembic_config()
    config.attributes["connection"] = connection
    target = revisions()[-1] if to == "head" else to
    if to != "base" and (at is None or target >= at):
        command.upgrade(config, target)
    else:
        command.downgrade(config, target)


def newer_than_known(engine: Engine, at: str) -> str:
    """What to say of a database whose revision this program does not know."""
    place = shown(engine.url)
    return (
        f"{place} was made by a newer Vendorbot (revision {at}; this one knows {revisions()[-1]} at most)."
        " Bring Vendorbot up to date, or set DATABASE_URL to another database. Nothing was changed."
    )


def current_revision_locked(connection: Connection) -> str | None:
    """As current_revision, inside a transaction that must not be rolled back."""
    with connection.begin_nested() as nested:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except DBAPIError:
            nested.rollback()
            return None


def alembic_config() -> Config:
    """Alembic's settings; there is no alembic.ini, the database is the one handed over."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
