"""Alembic runs this to migrate the connection that store.migrate hands over."""

from alembic import context

from store import admin_tables, alert_tables, wanted_tables  # noqa: F401 - their tables are part of the metadata
from store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
