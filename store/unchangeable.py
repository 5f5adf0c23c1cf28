"""The database itself refuses to change or delete rows of the audit: triggers, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

_SAYS = "rows of audit can only be added"
_ON = {
    "sqlite": (
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_is_unchangeable() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$",
        "CREATE TRIGGER audit_no_update BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_unchangeable()",
        "CREATE TRIGGER audit_no_delete BEFORE TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_unchangeable()",
    ),
}
_OFF = {
    "sqlite": ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
    "postgresql": (
        "DROP TRIGGER audit_no_update ON audit",
        "DROP TRIGGER audit_no_delete ON audit",
        "DROP FUNCTION audit_is_unchangeable()",
    ),
}


def guard_audit(connection: Connection) -> None:
    """From now on rows of the audit can only be added."""
    _run(connection, _ON)


def unguard_audit(connection: Connection) -> None:
    """End that, for a migration down."""
    _run(connection, _OFF)


@contextmanager
def audit_replaced(connection: Connection) -> Iterator[None]:
    """For the length of a `with`, in its transaction: the whole database is being replaced, the audit with it."""
    unguard_audit(connection)
    yield
    guard_audit(connection)


def _run(connection: Connection, statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[connection.dialect.name]:
        connection.execute(text(statement))
